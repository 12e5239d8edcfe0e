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
from embargo_monitor.model.calendars import CALENDARS, require_fitting
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.names import optional_label, optional_prose, source_line
from embargo_monitor.model.quotes import Quote, Translation
from embargo_monitor.model.rules import BOUNDED, READING, Rule
from embargo_monitor.model.stances import Known


class AnchorKind(enum.Enum):
    """What a relative date counts from."""

    PUBLISHED = "published"
    WRITTEN = "written"
    SAID = "said"
    CLAIM = "claim"
    DAY = "day"
    PRINTED = "printed"


@frozen
class Anchor:
    """What a relative date counts from.

    Attributes:
        of: The document's publication, its writing, the saying of the claim (the
            first speaker's own date), another claim's date, a day of ours, or a day or
            period that the wording itself names.
        claim: That other claim's local id; empty for all other kinds.
        day: That day or period; None for all other kinds.
        reason: Why that day; needed with a day of ours, and only there.

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
        dated = self.of in (AnchorKind.DAY, AnchorKind.PRINTED)
        if (self.day is not None) != dated:
            wanted = "given with a day anchor or a printed one"
            raise InvalidValueError("day", self.day, wanted)
        if bool(self.reason) != (self.of is AnchorKind.DAY):
            raise InvalidValueError("reason", self.reason, "given with a day anchor")

    def __str__(self) -> str:
        if self.of is AnchorKind.CLAIM:
            return f"the date of claim {self.claim}"
        if self.day is not None:
            return str(self.day)
        return {"published": "publication", "written": "writing", "said": "the saying"}[
            self.of.value
        ]


def clock_time(_: object, attribute: Any, value: str) -> None:
    """Validate a time of day, or the empty string.

    Raises:
        InvalidValueError: It is none.
    """
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
        against: What rule our reading goes against; for `reading@1` alone.
        anchor: What the rule counts from; of a reading, the rule that it is against.
        until: What bounds `after@1` above.
        known: Stated by the source, inferred by us, or unclear.
        reason: Why; needed when inferred, and with `reading@1`.
        clock: The time of day as printed, HH:MM, zone unknown.

    Raises:
        InvalidValueError: A rule without anchor, an inference without reason, a bound
            without `after@1`, a reading without mark, days that a printed date of
            another calendar cannot mean.
    """

    date: ImpreciseDate
    wording: str = field(default="", kw_only=True, validator=source_line)
    quote: Quote | None = field(default=None, kw_only=True)
    translation: Translation | None = field(default=None, kw_only=True)
    rule: Rule | None = field(default=None, kw_only=True)
    against: Rule | None = field(default=None, kw_only=True)
    anchor: Anchor | None = field(default=None, kw_only=True)
    until: Anchor | None = field(default=None, kw_only=True)
    known: Known = field(default=Known.STATED, kw_only=True)
    reason: str = field(default="", kw_only=True, validator=optional_prose)
    clock: str = field(default="", kw_only=True, validator=clock_time)

    def __attrs_post_init__(self) -> None:
        reads = self.rule is not None and self.rule.name == READING
        self._require_counted(self.against if reads else self.rule)
        if (self.quote or self.translation) and not self.wording:
            raise InvalidValueError("wording", self.wording, "given with its quote")
        if (self.known is Known.INFERRED or reads) and not self.reason:
            raise InvalidValueError("reason", self.reason, "given with an inference")
        if reads:
            _require_mark(self.date)
        elif self.against is not None:
            wanted = f"given with {READING}, and only there"
            raise InvalidValueError("against", str(self.against), wanted)
        elif self.rule is not None and self.rule.name in CALENDARS:
            require_fitting(self.rule.name, self.rule.argument, self.date)

    def _require_counted(self, rule: Rule | None) -> None:
        """Refuse what *rule* would not count from, and the lack of what it would."""
        if (self.anchor is not None) != (rule is not None and rule.counts):
            wanted = "given with a rule that counts from something, and only there"
            raise InvalidValueError("anchor", self.anchor, wanted)
        if (self.until is not None) != (rule is not None and rule.name == BOUNDED):
            raise InvalidValueError("until", self.until, f"given with {BOUNDED}")
        if self.against is not None and self.against.name == READING:
            wanted = "a rule that gives a date of its own"
            raise InvalidValueError("against", str(self.against), wanted)


def _require_mark(date: ImpreciseDate) -> None:
    # The profile has no mark for a set; that it is our reading is told all the same.
    if not date.edtf.startswith("[") and not date.qualifiers & {"?", "%"}:
        wanted = "marked ? or %, as a reading of ours"
        raise InvalidValueError("date", str(date), wanted)
