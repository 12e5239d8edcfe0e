"""Later records in words, with what they speak of beside them."""

import re

import pytest
from attrs import evolve

from embargo_monitor.amending import amend
from embargo_monitor.authoring import author
from embargo_monitor.encoding import encode
from embargo_monitor.eventlog import EventLog
from embargo_monitor.log.storage import Storage
from embargo_monitor.model.about import About
from embargo_monitor.model.grades import Credibility, CredibilityGrade
from embargo_monitor.model.records import (
    Assessment,
    Correction,
    Link,
    Linked,
    LinkRelation,
    Withdrawal,
)
from embargo_monitor.model.since import changed_since
from embargo_monitor.model.standing import standing
from embargo_monitor.model.views import told_in
from embargo_monitor.show.claims import ClaimPrinter
from embargo_monitor.show.later import (
    later_lines,
    link_lines,
    logged_lines,
    mended_lines,
)
from embargo_monitor.show.listing import log_line
from embargo_monitor.show.plain import plain_event, plain_links

TEXT = "قال الوزير إن عشر شاحنات سلمت."
WHO = {"reason": "a slip", "by": "ana"}


def form(**changes):
    return {
        "report": "r-1",
        "document": {
            "titles": {"ar": "عشر شاحنات"},
            "language": "ar",
            "publisher": "paper",
            "published": {"date": "2025-12-23"},
            "exhibits": {"text": {"file": "text.txt"}},
        },
        "actors": {"ruritania": {"kind": "state", "names": {"ar": "روريتانيا"}}},
        "places": {"selva": {"kind": "port", "names": {"ar": "سيلفا", "en": "Selva"}}},
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
                "quote": "عشر شاحنات سلمت",
            },
            {"id": "how", "voice": "paper", "about": "deal", "terms": "sale"},
        ],
        **changes,
    }


def made(**changes):
    return author(form(**changes), read={"text.txt": TEXT.encode()}.__getitem__)


SENT, HOW = made().report.claims


@pytest.fixture
def log(tmp_path, clock):
    """A log of two reports."""
    with EventLog.create(tmp_path / "monitor.db", clock=clock) as opened:
        opened.append_all([made(), made(report="r-2")])
        yield opened


def correction(id="k-1", **parts):
    return Correction(id, **{"report": "r-1", **WHO, **parts})


def withdrawal(entry, kind, id="w-1", **parts):
    return Withdrawal(id, entry=entry, entry_kind=kind, **{**WHO, **parts})


def assessment(id="a-1", **parts):
    fields = {"claim": "r-1#sent.stage", "reason": "unlikely", **parts}
    judged = CredibilityGrade(Credibility("4"), by="ana", on="2026-01-02")
    return Assessment(id, credibility=judged, **fields)


def link(first="r-2#deal", second="r-1#deal", linked="event", id="l-1", **parts):
    relation = LinkRelation.PART_OF if linked == "event" else LinkRelation.SAME
    ends = {"first": first, "second": second, "linked": Linked(linked)}
    return Link(id, **{"relation": relation, **WHO, **ends, **parts})


def put(log, clock, record):
    """Append a record behind the log's back, as a program without checks might."""
    with Storage.open(log.path) as storage, storage.writing() as writer:
        data = encode(record, recorded=clock(), by="ana")
        writer.append(f"{record.kind}/{record.id}", data)


def plain(lines):
    """Join lines as one text: spaces as they wrap, isolates left out."""
    text = re.sub(r"\s+", " ", "\n".join(lines))
    return text.replace("\u2068", "").replace("\u2069", "").strip()


def said_by(log, record):
    """What is shown of a record before it is appended."""
    return plain(later_lines(log, record))


def shown(log, index):
    return plain(logged_lines(log, log.entry(index)))


# Before it is appended.


def test_a_withdrawal_shows_the_report_that_it_takes_away(log):
    printed = said_by(log, withdrawal("r-1", "report"))
    assert "withdrawal w-1 by ana entry r-1 entry kind report reason a slip" in printed
    assert printed.endswith(
        "REFERS TO 0 2026-01-02T03:04:05Z report r-1 عشر شاحنات"
        " r-1#deal (transfer) Ten trucks stages: delivered | origins: 1 | disputed: no"
    )


def test_a_withdrawal_shows_any_other_entry_in_a_line(log):
    log.append(assessment())
    printed = said_by(log, withdrawal("a-1", "assessment"))
    assert printed.endswith(
        "REFERS TO 2 2026-01-02T03:04:05Z assessment a-1 r-1#sent.stage: credibility"
        " 4, doubtful"
    )


