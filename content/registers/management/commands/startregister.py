"""The first draft of a new register: its file, its migration, its test."""

import keyword
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.template import Context, Engine
from django.utils.translation import gettext as _

from content.core.register import registers

ROOM = Path(__file__).resolve().parents[2]
PROJECT = ROOM.parents[1]
DRAFTS = ROOM / "management" / "drafts"


class Command(BaseCommand):
    help = "Write the first draft of a register, e.g. `startregister libraries --title 职工书屋 --prefix SW`."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "name", help="English plural in lower case; becomes the file, the address and the command word."
        )
        parser.add_argument("--title", required=True, help="What a row is called in Chinese, e.g. 职工书屋.")
        parser.add_argument("--prefix", default="ZB", help="Two letters that the codes of its rows begin with.")

    def handle(self, *args: Any, **options: Any) -> None:
        name: str = options["name"]
        if not name.isidentifier() or keyword.iskeyword(name) or name != name.lower():
            raise CommandError(
                _("“%(name)s” is no good name: use lower-case English letters, e.g. libraries.") % {"name": name}
            )
        files = {
            "register.py.txt": ROOM / f"{name}.py",
            "test.py.txt": PROJECT / "tests" / "content" / "registers" / f"test_{name}.py",
        }
        if name in {register.slug for register in registers()} or any(file.exists() for file in files.values()):
            raise CommandError(_("There is a register “%(name)s” already.") % {"name": name})
        singular = name.removesuffix("ies") + "y" if name.endswith("ies") else name.removesuffix("s")
        model = "".join(part.title() for part in singular.split("_"))
        words = {"name": name, "model": model, "title": options["title"], "prefix": options["prefix"].upper()}
        for draft, target in files.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            text = Engine().from_string((DRAFTS / draft).read_text()).render(Context(words, autoescape=False))
            target.write_text(text)
            self.stdout.write(str(target.relative_to(PROJECT)))
        self._add_translations(words)
        # The new model is known to a new process only.
        subprocess.run(  # noqa: S603
            [sys.executable, "manage.py", "makemigrations", "registers", "--name", name], cwd=PROJECT, check=True
        )
        self.stdout.write(
            _("Next: mend columns and texts, run `manage.py makemigrations registers` again, then `make run`.")
        )

    def _add_translations(self, words: dict[str, str]) -> None:
        """Append the draft's texts to the room's locale file, so that its headers are Chinese from the start."""
        locale = PROJECT / "content" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
        title, name = words["title"], words["name"]
        texts = {
            f"{name}: one row": title,
            f"{name}: rows": title,
            f"{name}: code": f"{title}编码",
            f"{name}: name": f"{title}名称",
            f"{name}: address": f"{title}地址",
            f"{name}: phone": f"{title}电话",
            f"{name}: open": "正常",
            f"{name}: closed": "停用",
            f"{name}: status": f"{title}状态",
        }
        with locale.open("a", encoding="utf-8") as file:
            for source, translated in texts.items():
                file.write(f'\nmsgid "{source}"\nmsgstr "{translated}"\n')
