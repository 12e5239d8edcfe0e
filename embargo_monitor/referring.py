"""What later records refer to, looked up in the log that is to hold them.

A correction, withdrawal, assessment or link speaks of what the log has already. It is
taken only if that is there and still stands.
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Protocol

from attrs import evolve

from embargo_monitor.encoding import decode, key_of
from embargo_monitor.errors import ReferringError, UnknownNameError, quoted
from embargo_monitor.log.entries import Stored
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
from embargo_monitor.model.standing import Standing, standing

LATER = ("correction", "withdrawal", "assessment", "link", "relevance")
"""The kinds of records that refer to others."""


class Entries(Protocol):
    """Where entries are found: a reader or writer of a log."""

    def find(self, key: str) -> Stored | None:
        """Return the entry that has this key, if one has."""

    def keyed(self, start: str) -> Iterator[Stored]:
        """Give the entries whose keys begin so, in order."""


@lru_cache(maxsize=2_048)
def _record_in(body: bytes) -> Record | None:
    """Return the record of an entry; None where it needs a newer version.

    Kept once read: each of many later records about one report reads all that were
    there before it.
    """
    return decode(body).record


def reports_named(record: Record) -> tuple[str, ...]:
    """Return the ids of the reports that a record speaks of, each once."""
    if isinstance(record, Report):
        return (record.id,)
    if isinstance(record, Correction):
        return (record.report,)
    if isinstance(record, Assessment):
        named: tuple[str, ...] = (record.claim,)
    elif isinstance(record, Link):
        named = (record.first, record.second, *record.because)
    elif isinstance(record, RelevanceRecord):
        named = (record.event, *record.linked)
    else:
        named = ()
    return tuple(dict.fromkeys(id_.partition("#")[0] for id_ in named))


def refers_to(record: Record, kind: str, id: str) -> bool:
    """Tell whether a record refers to the record of that kind and id."""
    if isinstance(record, Withdrawal):
        return (record.entry_kind, record.entry) == (kind, id)
    return kind == Report.kind and id in reports_named(record)


def later(entries: Entries, kind: str, id: str) -> Iterator[tuple[Stored, Record]]:
    """Give what refers to a record, in the order of the log."""
    found = []
    for other in LATER:
        for stored in entries.keyed(key_of(other, "")):
            # An entry spells an id in one way only: looking spares the decoding.
            if id.encode() in stored.body:
                record = _record_in(stored.body)
                if record is not None and refers_to(record, kind, id):
                    found.append((stored, record))
    yield from sorted(found, key=lambda one: one[0].position)


def records_of(entries: Entries, reports: Sequence[str]) -> list[Record]:
    """Return what is logged of some reports, in the order of the log.

    Every withdrawal is among it, since one may withdraw another; and so are the
    reports at the other ends of their links, as logged, since a link counts only while
    they stand.
    """
    found: dict[int, Record] = {}
    withdrawals = entries.keyed(key_of(Withdrawal.kind, ""))
    named = [entries.find(key_of(Report.kind, report)) for report in reports]
    for stored in (*filter(None, named), *withdrawals):
        record = _record_in(stored.body)
        if record is not None:
            found[stored.position] = record
    for report in reports:
        found |= {at.position: one for at, one in later(entries, Report.kind, report)}
    for stored in _far_ends(entries, found.values(), reports):
        record = _record_in(stored.body)
        if record is not None:
            found[stored.position] = record
    return [found[position] for position in sorted(found)]


def standing_report(stands: Standing, id: str) -> Report:
    """Return a report as it stands.

    Raises:
        UnknownNameError: There is none of that id.
        ReferringError: It was withdrawn.
    """
    withdrawn = stands.withdrawals.get((Report.kind, id))
    if withdrawn is not None:
        reason = (
            f"it was withdrawn by {withdrawn.by}: {withdrawn.reason};"
            " `show` still gives it"
        )
        raise ReferringError(Report.kind, id, reason)
    if id not in stands.reports:
        raise UnknownNameError(Report.kind, id)
    return stands.reports[id]


def _far_ends(
    entries: Entries, records: Iterable[Record], reports: Sequence[str]
) -> Iterator[Stored]:
    """Give the reports that links lead to, but for those that are known."""
    links = [one for one in records if isinstance(one, Link)]
    ends = {end.partition("#")[0] for one in links for end in (one.first, one.second)}
    for end in ends.difference(reports):
        stored = entries.find(key_of(Report.kind, end))
        if stored is not None:
            yield stored


def standing_of(entries: Entries, reports: Sequence[str]) -> Standing:
    """Return what is logged of some reports as it stands; all that was withdrawn."""
    stands = standing(records_of(entries, reports))
    asked = {id_: one for id_, one in stands.reports.items() if id_ in reports}
    return evolve(stands, reports=asked)


def require_targets(entries: Entries, record: Record) -> None:
    """Refuse a later record that refers to what is not there, or does not fit it.

    Raises:
        ReferringError: With what is missing, and what is near to it.
    """
    if isinstance(record, Report):
        return
    if isinstance(record, Withdrawal):
        _require_withdrawable(entries, record)
        return
    reports = reports_named(record)
    logged = records_of(entries, reports)
    stands = standing(logged)
    for id_ in reports:
        if id_ not in stands.reports:
            raise _without(entries, record, stands, id_)
    if isinstance(record, Correction):
        _require_fit(record, logged)
    for what, id_ in parts_named(record):
        report, _, local = id_.partition("#")
        known = _known(stands.reports[report], what)
        if local not in known:
            # A row of the authoring form has become several claims.
            of_row = [one for one in known if one.startswith(f"{local}.")]
            near = of_row or get_close_matches(local, known)
            hint = f"; near: {', '.join(near)}" if near else ""
            reason = f"report {report} has no {what} {quoted(local)} as it stands{hint}"
            raise ReferringError(record.kind, record.id, reason)


def parts_named(record: Record) -> Iterator[tuple[str, str]]:
    """Give the parts of reports that a record names: what each is, and its id."""
    if isinstance(record, Assessment):
        yield "claim", record.claim
    elif isinstance(record, Link):
        yield from ((record.linked.value, end) for end in (record.first, record.second))
        yield from (("claim", claim) for claim in record.because)
    elif isinstance(record, RelevanceRecord):
        yield from (("event", event) for event in (record.event, *record.linked))


def _known(report: Report, what: str) -> list[str]:
    if what == Linked.DOCUMENT.value:
        return ["document"]
    return [one.id for one in getattr(report, f"{what}s")]


def _without(
    entries: Entries, record: Record, stands: Standing, id: str
) -> ReferringError:
    withdrawal = stands.withdrawals.get((Report.kind, id))
    if withdrawal is not None:
        reason = f"report {quoted(id)} was withdrawn: {quoted(withdrawal.reason)}"
        return ReferringError(record.kind, record.id, reason)
    if entries.find(key_of(Report.kind, id)) is not None:
        reason = f"report {quoted(id)} needs a newer version of embargo_monitor"
        return ReferringError(record.kind, record.id, reason)
    reason = f"the log has no report {quoted(id)}{_near(entries, Report.kind, id)}"
    return ReferringError(record.kind, record.id, reason)


def _near(entries: Entries, kind: str, id: str) -> str:
    start = key_of(kind, "")
    ids = [stored.key.removeprefix(start) for stored in entries.keyed(start)]
    near = get_close_matches(id, ids)
    return f"; near: {', '.join(near)}" if near else ""


def _require_fit(record: Record, logged: Sequence[Record]) -> None:
    """Refuse a record with which a correction would not fit its report any more."""
    before = standing(logged).misfits
    for id_, why in standing((*logged, record)).misfits.items():
        if id_ not in before:
            its_own = isinstance(record, Correction) and id_ == record.id
            other = "" if its_own else f"correction {id_} rests on it: "
            raise ReferringError(record.kind, record.id, f"{other}{why}")


def _require_withdrawable(entries: Entries, record: Withdrawal) -> None:
    kind, id_ = record.entry_kind, record.entry
    stored = entries.find(key_of(kind, id_))
    if stored is None:
        reason = f"the log has no {kind} {quoted(id_)}{_near(entries, kind, id_)}"
        raise ReferringError(record.kind, record.id, reason)
    target = _record_in(stored.body)
    while isinstance(target, Withdrawal):
        inner = entries.find(key_of(target.entry_kind, target.entry))
        # Written without our checks, withdrawals can stand in a circle.
        if inner is None or inner.position >= stored.position:
            target = None
        else:
            stored, target = inner, _record_in(inner.body)
    logged = records_of(entries, reports_named(target) if target else ())
    if (kind, id_) in standing(logged).withdrawals:
        reason = f"{kind} {quoted(id_)} is withdrawn already"
        raise ReferringError(record.kind, record.id, reason)
    _require_fit(record, logged)
