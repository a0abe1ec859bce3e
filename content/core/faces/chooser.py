"""Choosers of register rows: a modal with search, limited to the divisions in charge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column as TableColumn
from wagtail.snippets.views import chooser

from content.core.jurisdiction import rows_for

from .display import display, joined
from .listing import listed_columns, matching


class SearchForm(BaseFilterForm):
    q = forms.CharField(
        label=_("Name, pinyin initials or code"),
        widget=forms.TextInput(attrs={"placeholder": _("Name, pinyin initials or code")}),
        required=False,
    )

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        objects = super().filter(objects)
        if query := self.cleaned_data.get("q"):
            self.is_searching, self.search_query = True, query
            objects = self.search(objects, query)
        return objects

    def search(self, objects: QuerySet[Any], query: str) -> QuerySet[Any]:
        return matching(objects.model.register, objects, query)


class InScopeChoices:
    """Lists what the policy lets the person see."""

    model_class: type[Model]
    request: Any
    filter_form_class: type[forms.Form] = SearchForm

    def get_object_list(self) -> QuerySet[Any]:
        register = self.model_class.register  # type: ignore[attr-defined]
        rows = rows_for(self.request.user, self.model_class)
        return joined(register, rows, listed_columns(register)).order_by(*register.ordering)

    @property
    def columns(self) -> list[TableColumn]:
        """Beside the name, what tells rows of one name apart."""
        register = self.model_class.register  # type: ignore[attr-defined]
        code = [column for column in register if column.field == "code"]
        others = [*code, *(column for column in listed_columns(register)[1:4] if not column.personal)]
        return [
            self.title_column,  # type: ignore[attr-defined]
            *(
                TableColumn(
                    column.key,
                    label=str(register.label(column)),
                    accessor=lambda row, column=column: display(register, row, column),
                )
                for column in others
            ),
        ]


class ChooseView(InScopeChoices, chooser.ChooseView):
    pass


class ChooseResultsView(InScopeChoices, chooser.ChooseResultsView):
    pass


class ChosenView(chooser.SnippetChosenView):
    def get_object(self, pk: Any) -> Model:
        return rows_for(self.request.user, self.model_class).get(pk=pk)


class ChosenMultipleView(chooser.SnippetChosenMultipleView):
    def get_objects(self, pks: list[Any]) -> QuerySet[Any]:
        return rows_for(self.request.user, self.model_class).filter(pk__in=pks)


class RegisterChooserViewSet(chooser.SnippetChooserViewSet):
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
    per_page = 20

    def get_urlpatterns(self) -> list[URLPattern]:
        """Rows are made in the register's own form, which checks them; the modal has no form of its own."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]
