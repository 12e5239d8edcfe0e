"""The tables of a report, from what the analyst wrote: who, where, on whose word."""

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from embargo_monitor.authoring.faults import Findings
from embargo_monitor.authoring.form import (
    Graded,
    Made,
    Texts,
    WrittenActor,
    WrittenDocument,
    WrittenPlace,
    WrittenReading,
    WrittenReport,
    WrittenSource,
)
from embargo_monitor.errors import AuthoringError, InvalidValueError
from embargo_monitor.gazetteer import Gazetteer
from embargo_monitor.model.actors import Actor, ActorKind, Place, PlaceKind
from embargo_monitor.model.amounts import Amount
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.documents import Basis, Document, Reading
from embargo_monitor.model.events import Event, EventKind
from embargo_monitor.model.grades import Reliability, ReliabilityGrade
from embargo_monitor.model.identifiers import Identifier, Scheme
from embargo_monitor.model.names import Name, NameKind
from embargo_monitor.model.quotes import Exhibit, Translation, Translator
from embargo_monitor.model.voices import (
    DocumentState,
    Mandate,
    Side,
    Source,
    SourceKind,
)


def choose(enum: Any, value: str, field: str) -> Any:
    """Return the member of *enum* with that value.

    Raises:
        InvalidValueError: It has none; the message names those it has.
    """
    members = {member.value: member for member in enum}
    if value not in members:
        raise InvalidValueError(field, value, f"one of {', '.join(members)}")
    return members[value]


def names_of(texts: Texts, own: str = "") -> tuple[Name, ...]:
    """Make names of texts by language.

    Args:
        texts: The texts, the first is the one shown.
        own: The language of the original; what is in another one is a translation.
            Empty when every name is its own.
    """
    return tuple(
        Name(
            text,
            language=language,
            kind=NameKind.TRANSLATED if own not in ("", language) else NameKind.OWN,
        )
        for language, text in texts.items()
    )


def _identifiers(written: Iterable[str]) -> tuple[Identifier, ...]:
    return tuple(Identifier.parse(one) for one in written)


def _country(id: str) -> str:
    """Return the id of a country, or nothing for nothing.

    Raises:
        UnknownNameError: The gazetteer has no such entry.
        InvalidValueError: It has one, which is no country.
    """
    if id and not Gazetteer.bundled().get(id).kind.is_country:
        raise InvalidValueError("country", id, "a country of the gazetteer")
    return id


def _amount(text: str) -> Amount | None:
    return Amount.parse(text) if text else None


@frozen
class Tables:
    """The tables of a report, by local id."""

    actors: Mapping[str, Actor]
    places: Mapping[str, Place]
    sources: Mapping[str, Source]
    events: Mapping[str, Event]


def read_tables(written: WrittenReport, findings: Findings) -> Tables:
    """Read actors, places, sources and events; note what the gazetteer filled in."""
    return Tables(
        _actors(written, findings),
        _places(written, findings),
        _sources(written, findings),
        _events(written, findings),
    )


def _actors(written: WrittenReport, findings: Findings) -> dict[str, Actor]:
    made = {}
    for local, actor in written.actors.items():
        with findings.at(f"$.actors.{local}"):
            made[local] = _actor(local, actor, findings)
    return made


def _actor(local: str, actor: WrittenActor, findings: Findings) -> Actor:
    known: dict[str, Any] = {}
    if actor.gazetteer or not (actor.kind and actor.names):
        known = _from_gazetteer(actor.gazetteer or local, f"actors.{local}", findings)
    same_as = _identifiers(actor.same_as) + known.get("same_as", ())
    return Actor(
        local,
        choose(ActorKind, actor.kind or known["kind"], "kind"),
        names=names_of(actor.names) or known["names"],
        country=_country(actor.country) or known.get("country", ""),
        same_as=same_as,
        count=_amount(actor.count),
        unnamed=actor.unnamed,
        public=actor.public,
        pseudonym=actor.pseudonym,
        note=actor.note,
    )


def _from_gazetteer(id: str, where: str, findings: Findings) -> dict[str, Any]:
    entry = Gazetteer.bundled().get(id)
    findings.fill(where, f"{entry.name.text} ({entry.kind.value}), from the gazetteer")
    return {
        "kind": "state" if entry.kind.is_country else entry.kind.value,
        "names": (entry.name,),
        "country": entry.country,
        "same_as": (Identifier(Scheme.GAZETTEER, entry.id),),
    }


def _places(written: WrittenReport, findings: Findings) -> dict[str, Place]:
    made = {}
    for local, place in written.places.items():
        with findings.at(f"$.places.{local}"):
            made[local] = _place(local, place)
    for row in written.claims:
        for local in filter(None, (row.place, row.from_, row.to)):
            if local not in written.places and local not in made:
                with findings.at(f"$.places.{local}"):
                    made[local] = _country_as_place(local, findings)
    return made


