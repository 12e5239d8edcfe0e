"""What an entry of a log changes in the tables of the index, row by row.

Entries are followed in their order. What stands of a report, a link, an assessment or
an answer is read out of the records about it that have come so far; rows that do not
stand any more get the position that ended them, and rows that are new stand from there.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from embargo_monitor.encoding import decode
from embargo_monitor.log.entries import Reader
from embargo_monitor.logged import Logged
from embargo_monitor.model.records import (
    Assessment,
    Correction,
    Link,
    Record,
    Withdrawal,
)
from embargo_monitor.model.relevances import RelevanceRecord
from embargo_monitor.model.reports import Report
from embargo_monitor.model.standing import standing
from embargo_monitor.query.claimrows import Cells
from embargo_monitor.query.rows import (
    row_of_assessment,
    row_of_link,
    rows_of_relevance,
    rows_of_report,
)
from embargo_monitor.query.tables import TABLES
from embargo_monitor.referring import parts_named, reports_named

Row = tuple[Any, ...]

_STANDING = {
    one.name: one.names[:-2] for one in TABLES if one.names[-1] == "superseded_at"
}
"""The columns of the tables whose rows can end, but for those that say when."""

_OF_A_REPORT = {
    "reports": "id",
    "events": "report",
    "claims": "report",
    "actors": "report",
    "sources": "report",
}
"""The tables that name a row's report, and the column that does."""

_OF_ITS_PARTS = {
    "named": "claim",
    "items": "claim",
    "refs": "claim",
    "names": "whose",
    "speakers": "voice",
}
"""The tables of which a row names something of a report as `report-id#local-id`."""

_LIKENESSES = ("likeness", "actor_likeness", "for_likeness")

CONCERNED = """
WITH RECURSIVE concerned(kind, id, entry) AS (
  SELECT kind, id, entry FROM entries WHERE kind = ? AND id = ?
  UNION
  SELECT later.kind, later.id, later.entry FROM later JOIN concerned
    ON later.of_kind = concerned.kind AND later.of_id = concerned.id
  WHERE later.kind IN ('correction', 'withdrawal')
)
SELECT entry FROM concerned ORDER BY entry
"""
"""The entries of a record and of the corrections and withdrawals that concern it."""


def follow(tables: sqlite3.Connection, reader: Reader, logged: Logged) -> None:
    """Enter what an entry changes; those before it have been entered.

    Args:
        tables: The index, in a transaction.
        reader: The log.
        logged: The entry.
    """
    envelope, record = logged.entry.envelope, logged.entry.record
    entered = (
        logged.index,
        envelope.kind,
        envelope.id,
        f"{envelope.recorded:%Y-%m-%dT%H:%M:%SZ}",
        envelope.by,
        logged.leaf.hex(),
        int(record is not None),
    )
    tables.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)", entered)
    if record is None:
        return
    tables.executemany(
        "INSERT INTO later VALUES (?, ?, ?, ?, ?, ?, ?)", _later(record, logged.index)
    )
    _Following(tables, reader, logged.index, record).take(record)


def _later(record: Record, entry: int) -> Iterator[Row]:
    """Give a row for each record, and each part of one, that a later record names."""
    if isinstance(record, Report):
        return
    named = [(Report.kind, id_) for id_ in reports_named(record)]
    named += parts_named(record)
    if isinstance(record, Withdrawal):
        named = [(record.entry_kind, record.entry)]
    reason, by = getattr(record, "reason", None), getattr(record, "by", None)
    if isinstance(record, Assessment):
        by = record.credibility.by
    for kind, id_ in dict.fromkeys(named):
        yield (record.kind, record.id, kind, id_, reason, by, entry)


