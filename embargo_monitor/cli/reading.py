"""Commands that read: log, show, event, verify, gazetteer."""

import sys
from pathlib import Path

import click

from embargo_monitor.cli.options import (
    UNVERIFIED,
    find_entry,
    json_option,
    log_option,
    optional_verifier_key,
    print_json,
    print_lines,
    read_log,
    width,
)
from embargo_monitor.cli.progress import progress_bar
from embargo_monitor.errors import (
    SignatureError,
    UnknownNameError,
    VerificationError,
)
from embargo_monitor.eventlog import EventLog
from embargo_monitor.gazetteer import Gazetteer
from embargo_monitor.log.audit import Problem
from embargo_monitor.log.checkpoints import Checkpoint
from embargo_monitor.log.signers import VerifierKey
from embargo_monitor.model.records import Record
from embargo_monitor.model.since import changed_since
from embargo_monitor.model.standing import standing
from embargo_monitor.model.views import takings_back
from embargo_monitor.show.claims import ClaimPrinter
from embargo_monitor.show.later import (
    link_lines,
    logged_lines,
    mended_lines,
    withdrawn_mark,
)
from embargo_monitor.show.listing import (
    gazetteer_lines,
    log_line,
)
from embargo_monitor.show.plain import (
    plain_entry,
    plain_event,
    plain_gazetteer_entry,
)
from embargo_monitor.show.records import event_lines
from embargo_monitor.show.verified import (
    plain_problem,
    plain_verified,
    verified_lines,
)


@click.command()
@log_option
@json_option
def log(log_path: str, as_json: bool) -> None:
    """List the entries, one on a line."""
    with read_log(log_path) as opened:
        stands = opened.standing_of()
        for logged in opened.entries():
            if as_json:
                print_json(plain_entry(logged))
                continue
            envelope = logged.entry.envelope
            mark = withdrawn_mark(stands, envelope.kind, envelope.id)
            click.echo(f"{log_line(logged)}{mark}")


@click.command()
@click.argument("which", metavar="INDEX|ID")
@log_option
@json_option
@click.option("--bytes", "as_bytes", is_flag=True, help="Write the entry's bytes.")
def show(which: str, log_path: str, as_json: bool, as_bytes: bool) -> None:
    """Show an entry, found by its index or its record's id, as a person reads it.

    Where an id is that of several records, or looks like an index, KIND/ID tells them
    apart: report/00001.
    """
    with read_log(log_path) as opened:
        logged = find_entry(opened, which)
        if as_bytes:
            click.echo(logged.data, nl=False)
        elif as_json:
            print_json(plain_entry(logged))
        else:
            print_lines(logged_lines(opened, logged, width()))


@click.command()
@click.argument("id", metavar="REPORT-ID#EVENT-ID")
@log_option
@json_option
def event(id: str, log_path: str, as_json: bool) -> None:
    """Show one event: its claims side by side, as its report stands."""
    name, _, local = id.partition("#")
    with read_log(log_path) as opened:
        if not local:
            _require_whole_id(opened, id)
        report = opened.report(name)
        known = {one.id: one for one in report.events}
        if local not in known:
            raise UnknownNameError("event", id, [f"{name}#{one}" for one in known])
        texts = opened.texts(report)
        records = records_of(opened)
        stands, since = standing(records), changed_since(records)
        if as_json:
            print_json(plain_event(report, known[local], texts, stands, since))
            return
        printer = ClaimPrinter(
            report,
            texts,
            width=width(),
            assessed=stands.assessments,
            since=since,
            beside=takings_back(stands.reports.values()),
        )
        print_lines(event_lines(known[local], report, printer))
        print_lines(link_lines(stands, id, width(), since=since))
        print_lines(mended_lines(stands, name, width()))


def records_of(log: EventLog) -> list[Record]:
    """Read the whole log: any report may take back what another one tells."""
    found = (logged.entry.record for logged in log.entries())
    return [record for record in found if record is not None]


def _require_whole_id(log: EventLog, id: str) -> None:
    """Refuse an event's id without its report's, and name those that it may be."""
    whole = (
        f"{one.id}#{id}"
        for one in log.view().standing.reports.values()
        if any(event.id == id for event in one.events)
    )
    near = list(whole)
    if near:
        raise UnknownNameError("event", id, near)


@click.command()
@log_option
@json_option
@click.option(
    "--against",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A checkpoint that was kept elsewhere; may be given several times.",
)
@click.option(
    "--key",
    callback=optional_verifier_key,
    metavar="VKEY",
    help="The log's verifier key (or @FILE), got by a way you trust; else it is asked.",
)
def verify(
    log_path: str, as_json: bool, files: tuple[Path, ...], key: VerifierKey | None
) -> None:
    """Hash every entry and exhibit again, and name every fault."""
    with EventLog.open(log_path) as log, progress_bar("verifying") as progress:
        try:
            against = [_opened(log, file, key) for file in files]
            found = log.verify(progress, against=against, key=key)
        except VerificationError as error:
            if not as_json:
                raise
            print_json({"problems": [plain_problem(one) for one in error.problems]})
            sys.exit(UNVERIFIED)
    if as_json:
        print_json(plain_verified(found))
    else:
        click.echo(f"VERIFIED {log_path}")
        print_lines(verified_lines(found, width()))


def _opened(log: EventLog, file: Path, key: VerifierKey | None) -> Checkpoint:
    try:
        return log.signing.opened(file.read_bytes(), key)
    except SignatureError as error:
        problem = Problem(None, "signature", detail=f"{file}: {error}")
        raise VerificationError((problem,)) from error


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
