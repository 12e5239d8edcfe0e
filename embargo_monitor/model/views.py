"""What claims say of one thing, side by side: never merged, averaged or overwritten.

Pure functions over claims, each with the report it stands in, so that claims of
several reports can be looked at together.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, starmap
from typing import cast

from attrs import evolve, frozen

from embargo_monitor.model.about import About
from embargo_monitor.model.actors import Actor
from embargo_monitor.model.amounts import TOLERANCE, Amount, agreement
from embargo_monitor.model.claims import (
    AnyClaim,
    EmbargoIs,
    GoodsAre,
    MentionIs,
    PartyIs,
    StageIs,
    ValueIs,
)
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.refs import RefKind
from embargo_monitor.model.reports import Report
from embargo_monitor.model.stances import Hedge, Stance, Weight
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.vocabulary import Position, Role
from embargo_monitor.model.voices import Source, Voice


@frozen
class Told:
    """A claim, and the report it stands in.

    Attributes:
        claim: The claim.
        report: Its report.
    """

    claim: AnyClaim
    report: Report

    @property
    def id(self) -> str:
        """The claim's id from outside: `report-id#claim-id`."""
        return f"{self.report.id}#{self.claim.id}"

    @property
    def voice(self) -> Voice:
        """On whose word."""
        return self.report.voice_of(self.claim)

    def refs(self, *kinds: RefKind) -> frozenset[str]:
        """Return the claims that it hangs on in these ways, by id from outside."""
        return frozenset(
            ref.claim if "#" in ref.claim else f"{self.report.id}#{ref.claim}"
            for ref in self.claim.refs
            if ref.kind in kinds
        )

    def source(self, id: str) -> Source:
        """Return the source of the claim's report with that local id."""
        return next(source for source in self.report.sources if source.id == id)

    def actor(self, id: str) -> Actor:
        """Return the actor of the claim's report with that local id."""
        return next(actor for actor in self.report.actors if actor.id == id)


def told_in(report: Report, about: About | None = None) -> tuple[Told, ...]:
    """Return the claims of a report, in its order; those *about* one thing if given."""
    return tuple(
        Told(claim, report)
        for claim in report.claims
        if about is None or claim.about == about
    )


def values(told: Iterable[Told]) -> tuple[Told, ...]:
    """Return the claims of value, whatever their stance."""
    return tuple(one for one in told if isinstance(one.claim, ValueIs))


def goods(told: Iterable[Told]) -> tuple[Told, ...]:
    """Return the claims of goods; what is merely named is never among them."""
    return tuple(one for one in told if isinstance(one.claim, GoodsAre))


def mentions(told: Iterable[Told]) -> tuple[Told, ...]:
    """Return the claims that name what is *not* goods."""
    return tuple(one for one in told if isinstance(one.claim, MentionIs))


def stages(told: Iterable[Told]) -> tuple[Told, ...]:
    """Return the claims of stage, whatever their stance."""
    return tuple(one for one in told if isinstance(one.claim, StageIs))


def parties(told: Iterable[Told], role: Role) -> tuple[Told, ...]:
    """Return the claims that give somebody that role, whatever their stance."""
    return tuple(
        one for one in told if isinstance(one.claim, PartyIs) and one.claim.role is role
    )


def withdrawn(told: Iterable[Told], beside: Iterable[Told] = ()) -> tuple[Told, ...]:
    """Return the claims that somebody took back. They stay readable, as withdrawn.

    Args:
        told: The claims.
        beside: Claims that are only looked at for what they take back, of other
            events or reports.
    """
    claims = tuple(told)
    gone = taken_back((*claims, *beside))
    return tuple(one for one in claims if one.id in gone)


def takings_back(reports: Iterable[Report]) -> tuple[Told, ...]:
    """Return the claims that take back what they answer, in whichever report."""
    return tuple(one for report in reports for one in told_in(report) if _takes(one))


def _takes(told: Told) -> bool:
    """Whether a claim takes back what it answers: "perhaps it was not so" does not."""
    plain = told.claim.hedge is Hedge.NONE
    return told.claim.stance is Stance.WITHDRAWS and plain


