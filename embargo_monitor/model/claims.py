"""The claim: one thing that somebody says. It is the atom of the record.

Nine kinds, one for each question that can be disputed by itself. *Who said it* is
the voice; *how the speaker takes it* the stance; *how sure the speaker sounds* the
hedge; *how far we believe it* the credibility; *where the matter stood* the stage;
*what an actor is in the transfer* the role; *who did a step* `by`.
"""

from typing import Any, ClassVar

from attrs import field, frozen
from attrs.validators import deep_iterable

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.about import About, AboutKind
from embargo_monitor.model.amounts import Amount
from embargo_monitor.model.goods import Item
from embargo_monitor.model.grades import CredibilityGrade
from embargo_monitor.model.names import (
    label,
    language_tag,
    one_line,
    optional_label,
    optional_line,
    optional_prose,
    prose,
)
from embargo_monitor.model.quotes import Quote, Translation, Wording
from embargo_monitor.model.refs import Ref
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Hedge, Stance
from embargo_monitor.model.vocabulary import (
    UNITS_OF,
    MentionRole,
    Position,
    Relation,
    Role,
    Terms,
    ValueOf,
)
from embargo_monitor.model.when import When


@frozen(kw_only=True)
class Claim:
    """What all nine kinds share.

    Attributes:
        id: Local id; from outside `report-id#claim-id`.
        about: What it is about.
        voice: Local id of the voice: on whose word.
        stance: How the first speaker takes it.
        hedge: How sure the first speaker sounds, in the speaker's own word.
        quote: Where the words stand; None when no exhibit holds them.
        wording: The words, where no exhibit holds them.
        translation: What the words mean.
        refs: Other claims of the report that it hangs on.
        credibility: How far we believe it; None when nobody judged.
        note: The logger's remark, never the source's.

    Raises:
        InvalidValueError: A field is not of its shape; about something that such a
            claim is not about; words given twice; a translation of no words.
    """

    kind: ClassVar[str]
    subjects: ClassVar[tuple[AboutKind, ...]] = (AboutKind.EVENT,)
    """What claims of this kind are about."""

    id: str = field(validator=label)
    about: About
    voice: str = field(validator=label)
    stance: Stance = Stance.ASSERTS
    hedge: Hedge = Hedge.NONE
    quote: Quote | None = None
    wording: Wording | None = None
    translation: Translation | None = None
    refs: tuple[Ref, ...] = ()
    credibility: CredibilityGrade | None = None
    note: str = field(default="", validator=optional_prose)

    def __attrs_post_init__(self) -> None:
        if self.about.kind not in self.subjects:
            wanted = " or ".join(one.value for one in self.subjects)
            raise InvalidValueError("about", str(self.about), f"of kind {wanted}")
        if self.quote and self.wording:
            wanted = "left out where a quote says where the words stand"
            raise InvalidValueError("wording", self.wording.text, wanted)
        if self.translation and not (self.quote or self.wording):
            wanted = "left out where no words are given"
            raise InvalidValueError("translation", self.translation.text, wanted)


@frozen(kw_only=True)
class PartyIs(Claim):
    """An actor has a role in the event, perhaps on somebody's behalf (`for`)."""

    kind: ClassVar[str] = "party_is"

    role: Role
    actor: str = field(validator=label)
    for_: str = field(default="", validator=optional_label)


@frozen(kw_only=True)
class GoodsAre(Claim):
    """What this transfer moves, or is to move.

    Attributes:
        item: The thing or service.
        quantity: How many or how much; None when nobody says.
        at: The stage the figure belongs to: ten ordered, four delivered.
        line: Which figures compete: those of one line.
        when: When it stood so.
    """

    kind: ClassVar[str] = "goods_are"

    item: Item
    quantity: Amount | None = None
    at: Stage | None = None
    line: str = field(default="", validator=optional_line)
    when: When | None = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.quantity is not None and self.quantity.is_currency:
            raise InvalidValueError("quantity", str(self.quantity), "no money")


def some_items(_: object, attribute: Any, value: tuple[Item, ...]) -> None:
    """Validate items, at least one.

    Raises:
        InvalidValueError: There are none.
    """
    if not value:
        raise InvalidValueError(attribute.name, value, "at least one item")


