"""Chooser of competitions for bulletins: what the public may see, whoever edits.

A register's own chooser lists the rows of the person's divisions. Staff who write pages have none; what they may name
in a page is what every reader may see.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column as TableColumn
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from content.core.faces.chooser import SearchForm
from content.core.register import Register
from content.registers.competitions import Competition


class PublishedChoices:
    """Lists the published rows, with two public columns beside the name."""

    model_class: type[Model]
    filter_form_class = SearchForm

    @property
    def register(self) -> Register:
        return self.model_class.register  # type: ignore[attr-defined]

    def get_object_list(self) -> QuerySet[Any]:
        return self.register.public_rows().order_by(*self.register.ordering)

    @property
    def columns(self) -> list[TableColumn]:
        others = [self.register.by_key[key] for key in ("industry", "project")]
        return [
            self.title_column,  # type: ignore[attr-defined]
            *(TableColumn(column.key, label=self.register.label(column), accessor=column.field) for column in others),
        ]


class ChooseView(PublishedChoices, chooser.ChooseView):
    pass


class ChooseResultsView(PublishedChoices, chooser.ChooseResultsView):
    pass


class ChosenView(chooser.ChosenView):
    def get_object(self, pk: Any) -> Model:
        return self.model_class.register.public_rows().get(pk=pk)


class ChosenMultipleView(chooser.ChosenMultipleView):
    def get_objects(self, pks: list[Any]) -> QuerySet[Any]:
        return self.model_class.register.public_rows().filter(pk__in=pks)


class CompetitionChooserViewSet(ChooserViewSet):
    model = Competition
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
    register_widget = False  # elsewhere the register's own chooser serves
    icon = "list-ul"
    choose_one_text = _("Choose a competition")
    choose_another_text = _("Choose another competition")
    edit_item_text = _("Change the competition")
    per_page = 20


COMPETITION_CHOOSER = CompetitionChooserViewSet("published_competition_chooser", url_prefix="pages/competitions")
