"""EventLog: records into a log and out again, whole, once, and checked."""

import hashlib
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from attrs import evolve

from embargo_monitor.authoring import author
from embargo_monitor.canonical import canonical_bytes
from embargo_monitor.errors import (
    ConflictError,
    EncodingError,
    EntryTooLargeError,
    ExhibitError,
    InvalidValueError,
    LogExistsError,
    LogMissingError,
    UnknownNameError,
    VerificationError,
)
from embargo_monitor.eventlog import EventLog
from embargo_monitor.log.storage import Storage
from embargo_monitor.logged import Receipt
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.records import Withdrawal
from embargo_monitor.model.when import When
from embargo_monitor.seeds import seed_report

LIGHT = author(
    {
        "report": "r-9",
        "document": {"titles": {"en": "Trucks"}, "publisher": "paper"},
        "sources": {"paper": {"kind": "outlet", "names": {"en": "The Paper"}}},
        "voices": {"paper": ["paper"]},
        "claims": [],
    },
    read={}.__getitem__,
).report


@pytest.fixture
def log(tmp_path, clock):
    with EventLog.create(tmp_path / "monitor.db", clock=clock) as opened:
        yield opened


def light(id="r-9", note="logged in haste"):
    """A report of next to nothing."""
    return evolve(LIGHT, id=id, note=note)


def put(log, key, **entry):
    """Append bytes behind the log's back, as a program of another kind might."""
    whole = {"v": 1, "kv": 1, "by": "ana", "recorded": "2026-01-02T03:04:05Z", **entry}
    with Storage.open(log.path) as storage, storage.writing() as writer:
        writer.append(key, canonical_bytes(whole))


def small(text=b"ten trucks", **exhibit):
    """A report of one claim that quotes a whole text."""
    form = {
        "report": "r-1",
        "document": {
            "titles": {"en": "Trucks"},
            "publisher": "paper",
            "exhibits": {"text": {"file": "text.txt", **exhibit}},
        },
        "sources": {"paper": {"kind": "outlet", "names": {"en": "The Paper"}}},
        "voices": {"paper": ["paper"]},
        "events": {"deal": {"kind": "transfer", "title": "Trucks"}},
        "claims": [
            {
                "voice": "paper",
                "about": "deal",
                "stage": "delivered",
                "quote": text.decode(),
            }
        ],
    }
    return author(form, read={"text.txt": text, "salt": b"\1" * 32}.__getitem__)


def test_what_is_appended_comes_back_as_it_was(log):
    article = seed_report()
    assert log.append(article, by="ana") == Receipt(index=0, new=True)
    logged = log.entry(0)
    assert logged.entry.record == article.report
    assert logged.entry.envelope.by == "ana"
    assert logged.leaf == hashlib.sha256(b"\0" + logged.data).digest()
    assert log.find("report", "seed-article") == logged
    assert list(log.entries()) == [logged]
    assert list(log.reports()) == [article.report]


def test_a_log_keeps_its_name_and_day_when_opened_again(tmp_path, clock):
    with EventLog.create(tmp_path / "a.db", origin="example.org/a", clock=clock) as log:
        assert (log.origin, log.created) == ("example.org/a", "2026-01-02T03:04:05Z")
        assert log.path == str(tmp_path / "a.db")
    with EventLog.open(tmp_path / "a.db") as log:
        assert (log.origin, log.created) == ("example.org/a", "2026-01-02T03:04:05Z")


def test_two_logs_are_never_given_the_same_name(tmp_path):
    with (
        EventLog.create(tmp_path / "a.db") as a,
        EventLog.create(tmp_path / "b.db") as b,
    ):
        assert a.origin != b.origin


def test_create_never_overwrites_and_open_never_creates(log, tmp_path):
    with pytest.raises(LogExistsError):
        EventLog.create(log.path)
    with pytest.raises(LogMissingError):
        EventLog.open(tmp_path / "other.db")


def test_the_same_record_again_gives_the_old_receipt(log):
    first = log.append(light(), by="ana")
    assert log.append(light(), by="somebody else") == Receipt(first.index, new=False)
    assert log.size == 1


