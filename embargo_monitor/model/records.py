"""What the log holds: reports, and the records that come after them.

Nothing in the log is edited or deleted. What turns out otherwise is said by a later
record of ours: a correction, a withdrawal, an assessment, a link. What *the world*
takes back is a claim in a report.
"""

import enum
import re
from datetime import UTC, datetime
from typing import Any, ClassVar

from attrs import field, frozen
from attrs.validators import deep_iterable

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.actors import Actor, Place
from embargo_monitor.model.claims import AnyClaim
from embargo_monitor.model.documents import Document
from embargo_monitor.model.events import Event
from embargo_monitor.model.grades import CredibilityGrade
from embargo_monitor.model.names import (
    hex_digest,
    label,
    one_line,
    outside,
    prose,
)
from embargo_monitor.model.quotes import counting
from embargo_monitor.model.relevances import RelevanceRecord
from embargo_monitor.model.reports import Report
from embargo_monitor.model.voices import Source, Voice


@frozen
class Correction:
    """Our mistake in logging a report, mended: what should have been logged.

    What is in a table here is new, or stands in place of what has its id in the
    report. `standing.corrected` says what the report is then.

    Attributes:
        id: Unique in the log.
        report: Id of the report that it corrects.
        reason: Why.
        by: Who corrects; a label or pseudonym.
        document: The document as it should have been; None if that was right.
        actors: Actors, as they should have been.
        places: Places, likewise.
        sources: Sources, likewise.
        voices: Voices, likewise.
        events: Events, likewise.
        adds: Claims that were missing.
        replaces: Claims that were wrong, as they should have been, by their id.
        withdraws: Local ids of claims that should not have been logged.

    Raises:
        InvalidValueError: It corrects nothing, or one claim twice.
    """

    kind: ClassVar[str] = "correction"

    id: str = field(validator=label)
    report: str = field(kw_only=True, validator=label)
    reason: str = field(kw_only=True, validator=prose)
    by: str = field(kw_only=True, validator=one_line)
    document: Document | None = field(default=None, kw_only=True)
    actors: tuple[Actor, ...] = field(default=(), kw_only=True)
    places: tuple[Place, ...] = field(default=(), kw_only=True)
    sources: tuple[Source, ...] = field(default=(), kw_only=True)
    voices: tuple[Voice, ...] = field(default=(), kw_only=True)
    events: tuple[Event, ...] = field(default=(), kw_only=True)
    adds: tuple[AnyClaim, ...] = field(default=(), kw_only=True)
    replaces: tuple[AnyClaim, ...] = field(default=(), kw_only=True)
    withdraws: tuple[str, ...] = field(
        default=(), kw_only=True, validator=deep_iterable(label)
    )

    def __attrs_post_init__(self) -> None:
        tables = (self.actors, self.places, self.sources, self.voices, self.events)
        claims = [claim.id for claim in (*self.adds, *self.replaces)]
        claims += self.withdraws
        if not (self.document or any(tables) or claims):
            wanted = "a correction of something: adds, replaces, withdraws or a table"
            raise InvalidValueError("adds", self.adds, wanted)
        twice = [id_ for id_ in claims if claims.count(id_) > 1]
        if twice:
            wanted = "added, replaced or withdrawn once"
            raise InvalidValueError("claim", twice[0], wanted)


@frozen
class Withdrawal:
    """A whole entry of ours should not have been logged. It stays readable.

    Attributes:
        id: Unique in the log.
        entry: Id of the entry's record.
        entry_kind: Kind of that record.
        reason: Why.
        by: Who withdraws.
    """

    kind: ClassVar[str] = "withdrawal"

    id: str = field(validator=label)
    entry: str = field(kw_only=True, validator=label)
    entry_kind: str = field(kw_only=True, validator=label)
    reason: str = field(kw_only=True, validator=prose)
    by: str = field(kw_only=True, validator=one_line)


@frozen
class Assessment:
    """An analyst's dated judgement of one claim.

    Attributes:
        id: Unique in the log.
        claim: `report-id#claim-id`.
        credibility: How far the analyst believes it, with name and day; without a
            reason of its own.
        reason: Why.

    Raises:
        InvalidValueError: The credibility has a reason: leave it out there.
    """

    kind: ClassVar[str] = "assessment"

    id: str = field(validator=label)
    claim: str = field(kw_only=True, validator=outside)
    credibility: CredibilityGrade = field(kw_only=True)
    reason: str = field(kw_only=True, validator=prose)

    def __attrs_post_init__(self) -> None:
        if self.credibility.reason:
            wanted = "left out: it is given once, as the assessment's reason"
            given = self.credibility.reason
            raise InvalidValueError("reason", given, wanted, path="$.credibility")


