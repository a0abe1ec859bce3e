"""Makers of register rows. All names are invented."""

from collections.abc import Callable
from itertools import count

import pytest
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from content.registers.bases import Base
from content.registers.points import Point
from content.registers.ratings import Rating
from content.registers.unions import Union


def _maker(model, **usual) -> Callable:
    numbers = count(1)

    def make(name: str = "", **fields):
        number = next(numbers)
        row = {key: value(number) if callable(value) else value for key, value in usual.items()} | fields
        return model.objects.create(**row, **({"name": name or f"示例{number}号"} if name is not None else {}))

    return make


@pytest.fixture
def make_base(db: None) -> Callable[..., Base]:
    return _maker(Base, code=lambda n: f"JD{n:04}", division_id="320506", kind="homestay")


@pytest.fixture
def make_point(db: None) -> Callable[..., Point]:
    return _maker(Point, code=lambda n: f"HD{n:04}", division_id="320506")


@pytest.fixture
def make_union(db: None) -> Callable[..., Union]:
    return _maker(Union, code=lambda n: f"GH{n:04}", division_id="510104")


@pytest.fixture
def make_rating(db: None) -> Callable[..., Rating]:
    maker = _maker(Rating, year=2023, stars=3)
    return lambda union, **fields: maker(None, union=union, division_id=union.division_id, **fields)


@pytest.fixture
def make_picture(db: None) -> Callable:
    """Return a maker of small plain pictures."""
    numbers = count(1)
    return lambda: get_image_model().objects.create(
        title="示例图片", file=get_test_image_file(filename=f"example-{next(numbers)}.png")
    )
