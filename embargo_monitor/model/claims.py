"""The claim: one thing that somebody says. It is the atom of the record.

Nine kinds, one for each question that can be disputed by itself. *Who said it* is
the voice; *how the speaker takes it* the stance; *how sure the speaker sounds* the
hedge; *how far we believe it* the credibility; *where the matter stood* the stage;
*what an actor is in the transfer* the role; *who did a step* `by`.
"""

import enum
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
    optional_line,
    optional_prose,
    prose,
)
from embargo_monitor.model.quotes import Quote, Translation, Wording
from embargo_monitor.model.refs import Ref
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Hedge, Stance
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
        InvalidValueError: A field is not of its shape; words given twice; a
            translation of no words.
    """

    kind: ClassVar[str]

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
        if self.quote and self.wording:
            wanted = "left out where a quote says where the words stand"
            raise InvalidValueError("wording", self.wording.text, wanted)
        if self.translation and not (self.quote or self.wording):
            wanted = "left out where no words are given"
            raise InvalidValueError("translation", self.translation.text, wanted)


class Role(enum.Enum):
    """What an actor is in a transfer.

    Would-be, suspected and former are no roles: stage, hedge and date say them. A
    flag state or place of loading is no supplier.
    """

    SUPPLIER = "supplier"
    BUYER = "buyer"
    RECIPIENT = "recipient"
    END_USER = "end user"
    BROKER = "broker"
    MANUFACTURER = "manufacturer"
    FINANCIER = "financier"
    CARRIER = "carrier"
    TRANSIT = "transit"
    OWNER = "owner"
    HOLDER = "holder"
    INSTIGATOR = "instigator"


@frozen(kw_only=True)
class PartyIs(Claim):
    """An actor has a role in the event, perhaps on somebody's behalf (`for`)."""

    kind: ClassVar[str] = "party_is"

    role: Role
    actor: str = field(validator=label)
    for_: str = field(default="", validator=optional_line)


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


class MentionRole(enum.Enum):
    """As what a thing is named that is not goods of the event."""

    ADVERSARYS = "adversary's"
    PARTYS_OWN = "a party's own"
    SOMEBODY_ELSES = "somebody else's"
    EARLIER_TRANSFER = "earlier transfer"
    HOPED_FOR = "hoped for"
    DECLARED_COVER = "declared cover"
    UNCLEAR = "unclear"


def _some_items(_: object, attribute: Any, value: tuple[Item, ...]) -> None:
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

    items: tuple[Item, ...] = field(validator=_some_items)
    as_: MentionRole
    actor: str = field(default="", validator=optional_line)


class ValueOf(enum.Enum):
    """What a figure is the value of."""

    PRICE = "price"
    ASKING_PRICE = "asking price"
    PAYMENT = "payment"
    AID_OR_CREDIT = "aid or credit"
    SERVICE_FEE = "service fee"
    DELIVERY_PERIOD = "delivery period"
    FREQUENCY = "frequency"
    CONSIGNMENTS = "consignments"


MONEY = frozenset(
    (
        ValueOf.PRICE,
        ValueOf.ASKING_PRICE,
        ValueOf.PAYMENT,
        ValueOf.AID_OR_CREDIT,
        ValueOf.SERVICE_FEE,
    )
)
"""What only money can be the value of."""


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
        if self.of in MONEY and not self.amount.is_currency:
            wanted = f"money for a {self.of.value}"
            raise InvalidValueError("amount", str(self.amount), wanted)


class Terms(enum.Enum):
    """On what terms things change hands; a gift is no price of 0."""

    SALE = "sale"
    GIFT = "gift"
    LOAN = "loan or lease"
    BARTER = "barter"
    AID = "aid"
    OWN_FORCES = "own forces"
    CAPTURED = "captured"


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
    place: str = field(default="", validator=optional_line)
    from_: str = field(default="", validator=optional_line)
    to: str = field(default="", validator=optional_line)


class Position(enum.Enum):
    """What a speaker says of an embargo: its law, coverage, breach or procedure."""

    IN_FORCE = "in force"
    NOT_IN_FORCE = "not in force"
    BEGAN = "began"
    EXTENDED = "extended"
    EASED = "eased"
    ENDED = "ended"
    COVERS = "covers"
    DOES_NOT_COVER = "does not cover"
    BREACHES = "breaches"
    DOES_NOT_BREACH = "does not breach"
    NEEDS_NO_LEAVE = "needs no leave"
    NOTIFIED = "notified"
    REQUESTED = "requested"
    SUPPORTED = "supported"
    QUERIED = "queried"
    ON_HOLD = "on hold"
    OPPOSED = "opposed"
    GRANTED = "granted"
    REFUSED = "refused"
    LAPSED = "lapsed"
    CONSENT_GIVEN = "consent given"
    CONSENT_WITHHELD = "consent withheld"


@frozen(kw_only=True)
class EmbargoIs(Claim):
    """A position on an embargo, as somebody takes it; never a finding of ours.

    Attributes:
        regime: Id of a regime, such as `un-libya-2011`, or the words printed.
        position: What is said of it.
        by: Local ids of the actors that took the step; the voice tells of it.
        when: When.
    """

    kind: ClassVar[str] = "embargo_is"

    regime: str = field(validator=one_line)
    position: Position
    by: tuple[str, ...] = field(default=(), validator=deep_iterable(label))
    when: When | None = None


class Relation(enum.Enum):
    """How an actor stands to another, or to a text."""

    NAME = "name"
    FLAG = "flag"
    OWNER = "owner"
    MANAGER = "manager"
    CHARTERER = "charterer"
    PART_OF = "part of"
    ACTS_FOR = "acts for"
    LED_BY = "led by"
    OFFICE_IN = "office in"
    CONTROLS = "controls"
    RECOGNISED = "recognised"


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

    relation: Relation
    actor: str = field(default="", validator=optional_line)
    text: str = field(default="", validator=optional_line)
    when: When | None = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if not self.actor and not self.text:
            raise InvalidValueError("actor", self.actor, "given where no text is")
        if self.about.kind is not AboutKind.ACTOR:
            raise InvalidValueError("about", str(self.about), "an actor")


@frozen(kw_only=True)
class Says(Claim):
    """What none of the other kinds can say: the last resort.

    Attributes:
        text: The content, in the logger's words.
        language: BCP 47 tag of *text*.
        when: What date the remark carries.
    """

    kind: ClassVar[str] = "says"

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
