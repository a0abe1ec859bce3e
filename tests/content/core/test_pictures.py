"""Pictures are drawn ahead, and a page shows what is there."""

import re
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult
from PIL import Image as Pillow
from wagtail.images import get_image_model

from cms.delivery import versions
from content.core.pictures import ALL, PLACES, draw, draw_ahead, show

pytestmark = pytest.mark.django_db


@pytest.fixture
def make_picture():
    def make(width=1600, height=1000, **fields):
        data = BytesIO()
        Pillow.linear_gradient("L").resize((width, height)).convert("RGB").save(data, "PNG")
        file = ContentFile(data.getvalue(), name="picture.png")
        return get_image_model().objects.create(title="示例图片", file=file, **fields)

    cache.clear()
    return make


def asked(picture) -> int:
    return sum(
        result.args_kwargs["args"] == [picture.pk]
        for result in DBTaskResult.objects.filter(task_path__endswith="draw_ahead")
    )


def test_an_upload_is_drawn_in_the_background(make_picture, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        picture = make_picture()
    assert asked(picture) == 1
    assert {result.priority for result in DBTaskResult.objects.filter(task_path__endswith="draw_ahead")} == {-10}
    before = versions.current()
    connection.run_on_commit.clear()  # within a test nothing is ever committed, so what was planned would stay
    with django_capture_on_commit_callbacks(execute=True):
        draw_ahead.call(picture.pk)
    assert set(picture.renditions.values_list("filter_spec", flat=True)) == set(ALL)
    assert versions.current() > before  # pages that showed less are made anew


def test_a_drawn_picture_offers_every_format_and_size(make_picture):
    picture = make_picture()
    draw(picture)
    html = show(picture, "card", alt="示例", first=True)
    assert re.findall(r'type="image/(\w+)"', html) == ["avif", "webp"]
    assert html.count(" 480w") == html.count(" 960w") == 3
    assert 'width="480"' in html
    assert 'height="300"' in html
    assert 'fetchpriority="high"' in html
    assert "lazy" not in html
    assert PLACES["card"].sizes in html


def test_one_that_is_not_drawn_yet_shows_a_small_jpeg_and_is_asked_for_once(make_picture):
    picture = make_picture()
    html = show(picture, "cover", alt="")
    assert "avif" not in html
    assert re.search(r'<img[^>]*fill-480x300[^>]*\.jpg"', html)
    assert 'loading="lazy"' in html
    show(picture, "card", alt="")
    assert asked(picture) == 1
    assert picture.renditions.count() == 1


def test_nothing_is_asked_for_where_that_is_switched_off(make_picture, settings):
    settings.DRAW_PICTURES_AHEAD = False
    picture = make_picture()
    show(picture, "cover", alt="")
    assert asked(picture) == 0


def test_a_small_original_offers_no_size_twice(make_picture):
    picture = make_picture(400, 250)
    draw(picture)
    html = show(picture, "body", alt="")
    assert len(re.findall(r"<source", html)) == 2
    assert html.count("400w") <= 2  # one a source; the image itself needs no list


def test_the_focal_point_decides_what_is_cut_off(make_picture):
    picture = make_picture(3000, 1000)
    draw(picture)
    before = show(picture, "card", alt="")
    picture.focal_point_x, picture.focal_point_y = 2800, 500
    picture.focal_point_width = picture.focal_point_height = 200
    picture.save()
    assert draw(picture) > 0
    assert show(picture, "card", alt="") != before


def test_the_command_draws_what_is_missing(make_picture, capsys):
    make_picture()
    call_command("draw_pictures")
    assert str(len(ALL)) in capsys.readouterr().out
    call_command("draw_pictures")
    assert "0" in capsys.readouterr().out
