"""The command line, `embargo-monitor`: thin; whatever it does is one call or two.

Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 verification failed.
"""

import io
import sys

import click

from embargo_monitor.cli.dates import dates
from embargo_monitor.cli.later import assess, correct, link, withdraw
from embargo_monitor.cli.reading import (
    event,
    events,
    gazetteer,
    log,
    show,
    verify,
)
from embargo_monitor.cli.schema import schema
from embargo_monitor.cli.writing import add, check, init
from embargo_monitor.errors import EmbargoMonitorError, VerificationError

_REFUSED, _UNVERIFIED = 1, 3


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="embargo-monitor")
def commands() -> None:
    """Reported arms transfers, claim by claim, in a log that anybody can check."""


_COMMANDS = (
    *(init, check, add),
    *(correct, withdraw, assess, link),
    *(log, show, event, events, verify),
    *(gazetteer, dates, schema),
)
for _command in _COMMANDS:
    commands.add_command(_command)


def main() -> None:
    """Run the command line; errors become words on standard error."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show Arabic gets escapes instead of a crash.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        commands()
    except VerificationError as error:
        click.echo(f"NOT VERIFIED\n{error}", err=True)
        sys.exit(_UNVERIFIED)
    except (EmbargoMonitorError, OSError) as error:
        click.echo(f"embargo-monitor: {error}", err=True)
        sys.exit(_REFUSED)
