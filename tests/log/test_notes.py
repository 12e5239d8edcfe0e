"""Signed notes and the keys that sign them (C2SP signed-note, tlog-cosignature)."""

import base64
import hashlib
import traceback

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import example, given, settings
from hypothesis import strategies as st

from embargo_monitor.errors import (
    EmbargoMonitorError,
    FormatError,
    InvalidValueError,
    SignatureError,
)
from embargo_monitor.log.notes import (
    Note,
    Signed,
    check_signatures,
    decode_text,
    format_note,
    parse_base64,
    parse_decimal,
    parse_note,
    parse_signature,
)
from embargo_monitor.log.signers import SignatureLine, SigningKey, VerifierKey

# The example that implementations of signed notes share (x/mod's note package).
KNOWN_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
KNOWN_TEXT = b"This is an example message.\n"
KNOWN_SIGNATURE = (
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYj"
    "OBH3mFXmRKuwHjG1Yu72IneyaQM="
)
KNOWN_NOTE = KNOWN_TEXT + f"\n— example.com/foo {KNOWN_SIGNATURE}\n".encode()

LOG = SigningKey("example.com/log", 1, seed=bytes(32))
WITNESS = SigningKey("witness.example/w1", 4, seed=bytes([1] * 32))
TEXT = b"first\n\nsecond \xd9\x85\n"
NOTE = Note(TEXT, (LOG.sign(TEXT), WITNESS.cosign(TEXT, 1_700_000_000)))

names = st.text(
    st.characters(codec="utf-8", exclude_characters="+", exclude_categories=["C", "Z"]),
    min_size=1,
    max_size=20,
)
lines_of_text = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=20
)
texts = st.lists(lines_of_text, min_size=1, max_size=5).map(
    lambda lines: "".join(f"{line}\n" for line in lines).encode()
)
signatures = st.builds(
    SignatureLine,
    names,
    st.binary(min_size=4, max_size=4),
    signature=st.binary(min_size=1, max_size=80),
)
notes = st.builds(Note, texts, st.lists(signatures, min_size=1, max_size=32).map(tuple))


def test_the_known_note_is_signed_by_the_known_key():
    key = VerifierKey.parse(KNOWN_KEY)
    note = parse_note(KNOWN_NOTE)
    assert note.text == KNOWN_TEXT
    assert check_signatures(note, [key]) == (Signed(key, None),)


@given(notes)
@example(Note(b"\n", NOTE.signatures))
@example(Note(b"\n\n\n", NOTE.signatures))
@example(Note(TEXT + b"\n\n", NOTE.signatures * 16))
def test_a_note_is_read_as_it_was_written(note):
    assert parse_note(format_note(note)) == note


@given(notes)
def test_a_signature_line_is_read_as_it_was_written(note):
    for line in note.signatures:
        assert parse_signature(str(line)) == line


def test_a_note_is_written_as_the_specification_says():
    written = base64.b64encode(LOG.verifier.id + NOTE.signatures[0].signature).decode()
    assert format_note(Note(TEXT, NOTE.signatures[:1])) == (
        TEXT + f"\n— example.com/log {written}\n".encode()
    )


def signed_by_hand(*lines, text=b"text\n"):
    return text + b"\n" + "".join(lines).encode()


GOOD = f"— example.com/foo {KNOWN_SIGNATURE}\n"


