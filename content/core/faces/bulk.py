"""Deleting many rows at once: only those in charge, only those listed, each with its line in the log."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, ProtectedError, QuerySet
from django.utils.functional import classproperty
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction

from content.core.jurisdiction import rows_for
from content.core.models import Division
from content.core.register import registers

from .listing import matching
from .listing_filters import build_listing_filterset
from .scoped import still_in_use


class DeleteRows(DeleteBulkAction):
    """Wagtail's own takes every row of the model for "all", names rows that the person may not see, and logs nothing."""

    @classproperty
    def models(cls) -> list[type[Model]]:
        return [register.model for register in registers()] + [Division]

    def get_actionable_objects(self) -> tuple[list[Model], dict[str, list[Model]]]:
        return self._in_scope, {"items_with_no_access": []}

    @property
    def _in_scope(self) -> list[Model]:
        if not hasattr(self, "_rows"):
            rows: QuerySet[Any] = rows_for(self.request.user, self.model, ["delete"])
            ids = self.request.GET.getlist("id")
            rows = self._listed(rows) if "all" in ids else rows.filter(pk__in=ids)
            self._rows = list(rows)
        return self._rows

    def _listed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow rows to the listing from which the person came; its search and filters stand in the address."""
        if self.model is Division:
            return rows.none()
        register = self.model.register
        filters = build_listing_filterset(register)(self.request.GET, request=self.request)
        if filters.is_valid():
            rows = filters.filter_queryset(rows)
        return matching(register, rows, self.request.GET.get("q", ""))

    def form_valid(self, form: Any) -> Any:
        try:
            return super().form_valid(form)
        except ProtectedError as error:
            messages.error(self.request, still_in_use(self._in_scope[0], error))
            return self.render_to_response(self.get_context_data(form=form))

    @classmethod
    def execute_action(cls, objects: list[Model], user: Any = None, **kwargs: Any) -> tuple[int, int]:
        action = kwargs["self"]
        for row in objects:
            log(instance=row, action="wagtail.delete", user=action.request.user, deleted=True)
        return super().execute_action(objects, user=user, **kwargs)
