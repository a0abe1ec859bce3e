"""Every door of every register, tried by everyone: rows are seen and changed by those in charge, and by nobody else."""

import json
from contextlib import suppress
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from cms.access.roles import EDITOR, REGISTRAR
from content.core.jurisdiction import rows_for
from content.core.models import Division, RegisterLogEntry
from content.core.register import registers

HERE, THERE, CITY = "510104", "510105", "510100"
SLUGS = [register.slug for register in registers()]

# Who, with which role, in charge of what; and whether rows of HERE are their concern.
PEOPLE = {
    "superuser": (None, [], True),
    "city admin": (REGISTRAR, [CITY], True),
    "admin of the district": (REGISTRAR, [HERE], True),
    "admin of another district": (REGISTRAR, [THERE], False),
    "admin without division": (REGISTRAR, [], False),
    "staff without permission": (EDITOR, [HERE], False),
    "anonymous": (None, [], False),
}

ROW_DOORS = ["edit", "delete", "inspect", "history", "history_results", "usage", "copy", "chosen"]
LIST_DOORS = ["list", "list_results", "search", "choose", "choose_results", "choose search"]


@pytest.fixture
def enter(make_user):
    """Return a maker of signed-in browsers: `enter("city admin")`."""

    def open_browser(person: str) -> Client:
        role, divisions, _in_charge = PEOPLE[person]
        browser = Client()
        if person != "anonymous":
            groups = [Group.objects.get(name=role)] if role else []
            browser.force_login(
                make_user(person, divisions=divisions, groups=groups, is_superuser=person == "superuser")
            )
        return browser

    return open_browser


def url(row: Any, door: str) -> str:
    viewset = row.snippet_viewset
    match door:
        case "chosen":
            return reverse(viewset.chooser_viewset.get_url_name("chosen"), args=[row.pk])
        case "choose" | "choose_results":
            return reverse(viewset.chooser_viewset.get_url_name(door))
        case "choose search":
            return f"{reverse(viewset.chooser_viewset.get_url_name('choose_results'))}?q={shown_name(row)[:-1]}"
        case "search":
            return f"{reverse(viewset.get_url_name('list'))}?q={shown_name(row)[:-1]}"
        case "list" | "list_results" | "add":
            return reverse(viewset.get_url_name(door))
        case _:
            return reverse(viewset.get_url_name(door), args=[row.pk])


def shown_name(row: Any) -> str:
    """What a list shows of the row: its own name, or that of the union rated."""
    return str(getattr(row, row.register.title_field))


def filled(form: Any, **changes: Any) -> dict[str, Any]:
    """Return what a browser would send for the form as it stands, with some fields changed."""
    data = {}
    for name in form.fields:
        value = changes.get(name, form[name].value())
        data[form.add_prefix(name)] = "" if value is None else getattr(value, "pk", value)
    for formset in getattr(form, "formsets", {}).values():  # what is edited within the form, as a base's pictures
        for part in (formset.management_form, *formset.initial_forms):
            data |= filled(part)
    return data


