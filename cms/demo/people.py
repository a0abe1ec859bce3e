"""Demo accounts: nobody can sign in with them until an administrator gives them a password."""

from __future__ import annotations

from django.contrib.auth.models import Group

from cms.access.roles import EDITOR, ISSUER, REGISTRAR
from content.core.models import Division, User

EDITOR_NAME, ISSUER_NAME, REGISTRAR_NAME = "demo-editor", "demo-issuer", "demo-registrar"

ACCOUNTS = (
    (EDITOR_NAME, "示例·宣传员", EDITOR, ()),
    (ISSUER_NAME, "示例·签发员", ISSUER, ()),
    (REGISTRAR_NAME, "示例·名录管理员", REGISTRAR, ("province",)),
    ("demo-suzhou", "示例·苏州名录管理员", REGISTRAR, ("320500",)),
    ("demo-jinjiang", "示例·锦江区名录管理员", REGISTRAR, ("510104",)),
)
"""Username, name, role, divisions in charge ("province": every province)."""


def ensure_people() -> dict[str, User]:
    """Make the accounts that are missing; return all by username. What was changed on them since stays."""
    people = {}
    for username, name, role, codes in ACCOUNTS:
        person, is_new = User.objects.get_or_create(
            username=username, defaults={"first_name": name, "email": f"{username}@example.invalid"}
        )
        if is_new:
            person.set_unusable_password()
            person.save()
            person.groups.set(Group.objects.filter(name=role))
            person.divisions.set(Division.objects.filter(code__in=codes) | Division.objects.filter(level__in=codes))
        people[username] = person
    return people
