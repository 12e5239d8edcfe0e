"""What later records refer to is in the log, and takes them; or they are refused."""

import json
from datetime import UTC, datetime

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from embargo_monitor.authoring import Amended, author
from embargo_monitor.canonical import canonical_bytes
from embargo_monitor.encoding import encode
from embargo_monitor.errors import (
    ConflictError,
    ExhibitError,
    ReferringError,
    UnknownNameError,
)
from embargo_monitor.eventlog import EventLog
from embargo_monitor.log.storage import Storage
from embargo_monitor.logged import Receipt
from embargo_monitor.model.grades import Credibility, CredibilityGrade
from embargo_monitor.model.records import (
    Assessment,
    Correction,
    Link,
    Linked,
    LinkRelation,
    Resumption,
    Withdrawal,
)
from embargo_monitor.referring import reports_named

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
TEXT = "The minister said that ten trucks were delivered."


def form(report="r-1", **changes):
    return {
        "report": report,
        "document": {
            "titles": {"en": "Ten trucks"},
            "publisher": "paper",
            "exhibits": {"text": {"file": "text.txt"}},
        },
        "actors": {"ruritania": {"kind": "state", "names": {"en": "Ruritania"}}},
        "places": {"selva": {"kind": "port", "names": {"en": "Selva"}}},
        "sources": {"paper": {"kind": "outlet", "names": {"en": "The Paper"}}},
        "voices": {"paper": ["paper"]},
        "events": {"deal": {"kind": "transfer", "title": "Ten trucks"}},
        "claims": [
            {
                "id": "c1",
                "voice": "paper",
                "about": "deal",
                "stage": "delivered",
                "quote": "ten trucks were delivered",
            },
            {"id": "c2", "voice": "paper", "about": "deal", "terms": "gift"},
        ],
        **changes,
    }


def made(**parts):
    return author(form(**parts), read={"text.txt": TEXT.encode()}.__getitem__)


FIRST, SECOND = made(), made(report="r-2")
C1, C2 = FIRST.report.claims
C3 = evolve(C2, id="c3.terms")
WHO = {"reason": "a slip", "by": "ana"}


@pytest.fixture
def log(tmp_path, clock):
    """A log of two reports."""
    with EventLog.create(tmp_path / "monitor.db", clock=clock) as opened:
        opened.append_all([FIRST, SECOND])
        yield opened


def correction(id="k-1", report="r-1", **parts):
    return Correction(id, report=report, **WHO, **parts)


def withdrawal(entry="r-1", kind="report", id="w-1", **parts):
    return Withdrawal(id, entry=entry, entry_kind=kind, **{**WHO, **parts})


def assessment(claim="r-1#c1.stage", id="a-1"):
    judged = CredibilityGrade(Credibility("4"), by="ana", on="2026-01-02")
    return Assessment(id, claim=claim, credibility=judged, reason="unlikely")


def link(first="r-1#deal", second="r-2#deal", linked="event", id="l-1", because=()):
    ends = {"linked": Linked(linked), "first": first, "second": second}
    return Link(id, relation=LinkRelation.SAME, because=because, **ends, **WHO)


def put(log, *records):
    """Append records behind the log's back, as a program without checks might."""
    with Storage.open(log.path) as storage, storage.writing() as writer:
        for one in records:
            data = encode(one, recorded=NOW, by="ana")
            writer.append(f"{one.kind}/{one.id}", data)


def put_newer(log, kind, id):
    entry = {"v": 1, "kind": kind, "kv": 9, "id": id, "by": "ana", "body": {}}
    data = canonical_bytes({**entry, "recorded": "2026-01-02T03:04:05Z"})
    with Storage.open(log.path) as storage, storage.writing() as writer:
        writer.append(f"{kind}/{id}", data)


def refusal_of(log, record):
    """Return why the log refuses a record, which it does without any effect."""
    size, root = log.size, log.root
    with pytest.raises(ReferringError) as refused:
        log.append(record)
    with pytest.raises(ReferringError) as checked:
        log.check_targets(record)
    assert str(checked.value) == str(refused.value)
    assert (refused.value.kind, refused.value.id) == (record.kind, record.id)
    assert (log.size, log.root) == (size, root)
    assert str(refused.value) == f"{record.kind} {record.id!r}: {refused.value.reason}"
    return refused.value.reason


# What is taken.


