"""Users, divisions and what every register row shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from modelsearch import index

from . import chinese, divisions
from .audit import RegisterLogEntry

__all__ = ["Division", "RegisterLogEntry", "RegisterRow", "User"]

if TYPE_CHECKING:
    from .register import Register


class Division(index.Indexed, models.Model):
    """A province, city, district or town/street (GB/T 2260, GB/T 10114)."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("Province")
        CITY = "city", _("City")
        DISTRICT = "district", _("District or county")
        STREET = "street", _("Town or street")

    code = models.CharField(_("division code"), max_length=9, primary_key=True)
    name = models.CharField(_("division name"), max_length=60)
    full_name = models.CharField(_("full division name"), max_length=120, editable=False)
    level = models.CharField(_("division level"), max_length=8, choices=Level, editable=False)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        editable=False,
        verbose_name=_("parent division"),
    )
    # Codes change over time: an abolished one stays, so that old rows keep their meaning.
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    search_fields = [
        index.SearchField("full_name"),
        index.AutocompleteField("full_name"),
        index.AutocompleteField("code"),
        index.FilterField("code"),
        index.FilterField("level"),
    ]

    class Meta:
        verbose_name = _("division")
        verbose_name_plural = _("divisions")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.full_name or self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.place()
        super().save(*args, **kwargs)
        divisions.names.forget()
        # A new name is part of the full names of all below.
        for child in self.children.exclude(full_name__startswith=self.full_name):
            child.save()

    def clean(self) -> None:
        if not self.code.isdigit() or len(self.code) not in (6, 9):
            raise ValidationError({"code": _("A division code has 6 digits, or 9 for a town or street.")})

    def place(self) -> None:
        """Set level, parent and full name from the code. The parent must have been saved before."""
        code = self.code
        self.level = divisions.level(code)
        self.parent_id = divisions.parent_code(code, set(divisions.full_names()))
        above = divisions.full_names().get(self.parent_id, "") if self.parent_id else ""
        self.full_name = above + self.name


class User(AbstractUser):
    """A person who signs in; the divisions say which register rows the person may see and change."""

    divisions = models.ManyToManyField(
        Division,
        blank=True,
        related_name="users",
        verbose_name=_("divisions in charge"),
        help_text=_("The person sees and changes register rows of these divisions and all below them."),
    )

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")  # type: ignore[assignment]
        verbose_name_plural = _("users")  # type: ignore[assignment]
        # They hold for all registers alike; see jurisdiction.py.
        permissions = [
            ("view_personal_data", gettext_noop("Can see personal data in registers")),
            ("import_registers", gettext_noop("Can import registers from files")),
            ("export_registers", gettext_noop("Can export registers to files")),
        ]

    def get_full_name(self) -> str:
        """The family name comes first; names in Han characters have no space: 张三, but San Zhang."""
        if chinese.is_han(self.last_name) and chinese.is_han(self.first_name):
            return f"{self.last_name}{self.first_name}"
        return super().get_full_name()


class RegisterRow(index.Indexed, models.Model):
    """What a row of every register has. `register` is set by the declaration beside the model."""

    register: ClassVar[Register]

    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("division"))
    # Every row has one: an index of who refers to a city would repeat the register's own.
    division.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    # pypinyin errs on surnames and rare places, so a person may correct the sort key.
    pinyin = models.CharField(
        _("pinyin"),
        max_length=255,
        blank=True,
        db_index=True,
        help_text=_("Sorts the lists; made from the name when left empty."),
    )
    search_text = models.TextField(editable=False, blank=True, default="")
    notes = models.TextField(
        _("notes on the record"),
        blank=True,
        default="",
        help_text=_("For the back office only; imports keep here what has no column of its own."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True, db_index=True)

    search_fields = [
        index.SearchField("search_text"),
        index.AutocompleteField("search_text"),
        index.FilterField("division"),
        index.FilterField("division_id"),
        index.FilterField("pinyin"),
    ]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        self.prepare()
        problems = [p for p in self.register.check(self.values()) if p.severity == "error"]
        if problems:
            editable = {field.name for field in self._meta.concrete_fields if field.editable}
            raise ValidationError(
                [ValidationError(str(p.message), code=p.code) for p in problems]
                if any(p.field not in editable for p in problems)
                else {p.field: [p.message] for p in problems}
            )

    def values(self) -> dict[str, Any]:
        """Return the row as field name → value; a reference under its field name as its key."""
        return {field.name: field.value_from_object(self) for field in self._meta.concrete_fields}

    def prepare(self) -> None:
        """Derive what the register derives (see `Register.prepare`) on this instance."""
        values = self.values()
        self.register.prepare(values)
        for field in self._meta.concrete_fields:
            if not field.primary_key:
                setattr(self, field.attname, values[field.name])
