"""The closed lists that claims choose from: one word for one idea.

Stages, stances and what things are have modules of their own.
"""

import enum
from collections.abc import Mapping


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


class MentionRole(enum.Enum):
    """As what a thing is named that is not goods of the event."""

    ADVERSARYS = "adversary's"
    PARTYS_OWN = "a party's own"
    SOMEBODY_ELSES = "somebody else's"
    EARLIER_TRANSFER = "earlier transfer"
    HOPED_FOR = "hoped for"
    DECLARED_COVER = "declared cover"
    UNCLEAR = "unclear"


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


UNITS_OF: Mapping[ValueOf, tuple[str, ...]] = {
    ValueOf.DELIVERY_PERIOD: ("years", "months", "days"),
    ValueOf.FREQUENCY: ("per year", "per month"),
    ValueOf.CONSIGNMENTS: ("items", "containers", "vehicle loads"),
}
"""The units of what is no sum of money; all other values are in a currency."""


class Terms(enum.Enum):
    """On what terms things change hands; a gift is no price of 0."""

    SALE = "sale"
    GIFT = "gift"
    LOAN = "loan or lease"
    BARTER = "barter"
    AID = "aid"
    OWN_FORCES = "own forces"
    CAPTURED = "captured"


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
