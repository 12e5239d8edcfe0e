"""Whether a wording names the period that a form says it names."""

import re
import unicodedata
from collections.abc import Iterator

from embargo_monitor.authoring.wordings import suggest
from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.dates import ImpreciseDate

_YEARS = re.compile(r"(?<![0-9-])([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)")
_DIGITS = re.compile("[0-9]+")
_OF_A_YEAR = 3

_WANTED = (
    "what the wording itself names; a year that it does not name is yours: give `day`"
    " with a reason"
)


def unseen_years(printed: ImpreciseDate, wording: str) -> str:
    """Return the years of *printed* that cannot be seen in *wording*, in words.

    A year may be written in words, or by the years of a ruler: what is not understood
    is told, and left to the analyst.

    Raises:
        InvalidValueError: The wording names another year; or it is understood as a
            whole, and names none of these.
    """
    told = _DIGITS.findall(_with_our_digits(wording))
    missing = [year for year in _years(printed) if not _is_told(year, told)]
    offered = suggest(wording)
    if not missing or any(str(printed) in (one.printed, one.date) for one in offered):
        return ""
    if offered or any(len(run) >= _OF_A_YEAR for run in told):
        raise InvalidValueError("printed", str(printed), _WANTED)
    return f"the wording shows no digits of {' and '.join(missing)}"


def _years(printed: ImpreciseDate) -> Iterator[str]:
    """Give the year, decade or century of each end of a date."""
    yield from dict.fromkeys(_YEARS.findall(printed.edtf))


def _is_told(year: str, told: list[str]) -> bool:
    """Whether one of these numbers names a year, a decade (60s) or a century (20th)."""
    known = year.rstrip("X")
    short = {
        "": {year[2:]},
        "X": {f"{known[2:]}0"},
        "XX": {str(int(known) + 1)},
    }[year.removeprefix(known)]
    return any(number.startswith(known) or number in short for number in told)


def _with_our_digits(text: str) -> str:
    """Write the digits of all scripts as ours."""
    return "".join(str(unicodedata.decimal(char, char)) for char in text)
