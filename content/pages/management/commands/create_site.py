from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from content.pages.services import create_site_tree


class Command(BaseCommand):
    help = "Create the home page, sections and standing pages of a fresh instance. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        home = create_site_tree()
        self.stdout.write(_("The site stands: %(count)d pages.") % {"count": home.get_descendant_count() + 1})
