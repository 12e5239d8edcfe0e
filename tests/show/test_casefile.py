"""The case file: what it holds, what it never says, and that nothing in it runs."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import embargo_monitor as em
from embargo_monitor.encoding import Entry
from embargo_monitor.judging import judge_event, told_of
from embargo_monitor.logged import Logged
from embargo_monitor.model.claims import GoodsAre
from embargo_monitor.model.grades import Credibility, CredibilityGrade
from embargo_monitor.model.quotes import Handling, Translation, Translator
from embargo_monitor.model.records import (
    Assessment,
    Envelope,
    Link,
    Linked,
    LinkRelation,
    Withdrawal,
)
from embargo_monitor.model.standing import correction_to
from embargo_monitor.query.view import View
from embargo_monitor.regimes import Register
from embargo_monitor.show.case import Case, case_of
from embargo_monitor.show.casefile import case_lines
from embargo_monitor.testing import reports

GOLDEN = Path(__file__).parents[1] / "data" / "golden" / "case-file.md"
REGISTER = Register.bundled()
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])

FORM = {
    "report": "r1",
    "form": 1,
    "document": {
        "titles": {"en": "A page"},
        "language": "en",
        "publisher": "paper",
        "published": {"date": "2011-03-01"},
    },
    "actors": {
        "ruritania": {"kind": "state", "names": {"en": "Ruritania", "ar": "روريتانيا"}},
        "acme": {"kind": "company", "names": {"en": "Acme"}},
        "ministry": {"kind": "body", "names": {"en": "Ministry of Ruritania"}},
    },
    "sources": {
        "paper": {"kind": "outlet", "names": {"en": "The Paper"}},
        "ministry": {"kind": "body", "actor": "ministry"},
    },
    "voices": {"told": ["paper"], "ministry": ["ministry", "paper"]},
    "events": {"deal": {"kind": "transfer", "title": "Boats for Ruritania"}},
    "claims": [],
}


def made(*rows, id="r1", **more):
    """Make a report of these rows, as an analyst writes them."""
    claims = [
        {"id": f"c{at}", "voice": "told", "about": "deal", **row}
        for at, row in enumerate(rows)
    ]
    form = {**FORM, "report": id, "claims": claims, **more}
    return em.author(form, read={}.__getitem__)


@pytest.fixture
def log(tmp_path, clock):
    with em.EventLog.create(
        tmp_path / "monitor.db", origin="example.org/log", clock=clock
    ) as log:
        yield log


def file_of(log, event="r1#deal", *linked, at=None, until=None, **more):
    case = case_of(log, log.view(at, until), event, *linked, **more)
    return "\n".join(case_lines(case)) + "\n"


def told(log, *rows, **more):
    log.append(made(*rows, **more))
    return file_of(log)


def section(text, title):
    """Return what stands under a heading, without the footnotes' numbers."""
    [found] = re.findall(rf"(?ms)^## {title}\n(.*?)(?=^## |^\[\^1\]:|\Z)", text)
    return re.sub(r"\[\^\d+\]", "", found)


def test_the_case_file_of_the_article_is_the_one_that_was_agreed_on(log):
    log.append(em.seed_report(), by="desk")
    log.assess_relevance("seed-article#deal", id="deal-relevance", by="desk")
    assert file_of(log, "seed-article#deal") == GOLDEN.read_text("utf-8")


# What holds of every case file.


def view_of_one(report):
    envelope = Envelope(
        v=1,
        kind="report",
        kv=1,
        id=report.id,
        recorded=datetime(2026, 1, 2, tzinfo=UTC),
        by="desk",
    )
    logged = Logged(0, Entry(envelope, {}, report), b"\x01" * 32, b"")
    return View(
        origin="example.org/log",
        size=1,
        root=b"\x02" * 32,
        recorded=envelope.recorded,
        read=lambda: [logged],
        texts=lambda _: {},
    )


def case_in(report, event):
    view = view_of_one(report)
    name = f"{report.id}#{event.id}"
    return Case(
        view=view,
        events=(name,),
        told=told_of(view.standing, [name]),
        register=REGISTER,
        answers=judge_event(view.standing, name, REGISTER),
    )