def test_an_assessment_shows_the_claim_as_it_stands(log):
    log.append(correction(replaces=(evolve(SENT, note="seen twice"),)))
    printed = said_by(log, assessment())
    assert printed.endswith(
        "REFERS TO r-1#sent.stage وزير > The Paper [sent] stage delivered"
        " عشر شاحنات سلمت our note seen twice"
    )


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (
            link(because=("r-1#how.terms",)),
            (
                "r-2#deal (transfer) Ten trucks stages: delivered | origins: 1 |"
                " disputed: no r-1#deal (transfer) Ten trucks stages: delivered |"
                " origins: 1 | disputed: no r-1#how.terms The Paper [how] terms sale"
                " [no words given]"
            ),
        ),
        (
            link("r-1#ruritania", "r-2#ruritania", "actor"),
            "r-1#ruritania state: روريتانيا r-2#ruritania state: روريتانيا",
        ),
        (
            link("r-1#selva", "r-2#selva", "place"),
            "r-1#selva port: سيلفا; Selva r-2#selva port: سيلفا; Selva",
        ),
        (
            link("r-1#minister", "r-2#paper", "source"),
            "r-1#minister person: وزير r-2#paper outlet: The Paper",
        ),
        (
            link("r-1#document", "r-2#document", "document"),
            "r-1#document عشر شاحنات r-2#document عشر شاحنات",
        ),
    ],
    ids=["event", "actor", "place", "source", "document"],
)
def test_a_link_shows_both_ends_and_what_it_rests_on(log, record, words):
    assert said_by(log, record).endswith(f"REFERS TO {words}")


def test_a_correction_shows_claims_as_they_were_and_should_have_been(log):
    again = evolve(HOW, note="seen twice")
    missing = evolve(HOW, id="more.terms", voice="minister")
    printed = said_by(
        log,
        correction(replaces=(again,), adds=(missing,), withdraws=("sent.stage",)),
    )
    assert printed == (
        "correction k-1 report r-1 reason a slip by ana"
        " CLAIM how.terms WAS The Paper [how] terms sale [no words given]"
        " CLAIM how.terms SHOULD HAVE BEEN The Paper [how] terms sale [no words given]"
        " our note seen twice"
        " CLAIM more.terms WAS MISSING وزير > The Paper [more] terms sale"
        " [no words given]"
        " CLAIM sent.stage SHOULD NOT HAVE BEEN LOGGED وزير > The Paper [sent]"
        " stage delivered عشر شاحنات سلمت"
    )


def test_a_correction_shows_what_of_the_document_was_otherwise_field_by_field(log):
    document = evolve(made().report.document, language="en", published=None, note="b")
    printed = said_by(log, correction(document=document))
    assert printed.endswith(
        'by ana document.language was "ar" is "en"'
        ' document.published was {"basis": "printed", "date": "2025-12-23"} is nothing'
        ' document.note was nothing is "b"'
    )


def test_a_correction_shows_rows_of_tables_as_they_were_and_should_have_been(log):
    [deal], [ruritania] = made().report.events, made().report.actors
    events = (evolve(deal, title="Eleven trucks"), evolve(deal, id="lot"))
    actors = (evolve(ruritania, note="a kingdom"),)
    printed = said_by(log, correction(events=events, actors=actors))
    assert printed.endswith(
        'by ana actors.ruritania was {"id": "ruritania", "kind": "state", "names":'
        ' [{"language": "ar", "text": "روريتانيا"}]} is {"id": "ruritania", "kind":'
        ' "state", "names": [{"language": "ar", "text": "روريتانيا"}], "note":'
        ' "a kingdom"}'
        ' events.deal was {"id": "deal", "kind": "transfer", "title": "Ten trucks"}'
        ' is {"id": "deal", "kind": "transfer", "title": "Eleven trucks"}'
        ' events.lot was nothing is {"id": "lot", "kind": "transfer", "title":'
        ' "Ten trucks"}'
    )