@pytest.mark.django_db
@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("slug", SLUGS)
class TestDoors:
    def test_doors_of_a_row(self, slug, person, enter, make_row):
        row, browser, in_charge = make_row(slug, HERE), enter(person), PEOPLE[person][2]
        for door in ROW_DOORS:
            response = browser.get(url(row, door))
            assert (response.status_code == 200) is in_charge, door
            assert in_charge or shown_name(row) not in response.content.decode(), door

    def test_lists(self, slug, person, enter, make_row):
        row, browser, in_charge = make_row(slug, HERE), enter(person), PEOPLE[person][2]
        for door in LIST_DOORS:
            body = browser.get(url(row, door)).content.decode()
            # The modal comes as JSON, in which Han characters are escaped.
            found = shown_name(row) in body or shown_name(row).encode("unicode_escape").decode() in body
            assert found is in_charge, door

    def test_choosing_several(self, slug, person, enter, make_row):
        row, browser = make_row(slug, HERE), enter(person)
        address = reverse(row.snippet_viewset.chooser_viewset.get_url_name("chosen_multiple"))
        response = browser.get(address, {"id": row.pk})
        found = response.status_code == 200 and f'"id": "{row.pk}"' in response.content.decode()
        assert found is PEOPLE[person][2]

    def test_change(self, slug, person, enter, make_row, superuser):
        row, browser, in_charge = make_row(slug, HERE), enter(person), PEOPLE[person][2]
        root = Client()
        root.force_login(superuser)
        form = root.get(url(row, "edit")).context["form"]
        browser.post(url(row, "edit"), filled(form, pinyin="changed"))
        row.refresh_from_db()
        assert (row.pinyin == "changed") is in_charge

    def test_delete(self, slug, person, enter, make_row):
        row, browser, in_charge = make_row(slug, HERE), enter(person), PEOPLE[person][2]
        browser.post(url(row, "delete"))
        assert type(row).objects.filter(pk=row.pk).exists() is not in_charge

    @pytest.mark.parametrize("chosen", ["one", "all"])
    def test_delete_many(self, slug, person, chosen, enter, make_row):
        row, browser, in_charge = make_row(slug, HERE), enter(person), PEOPLE[person][2]
        options = row._meta
        address = reverse("wagtail_bulk_action", args=[options.app_label, options.model_name, "delete"])
        address += f"?id={row.pk if chosen == 'one' else 'all'}&next=/admin/"
        assert in_charge or shown_name(row) not in browser.get(address).content.decode()
        browser.post(address)
        assert type(row).objects.filter(pk=row.pk).exists() is not in_charge

    def test_create(self, slug, person, enter, make_row, superuser):
        """A new row is made in the divisions in charge only, also when it starts as a copy."""
        source, browser, in_charge = make_row(slug, HERE), enter(person), PEOPLE[person][2]
        root = Client()
        root.force_login(superuser)
        changes = {source.register.title_field: "示例新增"}
        if slug == "ratings":
            changes["year"] = 2099
        data = filled(root.get(url(source, "copy")).context["form"], **changes)
        before = type(source).objects.count()
        response = browser.post(url(source, "add"), data)
        assert (type(source).objects.count() > before) is in_charge, getattr(response, "context", None)

    def test_site_history(self, slug, person, enter, make_row, superuser):
        row, browser, in_charge = make_row(slug, HERE), enter(person), PEOPLE[person][2]
        RegisterLogEntry.objects.log_action(row, "wagtail.edit", user=superuser)
        body = browser.get(reverse("wagtailadmin_reports:site_history")).content.decode()
        assert in_charge or str(row) not in body
        assert (str(row) in browser.get("/admin/").content.decode()) is in_charge


@pytest.mark.django_db
@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("slug", SLUGS)
class TestFiles:
    def test_export(self, slug, person, enter, make_row):
        row, browser, in_charge = make_row(slug, HERE), enter(person), PEOPLE[person][2]
        response = browser.post(reverse("register_export", args=[slug]), {"format": "csv"})
        is_file = response.status_code == 200 and "attachment" in response.get("Content-Disposition", "")
        body = b"".join(response.streaming_content).decode("utf-8-sig") if is_file else ""
        assert (shown_name(row) in body) is in_charge

    def test_the_upload_page(self, slug, person, enter, make_row):
        role, divisions, _in_charge = PEOPLE[person]
        allowed = person == "superuser" or (role == REGISTRAR and bool(divisions))
        response = enter(person).get(reverse("imports:upload", args=[slug]))
        assert (response.status_code == 200) is allowed


@pytest.mark.django_db
@pytest.mark.parametrize("person", [person for person in PEOPLE if person != "anonymous"])
@pytest.mark.parametrize("slug", SLUGS)
class TestImport:
    def test_import(self, slug, person, enter, make_row, tmp_path):
        """What one person exported, another imports: rows outside are refused, by row or the whole file."""
        row, in_charge = make_row(slug, HERE), PEOPLE[person][2]
        enter(person)
        file, out = tmp_path / "rows.csv", StringIO()
        call_command("export_register", slug, file, stdout=StringIO())
        with suppress(SystemExit):
            call_command("import_register", slug, file, "--json", "--user", person, stdout=out, stderr=StringIO())
        report = json.loads(out.getvalue())
        found = {error["code"] for error in report["errors"]}
        assert bool(found & {"out_of_scope", "forbidden", "reference_out_of_scope"}) is not in_charge, report
        assert type(row).objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("slug", SLUGS)
