"""An address on the web: what stands there now, when it is not what stood there the last time."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from .arrival import Arrival
from .fetching import Fetched, fetch
from .models import ImportSource


def arrivals(source: ImportSource) -> Iterator[Arrival]:
    """Yield the file, unless the server says that it is still the one taken last. After a failure it is fetched anew."""
    with tempfile.TemporaryDirectory(prefix="xinghui-url-") as folder:
        path = Path(folder) / "file"
        with path.open("wb") as target:
            seen = Fetched(**source.seen) if source.seen and not source.failures else None
            fetched = fetch(source.place, target, seen=seen)
        if fetched is not None:
            yield Arrival(fetched.name[-200:], path, once=True)
            ImportSource.objects.filter(pk=source.pk).update(seen=asdict(fetched))
