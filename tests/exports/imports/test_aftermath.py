"""What derives from imported rows is renewed as often as anyone likes, and gone when they are."""

import pytest
from wagtail.models import ReferenceIndex

from content.registers.unions import Union
from exports.imports.aftermath import refresh
from exports.imports.models import ImportJob

from .conftest import HEADERS, command, union_row

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
