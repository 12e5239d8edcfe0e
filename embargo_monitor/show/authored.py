"""Before it is added: what was filled in, and what can never be removed."""

from collections.abc import Iterator, Mapping

from embargo_monitor.authoring import Authored
from embargo_monitor.canonical import canonical_bytes
from embargo_monitor.encoding import body_of
from embargo_monitor.model.actors import Actor, ActorKind
from embargo_monitor.model.records import Correction, Record
from embargo_monitor.model.reports import Report
from embargo_monitor.model.standing import corrected
from embargo_monitor.model.unused import unused
from embargo_monitor.model.voices import Source, SourceKind
from embargo_monitor.show.text import WIDTH, isolated, labelled, number_of


def filled_lines(authored: Authored, width: int = WIDTH) -> Iterator[str]:
    """Give what the library filled in, for a person to read and confirm."""
    yield f"FILLED IN by the library, to be read and confirmed ({len(authored.filled)})"
    column = max((len(one.where) for one in authored.filled), default=0) + 2
    for one in authored.filled:
        what = isolated(one.what)
        yield labelled(isolated(one.where), what, width=width, column=min(column, 30))


def permanent_lines(
    record: Record, by: str, width: int = WIDTH, *, before: Report | None = None
) -> Iterator[str]:
    """Give what can never be removed once the record is added.

    Args:
        record: The record.
        by: Who records it.
        width: Columns.
        before: Of a correction, the report as it stands.
    """
    yield "ONCE ADDED, NOTHING OF THIS CAN EVER BE REMOVED OR CHANGED"
    size = len(canonical_bytes(body_of(record)))
    yield labelled("entry", f"{size:,} bytes and the envelope", width=width)
    yield labelled("recorder", isolated(by), width=width)
    if isinstance(record, Report):
        yield from _of_report(record, width)
    elif isinstance(record, Correction):
        yield from _persons_lines(record, width)
        if before is not None:
            yield from _unused_lines(_left_unused(before, record), width)


def _of_report(report: Report, width: int) -> Iterator[str]:
    yield from _persons_lines(report, width)
    yield from _unused_lines(unused(report), width)
    yield labelled("claims", _claims(report), width=width)
    for exhibit in report.document.exhibits:
        bound = f"{exhibit.id} is bound by its digest; its bytes lie beside the log"
        yield labelled("exhibit", bound, width=width)


def _persons_lines(record: Report | Correction, width: int) -> Iterator[str]:
    persons = _persons(record)
    if persons:
        yield labelled("persons", ", ".join(map(isolated, persons)), width=width)


def _persons(record: Report | Correction) -> list[str]:
    """Return all names of persons, those behind a pseudonym too."""
    actors: list[Actor] = [one for one in record.actors if one.kind is ActorKind.PERSON]
    sources: list[Source] = [
        one
        for one in record.sources
        if one.kind in (SourceKind.PERSON, SourceKind.PEOPLE)
    ]
    persons: tuple[Actor | Source, ...] = (*actors, *sources)
    named = [name.text for one in persons if not one.unnamed for name in one.names]
    return list(dict.fromkeys(named))


def _unused_lines(left: Mapping[str, tuple[str, ...]], width: int) -> Iterator[str]:
    """Name what no claim leads to, so that it is taken out before it is too late."""
    if left:
        ids = "; ".join(f"{table} {', '.join(ids)}" for table, ids in left.items())
        why = "no claim leads to them, and they would stay in the log for ever"
        yield labelled("unused", f"{ids}: {why}", width=width)


def _left_unused(before: Report, record: Correction) -> dict[str, tuple[str, ...]]:
    """Find what nothing uses any more, or yet, once a correction is added."""
    was = unused(before)
    left = {
        table: tuple(id_ for id_ in ids if id_ not in was.get(table, ()))
        for table, ids in unused(corrected(before, record)).items()
    }
    return {table: ids for table, ids in left.items() if ids}


def _claims(report: Report) -> str:
    translated = sum(claim.translation is not None for claim in report.claims)
    noted = sum(bool(claim.note) for claim in report.claims)
    return (
        f"{len(report.claims)}, with"
        f" {number_of(translated, 'translation', 'translations')} and"
        f" {number_of(noted, 'note', 'notes')}"
    )
