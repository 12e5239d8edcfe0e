"""Commands that speak of what is logged: correct, withdraw, assess, link."""

import json
import re
from datetime import UTC, datetime

import pytest

TEXT = "The minister said on Tuesday that ten trucks were delivered."
WHO = ("--reason", "a slip", "--by", "ana")


def form(report="r-1", **changes):
    return {
        "report": report,
        "document": {
            "titles": {"en": "Ten trucks"},
            "publisher": "paper",
            "published": {"date": "2025-12-23"},
            "exhibits": {"text": {"file": "text.txt"}},
        },
        "sources": {
            "minister": {
                "kind": "person",
                "names": {"ar": "وزير"},
                "unnamed": True,
            },
            "paper": {"kind": "outlet", "names": {"en": "The Paper"}},
        },
        "voices": {"minister": ["minister", "paper"], "paper": ["paper"]},
        "events": {"deal": {"kind": "transfer", "title": "Ten trucks"}},
        "claims": [
            {
                "id": "sent",
                "voice": "minister",
                "about": "deal",
                "stage": "delivered",
                "quote": "ten trucks were delivered",
            },
            {"id": "how", "voice": "paper", "about": "deal", "terms": "sale"},
        ],
        **changes,
    }


def mended():
    """The form without its terms, and with a figure that was missing."""
    sent = form()["claims"][0]
    goods = {"goods": "vehicle: truck", "quantity": "10 items", "at": "delivered"}
    missing = {**sent, "id": "what", "quote": "ten trucks", **goods}
    del missing["stage"]
    return form(claims=[sent, missing])


@pytest.fixture
def written(tmp_path):
    """Write a form, and the text that it quotes, into the folder; return its name."""
    (tmp_path / "text.txt").write_text(TEXT, "utf-8")

    def write(value, name="report.json"):
        (tmp_path / name).write_text(json.dumps(value), "utf-8")
        return name

    return write


@pytest.fixture
def logged(run, written):
    """Run commands beside a log of two reports."""
    run("init", "--empty")
    files = written(form(), "a.json"), written(form("r-2"), "b.json")
    assert run("add", "--yes", *files).code == 0
    written(mended(), "mended.json")
    return run


def size(run):
    return json.loads(run("verify", "--json").out)["size"]


def unsigned(ran):
    """What a command printed before its last line, which tells of a checkpoint."""
    printed, _, last = ran.out.rstrip("\n").rpartition("\n")
    assert re.fullmatch("Signed a checkpoint of .*, root [0-9a-f]{64}", last)
    return printed


def plain(text):
    """Spaces as they wrap, isolates left out."""
    return re.sub(r"\s+", " ", text).replace("\u2068", "").replace("\u2069", "")


EACH = {
    "correct": ("correct", "mended.json"),
    "withdraw": ("withdraw", "r-1"),
    "assess": ("assess", "r-1#sent.stage", "4"),
    "link": ("link", "r-1#deal", "same", "r-2#deal"),
}
DRAWN = {
    "correct": ("correction", "r-1.correction-1"),
    "withdraw": ("withdrawal", "r-1.withdrawal-1"),
    "assess": ("assessment", "r-1.sent.stage.assessment-1"),
    "link": ("link", "r-1.deal.link-1"),
}
SHOWN = {
    "correct": (
        "CLAIM what.goods WAS MISSING وزير > The Paper [what] goods 10 items of truck"
        " (vehicle), as delivered ten trucks CLAIM how.terms SHOULD NOT HAVE BEEN"
        " LOGGED The Paper [how] terms sale [no words given]"
    ),
    "withdraw": (
        "r-1 Ten trucks r-1#deal (transfer) Ten trucks stages: delivered | origins: 1"
    ),
    "assess": (
        "REFERS TO r-1#sent.stage وزير > The Paper [sent] stage delivered ten trucks"
        " were delivered"
    ),
    "link": (
        "REFERS TO r-1#deal (transfer) Ten trucks stages: delivered | origins: 1 |"
        " disputed: no r-2#deal (transfer) Ten trucks"
    ),
}
each = pytest.mark.parametrize("command", EACH)


# What all four have in common.


