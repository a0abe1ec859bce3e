"""Public downloads and the back office's export: who gets which rows and columns, under which name."""

import csv
import io
import json
from datetime import timedelta
from urllib.parse import unquote

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from content.registers.bases import Base
from exports.resources.models import ExportJob

pytestmark = pytest.mark.django_db


def body(response):
    return b"".join(response.streaming_content)


def table(response):
    return list(csv.reader(io.StringIO(body(response).decode("utf-8-sig"), newline="")))


class TestPublicDownload:
    def test_holds_published_rows_and_public_columns_only(self, client, bases):
        header, *rows = table(client.get("/bases/download.csv"))
        assert {row[1] for row in rows} == {"示例·太湖明月民宿（吴中店）", "示例·锦江康养院"}
        assert "负责人" not in header
        assert "统一社会信用代码" not in header
        assert "13900000001" not in str(rows)

    def test_filters_as_the_page_does(self, client, bases):
        rows = table(client.get("/bases/download.csv?division=510104&q=康养"))[1:]
        assert [row[1] for row in rows] == ["示例·锦江康养院"]
        rows = table(client.get("/bases/download.csv?division=510100"))[1:]
        assert [row[1] for row in rows] == ["示例·锦江康养院"]

    def test_bad_parameters_are_ignored(self, client, bases):
        assert len(table(client.get("/bases/download.csv?division=xx&page=-1&price_min=abc"))) == 3

    def test_a_reference_to_what_is_not_published_reads_as_none(self, client, bases):
        header, *rows = table(client.get("/points/download.csv"))
        at = header.index("所属基地")
        assert {row[1]: row[at] for row in rows} == {"示例·评弹体验点": "JD3205060001", "示例·待批民宿的点": ""}

    def test_has_a_chinese_file_name(self, client, bases):
        response = client.get("/bases/download.xlsx")
        disposition = response["Content-Disposition"]
        assert "filename*=utf-8''" in disposition
        assert unquote(disposition).split("''")[1].startswith("疗休养基地-")
        sheet = openpyxl.load_workbook(io.BytesIO(body(response))).active
        assert (sheet.max_row, sheet.freeze_panes) == (3, "A2")

    def test_json_has_bare_values(self, client, bases):
        first = next(row for row in json.loads(body(client.get("/bases/download.json"))) if row["price"])
        assert (first["price"], first["price_to"], first["capacity"]) == (280, 320.5, 120)
        assert first["named_on"] == "2023-04-12"

    def test_pdf(self, client, bases):
        response = client.get("/bases/download.pdf")
        assert body(response).startswith(b"%PDF")

    def test_unknown_addresses(self, client):
        assert client.get("/nothing/download.csv").status_code == 404
        assert client.get("/bases/download.exe", follow=True).status_code == 404
        assert client.post("/bases/download.csv").status_code == 405

    def test_json_lines_hold_one_record_each(self, client, bases):
        lines = body(client.get("/bases/download.jsonl")).decode().splitlines()
        assert len(lines) == 2
        assert {json.loads(line)["code"] for line in lines} == {"JD3205060001", "JD5101040001"}

    def test_columns_are_chosen_and_ordered_in_the_address(self, client, bases):
        header, *rows = table(client.get("/bases/download.csv?columns=division,name&q=康养"))
        assert (header, rows) == (["行政区划", "基地名称"], [["四川省成都市锦江区", "示例·锦江康养院"]])
        assert client.get("/bases/download.csv?columns=manager").status_code == 400
        assert client.get("/bases/download.csv?columns=credit_code").status_code == 400

    def test_the_list_offers_every_format(self, client, bases):
        page = client.get("/bases/").content.decode()
        for format in ("xlsx", "csv", "json", "jsonl", "pdf"):
            assert f"/bases/download.{format}" in page

    @pytest.mark.parametrize("format", ["csv", "xlsx", "json", "jsonl"])
    def test_asks_the_database_as_often_whatever_the_number_of_rows(
        self, client, bases, format, django_assert_max_num_queries
    ):
        client.get("/points/download.csv")
        with django_assert_max_num_queries(5):
            body(client.get(f"/points/download.{format}"))


@pytest.fixture
def district_admin(make_user):
    group = Group.objects.create(name="示例名录管理员")
    codenames = ["access_admin", "view_base", "change_base", "view_union", "export_registers"]
    group.permissions.set(Permission.objects.filter(codename__in=codenames))
    return make_user("wuzhong", divisions=["320506"], groups=[group])


def personal_permission():
    return Permission.objects.get(codename="view_personal_data")


