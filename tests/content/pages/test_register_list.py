"""Register lists inside pages show published rows and public columns, whatever was asked for."""

import pytest
from wagtail.blocks.struct_block import StructBlockValidationError

from content.core.register import get_register
from content.pages import register_rows
from content.pages.blocks import RegisterListBlock

pytestmark = pytest.mark.django_db


def value(**fields):
    return {"register": "bases", "title": "", "division": "", "filters": [], "columns": [], "limit": 20} | fields


def test_only_published_rows_and_public_columns(client, make_article, make_base):
    make_base(1)
    make_base(2, name="示例·申报中的基地", status="applied")
    make_base(3, manager="示例·负责人甲", kind="wellness")
    columns = ["bases.name", "bases.manager", "bases.kind"]
    page = make_article("名录文章", body=[("register_list", value(columns=columns))])
    html = client.get(page.url).content.decode()
    assert "示例·基地1号" in html
    assert "申报中的基地" not in html
    assert "负责人甲" not in html
    assert "旅游民宿" in html


def test_filters_division_and_limit(client, make_article, make_base):
    for number in range(1, 5):
        make_base(number, price=280, price_to=320)
    make_base(8, kind="wellness", name="示例·康养基地")
    make_base(9, division="510104", name="示例·外地基地")
    asked = value(division="320500", filters=["bases.kind=homestay"], columns=["bases.name", "bases.price"], limit=3)
    html = client.get(make_article("名录文章", body=[("register_list", asked)]).url).content.decode()
    assert html.count('<th scope="row">') == 3
    assert "共 4 条，显示前 3 条" in html
    assert "280–320" in html
    assert "康养基地" not in html
    assert "外地基地" not in html


def test_a_register_that_is_gone_leaves_no_trace(client, make_article):
    page = make_article("名录文章", body=[("register_list", value(register="nothing"))])
    assert client.get(page.url).status_code == 200


def test_division_is_found_by_name_and_a_wrong_one_is_named():
    block = RegisterListBlock()
    block.set_name("register_list")
    assert block.clean(block.to_python(value(division="江苏省苏州市")))["division"] == "320500"
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python(value(division="苏洲市")))
    assert "苏洲市" in str(refused.value.block_errors["division"].messages)


def test_columns_of_another_register_are_refused():
    block = RegisterListBlock()
    block.set_name("register_list")
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python(value(columns=["unions.name"])))
    assert "columns" in refused.value.block_errors


def test_a_choice_not_made_is_a_dash():
    register = get_register("unions")
    union = register.model(name="示例工会", stars=None)
    assert register_rows.cell(register, register.by_key["stars"], union) == "—"
    union.stars = 3
    assert register_rows.cell(register, register.by_key["stars"], union) == "★★★"
