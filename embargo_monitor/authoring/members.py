"""The members of a form, each read by itself: a fault in one hides none in another."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from embargo_monitor.authoring.faults import PLAIN_KEY, Findings, member
from embargo_monitor.authoring.form import (
    FORM_VERSION,
    MAX_REPORT,
    Row,
    WrittenReport,
)
from embargo_monitor.authoring.written import (
    WrittenActor,
    WrittenDocument,
    WrittenEvent,
    WrittenPlace,
    WrittenSource,
    WrittenSpeaker,
)
from embargo_monitor.canonical import JsonValue
from embargo_monitor.errors import AuthoringError, InvalidValueError, NewerVersionError
from embargo_monitor.structuring import structure

WrittenVoice = tuple[str | WrittenSpeaker, ...]
"""Who told whom: source ids, first known speaker first."""

_TABLES: Mapping[str, Any] = {
    "actors": WrittenActor,
    "places": WrittenPlace,
    "sources": WrittenSource,
    "voices": WrittenVoice,
    "events": WrittenEvent,
}

_SCHEMA = "$schema"

# The shortest part of a report, an event of one letter, has 35 bytes in an entry.
_MAX_PARTS = MAX_REPORT // 35

# What stands for the members while all around them is read.
_BLANK: Mapping[str, JsonValue] = {
    **{table: {} for table in _TABLES},
    "document": {"titles": {}, "publisher": ""},
    "claims": [],
}


@frozen
class Line:
    """A row, and where it stands.

    Attributes:
        path: `$.claims[3]`.
        id: Its own id; `c1`, `c2` ... by its place where it has none.
        row: The row; None when its shape has a fault, which is told.
    """

    path: str
    id: str
    row: Row | None


@frozen
class Form:
    """An authoring file, read as far as its shape allows.

    Attributes:
        outer: All but the members, which follow; a member that is None has a fault,
            which is told.
        document: The publication.
        actors: Who is spoken of, by local id.
        places: Where.
        sources: Who tells.
        voices: Who told whom.
        events: What is spoken of.
        lines: The rows.
    """

    outer: WrittenReport
    document: WrittenDocument | None
    actors: Mapping[str, WrittenActor | None]
    places: Mapping[str, WrittenPlace | None]
    sources: Mapping[str, WrittenSource | None]
    voices: Mapping[str, WrittenVoice | None]
    events: Mapping[str, WrittenEvent | None]
    lines: tuple[Line, ...]


def read_form(written: JsonValue, findings: Findings) -> Form:
    """Read the form, member by member.

    A member whose shape has a fault is read no further; nor is any, where what stands
    outside of all members has one.

    Raises:
        NewerVersionError: It is of a newer version; upgrade the library.
        AuthoringError: It is no form at all; every fault of its shape. Or it has more
            parts than any report; split it.
    """
    whole = written if isinstance(written, dict) else {}
    # What an editor completes the form by is the editor's, and no part of the report.
    if isinstance(whole.get(_SCHEMA), str):
        written = whole = {key: whole[key] for key in whole if key != _SCHEMA}
    version = whole.get("form")
    if type(version) is int and version > FORM_VERSION:
        raise NewerVersionError("authoring form", version)
    _require_loggable(whole)
    outer = None
    with findings.at("$"):
        outer = _outer(written, findings)
    document = None
    if isinstance(whole.get("document"), dict):
        document = _one(whole["document"], WrittenDocument, "$.document", findings)
    tables = {name: _table(name, whole, findings) for name in _TABLES}
    lines = _lines(whole, findings)
    if outer is None:
        raise findings.refusal()
    return Form(outer, document, lines=lines, **tables)


def _require_loggable(whole: Mapping[str, JsonValue]) -> None:
    """Refuse what no report can be before the work that it asks for is done."""
    tables = [whole.get(name) for name in (*_TABLES, "claims")]
    parts = sum(len(one) for one in tables if isinstance(one, dict | list))
    if parts > _MAX_PARTS:
        many = f"$: {parts:,} rows and members of tables; at most {_MAX_PARTS:,}"
        raise AuthoringError(f"{many}: split the report")


def _outer(written: JsonValue, findings: Findings) -> WrittenReport:
    if not isinstance(written, dict):
        raise InvalidValueError("the value", written, "an object")
    blank = {name: one for name, one in _BLANK.items() if name in written}
    for name, one in blank.items():
        if type(written[name]) is not type(one):
            with findings.at(f"$.{name}"):
                wanted = "a list" if name == "claims" else "an object"
                raise InvalidValueError(name, written[name], wanted)
    outer = structure({**written, **blank}, WrittenReport, "$")
    if outer.form != FORM_VERSION:
        raise InvalidValueError("form", outer.form, str(FORM_VERSION))
    return outer


def _table(
    name: str, whole: Mapping[str, JsonValue], findings: Findings
) -> dict[str, Any]:
    members = whole.get(name)
    if not isinstance(members, dict):
        return {}
    return {
        key: _one(value, _TABLES[name], member(f"$.{name}", key), findings)
        for key, value in members.items()
    }


def _lines(whole: Mapping[str, JsonValue], findings: Findings) -> tuple[Line, ...]:
    rows = whole.get("claims")
    lines: list[Line] = []
    ids: set[str] = set()
    for at, value in enumerate(rows if isinstance(rows, list) else ()):
        path = f"$.claims[{at}]"
        own = value.get("id") if isinstance(value, dict) else None
        id_ = own if isinstance(own, str) and own else f"c{at + 1}"
        if id_ == own and PLAIN_KEY.fullmatch(id_):
            findings.rows[path] = id_
        with findings.at(path):
            if id_ in ids:
                raise InvalidValueError("id", id_, "the id of one row only")
        ids.add(id_)
        lines.append(Line(path, id_, _one(value, Row, path, findings)))
    return tuple(lines)


def _one(value: Any, type_: Any, path: str, findings: Findings) -> Any:
    with findings.at(path):
        return structure(value, type_, path)
    return None