class _Following:
    """An entry that is being followed: the tables, the log, and where it stands."""

    def __init__(
        self, tables: sqlite3.Connection, reader: Reader, entry: int, record: Record
    ) -> None:
        self._tables, self._reader = tables, reader
        self._entry, self._record = entry, record

    def take(self, record: Record) -> None:
        """Enter what a record changes."""
        if isinstance(record, Withdrawal):
            target = self._withdrawn(record)
            if target is not None:
                self.take(target)
        elif isinstance(record, Report):
            self._report(record.id)
            for link in self._all_about(Link.kind, Report.kind, record.id):
                self.take(link)
        elif isinstance(record, Correction):
            self._report(record.report)
        elif isinstance(record, Link):
            self._link(record)
        elif isinstance(record, Assessment):
            left = not self._is_withdrawn(record)
            rows = row_of_assessment(record) if left else ()
            self._set("assessments", "id = ?", (record.id,), rows)
        elif isinstance(record, RelevanceRecord):
            self._relevance(record.event)

    def _withdrawn(self, record: Withdrawal) -> Record | None:
        """Return what a withdrawal ends or brings back; None where it is not there."""
        target: Record | None = record
        seen = {record.id}
        while isinstance(target, Withdrawal):
            found = self._tables.execute(
                "SELECT entry FROM entries WHERE kind = ? AND id = ?",
                (target.entry_kind, target.entry),
            ).fetchone()
            target = self._at(found[0]) if found else None
            if isinstance(target, Withdrawal) and target.id in seen:
                # Written without our checks, withdrawals can stand in a circle.
                return None
            seen.add(target.id if target else "")
        return target

    def _report(self, id: str) -> None:
        records = self._concerned(Report.kind, id)
        stands = standing(records).reports.get(id)
        recorded = self._tables.execute(
            "SELECT recorded FROM entries WHERE kind = ? AND id = ?", (Report.kind, id)
        ).fetchone()
        found = list(rows_of_report(stands, recorded[0])) if stands else []
        for table, column in _OF_A_REPORT.items():
            own = (row for row in found if row[0] == table)
            self._set(table, f"{column} = ?", (id,), own)
        # "#" stands before a local id, and "$" comes right after "#".
        for table, column in _OF_ITS_PARTS.items():
            own = (row for row in found if row[0] == table)
            where = f"{column} >= ? AND {column} < ?"
            self._set(table, where, (f"{id}#", f"{id}$"), own)

    def _link(self, link: Link) -> None:
        ends = (end.partition("#")[0] for end in (link.first, link.second))
        both = all(
            self._tables.execute(
                "SELECT 1 FROM reports WHERE id = ? AND superseded_at IS NULL", (end,)
            ).fetchone()
            for end in ends
        )
        left = both and not self._is_withdrawn(link)
        self._set("links", "id = ?", (link.id,), row_of_link(link) if left else ())

    def _relevance(self, event: str) -> None:
        told = self._all_about(RelevanceRecord.kind, "event", event)
        left = [
            one
            for one in told
            if isinstance(one, RelevanceRecord)
            and one.event == event
            and not self._is_withdrawn(one)
        ]
        rows = rows_of_relevance(left[-1]) if left else ()
        self._set("relevance", "event = ?", (event,), rows)

    def _is_withdrawn(self, record: Record) -> bool:
        stands = standing(self._concerned(record.kind, record.id))
        return (record.kind, record.id) in stands.withdrawals

    def _concerned(self, kind: str, id: str) -> list[Record]:
        """Return a record, with the corrections and withdrawals that concern it."""
        found = self._tables.execute(CONCERNED, (kind, id)).fetchall()
        records = (self._at(entry) for (entry,) in found)
        return [one for one in records if one is not None]

    def _all_about(self, kind: str, of_kind: str, of_id: str) -> list[Record]:
        """Return the later records of one kind that name that, in their order."""
        found = self._tables.execute(
            "SELECT DISTINCT entry FROM later WHERE of_kind = ? AND of_id = ?"
            " AND kind = ? ORDER BY entry",
            (of_kind, of_id, kind),
        ).fetchall()
        records = (self._at(entry) for (entry,) in found)
        return [one for one in records if one is not None]

    def _at(self, entry: int) -> Record | None:
        if entry == self._entry:
            return self._record
        return decode(self._reader.entry(entry).body).record

    def _set(
        self,
        table: str,
        where: str,
        values: Sequence[str],
        rows: Iterable[tuple[str, Cells]],
    ) -> None:
        """Let exactly these rows stand, of those of which *where* holds."""
        # Names of tables and columns are our own; values are bound.
        columns = _STANDING[table]
        numbered = (self._with_numbers(cells) for _, cells in rows)
        wanted = dict.fromkeys(tuple(map(cells.get, columns)) for cells in numbered)
        select = f"SELECT rowid, {', '.join(columns)} FROM {table} WHERE {where}"
        standing_now = f"{select} AND superseded_at IS NULL"
        held = self._tables.execute(standing_now, values).fetchall()
        for rowid, *cells in held:
            if tuple(cells) in wanted:
                del wanted[tuple(cells)]
            else:
                self._tables.execute(
                    f"UPDATE {table} SET superseded_at = ? WHERE rowid = ?",
                    (self._entry, rowid),
                )
        marks = ", ".join("?" * len(columns))
        self._tables.executemany(
            f"INSERT INTO {table} VALUES ({marks}, ?, NULL)",
            ((*cells, self._entry) for cells in wanted),
        )

    def _with_numbers(self, cells: Cells) -> Cells:
        """Put the numbers of likenesses in the place of their texts."""
        told = {name: text for name, text in cells.items() if name in _LIKENESSES}
        return {**cells, **{name: self._number(text) for name, text in told.items()}}

    def _number(self, likeness: str) -> int:
        held = self._tables.execute(
            "SELECT id FROM likenesses WHERE likeness = ?", (likeness,)
        ).fetchone()
        if held:
            return int(held[0])
        [free] = self._tables.execute(
            "SELECT coalesce(max(rowid), 0) FROM likenesses"
        ).fetchone()
        self._tables.execute("INSERT INTO likenesses VALUES (?, ?)", (free, likeness))
        return int(free)
