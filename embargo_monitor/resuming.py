"""A log under another key: going on with one of ours, accepting one of its owner's.

A key signs one history. Where what was seen is lost, or the key is, another key signs
from there, and an entry says so for ever. Whoever can write to the file can write such
an entry too: so elsewhere the other key counts only once somebody has accepted it.
"""

from attrs import frozen

from embargo_monitor.appending import Appending
from embargo_monitor.clock import Clock
from embargo_monitor.encoding import decode
from embargo_monitor.errors import (
    EncodingError,
    FormatError,
    KeyChangedError,
    RolledBackError,
    SigningKeyError,
)
from embargo_monitor.log import onward
from embargo_monitor.log.checkpoints import Checkpoint, TreeHead
from embargo_monitor.log.entries import Reader, Writer
from embargo_monitor.log.exhibits import ExhibitStore
from embargo_monitor.log.merkle import EMPTY
from embargo_monitor.log.signed import Signer
from embargo_monitor.log.signers import SigningKey, VerifierKey
from embargo_monitor.log.signing import Signing, latest_checkpoint, require_grown
from embargo_monitor.log.witness import Seen
from embargo_monitor.model.records import Resumption


@frozen
class Resuming:
    """Who goes on with a log, and why.

    Attributes:
        id: The record's id.
        reason: What happened.
        by: Who goes on; a label or pseudonym.
    """

    id: str
    reason: str
    by: str


def resume(
    signing: Signing, exhibits: ExhibitStore, clock: Clock, why: Resuming
) -> Checkpoint:
    """Go on with a log that is not what was seen of it, or whose key is lost.

    Raises:
        SigningKeyError: Nothing is lost, or the log never had a key.
        VerificationError: It is damaged besides: verify it.
    """
    with signing.storage.writing() as writer:
        last, key = succeed(signing, writer)
        record = Resumption(
            why.id,
            seen_size=last.head.size,
            seen_root=last.head.root.hex(),
            old_key=str(last.verifier),
            new_key=str(key.verifier),
            reason=why.reason,
            by=why.by,
        )
        Appending.now(writer, exhibits, clock, why.by).append(record)
        writer.kept.add_signer(writer.size, str(key.verifier))
    return signing.go_on(key)


def succeed(signing: Signing, writer: Writer) -> tuple[Seen, SigningKey]:
    """Draw the key that signs after what was seen is lost, or the key before it.

    A witness file that is damaged counts as lost: what was signed is not known.

    Returns:
        What was last seen of the log, and the new key.

    Raises:
        SigningKeyError: Nothing is lost, or the log never had a key.
        VerificationError: What is left is damaged besides: verify the log.
    """
    origin, seen = signing.storage.origin, None
    try:
        seen = signing.require_onward(writer)
    except FormatError:
        pass
    except (RolledBackError, KeyChangedError):
        seen = signing.seen()
    else:
        key = signing.signer(writer, writer.size)
        if signing.custody.keys.find(key):
            reason = "it goes on from what was seen of it, and its key is here"
            raise SigningKeyError(origin, str(key), f"{reason}: nothing is lost")
    require_grown(writer)
    return seen or _signed_last(signing, writer), signing.custody.draw(origin)


def _signed_last(signing: Signing, log: Writer) -> Seen:
    """Return what the log itself says that it was, where nothing else is known."""
    if log.kept.latest() is None:
        head = TreeHead(signing.storage.origin, 0, root=EMPTY.root())
    else:
        head = latest_checkpoint(log).head
    return Seen(signing.signer(log, log.size), head)


@frozen
class Accepted:
    """That another key may sign a log.

    Attributes:
        checkpoint: The last one that it signed; what is seen of the log from now on.
        lost: What the log lost of what was seen of it before, in words; empty where it
            goes on from that.
    """

    checkpoint: Checkpoint
    lost: str


def accept(signing: Signing, key: VerifierKey) -> Accepted:
    """Let a key sign a log from now on that is another than the one that was seen.

    What was seen before is kept under its name and a number.

    Args:
        signing: The log's.
        key: Its verifier key now, got by a way that you trust.

    Raises:
        SigningKeyError: It is not the key that signs the log now, or no entry of the
            log announces it.
        VerificationError: It has signed nothing yet, or the log is damaged.
    """
    origin, seen = signing.storage.origin, signing.seen()
    with signing.storage.reading() as reader:
        signer = reader.kept.signer_of(reader.size)
        if signer is None or signer.verifier != str(key):
            now = signer.verifier if signer else "none"
            reason = f"the key that was given, {key}, is not the one that signs it now"
            raise SigningKeyError(origin, str(key), f"{reason}: {now}")
        if seen is not None and seen.verifier != key and not _is_told(reader, signer):
            reason = f"no entry announces its key {key}: it was not resumed under it"
            raise SigningKeyError(origin, str(key), reason)
        require_grown(reader)
        last = latest_checkpoint(reader)
        if last.head.size < signer.since:
            reason = f"its key {key} has signed nothing yet: ask for a checkpoint"
            raise SigningKeyError(origin, str(key), reason)
        lost = onward.lost(reader, seen) if seen is not None else ""
    signing.custody.witness.replace(key, last.head)
    return Accepted(last, lost)


def _is_told(reader: Reader, signer: Signer) -> bool:
    """Tell whether the entry before a key's first size announces it."""
    try:
        record = decode(reader.entry(signer.since - 1).body).record
    except EncodingError:
        return False
    return isinstance(record, Resumption) and record.new_key == signer.verifier
