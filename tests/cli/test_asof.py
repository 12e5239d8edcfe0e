"""The commands that say what the log said as of then."""

import json
from datetime import UTC, datetime, timedelta

import pytest

import embargo_monitor as em
from embargo_monitor.model.grades import Credibility, CredibilityGrade
from embargo_monitor.model.records import (
    Assessment,
    Correction,
    Link,
    Linked,
    LinkRelation,
    Withdrawal,
)
from tests.query.conftest import report_of

BOUGHT = {"stage": "agreed", "when": "2012-05", "recipient": "buyer"}
PRICED = {"value": "4 million USD"}
TOOK_BACK = {"stage": "agreed", "stance": "withdraws", "answers": "page#c0.stage"}
GAZETTEER = {"Libya": "gazetteer:LY", "Chad": "gazetteer:TD"}


def page(id, buyer, *claims, **more):
    same_as = [GAZETTEER[buyer]]
    row = {"kind": "state", "names": {"en": buyer}, "same_as": same_as}
    return report_of(id, *claims, actors={"buyer": row}, **more)


def mended():
    """A correction: it was Chad, and 5 million."""
    right = page("page", "Chad", BOUGHT, {"value": "5 million USD"}).report
    claims = tuple(one for one in right.claims if one.kind == "value_is")
    told = {"actors": right.actors, "replaces": claims, "reason": "misread"}
    return Correction("mended", report="page", by="ana", **told)


def joined():
    ends = {"first": "page#deal", "second": "undated#deal", "linked": Linked.EVENT}
    same = LinkRelation.SAME
    return Link("joined", relation=same, reason="one deal", by="ana", **ends)


def judged():
    grade = CredibilityGrade(Credibility.DOUBTFUL, by="ana", on="2026-01-01")
    told = {"claim": "page#c0.stage", "credibility": grade}
    return Assessment("judged", reason="no second word", **told)


