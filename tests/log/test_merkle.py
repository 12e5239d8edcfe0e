"""The tree against RFC 6962: its published answers and its own definition."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embargo_monitor.errors import InvalidValueError, VerificationError
from embargo_monitor.log.merkle import (
    EMPTY,
    Frontier,
    completed,
    frontier_at,
    hash_children,
    hash_leaf,
    root_at,
)

# The eight leaves and roots that implementations of Certificate Transparency share
# (transparency-dev/merkle, testonly/constants.go).
CLASSIC_LEAVES = [
    bytes.fromhex(digits)
    for digits in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CLASSIC_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def defined_root(entries):
    """RFC 6962, section 2.1, word for word."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    split = 1
    while split * 2 < len(entries):
        split *= 2
    left, right = defined_root(entries[:split]), defined_root(entries[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def grown(entries):
    tree = EMPTY
    for entry in entries:
        tree = tree.appended(hash_leaf(entry))
    return tree


@pytest.mark.parametrize("size", range(1, 9))
def test_the_classic_leaves_give_the_classic_roots(size):
    assert grown(CLASSIC_LEAVES[:size]).root().hex() == CLASSIC_ROOTS[size - 1]


def test_every_size_gives_the_root_that_the_rfc_defines():
    entries = [bytes([number]) * number for number in range(64)]
    tree = EMPTY
    for size in range(65):
        assert tree.size == size
        assert tree.root() == defined_root(entries[:size])
        if size < 64:
            tree = tree.appended(hash_leaf(entries[size]))


@given(st.lists(st.binary(max_size=40), max_size=40))
def test_any_entries_give_the_root_that_the_rfc_defines(entries):
    assert grown(entries).root() == defined_root(entries)


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=40))
def test_a_tree_goes_on_from_nothing_but_its_size_and_stack(entries):
    before = grown(entries[:-1])
    again = Frontier(before.size, before.stack)
    assert again.appended(hash_leaf(entries[-1])) == grown(entries)


def test_appending_leaves_the_earlier_tree_as_it_was():
    tree = grown(CLASSIC_LEAVES[:3])
    tree.appended(hash_leaf(b"more"))
    assert tree.root().hex() == CLASSIC_ROOTS[2]


def test_a_leaf_causes_less_than_one_node_hash_on_average(monkeypatch):
    leaves = [hash_leaf(bytes([number])) for number in range(200)]
    hashed = []
    sha256 = hashlib.sha256

    def counting(data):
        hashed.append(data)
        return sha256(data)

    monkeypatch.setattr(hashlib, "sha256", counting)
    tree = EMPTY
    for count, leaf in enumerate(leaves, 1):
        tree = tree.appended(leaf)
        assert len(hashed) == count - count.bit_count()


def test_a_root_costs_one_hash_less_than_the_stack_is_long(monkeypatch):
    tree = grown(CLASSIC_LEAVES[:7])
    hashed = []
    sha256 = hashlib.sha256
    monkeypatch.setattr(
        hashlib, "sha256", lambda data: hashed.append(data) or sha256(data)
    )
    tree.root()
    assert len(hashed) == 2


def test_an_entry_never_hashes_as_a_node():
    left, right = hash_leaf(b"left"), hash_leaf(b"right")
    assert hash_leaf(left + right) != hash_children(left, right)


@pytest.mark.parametrize(
    ("size", "stack"),
    [
        (-1, ()),
        (True, (bytes(32),)),
        (1.0, (bytes(32),)),
        ("1", (bytes(32),)),
        (None, ()),
        (0, (bytes(32),)),
        (1, ()),
        (2, (bytes(32), bytes(32))),
        (3, (bytes(32),)),
        (1, (bytes(31),)),
        (1, (bytes(33),)),
        (1, ("a" * 32,)),
        (1, [bytes(32)]),
        (32, bytes(32)),
        (1, None),
    ],
)
def test_a_stack_that_fits_no_tree_of_that_size_is_refused(size, stack):
    with pytest.raises(InvalidValueError, match=r"size|stack"):
        Frontier(size, stack)


@pytest.mark.parametrize("leaf", [b"", bytes(31), bytes(33), "a" * 32, None])
@pytest.mark.parametrize("tree", [EMPTY, EMPTY.appended(bytes(32))])
def test_a_leaf_hash_of_another_length_is_refused(tree, leaf):
    with pytest.raises(InvalidValueError, match="leaf_hash must be hashes of 32 bytes"):
        tree.appended(leaf)


def reading(leaves):
    """Read a tree from its leaf hashes, computing what lies above by definition."""

    def hashes(level, first, count):
        width = 256**level
        return [
            root_of_leaves(leaves[at * width : (at + 1) * width])
            for at in range(first, first + count)
        ]

    return hashes


def root_of_leaves(leaves):
    """RFC 6962, section 2.1, from leaf hashes."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = root_of_leaves(leaves[:split]), root_of_leaves(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def numbered_leaves(count):
    return [hash_leaf(number.to_bytes(4)) for number in range(count)]


def test_nodes_come_when_they_are_complete_and_once():
    leaves = numbered_leaves(65_536 + 300)
    tree, came = EMPTY, {}
    for leaf in leaves:
        for node in completed(tree, leaf):
            assert (node.level, node.position) not in came
            came[node.level, node.position] = node.hash
            assert tree.size + 1 == (node.position + 1) * 256**node.level
        tree = tree.appended(leaf)
    ones = [root_of_leaves(leaves[at : at + 256]) for at in range(0, 65_792, 256)]
    assert came == {
        **{(1, position): root for position, root in enumerate(ones)},
        (2, 0): root_of_leaves(leaves[:65_536]),
    }


def test_a_node_is_shown_by_its_hash_in_hexadecimal_digits():
    tree = grown([b""] * 255)
    [node] = completed(tree, hash_leaf(b""))
    assert repr(node) == f"Node(level=1, position=0, hash={node.hash.hex()})"


@pytest.mark.parametrize("size", [*range(10), 255, 256, 257, 511, 512, 513, 1000])
def test_the_root_and_frontier_of_every_beginning_can_be_read(size):
    leaves = numbered_leaves(1000)
    tree = EMPTY
    for leaf in leaves[:size]:
        tree = tree.appended(leaf)
    assert frontier_at(size, reading(leaves)) == tree
    assert root_at(size, reading(leaves)) == tree.root()


def test_a_frontier_reads_at_most_one_tile_of_a_level():
    calls = []

    def hashes(level, first, count):
        calls.append((level, first, count))
        return [bytes(32)] * count

    frontier_at(999_999, hashes)
    # 999,999 = 15 * 65,536 + 66 * 256 + 63
    assert sorted(calls) == [(0, 999_936, 63), (1, 3840, 66), (2, 0, 15)]


@pytest.mark.parametrize("size", [-1, True, 1.0, "1", None])
def test_a_size_that_is_none_is_refused_when_a_root_is_asked_for(size):
    with pytest.raises(InvalidValueError, match="size must be a whole number from 0"):
        root_at(size, reading([]))


@pytest.mark.parametrize(
    "given",
    [[], [bytes(32)], [bytes(32)] * 4, [bytes(32), b"", bytes(32)], [None] * 3],
)
def test_hashes_that_are_missing_where_the_tree_is_read_are_told(given):
    words = "3 hashes from 0 on level 0 of the tree: missing or damaged"
    with pytest.raises(VerificationError, match=words):
        root_at(3, lambda *_: given)