def test_another_record_under_the_same_id_is_a_conflict(log):
    log.append(light())
    with pytest.raises(ConflictError, match="entry 0 already") as refused:
        log.append(light(note="changed"))
    assert (refused.value.kind, refused.value.id, refused.value.index) == (
        "report",
        "r-9",
        0,
    )
    assert log.size == 1


def test_an_id_that_a_newer_version_took_is_a_conflict(log):
    put(log, "report/r-9", kind="report", kv=9, id="r-9", body={})
    with pytest.raises(ConflictError):
        log.append(light())


def test_a_clock_set_back_makes_no_entry_older_than_the_one_before(tmp_path):
    instants = iter(
        datetime(2026, 1, 2, tzinfo=UTC) - timedelta(days=back) for back in (0, 1, 2, 3)
    )
    with EventLog.create(tmp_path / "a.db", clock=lambda: next(instants)) as log:
        log.append(light("r-1"))
        log.append(light("r-2"))
        first, second = (one.entry.envelope.recorded for one in log.entries())
        assert second == first
        log.verify()


def test_append_all_keeps_what_comes_before_a_refusal(log):
    told = []
    records = [light("r-1"), light("r-2"), light("r-1", "changed"), light("r-3")]
    with pytest.raises(ConflictError) as refused:
        log.append_all(records, progress=lambda *done: told.append(done))
    assert refused.value.receipts == (Receipt(0, new=True), Receipt(1, new=True))
    assert [one.entry.envelope.id for one in log.entries()] == ["r-1", "r-2"]
    assert told == [(1, 4), (2, 4)]


def test_an_invalid_recorder_adds_nothing(log):
    with pytest.raises(InvalidValueError):
        log.append_all([light("r-1"), light("r-2")], by="a\u202eb")
    assert log.size == 0


def test_a_value_of_another_type_never_enters(log):
    authored = small()
    [source] = authored.report.sources
    odd = evolve(authored.report, sources=(evolve(source, public=1),))
    with pytest.raises(EncodingError, match=r"\$\.body\.sources\[0\]\.public"):
        log.append(evolve(authored, report=odd))
    assert log.size == 0


def test_a_record_over_the_limit_is_refused_with_the_size_of_each_part(log):
    big = evolve(seed_report().report, note="x" * 19_999)
    claims = (
        tuple(evolve(claim, note="x" * 19_000) for claim in big.claims[:4])
        + big.claims[4:]
    )
    with pytest.raises(EntryTooLargeError, match="at most 65,535 bytes") as refused:
        log.append(evolve(big, claims=claims))
    assert refused.value.parts[0][0] == "claims"
    assert refused.value.size > 65_535
    assert log.size == 0


def test_an_exhibit_that_is_nowhere_is_refused(log):
    with pytest.raises(ExhibitError, match="sha256:5dcc4d85"):
        log.append(seed_report().report)
    log.append(seed_report())
    assert log.append(seed_report().report) == Receipt(0, new=False)


def test_other_bytes_than_were_bound_are_refused(log):
    authored = small()
    [(digest, attached)] = authored.exhibits.items()
    swapped = evolve(authored, exhibits={digest: evolve(attached, data=b"two trucks")})
    with pytest.raises(ExhibitError, match="the bytes given are sha256:"):
        log.append(swapped)
    assert log.size == 0


def test_a_size_that_is_not_the_exhibits_is_refused(log):
    authored = small()
    document = authored.report.document
    exhibits = (evolve(document.exhibits[0], size=999),)
    report = evolve(authored.report, document=evolve(document, exhibits=exhibits))
    with pytest.raises(ExhibitError, match="has 10 bytes, and not 999"):
        log.append(evolve(authored, report=report))


def test_only_the_words_of_a_text_can_be_quoted(log):
    authored = small()
    document = authored.report.document
    exhibits = (evolve(document.exhibits[0], media_type="application/pdf"),)
    report = evolve(authored.report, document=evolve(document, exhibits=exhibits))
    with pytest.raises(ExhibitError, match="only the words of a text can be quoted"):
        log.append(evolve(authored, report=report))


