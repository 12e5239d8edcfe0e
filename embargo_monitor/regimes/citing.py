"""Acts and where they are told of: dates, instruments, sources and marks."""

from datetime import date
from typing import Any

from attrs import field, frozen

from embargo_monitor.model.names import (
    label,
    one_line,
    optional_line,
    optional_prose,
)
from embargo_monitor.model.relevances import Mark
from embargo_monitor.regimes.words import AmendmentKind, EndKind


def source_keys(_: object, attribute: Any, value: tuple[str, ...]) -> None:
    """Validate keys of sources."""
    for one in value:
        label(_, attribute, one)


def proses(_: object, attribute: Any, value: tuple[str, ...]) -> None:
    """Validate texts of any number of lines."""
    for one in value:
        optional_prose(_, attribute, one)


@frozen(kw_only=True)
class Source:
    """Where a fact was found.

    Attributes:
        id: Its key, by which facts cite it.
        publisher: Who published it; two titles of one publisher are one source.
        title: What it is, in our words.
        url: Where it was found; empty where we have none.
    """

    id: str = field(validator=label)
    publisher: str = field(validator=one_line)
    title: str = field(validator=one_line)
    url: str = field(default="", validator=optional_line)


@frozen(kw_only=True)
class NoEmbargo:
    """A measure that is often taken for an embargo on arms, and is none.

    Attributes:
        subject: The measure.
        why: Why it is none.
        sources: Keys of sources.
    """

    subject: str = field(validator=one_line)
    why: str = field(validator=one_line)
    sources: tuple[str, ...] = field(default=(), validator=source_keys)


@frozen(kw_only=True)
class Edition:
    """When a register was compiled, and how far its sources reach.

    Attributes:
        title: What it is called.
        compiled: The day on which it was compiled.
        reviewed: The day on which it was last reviewed.
        latest_source: The day of its newest source.
        un_facts_sourced_to: The day of the newest source on the United Nations.
    """

    title: str = field(validator=one_line)
    compiled: date
    reviewed: date
    latest_source: date
    un_facts_sourced_to: date


@frozen(kw_only=True)
class OtherDate:
    """Another date that a source gives, kept apart because it is not the cited one."""

    date: date
    mark: Mark
    note: str = field(default="", validator=optional_prose)


@frozen(kw_only=True)
class Cited:
    """An act with its date, and how well the two are known.

    Attributes:
        date: Its day: that of adoption, unless the note says otherwise.
        instrument: The act.
        sources: Keys of the sources that tell of it.
        mark: How well act and date are verified.
        day_recalled: The sources give the month or the year; the day is recalled.
        number_recalled: The sources give the act; its number is recalled.
        alt_date: Another date that a source gives.
        note: What a reader should know.
    """

    date: date
    instrument: str = field(validator=one_line)
    sources: tuple[str, ...] = field(validator=source_keys)
    mark: Mark
    day_recalled: bool = False
    number_recalled: bool = False
    alt_date: OtherDate | None = None
    note: str = field(default="", validator=optional_prose)

    def __str__(self) -> str:
        doubts = [self.mark.value]
        doubts += ["day recalled"] * self.day_recalled
        doubts += ["number recalled"] * self.number_recalled
        if self.alt_date:
            doubts.append(f"another source: {self.alt_date.date}")
        return f"{self.instrument}, {self.date} ({'; '.join(doubts)})"


@frozen(kw_only=True)
class Ending(Cited):
    """The act that ended a regime, or what stands for one.

    Attributes:
        kind: How it ended without being lifted; None for an act that lifted it.
    """

    kind: EndKind | None = None


@frozen(kw_only=True)
class Amendment(Cited):
    """A later act on a regime.

    Attributes:
        kind: What it did, in a word.
        change: What it did.
        detail_mark: How well what it did is verified, where that differs, in words.
    """

    kind: AmendmentKind
    change: str = field(validator=optional_prose)
    detail_mark: str = field(default="", validator=optional_prose)
