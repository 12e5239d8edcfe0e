"""Bundles of records: made from a log with what may be seen, checked without it."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from embargo_monitor.authoring import Attached
from embargo_monitor.authoring.given import Authored
from embargo_monitor.bundling import check_bundle, make_bundle
from embargo_monitor.canonical import canonical_bytes
from embargo_monitor.digests import salted_digest_of
from embargo_monitor.encoding import encode
from embargo_monitor.errors import (
    EmbargoMonitorError,
    EncodingError,
    ExhibitError,
    FormatError,
    InvalidValueError,
    NewerVersionError,
    ProofError,
    SignatureError,
)
from embargo_monitor.eventlog import EventLog
from embargo_monitor.log.bundles import (
    Absence,
    Absent,
    Bundle,
    BundledExhibit,
    format_bundle,
    parse_bundle,
)
from embargo_monitor.log.checkpoints import TreeHead, cosign, sign_checkpoint
from embargo_monitor.log.exhibits import ExhibitStore
from embargo_monitor.log.merkle import hash_leaf
from embargo_monitor.log.prooftexts import InclusionProof
from embargo_monitor.log.signers import COSIGNATURE, ED25519, SigningKey
from embargo_monitor.model.quotes import Exhibit, Handling
from embargo_monitor.model.records import Correction, Withdrawal
from embargo_monitor.seeds import seed_report

KEY = SigningKey("example.org/log", ED25519, seed=bytes(range(32)))
WITNESS = SigningKey("example.net/witness", COSIGNATURE, seed=bytes(range(1, 33)))
SALTS = {handling: bytes([n]) * 32 for n, handling in enumerate(Handling)}
SECRETS = {
    Handling.LIMITED: b"limited bytes",
    Handling.CONFIDENTIAL: b"\xff\xd8 confidential bytes",
    Handling.SOURCE_AT_RISK: b"bytes that could cost a life",
}


def kept(handling):
    """An exhibit above public, and what is attached for it."""
    attached = Attached(SECRETS[handling], SALTS[handling])
    exhibit = Exhibit(
        handling.name.lower().replace("_", "-"),
        attached.digest,
        media_type="application/pdf",
        size=len(attached.data),
        handling=handling,
    )
    return exhibit, attached


def with_exhibits(*more, keep=True):
    """The article's report, with more exhibits than the article."""
    seed = seed_report()
    document = seed.report.document
    exhibits = (document.exhibits if keep else ()) + tuple(one for one, _ in more)
    report = evolve(seed.report, document=evolve(document, exhibits=exhibits))
    attached = {one.digest: given for one, given in more}
    return Authored(report, {**seed.exhibits, **attached}, ())


@pytest.fixture
def log(tmp_path, clock):
    path = tmp_path / "monitor.db"
    with EventLog.create(path, origin="example.org/log", clock=clock) as log:
        yield log


@pytest.fixture
def article(log):
    """A log with the article and a withdrawal after it, signed."""
    log.append(seed_report())
    log.append(
        Withdrawal(
            "w-1",
            entry="seed-article",
            entry_kind="report",
            reason="twice",
            by="ana",
        )
    )
    log.checkpoint()
    return log


def made(log, index=0, handling=Handling.PUBLIC):
    with log.signing.storage.reading() as reader:
        return make_bundle(reader, store_of(log), index, handling)


def store_of(log):
    return ExhibitStore(f"{log.path}-exhibits")


def single(entry, exhibits=(), absent=()):
    """Bundle the only entry of a log that nobody checked, signed by KEY."""
    leaf = hash_leaf(entry)
    note = sign_checkpoint(TreeHead(KEY.name, 1, root=leaf), KEY)
    return format_bundle(
        Bundle(
            entry,
            InclusionProof(0, (), note=note),
            exhibits=tuple(exhibits),
            absent=tuple(absent),
        )
    )


def encoded(record, clock):
    return encode(record, recorded=clock(), by="ana")


# --- what is made is believed


def test_a_bundle_brings_entry_exhibit_and_proof(article):
    found = check_bundle(made(article), key=article.verifier_key)
    assert found.logged == article.entry(0)
    assert found.checkpoint.head == article.checkpoint().head
    [exhibit] = found.logged.entry.record.document.exhibits
    assert found.exhibits == {"text": article.exhibit(exhibit.digest)}
    assert found.texts == {"text": article.exhibit(exhibit.digest).decode()}
    assert "صفقة" in found.texts["text"]
    assert found.absent == {}


