"""What commands share: where the log is, how wide a line may be, how to print."""

import json
import shutil
import sys
from collections.abc import Callable, Iterable
from typing import Any

import click

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
