"""The calls of docs/api.md, run by curl as they stand there, against an instance with the demo."""

import json
import re
import subprocess
from pathlib import Path

import openpyxl
import pytest

from tests.exports.imports.conftest import HEADERS, union_row

DOCUMENT = Path(__file__).parents[2] / "docs" / "api.md"
FENCE = re.compile(r"```sh\n(.*?)```", re.S)
PREPARE = """
from django.contrib.auth import get_user_model
from wagtail.models import APIToken
from exports.sources.models import ImportSource
admin = get_user_model().objects.get(username="admin")
source = ImportSource.objects.create(
    name="示例·接口", kind="url", place="https://127.0.0.1/", register_slug="unions", user=admin, active=False
)
print("=>", APIToken.create_token(user=admin, name="curl")[1], source.pk)
"""


def calls():
    """Return the curl commands, continued lines joined, comments left out."""
    lines = "\n".join(FENCE.findall(DOCUMENT.read_text("utf-8"))).replace("\\\n", " ").splitlines()
    return [re.sub(r"\s+#.*", "", line) for line in lines if line.startswith("curl")]


@pytest.fixture
def table(tmp_path):
    book = openpyxl.Workbook()
    for name, rows in {"一区": [union_row(901), union_row(902)], "二区": [union_row(903)]}.items():
        sheet = book.create_sheet(name)
        for row in [["示例花名册"], HEADERS, *rows]:
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(tmp_path / "花名册.xlsx")


def test_every_call_does_what_is_said(stack, table, tmp_path) -> None:
    said = stack.manage("shell", "--no-imports", "-c", PREPARE).stdout
    token, source = re.search(r"=> (\S+) (\d+)", said).groups()
    job, told = "", []
    for call in calls():
        own = call.replace("http://localhost:8000", stack.url)
        own = own.replace("/jobs/12/", f"/jobs/{job}/").replace("/sources/3/", f"/sources/{source}/")
        own = re.sub(r" -i\b", "", own).replace("curl ", "curl -sS -w '\\n%{http_code}' ", 1)
        script = f"TOKEN={token}; API={stack.url}/api/v3/imports; {own}"
        done = subprocess.run(
            ["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True
        )
        body, _line, status = done.stdout.rpartition("\n")
        answer = json.loads(body) if body else {}
        told.append((call.rpartition("/jobs/12/")[2] or call, int(status), answer))
        if status == "201" and not job:
            job = str(answer["job"])
    states = [(call, status, answer.get("state")) for call, status, answer in told if isinstance(answer, dict)]
    uploads = [one for one in states if one[1] == 201]
    assert [state for _call, _status, state in uploads] == ["needs_answer", "submitted"]
    after = [
        (call, status, state) for call, status, state in states if call[:6] in ("answer", "commit", "cancel", "undo/")
    ]
    assert [one for one in after if one[1] == 200][-1][2] == "undone", states
    odd = [(call, status) for call, status, _state in states if status not in (200, 201)]
    # A kind that there is not; giving up what is written; undoing once more what is undone.
    assert [status for _call, status in odd] == [422, 409, 409], odd
    assert (tmp_path / "bases.jsonl").stat().st_size > 100
