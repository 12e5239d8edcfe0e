"""The queue in which writers wait, first come first served.

SQLite's own lock is no queue: who waits for it sleeps and tries again, and may starve.
"""

import os
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from embargo_monitor.errors import LogError, NotStoredError

try:
    from fcntl import LOCK_EX, LOCK_UN, flock
except ImportError:  # Windows: threads queue here, processes at SQLite's own lock
    LOCK_EX = LOCK_UN = 0  # type: ignore[misc]

    def flock(fd: int, operation: int, /) -> None:  # type: ignore[misc]
        """Let everybody pass."""


class QueueLock:
    """A lock that one thread of one process holds, while all others queue.

    The lock is on a side file, never on the database: closing any descriptor of the
    database would drop the locks that SQLite holds on it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = threading.Lock()
        self._holder: int | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock; wait for it as long as it takes.

        Raises:
            LogError: This thread holds it already, and would wait for itself.
            NotStoredError: The side file cannot be made or locked.
        """
        if self._holder == threading.get_ident():
            raise LogError("this thread is writing to the log already; end that first")
        with _queued(self._path), self._threads:
            self._holder = threading.get_ident()
            try:
                yield
            finally:
                self._holder = None


@contextmanager
def _queued(path: Path) -> Iterator[None]:
    try:
        # A descriptor of its own for each turn: flock then parts threads as well.
        descriptor = os.open(path, os.O_RDONLY | os.O_CREAT, 0o644)
    except OSError as error:
        raise NotStoredError(f"{path} cannot be opened: {error.strerror}") from error
    try:
        flock(descriptor, LOCK_EX)
        try:
            yield
        finally:
            # Closing alone would leave it with a child that was forked meanwhile.
            flock(descriptor, LOCK_UN)
    finally:
        os.close(descriptor)


@contextmanager
def queued_briefly(path: Path) -> Iterator[None]:
    """Hold a lock whose file is gone afterwards, in a folder that others may write to.

    Raises:
        OSError: The file cannot be made, or something else lies there; it was not
            followed.
    """
    descriptor = _our_turn(path)
    try:
        yield
    finally:
        # While it is locked: who waits for it sees that it is gone, and makes another.
        with suppress(OSError):  # Windows removes no open file
            path.unlink()
        flock(descriptor, LOCK_UN)
        os.close(descriptor)


def _our_turn(path: Path) -> int:
    flags = os.O_RDONLY | os.O_CREAT
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    while True:
        descriptor = os.open(path, flags, 0o644)
        flock(descriptor, LOCK_EX)
        found = os.fstat(descriptor)
        # Who had it before us may have taken it away while we waited.
        with suppress(FileNotFoundError):
            if stat.S_ISREG(found.st_mode) and os.path.samestat(found, path.lstat()):
                return descriptor
        os.close(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(0, "something else than a lock lies there", str(path))