def test_every_later_record_is_taken_where_it_refers_to_what_is_there(log):
    records = [
        assessment("r-1#c1.stage"),
        link("r-1#deal", "r-2#deal", because=("r-1#c1.stage", "r-2#c2.terms")),
        link("r-1#ruritania", "r-2#ruritania", "actor", id="l-2"),
        link("r-1#paper", "r-2#paper", "source", id="l-3"),
        link("r-1#document", "r-2#document", "document", id="l-4"),
        link("r-1#selva", "r-2#selva", "place", id="l-5"),
        correction(adds=(C3,)),
        withdrawal("l-1", "link"),
        withdrawal("w-1", "withdrawal", id="w-2"),
        withdrawal("r-1"),
    ]
    records[-1] = evolve(records[-1], id="w-3")
    for one in records:
        log.check_targets(one)
        assert log.append(one).new
    assert [one.entry.record for one in log.entries(2)] == records
    log.verify()


def test_a_report_refers_to_nothing_that_must_be_there(log):
    log.check_targets(made(report="r-3", repeats="nowhere").report)


def test_a_record_may_refer_to_what_comes_before_it_in_the_same_breath(log):
    third = made(report="r-3")
    records = [third, correction(report="r-3", adds=(C3,)), assessment("r-3#c3.terms")]
    assert [one.index for one in log.append_all(records)] == [2, 3, 4]


def test_what_comes_before_a_refused_record_is_appended_and_told(log):
    records = [assessment(), assessment("r-1#c9", "a-2"), assessment(id="a-3")]
    with pytest.raises(ReferringError) as refused:
        log.append_all(records)
    assert refused.value.receipts == (Receipt(2, new=True),)
    assert [one.entry.record for one in log.entries(2)] == records[:1]


def test_the_same_later_record_again_gives_the_old_receipt(log):
    gone = withdrawal()
    log.append(gone)
    assert log.append(gone) == Receipt(2, new=False)
    with pytest.raises(ConflictError) as refused:
        log.append(evolve(gone, reason="another"))
    assert str(refused.value).endswith("is ever changed: choose another id")


@pytest.mark.parametrize(
    ("record", "named"),
    [
        (FIRST.report, ("r-1",)),
        (correction(adds=(C3,)), ("r-1",)),
        (assessment(), ("r-1",)),
        (link(because=("r-3#c1", "r-1#c1.stage")), ("r-1", "r-2", "r-3")),
        (withdrawal(), ()),
    ],
    ids=lambda one: getattr(one, "kind", ""),
)
def test_a_record_names_reports_by_what_it_says_of_them(record, named):
    assert reports_named(record) == named


# What is missing, and what is near to it.


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (
            correction(report="r-9", adds=(C3,)),
            "the log has no report 'r-9'; near: r-2, r-1",
        ),
        (correction(report="nowhere", adds=(C3,)), "the log has no report 'nowhere'"),
        (assessment("r-9#c1"), "the log has no report 'r-9'; near: r-2, r-1"),
        (link(second="nowhere#deal"), "the log has no report 'nowhere'"),
        (link(because=("nowhere#c1",)), "the log has no report 'nowhere'"),
        (withdrawal("r-3"), "the log has no report 'r-3'; near: r-2, r-1"),
        (withdrawal("k-1", "correction"), "the log has no correction 'k-1'"),
        (withdrawal("s-1", "sighting"), "the log has no sighting 's-1'"),
        (
            assessment("r-1#c1.stages"),
            "report r-1 has no claim 'c1.stages' as it stands; near: c1.stage",
        ),
        (
            assessment("r-1#c1"),
            "report r-1 has no claim 'c1' as it stands; near: c1.stage",
        ),
        (assessment("r-1#deal"), "report r-1 has no claim 'deal' as it stands"),
        (
            link("r-1#dael"),
            "report r-1 has no event 'dael' as it stands; near: deal",
        ),
        (
            link(because=("r-1#c1.stage", "r-2#c2.term")),
            "report r-2 has no claim 'c2.term' as it stands; near: c2.terms",
        ),
        (
            link("r-1#ruritania", "r-2#ruritanja", "actor"),
            "report r-2 has no actor 'ruritanja' as it stands; near: ruritania",
        ),
        (
            link("r-1#papers", "r-2#paper", "source"),
            "report r-1 has no source 'papers' as it stands; near: paper",
        ),
        (
            link("r-1#selva", "r-2#silva", "place"),
            "report r-2 has no place 'silva' as it stands; near: selva",
        ),
        (
            link("r-1#document", "r-2#documents", "document"),
            "report r-2 has no document 'documents' as it stands; near: document",
        ),
    ],
)
def test_what_is_not_in_the_log_is_refused_with_what_is_near(log, record, reason):
    assert refusal_of(log, record) == reason


