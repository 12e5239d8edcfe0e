"""What check-bundle and audit share: they check what strangers gave, by their keys."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from embargo_monitor.cli.options import UNVERIFIED, print_json
from embargo_monitor.errors import VerificationError
from embargo_monitor.log.checkpoints import Policy
from embargo_monitor.log.signers import VerifierKey
from embargo_monitor.show.verified import plain_problem

quorum_option: Callable[[Any], Any] = click.option(
    "--quorum",
    type=click.IntRange(min=0),
    metavar="N",
    help="How many of the witnesses must have cosigned; all of them if not given.",
)


def policy_of(
    key: VerifierKey, witnesses: tuple[VerifierKey, ...], quorum: int | None
) -> Policy:
    """Demand the log's signature, and those of as many witnesses as were asked for.

    Raises:
        InvalidValueError: No checkpoint could meet that.
    """
    demanded = len(witnesses) if quorum is None else quorum
    return Policy(key, witnesses=witnesses, quorum=demanded)


@contextmanager
def problems_as_json(*, as_json: bool) -> Iterator[None]:
    """Print what does not verify as JSON, where that was asked for, and exit."""
    try:
        yield
    except VerificationError as error:
        if not as_json:
            raise
        print_json({"problems": [plain_problem(one) for one in error.problems]})
        sys.exit(UNVERIFIED)
