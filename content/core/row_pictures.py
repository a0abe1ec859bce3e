"""Pictures of a register row, in order; the first of them is the row's lead picture.

A register with pictures names their relation (`Register.pictures`) and has a column `photo`, which follows the first
picture by itself, so that lists need no more than one reference.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from .signals import register_rows_changed

LEAD = "photo"
MOST = 12


class RowPicture(Orderable):
    """One picture of a row. Subclasses add the `ParentalKey` to the row."""

    image = models.ForeignKey(
        "wagtailimages.Image", models.CASCADE, related_name="+", verbose_name=gettext_lazy("picture")
    )
    alt_text = models.CharField(
        gettext_lazy("what the picture shows"),
        max_length=255,
        blank=True,
        help_text=gettext_lazy(
            "In one sentence, for people who cannot see it. When left empty, the description in the picture library is taken."
        ),
    )
    caption = models.CharField(
        gettext_lazy("caption of the picture"),
        max_length=120,
        blank=True,
        help_text=gettext_lazy("Stands below the picture for everyone."),
    )

    panels = [FieldPanel("image"), FieldPanel("alt_text"), FieldPanel("caption")]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.caption or self.alt

    @classmethod
    def link(cls) -> ParentalKey:
        """Return the field that leads to the row."""
        return next(field for field in cls._meta.fields if isinstance(field, ParentalKey))

    @property
    def alt(self) -> str:
        """What is read out for the picture. Never empty."""
        return self.alt_text or self.image.description or str(getattr(self, self.link().name))

    def clean(self) -> None:
        super().clean()
        if self.image_id and not (self.alt_text or self.image.description):
            message = _("Say in one sentence what “%(title)s” shows: the picture library has no description of it.")
            raise ValidationError({"alt_text": message % {"title": self.image.title}})


def keep_lead(sender: type[RowPicture], instance: RowPicture, *, raw: bool = False, **kwargs: Any) -> None:
    """Receiver of `post_save` and `post_delete`: let the row's lead picture be the first again, and say that it changed."""
    if raw:
        return
    link = sender.link()
    model, pk = link.related_model, getattr(instance, link.attname)
    pictures = sender._default_manager.filter(**{link.attname: pk}).order_by("sort_order", "pk")
    lead = pictures.values_list("image_id", flat=True).first()
    model._default_manager.filter(pk=pk).update(**{f"{LEAD}_id": lead})
    if link.is_cached(instance):
        setattr(link.get_cached_value(instance), f"{LEAD}_id", lead)
    register_rows_changed.send(sender=model, register=model.register, changed=[pk], deleted=[])
