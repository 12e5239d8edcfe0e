"""What the log said as of then: the commands cite and diff, and their options."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from embargo_monitor.cli.options import (
    json_option,
    log_option,
    print_json,
    print_lines,
    read_log,
    register_in,
    register_option,
    width,
)
from embargo_monitor.cli.progress import progress_bar
from embargo_monitor.errors import InvalidValueError
from embargo_monitor.eventlog import EventLog
from embargo_monitor.query.diffing import diff as diff_views
from embargo_monitor.query.view import View
from embargo_monitor.query.viewing import At, as_instant
from embargo_monitor.show.changes import changes_of_views, plain_changes
from embargo_monitor.show.text import isolated

at_option: Callable[[Any], Any] = click.option(
    "--at",
    metavar="SIZE|INSTANT|FILE",
    default="",
    help="As of so many entries, an instant or day (UTC), or a checkpoint's file.",
)

published_option: Callable[[Any], Any] = click.option(
    "--published-until",
    metavar="DAY",
    default=None,
    help="Only what was, or may have been, published by that day.",
)


def view_at(log: EventLog, at: str, published_until: str | None) -> View:
    """Return what the log said as of what a person wrote.

    Raises:
        InvalidValueError: It is no size of the log, no instant, and no file.
        SignatureError: The file is a checkpoint that the log did not sign.
        VerificationError: The log is not what the checkpoint says that it was.
    """
    with progress_bar("index") as advance:
        return log.view(_at(log, at), published_until, advance)


def _at(log: EventLog, at: str) -> At:
    if not at:
        return None
    if at.isascii() and at.isdigit() and len(at) <= len("9" * 18):
        return int(at)
    if os.path.isfile(at):  # noqa: PTH113 (Path.is_file fails on a name too long)
        return log.signing.opened(Path(at).read_bytes())
    try:
        return as_instant(at)
    except InvalidValueError:
        wanted = "a size, a day, an instant with its zone (2026-11-26T10:00:00Z), "
        raise InvalidValueError("at", at, f"{wanted}or a checkpoint's file") from None


@click.command()
@click.option("--question", metavar="TEXT", default="", help="What was asked of it.")
@at_option
@published_option
@register_option
@log_option
@json_option
def cite(question: str, at: str, log_path: str, as_json: bool, **given: Any) -> None:
    """Print the footnote: which log, as of when, with which root and versions."""
    register = register_in(given["folder"])
    with read_log(log_path) as log:
        view = view_at(log, at, given["published_until"])
        footnote = view.cite(question, register)
    if as_json:
        print_json({"footnote": footnote, "root": view.root.hex(), "size": view.size})
    else:
        click.echo(isolated(footnote))


@click.command()
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="[AFTER]", default="")
@click.option("--published-before", metavar="DAY", help="For BEFORE: published until.")
@click.option("--published-after", metavar="DAY", help="For AFTER: published until.")
@log_option
@json_option
def diff(before: str, after: str, log_path: str, as_json: bool, **given: Any) -> None:
    """Show what the log said AFTER and not BEFORE: each a size, instant or checkpoint.

    AFTER is all of the log unless given. With the days, what could be known then.
    """
    with read_log(log_path) as log:
        one = view_at(log, before, given["published_before"])
        other = view_at(log, after, given["published_after"])
        changes = diff_views(one, other)
    if as_json:
        for plain in plain_changes(changes):
            print_json(plain)
    else:
        print_lines(changes_of_views(changes, width()))
