"""The ladder: five steps from a question to whether a regime bears on it.

In force, covers, direction, scope, bound: each is a function of a question and a
regime, with an answer, a sentence, what it cites and how well that is verified. None
of them says that anything was breached.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.events import EventKind
from embargo_monitor.model.goods import Nature
from embargo_monitor.model.relevances import Mark
from embargo_monitor.model.truth import Truth
from embargo_monitor.regimes.asking import PhaseOn, in_force, phases_on
from embargo_monitor.regimes.covering import Covering, Tie, aim_of, covering
from embargo_monitor.regimes.measures import Measure
from embargo_monitor.regimes.parts import Phase
from embargo_monitor.regimes.questions import Question
from embargo_monitor.regimes.regime import Regime
from embargo_monitor.regimes.spans import Span, days_of
from embargo_monitor.regimes.words import Direction, Service, weakest


@frozen(kw_only=True)
class Step:
    """One step of the ladder, with its reasons.

    Attributes:
        name: In force, covers, direction, scope, or bound.
        answer: The answer.
        sentence: Why, as one sentence or more.
        citations: Acts and lists that it rests on, with their own marks.
        mark: How well the weakest of these is verified.
        claims: The claims that it rests on, by id from outside.
        ask_next: What to find out next; empty unless the answer is MAYBE.
    """

    name: str
    answer: Truth
    sentence: str
    citations: tuple[str, ...] = ()
    mark: Mark
    claims: tuple[str, ...] = ()
    ask_next: str = ""

    def __str__(self) -> str:
        cited = f" [{'; '.join(self.citations)}]" if self.citations else ""
        return f"{self.name}: {self.answer}. {self.sentence}{cited} ({self.mark.value})"


@frozen(kw_only=True)
class Standing:
    """The phases of a regime that matter for a question.

    Attributes:
        regime: The regime.
        phases: Those that held, or may have held; else the nearest one.
        held: Whether one of them held or may have held.
        days: The days of the act on which it may have been in force; None: not known.
    """

    regime: Regime
    phases: tuple[PhaseOn, ...]
    held: bool
    days: tuple[ImpreciseDate, ...]

    @property
    def mark(self) -> Mark:
        """How well the phases are verified, the weakest of them."""
        return weakest(one.mark for one in self.phases)

    @property
    def citations(self) -> tuple[str, ...]:
        """The acts at the first days of the phases."""
        found = [
            str(act)
            for one in self.phases
            for act in (self.regime.acts_on(one.phase.first) or (self.regime.start,))
        ]
        return tuple(dict.fromkeys(found))

    def told(self, sentence: str) -> str:
        """Return a sentence that is of a time when nothing was in force, so said."""
        if self.held:
            return sentence
        [one] = self.phases
        days = f"{one.phase.first} to {one.phase.last or 'now'}"
        return f"Had it been in force as it was in {days}: {sentence}"


def standing_of(regime: Regime, question: Question) -> Standing:
    """Find the phases that matter for a question."""
    days = question.days
    if days is None:
        phases = tuple(_possible(regime, one) for one in regime.phases)
        spans = [Span(regime.first, regime.last or regime.checked)]
        return Standing(regime=regime, phases=phases, held=True, days=_dates(spans))
    found = phases_on(regime, days)
    if not found:
        nearest = _possible(regime, _nearest(regime, days))
        return Standing(regime=regime, phases=(nearest,), held=False, days=(days,))
    spans = [
        _common(one, other.phase.span)
        for one in days_of(days)
        for other in found
        if one.meets(other.phase.span)
    ]
    shared = _dates(spans) or (days,)
    return Standing(regime=regime, phases=found, held=True, days=shared)


def _possible(regime: Regime, phase: Phase) -> PhaseOn:
    return PhaseOn(phase=phase, truth=Truth.MAYBE, mark=regime.mark_of(phase))


def _nearest(regime: Regime, days: ImpreciseDate) -> Phase:
    """Return the last phase before the days, or the first one."""
    latest = days.latest or date.max
    before = [one for one in regime.phases if one.first <= latest]
    return before[-1] if before else regime.phases[0]


def _common(one: Span, other: Span) -> Span:
    low, high = max(one.low, other.low), min(one.high, other.high)
    return Span(low, None if high == date.max else high)


def _dates(spans: Iterable[Span]) -> tuple[ImpreciseDate, ...]:
    return tuple(ImpreciseDate.between(one.first, one.last) for one in spans)


# --- 1 -----------------------------------------------------------------------------


def step_in_force(question: Question, regime: Regime) -> Step:
    """Tell whether a regime was in force on the day of the act."""
    days, cited = question.days, [str(regime.start)]
    if regime.end:
        cited.append(str(regime.end))
    if days is None:
        return Step(
            name="in force",
            answer=Truth.MAYBE,
            sentence="Nobody gives the day of the act.",
            citations=tuple(cited),
            mark=regime.mark,
            ask_next="On which day was it?",
        )
    found = in_force(regime, days)
    lead = {
        Truth.YES: f"It was in force on every possible day of the act, {days}",
        Truth.MAYBE: f"It may have been in force on the day of the act, {days}",
        Truth.NO: f"It was not in force on any possible day of the act, {days}",
    }[found.truth]
    ask = ""
    if found.truth is Truth.MAYBE:
        ask = _ask_day(regime, days)
    note = f" (The register notes of it: {_flat(regime.note)})" if regime.note else ""
    return Step(
        name="in force",
        answer=found.truth,
        sentence=f"{lead}: {found.because}.{note}",
        citations=tuple(cited),
        mark=found.mark,
        claims=question.when_claims,
        ask_next=ask,
    )


def _ask_day(regime: Regime, days: ImpreciseDate) -> str:
    if days.earliest is None:
        return f"Was it on or after {regime.first}, when {regime.title} began?"
    if regime.end is None and days.earliest >= regime.first:
        return f"Was {regime.title} in force on {days}: is there a later renewal?"
    return f"On which of the days {days} was it, and is that within {regime.title}?"


# --- 2 -----------------------------------------------------------------------------


def step_covers(
    question: Question, stands: Standing, way: Direction
) -> tuple[Step, Tie]:
    """Tell whether a regime covers the recipient, or the supplier of what leaves.

    And what ties them to its target.
    """
    days = question.days
    aim = aim_of(stands.regime, days.earliest if days else None)
    to = way is Direction.TO
    parties = question.recipients if to else question.suppliers
    where = question.destination if to else question.origin
    found = [
        (one, covering(aim, one.phase, way, parties, where)) for one in stands.phases
    ]
    answers = {covered.answer for _, covered in found}
    answer = answers.pop() if len(answers) == 1 else Truth.MAYBE
    lead = min((one for _, one in found), key=lambda one: list(Tie).index(one.tie))
    marks = [one.mark for _, one in found if one.tie is Tie.TARGET]
    step = Step(
        name="covers",
        answer=answer,
        sentence=stands.told(" ".join(_whys(found))),
        citations=stands.citations,
        mark=weakest([stands.mark, *marks]),
        claims=lead.claims,
        ask_next=_ask_party(answer, lead, stands, to=to),
    )
    return step, lead.tie


def _whys(found: list[tuple[PhaseOn, Covering]]) -> Iterator[str]:
    """Say why, phase by phase where they differ, with the register's notes."""
    same = len({covered.why for _, covered in found}) == 1
    if same:
        yield found[0][1].why
    for one, covered in found:
        phase = one.phase
        days = f"{phase.first} to {phase.last or 'now'}"
        if not same:
            yield f"{days}: {covered.why}"
        if phase.note and covered.tie is not Tie.NONE:
            of = f" of {days}" if len(found) > 1 else ""
            yield f"(The register notes{of}: {_flat(phase.note)})"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _ask_party(answer: Truth, lead: Covering, stands: Standing, *, to: bool) -> str:
    if answer is not Truth.MAYBE:
        return ""
    if lead.tie is Tie.LIST:
        return f"Is the recipient on the list of {stands.regime.title} on that day?"
    who = "gets it in the end, for whom do they act, and where is it bound for"
    if not to:
        who = "supplies it, for whom do they act, and where does it come from"
    return f"Who {who}?"


