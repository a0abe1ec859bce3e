"""What is asked before a file is checked: its password, its sheets, its hidden rows and columns."""

import io

import msoffcrypto
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from msoffcrypto.format.ooxml import OOXMLFile

from content.registers.unions import Union
from exports.imports.models import ImportJob
from exports.imports.tasks import check_import

from .conftest import HEADERS, command, union_row

pytestmark = pytest.mark.django_db
SECRET = "太湖Moon!2024"


def protected(path, password=SECRET):
    """Return the content of a workbook under a password."""
    target = io.BytesIO()
    with path.open("rb") as file:
        OOXMLFile(file).encrypt(password, target)
    return target.getvalue()


@pytest.fixture
def send(root_client):
    """Upload a file and return its job and the page that follows."""

    def post(content, *, name="名册.xlsx", client=root_client):
        file = SimpleUploadedFile(name, content)
        page = client.post(reverse("imports:upload", args=["unions"]), {"file": file}, follow=True)
        return ImportJob.objects.latest("pk"), page.content.decode()

    return post


@pytest.fixture
def answer(root_client):
    def post(job, **data):
        page = root_client.post(reverse("imports:questions", args=[job.pk]), data, follow=True).content.decode()
        job.refresh_from_db()
        return page

    return post


def stored(job):
    with job.file.open("rb") as file:
        return file.read()


class TestPassword:
    def test_it_is_asked_for_and_opens_the_file(self, book, send, answer):
        sent = protected(book([HEADERS, union_row(1), union_row(2)]))
        job, page = send(sent)
        assert job.state == "needs_answer"
        assert "文件有打开密码" in page
        assert 'type="password"' in page
        page = answer(job, password=SECRET)
        assert job.state == "previewed"
        assert "示例·第2号公司工会" in page
        assert SECRET not in page

    def test_a_wrong_one_is_said_and_nothing_is_lost(self, book, send, answer):
        sent = protected(book([HEADERS, union_row(1)]))
        job, _page = send(sent)
        page = answer(job, password="falsch")
        assert "密码不对" in page
        assert 'aria-invalid="true"' in page
        assert job.state == "needs_answer"
        assert stored(job) == sent
        answer(job, password="")
        assert job.state == "needs_answer"
        answer(job, password=SECRET)
        assert job.state == "previewed"

    def test_the_opened_file_takes_its_place_and_the_password_is_kept_nowhere(self, book, send, answer, caplog):
        sent = protected(book([HEADERS, union_row(1)]))
        job, _page = send(sent)
        digest, before = job.sha256, job.file.name
        answer(job, password=SECRET)
        assert not job.file.storage.exists(before)
        assert stored(job)[:2] == b"PK"
        assert not msoffcrypto.OfficeFile(io.BytesIO(stored(job))).is_encrypted()
        assert job.sha256 == digest  # of the file as it was sent, to know it again
        row = ImportJob.objects.filter(pk=job.pk).values().get()
        assert SECRET not in str(row)
        assert SECRET not in caplog.text

    def test_a_large_file_goes_to_the_worker_opened(self, book, send, answer, settings, monkeypatch):
        monkeypatch.setattr("exports.imports.queueing.INLINE_BYTES", 10)
        job, _page = send(protected(book([HEADERS, union_row(1)])))
        assert job.queued == "check"  # the worker finds out that a password is needed
        check_import.func(job.pk)
        job.refresh_from_db()
        assert job.state == "needs_answer"
        answer(job, password=SECRET)
        assert job.queued == "check"
        check_import.func(job.pk)
        job.refresh_from_db()
        assert job.state == "previewed"

    def test_the_command_reads_it_from_a_file(self, book, tmp_path):
        path = tmp_path / "密.xlsx"
        path.write_bytes(protected(book([HEADERS, union_row(1)])))
        assert command("import_register", "unions", path, "--json").json["errors"][0]["code"] == "password"
        (tmp_path / "pass").write_text(SECRET + "\nrest", encoding="utf-8")
        (tmp_path / "wrong").write_text("nein", encoding="utf-8")
        refused = command("import_register", "unions", path, "--json", "--password-file", tmp_path / "wrong")
        assert (refused.code, refused.json["errors"][0]["code"]) == (2, "password_wrong")
        missing = command("import_register", "unions", path, "--json", "--password-file", tmp_path / "none")
        assert (missing.code, missing.json["errors"][0]["code"]) == (2, "password_file")
        good = command("import_register", "unions", path, "--json", "--password-file", tmp_path / "pass")
        assert (good.code, good.counts["new"]) == (0, 1)
        assert Union.objects.count() == 1

    def test_a_file_without_one_takes_any(self, book, tmp_path):
        (tmp_path / "pass").write_text(SECRET, encoding="utf-8")
        path = book([HEADERS, union_row(1)])
        assert command("import_register", "unions", path, "--json", "--password-file", tmp_path / "pass").code == 0


