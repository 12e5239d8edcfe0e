import calendar
import copy
import csv
import pickle
import re
import warnings
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.truth import Truth

with warnings.catch_warnings():
    # Both packages call names that pyparsing is about to drop.
    warnings.simplefilter("ignore")
    from edtf import EDTFParseException, parse_edtf
    from edtf_validate.valid_edtf import is_valid

YES, MAYBE, NO = Truth.YES, Truth.MAYBE, Truth.NO
BOUNDS_OF_EDTF = Path(__file__).parent.parent / "data" / "edtf-bounds.tsv"
RELATIONS = ("is_before", "is_after", "is_same_day", "overlaps")


def day(text):
    return date.fromisoformat(text)


# --- Bounds ---------------------------------------------------------------------

# Text; its ranges as first..last, an open end left out; span or not; qualifiers.
BOUNDS = """
2025-12-23               2025-12-23..2025-12-23                         day   -
2025-12                  2025-12-01..2025-12-31                         day   -
2025                     2025-01-01..2025-12-31                         day   -
0001                     0001-01-01..0001-12-31                         day   -
9999                     9999-01-01..9999-12-31                         day   -
2023-02                  2023-02-01..2023-02-28                         day   -
2024-02                  2024-02-01..2024-02-29                         day   -
1900-02                  1900-02-01..1900-02-28                         day   -
2000-02-29               2000-02-29..2000-02-29                         day   -
1582-10                  1582-10-01..1582-10-31                         day   -
2024-02-XX               2024-02-01..2024-02-29                         day   -
2025-XX                  2025-01-01..2025-12-31                         day   -
2025-XX-XX               2025-01-01..2025-12-31                         day   -
196X                     1960-01-01..1969-12-31                         day   -
19XX                     1900-01-01..1999-12-31                         day   -
2025-12-23?              2025-12-23..2025-12-23                         day   ?
2018-05-17~              2018-05-17..2018-05-17                         day   ~
2025-07%                 2025-07-01..2025-07-31                         day   %
196X~                    1960-01-01..1969-12-31                         day   ~
2025-XX?                 2025-01-01..2025-12-31                         day   ?
2024-09-22/2024-09-23    2024-09-22..2024-09-23                         span  -
2025-12-23/2025-12-23    2025-12-23..2025-12-23                         span  -
2023-09-07/2023-10       2023-09-07..2023-10-31                         span  -
1964/2008                1964-01-01..2008-12-31                         span  -
2025/2025                2025-01-01..2025-12-31                         span  -
2025-06-15/2025-06       2025-06-15..2025-06-30                         span  -
2025-06/2025-06-15       2025-06-01..2025-06-15                         span  -
2025/2025-06             2025-01-01..2025-06-30                         span  -
2024?/2025-03~           2024-01-01..2025-03-31                         span  ?~
2024%/2025%              2024-01-01..2025-12-31                         span  %
2024/..                  2024-01-01..                                   span  -
../2024                  ..2024-12-31                                   span  -
2024/                    2024-01-01..                                   span  -
/2024                    ..2024-12-31                                   span  -
2024-05-01?/..           2024-05-01..                                   span  ?
/2024~                   ..2024-12-31                                   span  ~
[2025-12-13..2025-12-21] 2025-12-13..2025-12-21                         day   -
[2025-01..2025-03]       2025-01-01..2025-03-31                         day   -
[1960..1969]             1960-01-01..1969-12-31                         day   -
[2025..2025]             2025-01-01..2025-12-31                         day   -
[..2025-07]              ..2025-07-31                                   day   -
[2025-07..]              2025-07-01..                                   day   -
[2024,2026]              2024-01-01..2024-12-31,2026-01-01..2026-12-31  day   -
[2026,2024]              2024-01-01..2024-12-31,2026-01-01..2026-12-31  day   -
[2024,2025]              2024-01-01..2025-12-31                         day   -
[2024,2024]              2024-01-01..2024-12-31                         day   -
[2025,2025-07]           2025-01-01..2025-12-31                         day   -
[2025-07,2025]           2025-01-01..2025-12-31                         day   -
[2025-12-31,2026-01-01]  2025-12-31..2026-01-01                         day   -
[2025-12-30,2026-01-01]  2025-12-30..2025-12-30,2026-01-01..2026-01-01  day   -
[2024,2026..2027,2027]   2024-01-01..2024-12-31,2026-01-01..2027-12-31  day   -
[..2023,2025]            ..2023-12-31,2025-01-01..2025-12-31            day   -
[2023,2025..]            2023-01-01..2023-12-31,2025-01-01..            day   -
[..2023,2025..]          ..2023-12-31,2025-01-01..                      day   -
[2025,2023..]            2023-01-01..                                   day   -
[9998,9999..]            9998-01-01..                                   day   -
"""