@each
def test_each_shows_what_it_refers_to_and_asks(logged, run_at_terminal, command):
    ran = run_at_terminal(*EACH[command], *WHO, typed="n\n")
    printed = plain(ran.out)
    assert ran.code == 0
    assert SHOWN[command] in printed
    assert "a slip" in printed
    assert "ONCE ADDED, NOTHING OF THIS CAN EVER BE REMOVED OR CHANGED" in printed
    assert printed.endswith("Add it? [y/N]: Nothing was added. ")
    assert printed.index(SHOWN[command]) < printed.index("Add it?")
    assert size(logged) == 2


@each
def test_each_adds_when_told_to(logged, run_at_terminal, command):
    ran = run_at_terminal(*EACH[command], *WHO, typed="y\n")
    kind, id_ = DRAWN[command]
    assert (ran.code, ran.err) == (0, "")
    assert unsigned(ran).endswith(f"Add it? [y/N]: Appended entry 2, {kind} {id_}")
    assert size(logged) == 3


@each
def test_each_takes_no_answer_for_a_no(logged, run_at_terminal, command):
    ran = run_at_terminal(*EACH[command], *WHO, typed="\n")
    assert ran.out.endswith("Nothing was added.\n")
    assert size(logged) == 2


@each
def test_each_is_not_asked_twice_with_yes(logged, command):
    ran = logged(*EACH[command], *WHO, "--yes")
    kind, id_ = DRAWN[command]
    assert (ran.code, unsigned(ran)) == (0, f"Appended entry 2, {kind} {id_}")
    entry = json.loads(logged("show", "2", "--json").out)
    assert (entry["kind"], entry["id"], entry["by"]) == (kind, id_, "ana")
    assert entry["body"]["reason"] == "a slip"


@each
def test_each_tells_its_receipt_in_json(logged, command):
    ran = logged(*EACH[command], *WHO, "--yes", "--json", "--id", "x-1")
    assert json.loads(ran.out) == {
        "index": 2,
        "new": True,
        "kind": DRAWN[command][0],
        "id": "x-1",
    }


@each
def test_each_needs_yes_where_it_cannot_ask(logged, command):
    ran = logged(*EACH[command], *WHO)
    assert ran.code == 2
    assert "without a terminal to ask on, --yes is needed" in ran.err
    assert size(logged) == 2


@each
@pytest.mark.parametrize("missing", ["--by", "--reason"])
def test_each_says_who_and_why(logged, command, missing):
    left = [WHO[:2], WHO[2:]][missing == "--reason"]
    ran = logged(*EACH[command], *left, "--yes")
    assert ran.code == 2
    assert f"Missing option '{missing}'" in ran.err
    assert size(logged) == 2


@each
def test_who_says_so_may_stand_in_the_environment(logged, monkeypatch, command):
    monkeypatch.setenv("EMBARGO_MONITOR_BY", "the desk")
    assert logged(*EACH[command], "--reason", "a slip", "--yes").code == 0
    entry = json.loads(logged("show", "2", "--json").out)
    assert entry["by"] == "the desk"
    assert "the desk" in json.dumps(entry["body"])


@each
def test_each_refuses_text_that_would_reorder_its_neighbours(logged, command):
    for option in ("--by", "--reason"):
        ran = logged(*EACH[command], *WHO, "--yes", option, "a\u202eb")
        assert ran.code == 1
        assert "U+202E" in ran.err
        assert "\u202e" not in ran.err + ran.out
    assert size(logged) == 2


@each
def test_each_names_the_log_that_is_not_there(logged, command):
    ran = logged(*EACH[command], *WHO, "--yes", "--log", "nowhere.db")
    assert ran.code == 1
    assert "there is no log at " in ran.err


@each
def test_each_refuses_what_was_withdrawn(logged, command):
    logged("withdraw", "r-1", "--reason", "logged twice", "--by", "ben", "--yes")
    ran = logged(*EACH[command], *WHO, "--yes")
    assert ran.code == 1
    assert re.search("was withdrawn|is withdrawn already", ran.err)
    assert size(logged) == 3


