"""Records in short and in full, whatever is in them."""

import re

import pytest

from embargo_monitor.authoring import author
from embargo_monitor.eventlog import EventLog
from embargo_monitor.model.records import Correction, Resumption, Withdrawal
from embargo_monitor.model.standing import standing
from embargo_monitor.seeds import seed_report
from embargo_monitor.show.listing import log_line, summary_line
from embargo_monitor.show.plain import plain_event
from embargo_monitor.show.records import entry_lines, report_lines
from embargo_monitor.show.summary import summarise


def form(*claims, **changes):
    return {
        "report": "r-1",
        "graded": {"by": "ana", "on": "2026-01-02"},
        "note": "seen in a library",
        "document": {
            "titles": {"fr": "Dix camions", "en": "Ten trucks"},
            "language": "fr",
            "publisher": "paper",
            "published": {"date": "2025-12-23"},
            "written": {"date": "2025-12-22~", "basis": "written by hand"},
        },
        "actors": {
            "ruritania": {"kind": "state", "names": {"en": "Ruritania"}},
            "rebels": {"kind": "armed group", "names": {"en": "the rebels"}},
            "broker": {"kind": "company", "names": {"en": "a broker"}, "unnamed": True},
        },
        "places": {"port": {"kind": "port", "names": {"en": "the port"}}},
        "sources": {
            "four": {
                "kind": "people",
                "names": {"en": "four officials"},
                "unnamed": True,
                "count": "4 persons",
                "side": "supplier",
            },
            "ministry": {"kind": "body", "names": {"en": "the ministry"}},
            "agency": {"kind": "agency", "names": {"en": "the agency"}},
            "paper": {"kind": "outlet", "names": {"fr": "le journal"}},
        },
        "voices": {
            "four": ["four", {"source": "agency", "stance": "doubts"}, "paper"],
            "ministry": ["ministry", "paper"],
            "paper": ["paper"],
        },
        "events": {"deal": {"kind": "transfer", "title": "Ten trucks"}},
        "claims": list(claims),
        **changes,
    }


def full(*claims, **changes):
    report = author(form(*claims, **changes), read={}.__getitem__).report
    printed = "\n".join(report_lines(report, {}))
    return report, re.sub(r"\s+", " ", printed)


def row(voice="four", **parts):
    return {"voice": voice, "about": "deal", **parts}


SOLD = row(
    stage="delivered",
    supplier="ruritania",
    recipient="rebels",
    goods="vehicle: truck",
    quantity="10 items",
    hedge="suspected",
)


IDLE = {
    "actors": {
        "kind": "person",
        "names": {"en": ["A. Mate", "ميت"]},
        "public": True,
        "note": "x",
    },
    "places": {"kind": "town", "names": {"en": "Zenda"}},
    "sources": {"kind": "person", "names": {"en": "B. Mate"}, "public": True},
    "voices": ["idle", "ministry", "paper"],
    "events": {"kind": "pact", "title": "A pact"},
}


def test_what_no_claim_leads_to_is_shown_all_the_same():
    whole = form(SOLD)
    _, printed = full(
        SOLD, **{name: {**whole[name], "idle": row} for name, row in IDLE.items()}
    )
    told = printed.partition("NAMED BY NO CLAIM, and in the log all the same ")[2]
    assert told == (
        "actor broker: company; a broker"
        " actor idle: person; A. Mate, \u2068ميت\u2069; our note: x"
        " place port: port; the port"
        " place idle: town; Zenda"
        " source ministry: the ministry: body"
        " source idle: B. Mate: person"
        " voice ministry: the ministry > le journal"
        " voice paper: le journal"
        " voice idle: B. Mate > the ministry > le journal"
        " event idle: pact; A pact"
    )


def test_where_claims_lead_to_everything_nothing_is_said_of_it():
    lines = report_lines(seed_report().report, {})
    assert not any("NAMED BY NO CLAIM" in line for line in lines)


