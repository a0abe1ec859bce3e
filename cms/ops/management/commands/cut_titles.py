"""`manage.py cut_titles`: after a fixed title has changed, cut the font of the titles anew."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.ops.titles import FONT, cut, titles


class Command(BaseCommand):
    help = "Cut site/static/fonts/titles.woff2: the characters of the masthead and of the titles marked `song`."

    def handle(self, *args: Any, **options: Any) -> None:
        FONT.parent.mkdir(exist_ok=True)
        FONT.write_bytes(cut())
        self.stdout.write(f"{FONT.name}: {len(set(''.join(titles())))} characters, {FONT.stat().st_size} bytes")
