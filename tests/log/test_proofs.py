"""Proofs against RFC 6962's own definition, outside vectors, and every small lie."""

import base64
import hashlib
import json
import os
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embargo_monitor.errors import InvalidValueError, ProofError, VerificationError
from embargo_monitor.log.proofs import (
    check_consistency,
    check_inclusion,
    prove_consistency,
    prove_inclusion,
)

# Read when collected: no test sees the settings of the machine.
VECTORS = Path(
    os.environ.get("EMBARGO_MONITOR_VECTORS")
    or Path(__file__).parents[2].parent / "shared" / "vectors"
)
needs_vectors = pytest.mark.skipif(
    not (VECTORS / "inclusion").is_dir(),
    reason=f"no outside vectors in {VECTORS}; EMBARGO_MONITOR_VECTORS names the folder",
)

LARGEST = 300
LEAVES = tuple(
    hashlib.sha256(b"\0" + number.to_bytes(2)).digest() for number in range(LARGEST)
)


# RFC 6962, sections 2.1, 2.1.1 and 2.1.2, word for word, over leaf hashes. D[a:b] is
# written as its two ends.
@cache
def mth(start, end):
    if end - start == 0:
        return hashlib.sha256(b"").digest()
    if end - start == 1:
        return LEAVES[start]
    k = largest_power_below(end - start)
    both = mth(start, start + k) + mth(start + k, end)
    return hashlib.sha256(b"\1" + both).digest()


def largest_power_below(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def path(m, start, end):
    n = end - start
    if n == 1:
        return []
    k = largest_power_below(n)
    if m < k:
        return [*path(m, start, start + k), mth(start + k, end)]
    return [*path(m - k, start + k, end), mth(start, start + k)]


def subproof(m, start, end, b):
    n = end - start
    if m == n:
        return [] if b else [mth(start, end)]
    k = largest_power_below(n)
    if m <= k:
        return [*subproof(m, start, start + k, b), mth(start + k, end)]
    return [*subproof(m - k, start + k, end, False), mth(start, start + k)]


def hashes(level, first, count):
    assert 0 < count <= 256
    assert first // 256 == (first + count - 1) // 256, "more than one tile"
    width = 256**level
    return [mth(at * width, (at + 1) * width) for at in range(first, first + count)]


def is_included(leaf_hash, index, size, proof, root):
    try:
        check_inclusion(leaf_hash, index, size, proof, root)
    except ProofError:
        return False
    return True


def is_consistent(old, old_root, new, new_root, proof):
    try:
        check_consistency(old, old_root, new, new_root, proof)
    except ProofError:
        return False
    return True


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 255, 256, 257, 299, 300])
def test_every_entry_of_a_tree_is_proved_as_the_rfc_defines(size):
    for index in range(size):
        proof = prove_inclusion(index, size, hashes)
        assert list(proof) == path(index, 0, size)
        check_inclusion(LEAVES[index], index, size, proof, mth(0, size))


@pytest.mark.parametrize("new", [1, 2, 3, 7, 8, 9, 255, 256, 257, 299, 300])
def test_every_beginning_of_a_tree_is_proved_as_the_rfc_defines(new):
    for old in range(1, new + 1):
        proof = prove_consistency(old, new, hashes)
        assert list(proof) == subproof(old, 0, new, True)
        check_consistency(old, mth(0, old), new, mth(0, new), proof)


@settings(max_examples=300)
@given(st.data())
def test_any_entry_of_any_tree_is_proved(data):
    size = data.draw(st.integers(1, LARGEST))
    index = data.draw(st.integers(0, size - 1))
    proof = prove_inclusion(index, size, hashes)
    assert list(proof) == path(index, 0, size)
    check_inclusion(LEAVES[index], index, size, proof, mth(0, size))


@settings(max_examples=300)
@given(st.data())
def test_any_beginning_of_any_tree_is_proved(data):
    new = data.draw(st.integers(1, LARGEST))
    old = data.draw(st.integers(1, new))
    proof = prove_consistency(old, new, hashes)
    assert list(proof) == subproof(old, 0, new, True)
    check_consistency(old, mth(0, old), new, mth(0, new), proof)


def mutated(data, values):
    """Change one thing in a list of hashes, in every way that leaves another list."""
    values = list(values)
    ways = ["add"]
    if values:
        ways += ["flip", "drop", "cut", "lengthen"]
    if len(set(values)) > 1:
        ways += ["swap"]
    way = data.draw(st.sampled_from(ways))
    if way == "add":
        place = data.draw(st.integers(0, len(values)))
        added = data.draw(st.sampled_from([bytes(32), *values]))
        return [*values[:place], added, *values[place:]]
    place = data.draw(st.integers(0, len(values) - 1))
    if way == "flip":
        bit = data.draw(st.integers(0, 255))
        number = int.from_bytes(values[place]) ^ 1 << bit
        values[place] = number.to_bytes(32)
    elif way == "drop":
        del values[place]
    elif way == "cut":
        values[place] = values[place][:-1]
    elif way == "lengthen":
        values[place] += b"\0"
    else:
        others = [at for at, value in enumerate(values) if value != values[place]]
        other = data.draw(st.sampled_from(others))
        values[place], values[other] = values[other], values[place]
    return values