def test_a_hedge_is_never_levelled():
    report, printed = full(SOLD)
    assert "the rebels (suspected) <- Ruritania (suspected)" in printed
    assert "10 items of truck (vehicle), as delivered (suspected)" in printed
    assert "stage [suspected] delivered" in printed
    summary = summarise(report, report.events[0])
    assert summary.suppliers == ("Ruritania (suspected)",)


def test_a_denial_is_told_and_counts_for_nothing():
    denied = row("ministry", stage="delivered", stance="denies", answers="c1")
    report, printed = full(SOLD, denied)
    assert "DENIES (the ministry > le journal): stage: delivered" in printed
    assert "DISPUTED, said and denied: stage: delivered (suspected) (four" in printed
    assert "against denies (the ministry > le journal)" in printed
    [line, *_] = summary_line(summarise(report, report.events[0]))
    assert line == "r-1#deal (transfer) Ten trucks".replace(" (", "  (")


def test_a_fear_is_no_stage():
    report, printed = full(row(stage="delivered", stance="fears"))
    assert "FEARS (four officials > the agency (doubts) > le journal)" in printed
    summary = summarise(report, report.events[0])
    assert summary.stages == ()
    assert str(summary.origins) == "0 to 0"


def test_disputed_figures_stand_against_each_other():
    two = row("ministry", goods="vehicle: truck", quantity="12 items", at="delivered")
    _, printed = full(SOLD, two)
    assert "DISPUTED, quantity of truck as delivered: 10 items" in printed
    assert "against 12 items (the ministry > le journal)" in printed


def test_disputed_days_stand_against_each_other():
    first = row(stage="delivered", when="2025-12-20")
    second = row("ministry", stage="delivered", when="2025-12-21")
    _, printed = full(first, second)
    assert "DISPUTED, date of delivered: 2025-12-20" in printed


def test_figures_that_may_agree_are_perhaps_disputed():
    first = row(value="more than 4 billion USD", credibility="3")
    second = row("ministry", value="about 4.6 billion USD")
    _, printed = full(first, second)
    assert "perhaps disputed, price: more than 4 billion USD" in printed
    assert "[credibility 3: possibly true]" in printed


def test_a_value_that_nobody_disputes_is_told_with_its_voice():
    _, printed = full(row(value="2 million EUR", hedge="likely"))
    assert "price: 2 million EUR (likely) (four officials" in printed


def test_every_part_of_a_claim_is_told():
    _, printed = full(
        row(
            stage="shipped",
            place="port",
            **{"from": "FR", "to": "LY"},
            by=["ruritania", "rebels"],
            wording="dix camions",
        ),
        row(supplier="broker", **{"for": "ruritania"}, terms="barter"),
        row(goods="arms: rifles"),
        row(mentions=["aircraft: drones"], **{"as": "hoped for"}),
        row(embargo="un-libya-2011", position="requested", by="ruritania"),
        {
            "voice": "paper",
            "about": "rebels",
            "actor_is": "led by",
            "text": "a colonel",
        },
        {"voice": "paper", "about": "regime:un-libya-2011", "says": "it is watched"},
        row(says="nothing else fits"),
    )
    for words in (
        "shipped, by Ruritania and the rebels, in the port, from France, to Libya",
        "supplier a broker, on behalf of Ruritania",
        "terms barter",
        "goods rifles (arms)",
        "NOT goods only named (hoped for): drones",
        "embargo un-libya-2011: requested, by Ruritania",
        "led by a colonel",
        "un-libya-2011 le journal [c7] says it is watched",
        "says nothing else fits",
        "dix camions",
        "[no words given]",
        "written 2025-12-22 (approximate), written by hand",
        "note [ours] seen in a library",
        "four officials: people; unnamed; 4 persons; supplier side",
    ):
        assert words in printed


def test_claims_of_different_rows_in_one_breath_are_named_one_by_one():
    report, _ = full(row(stage="agreed"), row(terms="gift"))
    printed = "\n".join(report_lines(report, {}))
    assert "[c1.stage, c2.terms]" in printed


