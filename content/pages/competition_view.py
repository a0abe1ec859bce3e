"""The public page of one labour competition: how far it has come, its facts, the bulletins that report on it."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from content.core.register import get_register

from .models import BulletinPage
from .progress import progress_of


class CompetitionView(TemplateView):
    template_name = "pages/competition.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        register, code = get_register("competitions"), self.kwargs["code"]
        row = register.public_rows().filter(code=code).first() if "\0" not in code else None
        if row is None:
            raise Http404
        bulletins = BulletinPage.objects.live().public().filter(competitions__competition=row)
        others = register.public_rows().exclude(pk=row.pk).defer("search_text")
        return super().get_context_data(
            register=register,
            row=row,
            steps=progress_of(row).steps,
            bulletins=bulletins.defer_streamfields().distinct().order_by("-issue_date", "-pk"),
            related=others.filter(industry=row.industry).order_by("pinyin")[:6] if row.industry else [],
            crumbs=[(_("Home page"), "/"), (_("Competitions channel"), "/competitions/"), (str(row), "")],
            **kwargs,
        )
