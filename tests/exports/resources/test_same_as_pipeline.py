"""The stock door: the resource of each register imports the same rows with the same result as our own pipeline."""

import pytest
import tablib

from content.core.register import get_register
from content.registers.bases import Base
from content.registers.unions import Union
from exports.imports.values import RowShape, row_fields
from exports.resources.resource import build_resource
from tests.exports.corpus.containers import text_of
from tests.exports.corpus.make import RATED, REGISTERS, clean_rows, dirty_rows
from tests.exports.imports.conftest import command

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(db):
    Base.objects.create(code="JD3205060001", name="示例·已有民宿", division_id="320506", kind="homestay")
    for n in range(1, 31):
        code = REGISTERS["ratings"][1].cell(n)
        Union.objects.create(
            code=f"GH510104{RATED + n}", name=f"示例·参评第{n}号", credit_code=code, division_id="510104"
        )


def good_rows(slug):
    """Return rows of which some cells are dirty, and all mean something."""
    rows = clean_rows(slug, 20)
    for at in range(len(REGISTERS[slug])):
        for row, dirty in zip(rows, (row for row in dirty_rows(slug, at, typed=False) if not row.errors), strict=False):
            row.cells[at] = dirty.cells[at]
    return rows


def stored(slug, known):
    """Return what the register holds now and did not before, without what is counted up or derived."""
    register = get_register(slug)
    shape = RowShape(register.model, row_fields(register))
    rows = register.model._default_manager.exclude(pk__in=known).order_by("pk").values(*shape.names)
    return [dict(zip(shape.names, shape.encode(row), strict=True)) for row in rows]


@pytest.mark.parametrize("slug", REGISTERS)
def test_same_rows_same_result(slug, there, tmp_path):
    register = get_register(slug)
    headers = [column.header for column in REGISTERS[slug]]
    headers = [register.header(register.by_key[key]) for key in keys_of(register, REGISTERS[slug], headers)]
    rows = [[text_of(cell) for cell in row.cells] for row in good_rows(slug)]
    known = list(register.model._default_manager.values_list("pk", flat=True))

    data = tablib.Dataset(*rows, headers=headers)
    result = build_resource(register, personal=True)().import_data(data, raise_errors=True)
    assert [row.error for row in result.invalid_rows] == []
    assert result.totals["new"] == len(rows)
    by_stock = stored(slug, known)
    register.model._default_manager.exclude(pk__in=known).delete()

    (tmp_path / "rows.csv").write_text(
        tablib.Dataset(*rows, headers=headers).export("csv"), encoding="utf-8", newline=""
    )
    assert command("import_register", slug, tmp_path / "rows.csv", "--json").counts["new"] == len(rows)
    assert stored(slug, known) == by_stock


def keys_of(register, columns, headers):
    """Return the register's column for each of ours: by its field, and for a union in a rating by its code."""
    return ["union_code" if (register.slug, c.field) == ("ratings", "union") else c.field for c in columns]


def test_same_changes_same_result(there, tmp_path):
    """Rows that are there already, found by their code: another number, a superior by name, a division by short name."""
    register = get_register("unions")
    headers = [register.header(register.by_key[key]) for key in ("name", "credit_code", "division", "employees", "parent", "stars")]  # fmt: skip
    before = list(Union.objects.order_by("pk"))
    rows = [
        [row.name, row.credit_code, "锦江区" if at % 2 else "四川省成都市锦江区", f"约{100 + at}人", before[0].name, "五星级"]
        for at, row in enumerate(before[1:])
    ]  # fmt: skip
    data = tablib.Dataset(*rows, headers=headers)

    assert build_resource(register, personal=True)().import_data(data, raise_errors=True).totals["update"] == len(rows)
    by_stock = stored("unions", [])
    for row in before:
        row.save()
    (tmp_path / "rows.csv").write_text(data.export("csv"), encoding="utf-8", newline="")
    assert command("import_register", "unions", tmp_path / "rows.csv", "--json").counts["changed"] == len(rows)
    assert stored("unions", []) == by_stock
    assert by_stock[1]["parent"] == before[0].pk