@pytest.mark.parametrize(
    "record",
    [
        correction(adds=(C3,)),
        assessment(),
        link(),
        link("r-2#deal", "r-1#deal"),
        link("r-2#deal", "r-2#x", because=("r-1#c1.stage",)),
    ],
    ids=["correction", "assessment", "link", "link back", "because"],
)
def test_what_was_withdrawn_is_spoken_of_no_more(log, record):
    log.append(withdrawal(reason="not ours\nto say"))
    assert refusal_of(log, record) == "report 'r-1' was withdrawn: 'not ours\\nto say'"


def test_a_claim_that_was_withdrawn_is_spoken_of_no_more(log):
    log.append(assessment())
    log.append(correction(withdraws=("c1.stage",)))
    gone = "report r-1 has no claim 'c1.stage' as it stands"
    assert refusal_of(log, assessment(id="a-2")) == gone
    assert refusal_of(log, link(because=("r-1#c1.stage",))) == gone


def test_what_needs_a_newer_version_is_called_so_and_not_missing(log):
    put_newer(log, "report", "r-3")
    needs = "report 'r-3' needs a newer version of embargo_monitor"
    assert refusal_of(log, assessment("r-3#c1")) == needs
    assert log.append(withdrawal("r-3")).new


# Corrections that do not fit.


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        (
            {"adds": (C1,)},
            (
                "$.adds: id must be the id of no claim of the report: replace that"
                " one, got 'c1.stage'"
            ),
        ),
        (
            {"replaces": (C3,)},
            "$.replaces: id must be the id of a claim of the report, got 'c3.terms'",
        ),
        (
            {"withdraws": ("c3.terms",)},
            "$.withdraws: id must be the id of a claim of the report, got 'c3.terms'",
        ),
        (
            {"replaces": (evolve(C2, voice="pilot"),)},
            (
                "$.claims[1].voice: voices must be the id of one of the report's"
                " voices, got 'pilot'"
            ),
        ),
    ],
)
def test_a_correction_that_does_not_fit_is_refused_with_the_path(log, parts, reason):
    assert refusal_of(log, correction(**parts)) == reason


def test_a_correction_counts_from_those_before_it(log):
    log.append(correction(adds=(C3,)))
    assert refusal_of(log, correction("k-2", adds=(C3,))).startswith("$.adds: id must")
    again = evolve(C3, note="a slip of the pen")
    log.append(correction("k-2", replaces=(again,)))
    assert log.report("r-1").claims == (C1, C2, again)
    log.append(correction("k-3", withdraws=("c3.terms",)))
    assert log.report("r-1") == FIRST.report
    assert refusal_of(log, correction("k-4", replaces=(C3,))).startswith("$.replaces")


def test_an_assessment_stays_with_the_claim_that_takes_its_place(log):
    log.append(assessment())
    log.append(correction(replaces=(evolve(C1, note="b"),)))
    log.append(assessment(id="a-2"))
    stands = log.standing_of("r-1")
    assert [one.id for one in stands.assessments["r-1#c1.stage"]] == ["a-1", "a-2"]


def test_a_quote_of_a_correction_stands_in_its_exhibit(log):
    beyond = evolve(C1, quote=evolve(C1.quote, end=999))
    with pytest.raises(ExhibitError, match="a quote ends at 999 of 49 code points"):
        log.append(correction(replaces=(beyond,)))
    assert log.size == 2
    other = evolve(C1, quote=evolve(C1.quote, start=0))
    log.append(correction(replaces=(other,)))
    assert log.verify().size == 3


def test_an_exhibit_of_a_corrected_document_is_given_or_there(log):
    data = b"The minister said that ten trucks were delivered on Monday."
    read = {"text.txt": data}.__getitem__
    mended = author(form(), read=read)
    change = correction(document=mended.report.document)
    with pytest.raises(ExhibitError, match=mended.report.document.exhibits[0].digest):
        log.append(change)
    assert log.size == 2
    assert log.append(Amended(change, mended.exhibits)).new
    assert log.texts(log.report("r-1"))["text"] == data.decode()
    assert log.verify().exhibits == 2


def test_a_later_exhibit_still_holds_the_words_of_claims_that_stay(log):
    short = author(form(claims=[]), read={"text.txt": b"Ten trucks."}.__getitem__)
    change = correction(document=short.report.document)
    with pytest.raises(ExhibitError, match="a quote ends at 48 of 11 code points"):
        log.append(Amended(change, short.exhibits))
    change = evolve(change, withdraws=("c1.stage",))
    assert log.append(Amended(change, short.exhibits)).new


# Withdrawals.


