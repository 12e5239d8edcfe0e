"""What commands share: where the log is, how wide a line may be, how to print."""

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import click

from embargo_monitor.encoding import KIND_VERSIONS
from embargo_monitor.errors import InvalidValueError, UnknownNameError
from embargo_monitor.eventlog import EventLog
from embargo_monitor.logged import Logged, Receipt
from embargo_monitor.model.records import Record
from embargo_monitor.show.text import WIDTH


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
    """Print a value as one line of JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, sort_keys=True))