def test_a_wording_that_does_not_stand_in_its_place_is_refused(log):
    authored = small()
    [claim] = authored.report.claims
    when = When(ImpreciseDate("2025"), wording="ten ships", quote=claim.quote)
    report = evolve(authored.report, claims=(evolve(claim, when=when),))
    with pytest.raises(ExhibitError, match="other words than 'ten ships' stand at 0"):
        log.append(evolve(authored, report=report))
    when = evolve(when, wording="ten trucks")
    report = evolve(authored.report, claims=(evolve(claim, when=when),))
    assert log.append(evolve(authored, report=report)).new


def test_a_lost_exhibit_comes_back_with_its_report(log):
    authored = small()
    log.append(authored)
    [path] = [one for one in Path(f"{log.path}-exhibits").rglob("*") if one.is_file()]
    path.unlink()
    with pytest.raises(VerificationError, match="entry 0: exhibit"):
        log.verify()
    assert log.append(authored) == Receipt(0, new=False)
    assert log.verify().exhibits == 1


@pytest.mark.parametrize(
    "origin", [" ", "a b", "a+b", "a\nb", "\u202e", "é", "x" * 256]
)
def test_a_name_that_could_not_stand_in_a_checkpoint_is_refused(tmp_path, origin):
    with pytest.raises(InvalidValueError, match="visible ASCII characters"):
        EventLog.create(tmp_path / "b.db", origin=origin)
    assert not (tmp_path / "b.db").exists()


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2026, 1, 2),  # noqa: DTZ001 (that is what is refused)
        datetime(2026, 1, 2, tzinfo=timezone(timedelta(hours=5))),
        datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC),
    ],
)
def test_a_clock_that_is_not_utc_in_whole_seconds_is_refused(tmp_path, instant):
    with pytest.raises(InvalidValueError, match="clock must be UTC in whole seconds"):
        EventLog.create(tmp_path / "b.db", clock=lambda: instant)


def test_a_list_where_a_tuple_belongs_never_enters(log):
    authored = small()
    listed = evolve(authored.report, claims=list(authored.report.claims))
    with pytest.raises(EncodingError, match="a value of another type"):
        log.append(evolve(authored, report=listed))


def test_a_word_where_a_member_belongs_never_enters(log):
    authored = small()
    [event] = authored.report.events
    odd = evolve(authored.report, events=(evolve(event, kind="transfer"),))
    with pytest.raises(EncodingError, match="a value of another type"):
        log.append(evolve(authored, report=odd))


def test_a_quote_beyond_its_exhibit_is_refused(log):
    authored = small()
    [claim] = authored.report.claims
    beyond = evolve(claim, quote=evolve(claim.quote, end=11))
    report = evolve(authored.report, claims=(beyond,))
    with pytest.raises(ExhibitError, match="ends at 11 of 10 code points"):
        log.append(evolve(authored, report=report))


def test_an_exhibit_above_public_is_kept_with_its_salt(log):
    authored = small(handling="confidential", salt="salt")
    log.append(authored)
    [exhibit] = authored.report.document.exhibits
    assert exhibit.digest.startswith("hmac-sha256:")
    assert log.exhibit(exhibit.digest) == b"ten trucks"
    assert log.verify().exhibits == 1


def test_texts_are_those_that_can_be_read(log):
    authored = small()
    log.append(authored)
    assert log.texts(authored.report) == {"text": "ten trucks"}
    [path] = [one for one in Path(f"{log.path}-exhibits").rglob("*") if one.is_file()]
    path.unlink()
    assert log.texts(authored.report) == {}


def test_an_exhibit_that_is_no_text_is_kept_and_not_read_as_one(log):
    picture = b"\x89PNG\xff"
    form = {
        "report": "r-2",
        "document": {
            "titles": {"en": "A picture"},
            "publisher": "paper",
            "exhibits": {"image": {"file": "a.png", "media_type": "image/png"}},
        },
        "sources": {"paper": {"kind": "outlet", "names": {"en": "The Paper"}}},
        "voices": {"paper": ["paper"]},
        "events": {"deal": {"kind": "transfer", "title": "Trucks"}},
        "claims": [{"voice": "paper", "about": "deal", "stage": "delivered"}],
    }
    authored = author(form, read={"a.png": picture}.__getitem__)
    log.append(authored)
    assert log.texts(authored.report) == {}
    assert log.verify().exhibits == 1


