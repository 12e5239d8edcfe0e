"""Files that appear whole or not at all; and files of others, read with care."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

PRIVATE = 0o600
"""The mode of files for their owner alone."""

PUBLIC = 0o644
"""The mode of files that a web server may read, less the umask."""

# A queue or a device among files of others must not keep us waiting.
_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_WRITING = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def folder_of_user(variable: str, usual: Path) -> Path:
    """Return the folder that an environment variable names, else the usual one."""
    named = os.environ.get(variable)
    return Path(named) if named else usual


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


def replace(path: Path, data: bytes, *, unnamed: Path) -> None:
    """Write a public file, which takes *path* at once from whatever has it.

    Durable, but for its name: sync its folder for that.

    Args:
        path: Its name.
        data: What is in it.
        unnamed: Where it is made: in the same file system, and free or left over from
            when somebody was stopped.

    Raises:
        OSError: The folder is missing, closed to us, or full.
    """
    unnamed.unlink(missing_ok=True)
    with os.fdopen(os.open(unnamed, _WRITING, PUBLIC), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    unnamed.replace(path)


def read_plain(path: Path, limit: int) -> bytes:
    """Return what is in a file that may be anything.

    Args:
        path: It; symbolic links are followed.
        limit: Bytes that it may have.

    Raises:
        FileNotFoundError: There is none.
        OSError: It is no plain file, is longer, or cannot be read.
    """
    descriptor = os.open(path, _READING)
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(0, "it is no file", str(path))
        if found.st_size > limit:
            words = (
                f"it has {found.st_size:,} bytes, and at most {limit:,} can be right"
            )
            raise OSError(0, words, str(path))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(found.st_size)
    finally:
        os.close(descriptor)


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