def test_a_voice_that_goes_with_its_publisher_is_shown(log):
    written = form(claims=form()["claims"][:1])
    written["document"]["publisher"] = "gazette"
    written["sources"]["gazette"] = {"kind": "outlet", "names": {"en": "The Gazette"}}
    written["voices"] = {"minister": ["minister", "gazette"]}
    again = author(written, read={"text.txt": TEXT.encode()}.__getitem__)
    given = amend(log, again, id="k-1", **WHO)
    printed = said_by(log, given.correction)
    assert 'document.publisher was "paper" is "gazette"' in printed
    gone = 'voices.paper was {"id": "paper", "speakers": [{"source": "paper"}]}'
    assert f"{gone} is nothing CLAIM how.terms SHOULD NOT HAVE BEEN LOGGED" in printed


# In the log.


def test_an_entry_is_shown_as_logged_with_what_later_records_say_of_it(log):
    log.append_all(
        [
            correction(withdraws=("how.terms",)),
            assessment(),
            link(),
            withdrawal("r-1", "report", reason="logged twice", by="ben"),
        ]
    )
    printed = shown(log, 0)
    assert "terms sale" in printed
    assert printed.endswith(
        "LATER RECORDS OF OURS that speak of it (nothing above is changed by them)"
        " entry 2 correction k-1: corrects report r-1: withdraws 1 ana: a slip"
        " entry 3 assessment a-1: r-1#sent.stage: credibility 4, doubtful"
        " ana on 2026-01-02: unlikely"
        " entry 4 link l-1: r-2#deal part of r-1#deal ana: a slip"
        " entry 5 withdrawal w-1: withdraws report r-1 ben: logged twice"
    )
    assert "entry 4 link l-1" in shown(log, 1)
    assert "LATER RECORDS" not in shown(log, 5)


def test_a_later_record_that_was_withdrawn_itself_is_marked(log):
    log.append_all([correction(withdraws=("how.terms",)), link(), assessment()])
    log.append(withdrawal("l-1", "link"))
    log.append(withdrawal("k-1", "correction", id="w-2"))
    printed = shown(log, 0)
    assert "k-1: corrects report r-1: withdraws 1 (withdrawn: w-2) ana" in printed
    assert "link l-1: r-2#deal part of r-1#deal (withdrawn: w-1) ana" in printed
    assert "credibility 4, doubtful ana" in printed
    log.append(withdrawal("w-1", "withdrawal", id="w-3"))
    assert "link l-1: r-2#deal part of r-1#deal ana" in shown(log, 0)
    assert "withdraws link l-1 (withdrawn: w-3) ana: a slip" in shown(log, 3)


def test_a_withdrawn_correction_says_so_beside_what_it_corrected(log):
    log.append(correction(withdraws=("how.terms",)))
    log.append(withdrawal("k-1", "correction"))
    printed = shown(log, 2)
    assert printed.startswith("ENTRY 2 correction k-1 recorded 2026-01-02T03:04:05Z by")
    assert "CLAIM how.terms SHOULD NOT HAVE BEEN LOGGED The Paper [how]" in printed
    assert printed.endswith(
        "entry 3 withdrawal w-1: withdraws correction k-1 ana: a slip"
    )


def test_a_correction_is_shown_beside_the_report_as_it_was_before_it(log):
    first = evolve(HOW, note="first")
    log.append(correction(replaces=(first,)))
    log.append(correction("k-2", replaces=(evolve(HOW, note="second"),)))
    log.append(withdrawal("r-1", "report"))
    assert "our note first CLAIM how.terms SHOULD" in shown(log, 3)
    assert "our note first CLAIM how.terms SHOULD" not in shown(log, 2)
    assert shown(log, 2).count("our note first") == 1


def test_a_correction_keeps_its_content_when_its_report_went_and_came_back(log):
    log.append(withdrawal("r-1", "report"))
    log.append(withdrawal("w-1", "withdrawal", id="w-2"))
    log.append(correction(withdraws=("how.terms",)))
    assert "CLAIM how.terms SHOULD NOT HAVE BEEN LOGGED" in shown(log, 4)


def test_a_correction_is_shown_without_one_that_was_withdrawn_before_it(log):
    log.append(correction(replaces=(evolve(HOW, note="first"),)))
    log.append(withdrawal("k-1", "correction"))
    log.append(correction("k-2", replaces=(evolve(HOW, note="second"),)))
    assert "our note first" not in shown(log, 4)
    assert "our note second" in shown(log, 4)