@frozen(kw_only=True)
class MentionIs(Claim):
    """Things named that are *not* goods of the event.

    A type of its own, so that no query can take them for goods.

    Attributes:
        items: What is named.
        as_: As what.
        actor: Whose, by local id, or empty.
    """

    kind: ClassVar[str] = "mention_is"

    items: tuple[Item, ...] = field(validator=some_items)
    as_: MentionRole
    actor: str = field(default="", validator=optional_label)


@frozen(kw_only=True)
class ValueIs(Claim):
    """A figure of the whole event.

    Attributes:
        amount: The figure, with its bound and unit.
        of: What it is the value of.
        at: The stage it belongs to.
        when: When it stood so.
    """

    kind: ClassVar[str] = "value_is"

    amount: Amount
    of: ValueOf
    at: Stage | None = None
    when: When | None = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        units = UNITS_OF.get(self.of)
        fits = self.amount.unit in units if units else self.amount.is_currency
        if not fits:
            wanted = f"in {' or '.join(units) if units else 'money'}: {self.of.value}"
            raise InvalidValueError("amount", str(self.amount), wanted)


@frozen(kw_only=True)
class TermsAre(Claim):
    """The terms of the transfer."""

    kind: ClassVar[str] = "terms_are"

    terms: Terms


@frozen(kw_only=True)
class StageIs(Claim):
    """Where the matter stood, or a step that was taken.

    Attributes:
        stage: The stage, as said.
        when: When it was reached.
        by: Local ids of the actors that took the step: who met, signed, seized.
        place: Local id of the place where.
        from_: Local id of the place it came from.
        to: Local id of the place it was bound for.
    """

    kind: ClassVar[str] = "stage_is"

    stage: Stage
    when: When | None = None
    by: tuple[str, ...] = field(default=(), validator=deep_iterable(label))
    place: str = field(default="", validator=optional_label)
    from_: str = field(default="", validator=optional_label)
    to: str = field(default="", validator=optional_label)


@frozen(kw_only=True)
class EmbargoIs(Claim):
    """A position on an embargo, as somebody takes it; never a finding of ours.

    Attributes:
        regime: Id of a regime, such as `un-libya-2011`, or the words printed.
        position: What is said of it.
        by: Local ids of the actors that took the step; the voice tells of it.
        when: When.

    Raises:
        InvalidValueError: As for any claim; or about another regime than it names.
    """

    kind: ClassVar[str] = "embargo_is"
    subjects: ClassVar[tuple[AboutKind, ...]] = (AboutKind.EVENT, AboutKind.REGIME)

    regime: str = field(validator=one_line)
    position: Position
    by: tuple[str, ...] = field(default=(), validator=deep_iterable(label))
    when: When | None = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        of_a_regime = self.about.kind is AboutKind.REGIME
        if of_a_regime and self.about.id != self.regime:
            wanted = f"{self.about.id}, which the claim is about"
            raise InvalidValueError("regime", self.regime, wanted)


@frozen(kw_only=True)
class ActorIs(Claim):
    """What an actor is, apart from any transfer: named, flagged, owned, led.

    Attributes:
        relation: How it stands.
        actor: To whom, by local id, or empty.
        text: To what, or as what, in the logger's words, or empty.
        when: When it stood so.
    """

    kind: ClassVar[str] = "actor_is"
    subjects: ClassVar[tuple[AboutKind, ...]] = (AboutKind.ACTOR,)

    relation: Relation
    actor: str = field(default="", validator=optional_label)
    text: str = field(default="", validator=optional_line)
    when: When | None = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if not self.actor and not self.text:
            raise InvalidValueError("actor", self.actor, "given where no text is")


@frozen(kw_only=True)
class Says(Claim):
    """What none of the other kinds can say: the last resort.

    Attributes:
        text: The content, in the logger's words.
        language: BCP 47 tag of *text*.
        when: What date the remark carries.
    """

    kind: ClassVar[str] = "says"
    subjects: ClassVar[tuple[AboutKind, ...]] = tuple(AboutKind)

    text: str = field(validator=prose)
    language: str = field(default="en", validator=language_tag)
    when: When | None = None


AnyClaim = (
    PartyIs
    | GoodsAre
    | MentionIs
    | ValueIs
    | TermsAre
    | StageIs
    | EmbargoIs
    | ActorIs
    | Says
)
