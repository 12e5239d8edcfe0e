"""A bar on standard error while something long is under way, if a person watches."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import click
from click._termui_impl import ProgressBar

from embargo_monitor.logged import Progress


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """Give what to call with how many are done and how many there are.

    Nothing is shown where standard error is no terminal, nor before the first call.
    """
    with ExitStack() as stack:
        bars: list[ProgressBar[int]] = []

        def advance(done: int, total: int) -> None:
            if not bars:
                hidden = not sys.stderr.isatty()
                bar: ProgressBar[int] = click.progressbar(
                    length=total, label=label, file=sys.stderr, hidden=hidden
                )
                bars.append(stack.enter_context(bar))
            bars[0].length = total
            bars[0].update(done - bars[0].pos)

        yield advance
