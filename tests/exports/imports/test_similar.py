"""Rows that differ only in how a name is written are proposed as one record; a person decides."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from content.registers.unions import Union
from exports.imports.models import ImportEdit, ImportJob

from .conftest import HEADERS, credit_code, union_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(root_client, book):
    def send(*rows, headers=HEADERS):
        file = SimpleUploadedFile("名册.xlsx", book([headers, *rows]).read_bytes())
        root_client.post(reverse("imports:upload", args=["unions"]), {"file": file})
        return ImportJob.objects.latest("pk")

    return send


def found(job):
    return [
        (row.number, problem["code"], problem["suggestion"])
        for row in job.rows.order_by("number")
        for problem in row.problems
        if problem["code"].startswith("similar")
    ]


def fix(client, job, **data):
    page = client.post(reverse("imports:fix", args=[job.pk]), data, follow=True).content.decode()
    job.refresh_from_db()
    return page


def test_a_row_like_a_record_is_proposed_accepted_and_written_as_an_update(
    root_client, import_file, book, upload
) -> None:
    import_file("unions", book([HEADERS, union_row(1, 工会名称="成都市锦江区示例（成都）公司工会")]))
    kept = Union.objects.get()
    job = upload(union_row(2, 工会名称="示例(成都)公司工会", 工会统一社会信用代码=None, 职工人数=300))
    assert found(job) == [(2, "similar", kept.name)]
    assert (job.counts["new"], job.findings["warnings"]) == (1, 1)
    page = root_client.get(reverse("imports:job", args=[job.pk]), {"code": "similar"}).content.decode()
    assert "按同一条处理" in page
    page = fix(root_client, job, take="2:0:similar")
    assert found(job) == []
    assert (job.counts["new"], job.counts["changed"]) == (0, 1)
    edit = ImportEdit.objects.get()
    assert (edit.way, edit.new) == ("same", {"pk": kept.pk})
    root_client.post(reverse("imports:commit", args=[job.pk]))
    assert [(union.pk, union.employees) for union in Union.objects.all()] == [(kept.pk, 300)]


def test_rows_of_the_file_that_are_likely_one_are_set_aside_when_accepted(root_client, upload) -> None:
    names = ["四川省成都市锦江区示例总工会", "成都市锦江区示例总工会", "锦江区示例总工会"]
    job = upload(*(union_row(n, 工会名称=name, 工会统一社会信用代码=None) for n, name in enumerate(names)))
    assert found(job) == [(3, "similar_in_file", names[0]), (4, "similar_in_file", names[0])]
    page = root_client.get(reverse("imports:job", args=[job.pk]), {"code": "similar_in_file"}).content.decode()
    assert "全部 2 处" in page
    fix(root_client, job, take_all="similar_in_file")
    assert {name: count for name, count in job.counts.items() if count} == {"new": 1, "skipped": 2}
    page = root_client.get(reverse("imports:job", args=[job.pk]), {"show": "skipped"}).content.decode()
    assert "与第 2 行按同一条处理" in page
    root_client.post(reverse("imports:row", args=[job.pk, 4]), {"withdraw": "1"})
    job.refresh_from_db()
    assert found(job) == [(4, "similar_in_file", names[0])]


def test_a_long_file_finds_the_same(monkeypatch, root_client, upload) -> None:
    monkeypatch.setattr("exports.imports.similar._MANY", 2)
    names = ["成都市锦江区示例总工会", *(f"示例{n}总工会" for n in range(60)), "锦江区示例总工会", "四川省示例7总工会"]
    job = upload(*(union_row(n, 工会名称=name, 工会统一社会信用代码=None) for n, name in enumerate(names)))
    assert found(job) == [(63, "similar_in_file", names[0]), (64, "similar_in_file", names[8])]


def test_different_codes_of_their_own_are_different_records(import_file, book, upload) -> None:
    import_file("unions", book([HEADERS, union_row(1, 工会名称="示例（成都）公司工会")]))
    job = upload(
        union_row(2, 工会名称="成都市示例（成都）公司工会"),
        union_row(3, 工会名称="成都市锦江区示例成都公司工会"),
        union_row(4, 工会名称="示例（成都）公司工会", 行政区划="成都市青羊区", 工会统一社会信用代码=None),
    )
    assert found(job) == []
    assert job.counts["new"] == 3


def test_a_decision_survives_a_check_of_the_whole_file(root_client, import_file, book, upload) -> None:
    import_file("unions", book([HEADERS, union_row(1, 工会名称="锦江区示例公司工会")]))
    job = upload(union_row(2, 工会名称="成都市锦江区示例公司工会", 工会统一社会信用代码=None))
    fix(root_client, job, take_all="similar")
    root_client.post(reverse("imports:policy", args=[job.pk]), {"blank": "clear"})
    job.refresh_from_db()
    assert job.counts["changed"] == 1
    Union.objects.all().delete()
    root_client.post(reverse("imports:policy", args=[job.pk]), {"blank": "keep"})
    job.refresh_from_db()
    assert job.counts["new"] == 1


def test_a_thousand_new_rows_cost_no_query_each(upload, django_assert_max_num_queries, import_file, book) -> None:
    import_file("unions", book([HEADERS, union_row(1), union_row(2)]))
    with django_assert_max_num_queries(120):
        job = upload(*(union_row(number, 工会统一社会信用代码=None) for number in range(10, 1010)))
    assert job.counts["new"] == 1000
    assert credit_code(1)
