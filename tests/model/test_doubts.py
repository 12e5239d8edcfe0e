"""What a date rests on: every inference and doubt on the way to it."""

import pytest

from embargo_monitor.authoring import author
from embargo_monitor.model.doubts import doubts


def rests_on(when, *others, published=None, written=None, said=None):
    """Return what the date of the last row rests on, in words."""
    speaker = {"source": "paper", "said": said} if said else "paper"
    form = {
        "report": "r-1",
        "document": {
            "titles": {"en": "A page"},
            "publisher": "paper",
            "published": published or {"date": "2025-12-23"},
            **({"written": written} if written else {}),
        },
        "sources": {"paper": {"kind": "outlet", "names": {"en": "The Paper"}}},
        "voices": {"v": [speaker]},
        "events": {"deal": {"kind": "transfer", "title": "A deal"}},
        "claims": [
            *others,
            {"voice": "v", "about": "deal", "stage": "agreed", "when": when},
        ],
    }
    report = author(form, read={}.__getitem__).report
    claim = report.claims[-1]
    return [str(doubt) for doubt in doubts(report, claim.when, claim)]


INFERRED = {"date": "2025-12-23?", "basis": "inferred", "reason": "others print it"}
BEFORE = "days-before@1 1"
IS_INFERRED = "the day of publication, 2025-12-23?, is inferred: others print it"


def test_a_printed_day_rests_on_nothing():
    assert rests_on("2025-12-22") == []
    assert rests_on({"rule": BEFORE}) == []


@pytest.mark.parametrize(
    ("mark", "words"),
    [("?", "uncertain"), ("~", "approximate"), ("%", "uncertain and approximate")],
)
def test_the_sources_own_doubt_is_told(mark, words):
    assert rests_on(f"2025-12-22{mark}") == [f"this date is {words}"]
    assert rests_on({"rule": BEFORE}, published={"date": f"2025-12-23{mark}"}) == [
        f"the day of publication, 2025-12-23{mark}, is {words}"
    ]


def test_an_inference_of_ours_is_told_with_its_reason():
    when = {"date": "2025-12-22", "known": "inferred", "reason": "told as done"}
    assert rests_on(when) == ["this date is inferred: told as done"]


def test_a_reading_of_ours_is_always_told():
    when = {"date": "2024?", "rule": "reading@1", "reason": "2042 is a misprint"}
    assert rests_on(when) == [
        "this date is our own reading: 2042 is a misprint",
        "this date is uncertain",
    ]


def test_a_reading_rests_on_nothing_that_its_rule_counts_from():
    when = {
        "date": "2025-12-15?",
        "rule": "reading@1",
        "against": BEFORE,
        "reason": "the ministry's own release",
    }
    assert rests_on(when, published=INFERRED) == [
        "this date is our own reading: the ministry's own release",
        "this date is uncertain",
    ]


def test_what_the_wording_names_adds_no_doubt_but_its_own():
    when = {"rule": "early@1", "anchor": {"printed": "2017"}}
    assert rests_on(when, published=INFERRED) == []
    when["anchor"] = {"printed": "2017~"}
    assert rests_on(when) == ["the printed 2017~ is approximate"]


def test_the_doubt_about_the_document_is_inherited():
    assert rests_on({"rule": BEFORE}, published=INFERRED) == [IS_INFERRED]
    assert rests_on({"rule": BEFORE, "anchor": "written"}, written=INFERRED) == [
        "the day of writing, 2025-12-23?, is inferred: others print it"
    ]


def test_the_doubt_about_the_saying_is_inherited():
    said = {"rule": BEFORE}
    when = {"rule": BEFORE, "anchor": "said"}
    assert rests_on(when, said=said, published=INFERRED) == [IS_INFERRED]
    said = {"date": "2025-12-20", "known": "inferred", "reason": "a Saturday"}
    assert rests_on(when, said=said) == ["the saying is inferred: a Saturday"]


def test_the_doubt_about_another_claim_is_inherited_and_told_once():
    visit = {
        "voice": "v",
        "about": "deal",
        "stage": "held",
        "id": "visit",
        "when": {"rule": BEFORE, "known": "inferred", "reason": "a guess"},
    }
    when = {"rule": "after@1", "anchor": "visit", "until": "published"}
    assert rests_on(when, visit, published=INFERRED) == [
        "the date of claim visit.stage is inferred: a guess",
        IS_INFERRED,
    ]


def test_a_day_of_ours_is_told_with_its_reason():
    anchor = {"day": "2025-12-20", "reason": "the day of the speech"}
    assert rests_on({"rule": BEFORE, "anchor": anchor}) == [
        "it counts from 2025-12-20: the day of the speech"
    ]