def _ends(text):
    return tuple(day(end) if end else None for end in text.split(".."))


@pytest.mark.parametrize(
    ("text", "ranges", "shape", "marks"),
    [row.split() for row in BOUNDS.strip().splitlines()],
)
def test_a_date_means_the_days_that_its_text_says(text, ranges, shape, marks):
    read = ImpreciseDate(text)
    expected = tuple(_ends(one) for one in ranges.split(","))
    assert read.ranges == expected
    assert (read.earliest, read.latest) == (expected[0][0], expected[-1][1])
    assert read.is_span is (shape == "span")
    assert read.qualifiers == frozenset(marks) - {"-"}
    assert str(read) == text


# --- What is refused, and by which name -----------------------------------------

REFUSED = {
    "": "YYYY, YYYY-MM or YYYY-MM-DD",
    "25": "YYYY, YYYY-MM or YYYY-MM-DD",
    "2025-1": "YYYY, YYYY-MM or YYYY-MM-DD",
    "20251223": "YYYY, YYYY-MM or YYYY-MM-DD",
    "2025-357": "YYYY, YYYY-MM or YYYY-MM-DD",
    "2025-12-23-01": "YYYY, YYYY-MM or YYYY-MM-DD",
    "tuesday": "YYYY, YYYY-MM or YYYY-MM-DD",
    "?": "YYYY, YYYY-MM or YYYY-MM-DD",
    "2025-12-23\n": "spaces",
    " 2025": "spaces",
    "2025 / 2026": "spaces",
    "٢٠٢٥": "ASCII",
    "2025-1\u0662": "ASCII",
    "２０２５": "ASCII",
    "2025–12": "ASCII",
    "2025-21": "seasons",
    "2025-24?": "seasons",
    "2025-22/2026": "seasons",
    "[2025-21,2026]": "seasons",
    "2025-25": "parts of years",
    "2025-33": "parts of years",
    "2025-41": "parts of years",
    "2025-42": "in no calendar",
    "2025-13": "in no calendar",
    "2025-00": "in no calendar",
    "2025-00-XX": "in no calendar",
    "2025-12-00": "in no calendar",
    "2025-02-29": "in no calendar",
    "1900-02-29": "in no calendar",
    "2025-04-31": "in no calendar",
    "2025-21-05": "in no calendar",
    "2025-12-23T10:00:00Z": "date-times",
    "2025-12-23T10:00:00/2025-12-24": "date-times",
    "10:00": "date-times",
    "2025-W52": "weeks",
    "{2024,2025}": "all their members",
    "{..2025}": "all their members",
    "Y170000002": "years written with a letter",
    "Y-17E7": "years written with a letter",
    "2E3": "years written with a letter",
    "1950S2": "significant digits",
    "-2025": "negative years",
    "-2025/2026": "negative years",
    "[-2025..2026]": "negative years",
    "0000": "0001 to 9999",
    "0000-12": "0001 to 9999",
    "000X": "0001 to 9999",
    "00XX": "0001 to 9999",
    "0000/2025": "0001 to 9999",
    "?2025": "one of \\? ~ %",
    "2025?-12": "one of \\? ~ %",
    "2025-~12-23": "one of \\? ~ %",
    "2025?~": "one of \\? ~ %",
    "2025??": "one of \\? ~ %",
    "XXXX": "X stands at the right",
    "2XXX": "X stands at the right",
    "2X25": "X stands at the right",
    "2025-1X": "X stands at the right",
    "2025-XX-23": "X stands at the right",
    "2025-12-2X": "X stands at the right",
    "202X-12": "X stands at the right",
    "202x": "YYYY, YYYY-MM or YYYY-MM-DD",
    "202X/2030": "unspecified digits in an interval's end",
    "2025-06-XX/2025-07-03": "unspecified digits in an interval's end",
    "2025/2024": "must not end before it begins",
    "2025-06-15/2025-05": "must not end before it begins",
    "2025-12-23/2025-12-22?": "must not end before it begins",
    "2024/2025/2026": "two ends",
    "//": "two ends",
    "..?/2025": "YYYY, YYYY-MM or YYYY-MM-DD",
    "../..": "bounds nothing",
    "/": "bounds nothing",
    "../": "bounds nothing",
    "/..": "bounds nothing",
    "[..2025,2020..]": "bounds nothing",
    "..": "YYYY, YYYY-MM or YYYY-MM-DD",
    "2024..2025": "YYYY, YYYY-MM or YYYY-MM-DD",
    "[..]": "YYYY, YYYY-MM or YYYY-MM-DD",
    "[]": "two members",
    "[2025]": "two members",
    "[2024,2025": "ends so",
    "[": "ends so",
    "[2024,2025]?": "ends so",
    "[2024?,2025]": "no qualifier and no X",
    "[2024..2025~]": "no qualifier and no X",
    "[202X,2035]": "no qualifier and no X",
    "[2025-XX,2026]": "no qualifier and no X",
    "[2024,]": "YYYY, YYYY-MM or YYYY-MM-DD",
    "[2024,..2025]": "YYYY, YYYY-MM or YYYY-MM-DD",
    "[2024..,2025]": "YYYY, YYYY-MM or YYYY-MM-DD",
    "[2024...2025]": "YYYY, YYYY-MM or YYYY-MM-DD",
    "[2024/2025]": "two members",
    "[2024/2025,2026]": "YYYY, YYYY-MM or YYYY-MM-DD",
    "[2024..2025-06]": "days, or months, or years",
    "[2025..2024]": "must not end before it begins",
    "[2025-12-23..2025-12-22,2026]": "must not end before it begins",
}


