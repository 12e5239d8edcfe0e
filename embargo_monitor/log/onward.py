"""Does a log go on from what was seen of it, under the key that was seen?"""

from embargo_monitor.errors import KeyChangedError, RolledBackError
from embargo_monitor.log.custody import Custody
from embargo_monitor.log.entries import Reader, Writer
from embargo_monitor.log.merkle import root_at
from embargo_monitor.log.signed import Signer
from embargo_monitor.log.witness import Seen


def require_onward(log: Reader | Writer, seen: Seen, custody: Custody) -> None:
    """Refuse a log that does not go on from what was seen of it.

    Raises:
        RolledBackError: It is shorter, or its beginning is another, or it does not
            know the key that it was signed with.
        KeyChangedError: Another key signs it, and nobody accepted that.
    """
    head, what = seen.head, lost(log, seen)
    if what:
        raise RolledBackError(head.origin, head.size, head.root, log.size, what)
    other = another_signer(log, seen, custody)
    if other is not None:
        raise KeyChangedError(
            head.origin,
            seen=str(seen.verifier),
            current=other.verifier,
            since=other.since,
        )


def lost(log: Reader | Writer, seen: Seen) -> str:
    """Tell what is lost of what was seen, in words; empty where nothing is."""
    head = seen.head
    if log.size < head.size:
        return (
            f"It has {log.size:,} now: an older copy was put back, or its end was"
            " cut off."
        )
    if root_at(head.size, log.hashes) != head.root:
        return (
            f"It has {log.size:,} now, but its first {head.size:,} give another"
            " root: its history was rewritten."
        )
    if str(seen.verifier) not in (one.verifier for one in _signers(log)):
        return "It does not know the key that signed it then."
    return ""


def another_signer(log: Reader | Writer, seen: Seen, custody: Custody) -> Signer | None:
    """Return the key that signs now, where it is not the one that was seen.

    Whoever can write to the file can announce a key of their own. A new key whose
    private half lies here was drawn or brought here, so it needs no further word.
    """
    *before, current = _signers(log) or (None,)
    if current is None or current.verifier == str(seen.verifier):
        return None
    is_new = current.verifier not in (one.verifier for one in before)
    return None if is_new and custody.holds(current.verifier) else current


def _signers(log: Reader | Writer) -> tuple[Signer, ...]:
    return tuple(one for one in log.kept.signers() if one.since <= log.size)
