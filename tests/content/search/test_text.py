"""How texts become index words, and queries phrases."""

from hypothesis import given
from hypothesis import strategies as st

from content.search import text


def test_han_runs_become_pairs_and_a_last_character():
    assert text.words("疗休养基地") == ["疗休", "休养", "养基", "基地", "地"]


def test_width_case_tone_marks_and_middle_dots_do_not_count():
    assert text.words("示例·Ａ座") == text.words("示例a座")
    assert text.words("Sū Zhōu") == ["su", "zhou"]


def test_names_are_found_by_pinyin_and_initials():
    words = text.title_words("太湖民宿")
    assert {"tai", "hu", "min", "su", "ιth", "ιhm"} <= set(words)


def test_run_together_pinyin_is_read_as_syllables():
    (choices,) = text.parse("lvyou")
    assert ("lv", "you") in [phrase.words for (phrase,) in choices]


def test_a_long_run_can_be_cut_a_short_one_not():
    assert text.can_be_cut("苏州民宿")
    assert not text.can_be_cut("疗休养")
    assert not text.can_be_cut("hotel 3")


@given(st.text(max_size=300))
def test_any_text_becomes_words_of_letters_and_digits(anything):
    for word in text.words(anything):
        assert word.isalnum() or text.words(word)
        assert not set(word) & set(" '\"\\:*()&|!<>")
    for choices in text.parse(anything, unfinished=True, cut=True):
        assert all(phrase.words for phrases in choices for phrase in phrases)
