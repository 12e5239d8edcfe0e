"""What a log said as of then, on two clocks: what was recorded, and what was published.

The first clock is the log's own: a view reads its first entries and no more, so that
corrections, withdrawals, assessments and links that came later have no effect. The
second is the world's: what could be known on a day is what was published by then.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property, partial
from importlib.metadata import version
from typing import Any

from attrs import evolve, field, frozen

from embargo_monitor.errors import (
    InvalidValueError,
)
from embargo_monitor.logged import Logged
from embargo_monitor.model.about import About
from embargo_monitor.model.clusters import Cluster, cluster_of, clusters
from embargo_monitor.model.records import Assessment, Record
from embargo_monitor.model.reports import Report
from embargo_monitor.model.since import Since, changed_since
from embargo_monitor.model.standing import Standing, standing
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import Told, takings_back, told_in
from embargo_monitor.query import matching
from embargo_monitor.query.filters import Beside, Filters
from embargo_monitor.query.finding import Finding
from embargo_monitor.query.matching import (
    Match,
    Seen,
    by_then,
    certainly,
    published_by,
)
from embargo_monitor.regimes.register import Register

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
        read: Reads these entries. They do not change, so it may be later than the view.
        texts: Reads the exhibits: their bytes are named by what they hold, and do not
            change with the view.
        finding: Finds matches in the index; None where there is none, and all entries
            are read instead.
    """

    origin: str
    size: int
    root: bytes = field(repr=bytes.hex)
    recorded: datetime | None
    published_until: date | None = None
    read: Callable[[], Iterable[Logged]] = field(eq=False, repr=False)
    texts: Texts = field(eq=False, repr=False)
    finding: Finding | None = field(default=None, eq=False, repr=False)

    @cached_property
    def entries(self) -> tuple[Logged, ...]:
        """The entries, in the order of the log: all of them are read once."""
        return tuple(self.read())

    @property
    def records(self) -> tuple[Record, ...]:
        """The records that can be read here, in the order of the log."""
        found = (one.entry.record for one in self.entries)
        return tuple(one for one in found if one is not None)

    @property
    def needs_newer(self) -> int:
        """How many entries need a newer version of this library."""
        if self.finding is not None:
            return self.finding.needs_newer()
        return sum(one.entry.record is None for one in self.entries)

    @property
    def logged(self) -> Mapping[str, Logged]:
        """Where each report stands in the log, and when it was recorded, by id."""
        return {
            one.entry.envelope.id: one
            for one in self.entries
            if isinstance(one.entry.record, Report)
        }

    @cached_property
    def standing(self) -> Standing:
        """What these entries say as they stand, as far as it may have been published.

        Of reports that were certainly published later nothing is left, nor of
        assessments dated after that day. Our corrections, withdrawals and links hang on
        the first clock alone: they say what we logged, and not what could be read.
        """
        return _known_by(standing(self.records), self.published_until)

    def part(self, *reports: str) -> "View":
        """Return the same view of nothing but some reports, and what is joined to them.

        What came later about them is there, and so is what other reports take back of
        them or links join to them: of these reports and their events it says what the
        whole view says, and reads less of the log.
        """
        if self.finding is None:
            return self
        return evolve(self, read=partial(self.finding.concerning, reports))

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
        part = self.part(event.partition("#")[0]).standing
        return cluster_of(part if event in part.events else self.standing, event)

    def since(self) -> Since:
        """Return what later records changed about those that speak of the same."""
        return changed_since(self.records)

    def _beside(self, asked: Filters, register: Register | None) -> Beside:
        """Return what is known beside the claims; exhibits where text is asked for."""
        reports = self.standing.reports.values()
        return Beside(
            reports=tuple(reports),
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
            return self._all_events()
        if self.finding is not None:
            return self.finding.events(filters, register or Register.bundled())
        beside = self._beside(filters, register)
        found = matching.each_event(self.told(), filters, beside=beside)
        return map(self._by_then, found)

    def _all_events(self) -> Iterator[Match]:
        for report in self.standing.reports.values():
            for one in report.events:
                seen = by_then(Seen((), report, one), self.published_until)
                yield certainly(f"{report.id}#{one.id}", seen)

    def _by_then(self, match: Match) -> Match:
        return certainly(match.id, by_then(match.seen, self.published_until))

    def each_claim(
        self, filters: Filters, register: Register | None = None
    ) -> Iterator[Match]:
        """Give the claims that match, one by one, in the order of the log."""
        if self.finding is not None:
            return self.finding.claims(filters, register or Register.bundled())
        beside = self._beside(filters, register)
        found = matching.each_claim(self.told(), filters, beside=beside)
        return map(self._by_then, found)

    def each_report(
        self, filters: Filters, register: Register | None = None
    ) -> Iterator[Match]:
        """Give the reports that match, one by one, in the order of the log."""
        if self.finding is not None:
            return self.finding.reports(filters, register or Register.bundled())
        beside = self._beside(filters, register)
        found = matching.each_report(self.told(), filters, beside=beside)
        return map(self._by_then, found)

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