@pytest.mark.parametrize(("text", "name"), list(REFUSED.items()))
def test_what_is_outside_the_profile_is_refused_by_its_name(text, name):
    with pytest.raises(InvalidValueError, match=name) as caught:
        ImpreciseDate(text)
    assert (caught.value.field, caught.value.value) == ("date", text)
    assert caught.value.wanted.startswith("an EDTF date of our profile")


# One row for each feature of the specification (Library of Congress, 2019) that is
# outside the profile: its level, an example, and the words of the refusal.
DATE_TIME = "date-times are not in it; a clock time is a field of its own"
LETTER = "years written with a letter are not in it"
DIGITS = "significant digits (level 2) are not in it"
SETS = "sets of all their members ({}) are not in it; make a claim of each"
PARTS = "parts of years (level 2) are not in it"
MARKS = "one of ? ~ % stands at the end of a date; level 2 is not in it"
UNKNOWN = "X stands at the right, in a year at most twice; level 2 is not in it"
IN_SETS = "the members of a set bear no qualifier and no X"
SPAN_ENDS = (
    "unspecified digits in an interval's end (level 2) are not in it; write the month"
    " or the year alone"
)
OUTSIDE = [
    ("0", "date and time", "1985-04-12T23:20:30", DATE_TIME),
    ("0", "in UTC", "1985-04-12T23:20:30Z", DATE_TIME),
    ("0", "with a shift in hours", "1985-04-12T23:20:30-04", DATE_TIME),
    ("0", "and in minutes", "1985-04-12T23:20:30+04:30", DATE_TIME),
    ("0", "year 0", "0000", "years run from 0001 to 9999"),
    ("1", "year of more than four digits", "Y170000002", LETTER),
    ("1", "and before the year 0", "Y-170000002", LETTER),
    ("1", "season", "2001-21", "seasons are not in it"),
    ("1", "season with doubt", "2001-22?", "seasons are not in it"),
    ("1", "span of seasons", "2001-21/2001-23", "seasons are not in it"),
    ("1", "negative year", "-1985", "negative years are not in it"),
    ("1", "span open at both ends", "../..", "bounds nothing; leave it out"),
    ("2", "year with an exponent", "Y-17E7", LETTER),
    ("2", "significant digits", "1950S2", DIGITS),
    ("2", "of a long year", "Y171010000S3", LETTER),
    ("2", "season of a hemisphere", "2001-25", PARTS),
    ("2", "quarter", "2001-34", PARTS),
    ("2", "third of a year", "2001-37", PARTS),
    ("2", "half of a year", "2001-41", PARTS),
    ("2", "all of a set", "{1667,1668,1670..1672}", SETS),
    ("2", "all of a set, of mixed precision", "{1960,1961-12}", SETS),
    ("2", "all up to", "{..1984}", SETS),
    ("2", "doubt of a group", "2004-06~-11", MARKS),
    ("2", "doubt of the year in a date", "2004?-06-11", MARKS),
    ("2", "doubt of one component", "?2004-06-~11", MARKS),
    ("2", "doubt of the month", "2004-%06-11", MARKS),
    ("2", "unspecified year in a date", "156X-12-25", UNKNOWN),
    ("2", "unspecified century in a date", "15XX-12-25", UNKNOWN),
    ("2", "unspecified year and day", "XXXX-12-XX", UNKNOWN),
    ("2", "unspecified millennium", "1XXX-12", UNKNOWN),
    ("2", "unspecified digit of a month", "1984-1X", UNKNOWN),
    ("2", "unspecified month of a day", "1984-XX-05", UNKNOWN),
    ("2", "span with doubt of a component", "2004-06-~01/2004-06-~20", MARKS),
    (
        "2",
        "span with unspecified digits",
        "2004-06-XX/2004-07-03",
        SPAN_ENDS,
    ),
    ("2", "one of a set, with doubt", "[1667?,1668]", IN_SETS),
    ("2", "one of a set, unspecified", "[166X,1670]", IN_SETS),
]