def require_sound(text):
    """Refuse what is no plain Markdown of ours: HTML, links, broken tables, marks."""
    tokens = READER.parse(text)
    assert not {one.type for one in tokens} & {"html_block", "fence", "code_block"}
    kinds = {child.type for one in tokens for child in one.children or ()}
    assert kinds <= {
        "text",
        "text_special",
        "code_inline",
        "strong_open",
        "strong_close",
        "hardbreak",
    }
    for table in re.findall(r"(?m)(?:^\|.*\n)+", text):
        widths = {len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}
        assert len(widths) == 1
    body, _, notes = text.partition("\n[^1]: ")
    cited = list(dict.fromkeys(map(int, re.findall(r"\[\^(\d+)\]", body))))
    defined = list(map(int, re.findall(r"(?m)^\[\^(\d+)\]: ", f"[^1]: {notes}")))
    assert cited == defined == list(range(1, len(cited) + 1)) or not cited


@settings(max_examples=60)
@given(reports(), st.data())
def test_every_claim_of_an_event_has_a_footnote_and_nothing_runs(report, data):
    if not report.events:
        return
    event = data.draw(st.sampled_from(report.events))
    case = case_in(report, event)
    text = "\n".join(case_lines(case)) + "\n"
    require_sound(text)
    cited = set(
        re.findall(r"`([^`\s]+)`", " ".join(re.findall(r"(?m)^    Claims?: .*", text)))
    )
    assert {one.claim.id for one in case.told} <= cited


@settings(max_examples=40)
@given(reports(), st.data())
def test_every_claim_counts_is_not_counted_or_was_taken_back(report, data):
    if not report.events:
        return
    case = case_in(report, data.draw(st.sampled_from(report.events)))
    parts = [
        {one.id for one in part}
        for part in (case.said, case.not_counted, case.gone_of_case)
    ]
    assert sum(map(len, parts)) == len({one.id for one in case.all_told})
    assert set.union(*parts) == {one.id for one in case.all_told}


HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "[click](javascript:alert(1)) ![](http://evil.example/p.png)",
    "a | b | c [^1] [^1]: forged",
    "# heading `code` ```fence``` **bold** _em_ ~~gone~~",
    "](javascript:alert(1)) <!-- hidden --> &lt;b&gt; $x$ {{ y }}",
    "- item",
    "1. item",
)


@pytest.mark.parametrize("attack", HOSTILE)
def test_hostile_text_is_inert_wherever_it_stands(log, attack):
    arabic = f"عربي {attack}"
    report = made(
        {
            "supplier": "ruritania",
            "recipient": "acme",
            "goods": "arms: things",
            "wording": f"{attack}\n| --- |\n# {attack}\n\n    code",
            "note": f"{attack}\n\n---\n{attack}",
        },
        {"says": attack},
        {"voice": "ministry", "stage": "agreed", "stance": "denies"},
        document={**FORM["document"], "titles": {"en": attack, "ar": arabic}},
        actors={
            "ruritania": {"kind": "state", "names": {"en": attack, "ar": arabic}},
            "acme": {"kind": "company", "names": {"ar": arabic}},
            "ministry": {"kind": "body", "names": {"en": attack}},
        },
        sources={
            "paper": {"kind": "outlet", "names": {"en": attack}, "note": attack},
            "ministry": {"kind": "body", "actor": "ministry"},
        },
        events={"deal": {"kind": "transfer", "title": attack}},
    )
    meant = Translation(
        f"{attack}\n\n{attack}", language="en", method=Translator.MACHINE, by=attack
    )
    claims = tuple(
        evolve(one, translation=meant if one.wording else None)
        if not isinstance(one, GoodsAre)
        else evolve(one, item=evolve(one.item, name=attack))
        for one in report.report.claims
    )
    log.append(evolve(report.report, claims=claims), by=attack)
    text = file_of(log)
    require_sound(text)
    assert text.count("\u2068") == text.count("\u2069") > 0
    for line in text.splitlines():
        assert line.count("\u2068") == line.count("\u2069")


