"""Chinese for names that Django and Wagtail keep in the database in English."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from wagtail.models import Collection, Page

ROOT_TITLE = gettext_noop("All pages")
ROOT_COLLECTION = gettext_noop("All files")

_PATTERNS = {
    "add": gettext_noop("Can add %(kind)s"),
    "change": gettext_noop("Can change %(kind)s"),
    "delete": gettext_noop("Can delete %(kind)s"),
    "view": gettext_noop("Can view %(kind)s"),
}


def name_in_chinese() -> None:
    """Name the stock permissions and the roots of pages and collections. Names that people gave stay."""
    with translation.override("zh-hans"):
        changed = []
        for permission in Permission.objects.filter(name__startswith="Can ").select_related("content_type"):
            pattern = _PATTERNS.get(permission.codename.split("_")[0])
            model = permission.content_type.model_class()
            if pattern and model:
                permission.name = (_(pattern) % {"kind": model._meta.verbose_name})[:255]
                changed.append(permission)
        Permission.objects.bulk_update(changed, ["name"])
        Collection.objects.filter(depth=1, name="Root").update(name=_(ROOT_COLLECTION))
        Page.objects.filter(depth=1, title="Root").update(title=_(ROOT_TITLE), draft_title=_(ROOT_TITLE))
