"""An authoring file as a whole: exhibits read, voices chained, a report made."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from attrs import field, frozen

from embargo_monitor.authoring.dating import Datable, Dating
from embargo_monitor.authoring.faults import Filled, Findings
from embargo_monitor.authoring.form import (
    FORM_VERSION,
    WrittenExhibit,
    WrittenReport,
    WrittenSpeaker,
)
from embargo_monitor.authoring.rows import Rows, dated_part, row_ids
from embargo_monitor.authoring.tables import choose, read_document, read_tables
from embargo_monitor.canonical import JsonValue, read_json
from embargo_monitor.digests import digest_of, salted_digest_of
from embargo_monitor.errors import (
    AuthoringError,
    EncodingError,
    InvalidValueError,
    NewerVersionError,
)
from embargo_monitor.model.documents import Document
from embargo_monitor.model.quotes import Exhibit, Handling
from embargo_monitor.model.reports import Report
from embargo_monitor.model.stances import Known, RelayStance
from embargo_monitor.model.voices import Speaker, Voice
from embargo_monitor.model.when import When
from embargo_monitor.structuring import structure

Read = Callable[[str], bytes]
"""Returns the bytes of a file that an authoring file names."""


@frozen
class Attached:
    """The bytes of an exhibit, with the salt that its digest is keyed with.

    Attributes:
        data: The bytes.
        salt: 32 random bytes above public, else empty.
    """

    data: bytes = field(repr=False)
    salt: bytes = field(default=b"", repr=False)


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
    attached, exhibits = _exhibits(form, read, findings)
    texts = _texts(exhibits, attached)
    tables = read_tables(form, findings)
    document = read_document(form.document, exhibits, findings)
    findings.require_none()
    assert document is not None  # noqa: S101 (None only with a fault)
    voices, dating = _voices(form, document, texts, findings)
    claims = Rows(form, tables, texts, dating, findings).claims()
    findings.require_none()
    with findings.at("$"):
        report = Report(
            form.report,
            document=document,
            actors=tuple(tables.actors.values()),
            places=tuple(tables.places.values()),
            sources=tuple(tables.sources.values()),
            voices=voices,
            events=tuple(tables.events.values()),
            claims=claims,
            repeats=form.repeats,
            note=form.note,
        )
    findings.require_none()
    return Authored(report, attached, tuple(findings.filled))


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
    except NewerVersionError:
        raise
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


def _exhibits(
    form: WrittenReport, read: Read, findings: Findings
) -> tuple[dict[str, Attached], tuple[Exhibit, ...]]:
    attached, exhibits = {}, []
    for local, written in form.document.exhibits.items():
        with findings.at(f"$.document.exhibits.{local}"):
            one = _attached(written, read)
            exhibit = _exhibit(local, written, one, form.document.language)
            attached[exhibit.digest] = one
            exhibits.append(exhibit)
            findings.fill(
                f"document.exhibits.{local}",
                f"{exhibit.digest}, {exhibit.size:,} bytes",
            )
    return attached, tuple(exhibits)


def _attached(written: WrittenExhibit, read: Read) -> Attached:
    data = read(written.file)
    if written.media_type.startswith("text/"):
        require_utf8(data)
    found = hashlib.sha256(data).hexdigest()
    if written.sha256 not in ("", found):
        wanted = f"that of the file, {found}"
        raise InvalidValueError("sha256", written.sha256, wanted)
    public = written.handling == Handling.PUBLIC.value
    if public == bool(written.salt):
        wanted = "a file of 32 random bytes above public, and only there"
        raise InvalidValueError("salt", written.salt, wanted)
    return Attached(data, read(written.salt) if written.salt else b"")


def require_utf8(data: bytes) -> None:
    """Refuse a text exhibit that is not UTF-8.

    Raises:
        InvalidValueError: Store it under its own media type, and its text, extracted
            as UTF-8, as an exhibit of its own with the first as parent.
    """
    try:
        data.decode()
    except UnicodeDecodeError as error:
        wanted = f"UTF-8 text, which it is not at byte {error.start}"
        raise InvalidValueError("file", data[error.start : error.end], wanted) from None


def files_in(folder: Path) -> Read:
    """Return what reads files in *folder*, and refuses those outside of it.

    An authoring file may come from somebody else; it must not be able to bind, and
    copy, what lies elsewhere on this machine.
    """
    home = folder.resolve()

    def read(name: str) -> bytes:
        path = (home / name).resolve()
        if not path.is_relative_to(home):
            raise InvalidValueError("file", name, "in the authoring file's folder")
        return path.read_bytes()

    return read


def _exhibit(
    local: str, written: WrittenExhibit, attached: Attached, language: str
) -> Exhibit:
    data, salt = attached.data, attached.salt
    return Exhibit(
        local,
        salted_digest_of(data, salt) if salt else digest_of(data),
        media_type=written.media_type,
        size=len(data),
        language=written.language or language,
        handling=choose(Handling, written.handling, "handling"),
        parent=written.parent,
        title=written.title,
    )


def _texts(
    exhibits: tuple[Exhibit, ...], attached: Mapping[str, Attached]
) -> dict[str, str]:
    return {
        exhibit.id: attached[exhibit.digest].data.decode()
        for exhibit in exhibits
        if exhibit.media_type.startswith("text/")
    }


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
