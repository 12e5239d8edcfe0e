"""Laws of filters: the answers agree with going through all that words may mean."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embargo_monitor.errors import InvalidValueError, UnknownNameError
from embargo_monitor.model.claims import MentionIs
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.goods import Item, Nature
from embargo_monitor.model.vocabulary import MentionRole
from embargo_monitor.model.when import When
from embargo_monitor.query import matching
from embargo_monitor.query.filters import Filters

FIRST = date(2025, 12, 1)
SPANS = st.tuples(st.integers(0, 12), st.integers(0, 4))


def answer(told, **asked):
    found = matching.ordered(matching.each_event(told, Filters(**asked)))
    return found[0].certainty.name if found else "NO"


def brute(completions, holds):
    """YES iff every completion matches, NO iff none does."""
    answers = {holds(one) for one in completions}
    return "MAYBE" if len(answers) == 2 else {True: "YES", False: "NO"}[answers.pop()]


def _days(span):
    start, length = span
    return [FIRST + timedelta(days=start + day) for day in range(length + 1)]


def _date(span):
    days = _days(span)
    return ImpreciseDate.between(days[0], days[-1])


def _happened(tell, span, id_="c"):
    return tell.stage("agreed", id_, when=When(_date(span)))


@given(SPANS, SPANS)
def test_dates_agree_with_every_day_that_they_may_mean(tell, span, window):
    wanted = brute(_days(span), lambda day: day in _days(window))
    told = tell.told(_happened(tell, span))
    days = _days(window)
    assert answer(told, happened=f"{days[0]}/{days[-1]}") == wanted


@given(st.lists(SPANS, min_size=2, max_size=3), SPANS)
def test_several_dates_agree_with_every_combination(tell, spans, window):
    days = _days(window)
    claims = [_happened(tell, span, f"c{nth}") for nth, span in enumerate(spans)]
    single = [brute(_days(span), lambda day: day in days) for span in spans]
    wanted = next(one for one in ("YES", "MAYBE", "NO") if one in single)
    for order in (claims, claims[::-1]):
        told = tell.told(*order)
        assert answer(told, happened=f"{days[0]}/{days[-1]}") == wanted


@given(SPANS, SPANS, st.integers(0, 3), st.integers(0, 3))
def test_a_vaguer_date_never_loses_a_possible_match(tell, span, window, before, after):
    days = _days(window)
    asked = f"{days[0]}/{days[-1]}"
    vaguer = (span[0] - before, span[1] + before + after)
    if answer(tell.told(_happened(tell, span)), happened=asked) != "NO":
        assert answer(tell.told(_happened(tell, vaguer)), happened=asked) != "NO"


BOUNDS = ("", "at least ", "at most ", "more than ", "less than ")
FIGURES = st.one_of(
    st.tuples(st.sampled_from(BOUNDS), st.integers(1, 8)).map(
        lambda one: f"{one[0]}{one[1]}"
    ),
    st.tuples(st.integers(0, 8), st.integers(1, 4)).map(
        lambda one: f"{one[0]} to {one[0] + one[1]}"
    ),
)
GRID = [Fraction(n, 4) for n in range(80)]


def _allows(figure, number):
    """Whether a figure in words allows a number, read here without the library."""
    words = figure.split()
    if "to" in words:
        return int(words[0]) <= number <= int(words[2])
    end = int(words[-1])
    return {
        "": number == end,
        "at least": number >= end,
        "at most": number <= end,
        "more than": number > end,
        "less than": number < end,
    }[" ".join(words[:-1])]


@given(FIGURES, FIGURES)
def test_figures_agree_with_every_number_that_they_may_be(tell, told, asked):
    numbers = [one for one in GRID if _allows(told, one)]
    wanted = brute(numbers, lambda number: _allows(asked, number))
    assert answer(tell.told(tell.value(f"{told} USD")), value=f"{asked} USD") == wanted


@given(st.integers(0, 6), st.integers(1, 3), st.integers(0, 2), FIGURES)
def test_a_wider_figure_never_loses_a_possible_match(tell, low, size, more, asked):
    low, high = low + 2, low + 2 + size
    narrow, wide = f"{low} to {high} USD", f"{low - 2} to {high + more} USD"
    if answer(tell.told(tell.value(narrow)), value=f"{asked} USD") != "NO":
        assert answer(tell.told(tell.value(wide)), value=f"{asked} USD") != "NO"


@given(
    st.sampled_from(Nature),
    st.sampled_from(Nature),
    st.lists(st.sampled_from(Nature), max_size=2),
)
def test_a_mention_never_changes_an_answer_on_goods(tell, asked, named, told):
    goods = [tell.goods(nature.value, f"g{n}") for n, nature in enumerate(told)]
    mention = tell.claim(
        MentionIs,
        "m",
        items=(Item("things", named),),
        as_=MentionRole.HOPED_FOR,
    )
    for claims in ([*goods, mention], [mention, *goods]):
        with_, without = tell.told(*claims), tell.told(tell.stage("agreed"), *goods)
        assert answer(with_, nature=asked) == answer(without, nature=asked)


@given(st.permutations(range(5)))
def test_the_order_of_claims_does_not_matter(tell, order):
    claims = [
        tell.party("supplier", "pk", "a"),
        tell.party("recipient", "bare-lna", "b"),
        tell.stage("signed", "c"),
        tell.value("about 4 USD", "d"),
        tell.goods("arms", "e"),
    ]
    told = tell.told(*(claims[at] for at in order))
    assert answer(told, supplier="PK", stage_at_least="agreed") == "YES"
    assert answer(told, recipient="lna", value="4 to 9 USD") == "MAYBE"
    assert answer(told, nature="fuel") == "NO"


TRICKS = (
    "%",
    "_______",
    "LIKE '%'",
    ".*",
    "(a+)+$",
    "[A-Z]",
    "' OR 1=1 --",
    '"; DROP TABLE entry; --',
    "<b>Acme</b>",
    "<script>alert(1)</script>",
    "Acme*",
    "Acme%",
    "\\",
    "{0}",
)
NAMES = ("supplier", "recipient", "party", "actor", "source", "origin", "destination")


@pytest.mark.parametrize("trick", TRICKS)
@pytest.mark.parametrize("name", [*NAMES, "regime", "relevance"])
def test_what_is_no_name_is_never_taken_for_a_pattern(tell, name, trick):
    told = tell.told(tell.party("supplier", "acme"))
    # "Acme*" is folded to "acme", which is nobody's whole name either.
    with pytest.raises(UnknownNameError):
        answer(told, **{name: trick})


@pytest.mark.parametrize("trick", TRICKS)
@pytest.mark.parametrize(
    "name",
    [
        "nature",
        "category",
        "stage",
        "stage_at_least",
        "happened",
        "said",
        "published",
        "recorded",
        "value",
        "reliability",
        "credibility",
        "language",
    ],
)
def test_what_is_no_value_is_refused(name, trick):
    with pytest.raises(InvalidValueError):
        Filters(**{name: trick})


@pytest.mark.parametrize("trick", TRICKS)
def test_text_is_looked_for_letter_by_letter(tell, trick):
    told = tell.told(tell.party("supplier", "acme"))
    if not any(char.isalnum() for char in trick):
        with pytest.raises(InvalidValueError):
            Filters(text=trick)
    else:
        # Only the letters count: "acme" and "a" stand in the claim, as what they are.
        found = trick in ("Acme*", "Acme%", "(a+)+$")
        assert answer(told, text=trick) == ("YES" if found else "NO")
    assert answer(told, not_assessed_by=trick) == "YES"
