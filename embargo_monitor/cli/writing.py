"""Commands that write, or look at what would be written: init, check, add."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

import click

from embargo_monitor.authoring import Authored, read_written
from embargo_monitor.cli.options import (
    json_option,
    log_option,
    print_lines,
    require_terminal,
    sign_and_tell,
    tell_receipt,
    width,
    yes_option,
)
from embargo_monitor.cli.progress import progress_bar
from embargo_monitor.errors import LogError, LogMissingError, UnknownNameError
from embargo_monitor.eventlog import EventLog
from embargo_monitor.logged import Receipt
from embargo_monitor.model.records import Record
from embargo_monitor.model.relevances import RelevanceRecord
from embargo_monitor.seeds import SEED_EVENT, seed_report
from embargo_monitor.show.authored import filled_lines, permanent_lines
from embargo_monitor.show.records import record_lines
from embargo_monitor.show.text import isolated, number_of

by_option = click.option(
    "--by",
    default="unnamed",
    envvar="EMBARGO_MONITOR_BY",
    show_envvar=True,
    show_default=True,
    metavar="LABEL",
    help="Who records: a label or pseudonym. It can never be removed.",
)


@click.command()
@log_option
@click.option("--empty", is_flag=True, help="Do not append the first record.")
@click.option("--origin", default="", metavar="NAME", help="The log's name; drawn.")
def init(log_path: str, empty: bool, origin: str) -> None:
    """Create the log, with the Arabic article as entry 0, its embargoes as entry 1."""
    with _opened_or_created(log_path, origin) as log:
        if empty:
            return
        authored = seed_report()
        receipt = log.append(authored, by="embargo_monitor")
        tell_receipt(authored.report, receipt, as_json=False)
        answered = _relevance_of_seed(log)
        sign_and_tell(log, as_json=False)
        click.echo(f"Read them: embargo-monitor show {receipt.index}, show {answered}")


def _relevance_of_seed(log: EventLog) -> int:
    """Append which embargoes bear on the article's deal, once; return where it is."""
    id_ = f"{SEED_EVENT.replace('#', '.')}.relevance-1"
    try:
        logged = log.find(RelevanceRecord.kind, id_)
    except UnknownNameError:
        receipt = log.assess_relevance(SEED_EVENT, id=id_, by="embargo_monitor")
    else:
        receipt = Receipt(logged.index, new=False)
    record = log.entry(receipt.index).entry.record
    tell_receipt(cast("RelevanceRecord", record), receipt, as_json=False)
    return receipt.index


def _opened_or_created(path: str, origin: str) -> EventLog:
    try:
        log = EventLog.open(path)
        entries = number_of(log.size, "entry", "entries")
        click.echo(f"There is a log at {path}: {entries}, named {isolated(log.origin)}")
    except LogMissingError:
        log = EventLog.create(path, origin=origin)
        click.echo(f"Created the log {path}, named {log.origin}")
        click.echo("Whoever is to check it needs its key: embargo-monitor key show")
    return log


def _written(files: tuple[str, ...]) -> Iterator[tuple[str, Authored | Record]]:
    for file in files:
        if file == "-":
            data, folder, name = sys.stdin.buffer.read(), Path(), "standard input"
        else:
            path = Path(file)
            data, folder, name = path.read_bytes(), path.parent, file
        for one in read_written(data, name=name, folder=folder):
            yield name, one


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@by_option
def check(files: tuple[str, ...], by: str) -> None:
    """Read authoring files and show what would be added. Adds nothing."""
    for name, one in _written(files):
        record = one.report if isinstance(one, Authored) else one
        click.echo(f"CHECKED {name}: {record.kind} {record.id}")
        _present(one, by)


def _present(one: Authored | Record, by: str) -> None:
    if not isinstance(one, Authored):
        print_lines(record_lines(one, {}, width()))
        click.echo()
        print_lines(permanent_lines(one, by, width()))
        return
    texts = {
        exhibit.id: one.exhibits[exhibit.digest].data.decode()
        for exhibit in one.report.document.exhibits
        if exhibit.media_type.startswith("text/")
    }
    print_lines(record_lines(one.report, texts, width()))
    click.echo()
    print_lines(filled_lines(one, width()))
    click.echo()
    print_lines(permanent_lines(one.report, by, width()))


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@log_option
@by_option
@json_option
@yes_option
def add(
    files: tuple[str, ...], log_path: str, by: str, as_json: bool, yes: bool
) -> None:
    """Add authoring files or records to the log, each whole or not at all.

    A file holds one JSON object, or one on every line; `-` is standard input.
    Nothing is added unless all files can be read.
    """
    require_terminal(yes=yes)
    with EventLog.open(log_path) as log:
        wanted = [one for _, one in _written(files)]
        if not yes:
            wanted = [one for one in wanted if _agreed(one, by)]
        if not wanted:
            click.echo("Nothing was added.")
            return
        try:
            with progress_bar("adding") as progress:
                receipts = log.append_all(wanted, by=by, progress=progress)
        except LogError as error:
            _tell_all(wanted, error.receipts, as_json=as_json)
            if error.receipts:
                sign_and_tell(log, as_json=as_json)
            left = number_of(len(wanted) - len(error.receipts), "was", "were")
            click.echo(f"{left} not added:", err=True)
            raise
        _tell_all(wanted, receipts, as_json=as_json)
        sign_and_tell(log, as_json=as_json)


def _tell_all(
    wanted: list[Authored | Record], receipts: Iterable[Receipt], *, as_json: bool
) -> None:
    for one, receipt in zip(wanted, receipts, strict=False):
        record = one.report if isinstance(one, Authored) else one
        tell_receipt(record, receipt, as_json=as_json)


def _agreed(one: Authored | Record, by: str) -> bool:
    _present(one, by)
    return click.confirm("Add it?", default=False)
