"""The template and the workbook for editing, opened by another library; export → edit → import changes what was edited."""

import contextlib
import datetime as dt
import io
import json

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse
from openpyxl.utils import get_column_letter

from content.core.register import get_register, registers
from content.registers.bases import Base
from content.registers.competitions import Competition
from content.registers.unions import Union
from exports.imports.models import ImportJob, ImportRow
from exports.imports.template import write_template

pytestmark = pytest.mark.django_db
SLUGS = ["bases", "points", "unions", "ratings", "competitions"]


@pytest.fixture
def rows(bases, ratings):
    Competition.objects.create(
        code="JS5100000001", name="示例·川西供水工程竞赛", division_id="510100", investment=120, investment_to=150,
        starts_on=dt.date(2023, 4, 12), units=12,
    )  # fmt: skip


def exported(tmp_path, slug, *more):
    path = tmp_path / f"{slug}.xlsx"
    call_command("export_register", slug, str(path), "--edit", *more, stdout=io.StringIO())
    return path


def imported(slug, path):
    out = io.StringIO()
    with contextlib.suppress(SystemExit):
        call_command("import_register", slug, str(path), "--json", stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue())


def book_of(register, codes=None):
    return openpyxl.load_workbook(write_template(register, codes=codes))


def list_of(book, sheet, column):
    """Return what the drop-down of a column offers."""
    letter = get_column_letter(column)
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list" and str(rule.sqref).startswith(f"{letter}2:"):
            name, _mark, cells = rule.formula1.partition("!")
            return [row[0].value for row in book[name.strip("'=")][cells.replace("$", "")]]
    return None


def test_every_register_has_been_thought_of():
    assert {register.slug for register in registers()} >= set(SLUGS)


@pytest.mark.parametrize("register", registers(), ids=lambda register: register.slug)
class TestTemplate:
    def test_keeps_its_promises(self, register):
        book = book_of(register)
        sheet, notes, lists = book.worksheets
        columns = [column for column in register if column.importable]
        headers = [cell.value for cell in sheet[1]]
        assert headers == [register.header(c) + ("*" if register.is_required(c) else "") for c in columns]
        assert (sheet.freeze_panes, notes.title, lists.sheet_state) == ("A2", "填写说明", "hidden")
        assert not sheet.protection.sheet  # nothing to protect yet
        assert all(cell.comment and cell.comment.text for cell in sheet[1])
        rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
        for at, column in enumerate(columns, start=1):
            rule = rules[f"{get_column_letter(at)}2"]
            assert "例如" in rule.prompt
            if register.model_field(column).choices:
                assert rule.errorStyle == "warning"  # a synonym is understood as well
                assert list_of(book, sheet, at)
        written = {row[0].value: row[3].value for row in notes.iter_rows(min_row=4)}
        assert all(written[register.header(column)] for column in columns)

    def test_types_and_widths(self, register):
        sheet = book_of(register).worksheets[0]
        for at, column in enumerate((c for c in register if c.importable), start=1):
            letter = get_column_letter(at)
            rule = next(r for r in sheet.data_validations.dataValidation if str(r.sqref).startswith(f"{letter}2:"))
            kind = register.model_field(column).get_internal_type()
            style = sheet.column_dimensions[letter]
            assert style.width >= 2 * len(register.header(column))
            if kind == "DateField":
                assert (rule.type, style.number_format) == ("date", "yyyy-mm-dd")
            elif kind == "CharField":
                assert style.number_format == "@"

    def test_the_examples_import_as_they_stand(self, register, rows):
        book = book_of(register, ["510104"])
        notes = book.worksheets[1]
        examples = {row[0].value: row[3].value for row in notes.iter_rows(min_row=4)}
        sheet = book.worksheets[0]
        references = {
            register.header(c) for c in register if register.model_field(c).is_relation and c.field != "division"
        }
        code = {register.header(c) for c in register if c.key == "code"}
        for cell in list(sheet[1]):
            name = cell.value.rstrip("*")
            if name not in references | code:
                sheet.cell(2, cell.column, examples[name])
        job = _preview(register, book)
        problems = [
            problem
            for row in job.rows.all()
            for problem in row.problems
            if problem["severity"] == "error" and problem["column"].rstrip("*") not in references
        ]
        assert job.mapping["columns"]
        assert problems == []


def _preview(register, book):
    from exports.imports import services

    target = io.BytesIO()
    book.save(target)
    target.seek(0)
    job = services.create_job(register=register, file=target, name="模板.xlsx")
    services.stage(job)
    assert job.state == ImportJob.State.PREVIEWED, job.error
    return job


class TestScope:
    def test_the_drop_down_holds_the_divisions_in_charge(self):
        register = get_register("bases")
        book = book_of(register, ["510100"])
        at = [cell.value for cell in book.worksheets[0][1]].index("行政区划*") + 1
        offered = list_of(book, book.worksheets[0], at)
        assert "四川省成都市锦江区" in offered
        assert all(name.startswith("四川省成都市") for name in offered)
        everywhere = list_of(book_of(register), book_of(register).worksheets[0], at)
        assert len(everywhere) > 3_000

    def test_people_get_their_own(self, client, make_user, root_client):
        answer = root_client.get(reverse("imports:template", args=["bases"]))
        assert answer.status_code == 200


