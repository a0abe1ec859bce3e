"""GB/T 9704-2012, measured in the finished PDF."""

from collections import Counter
from itertools import pairwise

import pytest

from exports.bulletins import printed
from exports.bulletins.services import compile_bulletin

MM = 72 / 25.4
BODY = 15.75


@pytest.fixture
def pdf(bulletin, opened):
    return opened(compile_bulletin(bulletin).pdf)


def body_characters(page):
    return [c for c in page.chars if "Fangsong" in c["fontname"] and abs(c["size"] - BODY) < 0.1]


def lines(page):
    """Return the body lines of a page, top down: baseline → characters from left to right."""
    found = {}
    for character in body_characters(page):
        found.setdefault(round(character["bottom"], 1), []).append(character)
    return {key: sorted(found[key], key=lambda c: c["x0"]) for key in sorted(found)}


def test_pages_are_a4(pdf):
    for page in pdf.pages:
        assert (round(page.width / MM), round(page.height / MM)) == (210, 297)


def test_full_line_holds_28_characters_and_reaches_both_margins(pdf):
    counts = Counter()
    for page in pdf.pages[:2]:
        left = (28 if page.page_number % 2 else 26) * MM
        for line in lines(page).values():
            text = "".join(c["text"] for c in line)
            if line[0]["x0"] < left + 1 and len(line) >= 26 and not any(c["text"].isascii() for c in line):
                counts[len(text)] += 1
                assert line[0]["x0"] == pytest.approx(left, abs=0.3)
                assert line[-1]["x1"] == pytest.approx(left + 156 * MM, abs=1)
    assert counts.most_common(1)[0][0] == 28
    assert max(counts) == 28


def test_lines_stand_on_the_grid(pdf):
    pitches = Counter(
        round((second - first) / MM, 1) for page in pdf.pages[:2] for first, second in pairwise(lines(page))
    )
    assert pitches.most_common(1)[0][0] == 10.2


def test_a_page_of_text_has_22_lines(make_bulletin, opened):
    text = "".join(f"<p>{'工会' * 200}</p>" for _ in range(8))
    pages = opened(compile_bulletin(make_bulletin([{"type": "paragraph", "value": text}])).pdf).pages
    assert len(lines(pages[1])) == 22


def test_mixing_faces_keeps_the_baseline(make_bulletin, opened):
    text = f"<p>{'工会' * 14}<b>{'劳动' * 14}</b>{'㎡鿏' * 14}{'竞赛' * 40}</p>"
    page = opened(compile_bulletin(make_bulletin([{"type": "paragraph", "value": text}])).pdf).pages[0]
    bottoms = sorted({round(c["bottom"], 1) for c in page.chars if abs(c["size"] - BODY) < 0.1 and c["top"] > 110 * MM})
    for first, second in pairwise(bottoms):
        assert (second - first) / MM == pytest.approx(10.227, abs=0.1)


def test_page_numbers_stand_outside_below_the_text(pdf):
    for page in pdf.pages[:2]:
        number = [c for c in page.chars if c["size"] == pytest.approx(14, abs=0.1) and "Song" in c["fontname"]]
        number = [c for c in number if c["top"] > (37 + 225) * MM]
        assert "".join(c["text"] for c in number) == f"— {page.page_number} —"
        assert number[0]["top"] == pytest.approx((37 + 225 + 7) * MM, abs=2)
        if page.page_number % 2:
            assert number[-1]["x1"] == pytest.approx((210 - 26) * MM - 14, abs=2)
        else:
            assert number[0]["x0"] == pytest.approx(26 * MM + 14, abs=2)


def test_masthead_is_red_and_takes_a_third(pdf):
    page = pdf.pages[0]
    red = [c for c in page.chars if c["non_stroking_color"] == pytest.approx((0.902, 0, 0.0706), abs=0.01)]
    assert "".join(c["text"] for c in red) == "劳动竞赛简报"
    assert all("Biaosong" in c["fontname"] and c["size"] > 40 for c in red)
    rule = max((r for r in page.rects if r["width"] > 150 * MM), key=lambda r: r["bottom"])
    assert rule["non_stroking_color"] == red[0]["non_stroking_color"]
    assert rule["bottom"] / MM == pytest.approx(37 + 225 / 3, abs=5)


def test_headings_take_their_faces_and_numbers(pdf):
    def face_of(text):
        for page in pdf.pages:
            for found in page.search(text):
                return found["chars"][0]["fontname"]
        raise AssertionError(f"{text} is not printed")

    assert "Heiti" in face_of("一、总体情况")
    assert "Heiti" in face_of("二、主要做法")
    assert "Kaiti" in face_of("（一）强化组织领导")
    assert "Kaiti" in face_of("供各单位学习借鉴")
    title = [c for c in pdf.pages[0].chars if c["size"] == pytest.approx(22, abs=0.1)]
    assert "".join(c["text"] for c in title).startswith("全国能源化学地质系统引领性")
    assert all("Biaosong" in c["fontname"] for c in title)


def test_end_block_sinks_to_the_foot_of_the_last_page(pdf):
    last = pdf.pages[-1]
    copies = last.search("共印200份")[0]
    assert copies["bottom"] == pytest.approx((37 + 225) * MM, abs=8)
    assert last.search("报：示例省总工会。")


@pytest.mark.parametrize(
    ("values", "rows"),
    [
        (["16"] * 4, [4]),
        (["16"] * 5, [3, 2]),
        (["数十至千余"] * 4, [2, 2]),
        (["近二百三十万元"] * 3, [2, 1]),
        (["1"], [1]),
    ],
)
def test_figures_stand_in_even_rows_that_fit(values, rows):
    figures = [{"value": value, "unit": "亿元"} for value in values]
    assert [len(row) for row in printed.figure_rows(figures)] == rows


def test_columns_fill_the_page_and_short_ones_keep_to_a_line():
    headers, rows = ["序号", "名称", "日期"], [["1", "示例" * 12, "2023年4月10日"]]
    widths = printed.column_widths(headers, rows)
    assert 97 <= sum(widths) <= 100
    assert widths[0] < widths[2] < widths[1]
    assert widths[2] * 36 / 100 >= 7.6  # the date and its padding
    assert printed.column_widths(["甲"], []) == [100]
