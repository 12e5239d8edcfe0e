"""What was verified, and what that means, in words and as JSON."""

from collections.abc import Iterator
from typing import Any

from embargo_monitor.log.audit import Problem
from embargo_monitor.show.signed import plain_head, sized
from embargo_monitor.show.text import WIDTH, isolated, labelled, number_of
from embargo_monitor.verifying import Verified

_AGREES = "every entry and exhibit is what was hashed"
_ALONE = (
    f"self-consistent only: {_AGREES}. That the owner of the log did not rewrite all"
    " of it, only a checkpoint kept by somebody else can show."
)
_SEEN = (
    f"{_AGREES}, and the log goes on from what was seen of it on this machine. That the"
    " owner of both did not rewrite all of it, only a checkpoint kept by somebody else"
    " can show."
)
_AGAINST = (
    f"{_AGREES}, and the first entries are those of the checkpoint: since it was"
    " signed none of them was changed or removed, and none put in between. It does not"
    " mean that what they say is true."
)


def verified_lines(found: Verified, width: int = WIDTH) -> Iterator[str]:
    """Say what a log is that holds what it should."""
    exhibits = number_of(found.exhibits, "exhibit", "exhibits")
    yield labelled("origin", isolated(found.origin), width=width)
    if found.key is not None:
        told = f"{isolated(str(found.key))}, one of its keys, as you gave it"
        yield labelled("key", told, width=width)
    entries = number_of(found.size, "entry", "entries")
    yield labelled("size", f"{entries}, {exhibits}", width=width)
    yield labelled("root", found.root.hex(), width=width)
    if found.needs_newer:
        newer = f"{found.needs_newer:,} of them: a newer version is needed to read them"
        yield labelled("unread", newer, width=width)
    for head in found.against:
        yield labelled("checkpoint", sized(head), width=width)
    if found.seen is not None:
        yield labelled("seen here", sized(found.seen), width=width)
    means = _SEEN if found.seen is not None else _ALONE
    yield labelled("means", _AGAINST if found.against else means, width=width)


def plain_verified(found: Verified) -> dict[str, Any]:
    """Return the same as JSON."""
    return {
        "origin": found.origin,
        "size": found.size,
        "root": found.root.hex(),
        "exhibits": found.exhibits,
        "needs_newer": found.needs_newer,
        "against": [plain_head(head) for head in found.against],
        "key": None if found.key is None else str(found.key),
        "seen": None if found.seen is None else plain_head(found.seen),
    }


def plain_problem(problem: object) -> dict[str, Any]:
    """Return one thing that is wrong with a log as JSON: where, of what kind, what."""
    if isinstance(problem, Problem):
        return {
            "position": problem.position,
            "kind": problem.kind,
            "detail": problem.detail,
        }
    return {"position": None, "kind": None, "detail": str(problem)}