def test_the_line_that_is_spoiled_below_is_good():
    assert len(parse_note(signed_by_hand(GOOD)).signatures) == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no empty line"),
        (b"text\n", "no empty line"),
        (b"text\n" + GOOD.encode(), "no empty line"),
        (b"\n" + GOOD.encode(), "no empty line"),
        (b"text\n\n", "it must end in a newline"),
        (signed_by_hand(GOOD[:-1]), "it must end in a newline"),
        (signed_by_hand(GOOD, "\n"), "it must end in a newline"),
        (signed_by_hand(GOOD, "more\n"), "note, line 4: 'more' is no signature"),
        (signed_by_hand(GOOD.replace("—", "-")), "line 3: .* is no signature"),
        (signed_by_hand(GOOD.replace("— ", "—")), "is no signature"),
        (signed_by_hand(GOOD.replace("— ", "—  ")), "is no signature"),
        (signed_by_hand(" " + GOOD), "is no signature"),
        (signed_by_hand("— \n"), "is no signature"),
        (signed_by_hand("—\n"), "is no signature"),
        (signed_by_hand(GOOD.replace("/foo", "+foo")), "is no signature"),
        (signed_by_hand(GOOD.replace("/foo", "\u00a0foo")), "is no signature"),
        (signed_by_hand(GOOD.replace("/foo", "\u2028foo")), "is no signature"),
        (signed_by_hand(GOOD.replace("/foo", "\u0085foo")), "is no signature"),
        (signed_by_hand("— example.com/foo\n"), "the signature is too short"),
        (signed_by_hand("— example.com/foo \n"), "the signature is too short"),
        (signed_by_hand("— example.com/foo Uw2QOg==\n"), "the signature is too short"),
        (signed_by_hand(GOOD.replace("\n", " \n")), "is no base64"),
        (signed_by_hand(GOOD.replace("foo ", "foo  ")), "is no base64"),
        (signed_by_hand(GOOD.replace("=\n", "\n")), "is no base64"),
        (signed_by_hand(GOOD.replace("=\n", "==\n")), "base64"),
        (signed_by_hand(GOOD.replace("Uw2Q", "Uw2_")), "is no base64"),
        (signed_by_hand(GOOD.replace("Uw2Q", "Uw2٣")), "is no base64"),
        # The same bytes, with bits set that an encoder leaves clear.
        (signed_by_hand(GOOD.replace("aQM=", "aQN=")), "is loose base64"),
        (signed_by_hand(GOOD.replace("\n", "\r\n")), "a control character"),
        (signed_by_hand(GOOD, text=b"te\txt\n"), "line 1: a control character"),
        (signed_by_hand(GOOD, text=b"te\0xt\n"), "line 1: a control character"),
        (signed_by_hand(GOOD, text=b"text\r\n"), "line 1: a control character"),
        (signed_by_hand(GOOD, text=b"te\xffxt\n"), "no UTF-8 at byte 2"),
        (signed_by_hand(GOOD, text=b"te\xed\xa0\x80\n"), "no UTF-8 at byte 2"),
        (signed_by_hand(GOOD, text=b"te\xc0\x80\n"), "no UTF-8 at byte 2"),
        (signed_by_hand(GOOD, text=b"a" * 65_536 + b"\n"), "at most 65,536 are read"),
        (signed_by_hand(*[GOOD] * 33), "33 signatures, and at most 32 are read"),
    ],
)
def test_what_is_not_quite_a_note_is_refused(data, words):
    with pytest.raises(FormatError, match=words) as refused:
        parse_note(data)
    assert refused.value.what == "note"


def test_as_many_signatures_are_read_as_c2sp_asks_and_more():
    assert len(parse_note(signed_by_hand(*[GOOD] * 32)).signatures) == 32


def test_the_largest_note_is_read_and_one_byte_more_is_not():
    room = 65_536 - len(signed_by_hand(GOOD, text=b"\n"))
    assert parse_note(signed_by_hand(GOOD, text=b"a" * room + b"\n"))
    with pytest.raises(FormatError, match="65,537 bytes, and at most 65,536"):
        parse_note(signed_by_hand(GOOD, text=b"a" * (room + 1) + b"\n"))


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_note_or_refused(data):
    try:
        note = parse_note(data)
    except FormatError:
        return
    assert format_note(note) == data