def taken_back(told: Iterable[Told]) -> dict[str, tuple[Told, ...]]:
    """Return, by id from outside, what somebody took back, with the claims that do.

    A hedged withdrawal takes nothing back, nor does one that was taken back itself,
    nor do those that take back one another in a circle, or hang on such a circle.
    """
    backs = {one.id: one for one in told if _takes(one)}
    answering: dict[str, list[str]] = {}
    for one in backs.values():
        for id_ in one.refs(RefKind.ANSWERS):
            answering.setdefault(id_, []).append(one.id)
    return {
        id_: tuple(map(backs.__getitem__, by))
        for id_, by in holding(backs, answering).items()
    }


def holding(
    backs: Iterable[str], answering: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """Return, by the id of what was taken back, the claims by which it was.

    Args:
        backs: Ids of the claims that take back what they answer.
        answering: The ids of those that answer a claim, by its id.
    """
    valid = _valid(backs, answering)
    found = {
        id_: tuple(by for by in answers if valid.get(by))
        for id_, answers in answering.items()
    }
    return {id_: by for id_, by in found.items() if by}


def _valid(
    backs: Iterable[str], answering: Mapping[str, Sequence[str]]
) -> dict[str, bool]:
    """Tell of withdrawals whether they hold; of those in a circle nothing."""
    valid: dict[str, bool] = {}
    left = list(backs)
    while left:
        open_ = []
        for id_ in left:
            answers = [valid.get(by) for by in answering.get(id_, ())]
            if None in answers and True not in answers:
                open_.append(id_)
            else:
                valid[id_] = True not in answers
        if len(open_) == len(left):
            break
        left = open_
    return valid


def counted(told: Iterable[Told], beside: Iterable[Told] = ()) -> tuple[Told, ...]:
    """Return the claims that count for their content: said, and not taken back.

    Args:
        told: The claims.
        beside: As for `withdrawn`.
    """
    claims = tuple(told)
    gone = taken_back((*claims, *beside))
    return tuple(
        one
        for one in claims
        if one.claim.stance.weight is Weight.FOR and one.id not in gone
    )


@frozen
class Dispute:
    """Claims of one slot that do not certainly say the same.

    Attributes:
        slot: What they compete for: `price as agreed`, `date of delivered`; or `said
            and denied`.
        certainty: YES when two of them cannot both hold; MAYBE when that cannot be
            told, as between "more than 4" and "about 4.6".
        told: The claims of that slot, in the order given.
        tolerance: How far `about` was taken to reach.
    """

    slot: str
    certainty: Truth
    told: tuple[Told, ...]
    tolerance: Decimal


def disputes(
    told: Sequence[Told],
    tolerance: Decimal = TOLERANCE,
    *,
    beside: Iterable[Told] = (),
) -> tuple[Dispute, ...]:
    """Find the slots in which claims about one thing disagree, or might.

    Only slots that hold one value can be disputed: a value per (of, at), a quantity
    per (line, at), a date per stage, and what one says and another denies in answer;
    and one actor stands for a request or against it, as long as it is not told to have
    changed its mind. Several
    suppliers are no dispute; what was taken back disputes nothing. A part, a
    conversion and what a relay made of a figure do not compete with it, nor do two
    parts of one total with one another.

    Args:
        told: Claims about one event.
        tolerance: How far `about` reaches, either way, as a share of the figure.
        beside: As for `withdrawn`.

    Returns:
        The disputes that are YES or MAYBE, in the order of their slots.
    """
    gone = taken_back((*told, *beside))
    left = [one for one in told if one.id not in gone]
    said = [one for one in left if one.claim.stance.weight is Weight.FOR]
    slots: dict[str, list[Told]] = {}
    for one in said:
        for slot in figures(one.claim):
            slots.setdefault(slot, []).append(one)
    found = [
        Dispute(slot, certainty, tuple(rivals), tolerance)
        for slot, rivals in slots.items()
        if (certainty := _disputed(slot, rivals, tolerance)) is not Truth.NO
    ]
    return (*found, *_positions(said, tolerance), *_denials(left, said, tolerance))


def disputed(
    told: Sequence[Told],
    tolerance: Decimal = TOLERANCE,
    *,
    beside: Iterable[Told] = (),
) -> Truth:
    """Tell whether claims about one thing cannot all hold; see `disputes`."""
    found = disputes(told, tolerance, beside=beside)
    return Truth.any_of(one.certainty for one in found)


def figures(claim: AnyClaim) -> dict[str, Amount | ImpreciseDate]:
    """Return what the claim puts into slots that hold one value, by slot."""
    at = getattr(claim, "at", None)
    stage = f" as {at.value}" if at else ""
    if isinstance(claim, ValueIs):
        return {f"{claim.of.value}{stage}": claim.amount}
    if isinstance(claim, GoodsAre) and claim.quantity is not None:
        line = claim.line or claim.item.name
        return {f"quantity of {line}{stage}": claim.quantity}
    if isinstance(claim, StageIs) and claim.when is not None:
        return {f"date of {claim.stage.value}": claim.when.date}
    return {}


def _disputed(slot: str, rivals: Sequence[Told], tolerance: Decimal) -> Truth:
    return Truth.any_of(
        ~_agree(figures(one.claim)[slot], figures(other.claim)[slot], tolerance)
        for one, other in combinations(rivals, 2)
        if not hang_together(one, other)
    )


def _agree(
    mine: Amount | ImpreciseDate, theirs: Amount | ImpreciseDate, tolerance: Decimal
) -> Truth:
    if isinstance(mine, ImpreciseDate) and isinstance(theirs, ImpreciseDate):
        if (mine.ranges, mine.is_span) == (theirs.ranges, theirs.is_span):
            return Truth.YES
        lasts = mine.is_span or theirs.is_span
        return mine.overlaps(theirs) if lasts else mine.is_same_day(theirs)
    # The slot's name says which of the two it holds, so both are amounts here.
    a, b = cast("Amount", mine), cast("Amount", theirs)
    same = evolve(a, wording="") == evolve(b, wording="")
    return Truth.YES if same else agreement(a, b, tolerance=tolerance)


_DENIED = "said and denied"

_NO_RIVALS = (RefKind.WITHIN, RefKind.CONVERTS, RefKind.DEPARTS_FROM)


def hang_together(one: Told, other: Told) -> bool:
    """Whether one figure is part, conversion or distortion of the other, or a twin."""
    total = one.refs(RefKind.WITHIN) & other.refs(RefKind.WITHIN)
    direct = other.id in one.refs(*_NO_RIVALS) or one.id in other.refs(*_NO_RIVALS)
    return direct or bool(total)


_FOR = (Position.SUPPORTED, Position.GRANTED, Position.CONSENT_GIVEN)
_AGAINST = (
    Position.OPPOSED,
    Position.ON_HOLD,
    Position.REFUSED,
    Position.CONSENT_WITHHELD,
)


def _positions(said: Sequence[Told], tolerance: Decimal) -> Iterator[Dispute]:
    """Find actors that are told to have stood both for a request and against it."""
    taken: list[list[tuple[Told, Actor]]] = []
    for one in said:
        if isinstance(one.claim, EmbargoIs) and one.claim.position in _FOR + _AGAINST:
            for actor in map(one.actor, one.claim.by):
                stand = (one, actor)
                known = (group for group in taken if _is_same(stand, group[0]))
                group = next(known, [])
                if not group:
                    taken.append(group)
                group.append(stand)
    for group in taken:
        rivals = tuple(one for one, _ in group)
        certainty = Truth.any_of(starmap(_opposed, combinations(rivals, 2)))
        if certainty is not Truth.NO:
            slot = f"position of {group[0][1].name}"
            yield Dispute(slot, certainty, rivals, tolerance)


def _is_same(one: tuple[Told, Actor], other: tuple[Told, Actor]) -> bool:
    """Whether two are certainly one actor: equal names of two reports prove nothing."""
    (mine, actor), (theirs, another) = one, other
    if mine.report.id == theirs.report.id:
        return actor.id == another.id
    return not set(actor.same_as).isdisjoint(another.same_as)


def _opposed(one: Told, other: Told) -> Truth:
    """Whether two positions of one actor cannot both hold: they may follow in time."""
    mine, theirs = cast("EmbargoIs", one.claim), cast("EmbargoIs", other.claim)
    if (mine.position in _FOR) == (theirs.position in _FOR):
        return Truth.NO
    if mine.when is None or theirs.when is None:
        return Truth.MAYBE
    return mine.when.date.is_same_day(theirs.when.date)


def _denials(
    left: Sequence[Told], said: Sequence[Told], tolerance: Decimal
) -> list[Dispute]:
    """Find claims that count, and that others deny by answering them."""
    found = []
    for one in left:
        if one.claim.stance is Stance.DENIES:
            denied = one.refs(RefKind.ANSWERS)
            answered = tuple(
                other
                for other in said
                if other.id in denied and type(other.claim) is type(one.claim)
            )
            if answered:
                found.append(Dispute(_DENIED, Truth.YES, (*answered, one), tolerance))
    return found
