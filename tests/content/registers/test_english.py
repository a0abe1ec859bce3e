"""Pages of rows for those who read English: what the rows say stays Chinese, all words of ours are English."""

import re

import pytest

from content.core import divisions
from content.registers.bases import BasePicture

pytestmark = pytest.mark.django_db
HAN = re.compile(r"[\u4e00-\u9fff]+")


def ours(page: str) -> set[str]:
    """Return the Chinese words that are no names of divisions, on a page whose rows are all named in English."""
    page = re.sub(r"<(\w+)[^>]*lang=\"zh[^>]*>[^<]*</\1>", "", page.partition("<main")[2])
    places = "\n".join(divisions.full_names().values())
    return {word for word in HAN.findall(page.partition("</main>")[0]) if word not in places}


def test_words_of_ours_are_english(client, make_base, make_point, make_picture, make_union, make_rating):
    base = make_base(
        "Example base", capacity=4, price=200, days=3, beds=2, longitude="120.6", latitude="31.2",
        valid_until="2020-01-01", named_on="2019-01-01", booking_phone="12351", booking_contact="Example",
        pictures=[BasePicture(image=make_picture(), alt_text="picture", sort_order=n) for n in (0, 1)],
    )  # fmt: skip
    near = make_base("Second base", longitude="120.61", latitude="31.21")
    point = make_point("Example point", base=base, longitude="120.6", latitude="31.2")
    union = make_union("Example union", stars=3)
    make_rating(union, final_reviewer="Example")
    client.post("/language/", {"language": "en"})
    paths = [row.get_absolute_url() for row in (base, point, union)]
    paths += [f"/bases/compare/?codes={base.code},{near.code}&add=base", f"/bases/favourites/?codes={base.code}"]
    paths += [
        "/bases/?near=320506",
        "/bases/?view=table&near=31.2,120.6",
        "/points/",
        "/unions/",
        "/unions/?view=table",
    ]
    paths += ["/unions/statistics/", "/bases/alliance/", "/search/?q=Example"]
    assert {path: ours(client.get(path).content.decode()) for path in paths} == {path: set() for path in paths}
