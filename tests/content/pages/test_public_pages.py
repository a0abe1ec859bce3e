"""What a visitor finds: lists, filters, neighbours, metas, structured data."""

import datetime
import json
import re

import pytest

from content.core.pictures import draw
from content.pages.models import HomeHeadline, SiteSettings

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(make_article, picture):
    for number in range(1, 31):
        subject = "rating" if number % 2 else "lawyers"
        day = datetime.date(2025 + number % 2, 1, number)
        make_article(f"第{number}号稿件", subject=subject, date=day, lead=f"导语{number}", cover=picture)


def test_news_is_paged_filtered_and_cheap(client, many, django_assert_max_num_queries):
    client.get("/news/")  # cuts the pictures
    with django_assert_max_num_queries(20):
        html = client.get("/news/").content.decode()
    assert html.count('<li class="entry') == 12
    assert "共 30 条" in html
    ratings = client.get("/news/?subject=rating").content.decode()
    assert "共 15 条" in ratings
    assert "第2号稿件" not in ratings
    assert '<meta name="robots" content="noindex, follow">' in ratings
    assert "共 15 条" in client.get("/news/?year=2025").content.decode()


@pytest.mark.parametrize("query", ["page=999", "page=-1", "page=x", "subject=nothing", "year=1066", "year=二〇二六"])
def test_bad_parameters_are_ignored(client, many, query):
    assert client.get(f"/news/?{query}").status_code == 200


def test_nothing_yet_and_nothing_for_this_choice(client, news, make_article):
    assert "这里还没有发布内容" in client.get("/news/").content.decode()
    make_article("一篇稿件", subject="rating")
    assert "这个条件下没有内容" in client.get("/news/?subject=lawyers").content.decode()


def test_article_names_its_neighbours(client, make_article):
    first = make_article("甲", date=datetime.date(2026, 5, 1))
    middle = make_article("乙", date=datetime.date(2026, 5, 1))
    last = make_article("丙", date=datetime.date(2026, 5, 2))
    context = client.get(middle.url).context
    assert (context["older"].pk, context["newer"].pk) == (first.pk, last.pk)
    assert client.get(last.url).context["newer"] is None


def test_structured_data_is_valid_and_cannot_break_out(client, make_article, picture):
    page = make_article("标题</script><b>", lead="导语&", cover=picture)
    html = client.get(page.url).content.decode()
    blocks = [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)]
    kinds = {block["@type"]: block for block in blocks}
    assert kinds["NewsArticle"]["headline"] == "标题</script><b>"
    assert kinds["NewsArticle"]["datePublished"] == "2026-05-01"
    assert kinds["NewsArticle"]["image"].startswith("http")
    assert [item["name"] for item in kinds["BreadcrumbList"]["itemListElement"]] == ["首页", "新闻", "标题</script><b>"]
    assert '<meta property="og:image" content="http' in html
    assert '<meta name="ColumnName" content="评星定级">' in html


def test_pictures_have_sizes_modern_formats_and_alternative_text(client, make_article, picture):
    image = {"image": picture, "caption": "说明文字", "credit": ""}
    picture.contextual_alt_text, picture.decorative = "山坡上的民宿", False
    draw(picture)
    page = make_article("有图", cover=picture, cover_alt="封面说明", body=[("image", image)])
    html = client.get(page.url).content.decode()
    for part in ('type="image/avif"', 'type="image/webp"', 'alt="山坡上的民宿"', 'alt="封面说明"', 'loading="lazy"'):
        assert part in html, part
    assert all(
        "width=" in tag and "height=" in tag for tag in re.findall(r"<img [^>]*rendition|<img [^>]*images/[^>]*>", html)
    )
    assert "<figcaption>说明文字" in html


def test_home_shows_headlines_then_the_latest(client, home, make_article, make_base, django_assert_max_num_queries):
    chosen, other = make_article("选中的头条", lead="头条导语"), make_article("普通新闻")
    hidden = make_article("撤下的头条", live=False)
    home.headlines.add(HomeHeadline(page=hidden), HomeHeadline(page=chosen))
    home.save_revision().publish()
    make_base(1)
    make_base(2, status="applied")
    client.get("/")
    with django_assert_max_num_queries(40):
        answer = client.get("/")
    assert [page.pk for page in answer.context["headlines"]] == [chosen.pk]
    assert [page.pk for page in answer.context["latest"]] == [other.pk]
    html = answer.content.decode()
    assert "撤下的头条" not in html
    assert re.search(r"<dt>疗休养基地</dt>\s*<dd>1</dd>", html), "only published rows are counted"


def test_source_falls_back_to_the_host(client, home, make_article):
    settings = SiteSettings.for_site(home.get_site())
    settings.host_organisation = "示例市总工会"
    settings.save()
    html = client.get(make_article("原创").url).content.decode()
    assert '<meta name="ContentSource" content="示例市总工会">' in html


def test_public_pages_carry_no_inline_script_or_style(client, home, make_article):
    for address in ("/", "/news/", "/about/", make_article("一篇").url):
        html = client.get(address).content.decode()
        assert not re.search(r"<script(?![^>]*(src=|application/ld\+json))", html)
        assert "<style" not in html
        assert " style=" not in html


def test_a_number_in_a_table_keeps_its_digits(client, make_article):
    columns = [{"type": "text", "heading": "赛区"}, {"type": "number", "heading": "合格率"}]
    table = {
        "caption": "进度",
        "columns": columns,
        "rows": [{"values": ["示例标段", 98.6]}, {"values": ["待报", None]}],
    }
    html = client.get(make_article("表格", body=[("table", table)]).url).content.decode()
    assert '<td class="number">98.6</td>' in html
    assert '<td class="number"></td>' in html
    assert '<th scope="col" class="number">合格率</th>' in html
