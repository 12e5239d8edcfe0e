"""What is confirmed, on one word, denied, taken back and unanswered, as it is shown."""

import json

import pytest

import embargo_monitor as em
from embargo_monitor.show.corroboration import (
    corroboration_lines,
    known_lines,
    plain_corroboration,
)
from tests.query.conftest import report_of

WIRE = {
    "sources": {
        "paper": {"kind": "outlet", "names": {"en": "The Paper"}},
        "wire": {"kind": "agency", "names": {"en": "The Wire"}},
    },
    "voices": {"told": ["paper"], "wired": ["wire", "paper"]},
}


@pytest.fixture
def view(tmp_path):
    with em.EventLog.create(tmp_path / "monitor.db") as log:
        log.append(
            report_of(
                "r",
                {"stage": "agreed"},
                {"stage": "agreed", "voice": "wired"},
                {"value": "1 USD"},
                {"stage": "signed", "hedge": "possible"},
                {"stage": "signed", "voice": "wired"},
                {"stage": "delivered", "stance": "denies"},
                {"stage": "shipped"},
                {"stage": "shipped", "stance": "withdraws", "answers": "c6"},
                {"stage": "delivered", "stance": "denies"},
                {"stage": "delivered", "stance": "withdraws", "answers": "c8"},
                {"stage": "paid", "stance": "did not answer"},
                **WIRE,
            )
        )
        yield log.view()


def test_each_part_stands_under_its_own_head(view):
    lines = [*corroboration_lines(view.cluster("r#deal"))]
    heads = [line for line in lines if line and not line.startswith(" ")]
    assert heads == [
        "CONFIRMED by independent origins: credibility 1, inferred by counting",
        "PERHAPS CONFIRMED: two origins may say it, or some of them hedge",
        "SAID BY ONE ORIGIN ONLY",
        "DENIED",
        "TAKEN BACK",
        "ASKED, NOT ANSWERED: nothing follows from it",
    ]
    assert "  stage      agreed: 2 origins [r#c0.stage, r#c1.stage]" in lines
    assert "  price      1 USD: 1 origin [r#c2.value]" in lines
    assert "  stage      [DENIES] delivered: The Paper [r#c5.stage]" in lines
    assert "  stage      [DID NOT ANSWER] paid: The Paper [r#c10.stage]" in lines
    text = "\n".join(lines)
    assert "shipped [TAKEN BACK by The Paper]: The Paper [r#c6.stage]" in text


def test_parts_without_a_claim_are_left_out(tmp_path):
    with em.EventLog.create(tmp_path / "monitor.db") as log:
        log.append(report_of("r", {"stage": "agreed"}))
        lines = [*corroboration_lines(log.view().cluster("r#deal"))]
    assert lines[0] == "SAID BY ONE ORIGIN ONLY"
    assert lines[-1] == ""
    assert len(lines) == 3


def test_since_when_it_is_known_is_told_on_both_clocks(tmp_path):
    with em.EventLog.create(tmp_path / "monitor.db") as log:
        log.append(report_of("r", {"stage": "agreed"}))
        log.append(report_of("s", {"stage": "agreed"}, published=""))
        view = log.view()
        known = [*known_lines(view.cluster("r#deal"), view)]
        unknown = [*known_lines(view.cluster("s#deal"), view)]
    assert known[0] == "KNOWN SINCE"
    assert known[1].startswith("  published  2011-03-01: r, logged 20")
    assert unknown[1].startswith("  published  no day is known: s, logged 20")


def test_the_same_is_json(view):
    plain = json.loads(json.dumps(plain_corroboration(view.cluster("r#deal"), view)))
    first = plain["corroboration"][0]
    assert first == {
        "label": "stage",
        "content": "agreed",
        "confirmed": "yes",
        "credibility": "1",
        "origins": [2, 2],
        "claims": ["r#c0.stage", "r#c1.stage"],
    }
    assert plain["denied"] == ["r#c5.stage"]
    assert plain["taken_back"] == ["r#c6.stage", "r#c8.stage"]
    assert plain["unanswered"] == [{"claim": "r#c10.stage", "stance": "did not answer"}]
    [known] = plain["known"]
    assert (known["report"], known["published"]) == ("r", "2011-03-01")


def test_a_line_says_no_more_than_its_claims_share(tmp_path):
    more = {
        **WIRE,
        "actors": {
            "ruritania": {"kind": "state", "names": {"en": "Ruritania"}},
            "lutha": {"kind": "state", "names": {"en": "Lutha"}},
        },
        "places": {
            "a": {"kind": "port", "names": {"en": "Selva"}},
            "b": {"kind": "port", "names": {"en": "Zenda"}},
        },
    }
    rows = [
        {"stage": "delivered", "place": "a", "by": ["lutha"]},
        {"stage": "delivered", "place": "b", "voice": "wired"},
        {"recipient": "ruritania"},
        {"embargo": "un-libya-2011", "position": "in force"},
        {"goods": {"name": "boats", "nature": "vessel"}, "quantity": "2 items"},
        {"goods": {"name": "boats", "nature": "vessel"}, "at": "agreed"},
        {"terms": "sale"},
    ]
    with em.EventLog.create(tmp_path / "monitor.db") as log:
        log.append(report_of("r", *rows, **more))
        lines = [*corroboration_lines(log.view().cluster("r#deal"))]
    assert "  stage      delivered: 2 origins [r#c0.stage, r#c1.stage]" in lines
    assert "  recipient  Ruritania: 1 origin [r#c2.recipient]" in lines
    assert "  embargo    un-libya-2011: in force: 1 origin [r#c3.embargo]" in lines
    assert "  goods      2 items of boats (vessel): 1 origin [r#c4.goods]" in lines
    assert "  goods      boats (vessel), as agreed: 1 origin [r#c5.goods]" in lines
    assert "  terms      sale: 1 origin [r#c6.terms]" in lines
