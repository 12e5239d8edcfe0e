"""Dates with their words: what a rule counts from, and what an inference owes."""

import pytest

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.quotes import Quote, Translation, Translator
from embargo_monitor.model.rules import RULES, Rule
from embargo_monitor.model.stances import Known
from embargo_monitor.model.when import Anchor, AnchorKind, When

DAY = ImpreciseDate("2025-12-23")
PUBLISHED = Anchor(AnchorKind.PUBLISHED)
SAID = Anchor(AnchorKind.SAID)
TUESDAY = Rule("weekday-before@1", "tuesday")
AFTER = Rule("after@1")
READING = Rule("reading@1")
LUNAR = Rule("hijri-lunar@1", "1447-07-03")
READ = ImpreciseDate("2025-12-22?")
QUOTE = Quote("text", start=0, end=4)
TRANSLATION = Translation("last week", language="en", method=Translator.PERSON, by="a")


@pytest.mark.parametrize(
    ("anchor", "words"),
    [
        (PUBLISHED, "publication"),
        (Anchor(AnchorKind.WRITTEN), "writing"),
        (SAID, "the saying"),
        (Anchor(AnchorKind.CLAIM, claim="visit"), "the date of claim visit"),
        (Anchor(AnchorKind.DAY, day=DAY, reason="told to us"), "2025-12-23"),
        (Anchor(AnchorKind.PRINTED, day=ImpreciseDate("2017")), "2017"),
    ],
)
def test_an_anchor_says_what_it_is(anchor, words):
    assert str(anchor) == words


@pytest.mark.parametrize(
    ("kind", "parts", "field"),
    [
        (AnchorKind.CLAIM, {}, "claim"),
        (AnchorKind.SAID, {"claim": "visit"}, "claim"),
        (AnchorKind.DAY, {"reason": "told to us"}, "day"),
        (AnchorKind.PUBLISHED, {"day": DAY}, "day"),
        (AnchorKind.PRINTED, {}, "day"),
        (AnchorKind.PRINTED, {"day": DAY, "reason": "told to us"}, "reason"),
        (AnchorKind.DAY, {"day": DAY}, "reason"),
        (AnchorKind.WRITTEN, {"reason": "told to us"}, "reason"),
    ],
)
def test_an_anchor_has_what_its_kind_needs_and_no_more(kind, parts, field):
    with pytest.raises(InvalidValueError, match=rf"^{field} must be given with a"):
        Anchor(kind, **parts)


def test_a_printed_date_needs_nothing_more():
    when = When(DAY)
    assert when.known is Known.STATED
    assert when.rule is when.anchor is when.quote is None


GIVEN = {"reading@1", "hijri-lunar@1", "hijri-solar@1", "julian@1"}


@pytest.mark.parametrize("name", sorted(set(RULES) - GIVEN))
def test_a_rule_that_counts_has_something_to_count_from(name):
    for argument in ("", "tuesday", "july", "60", "1"):
        try:
            rule = Rule(name, argument)
        except InvalidValueError:
            continue
        until = SAID if name == "after@1" else None
        assert When(DAY, rule=rule, anchor=PUBLISHED, until=until).rule == rule
        with pytest.raises(InvalidValueError, match="anchor must be given with a rule"):
            When(DAY, rule=rule, until=until)
        break
    else:
        pytest.fail("no argument fits")


@pytest.mark.parametrize(
    "parts",
    [
        {"date": DAY},
        {"date": READ, "rule": READING, "reason": "a misprint"},
        {"date": DAY, "rule": LUNAR},
        {"date": READ, "rule": READING, "against": LUNAR, "reason": "as announced"},
    ],
)
def test_nothing_else_has_an_anchor(parts):
    assert When(**parts).anchor is None
    with pytest.raises(InvalidValueError, match="anchor must be given with a rule"):
        When(**parts, anchor=PUBLISHED)


def test_a_date_of_another_calendar_is_kept_as_it_was_converted():
    """By whatever table: the two days around it that some country may have meant."""
    for days in ("2025-12-23", "[2025-12-22..2025-12-24]", "2025-12-21"):
        assert str(When(ImpreciseDate(days), rule=LUNAR).date) == days


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("hijri-lunar@1 1447-07-03", "2026-12-23"),
        ("hijri-lunar@1 1447-07-03", "2025-12-23?"),
        ("hijri-solar@1 1404-10-02", "2026-12-23"),
        ("julian@1 2025-12-10", "2025-12-24"),
    ],
)
def test_days_that_a_printed_date_cannot_mean_are_refused(rule, days):
    with pytest.raises(InvalidValueError, match=r"^date must be days that .* can mean"):
        When(ImpreciseDate(days), rule=Rule.parse(rule))


