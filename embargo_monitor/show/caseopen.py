"""What stays open in a case: what nobody says, and what was asked in vain."""

from collections.abc import Iterator

from embargo_monitor.model.claims import GoodsAre, PartyIs, StageIs
from embargo_monitor.model.events import EventKind
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Stance
from embargo_monitor.model.views import Told, goods, parties, stages, values
from embargo_monitor.model.vocabulary import Role
from embargo_monitor.show.case import Case
from embargo_monitor.show.claims import voice_line
from embargo_monitor.show.markdown import escaped, heading, points
from embargo_monitor.show.memo import is_told
from embargo_monitor.show.text import isolated, named, number_of

_IN_VAIN = (
    Stance.DOES_NOT_KNOW,
    Stance.DECLINES_TO_COMMENT,
    Stance.DID_NOT_ANSWER,
    Stance.COULD_NOT_BE_REACHED,
    Stance.WAS_NOT_ASKED,
)
"""Stances of whoever had nothing to tell of what the claim repeats."""

_STEPS = (
    Stage.AGREED,
    Stage.SIGNED,
    Stage.LICENSED,
    Stage.PAID,
    Stage.SHIPPED,
    Stage.DELIVERED,
)
"""Steps of a transfer that an investigator asks for."""

_ROLES = (
    Role.SUPPLIER,
    Role.RECIPIENT,
    Role.END_USER,
    Role.MANUFACTURER,
    Role.BROKER,
    Role.FINANCIER,
    Role.CARRIER,
)
"""Roles of a transfer that an investigator asks for."""


def open_lines(case: Case) -> Iterator[str]:
    """Give the open questions; what nobody says is unknown, and no answer is no no."""
    yield from heading(2, "Open questions")
    yield from points("Nobody says, or it was taken back", _unsaid(case))
    yield from points("Asked, and not answered", _in_vain(case))
    heard = "Named in it, and no word of theirs on it is logged (right of reply)"
    yield from points(heard, _unheard(case))
    asked = (
        escaped(isolated(text))
        for one in case.answers
        if is_told(one)
        for text in (*one.ask_next, *(one.remains.ask_next if one.remains else ()))
    )
    yield from points("What would settle which embargo bears on it", asked)


def _unsaid(case: Case) -> Iterator[str]:
    """Say what no claim that counts speaks of; a visit or a pact moves nothing."""
    if case.event.kind is EventKind.TRANSFER:
        yield from _unsaid_of_transfer(case)
    days: dict[str, bool] = {}
    for one in case.said:
        if isinstance(one.claim, StageIs):
            stage = one.claim.stage.value
            days[stage] = days.get(stage, False) or one.claim.when is not None
    left = [stage for stage, dated in days.items() if not dated]
    if left:
        yield f"on which day these steps were: {', '.join(left)}"
    ungraded = sum(not _is_graded(case, one) for one in case.all_told)
    if ungraded:
        claims = number_of(len(case.all_told), "claim", "claims")
        yield f"how far {ungraded} of its {claims} can be believed: nobody graded them"


def _unsaid_of_transfer(case: Case) -> Iterator[str]:
    said = case.said
    roles = [role.value for role in _ROLES if not parties(said, role)]
    if roles:
        yield f"who has these roles: {', '.join(roles)}"
    found = [one.claim for one in goods(said) if isinstance(one.claim, GoodsAre)]
    if not found:
        yield "what the goods are"
    elif not any(claim.quantity for claim in found):
        yield "how many or how much of the goods"
    if not values(said):
        yield "for how much"
    # Spoken of in any way is not unsaid: a step that is denied or expected is not.
    told = {getattr(one.claim, "stage", None) for one in stages(case.of_event)}
    steps = [step.value for step in _STEPS if step not in told]
    if steps:
        yield f"whether it was: {', '.join(steps)}"


def _is_graded(case: Case, told: Told) -> bool:
    judged = case.view.standing.assessments.get(told.id)
    return bool(judged) or told.claim.credibility is not None


def _in_vain(case: Case) -> Iterator[str]:
    for one in case.not_counted:
        if one.claim.stance in _IN_VAIN:
            printer = case.printers[one.report.id]
            label, text = printer.content(one.claim, named)
            said = f"{voice_line(one)}: {one.claim.stance.value}: {label}: {text}"
            yield escaped(said) + case.notes.marks([one.id])


def _unheard(case: Case) -> Iterator[str]:
    """Name the parties of which no word is logged: were they asked?"""
    heard = {
        (one.report.id, one.source(speaker.source).actor)
        for one in case.all_told
        for speaker in one.voice.speakers
    }
    for one in case.said:
        claim = one.claim
        if isinstance(claim, PartyIs) and (one.report.id, claim.actor) not in heard:
            yield escaped(named(one.actor(claim.actor).name))