@pytest.mark.parametrize("slug", SLUGS)
class TestRoundTrip:
    def test_the_key_is_locked_and_the_rest_is_open(self, tmp_path, rows, slug):
        register = get_register(slug)
        sheet = openpyxl.load_workbook(exported(tmp_path, slug)).worksheets[0]
        headers = [cell.value.rstrip("*") for cell in sheet[1]]
        fixed = {register.header(c) for c in register if c.importable and (c.field in register.key or c.key == "code")}
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert set(headers[: len(fixed)]) == fixed
        for row in sheet.iter_rows(min_row=2):
            for header, cell in zip(headers, row, strict=True):
                # A cell that is not in the file takes the style of its column.
                style = sheet.column_dimensions[cell.column_letter] if cell.value is None else cell
                assert style.protection.locked == (header in fixed and cell.value is not None)
        assert not sheet.cell(sheet.max_row + 1, 1).value
        assert sheet.freeze_panes == f"{get_column_letter(len(fixed) + 1)}2"

    def test_untouched_changes_nothing(self, tmp_path, rows, slug):
        report = imported(slug, exported(tmp_path, slug))
        assert report["errors"] == []
        assert (report["counts"]["new"], report["counts"]["changed"]) == (0, 0)
        assert report["counts"]["unchanged"] > 0
        job = ImportJob.objects.get()
        assert (job.state, len(job.mapping["sheets"]) if "sheets" in job.mapping else 1) is not None

    def test_only_the_edited_cell_changes(self, tmp_path, rows, slug):
        path = exported(tmp_path, slug)
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        headers = [cell.value.rstrip("*") for cell in sheet[1]]
        text = {
            "bases": "单位地址",
            "points": "地址",
            "unions": "所在单位名称",
            "ratings": "备注",
            "competitions": "批准单位",
        }
        sheet.cell(2, headers.index(text[slug]) + 1, "示例·改过的内容")
        book.save(path)
        report = imported(slug, path)
        assert report["errors"] == []
        assert (report["counts"]["new"], report["counts"]["changed"]) == (0, 1)
        row = ImportRow.objects.get(action="changed")
        job = row.job
        different = [n for n, b, a in zip(job.fields, row.before, row.data, strict=True) if b != a]
        edited = next(c.field for c in get_register(slug) if get_register(slug).header(c) == text[slug])
        assert set(different) - {"search_text", "pinyin"} == {edited}

    def test_as_other_programs_save_it(self, tmp_path, rows, slug):
        """Dates as texts, whole numbers as floats, numbers as texts, texts with a blank behind: still nothing changed."""
        path = exported(tmp_path, slug)
        for text_dates in (True, False):
            book = openpyxl.load_workbook(path)
            for cell in (cell for row in book.worksheets[0].iter_rows(min_row=2) for cell in row):
                if isinstance(cell.value, dt.datetime):
                    cell.value = cell.value.strftime("%Y-%m-%d" if text_dates else "%Y/%m/%d 00:00:00")
                    cell.number_format = "@"
                elif isinstance(cell.value, int | float):
                    cell.value = float(cell.value) if text_dates else str(cell.value)
                elif isinstance(cell.value, str):
                    cell.value += " "
            book.save(tmp_path / "other.xlsx")
            report = imported(slug, tmp_path / "other.xlsx")
            assert report["errors"] == []
            assert (report["counts"]["new"], report["counts"]["changed"]) == (0, 0)


def test_a_new_row_below_is_added(tmp_path, rows):
    path = exported(tmp_path, "bases")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    headers = [cell.value.rstrip("*") for cell in sheet[1]]
    for name, value in {"基地名称": "示例·新基地", "行政区划": "四川省成都市锦江区", "基地类型": "旅游民宿"}.items():
        sheet.cell(5, headers.index(name) + 1, value)
    book.save(path)
    report = imported("bases", path)
    assert (report["counts"]["new"], report["counts"]["changed"]) == (1, 0)
    assert Base.objects.filter(name="示例·新基地").exists()


def test_the_back_office_offers_it_to_whoever_imports(root_client, rows):
    page = root_client.get("/admin/exports/unions/?as=edit").content.decode()
    assert 'value="edit"' in page
    answer = root_client.post(
        "/admin/exports/unions/", {"format": "edit", "choose": "True", "columns": ["name", "members"]}
    )
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    headers = [cell.value.rstrip("*") for cell in book.worksheets[0][1]]
    assert headers == ["工会编码", "工会统一社会信用代码", "工会名称", "会员人数"]
    assert book.worksheets[0].max_row == Union.objects.count() + 1
    assert root_client.get(reverse("imports:upload", args=["unions"])).content.decode().count("?as=edit") == 1


def test_memory_stays_flat(tmp_path, django_db_blocker):
    import tracemalloc

    from exports.imports.template import write_workbook

    register = get_register("bases")
    columns = [column for column in register if column.importable][:6]
    peaks = []
    for count in (1_000, 8_000):
        tracemalloc.start()
        write_workbook(tmp_path / "a.xlsx", register, columns, codes=[], rows=(["示例"] * 6 for _ in range(count)))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 1_000_000
