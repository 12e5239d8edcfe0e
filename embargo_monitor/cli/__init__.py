"""The command line, `embargo-monitor`: thin; whatever it does is one call or two.

Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 verification failed.
"""

import io
import sys
import warnings

import click

from embargo_monitor.cli.asking import claims, events
from embargo_monitor.cli.asof import cite, diff
from embargo_monitor.cli.dates import dates
from embargo_monitor.cli.later import assess, correct, link, withdraw
from embargo_monitor.cli.options import UNVERIFIED, warn
from embargo_monitor.cli.proving import check_bundle, prove
from embargo_monitor.cli.reading import (
    event,
    gazetteer,
    log,
    show,
    verify,
)
from embargo_monitor.cli.regimes import regimes
from embargo_monitor.cli.relevance import relevance
from embargo_monitor.cli.schema import schema
from embargo_monitor.cli.signing import (
    checkpoint,
    cosign,
    keep_cosignatures,
    key,
    resume,
)
from embargo_monitor.cli.sql import sql
from embargo_monitor.cli.static import audit, export_log
from embargo_monitor.cli.timeline import timeline
from embargo_monitor.cli.writing import add, check, init
from embargo_monitor.errors import EmbargoMonitorError, VerificationError

_REFUSED = 1


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="embargo-monitor")
def commands() -> None:
    """Reported arms transfers, claim by claim, in a log that anybody can check."""


_COMMANDS = (
    *(init, check, add),
    *(correct, withdraw, assess, link),
    *(log, show, event, events, claims, timeline, sql, verify),
    *(checkpoint, key, resume, cosign, keep_cosignatures),
    *(prove, check_bundle, export_log, audit),
    *(cite, diff, relevance, regimes, gazetteer, dates, schema),
)
for _command in _COMMANDS:
    commands.add_command(_command)


def _warn(message: Warning | str, *_: object, **__: object) -> None:
    """Give a warning of the library in words, without its place in our code."""
    warn(str(message))


def main() -> None:
    """Run the command line; errors become words on standard error."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show Arabic gets escapes instead of a crash.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", UserWarning)
            warnings.showwarning = _warn
            commands()
    except VerificationError as error:
        click.echo(f"NOT VERIFIED\n{error}", err=True)
        sys.exit(UNVERIFIED)
    except (EmbargoMonitorError, OSError) as error:
        click.echo(f"embargo-monitor: {error}", err=True)
        sys.exit(_REFUSED)
