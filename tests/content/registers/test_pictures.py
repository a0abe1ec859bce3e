"""Pictures of a base: in the back office, on its page, and the ones it had before it could have several."""

import contextlib
import html
import io
import json
import re
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.access.roles import REGISTRAR
from content.registers.bases import Base, BasePicture

pytestmark = pytest.mark.django_db


@pytest.fixture
def pictures(make_picture):
    """Three pictures; only the first is described in the library."""
    found = [make_picture() for _number in range(3)]
    found[0].description = "湖边的小院"
    found[0].save()
    return found


@pytest.fixture
def base(make_base, pictures):
    return make_base(
        "示例·太湖明月民宿",
        pictures=[
            BasePicture(image=pictures[0], sort_order=0),
            BasePicture(image=pictures[1], alt_text="客房里两张床", caption="示例·标准间", sort_order=1),
            BasePicture(image=pictures[2], alt_text="餐厅里的圆桌", sort_order=2),
        ],
    )


def lead(base) -> int | None:
    return Base.objects.values_list("photo_id", flat=True).get(pk=base.pk)


class TestLead:
    def test_is_the_first_picture(self, base, pictures):
        assert lead(base) == base.photo_id == pictures[0].pk

    def test_follows_the_order(self, base, pictures):
        BasePicture.objects.filter(image=pictures[0]).get().delete()
        assert lead(base) == pictures[1].pk
        last = BasePicture.objects.get(image=pictures[2])
        last.sort_order = 0
        last.save()
        assert lead(base) == pictures[2].pk

    def test_survives_the_end_of_a_picture_in_the_library(self, base, pictures):
        pictures[0].delete()
        assert lead(base) == pictures[1].pk
        get_image_model().objects.all().delete()
        assert lead(base) is None

    def test_the_base_may_go(self, base):
        base.delete()
        assert not BasePicture.objects.exists()


class TestPage:
    def read(self, client, base) -> str:
        return html.unescape(client.get(base.get_absolute_url()).content.decode())

    def test_shows_all_in_order_described(self, client, base):
        gallery = re.search(r'<ul class="gallery".*?</ul>', self.read(client, base), re.S)[0]
        shown = re.sub(r"<template>.*?</template>", "", gallery, flags=re.S)
        assert re.findall(r'alt="([^"]*)"', shown) == ["湖边的小院", "客房里两张床", "餐厅里的圆桌"]
        assert re.findall(r"<figcaption[^>]*>([^<]*)", shown) == ["示例·标准间"]
        assert len(re.findall(r'width="\d+"', shown)) == len(re.findall(r'height="\d+"', shown)) == 3
        assert shown.count('fetchpriority="high"') == 1
        assert shown.count('loading="lazy"') == 2
        assert shown.count('class="no-print"') == 2, "the first one is printed"

    def test_each_leads_to_itself_without_a_script(self, client, base, settings):
        page = self.read(client, base)
        for address in re.findall(r'<a href="([^"]+)" data-picture', page):
            assert address.startswith(settings.MEDIA_URL)

    def test_tells_search_engines(self, client, base, pictures):
        found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', self.read(client, base), re.S)
        lodging = next(data for data in map(json.loads, found) if data["@type"] == "LodgingBusiness")
        assert lodging["image"] == [f"http://testserver{picture.file.url}" for picture in pictures]

    def test_without_pictures_shows_its_kind(self, client, make_base):
        page = self.read(client, make_base())
        assert "gallery" not in page
        assert "img/kinds/homestay" in page

    def test_costs_the_same_for_more_pictures(self, client, base, make_base, make_picture, django_assert_num_queries):
        few = make_base(pictures=[BasePicture(image=make_picture(), alt_text="示例", sort_order=0)])
        for row in (few, base):
            client.get(row.get_absolute_url())  # what is not drawn yet is drawn now
        with django_assert_num_queries(self.count(client, few)):
            client.get(base.get_absolute_url())

    def count(self, client, base) -> int:
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            client.get(base.get_absolute_url())
        return len(queries)


