"""Saved mappings: how a kind of table is matched, remembered for the next one with the same headers.

A mapping belongs to an organisation, which is the divisions of whoever saved it. It fits by itself when a table with
the same headers comes from the same organisation; those of the divisions above may be chosen by hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from content.core import divisions
from content.core.jurisdiction import codes_of
from content.core.register import Register

from .layout import Known, Layout
from .matching import KEEP, Matched, names_of, plain
from .models import ImportJob, ImportProfile
from .permissions import importable_registers
from .problems import ImportRefused

Scope = list[str] | None
POLICY = ("on_error", "conflict", "blank")
ALIKE = 0.6  # of a mapping's headers must stand in a row, for it to be the header that the mapping is for


def fingerprint(headers: Iterable[str]) -> str:
    """Return what tables with the same headers share, in whatever order; width, blanks and 必填 marks do not count."""
    words = sorted(word for header in headers if (word := plain(header)))
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def fitting(job: ImportJob, headers: Sequence[str]) -> ImportProfile | None:
    """Return the mapping that the job's organisation saved for such headers; the one used last, if there are several.

    A table without any header is known by nothing, so nothing fits it by itself.
    """
    if not any(map(plain, headers)):
        return None
    saved = ImportProfile.objects.filter(register_slug=job.register_slug, fingerprint=fingerprint(headers))
    saved = saved.order_by(F("used_at").desc(nulls_last=True), "-pk")
    return next((profile for profile in saved if _same(profile.scope, job.scope)), None)


def known_headers(job: ImportJob) -> Known | None:
    """Return what finds the header row of a table by the headers of the organisation's mappings; None without any."""
    saved = ImportProfile.objects.filter(register_slug=job.register_slug)
    own = [job.profile] if job.profile else [profile for profile in saved if _same(profile.scope, job.scope)]
    return knowing([profile.headers for profile in own])


def knowing(tables: Sequence[Sequence[str]], *, beside: Known | None = None) -> Known | None:
    """Return what knows the header row of a table by those of others (its words), or as `beside` does."""
    known = [words for headers in tables if (words := set(map(plain, headers)))]
    if not known:
        return beside

    def count(headers: list[str]) -> int:
        words = set(map(plain, headers))
        own = max(
            (len(words & one) for one in known if len(words & one) >= ALIKE * max(len(one), len(words))), default=0
        )
        return max(own, beside(headers)) if beside else own

    return count


def usable(register: Register, scope: Scope) -> list[ImportProfile]:
    """Return the mappings that somebody of these divisions may use: of the same organisation, and of those above."""
    saved = ImportProfile.objects.filter(register_slug=register.slug).select_related("user")
    return [profile for profile in saved if _serves(profile.scope, scope)]


def manageable(user: Any) -> list[ImportProfile]:
    """Return the mappings that a person may rename and delete: those saved for divisions in the person's charge."""
    codes = codes_of(user)
    slugs = [register.slug for register in importable_registers(user)]
    saved = ImportProfile.objects.filter(register_slug__in=slugs).select_related("user")
    return [profile for profile in saved if _covers(codes, profile.scope)]


def named(register: Register, name: str, scope: Scope) -> ImportProfile:
    """Return a usable mapping by its name or number (#3). Raises ImportRefused when there is none, or several."""
    found = [profile for profile in usable(register, scope) if name in (profile.name, f"#{profile.pk}")]
    found = [profile for profile in found if _same(profile.scope, scope)] or found
    if len(found) == 1:
        return found[0]
    if found:
        message = _("Several saved mappings are called “%(name)s”: %(numbers)s. Give the number instead, like #12.")
        numbers = "、".join(f"#{profile.pk}" for profile in found)
        raise ImportRefused("profile_ambiguous", message % {"name": name, "numbers": numbers})
    known = "、".join(profile.name for profile in usable(register, scope)) or "—"
    message = _("There is no saved mapping “%(name)s” for this register. There are: %(known)s.")
    raise ImportRefused("profile_unknown", message % {"name": name, "known": known})


def choice_of(profile: ImportProfile, columns: Sequence[Matched]) -> dict[str, str]:
    """Return the mapping for a file's columns: what the file lacks, or the register lost since, is left out."""
    keys = {"", KEEP, *(column.key for column in profile.register if column.importable)}
    here = {plain(name): name for name in names_of(columns)}
    return {
        here[plain(header)]: key for header, key in profile.mapping.items() if plain(header) in here and key in keys
    }


def constants_of(profile: ImportProfile) -> dict[str, str]:
    """Return the values that every row takes, by column; those of columns that the register lost are left out."""
    keys = {column.key for column in profile.register if column.importable}
    return {key: text for key, text in profile.constants.items() if key in keys}


def sheets_of(profile: ImportProfile, layouts: Sequence[Layout]) -> str | list[str]:
    """Return the sheets of a file that a mapping is for: those read when it was saved, or all of such a header.

    "all" where no sheet has quite that header: those with the header of the best one.
    """
    if profile.sheets == "all":
        found = [one for one in layouts if not one.hidden and fingerprint(one.words) == profile.fingerprint]
        if not found:
            return "all"
    else:
        found = [one for one in layouts if one.sheet in (profile.sheets or [profile.sheet])]
    return [one.sheet for one in found if one.signature == found[0].signature]


