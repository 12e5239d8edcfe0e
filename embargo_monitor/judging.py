"""Which embargoes bear on an event of a log: asked, kept as a record, asked again."""

from collections.abc import Iterable, Iterator
from importlib.metadata import version

from attrs import evolve, frozen

from embargo_monitor.errors import ReferringError, UnknownNameError
from embargo_monitor.model.about import AboutKind
from embargo_monitor.model.claims import EmbargoIs
from embargo_monitor.model.events import Event
from embargo_monitor.model.records import Link, Linked, LinkRelation, Record
from embargo_monitor.model.refs import RefKind
from embargo_monitor.model.relevances import RelevanceRecord
from embargo_monitor.model.stances import Weight
from embargo_monitor.model.standing import Standing, standing
from embargo_monitor.model.views import Told, told_in
from embargo_monitor.referring import standing_report
from embargo_monitor.regimes.answers import Answers
from embargo_monitor.regimes.covering import Tie
from embargo_monitor.regimes.grounds import against
from embargo_monitor.regimes.outcomes import Difference, differences, outcomes_of, tied
from embargo_monitor.regimes.register import Register
from embargo_monitor.regimes.relevance import relevance
from embargo_monitor.regimes.reported import questions_of


@frozen
class Asked:
    """What is asked of a log: an event, and whether its links are followed.

    Attributes:
        event: `report-id#event-id`.
        follow_links: Take events along that links join to it; see `linked_to`.
    """

    event: str
    follow_links: bool = False


def event_of(stands: Standing, event: str) -> Event:
    """Return an event, named `report-id#event-id`, of a report that stands.

    Raises:
        UnknownNameError: There is no such report, or it has no such event.
        ReferringError: The report was withdrawn.
    """
    name, _, local = event.partition("#")
    report = standing_report(stands, name)
    for one in report.events:
        if one.id == local:
            return one
    near = [f"{name}#{one.id}" for one in report.events]
    raise UnknownNameError("event", event, near)


def linked_to(links: Iterable[Link], event: str) -> tuple[str, ...]:
    """Return the events that links call the same as *event*, and their parts, by id.

    Parts are taken along, since what is told of a part is told of the whole; the whole
    of a part is not.
    """
    of_events = [one for one in links if one.linked is Linked.EVENT]
    found: set[str] = set()
    waiting = [event]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += (end for one in of_events for end in _beyond(one, here))
    return tuple(sorted(found - {event}))


def _beyond(link: Link, here: str) -> Iterator[str]:
    if link.relation is LinkRelation.SAME and here in (link.first, link.second):
        yield from (link.first, link.second)
    if link.relation is LinkRelation.PART_OF and link.second == here:
        yield link.first


def told_of(stands: Standing, events: Iterable[str]) -> tuple[Told, ...]:
    """Return the claims about events, and those of their reports about regimes."""
    wanted = frozenset(events)
    speaking = {event.partition("#")[0] for event in wanted}
    return tuple(
        one
        for id_, report in sorted(stands.reports.items())
        for one in told_in(report)
        if f"{id_}#{one.claim.about.id}" in wanted
        or (one.claim.about.kind is AboutKind.REGIME and id_ in speaking)
    )


def judge_event(
    stands: Standing,
    event: str,
    register: Register,
    *,
    linked: Iterable[str] = (),
    all_regimes: bool = False,
) -> Answers:
    """Tell which embargoes bear on an event of a log, by all that stands about it.

    Args:
        stands: What the log says as it stands.
        event: `report-id#event-id`.
        register: The register.
        linked: Other events whose claims are taken along; see `linked_to`.
        all_regimes: As for `relevance`.

    Raises:
        UnknownNameError: There is no such event.
        ReferringError: Its report was withdrawn.
    """
    event_of(stands, event)
    told = told_of(stands, (event, *linked))
    others = _against(stands, told)
    positions = tuple(one for one in others if isinstance(one.claim, EmbargoIs))
    asked = tuple(
        evolve(
            one,
            against=(*one.against, *against(others)),
            positions=(*one.positions, *positions),
        )
        for one in questions_of(told)
    )
    return relevance(asked, register, all_regimes=all_regimes)


