"""`manage.py export_openapi`: writes the contract with partners, `docs/openapi.json`."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.api.document import IMPORTS, REGISTERS, register_document
from cms.settings.environment import PROJECT

SNAPSHOT = PROJECT / "docs" / "openapi.json"


class Command(BaseCommand):
    help = "Writes the OpenAPI document of the register and import endpoints to docs/openapi.json."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", type=Path, default=SNAPSHOT)

    def handle(self, *args: Any, output: Path, **options: Any) -> None:
        output.write_text(
            json.dumps(register_document(REGISTERS, IMPORTS), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
        self.stdout.write(str(output))
