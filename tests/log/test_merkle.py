"""The tree against RFC 6962: its published answers and its own definition."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.log.merkle import EMPTY, Frontier, hash_children, hash_leaf

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
