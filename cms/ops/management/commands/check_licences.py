"""`make check`: every library we run on has a licence that we know and accept, and docs/licences.md lists it."""

import re
from argparse import ArgumentParser
from importlib.metadata import metadata
from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand

from cms.settings.environment import PROJECT

ACCEPTED = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software|Mozilla|MPL|LGPL|Lesser|Unlicense|Zope|ZPL|HPND|CMU|CC0|0BSD",
    re.IGNORECASE,
)
BEGIN, END = "<!-- libraries: written by `manage.py check_licences --write` -->", "<!-- end of libraries -->"


def licence_of(package: str) -> str:
    """Return the licence that a package declares, shortest form first, or an empty string."""
    about = metadata(package)
    classifiers = [c.rsplit(" :: ", 1)[-1] for c in about.get_all("Classifier") or [] if c.startswith("License")]
    free = (about.get_all("License") or [""])[0].strip().splitlines()[:1]
    expression = (about.get_all("License-Expression") or [""])[0]
    return expression or "; ".join(classifiers) or "".join(free)[:60]


class Command(BaseCommand):
    help = "Check the licences of the libraries in requirements.txt against those we accept and docs/licences.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true", help="Write the table in docs/licences.md.")

    def handle(self, *args: Any, **options: Any) -> None:
        pinned = re.findall(r"^([\w.-]+)(?:\[[^\]]*\])?==", (PROJECT / "requirements.txt").read_text(), re.MULTILINE)
        licences = {package: licence_of(package) for package in pinned}
        refused = [
            f"{package}: {licence or 'no licence'}"
            for package, licence in licences.items()
            if not ACCEPTED.search(licence)
        ]
        if refused:
            raise CommandError("Licences that we do not know or accept:\n" + "\n".join(refused))
        table = "\n".join(f"| {package} | {licence} |" for package, licence in sorted(licences.items()))
        block = f"{BEGIN}\n| 库 | 许可证 |\n| --- | --- |\n{table}\n{END}"
        page = PROJECT / "docs" / "licences.md"
        text = page.read_text()
        written = re.sub(re.escape(BEGIN) + ".*?" + re.escape(END), lambda _: block, text, flags=re.DOTALL)
        if options["write"]:
            page.write_text(written)
        elif written != text:
            raise CommandError("docs/licences.md is out of date: run `manage.py check_licences --write`.")
        self.stdout.write(f"{len(licences)} libraries, licences known and accepted.")
