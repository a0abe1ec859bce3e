"""A register's rows as a 名录."""

import pytest
from django.core.files.storage import storages

from content.core.register import get_register
from content.registers.competitions import Competition
from exports.bulletins import services
from exports.bulletins.errors import TooManyRows


@pytest.fixture
def register():
    return get_register("competitions")


@pytest.fixture
def rows(competition):
    names = [Competition(code=f"JS{n}", name=f"示例竞赛{n}", division=competition.division) for n in range(60)]
    for row in names:
        row.prepare()
    Competition.objects.bulk_create(names)
    return Competition.objects.select_related("division").order_by("pk")


def test_headers_repeat_and_rows_are_numbered(register, rows, opened):
    columns = [column for column in register.columns if column.listed]
    pages = opened(services.render_register_pdf(register, rows, columns, "示例竞赛名录")).pages
    assert len(pages) >= 2
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert "竞赛名称" in text
        assert f"第 {number} 页" in text
        assert (round(page.width), round(page.height)) == (595, 842)
    assert "示例竞赛名录" in pages[0].extract_text()
    assert "61" in pages[-1].extract_text()


def test_many_columns_lie_across_the_page(register, rows, opened):
    page = opened(services.render_register_pdf(register, rows, register.public_columns)).pages[0]
    assert page.width > page.height


def test_empty_list_says_so(register, opened):
    text = opened(services.render_register_pdf(register, [], register.public_columns)).pages[0].extract_text()
    assert "没有符合条件的记录" in text


def test_a_list_too_long_is_refused_before_it_is_set(register, rows, monkeypatch):
    monkeypatch.setattr(services, "MOST_ROWS", 10)
    with pytest.raises(TooManyRows, match="最多 10 行"):
        services.render_register_pdf(register, rows, register.public_columns)


def test_rows_cost_no_query_each(register, rows, django_assert_max_num_queries):
    columns = [column for column in register.columns if column.listed]
    with django_assert_max_num_queries(2):
        services.render_register_pdf(register, Competition.objects.all().iterator(), columns)


def test_public_lists_are_kept_up_to_a_number(register, rows, monkeypatch):
    monkeypatch.setattr(services, "KEPT_LISTS", 2)
    columns = [column for column in register.columns if column.listed]
    first = services.render_register_pdf(register, rows[:3], columns, public=True)
    assert services.render_register_pdf(register, rows[:3], columns, public=True) == first
    for count in (4, 5):
        services.render_register_pdf(register, rows[:count], columns, public=True)
    assert len(storages["private"].listdir("registers/competitions")[1]) == 2


def test_lists_of_the_back_office_are_not_kept(register, rows):
    folder = "registers/competitions"
    before = storages["private"].listdir(folder)[1] if storages["private"].exists(folder) else []
    services.render_register_pdf(register, rows[:2], [register.by_key["name"]], "内部名录")
    after = storages["private"].listdir(folder)[1] if storages["private"].exists(folder) else []
    assert before == after