def test_an_event_whose_sides_are_half_known_says_unknown():
    _, printed = full(row(stage="agreed", recipient="rebels"))
    assert "the rebels <- unknown: agreed" in printed


def test_all_that_will_be_permanent_is_shown():
    written = form(
        row(stage="agreed"),
        row(value="2 million EUR", id="paid"),
        row(
            value="3 million USD",
            converts="paid",
        ),
        row(
            goods={
                "name": "AML-90",
                "nature": "vehicle",
                "condition": "second-hand",
                "use": "military",
                "categories": ["unroca:II"],
                "wording": "blindé",
                "individual": "broker",
            },
        ),
        repeats="r-0",
    )
    written["document"]["other_readings"] = [
        {"date": "2025-11", "basis": "in the metadata", "wording": "11/2025"}
    ]
    written["document"]["same_as"] = ["url:https://paper.example/1"]
    written["sources"]["four"].update(
        nationality="PK",
        state="leaked",
        mandate="panel",
        note="met in person",
        same_as=["wikidata:Q1"],
    )
    written["sources"]["two"] = {
        "kind": "people",
        "names": {"en": "two"},
        "unnamed": True,
        "part_of": "four",
    }
    report = author(written, read={}.__getitem__).report
    printed = re.sub(r"\s+", " ", "\n".join(report_lines(report, {})))
    for words in (
        "[converts paid.value]",
        "AML-90 (vehicle, military use, second-hand, unroca:II, individual: broker",
        "individual: broker, “blindé”)",
        "repeats report r-0",
        "other date 2025-11, in the metadata (“11/2025”)",
        "same as url:https://paper.example/1",
        "supplier side; nationality PK; leaked; mandate: panel; wikidata:Q1",
        "wikidata:Q1; our note: met in person",
        "unnamed; part of four",
    ):
        assert words in printed, words


def test_a_doubtful_day_of_publication_makes_what_counts_from_it_doubtful():
    written = form(row(stage="agreed", when={"rule": "days-before@1 1"}))
    written["document"]["published"]["date"] = "2025-12-23~"
    report = author(written, read={}.__getitem__).report
    printed = "\n".join(report_lines(report, {}))
    assert "agreed, 2025-12-22 (doubtful)" in printed


def test_what_is_not_counted_keeps_its_hedge_and_its_date():
    planned = row(stage="shipped", stance="expects", hedge="possible", when="2026-04")
    guessed = row(
        stage="delivered",
        stance="expects",
        when={"date": "2026-05", "known": "inferred", "reason": "a month later"},
    )
    report, printed = full(planned, guessed)
    voice = "four officials > the agency (doubts) > le journal"
    told = (
        f"EXPECTS ({voice}): stage: shipped (possible), 2026-04",
        f"EXPECTS ({voice}): stage: delivered, 2026-05 (inferred)",
    )
    assert summarise(report, report.events[0]).not_counted == told
    assert all(one in printed for one in told)


def test_goods_without_a_figure_keep_their_stage_too():
    report, printed = full(row(goods="arms: tank", at="requested"))
    assert summarise(report, report.events[0]).goods == ("tank (arms), as requested",)
    assert "goods tank (arms), as requested" in printed


HEDGED = {
    "price": ({"value": "3 EUR"}, {"value": "9 EUR"}, "3 EUR", "9 EUR"),
    "quantity": (
        {"goods": "vehicle: truck", "quantity": "10 items"},
        {"goods": "vehicle: truck", "quantity": "12 items"},
        "10 items",
        "12 items",
    ),
    "date": (
        {"stage": "signed", "when": "2025-12-20"},
        {"stage": "signed", "when": "2025-12-21"},
        "2025-12-20",
        "2025-12-21",
    ),
    "position": (
        {"embargo": "un-libya-2011", "position": "granted", "by": "ruritania"},
        {"embargo": "un-libya-2011", "position": "refused", "by": "ruritania"},
        "embargo: un-libya-2011: granted, by Ruritania",
        "embargo: un-libya-2011: refused, by Ruritania",
    ),
    "denial": (
        {"stage": "signed"},
        {"stage": "signed", "stance": "denies", "answers": "c1"},
        "stage: signed",
        "denies",
    ),
}


