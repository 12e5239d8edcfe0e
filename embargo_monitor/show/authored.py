"""Before it is added: what was filled in, and what can never be removed."""

from collections.abc import Iterator

from embargo_monitor.authoring import Authored
from embargo_monitor.canonical import canonical_bytes
from embargo_monitor.encoding import body_of
from embargo_monitor.model.actors import Actor, ActorKind
from embargo_monitor.model.records import Record
from embargo_monitor.model.reports import Report
from embargo_monitor.model.voices import Source, SourceKind
from embargo_monitor.show.text import WIDTH, isolated, labelled, number_of


def filled_lines(authored: Authored, width: int = WIDTH) -> Iterator[str]:
    """Give what the library filled in, for a person to read and confirm."""
    yield f"FILLED IN by the library, to be read and confirmed ({len(authored.filled)})"
    column = max((len(one.where) for one in authored.filled), default=0) + 2
    for one in authored.filled:
        what = isolated(one.what)
        yield labelled(isolated(one.where), what, width=width, column=min(column, 30))


def permanent_lines(record: Record, by: str, width: int = WIDTH) -> Iterator[str]:
    """Give what can never be removed once the record is added."""
    yield "ONCE ADDED, NOTHING OF THIS CAN EVER BE REMOVED OR CHANGED"
    size = len(canonical_bytes(body_of(record)))
    yield labelled("entry", f"{size:,} bytes and the envelope", width=width)
    yield labelled("recorder", isolated(by), width=width)
    if isinstance(record, Report):
        yield from _of_report(record, width)


def _of_report(report: Report, width: int) -> Iterator[str]:
    persons = _persons(report)
    if persons:
        yield labelled("persons", ", ".join(map(isolated, persons)), width=width)
    yield labelled("claims", _claims(report), width=width)
    for exhibit in report.document.exhibits:
        bound = f"{exhibit.id} is bound by its digest; its bytes lie beside the log"
        yield labelled("exhibit", bound, width=width)


def _persons(report: Report) -> list[str]:
    """Return the names of persons, those behind a pseudonym too."""
    actors: list[Actor] = [one for one in report.actors if one.kind is ActorKind.PERSON]
    sources: list[Source] = [
        one
        for one in report.sources
        if one.kind in (SourceKind.PERSON, SourceKind.PEOPLE) and one.names
    ]
    persons: tuple[Actor | Source, ...] = (*actors, *sources)
    named = [one.names[0].text for one in persons if not one.unnamed]
    return list(dict.fromkeys(named))


def _claims(report: Report) -> str:
    translated = sum(claim.translation is not None for claim in report.claims)
    noted = sum(bool(claim.note) for claim in report.claims)
    return (
        f"{len(report.claims)}, with"
        f" {number_of(translated, 'translation', 'translations')} and"
        f" {number_of(noted, 'note', 'notes')}"
    )
