"""Checkpoints: what a log states, who signed it, who cosigned."""

import base64
import os
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from embargo_monitor.errors import FormatError, InvalidValueError, SignatureError
from embargo_monitor.log.checkpoints import (
    Checkpoint,
    Policy,
    TreeHead,
    cosign,
    open_checkpoint,
    parse_tree_head,
    read_checkpoint,
    sign_checkpoint,
)
from embargo_monitor.log.merkle import EMPTY, hash_leaf
from embargo_monitor.log.notes import Note, Signed, format_note, parse_note
from embargo_monitor.log.signers import SignatureLine, SigningKey, VerifierKey
from embargo_monitor.log.tiles import bundles_of, decode_entries

# Read when collected: no test sees the settings of the machine.
VECTORS = Path(
    os.environ.get("EMBARGO_MONITOR_VECTORS")
    or Path(__file__).parents[2].parent / "shared" / "vectors"
)
OUTSIDE_LOG = VECTORS / "tessera-log" / "log"
OUTSIDE_KEY = (
    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
)
needs_vectors = pytest.mark.skipif(
    not OUTSIDE_LOG.is_dir(),
    reason=f"no outside vectors in {VECTORS}; EMBARGO_MONITOR_VECTORS names the folder",
)

ORIGIN = "example.com/log"
LOG = SigningKey(ORIGIN, 1, seed=bytes(32))
WITNESSES = [
    SigningKey(f"witness.example/w{number}", 4, seed=bytes([number] * 32))
    for number in (1, 2, 3)
]
HEAD = TreeHead(ORIGIN, 3, root=bytes(range(32)))
NOTE = sign_checkpoint(HEAD, LOG)
TEXT = HEAD.text()
ROOT = base64.b64encode(HEAD.root)

lines = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=20
)
heads = st.builds(
    TreeHead,
    lines,
    st.integers(1, 2**63 - 1),
    root=st.binary(min_size=32, max_size=32),
    extensions=st.lists(lines, max_size=3).map(tuple),
)


def policy(count=0, quorum=0):
    witnesses = tuple(witness.verifier for witness in WITNESSES[:count])
    return Policy(LOG.verifier, witnesses=witnesses, quorum=quorum)


# What is stated.


@given(heads)
@example(TreeHead("a", 0, root=EMPTY.root()))
def test_a_tree_head_is_read_as_it_was_written(head):
    assert parse_tree_head(head.text()) == head


def test_a_tree_head_is_written_as_the_specification_says():
    assert TEXT == b"example.com/log\n3\n" + ROOT + b"\n"


SPOILED = [
    (b"", "must be an origin, a size and a root"),
    (b"\n", "must be an origin, a size and a root"),
    (TEXT[:-1], "must be an origin, a size and a root"),
    (TEXT + b"\n", "must be an origin, a size and a root"),
    (b"\n" + TEXT, "must be an origin, a size and a root"),
    (TEXT + b"\nextension\n", "must be an origin, a size and a root"),
    (b"example.com/log\n3\n", "must be an origin, a size and a root"),
    (TEXT.replace(b"\n3", b"\n\n3"), "must be an origin, a size and a root"),
    *(
        (TEXT.replace(b"\n3\n", f"\n{size}\n".encode()), "line 2: .* no whole number")
        for size in (
            *("03", "00", "+3", "-3", " 3", "3 ", "3_0", "3.0", "0x3", "٣", "３"),
            *("three", str(2**63), "9" * 19, "1" * 20, "1" * 5000),
        )
    ),
    (TEXT.replace(b"\n3\n", b"\n3\r\n"), "a control character"),
    (TEXT.replace(b"\n3\n", b"\n3\0\n"), "a control character"),
    (b"\xff" + TEXT, "no UTF-8"),
    (TEXT.replace(ROOT, ROOT[:-1]), "line 3: .* no base64"),
    (TEXT.replace(ROOT, ROOT + b"="), "line 3: .* base64"),
    (TEXT.replace(ROOT, b" " + ROOT), "line 3: .* no base64"),
    (TEXT.replace(ROOT, ROOT[:-2] + b"9="), "line 3: .* loose base64"),
    (TEXT.replace(ROOT, ROOT.replace(b"A", b"-")), "line 3: .* no base64"),
    (TEXT.replace(ROOT, base64.b64encode(bytes(31))), "32 bytes, and this has 31"),
    (TEXT.replace(ROOT, base64.b64encode(bytes(33))), "32 bytes, and this has 33"),
    (TEXT.replace(b"\n3\n", b"\n0\n"), "line 3: that is not the root of an empty tree"),
    (TEXT + b"a" * 65_536 + b"\n", "at most 65,536 are read"),
]