def test_words_that_only_an_exhibit_holds_are_escaped_too(log, tmp_path):
    exhibit = tmp_path / "page.txt"
    words = "<b>\u202eboats\x00</b> | 1"
    exhibit.write_text(f"Seen: {words}.", "utf-8")
    form = {
        **FORM,
        "document": {**FORM["document"], "exhibits": {"text": {"file": "page.txt"}}},
        "claims": [
            {
                "id": "c",
                "voice": "told",
                "about": "deal",
                "stage": "agreed",
                "quote": words,
            }
        ],
    }
    log.append(em.author(form, read=lambda name: (tmp_path / name).read_bytes()))
    text = file_of(log)
    require_sound(text)
    assert r"“\<b>\\u202eboats\\x00\</b> \| 1”" in text


# What it says, and what it never says.


def test_an_event_that_nobody_tells_of_says_so(log):
    other = {"kind": "transfer", "title": "Other"}
    log.append(made({"stage": "agreed"}, events={**FORM["events"], "other": other}))
    text = file_of(log, "r1#other")
    assert section(text, "In short").startswith("\nNo claim tells of it.")
    assert section(text, "Those who say it") == "\nNobody tells of it.\n\n"
    require_sound(text)


def test_what_nobody_says_is_said_to_be_unknown(log):
    text = told(log, {"stage": "agreed"})
    short = section(text, "In short")
    assert "Nobody names a supplier. Nobody names a recipient." in short
    assert "Nobody says what the goods are." in short
    left = section(text, "Open questions")
    assert "- who has these roles: supplier, recipient, end user," in left
    assert "- what the goods are\n- for how much\n" in left
    assert "- whether it was: signed, licensed, paid, shipped, delivered\n" in left
    assert "- on which day these steps were: agreed\n" in left
    assert "- how far 1 of its 1 claim can be believed: nobody graded them" in left


def test_what_is_said_is_no_open_question(log):
    roles = ("supplier", "end_user", "manufacturer", "broker", "financier", "carrier")
    stages = ("agreed", "signed", "licensed", "paid", "shipped")
    graded = {"credibility": "4"}
    text = told(
        log,
        {"recipient": "ministry", "voice": "ministry", **graded},
        {**dict.fromkeys(roles, "ministry"), **graded},
        {"goods": "arms: rifles", "quantity": "6 items", **graded},
        {"value": "2 EUR", **graded},
        *({"stage": stage, "when": "2011-02-01", **graded} for stage in stages),
        {"stage": "delivered", "stance": "expects", **graded},
        graded={"by": "desk", "on": "2026-01-02"},
    )
    left = section(text, "Open questions")
    assert "Nobody says" not in left
    assert "right of reply" not in left


def test_a_figure_without_a_number_of_goods_asks_how_many(log):
    left = section(told(log, {"goods": "arms: rifles"}), "Open questions")
    assert "- how many or how much of the goods\n" in left


def test_a_visit_moves_nothing_and_nothing_is_missed_in_it(log):
    events = {"deal": {"kind": "contact", "title": "A visit"}}
    text = told(log, {"stage": "held", "when": "2011-02-01"}, events=events)
    assert "Nobody names" not in section(text, "In short")
    assert "who has these roles" not in section(text, "Open questions")


def test_what_is_only_named_is_apart_from_goods(log):
    falcon = {"name": "Falcon", "nature": "aircraft"}
    text = told(log, {"mentions": [falcon], "as": "adversary's"})
    goods, named = section(text, "Goods").split("**Only named, and no goods")
    assert goods == "\nNobody tells of goods.\n\n"
    assert "| only named (adversary's): Falcon | The Paper |" in named
    assert "Other things are only named, and are no goods of it" in text


def test_both_ends_of_a_figure_are_told_as_far_as_they_are(log):
    figures = (
        "about 3 billion USD",
        "more than 4 million EUR",
        "at most 5 EUR",
        "6 to 7 EUR",
        "less than 8 EUR",
    )
    text = told(log, *({"value": one, "at": "agreed"} for one in figures))
    rows = section(text, "Terms and figures")
    assert "| about 3 billion USD | about 3,000,000,000 USD | about 3,000" in rows
    assert "| more than 4 million EUR | more than 4,000,000 EUR | open |" in rows
    assert "| at most 5 EUR | open | 5 EUR |" in rows
    assert "| 6 to 7 EUR | 6 EUR | 7 EUR |" in rows
    assert "| less than 8 EUR | open | less than 8 EUR |" in rows


