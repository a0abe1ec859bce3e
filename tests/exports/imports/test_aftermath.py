"""What derives from imported rows is renewed as often as anyone likes, and gone when they are."""

import pytest
from modelsearch.backends import get_search_backend
from wagtail.models import ReferenceIndex

from content.registers.unions import Union
from exports.imports.aftermath import refresh
from exports.imports.models import ImportJob

from .conftest import HEADERS, command, credit_code, union_row

pytestmark = pytest.mark.django_db


def test_references_of_many_rows_are_kept_once_and_forgotten_with_them(book, import_file) -> None:
    headers = [*HEADERS, "上级工会"]
    first = union_row(0)
    rows = [[*union_row(number), first[0] if number else None] for number in range(80)]
    job = ImportJob.objects.get(pk=import_file("unions", book([headers, *rows])).json["job"])
    parent = Union.objects.get(name=first[0])
    references = ReferenceIndex.objects.filter(content_path="parent", to_object_id=str(parent.pk))
    assert references.count() == 79
    kept = set(references.values_list("pk", flat=True))
    refresh(job)
    assert set(references.values_list("pk", flat=True)) == kept
    assert command("undo_import", job.pk, "--json").json["deleted"] == 80
    assert not ReferenceIndex.objects.filter(content_path="parent").exists()


def test_changed_rows_are_found_by_their_new_name_and_again_by_the_old_one_when_undone(book, import_file) -> None:
    def found(words: str) -> set[str]:
        return {union.credit_code for union in get_search_backend().search(words, Union)}

    import_file("unions", book([HEADERS, *(union_row(number) for number in range(3))]))
    renamed, larger = union_row(0, 工会名称="示例·改名工会"), union_row(1, 职工人数=500)
    job = import_file("unions", book([HEADERS, renamed, larger])).json["job"]
    assert found("改名") == {credit_code(0)}
    assert found("第0号") == set()
    assert found("第1号") == {credit_code(1)}
    assert command("undo_import", job, "--json").json["restored"] == 2
    assert found("改名") == set()
    assert found("第0号") == {credit_code(0)}
