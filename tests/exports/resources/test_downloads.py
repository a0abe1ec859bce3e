"""Public downloads and the back office's export: who gets which rows and columns, under which name."""

import csv
import io
import json
from urllib.parse import unquote

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from content.registers.bases import Base

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

    @pytest.mark.parametrize("format", ["csv", "xlsx", "json"])
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
        assert "personal" not in client.get(self.url).context["form"].fields
        header = table(client.post(self.url, {"format": "csv", "personal": "on", "reason": "年度复核联系"}))[0]
        assert "负责人" not in header

        district_admin.groups.get().permissions.add(personal_permission())
        refused = client.post(self.url, {"format": "csv", "personal": "on"})
        assert refused.context["form"].errors["reason"]
        header, *rows = table(client.post(self.url, {"format": "csv", "personal": "on", "reason": "年度复核联系"}))
        assert "13900000001" in {row[header.index("负责人电话")] for row in rows}

        entry = ModelLogEntry.objects.filter(action="registers.export").latest("timestamp")
        assert entry.user == district_admin
        assert entry.data["reason"] == "年度复核联系"
        assert (entry.data["personal"], entry.data["rows"]) == (True, 2)
        message = registry.get_formatter(entry).format_message(entry)
        assert "年度复核联系" in str(message)

    def test_every_export_is_logged(self, root_client, bases):
        root_client.post(self.url + "?kind=homestay", {"format": "json"})
        entry = ModelLogEntry.objects.get(action="registers.export")
        assert (entry.data["format"], entry.data["personal"], entry.data["filters"]) == ("json", False, "kind=homestay")
