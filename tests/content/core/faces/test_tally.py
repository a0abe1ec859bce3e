"""Counts of filters, through the public list: they hold at every moment, whatever was written since."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cms.delivery import versions
from content.core.faces import tally
from content.core.faces.facets import facets
from content.core.faces.filters import build_filterset
from content.registers.bases import Base

KINDS, SEASONS = ("homestay", "rural", "town"), ("春", "夏", "春、秋", "")
DIVISIONS = ("320506", "320507", "330502", "110101")


def make_base(number: int, **fields) -> Base:
    usual = {"code": f"JD{number:04}", "name": f"示例·太湖{number}", "kind": "homestay", "division_id": "320506"}
    return Base.objects.create(**{**usual, "status": "named", **fields})


def counted(query: dict) -> tuple[int, dict[tuple[str, str], int]]:
    """Return the number of rows, and (facet, option) → count, divisions of every level."""

    def walk(name, options):
        for option in options:
            yield (name, option.value), option.count
            yield from walk(name, option.children)

    filterset = build_filterset(Base.register)(query, Base.register.public_rows())
    found = {}
    for facet in facets(filterset):
        found.update(walk(facet.name, facet.options))
    return filterset.count, found


row = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "seasons": st.sampled_from(SEASONS),
        "division_id": st.sampled_from(DIVISIONS),
        "days": st.sampled_from((None, 3, 5)),
        "price": st.sampled_from((None, 180, 300)),
        "status": st.sampled_from(("named", "withdrawn")),
    }
)
asked = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.lists(st.sampled_from(KINDS), min_size=1, max_size=2),
        "seasons": st.lists(st.sampled_from(("春", "秋", "冬")), min_size=1, max_size=2),
        "division": st.lists(st.sampled_from(("320000", "320500", "320506", "110000")), min_size=1, max_size=2),
        "days": st.lists(st.sampled_from(("3", "5")), min_size=1, max_size=2),
        "price_max": st.just("200"),
        "price_band": st.lists(st.sampled_from(("-200", "200-300", "300-")), min_size=1, max_size=2),
        "q": st.just("太湖"),
    },
)


class TestAgainstTheDatabase(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(rows=st.lists(row, max_size=8), query=asked)
    def test_every_count_is_what_the_list_would_show(self, rows, query):
        for number, fields in enumerate(rows):
            make_base(number, **fields)
        count, options = counted(query)

        def shown(**more) -> int:
            kept = {name: value for name, value in query.items() if (name, *more) != ("price_max", "price_band")}
            return build_filterset(Base.register)(kept | more, Base.register.public_rows()).qs.count()

        assert count == shown()
        for (name, value), rows_of_it in options.items():
            assert rows_of_it == shown(**{name: [value]}), (name, value)


@pytest.fixture
def kept(settings):
    """Counts are kept in memory, as on a running site."""
    settings.PAGE_CACHE_SECONDS = 60
    yield
    tally.forget()


@pytest.mark.django_db
class TestKeepingUp:
    @pytest.fixture(autouse=True)
    def rows(self, kept):
        self.bases = [make_base(number) for number in range(3)]
        assert counted({})[0] == 3

    def after(self, change) -> tuple[int, int]:
        """Return how many rows, and how many homestays, are counted after a change was committed."""
        change()
        versions.raise_version("bases")
        count, options = counted({})
        return count, options.get(("kind", "homestay"), 0)

    def test_a_row_added(self):
        assert self.after(lambda: make_base(9)) == (4, 4)

    def test_a_row_changed(self):
        base = self.bases[0]
        base.kind = "rural"
        assert self.after(base.save) == (3, 2)

    def test_a_row_withdrawn(self):
        base = self.bases[0]
        base.status = "withdrawn"
        assert self.after(base.save) == (2, 2)

    def test_a_row_deleted(self):
        assert self.after(self.bases[0].delete) == (2, 2)

    def test_one_deleted_and_one_added(self):
        def change():
            self.bases[0].delete()
            make_base(9, kind="rural")

        assert self.after(change) == (3, 2)

    def test_another_thing_published_costs_no_counting(self):
        versions.raise_version()
        with CaptureQueriesContext(connection) as queries:
            assert counted({"kind": ["homestay"]})[0] == 3
        assert len([q for q in queries if "registers_base" in q["sql"]]) == 0