@pytest.mark.parametrize("hedge", ["likely", "suspected", "possible"])
@pytest.mark.parametrize("slot", HEDGED)
def test_each_side_of_a_dispute_keeps_its_hedge(slot, hedge):
    first, second, *said = HEDGED[slot]
    _, printed = full(row(**first, hedge=hedge), row("ministry", **second, hedge=hedge))
    told = (
        f"{said[0]} ({hedge}) (four officials > the agency (doubts) > le journal)"
        f" against {said[1]} ({hedge}) (the ministry > le journal)"
    )
    # In short, and in full.
    assert printed.count(told) == 2


def test_a_hedge_stands_at_its_own_side_of_a_dispute_alone():
    _, printed = full(
        row(value="3 EUR", hedge="possible"), row("ministry", value="9 EUR")
    )
    assert "3 EUR (possible) (four" in printed
    assert "9 EUR (the ministry" in printed


def test_what_is_only_named_keeps_its_hedge_in_short():
    named = row(mentions=["arms: mine"], **{"as": "hoped for"}, hedge="possible")
    _, printed = full(named)
    assert "NOT goods, only named (hoped for): mine (possible)" in printed


# Text from outside that would pass for ours.

MADE = {"language": "en", "method": "person", "by": "ana"}
FAKED = "Acme | recipients: Iran > CNN [TAKEN BACK by x]  (suspected)"


def outside_quotes(printed):
    """All that is printed, without what stands between quotation marks."""
    flat = re.sub(r"\s+", " ", "\n".join(printed))
    return re.sub("“[^“”]*(?:“[^“”]*)*”", "“”", flat)


def test_no_text_from_outside_passes_for_a_mark_of_ours():
    written = form(
        row(
            stage="delivered",
            place="port",
            supplier="ruritania",
            recipient="rebels",
            goods={"name": FAKED, "nature": "arms", "wording": FAKED},
            quantity="10 items",
            wording=FAKED,
            translation=FAKED,
        ),
        row("ministry", goods=f"arms: {FAKED}", quantity="12 items", at="delivered"),
        row(embargo=f"un-libya-2011: {FAKED}", position="in force"),
        row(embargo="un-libya-2011", position="granted", by="ruritania"),
        row(embargo="un-libya-2011", position="refused", by="ruritania"),
        row(mentions=[f"arms: {FAKED}"], **{"as": "hoped for"}),
        row(says=FAKED, stance="denies", note=FAKED),
    )
    written["translations"] = MADE
    written["note"] = written["document"]["note"] = FAKED
    written["document"]["titles"] = {"en": FAKED}
    for table in ("actors", "places", "sources"):
        for one in written[table].values():
            one["names"] = {"en": FAKED}
    written["events"]["deal"]["title"] = FAKED
    report = author(written, read={}.__getitem__).report
    printed = list(report_lines(report, {}))
    printed += summary_line(summarise(report, report.events[0]))
    left = outside_quotes(printed)
    for faked in ("Acme", "Iran", "TAKEN BACK", "CNN"):
        assert faked not in left, left
    assert "perhaps disputed, position of “”: " in left
    assert "DISPUTED, quantity of “” as delivered: 10 items" in left
    for line in printed:
        assert "recipients: Iran" not in line or "“" in line


