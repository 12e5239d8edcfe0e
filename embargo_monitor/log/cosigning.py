"""Cosigning another's checkpoint: that it continues all that was seen of that log.

So two institutes can watch each other's logs with nothing but files. The rules are
those of C2SP tlog-witness, which speaks of servers.
"""

from collections.abc import Callable
from pathlib import Path

from attrs import frozen

from embargo_monitor.errors import (
    FormatError,
    ProofError,
    VerificationError,
    WitnessError,
)
from embargo_monitor.log import files
from embargo_monitor.log.checkpoints import (
    Policy,
    TreeHead,
    cosign,
    open_checkpoint,
)
from embargo_monitor.log.folders import Folder
from embargo_monitor.log.merkle import HASH_BYTES, TILE_HEIGHT, TILE_WIDTH, Hashes
from embargo_monitor.log.notes import MAX_NOTE
from embargo_monitor.log.proofs import check_consistency
from embargo_monitor.log.signers import SigningKey, VerifierKey
from embargo_monitor.log.tiles import tile_path
from embargo_monitor.log.witness import Seen, Witness

# The hashes of a proof beside it take less than it may.
_MAX_REQUEST = 2 * MAX_NOTE

Consistency = Callable[[int, int], tuple[bytes, ...]]
"""Gives the proof that the tree of the second size continues that of the first."""


@frozen
class Cosigner:
    """One who watches the logs of others.

    Attributes:
        key: What it signs with, of kind 0x04.
        witness: What it saw of logs.
    """

    key: SigningKey
    witness: Witness

    def cosign(
        self, note: bytes, log: VerifierKey, proof: Consistency, time: int
    ) -> bytes:
        """Check that a checkpoint continues what was seen of its log, and cosign it.

        What is seen now is noted before it is signed, so that nothing else will be.

        Args:
            note: The checkpoint, with the log's signature.
            log: The log's verifier key, got by a way that you trust.
            proof: Gives the proof of consistency with what was seen before.
            time: Now, in seconds since 1970 (UTC).

        Returns:
            The checkpoint with one signature more.

        Raises:
            FormatError: It is no checkpoint.
            SignatureError: The log has not signed it.
            WitnessError: It is older than what was seen, or another tree of that size,
                or another key signed what was seen. It is not cosigned: ask the log's
                owner why.
            ProofError: It is not shown to continue what was seen.
        """
        head = open_checkpoint(note, Policy(log)).head
        seen = self.witness.seen(head.origin)
        if seen is not None:
            _require_onward(seen, log, head)
        if seen is not None and seen.head.size:
            old, proved = seen.head, proof(seen.head.size, head.size)
            check_consistency(old.size, old.root, head.size, head.root, proved)
        self.witness.advance(log, head, expected=seen)
        return cosign(note, self.key, time)


def _require_onward(seen: Seen, log: VerifierKey, head: TreeHead) -> None:
    if seen.verifier != log:
        reason = f"what was seen of it was signed by {seen.verifier}"
        raise WitnessError(head.origin, reason)
    if head.size < seen.head.size:
        reason = f"seen with {seen.head.size:,} entries, and this is of {head.size:,}"
        raise WitnessError(head.origin, reason)


def read_request(file: Path) -> bytes:
    """Read a checkpoint, or a request with one, that somebody gave.

    Raises:
        FormatError: It is no plain file, or longer than one can be.
        FileNotFoundError: It is not there.
    """
    try:
        return files.read_plain(file, _MAX_REQUEST)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise FormatError(str(file), f"not read: {error.strerror}") from error


def hashes_in(folder: Path, size: int) -> Hashes:
    """Read the tree of a log of that size from the tiles in a folder (C2SP tlog-tiles).

    What is read is not checked: a proof made of it is worth what it proves.

    Args:
        folder: That of the checkpoint; it may be anybody's.
        size: Entries of the log.
    """
    tiles = Folder(folder)

    def hashes(level: int, first: int, count: int) -> list[bytes]:
        number, offset = divmod(first, TILE_WIDTH)
        width = min(TILE_WIDTH, (size >> TILE_HEIGHT * level) - first + offset)
        # A partial tile may be gone once the full one is there.
        data = _tile(tiles, tile_path(level, number, width))
        data = data or _tile(tiles, tile_path(level, number))
        if data is None:
            words = f"{tile_path(level, number, width)}: it is missing"
            raise VerificationError((words,))
        starts = range(offset * HASH_BYTES, (offset + count) * HASH_BYTES, HASH_BYTES)
        return [data[start : start + HASH_BYTES] for start in starts]

    return hashes


def _tile(folder: Folder, name: str) -> bytes | None:
    try:
        return folder.read(name, TILE_WIDTH * HASH_BYTES)
    except FormatError as error:
        raise VerificationError((str(error),)) from error


def brought(old: int, proof: tuple[bytes, ...]) -> Consistency:
    """Give a proof that was brought along, if it begins at what was seen.

    Args:
        old: The size at which it begins.
        proof: Its hashes.
    """

    def proved(seen: int, _new: int) -> tuple[bytes, ...]:
        if seen != old:
            reason = f"it begins at size {old:,}, and {seen:,} entries were seen here"
            raise ProofError("consistency", reason)
        return proof

    return proved