def test_a_figure_that_nobody_disputes_stands_in_the_paragraph(log):
    text = told(log, {"value": "3 EUR", "hedge": "likely", "when": "2011-02"})
    assert "The price: 3 EUR (likely)." in section(text, "In short")
    assert "| price (2011-02) | \\[likely\\] 3 EUR |" in text


NO, MAY = "they cannot both hold", "they may both hold"
ENDS = "between their nearest ends as told"
REACH = "“about” was taken to reach 25% either way"


@pytest.mark.parametrize(
    ("rows", "apart"),
    [
        (
            [{"value": "3 EUR"}, {"value": "4 EUR"}],
            f"1 EUR {ENDS}, 33% of the smaller figure; {NO}",
        ),
        (
            [{"value": "about 4 EUR"}, {"value": "about 4.4 EUR"}],
            f"0.4 EUR {ENDS}, 10% of the smaller figure; {MAY}; {REACH}",
        ),
        (
            [{"value": "at most 5 EUR"}, {"value": "at most 6 EUR"}],
            MAY,
        ),
        (
            [{"value": "0 EUR"}, {"value": "4 EUR"}],
            f"4 EUR {ENDS}; {NO}",
        ),
        (
            [{"value": "3 EUR"}, {"value": "4 USD"}],
            "given in different units, and nothing is converted",
        ),
        (
            [
                {"value": "9 EUR"},
                {"value": "3 EUR", "within": "c0"},
                {"value": "8 EUR"},
            ],
            f"5 EUR {ENDS}, 167% of the smaller figure; {NO}",
        ),
        (
            [
                {"stage": "agreed", "when": "2011-02-01"},
                {"stage": "agreed", "when": "2011-02-04"},
            ],
            f"3 days {ENDS}; {NO}",
        ),
        (
            [
                {"stage": "agreed", "when": "2011-02"},
                {"stage": "agreed", "when": "2011-02-04"},
            ],
            MAY,
        ),
    ],
)
def test_a_dispute_says_how_far_its_claims_are_apart(log, rows, apart):
    found = section(told(log, *rows), "Disputes")
    assert found.splitlines()[-2].endswith(f"| {apart} |")


def test_who_denies_expects_or_does_not_answer_is_told_and_counts_for_nothing(log):
    text = told(
        log,
        {"stage": "agreed", "supplier": "acme"},
        {
            "stage": "agreed",
            "voice": "ministry",
            "stance": "denies",
            "answers": "c0.stage",
        },
        {
            "stage": "delivered",
            "when": "2011-04",
            "stance": "expects",
            "hedge": "likely",
        },
        {"stage": "agreed", "stance": "did not answer", "voice": "ministry"},
    )
    rows = section(text, "Denied, expected, not said")
    assert "| denies | stage: agreed \\[answers c0.stage\\] | Ministry of" in rows
    assert "| expects (likely) | stage: delivered (2011-04) | The Paper |" in rows
    assert "| did not answer | stage: agreed |" in rows
    assert "delivered" not in section(text, "Stages and days")
    assert "It is denied or was taken back" in section(text, "In short")
    left = section(text, "Open questions")
    assert "**Asked, and not answered:**" in left
    assert "- Ministry of Ruritania > The Paper: did not answer: stage: agreed" in left
    assert "signed, licensed, paid, shipped\n" in left
    assert "(right of reply):**\n\n- Acme\n" in left
    assert "| one is said against the other |" in section(text, "Disputes")


PARTS = {"stage": "agreed", "supplier": "acme", "recipient": "ruritania"}


def test_what_was_taken_back_counts_no_more_on_either_clock(log):
    log.append(made(PARTS))
    row = {**PARTS, "stance": "withdraws"}
    answers = [f"r1#c0.{part}" for part in PARTS]
    later = {**FORM["document"], "published": {"date": "2011-03-05"}}
    log.append(made({**row, "answers": answers}, id="r2", document=later))
    for before in (file_of(log, at=1), file_of(log, until="2011-03-04")):
        assert "| agreed | not told | The Paper |" in section(before, "Stages and days")
        assert "nobody denies it or takes it back." in before
    after = file_of(log)
    assert "but for what was taken back" in section(after, "Stages and days")
    assert section(after, "In short").startswith("\nWhat was told of parties,")
    changed = section(after, "Taken back, corrected, judged, linked")
    assert "| stage: agreed; The Paper | The Paper |" in changed
    assert "Nobody says, or it was taken back" in section(after, "Open questions")