def changed(data, draw):
    """Change valid bytes in one place."""
    place = draw(st.integers(0, len(data)))
    way = draw(st.sampled_from(["flip", "drop", "add", "cut", "repeat"]))
    if way == "flip":
        place = min(place, len(data) - 1)
        byte = data[place] ^ 1 << draw(st.integers(0, 7))
        return data[:place] + bytes([byte]) + data[place + 1 :]
    if way == "drop":
        return data[:place] + data[place + 1 :]
    if way == "add":
        added = draw(st.sampled_from([b"\n", b" ", b"\r", b"\0", b"=", b"+", b"A"]))
        return data[:place] + added + data[place:]
    if way == "cut":
        return data[:place]
    lines = data.splitlines(keepends=True)
    line = draw(st.integers(0, len(lines) - 1))
    return b"".join([*lines[: line + 1], *lines[line:]])


@settings(max_examples=400)
@given(st.data())
def test_a_changed_note_is_refused_or_says_the_same_with_known_signatures(data):
    mutant = changed(format_note(NOTE), data.draw)
    keys = (LOG.verifier, WITNESS.verifier)
    try:
        note = parse_note(mutant)
        signed = check_signatures(note, keys)
    except (FormatError, SignatureError):
        return
    assert format_note(note) == mutant
    assert note.text == TEXT
    assert {one.key for one in signed} <= set(keys)
    assert {one.time for one in signed} <= {None, 1_700_000_000}


@pytest.mark.parametrize(
    "text",
    [b"", b"no newline", b"a\r\n", b"a\0\n", b"\xff\n", "text\n", None],
)
def test_a_text_that_cannot_be_signed_is_refused(text):
    with pytest.raises(InvalidValueError, match="text must be UTF-8"):
        Note(text, NOTE.signatures)


@pytest.mark.parametrize("count", [0, 33])
def test_a_note_has_between_1_and_32_signatures(count):
    with pytest.raises(InvalidValueError, match="number of signatures"):
        Note(TEXT, NOTE.signatures[:1] * count)


def test_a_note_that_could_not_be_read_again_is_not_made():
    with pytest.raises(InvalidValueError, match="bytes of the note"):
        Note(b"a" * 65_500 + b"\n", NOTE.signatures)


@pytest.mark.parametrize(
    ("name", "id_", "signature", "field"),
    [
        ("a b", bytes(4), b"s", "name"),
        ("", bytes(4), b"s", "name"),
        ("a+b", bytes(4), b"s", "name"),
        ("a\nb", bytes(4), b"s", "name"),
        ("a\ud800b", bytes(4), b"s", "name"),
        (b"a", bytes(4), b"s", "name"),
        ("a", bytes(3), b"s", "id"),
        ("a", "abcd", b"s", "id"),
        ("a", bytes(4), b"", "signature"),
        ("a", bytes(4), "s", "signature"),
    ],
)
def test_a_signature_line_that_cannot_be_is_refused(name, id_, signature, field):
    with pytest.raises(InvalidValueError, match=f"{field} must be"):
        SignatureLine(name, id_, signature=signature)


# Who signed.


def test_unknown_keys_are_passed_over():
    # The same name with another key, and the same key with another name.
    namesake = SigningKey("example.com/log", 1, seed=bytes([9] * 32))
    renamed = SigningKey("example.com/log2", 1, seed=bytes(32))
    note = Note(TEXT, (namesake.sign(TEXT), renamed.sign(b"other\n"), LOG.sign(TEXT)))
    assert check_signatures(note, [LOG.verifier]) == (Signed(LOG.verifier, None),)


def test_a_wrong_signature_by_a_known_key_rejects_the_whole_note():
    wrong = LOG.sign(b"other\n")
    note = Note(TEXT, (WITNESS.cosign(TEXT, 5), wrong))
    with pytest.raises(SignatureError, match="the signature is wrong") as refused:
        check_signatures(note, [LOG.verifier, WITNESS.verifier])
    assert refused.value.name == "example.com/log"
    # Whoever does not know that key believes the other.
    assert check_signatures(note, [WITNESS.verifier])


