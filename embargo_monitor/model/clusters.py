"""One event as several reports tell it: joined by links of ours, and never made one.

Each report has events of its own. A link that says that two of them are the same joins
them into a cluster, for as long as it stands. A cluster is computed from what stands,
and kept nowhere: each claim stays in its report, under its own id and voice.

Other relations join nothing. What is part of a bargain, replaces it, follows it or
sells on its goods is another event, shown beside it and never added to it; and what
perhaps is the same event may be one.
"""

from collections.abc import Iterable, Mapping
from operator import itemgetter

from attrs import field, frozen

from embargo_monitor.errors import UnknownNameError
from embargo_monitor.model.about import About, AboutKind
from embargo_monitor.model.corroboration import Corroboration, corroborations
from embargo_monitor.model.origins import Origins, origins
from embargo_monitor.model.records import Link, Linked, LinkRelation
from embargo_monitor.model.reports import Report
from embargo_monitor.model.standing import Standing
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.unanswered import unanswered
from embargo_monitor.model.views import (
    Dispute,
    Told,
    counted,
    disputes,
    goods,
    mentions,
    parties,
    stages,
    takings_back,
    told_in,
    values,
)
from embargo_monitor.model.vocabulary import Role


@frozen
class Cluster:
    """One event as one or several reports tell it.

    Attributes:
        id: Id of the first of its events in the order of the log.
        events: Ids of its events, as `report-id#event-id`, in the order of the log.
        told: The claims about any of them, in that order.
        links: The links that join them.
        sources: Links between sources or documents of its reports.
        contrary: Links that call two of them different: somebody has to decide.
        unsure: Links to events that may be the same, and are not taken in.
        neighbours: Links of other relations: parts, resales, what replaces or follows.
        beside: Claims of other reports that may take back what these tell.
    """

    id: str
    events: tuple[str, ...]
    told: tuple[Told, ...] = field(repr=False)
    links: tuple[Link, ...] = ()
    sources: tuple[Link, ...] = ()
    contrary: tuple[Link, ...] = ()
    unsure: tuple[Link, ...] = ()
    neighbours: tuple[Link, ...] = ()
    beside: tuple[Told, ...] = field(default=(), eq=False, repr=False)

    @property
    def values(self) -> tuple[Told, ...]:
        """The claims of how much money."""
        return values(self.told)

    @property
    def goods(self) -> tuple[Told, ...]:
        """The claims of what is transferred; never what is only mentioned."""
        return goods(self.told)

    @property
    def mentions(self) -> tuple[Told, ...]:
        """The claims that only name goods, and that are none of the transfer."""
        return mentions(self.told)

    @property
    def stages(self) -> tuple[Told, ...]:
        """The claims of how far it got."""
        return stages(self.told)

    def parties(self, role: Role | str) -> tuple[Told, ...]:
        """Return the claims of who has that role."""
        return parties(self.told, Role(role))

    @property
    def disputes(self) -> tuple[Dispute, ...]:
        """Where its claims cannot all hold, or may not, whichever report tells them."""
        return disputes(self.told, beside=self.beside)

    def disputed(self, slot: str = "") -> Truth:
        """Tell whether its claims compete; of one *slot*, such as `price`, if given."""
        found = (one for one in self.disputes if one.slot.startswith(slot))
        return Truth.any_of(one.certainty for one in found)

    @property
    def origins(self) -> Origins:
        """How many independent origins tell of it, by the claims of its stages.

        Relays add none. A report that repeats a page is no other origin, and unnamed
        sources of two reports may be one: hence an interval.
        """
        return origins(stages(counted(self.told, self.beside)), self.sources)

    @property
    def corroborations(self) -> tuple[Corroboration, ...]:
        """What its claims say, and how many independent origins say each of it."""
        return corroborations(self.told, self.sources, self.beside)

    @property
    def unanswered(self) -> tuple[Told, ...]:
        """The claims by which somebody who was asked, or was not, said nothing."""
        return unanswered(self.told, self.beside)


_OTHER_EVENTS = (
    LinkRelation.PART_OF,
    LinkRelation.REPLACES,
    LinkRelation.RESELLS,
    LinkRelation.FOLLOWS,
)


def clusters(stands: Standing) -> tuple[Cluster, ...]:
    """Return all events of what stands, those that links join as one, in log order."""
    groups = _groups(stands)
    beside = takings_back(stands.reports.values())
    by_report = _by_report(stands.links)
    return tuple(_cluster(stands, group, by_report, beside) for group in groups)


def cluster_of(stands: Standing, event: str) -> Cluster:
    """Return the cluster that an event is of.

    Args:
        stands: What stands.
        event: Its id: `report-id#event-id`.

    Raises:
        UnknownNameError: Nothing that stands has such an event.
    """
    if event not in stands.events:
        raise UnknownNameError("event", event, stands.events)
    [group] = [one for one in _groups(stands) if event in one]
    beside = takings_back(stands.reports.values())
    return _cluster(stands, group, _by_report(stands.links), beside)


def _groups(stands: Standing) -> list[tuple[str, ...]]:
    """Put the events together that links call the same; each in the log's order."""
    group_of = {event: [event] for event in stands.events}
    order = {event: at for at, event in enumerate(group_of)}
    for link in _of(stands.links, LinkRelation.SAME):
        first, second = group_of.get(link.first), group_of.get(link.second)
        if first and second and first is not second:
            first += second
            group_of |= dict.fromkeys(second, first)
    every = {id(group): group for group in group_of.values()}
    return [tuple(sorted(group, key=order.__getitem__)) for group in every.values()]


_Placed = tuple[int, Link]
"""A link, and where it stands among all of them."""


def _by_report(links: Iterable[Link]) -> Mapping[str, list[_Placed]]:
    """Return the links of each report, by its id."""
    found: dict[str, list[_Placed]] = {}
    for placed in enumerate(links):
        for report in _reports_of(placed[1]):
            found.setdefault(report, []).append(placed)
    return found


def _reports_of(link: Link) -> set[str]:
    return {end.partition("#")[0] for end in (link.first, link.second)}


def _cluster(
    stands: Standing,
    group: tuple[str, ...],
    by_report: Mapping[str, list[_Placed]],
    beside: tuple[Told, ...],
) -> Cluster:
    reports, events = {event.partition("#")[0] for event in group}, {*group}
    placed = {one for report in reports for one in by_report.get(report, ())}
    near = [link for _, link in sorted(placed, key=itemgetter(0))]
    touching = [one for one in near if {one.first, one.second} & events]
    between = [
        one
        for one in near
        if one.linked in (Linked.SOURCE, Linked.DOCUMENT)
        and _reports_of(one) <= reports
    ]
    return Cluster(
        group[0],
        group,
        tuple(one for event in group for one in _told(stands.reports, event)),
        _of(touching, LinkRelation.SAME),
        tuple(between),
        tuple(
            one
            for one in _of(touching, LinkRelation.DIFFERENT)
            if {one.first, one.second} <= events
        ),
        _of(touching, LinkRelation.UNSURE),
        _of(touching, *_OTHER_EVENTS),
        beside,
    )


def _of(links: Iterable[Link], *relations: LinkRelation) -> tuple[Link, ...]:
    """Return the links between events of these relations."""
    return tuple(
        one for one in links if one.linked is Linked.EVENT and one.relation in relations
    )


def _told(reports: Mapping[str, Report], event: str) -> tuple[Told, ...]:
    report, _, local = event.partition("#")
    return told_in(reports[report], About(AboutKind.EVENT, local))