@pytest.mark.parametrize(
    ("text", "words"),
    [row[2:] for row in OUTSIDE],
    ids=[f"level {level}: {feature}" for level, feature, *_ in OUTSIDE],
)
def test_each_feature_outside_the_profile_is_refused_in_these_words(text, words):
    with pytest.raises(InvalidValueError) as caught:
        ImpreciseDate(text)
    assert caught.value.wanted.endswith(words)
    assert caught.value.wanted.startswith("an EDTF date of our profile: ")


@pytest.mark.parametrize("value", [None, 2025, date(2025, 12, 23), b"2025"])
def test_a_date_is_built_from_text_alone(value):
    with pytest.raises(InvalidValueError, match="as text"):
        ImpreciseDate(value)


@given(st.text(alphabet="0123456789-X?~%/[].,{}TYSE: ٣") | st.text())
def test_any_text_is_a_date_or_refused(text):
    try:
        read = ImpreciseDate(text)
    except InvalidValueError:
        return
    assert str(read) == text
    assert re.fullmatch(r"[0-9X?~%/.,\[\]-]+", text)


# --- The same judgement as two packages that were written apart ------------------


@st.composite
def plain_texts(draw):
    """YYYY, -MM, -MM-DD with months and days that may not exist."""
    year = draw(st.integers(1, 9999) | st.integers(2020, 2026))
    text = f"{year:04}"
    if draw(st.booleans()):
        month = draw(st.integers(0, 20) | st.integers(1, 12))
        text += f"-{month:02}"
        if draw(st.booleans()):
            number = draw(st.integers(0, 33) | st.integers(1, 28))
            # Both packages hold 29 February to be a day of every year.
            assume((month, number) != (2, 29) or calendar.isleap(year))
            text += f"-{number:02}"
    return text


unspecified_texts = st.one_of(
    st.integers(10, 999).map("{:03}X".format),
    st.integers(1, 99).map("{:02}XX".format),
    st.integers(1, 9999).map("{:04}-XX".format),
    st.integers(1, 9999).map("{:04}-XX-XX".format),
    st.builds("{:04}-{:02}-XX".format, st.integers(1, 9999), st.integers(0, 13)),
)
marks = st.sampled_from(["", "", "?", "~", "%", "?~", "%%"])
date_texts = st.builds("{}{}".format, plain_texts() | unspecified_texts, marks)
ends = st.builds("{}{}".format, plain_texts(), marks)
span_texts = st.one_of(
    st.builds("{}/{}".format, ends, ends),
    st.builds("{}/{}".format, ends, st.sampled_from(["", ".."])),
    st.builds("{}/{}".format, st.sampled_from(["", ".."]), ends),
)


@st.composite
def set_texts(draw):
    members = draw(st.lists(plain_texts(), min_size=1, max_size=4))
    for place, member in enumerate(members):
        # Neither package minds a range that runs backwards; so they run forwards.
        pair = sorted([member, draw(plain_texts())])
        if draw(st.booleans()):
            members[place] = "..".join(pair)
    # Open at both ends a set may bound nothing: a refusal of ours alone.
    match draw(st.sampled_from(["closed", "begin open", "end open"])):
        case "begin open":
            members[0] = ".." + members[0].split(".")[0]
        case "end open":
            members[-1] = members[-1].split(".")[-1] + ".."
    text = ",".join(members)
    return f"[{text}]{draw(marks)}"


def _accepts(read, text, refusal):
    try:
        read(text)
    except refusal:
        return False
    return True


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@settings(max_examples=200, deadline=None)
@given(date_texts | span_texts | set_texts())
def test_where_two_packages_agree_on_a_text_of_the_profile_so_do_we(text):
    """Where they differ (an X beside a mark, an interval backwards) we decide.

    Both take `[2024?,2025]`, `../..` and the year 0000: EDTF, and outside our profile.
    """
    by_edtf = _accepts(parse_edtf, text, EDTFParseException)
    by_edtf_validate = bool(is_valid(text))
    assume(by_edtf == by_edtf_validate)
    assert _accepts(ImpreciseDate, text, InvalidValueError) == by_edtf


def _listed():
    accepted = [row.split()[0] for row in BOUNDS.strip().splitlines()]
    return accepted + [row["text"] for row in bounds_of_edtf()]


def bounds_of_edtf():
    with BOUNDS_OF_EDTF.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_no_text_that_we_read_is_refused_by_both_packages():
    for text in _listed():
        ours = ImpreciseDate(text)
        assert _accepts(parse_edtf, text, EDTFParseException) or is_valid(text), ours


# On some texts outside the profile edtf 5.0 stumbles instead.
EDTF_REFUSES = (EDTFParseException, AttributeError, TypeError)


FEATURES = {words for *_, words in OUTSIDE}


