"""The closed lists that the register chooses from."""

import enum
from collections.abc import Iterable

from embargo_monitor.model.relevances import Mark


def weakest(marks: Iterable[Mark]) -> Mark:
    """Return the weakest of *marks*, of which there must be one at least.

    >>> weakest([Mark.TWO_SOURCES, Mark.ONE_SOURCE]).value
    'one source'
    """
    return max(marks, key=tuple(Mark).index)


class TargetType(enum.Enum):
    """What a target is. Who is on a list of names, the register does not say."""

    COUNTRY = "country"
    ARMED_GROUP = "armed group"
    LISTED = "listed persons and entities"


class TargetKind(enum.Enum):
    """Whom a phase covers.

    STATE: the state and all its forces. ALL_RECIPIENTS: everybody in the territory,
    the government included. CONDITIONAL: everybody in the territory, yet supplies to
    the government are possible by notice, approval or for some purposes. PART: in a
    part of the territory. NON_STATE: armed groups; the government is free. LISTED:
    names on a list alone, wherever they are.
    """

    STATE = "state"
    ALL_RECIPIENTS = "territory, all recipients"
    CONDITIONAL = "territory, government on conditions"
    PART = "part of a territory"
    NON_STATE = "non-state forces"
    LISTED = "listed persons and entities"


class Binding(enum.Enum):
    """Whether a measure binds: POLITICAL is a declaration without a legal act."""

    MANDATORY = "mandatory"
    VOLUNTARY = "voluntary"
    POLITICAL = "political"


class Status(enum.Enum):
    """Where a regime stood when its record was last checked.

    UNCONFIRMED: the last renewal that was found had run out; a later one is likely.
    UNCERTAIN: never formally ended, but dormant or disputed.
    """

    IN_FORCE = "in force"
    UNCONFIRMED = "in force, unconfirmed"
    UNCERTAIN = "uncertain"
    ENDED = "ended"


class Coverage(enum.Enum):
    """Whether supplies to some recipients are barred.

    CONDITIONAL: allowed on conditions. NOTIFY: allowed after notice. UNCLEAR: a list
    of names decides, so answer "maybe".
    """

    YES = "yes"
    NO = "no"
    CONDITIONAL = "conditional"
    NOTIFY = "notify"
    UNCLEAR = "unclear"


class Extent(enum.Enum):
    """How much of a territory a phase covers; NONE: it is not territorial."""

    WHOLE = "whole"
    PART = "part"
    NONE = "none"


class Direction(enum.Enum):
    """TO bars supply to the target, FROM procurement from it."""

    TO = "to"
    FROM = "from"


class Service(enum.Enum):
    """Services that a regime names beside arms."""

    TECHNICAL_ASSISTANCE = "technical assistance"
    TRAINING = "training"
    FINANCING = "financing"
    MAINTENANCE = "maintenance"
    LICENSED_PRODUCTION = "licensed production"
    OTHER_ASSISTANCE = "other assistance"
    ARMED_PERSONNEL = "armed mercenary personnel"


class EndKind(enum.Enum):
    """How a regime ended where no act lifted it.

    ASSUMED: no act and no term; the day is the best that can be said.
    """

    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    ASSUMED = "assumed"


class AmendmentKind(enum.Enum):
    """What a later act did to a regime."""

    EXTENDS = "extends"
    WIDENS = "widens"
    NARROWS = "narrows"
    ENFORCEMENT = "enforcement"
    MONITORING = "monitoring"
    SUSPENDS = "suspends"
    REINSTATES = "reinstates"
    LIFTS = "lifts"
    TECHNICAL = "technical"


class Basis(enum.Enum):
    """Whether a regime lasts until it is ended, or has to be renewed."""

    OPEN_ENDED = "open-ended"
    SUNSET = "sunset"


class Procedure(enum.Enum):
    """What must be done before an exemption may be used.

    NONE: nothing. NOTIFY_COMMITTEE: notice in advance, no veto. NO_OBJECTION: notice;
    the Committee may object within some days. NOTIFY_GOVERNMENT: notice to the
    target's government; NOTIFY_NATIONAL: to the exporting state's authority.
    COMMITTEE_APPROVAL, COUNCIL_APPROVAL: leave in advance. NATIONAL_AUTHORITY: leave
    of the exporting state. END_USER_DOCUMENTS: free if they are given. MIXED: several
    of these; the text says which.
    """

    NONE = "none"
    NOTIFY_COMMITTEE = "notify committee"
    NO_OBJECTION = "notify, no objection"
    NOTIFY_GOVERNMENT = "notify government"
    NOTIFY_NATIONAL = "notify national authority"
    COMMITTEE_APPROVAL = "committee approval"
    COUNCIL_APPROVAL = "council approval"
    NATIONAL_AUTHORITY = "national authority"
    END_USER_DOCUMENTS = "end-user documents"
    MIXED = "mixed"
