"""The Merkle tree over the entries (RFC 6962, section 2.1).

An entry is a leaf. A tree of n > 1 leaves splits at the largest power of two below n,
so a growing tree never changes what it has hashed: its frontier, the roots of its
perfect subtrees, is all that is needed to go on and to know the root.
"""

import hashlib
from functools import reduce
from typing import Any

from attrs import Attribute, field, frozen

from embargo_monitor.errors import InvalidValueError

HASH_BYTES = 32
"""Bytes of a SHA-256 digest."""


def hash_leaf(entry: bytes) -> bytes:
    """Hash an entry as a leaf: SHA-256 of 0x00 and the entry's bytes.

    >>> hash_leaf(b"").hex()[:8]
    '6e340b9c'
    """
    return hashlib.sha256(b"\0" + entry).digest()


def hash_children(left: bytes, right: bytes) -> bytes:
    """Hash two nodes as their parent: SHA-256 of 0x01 and both hashes.

    The two prefixes keep an entry from ever passing for a node.
    """
    return hashlib.sha256(b"\1" + left + right).digest()


def _natural(_: object, attribute: "Attribute[int]", size: Any) -> None:
    if type(size) is not int or size < 0:
        raise InvalidValueError(attribute.name, size, "a whole number from 0")


def _perfect(frontier: "Frontier", attribute: "Attribute[Any]", stack: Any) -> None:
    hashes = frontier.size.bit_count()
    if type(stack) is not tuple or len(stack) != hashes:
        raise InvalidValueError(
            attribute.name, stack, f"{hashes} hashes for {frontier.size} entries"
        )
    for node in stack:
        _check_hash(attribute.name, node)


def _check_hash(name: str, value: Any) -> None:
    if type(value) is not bytes or len(value) != HASH_BYTES:
        raise InvalidValueError(name, value, f"hashes of {HASH_BYTES} bytes")


@frozen
class Frontier:
    r"""How far a tree has grown: all that its next leaf and its root depend on.

    >>> tree = EMPTY.appended(hash_leaf(b"")).appended(hash_leaf(b"\0"))
    >>> tree.size, tree.root().hex()[:8]
    (2, 'fac54203')

    Attributes:
        size: Leaves in the tree.
        stack: Roots of its perfect subtrees, the largest (leftmost) first: one hash
            of 32 bytes for each 1 among the binary digits of the size.

    Raises:
        InvalidValueError: The stack cannot belong to a tree of that size; whatever
            it was read from is damaged.
    """

    size: int = field(validator=_natural)
    stack: tuple[bytes, ...] = field(validator=_perfect)

    def appended(self, leaf_hash: bytes) -> "Frontier":
        """Return the frontier of the tree with one leaf more.

        As in counting in binary, a leaf causes less than one node hash on average.

        Args:
            leaf_hash: What `hash_leaf` gives for the entry.

        Raises:
            InvalidValueError: It is not 32 bytes.
        """
        _check_hash("leaf_hash", leaf_hash)
        node, kept, carry = leaf_hash, len(self.stack), self.size
        while carry & 1:
            kept -= 1
            node = hash_children(self.stack[kept], node)
            carry >>= 1
        return Frontier(self.size + 1, (*self.stack[:kept], node))

    def root(self) -> bytes:
        """Return the root hash, 32 bytes; of an empty tree, that of no bytes."""
        if not self.stack:
            return hashlib.sha256(b"").digest()
        return reduce(
            lambda right, left: hash_children(left, right), reversed(self.stack)
        )


EMPTY = Frontier(0, ())
"""The frontier of a tree without leaves."""
