"""Records to JSON values and bytes, and back: kinds, versions, upcasters.

An entry of the log is the canonical bytes of an envelope with the record's body:
`{v, kind, kv, id, recorded, by, body}`. Fields at their default are left out, so
that one record has one encoding. Bytes of an unknown kind or a newer version are
kept as they are and read as far as the envelope goes.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from attrs import field, frozen

from embargo_monitor.canonical import (
    MAX_ENTRY,
    JsonValue,
    canonical_bytes,
    read_canonical,
)
from embargo_monitor.errors import EncodingError, NewerVersionError
from embargo_monitor.model.records import (
    Assessment,
    Correction,
    Envelope,
    Link,
    Record,
    Resumption,
    Withdrawal,
)
from embargo_monitor.model.relevances import RelevanceRecord
from embargo_monitor.model.reports import Report
from embargo_monitor.structuring import structure, unstructure

ENVELOPE_VERSION = 1

KIND_VERSIONS: Mapping[str, int] = {
    "report": 1,
    "correction": 1,
    "withdrawal": 1,
    "assessment": 1,
    "link": 1,
    "resumption": 1,
    "relevance": 1,
}

_TYPES: Mapping[str, type] = {
    "report": Report,
    "correction": Correction,
    "withdrawal": Withdrawal,
    "assessment": Assessment,
    "link": Link,
    "resumption": Resumption,
    "relevance": RelevanceRecord,
}

_ENVELOPE_FIELDS = ("v", "kind", "kv", "id", "recorded", "by")

Upcaster = Callable[[dict[str, JsonValue]], dict[str, JsonValue]]
"""A pure step that turns a body of version n of its kind into one of n + 1.

What it does not find in the body it leaves to the newest version to refuse.
"""

UPCASTERS: Mapping[tuple[str, int], Upcaster] = {}
"""The step from each earlier (kind, version). Stored bytes are never touched."""


@frozen
class Entry:
    """An entry as read: its envelope, its body, and the record if we can read it.

    Attributes:
        envelope: What stands around the record.
        body: The record as a JSON value, in the version that was stored.
        record: The record, or None when it needs a newer version of this library.
    """

    envelope: Envelope
    body: Mapping[str, JsonValue] = field(repr=False)
    record: Record | None = field(repr=False)


def key_of(kind: str, id: str) -> str:
    """Return what a log finds a record by: its kind and id."""
    return f"{kind}/{id}"


def body_of(record: Record) -> dict[str, JsonValue]:
    """Turn a record into the JSON value that an entry holds as its body.

    The id is not in it: it stands in the envelope.

    Raises:
        EncodingError: A field holds a value of another type than it should.
    """
    try:
        body = unstructure(record)
    except (AttributeError, TypeError) as error:
        fault = f"$.body: a field holds a value of another type: {error}"
        raise EncodingError(fault) from error
    del body["id"]
    return body


def sizes_of(record: Record) -> list[tuple[str, int]]:
    """Return how many bytes each part of a record's body takes, largest first."""
    sizes = {
        name: len(canonical_bytes({name: value}))
        for name, value in body_of(record).items()
    }
    return sorted(sizes.items(), key=lambda part: -part[1])


def record_of(
    kind: str,
    version: int,
    id: str,
    body: Mapping[str, JsonValue],
    upcasters: Mapping[tuple[str, int], Upcaster] = UPCASTERS,
) -> Record:
    """Turn a body back into a record, through the upcasters if it is older.

    Args:
        kind: The record's kind, such as `report`.
        version: The version of that kind in which *body* was written.
        id: The record's id.
        body: The JSON value.
        upcasters: The steps between versions.

    Raises:
        NewerVersionError: The kind or version is not known here; upgrade the
            library. The entry itself is whole.
        EncodingError: The body is no such record; every fault with its path.
    """
    newest = KIND_VERSIONS.get(kind)
    if newest is None or version > newest:
        raise NewerVersionError(kind, version)
    value = dict(body)
    for step in range(version, newest):
        if (kind, step) not in upcasters:
            raise EncodingError(f"$.kv: kind {kind} never had a version {step}")
        value = upcasters[kind, step](value)
    if "id" in value:
        raise EncodingError("$.body.id: the id stands in the envelope")
    record: Record = structure({**value, "id": id}, _TYPES[kind], "$.body")
    if version == newest:
        longer = tuple(_longer(dict(body), body_of(record), "$.body"))
        if longer:
            raise EncodingError(*longer)
    return record


