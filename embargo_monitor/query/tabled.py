"""A log as its index has it: reports, judgements and names as of a size and a day."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from embargo_monitor.encoding import decode
from embargo_monitor.errors import LogError, VerificationError
from embargo_monitor.log.entries import Reader
from embargo_monitor.logged import Logged
from embargo_monitor.model.identifiers import Identifier, Scheme
from embargo_monitor.model.names import Name, fold
from embargo_monitor.model.records import Assessment, Record
from embargo_monitor.model.reports import Report
from embargo_monitor.model.standing import standing
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import Told, holding, told_in
from embargo_monitor.query.following import CONCERNED
from embargo_monitor.query.inquiry import Names
from embargo_monitor.query.naming import Bearer, Named, identifier_in, named
from embargo_monitor.query.spelling import RANKS, stands

_KEPT = 64
_PATIENCE = 30.0
_REPORT = "substr(n.whose, 1, instr(n.whose, '#') - 1)"

TAKES_BACK = "c.stance = 'withdraws' AND c.hedge = 'none'"
"""That a claim `c` takes back what it answers: "perhaps it was not so" does not."""


_CONCERNING = """
WITH RECURSIVE near(report) AS (
  SELECT value FROM json_each(:reports)
  UNION
  SELECT far.of_id FROM near
    JOIN later AS link ON link.of_kind = 'report' AND link.of_id = near.report
      AND link.kind = 'link' AND link.entry < :at
    JOIN later AS far ON far.entry = link.entry AND far.of_kind = 'report'
  UNION
  SELECT substr(refs.claim, 1, instr(refs.claim, '#') - 1) FROM near
    JOIN refs ON refs.other >= near.report || '#' AND refs.other < near.report || '$'
),
concerning(kind, id, entry) AS (
  SELECT entries.kind, entries.id, entries.entry FROM near
    JOIN entries ON entries.kind = 'report' AND entries.id = near.report
  UNION
  SELECT later.kind, later.id, later.entry FROM concerning
    JOIN later ON later.of_kind = concerning.kind AND later.of_id = concerning.id
)
SELECT entry FROM concerning WHERE entry < :at ORDER BY entry
"""
"""The entries of reports and of all that links or answers join to them, with what came
later about any of these."""


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open an index to be read and nothing else.

    Raises:
        LogError: It cannot be read: it was deleted since, or is damaged.
    """
    try:
        with closing(_connected(path)) as tables:
            yield tables
    except sqlite3.Error as error:
        reason = f"the index {path} cannot be read: {error}; ask for a new view"
        raise LogError(reason) from error


def _connected(path: Path) -> sqlite3.Connection:
    tables = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=_PATIENCE)
    tables.execute("PRAGMA query_only = ON")
    return tables


