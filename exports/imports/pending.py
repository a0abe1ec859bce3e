"""Registers whose rows have drafts (Wagtail's DraftStateMixin): an import and a pending draft must not undo each other.

An import writes the live row. A draft that waits beside it is rebased onto what was written: a field that its author left
alone takes the import's value, one that its author changed keeps the author's, and the edit form says so. See
docs/adr/0008-import-approval-and-drafts.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin, Revision, RevisionMixin

from content.core.among import among

from .values import RowShape

if TYPE_CHECKING:
    from .drafts import Draft

CODE = "pending_draft"
Written = tuple[Any, list[Any], list[Any]]
"""Primary key, the row before and after, as lists in the shape's order."""


def has_drafts(model: type[models.Model]) -> bool:
    return issubclass(model, DraftStateMixin)


def has_revisions(model: type[models.Model]) -> bool:
    return issubclass(model, RevisionMixin)


def waiting(model: type[models.Model], pks: Sequence[Any]) -> dict[Any, Any]:
    """Return primary key → row of those with a draft that was not published; at most one query."""
    if not has_drafts(model) or not pks:
        return {}
    rows = model._default_manager.filter(pk__in=among(pks), has_unpublished_changes=True)
    return {row.pk: row for row in rows.select_related("latest_revision__user")}


def look_at(model: type[models.Model], drafts: Iterable[Draft], *, skip: bool) -> None:
    """Warn of rows that the file would change while a draft of theirs is pending; with `skip`, leave these rows out."""
    from .cells import problem
    from .drafts import Action

    if not has_drafts(model):
        return
    changed = [draft for draft in drafts if draft.action == Action.CHANGED]
    found = waiting(model, [draft.target for draft in changed])
    for draft in changed:
        if row := found.get(draft.target):
            message = _("%(who)s has a draft of this record that is not published yet.") % {"who": _author(row)}
            if skip:
                draft.action = Action.UNCHANGED
                message += _(" The row is left out, as you chose.")
            else:
                message += _(
                    " What the draft did not touch takes the file's values; what it changed stays in the draft."
                )
            draft.problems.append(
                problem(field="", column="", value=None, code="pending_draft", message=message, severity="warning")
            )


def rebase(model: type[models.Model], shape: RowShape, rows: Sequence[Written], *, user: Any) -> dict[Any, list[str]]:
    """Carry what was just written into pending drafts. Returns primary key → fields in which a draft says otherwise.

    A row without a pending draft forgets its last revision instead: the edit form opens that, and would bring old values
    back with the next save. The revision itself stays in the history.
    """
    if not has_revisions(model) or not rows:
        return {}
    pks = [row[0] for row in rows]
    found = waiting(model, pks)
    resting = model._default_manager.filter(pk__in=among(pks)).exclude(pk__in=list(found))
    resting.exclude(latest_revision=None).update(
        **{name: None for name in ("latest_revision", "live_revision") if _has(model, name)}
    )
    conflicts = {}
    for pk, before, after in rows:
        if pk in found:
            conflicts[pk] = _rebase(found[pk], shape, before, after, user)
    return {pk: fields for pk, fields in conflicts.items() if fields}


def _rebase(row: Any, shape: RowShape, before: list[Any], after: list[Any], user: Any) -> list[str]:
    """Merge one draft: base is the row before, theirs the row after. Returns the fields in which both changed it."""
    draft = row.get_latest_revision_as_object()
    mine = shape.encode({field.name: field.value_from_object(draft) for field in shape.fields})
    written, differ = shape.decode(after), []
    for at, field in enumerate(shape.fields):
        if before[at] == after[at]:
            continue
        if mine[at] == before[at] or not field.editable:
            setattr(draft, field.attname, written[field.name])
        elif mine[at] != after[at]:
            differ.append(field.name)
    author = row.latest_revision.user if row.latest_revision else user
    draft.save_revision(user=author, clean=False, changed=True)
    return differ


def born(model: type[models.Model]) -> dict[str, Any]:
    """Return what a new row has in the fields of drafts, which no import stages: it is live."""
    if not has_drafts(model):
        return {}
    now = timezone.now()
    return {
        "live": True,
        "has_unpublished_changes": False,
        "expired": False,
        "first_published_at": now,
        "last_published_at": now,
    }


def forget(model: type[models.Model], pks: Sequence[Any]) -> None:
    """Delete the revisions of rows that were deleted past the ORM."""
    if has_revisions(model) and pks:
        kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
        Revision.objects.filter(content_type=kind, object_id__in=among([str(pk) for pk in pks])).delete()


def _has(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)


def _author(row: Any) -> str:
    user = row.latest_revision.user if row.latest_revision else None
    return str(user.get_full_name() or user.get_username()) if user else _("someone")