@pytest.mark.parametrize(
    "args",
    [
        ("withdraw", "r-1"),
        ("assess", "r-1#sent.stage", "4"),
        ("assess", "r-2#nothing", "4"),
        ("link", "r-2#deal", "same", "r-2#dael"),
    ],
    ids=" ".join,
)
def test_what_is_refused_is_refused_before_anybody_is_asked(
    logged, run_at_terminal, args
):
    logged("withdraw", "r-1", *WHO, "--yes")
    ran = run_at_terminal(*args, *WHO, typed="y\n")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("embargo-monitor: ")
    assert size(logged) == 3


# Correct.


def test_correct_makes_one_correction_of_all_that_differs(logged):
    logged("correct", "mended.json", *WHO, "--yes")
    body = json.loads(logged("show", "2", "--json").out)["body"]
    assert [claim["id"] for claim in body["adds"]] == ["what.goods"]
    assert body["withdraws"] == ["how.terms"]
    assert set(body) == {"adds", "withdraws", "report", "reason", "by"}
    ran = logged("correct", "mended.json", *WHO, "--yes")
    assert ran.code == 1
    assert "nothing differs from report r-1 as it stands" in ran.err


@pytest.mark.usefixtures("logged")
def test_correct_names_whom_it_names_and_what_nothing_leads_to_any_more(
    written, run_at_terminal
):
    changed = mended()
    mate = {"kind": "person", "names": {"en": "A. Mate"}, "public": True}
    changed["sources"]["mate"] = mate
    changed["voices"]["mate"] = ["mate", "paper"]
    changed["claims"] = changed["claims"][1:]
    ran = run_at_terminal("correct", written(changed, "mended.json"), *WHO, typed="n\n")
    told = plain(ran.out).partition("ONCE ADDED")[2]
    assert (
        "persons A. Mate unused sources mate; voices paper, mate: no claim"
        " leads to them, and they would stay in the log for ever Add it?"
    ) in told


def test_a_correction_that_is_added_as_json_names_persons_too(logged, written):
    changed = mended()
    mate = {"kind": "person", "names": {"en": "A. Mate"}, "public": True}
    changed["sources"]["mate"] = mate
    logged("correct", written(changed, "mended.json"), *WHO, "--yes")
    shown = json.loads(logged("show", "2", "--json").out)
    told = plain(logged("check", written(shown, "k.json")).out)
    assert told.endswith("recorder unnamed persons A. Mate ")


def test_what_was_idle_before_is_no_news(logged, written, run_at_terminal):
    idle = form("r-3")
    idle["voices"]["twice"] = ["paper"]
    assert logged("add", "--yes", written(idle, "c.json")).code == 0
    idle["claims"] = idle["claims"][:1]
    ran = run_at_terminal("correct", written(idle, "c.json"), *WHO, typed="n\n")
    told = plain(ran.out).partition("ONCE ADDED")[2]
    assert "twice" not in told


def test_a_second_correction_draws_an_id_of_its_own(logged):
    logged("correct", "mended.json", *WHO, "--yes")
    ran = logged("correct", "a.json", *WHO, "--yes")
    assert unsigned(ran) == "Appended entry 3, correction r-1.correction-2"


def test_correct_keeps_the_exhibit_of_a_mended_document(logged, tmp_path, written):
    (tmp_path / "whole.txt").write_text(f"Strelsau. {TEXT}", "utf-8")
    changed = form()
    changed["document"]["exhibits"]["text"]["file"] = "whole.txt"
    written(changed, "mended.json")
    assert logged("correct", "mended.json", *WHO, "--yes").code == 0
    assert json.loads(logged("verify", "--json").out)["exhibits"] == 2
    claim = json.loads(logged("event", "r-1#deal", "--json").out)["claims"][0]
    assert claim["words"] == "ten trucks were delivered"
    assert claim["quote"]["start"] == 44


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (form("r-9"), "unknown report 'r-9'"),
        (form(note="b"), "$: note must be as logged, '', got 'b'"),
        (form(claims=[{"voice": "pilot"}]), "mended.json: $.claims[0]"),
    ],
)
def test_correct_refuses_what_it_cannot_mend(logged, written, changed, words):
    ran = logged("correct", written(changed, "mended.json"), *WHO, "--yes")
    assert ran.code == 1
    assert words in ran.err
    assert size(logged) == 2


def test_correct_names_a_file_that_is_missing(logged):
    ran = logged("correct", "nowhere.json", *WHO, "--yes")
    assert (ran.code, "nowhere.json" in ran.err) == (1, True)


