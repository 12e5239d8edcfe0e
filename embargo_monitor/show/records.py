"""An entry of the log, as a person reads it."""

from collections.abc import Iterator
from typing import Any

from embargo_monitor.canonical import JsonValue
from embargo_monitor.encoding import body_of
from embargo_monitor.logged import Logged
from embargo_monitor.model.about import About, AboutKind
from embargo_monitor.model.documents import Basis, Reading
from embargo_monitor.model.events import Event
from embargo_monitor.model.origins import origins
from embargo_monitor.model.records import Record
from embargo_monitor.model.relevances import RelevanceRecord
from embargo_monitor.model.reports import Report
from embargo_monitor.model.unused import unused
from embargo_monitor.model.views import (
    counted,
    disputes,
    stages,
    told_in,
)
from embargo_monitor.model.voices import DocumentState, Mandate, Side, Source
from embargo_monitor.show.claims import ClaimPrinter, Texts
from embargo_monitor.show.dates import date_line, when_lines
from embargo_monitor.show.relevances import relevance_lines
from embargo_monitor.show.summary import dispute_line, origins_line, summary_lines
from embargo_monitor.show.text import (
    WIDTH,
    cited,
    isolated,
    labelled,
    named,
    remark,
    wrapped,
)


def entry_lines(logged: Logged, texts: Texts, width: int = WIDTH) -> Iterator[str]:
    """Give an entry as a person reads it.

    Args:
        logged: The entry.
        texts: Its exhibits' texts, by local id.
        width: Columns.
    """
    yield from head_lines(logged, width)
    envelope, record = logged.entry.envelope, logged.entry.record
    if record is None:
        yield labelled(
            "body",
            f"{envelope.kind} in version {envelope.kv} (envelope {envelope.v}):"
            " needs a newer version of embargo_monitor to be read; kept and verified",
            width=width,
        )
    else:
        yield from record_lines(record, texts, width)


def head_lines(logged: Logged, width: int = WIDTH) -> Iterator[str]:
    """Give where an entry stands, who recorded it when, and its leaf hash."""
    envelope = logged.entry.envelope
    yield f"ENTRY {logged.index}  {envelope.kind} {envelope.id}"
    yield labelled(
        "recorded",
        f"{envelope.recorded:%Y-%m-%dT%H:%M:%SZ} by {remark(envelope.by)}",
        width=width,
    )
    yield labelled("leaf", logged.leaf.hex(), width=width)


def record_lines(record: Record, texts: Texts, width: int = WIDTH) -> Iterator[str]:
    """Give a record as a person reads it: a report in words, others by field."""
    if isinstance(record, Report):
        yield from report_lines(record, texts, width)
        return
    if isinstance(record, RelevanceRecord):
        yield from relevance_lines(record, width)
        return
    yield labelled(record.kind, record.id, width=width)
    for name, value in sorted(body_of(record).items()):
        label = name.replace("_", " ")
        yield labelled(label, _plain(value), width=width, column=13)


