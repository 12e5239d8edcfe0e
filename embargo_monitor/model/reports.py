"""The report: one document, the claims it makes, and how its parts hang together.

A report is checked as a whole when it is made: every id is there and means one
thing, every voice ends with the document's publisher, and every date that a rule
gave is what that rule gives again.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.about import AboutKind
from embargo_monitor.model.actors import Actor, Place
from embargo_monitor.model.claims import (
    ActorIs,
    AnyClaim,
    EmbargoIs,
    GoodsAre,
    MentionIs,
    PartyIs,
    StageIs,
)
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.documents import Document
from embargo_monitor.model.events import Event
from embargo_monitor.model.names import label, optional_label, optional_prose
from embargo_monitor.model.quotes import Quote
from embargo_monitor.model.rules import resolve
from embargo_monitor.model.voices import Source, Voice
from embargo_monitor.model.when import Anchor, AnchorKind, When


@frozen
class Report:
    """One document, and the claims it makes.

    Attributes:
        id: Unique in the log.
        document: The publication.
        actors: Who is spoken of.
        places: Where.
        sources: Who tells.
        voices: Who told whom; each ends with the document's publisher.
        events: What claims are about.
        claims: What is said.
        repeats: Id of a report whose document this one repeats; then only what it
            adds, alters or drops is logged.
        note: The logger's remark.

    Raises:
        InvalidValueError: Its parts do not agree; the path says which.
    """

    kind: ClassVar[str] = "report"

    id: str = field(validator=label)
    document: Document = field(kw_only=True)
    actors: tuple[Actor, ...] = field(default=(), kw_only=True)
    places: tuple[Place, ...] = field(default=(), kw_only=True)
    sources: tuple[Source, ...] = field(kw_only=True)
    voices: tuple[Voice, ...] = field(kw_only=True)
    events: tuple[Event, ...] = field(default=(), kw_only=True)
    claims: tuple[AnyClaim, ...] = field(kw_only=True)
    repeats: str = field(default="", kw_only=True, validator=optional_label)
    note: str = field(default="", kw_only=True, validator=optional_prose)

    def __attrs_post_init__(self) -> None:
        _Parts.of(self).require_agreement()

    def voice_of(self, claim: AnyClaim) -> Voice:
        """Return the voice of one of the report's claims."""
        return next(voice for voice in self.voices if voice.id == claim.voice)

    def date_of(self, anchor: Anchor, claim: AnyClaim | None) -> ImpreciseDate:
        """Return the date that *anchor* stands for, seen from *claim*.

        Raises:
            InvalidValueError: The document or claim has no such date.
        """
        return _Parts.of(self).date_of(anchor, claim, "$")


