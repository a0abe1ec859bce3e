"""Nothing that anyone types into an address brings a public page, a download or the API down."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.pages.services import create_site_tree
from content.registers.bases import Base
from content.registers.points import Point
from content.registers.unions import Union

from .addresses import plain_routes

pytestmark = pytest.mark.django_db
PROJECT = Path(__file__).resolve().parents[2]
ASKED = re.compile(r"""\bGET\.(?:get|getlist|pop)\(\s*["'](\w+)["']""")
# Percent-encoded as they stand in an address, so that bytes that are no text can be among them.
BAD = (
    *(quote(text, safe="") for text in (
        "", " ", "\0", "太\0湖", "0", "-1", "1.5", "1e309", "NaN", "Infinity", "9" * 30, "9" * 4_400, "２０２６", "①",
        "2026-02-30", "0000-00-00", "99999-12-31", "9999-12-31", "-0001-01-01", "2026-01-01T99:99:99", "24:61",
        "'", '"', "''", '" OR 1=1 --', "%", "_", "*", "(", ")", "\\", "a AND OR NOT", "NEAR(", "{{7*7}}", "<script>",
        "[]", "{}", "null", "true", "1,2,,3", "-", "--price", "-price,-price", "price,name,-capacity", "../../etc/passwd",
        "😀", "\u202e", "\r\nSet-Cookie: a=b", "太湖" * 2_500, "a " * 5_000, "510104", "JD0001", "320506,330106",
    )),
    "%FF%FE", "%ED%A0%80", "%", "%zz", "%C0%AF", "a%00",
)  # fmt: skip

CODED = (
    "/bases/{}/",
    "/points/{}/",
    "/unions/{}/",
    "/competitions/register/{}/",
    "/{}/",
    "/news/{}/",
    "/{}/download.csv",
    "/sitemap-{}.xml",
    "/bases/download.{}",
    "/api/v3/registers/bases/{}/",
    "/api/v3/registers/{}/",
    "/api/v3/registers/ratings/{}/",
    "/api/v3/registers/competitions/{}/",
    "/bulletins/{}.pdf",
    "/bulletins/{}.webp",
)


def parameters() -> list[str]:
    """Return every parameter that a public view reads: the filters of the registers, and those named in the code."""
    from cms.delivery.asked import _known

    rooms = (PROJECT / "content", PROJECT / "exports", PROJECT / "cms" / "api")
    named = {name for room in rooms for file in room.rglob("*.py") for name in ASKED.findall(file.read_text())}
    return sorted({*_known(), *named, "fields", "draft", "columns"})


def paths() -> list[str]:
    slugs = ("bases", "points", "unions")
    found = ["/", "/news/", "/initiatives/", "/competitions/", "/about/", "/feed.xml", "/sitemap.xml", *plain_routes()]
    for slug in slugs:
        found += [f"/{slug}/", f"/sitemap-{slug}.xml", f"/{slug}/download.csv", f"/{slug}/download.json"]
        found += [f"/api/v3/registers/{slug}/"]
    found += ["/bases/JD0001/", "/bases/download.xlsx", "/api/v3/registers/bases/JD0001/", "/sitemap-pages.xml"]
    return [path for path in dict.fromkeys(found) if path != "/styleguide/"]


@pytest.fixture
def rows(client):
    create_site_tree()
    for number in range(1, 4):
        Base.objects.create(code=f"JD{number:04}", name=f"示例·太湖{number}", kind="homestay", division_id="320506")
        Point.objects.create(code=f"HD{number:04}", name=f"示例·活动{number}", division_id="320506")
        Union.objects.create(code=f"GH{number:04}", name=f"示例·工会{number}", division_id="510104")
    return client


def asked(client, path: str, pairs: list[tuple[str, str]]) -> None:
    query = "&".join(f"{name}={value}" for name, value in pairs)
    response = client.get(f"{path}?{query}" if query else path)
    assert response.status_code < 500, (path, query[:300])
    if response.streaming:
        b"".join(response.streaming_content)
    if "Content-Security-Policy" in response:
        assert "unsafe" not in response["Content-Security-Policy"]


@settings(max_examples=80, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_values_together(rows, data):
    path = data.draw(st.sampled_from(paths()))
    names = st.sampled_from([*parameters(), "kind%5B%5D", "q%00", "__proto__", "page_size", "per_page", "utm_source"])
    values = st.one_of(st.sampled_from(BAD), st.text(max_size=30).map(lambda text: quote(text, errors="replace")))
    asked(rows, path, data.draw(st.lists(st.tuples(names, values), min_size=1, max_size=5)))


@pytest.mark.parametrize("path", ["/bases/", "/api/v3/registers/bases/", "/bases/compare/"])
def test_each_parameter_with_each_bad_value(rows, path):
    """Repeated keys, too: the value once before a good one, once after it."""
    for name in parameters():
        for value in BAD[::2] if name in ("q", "page", "division", "near", "sort") else BAD[1::9]:
            asked(rows, path, [(name, value), (name, "1"), (name, value)])


def test_bad_codes_and_slugs(rows):
    for value in BAD:
        if value:
            for path in CODED:
                asked(rows, path.format(value), [])


@pytest.mark.parametrize("path", ["/display/", "/language/"])
def test_bad_forms(rows, path):
    for name in ("next", "size", "language"):
        for value in ("", "\0", "太" * 5_000, "//elsewhere.example", "\r\nX: y", "zh-hans\0"):
            response = rows.post(path, {name: value})
            assert response.status_code < 500
            assert "elsewhere" not in response.get("Location", "")


def test_large_bodies_and_strange_methods(rows):
    for method in ("put", "patch", "delete", "options", "trace"):
        for path in ("/", "/bases/", "/search/", "/bases/download.csv", "/api/v3/registers/bases/"):
            assert getattr(rows, method)(path).status_code < 500
