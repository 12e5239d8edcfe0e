"""What records say as they stand: corrected, and without what was withdrawn."""

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from embargo_monitor import testing
from embargo_monitor.authoring import author
from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.grades import Credibility, CredibilityGrade
from embargo_monitor.model.records import (
    Assessment,
    Correction,
    Link,
    Linked,
    LinkRelation,
    Withdrawal,
)
from embargo_monitor.model.reports import Report
from embargo_monitor.model.standing import corrected, correction_to, standing

TABLES = ("actors", "places", "sources", "voices", "events")


def row(id, stage="agreed", voice="minister", **parts):
    return {"id": id, "voice": voice, "about": "deal", "stage": stage, **parts}


def form(*claims, report="r-1", **changes):
    return {
        "report": report,
        "document": {
            "titles": {"en": "Ten trucks"},
            "publisher": "paper",
            "published": {"date": "2025-12-23"},
        },
        "actors": {
            "ruritania": {"kind": "state", "names": {"en": "Ruritania"}},
            "rebels": {"kind": "armed group", "names": {"en": "the rebels"}},
        },
        "places": {"port": {"kind": "port", "names": {"en": "the port"}}},
        "sources": {
            "minister": {
                "kind": "person",
                "names": {"en": "a minister"},
                "unnamed": True,
            },
            "paper": {"kind": "outlet", "names": {"en": "The Paper"}},
        },
        "voices": {"minister": ["minister", "paper"], "paper": ["paper"]},
        "events": {"deal": {"kind": "transfer", "title": "Ten trucks"}},
        "claims": list(claims),
        **changes,
    }


def made(*claims, **changes):
    return author(form(*claims, **changes), read={}.__getitem__).report


REPORT = made(row("c1"), row("c2", "signed"), row("c3", "delivered"))
C1, C2, C3 = REPORT.claims
C4 = evolve(C1, id="c4.stage")


def correction(id="k-1", report="r-1", **parts):
    return Correction(id, report=report, reason="a slip", by="ana", **parts)


def withdrawal(id, record):
    return Withdrawal(
        id, entry=record.id, entry_kind=record.kind, reason="logged twice", by="ana"
    )


def assessment(id="a-1", claim="r-1#c1.stage", grade="4"):
    judged = CredibilityGrade(Credibility(grade), by="ana", on="2026-01-02")
    return Assessment(id, claim=claim, credibility=judged, reason="unlikely")


def link(id="l-1", first="r-1#deal", second="r-2#deal"):
    ends = {"first": first, "second": second, "reason": "same day", "by": "ana"}
    return Link(id, relation=LinkRelation.SAME, linked=Linked.EVENT, **ends)


def claims_of(report):
    return {claim.id: claim for claim in report.claims}


# One correction.


def test_a_claim_that_is_replaced_keeps_its_place_and_a_missing_one_comes_last():
    again = evolve(C2, note="a slip of the pen")
    report = corrected(
        REPORT, correction(adds=(C4,), replaces=(again,), withdraws=("c1.stage",))
    )
    assert report.claims == (again, C3, C4)
    assert report == evolve(REPORT, claims=(again, C3, C4))


@pytest.mark.parametrize(
    ("table", "otherwise"),
    [
        ("actors", {"note": "not recognised"}),
        ("places", {"offset": "150 km north of"}),
        ("sources", {"note": "met in person"}),
        ("voices", {"speakers": REPORT.voices[1].speakers}),
        ("events", {"title": "Eleven trucks"}),
    ],
)
def test_a_row_of_a_table_is_mended_in_its_place_and_a_new_one_comes_last(
    table, otherwise
):
    first, *rest = getattr(REPORT, table)
    mended, new = evolve(first, **otherwise), evolve(first, id="new")
    report = corrected(REPORT, correction(**{table: (new, mended)}))
    assert report == evolve(REPORT, **{table: (mended, *rest, new)})


def test_the_document_is_mended_as_a_whole():
    document = evolve(REPORT.document, language="ar", published=None)
    assert corrected(REPORT, correction(document=document)).document == document
    assert corrected(REPORT, correction(adds=(C4,))).document == REPORT.document


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"adds": (C1,)}, r"^\$\.adds: id must be the id of no claim of the report"),
        ({"replaces": (C4,)}, r"^\$\.replaces: id must be the id of a claim of the"),
        ({"withdraws": ("c4",)}, r"^\$\.withdraws: id must be .*, got 'c4'$"),
    ],
)
def test_a_claim_is_added_where_it_is_not_and_mended_where_it_is(parts, words):
    with pytest.raises(InvalidValueError, match=words):
        corrected(REPORT, correction(**parts))


def denial():
    return made(row("c1"), row("c2", stance="denies", answers="c1"))


