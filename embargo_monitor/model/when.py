"""When something happened or was said: a date, and how it was read from words.

A printed "last week" is no date. What makes it one, a rule and the day it counts
from, is part of the record, so that anybody can do it again, and so that a doubt
about that day is passed on to all that rests on it.
"""

import enum
import re
from typing import Any

from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.names import optional_label, optional_prose, source_line
from embargo_monitor.model.quotes import Quote, Translation
from embargo_monitor.model.rules import Rule
from embargo_monitor.model.stances import Known


class AnchorKind(enum.Enum):
    """What a relative date counts from."""

    PUBLISHED = "published"
    WRITTEN = "written"
    SAID = "said"
    CLAIM = "claim"
    DAY = "day"


@frozen
class Anchor:
    """What a relative date counts from.

    Attributes:
        of: The document's publication, its writing, the saying of the claim (the
            first speaker's own date), another claim's date, or a day.
        claim: That other claim's local id; empty for all other kinds.
        day: That day; None for all other kinds.
        reason: Why that day; needed with a day, and only there.

    Raises:
        InvalidValueError: A claim, day or reason is missing or does not belong.
    """

    of: AnchorKind
    claim: str = field(default="", kw_only=True, validator=optional_label)
    day: ImpreciseDate | None = field(default=None, kw_only=True)
    reason: str = field(default="", kw_only=True, validator=optional_prose)

    def __attrs_post_init__(self) -> None:
        if bool(self.claim) != (self.of is AnchorKind.CLAIM):
            raise InvalidValueError("claim", self.claim, "given with a claim anchor")
        if (self.day is not None) != (self.of is AnchorKind.DAY):
            raise InvalidValueError("day", self.day, "given with a day anchor")
        if bool(self.reason) != (self.of is AnchorKind.DAY):
            raise InvalidValueError("reason", self.reason, "given with a day anchor")

    def __str__(self) -> str:
        if self.of is AnchorKind.CLAIM:
            return f"the date of claim {self.claim}"
        if self.of is AnchorKind.DAY:
            return str(self.day)
        return {"published": "publication", "written": "writing", "said": "the saying"}[
            self.of.value
        ]


def _clock(_: object, attribute: Any, value: str) -> None:
    if value and re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value) is None:
        raise InvalidValueError(attribute.name, value, "a time of day, 00:00 to 23:59")


@frozen
class When:
    """A date, with the words and the rule that made it.

    Attributes:
        date: Whole civil days as the source uses them: zone unknown, Gregorian,
            both ends included, an end may be open.
        wording: The source's own words for it.
        quote: Where they stand, if an exhibit holds them.
        translation: What they mean.
        rule: How the words became a date; None when the source prints the date.
        anchor: What the rule counts from.
        until: What bounds `after@1` above.
        known: Stated by the source, inferred by us, or unclear.
        reason: Why; needed when inferred, and with `reading@1`.
        clock: The time of day as printed, HH:MM, zone unknown.

    Raises:
        InvalidValueError: A rule without anchor, an inference without reason, a
            bound without `after@1`.
    """

    date: ImpreciseDate
    wording: str = field(default="", kw_only=True, validator=source_line)
    quote: Quote | None = field(default=None, kw_only=True)
    translation: Translation | None = field(default=None, kw_only=True)
    rule: Rule | None = field(default=None, kw_only=True)
    anchor: Anchor | None = field(default=None, kw_only=True)
    until: Anchor | None = field(default=None, kw_only=True)
    known: Known = field(default=Known.STATED, kw_only=True)
    reason: str = field(default="", kw_only=True, validator=optional_prose)
    clock: str = field(default="", kw_only=True, validator=_clock)

    def __attrs_post_init__(self) -> None:
        name = self.rule.name if self.rule else ""
        if (self.anchor is not None) != (name not in ("", "reading@1")):
            wanted = "given with a rule that counts from something, and only there"
            raise InvalidValueError("anchor", self.anchor, wanted)
        if (self.until is not None) != (name == "after@1"):
            raise InvalidValueError("until", self.until, "given with after@1")
        if (self.quote or self.translation) and not self.wording:
            raise InvalidValueError("wording", self.wording, "given with its quote")
        needs_reason = self.known is Known.INFERRED or name == "reading@1"
        if needs_reason and not self.reason:
            raise InvalidValueError("reason", self.reason, "given with an inference")
