"""Every spreadsheet of the corpus through `import_register --dry-run`: counts, errors by cell, and cleaned values."""

import pytest
from django.contrib.auth.models import Permission

from content.core.models import Division
from content.registers.bases import Base
from content.registers.unions import Union
from exports.imports.models import ImportJob, ImportRow
from exports.imports.values import RowShape
from tests.exports.imports.conftest import command

from .hazards import hazards
from .make import RATED, corpus, credit_code
from .questions import questions

CASES = [*corpus(), *hazards(), *questions()]
PERMISSIONS = ["access_admin", "add_union", "change_union", "import_registers"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def there(db):
    """Return what the registers hold already: name → primary key."""
    base = Base.objects.create(code="JD3205060001", name="示例·已有民宿", division_id="320506", kind="homestay")
    return {"base": base.pk}


@pytest.fixture
def unions(db):
    """Return number → primary key of the unions that ratings refer to."""
    return {
        RATED + n: Union.objects.create(
            code=f"GH510104{n:04}",
            name=f"示例·参评第{n}号工会",
            credit_code=credit_code(RATED + n),
            division_id="510104",
        ).pk
        for n in range(1, 61)
    }


def test_the_corpus_is_large():
    assert len(CASES) >= 150
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_is_read_as_it_is_meant(case, tmp_path, there, make_user, request):
    known = dict(there)
    if case.register == "ratings":
        known |= request.getfixturevalue("unions")
    arguments = list(case.arguments)
    if case.password:
        (tmp_path / "password").write_text(case.password, encoding="utf-8")
        arguments += ["--password-file", tmp_path / "password"]
    if case.divisions:
        user = make_user("importer", divisions=list(case.divisions))
        user.user_permissions.set(Permission.objects.filter(codename__in=PERMISSIONS))
        arguments += ["--user", user.username]
    result = command("import_register", case.register, case.file(tmp_path), "--json", "--dry-run", *arguments)
    assert not result.err
    answer = result.json
    found = {(error["row"], error["column"], error["code"]) for error in answer["errors"]}
    if case.refused:
        assert (result.code, {code for _row, _column, code in found}) == (2, {case.refused})
        return
    assert found == case.errors
    assert answer["counts"] == case.counts
    assert result.code == (1 if case.errors else 0)
    job = ImportJob.objects.get(pk=answer["job"])
    assert_values(job, case, known)
    for note in case.notes:
        assert note in "".join(job.notes)


def assert_values(job, case, known):
    shape = RowShape(job.register.model, job.fields)
    rows = job.rows.filter(action=ImportRow.Action.NEW)
    for number, data in rows.values_list("number", "data"):
        read, wanted = shape.decode(data), case.rows[number].values
        expected = {
            name: known.get(value, value) if name in ("base", "union") else value for name, value in wanted.items()
        }
        assert {name: read[name] for name in expected} == expected, f"row {number}"


def test_divisions_of_the_corpus_exist(db):
    assert Division.objects.filter(code__in=["510104", "320506", "441900", "320106"]).count() == 4