class TestSheets:
    @pytest.fixture
    def content(self, book):
        rows = [HEADERS, union_row(1), union_row(2)]
        other = [[*HEADERS, "备注"], [*union_row(9), "x"]]
        return book(
            rows, sheet="一区", more={"二区": [HEADERS, union_row(3)], "三区": other, "说明": [["请先阅读"]]}
        ).read_bytes()

    def test_they_are_asked_for(self, content, send, answer):
        job, page = send(content)
        assert job.state == "needs_answer"
        assert "要导入哪几张工作表" in page
        assert "二区" in page
        assert "说明" not in page.split("import-questions")[1]
        page = answer(job, sheet=["一区", "二区"])
        assert job.counts["new"] == 3
        assert "二区!2" in page
        assert "一区、二区" in page

    def test_one_alone(self, content, send, answer):
        job, _page = send(content)
        answer(job, sheet=["二区"])
        assert (job.sheet, job.counts["new"]) == ("二区", 1)

    def test_none_or_different_ones_are_refused_in_words(self, content, send, answer):
        job, _page = send(content)
        assert "请至少选择一张工作表" in answer(job)
        assert "表头不同" in answer(job, sheet=["一区", "三区"])
        assert job.state == "needs_answer"

    def test_one_may_change_ones_mind_in_the_preview(self, content, send, answer, root_client):
        job, _page = send(content)
        page = answer(job, sheet=["一区"])
        assert reverse("imports:questions", args=[job.pk]) in page
        assert "要导入哪几张工作表" in root_client.get(reverse("imports:questions", args=[job.pk])).content.decode()
        answer(job, sheet=["一区", "二区"])
        assert job.counts["new"] == 3

    def test_a_single_sheet_is_not_asked_about(self, book, send):
        job, _page = send(book([HEADERS, union_row(1)], more={"字典": [["独立基层"]]}).read_bytes())
        assert job.state == "previewed"


def hiding(path, *, rows=(), columns=(), sheets=()):
    """Hide rows, columns and sheets of a workbook and return its content."""
    book = openpyxl.load_workbook(path)
    for row in rows:
        book.worksheets[0].row_dimensions[row].hidden = True
    for letter in columns:
        book.worksheets[0].column_dimensions[letter].hidden = True
    for title, state in sheets:
        book[title].sheet_state = state
    book.save(path)
    return path.read_bytes()


