"""What is moved, or merely named: items, their nature, use and condition.

An item says nothing of its part in an event: `claims.GoodsAre` makes it goods,
`claims.MentionIs` something named that is *not* goods.
"""

import enum
import re

from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.names import one_line, optional_label, source_line


class Nature(enum.Enum):
    """What sort of thing an item is."""

    ARMS = "arms"
    AMMUNITION = "ammunition"
    PARTS = "parts"
    MATERIALS = "materials"
    DUAL_USE = "dual-use"
    FUEL = "fuel"
    VEHICLE = "vehicle"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"
    TECHNOLOGY = "technology"
    SERVICE = "service"
    PERSONNEL = "personnel"
    UNCLEAR = "unclear"


class Use(enum.Enum):
    """The use that the source speaks of."""

    NOT_SAID = "not said"
    MILITARY = "military"
    CIVIL = "civil"
    UNCLEAR = "unclear"


class Condition(enum.Enum):
    """The state of an item, as said."""

    NOT_SAID = "not said"
    NEW = "new"
    SECOND_HAND = "second-hand"
    DISARMED = "disarmed"
    INCOMPLETE = "incomplete"
    UNUSABLE = "unusable"


class CategoryList(enum.Enum):
    """Lists that sort arms: the UN Register's, SIPRI's, and the EU Military List.

    The UN Register of Conventional Arms has seven categories, and an eighth line
    for small arms and light weapons; SIPRI's Arms Transfers Database has twelve;
    the Common Military List of the EU 22 (its numbers are Wassenaar's).
    """

    UNROCA = "unroca"
    SIPRI = "sipri"
    EU_ML = "eu-ml"


CODES = {
    CategoryList.UNROCA: ("I", "II", "III", "IV", "V", "VI", "VII", "VIII"),
    CategoryList.SIPRI: (
        "aircraft",
        "air-defence systems",
        "anti-submarine warfare weapons",
        "armoured vehicles",
        "artillery",
        "engines",
        "missiles",
        "naval weapons",
        "satellites",
        "sensors",
        "ships",
        "other",
    ),
    CategoryList.EU_ML: tuple(f"ML{number}" for number in range(1, 23)),
}


@frozen
class Category:
    """A place on one of the lists that sort arms.

    Raises:
        InvalidValueError: The list has no such code; the message names them all.

    >>> print(Category.parse("unroca:IV"))
    unroca:IV
    """

    list: CategoryList
    code: str

    def __attrs_post_init__(self) -> None:
        codes = CODES[self.list]
        if self.code not in codes:
            raise InvalidValueError("category", self.code, f"one of {', '.join(codes)}")

    @classmethod
    def parse(cls, text: str) -> "Category":
        """Read the text form, `list:code`."""
        match = re.fullmatch(r"(unroca|sipri|eu-ml):(.+)", text)
        if match is None:
            wanted = "unroca:, sipri: or eu-ml: and a code of that list"
            raise InvalidValueError("category", text, wanted)
        return cls(CategoryList(match[1]), match[2])

    def __str__(self) -> str:
        return f"{self.list.value}:{self.code}"


@frozen
class Item:
    """A thing or service, as a source speaks of it.

    Attributes:
        name: Type or description, in the logger's language: "JF-17", "arms, not
            described".
        nature: What sort of thing.
        categories: Where lists that sort arms place it; ours, not the source's.
        use: The use that the source speaks of.
        condition: Its state, as said.
        individual: Local id of the actor entry, for one hull or airframe.
        wording: The source's own word for it.

    Raises:
        InvalidValueError: A field is not of its shape.
    """

    name: str = field(validator=one_line)
    nature: Nature
    categories: tuple[Category, ...] = field(default=(), kw_only=True)
    use: Use = field(default=Use.NOT_SAID, kw_only=True)
    condition: Condition = field(default=Condition.NOT_SAID, kw_only=True)
    individual: str = field(default="", kw_only=True, validator=optional_label)
    wording: str = field(default="", kw_only=True, validator=source_line)

    def __str__(self) -> str:
        return self.name