@pytest.mark.parametrize(("text", "words"), SPOILED)
def test_what_is_not_quite_a_checkpoint_is_refused(text, words):
    with pytest.raises(FormatError, match=words) as refused:
        parse_tree_head(text)
    assert refused.value.what == "checkpoint"


@settings(max_examples=300)
@given(st.binary(max_size=120))
def test_any_bytes_are_a_tree_head_or_refused(text):
    try:
        head = parse_tree_head(text)
    except FormatError:
        return
    assert head.text() == text


@settings(max_examples=300)
@given(heads, st.data())
def test_a_changed_tree_head_is_another_or_refused(head, data):
    text = head.text()
    place = data.draw(st.integers(0, len(text) - 1))
    byte = text[place] ^ 1 << data.draw(st.integers(0, 7))
    changed = text[:place] + bytes([byte]) + text[place + 1 :]
    try:
        other = parse_tree_head(changed)
    except FormatError:
        return
    assert other != head
    assert other.text() == changed


@pytest.mark.parametrize(
    ("origin", "size", "more", "field"),
    [
        ("", 1, {}, "origin"),
        ("a\nb", 1, {}, "origin"),
        ("a\ud800", 1, {}, "origin"),
        (b"a", 1, {}, "origin"),
        ("a", -1, {}, "size"),
        ("a", 2**63, {}, "size"),
        ("a", True, {}, "size"),
        ("a", "1", {}, "size"),
        ("a", 1, {"root": bytes(31)}, "root"),
        ("a", 1, {"root": "a" * 32}, "root"),
        ("a", 0, {}, "root"),
        ("a", 1, {"extensions": ["x"]}, "extensions"),
        ("a", 1, {"extensions": ("",)}, "extensions"),
        ("a", 1, {"extensions": ("x\ny",)}, "extensions"),
    ],
)
def test_a_tree_head_that_cannot_be_is_refused(origin, size, more, field):
    with pytest.raises(InvalidValueError, match=f"{field} must be"):
        TreeHead(origin, size, **{"root": bytes(32), **more})


# Who signed it.


def test_a_checkpoint_is_opened_with_the_key_of_its_log():
    opened = open_checkpoint(NOTE, policy())
    assert opened == Checkpoint(HEAD, note=NOTE, signed=(Signed(LOG.verifier, None),))


def test_a_checkpoint_by_another_key_is_refused_whatever_name_it_has():
    thief = SigningKey(ORIGIN, 1, seed=bytes([7] * 32))
    with pytest.raises(SignatureError, match="no signature by this key"):
        open_checkpoint(sign_checkpoint(HEAD, thief), policy())


def test_a_key_vouches_for_its_own_origin_alone():
    text = TreeHead("example.com/other", 3, root=HEAD.root).text()
    note = format_note(Note(text, (LOG.sign(text),)))
    with pytest.raises(SignatureError, match=r"another origin, 'example.com/other'"):
        open_checkpoint(note, policy())


def test_a_signed_note_that_is_no_checkpoint_is_refused():
    note = format_note(Note(b"hello\n", (LOG.sign(b"hello\n"),)))
    with pytest.raises(FormatError, match="checkpoint: it must be an origin"):
        open_checkpoint(note, policy())


