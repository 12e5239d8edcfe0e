"""What was seen of logs: of each the largest tree head, in a folder apart from it.

Whoever puts back an older copy of a log, with all that lies beside it, does not put
back this. So it must never be restored together with a log.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from attrs import evolve, frozen
from platformdirs import user_state_path

from embargo_monitor.errors import (
    FormatError,
    NotStoredError,
    WitnessError,
    quoted,
)
from embargo_monitor.log import files
from embargo_monitor.log.checkpoints import TreeHead, parse_tree_head
from embargo_monitor.log.files import folder_of_user
from embargo_monitor.log.locks import QueueLock
from embargo_monitor.log.signers import VerifierKey

PLACE = "EMBARGO_MONITOR_STATE"
"""The environment variable that names another folder for what programs remember."""


@frozen
class Seen:
    """What was seen of a log last.

    Attributes:
        verifier: The key that had signed it.
        head: Its tree head, without extensions.
    """

    verifier: VerifierKey
    head: TreeHead


class Witness:
    """A folder with what was seen of logs, one file for each."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._folder = Path(os.path.realpath(folder))

    @classmethod
    def of_user(cls) -> Self:
        """Return what the user who runs this process has seen."""
        return cls(folder_of_user(PLACE, cls.usual_folder().parent) / "witness")

    @staticmethod
    def usual_folder() -> Path:
        """Return where it lies if nobody says otherwise."""
        return Path(os.path.realpath(user_state_path("embargo_monitor"))) / "witness"

    @property
    def folder(self) -> Path:
        """Where it lies; it is made with the first file."""
        return self._folder

    def path_of(self, origin: str) -> Path:
        """Return the file about a log: the SHA-256 of its name (C2SP tlog-witness)."""
        return self._folder / hashlib.sha256(origin.encode()).hexdigest()

    def seen(self, origin: str) -> Seen | None:
        """Return what was seen of a log; None where nothing was.

        Raises:
            FormatError: The file is damaged; the text says what to do.
            NotStoredError: The file cannot be read.
        """
        path = self.path_of(origin)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise NotStoredError(f"{path}: {error.strerror}") from error
        return _parse(data, origin, path)

    def advance(
        self, verifier: VerifierKey, head: TreeHead, expected: Seen | None
    ) -> None:
        """Note a tree head, if what was seen before is still what the caller knows.

        That it continues what was seen is for the caller to check before; only that it
        cannot, for being smaller or another of the same size, is refused here.

        Args:
            verifier: The key that signs it.
            head: It; extensions are left out.
            expected: What `seen` returned when the caller compared the log with it.

        Raises:
            WitnessError: Something else was noted meanwhile, or the head cannot
                continue it: do not sign it; compare the log again.
            FormatError: As `seen`.
            NotStoredError: The folder cannot be made or written.
        """
        coming = Seen(verifier, evolve(head, extensions=()))
        with self._held(head.origin):
            seen = self.seen(head.origin)
            if seen != expected:
                reason = f"{_told(seen)} meanwhile; compare the log again"
                raise WitnessError(head.origin, reason)
            if seen is not None and not _may_follow(seen.head, coming.head):
                reason = f"{_told(seen)}, which {head.size:,} with the root"
                reason = f"{reason} {head.root.hex()} cannot continue"
                raise WitnessError(head.origin, reason)
            if seen != coming:
                self._write(coming)

    def replace(self, verifier: VerifierKey, head: TreeHead) -> Path | None:
        """Note a tree head whatever was seen before, to go on after a loss.

        What was seen, damaged or not, is kept under its name and a number.

        Returns:
            Where it is kept now; None if nothing was seen before.

        Raises:
            NotStoredError: The folder cannot be made or written.
        """
        with self._held(head.origin):
            path = self.path_of(head.origin)
            kept = _set_aside(path) if path.exists() else None
            self._write(Seen(verifier, evolve(head, extensions=())))
            return kept

    def accept(self, verifier: VerifierKey) -> Seen:
        """Let another key sign a log from now on; what was seen of its tree stays.

        What was seen before is kept under its name and a number.

        Args:
            verifier: The key, got by a way that you trust.

        Returns:
            What was seen before.

        Raises:
            WitnessError: Nothing was seen of that log.
            FormatError: As `seen`.
            NotStoredError: The folder cannot be made or written.
        """
        with self._held(verifier.name):
            seen = self.seen(verifier.name)
            if seen is None:
                reason = "nothing was seen of it here, so no other key is known of it"
                raise WitnessError(verifier.name, reason)
            if seen.verifier != verifier:
                _set_aside(self.path_of(verifier.name))
                self._write(evolve(seen, verifier=verifier))
            return seen

    @contextmanager
    def _held(self, origin: str) -> Iterator[None]:
        """Let nobody else look and write meanwhile."""
        try:
            if not self._folder.is_dir():
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                files.sync_folder(self._folder.parent)
        except OSError as error:
            raise NotStoredError(f"{self._folder}: {error.strerror}") from error
        with QueueLock(self.path_of(origin).with_suffix(".lock")).held():
            yield

    def _write(self, seen: Seen) -> None:
        path = self.path_of(seen.head.origin)
        data = f"{seen.verifier}\n".encode() + seen.head.text()
        try:
            with TemporaryDirectory(prefix=".new-", dir=self._folder) as workshop:
                written = Path(workshop, path.name)
                with written.open("xb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                written.replace(path)
            files.sync_folder(self._folder)
        except OSError as error:
            raise NotStoredError(f"{path}: {error.strerror}") from error


def _parse(data: bytes, origin: str, path: Path) -> Seen:
    first, _, rest = data.partition(b"\n")
    try:
        verifier = VerifierKey.parse(first.decode(errors="replace"))
        seen, fault = Seen(verifier, parse_tree_head(rest)), "it is about another log"
    except FormatError as error:
        seen, fault = None, error.reason
    if seen is None or seen.head.origin != origin:
        reason = (
            f"what was seen of {quoted(origin)} is damaged ({fault}); take the file"
            " from a backup of this folder, or compare the log with a checkpoint that"
            " somebody else holds, and move the file away"
        )
        raise FormatError(str(path), reason)
    return seen


def _may_follow(seen: TreeHead, head: TreeHead) -> bool:
    return head.size > seen.size or (head.size, head.root) == (seen.size, seen.root)


def _told(seen: Seen | None) -> str:
    if seen is None:
        return "what was seen of it was taken away"
    head = seen.head
    return f"a size of {head.size:,} with the root {head.root.hex()} was noted"


def _set_aside(path: Path) -> Path:
    """Keep a copy; the file itself must not be missing at any time."""
    taken = {other.suffix for other in path.parent.glob(f"{path.name}.*")}
    free = next(n for n in count(1) if f".{n}" not in taken)
    kept = path.with_suffix(f".{free}")
    try:
        with files.appearing(kept) as unnamed:
            unnamed.write_bytes(path.read_bytes())
    except OSError as error:
        raise NotStoredError(f"{kept}: {error.strerror}") from error
    return kept
