"""What matches filters, found in the tables of the index.

The database answers for all claims at once; a report is read from the log only when
somebody looks at what matched in it, or where a filter reads words, or asks of an event
as a whole. What is found is what `asked` finds in the claims themselves.
"""

import json
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from functools import lru_cache, partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from attrs import frozen

from embargo_monitor.log.entries import Reader
from embargo_monitor.logged import Logged
from embargo_monitor.model.reports import Report
from embargo_monitor.model.views import Told, told_in
from embargo_monitor.query.asked import Asked, inquiries_of
from embargo_monitor.query.contents import MOVES
from embargo_monitor.query.filters import Beside, Filters
from embargo_monitor.query.inquiry import Inquiry, Names
from embargo_monitor.query.matching import (
    Match,
    Seen,
    by_then,
    certainly,
    claims_seen,
    events_seen,
    reports_seen,
)
from embargo_monitor.query.spelling import (
    OF_REPORTS,
    RANKS,
    ranked,
    speaks_of_all,
    speaks_of_some,
    spelled,
    stands,
)
from embargo_monitor.query.tabled import Tabled, opened
from embargo_monitor.regimes.register import Register

_ANSWERS = {rank: truth for truth, rank in RANKS.items()}
_SAID = (
    "c.stance IN ('asserts', 'confirms') AND c.id NOT IN"
    " (SELECT value FROM json_each(:gone))"
)
"""That a claim `c` counts: it is said, and nobody took it back."""
_KEPT = 16
_MOVING = ", ".join(f"'{kind.value}'" for kind in MOVES)


_Hit = tuple[str, str, int, int]
"""What matches, as the tables have it: its id, its report's, where it stands in the
log, and how certainly it matches, as a number."""


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


def _spelled(tabled: Tabled, putting: "_Putting") -> _Spelled:
    filters, names = putting.filters, putting.names
    found = spelled(filters, names, tabled.likeness, tabled.until)
    for name, function in ranked(found.functions).items():
        tabled.let_call(name, function)
    asked = inquiries_of(filters, names, Beside(register=putting.register))
    inquiries = tuple(one for one in asked if one.filter in found.answers)
    is_whole = set(filters.given) == set(found.answers)
    values = {**found.values, "gone": _listed(putting.gone)}
    return _Spelled(found.answers, inquiries, values, is_whole)


def _listed(ids: Iterable[str]) -> str:
    """Write ids as a list that statements can take apart."""
    return json.dumps(list(ids))


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
        f" WHERE {stands('c')} AND {_SAID} AND {speaks_of_some(asked.answers)}"
        f"{_of_reports(asked)} GROUP BY c.{group}"
    )


def _of_reports(asked: _Spelled) -> str:
    """Spell that the report of a claim `c` is none that is ruled out as a whole."""
    answers = [
        asked.answers[name].replace("c.", "o.")
        for name in OF_REPORTS
        if name in asked.answers
    ]
    if not answers:
        return ""
    left = (
        f"SELECT o.id FROM reports AS o WHERE {stands('o')} AND {_least(answers)} > 0"
    )
    return f" AND c.report IN ({left})"


def _silence(inquiry: Inquiry) -> str:
    """Spell what it means for an event that no claim speaks of what is asked."""
    if not inquiry.unsaid:
        return "0"
    if not inquiry.moved:
        return "1"
    return f"CASE WHEN e.kind IN ({_MOVING}) THEN 1 ELSE 0 END"


def _events(tabled: Tabled, asked: _Spelled, which: str) -> str:
    answers = [
        f"coalesce(best.a{nth}, {_silence(one)})"
        for nth, one in enumerate(asked.inquiries)
    ]
    return (
        f"WITH best AS ({_best(asked, 'event')})"
        " SELECT e.id, e.report, e.entry,"
        f" {_least([*answers, tabled.published])} AS answer FROM events AS e"
        f" {tabled.known('e.report')} LEFT JOIN best ON best.event = e.id"
        f" WHERE {stands('e')} AND answer > 0"
        f" AND e.report {which} ORDER BY e.rowid"
    )


def _claims(tabled: Tabled, asked: _Spelled, which: str) -> str:
    answers = [f"coalesce({answer}, 0)" for answer in asked.answers.values()]
    return (
        "SELECT c.id, c.report, c.entry,"
        f" {_least([*answers, tabled.published])} AS answer FROM claims AS c"
        f" {tabled.known('c.report')} WHERE {stands('c')}"
        f" AND {speaks_of_all(asked.answers)}{_of_reports(asked)} AND answer > 0"
        f" AND c.report {which} ORDER BY c.rowid"
    )


