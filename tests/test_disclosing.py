"""Who may see an exhibit is said by all of the log: also by what came later."""

from datetime import UTC, datetime

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from embargo_monitor.authoring import Attached
from embargo_monitor.authoring.given import Authored
from embargo_monitor.bundling import check_bundle
from embargo_monitor.canonical import canonical_bytes
from embargo_monitor.disclosing import cited_by
from embargo_monitor.encoding import encode
from embargo_monitor.errors import EncodingError, ExportError
from embargo_monitor.eventlog import EventLog
from embargo_monitor.log.bundles import Absence, parse_bundle
from embargo_monitor.log.exhibits import ExhibitStore
from embargo_monitor.model.quotes import Exhibit, Handling
from embargo_monitor.model.records import Correction
from embargo_monitor.seeds import seed_report
from embargo_monitor.testing import records
from embargo_monitor.verifying import exhibits_of

SECRET = Attached(b"who told us", bytes(range(32)))
SCAN = Exhibit(
    "scan", SECRET.digest, media_type="image/png", size=11, handling=Handling.LIMITED
)
[ARTICLE] = seed_report().report.document.exhibits
TEXT = seed_report().exhibits[ARTICLE.digest].data
REBOUND = Attached(TEXT, bytes(range(1, 33)))


@pytest.fixture
def log(tmp_path, clock):
    """A log of the article with a scan that some may see, signed."""
    seed = seed_report()
    document = evolve(seed.report.document, exhibits=(ARTICLE, SCAN))
    report = evolve(seed.report, document=document)
    with EventLog.create(tmp_path / "monitor.db", clock=clock) as log:
        log.append(Authored(report, {**seed.exhibits, SCAN.digest: SECRET}, ()))
        log.checkpoint()
        yield log


def correct(log, *exhibits):
    """Log that the report's exhibits should have been others."""
    document = evolve(seed_report().report.document, exhibits=exhibits)
    record = Correction(
        "c-1", report="seed-article", document=document, reason="too open", by="ana"
    )
    log.append(record)


def rebound(handling=Handling.CONFIDENTIAL):
    return evolve(ARTICLE, digest=REBOUND.digest, handling=handling)


def absent(log, handling):
    data = log.prove(0, handling=handling)
    return check_bundle(data, key=log.verifier_key).absent, data


@pytest.mark.parametrize("signed", [False, True], ids=["unsigned", "signed"])
def test_a_later_stricter_handling_keeps_an_exhibit_out_of_bundle_and_folder(
    log, tmp_path, signed
):
    assert absent(log, Handling.LIMITED)[0] == {}
    correct(log, ARTICLE, evolve(SCAN, handling=Handling.SOURCE_AT_RISK))
    if signed:
        log.checkpoint()
    away, data = absent(log, Handling.CONFIDENTIAL)
    assert away == {"scan": Absence.RESTRICTED}
    assert SECRET.salt.hex().encode() not in data
    # What the entry itself says is told first.
    assert absent(log, Handling.PUBLIC)[0] == {"scan": Absence.WITHHELD}
    published = log.export(tmp_path / "out", handling=Handling.CONFIDENTIAL)
    assert (published.exhibits, published.withheld) == (1, 1)
    assert absent(log, Handling.SOURCE_AT_RISK)[0] == {}


def test_bytes_that_were_bound_anew_as_stricter_go_as_the_stricter(log, tmp_path):
    ExhibitStore(f"{log.path}-exhibits").put(TEXT, REBOUND.salt)
    correct(log, rebound(), SCAN)
    away, data = absent(log, Handling.LIMITED)
    assert away == {"text": Absence.RESTRICTED}
    assert [one.digest for one in parse_bundle(data).exhibits] == [SCAN.digest]
    published = log.export(tmp_path / "out", handling=Handling.LIMITED)
    assert (published.exhibits, published.withheld) == (1, 1)
    assert absent(log, Handling.CONFIDENTIAL)[0] == {}


def test_other_bytes_of_the_same_size_are_another_exhibit(log):
    other = Attached(bytes(len(TEXT)), bytes(32))
    ExhibitStore(f"{log.path}-exhibits").put(other.data, other.salt)
    correct(log, evolve(rebound(), id="other", digest=other.digest), ARTICLE)
    assert absent(log, Handling.LIMITED)[0] == {}


def test_bytes_that_are_lost_cannot_be_told_to_be_the_same(log):
    store = ExhibitStore(f"{log.path}-exhibits")
    store.put(TEXT, REBOUND.salt)
    correct(log, rebound(), SCAN)
    (store.folder / REBOUND.digest.replace(":", "-")).unlink()
    assert absent(log, Handling.LIMITED)[0] == {}


def test_what_a_newer_version_says_of_an_exhibit_is_taken_for_the_strictest(
    log, tmp_path
):
    entry = {
        "v": 1,
        "kind": "sighting",
        "kv": 1,
        "id": "s-1",
        "by": "ana",
        "recorded": "2099-01-01T00:00:00Z",
        "body": {"exhibits": [{"digest": SCAN.digest}]},
    }
    with log.signing.storage.writing() as writer:
        writer.append("sighting/s-1", canonical_bytes(entry))
    assert absent(log, Handling.CONFIDENTIAL)[0] == {"scan": Absence.RESTRICTED}
    published = log.export(tmp_path / "out", handling=Handling.CONFIDENTIAL)
    assert (published.withheld, published.unread) == (1, 0)


def test_a_folder_that_shows_what_became_stricter_since_is_refused(log, tmp_path):
    log.export(tmp_path / "out", handling=Handling.LIMITED)
    correct(log, ARTICLE, evolve(SCAN, handling=Handling.CONFIDENTIAL))
    with pytest.raises(ExportError, match="confidential and lies there already"):
        log.export(tmp_path / "out", handling=Handling.LIMITED)


# --- what an entry cites


@given(records())
def test_an_entry_cites_what_its_record_does(record):
    entry = encode(record, recorded=datetime(2026, 1, 2, tzinfo=UTC), by="ana")
    assert cited_by(entry) == exhibits_of(record)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"kv":1', b'"kv":2'),
        (b'"v":1', b'"v":2'),
        (b'"kind":"report"', b'"kind":"sighting"'),
    ],
)
def test_what_needs_a_newer_version_cites_nothing_that_is_known(old, new):
    entry = encode(
        seed_report().report, recorded=datetime(2026, 1, 2, tzinfo=UTC), by="ana"
    )
    assert cited_by(entry) == (ARTICLE,)
    assert cited_by(entry.replace(old, new)) is None


@given(st.binary(max_size=60))
def test_what_is_no_entry_is_refused(data):
    with pytest.raises(EncodingError):
        cited_by(data)
