"""Commands that read: log, show, event, verify, gazetteer."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from embargo_monitor.cli.asof import at_option, published_option, view_at
from embargo_monitor.cli.options import (
    UNVERIFIED,
    find_entry,
    handling_option,
    json_option,
    log_option,
    optional_verifier_key,
    print_json,
    print_lines,
    read_log,
    register_in,
    register_option,
    width,
    write_output,
)
from embargo_monitor.cli.progress import progress_bar
from embargo_monitor.errors import (
    SignatureError,
    UnknownNameError,
    VerificationError,
)
from embargo_monitor.eventlog import EventLog
from embargo_monitor.gazetteer import Gazetteer
from embargo_monitor.judging import event_of
from embargo_monitor.log.audit import Problem
from embargo_monitor.log.checkpoints import Checkpoint
from embargo_monitor.log.signers import VerifierKey
from embargo_monitor.model.clusters import Cluster
from embargo_monitor.model.events import Event
from embargo_monitor.model.quotes import Handling
from embargo_monitor.model.since import Since
from embargo_monitor.query.view import View
from embargo_monitor.show.case import case_of
from embargo_monitor.show.casefile import case_lines
from embargo_monitor.show.claims import ClaimPrinter
from embargo_monitor.show.clusters import cluster_lines, plain_cluster
from embargo_monitor.show.corroboration import (
    corroboration_lines,
    known_lines,
    plain_corroboration,
)
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
@click.option(
    "--markdown",
    "output",
    metavar="FILE",
    help="Write its case file, for a report, to a new FILE; `-` prints it.",
)
@at_option
@published_option
@handling_option
@register_option
def event(id: str, log_path: str, as_json: bool, **given: Any) -> None:
    """Show one event: its claims side by side, as its reports stand.

    Where links of ours join it with events of other reports, it is shown first what
    they say together, and then what each of them says. With --markdown its case file
    is written: tables with footnotes, which embargoes bear on it, open questions, and
    the citation.
    """
    output, handling, folder = (given[one] for one in _OF_CASE_FILE)
    if output is None and (folder or handling is not Handling.PUBLIC):
        raise click.UsageError("--register and --handling go with --markdown")
    if output is not None and as_json:
        raise click.UsageError("--json or --markdown, not both")
    with read_log(log_path) as opened:
        if "#" not in id:
            _require_whole_id(opened, id)
        whole = view_at(opened, given["at"], given["published_until"])
        view = whole.part(id.partition("#")[0])
        asked, cluster = event_of(view.standing, id), view.cluster(id)
        if output is None:
            _show_event(view, id, asked, cluster, as_json=as_json)
            return
        register = register_in(folder)
        case = case_of(
            opened, view, id, *cluster.events, register=register, handling=handling
        )
        text = "".join(f"{line}\n" for line in case_lines(case))
    write_output(text.encode(), output)


_OF_CASE_FILE = ("output", "handling", "folder")


def _show_event(
    view: View, id: str, asked: Event, cluster: Cluster, *, as_json: bool
) -> None:
    stands, since = view.standing, view.since()
    if as_json:
        report = stands.reports[id.partition("#")[0]]
        plain = plain_event(report, asked, view.texts(report), stands, since)
        together = {**plain_cluster(cluster), **plain_corroboration(cluster, view)}
        print_json({**plain, "cluster": together})
        return
    print_lines(cluster_lines(cluster, stands, width()))
    lines = [
        *corroboration_lines(cluster, width()),
        *known_lines(cluster, view, width()),
    ]
    if len(cluster.events) > 1:
        print_lines([*lines, ""])
    print_lines(_event_lines(view, id, cluster, since))
    for other in cluster.events:
        if other != id:
            print_lines(["", *_event_lines(view, other, cluster, since)])
    if len(cluster.events) == 1:
        print_lines(["", *lines])


def _event_lines(view: View, id: str, cluster: Cluster, since: Since) -> Iterator[str]:
    stands = view.standing
    report = stands.reports[id.partition("#")[0]]
    printer = ClaimPrinter(
        report,
        view.texts(report),
        width=width(),
        assessed=stands.assessments,
        since=since,
        beside=cluster.beside,
    )
    yield from event_lines(event_of(stands, id), report, printer)
    yield from link_lines(stands, id, width(), since=since)
    yield from mended_lines(stands, report.id, width())


def _require_whole_id(log: EventLog, id: str) -> None:
    """Refuse an event's id without its report's, and name those that it may be."""
    events = log.view().standing.events
    near = [one for one in events if one.partition("#")[2] == id]
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
