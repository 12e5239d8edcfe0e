"""Bundles as text: written in one way, read in that way alone, and checked."""

import base64
import hashlib
import hmac

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from embargo_monitor.errors import (
    EmbargoMonitorError,
    ExhibitError,
    FormatError,
    InvalidValueError,
    ProofError,
    SignatureError,
)
from embargo_monitor.log import bundles
from embargo_monitor.log.bundles import (
    MAX_EXHIBITS,
    Absence,
    Absent,
    Bundle,
    BundledExhibit,
    check_bundle_proof,
    format_bundle,
    parse_bundle,
)
from embargo_monitor.log.checkpoints import Policy, TreeHead, cosign, sign_checkpoint
from embargo_monitor.log.prooftexts import InclusionProof, format_inclusion
from embargo_monitor.log.signers import COSIGNATURE, ED25519, SigningKey

ORIGIN = "example.org/log"
KEY = SigningKey(ORIGIN, ED25519, seed=bytes(range(32)))
WITNESS = SigningKey("example.net/witness", COSIGNATURE, seed=bytes(range(1, 33)))
POLICY = Policy(KEY.verifier)
WITNESSED = Policy(KEY.verifier, witnesses=(WITNESS.verifier,), quorum=1)

# A whole exhibit is decoded in steps of this many bytes.
STEP = 8192 * 57


def sha256(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def salted(data, salt):
    return "hmac-sha256:" + hmac.new(salt, data, hashlib.sha256).hexdigest()


def leaf(data):
    return hashlib.sha256(b"\0" + data).digest()


def pair(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


ENTRIES = (b'{"a":1}', '{"b":"صفقة"}'.encode(), b'{"c":3}')
LEAVES = tuple(map(leaf, ENTRIES))
ROOT = pair(pair(LEAVES[0], LEAVES[1]), LEAVES[2])
NOTE = sign_checkpoint(TreeHead(ORIGIN, 3, root=ROOT), KEY)
SALT = bytes(range(32))
OPEN = BundledExhibit(sha256(b"a text\n"), b"a text\n")
CLOSED = BundledExhibit(salted(b"a secret", SALT), b"a secret", salt=SALT)
AWAY = Absent(sha256(b"elsewhere"), Absence.WITHHELD)
SMALL = Bundle(
    ENTRIES[1],
    InclusionProof(1, (LEAVES[0], LEAVES[2]), note=NOTE),
    exhibits=(CLOSED, OPEN),
    absent=(AWAY,),
)
TEXT = format_bundle(SMALL)


def by_digest(parts):
    return tuple(sorted(parts, key=lambda part: part.digest))


@st.composite
def written_bundles(draw):
    lines = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]))
    entry = draw(lines.map(str.encode).filter(lambda data: 0 < len(data) < 1000))
    datas = draw(st.lists(st.binary(max_size=300), unique=True, max_size=5))
    salt = draw(st.binary(min_size=32, max_size=32))
    exhibits, absent = [], []
    for data in datas:
        match draw(st.integers(0, 2)):
            case 0:
                exhibits.append(BundledExhibit(sha256(data), data))
            case 1:
                digest = salted(data, salt)
                exhibits.append(BundledExhibit(digest, data, salt=salt))
            case 2:
                why = draw(st.sampled_from(Absence))
                absent.append(Absent(sha256(data), why))
    hashes = draw(st.lists(st.binary(min_size=32, max_size=32), max_size=63))
    index = draw(st.integers(0, 2**63 - 1))
    return Bundle(
        entry,
        InclusionProof(index, tuple(hashes), note=NOTE),
        exhibits=by_digest(exhibits),
        absent=by_digest(absent),
    )


@given(written_bundles())
def test_what_is_written_is_read_again(bundle):
    text = format_bundle(bundle)
    assert parse_bundle(text) == bundle
    assert text.decode()