def test_a_wrong_signature_rejects_the_note_also_after_a_good_one():
    note = Note(TEXT, (LOG.sign(TEXT), LOG.sign(b"other\n")))
    with pytest.raises(SignatureError, match="the signature is wrong"):
        check_signatures(note, [LOG.verifier])


@pytest.mark.parametrize("keys", [[], [WITNESS.verifier]])
def test_a_note_that_no_known_key_signed_is_refused(keys):
    note = Note(TEXT, (LOG.sign(TEXT),))
    with pytest.raises(SignatureError, match="no signature by this key"):
        check_signatures(note, keys)


def test_who_signed_twice_the_same_counts_once():
    note = Note(TEXT, (LOG.sign(TEXT),) * 3)
    keys = [LOG.verifier, LOG.verifier]
    assert check_signatures(note, keys) == (Signed(LOG.verifier, None),)


def test_a_witness_says_when():
    note = Note(TEXT, (WITNESS.cosign(TEXT, 7), WITNESS.cosign(TEXT, 0)))
    assert check_signatures(note, [WITNESS.verifier]) == (
        Signed(WITNESS.verifier, 7),
        Signed(WITNESS.verifier, 0),
    )


def test_a_cosignature_is_as_the_specification_says():
    line = WITNESS.cosign(TEXT, 1_679_315_147)
    private = Ed25519PrivateKey.from_private_bytes(bytes([1] * 32))
    message = b"cosignature/v1\ntime 1679315147\n" + TEXT
    assert line.signature == (1_679_315_147).to_bytes(8) + private.sign(message)
    public = private.public_key().public_bytes_raw()
    assert line.id == hashlib.sha256(b"witness.example/w1\n\x04" + public).digest()[:4]


def test_the_time_of_a_cosignature_is_signed():
    good = WITNESS.cosign(TEXT, 7).signature
    for time in (6, 8, 2**63 - 1):
        with pytest.raises(SignatureError, match="the signature is wrong"):
            WITNESS.verifier.check(TEXT, time.to_bytes(8) + good[8:])


def test_a_time_that_no_cosignature_may_say_is_refused_though_signed():
    private = Ed25519PrivateKey.from_private_bytes(WITNESS.seed)
    raw = private.sign(f"cosignature/v1\ntime {2**63}\n".encode() + TEXT)
    with pytest.raises(SignatureError, match="time is out of range"):
        WITNESS.verifier.check(TEXT, (2**63).to_bytes(8) + raw)


def test_a_signature_of_one_kind_is_none_of_the_other():
    # Even with the same key under the same name.
    twin = SigningKey(LOG.name, 4, seed=LOG.seed)
    assert twin.verifier.id != LOG.verifier.id
    with pytest.raises(SignatureError):
        twin.verifier.check(TEXT, LOG.sign(TEXT).signature)
    with pytest.raises(SignatureError):
        LOG.verifier.check(TEXT, twin.cosign(TEXT, 7).signature)


@given(st.binary(max_size=100), st.sampled_from([1, 4]), st.binary(min_size=32))
def test_random_bytes_are_no_signature(signature, kind, key):
    verifier = VerifierKey("a", kind, key_bytes=key[:32])
    with pytest.raises(SignatureError):
        verifier.check(TEXT, signature)


def test_keys_of_another_kind_are_read_and_count_as_unknown():
    # ML-DSA-44, as C2SP tlog-cosignature has it.
    foreign = VerifierKey("witness.example/w2", 6, key_bytes=bytes(1312))
    assert VerifierKey.parse(str(foreign)) == foreign
    assert not foreign.is_supported
    line = SignatureLine(foreign.name, foreign.id, signature=bytes(2428))
    note = Note(TEXT, (line, LOG.sign(TEXT)))
    assert check_signatures(note, [foreign, LOG.verifier]) == (
        Signed(LOG.verifier, None),
    )
    with pytest.raises(SignatureError, match="no signature by this key"):
        check_signatures(note, [foreign])
    with pytest.raises(SignatureError, match="no signature that this key could make"):
        foreign.check(TEXT, line.signature)


