"""Proofs about the Merkle tree: that it holds an entry, that it continues another.

Made from the tiles they touch (RFC 6962, sections 2.1.1 and 2.1.2), checked from
nothing but themselves (RFC 9162, sections 2.1.3 and 2.1.4). A check returns nothing, or
raises.
"""

import hashlib
from collections.abc import Sequence

from embargo_monitor.errors import InvalidValueError, ProofError
from embargo_monitor.log.merkle import (
    HASH_BYTES,
    MAX_SIZE,
    Hashes,
    Subtrees,
    hash_children,
    is_hash,
    require_size,
)

MAX_PROOF = 63
"""Hashes that a proof may have (C2SP tlog-witness): enough for 2**62 entries."""


def prove_inclusion(index: int, size: int, hashes: Hashes) -> tuple[bytes, ...]:
    """Prove that an entry is in the tree of the first *size* entries.

    Args:
        index: The entry's position, from 0.
        size: Of which tree.
        hashes: How to read it: asked for at most two tiles a level.

    Returns:
        The hashes that lead from its leaf to the root, its neighbour first.

    Raises:
        InvalidValueError: There is no such entry in that tree.
        VerificationError: Hashes are missing where the tree is read from; verify the
            log.
    """
    require_size("index", index)
    require_size("size", size)
    if index >= size:
        raise InvalidValueError("index", index, f"below {size}, the size of the tree")
    start, end, beside = 0, size, []
    while end - start > 1:
        split = _split(start, end)
        if index < split:
            beside.append((split, end))
            end = split
        else:
            beside.append((start, split))
            start = split
    tree = Subtrees(size, hashes)
    return tuple(tree.root(*leaves) for leaves in reversed(beside))


def prove_consistency(old: int, new: int, hashes: Hashes) -> tuple[bytes, ...]:
    """Prove that the tree of *new* entries continues that of the first *old*.

    Args:
        old: Size of the earlier tree, at least 1: all trees continue the empty one.
        new: Size of the later tree.
        hashes: How to read it: asked for at most two tiles a level.

    Raises:
        InvalidValueError: The later tree is the smaller one, or the earlier is empty.
        VerificationError: Hashes are missing where the tree is read from; verify the
            log.
    """
    require_size("old", old)
    require_size("new", new)
    if not 0 < old <= new:
        raise InvalidValueError(
            "old", old, f"from 1 to {new}, the size of the new tree"
        )
    start, end, beside = 0, new, []
    while end != old:
        split = _split(start, end)
        if old <= split:
            beside.append((split, end))
            end = split
        else:
            beside.append((start, split))
            start = split
    if start > 0:
        # Else what is left is the whole earlier tree, whose root the reader holds.
        beside.append((start, end))
    tree = Subtrees(new, hashes)
    return tuple(tree.root(*leaves) for leaves in reversed(beside))


def _split(start: int, end: int) -> int:
    """Return where a subtree splits: after the largest power of two of its leaves."""
    return start + (1 << (end - start - 1).bit_length() - 1)


def check_inclusion(
    leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that an entry is in a tree.

    Args:
        leaf_hash: What `hash_leaf` gives for the entry's own bytes.
        index: Its position, from 0.
        size: Size of the tree.
        proof: The hashes from its neighbour up.
        root: Root of the tree, from a signed checkpoint.

    Raises:
        ProofError: It is not shown to be there: do not take the entry for logged.
    """
    _require_hashes("inclusion", proof, leaf_hash, root)
    _require_sizes("inclusion", index, size)
    if index >= size:
        raise ProofError("inclusion", f"{size} entries have none at {index}")
    sides = _sides(index, size - 1)
    _require_length("inclusion", proof, len(sides))
    node, sha256 = leaf_hash, hashlib.sha256
    for beside, is_left in zip(proof, sides, strict=True):
        # As `hash_children`; to call that would take a quarter longer.
        pair = beside + node if is_left else node + beside
        node = sha256(b"\1" + pair).digest()
    if node != root:
        raise ProofError("inclusion", "the hashes lead to another root")


def check_consistency(
    old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that a tree continues an earlier one, with nothing changed or taken out.

    Args:
        old: Size of the earlier tree. From an empty one nothing is proved: whether a
            log is new is to be asked before.
        old_root: Its root, as it was kept.
        new: Size of the later tree.
        new_root: Its root, from a signed checkpoint.
        proof: The hashes.

    Raises:
        ProofError: It is not shown to be a continuation: the log may be damaged or
            forked. Keep both checkpoints; together they are evidence.
    """
    _require_hashes("consistency", proof)
    _require_sizes("consistency", old, new)
    if not 0 < old <= new:
        raise ProofError("consistency", f"{old} entries cannot have become {new}")
    if old == new:
        # Nothing is hashed here, so roots are compared as they are.
        _require_length("consistency", proof, 0)
        if old_root != new_root:
            raise ProofError("consistency", f"two trees of {new} differ in their root")
        return
    _require_hashes("consistency", proof, old_root, new_root)
    # The proof climbs from the last perfect subtree of the earlier tree.
    height = (old & -old).bit_length() - 1
    sides = _sides((old - 1) >> height, (new - 1) >> height)
    is_perfect = old == 1 << height
    _require_length("consistency", proof, len(sides) + (not is_perfect))
    first, rest = (old_root, proof) if is_perfect else (proof[0], proof[1:])
    before = after = first
    for beside, is_left in zip(rest, sides, strict=True):
        if is_left:
            before = hash_children(beside, before)
            after = hash_children(beside, after)
        else:
            after = hash_children(after, beside)
    if before != old_root:
        raise ProofError("consistency", "the hashes lead to another earlier root")
    if after != new_root:
        raise ProofError("consistency", "the hashes lead to another later root")


def _sides(position: int, last: int) -> list[bool]:
    """Tell, on the way from a node to the root, who has a neighbour on the left.

    Up to where its path meets that of the last node, the digits of its position tell;
    from there on up, right neighbours are missing, and only the left ones count.
    """
    apart = (position ^ last).bit_length()
    sides = [bool(position >> height & 1) for height in range(apart)]
    return sides + [True] * (position >> apart).bit_count()


def _require_hashes(what: str, proof: Sequence[bytes], *others: bytes) -> None:
    if len(proof) > MAX_PROOF:
        raise ProofError(what, f"more than {MAX_PROOF} hashes")
    if not all(map(is_hash, (*proof, *others))):
        raise ProofError(what, f"a hash is not {HASH_BYTES} bytes long")


def _require_sizes(what: str, *sizes: int) -> None:
    for size in sizes:
        if type(size) is not int or not 0 <= size <= MAX_SIZE:
            raise ProofError(what, "a size or index is no whole number below 2**63")


def _require_length(what: str, proof: Sequence[bytes], wanted: int) -> None:
    if len(proof) != wanted:
        raise ProofError(what, f"it has {len(proof)} hashes, and not {wanted}")
