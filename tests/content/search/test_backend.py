"""The backend behind every search: queries, relevance, and the index that bulk paths write."""

import pytest
from modelsearch.backends import get_search_backend
from modelsearch.query import MATCH_ALL, And, Not, Or, Phrase, PlainText

from content.core.models import Division
from content.registers.bases import Base
from content.search.services import index_rows

pytestmark = pytest.mark.django_db


def codes(query, **options):
    return [row.code for row in get_search_backend().search(query, Base.objects.all(), **options)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("太湖", {"JD1", "JD2", "JD3"}),
        ("太湖 虞山", {"JD2"}),
        (PlainText("明月 虞山", operator="or"), {"JD1", "JD2"}),
        (And([PlainText("太湖"), Not(PlainText("虞山"))]), {"JD1", "JD3"}),
        (Or([PlainText("明月"), PlainText("虞山")]), {"JD1", "JD2"}),
        (Phrase("太湖明月"), {"JD1"}),
        (Phrase("明月太湖"), set()),
        (Not(PlainText("太湖")), {"JD4"}),
        (Not(MATCH_ALL), set()),
        (MATCH_ALL, {"JD1", "JD2", "JD3", "JD4"}),
        ("JD1", {"JD1"}),
        ("ＪＤ１", {"JD1"}),
        ("吴中区", {"JD1", "JD3", "JD4"}),
        ("欧阳", set()),
        ("地基", set()),
    ],
)
def test_queries(bases, query, expected):
    assert set(codes(query)) == expected


def test_autocompletion_takes_the_beginning_of_the_last_word(bases):
    def complete(query):
        return {row.code for row in get_search_backend().autocomplete(query, Base.objects.all())}

    assert complete("mingy") == {"JD1"}
    assert complete("yushan k") == {"JD2"}
    assert complete("太") == {"JD1", "JD2", "JD3"}
    assert Division.objects.count()


def test_names_come_first_and_short_names_before_long_ones(bases):
    Base(code="JD5", name="太湖", kind="red", division_id="320506").save()
    assert codes("太湖")[0] == "JD5"
    assert codes("太湖")[-1] == "JD2"


def test_any_column_filters_and_sorts(bases):
    rows = Base.objects.filter(address__contains="3号").order_by("manager_phone")
    assert [row.code for row in get_search_backend().search("太湖", rows, order_by_relevance=False)] == ["JD1"]


def test_facets_and_slices(bases):
    results = get_search_backend().search("太湖", Base.objects.all())
    assert results.facet("status") == {"named": 2, "applied": 1}
    assert len(results[1:3]) == 2
    assert results.count() == 3


def test_saving_and_deleting_is_seen_at_once(bases):
    bases[0].name = "示例·石湖"
    bases[0].save()
    assert codes("石湖") == ["JD1"]
    assert codes("明月") == []
    bases[0].delete()
    assert codes("石湖") == []


def test_bulk_writers_bring_the_index_up_to_date(bases, django_assert_max_num_queries):
    Base.objects.filter(code="JD1").update(name="示例·金鸡湖", search_text="示例·金鸡湖")
    gone = Base.objects.filter(code="JD3")
    keys = list(Base.objects.values_list("pk", flat=True))
    gone._raw_delete("default")
    with django_assert_max_num_queries(8 + len(keys)):
        assert index_rows(Base, keys) == 3
    assert codes("金鸡湖") == ["JD1"]
    assert codes("未授牌") == []


def test_many_rows_are_written_by_few_statements(db, django_assert_max_num_queries):
    rows = [Base(code=f"B{n}", name=f"示例·基地{n}号", kind="red", division_id="320506") for n in range(1200)]
    for row in rows:
        row.prepare()
    Base.objects.bulk_create(rows)
    assert index_rows(Base, Base.objects.values_list("pk", flat=True).iterator()) == 1200
    assert get_search_backend().search("基地", Base.objects.all()).count() == 1200
    assert codes("基地77号") == ["B77"]


def test_the_index_can_be_rebuilt(bases, pages):
    from django.core.management import call_command
    from modelsearch.conf import get_app_config

    get_app_config().get_model("IndexEntry").objects.all().delete()
    assert codes("太湖") == []
    call_command("wagtail_update_index", verbosity=0)
    assert set(codes("太湖")) == {"JD1", "JD2", "JD3"}


def test_a_text_beyond_the_limit_does_no_harm(bases):
    bases[1].introduction = "".join(chr(0x4E00 + n % 20000) for n in range(120_000))
    bases[1].save()
    assert codes("虞山") == ["JD2"]
