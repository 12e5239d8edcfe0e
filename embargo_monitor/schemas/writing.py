"""The schemas as the text of their files."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from embargo_monitor.encoding import KIND_VERSIONS
from embargo_monitor.schemas.form import form_schema
from embargo_monitor.schemas.record import record_schema

_WIDTH = 88


def texts_of_schemas() -> Mapping[str, str]:
    """Draw all schemas, and return the text of each by the path of its file."""
    drawn = {"authoring/report": form_schema()}
    drawn |= {f"record/{kind}": record_schema(kind) for kind in KIND_VERSIONS}
    return {
        f"{name}.schema.json": f"{_text(schema, 0, 0)}\n"
        for name, schema in drawn.items()
    }


def write_schemas(folder: Path) -> None:
    """Write the schemas into *folder*."""
    for name, text in texts_of_schemas().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")


def _text(value: Any, indent: int, taken: int) -> str:
    """Write JSON for people: on one line what fits there, *taken* of it being so.

    In ASCII: a pattern holds characters that are never seen.
    """
    flat = json.dumps(value)
    if len(flat) + taken <= _WIDTH or not isinstance(value, dict | list):
        return flat
    pad = " " * (indent + 2)
    if isinstance(value, list):
        inner = [pad + _text(one, indent + 2, indent + 3) for one in value]
        brackets = "[]"
    else:
        inner, brackets = [], "{}"
        for key, one in value.items():
            begins = f"{pad}{json.dumps(key)}: "
            inner.append(begins + _text(one, indent + 2, len(begins) + 1))
    lines = ",\n".join(inner)
    return f"{brackets[0]}\n{lines}\n{' ' * indent}{brackets[1]}"
