"""Public lists and pages of the registers. Reads are in selectors.py."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from content.core.file_formats import FILE_FORMATS
from content.core.register import Register, get_register

from . import selectors, structured
from .listing import Listing


class RegisterView(TemplateView):
    """What list and page share: the register, and templates that a register may have of its own."""

    template = ""

    @property
    def register(self) -> Register:
        return get_register(self.kwargs["slug"])

    def own_or_shared(self, name: str) -> list[str]:
        return [f"registers/{self.register.slug}/{name}", f"registers/{name}"]

    def get_template_names(self) -> list[str]:
        return self.own_or_shared(self.template)

    def crumbs(self) -> list[tuple[Any, str]]:
        address = reverse("register-list", args=[self.register.slug])
        return [(_("Home page"), "/"), (self.register.verbose_name_plural, address)]


class RegisterListView(RegisterView):
    """The list; for the finder's script only what a filter changes."""

    @property
    def template(self) -> str:  # type: ignore[override]
        return "results.html" if getattr(self.request, "htmx", False) else "list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        patch_vary_headers(response, ("HX-Request",))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        listing = Listing(register=self.register, params=self.request.GET)
        address = self.request.build_absolute_uri(self.request.path)
        page = listing.page
        return super().get_context_data(
            register=self.register,
            listing=listing,
            page_obj=page,
            page_range=listing.page_range,
            kept_as=listing.about,
            card_template=self.own_or_shared("card.html"),
            count_template=self.own_or_shared("count.html"),
            canonical=address if page.number == 1 else f"{address}?page={page.number}",
            crumbs=self._crumbs_to_here,
            downloads=partial(self._downloads, listing),
            **kwargs,
        )

    def _crumbs_to_here(self) -> list[tuple[Any, str]]:
        home, here = self.crumbs()
        return [home, (here[0], "")]

    def _downloads(self, listing: Listing) -> list[tuple[str, str]]:
        """Return (format, address) of the filtered set in each format; none where downloads are not installed."""
        query = f"?{listing.filters_query}" if listing.filters_query else ""
        try:
            return [
                (form.short, reverse("register-download", args=[self.register.slug, form.ending]) + query)
                for form in FILE_FORMATS.values()
            ]
        except NoReverseMatch:
            return []


class RegisterDetailView(RegisterView):
    template = "detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = selectors.public_row(self.register, self.kwargs["code"])
        if row is None:
            raise Http404
        crumbs = [*self.crumbs(), (str(row), "")]
        beside = selectors.beside(self.register, row)
        absolute, pictures = self.request.build_absolute_uri, beside.get("pictures", ())
        return super().get_context_data(
            register=self.register,
            row=row,
            crumbs=crumbs,
            structured=structured.data(self.register, row, crumbs, absolute, pictures=pictures),
            **beside,
            **kwargs,
        )