def test_every_entry_of_a_log_can_be_proved(log):
    log.append(seed_report())
    kind, id_ = "report", "seed-article"
    for n in range(1, 10):
        record = Withdrawal(
            f"w-{n}", entry=id_, entry_kind=kind, reason=f"reason {n}", by="ana"
        )
        log.append(record)
        kind, id_ = "withdrawal", record.id
    log.checkpoint()
    for index in range(10):
        found = check_bundle(made(log, index), key=log.verifier_key)
        assert found.logged == log.entry(index)


def test_it_needs_nothing_but_the_bytes_and_the_key(article, tmp_path):
    data, key = made(article), article.verifier_key
    article.close()
    for file in sorted(tmp_path.rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()
    assert check_bundle(data, key=key).logged.index == 0


def test_a_correction_brings_the_exhibits_of_its_document(article, clock):
    attached = Attached("\ufeffnew".encode("utf-16"))
    new = Exhibit(
        "text-2", attached.digest, media_type="text/plain", size=len(attached.data)
    )
    report = seed_report().report
    document = evolve(report.document, exhibits=(*report.document.exhibits, new))
    correction = Correction(
        "c-1", report="seed-article", document=document, reason="a scan", by="ana"
    )
    entry = encoded(correction, clock)
    with article.signing.storage.writing() as writer:
        writer.append("correction/c-1", entry)
    store_of(article).put(attached.data)
    article.checkpoint()
    found = check_bundle(made(article, 2), key=article.verifier_key)
    assert set(found.exhibits) == {"text", "text-2"}
    # What is no UTF-8 has no text, and is no crash.
    assert set(found.texts) == {"text"}


def test_cosignatures_travel_and_count(article):
    note = cosign(article.checkpoint().note, WITNESS, 1_770_000_000)
    article.signing.keep_cosignatures(note, [WITNESS.verifier])
    data = made(article)
    found = check_bundle(
        data, key=article.verifier_key, witnesses=[str(WITNESS.verifier)], quorum=1
    )
    assert [one.time for one in found.checkpoint.signed] == [None, 1_770_000_000]
    other = SigningKey.draw("example.net/other", COSIGNATURE).verifier
    with pytest.raises(SignatureError, match="0 known witnesses"):
        check_bundle(data, key=article.verifier_key, witnesses=[other], quorum=1)
    with pytest.raises(InvalidValueError, match="quorum"):
        check_bundle(data, key=article.verifier_key, quorum=1)


# --- what may be seen


@pytest.mark.parametrize("asked", Handling)
def test_exhibits_go_along_up_to_the_handling_asked(log, asked):
    log.append(with_exhibits(*map(kept, SECRETS)))
    log.checkpoint()
    data = made(log, handling=asked)
    found = check_bundle(data, key=log.verifier_key)
    order = list(Handling)
    for handling in SECRETS:
        exhibit, attached = kept(handling)
        if order.index(handling) <= order.index(asked):
            assert found.exhibits[exhibit.id] == attached.data
            assert SALTS[handling].hex().encode() in data
        else:
            assert found.absent[exhibit.id] is Absence.WITHHELD
            # Without the salt nobody can test a guess of its content.
            assert SALTS[handling].hex().encode() not in data
    assert "text" in found.exhibits


@pytest.mark.parametrize("harm", ["lost", "changed", "salt lost"])
def test_an_exhibit_that_is_not_here_is_said_to_be_missing(log, harm):
    exhibit, _ = kept(Handling.LIMITED)
    log.append(with_exhibits((exhibit, kept(Handling.LIMITED)[1])))
    log.checkpoint()
    name = exhibit.digest.replace(":", "-")
    file = Path(f"{log.path}-exhibits", f"{name}.salt" if "salt" in harm else name)
    if harm == "changed":
        file.write_bytes(b"other")
    else:
        file.unlink()
    found = check_bundle(made(log, handling=Handling.LIMITED), key=log.verifier_key)
    assert found.absent == {"limited": Absence.MISSING}


@pytest.mark.parametrize(
    "order",
    [
        (Handling.LIMITED, Handling.CONFIDENTIAL),
        (Handling.CONFIDENTIAL, Handling.LIMITED),
    ],
)
def test_what_is_cited_twice_goes_by_the_stricter_handling(log, order):
    attached = Attached(b"the same bytes", bytes(32))
    twice = [
        (
            Exhibit(
                f"copy-{n}",
                attached.digest,
                media_type="application/pdf",
                size=len(attached.data),
                handling=handling,
            ),
            attached,
        )
        for n, handling in enumerate(order)
    ]
    log.append(with_exhibits(*twice))
    log.checkpoint()
    found = check_bundle(made(log, handling=Handling.LIMITED), key=log.verifier_key)
    assert found.absent == dict.fromkeys(["copy-0", "copy-1"], Absence.WITHHELD)
    data = made(log, handling=Handling.CONFIDENTIAL)
    found = check_bundle(data, key=log.verifier_key)
    assert found.exhibits["copy-0"] == found.exhibits["copy-1"] == attached.data
    section = f"absent {attached.digest} missing\n\nc2sp".encode()
    with pytest.raises(FormatError, match="either in the bundle or absent"):
        check_bundle(data.replace(b"\nc2sp", section, 1), key=log.verifier_key)


# --- what cannot be made


def test_without_a_checkpoint_that_covers_it_nothing_is_proved(log):
    log.append(seed_report())
    with pytest.raises(InvalidValueError, match="`embargo-monitor checkpoint` signs"):
        made(log)
    log.checkpoint()
    log.append(
        Withdrawal(
            "w-1", entry="seed-article", entry_kind="report", reason="x", by="ana"
        )
    )
    with pytest.raises(InvalidValueError, match="below 1, the size of the last"):
        made(log, 1)
    assert made(log, 0)
    with pytest.raises(InvalidValueError, match="index must be that of an entry"):
        made(log, 2)


NEWER = canonical_bytes(
    {
        "v": 1,
        "kind": "sighting",
        "kv": 1,
        "id": "s-1",
        "by": "ana",
        "recorded": "2099-01-01T00:00:00Z",
        "body": {"of": "a ship"},
    }
)


def test_what_needs_a_newer_version_is_left_to_that(log):
    with log.signing.storage.writing() as writer:
        writer.append("sighting/s-1", NEWER)
    log.checkpoint()
    with pytest.raises(NewerVersionError, match="needs a newer version"):
        made(log)
    with pytest.raises(NewerVersionError):
        check_bundle(single(NEWER), key=KEY.verifier)


def test_nothing_is_made_of_a_log_that_does_not_hold_what_was_signed(article):
    with article.signing.storage.snapshot() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            for [name] in connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            connection.exec_driver_sql(
                "UPDATE entry SET body = CAST(replace(body, 'twice', 'thrice') AS BLOB)"
                " WHERE position = 1"
            )
    with pytest.raises(ProofError):
        made(article, 1)
    assert made(article, 0)


# --- what is not believed


def changed(data, **changes):
    return format_bundle(evolve(parse_bundle(data), **changes))


def test_a_cited_exhibit_must_be_there_or_said_to_be_absent(article):
    data = changed(made(article), exhibits=())
    with pytest.raises(ExhibitError, match="neither in the bundle nor said"):
        check_bundle(data, key=article.verifier_key)


@pytest.mark.parametrize("what", ["there", "absent"])
def test_an_exhibit_that_is_not_cited_is_refused(article, what):
    data = made(article)
    bundle = parse_bundle(data)
    more = BundledExhibit("sha256:" + hashlib.sha256(b"more").hexdigest(), b"more")
    parts = sorted((*bundle.exhibits, more), key=lambda one: one.digest)
    if what == "there":
        data = changed(data, exhibits=tuple(parts))
    else:
        data = changed(data, absent=(Absent(more.digest, Absence.WITHHELD),))
    with pytest.raises(ExhibitError, match="the entry does not"):
        check_bundle(data, key=article.verifier_key)


def test_exhibits_swapped_with_their_digests_kept_are_refused(log):
    log.append(with_exhibits(kept(Handling.LIMITED)))
    log.checkpoint()
    data = made(log, handling=Handling.LIMITED)
    one, two = parse_bundle(data).exhibits
    parts = (evolve(one, data=two.data), evolve(two, data=one.data))
    with pytest.raises(ExhibitError, match="not those that were bound"):
        check_bundle(changed(data, exhibits=parts), key=log.verifier_key)


def test_a_quote_that_lies_outside_of_its_exhibit_is_refused(clock):
    short = Attached("صفقة".encode())
    exhibit = Exhibit("text", short.digest, media_type="text/plain", size=8)
    entry = encoded(with_exhibits((exhibit, short), keep=False).report, clock)
    part = BundledExhibit(short.digest, short.data)
    with pytest.raises(ExhibitError, match="a quote ends at"):
        check_bundle(single(entry, [part]), key=KEY.verifier)
    absent = Absent(short.digest, Absence.MISSING)
    assert check_bundle(single(entry, absent=[absent]), key=KEY.verifier).texts == {}


def test_an_exhibit_of_another_size_than_the_entry_says_is_refused(clock):
    exhibit, attached = kept(Handling.LIMITED)
    wrong = evolve(exhibit, size=exhibit.size + 1)
    seed = with_exhibits((wrong, attached))
    [text] = seed_report().exhibits.values()
    parts = [
        BundledExhibit(text.digest, text.data),
        BundledExhibit(exhibit.digest, attached.data, salt=attached.salt),
    ]
    data = single(
        encoded(seed.report, clock), sorted(parts, key=lambda one: one.digest)
    )
    with pytest.raises(ExhibitError, match="has 13 bytes, and not 14"):
        check_bundle(data, key=KEY.verifier)


def test_what_a_log_held_but_is_no_record_is_refused():
    with pytest.raises(EncodingError):
        check_bundle(single(b'{"a":1}'), key=KEY.verifier)
    with pytest.raises(EncodingError):
        check_bundle(single(b"no JSON"), key=KEY.verifier)


def test_an_entry_of_another_place_or_other_bytes_is_refused(article):
    data = made(article)
    with pytest.raises(ProofError):
        check_bundle(data.replace(b"Pakistan", b"Pakistam"), key=article.verifier_key)
    with pytest.raises(ProofError):
        check_bundle(
            data.replace(b"\nindex 0\n", b"\nindex 1\n"), key=article.verifier_key
        )


@pytest.mark.parametrize(
    ("key", "error"),
    [
        (SigningKey.draw("example.org/log").verifier, SignatureError),
        (SigningKey.draw("example.org/other").verifier, SignatureError),
        (WITNESS.verifier, InvalidValueError),
        ("no key", FormatError),
    ],
    ids=["another key", "another origin", "a witness's key", "no key"],
)
def test_under_another_key_it_is_not_believed(article, key, error):
    with pytest.raises(error):
        check_bundle(made(article), key=key)


# --- hostile bytes

SALTED = salted_digest_of(b"elsewhere", bytes(32))


@pytest.fixture(scope="module")
def small():
    """A bundle of a report that cites the article and an exhibit that is withheld."""
    away = Exhibit(
        "away", SALTED, media_type="image/png", size=9, handling=Handling.LIMITED
    )
    seed = with_exhibits((away, Attached(b"elsewhere", bytes(32))))
    [text] = seed_report().exhibits.values()
    entry = encode(seed.report, recorded=datetime(2026, 1, 2, tzinfo=UTC), by="ana")
    return single(
        entry,
        [BundledExhibit(text.digest, text.data)],
        [Absent(SALTED, Absence.WITHHELD)],
    )


def refused(data):
    try:
        check_bundle(data, key=KEY.verifier)
    except EmbargoMonitorError:
        return True
    return False


def test_every_flipped_bit_outside_of_entry_and_exhibit_is_refused(small):
    assert not refused(small)
    bundle = parse_bundle(small)
    entry = small.index(bundle.entry)
    text = small.index(b"\n", small.index(b"\nexhibit ") + 1)
    places = [
        *range(entry),
        *range(entry + len(bundle.entry), text),
        *range(small.index(b"absent "), len(small)),
    ]
    for place in places:
        for bit in range(8):
            flipped = bytearray(small)
            flipped[place] ^= 1 << bit
            assert refused(bytes(flipped)), (place, bit)


@given(st.data())
def test_any_flipped_bit_at_all_is_refused(small, data):
    place = data.draw(st.integers(0, len(small) - 1))
    flipped = bytearray(small)
    flipped[place] ^= 1 << data.draw(st.integers(0, 7))
    assert refused(bytes(flipped))


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_in_our_own_words(data):
    assert refused(data)
    # Also where a log held them: whoever owns one can sign what he likes.
    if data and b"\n" not in data:
        try:
            signed = single(data)
        except InvalidValueError:
            return
        assert refused(signed)


@given(st.data())
def test_mutations_are_refused_in_our_own_words(small, data):
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(small)))
        gone = data.draw(st.integers(0, 50))
        new = data.draw(st.binary(max_size=20))
        mutated = small[:at] + new + small[at + gone :]
        assert mutated == small or refused(mutated)
