"""What was answered when somebody asked which embargoes bear on an event.

An answer is computed and can be computed anew with any register. As a record it says
what was answered once, from how much of the log, with which register, and why.
"""

import enum
from typing import Any, ClassVar

from attrs import field, frozen
from attrs.validators import deep_iterable

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.names import (
    hex_digest,
    label,
    one_line,
    outside,
    prose,
)
from embargo_monitor.model.quotes import counting
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.truth import Truth


class Mark(enum.Enum):
    """How well a fact of the register is verified.

    TWO_SOURCES: two publishers agree on the act, and on the date as far as each
    prints it; they may still draw on one original. ONE_SOURCE: one publisher only.
    RECALLED: from general knowledge, no source found: check before you rest anything
    on it.
    """

    TWO_SOURCES = "two sources"
    ONE_SOURCE = "one source"
    RECALLED = "recalled, unverified"


class Exempt(enum.Enum):
    """Where an exemption stands, as claims say.

    NONE_KNOWN: the register has no exemption that was open then. UNKNOWN: nobody says
    anything of one. DISPUTED: claims say what cannot all hold.
    """

    NONE_KNOWN = "none known"
    UNKNOWN = "unknown"
    NOTIFIED = "notified"
    REQUESTED = "requested"
    ON_HOLD = "on hold"
    GRANTED = "granted"
    REFUSED = "refused"
    LAPSED = "lapsed"
    DISPUTED = "disputed"


class Rung(enum.Enum):
    """A step of the ladder by which relevance is answered, in their order."""

    IN_FORCE = "in force"
    COVERS = "covers"
    DIRECTION = "direction"
    SCOPE = "scope"
    BOUND = "bound"


@frozen
class StepTaken:
    """A step that decided an answer, as it was said then.

    Attributes:
        rung: Which step.
        answer: Its answer.
        sentence: Why.
        citations: The acts and lists that it rested on, as printed then.
        mark: How well the weakest of these was verified.
        claims: The claims that it rested on, by id from outside.
    """

    rung: Rung
    answer: Truth = field(kw_only=True)
    sentence: str = field(kw_only=True, validator=prose)
    citations: tuple[str, ...] = field(
        default=(), kw_only=True, validator=deep_iterable(prose)
    )
    mark: Mark = field(kw_only=True)
    claims: tuple[str, ...] = field(
        default=(), kw_only=True, validator=deep_iterable(outside)
    )


@frozen
class ActAnswered:
    """What was answered for one act.

    Attributes:
        stage: The act; None: the supply as such.
        relevant: Whether the regime bears on it.
    """

    stage: Stage | None = field(default=None, kw_only=True)
    relevant: Truth = field(kw_only=True)


@frozen
class Outcome:
    """What was answered of one regime.

    Attributes:
        regime: The regime's id in the register.
        relevant: Whether it bears on one of the acts.
        acts: The answer for each act, in their order.
        remains: Whether it bore on what may have been left to deliver when it began;
            None where there was no such thing.
        steps: The steps that decided it, for the act and the reading on which it bears
            most: of a YES all five, of a MAYBE or a NO those that say so.
        exemption: Where an exemption stood.
        possible_exemptions: The exemptions that were or may have been open; none after
            a NO.
        positions: Claims of a position on it, by id from outside.
        findings: Those of them by which a body with a mandate found a breach.
        rests_on: What the answer rests on that may be otherwise.
        ask_next: What to find out next.

    Raises:
        InvalidValueError: The steps do not give the answer, or there are none.
    """

    regime: str = field(validator=label)
    relevant: Truth = field(kw_only=True)
    acts: tuple[ActAnswered, ...] = field(kw_only=True)
    remains: Truth | None = field(default=None, kw_only=True)
    steps: tuple[StepTaken, ...] = field(kw_only=True)
    exemption: Exempt = field(kw_only=True)
    possible_exemptions: tuple[str, ...] = field(
        default=(), kw_only=True, validator=deep_iterable(one_line)
    )
    positions: tuple[str, ...] = field(
        default=(), kw_only=True, validator=deep_iterable(outside)
    )
    findings: tuple[str, ...] = field(
        default=(), kw_only=True, validator=deep_iterable(outside)
    )
    rests_on: tuple[str, ...] = field(
        default=(), kw_only=True, validator=deep_iterable(prose)
    )
    ask_next: tuple[str, ...] = field(
        default=(), kw_only=True, validator=deep_iterable(prose)
    )

    def __attrs_post_init__(self) -> None:
        of_acts = Truth.any_of(one.relevant for one in self.acts)
        if of_acts is not self.relevant:
            raise InvalidValueError(
                "relevant", self.relevant, f"{of_acts}, as its acts"
            )
        answers = {one.answer for one in self.steps}
        allowed = {
            Truth.YES: {Truth.YES},
            Truth.MAYBE: {Truth.YES, Truth.MAYBE},
            Truth.NO: {Truth.NO},
        }[self.relevant]
        if not answers or not answers <= allowed:
            wanted = f"steps that give {self.relevant}"
            raise InvalidValueError("steps", tuple(map(str, answers)), wanted)
        other = [one for one in self.findings if one not in self.positions]
        if other:
            raise InvalidValueError("findings", other[0], "one of the positions")


@frozen
class RelevanceRecord:
    """Which embargoes were found to bear on an event, and why. Ours; no finding.

    Attributes:
        id: Unique in the log.
        event: `report-id#event-id`.
        follows_links: Whether events that links join to it were to be taken along.
        linked: Those events, by id from outside.
        log_size: How many entries of the log were read; what came later had no part.
        library: The version of this library that answered.
        register_edition: The register's edition, in its own words.
        register_digest: SHA-256 of the register's canonical bytes.
        outcomes: The regimes that are aimed at somebody in it.
        left_open: Ids of regimes that are open only because nobody says who or where.
        by_list: Ids of regimes that are open by a list of names alone.
        by: Who asked.

    Raises:
        InvalidValueError: A regime or an event comes twice; events are linked though
            links were not to be followed.
    """

    kind: ClassVar[str] = "relevance"

    id: str = field(validator=label)
    event: str = field(kw_only=True, validator=outside)
    follows_links: bool = field(default=False, kw_only=True)
    linked: tuple[str, ...] = field(
        default=(), kw_only=True, validator=deep_iterable(outside)
    )
    log_size: int = field(kw_only=True, validator=counting)
    library: str = field(kw_only=True, validator=one_line)
    register_edition: str = field(kw_only=True, validator=one_line)
    register_digest: str = field(kw_only=True, validator=hex_digest)
    outcomes: tuple[Outcome, ...] = field(default=(), kw_only=True)
    left_open: tuple[str, ...] = field(
        default=(), kw_only=True, validator=deep_iterable(label)
    )
    by_list: tuple[str, ...] = field(
        default=(), kw_only=True, validator=deep_iterable(label)
    )
    by: str = field(kw_only=True, validator=one_line)

    def __attrs_post_init__(self) -> None:
        told = [one.regime for one in self.outcomes]
        _each_once("outcomes", [*told, *self.left_open, *self.by_list])
        _each_once("linked", [self.event, *self.linked])
        if self.linked and not self.follows_links:
            raise InvalidValueError("linked", self.linked[0], "none: no link followed")

    def of(self, regime: str) -> Outcome | None:
        """Return what was answered of a regime; None where it is not among them."""
        return next((one for one in self.outcomes if one.regime == regime), None)


def _each_once(name: str, ids: list[str]) -> None:
    twice: Any = [one for one in ids if ids.count(one) > 1]
    if twice:
        raise InvalidValueError(name, twice[0], "named once")
