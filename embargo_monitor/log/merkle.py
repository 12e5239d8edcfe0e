"""The Merkle tree over the entries (RFC 6962, section 2.1).

An entry is a leaf. A tree of n > 1 leaves splits at the largest power of two below n,
so a growing tree never changes what it has hashed: its frontier, the roots of its
perfect subtrees, is all that is needed to go on and to know the root.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from typing import Any, TypeAlias

from attrs import Attribute, field, frozen

from embargo_monitor.errors import InvalidValueError, VerificationError

HASH_BYTES = 32
"""Bytes of a SHA-256 digest."""

MAX_SIZE = 2**63 - 1
"""Most leaves of a tree; other implementations count them in 64 bits with a sign."""

TILE_HEIGHT = 8
"""Levels of the tree from one stored level to the next (C2SP tlog-tiles)."""

TILE_WIDTH = 1 << TILE_HEIGHT
"""Hashes in a full tile, side by side on one stored level."""

Hashes: TypeAlias = Callable[[int, int, int], Sequence[bytes]]
"""How a tree is read: (level, first, count) -> that many hashes from the first on.

Level 0 are the leaf hashes, level L the roots of the complete subtrees of 256**L
leaves, each counted from 0. Asked for at most 256 at a time, all of one tile."""


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


def perfect_root(nodes: Sequence[bytes]) -> bytes:
    """Return the root over the nodes of a perfect subtree, side by side on one level.

    Args:
        nodes: A power of two of them.
    """
    sha256 = hashlib.sha256
    while len(nodes) > 1:
        pairs = zip(nodes[::2], nodes[1::2], strict=True)
        # As `hash_children`; a proof makes some hundreds of these.
        nodes = [sha256(b"\1" + left + right).digest() for left, right in pairs]
    return nodes[0]


def require_size(name: str, size: Any) -> None:
    """Refuse what can be no number of leaves.

    Raises:
        InvalidValueError: It is not a whole number from 0.
    """
    if type(size) is not int or size < 0:
        raise InvalidValueError(name, size, "a whole number from 0")


def _natural(_: object, attribute: "Attribute[int]", size: Any) -> None:
    require_size(attribute.name, size)


def _perfect(frontier: "Frontier", attribute: "Attribute[Any]", stack: Any) -> None:
    hashes = frontier.size.bit_count()
    if type(stack) is not tuple or len(stack) != hashes:
        raise InvalidValueError(
            attribute.name, stack, f"{hashes} hashes for {frontier.size} entries"
        )
    for node in stack:
        _check_hash(attribute.name, node)


def is_hash(value: object) -> bool:
    """Tell whether a value can be a hash: bytes, 32 of them."""
    return type(value) is bytes and len(value) == HASH_BYTES


def are_hashes(values: Sequence[object]) -> bool:
    """Tell whether all values, at least one, can be hashes; quickly for many.

    >>> are_hashes([bytes(32), bytes(32)]), are_hashes([bytes(32), None])
    (True, False)
    """
    kinds = set(map(type, values))
    return kinds == {bytes} and set(map(len, values)) == {HASH_BYTES}  # type: ignore[arg-type]


def _check_hash(name: str, value: Any) -> None:
    if not is_hash(value):
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
        sha256, stack = hashlib.sha256, self.stack
        while carry & 1:
            kept -= 1
            # As `hash_children`; this runs for every entry that is verified.
            node = sha256(b"\1" + stack[kept] + node).digest()
            carry >>= 1
        return _of_checked(self.size + 1, (*stack[:kept], node))

    def root(self) -> bytes:
        """Return the root hash, 32 bytes; of an empty tree, that of no bytes."""
        if not self.stack:
            return hashlib.sha256(b"").digest()
        return reduce(
            lambda right, left: hash_children(left, right), reversed(self.stack)
        )


def _of_checked(size: int, stack: tuple[bytes, ...]) -> Frontier:
    """Make a frontier of hashes that were checked or made here.

    To check them again with every leaf would take more time than all the hashing.
    """
    made = object.__new__(Frontier)
    object.__setattr__(made, "size", size)
    object.__setattr__(made, "stack", stack)
    return made


EMPTY = Frontier(0, ())
"""The frontier of a tree without leaves."""


@frozen
class Node:
    """The root of a complete subtree of 256**level leaves, which never changes again.

    Attributes:
        level: 1 for 256 leaves, 2 for 65,536, and so on.
        position: Which of them, from 0, counted on its own level.
        hash: Its hash, 32 bytes.
    """

    level: int
    position: int
    hash: bytes = field(kw_only=True, repr=bytes.hex)


def completed(before: Frontier, leaf_hash: bytes) -> Iterator[Node]:
    """Give the nodes of the stored levels that become complete with one leaf more.

    Each is given once in the life of a tree, so it can be written when it comes and
    never again.

    Args:
        before: The tree without the leaf.
        leaf_hash: What `hash_leaf` gives for the entry.
    """
    size = before.size + 1
    node, left = leaf_hash, reversed(before.stack)
    for level in range(1, size.bit_length() // TILE_HEIGHT + 1):
        if size % TILE_WIDTH**level:
            return
        for _ in range(TILE_HEIGHT):
            node = hash_children(next(left), node)
        yield Node(level, (size >> TILE_HEIGHT * level) - 1, hash=node)


class Subtrees:
    """Any subtree of a tree of one size, from the fewest tiles, each read once.

    Args:
        size: Leaves of the tree.
        hashes: How to read it; the tree may have grown since.
    """

    def __init__(self, size: int, hashes: Hashes) -> None:
        self._size = size
        self._hashes = hashes
        self._tiles: dict[tuple[int, int], Sequence[bytes]] = {}

    def root(self, start: int, end: int) -> bytes:
        """Return the root of the subtree over the leaves from *start* to before *end*.

        Args:
            start: Its first leaf, as the tree splits.
            end: The leaf after its last.

        Raises:
            VerificationError: Hashes are missing where the tree is read from; verify
                the log.
        """
        return Frontier(end - start, tuple(self.perfect(start, end))).root()

    def perfect(self, start: int, end: int) -> Iterator[bytes]:
        """Give the roots of the perfect subtrees in there, the largest first.

        Raises:
            VerificationError: As `root`.
        """
        while start < end:
            height = (end - start).bit_length() - 1
            yield self._perfect(height, start >> height)
            start += 1 << height

    def _perfect(self, height: int, position: int) -> bytes:
        level, above = divmod(height, TILE_HEIGHT)
        first = position << above
        number, offset = divmod(first, TILE_WIDTH)
        nodes = self._tile(level, number)[offset : offset + (1 << above)]
        return perfect_root(nodes)

    def _tile(self, level: int, number: int) -> Sequence[bytes]:
        if (level, number) not in self._tiles:
            first = number * TILE_WIDTH
            count = min(TILE_WIDTH, (self._size >> TILE_HEIGHT * level) - first)
            nodes = self._hashes(level, first, count)
            if len(nodes) != count or not are_hashes(nodes):
                missing = f"{count} hashes from {first} on level {level} of the tree"
                raise VerificationError((f"{missing}: missing or damaged",))
            self._tiles[level, number] = nodes
        return self._tiles[level, number]


def frontier_at(size: int, hashes: Hashes) -> Frontier:
    """Return the frontier of the first *size* entries: at most one tile a level.

    Args:
        size: How many, up to as many as there are.
        hashes: How to read the tree.

    Raises:
        InvalidValueError: The size is no whole number from 0.
        VerificationError: Hashes are missing where the tree is read from; verify the
            log.
    """
    require_size("size", size)
    return Frontier(size, tuple(Subtrees(size, hashes).perfect(0, size)))


def root_at(size: int, hashes: Hashes) -> bytes:
    """Return the root of the first *size* entries, 32 bytes.

    Raises:
        InvalidValueError: As `frontier_at`.
        VerificationError: As `frontier_at`.
    """
    return frontier_at(size, hashes).root()
