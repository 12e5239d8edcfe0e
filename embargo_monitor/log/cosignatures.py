"""What others signed of a log's checkpoints: kept, and checked whenever it is read.

One signature of each witness is kept for a checkpoint, the first: it says the earliest
time. A checkpoint must stay one that everybody can read, so no more are kept than a
note may have.
"""

from embargo_monitor.errors import (
    FormatError,
    InvalidValueError,
    SignatureError,
    VerificationError,
)
from embargo_monitor.log.checkpoints import Checkpoint, with_signatures
from embargo_monitor.log.entries import Reader, Writer
from embargo_monitor.log.notes import Signed, parse_note, parse_signature
from embargo_monitor.log.signed import Cosignature
from embargo_monitor.log.signers import SignatureLine, VerifierKey


def check(one: Cosignature, text: bytes) -> SignatureLine:
    """Check a cosignature that was kept, by the key that was kept with it.

    Args:
        one: It.
        text: The text of the checkpoint that it should be of.

    Raises:
        FormatError: Key or line is none.
        SignatureError: It is not by that key, or not of that checkpoint.
    """
    key, line = VerifierKey.parse(one.verifier), parse_signature(one.line)
    if (line.name, line.id) != (key.name, key.id):
        raise SignatureError(line.name, "the signature is by another key")
    key.check(text, line.signature)
    return line


def noted(log: Reader | Writer, size: int, note: bytes) -> bytes:
    """Return a checkpoint of ours with what others signed of it.

    Args:
        log: The log.
        size: The size that the checkpoint is of.
        note: It, with our signature alone.

    Raises:
        VerificationError: What is kept cannot be what was kept.
    """
    try:
        text = parse_note(note).text
        lines = [check(one, text) for one in log.kept.cosignatures(size)]
        return with_signatures(note, lines)
    except (FormatError, InvalidValueError, SignatureError) as error:
        words = f"the cosignatures of the checkpoint of size {size:,}: {error}"
        raise VerificationError((words,)) from error


def keep(
    writer: Writer, ours: Checkpoint, theirs: Checkpoint, log: VerifierKey
) -> tuple[Signed, ...]:
    """Keep what others signed of a checkpoint of ours.

    Args:
        writer: The log.
        ours: The checkpoint, with what is kept of others already.
        theirs: It with their signatures, opened with their keys.
        log: The log's own key.

    Returns:
        Which of them cosigned it, and when.

    Raises:
        InvalidValueError: Together with what is kept they are more than a note may
            have; none of them was kept.
    """
    size = ours.head.size
    cosigned = tuple(one for one in theirs.signed if one.key != log)
    known = {(one.key.name, one.key.id): str(one.key) for one in cosigned}
    kept = {one.verifier for one in writer.kept.cosignatures(size)}
    coming: dict[str, SignatureLine] = {}
    for line in parse_note(theirs.note).signatures:
        verifier = known.get((line.name, line.id))
        if verifier is not None and verifier not in kept:
            coming.setdefault(verifier, line)
    with_signatures(ours.note, coming.values())
    for verifier, line in coming.items():
        new = Cosignature(size, verifier=verifier, line=str(line))
        writer.kept.add_cosignature(new)
    return cosigned
