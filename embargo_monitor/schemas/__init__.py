"""The JSON Schemas (2020-12) of the authoring form and of the entries of a log.

They are files, drawn from the types by `python -m embargo_monitor.schemas FOLDER`; to
read one, no type is needed. What they cannot say is listed in `docs/schemas.md`.
"""

import json
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from embargo_monitor.errors import UnknownNameError

_END = ".schema.json"


def schemas_folder() -> Path:
    """Return the folder of the schemas: in the wheel, or beside the package."""
    package = Path(__file__).parent.parent
    inside = package / "_bundled" / "schemas"
    return inside if inside.is_dir() else package.parent / "schemas"


def schema_file(of: str, kind: str = "report") -> Path:
    """Return the file of a schema.

    Args:
        of: `authoring`, what an analyst writes; or `record`, an entry of a log.
        kind: The kind of record. Of authoring files there are reports alone.

    Raises:
        UnknownNameError: There is no such schema.
    """
    folder, name = schemas_folder(), f"{of}/{kind}"
    files = {
        f"{file.parent.name}/{file.name.removesuffix(_END)}": file
        for file in sorted(folder.glob(f"*/*{_END}"))
    }
    if name not in files:
        raise UnknownNameError("schema", name, get_close_matches(name, files))
    return files[name]


def read_schema(of: str, kind: str = "report") -> dict[str, Any]:
    """Return a schema as a JSON value, for a validator; see `schema_file`.

    >>> read_schema("record", "link")["$id"]
    'urn:embargo-monitor:schema:record:link:1'

    Raises:
        UnknownNameError: There is no such schema.
    """
    schema: dict[str, Any] = json.loads(schema_file(of, kind).read_text("utf-8"))
    return schema