def _place(local: str, place: WrittenPlace) -> Place:
    return Place(
        local,
        choose(PlaceKind, place.kind, "kind"),
        names=names_of(place.names),
        country=_country(place.country),
        offset=place.offset,
        same_as=_identifiers(place.same_as),
    )


def _country_as_place(id: str, findings: Findings) -> Place:
    entry = Gazetteer.bundled().get(id)
    if not entry.kind.is_country:
        wanted = "a place of the report or a country of the gazetteer"
        raise InvalidValueError("place", id, wanted)
    findings.fill(f"places.{id}", f"{entry.name.text} (country), from the gazetteer")
    return Place(
        id,
        PlaceKind.COUNTRY,
        names=(entry.name,),
        country=id,
        same_as=(Identifier(Scheme.GAZETTEER, id),),
    )


def _sources(written: WrittenReport, findings: Findings) -> dict[str, Source]:
    made = {}
    for local, source in written.sources.items():
        with findings.at(f"$.sources.{local}"):
            made[local] = _source(local, source, written, findings)
    return made


def _source(
    local: str, source: WrittenSource, written: WrittenReport, findings: Findings
) -> Source:
    kind = source.kind
    actor = written.actors.get(source.actor)
    if not kind and actor is not None and actor.kind == "person":
        kind = "person"
        findings.fill(f"sources.{local}.kind", "person, as its actor is")
    return Source(
        local,
        choose(SourceKind, kind, "kind"),
        names=names_of(source.names),
        unnamed=source.unnamed,
        side=choose(Side, source.side, "side"),
        nationality=_country(source.nationality),
        count=_amount(source.count),
        part_of=source.part_of,
        actor=source.actor,
        state=choose(DocumentState, source.state, "state"),
        mandate=choose(Mandate, source.mandate, "mandate"),
        same_as=_identifiers(source.same_as),
        reliability=_reliability(source.reliability, written.graded),
        public=source.public,
        pseudonym=source.pseudonym,
        note=source.note,
    )


def require_graded(graded: Graded | None) -> Graded:
    """Return who graded and when.

    Raises:
        InvalidValueError: Nobody is named; a grade is somebody's.
    """
    if graded is None:
        wanted = "given where anything is graded: who, and on which day"
        raise InvalidValueError("graded", None, wanted)
    return graded


def _reliability(grade: str, graded: Graded | None) -> ReliabilityGrade | None:
    if not grade:
        return None
    who = require_graded(graded)
    return ReliabilityGrade(
        choose(Reliability, grade, "reliability"), by=who.by, on=who.on
    )


def translation_of(text: str, made: Made | None) -> Translation | None:
    """Return *text* as a translation, by whom the form says; None for no text.

    Raises:
        InvalidValueError: The form does not say who translated.
    """
    if not text:
        return None
    if made is None:
        wanted = "given where anything is translated: language, method, by"
        raise InvalidValueError("translations", None, wanted)
    method = choose(Translator, made.method, "method")
    return Translation(text, language=made.language, method=method, by=made.by)


def _events(written: WrittenReport, findings: Findings) -> dict[str, Event]:
    made = {}
    for local, event in written.events.items():
        with findings.at(f"$.events.{local}"):
            kind = choose(EventKind, event.kind, "kind")
            made[local] = Event(local, kind, title=event.title)
    return made


def read_document(
    written: WrittenDocument,
    exhibits: tuple[Exhibit, ...],
    texts: Mapping[str, str],
    findings: Findings,
) -> Document:
    """Read the document.

    Raises:
        AuthoringError: It has a fault, or something before it had one.
    """
    with findings.at("$.document"):
        _require_printed(written, texts)
        return Document(
            titles=names_of(written.titles, own=written.language),
            language=written.language,
            publisher=written.publisher,
            published=_reading(written.published),
            written=_reading(written.written),
            other_readings=tuple(filter(None, map(_reading, written.other_readings))),
            exhibits=exhibits,
            same_as=_identifiers(written.same_as),
            note=written.note,
        )
    raise AuthoringError(*findings.faults)


def _require_printed(written: WrittenDocument, texts: Mapping[str, str]) -> None:
    readings = (written.published, written.written, *written.other_readings)
    for reading in filter(None, readings):
        printed = any(reading.wording in text for text in texts.values())
        if texts and reading.basis == Basis.PRINTED.value and not printed:
            wanted = "words that stand in the exhibit"
            raise InvalidValueError("wording", reading.wording, wanted)


def _reading(written: WrittenReading | None) -> Reading | None:
    if written is None:
        return None
    return Reading(
        ImpreciseDate(written.date),
        choose(Basis, written.basis, "basis"),
        wording=written.wording,
        reason=written.reason,
    )
