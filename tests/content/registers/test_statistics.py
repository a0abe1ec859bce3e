"""The statistics of the star rating: what is counted, and that pictures and tables say the same."""

import html
import re

import pytest

pytestmark = pytest.mark.django_db
PAGE = "/unions/statistics/"


def read(response) -> str:
    return html.unescape(response.content.decode())


@pytest.fixture
def rated(make_union, make_rating):
    """Two years in two districts: 示例甲 rises from two to three stars, a street from three to four."""
    firm = make_union("示例甲")
    street = make_union("示例街道", kind="street", division_id="510105")
    other = make_union("示例乙", division_id="510105")
    make_rating(firm, year=2023, stars=2)
    make_rating(firm, year=2024, stars=3)
    make_rating(street, year=2023, stars=3)
    make_rating(street, year=2024, stars=4)
    make_rating(other, year=2024, stars=1, previous_stars=2)
    make_rating(make_union("示例未公布"), year=2024, stars=5, result="noticed")
    make_rating(make_union("示例未通过"), year=2024, stars=None, result="failed")
    return firm, street, other


def test_counts_published_decisions_not_unions(client, rated):
    figures = client.get(PAGE).context["statistics"]
    assert (figures.all.total, figures.all.good, figures.all.best) == (5, 3, 1)
    assert [(row.year, row.tally.stars) for row in figures.by_year] == [
        (2023, [0, 1, 1, 0, 0]),
        (2024, [1, 0, 1, 1, 0]),
    ]
    assert figures.all.good_share == "60.0%"
    assert "不等于工会家数" in read(client.get(PAGE))


def test_counts_districts_by_year_and_their_change(client, rated):
    rows = {row.name: row for row in client.get(PAGE).context["statistics"].by_district}
    assert rows["四川省成都市锦江区"].totals == [1, 1]
    assert rows["四川省成都市锦江区"].change_text == "+1"
    assert rows["四川省成都市青羊区"].totals == [1, 2]
    assert rows["四川省成都市青羊区"].change_text == "0"


def test_names_who_rose(client, rated):
    figures = client.get(PAGE).context["statistics"]
    assert (figures.risen, figures.risen_collective) == (2, 1)
    assert [(rating.union_name, rating.before, rating.stars) for rating in figures.rising_streets] == [
        ("示例街道", 3, 4)
    ]
    assert [row.name for row in figures.rising_districts] == ["四川省成都市锦江区"]


def test_takes_the_file_s_previous_stars_where_no_earlier_decision_is_known(client, make_union, make_rating):
    make_rating(make_union("示例街道", kind="street"), year=2024, stars=3, previous_stars=2)
    assert client.get(PAGE).context["statistics"].risen == 1


@pytest.mark.parametrize(
    ("asked", "shown"), [("2023", 2023), ("2024", 2024), ("1999", 2024), ("x", 2024), ("\0", 2024)]
)
def test_a_year_can_be_chosen_and_a_bad_one_is_the_latest(client, rated, asked, shown):
    response = client.get(PAGE, {"year": asked})
    assert response.status_code == 200
    assert response.context["statistics"].year == shown


def test_pictures_say_what_the_tables_say(client, rated):
    page = read(client.get(PAGE))
    label = re.search(r'<svg class="chart__bars"[^>]* role="img" aria-label="([^"]+)"', page).group(1)
    assert label == "各年度各星级家次：2023年 2 家次；2024年 3 家次"
    assert page.count("<caption") == 2


def test_empty(client, db):
    page = read(client.get(PAGE))
    assert "尚未公布评定结果" in page
    assert "<svg class" not in page


def test_queries_do_not_grow(client, rated, make_union, make_rating, django_assert_max_num_queries):
    client.get(PAGE)
    for number in range(40):
        make_rating(make_union(division_id="510106"), year=2019 + number % 6, stars=1 + number % 5)
    with django_assert_max_num_queries(6):
        client.get(PAGE)


def test_lookup_leads_here(client, db):
    assert f'href="{PAGE}"' in read(client.get("/unions/"))


def test_page_of_a_union_draws_its_history(client, rated):
    firm, _street, other = rated
    assert 'aria-label="历年星级：2023年 ★★；2024年 ★★★"' in read(client.get(firm.get_absolute_url()))
    assert "chart__bars" not in read(client.get(other.get_absolute_url()))  # one year tells nothing
