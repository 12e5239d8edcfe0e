"""One entry of the gazetteer: a country, a force or a body, and its names."""

import enum
import re
from typing import Any

from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.names import Name, label, one_line, optional_prose
from embargo_monitor.model.truth import Truth


class EntryKind(enum.Enum):
    """What an entry is.

    The first three are countries, told apart by lists and not by our judgement. A
    STATE is a member or an observer state of the United Nations, a TERRITORY any
    other entry of ISO 3166-1 and Kosovo, a FORMER_STATE an entry of ISO 3166-3. The
    kind says nothing of anybody's status, nor of who may act for whom.
    """

    STATE = "state"
    TERRITORY = "territory"
    FORMER_STATE = "former state"
    GOVERNMENT = "government"
    ARMED_FORCE = "armed force"
    ARMED_GROUP = "armed group"
    BODY = "body"
    COMPANY = "company"

    @property
    def is_country(self) -> bool:
        """Whether an entry of this kind has a country's code for its id."""
        return self in _COUNTRY_IDS


# ISO 3166-1 alpha-2, and the four letters of ISO 3166-3.
_COUNTRY_IDS = {
    EntryKind.STATE: re.compile("[A-Z]{2}"),
    EntryKind.TERRITORY: re.compile("[A-Z]{2}"),
    EntryKind.FORMER_STATE: re.compile("[A-Z]{4}"),
}
_OTHER_IDS = re.compile("[a-z0-9][a-z0-9.-]*")


class Mark(enum.Enum):
    """How well an entry's kind, place, parents and dates are verified.

    The mark of the weakest of them holds for the entry. STANDARD: they are those of
    a published standard; TWO_SOURCES: two publishers agree; SINGLE_SOURCE: one says
    so; RECALLED: from general knowledge: check before you rest anything on it.
    """

    STANDARD = "standard"
    TWO_SOURCES = "two sources"
    SINGLE_SOURCE = "single source"
    RECALLED = "recalled"


def _optional_code(_: object, attribute: Any, value: str) -> None:
    if value != "":
        label(_, attribute, value)
        if not re.fullmatch("[A-Z]{2,3}", value):
            raise InvalidValueError(attribute.name, value, "a code of ISO 3166")


def _optional_label(_: object, attribute: Any, value: str) -> None:
    if value != "":
        label(_, attribute, value)


def _labels(_: object, attribute: Any, value: tuple[str, ...]) -> None:
    for one in value:
        label(_, attribute, one)


def _lines(_: object, attribute: Any, value: tuple[str, ...]) -> None:
    for one in value:
        one_line(_, attribute, one)


@frozen
class GazetteerEntry:
    """A country, an armed force or group, a government or a body.

    Never a person: who leads a force or holds an office is a claim with a voice and
    a date, and a person's name goes in a report or nowhere.

    Attributes:
        id: ISO 3166-1 alpha-2 code of a country (`PK`; `XK` for Kosovo is assigned
            by users), the four letters of ISO 3166-3 for a former one (`SUHH`), else
            a label in lower case (`lna`).
        kind: What it is.
        names: Its names, some of them in English; the first English one is shown.
        alpha2: The country's two-letter code; of a former one, the code withdrawn.
        alpha3: The country's three-letter code, likewise; empty if it has none.
        of: Id of the entry that it belongs to and acts for; empty when it acts for
            itself, whoever claims it.
        territory: Id of the country it is in, whoever it acts for; empty for a
            country, and for a body at home in many.
        since: Its first day; None when we do not say. A vague date is one day
            somewhere.
        until: Its last day, included; None when it lasts, or when we do not say.
        successors: Ids of the entries that followed it, on its territory or in its
            place; no word on succession in law.
        note: What a reader should know.
        sources: Where the entry comes from, as short citations.
        mark: How well it is verified.

    Raises:
        InvalidValueError: A field is not of its shape, the id is not of the kind's,
            there is no English name, or the last day is before the first. Correct
            the entry.
    """

    id: str = field(validator=label)
    kind: EntryKind
    names: tuple[Name, ...] = field(kw_only=True)
    alpha2: str = field(default="", kw_only=True, validator=_optional_code)
    alpha3: str = field(default="", kw_only=True, validator=_optional_code)
    of: str = field(default="", kw_only=True, validator=_optional_label)
    territory: str = field(default="", kw_only=True, validator=_optional_label)
    since: ImpreciseDate | None = field(default=None, kw_only=True)
    until: ImpreciseDate | None = field(default=None, kw_only=True)
    successors: tuple[str, ...] = field(default=(), kw_only=True, validator=_labels)
    note: str = field(default="", kw_only=True, validator=optional_prose)
    sources: tuple[str, ...] = field(default=(), kw_only=True, validator=_lines)
    mark: Mark = field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        shape = _COUNTRY_IDS.get(self.kind, _OTHER_IDS)
        if not shape.fullmatch(self.id):
            wanted = f"an id of a {self.kind.value} ({shape.pattern})"
            raise InvalidValueError("id", self.id, wanted)
        if not any(name.language == "en" for name in self.names):
            raise InvalidValueError("names", self.names, "names, one in English")
        if self.since and self.until and self.until.is_before(self.since) is Truth.YES:
            raise InvalidValueError("until", self.until.edtf, "no day before `since`")

    @property
    def name(self) -> Name:
        """The name to show: the first in English."""
        return next(name for name in self.names if name.language == "en")

    @property
    def country(self) -> str:
        """Id of the country it is in: its own for a country, else its territory's."""
        return self.id if self.kind.is_country else self.territory

    def __str__(self) -> str:
        return f"{self.name} ({self.id})"
