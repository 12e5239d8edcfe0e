"""An authoring file as a whole: exhibits read, voices chained, a report made."""

import re
from functools import partial
from pathlib import Path

from embargo_monitor.authoring.choosing import choose, require_known
from embargo_monitor.authoring.dating import Dating, said_by
from embargo_monitor.authoring.exhibits import (
    Read,
    files_in,
    read_exhibits,
    texts_of,
)
from embargo_monitor.authoring.faults import Findings, member, told_of
from embargo_monitor.authoring.form import MAX_FORM
from embargo_monitor.authoring.given import Authored
from embargo_monitor.authoring.members import Form, Line, read_form
from embargo_monitor.authoring.rows import Rows
from embargo_monitor.authoring.tables import (
    Tables,
    check_makers,
    read_document,
    read_tables,
)
from embargo_monitor.authoring.written import WrittenSpeaker
from embargo_monitor.canonical import JsonValue, read_json
from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.claims import AnyClaim
from embargo_monitor.model.documents import Document
from embargo_monitor.model.reports import Report
from embargo_monitor.model.stances import Known, RelayStance
from embargo_monitor.model.voices import Speaker, Voice


def author(written: JsonValue, *, read: Read) -> Authored:
    """Make a report of what an analyst wrote.

    Args:
        written: The authoring form as a JSON value.
        read: Returns the bytes of an exhibit's or salt's file.

    Raises:
        NewerVersionError: The form is of a newer version; upgrade the library.
        AuthoringError: It cannot be logged; every fault with its path.
    """
    findings = Findings()
    form = read_form(written, findings)
    check_makers(form, findings)
    bound = read_exhibits(form, read, findings)
    tables = read_tables(form, findings)
    held = [one for one in bound.values() if one]
    exhibits = tuple(one.exhibit for one in held)
    texts = texts_of(form, bound)
    document = read_document(form, exhibits, texts, findings)
    dating = Dating(form, document, texts, findings)
    voices = _voices(form, dating, findings)
    claims = Rows(form, texts, dating, findings).claims()
    findings.require_none()
    assert document is not None  # noqa: S101 (None only with a fault)
    try:
        report = _report(form, document, tables, voices, claims)
    except InvalidValueError as error:
        path = _in_form(error.path, form, [line for line, _ in claims])
        bare = InvalidValueError(error.field, error.value, error.wanted)
        findings.faults.append(f"{path}: {bare}")
        raise findings.refusal() from None
    return Authored(
        report,
        {one.exhibit.digest: one.attached for one in held},
        tuple(findings.filled),
    )


def author_file(path: Path) -> Authored:
    """Make a report of an authoring file; exhibits lie in its folder.

    Raises:
        NewerVersionError: The form is of a newer version; upgrade the library.
        AuthoringError: It cannot be logged; every fault with file and path.
        OSError: The file cannot be read.
    """
    data = path.read_bytes()
    with told_of(str(path)):
        return author(read_json(data, limit=MAX_FORM), read=files_in(path.parent))


def _voices(form: Form, dating: Dating, findings: Findings) -> tuple[Voice, ...]:
    voices = []
    for local, written in form.voices.items():
        path = member("$.voices", local)
        with findings.at(path):
            speakers = findings.gather(
                path,
                **{
                    str(at): partial(_speaker, local, one, form, dating)
                    for at, one in enumerate(written or ())
                },
            )
            if written is not None:
                voices.append(Voice(local, tuple(speakers.values())))
    return tuple(voices)


def _speaker(
    voice: str, written: str | WrittenSpeaker, form: Form, dating: Dating
) -> Speaker:
    if isinstance(written, str):
        source = require_known("source", written.removesuffix("?"), form.sources)
        return Speaker(
            source, known=Known.UNCLEAR if source != written else Known.STATED
        )
    datable = said_by(voice, written)
    read = dating.findings.gather(
        member("$.voices", voice),
        source=lambda: require_known("source", written.source, form.sources),
        stance=lambda: choose(RelayStance, written.stance, "stance"),
        said=lambda: dating.read(datable) if datable else None,
        known=lambda: choose(Known, written.known, "known"),
    )
    return Speaker(reason=written.reason, **read)


def _report(
    form: Form,
    document: Document,
    tables: Tables,
    voices: tuple[Voice, ...],
    claims: list[tuple[Line, AnyClaim]],
) -> Report:
    outer = form.outer
    return Report(
        outer.report,
        document=document,
        actors=tuple(tables.actors.values()),
        places=tuple(tables.places.values()),
        sources=tuple(tables.sources.values()),
        voices=voices,
        events=tuple(tables.events.values()),
        claims=tuple(claim for _, claim in claims),
        repeats=outer.repeats,
        note=outer.note,
    )


def _in_form(path: str, form: Form, lines: list[Line]) -> str:
    """Say where in the form that stands which stands at *path* in the report."""
    found = re.fullmatch(r"\$\.(claims|sources|voices)\[([0-9]+)\](.*)", path)
    if found is None:
        return "$"
    name, at, rest = found[1], int(found[2]), found[3]
    if name == "claims":
        return lines[at].path + rest
    table = form.sources if name == "sources" else form.voices
    return member(f"$.{name}", list(table)[at]) + rest
