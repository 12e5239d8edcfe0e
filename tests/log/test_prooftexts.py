"""Proofs as text, for readers who have nothing but the log's key."""

import base64

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from embargo_monitor.errors import FormatError, InvalidValueError
from embargo_monitor.log.checkpoints import TreeHead, sign_checkpoint
from embargo_monitor.log.notes import Note, format_note
from embargo_monitor.log.prooftexts import (
    ConsistencyProof,
    InclusionProof,
    format_consistency,
    format_inclusion,
    parse_consistency,
    parse_inclusion,
)
from embargo_monitor.log.signers import SigningKey

LOG = SigningKey("example.com/log", 1, seed=bytes(32))
NOTE = sign_checkpoint(TreeHead("example.com/log", 3, root=bytes(range(32))), LOG)
HASHES = (bytes(range(32)), bytes([255] * 32))
ONE, TWO = (base64.b64encode(one) for one in HASHES)
INCLUSION = b"c2sp.org/tlog-proof@v1\nindex 2\n%b\n%b\n\n%b" % (ONE, TWO, NOTE)
WITH_EXTRA = INCLUSION.replace(b"\nindex", b"\nextra YXJt\nindex")
CONSISTENCY = b"old 2\n%b\n%b\n\n%b" % (ONE, TWO, NOTE)

hashes = st.lists(st.binary(min_size=32, max_size=32), max_size=63).map(tuple)
places = st.integers(0, 2**63 - 1)


def test_a_proof_of_inclusion_is_written_as_the_specification_says():
    assert format_inclusion(2, HASHES, NOTE) == INCLUSION
    assert format_inclusion(2, HASHES, NOTE, b"arm") == WITH_EXTRA
    assert format_inclusion(0, [], NOTE) == (
        b"c2sp.org/tlog-proof@v1\nindex 0\n\n" + NOTE
    )


def test_a_proof_of_consistency_is_written_as_the_specification_says():
    assert format_consistency(2, HASHES, NOTE) == CONSISTENCY
    assert format_consistency(0, [], NOTE) == b"old 0\n\n" + NOTE


@given(places, hashes, st.binary(max_size=100))
@example(0, (), bytes(65_536))
def test_a_proof_of_inclusion_is_read_as_it_was_written(index, proof, extra):
    text = format_inclusion(index, proof, NOTE, extra)
    assert parse_inclusion(text) == InclusionProof(index, proof, note=NOTE, extra=extra)


@given(places.filter(bool), hashes)
def test_a_proof_of_consistency_is_read_as_it_was_written(old, proof):
    text = format_consistency(old, proof, NOTE)
    assert parse_consistency(text) == ConsistencyProof(old, proof, note=NOTE)


def test_a_proof_from_an_empty_tree_is_read_as_it_was_written():
    assert parse_consistency(b"old 0\n\n" + NOTE) == ConsistencyProof(0, (), note=NOTE)


