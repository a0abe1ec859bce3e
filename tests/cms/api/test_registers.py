"""The registers over the API, as a partner city reads them."""

import json
from pathlib import Path

import pytest

from cms.api.document import IMPORTS, REGISTERS, register_document
from content.core.register import registers

pytestmark = pytest.mark.django_db
PUBLIC = [register.slug for register in registers() if register.public_columns]


def get(client, path, **params):
    response = client.get(f"/api/v3/registers/{path}", params)
    assert response.status_code == 200, response.content
    return response.json()


def problem(client, path, **params):
    response = client.get(f"/api/v3/registers/{path}", params)
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    return response.json()


def test_tells_which_registers_there_are(client, rows):
    answer = get(client, "")
    assert [item["slug"] for item in answer["items"]] == PUBLIC
    bases = answer["items"][0]
    assert (bases["name"], bases["count"], bases["url"]) == ("疗休养基地", 1, "/api/v3/registers/bases/")
    price = next(column for column in bases["columns"] if column["name"] == "price")
    assert price == {
        "name": "price",
        "label": "价格(元/人/天)",
        "type": "number",
        "filters": ["price_band", "price_min", "price_max"],
    }


def test_a_row_in_full(client, rows):
    """The golden answer: partners' programs rely on every name and form here."""
    answer = get(client, "bases/")
    assert answer["count"] == 1
    row = answer["items"][0]
    assert row.pop("updated_at").endswith("Z")
    assert row == json.loads((Path(__file__).parent / "base.json").read_text(encoding="utf-8"))


def test_one_row_is_the_same_as_in_the_list(client, rows):
    for slug in PUBLIC:
        for row in get(client, f"{slug}/")["items"]:
            assert get(client, f"{slug}/{row['key']}/") == row


def test_a_rating_is_named_by_union_and_year(client, rows):
    row = get(client, "ratings/GH1~2024/")
    assert row["union"] == {"code": "GH1", "name": "示例·商贸工会"}
    assert row["stars"] == {"value": 3, "label": "★★★"}


def test_unpublished_rows_are_neither_shown_nor_named(client, rows):
    assert "未授牌" not in client.get("/api/v3/registers/bases/").content.decode()
    assert client.get("/api/v3/registers/bases/JD2/").status_code == 404
    points = {row["code"]: row["base"] for row in get(client, "points/")["items"]}
    assert points == {"HD1": {"code": "JD1", "name": "示例·太湖基地"}, "HD2": None}


@pytest.mark.parametrize("slug", PUBLIC)
def test_only_public_columns_are_shown(client, rows, slug):
    register = next(register for register in registers() if register.slug == slug)
    for row in get(client, f"{slug}/")["items"]:
        for column in register:
            if not column.public or column.personal:
                assert column.key not in row
    text = client.get(f"/api/v3/registers/{slug}/").content.decode()
    assert not any(secret in text for secret in ("欧阳", "上官", "13800000000"))


@pytest.mark.parametrize(
    ("params", "count"),
    [
        ({"kind": "homestay"}, 1),
        ({"kind": ["red", "town"]}, 0),
        ({"division": "320500"}, 1),
        ({"division": "320000"}, 1),
        ({"division": "330000"}, 0),
        ({"price_min": "300"}, 1),
        ({"price_max": "200"}, 0),
        ({"seasons": "秋"}, 1),
        ({"seasons": "冬"}, 0),
        ({"q": "太湖"}, 1),
        ({"q": "基地", "order": "-named_on"}, 1),
        ({"q": "taihu"}, 1),
        ({"q": "联盟"}, 0),
        ({"q": '"*(AND'}, 0),
        ({"offset": 5}, 1),
    ],
)
def test_filters(client, rows, params, count):
    assert get(client, "bases/", **params)["count"] == count


@pytest.mark.parametrize(
    ("params", "name"),
    [
        ({"limit": 101}, "limit"),
        ({"limit": 0}, "limit"),
        ({"limit": "x"}, "limit"),
        ({"offset": -1}, "offset"),
        ({"kind": "castle"}, "kind"),
        ({"division": "32"}, "division"),
        ({"division": "999999"}, "division"),
        ({"price_min": "NaN"}, "price_min"),
        ({"price_min": "dear"}, "price_min"),
        ({"order": "manager_phone"}, "order"),
        ({"q": ""}, "q"),
        ({"manager": "欧阳示例"}, "manager"),
        ({"foo": "1"}, "foo"),
    ],
)
def test_wrong_parameters_are_told_in_chinese(client, rows, params, name):
    told = problem(client, "bases/", **params)
    assert told["title"] == "参数有误"
    assert told["errors"][0]["loc"][1] == name
    assert not any(word in told["detail"] for word in ("should", "Input", "Give", "must"))