def test_the_text_is_the_one_that_the_format_says():
    head = (
        "embargo_monitor.bundle@v1\n"
        f"entry {len(ENTRIES[1])}\n"
        '{"b":"صفقة"}\n'
        f"exhibit {CLOSED.digest} 8 salt {SALT.hex()}\n"
        "YSBzZWNyZXQ=\n"
        f"exhibit {OPEN.digest} 7\n"
        "YSB0ZXh0Cg==\n"
        f"absent {AWAY.digest} withheld\n"
        "\n"
        "c2sp.org/tlog-proof@v1\n"
        "index 1\n"
        f"{base64.b64encode(LEAVES[0]).decode()}\n"
        f"{base64.b64encode(LEAVES[2]).decode()}\n"
        "\n"
    )
    assert head.encode() + NOTE == TEXT


@pytest.mark.parametrize(
    "size", [0, 1, 56, 57, 58, STEP - 1, STEP, STEP + 1, 2 * STEP + 100]
)
def test_exhibits_of_every_size_come_back(size):
    data = bytes(range(256)) * (size // 256 + 1)
    exhibit = BundledExhibit(sha256(data[:size]), data[:size])
    bundle = evolve(SMALL, exhibits=(exhibit,))
    text = format_bundle(bundle)
    assert max(map(len, text.split(b"\n"))) <= 230
    assert parse_bundle(text) == bundle


def test_a_bundle_that_holds_is_believed():
    checkpoint = check_bundle_proof(parse_bundle(TEXT), POLICY)
    assert (checkpoint.head.size, checkpoint.head.root) == (3, ROOT)
    assert checkpoint.note == NOTE


# --- single bits


def taken(text, policy):
    """Return what was read and believed of a text, or None."""
    try:
        bundle = parse_bundle(text)
        return bundle, check_bundle_proof(bundle, policy)
    except EmbargoMonitorError:
        return None


def flips(text):
    for bit in range(8 * len(text)):
        flipped = bytearray(text)
        flipped[bit // 8] ^= 1 << bit % 8
        yield bit // 8, bytes(flipped)


def told_only(text, place):
    """Tell whether a place is in a digest or word of the absent, which binds nothing.

    Whether it is the one that the entry cites is for who can read the entry.
    """
    line = text[text.rfind(b"\n", 0, place) + 1 :]
    return line.startswith(b"absent ")


def test_every_flipped_bit_is_refused_but_in_the_digest_of_what_is_absent():
    for place, flipped in flips(TEXT):
        if taken(flipped, POLICY) is not None:
            assert told_only(TEXT, place), (place, flipped[place - 20 : place + 20])


def test_with_a_quorum_every_flipped_bit_of_the_cosignature_is_refused_too():
    bundle = evolve(SMALL, exhibits=(), absent=())
    note = cosign(NOTE, WITNESS, 1_770_000_000)
    text = format_bundle(evolve(bundle, proof=evolve(bundle.proof, note=note)))
    assert taken(text, WITNESSED) is not None
    for place, flipped in flips(text):
        assert taken(flipped, WITNESSED) is None, place


def test_a_flip_in_the_line_of_an_unknown_witness_changes_nothing_that_is_believed():
    bundle = evolve(SMALL, exhibits=(), absent=())
    note = cosign(NOTE, WITNESS, 1_770_000_000)
    text = format_bundle(evolve(bundle, proof=evolve(bundle.proof, note=note)))
    first = text.index("— example.net".encode())
    accepted = 0
    for place, flipped in flips(text):
        found = taken(flipped, POLICY)
        if found is not None:
            accepted += 1
            assert place >= first
            assert found[1].head == TreeHead(ORIGIN, 3, root=ROOT)
            assert [one.key for one in found[1].signed] == [KEY.verifier]
    assert accepted > 0


# --- what is written otherwise


def swapped(old, new):
    assert TEXT.count(old) == 1, old
    return TEXT.replace(old, new)


OPEN_SECTION = f"exhibit {OPEN.digest} 7\nYSB0ZXh0Cg==\n".encode()
CLOSED_SECTION = f"exhibit {CLOSED.digest} 8 salt {SALT.hex()}\nYSBzZWNyZXQ=\n".encode()
AWAY_SECTION = f"absent {AWAY.digest} withheld\n".encode()

OTHERWISE = {
    "nothing": b"",
    "another format": TEXT.replace(b"@v1", b"@v2", 1),
    "a byte order mark": b"\xef\xbb\xbf" + TEXT,
    "CRLF": TEXT.replace(b"\n", b"\r\n"),
    "CRLF in the exhibit": swapped(b"YSB0ZXh0Cg==\n", b"YSB0ZXh0Cg==\r\n"),
    "a line more at the end": TEXT + b"\n",
    "text after the end": TEXT + b"more\n",
    "an empty line more": swapped(b"\n\nc2sp", b"\n\n\nc2sp"),
    "no empty line": swapped(b"\n\nc2sp", b"\nc2sp"),
    "a longer entry": swapped(b"entry 16\n", b"entry 17\n"),
    "a shorter entry": swapped(b"entry 16\n", b"entry 15\n"),
    "an empty entry": swapped(b'entry 16\n{"b":"' + "صفقة".encode(), b"entry 0\n"),
    "an entry of two lines": swapped(b'{"b":', b'{\nb":'),
    "an entry that is no UTF-8": swapped(b'{"b":', b'{"\xff":'),
    "an entry beyond the limit": swapped(b"entry 16\n", b"entry 65536\n"),
    "no entry": swapped(b"entry 16\n", b"entries\n"),
    "a zero before a number": swapped(b"entry 16\n", b"entry 016\n"),
    "a sign": swapped(b"entry 16\n", b"entry +16\n"),
    "a space after a number": swapped(b"entry 16\n", b"entry 16 \n"),
    "digits of another script": swapped(b"entry 16\n", "entry ١٦\n".encode()),
    "a size with a zero": swapped(b" 7\nYSB0", b" 07\nYSB0"),
    "a size too small": swapped(b" 7\nYSB0", b" 6\nYSB0"),
    "a size too large": swapped(b" 7\nYSB0", b" 8\nYSB0"),
    "a size beyond all bounds": swapped(b" 7\nYSB0", b" 999999999999\nYSB0"),
    "a size beyond the end": swapped(b" 7\nYSB0", b" 5000\nYSB0"),
    "no base64": swapped(b"YSB0ZXh0Cg==", b"YSB0ZXh0C!=="),
    "no base64 at all": swapped(b"YSB0ZXh0Cg==", b"YSB0ZXh0Cg=a"),
    "loose base64": swapped(b"YSB0ZXh0Cg==", b"YSB0ZXh0Ch=="),
    "base64 for addresses": swapped(b"YSB0ZXh0Cg==", b"YSB0ZXh0C_=="),
    "base64 in two lines": swapped(b"YSB0ZXh0Cg==\n", b"YSB0ZX\nh0Cg==\n"),
    "a space in base64": swapped(b"YSB0ZXh0Cg==\n", b"YSB0 ZXh0Cg==\n"),
    "an exhibit twice": swapped(OPEN_SECTION, OPEN_SECTION * 2),
    "exhibits out of order": swapped(
        CLOSED_SECTION + OPEN_SECTION, OPEN_SECTION + CLOSED_SECTION
    ),
    "an absent one twice": swapped(AWAY_SECTION, AWAY_SECTION * 2),
    "there and absent": swapped(
        AWAY_SECTION, f"absent {OPEN.digest} missing\n".encode()
    ),
    "absent before there": swapped(
        OPEN_SECTION + AWAY_SECTION, AWAY_SECTION + OPEN_SECTION
    ),
    "another word for absent": swapped(b"withheld", b"burned"),
    "a digest in capitals": swapped(
        OPEN.digest.encode(),
        OPEN.digest[:7].encode() + OPEN.digest[7:].upper().encode(),
    ),
    "a digest of another kind": swapped(OPEN_SECTION[:15], b"exhibit sha512:"),
    "a salt where none belongs": swapped(
        b" 7\nYSB0", f" 7 salt {SALT.hex()}\nYSB0".encode()
    ),
    "no salt where one belongs": swapped(f" salt {SALT.hex()}".encode(), b""),
    "a short salt": swapped(SALT.hex().encode(), SALT.hex()[2:].encode()),
    "a section that is none": swapped(b"absent ", b"secret "),
    "a very long line": swapped(b"withheld", b"withheld" * 100),
    "extra data in the proof": swapped(b"\nindex 1\n", b"\nextra YWJj\nindex 1\n"),
    "an index with a zero": swapped(b"\nindex 1\n", b"\nindex 01\n"),
    "a hash too short": swapped(base64.b64encode(LEAVES[0]), b"YWJj"),
    "no checkpoint": TEXT[: -len(NOTE)],
    "a proof alone": format_inclusion(1, SMALL.proof.hashes, NOTE),
}


@pytest.mark.parametrize("how", OTHERWISE)
def test_what_would_be_written_otherwise_is_no_bundle(how):
    with pytest.raises(FormatError) as caught:
        parse_bundle(OTHERWISE[how])
    assert "\n" not in str(caught.value)


def test_a_bundle_cut_short_anywhere_is_none():
    for length in range(len(TEXT)):
        with pytest.raises(FormatError):
            parse_bundle(TEXT[:length])


def test_padding_inside_of_a_long_exhibit_is_refused():
    data = bytes(STEP + 57)
    lines = base64.encodebytes(data)
    exhibit = BundledExhibit(sha256(data), data)
    text = format_bundle(evolve(SMALL, exhibits=(exhibit,)))
    # The last line of the first step loses a byte, the very last one gains none.
    at = text.index(lines) + STEP // 57 * 77 - 2
    assert text[at : at + 2] == b"A\n"
    with pytest.raises(FormatError, match="no base64 of that many bytes"):
        parse_bundle(text[:at] + b"=" + text[at + 1 :])


def test_the_error_names_the_line():
    with pytest.raises(FormatError) as caught:
        parse_bundle(swapped(b"withheld", b"burned"))
    assert caught.value.line == 8
    assert str(caught.value).startswith("bundle, line 8: 'absent sha256:")


def test_a_bundle_over_the_limit_is_neither_written_nor_read(monkeypatch):
    monkeypatch.setattr(bundles, "MAX_BUNDLE", len(TEXT) - 1)
    with pytest.raises(FormatError, match="at most"):
        parse_bundle(TEXT)
    with pytest.raises(InvalidValueError, match="bytes of the bundle"):
        format_bundle(SMALL)


def test_more_exhibits_than_an_entry_can_cite_are_refused():
    digests = sorted(
        sha256(bytes([n % 256, n // 256])) for n in range(MAX_EXHIBITS + 1)
    )
    many = tuple(Absent(digest, Absence.MISSING) for digest in digests)
    assert parse_bundle(format_bundle(evolve(SMALL, exhibits=(), absent=many[1:])))
    with pytest.raises(InvalidValueError, match="number of exhibits"):
        evolve(SMALL, exhibits=(), absent=many)
    lines = "".join(f"absent {digest} missing\n" for digest in digests).encode()
    with pytest.raises(FormatError, match="more than 1,024"):
        parse_bundle(swapped(AWAY_SECTION, lines))


@pytest.mark.parametrize(
    "build",
    [
        lambda: BundledExhibit("sha1:00", b""),
        lambda: BundledExhibit(OPEN.digest, b"", salt=SALT),
        lambda: BundledExhibit(CLOSED.digest, b"", salt=b"short"),
        lambda: Absent(b"sha256:", Absence.MISSING),
        lambda: evolve(SMALL, entry=b"a\nb"),
        lambda: evolve(SMALL, entry=b"\xff"),
        lambda: evolve(SMALL, entry=bytes(65_536)),
        lambda: evolve(SMALL, exhibits=(OPEN, CLOSED)),
        lambda: evolve(SMALL, proof=evolve(SMALL.proof, extra=b"more")),
    ],
)
def test_what_no_bundle_can_be_is_not_built(build):
    with pytest.raises(InvalidValueError):
        build()


def test_no_salt_is_shown():
    with pytest.raises(InvalidValueError) as caught:
        BundledExhibit(OPEN.digest, b"", salt=SALT)
    assert SALT.hex() not in f"{caught.value}{CLOSED!r}"
    assert repr(SALT)[2:-1] not in f"{caught.value}{CLOSED!r}"


# --- what does not hold


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"entry": b'{"b":2}'}, ProofError),
        ({"proof": evolve(SMALL.proof, index=0)}, ProofError),
        ({"proof": evolve(SMALL.proof, index=3)}, ProofError),
        ({"proof": evolve(SMALL.proof, hashes=SMALL.proof.hashes[::-1])}, ProofError),
        ({"proof": evolve(SMALL.proof, hashes=SMALL.proof.hashes[:1])}, ProofError),
        ({"exhibits": (evolve(OPEN, data=b"a text"),)}, ExhibitError),
        ({"exhibits": (evolve(CLOSED, data=b"a secre"),)}, ExhibitError),
        ({"exhibits": (evolve(CLOSED, salt=bytes(32)),)}, ExhibitError),
        (
            {
                "exhibits": (
                    BundledExhibit(CLOSED.digest, OPEN.data, salt=SALT),
                    BundledExhibit(OPEN.digest, CLOSED.data),
                )
            },
            ExhibitError,
        ),
    ],
)
def test_what_does_not_hold_is_refused(change, error):
    bundle = parse_bundle(format_bundle(evolve(SMALL, **change)))
    with pytest.raises(error):
        check_bundle_proof(bundle, POLICY)


@pytest.mark.parametrize(
    "policy",
    [
        Policy(SigningKey.draw(ORIGIN).verifier),
        Policy(SigningKey.draw("example.org/other").verifier),
        WITNESSED,
    ],
    ids=["another key", "another log", "a quorum"],
)
def test_a_checkpoint_that_is_not_signed_as_asked_is_refused(policy):
    with pytest.raises(SignatureError):
        check_bundle_proof(SMALL, policy)


def test_a_key_that_signed_for_another_origin_is_refused():
    other = SigningKey("example.org/other", ED25519, seed=KEY.seed)
    text = TreeHead(ORIGIN, 3, root=ROOT).text()
    note = text + f"\n{other.sign(text)}\n".encode()
    bundle = evolve(SMALL, proof=evolve(SMALL.proof, note=note))
    with pytest.raises(SignatureError, match="another origin"):
        check_bundle_proof(bundle, Policy(other.verifier))


# --- hostile bytes


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_in_our_own_words(data):
    with pytest.raises(FormatError):
        parse_bundle(data)


SPLICES = st.tuples(
    st.integers(0, len(TEXT)),
    st.integers(0, 40),
    st.binary(max_size=20)
    | st.sampled_from([OPEN_SECTION, AWAY_SECTION, b"\n", b"\r", b"\n\n", b"0", b"="]),
)


@settings(max_examples=500)
@given(st.lists(SPLICES, min_size=1, max_size=3))
def test_a_mutated_bundle_is_refused_or_is_written_just_so(splices):
    text = TEXT
    for at, gone, new in splices:
        text = text[:at] + new + text[at + gone :]
    try:
        bundle = parse_bundle(text)
    except FormatError:
        return
    assert format_bundle(bundle) == text
    try:
        check_bundle_proof(bundle, POLICY)
    except (FormatError, ProofError, SignatureError, ExhibitError):
        return
    assert (bundle.entry, bundle.proof.index) == (ENTRIES[1], 1)
