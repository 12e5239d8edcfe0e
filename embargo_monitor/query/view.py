"""What a log said as of then, on two clocks: what was recorded, and what was published.

The first clock is the log's own: a view reads its first entries and no more, so that
corrections, withdrawals, assessments and links that came later have no effect. The
second is the world's: what could be known on a day is what was published by then.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from importlib.metadata import version
from typing import Any

from attrs import evolve, field, frozen

from embargo_monitor.errors import InvalidValueError, VerificationError
from embargo_monitor.log.checkpoints import Checkpoint
from embargo_monitor.log.entries import Reader
from embargo_monitor.log.merkle import root_at
from embargo_monitor.logged import Logged
from embargo_monitor.model.about import About
from embargo_monitor.model.clusters import Cluster, cluster_of, clusters
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.records import Assessment, Record
from embargo_monitor.model.reports import Report
from embargo_monitor.model.since import Since, changed_since
from embargo_monitor.model.standing import Standing, standing
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import Told, takings_back, told_in
from embargo_monitor.query import matching
from embargo_monitor.query.asked import Because
from embargo_monitor.query.filters import Beside, Filters
from embargo_monitor.query.matching import Match
from embargo_monitor.regimes.register import Register

At = int | datetime | Checkpoint | None
"""The first clock: a size, an instant, a checkpoint; None for all that is there."""

Texts = Callable[[Report], Mapping[str, str]]
"""Reads the texts of a report's exhibits, by local id: those that can be read."""


