"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .selectors import search_public
from .text import LONGEST_QUERY


@require_safe
def search_view(request: HttpRequest) -> HttpResponse:
    """Show what `q` finds, of all kinds or of `kind` by `page`."""
    query = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY]
    results = search_public(query=query, kind=request.GET.get("kind", ""), page=request.GET.get("page"))
    context = {"results": results, "query": query}
    if results.page:
        context["page_range"] = results.page.paginator.get_elided_page_range(
            results.page.number, on_each_side=2, on_ends=1
        )
    return render(request, "search.html", context)
