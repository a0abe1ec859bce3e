"""Every kind of public page, rendered once from the demo."""

from __future__ import annotations

from functools import cache, partial

import pytest
from django.db import transaction
from django.test import Client, override_settings

from .addresses import Answer, addresses, complete, on_demand


@pytest.fixture(scope="session")
def answers(django_db_setup, django_db_blocker, tmp_path_factory) -> dict[str, Answer]:
    """Return name → answer for one page of every kind (tests/site/addresses.py). The demo is taken back at once."""
    from django.core.management import call_command

    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")),
        transaction.atomic(),
    ):
        call_command("load_demo", verbosity=0)
        complete()
        reader = cache(partial(read, Client()))
        found = {name: reader(path) for name, path in addresses(reader).items()}
        for name, html in on_demand().items():
            found[name] = Answer(500, "text/html", html)
        transaction.set_rollback(True)
    return found


def read(reader: Client, path: str) -> Answer:
    response = reader.get(path)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    used = frozenset(template.name for template in response.templates if template.name)
    text = content.decode(errors="replace")
    return Answer(response.status_code, response.get("Content-Type", ""), text, dict(response.items()), used)
