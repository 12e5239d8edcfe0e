"""Wordings that print a date: EDTF, or a rule for another calendar."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from embargo_monitor.authoring.wordings import vocabulary as words
from embargo_monitor.authoring.wordings.patterns import any_of, keys_of, words_of
from embargo_monitor.authoring.wordings.suggestion import Suggestion
from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.counting import MONTHS, WEEKDAYS
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.names import fold
from embargo_monitor.model.rules import Rule

_ALL_MONTHS = {
    month: names + words.SHORT_MONTHS.get(month, ())
    for month, names in words.MONTHS.items()
}
_NUMBER_OF = {
    word: f"{MONTHS.index(month) + 1:02}"
    for word, month in keys_of(_ALL_MONTHS).items()
}
_LUNAR_OF = keys_of(words.LUNAR_MONTHS)
_SOLAR_OF = keys_of(words.SOLAR_MONTHS)
_WEEKDAY_OF = keys_of(words.WEEKDAYS)

_DAY = "(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = "(?P<year>[0-9]{4})"
_NAMED = words_of(_ALL_MONTHS)
# A month may stand by two of its names: يوليو/تموز.
_MONTH = f"(?P<month>{_NAMED})(?: (?P<again>{_NAMED}))?"
_BEFORE = (
    f"(?:(?P<about>{any_of(words.ABOUT)}) )?"
    f"(?:(?P<weekday>{words_of(words.WEEKDAYS)}) )?"
)
_AFTER = f"(?: (?P<julian>{any_of(words.JULIAN_MARKS)}))?"
_GREGORIAN = [
    re.compile(_BEFORE + form + _AFTER)
    for form in (
        f"{_DAY} {_MONTH} {_YEAR}",
        f"{_MONTH} {_DAY} {_YEAR}",
        f"{_MONTH} {_YEAR}",
        _YEAR,
    )
]
_OTHERS = [
    (
        rule,
        re.compile(
            f"(?:{words_of(words.WEEKDAYS)} )?(?:{_DAY} )?"
            f"(?P<month>{words_of(table)}) {_YEAR}(?: ?{any_of(marks)})?"
        ),
        keys_of(table),
    )
    for rule, table, marks in (
        ("hijri-lunar@1", words.LUNAR_MONTHS, words.LUNAR_MARKS),
        ("hijri-solar@1", words.SOLAR_MONTHS, words.SOLAR_MARKS),
    )
]
_MARKED_YEAR = [
    (rule, re.compile(f"{_YEAR} ?{any_of(marks)}"))
    for rule, marks in (
        ("hijri-lunar@1", words.LUNAR_MARKS),
        ("hijri-solar@1", words.SOLAR_MARKS),
    )
]
_OTHER_YEARS = range(1300, 1501)
_OTHER_CALENDARS = {
    "hijri-lunar@1": "as a date of the lunar Hijri calendar",
    "hijri-solar@1": "as a date of the solar Hijri calendar",
    "julian@1": "as a date of the Julian calendar",
}
_NUMBERS = re.compile(
    r"\s*([0-9]{1,4})([/.-])([0-9]{1,2})\2([0-9]{1,4})(.*)", re.DOTALL
)


def printed_dates(text: str) -> Iterator[Suggestion]:
    """Give what a folded wording means as a printed date, by month names or a year."""
    for pattern in _GREGORIAN:
        if match := pattern.fullmatch(text):
            yield from _gregorian(match)
    for rule, pattern, months in _OTHERS:
        if match := pattern.fullmatch(text):
            printed = _joined(match["year"], months[match["month"]], match["day"])
            yield from _converted(rule, printed)
    for rule, pattern in _MARKED_YEAR:
        if match := pattern.fullmatch(text):
            yield from _converted(rule, match["year"])


def _gregorian(match: re.Match[str]) -> Iterator[Suggestion]:
    parts = match.groupdict()
    month = _NUMBER_OF.get(parts.get("month") or "", "")
    if _NUMBER_OF.get(parts.get("again") or "", month) != month:
        return
    edtf = _joined(parts["year"], month, parts.get("day"))
    if parts["julian"]:
        yield from _converted("julian@1", edtf)
        return
    if int(parts["year"]) in _OTHER_YEARS and not month:
        for rule in ("hijri-lunar@1", "hijri-solar@1"):
            yield from _converted(rule, edtf)
    why = "as printed" + _weekday_fault(edtf, parts["weekday"])
    yield from _dated(f"{edtf}~" if parts["about"] else edtf, why)


def numbers(wording: str) -> Iterator[Suggestion]:
    """Give what figures with strokes, points or dashes mean, as they stand."""
    figures = "".join(str(unicodedata.decimal(char, char)) for char in wording)
    match = _NUMBERS.fullmatch(figures)
    if match is None:
        return
    first, second, third = match[1], f"{int(match[3]):02}", match[4]
    mark = fold(match[5])
    if len(first) == len("YYYY"):
        ways = [(first, second, third, "year, month, day")]
    else:
        day_first = (third, second, first, "day before month")
        ways = [day_first, (third, first, second, "month before day")]
    for year, month, day, order in ways:
        if len(year) == len("YYYY") and len(day) <= len("DD"):
            edtf = _joined(year, f"{int(month):02}", day)
            yield from _of_figures(edtf, mark, f"read as {order}")


def _of_figures(edtf: str, mark: str, why: str) -> Iterator[Suggestion]:
    lunar = mark in {fold(one) for one in words.LUNAR_MARKS}
    solar = mark in {fold(one) for one in words.SOLAR_MARKS}
    gregorian = mark in {fold(one) for one in words.GREGORIAN_MARKS}
    other = not mark and int(edtf[:4]) in _OTHER_YEARS
    if lunar or other:
        yield from _converted("hijri-lunar@1", edtf, f", {why}")
    if solar or other:
        yield from _converted("hijri-solar@1", edtf, f", {why}")
    if gregorian or not (mark or other):
        yield from _dated(edtf, why)


def _joined(year: str, month: str, day: str | None) -> str:
    return "-".join(filter(None, (year, month, f"{int(day):02}" if day else "")))


def _dated(edtf: str, why: str) -> Iterator[Suggestion]:
    try:
        yield Suggestion(why, date=str(ImpreciseDate(edtf)))
    except InvalidValueError:
        return


def _converted(rule: str, printed: str, why: str = "") -> Iterator[Suggestion]:
    try:
        text = str(Rule(rule, printed))
    except InvalidValueError:
        return
    yield Suggestion(f"{_OTHER_CALENDARS[rule]}{why}", rule=text)


def _weekday_fault(edtf: str, weekday: str | None) -> str:
    """Say so, if a printed weekday is not that of the printed day."""
    if weekday is None or len(edtf) < len("YYYY-MM-DD"):
        return ""
    try:
        number = date.fromisoformat(edtf).weekday()
    except ValueError:
        return ""
    was = list(WEEKDAYS)[number]
    printed = _WEEKDAY_OF[weekday]
    return "" if was == printed else f"; but that day was a {was.capitalize()}"