class TestBackOffice:
    @pytest.fixture
    def admin(self, client, make_user):
        client.force_login(
            make_user("wang", divisions=["320506"], groups=[Group.objects.get(name=REGISTRAR)], is_staff=True)
        )
        return client

    def form(self, browser, base, *pictures) -> dict:
        form = browser.get(f"/admin/registers/bases/edit/{base.pk}/").context["form"]
        data = {name: form.initial.get(name) or "" for name in form.fields} | {"seasons": []}
        existing = list(base.pictures.values_list("pk", flat=True))
        rows = [{"ORDER": place, **picture} for place, picture in enumerate(pictures, 1)]
        gone = [{"id": pk, "DELETE": "1", "ORDER": 9} for pk in existing if pk not in [row.get("id") for row in rows]]
        kept = sorted([row for row in rows if "id" in row] + gone, key=lambda row: existing.index(row["id"]))
        fresh = [row for row in rows if "id" not in row]
        return data | nested_form_data({"pictures": inline_formset(kept + fresh, initial=len(existing))})

    def test_orders_adds_and_takes_away(self, admin, base, pictures, make_picture):
        first, second, _third = base.pictures.all()
        fresh = make_picture()
        data = self.form(
            admin,
            base,
            {"id": second.pk, "image": second.image_id, "alt_text": "客房里两张床", "caption": "示例·双床房"},
            {"image": fresh.pk, "alt_text": "亲水平台", "caption": ""},
            {"id": first.pk, "image": first.image_id, "alt_text": "", "caption": ""},
        )
        response = admin.post(f"/admin/registers/bases/edit/{base.pk}/", data)
        assert response.status_code == 302, response.context["form"].errors
        told = list(BasePicture.objects.filter(base=base).values_list("image_id", "alt_text", "caption"))
        assert told == [
            (pictures[1].pk, "客房里两张床", "示例·双床房"),
            (fresh.pk, "亲水平台", ""),
            (pictures[0].pk, "", ""),
        ]
        assert lead(base) == pictures[1].pk

    def test_asks_what_an_undescribed_picture_shows(self, admin, make_base, pictures):
        base = make_base()
        data = self.form(admin, base, {"image": pictures[1].pk, "alt_text": "", "caption": ""})
        response = admin.post(f"/admin/registers/bases/edit/{base.pk}/", data)
        assert response.status_code == 200
        assert "图片库里没有它的说明" in html.unescape(response.content.decode())
        assert not base.pictures.exists()

    def test_refuses_bases_of_others(self, admin, make_base, pictures):
        base = make_base(division_id="510104")
        picture = {"image": pictures[0].pk, "alt_text": "示例", "caption": ""}
        data = {"name": base.name, **nested_form_data({"pictures": inline_formset([picture])})}
        assert admin.post(f"/admin/registers/bases/edit/{base.pk}/", data).status_code == 302
        assert not BasePicture.objects.exists()

    def test_a_copy_starts_with_the_same_pictures_of_its_own(self, admin, base, pictures):
        form = admin.get(f"/admin/registers/bases/copy/{base.pk}/").context["form"]
        rows = [{name: row[name].value() or "" for name in row.fields} for row in form.formsets["pictures"].forms]
        rows = [{**row, "ORDER": place} for place, row in enumerate(rows, 1)]
        data = {name: form[name].value() or "" for name in form.fields} | {"seasons": [], "name": "示例·另一家"}
        data |= nested_form_data(
            {"pictures": inline_formset([{**row, "DELETE": ""} for row in rows], initial=len(rows))}
        )
        response = admin.post("/admin/registers/bases/add/", data)
        assert response.status_code == 302, (response.context["form"].errors, response.context["form"].formsets)
        copy = Base.objects.get(name="示例·另一家")
        for row in (base, copy):
            assert list(row.pictures.values_list("image_id", flat=True)) == [picture.pk for picture in pictures]
        assert lead(copy) == pictures[0].pk

    def test_an_undone_import_leaves_bases_that_got_pictures(self, superuser, tmp_path, pictures):
        sheet = tmp_path / "bases.csv"
        sheet.write_text(
            "基地名称,行政区划,基地类型\n示例·甲,320506,旅游民宿\n示例·乙,320506,旅游民宿\n", encoding="utf-8"
        )
        out = io.StringIO()
        call_command("import_register", "bases", str(sheet), "--json", "--user", superuser.username, stdout=out)
        kept = Base.objects.get(name="示例·甲")
        BasePicture.objects.create(base=kept, image=pictures[0], sort_order=0)
        with contextlib.suppress(SystemExit):
            call_command("undo_import", str(json.loads(out.getvalue())["job"]), stdout=io.StringIO())
        assert list(Base.objects.all()) == [kept]
        assert lead(kept) == pictures[0].pk

    def test_the_library_says_where_a_picture_is_used(self, root_client, base, pictures):
        ReferenceIndex.create_or_update_for_object(base)  # the worker does so
        page = root_client.get(f"/admin/images/usage/{pictures[1].pk}/").content.decode()
        assert base.name in html.unescape(page)


def test_an_undescribed_picture_is_refused(base, make_picture):
    with pytest.raises(ValidationError):
        BasePicture(base=base, image=make_picture()).full_clean()


def test_pictures_so_far_are_taken_over(make_base, pictures):
    """What the migration does: the picture that a base had is its first, described as in the library."""
    had, without = make_base(photo=pictures[0]), make_base()
    undescribed = make_base(photo=pictures[1])
    steps = [
        step.code
        for (app, _name), migration in MigrationLoader(connection).disk_migrations.items()
        for step in migration.operations
        if app == "registers" and isinstance(step, RunPython) and step.code.__name__ == "take_over_photos"
    ]
    steps[0](apps, SimpleNamespace(connection=connection))
    assert list(BasePicture.objects.order_by("base").values_list("base", "image", "alt_text", "sort_order")) == [
        (had.pk, pictures[0].pk, "湖边的小院", 0),
        (undescribed.pk, pictures[1].pk, "", 0),
    ]
    assert undescribed.pictures.get().alt == undescribed.name
    assert (lead(had), lead(without)) == (pictures[0].pk, None)
