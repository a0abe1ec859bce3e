"""`prune_imports`: delete the files and rows of imports that are past their time. The worker does the same by itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from exports.imports.retention import prune
from exports.resources.queueing import prune as prune_exports


class Command(BaseCommand):
    help = "Delete the files and rows of imports older than IMPORT_KEEP_DAYS (never written) or IMPORT_UNDO_DAYS (written), and large exports."

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            self.stdout.write(_("%(count)s imports expired; their files and rows are deleted.") % {"count": prune()})
            prune_exports()
