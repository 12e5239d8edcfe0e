"""On whose word: sources, and the chains in which they told one another.

Corroboration counts origins, not outlets: fifteen pages that repeat one wire are
one origin. So every claim has a voice, first known speaker first.
"""

import enum

from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.actors import (
    counted,
    country,
    require_public_or_pseudonym,
)
from embargo_monitor.model.amounts import Amount
from embargo_monitor.model.grades import ReliabilityGrade
from embargo_monitor.model.identifiers import Identifier
from embargo_monitor.model.names import Name, label, optional_label, optional_prose
from embargo_monitor.model.stances import Known, RelayStance
from embargo_monitor.model.when import When


class SourceKind(enum.Enum):
    """What a source is. Automated text is never an origin."""

    PERSON = "person"
    PEOPLE = "people"
    BODY = "body"
    OUTLET = "outlet"
    AGENCY = "agency"
    PARTY_MEDIA = "party media"
    DOCUMENT = "document"
    IMAGE = "image"
    RECORDS = "records"
    OBJECT = "object"
    AUTOMATED_TEXT = "automated text"
    UNKNOWN = "unknown"


class Side(enum.Enum):
    """On which side of the matter an unnamed source is said to stand."""

    NOT_SAID = "not said"
    SUPPLIER = "supplier"
    RECIPIENT = "recipient"
    THIRD_PARTY = "third party"


class DocumentState(enum.Enum):
    """In what state a document served as a source."""

    NOT_A_DOCUMENT = "not a document"
    DRAFT = "draft"
    SEEN = "seen, not published"
    LEAKED = "leaked"
    PUBLISHED = "published"


class Mandate(enum.Enum):
    """Who may find that a measure was breached."""

    NONE = "none"
    PANEL = "panel"
    COMMITTEE = "committee"
    COURT = "court"


@frozen
class Source:
    """Somebody who tells, or something that shows.

    Attributes:
        id: Local id.
        kind: What it is.
        names: The first is the one shown; a description when *unnamed*.
        unnamed: The document does not name it.
        side: Where an unnamed source is said to stand; never that it speaks for
            anybody.
        nationality: Stated nationality, by gazetteer id, or empty.
        count: How many ("four officials"), in a unit of `actors.COUNTED`.
        part_of: Local id of the source that it is part of ("two of the four").
        actor: Local id of the actor that speaks; an unnamed source has none.
        state: In what state a document served.
        mandate: Whether it may find a breach.
        same_as: Identifiers.
        reliability: Our grade of it, A to F; None when nobody judged.
        public: A living person whose name is public.
        pseudonym: The name is one that we gave.
        note: The logger's remark.

    Raises:
        InvalidValueError: Neither a name nor an actor; an unnamed source that
            speaks for an actor; a count in another unit; a person neither public nor
            under a pseudonym.
    """

    id: str = field(validator=label)
    kind: SourceKind
    names: tuple[Name, ...] = field(default=(), kw_only=True)
    unnamed: bool = field(default=False, kw_only=True)
    side: Side = field(default=Side.NOT_SAID, kw_only=True)
    nationality: str = field(default="", kw_only=True, validator=country)
    count: Amount | None = field(default=None, kw_only=True, validator=counted)
    part_of: str = field(default="", kw_only=True, validator=optional_label)
    actor: str = field(default="", kw_only=True, validator=optional_label)
    state: DocumentState = field(default=DocumentState.NOT_A_DOCUMENT, kw_only=True)
    mandate: Mandate = field(default=Mandate.NONE, kw_only=True)
    same_as: tuple[Identifier, ...] = field(default=(), kw_only=True)
    reliability: ReliabilityGrade | None = field(default=None, kw_only=True)
    public: bool = field(default=False, kw_only=True)
    pseudonym: bool = field(default=False, kw_only=True)
    note: str = field(default="", kw_only=True, validator=optional_prose)

    def __attrs_post_init__(self) -> None:
        if not self.names and not self.actor:
            raise InvalidValueError("names", self.names, "given where no actor speaks")
        if self.unnamed and self.actor:
            wanted = (
                "empty for an unnamed source, which speaks for nobody: give a side; or,"
                " for a spokesperson, leave out unnamed and names and let the actor"
                " itself speak (kind body)"
            )
            raise InvalidValueError("actor", self.actor, wanted)
        if self.names and self.kind in (SourceKind.PERSON, SourceKind.PEOPLE):
            require_public_or_pseudonym(self)


@frozen
class Speaker:
    """One place in a voice: who spoke, and what the next one made of it.

    Attributes:
        source: Local id of the source.
        stance: How it passed on what was said before; the first has nothing to
            pass on.
        said: When it said so, if that has a date of its own.
        known: UNCLEAR where the sentence does not settle that it spoke.
        reason: Why it is taken to have spoken; needed when inferred, and only there.

    Raises:
        InvalidValueError: Inferred without a reason, or a reason for nothing.
    """

    source: str = field(validator=label)
    stance: RelayStance = field(default=RelayStance.RELAYS, kw_only=True)
    said: When | None = field(default=None, kw_only=True)
    known: Known = field(default=Known.STATED, kw_only=True)
    reason: str = field(default="", kw_only=True, validator=optional_prose)

    def __attrs_post_init__(self) -> None:
        if bool(self.reason) != (self.known is Known.INFERRED):
            wanted = "given for an inferred speaker, and only there"
            raise InvalidValueError("reason", self.reason, wanted)


@frozen
class Voice:
    """Who told whom, first known speaker first, the document's publisher last.

    Attributes:
        id: Local id.
        speakers: At least one. With a first speaker UNCLEAR the voice is unsettled,
            and what counts it counts an interval.

    Raises:
        InvalidValueError: No speaker, one that speaks twice, a first speaker that
            relays, or none whose speaking is settled.
    """

    id: str = field(validator=label)
    speakers: tuple[Speaker, ...] = field()

    def __attrs_post_init__(self) -> None:
        told = [speaker.source for speaker in self.speakers]
        if not told or len(set(told)) != len(told):
            wanted = "at least one speaker, each once"
            raise InvalidValueError("speakers", told, wanted)
        if self.speakers[0].stance is not RelayStance.RELAYS:
            first = self.speakers[0].stance.value
            raise InvalidValueError("stance", first, "left out for the first speaker")
        if all(speaker.known is Known.UNCLEAR for speaker in self.speakers):
            raise InvalidValueError("known", "unclear", "settled for the last speaker")

    @property
    def starts(self) -> tuple[Speaker, ...]:
        """The speakers with whom it may begin: one, or several when unsettled."""
        settled = (speaker.known is not Known.UNCLEAR for speaker in self.speakers)
        return self.speakers[: [*settled].index(True) + 1]