@frozen(kw_only=True)
class View:
    """What a log said as of then.

    Attributes:
        origin: The log's name.
        size: How many of its entries were read.
        root: The root of their Merkle tree (RFC 6962, section 2.1).
        recorded: When the last of them was recorded, in UTC; None where there is none.
        published_until: The last day of publication that counts; None for all days.
        standing: What these entries say as they stand, of reports that may have been
            published by then; assessments dated after that day are left out. Our
            corrections, withdrawals and links hang on the first clock alone: they say
            what we logged, and not what could be read.
        records: The records read, in the order of the log.
        logged: Where each report stands in the log, and when it was recorded, by id.
        needs_newer: How many entries need a newer version of this library.
        texts: Reads the exhibits: their bytes are named by what they hold, and do not
            change with the view.
    """

    origin: str
    size: int
    root: bytes = field(repr=bytes.hex)
    recorded: datetime | None
    published_until: date | None = None
    standing: Standing = field(repr=False)
    records: tuple[Record, ...] = field(repr=False)
    logged: Mapping[str, Logged] = field(repr=False)
    needs_newer: int = 0
    texts: Texts = field(eq=False, repr=False)

    def told(self, about: About | None = None) -> tuple[Told, ...]:
        """Return the claims that count, in the order of the log; *about* one thing."""
        reports = self.standing.reports.values()
        return tuple(one for report in reports for one in told_in(report, about))

    def clusters(self) -> tuple[Cluster, ...]:
        """Return all events, those that links join as one, in the order of the log."""
        return clusters(self.standing)

    def cluster(self, event: str) -> Cluster:
        """Return an event, named `report-id#event-id`, as all its reports tell it.

        Raises:
            UnknownNameError: Nothing that stands has such an event.
        """
        return cluster_of(self.standing, event)

    def since(self) -> Since:
        """Return what later records changed about those that speak of the same."""
        return changed_since(self.records)

    def _beside(self, asked: Filters, register: Register | None) -> Beside:
        """Return what is known beside the claims; exhibits where text is asked for."""
        reports = self.standing.reports.values()
        return Beside(
            taking_back=takings_back(reports),
            assessments=self.standing.assessments,
            recorded={
                id_: one.entry.envelope.recorded for id_, one in self.logged.items()
            },
            texts={one.id: self.texts(one) for one in reports if asked.text},
            register=register or Register.bundled(),
        )

    def each_event(
        self, filters: Filters, register: Register | None = None
    ) -> Iterator[Match]:
        """Give the events that match, one by one, in the order of the log.

        Asked for nothing, all events match, also those of which no claim tells.
        """
        if not filters.given:
            yield from map(self._by_then, self._all_events())
            return
        beside = self._beside(filters, register)
        found = matching.each_event(self.told(), filters, beside=beside)
        yield from map(self._by_then, found)

    def _all_events(self) -> Iterator[Match]:
        for report in self.standing.reports.values():
            for one in report.events:
                yield Match(f"{report.id}#{one.id}", Truth.YES, (), report, one)

    def _by_then(self, match: Match) -> Match:
        """Say of what nobody knows to have been published by then that it only may."""
        if self.known(match.report.id) is Truth.YES:
            return match
        text = f"nobody says that it was published by {self.published_until}"
        why = Because("published_until", Truth.MAYBE, text=text)
        because = (*match.because, why)
        return evolve(match, certainty=Truth.MAYBE, because=because)

    def each_claim(
        self, filters: Filters, register: Register | None = None
    ) -> Iterator[Match]:
        """Give the claims that match, one by one, in the order of the log."""
        beside = self._beside(filters, register)
        found = matching.each_claim(self.told(), filters, beside=beside)
        yield from map(self._by_then, found)

    def each_report(
        self, filters: Filters, register: Register | None = None
    ) -> Iterator[Match]:
        """Give the reports that match, one by one, in the order of the log."""
        beside = self._beside(filters, register)
        found = matching.each_report(self.told(), filters, beside=beside)
        yield from map(self._by_then, found)

    def events(
        self,
        *,
        register: Register | None = None,
        sort: str = "log",
        limit: int | None = None,
        **asked: Any,
    ) -> tuple[Match, ...]:
        """Find the events that match, the certain ones first.

        Args:
            register: Which embargoes there are; those that come with the library
                unless given.
            sort: One of `embargo_monitor.query.matching.SORTS`.
            limit: At most so many, from 1.
            **asked: Filters, by the names of the attributes of `Filters`.

        Raises:
            InvalidValueError: A value is not of its filter's shape.
            UnknownNameError: A name in a filter is not known; the error names the
                nearest.
        """
        found = self.each_event(Filters(**asked), register)
        return matching.ordered(found, sort, limit)

    def claims(
        self,
        *,
        register: Register | None = None,
        sort: str = "log",
        limit: int | None = None,
        **asked: Any,
    ) -> tuple[Match, ...]:
        """Find the claims that match, each asked by itself; as `events`."""
        found = self.each_claim(Filters(**asked), register)
        return matching.ordered(found, sort, limit)

    def reports(
        self,
        *,
        register: Register | None = None,
        sort: str = "log",
        limit: int | None = None,
        **asked: Any,
    ) -> tuple[Match, ...]:
        """Find the reports that match: each filter by some claim; as `events`."""
        found = self.each_report(Filters(**asked), register)
        return matching.ordered(found, sort, limit)

    def cite(self, question: str = "", register: Register | None = None) -> str:
        """Return the footnote of an answer, for others to ask the same again.

        The same entries, register and version of the library give the same bytes.

        Args:
            question: What was asked, in your words or as a command; put on one line.
            register: The register that was used; the one that comes with the library
                unless given.
        """
        register = register or Register.bundled()
        entries = "1 entry" if self.size == 1 else f"{self.size} entries"
        parts = [f"{self.origin}, as of {entries}"]
        if self.recorded is not None:
            parts.append(f"recorded until {self.recorded:%Y-%m-%dT%H:%M:%SZ}")
        parts.append(f"root {self.root.hex()}")
        if self.published_until is not None:
            parts.append(f"of what was published until {self.published_until}")
        if self.needs_newer:
            parts.append(
                f"{self.needs_newer} of them unread: they need a newer version"
            )
        parts.append(f"embargo_monitor {version('embargo_monitor')}")
        parts.append(f"{register.edition.title}, digest {register.digest}")
        if question:
            parts.append(f"asked: “{' '.join(question.split())}”")
        return "; ".join(parts) + "."

    def known(self, report: str) -> Truth:
        """Tell whether a report was published by the day of the second clock.

        Raises:
            InvalidValueError: It is none of those that count.
        """
        found = self.standing.reports.get(report)
        if found is None:
            raise InvalidValueError("report", report, "one that counts in this view")
        return published_by(found, self.published_until)


def published_by(report: Report, day: date | None) -> Truth:
    """Tell whether a report's document was published on *day* or before.

    Its publication is the reading that dates count from. Where nobody knows it, it
    may have been. None asks of no day, and everything was.
    """
    if day is None:
        return Truth.YES
    published = report.document.published
    if published is None:
        return Truth.MAYBE
    return published.date.falls_within(None, day)