@pytest.mark.parametrize(
    ("report", "parts", "words"),
    [
        (
            denial(),
            {"withdraws": ("c1.stage",)},
            r"\$\.claims\[0\]\.refs\[0\]\.claim: claims must be .*, got 'c1.stage'",
        ),
        (
            REPORT,
            {"replaces": (evolve(C2, voice="x"),)},
            r"\$\.claims\[1\]\.voice: voices must be .*, got 'x'",
        ),
        (
            REPORT,
            {"adds": (evolve(C4, by=("nobody",)),)},
            r"\$\.claims\[3\]\.by\[0\]: actors must be .*, got 'nobody'",
        ),
        (
            REPORT,
            {"document": evolve(REPORT.document, publisher="minister")},
            r"\$\.voices\[0\]\.speakers: speakers must be the document's publisher",
        ),
        (
            made(row("c1", when={"rule": "days-before@1 1"})),
            {"document": evolve(REPORT.document, published=None)},
            r"\$\.claims\[0\]\.when\.anchor: anchor must be something with a date",
        ),
    ],
)
def test_a_report_agrees_in_its_parts_once_corrected_and_the_path_says_where_not(
    report, parts, words
):
    with pytest.raises(InvalidValueError, match=words):
        corrected(report, correction(**parts))


def test_a_voice_without_claims_stays_as_long_as_it_agrees():
    report = corrected(REPORT, correction(withdraws=tuple(claims_of(REPORT))))
    assert report.voices == REPORT.voices
    assert report.claims == ()


def test_a_voice_that_ended_with_the_wrong_publisher_goes_with_its_last_claim():
    before = made(row("c1"), row("c2", voice="paper"))
    again = form(row("c1"), row("c2", voice="gazette"))
    again["document"]["publisher"] = "gazette"
    again["sources"]["gazette"] = again["sources"].pop("paper")
    again["voices"] = {"minister": ["minister", "gazette"], "gazette": ["gazette"]}
    mended = author(again, read={}.__getitem__).report
    change = correction_to(before, mended, id="k-1", reason="a", by="ana")
    report = corrected(before, change)
    assert {voice.id for voice in report.voices} == {"minister", "gazette"}
    assert [told.speakers[-1].source for told in report.voices] == ["gazette"] * 2
    assert claims_of(report) == claims_of(mended)


def test_a_voice_that_counts_from_a_wrong_day_goes_with_its_last_claim():
    said = {"source": "minister", "said": {"rule": "days-before@1 1"}}
    voices = {"minister": [said, "paper"], "paper": ["paper"]}
    before = made(row("c1"), voices=voices)
    document = evolve(before.document, published=None)
    with pytest.raises(InvalidValueError, match=r"\$\.voices\[0\]"):
        corrected(before, correction(document=document))
    change = correction(document=document, withdraws=("c1.stage",))
    assert [voice.id for voice in corrected(before, change).voices] == ["paper"]


# A correction from a mended copy.


def changed(**parts):
    return correction_to(REPORT, evolve(REPORT, **parts), id="k", reason="a", by="ana")


def test_a_mended_copy_is_told_claim_by_claim():
    again = evolve(C2, note="a slip of the pen")
    change = changed(claims=(C4, again, C1))
    assert (change.adds, change.replaces, change.withdraws) == (
        (C4,),
        (again,),
        ("c3.stage",),
    )
    assert (change.document, change.actors, change.sources) == (None, (), ())
    assert (change.id, change.report, change.reason, change.by) == (
        *("k", "r-1", "a", "ana"),
    )


def test_what_a_mended_copy_has_no_more_stays_in_its_table():
    change = changed(actors=REPORT.actors[:1], places=(), claims=(C1,))
    assert (change.actors, change.places) == ((), ())
    assert corrected(REPORT, change).actors == REPORT.actors


@pytest.mark.parametrize(
    "parts",
    [{}, {"claims": REPORT.claims[::-1]}, {"sources": REPORT.sources[::-1]}],
    ids=["equal", "claims", "sources"],
)
def test_a_copy_that_says_the_same_is_no_correction(parts):
    with pytest.raises(InvalidValueError, match="must be a correction of something"):
        changed(**parts)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"id": "r-2"}, r"^\$: id must be as logged, 'r-1', got 'r-2'"),
        ({"note": "b"}, r"^\$: note must be as logged, '', got 'b'"),
        ({"repeats": "r-0"}, r"^\$: repeats must be as logged, '', got 'r-0'"),
    ],
)
def test_what_a_correction_cannot_mend_is_refused(parts, words):
    with pytest.raises(InvalidValueError, match=words):
        changed(**parts)


