"""The tables of a report, from what the analyst wrote: who, where, on whose word."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import partial
from typing import Any

from attrs import evolve, frozen

from embargo_monitor.authoring.choosing import choose, require_known
from embargo_monitor.authoring.faults import Findings, Follows, member
from embargo_monitor.authoring.form import Graded, Made
from embargo_monitor.authoring.hinting import read_amount, read_date
from embargo_monitor.authoring.members import Form
from embargo_monitor.authoring.quoting import Quotable
from embargo_monitor.authoring.written import (
    Names,
    Texts,
    WrittenActor,
    WrittenEvent,
    WrittenName,
    WrittenPlace,
    WrittenReading,
    WrittenSource,
)
from embargo_monitor.errors import InvalidValueError, UnknownNameError
from embargo_monitor.gazetteer import Gazetteer, GazetteerEntry
from embargo_monitor.model.actors import Actor, ActorKind, Place, PlaceKind
from embargo_monitor.model.amounts import Amount
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


def names_of(written: Names) -> tuple[Name, ...]:
    """Make names of what is written by language; the first is the one shown."""
    return tuple(
        _name(language, one)
        for language, several in written.items()
        for one in ((several,) if isinstance(several, str) else several)
    )


def _name(language: str, written: str | WrittenName) -> Name:
    if isinstance(written, str):
        written = WrittenName(text=written)
    kind = choose(NameKind, written.kind, "kind")
    return Name(written.text, language=language, kind=kind)


def titles_of(texts: Texts, own: str) -> tuple[Name, ...]:
    """Make titles of texts by language; what is not in its *own* is a translation."""
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
    return read_amount(text) if text else None


@frozen
class Tables:
    """The tables of a report, by local id; what has a fault is left out."""

    actors: Mapping[str, Actor]
    places: Mapping[str, Place]
    sources: Mapping[str, Source]
    events: Mapping[str, Event]


def read_tables(form: Form, findings: Findings) -> Tables:
    """Read actors, places, sources and events; note what the gazetteer filled in."""

    def read(name: str, members: Mapping[str, Any], one: Any) -> dict[str, Any]:
        made = {}
        for local, written in members.items():
            path = member(f"$.{name}", local)
            if written is not None:
                with findings.at(path):
                    made[local] = one(local, written, path)
        return made

    return Tables(
        read("actors", form.actors, partial(_actor, findings)),
        {
            **read("places", form.places, partial(_place, findings)),
            **_countries_as_places(form, findings),
        },
        read("sources", form.sources, partial(_source, form, findings)),
        read("events", form.events, partial(_event, findings)),
    )


def _actor(findings: Findings, local: str, written: WrittenActor, path: str) -> Actor:
    read = findings.gather(
        path,
        entry=lambda: _entry(local, written),
        kind=lambda: choose(ActorKind, written.kind, "kind") if written.kind else None,
        names=lambda: names_of(written.names),
        country=lambda: _country(written.country),
        same_as=lambda: _identifiers(written.same_as),
        count=lambda: _amount(written.count),
    )
    entry = read["entry"]
    if entry is not None:
        what = f"{entry.name.text} ({entry.kind.value}), from the gazetteer"
        if written.kind and read["kind"] is not _kind_of(entry):
            what += f"; of another kind there than here, {written.kind}"
        findings.fill(f"actors.{local}", what)
    return Actor(
        local,
        read["kind"] or _kind_of(entry),
        names=read["names"] or ((entry.name,) if entry else ()),
        country=read["country"] or (entry.country if entry else ""),
        same_as=read["same_as"] + (_known_as(entry) if entry else ()),
        count=read["count"],
        unnamed=written.unnamed,
        public=written.public,
        pseudonym=written.pseudonym,
        note=written.note,
    )


def _entry(local: str, written: WrittenActor) -> GazetteerEntry | None:
    """Find the entry of an actor; None for one that the form describes by itself."""
    if not written.gazetteer and written.kind and written.names:
        return None
    return Gazetteer.bundled().get(written.gazetteer or local)


def _kind_of(entry: GazetteerEntry) -> ActorKind:
    return ActorKind.STATE if entry.kind.is_country else ActorKind(entry.kind.value)


def _known_as(entry: GazetteerEntry) -> tuple[Identifier, ...]:
    return (Identifier(Scheme.GAZETTEER, entry.id),)


def _place(findings: Findings, local: str, written: WrittenPlace, path: str) -> Place:
    read = findings.gather(
        path,
        kind=lambda: choose(PlaceKind, written.kind, "kind"),
        names=lambda: names_of(written.names),
        country=lambda: _country(written.country),
        same_as=lambda: _identifiers(written.same_as),
    )
    return Place(local, offset=written.offset, **read)


def _countries_as_places(form: Form, findings: Findings) -> dict[str, Place]:
    made: dict[str, Place] = {}
    for line in form.lines:
        places = (line.row.place, line.row.from_, line.row.to) if line.row else ()
        for local in filter(None, places):
            if local not in form.places and local not in made:
                with findings.at(line.path):
                    made[local] = _country_as_place(local, form.places, findings)
    return made


def _country_as_place(id: str, known: Iterable[str], findings: Findings) -> Place:
    try:
        entry = Gazetteer.bundled().get(id)
    except UnknownNameError as error:
        near = (*get_close_matches(id, list(known)), *error.near)
        raise UnknownNameError("place", id, near) from None
    if not entry.kind.is_country:
        wanted = "a place of the report or a country of the gazetteer"
        raise InvalidValueError("place", id, wanted)
    findings.fill(f"places.{id}", f"{entry.name.text} (country), from the gazetteer")
    return Place(
        id,
        PlaceKind.COUNTRY,
        names=(entry.name,),
        country=id,
        same_as=_known_as(entry),
    )


def _source(
    form: Form, findings: Findings, local: str, written: WrittenSource, path: str
) -> Source:
    graded = form.outer.graded
    read = findings.gather(
        path,
        actor=lambda: _optional("actor", written.actor, form.actors),
        part_of=lambda: _optional("source", written.part_of, form.sources),
        kind=lambda: choose(SourceKind, _source_kind(form, written), "kind"),
        names=lambda: names_of(written.names),
        side=lambda: choose(Side, written.side, "side"),
        nationality=lambda: _country(written.nationality),
        count=lambda: _amount(written.count),
        state=lambda: choose(DocumentState, written.state, "state"),
        mandate=lambda: choose(Mandate, written.mandate, "mandate"),
        same_as=lambda: _identifiers(written.same_as),
        reliability=lambda: _reliability(written.reliability, graded, findings),
    )
    if not written.kind:
        findings.fill(f"sources.{local}.kind", "person, as its actor is")
    return Source(
        local,
        unnamed=written.unnamed,
        public=written.public,
        pseudonym=written.pseudonym,
        note=written.note,
        **read,
    )


def _optional(what: str, id: str, known: Iterable[str]) -> str:
    return require_known(what, id, known) if id else ""


def _source_kind(form: Form, written: WrittenSource) -> str:
    """Return the kind as written, or person where the actor that speaks is one."""
    if written.kind or written.actor not in form.actors:
        return written.kind
    actor = form.actors[written.actor]
    if actor is None:
        raise Follows
    return actor.kind if actor.kind == ActorKind.PERSON.value else ""


def check_makers(form: Form, findings: Findings) -> None:
    """Tell what is wrong with who translated and who graded, used or not."""
    made, graded = form.outer.translations, form.outer.graded
    with findings.at("$"):
        translation_of("..." if made else "", made, findings)
    if graded is not None:
        with findings.at("$"):
            graded_by(graded, findings)


def graded_by(graded: Graded | None, findings: Findings) -> Graded:
    """Return who graded and when.

    Raises:
        Follows: Nobody is named, though a grade is somebody's; or not as one must be.
    """
    with findings.at("$.graded"):
        if graded is None:
            wanted = "given where anything is graded: who, and on which day"
            raise InvalidValueError("graded", None, wanted)
        ReliabilityGrade(Reliability.F, by=graded.by, on=graded.on)
        return graded
    raise Follows


def _reliability(
    grade: str, graded: Graded | None, findings: Findings
) -> ReliabilityGrade | None:
    if not grade:
        return None
    judged = choose(Reliability, grade, "reliability")
    who = graded_by(graded, findings)
    return ReliabilityGrade(judged, by=who.by, on=who.on)


def translation_of(
    text: str, made: Made | None, findings: Findings
) -> Translation | None:
    """Return *text* as a translation, by whom the form says; None for no text.

    Raises:
        Follows: The form does not say who translated, or not as it must.
    """
    if not text:
        return None
    maker = None
    with findings.at("$.translations"):
        if made is None:
            wanted = "given where anything is translated: language, method, by"
            raise InvalidValueError("translations", None, wanted)
        method = choose(Translator, made.method, "method")
        maker = Translation("...", language=made.language, method=method, by=made.by)
    if maker is None:
        raise Follows
    return evolve(maker, text=text)


def _event(findings: Findings, local: str, written: WrittenEvent, path: str) -> Event:
    read = findings.gather(path, kind=lambda: choose(EventKind, written.kind, "kind"))
    return Event(local, title=written.title, **read)


def read_document(
    form: Form,
    exhibits: tuple[Exhibit, ...],
    texts: Quotable,
    findings: Findings,
) -> Document | None:
    """Read the document; None when it has a fault."""
    written = form.document
    if written is None:
        return None
    with findings.at("$.document"):
        read = findings.gather(
            "$.document",
            titles=lambda: titles_of(written.titles, written.language),
            publisher=lambda: require_known("source", written.publisher, form.sources),
            published=lambda: _reading(written.published, texts),
            written=lambda: _reading(written.written, texts),
            other_readings=lambda: tuple(
                _reading(one, texts) for one in written.other_readings
            ),
            same_as=lambda: _identifiers(written.same_as),
        )
        return Document(
            language=written.language, exhibits=exhibits, note=written.note, **read
        )
    return None


def _reading(written: WrittenReading | None, texts: Quotable) -> Reading | None:
    if written is None:
        return None
    basis = choose(Basis, written.basis, "basis")
    if basis is Basis.PRINTED and written.wording:
        texts.holding(written.wording)
    return Reading(
        read_date(written.date),
        basis,
        wording=written.wording,
        reason=written.reason,
    )