def _reports(tabled: Tabled, asked: _Spelled, which: str) -> str:
    answers = [f"coalesce(best.a{nth}, 0)" for nth, _ in enumerate(asked.inquiries)]
    return (
        f"WITH best AS ({_best(asked, 'report')})"
        " SELECT w.id, w.id, w.entry,"
        f" {_least([*answers, tabled.published])} AS answer FROM reports AS w"
        f" {tabled.known('w.id')} LEFT JOIN best ON best.report = w.id"
        f" WHERE {stands('w')} AND answer > 0"
        f" AND w.id {which} ORDER BY w.rowid"
    )


_Spell = Callable[[Tabled, _Spelled, str], str]
_Look = Callable[[Asked], Iterator[tuple[str, Seen]]]


@frozen
class _Putting:
    """Filters that are put to the claims of one report after another.

    Attributes:
        filters: What is asked.
        register: Which embargoes there are.
        look: Gives what matches of a report: its events, its claims, or itself.
        names: Whom the claims name.
        gone: Ids of the claims that somebody took back.
        taking_back: The claims that take others back, where that matters.
        texts: Reads the texts of a report's exhibits.
    """

    filters: Filters
    register: Register
    look: _Look
    names: Names
    gone: frozenset[str]
    taking_back: tuple[Told, ...]
    texts: Callable[[Report], Mapping[str, str]]

    def to(self, tabled: Tabled, id: str) -> dict[str, Seen]:
        """Tell what of a report matches, and why."""
        report = tabled.report(id)
        beside = Beside(
            taking_back=self.taking_back,
            assessments=tabled.assessments(id),
            recorded={id: tabled.recorded(id)},
            texts={id: self.texts(report)} if self.filters.text else {},
            register=self.register,
        )
        inquiries = inquiries_of(self.filters, self.names, beside)
        told = {id: told_in(report)}
        asked = Asked(self.filters, beside, inquiries, (report,), told, self.gone)
        return {id_: by_then(one, tabled.until) for id_, one in self.look(asked)}


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

    def concerning(self, reports: Iterable[str]) -> Iterator[Logged]:
        """Give the entries that concern reports, or what is joined to them."""
        with self.tabled() as tabled:
            yield from tabled.concerning(reports)

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
            putting = self._putting(tabled, look, filters, register)
            asked = _spelled(tabled, putting)
            corrected = tabled.corrected()
            values = {**asked.values, "corrected": _listed(corrected)}
            among = "(SELECT value FROM json_each(:corrected))"
            moved = tabled.rows(spell(tabled, asked, f"IN {among}"), **values)
            of = {id_: report for id_, report, *_ in moved}
            hits = tabled.rows(spell(tabled, asked, f"NOT IN {among}"), **values)
            left = frozenset(of.values())
            apart = deque(one for one in corrected.items() if one[0] in left)
            seen = lru_cache(_KEPT)(partial(self._seen, putting))
            for report, several in groupby(hits, key=itemgetter(1)):
                found = list(several)
                # What was corrected has lost its place among the rows.
                while apart and apart[0][1] < found[0][2]:
                    yield from _those(putting.to(tabled, apart.popleft()[0]), of)
                if asked.is_whole:
                    yield from (_match(hit, seen) for hit in found)
                else:
                    among_these = frozenset(id_ for id_, *_ in found)
                    yield from _those(putting.to(tabled, report), among_these)
            for report, _ in apart:
                yield from _those(putting.to(tabled, report), of)

    def _putting(
        self, tabled: Tabled, look: _Look, filters: Filters, register: Register
    ) -> _Putting:
        takings = tabled.takings_back() if filters.disputed is not None else ()
        # A claim that is asked by itself is found whoever took it back.
        by_itself = look is claims_seen and filters.relevance is None
        names, gone = tabled.names(), () if by_itself else tabled.taken_back()
        return _Putting(
            filters, register, look, names, frozenset(gone), takings, self.texts
        )

    def _seen(self, putting: _Putting, report: str) -> dict[str, Seen]:
        """Look at what matches of a report, in a log that is opened anew."""
        with self.tabled() as tabled:
            return putting.to(tabled, report)


def _match(hit: _Hit, seen: Callable[[str], Mapping[str, Seen]]) -> Match:
    id_, report, _, answer = hit
    return Match(id_, _ANSWERS[answer], lambda: seen(report)[id_])


def _those(seen: Mapping[str, Seen], ids: Collection[str]) -> Iterator[Match]:
    """Give the matches of a report that are among these."""
    return (certainly(id_, one) for id_, one in seen.items() if id_ in ids)
