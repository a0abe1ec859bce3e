"""Below each value of a record stands where it came from."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from content.core.register import registers
from content.registers.unions import Union
from exports.imports import services
from exports.imports.models import ImportJob

from .conftest import HEADERS, command, union_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(make_user):
    def make(name, *divisions, personal=True):
        user = make_user(name, divisions=list(divisions), last_name="示例", first_name=name)
        names = ["access_admin", "add_union", "change_union", "view_union", "import_registers"]
        user.user_permissions.set(Permission.objects.filter(codename__in=names + ["view_personal_data"] * personal))
        return user

    return make


def upload(client, path, name="名册.xlsx") -> ImportJob:
    file = SimpleUploadedFile(name, path.read_bytes())
    client.post(reverse("imports:upload", args=["unions"]), {"file": file})
    return ImportJob.objects.latest("pk")


def facts(client, row) -> dict[str, str]:
    """Return label → what stands in the inspect view, as text."""
    page = client.get(reverse(row.snippet_viewset.get_url_name("inspect"), args=[row.pk])).content.decode()
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", page, re.S)
    return {label: " ".join(re.sub(r"<[^>]+>", " ", value).split()) for label, value in found}


def test_file_row_cell_person_and_what_was_mended(client, admin, book, django_assert_max_num_queries) -> None:
    first, second = admin("甲", "510104"), admin("乙", "510104")
    client.force_login(first)
    job = upload(client, book([HEADERS, union_row(1)]))
    client.post(reverse("imports:row", args=[job.pk, 2]), {"cell-4": "130"})
    client.post(reverse("imports:commit", args=[job.pk]))
    union = Union.objects.get()
    shown = facts(client, union)
    assert "名册.xlsx · 第 2 行 · 职工人数 (E2) · 示例甲" in shown["职工人数"]
    assert "在预览中由示例甲从“100”改为“130”" in shown["职工人数"]
    assert "改为" not in shown["会员人数"]
    client.force_login(second)
    later = upload(client, book([HEADERS, union_row(1, 职工人数=150)]), name="补充.xlsx")
    client.post(reverse("imports:commit", args=[later.pk]))
    shown = facts(client, union)
    assert "补充.xlsx" in shown["职工人数"]
    assert "示例乙" in shown["职工人数"]
    assert "名册.xlsx" in shown["会员人数"]
    with django_assert_max_num_queries(40):
        page = client.get(reverse(Union.snippet_viewset.get_url_name("inspect"), args=[union.pk])).content.decode()
    assert reverse("imports:job", args=[later.pk]) in page
    assert reverse("imports:job", args=[job.pk]) in page  # same divisions
    command("undo_import", later.pk)
    assert "名册.xlsx" in facts(client, union)["职工人数"]


def test_a_hand_is_told_from_an_import(client, admin, book, import_file) -> None:
    import_file("unions", book([HEADERS, union_row(1)], name="名册.xlsx"))
    union = Union.objects.get()
    client.force_login(admin("丙", "510104"))
    url = reverse(Union.snippet_viewset.get_url_name("edit"), args=[union.pk])
    form = client.get(url).context["form"]
    data = {name: ("" if (value := form[name].value()) is None else value) for name in form.fields}
    client.post(url, data | {"members": 77})
    union.refresh_from_db()
    assert union.members == 77
    shown = facts(client, union)
    assert "由示例丙填写" in shown["会员人数"]
    assert "名册.xlsx" in shown["职工人数"]
    Union.objects.update(employees=999)  # past every log
    assert "导入之后另有修改" in facts(client, union)["职工人数"]


def test_others_see_neither_the_job_nor_what_is_personal(client, admin, book, import_file) -> None:
    headers = [*HEADERS, "主席", "主席电话"]
    import_file("unions", book([headers, [*union_row(1), "示例张三", "13800138000"]]))
    client.force_login(admin("丁", "510104", personal=False))
    page = client.get(
        reverse(Union.snippet_viewset.get_url_name("inspect"), args=[Union.objects.get().pk])
    ).content.decode()
    assert "名册.xlsx" in page
    assert "/imports/" not in page.split("register-section", 1)[1]
    assert "13800138000" not in page
    client.force_login(admin("戊", "510105"))
    answer = client.get(reverse(Union.snippet_viewset.get_url_name("inspect"), args=[Union.objects.get().pk]))
    assert answer.status_code != 200


def test_every_register_leads_from_its_history_to_the_origins(root_client, import_file, book) -> None:
    import_file("unions", book([HEADERS, union_row(2), union_row(1), union_row(3)]))
    union = Union.objects.get(name__contains="第1号")  # neither the first nor the last of its import
    page = root_client.get(reverse(Union.snippet_viewset.get_url_name("history"), args=[union.pk])).content.decode()
    assert reverse(Union.snippet_viewset.get_url_name("inspect"), args=[union.pk]) in page
    assert "第 3 行" in page
    for register in registers():
        assert register.model.snippet_viewset.get_url_name("inspect")


def test_the_origin_outlives_the_import_s_rows(root_client, import_file, book, settings) -> None:
    job = import_file("unions", book([HEADERS, union_row(1)])).json["job"]
    settings.IMPORT_UNDO_DAYS = 0
    command("prune_imports")
    assert ImportJob.objects.get(pk=job).state == "expired"
    assert "名册.xlsx · 第 2 行" in facts(root_client, Union.objects.get())["职工人数"]


def test_what_an_import_retired_says_so_until_that_is_undone(root_client, import_file, book) -> None:
    import_file("unions", book([HEADERS, union_row(1), union_row(2)]))
    job = upload(root_client, book([HEADERS, union_row(1)]), name="现有.xlsx")
    services.set_policy(job, policy={"missing": "retire"})
    services.stage(job)
    services.confirm_retiring(job, count=1)
    assert services.commit(job)
    retired = Union.objects.get(name__contains="第2号")
    assert retired.status == "dissolved"
    label = next(label for label in facts(root_client, retired) if "状态" in label)
    assert "由导入撤下： 现有.xlsx" in facts(root_client, retired)[label]
    command("undo_import", job.pk)
    retired.refresh_from_db()
    assert retired.status == "active"
    assert "名册.xlsx" in facts(root_client, retired)[label]