# --- 3 -----------------------------------------------------------------------------


def step_direction(stands: Standing, way: Direction) -> Step:
    """Tell whether a regime bars what goes this way."""
    held = [_measure(one.phase, way) is not None for one in stands.phases]
    answer = Truth.YES if all(held) else Truth.MAYBE if any(held) else Truth.NO
    told = "supply to" if way is Direction.TO else "procurement from"
    words = {
        Truth.YES: f"It bars {told} the target.",
        Truth.MAYBE: f"In one of the phases that are possible it bars {told} it.",
        Truth.NO: f"It does not bar {told} the target.",
    }[answer]
    ask = "On which day was it?" if answer is Truth.MAYBE else ""
    return Step(
        name="direction",
        answer=answer,
        sentence=stands.told(words),
        citations=stands.citations,
        mark=stands.mark,
        ask_next=ask,
    )


def _measure(phase: Phase, way: Direction) -> Measure | None:
    return next((one for one in phase.measures if one.direction is way), None)


# --- 4 -----------------------------------------------------------------------------


def step_scope(question: Question, stands: Standing, way: Direction) -> Step:
    """Tell whether what is supplied is of what a regime bars."""
    measures = [_measure(one.phase, way) for one in stands.phases]
    barred = [(one, _scope(question, stands.regime, one)) for one in measures if one]
    answers = {answer for _, answer in barred} or {Truth.NO}
    answer = answers.pop() if len(answers) == 1 else Truth.MAYBE
    arms = "; ".join(dict.fromkeys(one.arms for one, _ in barred)) or "nothing that way"
    if _moves_nothing(question):
        sentence = (
            "A visit or a meeting moves neither goods nor services by itself; what was"
            " agreed at it is an event of its own."
        )
    else:
        sentence = f"It bars, in the register's words: {arms}. {_said(question)}"
        if question.goods or question.services:
            sentence += f" {_BARS[answer]} (The sorting of goods is our coding.)"
    return Step(
        name="scope",
        answer=answer,
        sentence=stands.told(sentence),
        citations=stands.citations,
        mark=stands.mark,
        claims=tuple(dict.fromkeys(c for one in question.goods for c in one.claims)),
        ask_next="" if answer is not Truth.MAYBE else _ask_goods(question),
    )