def test_the_second_clock_says_whose_day_is_not_certain(log):
    document = {**FORM["document"], "published": {"date": "2011-03"}}
    log.append(made({"stage": "agreed"}, document=document))
    short = section(file_of(log, until="2011-03-04"), "In short")
    assert "documents published until 2011-03-04, or perhaps until then." in short
    assert "Whether it was published by then is not certain: `r1`." in short


def test_entries_that_only_a_newer_version_reads_are_told():
    report = made({"stage": "agreed"}).report
    case = case_in(report, report.events[0])
    for count, words in ((1, "1 entry was"), (2, "2 entries were")):
        [known] = case.view.entries
        unread = evolve(known, entry=evolve(known.entry, record=None))
        entries = [known, *[unread] * count]
        newer = evolve(case, view=evolve(case.view, read=entries.copy))
        assert f" {words} not read: a newer version" in "\n".join(case_lines(newer))


def test_later_records_of_ours_stand_in_a_part_of_their_own(log):
    report = made({"stage": "agreed", "note": "ours"}).report
    log.append(report)
    log.append(made({"stage": "signed"}, id="r2"))
    grade = CredibilityGrade(Credibility.DOUBTFUL, by="desk", on="2026-01-02")
    log.append(
        Assessment("a1", claim="r1#c0.stage", credibility=grade, reason="one voice")
    )
    for id_, other in (("l1", "r2#deal"), ("l2", "r2#deal")):
        log.append(
            Link(
                id_,
                relation=LinkRelation.SAME,
                linked=Linked.EVENT,
                first="r1#deal",
                second=other,
                because=("r1#c0.stage",),
                reason="the same boats",
                by="desk",
            )
        )
    gone = Withdrawal("w1", entry="l2", entry_kind="link", reason="twice", by="desk")
    log.append(gone)
    again = made({"stage": "signed", "note": "ours"}).report
    log.append(correction_to(report, again, id="k1", reason="a slip", by="desk"))
    text = file_of(log)
    said = section(text, "Taken back, corrected, judged, linked")
    assert "- correction `k1`: corrects report r1: replaces 1 (by desk: a slip)" in said
    assert "- assessment `a1`: r1#c0.stage: 4: doubtful \\[of the claim as it" in said
    assert section(text, "In short").count("r1#deal same r2#deal") == 1
    assert "- link `l1`: r1#deal same r2#deal (by desk: the same boats)\n" in said
    assert "(by desk: the same boats) (withdrawn: `w1`)" in said
    assert "Entry 0, report `r1`, as corrected by `k1`; leaf" in text
    assert "Judged later, c0.stage: 4: doubtful" in text


def test_a_link_of_actors_is_ours_and_joins_no_events(log):
    # Its ends are written as those of an event of that id would be.
    actors = {**FORM["actors"], "deal": {"kind": "company", "names": {"en": "Deal"}}}
    for id_ in ("r1", "r2", "r3", "r4"):
        row = {"stage": "agreed", "about": "event:deal"}
        log.append(made(row, id=id_, actors=actors))
    for id_, first, second in (("l1", "r1", "r2"), ("l2", "r3", "r4")):
        log.append(
            Link(
                id_,
                relation=LinkRelation.UNSURE,
                linked=Linked.ACTOR,
                first=f"{first}#deal",
                second=f"{second}#deal",
                reason="equal names",
                by="desk",
            )
        )
    text = file_of(log)
    assert "not in this file" not in text
    said = section(text, "Taken back, corrected, judged, linked")
    assert "- link `l1`: r1#deal unsure r2#deal (actors) (by desk: equal" in said
    assert "`l2`" not in said