def test_a_withdrawal_of_a_withdrawal_brings_back_what_it_took(log):
    log.append(correction(adds=(C3,)))
    log.append(withdrawal())
    log.append(withdrawal("w-1", "withdrawal", "w-2"))
    assert log.report("r-1").claims == (C1, C2, C3)
    assert log.append(assessment("r-1#c3.terms")).new
    log.append(withdrawal("w-2", "withdrawal", "w-3"))
    assert "r-1" not in log.view().standing.reports


def test_what_is_withdrawn_is_not_withdrawn_again(log):
    log.append(withdrawal())
    again = withdrawal(id="w-2")
    assert refusal_of(log, again) == "report 'r-1' is withdrawn already"
    log.append(withdrawal("w-1", "withdrawal", "w-3"))
    taken_back = withdrawal("w-1", "withdrawal", "w-4")
    assert refusal_of(log, taken_back) == "withdrawal 'w-1' is withdrawn already"
    assert log.append(again).new


@pytest.mark.parametrize(
    "record",
    [assessment(), link(), correction(adds=(C3,))],
    ids=lambda record: record.kind,
)
def test_every_later_record_can_be_withdrawn_once(log, record):
    log.append(record)
    log.append(withdrawal(record.id, record.kind))
    again = withdrawal(record.id, record.kind, "w-2")
    said = f"{record.kind} '{record.id}' is withdrawn already"
    assert refusal_of(log, again) == said


@pytest.mark.parametrize("id", ["w-1", "k-2"])
def test_a_correction_is_not_withdrawn_while_another_rests_on_it(log, id):
    log.append(correction("k-1", adds=(C3,)))
    log.append(correction("k-2", "r-1", replaces=(evolve(C3, note="b"),)))
    reason = refusal_of(log, withdrawal("k-1", "correction", id))
    assert reason == (
        "correction k-2 rests on it: $.replaces: id must be the id of a claim of the"
        " report, got 'c3.terms'"
    )
    log.append(withdrawal("k-2", "correction", "w-8"))
    log.append(withdrawal("k-1", "correction", "w-9"))
    assert log.report("r-1") == FIRST.report


def test_a_correction_does_not_come_back_where_another_took_its_place(log):
    log.append(correction("k-1", adds=(C3,)))
    log.append(withdrawal("k-1", "correction"))
    log.append(correction("k-2", adds=(C3,)))
    back = withdrawal("w-1", "withdrawal", "w-2")
    assert refusal_of(log, back).startswith("correction k-2 rests on it: $.adds: ")


def test_a_report_is_withdrawn_with_all_that_was_said_of_it(log):
    log.append_all([correction(adds=(C3,)), assessment("r-1#c3.terms"), link()])
    log.append(withdrawal())
    stands = log.view().standing
    assert set(stands.reports) == {"r-2"}
    assert (stands.corrections, stands.links) == ({}, ())


# A log that was written without our checks.


def test_what_fits_is_taken_though_something_before_it_did_not(log):
    put(log, correction("k-0", withdraws=("c9",)))
    assert log.append(correction("k-1", adds=(C3,))).new
    assert log.append(assessment("r-1#c3.terms")).new
    assert log.append(withdrawal("a-1", "assessment")).new
    assert log.report("r-1").claims == (C1, C2, C3)
    assert set(log.standing_of("r-1").misfits) == {"k-0"}
    assert log.append(withdrawal("k-0", "correction", "w-2")).new
    assert log.standing_of("r-1").misfits == {}


def test_withdrawals_that_stand_in_a_circle_end(log):
    put(log, withdrawal("w-2", "withdrawal", "w-1"))
    put(log, withdrawal("w-1", "withdrawal", "w-2"))
    put(log, withdrawal("w-3", "withdrawal", "w-3"))
    said = "withdrawal 'w-1' is withdrawn already"
    assert refusal_of(log, withdrawal("w-1", "withdrawal", "w-4")) == said
    assert log.append(withdrawal("w-2", "withdrawal", "w-5")).new


def test_a_withdrawal_of_what_never_was_can_be_withdrawn(log):
    put(log, withdrawal("nowhere"))
    assert log.append(withdrawal("w-1", "withdrawal", "w-2")).new


def test_what_cannot_be_read_here_is_passed_over(log):
    put_newer(log, "correction", "r-1")
    put_newer(log, "withdrawal", "r-1")
    assert log.later("report", "r-1") == []
    assert log.append(correction(adds=(C3,))).new
    assert log.report("r-1").claims == (C1, C2, C3)


# Asking a log what stands.