class TestBackOfficeExport:
    url = "/admin/exports/bases/"

    def test_asks_for_a_sign_in(self, client):
        assert client.get(self.url).status_code == 302

    def test_needs_the_permission(self, client, make_user):
        group = Group.objects.create(name="示例宣传员")
        group.permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_base"]))
        client.force_login(make_user("writer", divisions=["320506"], groups=[group]))
        response = client.get(self.url)
        assert response.status_code == 302  # Wagtail sends back to the dashboard with a message
        assert response.url == reverse("wagtailadmin_home")

    def test_the_listing_has_the_button_with_its_filters(self, root_client, bases):
        listing = reverse(Base.snippet_viewset.get_url_name("list"))
        page = root_client.get(listing, {"kind": "homestay"}).content.decode()
        assert "/admin/exports/bases/?kind=homestay" in page

    def test_holds_the_rows_of_the_own_division_only(self, client, bases, district_admin):
        client.force_login(district_admin)
        page = client.get(self.url)
        assert page.context["count"] == 2
        header, *rows = table(client.post(self.url, {"format": "csv"}))
        assert {row[0] for row in rows} == {"JD3205060001", "JD3205060002"}
        assert "负责人" not in header
        assert "状态" in "".join(header)

    def test_honours_the_filters_of_the_listing(self, client, bases, district_admin):
        client.force_login(district_admin)
        rows = table(client.post(self.url + "?status=applied", {"format": "csv"}))[1:]
        assert [row[0] for row in rows] == ["JD3205060002"]
        rows = table(client.post(self.url + "?q=太湖", {"format": "csv"}))[1:]
        assert [row[0] for row in rows] == ["JD3205060001"]

    def test_personal_data_needs_permission_and_reason_and_is_logged(self, client, bases, district_admin):
        client.force_login(district_admin)
        chosen = {"format": "csv", "choose": "True", "columns": ["name", "manager_phone"]}
        assert "reason" not in client.get(self.url).context["form"].fields
        assert client.post(self.url, chosen | {"reason": "年度复核联系"}).context["form"].errors["columns"]

        district_admin.groups.get().permissions.add(personal_permission())
        page = client.get(self.url).content.decode()
        assert 'value="manager_phone"' in page
        assert 'value="manager_phone" checked' not in page
        for reason in ("", "  ", "因为"):
            assert client.post(self.url, chosen | {"reason": reason}).context["form"].errors["reason"]
        header, *rows = table(client.post(self.url + "?kind=homestay", chosen | {"reason": "年度复核联系"}))
        assert header == ["基地名称", "负责人电话"]
        assert "13900000001" in {row[1] for row in rows}

        entry = ModelLogEntry.objects.filter(action="registers.export").latest("timestamp")
        assert entry.user == district_admin
        assert entry.data["reason"] == "年度复核联系"
        assert (entry.data["personal"], entry.data["rows"]) == (True, 2)
        assert entry.data["columns"] == ["基地名称", "负责人电话"]
        message = str(registry.get_formatter(entry).format_message(entry))
        for part in ("年度复核联系", "负责人电话", "kind=homestay"):
            assert part in message

    def test_every_export_is_logged(self, root_client, bases):
        root_client.post(self.url + "?kind=homestay", {"format": "json"})
        entry = ModelLogEntry.objects.get(action="registers.export")
        assert (entry.data["format"], entry.data["personal"], entry.data["filters"]) == ("json", False, "kind=homestay")

    def test_the_choice_of_columns_is_remembered_in_its_order(self, root_client, bases):
        chosen = {"format": "csv", "choose": "True", "columns": ["kind", "name", "code"]}
        assert table(root_client.post(self.url, chosen))[0] == ["基地类型", "基地名称", "基地编码"]
        form = root_client.get(self.url).context["form"]
        assert [box["key"] for box in form.boxes() if box["ticked"]] == ["kind", "name", "code"]
        assert form.initial["format"] == "csv"
        assert root_client.post(self.url, {"format": "csv", "choose": "True"}).context["form"].errors["columns"]

    def test_a_pdf_of_everything_shows_the_columns_of_the_list(self, root_client, bases):
        every = root_client.get(self.url).context["form"].usual
        response = root_client.post(self.url, {"format": "pdf", "choose": "True", "columns": every})
        assert body(response).startswith(b"%PDF")
        response = root_client.post(self.url, {"format": "pdf", "choose": "True", "columns": every[:15]})
        assert "最多 14 列" in response.content.decode()


class TestLargeExport:
    url = "/admin/exports/bases/?kind=homestay"
    chosen = {"format": "csv", "choose": "True", "columns": ["code", "manager_phone"], "reason": "年度复核联系"}

    @pytest.fixture(autouse=True)
    def few_rows_are_many(self, settings):
        settings.EXPORT_INLINE_ROWS = 1
        settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

    def test_the_worker_makes_the_file_for_the_one_who_asked(self, root_client, bases, make_user, client):
        address = root_client.post(self.url, self.chosen).url
        number = int(address.split("/")[-2])
        page = root_client.get(address).content.decode()
        assert f"/admin/exports/jobs/{number}/file/" in page
        header, *rows = table(root_client.get(f"{address}file/"))
        assert (header, len(rows)) == (["基地编码", "负责人电话"], 3)
        assert root_client.get(f"{address}status/").json()["working"] is False
        entry = ModelLogEntry.objects.get(action="registers.export")
        assert (entry.data["reason"], entry.data["filters"]) == ("年度复核联系", "kind=homestay")
        assert address in root_client.get(self.url).content.decode()
        client.force_login(make_user("other", is_superuser=True, is_staff=True))
        assert client.get(f"{address}file/").status_code == 404

    def test_whoever_lost_the_permission_gets_no_file(self, client, bases, district_admin):
        district_admin.groups.get().permissions.add(personal_permission())
        client.force_login(district_admin)
        address = client.post(self.url, self.chosen).url
        district_admin.groups.get().permissions.remove(personal_permission())
        assert client.get(f"{address}file/").status_code == 302

    def test_files_do_not_stay(self, root_client, bases, settings):
        address = root_client.post(self.url, self.chosen).url
        file = ExportJob.objects.get().file
        assert file.storage.exists(file.name)
        settings.EXPORT_KEEP_HOURS = 0
        call_command("prune_imports", stdout=io.StringIO())
        assert not file.storage.exists(file.name)
        assert "已经删除" in root_client.get(address).content.decode()

    def test_an_interrupted_one_says_so(self, root_client, bases, superuser):
        job = ExportJob.objects.create(
            user=superuser, register_slug="bases", format="csv", state="running",
            beat_at=timezone.now() - timedelta(minutes=9),
        )  # fmt: skip
        assert "中断" in root_client.get(f"/admin/exports/jobs/{job.pk}/").content.decode()