def test_the_reports_of_a_log_are_its_reports_as_logged(log):
    first, second = light("r-1"), light("r-2")
    gone = Withdrawal(
        "w-1", entry="r-1", entry_kind="report", reason="logged twice", by="ana"
    )
    log.append_all([first, gone, second])
    assert list(log.reports()) == [first, second]


def test_what_is_not_in_the_log_is_refused(log):
    with pytest.raises(UnknownNameError, match="unknown report 'x'"):
        log.find("report", "x")
    with pytest.raises(InvalidValueError):
        log.entry(0)


def test_verify_counts_what_it_hashed(log):
    log.append(seed_report())
    log.append(light())
    put(log, "sighting/s-1", kind="sighting", id="s-1", body={"of": "a ship"})
    found = log.verify()
    assert (found.origin, found.size, found.exhibits, found.needs_newer) == (
        log.origin,
        3,
        1,
        1,
    )
    assert found.root == log.root


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"kind": "withdrawal", "id": "w-2", "body": {}}, r"\$\.body\.reason"),
        (
            {
                "kind": "sighting",
                "id": "s-1",
                "body": {},
                "recorded": "2020-01-01T00:00:00Z",
            },
            "recorded before the entry before it",
        ),
        (
            {"kind": "sighting", "id": "other", "body": {}},
            "found under another name, sighting/s-1",
        ),
    ],
)
def test_verify_names_an_entry_that_is_no_record_in_its_place(log, entry, words):
    log.append(light())
    put(log, "withdrawal/w-2" if entry["id"] == "w-2" else "sighting/s-1", **entry)
    with pytest.raises(VerificationError, match=f"entry 1: .*{words}"):
        log.verify()


def test_a_text_exhibit_that_is_no_text_is_refused(log):
    authored = small()
    data = b"\xff\xfe"
    digest = "sha256:" + hashlib.sha256(data).hexdigest()
    log._exhibits.put(data)
    exhibit = evolve(authored.report.document.exhibits[0], digest=digest, size=2)
    document = evolve(authored.report.document, exhibits=(exhibit,))
    with pytest.raises(ExhibitError, match="is no UTF-8 text at byte 0"):
        log.append(evolve(authored.report, document=document))


def test_every_flipped_bit_of_an_exhibit_is_found_and_named_by_entry(log):
    log.append(light())
    authored = small()
    log.append(authored)
    [path] = [one for one in Path(f"{log.path}-exhibits").rglob("*") if one.is_file()]
    path.chmod(0o600)
    whole = path.read_bytes()
    for bit in range(8 * len(whole)):
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(flipped)
        with pytest.raises(VerificationError) as found:
            log.verify()
        [problem] = found.value.problems
        assert (problem.position, problem.kind) == (1, "exhibit")
    path.write_bytes(whole)
    log.verify()


def test_threads_share_a_log(log):
    def work(name):
        for number in range(20):
            log.append(light(f"{name}-{number}"))

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert log.verify().size == 80
    assert len({one.entry.envelope.id for one in log.entries()}) == 80


def test_the_root_is_that_of_the_definition(log):
    """RFC 6962, section 2.1, written down again from its text."""

    def root(leaves):
        if not leaves:
            return hashlib.sha256(b"").digest()
        if len(leaves) == 1:
            return hashlib.sha256(b"\0" + leaves[0]).digest()
        split = 1 << (len(leaves) - 1).bit_length() - 1
        pair = root(leaves[:split]) + root(leaves[split:])
        return hashlib.sha256(b"\1" + pair).digest()

    for size in range(9):
        assert log.root == root([one.data for one in log.entries()])
        log.append(light(f"r-{size}"))