def test_a_correction_that_does_not_fit_is_shown_alone_and_told(log, clock):
    """A log that was written without our checks."""
    put(log, clock, correction(withdraws=("c9",)))
    put(log, clock, correction("k-2", report="nowhere", withdraws=("c9",)))
    printed = shown(log, 2)
    assert "correction k-1 by ana reason a slip report r-1 withdraws c9" in printed
    assert printed.endswith(
        "not applied $.withdraws: id must be the id of a claim of the report, got 'c9'"
    )
    assert shown(log, 3).endswith("by ana reason a slip report nowhere withdraws c9")


def test_links_and_corrections_of_an_event_are_told_below_it(log):
    stands = log.standing_of("r-1")
    assert list(link_lines(stands, "r-1#deal")) == []
    assert list(mended_lines(stands, "r-1")) == []
    log.append_all([link(), correction(adds=(evolve(HOW, id="c9"),))])
    log.append(link("r-1#paper", "r-2#paper", "source", id="l-2"))
    stands = log.standing_of("r-1")
    assert plain(link_lines(stands, "r-1#deal")) == (
        "our link r-2#deal part of r-1#deal (ana: a slip)"
    )
    assert plain(link_lines(stands, "r-2#paper")) == (
        "our link r-1#paper same r-2#paper (sources) (ana: a slip)"
    )
    assert plain(mended_lines(stands, "r-1")) == (
        "corrected k-1: corrects report r-1: adds 1 (ana: a slip)"
    )


SAME, DIFFERENT = LinkRelation.SAME, LinkRelation.DIFFERENT


@pytest.mark.parametrize(
    ("links", "said"),
    [
        (
            (link(), link("r-1#deal", "r-2#deal", id="l-2")),
            "l-1 (r-2#deal part of r-1#deal) and l-2 (r-1#deal part of r-2#deal)",
        ),
        (
            (link(relation=SAME), link(relation=DIFFERENT, id="l-2")),
            "l-1 (r-2#deal same r-1#deal) and l-2 (r-2#deal different r-1#deal)",
        ),
        ((link(), link(id="l-2")), ""),
        ((link(), link(relation=DIFFERENT, id="l-2")), ""),
        ((link(relation=SAME), link("r-1#deal", "r-2#deal", relation=SAME)), ""),
    ],
)
def test_links_that_cannot_both_hold_are_named_at_both_of_their_ends(log, links, said):
    first, second = links[0], evolve(links[1], id="l-2")
    log.append_all([first, second])
    stands = log.view().standing
    for event in ("r-1#deal", "r-2#deal"):
        printed = plain(link_lines(stands, event))
        assert printed.endswith(f"our links disagree: {said}" if said else "a slip)")
        told = [
            one.get("disagrees_with") for one in plain_links(stands.links_of(event))
        ]
        assert told == ([["l-2"], ["l-1"]] if said else [None, None])


def test_sources_that_are_linked_as_one_and_as_two_are_told_below_their_report(log):
    ends = ("r-1#paper", "r-2#paper", "source")
    log.append(link(*ends))
    log.append(link(*ends, id="l-2", relation=DIFFERENT))
    # Another thing of the same name is another thing.
    log.append(link("r-1#deal", "r-2#deal", id="l-3", relation=DIFFERENT))
    assert shown(log, 1).count("our links disagree: l-1 (") == 1
    log.append(withdrawal("l-2", "link"))
    assert "disagree" not in shown(log, 1)


def test_a_judgement_of_a_claim_that_was_changed_since_says_so(log):
    because = ("r-1#sent.stage", "r-1#how.terms")
    log.append_all([assessment(), link(because=because)])
    log.append(correction(replaces=(evolve(SENT, note="b"),)))
    log.append(correction("k-2", replaces=(evolve(SENT, note="c"),)))
    log.append(assessment("a-2"))
    log.append(correction("k-3", withdraws=("how.terms",)))
    records = [one.entry.record for one in log.entries()]
    since = changed_since(records)
    told = {one.id: dict(changed) for one, changed in since.items()}
    assert told == {
        "a-1": {"r-1#sent.stage": "k-1"},
        "l-1": {"r-1#sent.stage": "k-1", "r-1#how.terms": "k-3"},
    }
    stands = standing(records)
    assert plain(link_lines(stands, "r-1#deal", since=since)).endswith(
        "(ana: a slip) [because of r-1#sent.stage as it was before k-1]"
        " [because of r-1#how.terms as it was before k-3]"
    )
    [plain_link] = plain_links(stands.links, since)
    assert plain_link["because_before"] == told["l-1"]
    report = log.report("r-1")
    event = plain_event(report, report.events[0], {}, stands, since)
    judged = event["claims"][0]["assessments"]
    assert [one.get("of_claim_before") for one in judged] == ["k-1", None]