@pytest.fixture
def history(run, tmp_path):
    """A log of nine entries, recorded a minute apart from 2026-01-01 on."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    minutes = iter(range(100))
    with em.EventLog.create(
        tmp_path / "monitor.db",
        origin="example.org/log",
        clock=lambda: start + timedelta(minutes=next(minutes)),
    ) as log:
        log.append(page("page", "Libya", BOUGHT, PRICED))
        log.append(page("sorry", "Libya", TOOK_BACK, published="2011-03-03"))
        log.append(page("undated", "Libya", BOUGHT, published=None))
        log.assess_relevance("page#deal", id="first", by="ana")
        log.append(mended())
        log.assess_relevance("page#deal", id="second", by="ana")
        log.append(joined())
        log.append(judged())
        gone = {"entry": "undated", "entry_kind": "report", "reason": "twice"}
        log.append(Withdrawal("gone", by="ana", **gone))
        (tmp_path / "kept.txt").write_bytes(log.checkpoint().note)
    return run


def plain(text):
    return " ".join(text.split())


def lines(ran):
    return [json.loads(line) for line in ran.out.splitlines()]


def test_a_footnote_is_cited_as_of_then(history):
    said = history("cite", "--at", "3", "--question", "who\nbuys?").out
    assert said.startswith(
        "example.org/log, as of 3 entries; recorded until 2026-01-01"
    )
    assert said.endswith("asked: “who buys?”.\n")
    [value] = lines(history("cite", "--at", "3", "--json"))
    assert (value["size"], len(value["root"])) == (3, 64)
    assert value["root"] in value["footnote"]


def test_a_checkpoint_that_was_kept_is_a_point_in_time(history):
    assert history("cite", "--at", "kept.txt").out == history("cite", "--at", "9").out


@pytest.mark.parametrize(
    ("at", "size"),
    [("2025-12-31", 0), ("2026-01-01", 9), ("2026-01-01T00:00:00Z", 0)],
)
def test_an_instant_is_a_point_in_time(history, at, size):
    [value] = lines(history("cite", "--at", at, "--json"))
    assert value["size"] == size


@pytest.mark.parametrize("at", ["yesterday", "2026-01-01T00:00", "9" * 300, "no.txt"])
def test_what_is_no_point_in_time_is_refused(history, at):
    refused = history("cite", "--at", at)
    assert (refused.code, refused.out) == (1, "")
    assert "at must be a size" in refused.err


def test_nothing_differs_between_two_sizes_that_are_the_same(history):
    assert history("diff", "4", "4").out.splitlines()[-1] == "nothing differs"


def test_whole_reports_are_counted_not_listed_claim_by_claim(history):
    said = plain(history("diff", "0", "1").out)
    assert said.endswith("+ report page: Page page; 1 event, 3 claims")
    back = plain(history("diff", "1", "0").out)
    assert back.endswith("- report page: Page page; 1 event, 3 claims")


def test_what_the_world_took_back_is_told(history):
    assert "+ taken back in the world: page#c0.stage" in history("diff", "1", "2").out
    early = ("diff", "9", "9", "--published-before", "2011-03-02")
    said = plain(history(*early).out)
    assert "published until 2011-03-02" in said
    assert "+ report sorry: Page sorry; 1 event, 1 claim" in said
    assert "+ taken back in the world: page#c0.stage" in said


def test_a_correction_is_told_with_what_was_and_is(history):
    said = plain(history("diff", "4", "5").out)
    assert "~ claim page#c1.value: another by mended was" in said
    assert "was The Paper [c1] price 4 million USD" in said
    assert "is The Paper [c1] price 5 million USD" in said
    assert "+ correction mended:" in said
    assert "ana: misread" in said


def test_a_relevance_asked_again_is_told_regime_by_regime(history):
    said = plain(history("diff", "4", "6").out)
    assert "~ relevance of page#deal: first -> second" in said
    assert "un-libya-2011: was aimed at somebody: MAYBE and is open: nobody" in said
    assert plain(history("diff", "5", "3").out).count("relevance of page#deal:") == 1


def test_records_of_ours_come_and_go(history):
    said = plain(history("diff", "6", "8").out)
    assert "+ link joined: page#deal same undated#deal" in said
    assert "+ assessment judged: " in said
    gone = plain(history("diff", "8").out)
    assert "+ withdrawal gone: withdraws report undated ana: twice" in gone
    assert "- link joined: " in gone
    assert "- report undated: Page undated; 1 event, 2 claims" in gone


def test_differences_are_json_lines(history):
    found = lines(history("diff", "2", "8", "--json"))
    told = {(one["what"], one["change"], one["id"]) for one in found}
    assert told == {
        ("reports", "came", "undated"),
        ("events", "came", "undated#deal"),
        ("claims", "came", "undated#c0.stage"),
        ("claims", "came", "undated#c0.recipient"),
        ("claims", "changed", "page#c1.value"),
        ("correction", "came", "mended"),
        ("link", "came", "joined"),
        ("assessment", "came", "judged"),
        ("relevance", "changed", "page#deal"),
    }
    [changed] = [one for one in found if one["id"] == "page#c1.value"]
    assert (changed["was"]["amount"]["low"], changed["by"]) == ("4000000", ["mended"])
    assert changed["is"]["amount"]["low"] == "5000000"


def test_events_and_claims_are_asked_as_of_then(history):
    assert "Libya" in history("events", "--at", "4").out
    assert "Chad" in history("events", "--at", "5").out
    found = lines(history("claims", "--at", "1", "--json"))
    assert [one["id"] for one in found] == [
        "page#c0.stage",
        "page#c0.recipient",
        "page#c1.value",
    ]
    assert history("events", "--at", "0").err.startswith("no events")


def test_an_event_is_shown_as_of_then(history):
    assert "4 million USD" in history("event", "page#deal", "--at", "4").out
    assert "5 million USD" in history("event", "page#deal", "--at", "5").out
    [value] = lines(history("event", "page#deal", "--at", "4", "--json"))
    assert value["cluster"]["events"] == ["page#deal"]
    early = history("event", "sorry#deal", "--published-until", "2011-03-02")
    assert (early.code, early.out) == (1, "")


def test_an_event_that_links_join_is_shown_as_all_its_reports_tell_it(history):
    said = plain(history("event", "undated#deal", "--at", "8").out)
    assert said.startswith("ONE EVENT, as 2 reports tell it: our links join it")
    assert said.index("EVENT undated#deal") < said.index("EVENT page#deal")
    assert "joined by joined: page#deal same undated#deal (ana: one deal)" in said
    alone = plain(history("event", "page#deal").out)
    assert alone.startswith("EVENT page#deal")


def test_what_may_have_been_published_by_then_only_may_match(history):
    asked = ("events", "--at", "8", "--published-until", "2011-03-02")
    first, second = lines(history(*asked, "--json"))
    assert (first["event"], "certainty" in first) == ("page#deal", False)
    assert (second["event"], second["certainty"]) == ("undated#deal", "maybe")
    said = plain(history(*asked).out)
    assert "nobody says that it was published by 2011-03-02" in said
    assert [one["event"] for one in lines(history(*asked, "--certain", "--json"))] == [
        "page#deal"
    ]


def test_the_register_of_a_user_is_asked(history, tmp_path):
    asked = ("events", "--relevance", "un-libya-2011", "--register", "own")
    (tmp_path / "own").mkdir()
    assert "no files of a register" in history(*asked).err


def test_relevance_is_asked_of_the_claims_of_then(history):
    then = history("relevance", "page#deal", "--at", "4").out
    assert "MAYBE  UN arms embargo on Libya (un-libya-2011)" in then
    footnote = plain(history("cite", "--at", "4").out)
    assert plain(then).endswith(f"AS OF THEN - {footnote}")
    # By the correction it was Chad.
    mended = history("relevance", "page#deal", "--at", "5").out
    assert "MAYBE  UN arms embargo on Libya" not in mended
    assert "AS OF THEN" not in history("relevance", "page#deal").out


def test_relevance_as_of_then_says_so_in_json(history):
    asked = ("relevance", "page#deal", "--json")
    [now] = lines(history(*asked))
    assert "as_of" not in now
    until = ("--published-until", "2011-03-02")
    [then] = lines(history(*asked, "--at", "4", *until))
    [cited] = lines(history("cite", "--at", "4", "--json"))
    assert then["as_of"] == {
        "size": 4,
        "root": cited["root"],
        "published_until": "2011-03-02",
        "perhaps_later": [],
    }
    assert "un-libya-2011" in [one["regime"] for one in then["regimes"]]
    [then] = lines(history(*asked, "--at", "4"))
    assert then["as_of"]["published_until"] is None


def test_relevance_names_the_reports_that_may_have_come_later(history):
    linked = ("relevance", "page#deal", "--linked", "--at", "7")
    until = ("--published-until", "2011-03-02")
    told = plain(history(*linked, *until).out)
    assert "- nobody says that undated was published by 2011-03-02" in told
    [then] = lines(history(*linked, *until, "--json"))
    assert then["as_of"]["perhaps_later"] == ["undated"]
    assert "nobody says that undated" not in history(*linked).out


def test_an_event_of_later_has_no_relevance_then(history):
    for asked in (("--at", "0"), ("--published-until", "2011-02-28")):
        refused = history("relevance", "page#deal", *asked)
        assert (refused.code, refused.out) == (1, "")
        assert "unknown report 'page'" in refused.err


@pytest.mark.parametrize(
    "asked",
    [("page#deal", "--record"), ("--changes",), ("--supplier", "PK")],
)
@pytest.mark.parametrize("then", [("--at", "4"), ("--published-until", "2011-03-02")])
def test_what_is_recorded_or_compared_is_of_now(history, asked, then):
    refused = history("relevance", *asked, "--yes", *then)
    assert refused.code == 2
    assert "go with an event to show" in plain(refused.err)
