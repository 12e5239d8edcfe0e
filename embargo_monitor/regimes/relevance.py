"""Which embargoes bear on an act, and why. Relevance is no violation.

>>> from embargo_monitor.regimes.questions import question_from
>>> answers = relevance(question_from(supplier="PK", recipient="lna", when="2025-12"))
>>> answer = answers.of("un-libya-2011")
>>> print(answer.relevant, answer.exemption)
YES unknown
"""

from collections.abc import Iterable, Iterator

from attrs import evolve

from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.relevances import Mark
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.truth import Truth
from embargo_monitor.regimes.answers import (
    RANK,
    TIES,
    Act,
    Answers,
    Judged,
    Relevance,
)
from embargo_monitor.regimes.asking import ExemptionOn, exemptions_on
from embargo_monitor.regimes.covering import Tie
from embargo_monitor.regimes.duties import step_bound
from embargo_monitor.regimes.exempting import (
    exemption_status,
    stands_on,
)
from embargo_monitor.regimes.ladder import (
    Standing,
    Step,
    standing_of,
    step_covers,
    step_direction,
    step_in_force,
    step_scope,
)
from embargo_monitor.regimes.parts import Exemption
from embargo_monitor.regimes.questions import Ground, Question
from embargo_monitor.regimes.regime import Regime
from embargo_monitor.regimes.register import Register
from embargo_monitor.regimes.words import Direction

_UNFINISHED = (
    Stage.AGREED,
    Stage.SIGNED,
    Stage.LICENSED,
    Stage.PAID,
    Stage.IN_PRODUCTION,
    Stage.SHIPPED,
    Stage.IN_TRANSIT,
)


def relevance(
    asked: Question | Iterable[Question],
    register: Register | None = None,
    *,
    all_regimes: bool = False,
) -> Answers:
    """Tell which embargoes bear on what is asked, and why.

    Args:
        asked: A question, or those of the acts and readings of one event.
        register: The register; the one that comes with the library unless given.
        all_regimes: Also return the regimes that are aimed at others, with the step at
            which they fell out.
    """
    given = (asked,) if isinstance(asked, Question) else tuple(asked)
    questions = tuple(sorted(given, key=_order))
    register = register or Register.bundled()
    found = [_of_regime(questions, one, register) for one in register if questions]
    kept = [one for one in found if all_regimes or _is_kept(one)]
    kept.sort(key=lambda one: (*_rank(one), -one.lead.fell_step, one.regime.id))
    return Answers(
        asked=tuple(dict.fromkeys(str(one) for one in questions)),
        register_digest=register.digest,
        relevances=tuple(kept),
    )


_STAGES = tuple(Stage)


def _order(one: Question) -> tuple[int, str, tuple[str, ...]]:
    """Acts in the order of their stages, whatever order they are given in."""
    at = _STAGES.index(one.act) if one.act else -1
    return at, str(one), one.when_claims


def _rank(one: Relevance | Judged) -> tuple[int, int]:
    return RANK[one.relevant], TIES.index(one.tie)


def _is_kept(one: Relevance) -> bool:
    """Whether it is aimed at somebody in the question, or that is open."""
    return one.tie is Tie.TARGET or one.relevant is not Truth.NO


def _of_regime(
    questions: tuple[Question, ...], regime: Regime, register: Register
) -> Relevance:
    acts: dict[Stage | None, list[Judged]] = {}
    for one in questions:
        acts.setdefault(one.act, []).append(judge(one, regime, register))
    positions = stands_on(regime, {t for one in questions for t in one.positions})
    relevance_ = Relevance(
        regime=regime,
        acts=tuple(
            Act(stage=stage, readings=tuple(found)) for stage, found in acts.items()
        ),
        exemption=exemption_status(positions, possible=True),
        positions=positions,
        against=tuple(dict.fromkeys(a for one in questions for a in one.against)),
    )
    possible = bool(relevance_.possible_exemptions)
    return evolve(
        relevance_,
        remains=_remains(questions, regime, register),
        exemption=exemption_status(positions, possible=possible),
    )