def test_a_judgement_of_a_claim_as_corrected_outlives_no_withdrawn_correction(log):
    log.append(correction(replaces=(evolve(SENT, note="b"),)))
    log.append(assessment())
    log.append(withdrawal("k-1", "correction"))
    records = [one.entry.record for one in log.entries()]
    [changed] = changed_since(records).values()
    assert changed == {"r-1#sent.stage": "w-1"}
    log.append(withdrawal("w-1", "withdrawal", id="w-2"))
    assert changed_since(one.entry.record for one in log.entries()) == {}


def test_a_judgement_dated_after_today_is_warned_of(log):
    judged = CredibilityGrade(Credibility("4"), by="ana", on="9999-12-31")
    printed = said_by(log, evolve(assessment(), credibility=judged))
    assert "WARNING it is dated after today, as this computer's clock" in printed
    assert "WARNING" not in said_by(log, assessment())


def test_what_another_report_takes_back_is_marked_before_it_is_judged(log):
    back = {
        "id": "back",
        "voice": "minister",
        "about": "deal",
        "stage": "delivered",
        "stance": "withdraws",
        "answers": "r-1#sent.stage",
        "quote": "عشر شاحنات سلمت",
    }
    log.append(made(report="r-3", claims=[back]))
    assert "delivered [TAKEN BACK in r-3 by وزير]" in said_by(log, assessment())
    assert "stages: delivered" not in said_by(log, link("r-1#deal", "r-3#deal"))


def test_a_list_says_in_a_line_what_a_later_record_does(log):
    document = evolve(made().report.document, language="en")
    table = {"events": (evolve(made().report.events[0], id="lot"),)}
    log.append(
        correction(
            document=document,
            adds=(evolve(HOW, id="c9"),),
            replaces=(evolve(HOW, note="b"),),
            withdraws=("sent.stage",),
            **table,
        )
    )
    assert log_line(log.entry(2)).endswith(
        "  correction k-1  corrects report r-1: adds 1, replaces 1, withdraws 1,"
        " mends document, mends events"
    )


def test_what_we_judged_later_stands_beside_the_claim_of_that_id_alone(log):
    log.append(assessment(reason="nobody else says so"))
    report, stands = log.report("r-1"), log.standing_of("r-1")
    told = told_in(report, About.parse("event:deal"))
    printer = ClaimPrinter(report, log.texts(report), assessed=stands.assessments)
    printed = plain(printer.lines(told))
    judged = "assessed 4: doubtful, by ana on 2026-01-02: nobody else says so"
    assert f"stage delivered {judged} عشر شاحنات سلمت" in printed
    assert printed.count("assessed") == 1


# Text from outside.

HOSTILE = "عربي\nENTRY 9  report forged\n\u200b<b>bold</b> %s {x}"


@pytest.mark.parametrize(
    "record",
    [
        correction(replaces=(evolve(HOW, note=HOSTILE),), reason=HOSTILE, by="آنا"),
        correction(
            events=(evolve(made().report.events[0], title="عربي (transfer)"),),
            sources=(evolve(made().report.sources[0], note=HOSTILE),),
            document=evolve(made().report.document, note=HOSTILE),
        ),
        withdrawal("r-1", "report", reason=HOSTILE, by="آنا"),
        assessment(reason=HOSTILE),
        link(reason=HOSTILE, by="آنا", because=("r-1#sent.stage",)),
        link("r-1#ruritania", "r-2#ruritania", "actor", reason=HOSTILE),
    ],
    ids=["claim", "tables", "withdrawal", "assessment", "link", "actors"],
)
def test_text_from_outside_stays_in_its_place(log, record):
    printed = list(later_lines(log, record))
    log.append(record)
    for index in (0, 2):
        printed += logged_lines(log, log.entry(index))
    stands = log.view().standing
    printed += [*link_lines(stands, "r-1#deal"), *mended_lines(stands, "r-1")]
    lines = "\n".join(printed).splitlines()
    assert any("<b>bold</b> %s {x}" in line for line in lines)
    for line in lines:
        assert not line.startswith("ENTRY 9")
        assert "\u200b" not in line
        assert line.count("\u2068") == line.count("\u2069")
        outside = re.sub("\u2068[^\u2069]*\u2069", "", line)
        assert not re.search("[\u0590-\u08ff]", outside), line