def test_witnesses_without_the_log_do_not_do():
    note = format_note(Note(TEXT, (WITNESSES[0].cosign(TEXT, 7),)))
    with pytest.raises(SignatureError, match="the log itself has not signed"):
        open_checkpoint(note, policy(1))


def test_extensions_by_others_are_kept_and_none_are_written():
    head = TreeHead(ORIGIN, 3, root=HEAD.root, extensions=("more",))
    note = format_note(Note(head.text(), (LOG.sign(head.text()),)))
    assert open_checkpoint(note, policy()).head == head
    with pytest.raises(InvalidValueError, match="extensions must be none"):
        sign_checkpoint(head, LOG)


@pytest.mark.parametrize("key", [SigningKey("example.com/b", 1, seed=bytes(32))])
def test_a_log_is_signed_with_its_own_key(key):
    with pytest.raises(InvalidValueError, match="name of the key"):
        sign_checkpoint(HEAD, key)
    with pytest.raises(InvalidValueError, match="0x01, to sign without a time"):
        sign_checkpoint(HEAD, SigningKey(ORIGIN, 4, seed=bytes(32)))


@pytest.mark.parametrize("place", range(0, len(NOTE), 3))
def test_no_bit_of_a_checkpoint_can_be_changed(place):
    for bit in range(8):
        changed = bytearray(NOTE)
        changed[place] ^= 1 << bit
        with pytest.raises((FormatError, SignatureError)):
            open_checkpoint(bytes(changed), policy())


# Who cosigned it.


def test_a_quorum_counts_witnesses_that_are_known():
    note = NOTE
    for count, witness in enumerate(WITNESSES, 1):
        with pytest.raises(SignatureError, match=f"{count - 1} known witnesses"):
            open_checkpoint(note, policy(3, quorum=count))
        note = cosign(note, witness, 100 + count)
        opened = open_checkpoint(note, policy(3, quorum=count))
        assert opened.signed[-1] == Signed(witness.verifier, 100 + count)
        assert opened.note == note
    # Cosignatures by others neither count nor harm.
    other = SigningKey("witness.example/w9", 4, seed=bytes([9] * 32)).verifier
    keys = (WITNESSES[0].verifier, other)
    with pytest.raises(SignatureError, match="1 known witnesses cosigned, and 2 must"):
        open_checkpoint(note, Policy(LOG.verifier, witnesses=keys, quorum=2))


def test_a_witness_that_cosigns_twice_counts_once():
    note = cosign(cosign(NOTE, WITNESSES[0], 1), WITNESSES[0], 2)
    assert len(parse_note(note).signatures) == 3
    with pytest.raises(SignatureError, match="1 known witnesses cosigned, and 2 must"):
        open_checkpoint(note, policy(3, quorum=2))


def test_the_same_cosignature_again_adds_nothing():
    note = cosign(NOTE, WITNESSES[0], 1)
    assert cosign(note, WITNESSES[0], 1) == note


def test_a_wrong_cosignature_by_a_known_witness_rejects_the_checkpoint():
    wrong = WITNESSES[0].cosign(b"other\n", 7)
    note = format_note(Note(TEXT, (LOG.sign(TEXT), wrong)))
    with pytest.raises(SignatureError, match="the signature is wrong"):
        open_checkpoint(note, policy(1))
    assert open_checkpoint(note, policy()).head == HEAD


def test_only_a_checkpoint_is_cosigned_and_only_by_a_witness():
    other = format_note(Note(b"hello\n", (LOG.sign(b"hello\n"),)))
    with pytest.raises(FormatError, match="checkpoint"):
        cosign(other, WITNESSES[0], 7)
    with pytest.raises(InvalidValueError, match="0x04"):
        cosign(NOTE, LOG, 7)


def test_a_checkpoint_that_is_full_is_not_cosigned():
    read = parse_note(NOTE)
    full = format_note(Note(read.text, read.signatures * 32))
    # Lines that stand twice are written once, and make room.
    assert len(parse_note(cosign(full, WITNESSES[0], 7)).signatures) == 2
    many = tuple(
        SignatureLine("a", bytes(4), signature=bytes([number])) for number in range(32)
    )
    with pytest.raises(InvalidValueError, match="number of signatures"):
        cosign(format_note(Note(read.text, many)), WITNESSES[0], 7)


