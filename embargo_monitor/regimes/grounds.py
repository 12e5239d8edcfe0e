"""What a question rests on: doubtful dates, hedges, unsettled voices, denials."""

from collections.abc import Iterable, Iterator

from attrs import frozen

from embargo_monitor.model.claims import EmbargoIs, GoodsAre, PartyIs, Says, StageIs
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.documents import Basis
from embargo_monitor.model.doubts import doubts
from embargo_monitor.model.stances import Hedge, Weight
from embargo_monitor.model.views import Told
from embargo_monitor.regimes.exempting import unsettled, who_speaks
from embargo_monitor.regimes.questions import Against, Ground


@frozen(kw_only=True)
class Bound:
    """A day by which an act was told of, and what that day rests on."""

    day: ImpreciseDate
    grounds: tuple[Ground, ...]


def bound_of(told: Iterable[Told]) -> Bound | None:
    """Return the earliest day by which claims were told; None where none has one."""
    found = [one for claim in told for one in _bounds(claim) if one.day.latest]
    return min(found, key=lambda one: (str(one.day.latest), str(one.day)), default=None)


def _bounds(one: Told) -> Iterator[Bound]:
    for speaker in one.voice.speakers:
        if speaker.said:
            name = f"when {who_speaks(one, speaker.source)} said so"
            found = doubts(one.report, speaker.said, None, name)
            grounds = tuple(
                Ground(text=str(doubt), claims=(one.id,)) for doubt in found
            )
            yield Bound(day=speaker.said.date, grounds=grounds)
    published = one.report.document.published
    if published:
        text = f"the day of publication, {published.date}, is inferred"
        inferred = published.basis is Basis.INFERRED
        ground = Ground(text=f"{text}: {published.reason}", claims=(one.id,))
        yield Bound(day=published.date, grounds=(ground,) * inferred)


def grounds_of(
    said: Iterable[Told],
    dated: Iterable[Told],
    when: ImpreciseDate | None,
    bound: Bound | None,
) -> tuple[Ground, ...]:
    """List what the parts of a question rest on that may be otherwise."""
    found: dict[str, list[str]] = {}
    for one in dated:
        date = getattr(one.claim, "when", None)
        if date:
            for doubt in doubts(one.report, date, one.claim, "the day of the act"):
                found.setdefault(str(doubt), []).append(one.id)
    last = bound.day.latest if bound else None
    cut = when is None or when.latest is None or (last and when.latest > last)
    for ground in bound.grounds if bound and cut else ():
        found.setdefault(ground.text, []).extend(ground.claims)
    for one in said:
        if isinstance(one.claim, PartyIs | GoodsAre | StageIs):
            for text in _of_claim(one):
                found.setdefault(text, []).append(one.id)
    return tuple(
        Ground(text=text, claims=tuple(dict.fromkeys(claims)))
        for text, claims in found.items()
    )


def _of_claim(one: Told) -> Iterator[str]:
    if one.claim.hedge is not Hedge.NONE:
        yield f"the speaker says `{one.claim.hedge.value}`"
    if told := unsettled(one):
        yield told


def against(told: Iterable[Told]) -> tuple[Against, ...]:
    """List the claims that deny an act or a part of it, or take it back."""
    return tuple(
        Against(
            stance=one.claim.stance,
            what=_what(one),
            by=who_speaks(one, one.voice.speakers[0].source),
            claim=one.id,
        )
        for one in told
        if one.claim.stance.weight is Weight.AGAINST
        and not isinstance(one.claim, EmbargoIs | Says)
    )


def _what(one: Told) -> str:
    claim = one.claim
    if isinstance(claim, StageIs):
        return claim.stage.value
    if isinstance(claim, PartyIs):
        return f"{claim.role.value}: {one.actor(claim.actor).name}"
    if isinstance(claim, GoodsAre):
        return f"goods: {claim.item}"
    return claim.kind.replace("_is", "").replace("_are", "")