def test_paging_does_not_repeat_rows(client, rows):
    from content.registers.bases import Base

    for number in range(5):
        Base(code=f"P{number}", name="示例·同名", kind="red", division_id=f"51010{number + 4}").save()
    seen = [get(client, "bases/", limit=2, offset=offset)["items"] for offset in (0, 2, 4)]
    assert len({row["key"] for page in seen for row in page}) == 6


def test_caches_may_ask_whether_anything_changed(client, rows):
    first = client.get("/api/v3/registers/bases/")
    assert set(first["Cache-Control"].split(", ")) == {"max-age=60", "public"}
    again = client.get("/api/v3/registers/bases/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_number_of_queries_does_not_grow(client, rows, django_assert_num_queries):
    get(client, "points/")
    with django_assert_num_queries(2):
        get(client, "points/", limit=100)


class TestRowsKeptAsJSON:
    """Past the cache of whole answers: who sends a token is not served from it."""

    @pytest.fixture(autouse=True)
    def kept(self, settings):
        settings.PAGE_CACHE_SECONDS = 60

    def ask(self, client, address="/api/v3/registers/bases/", **params):
        response = client.get(address, params, HTTP_AUTHORIZATION="Bearer none")
        assert response["X-Cache"] == "BYPASS"
        return response

    def base_of_point(self, client):
        items = self.ask(client, "/api/v3/registers/points/").json()["items"]
        return next(item["base"] for item in items if item["key"] == "HD1")

    def test_they_are_the_same_as_read_anew(self, client, rows, settings):
        first, again = self.ask(client), self.ask(client)
        settings.PAGE_CACHE_SECONDS = 0
        fresh = self.ask(client)
        assert first.content == again.content == fresh.content
        assert first["ETag"] == again["ETag"] == fresh["ETag"]

    def test_a_row_is_read_once(self, client, rows, django_assert_num_queries):
        self.ask(client)
        with django_assert_num_queries(2):  # the versions, the keys
            self.ask(client)

    def test_a_change_shows_at_once(self, client, rows, commits):
        etag = self.ask(client)["ETag"]
        with commits():
            rows["base"].name = "示例·新名"
            rows["base"].save()
        answer = client.get("/api/v3/registers/bases/", HTTP_AUTHORIZATION="Bearer none", HTTP_IF_NONE_MATCH=etag)
        assert answer.status_code == 200
        assert answer.json()["items"][0]["name"] == "示例·新名"
        assert self.base_of_point(client)["name"] == "示例·新名"

    def test_what_is_withdrawn_is_gone_at_once(self, client, rows, commits):
        assert self.ask(client).json()["count"] == 1
        assert self.base_of_point(client)
        with commits():
            rows["base"].status = "removed"
            rows["base"].save()
        assert self.ask(client).json() == {"count": 0, "items": []}
        assert self.base_of_point(client) is None

    def test_counts_are_those_of_the_filters(self, client, rows):
        asked = [
            {},
            {"kind": "homestay"},
            {"kind": "red"},
            {"q": "太湖"},
            {"q": "无此"},
            {"offset": "1"},
            {"limit": "1"},
        ]
        assert [self.ask(client, **params).json()["count"] for params in asked] == [1, 1, 0, 1, 0, 1, 1]


def test_the_contract_with_partners_has_not_drifted():
    """After a wanted change: `manage.py export_openapi`, and tell partners in docs/api.md."""
    snapshot = Path(__file__).parents[3] / "docs" / "openapi.json"
    assert json.loads(snapshot.read_text(encoding="utf-8")) == json.loads(
        json.dumps(register_document(REGISTERS, IMPORTS))
    )


def test_documentation_is_served_from_here(client):
    page = client.get("/api/v3/docs/").content.decode()
    assert "swagger-ui" in page
    assert "//cdn" not in page
    assert 'src="http' not in page
    assert 'href="http' not in page
    whole = client.get("/api/v3/openapi.json").json()
    assert "/api/v3/registers/bases/" in whole["paths"]
