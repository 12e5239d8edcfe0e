"""The parts of a regime: targets, phases, gaps, exemptions and evidence."""

from datetime import date

from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.names import (
    label,
    one_line,
    optional_label,
    optional_prose,
    prose,
)
from embargo_monitor.model.relevances import Mark
from embargo_monitor.regimes.citing import proses, source_keys
from embargo_monitor.regimes.measures import Measure
from embargo_monitor.regimes.spans import Span, require_order
from embargo_monitor.regimes.words import (
    Basis,
    Binding,
    Coverage,
    Extent,
    Procedure,
    TargetKind,
    TargetType,
)


@frozen(kw_only=True)
class FormerCode:
    """A code that a target had before.

    Attributes:
        gazetteer: Id of the former state.
        until: The day until which it had the code, as the register gives it.
        note: What a reader should know.
    """

    gazetteer: str = field(validator=label)
    until: date
    note: str = field(default="", validator=optional_prose)


@frozen(kw_only=True)
class Target:
    """At whom a regime is aimed; the phases say who is covered, and when.

    Attributes:
        type: What it is.
        gazetteer: Its id in the gazetteer; empty for what is no one force or state.
        name: The register's words for it.
        former: Codes that it had before.
        note: What a reader should know.
    """

    type: TargetType
    gazetteer: str = field(default="", validator=optional_label)
    name: str = field(validator=one_line)
    former: tuple[FormerCode, ...] = ()
    note: str = field(default="", validator=optional_prose)


@frozen(kw_only=True)
class Phase:
    """Who and what is covered from one day to another.

    Attributes:
        first: Its first day.
        last: Its last day, included; None while it lasts.
        target_kind: Whom it covers.
        state_forces: Whether supplies to the government's forces are barred.
        non_state_forces: Whether those to armed groups are.
        territory: How much of the territory it covers.
        measures: What is barred: one for each direction.
        arms: The register's words for both directions, where the measures differ.
        binding: How it binds, where that is not as the regime's.
        note: What a reader should know.

    Raises:
        InvalidValueError: It ends before it begins, or bars nothing, or has two
            measures of one direction.
    """

    first: date
    last: date | None = None
    target_kind: TargetKind
    state_forces: Coverage
    non_state_forces: Coverage
    territory: Extent
    measures: tuple[Measure, ...]
    arms: str = field(default="", validator=optional_prose)
    binding: Binding | None = None
    note: str = field(default="", validator=optional_prose)

    def __attrs_post_init__(self) -> None:
        require_order(self.first, self.last)
        directions = [one.direction for one in self.measures]
        if not directions or len(set(directions)) < len(directions):
            wanted = "one or two, of a direction each"
            raise InvalidValueError("measures", len(directions), wanted)

    @property
    def span(self) -> Span:
        """Its days."""
        return Span(self.first, self.last)


@frozen(kw_only=True)
class Gap:
    """Days between start and end on which nothing was barred.

    Attributes:
        first: Its first day.
        last: Its last day, included.
        why: Not yet effective, or suspended.
    """

    first: date
    last: date
    why: str = field(validator=prose)

    def __attrs_post_init__(self) -> None:
        require_order(self.first, self.last)


@frozen(kw_only=True)
class Exemption:
    """A way in which a supply can be lawful.

    Attributes:
        ref: Where it stands.
        procedure: What must be done before.
        text: What it allows, in our words.
        first: Its first day; None: as long as the regime.
        last: Its last day, included; None: as long as the regime.
        sources: Keys of sources.
        mark: How well it is verified.
    """

    ref: str = field(validator=one_line)
    procedure: Procedure
    text: str = field(validator=prose)
    first: date | None = None
    last: date | None = None
    sources: tuple[str, ...] = field(validator=source_keys)
    mark: Mark

    def __attrs_post_init__(self) -> None:
        require_order(self.first, self.last)

    @property
    def span(self) -> Span:
        """Its days."""
        return Span(self.first, self.last)


@frozen(kw_only=True)
class Sunset:
    """The day to which the last renewal that was found runs.

    Attributes:
        until: That day, included.
        instrument: The renewal.
        renewal_after: What is known of a later one; empty when nothing is said.
        sources: Keys of sources.
        mark: How well it is verified.
    """

    until: date
    instrument: str = field(validator=one_line)
    renewal_after: str = field(default="", validator=optional_prose)
    sources: tuple[str, ...] = field(validator=source_keys)
    mark: Mark


@frozen(kw_only=True)
class Evidence:
    """What shows that a regime that has not ended is in force.

    Attributes:
        basis: Whether it lasts of itself, or has to be renewed.
        latest: The day of the newest evidence.
        sunset: To when the last renewal runs; None where none is needed.
        sources: Keys of sources.
        note: What a reader should know.
    """

    basis: Basis
    latest: date
    sunset: Sunset | None = None
    sources: tuple[str, ...] = field(validator=source_keys)
    note: str = field(default="", validator=optional_prose)


@frozen(kw_only=True)
class DatedPart:
    """A part of a regime that runs out by itself; no part of the ban on arms.

    Attributes:
        part: What it is.
        until: The day to which it runs, included.
        instrument: The act.
        sources: Keys of sources.
        mark: How well it is verified, in words.
    """

    part: str = field(validator=one_line)
    until: date
    instrument: str = field(validator=one_line)
    sources: tuple[str, ...] = field(validator=source_keys)
    mark: str = field(validator=one_line)


@frozen(kw_only=True)
class WorkedQuestion:
    """A question that was answered from the texts by hand, to compare with.

    Attributes:
        question: The question.
        answer: The answer.
        routes: Ways in which it could be lawful.
        supplier_bound: Whether the supplier is bound, and why.
        claim_to_record: What was said of it, to be logged as a claim.
        sources: Keys of sources.
        mark: How well it is verified, in words.
    """

    question: str = field(validator=prose)
    answer: str = field(validator=prose)
    routes: tuple[str, ...] = field(validator=proses)
    supplier_bound: str = field(validator=prose)
    claim_to_record: str = field(validator=prose)
    sources: tuple[str, ...] = field(validator=source_keys)
    mark: str = field(validator=one_line)