def test_a_corrected_report_is_listed_and_told_as_it_stands(logged):
    logged("correct", "mended.json", *WHO, "--yes")
    deal, other = map(json.loads, logged("events", "--json").out.splitlines())
    assert deal["goods"] == ["10 items of truck (vehicle), as delivered"]
    assert other["goods"] == []
    event = json.loads(logged("event", "r-1#deal", "--json").out)
    assert [claim["id"] for claim in event["claims"]] == ["sent.stage", "what.goods"]
    assert [one["id"] for one in event["corrections"]] == ["r-1.correction-1"]
    printed = plain(logged("event", "r-1#deal").out)
    assert "goods 10 items of truck" in printed
    assert "terms" not in printed
    assert (
        "corrected r-1.correction-1: corrects report r-1: adds 1, withdraws 1 (ana: a"
        " slip) SAID BY ONE ORIGIN ONLY"
    ) in printed


def test_show_gives_the_report_as_logged_and_the_correction_below(logged):
    before = logged("show", "r-1").out
    logged("correct", "mended.json", *WHO, "--yes")
    shown = logged("show", "r-1").out
    assert shown.startswith(before.rstrip("\n"))
    assert "LATER RECORDS OF OURS that speak of it" in shown
    assert plain(shown).endswith(
        "entry 2 correction r-1.correction-1: corrects report r-1: adds 1, withdraws 1"
        " ana: a slip "
    )
    assert SHOWN["correct"] in plain(logged("show", "2").out)


# Withdraw.


def test_a_withdrawn_report_is_no_event_any_more_and_is_marked_in_the_log(logged):
    logged("withdraw", "0", *WHO, "--yes")
    [event] = map(json.loads, logged("events", "--json").out.splitlines())
    assert event["event"] == "r-2#deal"
    assert "r-1" not in logged("events").out
    ran = logged("event", "r-1#deal")
    assert ran.code == 1
    assert "it was withdrawn" in ran.err
    marked, other, last = logged("log").out.splitlines()
    assert marked.endswith("r-1  Ten trucks  (withdrawn: r-1.withdrawal-1)")
    assert other.endswith("r-2  Ten trucks")
    assert last.endswith("r-1.withdrawal-1  withdraws report r-1")
    assert len(logged("log", "--json").out.splitlines()) == 3
    shown = plain(logged("show", "r-1").out)
    assert "stage delivered" in shown
    assert "withdrawal r-1.withdrawal-1: withdraws report r-1 ana: a slip" in shown


def test_a_withdrawal_that_is_withdrawn_brings_the_report_back(logged):
    logged("withdraw", "r-1", *WHO, "--yes")
    ran = logged("withdraw", "r-1.withdrawal-1", *WHO, "--yes")
    added = "Appended entry 3, withdrawal r-1.withdrawal-1.withdrawal-1"
    assert unsigned(ran) == added
    assert len(logged("events", "--json").out.splitlines()) == 2
    first, _, second, _ = logged("log").out.splitlines()
    assert "(withdrawn" not in first
    assert second.endswith("(withdrawn: r-1.withdrawal-1.withdrawal-1)")


def test_a_withdrawn_correction_has_no_effect_any_more(logged):
    logged("correct", "mended.json", *WHO, "--yes")
    logged("withdraw", "r-1.correction-1", *WHO, "--yes")
    event = json.loads(logged("event", "r-1#deal", "--json").out)
    assert [claim["id"] for claim in event["claims"]] == ["sent.stage", "how.terms"]
    assert event["corrections"] == []


@pytest.mark.parametrize(
    ("which", "words"),
    [("7", "the log has 2, got 7"), ("r-9", "unknown record 'r-9'")],
)
def test_withdraw_refuses_what_is_not_there(logged, which, words):
    ran = logged("withdraw", which, *WHO, "--yes")
    assert (ran.code, size(logged)) == (1, 2)
    assert words in ran.err


def test_withdrawing_twice_is_refused(logged):
    logged("withdraw", "r-1", *WHO, "--yes")
    ran = logged("withdraw", "r-1", *WHO, "--yes")
    assert ran.code == 1
    assert "report 'r-1' is withdrawn already" in ran.err