def test_two_keys_that_share_name_and_id_cannot_be_told_apart(monkeypatch):
    other = SigningKey(LOG.name, 1, seed=bytes([2] * 32)).verifier
    # Nobody has two such keys at hand: a collision takes 2**16 tries and luck.
    monkeypatch.setattr(VerifierKey, "id", property(lambda _: bytes(4)))
    with pytest.raises(InvalidValueError, match="different in name or id"):
        check_signatures(NOTE, [LOG.verifier, other])


# Keys as text.


@given(names, st.sampled_from([1, 4]), st.binary(min_size=32, max_size=32))
def test_keys_are_read_as_they_were_written(name, kind, seed):
    key = SigningKey(name, kind, seed=seed)
    assert SigningKey.parse(key.text()) == key
    assert VerifierKey.parse(str(key.verifier)) == key.verifier
    assert key.verifier.kind == kind


def test_the_known_key_is_written_as_it_was_read():
    assert str(VerifierKey.parse(KNOWN_KEY)) == KNOWN_KEY


def test_a_private_key_is_written_as_other_programs_write_it():
    # From the tests of x/mod's note package.
    text = (
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
    )
    key = SigningKey.parse(text)
    assert key.text() == text
    assert str(key.verifier) == (
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("+530d903a", "+530d903b"),
        ("+530d903a", "+530D903A"),
        ("+530d903a", "+530d903"),
        ("+530d903a", "+530d903a0"),
        ("+530d903a", "+٥30d903a"),
        ("+530d903a", " +530d903a"),
        ("+530d903a", "+530d903a "),
        ("+530d903a", ""),
        ("example.com/foo", "example.com/bar"),
        ("example.com/foo", ""),
        ("example.com/foo", "example.com foo"),
        ("example.com/foo", "example.com\nfoo"),
        ("rm56", "rm57"),
        ("U2k", "U2k\n"),
        ("U2k", "U2"),
        ("U2k", "U2k="),
        ("U2k", "U2l"),
        ("AekyeR", "BekyeR"),
        ("AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", ""),
        ("AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "AQ=="),
        # Whole, but too short for its kind.
        ("AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "AekyeRrm"),
        ("AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "AAA="),
        ("AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "Bg=="),
        ("AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "A" * 10_000),
    ],
)
def test_a_mistyped_verifier_key_is_refused(old, new):
    with pytest.raises(FormatError, match="verifier key"):
        VerifierKey.parse(KNOWN_KEY.replace(old, new, 1))


@given(st.text(max_size=100))
@example("++")
@example("a+00000000+AQ==")
@example("PRIVATE+KEY+a+00000000+AQ==")
@example("PRIVATE+KEY+a+00000000+" + "A" * 44)
def test_any_text_is_a_key_or_refused(text):
    for kind in (VerifierKey, SigningKey):
        with pytest.raises(FormatError):
            kind.parse(text)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.removeprefix("PRIVATE+KEY+"),
        lambda text: text.replace("log", "log2"),
        lambda text: text.replace("+AW", "+Am"),
        lambda text: text.replace("+AW", "+Bm"),
        lambda text: text.replace("+AW", "+AG"),
        lambda text: text[:-4],
        lambda text: text + "\n",
        lambda text: text[:-1] + "!",
        # Fields out of place, the secret where the id should be.
        lambda text: "+".join([*text.split("+")[:3], *text.split("+")[:2:-1]]),
    ],
)
def test_a_spoiled_private_key_is_refused_and_not_shown(spoil):
    key = SigningKey("example.com/log", 1, seed=bytes(range(100, 132)))
    secret = key.text().split("+")[-1]
    with pytest.raises(FormatError, match="private key") as refused:
        SigningKey.parse(spoil(key.text()))
    shown = "".join(traceback.format_exception(refused.value))
    assert secret[4:20] not in shown


def test_a_seed_is_never_shown():
    seed = bytes(range(100, 132))
    key = SigningKey("example.com/log", 1, seed=seed)
    for shown in (repr(key), str(key), repr([key]), f"{key}"):
        assert shown.startswith(("SigningKey(name='example.com/log'", "[SigningKey("))
        assert repr(seed)[2:10] not in shown
        assert seed.hex()[:8] not in shown
    with pytest.raises(InvalidValueError, match="seed must be 32 bytes") as refused:
        SigningKey("example.com/log", 1, seed=seed + b"x")
    assert repr(seed)[2:10] not in str(refused.value)
    assert refused.value.value == "what cannot be shown here"


@pytest.mark.parametrize("kind", [0, 2, 6, 255, "1", None])
def test_a_private_key_is_of_a_kind_that_signs(kind):
    with pytest.raises(InvalidValueError, match="kind must be 0x01 or 0x04"):
        SigningKey.draw("example.com/log", kind)


@pytest.mark.parametrize(
    ("kind", "key_bytes", "field"),
    [
        (0, bytes(32), "kind"),
        (256, bytes(32), "kind"),
        ("1", bytes(32), "kind"),
        (6, b"", "key_bytes"),
        (6, "key", "key_bytes"),
        (1, bytes(31), "key_bytes"),
        (4, bytes(33), "key_bytes"),
    ],
)
def test_a_verifier_key_that_cannot_be_is_refused(kind, key_bytes, field):
    with pytest.raises(InvalidValueError, match=f"{field} must be"):
        VerifierKey("a", kind, key_bytes=key_bytes)


def test_a_key_signs_only_in_its_own_way():
    with pytest.raises(InvalidValueError, match="0x04, to sign with a time"):
        LOG.cosign(TEXT, 5)
    with pytest.raises(InvalidValueError, match="0x01, to sign without a time"):
        WITNESS.sign(TEXT)
    for time in (-1, 2**63, 1.5, True, None):
        with pytest.raises(InvalidValueError, match="time must be whole seconds"):
            WITNESS.cosign(TEXT, time)


# The small parts.


@pytest.mark.parametrize(
    "written",
    # What int() takes and no checkpoint may have, and the first number too large.
    [*"٣²", "", "00", "0123", " 12", "12 ", "+12", "-0", "1_000", "12\n", "0x1", "101"],
)
def test_a_number_is_written_in_one_way(written):
    with pytest.raises(FormatError, match=r"size, line 2: .* is no whole number"):
        parse_decimal(written, "size", line=2, limit=100)


@given(st.integers(0, 10**18))
def test_every_number_is_read_as_it_was_written(number):
    assert parse_decimal(str(number), "size", line=2, limit=2**63 - 1) == number


def test_a_number_of_many_digits_is_not_even_converted():
    with pytest.raises(FormatError):
        parse_decimal("9" * 5000, "size", line=2, limit=2**63 - 1)


@given(st.binary(max_size=50))
def test_base64_is_read_as_it_was_written(data):
    assert parse_base64(base64.b64encode(data).decode(), "hash") == data


@pytest.mark.parametrize(
    "written", ["QUI", "QUJ=", "QU I=", "QUI=\n", "Q_I=", "=", "é"]
)
def test_loose_base64_is_refused(written):
    with pytest.raises(FormatError, match="base64"):
        parse_base64(written, "hash")


def test_text_is_refused_by_the_name_that_the_caller_gives():
    with pytest.raises(FormatError, match=r"^policy: 5 bytes, and at most 4 are read$"):
        decode_text(b"12345", "policy", 4)


def test_our_errors_have_one_root():
    for error in (FormatError("a", "b"), SignatureError("a", "b")):
        assert isinstance(error, EmbargoMonitorError)