def test_events_of_several_reports_are_one_case_when_they_are_told_so(log):
    log.append(made({"stage": "agreed", "supplier": "acme", "value": "3 EUR"}))
    log.append(made({"stage": "agreed", "supplier": "acme", "value": "5 EUR"}, id="r2"))
    text = file_of(log, "r1#deal", "r2#deal")
    require_sound(text)
    assert "Case file of `r1#deal`, `r2#deal` (transfer)." in text
    assert "Entry 0, report `r1`; leaf" in text
    assert "Entry 1, report `r2`; leaf" in text
    assert "2 EUR between their nearest ends" in section(text, "Disputes")
    # Equal names of two reports may be two companies: each has a row of its own.
    assert section(text, "Parties").count("| supplier | Acme |") == 2
    assert section(text, "Those who say it").count("The Paper: outlet") == 2


def test_an_actor_with_an_identifier_is_one_in_all_reports(log):
    for id_ in ("r1", "r2"):
        actors = {**FORM["actors"], "PK": {}}
        log.append(made({"supplier": "PK"}, id=id_, actors=actors))
    parties = section(file_of(log, "r1#deal", "r2#deal"), "Parties")
    assert parties.count("| supplier | Pakistan |") == 1
    assert parties.count("The Paper") == 1


# Words that not everybody may see.


def with_words(tmp_path, id="r1", **exhibit):
    (tmp_path / "page.txt").write_text("The boats are paid for.", "utf-8")
    (tmp_path / "salt").write_bytes(bytes(range(32)))
    form = {
        **FORM,
        "report": id,
        "document": {
            **FORM["document"],
            "exhibits": {"text": {"file": "page.txt", **exhibit}},
        },
        "claims": [
            {
                "id": "c",
                "voice": "told",
                "about": "deal",
                "stage": "paid",
                "quote": {"words": "paid for", "page": "3", "paragraph": "2 | 3"},
                "translation": "settled",
            }
        ],
        "translations": {"language": "fr", "method": "person", "by": "desk"},
    }
    return em.author(form, read=lambda name: (tmp_path / name).read_bytes())


def test_a_quote_is_told_with_its_place_and_who_translated_it(log, tmp_path):
    log.append(with_words(tmp_path))
    text = file_of(log)
    assert "    In its own words (en): “paid for”\\\n" in text
    assert "    Translation into fr, made by person: desk: “settled”\\\n" in text
    assert r": page 3, paragraph “2 \| 3”, characters 14 to 22, counted from 0." in text


def test_words_above_the_handling_asked_for_are_withheld(log, tmp_path):
    log.append(with_words(tmp_path, handling="confidential", salt="salt"))
    text = file_of(log)
    assert "WITHHELD: the words and their translation, handled as confidential." in text
    assert "paid for" not in text
    assert "settled" not in text
    assert "“paid for”" in file_of(log, handling=Handling.CONFIDENTIAL)


def test_a_later_entry_withholds_words_of_an_earlier_view(log, tmp_path):
    log.append(with_words(tmp_path))
    assert "“paid for”" in file_of(log)
    log.append(with_words(tmp_path, id="r2", handling="limited", salt="salt"))
    assert "paid for" not in file_of(log, at=1)


def test_an_exhibit_that_is_not_there_is_told(log, tmp_path):
    log.append(with_words(tmp_path))
    for file in Path(f"{log.path}-exhibits").rglob("*"):
        if file.is_file():
            file.unlink()
    text = file_of(log)
    assert "The words cannot be read: the exhibit is not here as it was logged." in text


def test_words_that_no_exhibit_holds_say_so(log):
    text = told(log, {"stage": "agreed", "wording": "they agreed"}, {"says": "more"})
    assert "In its own words (en): “they agreed” (no exhibit holds them)." in text
    assert "No words are given." in text


# Which embargoes bear on it.


def memo(log, *rows, **more):
    actors = {**FORM["actors"], "PK": {}, "LY": {}, "RU": {}, "lna": {}}
    sources = {
        **FORM["sources"],
        "panel": {"kind": "body", "names": {"en": "The Panel"}, "mandate": "panel"},
    }
    voices = {**FORM["voices"], "panel": ["panel", "paper"]}
    text = told(log, *rows, actors=actors, sources=sources, voices=voices, **more)
    require_sound(text)
    return section(text, "Which arms embargoes bear on it")


