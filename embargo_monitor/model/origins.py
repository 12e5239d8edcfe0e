"""How many independent origins claims have: at least, and at most.

Corroboration counts origins, not outlets. Relays add none, and who makes something else
of what it passes on adds perhaps none; unnamed speakers of one reporting are one origin
whatever their number; two unnamed ones of different reportings may be one person unless
their stated side or nationality excludes it; and equal spelling of two names in
different reports means MAYBE. A report that repeats another, and gives the words of
unnamed speakers to the same wire, has no speakers of its own. Links of ours between
sources or documents join them, or tell them apart. So the count is an interval, and it
comes with its reasons. Different names are taken for different sources, as far as no
identifier says otherwise.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod

from attrs import evolve, frozen

from embargo_monitor.model.identifiers import Identifier
from embargo_monitor.model.marks import apart
from embargo_monitor.model.names import fold
from embargo_monitor.model.records import Link, Linked, LinkRelation
from embargo_monitor.model.refs import RefKind
from embargo_monitor.model.views import Told, counted
from embargo_monitor.model.voices import Side, Source, SourceKind


@frozen
class Origins:
    """How many independent origins, as an interval with its reasons.

    Attributes:
        at_least: The least number that the voices allow.
        at_most: The greatest.
        reasons: Why, in sentences.
    """

    at_least: int
    at_most: int
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.at_least} to {self.at_most}"


@frozen
class _Start:
    """A source with whom a voice may begin.

    Attributes:
        report: Id of its report.
        source: The source; the whole, where it is part of another.
        names: Its names, or those of the actor that speaks.
        listener: To whom an unnamed one spoke; empty for all others.
        wire: What identifies that listener in all reports.
        first: Id of the report that its report repeats in the end, or its own.
        nationality: Its own, or the actor's country; empty where nobody says.
        same: Ids from outside of sources that links of ours call the same.
        different: Ids of those that they call others.
    """

    report: str
    source: Source
    names: tuple[str, ...]
    listener: str
    wire: frozenset[Identifier]
    first: str
    nationality: str
    same: frozenset[str] = frozenset()
    different: frozenset[str] = frozenset()
    departs: bool = False

    @property
    def id(self) -> str:
        """Its id from outside: `report-id#source-id`."""
        return f"{self.report}#{self.source.id}"


_WAYS = 200
"""How many ways to settle voices are gone through one by one."""

_EXACT = 12
"""Up to how many groups the fewest origins are searched for."""

_Group = list[_Start]
"""Starts that are certainly one origin."""


def origins(told: Iterable[Told], links: Iterable[Link] = ()) -> Origins:
    """Count the independent origins of claims; those that do not count add none.

    Args:
        told: The claims, say those of a stage of one event.
        links: Links of ours in force, of which those of sources and documents tell
            that two of them are one, or are not.

    Returns:
        The interval; 0 to 0 where no voice has an origin (automated text is none).
    """
    beginnings = [starts for starts in _linked(counted(told), links) if starts]
    settled = [starts[0] for starts in beginnings if len(starts) == 1]
    unsettled = [starts for starts in beginnings if len(starts) > 1]
    at_least, at_most = _interval(settled, unsettled)
    reasons = dict.fromkeys(_reasons(_groups(settled), unsettled))
    return Origins(at_least, at_most, tuple(reasons))


def _linked(claims: Sequence[Told], links: Iterable[Link]) -> Iterator[list[_Start]]:
    """Give for each claim those with whom it may begin, and whom links make of them."""
    ours = tuple(links)
    repeats = {one.report.id: one.report.repeats for one in claims}
    for document, other in _pairs(ours, Linked.DOCUMENT, LinkRelation.SAME):
        first, second = _first(document, repeats), _first(other, repeats)
        if first != second:
            repeats[second] = first
    same = _others(ours, LinkRelation.SAME)
    different = _others(ours, LinkRelation.DIFFERENT)
    for one in claims:
        yield [
            evolve(
                start,
                same=frozenset(same.get(start.id, ())),
                different=frozenset(different.get(start.id, ())),
                departs=bool(one.refs(RefKind.DEPARTS_FROM)),
            )
            for start in _starts(one, repeats)
        ]


def _reasons(
    groups: Sequence[_Group], unsettled: Sequence[Sequence[_Start]]
) -> Iterator[str]:
    """Say who the origins are, and why there may be fewer or more."""
    for said, times in Counter(map(_said_of, groups)).items():
        yield f"{said}, in {times} reportings" if times > 1 else said
    doubtful = len(groups) - _fewest(groups)
    if doubtful:
        yield f"nothing excludes that {doubtful} of them is one of the others"
    elif sum(group[0].source.unnamed for group in groups) > 1:
        yield "their stated side or nationality excludes one and the same"
    for starts in unsettled:
        yield f"{' or '.join(_names(starts))}: the text does not settle who says it"
    for group in groups:
        if all(start.departs for start in group):
            names = " and ".join(_names(group))
            yield (
                f"{names} makes something else of what it passes on, and adds perhaps"
                " none"
            )


def _pairs(
    links: Iterable[Link], linked: Linked, relation: LinkRelation
) -> Iterator[tuple[str, str]]:
    """Give the ends of links; of documents the reports that they are of."""
    for one in links:
        if one.linked is linked and one.relation is relation:
            first, second = one.first, one.second
            if linked is Linked.DOCUMENT:
                first, second = first.partition("#")[0], second.partition("#")[0]
            yield first, second


def _others(links: Iterable[Link], relation: LinkRelation) -> Mapping[str, set[str]]:
    """Return the sources that links join to each by that relation, by its id."""
    found: dict[str, set[str]] = {}
    for first, second in _pairs(links, Linked.SOURCE, relation):
        found.setdefault(first, set()).add(second)
        found.setdefault(second, set()).add(first)
    return found


def _interval(
    settled: Sequence[_Start], unsettled: Sequence[Sequence[_Start]]
) -> tuple[int, int]:
    """Count the least and the most over every way to settle what is left open.

    Where there are too many ways to go through, the interval is wider than it need be,
    and still true.
    """
    # Voices that leave the same open are one doubt, settled alike.
    alike = {tuple(map(_key, starts)): starts for starts in unsettled}
    if prod(map(len, alike.values())) > _WAYS:
        every = [start for starts in alike.values() for start in starts]
        at_least = max(1, _fewest(_groups(settled)))
        return at_least, len(_groups([*settled, *every]))
    readings = [_groups([*settled, *chosen]) for chosen in product(*alike.values())]
    return min(map(_fewest, readings)), max(map(len, readings))


def _key(start: _Start) -> tuple[str, str]:
    return start.report, start.source.id


def _starts(told: Told, repeats: Mapping[str, str]) -> list[_Start]:
    speakers = told.voice.speakers
    first = _first(told.report.id, repeats)
    found = []
    for speaker, after in zip(told.voice.starts, (*speakers[1:], None), strict=False):
        source = _whole(told, told.source(speaker.source))
        if source.kind is not SourceKind.AUTOMATED_TEXT:
            listener = after.source if after and source.unnamed else ""
            found.append(_start(told, source, listener, first))
    return found


def _first(report: str, repeats: Mapping[str, str]) -> str:
    """Return the report that *report* repeats in the end, as far as it is known."""
    met = {report}
    while (before := repeats.get(report)) and before not in met:
        met.add(before)
        report = before
    return report


def _start(told: Told, source: Source, listener: str, first: str) -> _Start:
    actor = next((one for one in told.report.actors if one.id == source.actor), None)
    names = source.names or (actor.names if actor else ())
    return _Start(
        told.report.id,
        source,
        tuple(name.text for name in names),
        listener,
        frozenset(told.source(listener).same_as if listener else ()),
        first,
        actor.country if actor else source.nationality,
    )


def _whole(told: Told, source: Source) -> Source:
    """Return the source that *source* is part of: two of the four are the four."""
    while source.part_of:
        source = told.source(source.part_of)
    return source


def name_of(told: Told, source: Source) -> str:
    """Return the name of a source, or of the actor that speaks."""
    return _start(told, source, "", "").names[0]


def _groups(starts: Iterable[_Start]) -> list[_Group]:
    """Put starts together that are certainly one origin."""
    groups: list[_Group] = []
    for start in starts:
        same = [one for one in groups if any(_is_same(start, other) for other in one)]
        joined = [other for group in same for other in group]
        groups = [group for group in groups if group not in same]
        groups.append([*joined, *([] if start in joined else [start])])
    return groups


def _is_same(one: _Start, other: _Start) -> bool:
    """Whether two starts are certainly one origin."""
    if other.id in one.same:
        return True
    if other.id in one.different:
        return False
    if one.report == other.report:
        if one.source.id == other.source.id:
            return True
        if one.source.actor and one.source.actor == other.source.actor:
            return True
        if one.listener and one.listener == other.listener:
            return True
    elif one.first == other.first and one.wire & other.wire:
        return True
    shared = set(one.source.same_as) & set(other.source.same_as)
    return bool(shared) and not (one.source.unnamed or other.source.unnamed)


def _excluded(one: _Start, other: _Start) -> bool:
    """Whether two starts that are not certainly the same cannot be the same.

    Who makes something else of what it passes on may have nobody else's word for it.
    """
    if one.departs or other.departs:
        return False
    if other.id in one.different:
        return True
    if not (one.source.unnamed or other.source.unnamed):
        return set(map(fold, one.names)).isdisjoint(map(fold, other.names))
    sides = {one.source.side, other.source.side} - {Side.NOT_SAID}
    nationalities = {one.nationality, other.nationality} - {""}
    return len(sides) > 1 or len(nationalities) > 1


def _fewest(groups: Sequence[_Group]) -> int:
    """Count the fewest origins that groups can be: all that may be one are one.

    Of many groups only so many are counted as certainly no two are one: perhaps fewer
    than there must be, and so never more than is true.
    """
    apart_: list[_Group] = []
    for group in sorted(groups, key=_stated):
        if all(_are_apart(group, other) for other in apart_):
            apart_.append(group)
    at_least = len(apart_)
    if len(groups) <= _EXACT:
        while not _fit(groups, [], at_least):
            at_least += 1
    return at_least


def _fit(groups: Sequence[_Group], origins_: Sequence[list[_Group]], most: int) -> bool:
    """Tell whether groups can be at most so many origins, of which these are some."""
    if not groups:
        return True
    first, *rest = groups
    for at, one in enumerate(origins_):
        if not any(_are_apart(first, other) for other in one):
            joined = [*origins_[:at], [*one, first], *origins_[at + 1 :]]
            if _fit(rest, joined, most):
                return True
    return len(origins_) < most and _fit(rest, [*origins_, [first]], most)


def _stated(group: _Group) -> tuple[bool, bool, bool, str]:
    first = group[0]
    unsaid = first.source.side is Side.NOT_SAID
    return first.source.unnamed, unsaid, not first.nationality, min(_names(group))


def _are_apart(one: _Group, other: _Group) -> bool:
    return all(_excluded(a, b) for a in _own(one) for b in _own(other))


def _own(group: _Group) -> _Group:
    """Return those who say it themselves, if there are any."""
    return [start for start in group if not start.departs] or group


def _names(starts: Iterable[_Start]) -> list[str]:
    return list(dict.fromkeys(apart(start.names[0]) for start in starts))


def _said_of(group: _Group) -> str:
    first = group[0]
    parts = ["unnamed" if first.source.unnamed else "named"]
    if first.source.side is not Side.NOT_SAID:
        parts.append(f"{first.source.side.value} side")
    if len(_names(group)) > 1:
        parts.append("one reporting" if first.listener else "one source")
    return f"{' and '.join(_names(group))} ({', '.join(parts)})"