def test_disputed_slots_with_names_are_isolated():
    arabic = "الجيش"
    first = row(goods=f"arms: {arabic}", quantity="1 items")
    position = {"embargo": "un-libya-2011", "by": "rebels"}
    written = form(
        first,
        {**first, "quantity": "2 items"},
        row(**position, position="granted"),
        row(**position, position="refused"),
    )
    written["actors"]["rebels"]["names"] = {"ar": arabic}
    report = author(written, read={}.__getitem__).report
    printed = " ".join(report_lines(report, {}))
    assert f"quantity of \u2068{arabic}\u2069: 1 item" in printed
    assert f"position of \u2068{arabic}\u2069: " in printed
    plain = plain_event(report, report.events[0], {}, standing([report]))
    assert plain["goods"][0] == f"1 item of {arabic} (arms)"
    assert not {"\u2068", "\u2069"} & set(str(plain))


def test_all_translations_of_the_same_words_are_printed():
    words = {"wording": "dix camions"}
    one, same, other = (
        row(**words, terms="gift", translation=text) for text in ("ten", "ten", "tens")
    )
    _, printed = full(one, same, other, translations=MADE)
    assert "“ten” [person translation] “tens” [person translation] dix" in printed


# Taken back.


def withdrawn(**said):
    """Claims, and what takes them back by a voice that speaks on a day, or on none."""
    changed = form(
        row("ministry", id="sent", stage="delivered", supplier="ruritania"),
        row("ministry", id="named", mentions=["arms: mine"], **{"as": "hoped for"}),
        row("ministry", id="plan", stage="shipped", stance="expects"),
        row("back", id="no", stance="withdraws", answers="sent", stage="delivered"),
        row(
            "back",
            id="nor",
            stance="withdraws",
            answers=["named", "plan"],
            says="none of it is so",
        ),
    )
    changed["voices"]["back"] = [{"source": "ministry", **said}, "paper"]
    report = author(changed, read={}.__getitem__).report
    return report, re.sub(r"\s+", " ", "\n".join(report_lines(report, {})))


def test_what_was_taken_back_says_so_where_it_stands():
    _, printed = withdrawn(said={"date": "2025-12-22"})
    mark = "[TAKEN BACK by the ministry, 2025-12-22]"
    # Only the stage is answered.
    assert f"stage delivered {mark} supplier Ruritania NOT goods only" in printed
    assert f"NOT goods only named (hoped for): mine {mark}" in printed
    assert f"NOT goods, only named (hoped for): mine {mark}" in printed
    assert f"EXPECTS (the ministry > le journal): stage: shipped {mark}" in printed


def test_a_taking_back_without_a_day_of_its_own_is_told_without_one():
    _, printed = withdrawn()
    assert "stage delivered [TAKEN BACK by the ministry]" in printed


def test_all_who_take_one_thing_back_are_named_once():
    told = row("ministry", id="sent", stage="delivered")
    back = [
        row(voice, id=id_, stance="withdraws", answers="sent", stage="delivered")
        for id_, voice in (("no", "ministry"), ("again", "ministry"), ("nor", "paper"))
    ]
    _, printed = full(told, *back)
    assert "[TAKEN BACK by the ministry and by le journal]" in printed


def test_a_denial_takes_nothing_back():
    denied = row("ministry", stage="delivered", stance="denies", answers="c1")
    _, printed = full(SOLD, denied)
    assert "TAKEN BACK" not in printed


def test_json_names_the_claims_that_take_a_claim_back():
    report, _ = withdrawn()
    plain = plain_event(report, report.events[0], {}, standing([report]))
    back = {one["id"]: one.get("taken_back_by") for one in plain["claims"]}
    assert back == {
        "sent.stage": ["no.stage"],
        "sent.supplier": None,
        "named.mentions": ["nor.says"],
        "plan.stage": ["nor.says"],
        "no.stage": None,
        "nor.says": None,
    }


def test_a_long_voice_keeps_to_the_width():
    changed = form(SOLD)
    changed["sources"]["four"]["names"]["en"] = " ".join(
        ["four officials of a ministry"] * 3
    )
    report = author(changed, read={}.__getitem__).report
    lines = "\n".join(report_lines(report, {}, 60)).splitlines()
    [at] = [n for n, line in enumerate(lines) if line.endswith("[c1]")]
    first = next(n for n in range(at, 0, -1) if lines[n].startswith("  four"))
    assert at - first >= 1
    assert all(len(line) <= 60 for line in lines[first : at + 1])
    assert all(line.startswith("      ") for line in lines[first + 1 : at + 1])


