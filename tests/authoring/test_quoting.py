"""Quoted words have one place in a text, or are refused with help."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from embargo_monitor.authoring.faults import QuoteFault
from embargo_monitor.authoring.quoting import Spot, locate, paragraph_of

FEW_LETTERS = st.text("ab \n", max_size=30)
FEW_WORDS = st.lists(st.sampled_from(["a", "b", "ab", "c"]), max_size=8)


def refused(text, words, nth=0):
    with pytest.raises(QuoteFault) as fault:
        locate(text, words, nth)
    # The isolates around the context are for the eye alone.
    return re.sub("[\u2068\u2069]", "", str(fault.value))


def places(text, words):
    return [at for at in range(len(text)) if text.startswith(words, at)]


def test_words_that_stand_once_are_found_in_code_points():
    text = "صفقة 🚚 أسلحة"
    assert locate(text, "أسلحة") == Spot(7, 12)
    assert text[7:12] == "أسلحة"


def test_words_that_stand_several_times_are_refused_with_every_place_and_its_context():
    text = "ten trucks\nand ten more; of the ten, two"
    assert refused(text, "ten").splitlines() == [
        "the words stand 3 times: say which (nth), or quote more",
        "    1. at 0, paragraph 1: ⟦ten⟧ trucks and ten more; of",
        "    2. at 15, paragraph 2: ten trucks and ⟦ten⟧ more; of the ten, two",
        "    3. at 32, paragraph 2: ks and ten more; of the ⟦ten⟧, two",
    ]


def test_the_context_is_isolated_whatever_script_it_is_in():
    with pytest.raises(QuoteFault, match="1: \u2068من ⟦حفتر⟧ و حفتر\u2069"):
        locate("من حفتر و حفتر", "حفتر")


def test_nth_picks_one_of_several():
    assert locate("ten and ten", "ten", nth=1) == Spot(0, 3)
    assert locate("ten and ten", "ten", nth=2) == Spot(8, 11)
    assert locate("ten", "ten", nth=1) == Spot(0, 3)


@pytest.mark.parametrize("nth", [3, -1])
def test_nth_beyond_those_there_are_is_refused_with_every_place(nth):
    told = refused("ten and ten", "ten", nth)
    assert told.startswith(f"nth must be from 1 to 2, got {nth}\n")
    assert "\n    2. at 8, paragraph 1: ten and ⟦ten⟧" in told


def test_of_very_many_places_twenty_are_shown_and_the_others_counted():
    lines = refused("a " * 25, "a").splitlines()
    assert len(lines) == 1 + 20 + 1
    assert lines[-1] == "    and 5 more"


def test_no_words_have_no_place():
    assert refused("ten trucks", "") == "the words must not be empty"


def test_missing_words_are_refused_with_the_longest_run_that_stands_there():
    text = "A pilot saw\nten new trucks on Monday, and ten old trucks"
    assert refused(text, "saw ten new lorries on Monday").splitlines() == [
        "the words stand nowhere in the exhibit: 'saw ten new lorries on Monday'",
        "  nearest, 2 of 6 words in a row:",
        "    1. at 12, paragraph 2: A pilot saw ⟦ten new⟧ trucks on Monday, and t",
    ]


def test_every_place_of_the_nearest_run_is_shown():
    told = refused("ten trucks, ten cars", "ten lorries")
    assert "1. at 0" in told
    assert "2. at 12" in told


def test_missing_words_with_nothing_like_them_are_refused_without_a_place():
    assert refused("ten trucks", "onze blindés") == (
        "the words stand nowhere in the exhibit: 'onze blindés'"
    )


def test_plain_quotation_marks_are_not_taken_for_the_printed_ones():
    told = refused("قال إن “الجيش الوطني” وصل", 'إن "الجيش الوطني" وصل')
    assert "nearest, 1 of 4 words in a row" in told


def test_a_long_text_quoted_wrongly_is_refused_soon():
    """Where it took the square of its length, nobody would wait for the answer."""
    words = " ".join(f"word{n}" for n in range(4_000))
    told = refused(words.replace("word1999 ", "WORD "), words)
    assert "nearest, 2000 of 4000 words in a row" in told


def test_what_an_exhibit_hides_is_escaped_where_its_context_is_shown():
    text = "ten\x1b[31m \u202egnihton ten"
    told = refused(text, "ten")
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "⟦ten⟧\\x1b[31m \\u202egnihton ten" in told


@pytest.mark.parametrize(("start", "paragraph"), [(0, 1), (3, 1), (4, 2), (5, 3)])
def test_a_paragraph_is_a_line(start, paragraph):
    assert paragraph_of("one\n\nthree", Spot(start, start + 1)) == paragraph


@given(FEW_LETTERS, st.text("ab \n", min_size=1, max_size=4))
@example("aaa", "aa")
def test_words_have_the_place_where_they_stand_or_as_many_as_they_have(text, words):
    found = places(text, words)
    if len(found) == 1:
        assert locate(text, words) == Spot(found[0], found[0] + len(words))
    else:
        told = refused(text, words)
        count = f"stand {len(found)} times" if found else "stand nowhere"
        assert count in told
    for nth, at in enumerate(found, 1):
        assert locate(text, words, nth) == Spot(at, at + len(words))


@given(FEW_WORDS, FEW_WORDS.filter(bool))
def test_the_run_that_is_shown_is_the_first_of_the_longest(text, words):
    shown, whole = " ".join(text), " ".join(words)
    if whole in shown:
        return
    runs = [
        (first - end, first)
        for first in range(len(words))
        for end in range(first + 1, len(words) + 1)
        if " ".join(words[first:end]) in shown
    ]
    told = refused(shown, whole)
    if not runs:
        assert "nearest" not in told
        return
    length, first = min(runs)
    assert f"nearest, {-length} of {len(words)} words in a row" in told
    assert f"⟦{' '.join(words[first : first - length])}⟧" in told


# --- in a form


@pytest.fixture
def two_texts(form, files):
    """The form, with a second text and a picture beside the first."""
    files["other.txt"] = b"ten trucks were seen"
    files["a.png"] = b"\x89PNG\xff"
    exhibits = form["document"]["exhibits"]
    exhibits["other"] = {"file": "other.txt"}
    exhibits["image"] = {"file": "a.png", "media_type": "image/png"}
    return form


def test_a_quote_keeps_its_place_and_not_its_words(claims):
    quote = {"words": "ten trucks", "nth": 2, "page": "4", "paragraph": "12"}
    more = {"annex": "B", "time_code": "00:01"}
    [claim] = claims({"stage": "agreed", "quote": {**quote, **more}}).values()
    place = claim.quote
    assert (place.exhibit, place.start, place.end) == ("text", 116, 126)
    assert (place.page, place.paragraph, place.annex) == ("4", "12", "B")
    assert place.time_code == "00:01"


def test_the_place_of_a_quote_is_told(authored):
    assert "claims.c1.quote: code points 62 to 87 of text, paragraph 2" in map(
        str, authored().filled
    )


def test_a_quote_is_refused_at_the_path_of_its_row(row_faults):
    [fault] = row_faults({"stage": "agreed"}, {"stage": "agreed", "quote": "trucks"})
    assert fault.startswith("$.claims[1]: the words stand 2 times: say which (nth)")


@pytest.mark.usefixtures("two_texts")
def test_among_several_texts_a_quote_says_which(claims, row_faults):
    [fault] = row_faults({"stage": "agreed", "quote": "ten trucks"})
    assert fault == "$.claims[0]: exhibit must be one of text, other, got ''"
    quote = {"words": "ten trucks", "exhibit": "other"}
    [claim] = claims({"stage": "agreed", "quote": quote}).values()
    assert (claim.quote.exhibit, claim.quote.start) == ("other", 0)


@pytest.mark.usefixtures("two_texts")
@pytest.mark.parametrize("exhibit", ["image", "othr"])
def test_a_quote_of_what_is_no_text_of_the_report_is_refused(row_faults, exhibit):
    quote = {"words": "ten trucks", "exhibit": exhibit}
    [fault] = row_faults({"stage": "agreed", "quote": quote})
    assert fault == f"$.claims[0]: exhibit must be one of text, other, got '{exhibit}'"


def test_without_a_text_nothing_can_be_quoted(form, row_faults):
    del form["document"]["exhibits"]
    [fault] = row_faults({"stage": "agreed", "quote": "ten trucks"})
    assert "exhibit must be one of no exhibits with text" in fault


def test_a_quote_of_an_exhibit_with_a_fault_is_not_a_fault_of_its_own(form, row_faults):
    form["document"]["exhibits"]["text"]["file"] = "missing.txt"
    wanted = {"rule": "month-before@1", "wording": "last month"}
    faults = row_faults({"stage": "agreed", "quote": "eleven", "when": wanted})
    assert [fault.split(": ")[0] for fault in faults] == ["$.document.exhibits.text"]
