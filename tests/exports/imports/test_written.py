"""The result screen: what was written, ticks and filters, and undoing some of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from content.registers.unions import Union
from exports.imports.models import ImportJob

from .conftest import HEADERS, credit_code, union_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(root_client, book, import_file):
    """An import that changed the union of row 2 and added three, written over HTTP."""
    import_file("unions", book([HEADERS, union_row(1)]))
    path = book([HEADERS, union_row(1, 职工人数=500), union_row(2), union_row(3), union_row(4)])
    root_client.post(
        reverse("imports:upload", args=["unions"]), {"file": SimpleUploadedFile("名册.xlsx", path.read_bytes())}
    )
    job = ImportJob.objects.latest("pk")
    root_client.post(reverse("imports:commit", args=[job.pk]))
    return job


def shown(client, job, **asked) -> str:
    return client.get(reverse("imports:job", args=[job.pk]), asked).content.decode()


def test_ticked_rows_are_asked_about_and_undone(root_client, written) -> None:
    page = shown(root_client, written)
    assert page.count('name="row"') == 4
    assert "可撤销到" in page
    undo = reverse("imports:undo", args=[written.pk])
    question = root_client.get(undo, {"row": [2, 4], "chosen": 1}).content.decode()
    assert "删除 1 条、恢复 1 条" in question
    assert 'name="rows" value="2,4"' in question
    assert "示例·第3号公司工会" in question
    assert Union.objects.count() == 4
    page = root_client.post(undo, {"rows": "2,4"}, follow=True).content.decode()
    assert "部分已撤销" in page
    assert "撤销其余各行" in page
    assert Union.objects.get(credit_code=credit_code(1)).employees == 100
    assert set(Union.objects.values_list("credit_code", flat=True)) == set(map(credit_code, (1, 2, 4)))
    assert page.count('name="row"') == 2
    assert shown(root_client, written, state="undone").count('class="import-gone"') == 2
    page = root_client.post(undo, follow=True).content.decode()
    assert Union.objects.count() == 1
    assert "撤销其余各行" not in page


def test_a_row_changed_since_has_no_tick_and_is_refused_by_name(root_client, written) -> None:
    union = Union.objects.get(credit_code=credit_code(3))
    union.chair = "示例李四"
    union.save()
    page = shown(root_client, written)
    assert page.count('name="row"') == 3
    assert "之后已改过" in page
    page = root_client.post(reverse("imports:undo", args=[written.pk]), {"rows": "3-4"}, follow=True).content.decode()
    assert "有 1 行没有撤销" in page
    assert "第 4 行“示例·第3号公司工会”" in page
    assert Union.objects.filter(credit_code=credit_code(3)).exists()


def test_rows_are_found_by_name_and_number_and_undone_as_a_list(root_client, written) -> None:
    assert shown(root_client, written, q="第3号").count('name="row"') == 1
    assert shown(root_client, written, q="2，4-5").count('name="row"') == 3
    assert "没有这一类的行" in shown(root_client, written, q="别的名字")
    question = root_client.get(reverse("imports:undo", args=[written.pk]), {"q": "号", "show": "new", "listed": 1})
    assert 'name="rows" value="3-5"' in question.content.decode()


def test_nothing_ticked_is_said(root_client, written) -> None:
    undo = reverse("imports:undo", args=[written.pk])
    assert "在列表里勾选" in root_client.get(undo, {"chosen": 1}, follow=True).content.decode()
    assert "不是行号" in root_client.post(undo, {"rows": "甲"}, follow=True).content.decode()
    assert Union.objects.count() == 4


def test_the_list_asks_a_fixed_number_of_queries(root_client, book, django_assert_max_num_queries) -> None:
    path = book([HEADERS, *map(union_row, range(1, 121))])
    file = SimpleUploadedFile("名册.xlsx", path.read_bytes())
    root_client.post(reverse("imports:upload", args=["unions"]), {"file": file})
    job = ImportJob.objects.get()
    root_client.post(reverse("imports:commit", args=[job.pk]))
    with django_assert_max_num_queries(25):
        page = shown(root_client, job, p=2)
    assert page.count('name="row"') == 50
