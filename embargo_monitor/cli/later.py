"""Commands that speak of what is logged already: correct, withdraw, assess, link.

Each shows what it refers to and what it would add, then asks.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import click
from attrs import fields, frozen

from embargo_monitor.amending import amend, free_id
from embargo_monitor.authoring import Given, author_file, taken_apart
from embargo_monitor.cli.options import (
    find_entry,
    json_option,
    log_option,
    print_lines,
    require_terminal,
    sign_and_tell,
    tell_receipt,
    width,
    yes_option,
)
from embargo_monitor.clock import now
from embargo_monitor.eventlog import EventLog
from embargo_monitor.model.grades import Credibility, CredibilityGrade
from embargo_monitor.model.records import (
    Assessment,
    Correction,
    Link,
    Linked,
    LinkRelation,
    Record,
    Withdrawal,
)
from embargo_monitor.show.authored import permanent_lines
from embargo_monitor.show.later import later_lines

_OPTIONS = (
    click.option(
        "--reason", required=True, metavar="TEXT", help="Why. It stays for ever."
    ),
    click.option(
        "--by",
        required=True,
        envvar="EMBARGO_MONITOR_BY",
        show_envvar=True,
        metavar="LABEL",
        help="Who says so: a label or pseudonym. It stays for ever.",
    ),
    click.option("--id", metavar="ID", default="", help="The record's id; a free one."),
    log_option,
    json_option,
    yes_option,
)


@frozen
class Said:
    """What all of these commands are told.

    Attributes:
        reason: Why.
        by: Who says so.
        id: The record's id; empty for one that is free.
        log_path: The log.
        as_json: Whether the receipt is told in JSON.
        yes: Whether nobody is to be asked.
    """

    reason: str
    by: str
    id: str
    log_path: str
    as_json: bool
    yes: bool


def _later(command: Callable[..., None]) -> Any:
    """Give a command the options that all of these share, as one value."""

    @wraps(command)
    def told(**options: Any) -> None:
        said = Said(**{one.name: options.pop(one.name) for one in fields(Said)})
        require_terminal(yes=said.yes)
        command(said, **options)

    for option in reversed(_OPTIONS):
        told = option(told)
    return told


@click.command()
@click.argument("file", metavar="FILE")
@_later
def correct(said: Said, file: str) -> None:
    """Correct a report of ours: FILE is its authoring file, mended.

    What differs from the report as it stands becomes one correction: claims added,
    replaced, withdrawn, and whatever else is otherwise. What was logged stays
    readable.
    """
    authored = author_file(Path(file))
    with EventLog.open(said.log_path) as log:
        id_ = said.id or free_id(log, "correction", authored.report.id)
        given = amend(log, authored, id=id_, reason=said.reason, by=said.by)
        _append(log, given, said)


@click.command()
@click.argument("which", metavar="INDEX|ID")
@_later
def withdraw(said: Said, which: str) -> None:
    """Withdraw an entry of ours that should not be in the log. It stays readable.

    What *the world* takes back is a claim in a report, with the stance `withdraws`.
    """
    with EventLog.open(said.log_path) as log:
        target = find_entry(log, which).entry.envelope
        record = Withdrawal(
            said.id or free_id(log, "withdrawal", target.id),
            entry=target.id,
            entry_kind=target.kind,
            reason=said.reason,
            by=said.by,
        )
        _append(log, record, said)


@click.command()
@click.argument("claim", metavar="REPORT-ID#CLAIM-ID")
@click.argument("grade", type=click.Choice(["2", "3", "4", "5", "6"]), metavar="GRADE")
@click.option("--on", default="", metavar="DAY", help="When judged; today, in UTC.")
@_later
def assess(said: Said, claim: str, grade: str, on: str) -> None:
    """Judge how far one claim can be believed: GRADE is 2 to 6.

    2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be judged.
    1, confirmed, is never given: `event` counts it from independent origins.
    """
    judged = CredibilityGrade(
        Credibility(grade), by=said.by, on=on or f"{now():%Y-%m-%d}"
    )
    with EventLog.open(said.log_path) as log:
        record = Assessment(
            said.id or free_id(log, "assessment", claim.replace("#", ".")),
            claim=claim,
            credibility=judged,
            reason=said.reason,
        )
        _append(log, record, said)


@click.command()
@click.argument("first", metavar="FIRST")
@click.argument("relation", type=click.Choice([one.value for one in LinkRelation]))
@click.argument("second", metavar="SECOND")
@click.option(
    "--kind",
    type=click.Choice([one.value for one in Linked]),
    default=Linked.EVENT.value,
    show_default=True,
    help="What is joined.",
)
@click.option(
    "--because",
    multiple=True,
    metavar="REPORT-ID#CLAIM-ID",
    help="A claim that it rests on; may be given several times.",
)
@_later
def link(said: Said, first: str, relation: str, second: str, **more: Any) -> None:
    """Say how FIRST stands to SECOND: the same, part of, resells ...

    Both are written REPORT-ID#LOCAL-ID, a document REPORT-ID#document. Events take
    every relation; actors, sources, documents and places `same`, `different` and
    `unsure`.
    """
    with EventLog.open(said.log_path) as log:
        record = Link(
            said.id or free_id(log, "link", first.replace("#", ".")),
            relation=LinkRelation(relation),
            linked=Linked(more["kind"]),
            first=first,
            second=second,
            because=more["because"],
            reason=said.reason,
            by=said.by,
        )
        _append(log, record, said)


def _append(log: EventLog, given: Given, said: Said) -> None:
    """Show what it refers to and what would be added, ask, and append it."""
    record, _ = taken_apart(given)
    log.check_targets(record)
    if not said.yes:
        print_lines(later_lines(log, record, width()))
        click.echo()
        print_lines(_permanent_lines(log, record, said.by))
        if not click.confirm("Add it?", default=False):
            click.echo("Nothing was added.")
            return
    tell_receipt(record, log.append(given, by=said.by), as_json=said.as_json)
    sign_and_tell(log, as_json=said.as_json)


def _permanent_lines(log: EventLog, record: Record, by: str) -> Iterator[str]:
    before = log.report(record.report) if isinstance(record, Correction) else None
    return permanent_lines(record, by, width(), before=before)