def test_a_correction_on_which_another_rests_is_not_withdrawn(logged, written):
    logged("correct", "mended.json", *WHO, "--yes")
    again = mended()
    again["claims"][1]["quantity"] = "11 items"
    logged("correct", written(again, "mended.json"), *WHO, "--yes")
    ran = logged("withdraw", "r-1.correction-1", *WHO, "--yes")
    assert ran.code == 1
    assert "correction r-1.correction-2 rests on it" in ran.err
    assert size(logged) == 4


# Assess.


def test_an_assessment_stands_beside_the_claim(logged):
    day = ("--on", "2026-01-02")
    ran = logged("assess", "r-1#sent.stage", "4", *day, *WHO, "--yes")
    assert ran.code == 0
    printed = plain(logged("event", "r-1#deal").out)
    assert (
        "stage delivered assessed 4: doubtful, by ana on 2026-01-02: a slip" in printed
    )
    sent, how = json.loads(logged("event", "r-1#deal", "--json").out)["claims"]
    assert sent["assessments"] == [
        {
            "id": "r-1.sent.stage.assessment-1",
            "claim": "r-1#sent.stage",
            "credibility": {"grade": "4", "by": "ana", "on": "2026-01-02"},
            "reason": "a slip",
        }
    ]
    assert "assessments" not in how
    assert "assessed" not in logged("event", "r-2#deal").out


def test_an_assessment_is_of_today_unless_said_otherwise(logged):
    before = datetime.now(UTC)
    logged("assess", "r-1#sent.stage", "2", *WHO, "--yes")
    days = {f"{one:%Y-%m-%d}" for one in (before, datetime.now(UTC))}
    body = json.loads(logged("show", "2", "--json").out)["body"]
    assert body["credibility"]["on"] in days


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("r-1#sent.stage", "1"), 2, "'1' is not one of"),
        (("sent.stage", "4"), 1, "claim must be report-id#local-id"),
        (("r-1#sent", "4"), 1, "has no claim 'sent' as it stands; near: sent.stage"),
        (("r-3#sent.stage", "4"), 1, "has no report 'r-3'; near: r-2, r-1"),
        (("r-1#sent.stage", "4", "--on", "today"), 1, "on must be"),
    ],
)
def test_what_cannot_be_assessed_is_refused(logged, args, code, words):
    ran = logged("assess", *args, *WHO, "--yes")
    assert (ran.code, size(logged)) == (code, 2)
    assert words in ran.err


def test_an_assessment_stays_when_the_claim_is_corrected(logged, written):
    logged("assess", "r-1#sent.stage", "4", *WHO, "--yes")
    again = form()
    again["claims"][0]["hedge"] = "likely"
    logged("correct", written(again, "mended.json"), *WHO, "--yes")
    printed = plain(logged("event", "r-1#deal").out)
    was = "[of the claim as it was before r-1.correction-1]"
    assert f"[likely] delivered assessed 4: doubtful {was}, by ana" in printed
    sent = json.loads(logged("event", "r-1#deal", "--json").out)["claims"][0]
    assert sent["assessments"][0]["of_claim_before"] == "r-1.correction-1"
    logged("withdraw", "r-1.correction-1", *WHO, "--yes")
    assert "as it was before" not in logged("event", "r-1#deal").out


# Link.


def test_a_link_is_told_at_both_of_its_ends(logged):
    because = ("--because", "r-1#sent.stage", "--because", "r-2#sent.stage")
    args = ("r-2#deal", "part of", "r-1#deal")
    assert logged("link", *args, *because, *WHO, "--yes").code == 0
    for event in ("r-1#deal", "r-2#deal"):
        said = "our link r-2#deal part of r-1#deal (ana: a slip) SAID BY ONE ORIGIN"
        assert said in plain(logged("event", event).out)
        [link] = json.loads(logged("event", event, "--json").out)["links"]
        assert link["relation"] == "part of"
        assert link["because"] == ["r-1#sent.stage", "r-2#sent.stage"]
    listed = [json.loads(one) for one in logged("events", "--json").out.splitlines()]
    assert [one["links"][0]["id"] for one in listed] == ["r-2.deal.link-1"] * 2
    assert logged("events").out.count("our link") == 2
    logged("withdraw", "r-2.deal.link-1", *WHO, "--yes")
    assert "our link" not in logged("events").out


