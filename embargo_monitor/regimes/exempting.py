"""What was claimed of exemptions, of the law and of breaches; never our finding."""

from collections.abc import Iterable

from attrs import frozen

from embargo_monitor.model.claims import EmbargoIs
from embargo_monitor.model.refs import RefKind
from embargo_monitor.model.relevances import Exempt
from embargo_monitor.model.stances import Hedge, Known, Stance, Weight
from embargo_monitor.model.views import Told, taken_back
from embargo_monitor.model.vocabulary import Position
from embargo_monitor.model.voices import Mandate
from embargo_monitor.regimes.regime import Regime

_PROCEDURE = {
    Position.NOTIFIED: Exempt.NOTIFIED,
    Position.REQUESTED: Exempt.REQUESTED,
    Position.SUPPORTED: Exempt.REQUESTED,
    Position.QUERIED: Exempt.REQUESTED,
    Position.OPPOSED: Exempt.REQUESTED,
    Position.ON_HOLD: Exempt.ON_HOLD,
    Position.GRANTED: Exempt.GRANTED,
    Position.REFUSED: Exempt.REFUSED,
    Position.LAPSED: Exempt.LAPSED,
}

# A later state says more than an earlier one.
_LATEST = (
    Exempt.LAPSED,
    Exempt.GRANTED,
    Exempt.REFUSED,
    Exempt.ON_HOLD,
    Exempt.REQUESTED,
    Exempt.NOTIFIED,
)

_SETTLED = (Position.GRANTED, Position.REFUSED)
_RIVALS = (
    {Exempt.GRANTED, Exempt.REFUSED},
    {Exempt.ON_HOLD, Exempt.REFUSED},
)
"""What claims cannot all say of one request at one time: on hold is not refused."""

_BREACH = (Position.BREACHES, Position.DOES_NOT_BREACH)


@frozen(kw_only=True)
class Stand:
    """A position on an embargo that somebody takes, or is told to take.

    Attributes:
        position: What is said.
        by: Whose word it is: the first speaker, and whether that is settled.
        actors: Who took the step, as told.
        stance: How the speaker takes it.
        weight: For, against, or neither: then it is shown and counts for nothing.
        hedge: The speaker's own word of doubt.
        mandate: The mandate of the first speaker, if that is settled.
        taken_back: Somebody took it back.
        departs_from: Claims that it is what a relay made of, by id from outside.
        claim: The claim, by id from outside.
    """

    position: Position
    by: str
    actors: tuple[str, ...] = ()
    stance: Stance
    weight: Weight
    hedge: Hedge = Hedge.NONE
    mandate: Mandate = Mandate.NONE
    taken_back: bool = False
    departs_from: frozenset[str] = frozenset()
    claim: str

    @property
    def counts(self) -> bool:
        """Whether somebody says so and nobody took it back."""
        return self.weight is Weight.FOR and not self.taken_back

    @property
    def is_finding(self) -> bool:
        """Whether a body with a mandate says so of a breach."""
        mandated = self.mandate is not Mandate.NONE
        return mandated and self.position in _BREACH and self.counts


@frozen(kw_only=True)
class ExemptionStatus:
    """Where an exemption stands, and on whose word."""

    status: Exempt
    stands: tuple[Stand, ...] = ()

    def __str__(self) -> str:
        return self.status.value


def stands_on(regime: Regime, told: Iterable[Told]) -> tuple[Stand, ...]:
    """Return the positions that claims take on *regime*, by the claims' ids."""
    claims = sorted(set(told), key=lambda one: one.id)
    gone = taken_back(claims)
    return tuple(
        _stand(one, one.claim, taken_back=one.id in gone)
        for one in claims
        if isinstance(one.claim, EmbargoIs) and one.claim.regime == regime.id
    )


def _stand(one: Told, claim: EmbargoIs, *, taken_back: bool) -> Stand:
    starts = [one.source(speaker.source) for speaker in one.voice.starts]
    names = [who_speaks(one, speaker.source) for speaker in one.voice.starts]
    settled = len(starts) == 1
    return Stand(
        position=claim.position,
        by=names[0] if settled else f"{' or '.join(names)} (it is unclear who)",
        actors=tuple(one.actor(actor).name for actor in claim.by),
        stance=claim.stance,
        weight=claim.stance.weight,
        hedge=claim.hedge,
        mandate=starts[0].mandate if settled else Mandate.NONE,
        taken_back=taken_back,
        departs_from=one.refs(RefKind.DEPARTS_FROM),
        claim=one.id,
    )


def who_speaks(one: Told, source: str) -> str:
    """Return the name of a source, or of the actor that speaks through it."""
    found = one.source(source)
    return found.names[0].text if found.names else one.actor(found.actor).name


def unsettled(one: Told) -> str:
    """Say what is not settled of who speaks; nothing where it is."""
    for speaker in one.voice.speakers:
        if speaker.known is Known.INFERRED:
            name = who_speaks(one, speaker.source)
            return f"that {name} says so is inferred: {speaker.reason}"
    if len(one.voice.starts) > 1:
        names = [who_speaks(one, speaker.source) for speaker in one.voice.starts]
        return f"it is unclear on whose word: {' or '.join(names)}"
    return ""


def exemption_status(stands: Iterable[Stand], *, possible: bool) -> ExemptionStatus:
    """Tell where an exemption stands, as claims say; silence says nothing.

    What a relay made of another claim that is there does not compete with it.
    """
    stands = tuple(stands)
    known = {one.claim for one in stands}
    counted = [
        one
        for one in stands
        if one.counts and one.position in _PROCEDURE and not one.departs_from & known
    ]
    denied = {
        _PROCEDURE[one.position]
        for one in stands
        if one.stance is Stance.DENIES and one.position in _SETTLED
    }
    said = {_PROCEDURE[one.position] for one in counted}
    if not said:
        status = Exempt.UNKNOWN if possible else Exempt.NONE_KNOWN
    elif denied & said or any(one <= said for one in _RIVALS):
        status = Exempt.DISPUTED
    else:
        status = next(one for one in _LATEST if one in said)
    return ExemptionStatus(status=status, stands=tuple(counted))
