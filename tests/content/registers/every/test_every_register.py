"""What every register does by being declared: this suite runs over each of them, and over each new one."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.log_actions import registry as log_registry
from wagtail.permissions import policy_registry

from content.core.jurisdiction import JurisdictionPolicy
from content.core.register import Register

pytestmark = pytest.mark.django_db


def run(command: str, *arguments: str) -> tuple[int, dict]:
    """Run one of our commands with --json; return its exit code and answer."""
    output, code = io.StringIO(), 0
    try:
        call_command(command, *arguments, "--json", stdout=output)
    except SystemExit as stop:
        code = stop.code
    return code, json.loads(output.getvalue())


@pytest.fixture
def imported(register: Register, sample_file) -> dict:
    code, answer = run("import_register", register.slug, str(sample_file(register)))
    assert (code, answer["errors"]) == (0, [])
    return answer


class TestDeclaration:
    def test_every_header_is_chinese_and_unique(self, register):
        headers = [register.header(column) for column in register]
        assert all(re.search(r"[\u4e00-\u9fff]", header) for header in headers), headers
        assert len(set(headers)) == len(headers)

    def test_no_header_is_a_synonym_of_another_column(self, register):
        headers = {register.header(column): column.key for column in register}
        clashes = {s: c.key for c in register for s in c.synonyms if headers.get(s, c.key) != c.key}
        assert not clashes

    def test_the_key_stands_behind_a_constraint(self, register):
        unique = {tuple(c.fields) for c in register.model._meta.constraints if hasattr(c, "fields")}
        unique |= {(f.name,) for f in register.model._meta.fields if f.unique}
        assert tuple(register.key) in unique or tuple(sorted(register.key)) in {tuple(sorted(u)) for u in unique}

    def test_personal_columns_are_never_public(self, register):
        assert not [column.key for column in register if column.personal and column.public]

    def test_the_one_policy_rules(self, register):
        assert isinstance(policy_registry.get_by_type(register.model), JurisdictionPolicy)


class TestFiles:
    def test_import_makes_the_rows(self, register, imported):
        assert imported["counts"]["new"] == register.model.objects.count() == 3

    def test_the_same_file_again_changes_nothing(self, register, imported, sample_file):
        before = list(register.model.objects.order_by("pk").values())
        code, answer = run("import_register", register.slug, str(sample_file(register)))
        assert (code, answer["counts"]["unchanged"], answer["counts"]["changed"]) == (0, 3, 0)
        assert list(register.model.objects.order_by("pk").values()) == before

    def test_a_dry_run_writes_nothing(self, register, sample_file):
        code, answer = run("import_register", register.slug, str(sample_file(register)), "--dry-run")
        assert (code, answer["counts"]["new"], register.model.objects.count()) == (0, 3, 0)

    @pytest.mark.parametrize("suffix", ["xlsx", "csv"])
    def test_an_export_imports_as_unchanged(self, register, imported, tmp_path, suffix):
        file = tmp_path / f"{register.slug}.{suffix}"
        call_command("export_register", register.slug, str(file), verbosity=0)
        code, answer = run("import_register", register.slug, str(file))
        assert (code, answer["errors"], answer["counts"]["unchanged"]) == (0, [], 3)

    def test_the_workbook_has_our_headers(self, register, imported, tmp_path):
        file = tmp_path / "out.xlsx"
        call_command("export_register", register.slug, str(file), verbosity=0)
        first_row = [cell.value for cell in next(load_workbook(file).active.iter_rows(max_row=1))]
        assert first_row[0] == register.header(register.columns[0])
        assert {register.header(c) for c in register if c.public and c.importable} <= set(first_row)

    def test_undo_takes_the_rows_away(self, register, imported):
        call_command("undo_import", str(imported["job"]), verbosity=0)
        assert register.model.objects.count() == 0


class TestBackOffice:
    def url(self, register, view, *arguments):
        return reverse(register.model.snippet_viewset.get_url_name(view), args=arguments)

    def test_listing_finds_and_shows_the_rows(self, register, imported, root_client):
        answer = root_client.get(self.url(register, "list"), {"q": "示例"})
        assert answer.status_code == 200
        assert answer.content.decode().count("示例·") >= 3

    def test_inspect_edit_and_history(self, register, imported, root_client):
        row = register.model.objects.first()
        for view in ("inspect", "edit", "history"):
            answer = root_client.get(self.url(register, view, row.pk))
            assert (answer.status_code, str(row) in answer.content.decode()) == (200, True), view
        assert log_registry.get_logs_for_instance(row).exists()

    def test_listing_costs_the_same_for_more_rows(
        self, register, imported, root_client, sample_file, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(40):
            root_client.get(self.url(register, "list"))
        run("import_register", register.slug, str(sample_file(register, rows=19)))
        with django_assert_max_num_queries(40):
            root_client.get(self.url(register, "list"))

    @pytest.mark.parametrize(("place", "sees"), [("510104", True), ("510100", True), ("320500", False)])
    def test_a_district_admin_sees_own_rows_only(self, register, imported, make_user, client, place, sees):
        from django.contrib.auth.models import Permission

        user = make_user(f"admin{place}", divisions=[place], is_staff=True)
        user.user_permissions.set(
            Permission.objects.filter(content_type__model__in=[register.model._meta.model_name, "admin"])
        )
        client.force_login(user)
        listed = client.get(self.url(register, "list")).content.decode()
        assert (str(register.model.objects.first()) in listed) is sees


class TestPublic:
    def test_api_answers_public_columns_of_published_rows(self, register, imported, client):
        answer = client.get(f"/api/v3/registers/{register.slug}/")
        assert answer.status_code == 200
        published = register.public_rows().count()
        assert answer.json()["count"] == published
        if published:
            assert set(answer.json()["items"][0]) >= {column.key for column in register.public_columns}
        text = answer.content.decode()
        row = register.model.objects.first()
        for column in register:
            value = getattr(row, column.field)
            if column.personal and isinstance(value, str) and value and not value.isdigit():
                assert value not in text, column.key

    def test_search_finds_published_rows_by_two_characters(self, register, imported):
        found = register.public_rows().search("示例") if hasattr(register.model.objects, "search") else None
        if found is None:
            from modelsearch.backends import get_search_backend

            found = get_search_backend().search("示例", register.public_rows())
        assert found.count() == register.public_rows().count()
