"""Who is spoken of: states, forces, companies, persons, ships; and where.

An actor is an entry of one report. What it *is* in a transfer is said by a claim
(`PartyIs`, `ActorIs`), never here.
"""

import enum
import re
from typing import Any

from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.amounts import Amount
from embargo_monitor.model.identifiers import Identifier
from embargo_monitor.model.names import (
    Name,
    label,
    optional_line,
    optional_prose,
)


class ActorKind(enum.Enum):
    """What an actor is. Only the first three act for a state."""

    STATE = "state"
    GOVERNMENT = "government"
    ARMED_FORCE = "armed force"
    ARMED_GROUP = "armed group"
    GROUP = "group"
    COMPANY = "company"
    BODY = "body"
    PERSON = "person"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"

    @property
    def acts_for_a_state(self) -> bool:
        """Whether what the actor does is done by its country."""
        return self in (
            ActorKind.STATE,
            ActorKind.GOVERNMENT,
            ActorKind.ARMED_FORCE,
        )


def country(_: object, attribute: Any, value: str) -> None:
    """Validate a country: empty, or the gazetteer's id of it (PK, SUHH)."""
    if value and re.fullmatch(r"[A-Z]{2}|[A-Z]{4}", value) is None:
        wanted = "a country's gazetteer id, such as PK or SUHH"
        raise InvalidValueError(attribute.name, value, wanted)


COUNTED = ("persons", "items", "companies", "states")
"""The units in which actors and sources are counted."""


def counted(_: object, attribute: Any, value: Amount | None) -> None:
    """Validate how many actors or sources there are, or None.

    Raises:
        InvalidValueError: It is in another unit than one of `COUNTED`.
    """
    if value is not None and value.unit not in COUNTED:
        wanted = f"in {', '.join(COUNTED)}"
        raise InvalidValueError(attribute.name, str(value), wanted)


@frozen
class Actor:
    """Somebody or something that a report speaks of.

    Attributes:
        id: Local id.
        kind: What it is.
        names: As the source and others write it; the first is the one shown.
        country: Where it is based, by gazetteer id; never that the state acts.
        same_as: Identifiers.
        count: How many, where the source speaks of several ("two companies"), in a
            unit of `COUNTED`.
        unnamed: The source does not name it; *names* then describe it.
        public: A living person whose name is public.
        pseudonym: The name is one that we gave; the real one is not in the log.
        note: The logger's remark.

    Raises:
        InvalidValueError: No name; a count in another unit; or a person who is neither
            public, nor under a pseudonym, nor unnamed: what is in the log can never be
            removed.
    """

    id: str = field(validator=label)
    kind: ActorKind
    names: tuple[Name, ...] = field(kw_only=True)
    country: str = field(default="", kw_only=True, validator=country)
    same_as: tuple[Identifier, ...] = field(default=(), kw_only=True)
    count: Amount | None = field(default=None, kw_only=True, validator=counted)
    unnamed: bool = field(default=False, kw_only=True)
    public: bool = field(default=False, kw_only=True)
    pseudonym: bool = field(default=False, kw_only=True)
    note: str = field(default="", kw_only=True, validator=optional_prose)

    def __attrs_post_init__(self) -> None:
        if not self.names:
            raise InvalidValueError("names", self.names, "at least one name")
        if self.kind is ActorKind.PERSON:
            require_public_or_pseudonym(self)

    @property
    def name(self) -> str:
        """The name that is shown."""
        return self.names[0].text


def require_public_or_pseudonym(person: Any) -> None:
    """Refuse a named person who is neither public nor under a pseudonym."""
    if not (person.public or person.pseudonym or person.unnamed):
        wanted = (
            "true for a person whose name is public; else give a pseudonym"
            " (pseudonym: true): nothing in the log can ever be removed"
        )
        raise InvalidValueError("public", person.public, wanted)


class PlaceKind(enum.Enum):
    """What kind of place."""

    COUNTRY = "country"
    REGION = "region"
    TOWN = "town"
    PORT = "port"
    AIRPORT = "airport"
    BASE = "base"
    SEA = "sea"
    OTHER = "other"


@frozen
class Place:
    """A place that a report names.

    Attributes:
        id: Local id.
        kind: What kind of place.
        names: As printed; the first is the one shown.
        country: Gazetteer id of the country it lies in, or empty.
        offset: Where from it, as printed: "150 km north of".
        same_as: Identifiers.

    Raises:
        InvalidValueError: No name.
    """

    id: str = field(validator=label)
    kind: PlaceKind
    names: tuple[Name, ...] = field(kw_only=True)
    country: str = field(default="", kw_only=True, validator=country)
    offset: str = field(default="", kw_only=True, validator=optional_line)
    same_as: tuple[Identifier, ...] = field(default=(), kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not self.names:
            raise InvalidValueError("names", self.names, "at least one name")
