import random

import pytest

from exports.imports.marks import Marks


@pytest.mark.parametrize("most", [0, 7, 1_000])
def test_it_is_a_dictionary_however_much_it_holds_in_memory(most):
    draw = random.Random(most)
    marks, known = Marks(most), {}
    for number in range(1, 500):
        mark = draw.choice((hash(str(draw.random())), draw.randrange(40), -draw.randrange(1, 40)))
        what = draw.randrange(4)
        if what == 0:
            marks[mark] = known[mark] = number
        elif what == 1:
            marks.pop(mark)
            known.pop(mark, None)
        else:
            assert marks.setdefault(mark, number) == known.setdefault(mark, number)
        assert marks.get(mark) == known.get(mark)
    assert dict(marks.items()) == known


@pytest.mark.parametrize("most", [0, 70, 10_000])
def test_many_marks_are_noted_at_once(most):
    draw = random.Random(most)
    marks, known = Marks(most), {}
    for number in range(1, 500, 10):
        some = [draw.choice((hash(str(draw.random())), draw.randrange(200))) for _mark in range(10)]
        numbers = list(range(number, number + 10))
        assert marks.first(some, numbers) == [known.setdefault(*pair) for pair in zip(some, numbers, strict=True)]
    assert dict(marks.items()) == known
