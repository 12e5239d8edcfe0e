"""A bar on standard error while something long is under way, if a person watches."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from embargo_monitor.logged import Progress


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """Give what to call with how many are done and how many there are.

    Nothing is shown where standard error is no terminal.
    """
    with click.progressbar(
        length=0, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:

        def advance(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield advance
