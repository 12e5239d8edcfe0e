"""What a register says of a question: by regime, by act, by reading, step by step."""

from collections.abc import Iterator

from attrs import field, frozen

from embargo_monitor.errors import UnknownNameError
from embargo_monitor.model.relevances import Exempt
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.truth import Truth
from embargo_monitor.regimes.asking import ExemptionOn
from embargo_monitor.regimes.covering import Tie
from embargo_monitor.regimes.exempting import ExemptionStatus, Stand
from embargo_monitor.regimes.ladder import Step
from embargo_monitor.regimes.questions import Against, Ground, Question
from embargo_monitor.regimes.regime import Regime
from embargo_monitor.regimes.words import Direction

RANK = {Truth.YES: 0, Truth.MAYBE: 1, Truth.NO: 2}
"""Answers by what matters most to who asks."""

TIES = tuple(Tie)
"""Ties to a target, the closest first."""


@frozen(kw_only=True)
class Judged:
    """One question, held against one regime.

    Attributes:
        question: The question.
        steps: The five steps, in order.
        way: Whether it is judged as supply to the target, or from it.
        possible_exemptions: Exemptions that were or may have been open.
        rests_on: What the answer rests on that may be otherwise.
        tie: What ties it to the regime's target.
    """

    question: Question = field(repr=False)
    steps: tuple[Step, ...]
    way: Direction
    possible_exemptions: tuple[ExemptionOn, ...] = ()
    rests_on: tuple[Ground, ...] = ()
    tie: Tie

    @property
    def relevant(self) -> Truth:
        """Whether the regime bears on it: all steps together."""
        return Truth.all_of(step.answer for step in self.steps)

    @property
    def fell_at(self) -> str:
        """The first step that says no; empty where none does."""
        return next((one.name for one in self.steps if one.answer is Truth.NO), "")

    @property
    def fell_step(self) -> int:
        """The number of that step, from 1; 0 where none says no."""
        names = [one.name for one in self.steps]
        return names.index(self.fell_at) + 1 if self.fell_at else 0

    @property
    def ask_next(self) -> tuple[str, ...]:
        """What to find out next, for each step that is open; nothing after a no."""
        if self.relevant is not Truth.MAYBE:
            return ()
        return tuple(dict.fromkeys(one.ask_next for one in self.steps if one.ask_next))

    @property
    def claims(self) -> frozenset[str]:
        """The claims that the steps rest on."""
        return frozenset(claim for step in self.steps for claim in step.claims)


@frozen(kw_only=True)
class Act:
    """One act, in every reading of the claims about it.

    Attributes:
        stage: Which act; None: the supply as such.
        readings: One for each set of claims that cannot all hold.
    """

    stage: Stage | None
    readings: tuple[Judged, ...]

    @property
    def relevant(self) -> Truth:
        """What all readings say; MAYBE where they differ."""
        answers = {one.relevant for one in self.readings}
        return answers.pop() if len(answers) == 1 else Truth.MAYBE

    @property
    def differs(self) -> bool:
        """Whether contradicting claims give different answers."""
        return len({one.relevant for one in self.readings}) > 1

    @property
    def lead(self) -> Judged:
        """The reading under which the regime bears on it most."""
        return min(self.readings, key=lambda one: RANK[one.relevant])

    def making_the_difference(self, reading: Judged) -> tuple[str, ...]:
        """Return the claims of a reading that others, of another answer, lack."""
        others = [one for one in self.readings if one.relevant != reading.relevant]
        shared = frozenset.intersection(*(one.claims for one in others))
        return tuple(sorted(reading.claims - shared))


@frozen(kw_only=True)
class Relevance:
    """Whether one regime bears on what was asked, and why.

    Attributes:
        regime: The regime.
        acts: Each act of the question, in order.
        remains: What may have been left to deliver when the regime began, of what was
            agreed before; None where there is no such thing.
        exemption: Where an exemption stands, as claims say.
        positions: What was claimed of the regime, by whom.
        against: Who denies the acts, or takes them back.
    """

    regime: Regime
    acts: tuple[Act, ...]
    remains: Judged | None = None
    exemption: ExemptionStatus
    positions: tuple[Stand, ...] = ()
    against: tuple[Against, ...] = ()

    @property
    def relevant(self) -> Truth:
        """Whether it bears on one of the acts."""
        return Truth.any_of(one.relevant for one in self.acts)

    @property
    def act(self) -> Act:
        """The act on which it bears most."""
        return min(self.acts, key=lambda one: RANK[one.relevant])

    @property
    def lead(self) -> Judged:
        """The reading of that act under which it bears on it most."""
        return self.act.lead

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of that reading."""
        return self.lead.steps

    @property
    def possible_exemptions(self) -> tuple[ExemptionOn, ...]:
        """The exemptions that were or may have been open on its days."""
        return self.lead.possible_exemptions

    @property
    def rests_on(self) -> tuple[Ground, ...]:
        """What that reading rests on that may be otherwise."""
        return self.lead.rests_on

    @property
    def ask_next(self) -> tuple[str, ...]:
        """What to find out next, of all acts, and of an exemption nobody speaks of."""
        told = [
            text for act in self.acts for one in act.readings for text in one.ask_next
        ]
        silent = self.exemption.status is Exempt.UNKNOWN
        if silent and self.relevant is not Truth.NO:
            told.append("Was an exemption notified, asked for, granted or refused?")
        return tuple(dict.fromkeys(told))

    @property
    def readings(self) -> tuple[Act, ...]:
        """The acts of which contradicting claims give different answers."""
        return tuple(one for one in self.acts if one.differs)

    @property
    def findings(self) -> tuple[Stand, ...]:
        """What bodies with a mandate found of a breach."""
        return tuple(one for one in self.positions if one.is_finding)

    @property
    def tie(self) -> Tie:
        """What ties the question to its target, in the reading that says most."""
        return min(
            (one.tie for act in self.acts for one in act.readings), key=TIES.index
        )


@frozen(kw_only=True)
class Answers:
    """What a register says of a question, regime by regime.

    Attributes:
        asked: The questions as they were understood, in words.
        register_digest: The register's digest.
        relevances: The regimes: those that bear on it first, then those that may, then
            the others.
    """

    asked: tuple[str, ...]
    register_digest: str
    relevances: tuple[Relevance, ...]

    def __iter__(self) -> Iterator[Relevance]:
        return iter(self.relevances)

    def __len__(self) -> int:
        return len(self.relevances)

    def of(self, regime_id: str) -> Relevance:
        """Return the answer of one regime.

        Raises:
            UnknownNameError: It is not among the answers: aimed at another target,
                and `all_regimes` was not asked for; or no act was told of.
        """
        for one in self.relevances:
            if one.regime.id == regime_id:
                return one
        ids = tuple(one.regime.id for one in self.relevances)
        raise UnknownNameError("regime among the answers", regime_id, ids[:5])
