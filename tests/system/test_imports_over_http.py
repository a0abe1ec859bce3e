"""The import centre as a browser sees it: real server, real worker, two clicks at once, someone who edits in between."""

import json
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from http.cookiejar import CookieJar

import pytest

from tests.exports.imports.conftest import HEADERS, union_row

from .conftest import Stack, new_database

pytestmark = pytest.mark.survival


class Visitor:
    """A browser without a screen: keeps cookies, sends the token of forms."""

    def __init__(self, stack: Stack) -> None:
        self.base = stack.url
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> tuple[str, str]:
        """Return the path that was reached and its page."""
        with self.opener.open(self.base + path, timeout=90) as answer:
            return urllib.parse.urlsplit(answer.url).path, answer.read().decode()

    def post(self, path: str, file: tuple[str, bytes] | None = None, **fields: str) -> tuple[str, str]:
        token = next(cookie.value for cookie in self.cookies if cookie.name == "csrftoken")
        boundary = uuid.uuid4().hex
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in {"csrfmiddlewaretoken": token, **fields}.items()
        ]
        if file:
            head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\n\r\n'
            parts.append(head.encode() + file[1] + b"\r\n")
        body = b"".join([*parts, f"--{boundary}--\r\n".encode()])
        kind = {"Content-Type": f"multipart/form-data; boundary={boundary}", "Referer": self.base}
        with self.opener.open(urllib.request.Request(self.base + path, body, kind), timeout=90) as answer:
            return urllib.parse.urlsplit(answer.url).path, answer.read().decode()

    def upload(self, first: int, last: int, **cells) -> str:
        """Upload unions and wait for the preview; return the address of the import."""
        rows = [HEADERS, *(union_row(number, **cells) for number in range(first, last + 1))]
        text = "\n".join(",".join(map(str, row)) for row in rows).encode()
        self.get("/admin/imports/new/unions/")
        path, _page = self.post("/admin/imports/new/unions/", file=("unions.csv", text))
        self.wait(path)
        return path

    def wait(self, path: str) -> str:
        deadline = time.monotonic() + 120
        while '"working": true' in (said := self.get(path + "status/")[1]):
            assert time.monotonic() < deadline, said
            time.sleep(0.5)
        return self.get(path)[1]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    stack = Stack(var=tmp_path_factory.mktemp("http"), extra={"DEMO": "false", "WEB_WORKERS": "2", **new_database()})
    stack.start()
    yield stack
    stack.stop()


@pytest.fixture
def admin(served):
    visitor = Visitor(served)
    visitor.get("/admin/login/")
    visitor.post("/admin/login/", username="admin", password=served.password)
    return visitor


def written(page: str) -> int:
    return int(re.search(r"写入：新增 (\d+) 条", page)[1])


@pytest.mark.parametrize(("first", "last"), [(1, 50), (1001, 5000)])
def test_two_clicks_on_confirm_write_once(admin, served, first, last):
    """A small file is written in the request, a large one by the worker."""
    path = admin.upload(first, last)
    faults = []

    def click():
        try:
            admin.post(path + "commit/")
        except urllib.error.HTTPError as error:
            faults.append(error.code)

    pair = [threading.Thread(target=click) for _one in range(2)]
    for thread in pair:
        thread.start()
    for thread in pair:
        thread.join()
    assert faults == []
    assert written(admin.wait(path)) == last - first + 1
    counted = served.manage(
        "shell", "--no-imports", "-c",
        "from content.core.models import RegisterLogEntry as E; from content.registers.unions import Union as U;"
        " print('=>', U.objects.count() == E.objects.filter(action='imports.create').count())",
    )  # fmt: skip
    assert "=> True" in counted.stdout, counted.stderr


def test_a_record_edited_between_preview_and_commit_is_not_overwritten(admin, served):
    first = admin.upload(6001, 6003)
    admin.post(first + "commit/")
    second = admin.upload(6001, 6003, 职工人数=500)
    edit = (
        "from content.registers.unions import Union as U; u = U.objects.get(name='示例·第6002号公司工会');"
        " u.employees = 333; u.save()"
    )
    assert served.manage("shell", "--no-imports", "-c", edit).returncode == 0
    admin.post(second + "commit/")
    page = admin.wait(second)
    assert "全部行已重新核对" in page or "重新核对" in page
    assert "<del>333</del>" in page
    admin.post(second + "commit/")
    assert "变更 3 条" in admin.wait(second)


def test_search_api_and_public_list_follow_commit_and_undo(admin):
    """Each was asked, and cached, before: nothing old is shown afterwards."""
    path = admin.upload(7001, 7040)
    name = "示例·第7001号公司工会"
    query = urllib.parse.urlencode({"q": name.partition("·")[2]})  # so that the name itself stands in no search field

    def found() -> list[bool]:
        api = json.loads(admin.get(f"/api/v3/registers/unions/?{query}")[1])
        named = [item["name"] for item in api["items"]]
        pages = [re.sub(r"<[^>]+>", "", admin.get(f"{place}?{query}")[1]) for place in ("/unions/", "/search/")]
        return [name in named, *(name in page for page in pages)]

    assert found() == [False, False, False]
    admin.post(path + "commit/")
    admin.wait(path)
    assert found() == [True, True, True]
    admin.post(path + "undo/")
    admin.wait(path)
    assert found() == [False, False, False]
