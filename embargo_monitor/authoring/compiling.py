"""An authoring file as a whole: exhibits read, voices chained, a report made."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from embargo_monitor.authoring.dating import Datable, Dating
from embargo_monitor.authoring.exhibits import (
    Attached,
    Read,
    files_in,
    read_exhibits,
    texts_of,
)
from embargo_monitor.authoring.faults import Filled, Findings
from embargo_monitor.authoring.form import (
    FORM_VERSION,
    WrittenReport,
    WrittenSpeaker,
)
from embargo_monitor.authoring.rows import Rows, dated_part, row_ids
from embargo_monitor.authoring.tables import Tables, choose, read_document, read_tables
from embargo_monitor.canonical import JsonValue, read_json
from embargo_monitor.errors import (
    AuthoringError,
    EncodingError,
    InvalidValueError,
    NewerVersionError,
)
from embargo_monitor.model.claims import AnyClaim
from embargo_monitor.model.documents import Document
from embargo_monitor.model.reports import Report
from embargo_monitor.model.stances import Known, RelayStance
from embargo_monitor.model.voices import Speaker, Voice
from embargo_monitor.model.when import When
from embargo_monitor.structuring import structure


@frozen
class Authored:
    """A report, the exhibits it rests on, and all that was filled in.

    Attributes:
        report: The report.
        exhibits: Their bytes, by digest.
        filled: What the library filled in, in the order of the file.
    """

    report: Report
    exhibits: Mapping[str, Attached]
    filled: tuple[Filled, ...]


def author(written: JsonValue, *, read: Read) -> Authored:
    """Make a report of what an analyst wrote.

    Args:
        written: The authoring form as a JSON value.
        read: Returns the bytes of an exhibit's or salt's file.

    Raises:
        NewerVersionError: The form is of a newer version; upgrade the library.
        AuthoringError: It cannot be logged; every fault with its path.
    """
    form = _form(written)
    findings = Findings()
    attached, exhibits = read_exhibits(form, read, findings)
    texts = texts_of(exhibits, attached)
    tables = read_tables(form, findings)
    document = read_document(form.document, exhibits, texts, findings)
    findings.require_none()
    voices, dating = _voices(form, document, texts, findings)
    claims = Rows(form, tables, texts, dating, findings).claims()
    findings.require_none()
    report = _hung_together(form, document, tables, voices, claims)
    return Authored(report, attached, tuple(findings.filled))


def _hung_together(
    form: WrittenReport,
    document: Document,
    tables: Tables,
    voices: tuple[Voice, ...],
    claims: tuple[AnyClaim, ...],
) -> Report:
    parts: dict[str, tuple[Any, ...]] = {
        "actors": tuple(tables.actors.values()),
        "places": tuple(tables.places.values()),
        "sources": tuple(tables.sources.values()),
        "voices": voices,
        "events": tuple(tables.events.values()),
        "claims": claims,
    }
    try:
        return Report(
            form.report,
            document=document,
            repeats=form.repeats,
            note=form.note,
            **parts,
        )
    except InvalidValueError as error:
        bare = str(error).removeprefix(f"{error.path}: ")
        raise AuthoringError(f"{_as_written(error.path, parts)}: {bare}") from None


def _as_written(path: str, parts: Mapping[str, tuple[Any, ...]]) -> str:
    """Turn a place in the report into one in the form, where tables have ids."""
    match = re.fullmatch(r"\$\.(\w+)\[(\d+)\](.*)", path)
    if match is None or match[1] not in parts:
        return path or "$"
    return f"$.{match[1]}.{parts[match[1]][int(match[2])].id}{match[3]}"


def author_file(path: Path) -> Authored:
    """Make a report of an authoring file; exhibits lie in its folder.

    Raises:
        NewerVersionError: The form is of a newer version; upgrade the library.
        AuthoringError: It cannot be logged; every fault with file and path.
        OSError: The file cannot be read.
    """
    try:
        written = read_json(path.read_bytes())
        return author(written, read=files_in(path.parent))
    except NewerVersionError as error:
        raise error.in_file(str(path)) from None
    except (EncodingError, AuthoringError) as error:
        raise AuthoringError(*error.faults, file=str(path)) from None


def _form(written: JsonValue) -> WrittenReport:
    version = written.get("form") if isinstance(written, dict) else None
    if isinstance(version, int) and version > FORM_VERSION:
        raise NewerVersionError("authoring form", version)
    try:
        return structure(written, WrittenReport, "$")
    except EncodingError as error:
        raise AuthoringError(*error.faults) from None


def _voices(
    form: WrittenReport,
    document: Document,
    texts: Mapping[str, str],
    findings: Findings,
) -> tuple[tuple[Voice, ...], Dating]:
    dating = _dating(form, document, texts, {}, findings)
    voices = []
    for local, written in form.voices.items():
        with findings.at(f"$.voices.{local}"):
            speakers = tuple(_speaker(one, local, dating) for one in written)
            voices.append(Voice(local, speakers))
    said = {
        voice.id: when
        for voice in voices
        if (when := voice.speakers[0].said) is not None
    }
    return tuple(voices), _dating(form, document, texts, said, findings)


def _dating(
    form: WrittenReport,
    document: Document,
    texts: Mapping[str, str],
    said: Mapping[str, When],
    findings: Findings,
) -> Dating:
    rows = {
        id_: f"{id_}.{dated_part(row)}"
        for id_, row in zip(row_ids(form), form.claims, strict=True)
        if dated_part(row)
    }
    claims = {
        rows[id_]: Datable(f"claims.{id_}.when", row.when, row.voice)
        for id_, row in zip(row_ids(form), form.claims, strict=True)
        if id_ in rows and row.when is not None
    }
    return Dating(document, texts, said, claims, rows, form.translations, findings)


def _speaker(written: str | WrittenSpeaker, voice: str, dating: Dating) -> Speaker:
    if isinstance(written, str):
        source, unclear, _ = written.partition("?")
        return Speaker(source, known=Known.UNCLEAR if unclear else Known.STATED)
    said = None
    if written.said is not None:
        where = f"voices.{voice}.{written.source}.said"
        said = dating.read(Datable(where, written.said))
    return Speaker(
        written.source,
        stance=choose(RelayStance, written.stance, "stance"),
        said=said,
        known=choose(Known, written.known, "known"),
    )
