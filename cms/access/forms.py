"""The forms of a user: Wagtail's own, with the divisions in charge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.users.forms import UserCreationForm as WagtailCreationForm
from wagtail.users.forms import UserEditForm as WagtailEditForm

from content.core.jurisdiction import covers
from content.core.models import Division

from .widgets import DivisionsInput


class DivisionsField(forms.ModelMultipleChoiceField):
    def __init__(self) -> None:
        super().__init__(
            queryset=Division.objects.all(),
            required=False,
            label=gettext_lazy("divisions in charge"),
            widget=DivisionsInput,
            help_text=gettext_lazy("The person sees and changes register rows of these divisions and all below them."),
        )


class BoundedMixin:
    """Keeps a person from giving away more than is their own: divisions, and being a superuser."""

    def __init__(self, *args: Any, for_user: Any, **kwargs: Any) -> None:
        self.for_user = for_user
        super().__init__(*args, **kwargs)
        self.fields: dict[str, forms.Field]
        self.fields["email"].required = False
        if not for_user.is_superuser:
            self.fields.pop("is_superuser", None)

    def clean_divisions(self) -> Any:
        chosen = self.cleaned_data["divisions"]  # type: ignore[attr-defined]
        before = set(self.instance.divisions.all()) if self.instance.pk else set()  # type: ignore[attr-defined]
        outside = [d for d in before.symmetric_difference(chosen) if not covers(self.for_user, d.pk)]
        if outside:
            names = "、".join(str(division) for division in outside)
            raise ValidationError(
                _("%(names)s: outside the divisions in your own charge. You can neither give nor take them.")
                % {"names": names}
            )
        return chosen


class UserCreationForm(BoundedMixin, WagtailCreationForm):
    divisions = DivisionsField()

    class Meta(WagtailCreationForm.Meta):
        fields = WagtailCreationForm.Meta.fields | {"divisions"}


class UserEditForm(BoundedMixin, WagtailEditForm):
    divisions = DivisionsField()

    class Meta(WagtailEditForm.Meta):
        fields = WagtailEditForm.Meta.fields | {"divisions"}
