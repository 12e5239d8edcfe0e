"""Files that appear whole, under a free name, or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

PRIVATE = 0o600
"""The mode of every file made here: for its owner alone."""


@contextmanager
def appearing(path: Path) -> Iterator[Path]:
    """Give a place to write a file, which then takes *path* at once, and durably.

    A crash in between leaves a folder beside it whose name begins with `.new-`, and
    nothing under *path*.

    Yields:
        The path of an empty file that nobody else knows.

    Raises:
        FileExistsError: The name is taken; what lies there was not touched.
        OSError: The folder is missing, closed to us, or full.
    """
    with TemporaryDirectory(prefix=".new-", dir=path.parent) as workshop:
        unnamed = Path(workshop, path.name)
        unnamed.touch(PRIVATE, exist_ok=False)
        yield unnamed
        _sync(unnamed, os.O_RDWR)
        _name(unnamed, path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    # Windows opens no folder, and needs no such sync.
    with suppress(PermissionError):
        _sync(folder, os.O_RDONLY)


def _name(unnamed: Path, path: Path) -> None:
    try:
        path.hardlink_to(unnamed)
    except OSError:
        # exFAT and many network drives have no hard links: take the name first,
        # which fails when it is taken already, then move over our own empty file.
        path.touch(PRIVATE, exist_ok=False)
        unnamed.replace(path)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