def test_a_link_may_join_sources_and_documents(logged):
    ends = ("r-1#minister", "unsure", "r-2#minister", "--kind", "source")
    assert logged("link", *ends, *WHO, "--yes").code == 0
    ends = ("r-1#document", "different", "r-2#document", "--kind", "document")
    assert logged("link", *ends, *WHO, "--yes").code == 0
    *_, first, second = logged("log").out.splitlines()
    assert first.endswith("r-1#minister unsure r-2#minister (sources)")
    assert second.endswith("r-1#document different r-2#document (documents)")


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("r-1#deal", "equals", "r-2#deal"), 2, "'equals' is not one of"),
        (("r-1#deal", "same", "r-1#deal"), 1, "second must be another thing than"),
        (("r-1#deal", "same", "deal"), 1, "second must be report-id#local-id"),
        (("r-1#deal", "same", "r-2#dael"), 1, "has no event 'dael'"),
        (
            ("r-1#paper", "part of", "r-2#paper", "--kind", "source"),
            1,
            "relation must be same, different or unsure for a source",
        ),
        (
            ("r-1#deal", "same", "r-2#deal", "--because", "r-1#how"),
            1,
            "has no claim 'how' as it stands; near: how.terms",
        ),
    ],
)
def test_what_cannot_be_linked_is_refused(logged, args, code, words):
    ran = logged("link", *args, *WHO, "--yes")
    assert (ran.code, size(logged)) == (code, 2)
    assert words in ran.err


def test_the_same_link_again_changes_nothing(logged):
    args = (*EACH["link"], *WHO, "--yes", "--id", "l-1")
    assert unsigned(logged(*args)) == "Appended entry 2, link l-1"
    assert unsigned(logged(*args)) == "The log has it already: entry 2, link l-1"
    ran = logged(*args, "--reason", "another")
    assert ran.code == 1
    assert "link 'l-1' is entry 2 already, with other content" in ran.err


# Records from elsewhere, and text from outside.


def test_later_records_can_be_added_as_show_prints_them(logged):
    for command in ("assess", "link", "correct", "withdraw"):
        logged(*EACH[command], *WHO, "--yes")
    records = [logged("show", n, "--json").out for n in range(2, 6)]
    logged("init", "--empty", "--log", "other.db")
    assert logged("add", "--yes", "--log", "other.db", "a.json", "b.json").code == 0
    lines = "".join(records).encode()
    ran = logged("add", "--yes", "--log", "other.db", "-", stdin=lines)
    assert ran.code == 0
    assert len(unsigned(ran).splitlines()) == 4
    both = [logged("events", "--json", "--log", f"{name}.db") for name in LOGS]
    assert both[0].out == both[1].out


LOGS = ("monitor", "other")


def test_a_later_record_of_what_is_not_there_is_not_added(logged):
    logged(*EACH["assess"], *WHO, "--yes")
    record = logged("show", "2", "--json").out.encode()
    logged("init", "--empty", "--log", "other.db")
    ran = logged("add", "--yes", "--log", "other.db", "-", stdin=record)
    assert ran.code == 1
    assert "1 was not added:" in ran.err
    assert "the log has no report 'r-1'" in ran.err


HOSTILE = "لأنه كرر\nENTRY 9  report forged <b>{x}</b> %s"


@each
def test_text_from_outside_stays_in_its_place(logged, run_at_terminal, command):
    who = ("--reason", HOSTILE, "--by", "آنا")
    printed = [run_at_terminal(*EACH[command], *who, typed="y\n").out]
    reads = (("show", "r-1"), ("show", "2"), ("log",), ("events",))
    printed += [logged(*args).out for args in (*reads, ("event", "r-1#deal"))]
    lines = "\n".join(printed).splitlines()
    assert any("ENTRY 9 ␣ report forged <b>{x}</b> %s" in plain(line) for line in lines)
    for line in lines:
        assert not line.startswith("ENTRY 9")
        assert line.count("\u2068") == line.count("\u2069")
        outside = re.sub("\u2068[^\u2069]*\u2069", "", line)
        assert not re.search("[\u0590-\u08ff]", outside), line