def _names_a_feature(text):
    with pytest.raises(InvalidValueError) as caught:
        ImpreciseDate(text)
    return any(caught.value.wanted.endswith(words) for words in FEATURES)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_what_both_packages_read_is_refused_for_a_feature_that_is_named():
    """But for what neither minds: a 29th of February, a range that runs backwards."""
    both = {
        text
        for text in REFUSED
        if is_valid(text) and _accepts(parse_edtf, text, EDTF_REFUSES)
    }
    assert {text for text in both if not _names_a_feature(text)} == {
        *("2025-02-29", "1900-02-29"),
        *("[2025..2024]", "[2025-12-23..2025-12-22,2026]"),
        "2025-12-23\n",
    }


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("text", [row[2] for row in OUTSIDE])
def test_each_feature_outside_the_profile_is_edtf_to_a_package(text):
    assert is_valid(text) or _accepts(parse_edtf, text, EDTFParseException)


def _strict(bound):
    """Say a bound of edtf: a day, or open where it is infinite."""
    if isinstance(bound, float):
        return "open"
    return "{:04}-{:02}-{:02}".format(*bound)


def _bounds_by_edtf(text):
    parsed = parse_edtf(text)
    return _strict(parsed.lower_strict()), _strict(parsed.upper_strict())


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("row", bounds_of_edtf(), ids=lambda row: row["text"])
def test_bounds_are_those_of_the_table_and_differ_from_edtf_where_it_says_why(row):
    """The table was made by hand."""
    read = ImpreciseDate(row["text"])
    ours = tuple(str(end or "open") for end in (read.earliest, read.latest))
    assert ours == (row["first"], row["last"])
    same = row["edtf"] == "same"
    assert _bounds_by_edtf(row["text"]) == (
        ours if same else tuple(row["edtf"].split(".."))
    )
    assert bool(row["why not the same"]) is not same


def test_the_table_has_sixty_rows_at_least_and_none_twice():
    texts = [row["text"] for row in bounds_of_edtf()]
    assert len(texts) == len(set(texts)) >= 60


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@settings(max_examples=200, deadline=None)
@given(date_texts | span_texts | set_texts())
def test_bounds_are_those_of_edtf_but_for_an_end_that_nobody_knows(text):
    assume(not text.startswith("/") and not text.endswith("/"))
    assume(_accepts(ImpreciseDate, text, InvalidValueError))
    assume(_accepts(parse_edtf, text, EDTFParseException))
    read = ImpreciseDate(text)
    ours = tuple(str(end or "open") for end in (read.earliest, read.latest))
    assert ours == _bounds_by_edtf(text)


# --- Relations: against every case that a date leaves open -----------------------

ORIGIN = date(2024, 2, 26)  # so that the days below cross 29 February
DAYS = 6
BEYOND = 2  # days tried past the others for an open end: two can then differ


def _iso(offset):
    return (ORIGIN + timedelta(days=offset)).isoformat()


def _spread(first, last):
    """The days of a range, as offsets; None is an open end."""
    low = -BEYOND if first is None else first
    high = DAYS + BEYOND if last is None else last
    return range(low, high + 1)


@st.composite
def somewheres(draw):
    """One day somewhere: its text, and each case as (first day, last day)."""
    pairs = st.tuples(st.integers(0, DAYS), st.integers(0, DAYS)).map(sorted)
    members = draw(st.lists(pairs, min_size=1, max_size=3))
    if draw(st.integers(0, 3)) == 0:
        members[0] = [None, members[0][1]]
    if draw(st.integers(0, 3)) == 0 and members[-1][0] is not None:
        members[-1] = [members[-1][0], None]
    texts = [
        _iso(first)
        if first == last
        else "..".join("" if day is None else _iso(day) for day in (first, last))
        for first, last in members
    ]
    text = f"[{','.join(texts)}]"
    if len(texts) == 1 and ".." not in text:
        text = texts[0] + draw(st.sampled_from(["", "?", "~", "%"]))
    days = {day for member in members for day in _spread(*member)}
    assume(days != set(_spread(None, None)))
    return text, {(day, day) for day in days}


@st.composite
def spans(draw):
    """A span: its text, and each case as (first day, last day)."""
    first, last = sorted(draw(st.tuples(*[st.integers(0, DAYS)] * 2)))
    mark = draw(st.sampled_from(["", "?", "~", "%"]))
    open_text = draw(st.sampled_from(["", ".."]))
    shape = draw(st.sampled_from(["closed", "open", "unopened"]))
    if shape == "open":
        text = f"{_iso(first)}{mark}/{open_text}"
        return text, {(first, day) for day in _spread(first, None)}
    if shape == "unopened":
        text = f"{open_text}/{_iso(last)}{mark}"
        return text, {(day, last) for day in _spread(None, last)}
    return f"{_iso(first)}/{_iso(last)}{mark}", {(first, last)}


