"""What a date rests on: the inferences and doubts that it inherits.

A rule's result carries no sign of the doubt about what it counted from, so an answer
that uses the result lists that doubt beside it.
"""

from attrs import frozen

from embargo_monitor.model.claims import AnyClaim
from embargo_monitor.model.dates import QUALIFIERS, ImpreciseDate
from embargo_monitor.model.documents import Basis, Reading
from embargo_monitor.model.reports import Report
from embargo_monitor.model.rules import READING
from embargo_monitor.model.stances import Known
from embargo_monitor.model.when import Anchor, AnchorKind, When


@frozen
class Doubt:
    """One thing that a date rests on and that is not printed.

    Attributes:
        about: What is doubtful, in words.
        reason: Why it was taken all the same; empty where the source doubts.
    """

    about: str
    reason: str = ""

    def __str__(self) -> str:
        return f"{self.about}: {self.reason}" if self.reason else self.about


def doubts(
    report: Report, when: When, claim: AnyClaim | None, name: str = "this date"
) -> tuple[Doubt, ...]:
    """List what a date rests on that is not printed in the document.

    Args:
        report: The report it stands in.
        when: The date.
        claim: The claim that carries it; None for the date of a saying.
        name: What to call the date.

    Returns:
        The nearest doubt first, none twice.
    """
    found: dict[Doubt, None] = {}
    if when.known is not Known.STATED:
        found[Doubt(f"{name} is {when.known.value}", when.reason)] = None
    reads = when.rule is not None and when.rule.name == READING
    if reads:
        found[Doubt(f"{name} is our own reading", when.reason)] = None
    for mark in sorted(when.date.qualifiers):
        found[Doubt(f"{name} is {QUALIFIERS[mark]}")] = None
    for anchor in (when.anchor, when.until):
        # A reading rests on nothing that the rule which it goes against counts from.
        if anchor is not None and not reads:
            found.update(dict.fromkeys(_of_anchor(report, anchor, claim)))
    return tuple(found)


def _of_anchor(
    report: Report, anchor: Anchor, claim: AnyClaim | None
) -> tuple[Doubt, ...]:
    if anchor.of is AnchorKind.DAY:
        return (Doubt(f"it counts from {anchor.day}", anchor.reason),)
    if anchor.day is not None:
        return _of_marks(anchor.day, f"the printed {anchor.day}")
    if anchor.of is AnchorKind.CLAIM:
        other = next(one for one in report.claims if one.id == anchor.claim)
        return _of_when(report, getattr(other, "when", None), other, str(anchor))
    if anchor.of is AnchorKind.SAID:
        first = report.voice_of(claim).speakers[0] if claim else None
        return _of_when(report, first.said if first else None, None, str(anchor))
    document = report.document
    published = anchor.of is AnchorKind.PUBLISHED
    reading = document.published if published else document.written
    what = "publication" if published else "writing"
    return _of_reading(reading, what) if reading else ()


def _of_when(
    report: Report, when: When | None, claim: AnyClaim | None, name: str
) -> tuple[Doubt, ...]:
    return doubts(report, when, claim, name) if when else ()


def _of_reading(reading: Reading, what: str) -> tuple[Doubt, ...]:
    if reading.basis is Basis.INFERRED:
        about = f"the day of {what}, {reading.date}, is inferred"
        return (Doubt(about, reading.reason),)
    return _of_marks(reading.date, f"the day of {what}, {reading.date},")


def _of_marks(date: ImpreciseDate, name: str) -> tuple[Doubt, ...]:
    marks = [QUALIFIERS[mark] for mark in sorted(date.qualifiers)]
    return tuple(Doubt(f"{name} is {mark}") for mark in marks)