def _against(stands: Standing, told: tuple[Told, ...]) -> tuple[Told, ...]:
    """Return the claims of other events that deny or take back what is told here.

    Nothing else of those events is taken along: that they are the same, links say.
    """
    here = {one.id for one in told}
    return tuple(
        one
        for report in stands.reports.values()
        for one in told_in(report)
        if one.claim.stance.weight is Weight.AGAINST
        and one.id not in here
        and not here.isdisjoint(one.refs(RefKind.ANSWERS))
    )


def relevance_record(
    records: Iterable[Record | None],
    asked: Asked,
    register: Register,
    *,
    id: str,
    by: str,
) -> RelevanceRecord:
    """Judge an event by the records of a log, and return what was answered.

    Args:
        records: All records of the log in their order; None for one that needs a newer
            version.
        asked: The event.
        register: The register.
        id: The record's id.
        by: Who asks.

    Raises:
        UnknownNameError: There is no such event.
        ReferringError: Its report was withdrawn.
    """
    taken = tuple(records)
    stands = standing(one for one in taken if one is not None)
    event, follow = asked.event, asked.follow_links
    along = linked_to(stands.links, event) if follow else ()
    answers = judge_event(stands, event, register, linked=along)
    return RelevanceRecord(
        id,
        event=event,
        follows_links=follow,
        linked=along,
        log_size=len(taken),
        library=version("embargo_monitor"),
        register_edition=register.edition.title,
        register_digest=register.digest,
        outcomes=outcomes_of(answers),
        left_open=tied(answers, Tie.OPEN),
        by_list=tied(answers, Tie.LIST),
        by=by,
    )


@frozen
class Rejudged:
    """A record of relevance, beside what is answered now.

    Attributes:
        record: The newest record about its event that stands.
        again: What is answered now; None where the event does not stand any more.
        by_claims: What the claims that came since changed, with today's register.
        by_register: What today's register and library changed, with the claims of
            then.
    """

    record: RelevanceRecord
    again: RelevanceRecord | None
    by_claims: tuple[Difference, ...] = ()
    by_register: tuple[Difference, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether anything is answered otherwise."""
        if self.again is None:
            return True
        return bool(differences(self.record, self.again))


def rejudged(
    records: Iterable[Record | None], register: Register
) -> Iterator[Rejudged]:
    """Answer anew every event of which a log has a record of relevance that stands.

    Of each event the newest record counts. Nothing is appended.

    Args:
        records: All records of the log in their order; None for one that needs a newer
            version.
        register: Today's register.
    """
    taken = tuple(records)
    stands = standing(one for one in taken if one is not None)
    for one in newest(taken, stands).values():
        yield _again(taken, one, register)


def _again(
    taken: tuple[Record | None, ...], one: RelevanceRecord, register: Register
) -> Rejudged:
    now = _answered(taken, one, register)
    then = _answered(taken[: one.log_size], one, register)
    if now is None or then is None:
        return Rejudged(one, now)
    return Rejudged(
        one,
        now,
        by_claims=differences(then, now),
        by_register=differences(one, then),
    )


def _answered(
    taken: tuple[Record | None, ...], one: RelevanceRecord, register: Register
) -> RelevanceRecord | None:
    """Answer what a record answered; None where its event does not stand."""
    asked = Asked(one.event, one.follows_links)
    try:
        return relevance_record(taken, asked, register, id=one.id, by=one.by)
    except (UnknownNameError, ReferringError):
        return None


def unjudged(records: Iterable[Record | None]) -> tuple[str, ...]:
    """Return the events that stand and of which no record of relevance stands."""
    taken = tuple(records)
    stands = standing(one for one in taken if one is not None)
    judged = newest(taken, stands)
    return tuple(event for event in stands.events if event not in judged)


def newest(
    taken: Iterable[Record | None], stands: Standing
) -> dict[str, RelevanceRecord]:
    """Return the newest record of relevance that stands, by event."""
    return {
        one.event: one
        for one in taken
        if isinstance(one, RelevanceRecord)
        and (one.kind, one.id) not in stands.withdrawals
    }