@settings(max_examples=500)
@given(st.data())
def test_any_change_of_a_proof_of_inclusion_is_refused(data):
    size = data.draw(st.integers(2, LARGEST))
    index = data.draw(st.integers(0, size - 1))
    proof = prove_inclusion(index, size, hashes)
    leaf, *changed, root = mutated(data, [LEAVES[index], *proof, mth(0, size)])
    assert not is_included(leaf, index, size, changed, root)


@settings(max_examples=500)
@given(st.data())
def test_any_change_of_a_proof_of_consistency_is_refused(data):
    new = data.draw(st.integers(2, LARGEST))
    old = data.draw(st.integers(1, new - 1))
    proof = prove_consistency(old, new, hashes)
    whole = mutated(data, [mth(0, old), *proof, mth(0, new)])
    old_root, *changed, new_root = whole
    assert not is_consistent(old, old_root, new, new_root, changed)


@settings(max_examples=500)
@given(st.data())
def test_an_entry_is_nowhere_else(data):
    size = data.draw(st.integers(1, LARGEST))
    index = data.draw(st.integers(0, size - 1))
    claimed = data.draw(st.integers(0, LARGEST).filter(lambda other: other != index))
    proof = prove_inclusion(index, size, hashes)
    assert not is_included(LEAVES[index], claimed, size, proof, mth(0, size))


@settings(max_examples=500)
@given(st.data())
def test_a_tree_continues_no_tree_of_another_size(data):
    new = data.draw(st.integers(2, LARGEST))
    old = data.draw(st.integers(1, new - 1))
    claimed = data.draw(st.integers(0, new).filter(lambda other: other != old))
    proof = prove_consistency(old, new, hashes)
    assert not is_consistent(claimed, mth(0, old), new, mth(0, new), proof)


def test_a_fork_is_found_wherever_it_begins():
    for old in range(1, 20):
        for changed in range(old):
            forked = list(LEAVES[:20])
            forked[changed] = bytes(32)
            other = naive_root(forked[:old])
            proof = prove_consistency(old, 20, hashes)
            assert not is_consistent(old, other, 20, mth(0, 20), proof)


def naive_root(leaves):
    if len(leaves) == 1:
        return leaves[0]
    k = largest_power_below(len(leaves))
    both = naive_root(leaves[:k]) + naive_root(leaves[k:])
    return hashlib.sha256(b"\1" + both).digest()


SIZE = 1_000_000


