"""Corrections made from a mended authoring file."""

import pytest
from attrs import evolve

from embargo_monitor.amending import amend, free_id
from embargo_monitor.authoring import author
from embargo_monitor.errors import (
    ExhibitError,
    InvalidValueError,
    ReferringError,
    UnknownNameError,
)
from embargo_monitor.eventlog import EventLog
from embargo_monitor.model.records import Withdrawal

TEXT = "The minister said that ten trucks were delivered, as a gift."
WHO = {"reason": "a slip", "by": "ana"}


def form(**changes):
    return {
        "report": "r-1",
        "document": {
            "titles": {"en": "Ten trucks"},
            "publisher": "paper",
            "published": {"date": "2025-12-23"},
            "exhibits": {"text": {"file": "text.txt"}},
        },
        "sources": {"paper": {"kind": "outlet", "names": {"en": "The Paper"}}},
        "voices": {"paper": ["paper"]},
        "events": {"deal": {"kind": "transfer", "title": "Ten trucks"}},
        "claims": [
            {
                "id": "sent",
                "voice": "paper",
                "about": "deal",
                "stage": "delivered",
                "when": {"rule": "days-before@1 1"},
                "quote": "ten trucks were delivered",
            },
            {"id": "how", "voice": "paper", "about": "deal", "terms": "sale"},
        ],
        **changes,
    }


def made(written=None, text=TEXT):
    return author(written or form(), read={"text.txt": text.encode()}.__getitem__)


def mended():
    """The form with the terms mended, a claim dropped, and one that was missing."""
    written = form()
    sent, how = written["claims"]
    rows = [{**how, "terms": "gift", "quote": "as a gift"}]
    rows.append({**sent, "id": "shipped", "stage": "shipped", "when": "2025-12"})
    return {**written, "claims": rows}


@pytest.fixture
def log(tmp_path, clock):
    """A log of one report."""
    with EventLog.create(tmp_path / "monitor.db", clock=clock) as opened:
        opened.append(made())
        yield opened


def amended(log, authored, id="k-1"):
    return amend(log, authored, id=id, **WHO)


def test_a_mended_file_becomes_a_correction_and_nothing_is_appended(log):
    again = made(mended())
    given = amended(log, again)
    assert log.size == 1
    assert [claim.id for claim in given.correction.adds] == ["shipped.stage"]
    assert [claim.id for claim in given.correction.replaces] == ["how.terms"]
    assert given.correction.withdraws == ("sent.stage",)
    assert (given.correction.reason, given.correction.by) == ("a slip", "ana")
    assert given.exhibits == again.exhibits
    log.append(given)
    told = {claim.id: claim for claim in log.report("r-1").claims}
    assert told == {claim.id: claim for claim in again.report.claims}


def test_a_file_is_compared_with_the_report_as_it_stands(log):
    log.append(amended(log, made(mended())))
    wanted = "nothing differs from report r-1 as it stands"
    with pytest.raises(ReferringError, match=wanted):
        amended(log, made(mended()), "k-2")
    back = amended(log, made(), "k-2")
    assert [claim.id for claim in back.correction.adds] == ["sent.stage"]
    log.append(back)
    told = {claim.id: claim for claim in log.report("r-1").claims}
    assert told == {claim.id: claim for claim in made().report.claims}


def test_a_day_of_publication_is_mended_with_all_that_counts_from_it(log):
    written = form()
    written["document"]["published"]["date"] = "2025-12-24"
    given = amended(log, made(written))
    assert [claim.id for claim in given.correction.replaces] == ["sent.stage"]
    log.append(given)
    sent, _ = log.report("r-1").claims
    assert str(sent.when.date) == "2025-12-23"
    assert str(log.report("r-1").document.published.date) == "2025-12-24"
    alone = evolve(given.correction, id="k-2", replaces=())
    alone = evolve(alone, document=made().report.document)
    with pytest.raises(ReferringError, match=r"\$\.claims\[0\]\.when: date must be"):
        log.append(alone)


def test_another_exhibit_comes_with_the_correction(log):
    text = f"Strelsau. {TEXT}"
    given = amended(log, made(text=text))
    with pytest.raises(ExhibitError):
        log.append(given.correction)
    log.append(given)
    report = log.report("r-1")
    assert log.texts(report)["text"] == text
    assert report.claims[0].quote.words(text) == "ten trucks were delivered"
    assert log.texts(log.find("report", "r-1").entry.record)["text"] == TEXT
    assert log.verify().exhibits == 2


@pytest.mark.parametrize("field", ["note", "repeats"])
def test_what_a_correction_cannot_mend_is_refused(log, field):
    with pytest.raises(InvalidValueError, match=f"{field} must be as logged, ''"):
        amended(log, made(form(**{field: "r-0"})))


def test_a_report_that_is_not_there_or_not_any_more_is_refused(log):
    with pytest.raises(UnknownNameError, match="unknown report 'r-9'"):
        amended(log, made(form(report="r-9")))
    log.append(Withdrawal("w-1", entry="r-1", entry_kind="report", **WHO))
    with pytest.raises(ReferringError, match="it was withdrawn by"):
        amended(log, made(mended()))
    assert log.size == 2


def test_the_first_id_that_no_record_of_the_kind_has_is_free(log):
    assert free_id(log, "withdrawal", "r-1") == "r-1.withdrawal-1"
    taken = "r-1.withdrawal-1"
    log.append(Withdrawal(taken, entry="r-1", entry_kind="report", **WHO))
    assert free_id(log, "withdrawal", "r-1") == "r-1.withdrawal-2"
    assert free_id(log, "correction", "r-1") == "r-1.correction-1"
    again = Withdrawal("r-1.withdrawal-2", entry=taken, entry_kind="withdrawal", **WHO)
    log.append(again)
    assert free_id(log, "withdrawal", "r-1") == "r-1.withdrawal-3"


@pytest.mark.parametrize("kind", ["withdrawal", "assessment"])
def test_an_id_that_is_drawn_for_the_longest_stem_is_an_id(log, kind):
    id_ = free_id(log, kind, "X" * 64)
    assert len(id_) <= 64
    assert Withdrawal(id_, entry="r-1", entry_kind="report", **WHO).id == id_