@given(testing.reports(), testing.reports())
def test_a_report_corrected_to_another_says_what_the_other_says(report, other):
    """Any two reports, as if the second were the first, mended."""
    mended = evolve(other, id=report.id, repeats=report.repeats, note=report.note)
    try:
        change = correction_to(report, mended, id="k", reason="a", by="ana")
    except InvalidValueError as error:
        assert error.field == "adds"  # noqa: PT017 (nothing differs)
        assert claims_of(report) == claims_of(mended)
        return
    found = corrected(report, change)
    assert claims_of(found) == claims_of(mended)
    assert found.document == mended.document
    for table in TABLES:
        assert set(getattr(mended, table)) <= set(getattr(found, table))
    with pytest.raises(InvalidValueError, match="a correction of something"):
        correction_to(found, mended, id="k", reason="a", by="ana")


@st.composite
def mended_copies(draw):
    """A report, and a copy of it with a few things otherwise."""
    report = draw(testing.reports())
    parts = {}
    for name in (*TABLES, "claims"):
        kept = draw(st.lists(st.sampled_from(getattr(report, name) or (None,))))
        parts[name] = tuple(one for one in dict.fromkeys(kept) if one is not None)
    chosen = draw(st.sets(st.sampled_from(sorted(parts))))
    other = draw(testing.documents())
    parts = {name: rows for name, rows in parts.items() if name in chosen}
    document = evolve(report.document, titles=other.titles, note=other.note)
    try:
        return report, evolve(report, document=document, **parts)
    except InvalidValueError:
        assume(condition=False)


@given(mended_copies())
def test_a_mended_copy_with_less_in_it_is_what_the_correction_says(pair):
    report, mended = pair
    assume(mended.claims != report.claims or mended.document != report.document)
    try:
        change = correction_to(report, mended, id="k", reason="a", by="ana")
    except InvalidValueError:
        assert set(mended.claims) == set(report.claims)
        return
    found = corrected(report, change)
    assert claims_of(found) == claims_of(mended)
    assert found.document == mended.document
    for table in TABLES:
        assert set(getattr(mended, table)) <= set(getattr(found, table))


@given(testing.reports())
def test_a_report_is_no_correction_of_itself(report):
    with pytest.raises(InvalidValueError, match="a correction of something"):
        correction_to(report, report, id="k", reason="a", by="ana")


# A whole log.


def test_corrections_are_taken_one_after_another():
    added = correction("k-1", adds=(C4,))
    again = correction("k-2", replaces=(evolve(C4, note="b"),))
    gone = correction("k-3", withdraws=("c1.stage",))
    stands = standing([REPORT, added, again, gone])
    assert stands.reports["r-1"].claims == (C2, C3, evolve(C4, note="b"))
    assert stands.corrections == {"r-1": (added, again, gone)}
    assert stands.misfits == {}


def test_what_was_withdrawn_is_left_out_and_told():
    added = correction(adds=(C4,))
    report_gone, correction_gone = withdrawal("w-1", REPORT), withdrawal("w-2", added)
    stands = standing([REPORT, added, correction_gone])
    assert (stands.reports, stands.corrections) == ({"r-1": REPORT}, {})
    assert stands.withdrawals == {("correction", "k-1"): correction_gone}
    stands = standing([REPORT, added, report_gone])
    assert (stands.reports, stands.corrections) == ({}, {})
    assert stands.withdrawals == {("report", "r-1"): report_gone}


def test_the_last_word_of_withdrawals_counts():
    words = [withdrawal("w-1", REPORT)]
    for number in range(2, 6):
        words.append(withdrawal(f"w-{number}", words[-1]))
    for count in range(6):
        stands = standing([REPORT, *words[:count]])
        assert ("r-1" in stands.reports) is (count % 2 == 0)
    back_and_gone = [*words[:2], withdrawal("w-9", REPORT)]
    assert standing([REPORT, *back_and_gone]).reports == {}


def test_assessments_stay_with_a_claim_that_is_replaced():
    first, second = assessment("a-1"), assessment("a-2", grade="2")
    change = correction(replaces=(evolve(C1, note="b"),))
    stands = standing([REPORT, first, change, second])
    assert stands.assessments == {"r-1#c1.stage": (first, second)}
    gone = standing([REPORT, first, change, second, withdrawal("w-1", first)])
    assert gone.assessments == {"r-1#c1.stage": (second,)}


def test_a_link_joins_what_stands_at_both_ends():
    other = made(row("c1"), report="r-2")
    one = link()
    stands = standing([REPORT, other, one])
    assert stands.links_of("r-1#deal") == stands.links_of("r-2#deal") == (one,)
    assert stands.links_of("r-1#other") == ()
    for gone in (REPORT, other, one):
        withdrawn = standing([REPORT, other, one, withdrawal("w-1", gone)])
        assert withdrawn.links == ()
    for records in ([REPORT, one], [other, one], [one]):
        assert standing(records).links == ()
    assert standing([one, other, REPORT]).links == (one,)


