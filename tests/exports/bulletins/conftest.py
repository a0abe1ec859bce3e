"""A bulletin of every block, an initiative, and what they refer to. All names are invented."""

import datetime
import io
import json

import pdfplumber
import pytest
from django.core.files.images import ImageFile
from PIL import Image as Pillow
from wagtail.images.models import Image

from content.pages.models import (
    ArticlePage,
    BulletinArticle,
    BulletinCompetition,
    BulletinPage,
    CompetitionIndexPage,
    InitiativeAppeal,
    InitiativeIndexPage,
    InitiativeIssuer,
    InitiativePage,
    NewsIndexPage,
)
from content.pages.services import create_site_tree
from content.registers.competitions import Competition

SENTENCE = "各级工会围绕重点工程组织职工开展劳动竞赛比质量比进度比创新比安全推动工程建设又好又快。"
FULL_WIDTH = f"<p>{SENTENCE * 12}</p>"


@pytest.fixture
def site_tree(db):
    return create_site_tree()


@pytest.fixture
def competition(db):
    return Competition.objects.create(
        code="JS900001",
        name="示例·某水电站工程建设劳动和技能竞赛",
        division_id="510100",
        industry="能源化学地质",
        grade="national",
        organiser="示例能源化学地质工会",
        investment="120.5",
        investment_to="180",
        starts_on=datetime.date(2023, 4, 10),
        workers=8600,
    )


@pytest.fixture
def image(db):
    picture = io.BytesIO()
    Pillow.new("RGB", (300, 150), "#446688").save(picture, "PNG")
    picture.seek(0)
    return Image.objects.create(title="示例图", file=ImageFile(picture, "demo.png"))


@pytest.fixture
def article(site_tree):
    page = ArticlePage(
        title="示例集团开展“安康杯”竞赛的做法",
        subject="competition",
        body=json.dumps([{"type": "paragraph", "value": "<p>收到建议1,286条，采纳792条。</p>"}]),
    )
    NewsIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    return page


@pytest.fixture
def make_bulletin(site_tree):
    def make(body=(), *, live=True, **fields):
        values = {
            "title": "全国能源化学地质系统引领性劳动竞赛推进会在广州召开",
            "slug": "jian-bao",
            "issue_number": 3,
            "total_number": 12,
            "issue_date": datetime.date(2026, 4, 15),
            "compiled_by": "示例市总工会",
        }
        page = BulletinPage(**(values | fields), live=live, body=json.dumps(list(body)))
        CompetitionIndexPage.objects.get().add_child(instance=page)
        revision = page.save_revision()
        if live:
            revision.publish()
        return BulletinPage.objects.get(pk=page.pk)

    return make


@pytest.fixture
def bulletin(make_bulletin, competition, image, article):
    body = [
        {"type": "heading", "value": {"text": "总体情况", "level": "h2"}},
        {"type": "paragraph", "value": FULL_WIDTH + "<p>完成浇筑12,345.6立方米、绿化300㎡，比计划提前37天。</p>"},
        {
            "type": "figures",
            "value": {"title": "竞赛成果", "items": [{"label": "竞赛", "value": "16", "unit": "项", "note": "示例"}]},
        },
        {"type": "heading", "value": {"text": "主要做法", "level": "h2"}},
        {"type": "heading", "value": {"text": "强化组织领导", "level": "h3"}},
        {
            "type": "image",
            "value": {
                "image": {"image": image.pk, "alt_text": "竞赛现场示意", "decorative": False},
                "caption": "竞赛现场",
                "credit": "",
            },
        },
        {"type": "quote", "value": {"text": "竞赛是比出来的。", "attribution": "示例职工"}},
        {
            "type": "table",
            "value": {
                "caption": "各标段进度",
                "columns": [{"type": "text", "heading": "标段"}, {"type": "number", "heading": "完成"}],
                "rows": [{"values": ["示例一标段", "86"]}],
            },
        },
        {"type": "register_list", "value": {"register": "competitions", "title": "竞赛名单", "limit": 5}},
    ]
    page = make_bulletin(body, editor_note="供各单位学习借鉴。", report_to="示例省总工会", copies=200)
    page.competitions.add(BulletinCompetition(competition=competition))
    page.articles.add(BulletinArticle(article=article))
    page.save_revision().publish()
    return BulletinPage.objects.get(pk=page.pk)


@pytest.fixture
def initiative(site_tree):
    page = InitiativePage(
        title="致非公有制企业企业家的倡议书",
        slug="chang-yi",
        salutation="广大企业家朋友们",
        preamble="示例前言。",
        closing="示例结尾。",
        issue_date=datetime.date(2023, 4, 12),
    )
    page.appeals.add(InitiativeAppeal(heading="做改革的推动者", text="示例文字。"))
    for name in ("示例总工会", "示例企业联合会/示例企业家协会"):
        page.issuers.add(InitiativeIssuer(name=name))
    InitiativeIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    return InitiativePage.objects.get(pk=page.pk)


@pytest.fixture
def opened():
    """Open the bytes of a PDF with pdfplumber; closed after the test."""
    documents = []

    def open_pdf(pdf):
        documents.append(pdfplumber.open(io.BytesIO(pdf)))
        return documents[-1]

    yield open_pdf
    for document in documents:
        document.close()
