"""Files of what is to be logged: authoring forms and records, one or many."""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from embargo_monitor.authoring.compiling import author
from embargo_monitor.authoring.exhibits import files_in
from embargo_monitor.authoring.faults import told_of
from embargo_monitor.authoring.form import MAX_FORM
from embargo_monitor.authoring.given import Authored
from embargo_monitor.canonical import JsonValue, read_json
from embargo_monitor.encoding import ENVELOPE_VERSION, record_of
from embargo_monitor.errors import EncodingError, NewerVersionError
from embargo_monitor.model.records import Record

_LINE = re.compile(rb"[^\r\n]*(?:\r\n?|\n|\Z)")


def read_written(
    data: bytes, *, name: str, folder: Path
) -> Iterator[Authored | Record]:
    """Read what a file or a pipe brings: one JSON object, or one on every line.

    An object with `report` is an authoring form; one with `kind` is a record as
    `show --json` prints its entry.

    Args:
        data: The bytes.
        name: What to call them in faults; a line's number is added to it.
        folder: Where the exhibits lie that authoring forms name.

    Raises:
        AuthoringError: One of them cannot be logged; every fault with its place.
        NewerVersionError: It was written for a newer version of this library.
    """
    first, *more = [line for _, line in islice(_filled(data), 2)] or [b""]
    if more and first.startswith(b"{") and first.endswith(b"}"):
        for number, line in _filled(data):
            yield _one(line, f"{name}, line {number}", folder)
    else:
        yield _one(data, name, folder)


def _filled(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the lines that hold something, each with its number from 1.

    One by one: a list of short lines takes thirty times the memory of their text.
    """
    for number, found in enumerate(_LINE.finditer(data), 1):
        line = found[0].strip()
        if line:
            yield number, line


def _one(data: bytes, name: str, folder: Path) -> Authored | Record:
    with told_of(name):
        value = read_json(data, limit=MAX_FORM)
        if isinstance(value, dict) and "kind" in value:
            return _record(value)
        return author(value, read=files_in(folder))


def _record(value: dict[str, JsonValue]) -> Record:
    """Read a record as `show --json` prints it; who recorded it, and when, is new."""
    envelope = value.get("v")
    if type(envelope) is int and envelope > ENVELOPE_VERSION:
        raise NewerVersionError("envelope", envelope)
    wanted: dict[str, type] = {"kind": str, "kv": int, "id": str, "body": dict}
    for key, type_ in wanted.items():
        if type(value.get(key)) is not type_:
            raise EncodingError(f"$.{key}: a record needs kind, kv, id and body")
    kind, version, id_, body = (value[key] for key in wanted)
    return record_of(kind, version, id_, body)  # type: ignore[arg-type] # checked above