def _by_id(rows: Iterable[Any], path: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for at, row in enumerate(rows):
        if row.id in found:
            where = f"{path}[{at}]"
            raise InvalidValueError("id", row.id, "used once", path=where)
        found[row.id] = row
    return found


def _require(known: Mapping[str, Any], id: str, what: str, path: str) -> None:
    if id not in known:
        wanted = f"the id of one of the report's {what}"
        raise InvalidValueError(what, id, wanted, path=path)


@frozen
class _Parts:
    """A report's tables by id, and what must agree between them."""

    report: Report
    exhibits: Mapping[str, Any]
    actors: Mapping[str, Actor]
    places: Mapping[str, Place]
    sources: Mapping[str, Source]
    voices: Mapping[str, Voice]
    events: Mapping[str, Event]
    claims: Mapping[str, AnyClaim]

    @classmethod
    def of(cls, report: Report) -> "_Parts":
        return cls(
            report,
            _by_id(report.document.exhibits, "$.document.exhibits"),
            _by_id(report.actors, "$.actors"),
            _by_id(report.places, "$.places"),
            _by_id(report.sources, "$.sources"),
            _by_id(report.voices, "$.voices"),
            _by_id(report.events, "$.events"),
            _by_id(report.claims, "$.claims"),
        )

    def require_agreement(self) -> None:
        if self.report.repeats == self.report.id:
            wanted = "another report"
            raise InvalidValueError("repeats", self.report.id, wanted, path="$.repeats")
        self._require_document()
        self._require_sources()
        self._require_voices()
        for at, claim in enumerate(self.report.claims):
            self._require_claim(claim, f"$.claims[{at}]")
        for at, claim in enumerate(self.report.claims):
            self._require_no_circle(claim, f"$.claims[{at}]")
            when = getattr(claim, "when", None)
            if when is not None:
                self._require_date(when, claim, f"$.claims[{at}].when")

    def _require_document(self) -> None:
        document = self.report.document
        _require(self.sources, document.publisher, "sources", "$.document.publisher")
        for at, exhibit in enumerate(document.exhibits):
            if exhibit.parent:
                path = f"$.document.exhibits[{at}].parent"
                _require(self.exhibits, exhibit.parent, "exhibits", path)
        for at, exhibit in enumerate(document.exhibits):
            _refuse_circle(
                exhibit.id,
                lambda id: [whole] if (whole := self.exhibits[id].parent) else [],
                f"$.document.exhibits[{at}].parent",
            )

    def _require_sources(self) -> None:
        for at, source in enumerate(self.report.sources):
            path = f"$.sources[{at}]"
            if source.actor:
                _require(self.actors, source.actor, "actors", f"{path}.actor")
            if source.part_of:
                _require(self.sources, source.part_of, "sources", f"{path}.part_of")
        for at, source in enumerate(self.report.sources):
            _refuse_circle(
                source.id,
                lambda id: [whole] if (whole := self.sources[id].part_of) else [],
                f"$.sources[{at}].part_of",
            )

    def _require_voices(self) -> None:
        publisher = self.report.document.publisher
        for at, voice in enumerate(self.report.voices):
            path = f"$.voices[{at}].speakers"
            for nth, speaker in enumerate(voice.speakers):
                _require(
                    self.sources, speaker.source, "sources", f"{path}[{nth}].source"
                )
                if speaker.said is not None:
                    self._require_date(speaker.said, None, f"{path}[{nth}].said")
            last = voice.speakers[-1].source
            if last != publisher:
                wanted = f"the document's publisher, {publisher}, as last speaker"
                raise InvalidValueError("speakers", last, wanted, path=path)

    def _require_claim(self, claim: AnyClaim, path: str) -> None:
        _require(self.voices, claim.voice, "voices", f"{path}.voice")
        known: Mapping[str, Any] | None = {
            AboutKind.EVENT: self.events,
            AboutKind.ACTOR: self.actors,
        }.get(claim.about.kind)
        if known is not None:
            what = f"{claim.about.kind.value}s"
            _require(known, claim.about.id, what, f"{path}.about")
        self._require_quote(claim.quote, path)
        for nth, ref in enumerate(claim.refs):
            where = f"{path}.refs[{nth}].claim"
            report, is_outside, local = ref.claim.rpartition("#")
            if not is_outside:
                _require(self.claims, local, "claims", where)
            elif report == self.report.id:
                wanted = f"the local id, {local}, in its own report"
                raise InvalidValueError("claim", ref.claim, wanted, path=where)
        for name, actor in actors_in(claim):
            if actor:
                _require(self.actors, actor, "actors", f"{path}.{name}")
        for name, place in places_in(claim):
            if place:
                _require(self.places, place, "places", f"{path}.{name}")

    def _require_quote(self, quote: Quote | None, path: str) -> None:
        if quote is not None:
            path = f"{path}.quote.exhibit"
            _require(self.exhibits, quote.exhibit, "exhibits", path)

    def _require_no_circle(self, claim: AnyClaim, path: str) -> None:
        _refuse_circle(
            claim.id,
            lambda id: [r.claim for r in self.claims[id].refs if "#" not in r.claim],
            f"{path}.refs",
        )
        _refuse_circle(claim.id, self._dates_before, f"{path}.when.anchor")

    def _dates_before(self, id: str) -> list[str]:
        claim = self.claims[id]
        anchors = _anchors_of(getattr(claim, "when", None))
        if any(anchor.of is AnchorKind.SAID for anchor in anchors):
            # The saying may count from a claim in its turn.
            anchors += _anchors_of(self.voices[claim.voice].speakers[0].said)
        return [anchor.claim for anchor in anchors if anchor.claim in self.claims]

    def _require_date(self, when: When, claim: AnyClaim | None, path: str) -> None:
        self._require_quote(when.quote, path)
        counted = when.against or when.rule
        if counted is None or when.anchor is None:
            return
        anchor = self.date_of(when.anchor, claim, f"{path}.anchor")
        until = None
        if when.until is not None:
            until = self.date_of(when.until, claim, f"{path}.until")
        try:
            wanted = resolve(counted, anchor, until)
        except InvalidValueError as error:
            field, value = error.field, error.value
            raise InvalidValueError(field, value, error.wanted, path=path) from None
        if when.against is None and when.date != wanted:
            by_rule = f"{wanted}, as {counted} counts from {anchor}"
            raise InvalidValueError("date", str(when.date), by_rule, path=path)

    def date_of(
        self, anchor: Anchor, claim: AnyClaim | None, path: str
    ) -> ImpreciseDate:
        if anchor.day is not None:
            return anchor.day
        document = self.report.document
        dated: Any = None
        if anchor.of is AnchorKind.PUBLISHED:
            dated = document.published
        elif anchor.of is AnchorKind.WRITTEN:
            dated = document.written
        elif anchor.of is AnchorKind.CLAIM:
            dated = getattr(self.claims.get(anchor.claim), "when", None)
        elif claim is not None:
            dated = self.voices[claim.voice].speakers[0].said
        if dated is None:
            wanted = f"something with a date: {anchor} has none"
            raise InvalidValueError("anchor", anchor.of.value, wanted, path=path)
        return dated.date  # type: ignore[no-any-return] # Reading and When both have it


def _refuse_circle(start: str, after: Any, path: str) -> None:
    waiting, seen = list(after(start)), set()
    while waiting:
        id = waiting.pop()
        if id == start:
            raise InvalidValueError("id", start, "free of circles", path=path)
        if id not in seen:
            seen.add(id)
            waiting.extend(after(id))


def _anchors_of(when: When | None) -> list[Anchor]:
    return [] if when is None else [one for one in (when.anchor, when.until) if one]


def actors_in(claim: AnyClaim) -> Iterator[tuple[str, str]]:
    """Yield where a claim names actors, and their ids; empty where it names none."""
    if isinstance(claim, PartyIs | MentionIs | ActorIs):
        yield "actor", claim.actor
    if isinstance(claim, PartyIs):
        yield "for", claim.for_
    if isinstance(claim, StageIs | EmbargoIs):
        yield from ((f"by[{nth}]", actor) for nth, actor in enumerate(claim.by))
    if isinstance(claim, GoodsAre):
        yield "item.individual", claim.item.individual
    if isinstance(claim, MentionIs):
        for nth, item in enumerate(claim.items):
            yield f"items[{nth}].individual", item.individual


def places_in(claim: AnyClaim) -> Iterator[tuple[str, str]]:
    """Yield where a claim names places, and their ids; empty where it names none."""
    if isinstance(claim, StageIs):
        yield from (("place", claim.place), ("from", claim.from_), ("to", claim.to))
