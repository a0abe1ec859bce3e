"""What an import may be told to do with errors, conflicts, blanks and records that it lacks."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from .problems import ImportRefused

POLICIES = {
    "approval": ("none", "second_person"),
    "drafts": ("rebase", "skip"),
    "on_error": ("stop", "skip"),
    "conflict": ("overwrite", "keep", "empty", "newer"),
    "blank": ("keep", "clear"),
    "missing": ("ignore", "report", "retire"),
    "warnings": ("accept", "stop"),
    "as_of": (),  # a day, or nothing
}


def check_policy(policy: Mapping[str, str]) -> None:
    """Raise ImportRefused for a choice that there is not."""
    wrong = [key for key, value in policy.items() if key != "as_of" and value not in POLICIES.get(key, ())]
    if policy.get("as_of") and not _is_day(policy["as_of"]):
        wrong.append("as_of")
    if wrong:
        raise ImportRefused("policy_unknown", _("There is no such choice: %(choice)s.") % {"choice": "、".join(wrong)})


def _is_day(text: str) -> bool:
    try:
        return parse_date(text) is not None
    except ValueError:
        return False
