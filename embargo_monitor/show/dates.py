"""Dates in words, with the rule that made them and what they rest on."""

from collections.abc import Iterator
from datetime import date

from embargo_monitor.model.claims import AnyClaim
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.doubts import doubts
from embargo_monitor.model.reports import Report
from embargo_monitor.model.when import When
from embargo_monitor.show.text import isolated

_MARKS = {"?": "uncertain", "~": "approximate", "%": "uncertain and approximate"}


def date_line(when: ImpreciseDate) -> str:
    """Say a date in words, both ends included.

    >>> print(date_line(ImpreciseDate("[2025-12-13..2025-12-21]")))
    between 2025-12-13 and 2025-12-21
    >>> print(date_line(ImpreciseDate("2025-12-23?")))
    2025-12-23 (uncertain)
    """
    marks = [_MARKS[mark] for mark in sorted(when.qualifiers)]
    doubt = f" ({', '.join(marks)})" if marks else ""
    return _days(when) + doubt


def _days(when: ImpreciseDate) -> str:
    plain = when.edtf.rstrip("?~%")
    if when.is_span:
        return f"from {_end(when.earliest, 'open')} to {_end(when.latest, 'open')}"
    if plain.replace("-", "").isdigit():
        return plain
    if plain.startswith("[") and "," in plain:
        return " or ".join(plain.strip("[]").split(","))
    if when.earliest is None:
        return f"not after {when.latest}"
    if when.latest is None:
        return f"not before {when.earliest}"
    if (when.earliest.month, when.earliest.day) == (1, 1) and (
        when.latest.month,
        when.latest.day,
    ) == (12, 31):
        return f"between {when.earliest.year:04} and {when.latest.year:04}"
    return f"between {when.earliest} and {when.latest}"


def _end(day: date | None, otherwise: str) -> str:
    return str(day) if day else otherwise


def when_lines(report: Report, when: When, claim: AnyClaim | None) -> Iterator[str]:
    """Give what made a date: words and rule, then everything that it rests on."""
    words = ""
    if when.wording:
        meaning = f"“{when.translation.text}” " if when.translation else ""
        words = f"{meaning}({isolated(when.wording)})"
    if when.rule and when.anchor:
        until = f", and not after {when.until}" if when.until else ""
        yield f"{words} read by {when.rule}, counted from {when.anchor}{until}".strip()
    elif words:
        yield f"{words}, as printed"
    if when.clock:
        yield f"at {when.clock}, as printed"
    for doubt in doubts(report, when, claim):
        yield f"rests on: {isolated(doubt)}"