def test_a_correction_is_applied_though_it_stands_before_its_report():
    """Only a log that was written without our checks has that."""
    first, second = correction("k-1", adds=(C4,)), correction("k-2", withdraws=(C4.id,))
    stands = standing([first, second, REPORT])
    assert stands.reports == {"r-1": REPORT}
    assert stands.corrections == {"r-1": (first, second)}
    assert set(standing([second, first, REPORT]).misfits) == {"k-2"}


def test_what_does_not_fit_is_told_and_not_applied_and_the_rest_is():
    """A log that was written without our checks holds anything."""
    other = made(row("c1"), report="r-2")
    stray, circle = correction("k-0", "nowhere", adds=(C4,)), withdrawal("w-1", REPORT)
    stands = standing(
        [
            stray,
            REPORT,
            correction("k-1", adds=(C1,)),
            correction("k-2", withdraws=("c9",)),
            correction("k-3", adds=(C4,)),
            assessment(claim="nowhere#c1"),
            link(second="nowhere#deal"),
            other,
            withdrawal("w-0", withdrawal("w-9", other)),
            evolve(circle, entry="w-1", entry_kind="withdrawal"),
        ]
    )
    assert stands.reports["r-1"].claims == (*REPORT.claims, C4)
    assert [one.id for one in stands.corrections["r-1"]] == ["k-3"]
    assert stands.misfits == {
        "k-1": "$.adds: id must be the id of no claim of the report: replace that one,"
        " got 'c1.stage'",
        "k-2": "$.withdraws: id must be the id of a claim of the report, got 'c9'",
    }
    assert stands.links == ()
    assert set(stands.reports) == {"r-1", "r-2"}


WHAT = st.sampled_from(
    ["adds", "replaces", "withdraws", "withdrawal", "assessment", "link"]
)


@st.composite
def histories(draw):
    """Two reports, and what may come after them, fit or not."""
    records = [REPORT, made(row("c1"), row("c2", "signed"), report="r-2")]
    steps = draw(st.lists(st.tuples(WHAT, st.integers(0, 99)), max_size=12))
    for at, (what, which) in enumerate(steps):
        report = f"r-{1 + which % 2}"
        claim = evolve(C1, id=f"c{which % 5}.stage", note=f"step {at}")
        if what == "withdrawal":
            standing_now = [one for one in records if is_in_force(records, one)]
            target = standing_now[which % len(standing_now)]
            records.append(withdrawal(f"w-{at}", target))
        elif what == "assessment":
            records.append(assessment(f"a-{at}", claim=f"{report}#{claim.id}"))
        elif what == "link":
            records.append(link(f"l-{at}"))
        else:
            part = claim.id if what == "withdraws" else claim
            records.append(correction(f"k-{at}", report, **{what: (part,)}))
    return records


def is_in_force(records, record):
    """Whether no withdrawal that is in force itself speaks of it."""
    return not any(
        (one.entry_kind, one.entry) == (record.kind, record.id)
        and is_in_force(records, one)
        for one in records
        if isinstance(one, Withdrawal)
    )


@given(histories())
def test_what_stands_is_what_comes_of_the_records_one_by_one(records):
    reports, assessments, links = {}, {}, []
    in_force = [one for one in records if is_in_force(records, one)]
    for one in in_force:
        if isinstance(one, Report):
            reports[one.id] = one
        elif isinstance(one, Correction) and one.report in reports:
            try:
                reports[one.report] = corrected(reports[one.report], one)
            except InvalidValueError:
                assert one.id in standing(records).misfits
        elif isinstance(one, Assessment):
            assessments.setdefault(one.claim, []).append(one)
        elif isinstance(one, Link):
            links.append(one)
    stands = standing(records)
    assert stands.reports == reports
    assert {key: list(made) for key, made in stands.assessments.items()} == assessments
    assert list(stands.links) == (links if len(reports) == 2 else [])
    withdrawn = {
        (one.entry_kind, one.entry): one
        for one in in_force
        if isinstance(one, Withdrawal)
    }
    assert stands.withdrawals == withdrawn


@given(histories())
def test_what_stood_earlier_is_read_out_of_the_records_that_were_there(records):
    for count in range(1, len(records)):
        before, one = standing(records[:count]), records[count]
        after = standing(records[: count + 1])
        if isinstance(one, Correction) and one.report in before.reports:
            misfit = one.id in after.misfits
            report = before.reports[one.report]
            now = report if misfit else corrected(report, one)
            assert after.reports == {**before.reports, one.report: now}
        elif isinstance(one, Assessment):
            judged = (*before.assessments.get(one.claim, ()), one)
            assert after.assessments == {**before.assessments, one.claim: judged}
            assert after.reports == before.reports