HOLDS = {
    "is_before": lambda one, other: one[1] < other[0],
    "is_after": lambda one, other: one[0] > other[1],
    "is_same_day": lambda one, other: one[0] == one[1] == other[0] == other[1],
    "overlaps": lambda one, other: one[0] <= other[1] and other[0] <= one[1],
}


def _verdict(cases):
    return {(True,): YES, (False,): NO}.get(tuple(set(cases)), MAYBE)


@pytest.mark.parametrize("relation", RELATIONS)
@given(somewheres() | spans(), somewheres() | spans())
def test_a_relation_is_what_holds_in_all_in_some_or_in_no_case(relation, one, other):
    (text, cases), (other_text, other_cases) = one, other
    answer = getattr(ImpreciseDate(text), relation)(ImpreciseDate(other_text))
    assert answer is _verdict(
        HOLDS[relation](case, other_case)
        for case, other_case in product(cases, other_cases)
    )


window_ends = st.none() | st.integers(-1, DAYS + 1)


@given(somewheres() | spans(), window_ends, window_ends)
def test_falling_within_asks_every_day_of_every_case(one, start, end):
    if start is not None and end is not None:
        start, end = sorted([start, end])
    text, cases = one
    low = -100 if start is None else start
    high = 100 if end is None else end
    within = {
        low <= day <= high for first, last in cases for day in range(first, last + 1)
    }
    window = [None if day is None else day_at(day) for day in (start, end)]
    assert ImpreciseDate(text).falls_within(*window) is _verdict(within)


def day_at(offset):
    return ORIGIN + timedelta(days=offset)


MONTHS = ["2024-01", "2024-02", "2024-03", "2024"]


def _month(text):
    first = day(f"{text}-01") if len(text) == 7 else day(f"{text}-01-01")
    length = calendar.monthrange(first.year, first.month)[1] if len(text) == 7 else 366
    return {first + timedelta(days=passed) for passed in range(length)}


@pytest.mark.parametrize("relation", RELATIONS)
@settings(max_examples=30, deadline=None)
@given(st.data())
def test_an_end_of_a_span_is_some_day_of_its_month_or_year(relation, data):
    def drawn():
        return data.draw(st.tuples(*[st.sampled_from(MONTHS)] * 2))

    (begin, end), (other_begin, other_end) = drawn(), drawn()
    assume(min(_month(begin)) <= max(_month(end)))
    assume(min(_month(other_begin)) <= max(_month(other_end)))
    # Between the days on which a month begins or ends, nothing changes.
    marked = {edge(_month(text)) for text in MONTHS for edge in (min, max)}

    def cases(begin, end):
        firsts, lasts = _month(begin) & marked, _month(end) & marked
        return [case for case in product(firsts, lasts) if case[0] <= case[1]]

    one, other = f"{begin}/{end}", f"{other_begin}/{other_end}"
    answer = getattr(ImpreciseDate(one), relation)(ImpreciseDate(other))
    assert answer is _verdict(
        HOLDS[relation](case, other_case)
        for case, other_case in product(
            cases(begin, end), cases(other_begin, other_end)
        )
    )


# One, relation, other, answer: as an analyst would say it.
TOLD = """
2025-12-22               is_before   2025-12-23               YES
2025-12-23               is_before   2025-12-23               NO
2025-12-24               is_before   2025-12-23               NO
2025-12                  is_before   2025-12-23               MAYBE
2025-12                  is_before   2026                     YES
2025-12                  is_after    2025-12-31               NO
2025-12                  is_before   2025-12-01               NO
[2025-12-13..2025-12-21] is_before   2025-12-23?              YES
../2011-02               is_before   2011-03                  YES
2011/..                  is_before   2012                     MAYBE
2011/..                  is_after    2010                     YES
[..2011]                 is_after    2010                     MAYBE
2024-01/2024-06          is_before   2024-06-30               MAYBE
2024-01/2024-06          is_before   2024-07                  YES
2025-12-23               is_same_day 2025-12-23?              YES
2025-12-23/2025-12-23    is_same_day 2025-12-23               YES
2025-12                  is_same_day 2025-12                  MAYBE
2025-12                  is_same_day 2026                     NO
[2024,2026]              is_same_day 2025                     NO
2025-12-22/2025-12-23    is_same_day 2025-12-23               NO
2025-12/2025-12          is_same_day 2025-12-23               MAYBE
2025-11/2025-12          is_same_day 2025-12-23               NO
2025-12-22/2025-12-24    overlaps    2025-12-23               YES
2025-12-22/2025-12-24    overlaps    2025-12-25               NO
2025-12-22/2025-12-24    overlaps    2025-12-24/2025-12-31    YES
2025-12-22/2025-12-24    overlaps    2025-12                  MAYBE
2024-01/2024-06          overlaps    2024-03                  YES
2024-01/2024-06          overlaps    2024-06                  MAYBE
2011/..                  overlaps    2025-12-23               MAYBE
[2024,2026]              overlaps    2025                     NO
[2024,2026]              overlaps    2025/2026                MAYBE
"""


