"""Records that speak of others, with what they speak of beside them."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import combinations
from types import MappingProxyType
from typing import Any

from embargo_monitor.clock import now
from embargo_monitor.errors import InvalidValueError, UnknownNameError
from embargo_monitor.eventlog import EventLog
from embargo_monitor.logged import Logged
from embargo_monitor.model.records import (
    Assessment,
    Correction,
    Link,
    Linked,
    Record,
    Withdrawal,
)
from embargo_monitor.model.relevances import RelevanceRecord
from embargo_monitor.model.reports import Report
from embargo_monitor.model.since import Since, contradict
from embargo_monitor.model.standing import TABLES, Standing, corrected, standing
from embargo_monitor.model.views import Told, takings_back
from embargo_monitor.referring import parts_named
from embargo_monitor.show.claims import ClaimPrinter
from embargo_monitor.show.listing import (
    Later,
    in_short,
    log_line,
    summary_line,
    with_reason,
)
from embargo_monitor.show.records import (
    entry_lines,
    head_lines,
    record_lines,
    source_name,
)
from embargo_monitor.show.summary import summarise
from embargo_monitor.show.text import (
    WIDTH,
    hung,
    isolated,
    labelled,
    named,
    remark,
)
from embargo_monitor.structuring import unstructure


def logged_lines(log: EventLog, logged: Logged, width: int = WIDTH) -> Iterator[str]:
    """Give an entry as a person reads it, and what later records of ours say of it."""
    record = logged.entry.record
    if isinstance(record, Correction):
        yield from _correction_entry_lines(log, logged, record, width)
    else:
        texts = log.texts(record) if isinstance(record, Report) else {}
        yield from entry_lines(logged, texts, width)
    envelope = logged.entry.envelope
    yield from _spoken_of_lines(log, log.later(envelope.kind, envelope.id), width)


def _correction_entry_lines(
    log: EventLog, logged: Logged, record: Correction, width: int
) -> Iterator[str]:
    """Give a correction beside what it corrects; alone where it fits nothing."""
    lines = list(entry_lines(logged, {}, width))
    before = _before(log, logged.index, record.report)
    if before is not None:
        try:
            found = list(correction_lines(log, before, record, width))
        except InvalidValueError as error:
            why = isolated(str(error))
            lines.append(labelled("not applied", why, width=width, column=13))
        else:
            lines = [*head_lines(logged, width), *found]
    yield from lines


def _before(log: EventLog, index: int, report: str) -> Report | None:
    """Return a report as it stood before an entry; None where nothing is known."""
    found: dict[int, Logged] = {}
    # A log that was written without our checks may correct what it does not have.
    with suppress(UnknownNameError):
        logged = log.find(Report.kind, report)
        found[logged.index] = logged
    left = [(Report.kind, report)]
    while left:
        # A withdrawal may withdraw any of them, and be withdrawn itself.
        for one in log.later(*left.pop()):
            if one.index < index and one.index not in found:
                found[one.index] = one
                left.append((one.entry.envelope.kind, one.entry.envelope.id))
    records = [found[at].entry.record for at in sorted(found) if at < index]
    return standing(one for one in records if one is not None).reports.get(report)


def link_lines(
    stands: Standing,
    id: str,
    width: int = WIDTH,
    *,
    since: Since = MappingProxyType({}),
) -> Iterator[str]:
    """Give our links of an event; nothing where there are none.

    Args:
        stands: What the log says.
        id: The event's, from outside.
        width: Columns.
        since: What changed claims after links were rested on them.
    """
    links = stands.links_of(id)
    for one in links:
        said = with_reason(one)
        for claim, changed in since.get(one, {}).items():
            said += f" [because of {claim} as it was before {changed}]"
        yield labelled("our link", said, width=width)
    yield from _disagreeing_lines(links, width)


def _disagreeing_lines(links: Sequence[Link], width: int) -> Iterator[str]:
    """Name links that cannot both hold: they stand, and somebody has to settle it."""
    for one, other in combinations(links, 2):
        if contradict(one, other):
            both = f"{one.id} ({in_short(one)}) and {other.id} ({in_short(other)})"
            yield hung(f"our links disagree: {both}", "  ", " " * 13, width)


def mended_lines(stands: Standing, report: str, width: int = WIDTH) -> Iterator[str]:
    """Give our corrections of a report; nothing where there are none."""
    for one in stands.corrections.get(report, ()):
        yield labelled("corrected", f"{one.id}: {with_reason(one)}", width=width)


def later_lines(log: EventLog, record: Record, width: int = WIDTH) -> Iterator[str]:
    """Give a record that speaks of others, and what it speaks of as it stands.

    Args:
        log: The log that has what it speaks of.
        record: Any but a report.
        width: Columns.
    """
    if isinstance(record, Correction):
        yield from correction_lines(log, log.report(record.report), record, width)
        return
    yield from record_lines(record, {}, width)
    if isinstance(record, Assessment) and record.credibility.on > f"{now():%Y-%m-%d}":
        ahead = "it is dated after today, as this computer's clock has it"
        yield labelled("WARNING", ahead, width=width)
    yield ""
    yield "REFERS TO"
    if isinstance(record, Withdrawal):
        target = log.find(record.entry_kind, record.entry)
        yield log_line(target)
        if isinstance(target.entry.record, Report):
            for event in target.entry.record.events:
                yield from summary_line(summarise(target.entry.record, event), width)
    parts = list(parts_named(record))
    beside = takings_back(log.view().standing.reports.values()) if parts else ()
    for what, id_ in parts:
        yield from _part_lines(log, what, id_, width, beside)


def _part_lines(
    log: EventLog, what: str, id: str, width: int, beside: tuple[Told, ...]
) -> Iterator[str]:
    """Give a part of a report in a few lines, beside what others take back of it."""
    name, _, local = id.partition("#")
    report = log.report(name)
    if what == Linked.DOCUMENT.value:
        titles = "; ".join(named(title.text) for title in report.document.titles)
        yield labelled(id, titles, width=width)
        return
    part = next(one for one in getattr(report, f"{what}s") if one.id == local)
    if what == Linked.EVENT.value:
        yield from summary_line(summarise(report, part, beside), width)
    elif what == "claim":
        yield id
        texts = log.texts(report)
        printer = ClaimPrinter(report, texts, width=width, beside=beside)
        yield from printer.lines((Told(part, report),))
    elif what == Linked.SOURCE.value:
        told = f"{part.kind.value}: {source_name(report, part)}"
        yield labelled(id, told, width=width)
    else:
        names = "; ".join(named(one.text) for one in part.names)
        yield labelled(id, f"{part.kind.value}: {names}", width=width)


def correction_lines(
    log: EventLog, before: Report, record: Correction, width: int = WIDTH
) -> Iterator[str]:
    """Give a correction in words, beside what it corrects.

    Args:
        log: The log, for the texts of exhibits.
        before: The report as it stood.
        record: The correction.
        width: Columns.
    """
    yield labelled("correction", record.id, width=width)
    yield labelled("report", record.report, width=width)
    yield labelled("reason", remark(record.reason), width=width)
    yield labelled("by", remark(record.by), width=width)
    after = corrected(before, record)
    yield from _table_lines(before, record, width)
    left = [voice.id for voice in after.voices]
    for voice in before.voices:
        if voice.id not in left:
            was_said = unstructure(voice)
            yield from _changed(f"voices.{voice.id}", was_said, None, width)
    texts = {**log.texts(before), **log.texts(after)}
    was = ClaimPrinter(before, texts, width=width)
    is_ = ClaimPrinter(after, texts, width=width)
    old = {claim.id: claim for claim in before.claims}
    for claim in record.replaces:
        yield f"CLAIM {claim.id} WAS"
        yield from was.lines((Told(old[claim.id], before),))
        yield f"CLAIM {claim.id} SHOULD HAVE BEEN"
        yield from is_.lines((Told(claim, after),))
    for claim in record.adds:
        yield f"CLAIM {claim.id} WAS MISSING"
        yield from is_.lines((Told(claim, after),))
    for id_ in record.withdraws:
        yield f"CLAIM {id_} SHOULD NOT HAVE BEEN LOGGED"
        yield from was.lines((Told(old[id_], before),))


def _table_lines(before: Report, record: Correction, width: int) -> Iterator[str]:
    """Give what a correction mends beside claims: field by field, old and new."""
    if record.document is not None:
        was, is_ = unstructure(before.document), unstructure(record.document)
        for name in dict.fromkeys((*was, *is_)):
            if was.get(name) != is_.get(name):
                label = f"document.{name}"
                yield from _changed(label, was.get(name), is_.get(name), width)
    for table in TABLES:
        known = {row.id: row for row in getattr(before, table)}
        for row in getattr(record, table):
            old = unstructure(known[row.id]) if row.id in known else None
            yield from _changed(f"{table}.{row.id}", old, unstructure(row), width)


def _changed(label: str, was: object, is_: object, width: int) -> Iterator[str]:
    column = len(label) + 2
    yield labelled(label, f"was {_said(was)}", width=width, column=column)
    yield labelled("", f"is  {_said(is_)}", width=width, column=column)


def _said(value: object) -> str:
    if value is None:
        return "nothing"
    return json.dumps(_each_isolated(value), ensure_ascii=False, sort_keys=True)


def _each_isolated(value: Any) -> Any:
    """Isolate every text in a value by itself, so that its lines can be broken."""
    if isinstance(value, dict):
        return {name: _each_isolated(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_each_isolated(one) for one in value]
    return isolated(value) if isinstance(value, str) else value


def withdrawn_mark(stands: Standing, kind: str, id: str) -> str:
    """Name the withdrawal of a record, if one is in force."""
    by = stands.withdrawals.get((kind, id))
    return f"  (withdrawn: {by.id})" if by else ""


def _spoken_of_lines(
    log: EventLog, found: Sequence[Logged], width: int
) -> Iterator[str]:
    """Give the later records that speak of an entry; nothing where there are none."""
    if not found:
        return
    yield ""
    yield "LATER RECORDS OF OURS that speak of it (nothing above is changed by them)"
    stands = log.standing_of()
    for logged in found:
        record = logged.entry.record
        # What cannot be read refers to nothing, nor does a report.
        assert isinstance(record, Later)  # noqa: S101
        said = f"{record.kind} {record.id}: {in_short(record)}"
        said += withdrawn_mark(stands, record.kind, record.id)
        yield labelled(f"entry {logged.index}", said, width=width)
        yield labelled("", why(record), width=width)
    records = [logged.entry.record for logged in found]
    links = [one for one in records if isinstance(one, Link)]
    in_force = [one for one in links if (one.kind, one.id) not in stands.withdrawals]
    yield from _disagreeing_lines(in_force, width)


def why(record: Later) -> str:
    """Say who says so, and why."""
    if isinstance(record, RelevanceRecord):
        return f"{named(record.by)}: {remark(record.register_edition)}"
    if isinstance(record, Assessment):
        grade = record.credibility
        return f"{named(grade.by)} on {grade.on}: {remark(record.reason)}"
    return f"{named(record.by)}: {remark(record.reason)}"
