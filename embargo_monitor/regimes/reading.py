"""Reading the register's files: from TOML to regimes, bodies and sources.

    register/<id>.toml   one regime
    bodies/<id>.toml     one body, and who was in it when
    sources.toml         a table for each source, under its key
    no_embargoes.toml    measures that are often taken for embargoes on arms
    edition.toml         when all this was compiled

Each is optional in a folder of one's own. A key is a field of the type that the table
stands for (`embargo_monitor.regimes`), and there are no others.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from attrs import field, frozen

from embargo_monitor.errors import EncodingError, RegisterError, escaped
from embargo_monitor.regimes.bodies import Body
from embargo_monitor.regimes.citing import Edition, NoEmbargo, Source
from embargo_monitor.regimes.regime import Regime
from embargo_monitor.structuring import structure

REGIMES = "register"
BODIES = "bodies"
SOURCES = "sources.toml"
NO_EMBARGOES = "no_embargoes.toml"
EDITION = "edition.toml"

MAX_BYTES = 2 * 1024 * 1024
"""Bytes that a file may have: ten times our largest."""

T = TypeVar("T")

_PATH = re.compile(r"\$\.?")


@frozen
class Layer:
    """What a folder of register files holds: all of a register, or a part.

    Attributes:
        regimes: Regimes by id.
        bodies: Bodies by id.
        sources: Sources by key.
        no_embargoes: Measures that are none; None where the folder has no such file.
        edition: When it was compiled; None likewise.
    """

    regimes: dict[str, Regime] = field(factory=dict)
    bodies: dict[str, Body] = field(factory=dict)
    sources: dict[str, Source] = field(factory=dict)
    no_embargoes: tuple[NoEmbargo, ...] | None = None
    edition: Edition | None = None


@frozen(kw_only=True)
class _Listed:
    """A file that is a list under one name."""

    no_embargoes: tuple[NoEmbargo, ...]


def read_layer(files: Mapping[str, bytes]) -> Layer:
    """Read the files of a folder, by their paths within it (`register/x.toml`).

    Raises:
        RegisterError: A file is no TOML, has a key or a value that cannot be, or has
            no place in a register; every fault of every file is told.
    """
    faults: list[str] = []
    layer: dict[str, Any] = {"regimes": {}, "bodies": {}, "sources": {}}
    for file in sorted(files):
        try:
            _read_into(layer, file, files[file])
        except RegisterError as error:
            faults.extend(error.faults)
    if faults:
        raise RegisterError(*faults)
    return Layer(**layer)


def _read_into(layer: dict[str, Any], file: str, data: bytes) -> None:
    folder, _, name = file.rpartition("/")
    match (folder, name):
        case (("register" | "bodies"), _) if name.endswith(".toml"):
            document = _with_mark(_parsed(data, file))
            read = _regime if folder == REGIMES else _body
            read(layer, document, file, name)
        case ("", "sources.toml"):
            layer["sources"] = dict(_sources(_parsed(data, file), file))
        case ("", "no_embargoes.toml"):
            listed = _structured(_parsed(data, file), _Listed, file)
            layer["no_embargoes"] = listed.no_embargoes
        case ("", "edition.toml"):
            layer["edition"] = _structured(_parsed(data, file), Edition, file)
        case _:
            raise RegisterError(
                f"{escaped(file)}: no file of a register; it has {REGIMES}/<id>.toml,"
                f" {BODIES}/<id>.toml, {SOURCES}, {NO_EMBARGOES} and {EDITION}"
            )


def _regime(
    layer: dict[str, Any], document: dict[str, Any], file: str, name: str
) -> None:
    regime = _structured(document, Regime, file)
    _require_name(regime.id, file, name)
    layer["regimes"][regime.id] = regime


def _body(
    layer: dict[str, Any], document: dict[str, Any], file: str, name: str
) -> None:
    body = _structured(document, Body, file)
    _require_name(body.id, file, name)
    layer["bodies"][body.id] = body


def _require_name(id_: str, file: str, name: str) -> None:
    if name != f"{id_}.toml":
        raise RegisterError(f"{escaped(file)}: id: the file must be named {id_}.toml")


def _sources(document: Mapping[str, Any], file: str) -> Iterator[tuple[str, Source]]:
    for key, table in document.items():
        plain = {"id": key, **table} if isinstance(table, dict) else table
        yield key, _structured(plain, Source, file, at=key)


def _parsed(data: bytes, file: str) -> dict[str, Any]:
    shown = escaped(file)
    if len(data) > MAX_BYTES:
        raise RegisterError(f"{shown}: {len(data):,} bytes; at most {MAX_BYTES:,}")
    try:
        return tomllib.loads(data.decode())
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 at byte {error.start}; save it as UTF-8"
        raise RegisterError(f"{shown}: {reason}") from None
    except tomllib.TOMLDecodeError as error:
        raise RegisterError(f"{shown}: no TOML: {escaped(str(error))}") from None
    except RecursionError:
        raise RegisterError(f"{shown}: no TOML of ours: nested too deep") from None


def _with_mark(document: dict[str, Any]) -> dict[str, Any]:
    """Give the mark at the head of a body's file to every row that has none."""
    if "mark" not in document:
        return document
    mark = document.pop("mark")
    for rows in document.values():
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict):
                row.setdefault("mark", mark)
    return document


def _structured(value: Any, type_: type[T], file: str, *, at: str = "") -> T:
    try:
        return structure(value, type_, f"$.{at}" if at else "$")
    except EncodingError as error:
        faults = [_PATH.sub("", fault, count=1) for fault in error.faults]
        shown = escaped(file)
        told = [f"{shown}: {fault.removeprefix(': ')}" for fault in faults]
        raise RegisterError(*told) from None
