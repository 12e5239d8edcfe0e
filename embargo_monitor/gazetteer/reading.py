"""Reading a gazetteer's files: from TOML to entries.

One table is one entry, under its id. Names stand by kind, then by language; what
stands above the first table holds for every entry of the file without its own:

    sources = ["ISO 3166-1"]

    [LY]
    kind = "state"
    alpha3 = "LBY"
    names.en = ["Libya"]
    former.en = ["Libyan Arab Jamahiriya"]
"""

import enum
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.gazetteer.entries import EntryKind, GazetteerEntry, Mark
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.names import Name, NameKind

_NAME_KINDS = {
    "names": NameKind.OWN,
    "transliterated": NameKind.TRANSLITERATED,
    "translated": NameKind.TRANSLATED,
    "former": NameKind.FORMER,
}

_Choice = TypeVar("_Choice", bound=enum.Enum)


def read_entries(text: str, file: str) -> tuple[GazetteerEntry, ...]:
    """Read the entries of one file, in their order.

    Args:
        text: The file's TOML.
        file: Its name, for messages.

    Raises:
        InvalidValueError: The text is no TOML, or a table no entry; the error's
            `path` names the file and the table. Correct the file.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise InvalidValueError("file", file, f"TOML ({fault})", path=file) from fault
    shared = {key: one for key, one in document.items() if not isinstance(one, dict)}
    return tuple(
        _entry(key, {**shared, **table}, path=f"{file}: {key}")
        for key, table in document.items()
        if key not in shared
    )


def _entry(key: str, table: Mapping[str, Any], *, path: str) -> GazetteerEntry:
    try:
        return _entry_of(key, {"kind": "", "mark": "", **table})
    except InvalidValueError as fault:
        raise InvalidValueError(
            fault.field, fault.value, fault.wanted, path=path
        ) from fault


def _entry_of(key: str, table: Mapping[str, Any]) -> GazetteerEntry:
    fields = {
        field: _read(field, value)
        for field, value in table.items()
        if field not in _NAME_KINDS
    }
    if fields["kind"] in (EntryKind.STATE, EntryKind.TERRITORY):
        fields["alpha2"] = key
    return GazetteerEntry(key, names=tuple(_names(table)), **fields)


def _read(field: str, value: Any) -> Any:
    match field:
        case "kind":
            return _member(EntryKind, field, value)
        case "mark":
            return _member(Mark, field, value)
        case "since" | "until":
            return ImpreciseDate(value)
        case "successors" | "sources":
            return _texts(field, value)
        case "alpha2" | "alpha3" | "of" | "territory" | "note":
            return value
        case _:
            raise InvalidValueError("key", field, "a field of an entry")


def _names(table: Mapping[str, Any]) -> Iterator[Name]:
    for key in (key for key in table if key in _NAME_KINDS):
        if not isinstance(table[key], dict):
            raise InvalidValueError(key, table[key], "a table, of names by language")
        for language, texts in table[key].items():
            for text in _texts(f"{key}.{language}", texts):
                yield Name(text, language=language, kind=_NAME_KINDS[key])


def _texts(key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise InvalidValueError(key, value, "a list, not empty")
    return tuple(value)


def _member(choices: type[_Choice], key: str, value: object) -> _Choice:
    for choice in choices:
        if choice.value == value:
            return choice
    wanted = f"one of {', '.join(str(choice.value) for choice in choices)}"
    raise InvalidValueError(key, value, wanted)
