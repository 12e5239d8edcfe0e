"""What matches filters, found in the tables of the index.

The database answers for all claims at once; a report is read from the log only when
somebody looks at what matched in it, or where a filter reads words, or asks of an event
as a whole. What is found is what `asked` finds in the claims themselves.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from attrs import frozen

from embargo_monitor.log.entries import Reader
from embargo_monitor.model.reports import Report
from embargo_monitor.model.views import told_in
from embargo_monitor.query.asked import Asked, inquiries_of
from embargo_monitor.query.contents import MOVES
from embargo_monitor.query.filters import Beside, Filters
from embargo_monitor.query.inquiry import Inquiry
from embargo_monitor.query.matching import (
    Match,
    Seen,
    by_then,
    certainly,
    claims_seen,
    events_seen,
    reports_seen,
)
from embargo_monitor.query.spelling import RANKS, ranked, spelled, stands
from embargo_monitor.query.tabled import SPEAKS, Tabled, opened
from embargo_monitor.regimes.register import Register

_ANSWERS = {rank: truth for truth, rank in RANKS.items()}
_SAID = (
    "c.stance IN ('asserts', 'confirms') AND c.id NOT IN"
    " (SELECT value FROM json_each(:gone))"
)
"""That a claim `c` counts: it is said, and nobody took it back."""
_MOVING = ", ".join(f"'{kind.value}'" for kind in MOVES)


@frozen
class _Hit:
    """What matches, as the tables have it.

    Attributes:
        id: Of the event or claim from outside, or of the report.
        report: Id of its report.
        is_in_place: 1 where it stands as its report was logged.
        answer: How certainly it matches, as a number.
    """

    id: str
    report: str
    is_in_place: int
    answer: int


@frozen
class _Spelled:
    """A question in SQL: filters, and the rest that is asked of the claims.

    Attributes:
        answers: What each filter answers of a claim, by name.
        inquiries: The same filters, as questions.
        values: What is bound.
        is_whole: Whether nothing else is asked.
    """

    answers: Mapping[str, str]
    inquiries: tuple[Inquiry, ...]
    values: Mapping[str, Any]
    is_whole: bool


def _spelled(tabled: Tabled, filters: Filters, beside: Beside) -> _Spelled:
    names = tabled.names()
    found = spelled(filters, names, tabled.likeness, tabled.until)
    for name, function in ranked(found.functions).items():
        tabled.let_call(name, function)
    asked = inquiries_of(filters, names, beside)
    inquiries = tuple(one for one in asked if one.filter in found.answers)
    is_whole = set(filters.given) == set(found.answers)
    values = {**found.values, "gone": json.dumps(sorted(tabled.taken_back()))}
    return _Spelled(found.answers, inquiries, values, is_whole)


def _least(answers: list[str]) -> str:
    """Spell the least of several answers; of none, YES."""
    return f"min({', '.join([*answers, '2', '2'])})"


def _sure(inquiry: Inquiry, answer: str) -> str:
    """Spell what a claim answers for its event: a hedge makes nothing certain."""
    if not inquiry.unsaid:
        return answer
    return f"min({answer}, CASE c.hedge WHEN 'none' THEN 2 ELSE 1 END)"


def _best(asked: _Spelled, group: str) -> str:
    """Spell the best answer that a claim gives which counts, for each group of them."""
    answers = [
        f"max({_sure(one, asked.answers[one.filter])}) AS a{nth}"
        for nth, one in enumerate(asked.inquiries)
    ]
    columns = "".join(f", {one}" for one in answers)
    return (
        f"SELECT c.{group} AS {group}{columns} FROM claims AS c"
        f" WHERE {stands('c')} AND {_SAID} GROUP BY c.{group}"
    )


def _silence(inquiry: Inquiry) -> str:
    """Spell what it means for an event that no claim speaks of what is asked."""
    if not inquiry.unsaid:
        return "0"
    if not inquiry.moved:
        return "1"
    return f"CASE WHEN e.kind IN ({_MOVING}) THEN 1 ELSE 0 END"


def _events(tabled: Tabled, asked: _Spelled) -> str:
    answers = [
        f"coalesce(best.a{nth}, {_silence(one)})"
        for nth, one in enumerate(asked.inquiries)
    ]
    return (
        f"WITH best AS ({_best(asked, 'event')})"
        " SELECT e.id AS id, e.report AS report, e.entry = n.entry AS is_in_place,"
        f" {_least([*answers, tabled.published])} AS answer,"
        " n.entry AS position, e.rowid AS place FROM events AS e"
        f" JOIN reports AS r ON r.id = e.report AND {tabled.known}"
        " JOIN entries AS n ON n.kind = 'report' AND n.id = e.report"
        f" LEFT JOIN best ON best.event = e.id WHERE {stands('e')} AND {SPEAKS}"
    )


def _claims(tabled: Tabled, asked: _Spelled) -> str:
    answers = [f"coalesce({answer}, 0)" for answer in asked.answers.values()]
    return (
        "SELECT c.id AS id, c.report AS report, c.entry = n.entry AS is_in_place,"
        f" {_least([*answers, tabled.published])} AS answer,"
        " n.entry AS position, c.rowid AS place FROM claims AS c"
        f" JOIN reports AS r ON r.id = c.report AND {tabled.known}"
        " JOIN entries AS n ON n.kind = 'report' AND n.id = c.report"
        f" WHERE {stands('c')}"
    )


def _reports(tabled: Tabled, asked: _Spelled) -> str:
    answers = [f"coalesce(best.a{nth}, 0)" for nth, _ in enumerate(asked.inquiries)]
    return (
        f"WITH best AS ({_best(asked, 'report')})"
        " SELECT r.id AS id, r.id AS report, 1 AS is_in_place,"
        f" {_least([*answers, tabled.published])} AS answer,"
        " n.entry AS position, r.rowid AS place FROM reports AS r"
        " JOIN entries AS n ON n.kind = 'report' AND n.id = r.id"
        f" LEFT JOIN best ON best.report = r.id WHERE {tabled.known} AND {SPEAKS}"
    )


def _hits(tabled: Tabled, statement: str, asked: _Spelled) -> Iterator[_Hit]:
    found = tabled.rows(
        "SELECT id, report, is_in_place, answer"
        f" FROM ({statement}) WHERE answer > 0 ORDER BY position, place",
        **asked.values,
    )
    return (_Hit(*row) for row in found)


_Spell = Callable[[Tabled, _Spelled], str]
_Look = Callable[[Asked], Iterator[tuple[str, Seen]]]


@frozen
class Finding:
    """Where is looked for matches: an index and its log, as of a size and a day.

    Attributes:
        index: Where the index lies.
        reading: Opens the log.
        at: How many of its entries count.
        until: The last day of publication that counts; None for all days.
        texts: Reads the texts of a report's exhibits.
    """

    index: Path
    reading: Callable[[], AbstractContextManager[Reader]]
    at: int
    until: date | None
    texts: Callable[[Report], Mapping[str, str]]

    @contextmanager
    def tabled(self) -> Iterator[Tabled]:
        """Open index and log."""
        with self.reading() as reader, opened(self.index) as tables:
            yield Tabled(tables, reader, self.at, self.until)

    def needs_newer(self) -> int:
        """Return how many entries only a newer version of this library can read."""
        with self.tabled() as tabled:
            statement = "SELECT count(*) FROM entries WHERE entry < :at AND NOT is_read"
            [count] = tabled.rows(statement).fetchone()
            return int(count)

    def events(self, filters: Filters, register: Register) -> Iterator[Match]:
        """Give the events that match, one by one, in the order of the log."""
        yield from self._matches(_events, events_seen, filters, register)

    def claims(self, filters: Filters, register: Register) -> Iterator[Match]:
        """Give the claims that match, one by one, in the order of the log."""
        yield from self._matches(_claims, claims_seen, filters, register)

    def reports(self, filters: Filters, register: Register) -> Iterator[Match]:
        """Give the reports that match, one by one, in the order of the log."""
        yield from self._matches(_reports, reports_seen, filters, register)

    def _matches(
        self, spell: _Spell, look: _Look, filters: Filters, register: Register
    ) -> Iterator[Match]:
        with self.tabled() as tabled:
            asked = _spelled(tabled, filters, Beside(register=register))
            hits = _hits(tabled, spell(tabled, asked), asked)
            for report, several in groupby(hits, key=attrgetter("report")):
                found = {one.id: one for one in several}
                in_place = all(one.is_in_place for one in found.values())
                if asked.is_whole and in_place:
                    for id_, one in found.items():
                        looking = partial(self._seen, look, filters, register, id_)
                        yield Match(id_, _ANSWERS[one.answer], looking)
                    continue
                looked = self._looked(tabled, look, filters, register, report)
                yield from (
                    certainly(*one) for one in looked.items() if one[0] in found
                )

    def _seen(self, look: _Look, filters: Filters, register: Register, id: str) -> Seen:
        """Look at one match, in a log that is opened anew."""
        with self.tabled() as tabled:
            report = id.partition("#")[0]
            return self._looked(tabled, look, filters, register, report)[id]

    def _looked(
        self,
        tabled: Tabled,
        look: _Look,
        filters: Filters,
        register: Register,
        report: str,
    ) -> dict[str, Seen]:
        """Put all filters to the claims of a report, and tell what matches and why."""
        asked = self._asked(tabled, filters, register, tabled.report(report))
        return {id_: by_then(seen, self.until) for id_, seen in look(asked)}

    def _asked(
        self, tabled: Tabled, filters: Filters, register: Register, report: Report
    ) -> Asked:
        [recorded] = tabled.rows(
            "SELECT recorded FROM entries WHERE kind = 'report' AND id = :id",
            id=report.id,
        ).fetchone()
        beside = Beside(
            taking_back=tabled.takings_back() if filters.disputed is not None else (),
            assessments=tabled.assessments(report.id),
            recorded={report.id: datetime.fromisoformat(recorded)},
            texts={report.id: self.texts(report)} if filters.text else {},
            register=register,
        )
        inquiries = inquiries_of(filters, tabled.names(), beside)
        told = {report.id: told_in(report)}
        return Asked(filters, beside, inquiries, told, tabled.taken_back())