def test_a_report_is_given_as_it_stands_or_not_at_all(log):
    assert log.report("r-1") == FIRST.report
    with pytest.raises(UnknownNameError, match="unknown report 'r-9'"):
        log.report("r-9")
    log.append(withdrawal(reason="logged twice", by="ben"))
    with pytest.raises(ReferringError, match="report 'r-1': it was withdrawn by") as no:
        log.report("r-1")
    assert "ben" in str(no.value)
    assert "logged twice" in str(no.value)
    assert log.find("report", "r-1").entry.record == FIRST.report


def test_what_stands_of_some_reports_is_that_of_the_whole_log(log):
    records = [
        correction(adds=(C3,)),
        correction("k-2", "r-2", withdraws=("c1.stage",)),
        assessment(),
        link(),
        withdrawal("l-1", "link"),
        link(id="l-2"),
    ]
    log.append_all(records)
    whole, one = log.view().standing, log.standing_of("r-1")
    assert one.reports == {"r-1": whole.reports["r-1"]}
    assert one.corrections == {"r-1": whole.corrections["r-1"]}
    assert one.links_of("r-1#deal") == whole.links_of("r-1#deal") != ()
    assert one.withdrawals == whole.withdrawals
    assert log.standing_of("r-1", "r-2") == whole
    assert log.standing_of().reports == {}


def test_a_link_counts_while_the_report_at_its_other_end_stands(log):
    log.append_all([link(), link("r-2#deal", "r-1#deal", id="l-2")])
    put(log, link(second="r-9#deal", id="l-3"))
    put_newer(log, "report", "r-8")
    put(log, link(second="r-8#deal", id="l-4"))
    log.append(correction("k-2", "r-2", withdraws=("c1.stage",)))
    one = log.standing_of("r-1")
    assert one.links == log.view().standing.links
    assert [link.id for link in one.links] == ["l-1", "l-2"]
    assert (set(one.reports), one.corrections) == ({"r-1"}, {})
    log.append(withdrawal("r-2"))
    assert log.standing_of("r-1").links == log.view().standing.links == ()


IDS = st.sampled_from(["r", "r-1", "r-10", "r-1.x", "k-1", "a"])
PARTS = st.builds("{}#{}".format, IDS, st.sampled_from(["c", "deal", "r-1"]))


@st.composite
def later_records(draw):
    """Any later record, of few ids, among them beginnings of one another."""
    id = draw(IDS)
    first, second = draw(st.tuples(PARTS, PARTS).filter(lambda two: two[0] != two[1]))
    return draw(
        st.sampled_from(
            [
                correction(id, draw(IDS), withdraws=("r-1",)),
                withdrawal(draw(IDS), draw(st.sampled_from(KINDS)), id),
                assessment(first, id),
                link(first, second, id=id, because=tuple(draw(st.lists(PARTS)))),
            ]
        )
    )


KINDS = ("report", "correction", "withdrawal", "assessment", "link")


def said_to_refer(entry, kind, id):
    """Say it from the entry's JSON alone."""
    body = entry["body"]
    if entry["kind"] == "withdrawal":
        return (body["entry_kind"], body["entry"]) == (kind, id)
    named = [body.get("report"), body.get("claim")]
    named += [body.get("first"), body.get("second"), *body.get("because", ())]
    reports = {one.partition("#")[0] for one in named if one}
    return kind == "report" and id in reports


@settings(max_examples=60)
@given(st.lists(later_records(), unique_by=lambda one: (one.kind, one.id), max_size=9))
def test_later_gives_exactly_what_refers_to_a_record(tmp_path_factory, records):
    path = tmp_path_factory.mktemp("later") / "monitor.db"
    with EventLog.create(path) as log:
        put(log, *records)
        entries = [json.loads(one.data) for one in log.entries()]
        for kind in KINDS:
            for id_ in ("r", "r-1", "r-10", "r-1.x", "k-1", "a", "c"):
                found = [one.index for one in log.later(kind, id_)]
                assert found == [
                    index
                    for index, entry in enumerate(entries)
                    if said_to_refer(entry, kind, id_)
                ]


def test_a_resumption_refers_to_nothing_and_can_be_withdrawn(log):
    keys = [f"example.org/log+0000000{n}+{'A' * 43}=" for n in range(2)]
    fields = {"seen_size": 2, "seen_root": "0" * 64, "reason": "b", "by": "ana"}
    record = Resumption("n-1", old_key=keys[0], new_key=keys[1], **fields)
    assert reports_named(record) == ()
    log.append(record)
    before = log.view().standing.reports
    log.append(withdrawal("n-1", "resumption"))
    assert log.view().standing.reports == before
    [later] = log.later("resumption", "n-1")
    assert later.entry.envelope.id == "w-1"
