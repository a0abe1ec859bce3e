"""`make check`: every text of the code stands in a locale file, translated; none is fuzzy or left over."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management import CommandError
from django.core.management.base import BaseCommand

from cms.settings.environment import PROJECT


class Command(BaseCommand):
    help = "Check that the locale files hold every text of the code, translated."

    def handle(self, *args: Any, **options: Any) -> None:
        problems = []
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "copy"
            self._copy_tracked_files(copy)
            subprocess.run(
                [
                    sys.executable,
                    "manage.py",
                    "makemessages",
                    "-l",
                    "zh_Hans",
                    "--no-location",
                    "--no-wrap",
                    "--no-obsolete",
                ],
                cwd=copy,
                check=True,
                capture_output=True,
            )
            for room in settings.LOCALE_PATHS:
                problems += self._compare(room, copy / Path(room).relative_to(PROJECT))
        if problems:
            raise CommandError("\n".join(problems) + "\nRun `make messages` and translate what is new.")
        self.stdout.write("Every text is translated.")

    def _copy_tracked_files(self, target: Path) -> None:
        names = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
            cwd=PROJECT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split("\0")
        for name in names:
            if name.endswith((".py", ".html", ".txt", ".js", ".po")) and not name.startswith("tests/"):
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(PROJECT / name, target / name)

    def _compare(self, room: Path, fresh: Path) -> list[str]:
        problems = []
        for file in sorted(Path(fresh).rglob("*.po")):
            name = Path(room).parent.name + "/" + str(file.relative_to(fresh))
            kept = Path(room) / file.relative_to(fresh)
            ours = {entry.msgid for entry in polib.pofile(str(kept))} if kept.exists() else set()
            for entry in polib.pofile(str(file)):
                if entry.msgid not in ours:
                    problems.append(f"{name}: not collected: {entry.msgid!r}")
                elif not entry.translated():
                    problems.append(f"{name}: not translated: {entry.msgid!r}")
        return problems
