"""What commands share: where the log is, how wide a line may be, how to print."""

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import click

from embargo_monitor.encoding import KIND_VERSIONS
from embargo_monitor.errors import (
    FormatError,
    InvalidValueError,
    KeyFileError,
    LogError,
    NotStoredError,
    SigningKeyError,
    UnknownNameError,
)
from embargo_monitor.eventlog import EventLog
from embargo_monitor.log import files
from embargo_monitor.log.signers import VerifierKey
from embargo_monitor.logged import Logged, Receipt
from embargo_monitor.model.names import UNSAFE
from embargo_monitor.model.quotes import Handling
from embargo_monitor.model.records import Record
from embargo_monitor.regimes import Register
from embargo_monitor.show.text import WIDTH, labelled, number_of

UNVERIFIED = 3
"""The exit code where something does not verify."""

_MOST_OF_A_KEY = 10_000

_UNSAFE = re.compile(f"[{UNSAFE}]")


def _path(_: click.Context, __: click.Parameter, value: str) -> str:
    if "://" in value:
        raise click.BadParameter("must be a path: no database server is spoken to yet")
    return value


log_option: Callable[[Any], Any] = click.option(
    "--log",
    "log_path",
    default="monitor.db",
    envvar="EMBARGO_MONITOR_LOG",
    show_envvar=True,
    show_default=True,
    metavar="PATH",
    callback=_path,
    help="The log.",
)

json_option: Callable[[Any], Any] = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON, one value on a line."
)

yes_option: Callable[[Any], Any] = click.option(
    "--yes", is_flag=True, help="Do not ask; needed without a terminal."
)