_BARS = {
    Truth.YES: "Some of these are of what is barred.",
    Truth.MAYBE: "Whether any of these is of what is barred hangs on what it is.",
    Truth.NO: "None of these is of what is barred.",
}


def _moves_nothing(question: Question) -> bool:
    told = question.goods or question.services
    return question.kind is EventKind.CONTACT and not told


def _said(question: Question) -> str:
    goods = [
        f"{one.item} ({one.item.nature.value}{', suspected' if one.hedged else ''})"
        for one in question.goods
    ]
    goods += [one.value for one in question.services]
    if not goods:
        return "What is supplied, nobody says."
    return f"Told of: {', '.join(dict.fromkeys(goods))}."


def _ask_goods(question: Question) -> str:
    if not question.goods and not question.services:
        return "What is supplied: arms, and of what kind, or something else?"
    return "What exactly is it, for what use, and is it for military use?"


_KINDS = {Service.ARMED_PERSONNEL: Nature.PERSONNEL}


def _scope(question: Question, regime: Regime, measure: Measure) -> Truth:
    if _moves_nothing(question):
        return Truth.NO
    answers = [
        measure.bars(one.item) & (Truth.MAYBE if one.hedged else Truth.YES)
        for one in question.goods
    ]
    for service in question.services:
        # Services are told of a regime as a whole, and barred phase by phase.
        kind = _KINDS.get(service, Nature.SERVICE)
        certain = service in regime.services and kind in measure.covers
        answers.append(Truth.YES if certain else Truth.MAYBE)
    return Truth.any_of(answers) if answers else Truth.MAYBE
