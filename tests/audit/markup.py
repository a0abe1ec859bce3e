"""The Nu checker over pages as served: no error and no warning, but for those of `EXPECTED`."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

from .served import Page

JAR = Path(__file__).parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

# Safari tells nobody of a list whose marks are styled away, unless its role is written out.
EXPECTED = ("The “list” role is unnecessary",)


def check(pages: list[Page]) -> dict[str, list[str]]:
    """Return the messages (errors and warnings) about each page, by name."""
    with tempfile.TemporaryDirectory() as folder:
        files = {Path(folder) / f"{number}.html": page.name for number, page in enumerate(pages)}
        for file, page in zip(files, pages, strict=True):
            file.write_text(page.html)
        command = ["java", "-jar", str(JAR), "--format", "json", "--exit-zero-always", *map(str, files)]
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
        found: dict[str, list[str]] = {page.name: [] for page in pages}
        for message in json.loads(answer.stderr)["messages"]:
            if message["message"].startswith(EXPECTED):
                continue
            name = files[Path(message["url"].removeprefix("file:"))]
            severity = message.get("subType", message["type"])
            line = message.get("lastLine", "")
            found[name].append(f"{severity}: {message['message']} (line {line}: {message.get('extract', '').strip()})")
    return found
