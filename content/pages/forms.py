"""The form behind every page's editing screen."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


class XinghuiPageForm(WagtailAdminPageForm):
    """Makes the slug in pinyin when none is written, and lets it follow the title until the page has been public.

    Autosave stores a page while its title is still being typed, so a slug made once would keep half a title.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if "title" in self.fields:
            self.fields["title"].widget.attrs["placeholder"] = _("Write the title here")
        self._old_title = self.instance.title
        self._old_slug = self.instance.slug

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "slug" in data and data.get("title") and self._follows_title(data["slug"]):
            data["slug"] = self.instance.free_slug(data["title"], parent=self.parent_page)
        return super().clean()

    def _follows_title(self, slug: str) -> bool:
        if not slug:
            return True
        page = self.instance
        retitled = self.cleaned_data["title"] != self._old_title
        made_by_us = slug == self._old_slug and slug.startswith(page.base_slug(self._old_title))
        return bool(page.pk and not page.first_published_at and retitled and made_by_us)


class InitiativeForm(XinghuiPageForm):
    """An initiative is issued by all its issuers or not at all; a draft may wait for them."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.is_deferred_validation and (waiting := self._waiting()):
            message = _("Still waiting for: %(names)s. Mark them countersigned, or as needing none, then publish.")
            self.add_error(None, message % {"names": "、".join(waiting)})
        return data

    def _waiting(self) -> list[str]:
        forms = self.formsets["issuers"].forms if "issuers" in self.formsets else []
        rows = [form.cleaned_data for form in forms if form.is_valid() and form.cleaned_data]
        return [row["name"] for row in rows if row.get("countersign") == "pending" and not row.get("DELETE")]


class BulletinForm(XinghuiPageForm):
    """A new issue begins with the next number and what the last issue said of compilers and recipients."""

    CARRIED = ("series", "compiled_by", "report_to", "send_to", "distribute_to", "copies")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = None if self.is_bound or self.instance.pk else self._last_issue()
        if last:
            self.initial |= {name: getattr(last, name) for name in self.CARRIED}
            same_year = last.year == self.instance.issue_date.year
            self.initial["issue_number"] = (last.issue_number or 0) + 1 if same_year else 1
            self.initial["total_number"] = last.total_number + 1 if last.total_number else None

    def _last_issue(self) -> Any:
        return type(self.instance)._default_manager.order_by("year", "issue_number", "pk").last()
