"""Dates in words, with the rule that made them and what they rest on."""

from collections.abc import Iterator

from embargo_monitor.model.claims import AnyClaim
from embargo_monitor.model.dates import QUALIFIERS, ImpreciseDate
from embargo_monitor.model.doubts import doubts
from embargo_monitor.model.reports import Report
from embargo_monitor.model.rules import READING, Rule, resolve
from embargo_monitor.model.when import Anchor, When
from embargo_monitor.show.text import isolated


def date_line(when: ImpreciseDate) -> str:
    """Say a date in words, both ends included.

    >>> print(date_line(ImpreciseDate("[2025-12-13..2025-12-21]")))
    between 2025-12-13 and 2025-12-21
    >>> print(date_line(ImpreciseDate("2025-12-23?")))
    2025-12-23 (uncertain)
    """
    marks = [QUALIFIERS[mark] for mark in sorted(when.qualifiers)]
    doubt = f" ({', '.join(marks)})" if marks else ""
    return _days(when) + doubt


def _days(when: ImpreciseDate) -> str:
    plain = when.edtf.rstrip("?~%")
    if when.is_span:
        first, last = (end.strip("?~%") for end in when.edtf.split("/"))
        ends = ("open" if end in ("", "..") else end for end in (first, last))
        return "from {} to {}".format(*ends)
    if plain.replace("-", "").isdigit():
        return plain
    if plain.startswith("[") and "," in plain:
        return " or ".join(plain.strip("[]").replace("..", " to ").split(","))
    if when.earliest is None:
        return f"not after {when.latest}"
    if when.latest is None:
        return f"not before {when.earliest}"
    if (when.earliest.month, when.earliest.day) == (1, 1) and (
        when.latest.month,
        when.latest.day,
    ) == (12, 31):
        first, last = f"{when.earliest.year:04}", f"{when.latest.year:04}"
        return first if first == last else f"between {first} and {last}"
    return f"between {when.earliest} and {when.latest}"


def when_lines(report: Report, when: When, claim: AnyClaim | None) -> Iterator[str]:
    """Give a date, the words and rule that made it, and everything that it rests on.

    The reason of a doubt about the document's own date stands with the document.
    """
    clock = f", at {when.clock}" if when.clock else ""
    yield f"{date_line(when.date)}{clock}{_words(when)}{_rule(report, when, claim)}"
    for doubt in doubts(report, when, claim):
        own = doubt.about.startswith("this date")
        yield f"rests on: {isolated(str(doubt) if own else doubt.about)}"


def _words(when: When) -> str:
    if not when.wording:
        return ""
    wording = isolated(when.wording)
    if when.translation is None:
        return f", from “{wording}”"
    return f", from “{isolated(when.translation.text)}” ({wording})"


def _rule(report: Report, when: When, claim: AnyClaim | None) -> str:
    if when.rule is None:
        return ", as printed"
    if when.rule.name != READING:
        return f", by the rule {when.rule}{_counted(when)}"
    reading = f", by {when.rule}: {isolated(when.reason)}"
    if when.against is None:
        return reading
    gives = _by_rule(report, when, when.against, claim)
    return f"{reading}; against the rule {when.against}{_counted(when)}{gives}"


def _counted(when: When) -> str:
    if when.anchor is None:
        return ""
    until = f", not after {_anchor(when.until)}" if when.until else ""
    return f", counted from {_anchor(when.anchor)}{until}"


def _anchor(anchor: Anchor) -> str:
    reason = f", a day of ours: {isolated(anchor.reason)}" if anchor.reason else ""
    return f"{anchor}{reason}"


def _by_rule(report: Report, when: When, against: Rule, claim: AnyClaim | None) -> str:
    """Tell the rule's own result; that of a calendar is in no record."""
    if when.anchor is None:
        return ""
    anchor = report.date_of(when.anchor, claim)
    until = report.date_of(when.until, claim) if when.until else None
    return f", which gives {date_line(resolve(against, anchor, until))}"
