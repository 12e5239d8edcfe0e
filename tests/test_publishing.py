"""Records as a folder for everybody: what goes along, and what an audit says of it."""

import random
import time

import pytest
from attrs import evolve

import embargo_monitor.publishing as module
from embargo_monitor import disclosing
from embargo_monitor.authoring import author
from embargo_monitor.canonical import canonical_bytes
from embargo_monitor.encoding import encode
from embargo_monitor.errors import (
    ExhibitError,
    ExportError,
    InvalidValueError,
    VerificationError,
)
from embargo_monitor.eventlog import EventLog
from embargo_monitor.log.checkpoints import Policy
from embargo_monitor.log.exhibits import ExhibitStore
from embargo_monitor.log.folders import Folder
from embargo_monitor.log.signers import COSIGNATURE, SigningKey, VerifierKey
from embargo_monitor.log.storage import Storage
from embargo_monitor.model.quotes import Handling
from embargo_monitor.publishing import audit, publish
from embargo_monitor.seeds import seed_report


@pytest.fixture
def log(tmp_path, clock):
    with EventLog.create(tmp_path / "monitor.db", clock=clock) as opened:
        yield opened


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def given(id, text=b"ten trucks", secret=1, **exhibit):
    """A report of one claim that quotes a whole text."""
    form = {
        "report": id,
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
    read = {"text.txt": text, "salt": bytes([secret]) * 32}
    return author(form, read=read.__getitem__)


def secret(id="r-2", text=b"forty trucks", handling="limited", salt=1):
    return given(id, text, salt, handling=handling, salt="salt")


def put(log, key, **entry):
    """Append bytes behind the log's back, as a program of another kind might."""
    whole = {"v": 1, "kv": 1, "by": "ana", "recorded": "2026-01-02T03:04:05Z", **entry}
    with Storage.open(log.path) as storage, storage.writing() as writer:
        writer.append(key, canonical_bytes(whole))


def export(log, out, handling=Handling.PUBLIC, progress=lambda _done, _size: None):
    return log.export(out, handling=handling, progress=progress)


def audited(log, out, **options):
    return audit(Folder(out), Policy(VerifierKey.parse(log.verifier_key)), **options)


def found(log, out):
    with pytest.raises(VerificationError) as refused:
        audited(log, out)
    return refused.value.problems


def exhibits(out):
    return {path.name for path in (out / "exhibits").iterdir()}


def name(digest):
    return digest.replace(":", "-")


def digest(what):
    [one] = what.report.document.exhibits
    return one.digest


def test_what_is_exported_is_the_log_with_its_public_exhibits(log, out):
    article = seed_report()
    log.append_all([article, given("r-1"), secret()])
    signed = log.checkpoint()
    published = export(log, out)
    assert published == module.Published(
        signed, newer=0, files=3, exhibits=2, withheld=1, unavailable=(), unread=0
    )
    assert exhibits(out) == {name(digest(article)), name(digest(given("r-1")))}
    assert ExhibitStore(out / "exhibits").read(digest(article)) == log.exhibit(
        digest(article)
    )
    assert audited(log, out) == module.Audited(
        signed,
        exhibits=2,
        absent=(digest(secret()),),
        strays=(),
        needs_newer=0,
        foreign=False,
        against=(),
    )


def test_up_to_the_handling_asked_exhibits_go_along_with_their_salts(log, out):
    kinds = ["limited", "confidential", "source at risk"]
    secrets = [
        secret(f"r-{at}", b"truck %d" % at, handling, at + 1)
        for at, handling in enumerate(kinds)
    ]
    log.append_all(secrets)
    log.checkpoint()
    published = export(log, out, Handling.CONFIDENTIAL)
    assert (published.exhibits, published.withheld) == (2, 1)
    wanted = {name(digest(one)) for one in secrets[:2]}
    assert exhibits(out) == {*wanted, *(f"{one}.salt" for one in wanted)}
    result = audited(log, out)
    assert (result.exhibits, len(result.absent)) == (2, 1)


def test_an_exhibit_that_is_cited_twice_goes_as_the_stricter_citing_has_it(log, out):
    first, again = secret("r-2"), secret("r-3", handling="confidential")
    assert digest(first) == digest(again)
    log.append_all([first, again])
    log.checkpoint()
    assert export(log, out, Handling.LIMITED).withheld == 1
    assert not (out / "exhibits").exists()


def test_a_later_looser_citing_does_not_loosen_the_first(log, out):
    log.append_all([secret("r-3", handling="confidential"), secret("r-2")])
    log.checkpoint()
    assert export(log, out, Handling.LIMITED).withheld == 1
    assert not (out / "exhibits").exists()


def test_a_folder_that_shows_what_is_withheld_now_is_refused(log, out):
    log.append(secret())
    log.checkpoint()
    export(log, out, Handling.LIMITED)
    with pytest.raises(ExportError, match="it is limited and lies there already"):
        export(log, out)
    (out / "exhibits" / name(digest(secret()))).unlink()
    with pytest.raises(ExportError, match="salt: it is limited and lies there already"):
        export(log, out)


def test_only_what_is_new_is_written_again(log, out):
    log.append(given("r-1"))
    log.checkpoint()
    seen = []
    assert export(log, out, progress=lambda *done: seen.append(done)).exhibits == 1
    assert seen == [(1, 1)]
    again = export(log, out)
    assert (again.files, again.exhibits) == (0, 0)
    log.append(given("r-5", b"other trucks"))
    assert export(log, out).newer == 1
    log.checkpoint()
    later = export(log, out)
    assert (later.newer, later.files, later.exhibits) == (0, 3, 1)
    assert audited(log, out).exhibits == 2


def test_a_log_that_was_never_signed_is_not_exported(log, out):
    with pytest.raises(InvalidValueError, match="`embargo-monitor checkpoint` signs"):
        export(log, out)
    assert not out.exists()


def test_an_empty_log_can_be_exported(log, out):
    signed = log.checkpoint()
    assert export(log, out).files == 1
    assert audited(log, out).checkpoint == signed


def test_exhibits_that_are_lost_or_changed_are_named_and_left_out(
    log, out, monkeypatch
):
    whole, lost, changed = (given(f"r-{at}", b"trucks %d" % at) for at in range(3))
    log.append_all([whole, lost, changed])
    log.checkpoint()
    store = log._exhibits.folder
    (store / name(digest(lost))).unlink()
    (store / name(digest(changed))).write_bytes(b"other")
    published = export(log, out)
    assert published.exhibits == 1
    assert {one.digest for one in published.unavailable} == {
        digest(lost),
        digest(changed),
    }
    assert exhibits(out) == {name(digest(whole))}
    result = audited(log, out)
    assert (result.exhibits, len(result.absent)) == (1, 2)
    monkeypatch.setattr(module, "MAX_EXHIBIT", 3)
    [one, *_] = export(log, out.with_name("again")).unavailable
    assert "8 bytes are more than a folder may hold in one" in str(one)


def test_entries_of_newer_versions_are_counted(log, out):
    log.append(given("r-1"))
    put(log, "sighting/s-1", kind="sighting", id="s-1", body={"exhibits": []})
    put(log, "sighting/s-2", kind="sighting", id="s-2", body={})
    log.checkpoint()
    assert export(log, out).unread == 1
    assert audited(log, out).needs_newer == 2


def test_a_folder_of_another_log_gets_no_exhibits(log, out, tmp_path):
    with EventLog.create(tmp_path / "other.db") as other:
        other.checkpoint()
        export(other, out)
    log.append(given("r-1"))
    log.checkpoint()
    with pytest.raises(ExportError, match="it holds another log"):
        export(log, out)
    assert not (out / "exhibits").exists()


# --- What an audit finds --------------------------------------------------------------


@pytest.fixture
def full(log, out):
    """A folder with a public exhibit and a salted one."""
    log.append_all([given("r-1"), secret()])
    log.checkpoint()
    export(log, out, Handling.LIMITED)
    return out


def test_every_flipped_bit_of_every_file_is_found_and_named(log, full, request):
    chance = random.Random(7)
    files = sorted(path for path in full.rglob("*") if path.is_file())
    assert len(files) == 6
    count = 3_000 if request.config.getoption("--full", default=False) else 600
    for turn in range(count):
        path = files[turn % len(files)]
        whole = path.read_bytes()
        flipped, bit = bytearray(whole), chance.randrange(len(whole) * 8)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(flipped)
        told = path.relative_to(full).as_posix()
        assert any(told in str(one) for one in found(log, full)), (told, bit)
        path.write_bytes(whole)
    assert audited(log, full).exhibits == 2


@pytest.mark.parametrize(
    ("ending", "content", "words"),
    [
        ("", b"ten truckz", "exhibits/sha256-{0}: it is not what was bound"),
        ("", b"ten trucks too many", "it has 19 bytes, and at most 10 can be right"),
        (".salt", b"\2" * 32, "exhibits/hmac-sha256-{0}.salt: not what was bound"),
        (".salt", b"\1" * 33, "hmac-sha256-{0}.salt: not read: it has 33"),
        (".salt", b"\1" * 31, "hmac-sha256-{0}.salt: no salt of 32 bytes is there"),
        (".salt", None, "hmac-sha256-{0}.salt: no salt of 32 bytes is there"),
    ],
)
def test_a_damaged_exhibit_is_named_with_its_entry(log, full, ending, content, words):
    what, position = (secret(), 1) if ending else (given("r-1"), 0)
    path = full / "exhibits" / f"{name(digest(what))}{ending}"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    [problem] = found(log, full)
    assert (problem.position, problem.kind) == (position, "exhibit")
    assert words.format(digest(what).partition(":")[2]) in str(problem)


@pytest.mark.parametrize("make", ["symlink_to", "mkdir", "huge"])
def test_what_is_no_exhibit_is_named_at_once(log, full, tmp_path, make):
    path = full / "exhibits" / name(digest(given("r-1")))
    path.rename(tmp_path / "elsewhere")
    if make == "symlink_to":
        path.symlink_to(tmp_path / "elsewhere")
    elif make == "mkdir":
        path.mkdir()
    else:
        with path.open("wb") as file:
            file.truncate(2**40)
    started = time.monotonic()
    [problem] = found(log, full)
    assert (problem.position, problem.kind) == (0, "exhibit")
    assert path.name in str(problem)
    assert time.monotonic() - started < 5


def test_an_absent_exhibit_is_named_and_no_problem(log, full):
    for path in (full / "exhibits").iterdir():
        path.unlink()
    result = audited(log, full)
    wanted = sorted([digest(secret()), digest(given("r-1"))])
    assert (result.exhibits, result.absent) == (0, tuple(wanted))


def test_files_that_nothing_vouches_for_are_named_and_no_problem(log, full):
    added = {
        "exhibits/proof-of-everything.pdf",
        "tile/9/000",
        "tile/entries/001",
        "tile/0/000.p/77",
    }
    for one in added:
        (full / one).parent.mkdir(parents=True, exist_ok=True)
        (full / one).write_bytes(b"more")
    assert audited(log, full).strays == tuple(sorted(added))


def test_no_entry_is_read_whole_for_its_exhibits(log, out, monkeypatch):
    log.append_all([given("r-1"), secret()])
    log.checkpoint()
    monkeypatch.setattr(disclosing, "decode", None)
    assert export(log, out).exhibits == 1
    assert export(log, out, Handling.LIMITED).exhibits == 1


def test_what_a_record_says_of_an_exhibit_must_be_so(log, out):
    what = given("r-1")
    [one] = what.report.document.exhibits
    document = evolve(what.report.document, exhibits=(evolve(one, size=11),))
    report = evolve(what.report, document=document)
    data = encode(report, recorded=log._clock(), by="ana")
    log._exhibits.put(b"ten trucks")
    with Storage.open(log.path) as storage, storage.writing() as writer:
        writer.append("report/r-1", data)
    log.checkpoint()
    export(log, out)
    [problem] = found(log, out)
    assert "has 10 bytes, and not 11" in str(problem)


def test_entries_that_are_no_records_or_out_of_time_are_named(log, out):
    log.append(given("r-1"))
    with Storage.open(log.path) as storage, storage.writing() as writer:
        writer.append("k", b"no record")
    early = "2025-01-02T03:04:05Z"
    put(log, "sighting/s", kind="sighting", id="s", body={}, recorded=early)
    log.checkpoint()
    export(log, out)
    assert [(one.position, one.kind) for one in found(log, out)] == [
        (1, "body"),
        (2, "time"),
    ]


def test_a_log_of_other_things_is_hashed_and_not_read(log, out):
    with Storage.open(log.path) as storage, storage.writing() as writer:
        for number in range(3):
            writer.append(f"k{number}", b"entry %d" % number)
    signed = log.checkpoint()
    export(log, out)
    assert audited(log, out) == module.Audited(
        signed,
        exhibits=0,
        absent=(),
        strays=(),
        needs_newer=0,
        foreign=True,
        against=(),
    )


def test_problems_come_in_the_order_of_the_entries(log, full):
    (full / "tile/0/000.p/2").unlink()
    path = full / "exhibits" / name(digest(given("r-1")))
    path.write_bytes(b"ten truckz")
    places = [(one.position, one.kind) for one in found(log, full)]
    assert places == [(0, "exhibit"), (None, "node")]


def test_an_audit_compares_with_other_checkpoints_and_keys(log, out):
    log.append(given("r-1"))
    older = log.checkpoint()
    export(log, out)
    log.append(given("r-5"))
    log.checkpoint()
    export(log, out)
    assert audited(log, out, against=[older.head]).against == (older.head,)
    result = audited(log, out, note=older.note)
    assert result.checkpoint == older
    witness = SigningKey.draw("example.org/witness", COSIGNATURE).verifier
    key = VerifierKey.parse(log.verifier_key)
    strict = Policy(key, witnesses=(witness,), quorum=1)
    with pytest.raises(VerificationError, match="0 known witnesses cosigned"):
        audit(Folder(out), strict)


def test_progress_can_be_left_out(log, out):
    log.checkpoint()
    with log._storage.reading() as reader:
        published = publish(reader, log._exhibits, Folder(out), Handling.PUBLIC)
    assert published.files == 1
    assert ExhibitError not in map(type, published.unavailable)