def _plain(value: JsonValue) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_plain(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return named(str(value))


def report_lines(report: Report, texts: Texts, width: int = WIDTH) -> Iterator[str]:
    """Give a report as a person reads it: the document, then event by event."""
    yield from _document_lines(report, width)
    yield ""
    yield from summary_lines(report, width)
    yield ""
    yield from wrapped(
        "IN FULL: what is reported, not what is so. Every claim stands below"
        " those on whose word it is: the first known speaker first, then who passed it"
        " on. A “?” after a speaker: the text does not settle who says it.",
        "",
        width,
    )
    printer = ClaimPrinter(report, texts, width=width)
    for event in report.events:
        yield ""
        yield from event_lines(event, report, printer)
    yield from _others(report, printer)
    yield ""
    yield from _source_lines(report, width)
    yield from _unused_lines(report, width)


def _document_lines(report: Report, width: int) -> Iterator[str]:
    document = report.document
    for title in document.titles:
        language = f"{title.language}: " if title.language else ""
        kind = "" if title.kind.value == "own" else f" [{title.kind.value}]"
        yield labelled("document", f"{language}{remark(title.text)}{kind}", width=width)
    publisher = next(one for one in report.sources if one.id == document.publisher)
    yield labelled("publisher", source_name(report, publisher), width=width)
    readings = (("published", document.published), ("written", document.written))
    for label, reading in readings:
        if reading is not None:
            yield labelled(label, reading_line(reading), width=width)
    for reading in document.other_readings:
        yield labelled("other date", reading_line(reading), width=width)
    for identifier in document.same_as:
        yield labelled("same as", isolated(str(identifier)), width=width)
    if report.repeats:
        yield labelled("repeats", f"report {isolated(report.repeats)}", width=width)
    for exhibit in document.exhibits:
        text = f"{exhibit.id}, {exhibit.media_type}, {exhibit.size:,} bytes"
        yield labelled("exhibit", f"{text}, {exhibit.handling.value}", width=width)
        yield labelled("", exhibit.digest, width=width)
    for note in filter(None, (document.note, report.note)):
        yield labelled("note", f"[ours] {remark(note)}", width=width)


def reading_line(reading: Reading) -> str:
    """Say a reading of a document's date: where it was read, and why."""
    reason = f": {remark(reading.reason)}" if reading.reason else ""
    wording = f" ({cited(reading.wording)})" if reading.wording else ""
    basis = "INFERRED by the logger" if reading.basis is Basis.INFERRED else ""
    return f"{date_line(reading.date)}, {basis or reading.basis.value}{wording}{reason}"


def event_lines(event: Event, report: Report, printer: ClaimPrinter) -> Iterator[str]:
    """Give one event of one report: what is agreed and disputed, then its claims."""
    told = told_in(report, About(AboutKind.EVENT, event.id))
    yield f"EVENT {report.id}#{event.id}  ({event.kind.value}) {remark(event.title)}"
    found = origins(stages(counted(told, printer.around)))
    yield labelled("origins", origins_line(found), width=printer.width)
    for dispute in disputes(told, beside=printer.around):
        yield labelled("disputes", dispute_line(dispute), width=printer.width)
    yield from printer.lines(told)


def _others(report: Report, printer: ClaimPrinter) -> Iterator[str]:
    """Give the claims about actors and regimes."""
    told = tuple(
        one for one in told_in(report) if one.claim.about.kind is not AboutKind.EVENT
    )
    if told:
        yield ""
        yield "ACTORS AND REGIMES"
        for one in told:
            yield f"  {named(_subject(report, one.claim.about))}"
            yield from (f"  {line}" for line in printer.lines((one,)))


def _subject(report: Report, about: About) -> str:
    names = {actor.id: actor.names[0].text for actor in report.actors}
    return names.get(about.id, about.id)


def _source_lines(report: Report, width: int) -> Iterator[str]:
    yield "SOURCES (our grade of each, A to F; F: cannot be judged)"
    for source in report.sources:
        yield labelled(_grade(source), source_line(report, source), width=width)
    for voice in report.voices:
        for speaker in voice.speakers:
            if speaker.said is not None:
                name = next(one for one in report.sources if one.id == speaker.source)
                [date, *rests] = when_lines(report, speaker.said, None)
                yield f"  {source_name(report, name)} spoke on"
                for line in (date, *rests):
                    yield labelled("", line, width=width)


def _grade(source: Source) -> str:
    return source.reliability.grade.value if source.reliability else "not graded"


def source_line(report: Report, source: Source) -> str:
    """Say a source: its name, and all that is told of it but our grade."""
    parts = [
        f"{source_name(report, source)}: {source.kind.value}",
        "unnamed" if source.unnamed else "",
        str(source.count or ""),
        f"{source.side.value} side" if source.side is not Side.NOT_SAID else "",
        f"nationality {source.nationality}" if source.nationality else "",
        f"part of {source.part_of}" if source.part_of else "",
        source.state.value if source.state is not DocumentState.NOT_A_DOCUMENT else "",
        f"mandate: {source.mandate.value}"
        if source.mandate is not Mandate.NONE
        else "",
        *map(str, source.same_as),
        f"our note: {remark(source.note)}" if source.note else "",
    ]
    return "; ".join(filter(None, parts))


def _unused_lines(report: Report, width: int) -> Iterator[str]:
    """Give what no claim leads to: it is in the log all the same."""
    left = unused(report)
    if left:
        yield ""
        yield "NAMED BY NO CLAIM, and in the log all the same"
    for table, ids in left.items():
        for row in getattr(report, table):
            if row.id in ids:
                told = f"{row.id}: {_row(report, table, row)}"
                yield labelled(table.removesuffix("s"), told, width=width)


def _row(report: Report, table: str, row: Any) -> str:
    if table == "sources":
        return source_line(report, row)
    if table == "events":
        return f"{row.kind.value}; {remark(row.title)}"
    if table == "voices":
        by_id = {one.id: one for one in report.sources}
        speakers = (by_id[one.source] for one in row.speakers)
        return " > ".join(source_name(report, one) for one in speakers)
    names = ", ".join(named(name.text) for name in row.names)
    note = f"; our note: {remark(row.note)}" if getattr(row, "note", "") else ""
    return f"{row.kind.value}; {names}{note}"


def source_name(report: Report, source: Source) -> str:
    """Return the name of a source, or of the actor that speaks."""
    names: tuple[Any, ...] = source.names
    if not names:
        names = next(one.names for one in report.actors if one.id == source.actor)
    return named(names[0].text)