class LinkRelation(enum.Enum):
    """How two things of different reports stand to one another."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    PART_OF = "part of"
    REPLACES = "replaces"
    RESELLS = "resells"
    FOLLOWS = "follows"


class Linked(enum.Enum):
    """What a link can join. Only events take more than the first three relations."""

    EVENT = "event"
    ACTOR = "actor"
    SOURCE = "source"
    DOCUMENT = "document"
    PLACE = "place"


@frozen
class Link:
    """Two things of the log are the same, or not, or follow one another. Ours.

    Attributes:
        id: Unique in the log.
        relation: How *first* stands to *second*.
        linked: What is joined.
        first: `report-id#local-id`, for a document `report-id#document`.
        second: The same.
        because: Claims that it rests on, as `report-id#claim-id`.
        reason: Why.
        by: Who says so.

    Raises:
        InvalidValueError: A thing linked to itself; a relation that only events take.
    """

    kind: ClassVar[str] = "link"

    id: str = field(validator=label)
    relation: LinkRelation = field(kw_only=True)
    linked: Linked = field(kw_only=True)
    first: str = field(kw_only=True, validator=outside)
    second: str = field(kw_only=True, validator=outside)
    because: tuple[str, ...] = field(
        default=(), kw_only=True, validator=deep_iterable(outside)
    )
    reason: str = field(kw_only=True, validator=prose)
    by: str = field(kw_only=True, validator=one_line)

    def __attrs_post_init__(self) -> None:
        if self.first == self.second:
            raise InvalidValueError("second", self.second, "another thing than first")
        anything = (LinkRelation.SAME, LinkRelation.DIFFERENT, LinkRelation.UNSURE)
        if self.linked is not Linked.EVENT and self.relation not in anything:
            wanted = f"same, different or unsure for a {self.linked.value}"
            raise InvalidValueError("relation", self.relation.value, wanted)


VERIFIER_KEY_PATTERN = re.compile(
    r"[!-*,-~]{1,255}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{1,200}={0,2}"
)


def verifier_key(_: object, attribute: Any, value: str) -> None:
    """Validate the text of a log's verifier key, by its shape alone."""
    if VERIFIER_KEY_PATTERN.fullmatch(value) is None:
        wanted = "a verifier key, name+id+base64 (C2SP signed-note)"
        raise InvalidValueError(attribute.name, value, wanted)


@frozen
class Resumption:
    """The log goes on after what was seen of it was lost, or its key was.

    A key signs one history, so another key signs from here. Whoever holds an earlier
    checkpoint sees by this record when the log went another way, and why.

    Attributes:
        id: Unique in the log.
        seen_size: How many entries the log was last seen with.
        seen_root: The root that they gave, hex (RFC 6962, section 2.1).
        old_key: The verifier key that signed until then.
        new_key: The verifier key that signs from this entry on.
        reason: What happened.
        by: Who goes on.

    Raises:
        InvalidValueError: The two keys are the same.
    """

    kind: ClassVar[str] = "resumption"

    id: str = field(validator=label)
    seen_size: int = field(kw_only=True, validator=counting)
    seen_root: str = field(kw_only=True, validator=hex_digest)
    old_key: str = field(kw_only=True, validator=verifier_key)
    new_key: str = field(kw_only=True, validator=verifier_key)
    reason: str = field(kw_only=True, validator=prose)
    by: str = field(kw_only=True, validator=one_line)

    def __attrs_post_init__(self) -> None:
        if self.new_key == self.old_key:
            raise InvalidValueError("new_key", self.new_key, "another key than old_key")


Record = (
    Report | Correction | Withdrawal | Assessment | Link | Resumption | RelevanceRecord
)


def utc_seconds(_: object, attribute: Any, value: datetime) -> None:
    """Validate an instant: aware, UTC, whole seconds."""
    if value.tzinfo is not UTC or value.microsecond:
        raise InvalidValueError(attribute.name, value, "UTC in whole seconds")


@frozen(kw_only=True)
class Envelope:
    """What stands around every record in the log.

    Attributes:
        v: Version of the envelope.
        kind: Kind of the record.
        kv: Version of that kind.
        id: The record's id.
        recorded: When the log took it, as the recorder's clock said: UTC, whole
            seconds, never before the entry before it.
        by: Who recorded it; a label or pseudonym.
    """

    v: int = field(validator=counting)
    kind: str = field(validator=label)
    kv: int = field(validator=counting)
    id: str = field(validator=label)
    recorded: datetime = field(validator=utc_seconds)
    by: str = field(validator=one_line)