NUMBERS = ["02", "+2", "-2", " 2", "2 ", "2_0", "٢", "", str(2**63), "1" * 5000]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no empty line"),
        (b"\n\n" + NOTE, "line 1: it must begin with c2sp.org/tlog-proof@v1"),
        (INCLUSION.replace(b"@v1", b"@v2"), "line 1: it must begin with"),
        (INCLUSION.replace(b"@v1", b"@v1 "), "line 1: it must begin with"),
        (b"\n" + INCLUSION, "line 1: it must begin with"),
        (b"c2sp.org/tlog-proof@v1\n\n" + NOTE, "line 2: '' should be 'index'"),
        (INCLUSION.replace(b"index", b"Index"), "line 2: 'Index 2' should be 'index'"),
        (INCLUSION.replace(b"index 2", b"index"), "line 2: 'index' should be 'index'"),
        *(
            (INCLUSION.replace(b"x 2", f"x {number}".encode()), "line 2: .* whole")
            for number in NUMBERS
        ),
        (WITH_EXTRA.replace(b"YXJt", b""), "line 2: extra data of 0 bytes"),
        (WITH_EXTRA.replace(b"YXJt", b"YXJ"), "line 2: .* no base64"),
        (WITH_EXTRA.replace(b"YXJt", b"YXJ="), "line 2: .* loose base64"),
        (WITH_EXTRA.replace(b"extra ", b"extra"), "line 2: 'extraYXJt' should be"),
        (
            WITH_EXTRA.replace(b"index", b"extra YXJt\nindex"),
            "line 3: 'extra YXJt' should be 'index'",
        ),
        (
            WITH_EXTRA.replace(b"YXJt", base64.b64encode(bytes(65_537))),
            "line 2: extra data of 65,537 bytes",
        ),
        (INCLUSION.replace(ONE, ONE[:-1]), "line 3: .* no base64"),
        (INCLUSION.replace(TWO, TWO[:-2] + b"9="), "line 4: .* loose base64"),
        (INCLUSION.replace(TWO, TWO + b"\n" + TWO[4:]), "line 5: .* this has 29"),
        (INCLUSION.replace(ONE, ONE + b" "), "line 3: .* no base64"),
        (INCLUSION.replace(ONE, ONE + b"\r"), "line 3: a control character"),
        (INCLUSION.replace(ONE, b"\n".join([ONE] * 63)), "line 3: more than 63 hashes"),
        (INCLUSION.replace(b"\n\nex", b"\nex"), "line 5: .* no base64"),
        (INCLUSION.replace(b"\n\nex", b"\n\n\nex"), "checkpoint: it must be an origin"),
        (INCLUSION[:-1], "note: it must end in a newline"),
        (INCLUSION + b"\n", "note: it must end in a newline"),
        (INCLUSION.replace(b"\n3\n", b"\n03\n"), "checkpoint, line 2"),
        (b"\xff" + INCLUSION, "no UTF-8 at byte 0"),
        (INCLUSION + bytes(262_144), "at most 262,144 are read"),
    ],
)
def test_what_is_not_quite_a_proof_of_inclusion_is_refused(data, words):
    with pytest.raises(FormatError, match=words):
        parse_inclusion(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no empty line"),
        (b"\n\n" + NOTE, "line 1: '' should be 'old'"),
        (CONSISTENCY.replace(b"old 2", b"Old 2"), "line 1: 'Old 2' should be 'old'"),
        (CONSISTENCY.replace(b"old 2", b"old\t2"), "line 1: a control character"),
        *(
            (CONSISTENCY.replace(b"old 2", f"old {one}".encode()), "line 1: .* whole")
            for one in NUMBERS
        ),
        (CONSISTENCY.replace(b"old 2", b"old 0"), "line 2: from an empty tree"),
        (CONSISTENCY.replace(TWO, TWO[:-4]), "line 3: .* base64|this has"),
        (CONSISTENCY.replace(ONE, b"\n".join([ONE] * 63)), "line 2: more than 63"),
        (CONSISTENCY[:-1], "note: it must end in a newline"),
        (CONSISTENCY.replace(b"\n3\n", b"\n03\n"), "checkpoint, line 2"),
    ],
)
def test_what_is_not_quite_a_proof_of_consistency_is_refused(data, words):
    with pytest.raises(FormatError, match=words):
        parse_consistency(data)


@settings(max_examples=300)
@given(st.binary(max_size=200))
@example(b"old 0\n\n")
@example(b"c2sp.org/tlog-proof@v1\n\n")
def test_any_bytes_are_a_proof_or_refused(data):
    for parse in (parse_inclusion, parse_consistency):
        with pytest.raises(FormatError):
            parse(data)


@settings(max_examples=400)
@given(st.data())
def test_a_changed_proof_is_another_or_refused(data):
    text = data.draw(st.sampled_from([WITH_EXTRA, CONSISTENCY]))
    place = data.draw(st.integers(0, len(text) - 1))
    added = data.draw(st.sampled_from([b"", b"\n", b" ", b"0", b"=", b"A", b"\xff"]))
    kept = data.draw(st.integers(0, 1))
    changed = text[:place] + added + text[place + kept :]
    try:
        if text == WITH_EXTRA:
            one = parse_inclusion(changed)
            again = format_inclusion(one.index, one.hashes, one.note, one.extra)
        else:
            other = parse_consistency(changed)
            again = format_consistency(other.old, other.hashes, other.note)
    except FormatError:
        return
    assert again == changed


@pytest.mark.parametrize(
    ("index", "proof", "extra", "field"),
    [
        (-1, (), b"", "index"),
        (2**63, (), b"", "index"),
        (True, (), b"", "index"),
        ("1", (), b"", "index"),
        (1, (b"short",), b"", "hashes"),
        (1, (bytes(32),) * 64, b"", "hashes"),
        (1, ("a" * 32,), b"", "hashes"),
        (1, (), bytes(65_537), "extra"),
        (1, (), "extra", "extra"),
    ],
)
def test_a_proof_of_inclusion_that_cannot_be_is_not_written(index, proof, extra, field):
    with pytest.raises(InvalidValueError, match=f"{field} must be"):
        format_inclusion(index, proof, NOTE, extra)


@pytest.mark.parametrize(
    ("old", "proof", "field"),
    [(-1, (), "old"), (1, (b"",), "hashes"), (0, (bytes(32),), "hashes")],
)
def test_a_proof_of_consistency_that_cannot_be_is_not_written(old, proof, field):
    with pytest.raises(InvalidValueError, match=f"{field} must be"):
        format_consistency(old, proof, NOTE)


def test_hashes_are_kept_in_a_tuple():
    with pytest.raises(InvalidValueError, match="hashes must be"):
        InclusionProof(1, [bytes(32)], note=NOTE)


def test_a_proof_leads_to_a_checkpoint_and_nothing_else():
    hello = format_note(Note(b"hello\n", (LOG.sign(b"hello\n"),)))
    for note in (b"", b"hello\n", hello):
        with pytest.raises(FormatError):
            format_inclusion(1, (), note)
        with pytest.raises(FormatError):
            format_consistency(1, (), note)