class TestMoving:
    @pytest.fixture
    def district(self, enter):
        return enter("admin of the district")

    def test_a_row_is_not_moved_out_of_ones_divisions(self, slug, district, make_row):
        row = make_row(slug, HERE)
        form = district.get(url(row, "edit")).context["form"]
        response = district.post(url(row, "edit"), filled(form, division=THERE))
        row.refresh_from_db()
        assert row.division_id == HERE
        assert "不在您负责的行政区划（四川省成都市锦江区）之内" in response.content.decode()

    def test_a_row_is_not_made_elsewhere(self, slug, district, make_row):
        row = make_row(slug, HERE)
        form = district.get(url(row, "copy")).context["form"]
        before = type(row).objects.count()
        response = district.post(url(row, "add"), filled(form, division=THERE))
        assert type(row).objects.count() == before
        assert "不在您负责的行政区划" in response.content.decode()

    def test_no_reference_to_a_row_elsewhere(self, slug, district, make_row):
        row = make_row(slug, HERE)
        references = [f for f in row._meta.concrete_fields if f.related_model in {r.model for r in registers()}]
        for field in references:
            other = make_row(field.related_model.register.slug, THERE)
            form = district.get(url(row, "edit")).context["form"]
            district.post(url(row, "edit"), filled(form, **{field.name: other}))
            row.refresh_from_db()
            assert getattr(row, field.attname) != other.pk


@pytest.mark.django_db
@pytest.mark.parametrize("slug", [slug for slug in SLUGS if slug != "ratings"])  # whose rows share their words
class TestSelectAll:
    @pytest.fixture
    def district(self, enter):
        return enter("admin of the district")

    def test_all_means_all_that_is_listed(self, slug, district, make_row):
        """“Select all” in a searched or filtered list deletes what the list shows, not what the register holds."""
        kept, found = make_row(slug, HERE), make_row(slug, HERE)
        address = reverse("wagtail_bulk_action", args=[kept._meta.app_label, kept._meta.model_name, "delete"])
        district.post(f"{address}?id=all&q={shown_name(found)}&next=/admin/")
        assert list(type(kept).objects.all()) == [kept]


@pytest.mark.django_db
class TestOtherDoors:
    def test_the_policy_counts_streets_below_a_district(self, enter, make_row, make_user):
        Division.objects.create(code=HERE + "020", name="示例街道")
        row = make_row("unions", HERE + "020")
        district = make_user("d", divisions=[HERE], groups=[Group.objects.get(name=REGISTRAR)])
        street = make_user("s", divisions=[HERE + "020"], groups=[Group.objects.get(name=REGISTRAR)])
        above = make_row("unions", HERE)
        assert set(rows_for(district, type(row))) == {row, above}
        assert set(rows_for(street, type(row))) == {row}

    def test_a_deactivated_person_sees_nothing(self, make_row, make_user):
        row = make_row("bases", HERE)
        gone = make_user("gone", divisions=[HERE], groups=[Group.objects.get(name=REGISTRAR)], is_active=False)
        assert not rows_for(gone, type(row)).exists()

    def test_the_division_chooser_offers_divisions_in_charge(self, enter):
        address = reverse(Division.snippet_viewset.chooser_viewset.get_url_name("choose_results"))
        body = enter("admin of the district").get(address).content.decode()
        assert "锦江区" in body
        assert "青羊区" not in body
        assert "青羊区" in enter("city admin").get(f"{address}?q=青羊").content.decode()

    def test_streets_are_added_in_ones_own_district(self, enter):
        browser = enter("admin of the district")
        address = reverse(Division.snippet_viewset.get_url_name("add"))
        browser.post(address, {"code": HERE + "021", "name": "示例街道", "valid_from": "", "valid_to": ""})
        refused = browser.post(address, {"code": THERE + "021", "name": "示例街道", "valid_from": "", "valid_to": ""})
        assert Division.objects.get(code=HERE + "021").full_name == "四川省成都市锦江区示例街道"
        assert not Division.objects.filter(code=THERE + "021").exists()
        assert "不在您负责的行政区划" in refused.content.decode()

    def test_a_renamed_division_is_found_by_its_new_name(self, root_client, make_row):
        Division.objects.create(code=HERE + "022", name="示例街道")
        row = make_row("bases", HERE + "022")
        address = reverse(Division.snippet_viewset.get_url_name("edit"), args=[HERE])
        root_client.post(address, {"name": "示例新区", "valid_from": "", "valid_to": ""})
        assert Division.objects.get(code=HERE + "022").full_name == "四川省成都市示例新区示例街道"
        response = root_client.get(url(row, "list"), {"q": "示例新区"})
        assert list(response.context["object_list"]) == [row]

    def test_the_log_of_a_deleted_row_stays_in_its_division(self, enter, make_row, superuser):
        row = make_row("unions", HERE)
        root = Client()
        root.force_login(superuser)
        root.post(url(row, "delete"))
        assert str(row) in enter("city admin").get("/admin/").content.decode()
        assert str(row) not in enter("admin of another district").get("/admin/").content.decode()
