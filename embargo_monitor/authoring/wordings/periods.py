"""Wordings that name a period: parts of it, decades, and what lies between two."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from embargo_monitor.authoring.wordings import vocabulary as words
from embargo_monitor.authoring.wordings.dated import printed_dates
from embargo_monitor.authoring.wordings.patterns import any_of, keys_of, words_of
from embargo_monitor.authoring.wordings.suggestion import Suggestion
from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.dates import ImpreciseDate

_Read = Callable[[re.Match[str]], Iterator[Suggestion]]

_PART_OF = keys_of(words.PARTS)
_ORDINAL_OF = keys_of(words.ORDINALS)
_DECADE_OF = keys_of(words.DECADES)

PERIODS = {
    "early": "the first half of it",
    "mid": "the middle half of it",
    "late": "the second half of it",
}
"""What each rule for a part of a period gives, in words."""

_WHOLE = re.compile("[0-9]{4}(-[0-9]{2})?|[0-9]{3}X")


def _dates_in(text: str) -> Iterator[str]:
    """Give the plain dates that a part of a wording prints: a period or a day."""
    if decade := re.fullmatch("(?P<decade>[0-9]{3})0 ?s", text):
        yield f"{decade['decade']}X"
    if text in _DECADE_OF:
        yield f"19{_DECADE_OF[text][0]}X"
    for one in printed_dates(text):
        if one.date:
            yield one.date


def _part(match: re.Match[str]) -> Iterator[Suggestion]:
    part = _PART_OF[match["part"]]
    for period in _dates_in(match["rest"]):
        if _WHOLE.fullmatch(period):
            yield Suggestion(PERIODS[part], rule=f"{part}@1", printed=period)


def _quarter(match: re.Match[str]) -> Iterator[Suggestion]:
    numbered = match.groupdict()
    number = _ORDINAL_OF.get(numbered.get("ordinal") or "") or numbered.get("number")
    quarter = bool(numbered.get("quarter"))
    if number is None or (not quarter and number > "2"):
        return
    name, months = ("quarter", "three") if quarter else ("half", "six")
    why = f"{months} months of the calendar year"
    yield Suggestion(why, rule=f"{name}@1 {number}", printed=match["year"])


def _decade(match: re.Match[str]) -> Iterator[Suggestion]:
    decade = _DECADE_OF[match["decade"]]
    yield Suggestion(
        "of the hundred years before the anchor's",
        rule=f"decade-of-last-century@1 {decade}",
    )
    yield Suggestion("of the twentieth century", date=f"19{decade[0]}X")


def _plain_decade(match: re.Match[str]) -> Iterator[Suggestion]:
    for decade in _dates_in(match[0]):
        yield Suggestion("ten years", date=decade)


def _between(match: re.Match[str]) -> Iterator[Suggestion]:
    for first in _dates_in(match["first"]):
        for last in _dates_in(match["last"]):
            one = Suggestion("on some day between", date=f"[{first}..{last}]")
            spanned = Suggestion("from the one to the other", date=f"{first}/{last}")
            yield from filter(_is_date, (one, spanned))


def _since(match: re.Match[str]) -> Iterator[Suggestion]:
    for first in _dates_in(match["first"]):
        yield Suggestion("it has lasted since, end unknown", date=f"{first}/")


def _is_date(suggestion: Suggestion) -> bool:
    try:
        return bool(ImpreciseDate(suggestion.date))
    except InvalidValueError:
        return False


_ORDINAL = f"(?P<ordinal>{words_of(words.ORDINALS)})"
_EACH = f"(?:(?P<quarter>{any_of(words.QUARTER)})|{any_of(words.HALF)})"
_YEAR = "(?P<year>[0-9]{4})"
_CENTURY = f"(?: {any_of(words.BEFORE)} {any_of(words.CENTURY)})"
_CENTURY_LAST = f"(?: {any_of(words.CENTURY)} {any_of(words.BEFORE)})"
_FIRST, _LAST = "(?P<first>.+)", "(?P<last>.+)"
_AND = f"(?: {any_of(words.AND)} ?)"
_TO = f"(?: {any_of(words.TO)} )"

_PATTERNS: tuple[tuple[str, _Read], ...] = (
    (f"(?P<part>{words_of(words.PARTS)}) (?P<rest>.+)", _part),
    (f"{_ORDINAL} {_EACH} {_YEAR}", _quarter),
    (f"{_EACH} {_ORDINAL} {_YEAR}", _quarter),
    (f"(?P<quarter>q)(?P<number>[1-4]) {_YEAR}", _quarter),
    (f"{_YEAR} (?P<quarter>q)(?P<number>[1-4])", _quarter),
    (f"(?:h)(?P<number>[12]) {_YEAR}", _quarter),
    (
        f"(?P<decade>{words_of(words.DECADES)})(?:{_CENTURY}|{_CENTURY_LAST})?",
        _decade,
    ),
    ("[0-9]{3}0 ?s", _plain_decade),
    (f"{any_of(words.BETWEEN)} {_FIRST}{_AND}{_LAST}", _between),
    (f"(?:{any_of(words.FROM)} )?{_FIRST}{_TO}{_LAST}", _between),
    ("(?P<first>[0-9]{4}) (?P<last>[0-9]{4})", _between),
    (f"{any_of(words.SINCE)} {_FIRST}", _since),
)


@cache
def _compiled() -> list[tuple[re.Pattern[str], _Read]]:
    # Not before a wording is asked about: it takes longer than to read a form.
    return [(re.compile(pattern), read) for pattern, read in _PATTERNS]


def periods(text: str) -> Iterator[Suggestion]:
    """Give what a folded wording means that names a period."""
    for pattern, read in _compiled():
        if match := pattern.fullmatch(text):
            yield from read(match)
