"""The one verb of the demo."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from content.core.models import User
from content.core.register import get_register
from content.pages.services import create_site_tree

from .pages import Staff, ensure_details, ensure_pages
from .people import EDITOR_NAME, ISSUER_NAME, REGISTRAR_NAME, ensure_people
from .pictures import ensure_pictures, give_bases_pictures
from .registers import FILES, import_file


def load_demo(*, say: Callable[[str], None]) -> None:
    """Bring the demo into the instance through its own pipelines; what is there already stays as it is.

    `say` gets a line after every step. Raises DemoBroken when a shipped file has errors.
    """
    began = time.monotonic()
    home = create_site_tree()
    people = ensure_people()
    editor, registrar = people[EDITOR_NAME], people[REGISTRAR_NAME]
    say(_("Site tree and %(count)d demo accounts are in place.") % {"count": len(people)})
    bases_came = _import_registers(registrar, say)
    pictures, new_pictures = ensure_pictures(user=editor)
    with_picture = give_bases_pictures(pictures, user=registrar) if bases_came or new_pictures else 0
    say(
        _("Pictures: %(new)d new of %(all)d; %(bases)d bases got one.")
        % {"new": new_pictures, "all": len(pictures), "bases": with_picture}
    )
    new_pages = ensure_pages(home=home, pictures=pictures, staff=Staff(editor, people[ISSUER_NAME]))
    ensure_details(pictures=pictures)
    say(_("Pages: %(new)d new, published.") % {"new": new_pages})
    say(_("Demo loaded in %(seconds).1f s.") % {"seconds": time.monotonic() - began})


def _import_registers(user: User, say: Callable[[str], None]) -> bool:
    """Import every file that has not been imported before; return whether bases were among them."""
    came = False
    for slug, name in FILES:
        began = time.monotonic()
        job = import_file(slug, name, user=user)
        facts: dict[str, Any] = {"register": get_register(slug).verbose_name_plural, "file": name}
        if job is None:
            say(_("%(register)s: %(file)s was imported before.") % facts)
            continue
        came |= slug == "bases"
        facts |= {"count": job.counts["new"] + job.counts["changed"], "seconds": time.monotonic() - began}
        say(_("%(register)s: %(count)d rows from %(file)s in %(seconds).1f s.") % facts)
    return came