def verifier_key(_: click.Context, __: click.Parameter, value: str) -> VerifierKey:
    """Read a key given as text, or as `@` and the file that holds it.

    What is a key is never looked for among the files: whoever can put one into this
    folder could put another key in its place.
    """
    try:
        return VerifierKey.of(value)
    except FormatError as error:
        if not value.startswith("@"):
            raise click.BadParameter(f"{error}; a file is @FILE") from error
    try:
        with Path(value[1:]).open(encoding="utf-8") as file:
            return VerifierKey.of(file.read(_MOST_OF_A_KEY))
    except (FormatError, OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise click.BadParameter(f"{value[1:]}: {why}") from error


def optional_verifier_key(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> VerifierKey | None:
    """Read a key given as text or file, if one is given."""
    return None if value is None else verifier_key(context, parameter, value)


def _verifier_keys(
    context: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[VerifierKey, ...]:
    return tuple(verifier_key(context, parameter, value) for value in values)


key_option: Callable[[Any], Any] = click.option(
    "--key",
    required=True,
    callback=verifier_key,
    metavar="VKEY",
    help="The log's verifier key, or @FILE that holds it: got by a way you trust.",
)

witness_option: Callable[[Any], Any] = click.option(
    "--witness",
    "witnesses",
    multiple=True,
    callback=_verifier_keys,
    metavar="VKEY",
    help="The verifier key (or @FILE) of one who cosigns; may be given several times.",
)


def _handling(_: click.Context, __: click.Parameter, value: str) -> Handling:
    return Handling(value)


handling_option: Callable[[Any], Any] = click.option(
    "--handling",
    type=click.Choice([one.value for one in Handling]),
    callback=_handling,
    default=Handling.PUBLIC.value,
    show_default=True,
    help="The strictest handling of exhibits that go along, with their salts.",
)

register_option: Callable[[Any], Any] = click.option(
    "--register",
    "folder",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Regimes of your own, laid over ours.",
)


def register_in(folder: Path | None) -> Register:
    """Return the register of that folder, laid over ours; ours without one.

    Raises:
        RegisterError: A file in it is broken, or there is none.
    """
    return Register.bundled() if folder is None else Register.load(folder)


output_option: Callable[[Any], Any] = click.option(
    "-o",
    "--output",
    default="-",
    metavar="FILE",
    help="A new file to write it to; else it is printed.",
)


def write_output(data: bytes, output: str) -> None:
    """Write bytes to a new file, whole or not at all; to standard output for `-`.

    Raises:
        InvalidValueError: There is such a file, which was not touched, or no such
            folder.
        NotStoredError: The disk refused.
    """
    if output == "-":
        click.echo(data, nl=False)
        return
    try:
        with files.appearing(Path(output)) as unnamed:
            # Made anew: it is to be given away, and has the mode of the user's files.
            unnamed.unlink()
            unnamed.write_bytes(data)
    except FileExistsError as error:
        wanted = "a file that is not there yet: none is overwritten"
        raise InvalidValueError("output", output, wanted) from error
    except (FileNotFoundError, NotADirectoryError) as error:
        wanted = "a file in a folder that is there"
        raise InvalidValueError("output", output, wanted) from error
    except OSError as error:
        raise NotStoredError(f"{output}: {error.strerror}") from error
    click.echo(f"Wrote {output}")


@contextmanager
def read_log(path: str) -> Iterator[EventLog]:
    """Open a log to read it, and warn where it is not what was seen of it."""
    with EventLog.open(path) as log:
        # What is damaged, `verify` names.
        with suppress(LogError):
            regression = log.signing.regression()
            if regression is not None:
                warn(str(regression))
        yield log


def warn(text: str) -> None:
    """Tell, beside what was asked for, what somebody should know."""
    lines = labelled("WARNING", text, "", width(), column=9)
    click.echo(lines, err=True)


def sign_and_tell(log: EventLog, *, as_json: bool) -> None:
    """Sign the log as it stands now, or say why it cannot be; entries are safe."""
    try:
        head = log.checkpoint().head
    except (SigningKeyError, KeyFileError) as error:
        warn(str(error))
        return
    if not as_json:
        entries = number_of(head.size, "entry", "entries")
        click.echo(f"Signed a checkpoint of {entries}, root {head.root.hex()}")


def require_terminal(*, yes: bool) -> None:
    """Refuse to go on where nobody can be asked, and nobody said yes."""
    if not yes and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("without a terminal to ask on, --yes is needed")


def find_entry(log: EventLog, which: str) -> Logged:
    """Return the entry at an index, of the record with an id, or of a `kind/id`.

    Raises:
        InvalidValueError: The log has no such index, or several entries are meant.
        UnknownNameError: It has no record of that id.
    """
    kind, slash, id_ = which.partition("/")
    if slash:
        return log.find(kind, id_)
    found: dict[int, Logged] = {}
    for kind in KIND_VERSIONS:
        with suppress(UnknownNameError):
            logged = log.find(kind, which)
            found[logged.index] = logged
    # 00001 is an id, and no index.
    if re.fullmatch("0|[1-9][0-9]*", which) and (not found or int(which) < log.size):
        found[int(which)] = log.entry(int(which))
    if not found:
        raise UnknownNameError("record", which)
    if len(found) > 1:
        meant = " or ".join(_called(found[at]) for at in sorted(found))
        raise InvalidValueError("entry", which, f"one of them: {meant}")
    [only] = found.values()
    return only


def _called(logged: Logged) -> str:
    envelope = logged.entry.envelope
    return f"{envelope.kind}/{envelope.id} (index {logged.index})"


def tell_receipt(record: Record, receipt: Receipt, *, as_json: bool) -> None:
    """Print where a record stands now, and whether it is new there."""
    if as_json:
        print_json(
            {
                "index": receipt.index,
                "new": receipt.new,
                "kind": record.kind,
                "id": record.id,
            }
        )
        return
    state = "Appended" if receipt.new else "The log has it already:"
    click.echo(f"{state} entry {receipt.index}, {record.kind} {record.id}")


def width() -> int:
    """Return how many columns there are: the terminal's, at most 100."""
    if not sys.stdout.isatty():
        return WIDTH
    return min(shutil.get_terminal_size().columns, 100)


def print_lines(lines: Iterable[str]) -> None:
    """Print lines as they come."""
    for line in lines:
        click.echo(line)


def print_json(value: Any) -> None:
    """Print a value as one line of JSON: what steers a terminal or moves text, escaped.

    The words of an exhibit may hold any character.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    click.echo(_UNSAFE.sub(lambda found: json.dumps(found[0])[1:-1], text))