def judge(question: Question, regime: Regime, register: Register) -> Judged:
    """Hold one question against one regime."""
    first, stands = step_in_force(question, regime), standing_of(regime, question)
    ways = [_judge(question, stands, way, first, register) for way in Direction]
    # Supply to the target is tried first, and stays where both say the same.
    return min(ways, key=lambda one: (*_rank(one), _no(one)))


def _no(judged: Judged) -> int:
    return sum(RANK[step.answer] for step in judged.steps)


def _judge(
    question: Question,
    stands: Standing,
    way: Direction,
    in_force: Step,
    register: Register,
) -> Judged:
    covers, tie = step_covers(question, stands, way)
    steps = (
        in_force,
        covers,
        step_direction(stands, way),
        step_scope(question, stands, way),
        step_bound(question, stands, way, register),
    )
    return Judged(
        question=question,
        steps=steps,
        way=way,
        possible_exemptions=tuple(_exemptions(stands)),
        rests_on=tuple(_grounds(question, steps)),
        tie=tie,
    )


def _exemptions(stands: Standing) -> Iterator[ExemptionOn]:
    """Give the exemptions that were open on some of the days, and whether on all."""
    found: dict[Exemption, list[Truth]] = {}
    for days in stands.days:
        for one in exemptions_on(stands.regime, days):
            found.setdefault(one.exemption, []).append(one.truth)
    for exemption, answers in found.items():
        always = len(answers) == len(stands.days)
        truth = Truth.all_of(answers) & (Truth.YES if always else Truth.MAYBE)
        yield ExemptionOn(exemption=exemption, truth=truth)


def _grounds(question: Question, steps: tuple[Step, ...]) -> Iterator[Ground]:
    claims = {claim for step in steps for claim in step.claims}
    for one in question.grounds:
        if not one.claims or claims & set(one.claims):
            yield one
    for mark in (Mark.ONE_SOURCE, Mark.RECALLED):
        weak = [step.name for step in steps if step.mark is mark]
        if weak:
            told = f"the register marks as {mark.value} what it says in"
            yield Ground(text=f"{told}: {', '.join(weak)}")


# --- what remains ------------------------------------------------------------------


def _remains(
    questions: tuple[Question, ...], regime: Regime, register: Register
) -> Judged | None:
    """Judge what may have been left to deliver when a regime began."""
    found = [
        judged
        for one in questions
        if (days := one.days) and one.act in _UNFINISHED and not one.finished
        if (begins := _begins(regime, days)) and not _delivered(one, begins)
        if (judged := _left(one, regime, begins, register)).tie is Tie.TARGET
    ]
    return min(found, key=lambda one: RANK[one.relevant], default=None)


def _begins(regime: Regime, days: ImpreciseDate) -> ImpreciseDate | None:
    """Return the first day in force after an act that was before it for certain."""
    phases = regime.phases
    during = any(
        (days.earliest is None or one.last is None or one.last >= days.earliest)
        and (days.latest is None or one.first <= days.latest)
        for one in phases
    )
    latest = days.latest
    if during or latest is None:
        return None
    after = [one.first for one in phases if one.first > latest]
    return ImpreciseDate.day(after[0]) if after else None


def _delivered(question: Question, begins: ImpreciseDate) -> bool:
    """Whether it is told to have been delivered before."""
    return any(
        one is not None and one.is_before(begins) is Truth.YES
        for one in question.delivered
    )


def _left(
    question: Question, regime: Regime, begins: ImpreciseDate, register: Register
) -> Judged:
    asked = evolve(question, when=begins, not_after=None, act=None)
    judged = judge(asked, regime, register)
    first, *others = judged.steps
    text = (
        f"It was agreed before {begins}, when {regime.title} began, and nobody says"
        " that it was delivered by then; whether anything remained is not said."
    )
    left = evolve(
        first,
        answer=first.answer & Truth.MAYBE,
        sentence=f"{text} {first.sentence}",
        ask_next=f"Was anything of it still undelivered on {begins}?",
    )
    return evolve(judged, steps=(left, *others))
