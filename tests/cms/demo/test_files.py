"""The shipped spreadsheets and pictures: made by our own scripts, plainly invented, within their weight."""

import csv
import io
import zipfile
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from PIL import Image
from stdnum.cn import uscc

from cms.demo import make_files, make_pictures, stories
from cms.demo.truth.bases import bases
from cms.demo.truth.competitions import competitions
from cms.demo.truth.invented import MARK
from cms.demo.truth.points import points
from cms.demo.truth.ratings import ratings
from cms.demo.truth.unions import unions

DATA = Path(make_files.__file__).parent / "data"


def content(path: Path) -> object:
    """What a file says, whatever compression library packed it."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in sorted(archive.namelist())}


def test_the_script_makes_the_shipped_files_again(tmp_path):
    made = make_files.make_files(tmp_path)
    assert sorted(path.name for path in made) == sorted(path.name for path in make_files.FOLDER.iterdir())
    for path in made:
        assert content(path) == content(make_files.FOLDER / path.name), path.name


def test_a_picture_is_drawn_the_same_again():
    drawn = make_pictures.draw_base("wellness", 1)
    shipped = Image.open(make_pictures.FOLDER / "base-wellness-1.jpg").convert("RGB").resize((64, 36))
    again = Image.open(io.BytesIO(drawn)).convert("RGB").resize((64, 36))
    apart = [abs(a - b) for a, b in zip(shipped.tobytes(), again.tobytes(), strict=True)]
    assert max(apart) <= 8


def test_every_picture_is_there_described_and_light():
    files = {path.stem: path for path in make_pictures.FOLDER.iterdir()}
    alternatives = make_pictures.alternatives()
    assert files.keys() == alternatives.keys()
    assert all(path.stat().st_size <= 150 * 1024 for path in files.values())
    assert all(len(alt) > 10 for alt in alternatives.values())
    used = {article["cover"] for article in stories.articles().values()}
    assert len(used) == len(stories.articles()), "every article has a cover of its own"


def test_the_demo_is_no_heavy_load():
    assert sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file()) <= 6 * 1024**2


def test_every_unit_and_person_is_marked_and_every_code_valid():
    every_base, every_union = bases(), unions()
    named = [base.name for base in every_base] + [base.manager for base in every_base]
    named += [base.booking_contact for base in every_base]
    named += [name for point in points(every_base) for name in (point.name, point.contact)]
    named += [name for u in every_union for name in (u.name, u.unit_name, u.chair, u.contact)]
    named += [name for c in competitions() for name in (c.name, c.organiser, c.project)]
    assert not [name for name in named if not name.startswith(MARK)]
    codes = [base.credit_code for base in every_base]
    codes += [code for union in every_union for code in (union.credit_code, union.unit_code)]
    assert all(uscc.is_valid(code) for code in codes)
    assert len({union.credit_code for union in every_union}) == len(every_union)


def test_phones_are_of_blocks_that_nobody_has():
    numbers = [number for base in bases() for number in [base.manager_phone, *base.booking_phones]]
    numbers += [number for union in unions() for number in (union.chair_phone, union.contact_phone)]
    assert all(number.startswith("1380000") or number.split("-")[1].startswith("000") for number in numbers)


def test_bases_lie_in_their_counties():
    every_base = bases()
    assert len(every_base) == 120
    assert len({base.city.name for base in every_base}) == 32
    assert len({base.city.province for base in every_base}) == 10
    for base in every_base:
        assert abs(base.longitude - base.district.longitude) < 0.1
        assert abs(base.latitude - base.district.latitude) < 0.1


def test_texts_do_not_repeat():
    introductions = Counter(base.introduction for base in bases())
    assert max(introductions.values()) == 1


def test_stars_are_spread_as_in_the_published_figures():
    awarded = [rating.stars for rating in ratings(unions()) if rating.stars]
    assert len(awarded) >= 900
    assert sum(stars >= 3 for stars in awarded) / len(awarded) == pytest.approx(6726 / 23423, abs=0.01)
    assert sum(stars >= 4 for stars in awarded) / len(awarded) == pytest.approx(869 / 23423, abs=0.005)


def test_each_star_is_decided_where_it_must_be():
    for rating in ratings(unions()):
        if rating.stars in (4, 5):
            assert rating.final_reviewer == "成都市总工会（示例）"
        elif rating.stars in (2, 3):
            assert rating.final_reviewer == f"{rating.union.district}总工会（示例）"
        elif rating.stars == 1 and rating.union.parent:
            assert rating.final_reviewer == rating.union.parent


def test_the_csv_files_are_gb18030_and_nothing_else():
    for path in make_files.FOLDER.glob("*.csv"):
        raw = path.read_bytes()
        with pytest.raises(UnicodeDecodeError):
            raw.decode("utf-8")
        rows = list(csv.reader(io.StringIO(raw.decode("gb18030"))))
        assert len({len(row) for row in rows}) == 1


def test_articles_are_of_all_subjects_and_of_length():
    articles = stories.articles()
    subjects = Counter(article["subject"] for article in articles.values())
    assert set(subjects) == {"rating", "initiative", "competition", "mutual-aid", "recuperation", "security", "lawyers"}
    assert min(subjects.values()) >= 2
    for slug, article in articles.items():
        assert 400 <= len(_words(article["body"])) <= 900, slug
        assert MARK in article["author"]


def _words(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return "".join(_words(v) for k, v in value.items() if k not in ("register", "filters", "columns", "picture"))
    return "".join(_words(item) for item in value) if isinstance(value, list) else ""


def test_two_decks_of_one_seed_deal_alike():
    from cms.demo.truth.deck import Deck

    one, other = (Deck(Random(5), "甲乙丙丁") for _ in range(2))
    dealt = [one.deal() for _ in range(8)]
    assert dealt == [other.deal() for _ in range(8)]
    assert sorted(dealt[:4]) == sorted("甲乙丙丁")
