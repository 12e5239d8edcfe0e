"""What records say as they stand: corrected, and without what was withdrawn.

Nothing in a log is changed. What holds now is read out of all its records, in their
order; what held earlier out of those that were there then.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import evolve, field, frozen

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.claims import AnyClaim
from embargo_monitor.model.records import (
    Assessment,
    Correction,
    Link,
    Record,
    Withdrawal,
)
from embargo_monitor.model.reports import Report
from embargo_monitor.model.voices import Voice

TABLES = ("actors", "places", "sources", "voices", "events")
"""The tables of a report that a correction can mend, beside its claims."""


def corrected(report: Report, correction: Correction) -> Report:
    """Return a report as *correction* says that it should have been logged.

    What is corrected keeps its place; what is new comes last. A voice that no claim
    has any more is left out where it does not agree with the rest as corrected.

    Raises:
        InvalidValueError: It adds a claim that is there, replaces or withdraws one
            that is not, or the parts of the report do not agree any more; the path
            is that in the corrected report.
    """
    known = [claim.id for claim in report.claims]
    for claim in correction.adds:
        if claim.id in known:
            wanted = "the id of no claim of the report: replace that one"
            raise InvalidValueError("id", claim.id, wanted, path="$.adds")
    for field_, ids in (
        ("replaces", [claim.id for claim in correction.replaces]),
        ("withdraws", correction.withdraws),
    ):
        for id_ in ids:
            if id_ not in known:
                wanted = "the id of a claim of the report"
                raise InvalidValueError("id", id_, wanted, path=f"$.{field_}")
    claims = _in_place(report.claims, (*correction.replaces, *correction.adds))
    claims = tuple(one for one in claims if one.id not in correction.withdraws)
    tables: dict[str, Any] = {
        name: _in_place(getattr(report, name), getattr(correction, name))
        for name in TABLES
    }
    voices = tables.pop("voices")
    needed = {one.voice for one in claims} | {one.id for one in correction.voices}
    spoken = tuple(one for one in voices if one.id in needed)
    document = correction.document or report.document
    found = evolve(report, document=document, claims=claims, voices=spoken, **tables)
    kept = (one for one in voices if one.id in needed or _agrees(one, found))
    return evolve(found, voices=tuple(kept))


def _agrees(voice: Voice, report: Report) -> bool:
    """Whether a voice without claims ends with the publisher, and its dates hold."""
    try:
        evolve(report, voices=(*report.voices, voice))
    except InvalidValueError:
        return False
    return True


def _in_place(rows: Sequence[Any], others: Sequence[Any]) -> tuple[Any, ...]:
    by_id = {row.id: row for row in rows}
    return tuple({**by_id, **{row.id: row for row in others}}.values())


def correction_to(
    report: Report, again: Report, *, id: str, reason: str, by: str
) -> Correction:
    """Return the correction that makes *report* what is logged *again*.

    Entries of tables that *again* does not have stay in the report: they say nothing
    by themselves. Only voices that do not agree with it go.

    Raises:
        InvalidValueError: They are two reports, say the same, or differ in what a
            correction cannot mend: the report's note, or what it repeats. Withdraw
            the report then, and log it under another id.
    """
    for name in ("id", "repeats", "note"):
        if getattr(again, name) != getattr(report, name):
            wanted = f"as logged, {getattr(report, name)!r}"
            raise InvalidValueError(name, getattr(again, name), wanted, path="$")
    tables = {
        name: _changed(getattr(report, name), getattr(again, name)) for name in TABLES
    }
    known = {claim.id for claim in report.claims}
    changed: tuple[AnyClaim, ...] = _changed(report.claims, again.claims)
    kept = {claim.id for claim in again.claims}
    return Correction(
        id,
        report=report.id,
        reason=reason,
        by=by,
        document=again.document if again.document != report.document else None,
        adds=tuple(claim for claim in changed if claim.id not in known),
        replaces=tuple(claim for claim in changed if claim.id in known),
        withdraws=tuple(one.id for one in report.claims if one.id not in kept),
        **tables,
    )


def _changed(rows: Sequence[Any], again: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(row for row in again if row not in rows)


@frozen
class Standing:
    """What records say as they stand.

    Attributes:
        reports: Reports as corrected, by id; those withdrawn are left out.
        corrections: Corrections in force, by the id of their report.
        withdrawals: What was withdrawn and stays so, by kind and id.
        assessments: Assessments in force, by claim, in their order.
        links: Links in force, whose reports both stand.
        misfits: Why a correction was not applied, by its id: only a log that was
            written without our checks has any.
    """

    reports: Mapping[str, Report]
    corrections: Mapping[str, tuple[Correction, ...]]
    withdrawals: Mapping[tuple[str, str], Withdrawal]
    assessments: Mapping[str, tuple[Assessment, ...]]
    links: tuple[Link, ...]
    misfits: Mapping[str, str] = field(factory=dict)

    @property
    def events(self) -> tuple[str, ...]:
        """Ids of the events of the reports, as `report-id#event-id`, in their order."""
        return tuple(
            f"{id_}#{event.id}"
            for id_, report in self.reports.items()
            for event in report.events
        )

    def links_of(self, id: str) -> tuple[Link, ...]:
        """Return the links that join `report-id#local-id` to something."""
        return tuple(link for link in self.links if id in (link.first, link.second))


def standing(records: Iterable[Record]) -> Standing:
    """Read out of records, in the order of their log, what they say as they stand.

    What a record names may come after it: only a log that was written without our
    checks has that.
    """
    taken = tuple(records)
    withdrawals = _withdrawals(taken)
    left = [one for one in taken if (one.kind, one.id) not in withdrawals]
    reports = {one.id: one for one in left if isinstance(one, Report)}
    corrections: dict[str, tuple[Correction, ...]] = {}
    misfits: dict[str, str] = {}
    assessments: dict[str, tuple[Assessment, ...]] = {}
    for one in left:
        if isinstance(one, Correction) and one.report in reports:
            try:
                reports[one.report] = corrected(reports[one.report], one)
            except InvalidValueError as error:
                misfits[one.id] = str(error)
            else:
                before = corrections.get(one.report, ())
                corrections[one.report] = (*before, one)
        elif isinstance(one, Assessment):
            assessments[one.claim] = (*assessments.get(one.claim, ()), one)
    links = tuple(one for one in left if isinstance(one, Link) and _joins(one, reports))
    return Standing(reports, corrections, withdrawals, assessments, links, misfits)


def _joins(link: Link, reports: Mapping[str, Report]) -> bool:
    """Whether the reports of both ends stand."""
    ends = (end.partition("#")[0] for end in (link.first, link.second))
    return all(end in reports for end in ends)


def _withdrawals(records: Sequence[Record]) -> dict[tuple[str, str], Withdrawal]:
    """Find what was withdrawn; a withdrawal may be withdrawn itself, and counts not."""
    found: dict[tuple[str, str], Withdrawal] = {}
    # What is withdrawn stands before what withdraws it, so the last word comes first.
    for one in reversed(records):
        if isinstance(one, Withdrawal) and (one.kind, one.id) not in found:
            found.setdefault((one.entry_kind, one.entry), one)
    return found
