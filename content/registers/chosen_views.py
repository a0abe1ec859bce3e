"""Pages of picked bases: favourites, and up to four side by side. Their addresses are their whole state."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.core.faces.filter_kinds import LONGEST

from .chosen import MOST_COMPARED, MOST_FAVOURITES, compare, pick, read_codes, suggestions
from .views import RegisterView


class PickedView(RegisterView):
    """What both share: one address for one choice, whichever way the form wrote it."""

    most = 0
    name = ""
    title: Any = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        given = request.GET.getlist("codes")
        if len(given) > 1:  # a form's checkboxes
            rest = {name: value for name, value in request.GET.items() if name in ("add", "only") and value}
            query = urlencode({"codes": ",".join(read_codes(given)[:MOST_FAVOURITES]), **rest}, safe=",")
            return HttpResponseRedirect(f"{request.path}?{query}")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        (home, here) = self.crumbs()
        return super().get_context_data(
            register=self.register,
            picked=pick(self.register, read_codes(self.request.GET.getlist("codes")), most=self.most),
            most=self.most,
            card_template=self.own_or_shared("card.html"),
            canonical=self.request.build_absolute_uri(reverse(self.name)),
            crumbs=[home, here, (self.title, "")],
            **kwargs,
        )


class FavouritesView(PickedView):
    template = "favourites.html"
    name = "base-favourites"
    most = MOST_FAVOURITES
    title = _("Favourite bases")


class CompareView(PickedView):
    template = "compare.html"
    name = "base-compare"
    most = MOST_COMPARED
    title = _("Bases side by side")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        picked, only = context["picked"], self.request.GET.get("only") == "different"
        words = self.request.GET.get("add", "").replace("\0", "").strip()[:LONGEST]
        lines = compare(self.register, picked.rows)
        same = [line for line in lines if len(set(line.cells)) == 1]
        codes = [row.code for row in picked.rows]
        several = len(codes) > 1
        return {
            **context,
            "lines": [line for line in lines if not (only and several and line in same)],
            "same": len(same),
            "several": several,
            "only": only,
            "columns": [(row, ",".join(code for code in codes if code != row.code)) for row in picked.rows],
            "room": self.most - len(codes),
            "words": words,
            "suggestions": suggestions(self.register, words, but=picked.rows) if len(codes) < self.most else [],
        }