class TestHidden:
    def test_rows_are_asked_about_and_set_aside(self, book, send, answer, root_client):
        path = book([["某市名册"], HEADERS, union_row(1), union_row(2), union_row(3)])
        job, page = send(hiding(path, rows=(1, 4, 5)))
        assert "文件里有 2 行被隐藏，是否也导入？" in page
        assert "请选择隐藏的行" in answer(job)
        answer(job, hidden_rows="no")
        assert (job.counts["new"], job.counts["skipped"]) == (1, 2)
        page = root_client.get(reverse("imports:job", args=[job.pk]), {"show": "skipped"}).content.decode()
        assert "该行在文件里被隐藏" in page
        answer(job, hidden_rows="yes")
        assert (job.counts["new"], job.counts["skipped"]) == (3, 0)

    def test_a_hidden_row_that_a_person_took_in_stays_in(self, book, send, answer, root_client):
        path = book([["某市名册"], HEADERS, union_row(1), union_row(2), union_row(3)])
        job, _page = send(hiding(path, rows=(4, 5)))
        answer(job, hidden_rows="no")
        row, fix = reverse("imports:row", args=[job.pk, 4]), reverse("imports:fix", args=[job.pk])
        assert "修改任一格后，这一行就会导入" in root_client.get(row).content.decode()

        def counts():
            job.refresh_from_db()
            return job.state, job.counts["new"], job.counts["skipped"]

        root_client.post(row, {"cell-4": "120"})
        assert counts() == ("previewed", 2, 1)
        page = root_client.post(fix, {"take_in": "5"}, follow=True).content.decode()
        assert "已确定 1 行的归属" in page
        assert counts() == ("previewed", 3, 0)
        root_client.post(reverse("imports:policy", args=[job.pk]), {"blank": "clear"})  # all rows are checked again
        assert counts() == ("previewed", 3, 0)
        root_client.post(row, {"withdraw": "1"})
        assert counts() == ("previewed", 2, 1)
        assert "没有被搁置" in root_client.post(fix, {"take_in": "3"}, follow=True).content.decode()

    def test_columns_are_asked_about_and_left_out(self, book, send, answer):
        job, page = send(hiding(book([HEADERS, union_row(1)]), columns=("E", "F")))
        assert "文件里有隐藏的列：E、F" in page
        answer(job, hidden_columns="no")
        assert not {"employees", "members"} & {column["key"] for column in job.columns}
        assert "按选择不读取" in "".join(job.notes)
        answer(job, hidden_columns="yes")
        assert {"employees", "members"} <= {column["key"] for column in job.columns}

    @pytest.mark.parametrize("state", ["hidden", "veryHidden"])
    def test_sheets_are_a_question(self, book, send, answer, state):
        path = book([HEADERS, union_row(1)], sheet="今年", more={"去年": [HEADERS, union_row(2)]})
        job, page = send(hiding(path, sheets=[("去年", state)]))
        assert "隐藏的工作表" in page
        answer(job, sheet=["今年"])
        assert job.counts["new"] == 1

    def test_hidden_rows_of_several_sheets(self, book, send, answer):
        path = book([HEADERS, union_row(1), union_row(2)], sheet="一区", more={"二区": [HEADERS, union_row(3)]})
        job, page = send(hiding(path, rows=(3,)))
        assert "要导入哪几张工作表" in page
        assert "1 行被隐藏" in page
        answer(job, sheet=["一区", "二区"], hidden_rows="no")
        assert (job.counts["new"], job.counts["skipped"]) == (2, 1)

    def test_the_command_reads_them_unless_told_otherwise(self, book, tmp_path):
        path = book([HEADERS, union_row(1), union_row(2)])
        hiding(path, rows=(3,), columns=("F",))
        run = command("import_register", "unions", path, "--json", "--dry-run")
        assert run.counts["new"] == 2
        assert "隐藏" in "".join(ImportJob.objects.get(pk=run.json["job"]).notes)
        run = command("import_register", "unions", path, "--json", "--dry-run", "--hidden-rows", "leave")
        assert (run.counts["new"], run.counts["skipped"]) == (1, 1)


def test_nobody_else_answers(book, send, client, make_user):
    job, _page = send(protected(book([HEADERS, union_row(1)])))
    client.force_login(make_user("nobody"))
    client.post(reverse("imports:questions", args=[job.pk]), {"password": SECRET})
    job.refresh_from_db()
    assert job.state == "needs_answer"