def in_words(profile: ImportProfile) -> list[tuple[str, str]]:
    """Return header in the file and what becomes of it, for people to read."""
    register = profile.register
    words = {"": _("left out"), KEEP: _("kept in the notes")}
    words |= {column.key: str(register.label(column)) for column in register}
    return [(header, words.get(key, key)) for header, key in profile.mapping.items()]


def constants_in_words(profile: ImportProfile) -> list[tuple[str, str]]:
    """Return column of the register and the value that every row takes."""
    register, names = profile.register, divisions.full_names()
    return [
        (str(register.label(register.by_key[key])), names.get(text, text))
        for key, text in constants_of(profile).items()
    ]


def remember(job: ImportJob, *, name: str, user: Any = None) -> ImportProfile:
    """Save how the job's columns are matched, under a name; the organisation's mapping of these headers is replaced.

    A name that another mapping has gets a number. Raises ImportRefused for an empty name.
    """
    name = " ".join(name.split())[:120]
    if not name:
        raise ImportRefused("profile_unnamed", _("Give the mapping a name, such as that of the table."))
    columns = [Matched(**column) for column in job.columns if column["how"] != "constant"]
    scope = None if user is None else codes_of(user)
    same = [
        profile
        for profile in ImportProfile.objects.filter(register_slug=job.register_slug)
        if _same(profile.scope, scope)
    ]
    print_ = fingerprint(column.header for column in columns)
    profile = next((p for p in same if p.fingerprint == print_ and p.name == name), None) or next(
        (p for p in same if p.fingerprint == print_ and p.pk == job.profile_id), None
    )
    taken = {other.name for other in same if other is not profile}
    profile = profile or ImportProfile(register_slug=job.register_slug, scope=scope)
    wanted, number = name, 1
    while name in taken:  # another kind of table; its mapping stays
        number += 1
        name = f"{wanted} {number}"
    profile.name, profile.fingerprint = name, print_
    profile.headers = [column.header for column in columns if column.header]
    profile.mapping = {
        spelling: KEEP if column.how == "kept" else column.key
        for spelling, column in zip(names_of(columns), columns, strict=True)
    }
    profile.constants = dict(job.mapping.get("constants", {}))
    profile.sheet, profile.sheets, profile.header_rows = job.sheet, _sheets_read(job), job.header_rows
    # Whether a second person approves is decided anew for every import.
    profile.policy = {name: job.policy[name] for name in POLICY}
    profile.user, profile.used_at = user, timezone.now()
    profile.save()
    ImportJob.objects.filter(pk=job.pk).update(profile=profile)
    job.profile = profile
    return profile


def _sheets_read(job: ImportJob) -> str | list[str]:
    """Return the names of the sheets that are read; "all" when they are several, and all visible ones of their header."""
    read = [part["name"] for part in job.sheets]
    sheets = {sheet["name"]: sheet for sheet in job.mapping.get("sheets", [])}
    like = {sheets[name]["like"] for name in read if name in sheets}
    visible = {name for name, sheet in sheets.items() if sheet["like"] in like and not sheet["hidden"]}
    return "all" if len(read) > 1 and visible == set(read) else read


def put_on(job: ImportJob, profile: ImportProfile) -> None:
    """Have a job's columns matched by a saved mapping when the file is looked at next."""
    ImportJob.objects.filter(pk=job.pk).update(profile=profile, policy=job.policy | profile.policy)
    job.refresh_from_db()


def put_away(job: ImportJob) -> None:
    """Have a job's columns matched without the saved mapping that it used."""
    ImportJob.objects.filter(pk=job.pk).update(profile=None)
    job.refresh_from_db()


def note_use(profile: ImportProfile) -> None:
    ImportProfile.objects.filter(pk=profile.pk).update(used_at=timezone.now(), uses=F("uses") + 1)


def rename(profile: ImportProfile, *, name: str, policy: Mapping[str, str] | None = None) -> None:
    """Give a mapping another name, and another way of treating errors, conflicts and blanks."""
    name = " ".join(name.split())[:120]
    if not name:
        raise ImportRefused("profile_unnamed", _("Give the mapping a name, such as that of the table."))
    others = ImportProfile.objects.filter(~Q(pk=profile.pk), register_slug=profile.register_slug, name=name)
    if any(_same(other.scope, profile.scope) for other in others):
        raise ImportRefused(
            "profile_taken", _("There is another mapping “%(name)s”. Choose another name.") % {"name": name}
        )
    profile.name = name
    profile.policy = profile.policy | dict(policy or {})
    profile.save(update_fields=["name", "policy", "updated_at"])


def _same(one: Scope, other: Scope) -> bool:
    return one is other if one is None or other is None else set(one) == set(other)


def _serves(saved: Scope, scope: Scope) -> bool:
    """Tell whether a mapping saved for some divisions may be used by others: the same, or all below."""
    if saved is None or _same(saved, scope):
        return True
    return bool(scope) and all(any(divisions.contains(outer, inner) for outer in saved) for inner in scope or ())


def _covers(codes: Scope, saved: Scope) -> bool:
    """Tell whether a mapping saved for some divisions lies in the charge of somebody."""
    if codes is None:
        return True
    return bool(saved) and all(any(divisions.contains(outer, inner) for outer in codes) for inner in saved or ())