def test_keys_may_be_given_as_text_with_spaces_around():
    note = cosign(NOTE, WITNESSES[0], 7)
    key, witness = f"{LOG.verifier}\n", f" {WITNESSES[0].verifier}"
    opened = read_checkpoint(note, key=key, witnesses=[witness], quorum=1)
    assert opened == open_checkpoint(note, policy(1, quorum=1))
    assert read_checkpoint(NOTE, key=LOG.verifier).head == HEAD
    with pytest.raises(FormatError, match="verifier key"):
        read_checkpoint(NOTE, key="no key")
    with pytest.raises(SignatureError):
        read_checkpoint(NOTE, key=key, witnesses=[witness], quorum=1)


@pytest.mark.parametrize(
    ("log", "witnesses", "quorum", "field"),
    [
        (WITNESSES[0], [], 0, "kind of the log's key"),
        (LOG, WITNESSES, 4, "quorum"),
        (LOG, WITNESSES, -1, "quorum"),
        (LOG, WITNESSES, True, "quorum"),
        (LOG, WITNESSES, "1", "quorum"),
        (LOG, [], 1, "quorum"),
        # Witnesses sign with the time.
        (LOG, [SigningKey("w", 1, seed=bytes([9] * 32))], 1, "quorum"),
        (LOG, [WITNESSES[0], WITNESSES[0]], 1, "keys"),
        # One holder under two names, and the log as its own witness.
        (LOG, [WITNESSES[0], SigningKey("w", 4, seed=WITNESSES[0].seed)], 1, "keys"),
        (LOG, [SigningKey("w", 4, seed=LOG.seed)], 1, "keys"),
    ],
)
def test_a_policy_that_cannot_mean_what_it_says_is_refused(
    log, witnesses, quorum, field
):
    keys = tuple(witness.verifier for witness in witnesses)
    with pytest.raises(InvalidValueError, match=f"{field} must be"):
        Policy(log.verifier, witnesses=keys, quorum=quorum)


def test_a_key_that_signs_without_a_time_is_no_witness():
    plain = SigningKey("w", 1, seed=bytes([9] * 32))
    note = format_note(Note(TEXT, (LOG.sign(TEXT), plain.sign(TEXT))))
    keys = (plain.verifier, WITNESSES[0].verifier)
    with pytest.raises(SignatureError, match="0 known witnesses cosigned, and 1 must"):
        open_checkpoint(note, Policy(LOG.verifier, witnesses=keys, quorum=1))


# A log that others wrote.


def outside_checkpoints():
    found = sorted(OUTSIDE_LOG.glob("checkpoint*"))
    return found or [Path("checkpoint")]


@needs_vectors
@pytest.mark.parametrize("file", outside_checkpoints(), ids=lambda file: file.name)
def test_a_checkpoint_of_an_outside_log_fits_its_entries(file):
    known = VerifierKey.parse(OUTSIDE_KEY)
    head = open_checkpoint(file.read_bytes(), Policy(known)).head
    tree = EMPTY
    for bundle in bundles_of(head.size):
        data = (OUTSIDE_LOG / bundle.path).read_bytes()
        for body in decode_entries(data, bundle.width):
            tree = tree.appended(hash_leaf(body))
    assert (tree.size, tree.root()) == (head.size, head.root)


@needs_vectors
def test_all_checkpoints_of_the_outside_log_are_looked_at():
    sizes = {
        open_checkpoint(
            file.read_bytes(), Policy(VerifierKey.parse(OUTSIDE_KEY))
        ).head.size
        for file in outside_checkpoints()
    }
    assert sizes == set(range(16))
    # The newest is there twice: under its size, and under the name that changes.
    assert len(outside_checkpoints()) == 17
