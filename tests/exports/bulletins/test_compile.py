"""What a compiled PDF holds."""

import io
import re
import subprocess

import pikepdf
import pytest
from wagtail.models import PageViewRestriction

from content.pages.models import BulletinCompetition, BulletinPage, SiteSettings
from content.registers.competitions import Competition
from exports.bulletins.errors import MissingGlyphs
from exports.bulletins.services import compile_bulletin


def text_of(opened, pdf):
    return re.sub(r"\s", "", "".join(page.extract_text() for page in opened(pdf).pages))


def test_text_can_be_taken_out(bulletin, opened):
    compiled = compile_bulletin(bulletin)
    text = text_of(opened, compiled.pdf)
    for words in (
        "第3期（总第12期）",
        "2026年4月15日",
        "【编者按】供各单位学习借鉴。",
        "12,345.6立方米、绿化300㎡",
        "16项",
        "竞赛现场",
        "——示例职工",
        "各标段进度",
        "120.5–180",
        "8600",
        "竞赛名单",
        "收到建议1,286条",
        "本期目录",
        "共印200份",
    ):
        assert words in text, words
    assert (compiled.number, compiled.file_name) == ("第3期（总第12期）", "劳动竞赛简报2026年第3期.pdf")
    assert compiled.pages == len(opened(compiled.pdf).pages)


def test_fonts_are_embedded(bulletin, tmp_path):
    (tmp_path / "b.pdf").write_bytes(compile_bulletin(bulletin).pdf)
    table = subprocess.run(["pdffonts", tmp_path / "b.pdf"], capture_output=True, text=True, check=True).stdout
    rows = table.splitlines()[2:]
    assert {re.split(r"[+\s]", row)[1] for row in rows} == {
        f"Xinghui-{face}" for face in ("Fangsong", "Heiti", "Kaiti", "Biaosong", "Song")
    }
    assert all(re.search(r"\byes yes yes\b", row) for row in rows)


def test_document_is_tagged_titled_and_has_bookmarks(bulletin):
    with pikepdf.open(io.BytesIO(compile_bulletin(bulletin).pdf)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "zh-CN"
        assert str(pdf.docinfo.Title).startswith("劳动竞赛简报第3期（总第12期）：全国能源")
        assert str(pdf.docinfo.Author) == "示例市总工会"
        assert 'pdfuaid:part="1"' in str(pdf.Root.Metadata.read_bytes()) or b"pdfuaid" in pdf.Root.Metadata.read_bytes()
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
            assert [child.title for child in outline.root[0].children] == ["一、总体情况", "二、主要做法"]
    assert titles == [bulletin.title, "示例集团开展“安康杯”竞赛的做法"]


def test_same_page_gives_the_same_bytes(bulletin):
    assert compile_bulletin(bulletin).sha256 == compile_bulletin(bulletin).sha256


def test_revision_prints_as_it_was(make_bulletin, opened):
    page = make_bulletin(title="甲标题")
    first = page.latest_revision
    page.title = "乙标题"
    page.save_revision().publish()
    page = BulletinPage.objects.get(pk=page.pk)
    assert "乙标题" in text_of(opened, compile_bulletin(page).pdf)
    assert "甲标题" in text_of(opened, compile_bulletin(page, revision=first).pdf)


def test_only_what_the_public_may_read_is_collected(bulletin, article, competition, opened):
    competition.status = "applied"
    competition.save()
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    text = text_of(opened, compile_bulletin(bulletin).pdf)
    assert "收到建议" not in text
    assert "示例能源化学地质工会" not in text


def test_authors_numbers_stay(make_bulletin, opened):
    headings = [{"type": "heading", "value": {"text": text, "level": "h2"}} for text in ("一、甲项", "二、乙项")]
    text = text_of(opened, compile_bulletin(make_bulletin(headings)).pdf)
    assert "一、甲项" in text
    assert "一、一、" not in text


def test_initiative_prints_appeals_issuers_and_date(initiative, opened):
    compiled = compile_bulletin(initiative)
    text = text_of(opened, compiled.pdf)
    assert "广大企业家朋友们：" in text
    assert "——做改革的推动者。示例文字。" in text
    assert (
        text.index("示例总工会")
        < text.index("示例企业联合会")
        < text.index("示例企业家协会")
        < text.index("2023年4月12日")
    )
    assert compiled.file_name == "致非公有制企业企业家的倡议书.pdf"


def test_rare_name_characters_print(make_bulletin, opened):
    text = text_of(opened, compile_bulletin(make_bulletin(editor_note="示例人名：镕、堃、喆、鿏、𬭎。")).pdf)
    assert "镕、堃、喆、鿏、𬭎" in text


def test_missing_glyph_is_named(make_bulletin):
    with pytest.raises(MissingGlyphs) as raised:
        compile_bulletin(make_bulletin(editor_note="这个字\U0001f7f0和\U000e0101印不出。"))
    assert raised.value.characters[0] == "\U0001f7f0"
    assert "U+1F7F0" in str(raised.value)
    assert "字体缺少" in str(raised.value)


def test_numbers_print_as_they_were_typed(make_bulletin, opened):
    table = {"columns": [{"type": "number", "heading": "合格率"}], "rows": [{"values": [98.9]}, {"values": ["100"]}]}
    text = text_of(opened, compile_bulletin(make_bulletin([{"type": "table", "value": table}])).pdf)
    assert "合格率98.9100" in text


def test_many_competitions_share_one_table(make_bulletin, competition, opened):
    page = make_bulletin()
    for number in range(4):
        other = Competition.objects.create(
            code=f"JS{number}", name=f"示例竞赛{number}", division_id="510100", workers=10
        )
        page.competitions.add(BulletinCompetition(competition=other))
    text = text_of(opened, compile_bulletin(page).pdf)
    assert "竞赛基本情况" in text
    assert text.count("示例竞赛") == 4


def test_host_organisation_stands_in_for_an_empty_compiler(make_bulletin, site_tree, opened):
    SiteSettings.objects.create(site=site_tree.get_site(), host_organisation="示例主办总工会")
    assert "示例主办总工会" in text_of(opened, compile_bulletin(make_bulletin(compiled_by="")).pdf)
