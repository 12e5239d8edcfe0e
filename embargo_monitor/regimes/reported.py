"""From what was reported of an event to the questions that it puts to a register.

One question for each act that somebody says was done, and for each reading of the
claims that say with whom, what, where and when. What a speaker expects, fears or does
not know feeds nothing; what is merely mentioned is no goods; what was denied or taken
back is asked all the same, and says so.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from attrs import field, frozen

from embargo_monitor.model.about import About, AboutKind
from embargo_monitor.model.claims import EmbargoIs, GoodsAre, PartyIs, StageIs
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.events import EventKind
from embargo_monitor.model.reports import Report
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Weight
from embargo_monitor.model.views import Told, told_in
from embargo_monitor.model.vocabulary import Position, Role
from embargo_monitor.regimes.grounds import against, bound_of, grounds_of
from embargo_monitor.regimes.parties import Party, Where
from embargo_monitor.regimes.questions import Question, Thing
from embargo_monitor.regimes.variants import (
    goods_variants,
    pact_parties,
    party_variants,
    place_variants,
)

_NO_ACTS = (Stage.REFUSED, Stage.SUSPENDED, Stage.CANCELLED)
"""Stages at which nothing is sold, supplied or moved."""


def questions_of(told: Iterable[Told]) -> tuple[Question, ...]:
    """Ask of every act that claims about one event tell of, in every reading.

    Args:
        told: Claims about one event, of one report or of several that speak of the
            same event; claims about regimes may be among them. Their order does not
            matter.

    Returns:
        The questions, act by act; none where nobody says that anything was done.
    """
    event = _Event.of(told)
    return tuple(question for act in event.acts() for question in event.asked(act))


def questions_of_event(report: Report, event: str) -> tuple[Question, ...]:
    """Ask of every act of one event of a report; see `questions_of`.

    Claims of the report on the law of a regime are taken along as positions.
    """
    about = About(AboutKind.EVENT, event)
    of_regimes = (
        one for one in told_in(report) if one.claim.about.kind is AboutKind.REGIME
    )
    return questions_of((*told_in(report, about), *of_regimes))


@frozen
class _Dated:
    """One date of an act, and the claims that give it."""

    when: ImpreciseDate | None
    told: tuple[Told, ...]


@frozen
class _Act:
    stage: Stage | None
    dates: tuple[_Dated, ...]


@frozen
class _Event:
    """Claims about one event: all of them, and those that are for what they say."""

    told: tuple[Told, ...]
    said: tuple[Told, ...] = field(init=False)

    @said.default
    def _said(self) -> tuple[Told, ...]:
        return tuple(one for one in self.told if one.claim.stance.weight is Weight.FOR)

    @classmethod
    def of(cls, told: Iterable[Told]) -> "_Event":
        by_id = {one.id: one for one in told}
        return cls(tuple(by_id[id_] for id_ in sorted(by_id)))

    @property
    def kind(self) -> EventKind:
        """What sort of event: one that moves goods, where claims speak of several."""
        events = {
            event.kind
            for one in self.told
            for event in one.report.events
            if one.claim.about == About(AboutKind.EVENT, event.id)
        }
        order = (EventKind.TRANSFER, EventKind.SUM, EventKind.PACT)
        return next((one for one in order if one in events), EventKind.CONTACT)

    def acts(self) -> Iterator[_Act]:
        """Give the acts, in the order of their stages."""
        staged = [one for one in self.told if isinstance(one.claim, StageIs)]
        found: dict[Stage, list[tuple[ImpreciseDate | None, Told]]] = {}
        for one in self.said:
            if isinstance(one.claim, StageIs) and one.claim.stage not in _NO_ACTS:
                when = one.claim.when.date if one.claim.when else None
                found.setdefault(one.claim.stage, []).append((when, one))
        if Stage.REQUESTED in found:
            found[Stage.REQUESTED] += self._requests()
        for stage in Stage:
            if stage in found:
                yield _Act(stage, tuple(_by_date(found[stage])))
        undone = any(
            isinstance(one.claim, StageIs) and one.claim.stage in _NO_ACTS
            for one in self.said
        )
        parts = tuple(
            one for one in self.said if isinstance(one.claim, PartyIs | GoodsAre)
        )
        if not found and parts and (undone or not staged):
            yield _Act(None, (_Dated(None, parts),))

    def _requests(self) -> Iterator[tuple[ImpreciseDate | None, Told]]:
        """Give what dates a request to an embargo body: it is the same act."""
        for one in self.said:
            claim = one.claim
            asks = isinstance(claim, EmbargoIs) and claim.position is Position.REQUESTED
            if asks and isinstance(claim, EmbargoIs) and claim.when:
                yield claim.when.date, one

    def asked(self, act: _Act) -> Iterator[Question]:
        """Give one question for each reading of an act."""
        parties = party_variants(self.said)
        for dated, things, places in product(
            act.dates,
            goods_variants(self.said, act.stage),
            place_variants(self.said),
        ):
            for chosen in product(*parties.values()):
                by_role = dict(zip(parties, chosen, strict=True))
                yield self._question(act, dated, things, places, by_role)

    def _question(
        self,
        act: _Act,
        dated: _Dated,
        goods: tuple[Thing, ...],
        places: tuple[Where | None, Where | None],
        by_role: Mapping[Role, tuple[Party, ...]],
    ) -> Question:
        def of(*roles: Role) -> tuple[Party, ...]:
            return tuple(one for role in roles for one in by_role.get(role, ()))

        suppliers = of(Role.SUPPLIER)
        recipients = of(Role.RECIPIENT, Role.BUYER, Role.END_USER)
        if self.kind is EventKind.PACT and not (suppliers or recipients):
            suppliers = recipients = pact_parties(self.said)
        bound = bound_of(dated.told)
        return Question(
            suppliers=suppliers,
            recipients=recipients,
            brokers=of(Role.BROKER, Role.FINANCIER),
            carriers=of(Role.CARRIER, Role.TRANSIT),
            destination=places[0],
            origin=places[1],
            goods=goods,
            act=act.stage,
            kind=self.kind,
            when=dated.when,
            when_claims=tuple(one.id for one in dated.told),
            not_after=bound.day if bound else None,
            grounds=grounds_of(self.said, dated.told, dated.when, bound),
            against=against(self.told),
            positions=tuple(
                one for one in self.told if isinstance(one.claim, EmbargoIs)
            ),
            delivered=self._delivered(),
            finished=any(
                isinstance(one.claim, StageIs) and one.claim.stage is Stage.CANCELLED
                for one in self.said
            ),
        )

    def _delivered(self) -> tuple[ImpreciseDate | None, ...]:
        return tuple(
            one.claim.when.date if one.claim.when else None
            for one in self.said
            if isinstance(one.claim, StageIs) and one.claim.stage is Stage.DELIVERED
        )


def _by_date(
    rows: Iterable[tuple[ImpreciseDate | None, Told]],
) -> Iterator[_Dated]:
    """Give each date with its claims; what has no date contradicts none."""
    found: dict[ImpreciseDate | None, list[Told]] = {}
    for when, one in rows:
        found.setdefault(when, []).append(one)
    if len(found) > 1:
        found.pop(None, None)
    for when, told in sorted(found.items(), key=lambda one: str(one[0])):
        yield _Dated(when, tuple(told))
