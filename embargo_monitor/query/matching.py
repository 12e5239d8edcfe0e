"""What matches filters: events, claims and reports, how certainly, and why.

An event matches where each filter holds of it; filters are combined as in Kleene's
logic. A filter holds of an event when it holds of *some* claim about it that counts:
one that was said, and not denied, feared, or taken back. Where no claim speaks of what
is asked, nobody says, and the answer is MAYBE: unknown is not no.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property

from attrs import evolve, field, frozen

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.events import Event
from embargo_monitor.model.reports import Report
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import Told
from embargo_monitor.query.asked import Asked, Because
from embargo_monitor.query.filters import Beside, Filters

SORTS = ("log", "id", "published")
"""The orders in which matches are given, the certain ones always first."""


@frozen
class Seen:
    """What is seen when somebody looks at a match.

    Attributes:
        because: Why it matches, filter by filter.
        report: The report that it stands in, or is.
        event: The event, of a match of events.
        claim: The claim, of a match of claims.
    """

    because: tuple[Because, ...]
    report: Report = field(repr=False)
    event: Event | None = field(default=None, repr=False)
    claim: Told | None = field(default=None, repr=False)


@frozen
class Match:
    """What matches, how certainly, and why.

    Its report is read from the log when somebody first looks at more than these two.

    Attributes:
        id: Of the event or claim from outside, or of the report.
        certainty: YES or MAYBE.
        look: Reads the rest.
    """

    id: str
    certainty: Truth
    look: Callable[[], Seen] = field(eq=False, repr=False)

    @cached_property
    def seen(self) -> Seen:
        """Why it matches, and what it is."""
        return self.look()

    @property
    def because(self) -> tuple[Because, ...]:
        """Why, filter by filter."""
        return self.seen.because

    @property
    def report(self) -> Report:
        """The report that it stands in, or is."""
        return self.seen.report

    @property
    def event(self) -> Event | None:
        """The event, of a match of events."""
        return self.seen.event

    @property
    def claim(self) -> Told | None:
        """The claim, of a match of claims."""
        return self.seen.claim


def certainly(id: str, seen: Seen) -> Match:
    """Return a match that is as certain as the least certain of its reasons."""
    certainty = Truth.all_of(one.certainty for one in seen.because)
    return Match(id, certainty, lambda: seen)


def each_event(
    told: Sequence[Told], filters: Filters, *, beside: Beside | None = None
) -> Iterator[Match]:
    """Give the events that match, one by one, in the order of the claims.

    Args:
        told: Claims as they stand, of any number of reports: all of each report.
        filters: What is asked.
        beside: What is known beside the claims.

    Raises:
        UnknownNameError: A name in a filter is known neither to the gazetteer nor to
            a report; the error names who is nearly called so.
    """
    for id_, seen in events_seen(Asked.of(told, filters, beside)):
        yield certainly(id_, seen)


def each_claim(
    told: Sequence[Told], filters: Filters, *, beside: Beside | None = None
) -> Iterator[Match]:
    """Give the claims that match: each is asked by itself, whatever its stance.

    A claim that says nothing of what is asked does not match. What it says, a hedge or
    a denial as well, it says certainly. `relevance` and `disputed` are asked of its
    event. For the arguments and errors see `each_event`.
    """
    for id_, seen in claims_seen(Asked.of(told, filters, beside)):
        yield certainly(id_, seen)


def each_report(
    told: Sequence[Told], filters: Filters, *, beside: Beside | None = None
) -> Iterator[Match]:
    """Give the reports that match: each filter by some claim that counts.

    A report need not tell of one event alone, so that a filter of which it says
    nothing does not hold. For the arguments and errors see `each_event`.
    """
    for id_, seen in reports_seen(Asked.of(told, filters, beside)):
        yield certainly(id_, seen)


def events_seen(asked: Asked) -> Iterator[tuple[str, Seen]]:
    """Give the events that match, by their ids from outside."""
    for one in asked.events():
        because = asked.of_event(one)
        if because is not None:
            yield one.id, Seen(because, one.report, one.event)


def claims_seen(asked: Asked) -> Iterator[tuple[str, Seen]]:
    """Give the claims that match, by their ids from outside."""
    for one in (told for claims in asked.told.values() for told in claims):
        because = asked.of_claim(one)
        if because is not None:
            yield one.id, Seen(because, one.report, claim=one)


def reports_seen(asked: Asked) -> Iterator[tuple[str, Seen]]:
    """Give the reports that match, by their ids."""
    for report in asked.reports:
        because = asked.of_report(report)
        if because is not None:
            yield report.id, Seen(because, report)


def by_then(seen: Seen, day: date | None) -> Seen:
    """Say of what nobody knows to have been published by a day that it only may."""
    if published_by(seen.report, day) is Truth.YES:
        return seen
    text = f"nobody says that it was published by {day}"
    why = Because("published_until", Truth.MAYBE, text=text)
    return evolve(seen, because=(*seen.because, why))


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


def ordered(
    found: Iterable[Match], sort: str = "log", limit: int | None = None
) -> tuple[Match, ...]:
    """Return matches in an order, the certain ones first.

    Args:
        found: The matches, in the order of the log.
        sort: One of `SORTS`, among the certain ones and among the possible.
        limit: At most so many, from 1.

    Raises:
        InvalidValueError: The order is none of these, or the limit no number from 1.
    """
    if sort not in SORTS:
        raise InvalidValueError("sort", sort, f"one of {', '.join(SORTS)}")
    if limit is not None and (type(limit) is not int or limit < 1):
        raise InvalidValueError("limit", limit, "a whole number, 1 or more")
    matches = list(found)
    if sort == "id":
        matches.sort(key=lambda one: one.id)
    if sort == "published":
        matches.sort(key=_published)
    matches.sort(key=lambda one: one.certainty is not Truth.YES)
    return tuple(matches[:limit])


def _published(match: Match) -> tuple[date, str]:
    """Order by the first day of publication; what has none comes last."""
    reading = match.report.document.published
    first = reading.date.earliest if reading else None
    return first or date.max, match.id
