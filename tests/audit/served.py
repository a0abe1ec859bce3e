"""Every kind of page as a running instance serves it."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from functools import cache, partial

from tests.site.addresses import Answer, addresses
from tests.system.conftest import Stack

COMPLETE = "from tests.site.addresses import complete; complete()"
RENDER = """import json
from tests.site.addresses import for_staff, on_demand
print("=>", json.dumps(on_demand() | for_staff()))"""


@dataclass(frozen=True)
class Page:
    name: str
    path: str
    """Empty for what no reader can ask for, or only staff."""
    html: str


def fetch(stack: Stack, path: str) -> Answer:
    address = stack.url + urllib.parse.quote(path, safe="/?&=%-._~")
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return _answer(answer)
    except urllib.error.HTTPError as error:
        return _answer(error)


def _answer(came) -> Answer:
    text = came.read().decode(errors="replace")
    return Answer(came.status, came.headers.get("Content-Type", ""), text, dict(came.headers))


def pages_of(stack: Stack) -> list[Page]:
    """Return all public pages, then those that cannot be asked for."""
    read = cache(partial(fetch, stack))
    pages = [Page(name, path, read(path).text) for name, path in addresses(read).items()]
    return pages + [Page(name, "", html) for name, html in unasked(stack).items()]


def unasked(stack: Stack) -> dict[str, str]:
    """Return what the instance shows when something goes wrong, and to staff, with the names of its static files."""
    return json.loads(_ask(stack, RENDER).rpartition("=>")[2])


def complete(stack: Stack) -> None:
    """Add to the demo what it has none of, so that each template has a page."""
    _ask(stack, COMPLETE)


def draw_pictures(stack: Stack) -> float:
    """Draw all pictures, as the worker does in the background; return the seconds that took."""
    began = time.monotonic()
    answer = stack.manage("draw_pictures")
    if answer.returncode:
        raise RuntimeError(answer.stderr)
    return time.monotonic() - began


def _ask(stack: Stack, program: str) -> str:
    answer = stack.manage("shell", "--no-imports", "-c", program)
    if answer.returncode:
        raise RuntimeError(answer.stderr)
    return answer.stdout
