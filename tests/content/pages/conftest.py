"""A site as `create_site` leaves it, and makers of pages."""

import datetime
from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Pillow
from wagtail.images import get_image_model
from wagtail.test.utils.form_data import nested_form_data

from content.core.models import Division
from content.pages.models import ArticlePage, HomePage, NewsIndexPage
from content.pages.services import create_site_tree
from content.registers.bases import Base


@pytest.fixture
def home(db) -> HomePage:
    return create_site_tree()


@pytest.fixture
def news(home) -> NewsIndexPage:
    return NewsIndexPage.objects.get()


@pytest.fixture
def make_article(news) -> Callable[..., ArticlePage]:
    """Return a maker of published articles: `make_article("标题", subject="rating", body=[…])`."""

    def make(title: str, *, live: bool = True, **fields) -> ArticlePage:
        fields = {"subject": "rating", "date": datetime.date(2026, 5, 1)} | fields
        page = ArticlePage(title=title, live=live, **fields)
        news.add_child(instance=page)
        revision = page.save_revision()
        if live:
            revision.publish()
        return page

    return make


@pytest.fixture
def picture(db):
    data = BytesIO()
    Pillow.new("RGB", (1600, 1000), (180, 22, 27)).save(data, "PNG")
    return get_image_model().objects.create(title="示例图片", file=ContentFile(data.getvalue(), name="picture.png"))


@pytest.fixture
def make_base(db) -> Callable[..., Base]:
    def make(number: int, **fields) -> Base:
        division = Division.objects.get(code=fields.pop("division", "320506"))
        defaults = {"code": f"JD{number:04}", "name": f"示例·基地{number}号", "kind": "homestay", "beds": 40}
        base = Base(division=division, **(defaults | fields))
        base.save()
        return base

    return make


@pytest.fixture
def form_data() -> Callable[..., dict]:
    """Return the fields that every page's editing screen sends, with those given."""

    def make(**fields) -> dict:
        shared = {
            "slug": "",
            "seo_title": "",
            "search_description": "",
            "share_image": "",
            "go_live_at": "",
            "expire_at": "",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        }
        return nested_form_data(shared | fields)

    return make