class Tabled:
    """An index that is open, as of a size and a day.

    Attributes:
        at: How many entries count.
        until: The last day of publication that counts; None for all days.
    """

    def __init__(
        self, tables: sqlite3.Connection, reader: Reader, at: int, until: date | None
    ) -> None:
        self._tables, self._reader = tables, reader
        self.at, self.until = at, until
        # Matches of one report follow one another: it is read once for all of them.
        self.report = lru_cache(_KEPT)(self._report)

    def let_call(self, name: str, function: Callable[[Any], int | None]) -> None:
        """Let statements call a function of one value, which gives the same always."""
        self._tables.create_function(name, 1, function, deterministic=True)

    def rows(self, statement: str, **values: Any) -> sqlite3.Cursor:
        """Ask the tables; `:at` is the size, and `:until` the day."""
        until = self.until.isoformat() if self.until else None
        return self._tables.execute(
            statement, {"at": self.at, "until": until, **values}
        )

    def known(self, row: str) -> str:
        """Join the report of a row, if it may have been published by the day."""
        if self.until is None:
            return ""
        by_then = "(r.published_low IS NULL OR r.published_low <= :until)"
        return f"JOIN reports AS r ON r.id = {row} AND {stands('r')} AND {by_then}"

    @property
    def published(self) -> str:
        """How certain it is that a report `r` was published by the day, as a number."""
        yes, maybe = RANKS[Truth.YES], RANKS[Truth.MAYBE]
        if self.until is None:
            return str(yes)
        return f"CASE WHEN r.published_high <= :until THEN {yes} ELSE {maybe} END"

    def corrected(self) -> dict[str, int]:
        """Return the reports whose rows have lost their place, and their positions."""
        found = self.rows(
            "SELECT DISTINCT l.of_id, n.entry FROM later AS l"
            " JOIN entries AS n ON n.kind = 'report' AND n.id = l.of_id"
            " WHERE l.of_kind = 'report' AND l.kind IN ('correction', 'withdrawal')"
            " AND l.entry < :at AND n.entry < :at ORDER BY n.entry"
        )
        return dict(found.fetchall())

    def likeness(self, number: int) -> str:
        """Return the likeness of a number."""
        statement = "SELECT likeness FROM likenesses WHERE rowid = ? + 1"
        [text] = self._tables.execute(statement, (number,)).fetchone()
        return str(text)

    def names(self) -> Names:
        """Return whom the claims name, and which regimes."""
        return Names(lru_cache(self._named), lru_cache(self._regimes))

    def _regimes(self) -> frozenset[str]:
        found = self.rows(
            "SELECT DISTINCT c.regime FROM claims AS c"
            f" {self.known('c.report')}"
            f" WHERE c.kind = 'embargo_is' AND {stands('c')}"
        )
        return frozenset(one for (one,) in found)

    def _named(self, text: str) -> Named:
        """Find whom a name means: first among those who have it, then among all."""
        try:
            return named(text, self._bearers(text))
        except LookupError:
            return named(text, self._bearers(None))

    def _bearers(self, text: str | None) -> Iterator[Bearer]:
        """Give who is called so or has that identifier; without a text, everybody."""
        whose = "SELECT DISTINCT n.whose FROM names AS n"
        values: dict[str, Any] = {}
        if text is not None:
            identifier = identifier_in(text)
            values = {
                "folded": fold(text) or None,
                "scheme": identifier.scheme.value if identifier else None,
                "value": identifier.value if identifier else None,
            }
            whose += (
                " WHERE (n.scheme = '' AND n.folded = :folded)"
                " OR (n.scheme = :scheme AND n.name = :value)"
            )
        found = self.rows(
            "SELECT n.whose, n.what, n.scheme, n.name FROM names AS n"
            f" {self.known(_REPORT)}"
            f" WHERE n.whose IN ({whose}) AND {stands('n')} ORDER BY n.rowid",
            **values,
        )
        bearers: dict[tuple[str, str], list[tuple[str, str]]] = {}
        # An actor and a source of one report may have the same id.
        for whose_, what, scheme, name in found:
            bearers.setdefault((whose_, what), []).append((scheme, name))
        for own in bearers.values():
            yield (
                tuple(Name(name) for scheme, name in own if not scheme),
                tuple(
                    Identifier(Scheme(scheme), name) for scheme, name in own if scheme
                ),
            )

    def taken_back(self) -> frozenset[str]:
        """Return the ids of the claims that somebody took back."""
        answering: dict[str, list[str]] = {}
        for id_, other in self._takings():
            answering.setdefault(other, []).append(id_)
        backs = dict.fromkeys(id_ for ids in answering.values() for id_ in ids)
        return frozenset(holding(backs, answering))

    def takings_back(self) -> tuple[Told, ...]:
        """Return the claims that take back what they answer."""
        ids = dict.fromkeys(id_ for id_, _ in self._takings())
        reports = dict.fromkeys(id_.partition("#")[0] for id_ in ids)
        return tuple(
            one for id_ in reports for one in told_in(self.report(id_)) if one.id in ids
        )

    def _takings(self) -> Sequence[tuple[str, str]]:
        return self.rows(
            "SELECT c.id, f.other FROM claims AS c"
            f" JOIN refs AS f ON f.claim = c.id AND f.how = 'answers' AND {stands('f')}"
            f" {self.known('c.report')} WHERE {TAKES_BACK} AND {stands('c')}"
        ).fetchall()

    def recorded(self, report: str) -> datetime:
        """Return when the log took a report."""
        statement = "SELECT recorded FROM entries WHERE kind = 'report' AND id = :id"
        [recorded] = self.rows(statement, id=report).fetchone()
        return datetime.fromisoformat(recorded)

    def assessments(self, report: str) -> dict[str, tuple[Assessment, ...]]:
        """Return the judgements of a report's claims, by claim, in their order."""
        found: dict[str, tuple[Assessment, ...]] = {}
        rows = self.rows(
            "SELECT j.entry FROM assessments AS j WHERE j.claim >= :first"
            f" AND j.claim < :beyond AND {stands('j')}"
            " AND (:until IS NULL OR j.judged_on <= :until) ORDER BY j.entry",
            first=f"{report}#",
            beyond=f"{report}$",
        )
        judged = [self._at(entry) for (entry,) in rows.fetchall()]
        for one in (each for each in judged if isinstance(each, Assessment)):
            found[one.claim] = (*found.get(one.claim, ()), one)
        return found

    def concerning(self, reports: Iterable[str]) -> Iterator[Logged]:
        """Give the entries that concern reports, or what is joined to them."""
        ids = json.dumps(list(reports))
        for (entry,) in self.rows(_CONCERNING, reports=ids).fetchall():
            yield Logged.of(self._reader.entry(entry))

    def _report(self, id: str) -> Report:
        found = self._tables.execute(CONCERNED, (Report.kind, id)).fetchall()
        records = [self._at(entry) for (entry,) in found if entry < self.at]
        stand = standing(one for one in records if one is not None).reports
        if id not in stand:
            reason = f"the index and the log do not agree on report {id}: delete it"
            raise VerificationError((reason,))
        return stand[id]

    def _at(self, entry: int) -> Record | None:
        return decode(self._reader.entry(entry).body).record