SALE = {"supplier": "PK", "recipient": "lna", "goods": "arms: rifles"}
ON = {"stage": "agreed", "when": "2020-02-01"}


def test_nobody_that_is_aimed_at_is_said(log):
    found = memo(log, {"stage": "agreed"})
    assert "No regime of the register is aimed at anybody who is told of." in found
    assert "Open only because nobody says who or where it is: `" in found
    assert "This is no legal advice." in found


def test_no_verdict_is_given_and_an_exemption_that_nobody_tells_of_is_unknown(log):
    found = memo(log, {**SALE, **ON})
    assert "| UN arms embargo on Libya (un-libya-2011) | **YES** | unknown |" in found
    assert "Nobody says that one was notified, asked for, granted or refused." in found
    assert "- No finding is reported." in found
    assert "That an embargo bears on an act does not say that the act breaches" in found


def test_claims_on_an_exemption_and_findings_are_told_as_claims(log):
    asked = {"embargo": "un-libya-2011", "position": "requested", "by": "PK"}
    found = memo(
        log,
        {**SALE, **ON},
        asked,
        {"voice": "panel", "embargo": "un-libya-2011", "position": "breaches"},
    )
    assert "**Exemptions:** As claimed: " in found
    assert "- requested, of Pakistan: The Paper asserts\n" in found
    assert "| 1 reported |" in found
    assert "- breaches: The Panel asserts\n" in found


def test_a_denied_act_is_judged_as_told_and_says_that_it_is_denied(log):
    denial = {"stage": "agreed", "stance": "denies", "answers": "c0.stage"}
    found = memo(log, {**SALE, **ON}, {"voice": "ministry", **denial})
    assert "**YES** (of it as told: part of it is denied or was taken back)" in found
    assert "- Ministry of Ruritania denies: agreed\n" in found


def test_what_remained_when_a_regime_began_has_steps_of_its_own(log):
    early = {"supplier": "RU", "recipient": "LY", "goods": "arms: rifles"}
    found = memo(
        log,
        {**early, "stage": "signed", "when": "2010-01-29"},
        {"stage": "announced", "when": "2010-01-30"},
    )
    assert "What remained when it began:" in found
    assert "The act “signed”, on 2010-01-29: NO, by step 1, in force." in found
    assert "The act “announced”, on 2010-01-30: NO, by step 1, in force." in found
    assert "The register has none that was open then." in found


def test_acts_beside_the_one_that_decides_say_what_is_open(log):
    found = memo(log, {**SALE, **ON}, {"stage": "shipped"})
    assert "The act “agreed”, on 2020-02-01: YES." in found
    assert "on \\[..2011-03-01\\]: MAYBE, open at: in force" in found


def test_claims_that_cannot_all_hold_are_answered_one_by_one(log):
    found = memo(
        log,
        {**SALE, "stage": "agreed", "when": "2010-02-01"},
        {"voice": "ministry", "stage": "agreed", "when": "2011-02-28"},
    )
    assert "Claims that cannot all hold answer it differently:" in found
    asked = "rifles, from Pakistan, to Libyan National Army, agreed"
    assert f"- NO: as {asked}: 2010-02-01\n- YES: as {asked}: 2011-02-28\n" in found
    most = f"The steps of the reading under which it bears on it most, as {asked}:"
    assert f"{most} 2011-02-28:\n\n| Step |" in found
    assert "The act “agreed”: MAYBE.\n" in found


def test_answers_that_the_log_keeps_are_named_until_they_are_withdrawn(log):
    log.append(made({"stage": "agreed"}))
    log.assess_relevance("r1#deal", id="rel", by="desk")
    assert "- `rel`, by desk, when the log had 1 entry; register" in file_of(log)
    log.append(
        Withdrawal("w", entry="rel", entry_kind="relevance", reason="no", by="desk")
    )
    assert "`rel`" not in file_of(log)


def test_a_supply_that_nobody_says_was_done_is_asked_of_nothing(log):
    found = memo(log, {"stage": "agreed", "stance": "fears"})
    assert "- Nobody says that anything was done:" in found
