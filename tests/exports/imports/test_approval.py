"""Imports that a second person approves: over HTTP, as the two of them do it."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from content.registers.unions import Union
from exports.imports import services
from exports.imports.models import ImportJob
from exports.imports.problems import ImportRefused

from .conftest import HEADERS, credit_code, union_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(make_user):
    """Two admins of one district, the second in a role; and one of the district beside."""
    role = Group.objects.create(name="示例角色")
    found = []
    for name, division in (("first", "510104"), ("second", "510104"), ("beside", "510105")):
        user = make_user(name, divisions=[division], last_name="示例", first_name=name)
        names = ["access_admin", "add_union", "change_union", "import_registers"]
        user.user_permissions.set(Permission.objects.filter(codename__in=names))
        found.append(user)
    found[0].groups.add(role)
    return found


@pytest.fixture
def uploaded(client, book):
    def upload(user, *rows) -> ImportJob:
        client.force_login(user)
        file = SimpleUploadedFile("名册.xlsx", book([HEADERS, *(rows or [union_row(1)])]).read_bytes())
        client.post(reverse("imports:upload", args=["unions"]), {"file": file})
        return ImportJob.objects.latest("pk")

    return upload


def answer(client, job, do, **data) -> str:
    url = reverse("imports:approval", args=[job.pk])
    text = client.post(url, {"do": do, **data}, follow=True).content.decode()
    job.refresh_from_db()
    return text


def test_one_submits_and_another_writes(client, people, uploaded, django_assert_max_num_queries) -> None:
    first, second, beside = people
    job = uploaded(first)
    assert "请第二人复核" in client.get(reverse("imports:job", args=[job.pk])).content.decode()
    assert "提交复核" in answer(client, job, "second_person")
    page = client.post(reverse("imports:commit", args=[job.pk]), follow=True).content.decode()
    assert "第二人复核通过后写入" in page
    job.refresh_from_db()
    assert (job.state, Union.objects.count()) == ("submitted", 0)
    assert "参与过" in answer(client, job, "approve")  # not oneself
    client.post(reverse("imports:commit", args=[job.pk]))
    assert not Union.objects.exists()
    client.force_login(beside)
    assert client.post(reverse("imports:approval", args=[job.pk]), {"do": "approve"}).status_code == 404
    assert "等您复核" not in client.get(reverse("wagtailadmin_home")).content.decode()
    client.force_login(second)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "等您复核的导入" in home
    assert reverse("imports:job", args=[job.pk]) in home
    with django_assert_max_num_queries(30):
        page = client.get(reverse("imports:job", args=[job.pk])).content.decode()
    assert "示例·第1号公司工会" in page
    assert "复核通过并写入" in page
    assert "已复核通过并写入" in answer(client, job, "approve", comment="已核对")
    assert (job.state, job.committed_by, Union.objects.count()) == ("committed", second, 1)
    assert "等您复核的导入" not in client.get(reverse("wagtailadmin_home")).content.decode()
    answer(client, job, "approve")  # a second click
    assert Union.objects.count() == 1


def test_what_comes_back_says_why_and_can_be_mended(client, people, uploaded) -> None:
    first, second, _beside = people
    job = uploaded(first)
    answer(client, job, "second_person")
    client.post(reverse("imports:commit", args=[job.pk]))
    row = reverse("imports:row", args=[job.pk, 2])
    client.post(row, {"cell-4": "120"})  # frozen while it waits
    job.refresh_from_db()
    assert job.state == "submitted"
    client.force_login(second)
    assert "请写明" in answer(client, job, "return")
    assert job.state == "submitted"
    answer(client, job, "return", comment="职工人数请核实")
    assert job.state == "previewed"
    client.force_login(first)
    assert "职工人数请核实" in client.get(reverse("wagtailadmin_home")).content.decode()
    assert "职工人数请核实" in client.get(reverse("imports:job", args=[job.pk])).content.decode()
    client.post(row, {"cell-4": "120"})
    client.post(reverse("imports:commit", args=[job.pk]))
    client.force_login(second)
    answer(client, job, "approve")
    assert Union.objects.get().employees == 120
    assert [said["verdict"] for said in job.reviews] == ["submitted", "returned", "submitted", "approved"]


def test_whoever_changed_a_cell_does_not_approve(client, people, uploaded) -> None:
    first, second, _beside = people
    job = uploaded(first)
    answer(client, job, "second_person")
    client.force_login(second)
    client.post(reverse("imports:row", args=[job.pk, 2]), {"cell-4": "120"})
    client.force_login(first)
    client.post(reverse("imports:commit", args=[job.pk]))
    client.force_login(second)
    answer(client, job, "approve")
    assert (job.state, Union.objects.count()) == ("submitted", 0)
    client.force_login(first)
    answer(client, job, "withdraw")
    assert job.state == "previewed"


@pytest.mark.parametrize(
    ("rules", "held"),
    [(["unions"], True), (["*"], True), (["unions:示例角色"], True), (["unions:别的角色"], False), (["bases"], False)],
)
def test_a_setting_asks_for_it_by_register_and_role(client, people, uploaded, settings, rules, held) -> None:
    settings.IMPORT_APPROVAL = rules
    job = uploaded(people[0])
    answer(client, job, "none")  # the setting cannot be chosen away
    client.post(reverse("imports:commit", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == ("submitted" if held else "committed")


def test_a_register_changed_meanwhile_voids_the_submission(client, people, uploaded, import_file, book) -> None:
    first, second, _beside = people
    import_file("unions", book([HEADERS, union_row(1)]))
    job = uploaded(first, union_row(1, 职工人数=500))
    answer(client, job, "second_person")
    client.post(reverse("imports:commit", args=[job.pk]))
    union = Union.objects.get()
    union.employees = 300
    union.save()
    client.force_login(second)
    answer(client, job, "approve")
    assert (job.state, job.error_code, Union.objects.get().employees) == ("previewed", "stale", 300)
    with pytest.raises(ImportRefused):
        services.commit(job, user=people[2])
    assert not services.commit(job, user=first)  # submitted anew
    assert Union.objects.get(credit_code=credit_code(1)).employees == 300


def test_what_stands_on_the_screens_of_each(client, people, uploaded, settings) -> None:
    """The setting names itself, whoever waits may take it back, and whoever approves is told what would be written."""
    settings.IMPORT_APPROVAL = ["unions"]
    first, second, _beside = people
    job = uploaded(first)
    page = client.get(reverse("imports:job", args=[job.pk])).content.decode()
    assert "这个名录的导入须经第二人复核才写入" in page
    assert 'value="none"' not in page  # it cannot be chosen away
    assert "提交复核" in page
    client.post(reverse("imports:commit", args=[job.pk]))
    page = client.get(reverse("imports:job", args=[job.pk])).content.decode()
    assert 'value="withdraw"' in page
    assert 'value="approve"' not in page
    assert "data-import-cell" not in page  # nothing can be edited meanwhile
    client.force_login(second)
    page = client.get(reverse("imports:job", args=[job.pk])).content.decode()
    assert "新增 1 条、修改 0 条" in page
    assert 'value="approve"' in page
    assert 'value="return"' in page
    assert 'value="withdraw"' not in page
    sheet = client.get(reverse("imports:sheet", args=[job.pk, 2]))
    assert sheet.status_code == 200
    assert "修改这一行" not in sheet.content.decode()
    rows = client.get(reverse("imports:rows", args=[job.pk, "new"]))
    assert rows.status_code == 200
