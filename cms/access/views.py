"""wagtail.users with the divisions in charge."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.users.views import users

from .forms import UserCreationForm, UserEditForm


class IndexView(users.IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        """Show what the person is in charge of, beside the access level."""
        columns = list(super().columns)
        roles = Column("roles", label=_("roles"), accessor=lambda u: "、".join(group.name for group in u.groups.all()))
        divisions = Column(
            "divisions",
            label=_("divisions in charge"),
            accessor=lambda u: _("all divisions") if u.is_superuser else "、".join(str(d) for d in u.divisions.all()),
        )
        return [*columns[:4], roles, divisions, *columns[4:]]

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().prefetch_related("groups", "divisions")


class CreateView(users.CreateView):
    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "for_user": self.request.user}


class EditView(users.EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who may change users may not thereby become a superuser by giving one a new password."""
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "for_user": self.request.user}


class UserViewSet(users.UserViewSet):
    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView

    def get_form_class(self, for_update: bool = False) -> type:
        return UserEditForm if for_update else UserCreationForm
