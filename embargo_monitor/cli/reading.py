"""Commands that read: log, show, event, events, verify, gazetteer."""

from contextlib import suppress

import click

from embargo_monitor.cli.options import (
    json_option,
    log_option,
    print_json,
    print_lines,
    width,
)
from embargo_monitor.cli.progress import progress_bar
from embargo_monitor.encoding import KIND_VERSIONS
from embargo_monitor.errors import UnknownNameError
from embargo_monitor.eventlog import EventLog, Logged
from embargo_monitor.gazetteer import Gazetteer
from embargo_monitor.model.events import Event
from embargo_monitor.model.records import Record
from embargo_monitor.model.reports import Report
from embargo_monitor.show.claims import ClaimPrinter
from embargo_monitor.show.listing import (
    gazetteer_lines,
    log_line,
    summary_line,
)
from embargo_monitor.show.plain import (
    plain_entry,
    plain_event,
    plain_gazetteer_entry,
    plain_summary,
)
from embargo_monitor.show.records import entry_lines, event_lines
from embargo_monitor.show.summary import summarise
from embargo_monitor.show.text import labelled, number_of


@click.command()
@log_option
@json_option
def log(log_path: str, as_json: bool) -> None:
    """List the entries, one on a line."""
    with EventLog.open(log_path) as opened:
        for logged in opened.entries():
            if as_json:
                print_json(plain_entry(logged))
            else:
                click.echo(log_line(logged))


def _wanted(opened: EventLog, which: str) -> Logged:
    if which.isascii() and which.isdigit():
        return opened.entry(int(which))
    for kind in KIND_VERSIONS:
        with suppress(UnknownNameError):
            return opened.find(kind, which)
    raise UnknownNameError("record", which)


@click.command()
@click.argument("which", metavar="INDEX|ID")
@log_option
@json_option
@click.option("--bytes", "as_bytes", is_flag=True, help="Write the entry's bytes.")
def show(which: str, log_path: str, as_json: bool, as_bytes: bool) -> None:
    """Show an entry, found by its index or its record's id, as a person reads it."""
    with EventLog.open(log_path) as opened:
        logged = _wanted(opened, which)
        if as_bytes:
            click.echo(logged.data, nl=False)
        elif as_json:
            print_json(plain_entry(logged))
        else:
            record = logged.entry.record
            texts = opened.texts(record) if isinstance(record, Report) else {}
            print_lines(entry_lines(logged, texts, width()))


@click.command()
@log_option
@json_option
def events(log_path: str, as_json: bool) -> None:
    """List the events that reports speak of, and what claims make of them."""
    with EventLog.open(log_path) as opened:
        for report in opened.reports():
            for one in report.events:
                summary = summarise(report, one)
                if as_json:
                    print_json(plain_summary(summary))
                else:
                    print_lines(summary_line(summary, width()))


@click.command()
@click.argument("id", metavar="REPORT-ID#EVENT-ID")
@log_option
@json_option
def event(id: str, log_path: str, as_json: bool) -> None:
    """Show one event: its claims side by side."""
    report_id, _, local = id.partition("#")
    with EventLog.open(log_path) as opened:
        record = opened.find("report", report_id).entry.record
        known = _events_of(record)
        if not isinstance(record, Report) or local not in known:
            raise UnknownNameError("event", id, [f"{report_id}#{one}" for one in known])
        texts = opened.texts(record)
        if as_json:
            print_json(plain_event(record, known[local], texts))
            return
        printer = ClaimPrinter(record, texts, width=width())
        print_lines(event_lines(known[local], record, printer))


def _events_of(record: Record | None) -> dict[str, Event]:
    return {one.id: one for one in record.events} if isinstance(record, Report) else {}


@click.command()
@log_option
@json_option
def verify(log_path: str, as_json: bool) -> None:
    """Hash every entry and exhibit again, and name every fault."""
    with EventLog.open(log_path) as opened, progress_bar("verifying") as progress:
        found = opened.verify(progress)
    if as_json:
        print_json(
            {
                "origin": found.origin,
                "size": found.size,
                "root": found.root.hex(),
                "exhibits": found.exhibits,
                "needs_newer": found.needs_newer,
                "against": None,
            }
        )
        return
    exhibits = number_of(found.exhibits, "exhibit", "exhibits")
    click.echo(f"VERIFIED {log_path}")
    click.echo(labelled("origin", found.origin))
    click.echo(
        labelled("size", f"{number_of(found.size, 'entry', 'entries')}, {exhibits}")
    )
    click.echo(labelled("root", found.root.hex()))
    if found.needs_newer:
        newer = f"{found.needs_newer:,} of them: a newer version is needed to read them"
        click.echo(labelled("unread", newer))
    click.echo(
        labelled(
            "means",
            "self-consistent only: every entry and exhibit is what was hashed. That"
            " the owner of the file did not rewrite all of it, only a root kept by"
            " somebody else can show.",
        )
    )


@click.command()
@click.argument("name", required=False)
@json_option
def gazetteer(name: str | None, as_json: bool) -> None:
    """Look up countries, forces, groups and bodies, by any of their names."""
    known = Gazetteer.bundled()
    found = list(known) if name is None else [one.entry for one in known.find(name)]
    if name is not None and not found:
        raise UnknownNameError("name", name, known.near(name))
    for entry in found:
        if as_json:
            print_json(plain_gazetteer_entry(entry))
        elif name is None:
            click.echo(f"{entry.id:<24} {entry.kind.value:<13} {entry.name.text}")
        else:
            print_lines(gazetteer_lines(entry, width()))