@pytest.mark.parametrize(
    ("one", "relation", "other", "answer"),
    [row.split() for row in TOLD.strip().splitlines()],
)
def test_relations_say_what_an_analyst_would(one, relation, other, answer):
    found = getattr(ImpreciseDate(one), relation)(ImpreciseDate(other))
    assert found is Truth[answer]


# Date, window with open ends left out, answer.
WINDOWS = """
2025-12-23               2025-12-23..2025-12-23 YES
2025-12-23               2025-12-24..           NO
2025-12                  2025-12-01..2025-12-31 YES
2025-12                  2025-12-02..           MAYBE
[2025-12-13..2025-12-23] 2011-02-26..           YES
[..2025-12-23]           2011-02-26..           MAYBE
[..2025-12-23]           ..                     YES
[2024,2026]              2025-01-01..2025-12-31 NO
[2024,2026]              2024-01-01..2025-12-31 MAYBE
2024/2026                2025-01-01..2025-12-31 MAYBE
2024/..                  2024-01-01..           YES
2024/..                  ..2030-12-31           MAYBE
2024/..                  2024-01-01..9999-12-31 MAYBE
[..2025]                 0001-01-01..           MAYBE
9999                     9999-01-01..9999-12-31 YES
2024/..                  ..2023-12-31           NO
"""


@pytest.mark.parametrize(
    ("text", "window", "answer"), [row.split() for row in WINDOWS.strip().splitlines()]
)
def test_falling_within_says_what_an_analyst_would(text, window, answer):
    assert ImpreciseDate(text).falls_within(*_ends(window)) is Truth[answer]


@given(somewheres(), somewheres() | spans(), st.integers(0, 3), st.integers(0, 3))
def test_knowing_less_never_settles_a_question(narrow, other, before, after):
    narrow, other = ImpreciseDate(narrow[0]), ImpreciseDate(other[0])
    first = narrow.earliest and narrow.earliest - timedelta(days=before)
    last = narrow.latest and narrow.latest + timedelta(days=after)
    assume(first or last)
    wide = ImpreciseDate.between(first, last)
    for relation in RELATIONS:
        answer = getattr(narrow, relation)(other)
        assert getattr(wide, relation)(other) in (answer, MAYBE)
        answer = getattr(other, relation)(narrow)
        assert getattr(other, relation)(wide) in (answer, MAYBE)
    window = (day_at(1), day_at(4))
    assert wide.falls_within(*window) in (narrow.falls_within(*window), MAYBE)


BLURS = {"day": "{:%Y-%m-%d}", "month": "{:%Y-%m}", "year": "{:%Y}"}


@given(
    st.tuples(*[st.integers(0, DAYS)] * 2).map(sorted),
    st.tuples(*[st.sampled_from(["day", "month", "year", "open"])] * 2),
    somewheres() | spans(),
)
def test_knowing_less_of_the_ends_of_a_span_never_settles_a_question(
    ends, blurs, other
):
    assume(blurs != ("open", "open"))
    narrow = ImpreciseDate("/".join(map(_iso, ends)))
    texts = [
        BLURS[blur].format(day_at(end)) if blur in BLURS else ".."
        for end, blur in zip(ends, blurs, strict=True)
    ]
    wide, other = ImpreciseDate("/".join(texts)), ImpreciseDate(other[0])
    for relation in RELATIONS:
        answer = getattr(narrow, relation)(other)
        assert getattr(wide, relation)(other) in (answer, MAYBE)
        answer = getattr(other, relation)(narrow)
        assert getattr(other, relation)(wide) in (answer, MAYBE)
    window = (day_at(1), day_at(4))
    assert wide.falls_within(*window) in (narrow.falls_within(*window), MAYBE)


@given(somewheres() | spans(), somewheres() | spans())
def test_relations_agree_with_each_other(one, other):
    one, other = ImpreciseDate(one[0]), ImpreciseDate(other[0])
    assert one.is_after(other) is other.is_before(one)
    assert one.overlaps(other) is other.overlaps(one)
    assert one.is_same_day(other) is other.is_same_day(one)
    if one.is_before(other) is YES:
        assert {one.is_after(other), one.overlaps(other)} == {NO}
    if one.is_same_day(other) is YES:
        assert one.overlaps(other) is YES


