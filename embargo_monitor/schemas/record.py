"""The schema of an entry: an envelope around a record of one kind."""

import typing
from typing import Any

import attrs

from embargo_monitor.encoding import ENVELOPE_VERSION, KIND_VERSIONS
from embargo_monitor.model.records import Envelope, Record
from embargo_monitor.schemas.describing import described, of_fields
from embargo_monitor.schemas.shaping import DIALECT, Records, key_of
from embargo_monitor.schemas.texts import Schema


def record_schema(kind: str) -> Schema:
    """Draw the schema of an entry that holds a record of that kind."""
    types = {one.kind: one for one in typing.get_args(Record)}
    type_, version = types[kind], KIND_VERSIONS[kind]
    records = Records()
    fixed: dict[str, Any] = {"v": ENVELOPE_VERSION, "kind": kind, "kv": version}
    properties: Schema = {}
    for one in attrs.fields(Envelope):
        shape = (
            {"const": fixed[one.name]}
            if one.name in fixed
            else records.value(one.type, one.validator, "Envelope")
        )
        said = of_fields(Envelope)[one.name]
        properties[key_of(one)] = {"description": said, **shape}
    properties["body"] = {
        "description": described(type_),
        **records.of(type_, without="id"),
    }
    return {
        "$schema": DIALECT,
        "$id": f"urn:embargo-monitor:schema:record:{kind}:{version}",
        "title": f"An entry of the log: {kind}, version {version}",
        "description": described(type_),
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
        "$defs": dict(sorted(records.definitions.drawn.items())),
    }
