"""The place of quoted words: exactly one, or a refusal that helps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embargo_monitor.authoring.quoting import QuoteFault, Spot, locate, paragraph_of

TEXT = "The first deal was a deal of arms.\nThe second deal was no deal at all."


def test_words_that_stand_once_are_found():
    assert locate(TEXT, "a deal of arms") == Spot(19, 33)


def test_words_that_stand_twice_are_refused_with_every_place_and_its_context():
    with pytest.raises(QuoteFault) as refused:
        locate(TEXT, "deal was")
    said, first, second = str(refused.value).split("\n")
    assert said == "the words stand 2 times: say which (nth), or quote more"
    assert first.strip() == (
        "1. at 10, paragraph 1:"
        " \u2068The first ⟦deal was⟧ a deal of arms. The sec\u2069"
    )
    assert second.strip() == (
        "2. at 46, paragraph 2:"
        " \u2068eal of arms. The second ⟦deal was⟧ no deal at all.\u2069"
    )


def test_nth_picks_one_of_several():
    assert locate(TEXT, "deal was", nth=2) == Spot(46, 54)


def test_an_nth_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(
        QuoteFault, match=r"nth must be at most 2, got 3\n    1\. at 10"
    ):
        locate(TEXT, "deal was", nth=3)


def test_more_places_than_a_person_reads_are_counted():
    with pytest.raises(QuoteFault, match=r"stand 9 times(.|\n)*and 4 more"):
        locate("a " * 9, "a")


def test_words_that_stand_nowhere_name_their_longest_run_that_does():
    with pytest.raises(QuoteFault) as refused:
        locate(TEXT, "The second deal was one deal")
    assert "the words stand nowhere in the exhibit" in str(refused.value)
    assert "nearest, 4 of 6 words in a row:" in str(refused.value)
    assert "⟦The second deal was⟧" in str(refused.value)


def test_words_of_which_none_stands_there_are_refused_alone():
    with pytest.raises(QuoteFault) as refused:
        locate(TEXT, "nothing alike")
    assert str(refused.value) == (
        "the words stand nowhere in the exhibit: 'nothing alike'"
    )


def test_no_words_are_no_quote():
    with pytest.raises(QuoteFault, match="must not be empty"):
        locate(TEXT, "")


def test_one_letter_of_another_form_is_another_word():
    with pytest.raises(QuoteFault):
        locate("أسلحة", "اسلحة")


def test_overlapping_places_are_all_told():
    with pytest.raises(QuoteFault, match="stand 2 times"):
        locate("aaa", "aa")


@pytest.mark.parametrize(("start", "number"), [(0, 1), (34, 1), (35, 2), (70, 2)])
def test_paragraphs_are_counted_from_one(start, number):
    assert paragraph_of(TEXT, Spot(start, start + 1)) == number


@given(st.text(), st.text(min_size=1), st.text())
def test_what_is_found_are_the_words(before, words, after):
    text = before + words + after
    try:
        spot = locate(text, words)
    except QuoteFault:
        assert text.count(words) > 1 or (words in text[1:] and words in text[:-1])
    else:
        assert text[spot.start : spot.end] == words
