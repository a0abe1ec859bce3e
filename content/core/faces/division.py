"""Divisions in the back office: a picker for forms, and a list where people in charge add towns and streets."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column as TableColumn
from wagtail.snippets.views import chooser, snippets
from wagtail.snippets.views.snippets import SnippetViewSet

from content.core.divisions import codes_within
from content.core.jurisdiction import codes_of, covers, rows_for
from content.core.models import Division
from content.core.services import refresh_rows

from .chooser import RegisterChooserViewSet, SearchForm
from .scoped import DeleteView, scoped


def divisions_of(user: Any) -> QuerySet[Division]:
    """Return the divisions in a person's charge and all below. Choosing one takes no permission on divisions."""
    codes = codes_of(user)
    return Division.objects.all() if codes is None else Division.objects.filter(codes_within(codes, field="code"))


def named(rows: QuerySet[Division], query: str) -> QuerySet[Division]:
    """Narrow divisions to those whose full name holds every word of the query, or whose code begins with it."""
    for word in query.split():
        rows = rows.filter(Q(full_name__contains=word) | Q(code__startswith=word))
    return rows


class DivisionSearchForm(SearchForm):
    q = forms.CharField(
        label=gettext_lazy("Name or code of the division"),
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("Name or code of the division")}),
        required=False,
    )

    def search(self, objects: QuerySet[Any], query: str) -> QuerySet[Any]:
        return named(objects, query)


class DivisionChoices:
    filter_form_class = DivisionSearchForm
    request: Any
    title_column: TableColumn

    def get_object_list(self) -> QuerySet[Division]:
        """An abolished division stays with its old rows, but is not chosen anew."""
        return divisions_of(self.request.user).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=timezone.localdate()))

    @property
    def columns(self) -> list[TableColumn]:
        level = TableColumn("level", label=gettext_lazy("division level"), accessor="get_level_display")
        return [self.title_column, TableColumn("code", label=gettext_lazy("division code")), level]


class ChooseView(DivisionChoices, chooser.ChooseView):
    pass


class ChooseResultsView(DivisionChoices, chooser.ChooseResultsView):
    pass


class ChosenView(chooser.SnippetChosenView):
    def get_object(self, pk: Any) -> Model:
        return divisions_of(self.request.user).get(pk=pk)


class ChosenMultipleView(chooser.SnippetChosenMultipleView):
    def get_objects(self, pks: list[Any]) -> QuerySet[Division]:
        return divisions_of(self.request.user).filter(pk__in=pks)


class DivisionChooserViewSet(RegisterChooserViewSet):
    choose_one_text = gettext_lazy("Choose a division")
    choose_another_text = gettext_lazy("Choose another division")
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView


class DivisionForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.fields["code"].disabled = True  # rows hang on it

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if self.instance._state.adding and not covers(self.for_user, code):
            raise ValidationError(_("This code lies outside the divisions in your charge."))
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("valid_from") or date.min, cleaned.get("valid_to") or date.max
        if ends < begins:
            self.add_error("valid_to", _("The validity ends before it begins."))
        return cleaned

    def save(self, commit: bool = True) -> Division:
        renamed = commit and not self.instance._state.adding and "name" in self.changed_data
        division: Division = super().save(commit)
        if renamed:
            refresh_rows(division=division)
        return division


class DivisionFilterSet(WagtailFilterSet):
    level = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("division level"), choices=Division.Level, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Division
        fields: list[str] = []


class IndexView(snippets.IndexView):
    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return named(queryset, self.search_query) if self.is_searching else queryset


class DivisionViewSet(SnippetViewSet):
    model = Division
    icon = "globe"
    menu_label = gettext_lazy("divisions")
    base_url_path = "registers/divisions"
    chooser_base_url_path = "registers/divisions/choose"
    chooser_viewset_class = DivisionChooserViewSet
    index_view_class = IndexView
    delete_view_class = DeleteView
    list_display = ["full_name", "code", "level", "valid_from", "valid_to"]
    filterset_class = DivisionFilterSet
    ordering = "code"
    copy_view_enabled = False
    inspect_view_enabled = True
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel(
                        "code",
                        help_text=gettext_lazy("6 digits; 9 for a town or street, the first 6 being its district's."),
                    ),
                    FieldPanel("name", help_text=gettext_lazy("Without the names above it: 示例街道.")),
                    FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
                ],
                heading=gettext_lazy("division"),
            )
        ],
        base_form_class=DivisionForm,
    )

    def get_queryset(self, request: Any) -> QuerySet[Division]:
        return rows_for(request.user, Division)

    def construct_view(self, view_class: type, **kwargs: Any) -> Any:
        return super().construct_view(scoped(view_class), **kwargs)