@given(somewheres() | spans(), st.sampled_from("?~%"))
def test_doubt_widens_no_bound(one, mark):
    text = one[0].rstrip("?~%")
    assume(not text.endswith(("]", "/", ".")))
    sure, doubtful = ImpreciseDate(text), ImpreciseDate(text + mark)
    assert doubtful.ranges == sure.ranges
    assert doubtful.is_span is sure.is_span
    assert doubtful.qualifiers == sure.qualifiers | {mark}


# --- Building and keeping --------------------------------------------------------

BUILT = [
    ("2025-12-23", "2025-12-23", "2025-12-23"),
    ("2025-07-01", "2025-07-31", "2025-07"),
    ("2024-02-01", "2024-02-29", "2024-02"),
    ("2024-02-01", "2024-02-28", "[2024-02-01..2024-02-28]"),
    ("2025-01-01", "2025-12-31", "2025"),
    ("1960-01-01", "1969-12-31", "196X"),
    ("1900-01-01", "1999-12-31", "19XX"),
    ("1961-01-01", "1970-12-31", "[1961..1970]"),
    ("1960-01-01", "1979-12-31", "[1960..1979]"),
    ("0001-01-01", "0009-12-31", "[0001..0009]"),
    ("0001-01-01", "9999-12-31", "[0001..9999]"),
    ("2025-12-10", "2025-12-19", "[2025-12-10..2025-12-19]"),
    ("2025-12-13", "2025-12-21", "[2025-12-13..2025-12-21]"),
    ("2025-11-01", "2025-12-31", "[2025-11..2025-12]"),
    ("2025-11-02", "2025-12-31", "[2025-11-02..2025-12-31]"),
    (None, "2025-12-23", "[..2025-12-23]"),
    (None, "2025-11-30", "[..2025-11]"),
    (None, "2025-12-31", "[..2025]"),
    ("2025-12-13", None, "[2025-12-13..]"),
    ("2025-12-01", None, "[2025-12..]"),
    ("2025-01-01", None, "[2025..]"),
]


@pytest.mark.parametrize(("earliest", "latest", "text"), BUILT)
def test_between_writes_the_shortest_text(earliest, latest, text):
    ends = [end and day(end) for end in (earliest, latest)]
    assert str(ImpreciseDate.between(*ends)) == text


days_of_use = st.dates() | st.dates(date(2023, 12, 1), date(2025, 2, 1))


@given(st.none() | days_of_use, st.none() | days_of_use)
def test_between_means_just_the_days_between(earliest, latest):
    assume(earliest or latest)
    if earliest and latest:
        earliest, latest = sorted([earliest, latest])
    built = ImpreciseDate.between(earliest, latest)
    assert built.ranges == ((earliest, latest),)
    assert (built.is_span, built.qualifiers) == (False, frozenset())


@given(st.dates())
def test_a_known_day_is_written_in_iso_8601(known):
    assert ImpreciseDate.day(known) == ImpreciseDate(known.isoformat())


def test_a_date_of_no_bounds_cannot_be_built():
    with pytest.raises(InvalidValueError, match="bounded at one end"):
        ImpreciseDate.between(None, None)


@pytest.mark.parametrize(
    "ask", [ImpreciseDate.between, ImpreciseDate("2025").falls_within]
)
def test_days_must_run_forwards(ask):
    with pytest.raises(InvalidValueError, match="on or after 2025-12-23"):
        ask(day("2025-12-23"), day("2025-12-22"))


@pytest.mark.parametrize(
    "moment", [datetime(2025, 12, 23, tzinfo=UTC), "2025-12-23", 5]
)
def test_only_whole_days_are_taken(moment):
    """A moment falls on another civil day in another zone."""
    for ask in (
        ImpreciseDate.day,
        lambda end: ImpreciseDate.between(None, end),
        lambda start: ImpreciseDate("2025").falls_within(start, None),
    ):
        with pytest.raises(InvalidValueError, match="without a clock time"):
            ask(moment)


def test_dates_are_equal_when_their_texts_are():
    assert ImpreciseDate("2025-12-23") == ImpreciseDate("2025-12-23")
    assert ImpreciseDate("2025") != ImpreciseDate("2025-XX")
    assert (
        len({ImpreciseDate("2025"), ImpreciseDate("2025"), ImpreciseDate("2026")}) == 2
    )


def test_a_date_cannot_be_changed_and_survives_copying():
    kept = ImpreciseDate("2025-12-23?")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        kept.edtf = "2026"
    for other in (copy.deepcopy(kept), pickle.loads(pickle.dumps(kept))):  # noqa: S301
        assert (other, other.ranges) == (kept, kept.ranges)
    assert attrs.evolve(kept, edtf="2026").earliest == day("2026-01-01")
    assert repr(kept) == "ImpreciseDate(edtf='2025-12-23?')"


def test_dates_have_no_order_of_their_own():
    """Which is first is a question with three answers."""
    with pytest.raises(TypeError):
        _ = ImpreciseDate("2024") < ImpreciseDate("2025")