@pytest.mark.parametrize("days", ["2025-12-22?", "2025-12%", "202X?", "2025/2026?"])
def test_a_reading_of_ours_is_marked_as_doubtful(days):
    reading = When(ImpreciseDate(days), rule=READING, reason="a misprint")
    assert reading.date.qualifiers


@pytest.mark.parametrize("days", ["2025-12-22", "2025-12~", "2025/2026"])
def test_a_reading_without_a_mark_of_doubt_is_refused(days):
    with pytest.raises(InvalidValueError, match=r"^date must be marked \? or %"):
        When(ImpreciseDate(days), rule=READING, reason="a misprint")


def test_a_reading_that_is_a_set_has_no_place_for_a_mark():
    days = ImpreciseDate("[2025-12-22,2025-12-24]")
    assert When(days, rule=READING, reason="smudged").date == days


def test_a_reading_keeps_the_rule_that_it_goes_against():
    parts = {"rule": READING, "reason": "the ministry's own release"}
    read = When(READ, against=TUESDAY, anchor=PUBLISHED, **parts)
    assert (read.against, read.anchor) == (TUESDAY, PUBLISHED)
    after = When(READ, against=AFTER, anchor=PUBLISHED, until=SAID, **parts)
    assert after.until == SAID
    with pytest.raises(InvalidValueError, match="anchor must be given with a rule"):
        When(READ, against=TUESDAY, **parts)
    with pytest.raises(InvalidValueError, match="until must be given with after@1"):
        When(READ, against=AFTER, anchor=PUBLISHED, **parts)


@pytest.mark.parametrize(
    "parts", [{}, {"rule": TUESDAY, "anchor": PUBLISHED}, {"rule": LUNAR}]
)
def test_only_a_reading_goes_against_a_rule(parts):
    with pytest.raises(InvalidValueError, match=r"^against must be given with reading"):
        When(DAY, against=LUNAR, **parts)


def test_a_reading_goes_against_no_reading():
    with pytest.raises(InvalidValueError, match=r"^against must be a rule that gives"):
        When(READ, rule=READING, against=READING, reason="a misprint")


def test_only_what_came_after_has_a_bound():
    assert When(DAY, rule=AFTER, anchor=PUBLISHED, until=SAID).until == SAID
    with pytest.raises(InvalidValueError, match="until must be given with after@1"):
        When(DAY, rule=AFTER, anchor=PUBLISHED)
    with pytest.raises(InvalidValueError, match="until must be given with after@1"):
        When(DAY, rule=TUESDAY, anchor=PUBLISHED, until=SAID)


@pytest.mark.parametrize("words", [{"quote": QUOTE}, {"translation": TRANSLATION}])
def test_a_place_or_a_meaning_of_words_needs_the_words(words):
    assert When(DAY, wording="الأسبوع الماضي", **words).wording == "الأسبوع الماضي"
    with pytest.raises(InvalidValueError, match="wording must be given with its quote"):
        When(DAY, **words)


@pytest.mark.parametrize("parts", [{"known": Known.INFERRED}, {"rule": READING}])
def test_what_we_inferred_says_why(parts):
    assert When(READ, reason="a misprint", **parts).reason == "a misprint"
    with pytest.raises(InvalidValueError, match="reason must be given with an infer"):
        When(READ, **parts)


def test_what_is_unclear_need_not_say_why():
    assert When(DAY, known=Known.UNCLEAR).reason == ""


@pytest.mark.parametrize("clock", ["", "00:00", "07:30", "23:59"])
def test_a_clock_time_stands_as_printed(clock):
    assert When(DAY, clock=clock).clock == clock


@pytest.mark.parametrize(
    "clock", ["7:30", "24:00", "12:60", "12:30:00", "٠٧:٣٠", "noon"]
)
def test_what_is_no_clock_time_is_refused(clock):
    with pytest.raises(InvalidValueError, match="clock must be a time of day"):
        When(DAY, clock=clock)