def test_a_report_without_claims_about_actors_has_no_such_part():
    _, printed = full(SOLD)
    assert "ACTORS AND REGIMES" not in printed


@pytest.fixture
def log(tmp_path, clock):
    with EventLog.create(tmp_path / "monitor.db", clock=clock) as opened:
        yield opened


def test_later_records_are_told_field_by_field(log):
    report = author(form(row(stage="agreed"), row(terms="gift")), read={}.__getitem__)
    withdrawn = ("c1.stage", "c2.terms")
    log.append_all(
        [
            report,
            Correction("k-1", report="r-1", reason="a", by="ana", withdraws=withdrawn),
            Withdrawal("w-1", entry="r-1", entry_kind="report", reason="b", by="آنا"),
        ]
    )
    _, first, second = log.entries()
    assert "  withdraws    c1.stage, c2.terms" in entry_lines(first, {})
    assert "  entry kind   report" in entry_lines(second, {})
    assert "  reason       b" in entry_lines(second, {})
    assert "  by           \u2068آنا\u2069" in entry_lines(second, {})
    assert log.find("correction", "k-1") == first
    assert log_line(second).split() == [
        *("2", "2026-01-02T03:04:05Z", "withdrawal", "w-1"),
        *("withdraws", "report", "r-1"),
    ]


def test_a_resumption_is_told_field_by_field_and_in_short(log):
    keys = [f"example.org/log+0000000{n}+{'A' * 43}=" for n in range(2)]
    fields = {"seen_size": 1200, "seen_root": "0" * 64, "reason": "b", "by": "آنا"}
    log.append(Resumption("n-1", old_key=keys[0], new_key=keys[1], **fields))
    [logged] = log.entries()
    printed = " ".join("\n".join(entry_lines(logged, {})).split())
    assert f"resumption n-1 by \u2068آنا\u2069 new key {keys[1]} old key" in printed
    assert "reason b seen root 00000" in printed
    assert printed.endswith("seen size 1200")
    assert log_line(logged).endswith(
        "resumption n-1  the log goes on under another key; last seen with 1,200"
        " entries"
    )


def test_a_claim_inside_a_later_record_is_told_too(log):
    stages = [row(stage="agreed", id="a"), row(stage="signed", id="b")]
    first, both = (
        author(form(*claims), read={}.__getitem__).report
        for claims in (stages[:1], stages)
    )
    added = (both.claims[1],)
    log.append(first)
    log.append(Correction("k-1", report="r-1", reason="a", by="ana", adds=added))
    printed = " ".join("\n".join(entry_lines(log.entry(1), {})).split())
    assert "stage: signed" in printed


def test_a_report_in_another_language_is_listed_by_its_own_title(log):
    written = form(row(stage="agreed"))
    written["document"]["titles"] = {"fr": "Dix camions"}
    log.append(author(written, read={}.__getitem__))
    assert log_line(log.entry(0)).endswith("report     r-1  Dix camions")


def test_an_event_as_json_has_no_words_where_there_are_none():
    report, _ = full(row(stage="agreed"))
    plain = plain_event(report, report.events[0], {}, standing([report]))
    [claim] = plain["claims"]
    assert "words" not in claim
    assert claim["voice_line"] == "four officials > the agency (doubts) > le journal"


def test_markup_and_escapes_in_names_are_inert():
    changed = form(SOLD)
    changed["events"]["deal"]["title"] = "<b>ten</b> {trucks} %s"
    report = author(changed, read={}.__getitem__).report
    printed = "\n".join(report_lines(report, {}))
    assert "<b>ten</b> {trucks} %s" in printed