def view_of(
    reader: Reader,
    origin: str,
    texts: Texts,
    at: At = None,
    published_until: ImpreciseDate | date | str | None = None,
) -> View:
    """Read what a log said as of then.

    Args:
        reader: The log.
        origin: Its name.
        texts: Reads the texts of a report's exhibits, which filters may ask for.
        at: A size; an instant with its zone, up to which (it included) entries were
            recorded; or a checkpoint, which is compared with the log. None for all.
        published_until: The last day of publication that counts. Of an imprecise date
            the latest day it may mean.

    Raises:
        InvalidValueError: The log is shorter, the instant has no zone, or the date has
            no last day.
        VerificationError: The checkpoint is another log's, or of another history.
        EncodingError: An entry is damaged: verify the log.
    """
    until = _last_day(published_until)
    size = _size(reader, origin, at)
    logged: list[Logged] = []
    for stored in reader.entries():
        if len(logged) == size:
            break
        one = Logged.of(stored)
        if isinstance(at, datetime) and one.entry.envelope.recorded > at:
            break
        logged.append(one)
    records = tuple(one.entry.record for one in logged if one.entry.record is not None)
    return View(
        origin=origin,
        size=len(logged),
        root=root_at(len(logged), reader.hashes),
        recorded=logged[-1].entry.envelope.recorded if logged else None,
        published_until=until,
        standing=_known_by(standing(records), until),
        records=records,
        logged=_reports(logged),
        needs_newer=len(logged) - len(records),
        texts=texts,
    )


def _size(reader: Reader, origin: str, at: At) -> int:
    """Return how many entries to read at most."""
    if isinstance(at, datetime):
        if at.tzinfo is None:
            raise InvalidValueError("at", at, "an instant with its zone, such as UTC")
        return reader.size
    if at is None:
        return reader.size
    size = at.head.size if isinstance(at, Checkpoint) else at
    if isinstance(at, Checkpoint) and at.head.origin != origin:
        reason = f"the checkpoint is of the log {at.head.origin}, this one is {origin}"
        raise VerificationError([reason])
    if type(size) is not int or not 0 <= size <= reader.size:
        wanted = f"a size of this log, 0 to {reader.size}"
        raise InvalidValueError("at", size, wanted)
    if isinstance(at, Checkpoint) and root_at(size, reader.hashes) != at.head.root:
        reason = f"the log is not what the checkpoint of {size} entries says it was"
        raise VerificationError([reason])
    return size


def _last_day(given: ImpreciseDate | date | str | None) -> date | None:
    if given is None:
        return None
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    found = given if isinstance(given, ImpreciseDate) else ImpreciseDate(str(given))
    if found.latest is None:
        raise InvalidValueError("published_until", str(found), "a date with a last day")
    return found.latest


def _known_by(stands: Standing, day: date | None) -> Standing:
    """Leave out the reports that were certainly published later, and their company."""
    if day is None:
        return stands
    reports = {
        id_: one
        for id_, one in stands.reports.items()
        if published_by(one, day) is not Truth.NO
    }
    assessments = {
        claim: tuple(one for one in several if _judged_by(one, day))
        for claim, several in stands.assessments.items()
        if _of(claim) in reports
    }
    links = tuple(
        one
        for one in stands.links
        if _of(one.first) in reports and _of(one.second) in reports
    )
    return evolve(stands, reports=reports, assessments=assessments, links=links)


def _of(id: str) -> str:
    return id.partition("#")[0]


def _judged_by(assessment: Assessment, day: date) -> bool:
    return date.fromisoformat(assessment.credibility.on) <= day


def _reports(logged: Iterable[Logged]) -> dict[str, Logged]:
    return {
        one.entry.envelope.id: one
        for one in logged
        if isinstance(one.entry.record, Report)
    }


def as_instant(text: str) -> datetime:
    """Read an instant such as `2026-11-26T10:00:00Z`, or a day: its end, in UTC.

    Raises:
        InvalidValueError: It is none, or has no zone.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is not None and len(text) == len("2026-11-26"):
        return found.replace(hour=23, minute=59, second=59, tzinfo=UTC)
    if found is None or found.tzinfo is None:
        wanted = "a day, or an instant with its zone: 2026-11-26T10:00:00Z"
        raise InvalidValueError("at", text, wanted)
    return found
