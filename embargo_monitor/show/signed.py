"""What was signed, and by whom: tree heads, keys and cosignatures."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from embargo_monitor.log.checkpoints import Checkpoint, TreeHead
from embargo_monitor.log.notes import Signed
from embargo_monitor.log.signers import VerifierKey
from embargo_monitor.show.text import WIDTH, isolated, labelled, number_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNWITNESSED = (
    "by nobody whom you named (--witness): when the checkpoint was made, and whether"
    " others are shown the same log, only its owner says"
)


def sized(head: TreeHead) -> str:
    """Say what a tree head states of a log that was named."""
    entries = number_of(head.size, "entry", "entries")
    return f"of {entries}, with the root {head.root.hex()}"


def plain_head(head: TreeHead) -> dict[str, Any]:
    """Return a tree head as JSON."""
    return {"origin": head.origin, "size": head.size, "root": head.root.hex()}


def signed_lines(
    found: Checkpoint, key: VerifierKey, width: int = WIDTH
) -> Iterator[str]:
    """Say what a checkpoint states, under which key, and who cosigned it.

    Args:
        found: It, opened with keys that the reader named.
        key: The log's, which stands alone on its line, to be copied.
        width: Columns.
    """
    yield labelled("log", isolated(found.head.origin), width=width)
    yield labelled("checkpoint", sized(found.head), width=width)
    yield labelled("key given", isolated(str(key)), width=width)
    cosigned = _cosigned(found, key)
    for one in cosigned:
        told = f"by {isolated(one.key.name)}, {_clock(one)}"
        yield labelled("cosigned", told, width=width)
    if not cosigned:
        yield labelled("cosigned", _UNWITNESSED, width=width)


def plain_signed(found: Checkpoint, key: VerifierKey) -> dict[str, Any]:
    """Return the same as JSON."""
    cosigned = _cosigned(found, key)
    return {
        **plain_head(found.head),
        "key": str(key),
        "cosigned": [{"witness": str(one.key), "time": one.time} for one in cosigned],
    }


def _cosigned(found: Checkpoint, key: VerifierKey) -> list[Signed]:
    return [one for one in found.signed if one.key != key]


def _clock(signed: Signed) -> str:
    if signed.time is None:
        return "who says no time"
    try:
        instant = f"{_EPOCH + timedelta(seconds=signed.time):%Y-%m-%dT%H:%M:%SZ}"
    except OverflowError:
        instant = f"{signed.time:,} seconds after 1970"
    return f"whose clock said {instant}"