@cache
def level_of(level):
    """All complete subtrees of a tree of a million entries on a stored level."""
    if level == 0:
        return [
            hashlib.sha256(b"\0" + at.to_bytes(4)).digest() for at in range(SIZE // 64)
        ] * 64
    below = level_of(level - 1)
    return [naive_root(below[at : at + 256]) for at in range(0, len(below) - 255, 256)]


def counted(calls):
    def reading(level, first, count):
        calls.append((level, first // 256, count))
        return level_of(level)[first : first + count]

    return reading


@pytest.mark.parametrize("index", [0, 1, 255, 256, 65_535, 500_000, 983_040, 999_999])
def test_a_proof_at_a_million_entries_reads_a_handful_of_tiles(index):
    calls = []
    root = naive_root_of_a_million()
    proof = prove_inclusion(index, SIZE, counted(calls))
    check_inclusion(level_of(0)[index], index, SIZE, proof, root)
    assert len(calls) == len({call[:2] for call in calls}), "a tile was read twice"
    assert len(calls) <= 6, "two of each of three levels"
    assert all(count <= 256 for _, _, count in calls)


@pytest.mark.parametrize("old", [1, 255, 65_536, 300_001, 999_999])
def test_consistency_at_a_million_entries_reads_a_handful_of_tiles(old):
    calls = []
    proof = prove_consistency(old, SIZE, counted(calls))
    old_root = naive_root(level_of(0)[:old])
    check_consistency(old, old_root, SIZE, naive_root_of_a_million(), proof)
    assert len(calls) == len({call[:2] for call in calls}), "a tile was read twice"
    assert len(calls) <= 6, "two of each of three levels"


@cache
def naive_root_of_a_million():
    return naive_root(level_of(0))


def test_a_tree_that_cannot_be_read_is_told():
    with pytest.raises(VerificationError, match="missing or damaged"):
        prove_inclusion(0, 3, lambda *_: [])


@pytest.mark.parametrize(
    ("index", "size"), [(0, 0), (1, 1), (300, 300), (-1, 3), (True, 3), (0, "3")]
)
def test_an_entry_that_is_not_there_cannot_be_proved(index, size):
    with pytest.raises(InvalidValueError, match=r"index|size"):
        prove_inclusion(index, size, hashes)


@pytest.mark.parametrize(
    ("old", "new"), [(0, 0), (0, 3), (4, 3), (-1, 3), (1.0, 3), (1, None)]
)
def test_what_continues_nothing_cannot_be_proved(old, new):
    with pytest.raises(InvalidValueError, match=r"old|new"):
        prove_consistency(old, new, hashes)


def test_a_refusal_says_what_is_wrong():
    proof = prove_inclusion(2, 3, hashes)
    with pytest.raises(ProofError, match="another root") as refused:
        check_inclusion(LEAVES[2], 2, 3, proof, mth(0, 2))
    assert refused.value.what == "inclusion"
    with pytest.raises(ProofError, match="it has 0 hashes, and not 1"):
        check_inclusion(LEAVES[2], 2, 3, (), mth(0, 3))
    with pytest.raises(ProofError, match="3 entries have none at 3"):
        check_inclusion(LEAVES[2], 3, 3, proof, mth(0, 3))
    with pytest.raises(ProofError, match="more than 63 hashes"):
        check_inclusion(LEAVES[2], 2, 3, [bytes(32)] * 64, mth(0, 3))
    both = prove_consistency(3, 5, hashes)
    with pytest.raises(ProofError, match="another earlier root") as refused:
        check_consistency(3, mth(0, 4), 5, mth(0, 5), both)
    assert refused.value.what == "consistency"
    with pytest.raises(ProofError, match="another later root"):
        check_consistency(3, mth(0, 3), 5, mth(0, 6), both)
    with pytest.raises(ProofError, match="two trees of 3 differ"):
        check_consistency(3, mth(0, 3), 3, mth(0, 4), ())
    with pytest.raises(ProofError, match="0 entries cannot have become 3"):
        check_consistency(0, mth(0, 0), 3, mth(0, 3), ())


def test_the_lengths_of_hashes_are_checked_before_anything_else():
    with pytest.raises(ProofError, match="not 32 bytes"):
        check_inclusion(LEAVES[0], -1, 0, [b"short"], mth(0, 3))
    with pytest.raises(ProofError, match="not 32 bytes"):
        check_consistency(0, mth(0, 3), -1, mth(0, 3), [b"short"])


@pytest.mark.parametrize("size", [2**63, 10**30, -1, True, 1.0, "1", None])
def test_sizes_that_no_log_can_have_prove_nothing(size):
    assert not is_included(LEAVES[0], 0, size, [], LEAVES[0])
    assert not is_included(LEAVES[0], size, 2**62, [], LEAVES[0])
    assert not is_consistent(size, LEAVES[0], size, LEAVES[0], [])
    assert not is_consistent(1, LEAVES[0], size, LEAVES[0], [])


@pytest.mark.parametrize("value", [None, "a" * 32, 32, bytes(31), bytearray(32)])
def test_what_is_no_hash_proves_nothing(value):
    assert not is_included(value, 0, 1, [], value)
    assert not is_included(LEAVES[0], 0, 2, [value], mth(0, 2))
    assert not is_consistent(1, value, 2, mth(0, 2), [LEAVES[1]])
    assert not is_consistent(1, LEAVES[0], 2, mth(0, 2), [value])


def vectors(kind):
    """The 98 cases of a kind; one that always skips stands for them elsewhere."""
    found = sorted((VECTORS / kind).rglob("*.json"))
    return found or [Path(kind, "absent.json")]


def named(file):
    return "/".join(file.parts[-3:])


def case_of(file):
    case = json.loads(file.read_bytes())
    decoded = {
        name: base64.b64decode(case[name])
        for name in ("leafHash", "root", "root1", "root2")
        if name in case
    }
    proof = [base64.b64decode(one or "") for one in case["proof"] or []]
    return {**case, **decoded, "proof": proof}


@needs_vectors
@pytest.mark.parametrize("file", vectors("inclusion"), ids=named)
def test_outside_cases_of_inclusion_are_judged_as_outside(file):
    case = case_of(file)
    found = is_included(
        case["leafHash"],
        case["leafIdx"],
        case["treeSize"],
        case["proof"],
        case["root"],
    )
    assert found is not case["wantErr"], case["desc"]


@needs_vectors
@pytest.mark.parametrize("file", vectors("consistency"), ids=named)
def test_outside_cases_of_consistency_are_judged_as_outside(file):
    case = case_of(file)
    found = is_consistent(
        case["size1"], case["root1"], case["size2"], case["root2"], case["proof"]
    )
    assert found is not case["wantErr"], case["desc"]


@needs_vectors
def test_there_are_as_many_outside_cases_as_there_should_be():
    cases = [
        case_of(file) for kind in ("inclusion", "consistency") for file in vectors(kind)
    ]
    assert len(cases) == 196
    assert sum(not case["wantErr"] for case in cases) == 12
