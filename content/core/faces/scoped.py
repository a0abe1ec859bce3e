"""Wagtail's snippet views, each asking the jurisdiction policy about the very row it opens.

Wagtail's generic views ask the policy about the model, and about the row in a few places only. Every view of a
register's viewset passes through `scoped`, also one that a later Wagtail may add.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.snippets.views import snippets

from content.core.jurisdiction import may


class InScope:
    """Refuses a row outside the divisions in charge, whatever way the view finds it."""

    request: Any

    def get_object(self, *args: Any, **kwargs: Any) -> Model | None:
        instance = super().get_object(*args, **kwargs)  # type: ignore[misc]
        # A draft may already carry another division than the live row: both must be in charge.
        for row in (instance, getattr(self, "live_object", None)):
            if row is not None and row.pk is not None and not may(self.request.user, row):
                raise PermissionDenied
        return instance


def scoped(view_class: type) -> type:
    """Return the view class, asking the policy about its row; a view without a row comes back as it is."""
    if issubclass(view_class, InScope) or not hasattr(view_class, "get_object"):
        return view_class
    return type(view_class.__name__, (InScope, view_class), {})


class CopyView(InScope, snippets.CopyView):
    def get_initial_form_instance(self) -> Model:
        """Start from the row, without what may exist only once and without what derives from the name."""
        copy = super().get_initial_form_instance()
        for field in copy._meta.concrete_fields:
            if not field.primary_key and (field.unique or field.name == "pinyin"):
                setattr(copy, field.attname, None if field.null else "")
        if relation := copy.register.pictures:
            pictures = list(getattr(copy, relation).all())
            for picture in pictures:
                picture.pk = None  # the copy's own; the row keeps its pictures
            setattr(copy, relation, pictures)
        return copy


class DeleteView(InScope, snippets.DeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ProtectedError as error:
            messages.error(self.request, still_in_use(self.object, error))
            return redirect(self.get_success_url())


def still_in_use(row: Model, error: ProtectedError) -> str:
    return _("“%(row)s” was not deleted: %(count)d other rows refer to it. Change or delete those first.") % {
        "row": row,
        "count": len(error.protected_objects),
    }