def _longer(value: Any, shortest: Any, path: str) -> Iterator[str]:
    """Yield a fault for each field given at its default: a second way to write it."""
    if isinstance(value, dict):
        for key, member in value.items():
            if key in shortest:
                yield from _longer(member, shortest[key], f"{path}.{key}")
            else:
                yield f"{path}.{key}: left out when it says nothing"
    elif isinstance(value, list):
        for at, (member, short) in enumerate(zip(value, shortest, strict=True)):
            yield from _longer(member, short, f"{path}[{at}]")


def _is_newer(envelope: Mapping[str, JsonValue]) -> bool:
    version = envelope.get("v")
    return type(version) is int and version > ENVELOPE_VERSION


def encode(record: Record, *, recorded: datetime, by: str) -> bytes:
    """Encode a record as the canonical bytes of an entry.

    Args:
        record: The record.
        recorded: When the log takes it: UTC, whole seconds.
        by: Who records it; a label or pseudonym.

    Raises:
        InvalidValueError: *recorded* is not UTC in whole seconds, or *by* no line of
            text.
        CanonicalError: It is longer than 16 MiB, or a field holds what is not of its
            type.

    >>> from datetime import UTC, datetime
    >>> from embargo_monitor.model.records import Withdrawal
    >>> record = Withdrawal(
    ...     "w-1", entry="seed-article", entry_kind="report", reason="twice", by="ana"
    ... )
    >>> data = encode(record, recorded=datetime(2026, 1, 2, tzinfo=UTC), by="ana")
    >>> data[:58]
    b'{"body":{"by":"ana","entry":"seed-article","entry_kind":"r'
    """
    envelope = Envelope(
        v=ENVELOPE_VERSION,
        kind=record.kind,
        kv=KIND_VERSIONS[record.kind],
        id=record.id,
        recorded=recorded,
        by=by,
    )
    return canonical_bytes({**unstructure(envelope), "body": body_of(record)})


def decode(
    data: bytes, upcasters: Mapping[tuple[str, int], Upcaster] = UPCASTERS
) -> Entry:
    """Decode an entry's bytes.

    What needs a newer version comes back with `record` None, so that it can be
    kept, verified, counted and shown as far as it goes.

    Raises:
        CanonicalError: The bytes are no canonical JSON, or more than 65,535.
        EncodingError: They are no entry of ours; every fault with its path.
    """
    envelope, body = _parted(data)
    if envelope.v > ENVELOPE_VERSION:
        return Entry(envelope, body, None)
    try:
        record = record_of(envelope.kind, envelope.kv, envelope.id, body, upcasters)
    except NewerVersionError:
        return Entry(envelope, body, None)
    return Entry(envelope, body, record)


def envelope_of(data: bytes) -> Envelope:
    """Decode an entry's envelope, and leave its record alone.

    Raises:
        CanonicalError: The bytes are no canonical JSON, or more than 65,535.
        EncodingError: They are no entry of ours.
    """
    return _parted(data)[0]


def _parted(data: bytes) -> tuple[Envelope, dict[str, JsonValue]]:
    value = read_canonical(data, limit=MAX_ENTRY)
    if not isinstance(value, dict):
        raise EncodingError("$: an entry must be an object")
    body = value.pop("body", None)
    if not isinstance(body, dict):
        raise EncodingError("$.body: must be an object")
    if _is_newer(value):
        known = {name: value[name] for name in _ENVELOPE_FIELDS if name in value}
        return structure(known, Envelope, "$"), body
    envelope = structure(value, Envelope, "$")
    if envelope.v != ENVELOPE_VERSION:
        raise EncodingError(f"$.v: there never was a version {envelope.v}")
    return envelope, body
