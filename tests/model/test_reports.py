"""A report as a whole: its parts agree, or the path says which do not."""

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from embargo_monitor.digests import digest_of
from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.about import About
from embargo_monitor.model.actors import Actor, ActorKind, Place, PlaceKind
from embargo_monitor.model.claims import (
    ActorIs,
    EmbargoIs,
    GoodsAre,
    MentionIs,
    PartyIs,
    Says,
    StageIs,
)
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.documents import Basis, Document, Reading
from embargo_monitor.model.events import Event, EventKind
from embargo_monitor.model.goods import Item, Nature
from embargo_monitor.model.names import Name
from embargo_monitor.model.quotes import Exhibit, Quote
from embargo_monitor.model.refs import Ref, RefKind
from embargo_monitor.model.reports import Report
from embargo_monitor.model.rules import Rule
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.vocabulary import MentionRole, Position, Relation, Role
from embargo_monitor.model.voices import Source, SourceKind, Speaker, Voice
from embargo_monitor.model.when import Anchor, AnchorKind, When
from embargo_monitor.seeds import seed_report
from embargo_monitor.testing import reports

NAMES = (Name("a"),)
PUBLISHED = Anchor(AnchorKind.PUBLISHED)
WRITTEN = Anchor(AnchorKind.WRITTEN)
SAID = Anchor(AnchorKind.SAID)
WEEK = Rule("previous-week-mon@1")
DEAL = About.parse("event:deal")


def exhibit(id_="text", parent=""):
    return Exhibit(id_, digest_of(b""), media_type="text/plain", size=0, parent=parent)


def document(**parts):
    printed = Reading(ImpreciseDate("2025-12-23"), Basis.PRINTED)
    fields = {"published": printed, "exhibits": (exhibit(),), **parts}
    return Document(titles=NAMES, **{"publisher": "page", **fields})


def source(id_, **parts):
    return Source(id_, SourceKind.OUTLET, names=NAMES, **parts)


def voice(id_, *sources, said=None):
    first, *rest = sources
    return Voice(id_, (Speaker(first, said=said), *map(Speaker, rest)))


def says(id_="c1", **parts):
    return Says(id=id_, **{"about": DEAL, "voice": "cnn", "text": "a", **parts})


def counted(date, rule=WEEK, anchor=PUBLISHED, **parts):
    return When(ImpreciseDate(date), rule=rule, anchor=anchor, **parts)


def of_claim(id_):
    return Anchor(AnchorKind.CLAIM, claim=id_)


def report(*claims, **parts):
    fields = {
        "document": document(),
        "actors": (
            Actor("lna", ActorKind.ARMED_GROUP, names=NAMES),
            Actor("hull", ActorKind.VESSEL, names=NAMES),
        ),
        "places": (Place("port", PlaceKind.PORT, names=NAMES),),
        "sources": (source("page"), source("cnn")),
        "voices": (voice("page", "page"), voice("cnn", "cnn", "page")),
        "events": (Event("deal", EventKind.TRANSFER, title="a deal"),),
        **parts,
    }
    return Report("r", claims=claims, **fields)


def fault(*claims, **parts):
    with pytest.raises(InvalidValueError) as caught:
        report(*claims, **parts)
    return caught.value


def other(kind, **parts):
    return kind(id="c1", voice="cnn", **{"about": DEAL, **parts})


def test_the_article_is_a_report_whose_parts_agree():
    article = seed_report().report
    assert len(article.claims) > 20
    assert {
        article.voice_of(claim).speakers[-1].source for claim in article.claims
    } == {article.document.publisher}


@settings(max_examples=40)
@given(reports())
def test_every_claim_has_a_voice_that_ends_with_the_publisher(one):
    for claim in one.claims:
        assert one.voice_of(claim).id == claim.voice
        assert one.voice_of(claim).speakers[-1].source == one.document.publisher


def test_a_report_may_make_no_claim():
    assert report().claims == ()


# Ids.


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("$.document.exhibits[1]", {"document": document(exhibits=(exhibit(),) * 2)}),
        ("$.actors[1]", {"actors": (Actor("a", ActorKind.BODY, names=NAMES),) * 2}),
        ("$.places[1]", {"places": (Place("a", PlaceKind.SEA, names=NAMES),) * 2}),
        ("$.sources[1]", {"sources": (source("page"),) * 2}),
        ("$.voices[1]", {"voices": (voice("page", "page"),) * 2}),
        ("$.events[1]", {"events": (Event("a", EventKind.SUM, title="a"),) * 2}),
    ],
)
def test_an_id_means_one_thing(path, parts):
    found = fault(**parts)
    assert found.path == path
    assert found.wanted == "used once"


def test_a_claim_has_an_id_of_its_own():
    found = fault(says("c1"), says("c2"), says("c1"))
    assert (found.path, found.value) == ("$.claims[2]", "c1")


def test_tables_may_use_the_same_ids():
    same = report(
        says("page"),
        actors=(Actor("page", ActorKind.BODY, names=NAMES),),
        places=(Place("page", PlaceKind.SEA, names=NAMES),),
    )
    assert same.claims[0].id == same.actors[0].id


def speaking(id_, **parts):
    return {"sources": (source("page"), source("cnn"), source(id_, **parts))}


@pytest.mark.parametrize(
    ("path", "what", "parts"),
    [
        ("$.document.publisher", "sources", {"document": document(publisher="x")}),
        (
            "$.document.exhibits[1].parent",
            "exhibits",
            {"document": document(exhibits=(exhibit(), exhibit("scan", "x")))},
        ),
        ("$.sources[2].actor", "actors", speaking("x", actor="ly")),
        ("$.sources[2].part_of", "sources", speaking("x", part_of="y")),
        (
            "$.voices[1].speakers[1].source",
            "sources",
            {"voices": (voice("page", "page"), voice("cnn", "cnn", "x", "page"))},
        ),
    ],
)
def test_what_a_part_names_is_there(path, what, parts):
    found = fault(**parts)
    assert found.path == path
    assert found.wanted == f"the id of one of the report's {what}"


ELSEWHERE = Quote("scan", start=0, end=1)
ITEM = Item("a hull", Nature.VESSEL, individual="x")


@pytest.mark.parametrize(
    ("path", "what", "claim"),
    [
        ("voice", "voices", says(voice="x")),
        ("about", "events", says(about=About.parse("event:x"))),
        ("about", "actors", says(about=About.parse("actor:x"))),
        ("quote.exhibit", "exhibits", says(quote=ELSEWHERE)),
        (
            "refs[1].claim",
            "claims",
            says(refs=(Ref(RefKind.WITHIN, "c0"), Ref(RefKind.WITHIN, "x"))),
        ),
        ("actor", "actors", other(PartyIs, role=Role.BUYER, actor="x")),
        ("for", "actors", other(PartyIs, role=Role.BUYER, actor="lna", for_="x")),
        ("item.individual", "actors", other(GoodsAre, item=ITEM)),
        (
            "items[1].individual",
            "actors",
            other(
                MentionIs,
                items=(evolve(ITEM, individual="hull"), ITEM),
                as_=MentionRole.UNCLEAR,
            ),
        ),
        (
            "actor",
            "actors",
            other(
                MentionIs,
                items=(evolve(ITEM, individual=""),),
                as_=MentionRole.PARTYS_OWN,
                actor="x",
            ),
        ),
        ("by[1]", "actors", other(StageIs, stage=Stage.HELD, by=("lna", "x"))),
        ("place", "places", other(StageIs, stage=Stage.HELD, place="x")),
        ("from", "places", other(StageIs, stage=Stage.HELD, from_="x")),
        ("to", "places", other(StageIs, stage=Stage.HELD, place="port", to="x")),
        (
            "by[0]",
            "actors",
            other(EmbargoIs, regime="a", position=Position.GRANTED, by=("x",)),
        ),
        (
            "actor",
            "actors",
            other(
                ActorIs,
                about=About.parse("actor:lna"),
                relation=Relation.LED_BY,
                actor="x",
            ),
        ),
        (
            "when.quote.exhibit",
            "exhibits",
            says(when=When(ImpreciseDate("2025"), wording="العام", quote=ELSEWHERE)),
        ),
    ],
)
def test_what_a_claim_names_is_there(path, what, claim):
    found = fault(says("c0"), claim)
    assert found.path == f"$.claims[1].{path}"
    assert found.wanted == f"the id of one of the report's {what}"


def test_a_claim_may_name_all_that_is_there():
    made = report(
        says("c0", about=About.parse("actor:lna"), quote=Quote("text", start=0, end=1)),
        other(
            StageIs,
            stage=Stage.SHIPPED,
            by=("lna",),
            place="port",
            from_="port",
            to="port",
            refs=(Ref(RefKind.RESTS_ON, "c0"), Ref(RefKind.ANSWERS, "c2")),
        ),
        says("c2", about=About.parse("regime:a-regime-of-no-table")),
    )
    assert len(made.claims) == 3


@pytest.mark.parametrize("sources", [("cnn",), ("page", "cnn")])
def test_a_voice_ends_with_the_publisher(sources):
    found = fault(voices=(voice("page", "page"), voice("cnn", *sources)))
    assert found.path == "$.voices[1].speakers"
    assert found.wanted == "the document's publisher, page, as last speaker"


def test_where_a_saying_was_dated_is_there():
    said = When(ImpreciseDate("2025"), wording="العام", quote=ELSEWHERE)
    found = fault(voices=(voice("cnn", "cnn", "page", said=said),))
    assert found.path == "$.voices[0].speakers[0].said.quote.exhibit"


# Circles.


@pytest.mark.parametrize("length", [1, 2, 3, 7])
def test_claims_do_not_hang_on_one_another_in_a_circle(length):
    ids = [f"c{number}" for number in range(length)]
    following = [*ids[1:], ids[0]]
    claims = [
        says(id_, refs=(Ref(RefKind.WITHIN, after),))
        for id_, after in zip(ids, following, strict=True)
    ]
    found = fault(*claims)
    assert (found.path, found.wanted) == ("$.claims[0].refs", "free of circles")
    assert report(*claims[:-1], says(ids[-1]))


def test_many_ways_to_one_claim_are_no_circle():
    both = (Ref(RefKind.WITHIN, "b"), Ref(RefKind.WITHIN, "c"))
    last = (Ref(RefKind.WITHIN, "d"),)
    claims = (says("a", refs=both), says("b", refs=last), says("c", refs=last))
    assert report(*claims, says("d"))


def test_a_circle_further_on_is_told_where_it_is():
    found = fault(
        says("a", refs=(Ref(RefKind.WITHIN, "b"),)),
        says("b", refs=(Ref(RefKind.ANSWERS, "c"),)),
        says("c", refs=(Ref(RefKind.WITHIN, "b"),)),
    )
    assert found.path == "$.claims[1].refs"


@pytest.mark.parametrize("wholes", [("x", ""), ("y", "x")])
def test_a_source_is_no_part_of_itself(wholes):
    found = fault(
        sources=(
            source("page"),
            source("cnn"),
            source("x", part_of=wholes[0]),
            source("y", part_of=wholes[1]),
        )
    )
    assert (found.path, found.wanted) == ("$.sources[2].part_of", "free of circles")


def test_an_exhibit_is_not_extracted_from_itself():
    held = (exhibit("text", "scan"), exhibit("scan", "text"))
    found = fault(document=document(exhibits=held))
    assert found.path == "$.document.exhibits[0].parent"
    assert found.wanted == "free of circles"


@pytest.mark.parametrize("named", ["c2", "nothing.here"])
def test_a_claim_of_the_report_is_not_named_from_outside(named):
    def claims(report_id):
        refs = (
            Ref(RefKind.RESTS_ON, "c2"),
            Ref(RefKind.ANSWERS, f"{report_id}#{named}"),
        )
        return says("c1", refs=refs), says("c2")

    made = report(*claims("elsewhere"))
    with pytest.raises(InvalidValueError) as caught:
        evolve(made, claims=claims(made.id))
    assert str(caught.value) == (
        f"$.claims[0].refs[1].claim: claim must be the local id, {named}, in its own"
        f" report, got '{made.id}#{named}'"
    )


def test_dates_do_not_count_from_one_another_in_a_circle():
    found = fault(
        says("c1", when=counted("2025-12", Rule("month-before@1"), of_claim("c2"))),
        says("c2", when=counted("2025-12", Rule("month-before@1"), of_claim("c1"))),
    )
    assert (found.path, found.wanted) == ("$.claims[0].when.anchor", "free of circles")


def test_a_bound_may_close_no_circle_either():
    after = counted("[2025-12-23..2025-12-31]", Rule("after@1"), until=of_claim("c1"))
    found = fault(says("c1", when=after))
    assert (found.path, found.wanted) == ("$.claims[0].when.anchor", "free of circles")


def test_a_saying_may_close_no_circle_either():
    """The saying counts from a claim that counts from the saying."""
    before = Rule("before@1")
    said = counted("[..2025-12-23]", before, of_claim("c1"))
    found = fault(
        says("c1", when=counted("[..2025-12-23]", before, SAID)),
        voices=(voice("page", "page"), voice("cnn", "cnn", "page", said=said)),
    )
    assert (found.path, found.wanted) == ("$.claims[0].when.anchor", "free of circles")


def test_a_saying_may_count_from_a_claim_that_does_not_count_from_it():
    said = counted("2025-11", Rule("month-before@1"), of_claim("c1"))
    made = report(
        says("c1", voice="page", when=When(ImpreciseDate("2025-12-23"))),
        says("c2", when=counted("2025-10", Rule("month-before@1"), SAID)),
        voices=(voice("page", "page"), voice("cnn", "cnn", "page", said=said)),
    )
    assert made.date_of(SAID, made.claims[1]) == ImpreciseDate("2025-11")


# Dates are reckoned again.


@pytest.mark.parametrize(
    ("anchor", "date"),
    [
        (PUBLISHED, "[2025-12-15..2025-12-21]"),
        (WRITTEN, "[2025-12-08..2025-12-14]"),
        (SAID, "[2025-12-01..2025-12-07]"),
        (of_claim("visit"), "[2025-11-24..2025-11-30]"),
        (
            Anchor(AnchorKind.DAY, day=ImpreciseDate("2025-11-28"), reason="told"),
            "[2025-11-17..2025-11-23]",
        ),
    ],
)
def test_a_date_is_what_its_rule_gives(anchor, date):
    written = Reading(ImpreciseDate("2025-12-16"), Basis.METADATA)
    said = When(ImpreciseDate("2025-12-09"))
    parts = {
        "document": document(written=written),
        "voices": (voice("page", "page"), voice("cnn", "cnn", "page", said=said)),
    }
    visit = says("visit", when=When(ImpreciseDate("2025-12-05")))
    made = report(visit, says("c1", when=counted(date, anchor=anchor)), **parts)
    assert made.claims[1].when.date == ImpreciseDate(date)
    wrong = says("c1", when=counted("[2025-12-22..2025-12-28]", anchor=anchor))
    found = fault(visit, wrong, **parts)
    assert (found.path, found.field) == ("$.claims[1].when", "date")
    counts_from = made.date_of(anchor, made.claims[1])
    assert found.wanted == f"{date}, as {WEEK} counts from {counts_from}"


@given(st.integers(1, 28), st.data())
def test_a_date_that_its_rule_does_not_give_is_refused(printed, data):
    wanted = data.draw(st.integers(1, printed))
    rule = Rule("days-before@1", str(printed - wanted))
    reading = Reading(ImpreciseDate(f"2026-02-{printed:02}"), Basis.PRINTED)
    parts = {"document": document(published=reading)}
    assert report(says(when=counted(f"2026-02-{wanted:02}", rule)), **parts)
    wrong = counted(f"2026-02-{wanted % 28 + 1:02}", rule)
    assert fault(says(when=wrong), **parts).path == "$.claims[0].when"


def test_a_date_after_another_is_bounded_by_its_saying():
    said = When(ImpreciseDate("2025-12-23"))
    voices = (voice("page", "page"), voice("cnn", "cnn", "page", said=said))
    visit = says("visit", when=counted("[2025-12-15..2025-12-21]"))
    rule, anchor = Rule("after@1"), of_claim("visit")
    right = counted("[2025-12-15..2025-12-23]", rule, anchor, until=SAID)
    assert report(visit, says(when=right), voices=voices)
    wrong = counted("[2025-12-15..2025-12-21]", rule, anchor, until=SAID)
    found = fault(visit, says(when=wrong), voices=voices)
    assert found.path == "$.claims[1].when"


def test_the_date_of_a_saying_is_reckoned_again():
    def told(date):
        said = counted(date, Rule("weekday-on-or-before@1", "tuesday"))
        return (voice("cnn", "cnn", "page", said=said),)

    assert report(voices=told("2025-12-23"))
    found = fault(voices=told("2025-12-16"))
    assert found.path == "$.voices[0].speakers[0].said"


def test_a_doubt_about_the_anchor_stays_with_the_anchor():
    doubtful = Reading(ImpreciseDate("2025-12-23?"), Basis.INFERRED, reason="relays")
    parts = {"document": document(published=doubtful)}
    assert report(says(when=counted("[2025-12-15..2025-12-21]")), **parts)


@pytest.mark.parametrize(
    ("anchor", "of"),
    [
        (WRITTEN, "writing"),
        (SAID, "the saying"),
        (of_claim("undated"), "the date of claim undated"),
        (of_claim("nowhere"), "the date of claim nowhere"),
    ],
)
def test_what_a_date_counts_from_has_a_date(anchor, of):
    claim = says(when=counted("2025", anchor=anchor))
    found = fault(says("undated"), claim)
    assert (found.path, found.field) == ("$.claims[1].when.anchor", "anchor")
    assert found.wanted == f"something with a date: {of} has none"


def test_a_report_without_day_of_publication_has_none_to_count_from():
    found = fault(says(when=counted("2025")), document=document(published=None))
    assert found.wanted == "something with a date: publication has none"


def test_what_bounds_a_date_has_a_date():
    when = counted("[2025-12-23..2025-12-31]", Rule("after@1"), until=SAID)
    assert fault(says(when=when)).path == "$.claims[0].when.until"


def test_a_saying_does_not_count_from_itself():
    said = counted("[..2025-12-23]", Rule("before@1"), SAID)
    found = fault(voices=(voice("cnn", "cnn", "page", said=said),))
    assert found.path == "$.voices[0].speakers[0].said.anchor"


def test_a_rule_that_cannot_count_from_there_is_told_where_it_stands():
    early = Reading(ImpreciseDate("0001-01-01"), Basis.PRINTED)
    parts = {"document": document(published=early)}
    found = fault(says(when=counted("0001")), **parts)
    assert (found.path, found.field) == ("$.claims[0].when", "anchor")
    assert found.wanted.startswith("late enough that previous-week-mon@1 stays")


def test_a_reading_against_print_and_a_printed_date_are_taken_as_they_stand():
    misprint = When(
        ImpreciseDate("2025-12-24?"), rule=Rule("reading@1"), reason="a misprint"
    )
    assert report(says("a", when=misprint), says("b", when=When(ImpreciseDate("1970"))))


@settings(max_examples=40)
@given(reports())
def test_what_a_date_counts_from_can_be_asked_for(one):
    for claim in one.claims:
        when = getattr(claim, "when", None)
        if when is None or when.anchor is None:
            continue
        date = one.date_of(when.anchor, claim)
        assert isinstance(date, ImpreciseDate)
        if when.anchor.of is AnchorKind.PUBLISHED:
            assert date == one.document.published.date


def test_asking_for_a_date_that_is_not_there_says_so():
    made = report(says("c1"))
    with pytest.raises(InvalidValueError, match="the saying has none"):
        made.date_of(SAID, made.claims[0])
    with pytest.raises(InvalidValueError, match="the saying has none"):
        made.date_of(SAID, None)


def test_a_report_repeats_another_one():
    assert report(repeats="r-0").repeats == "r-0"
    with pytest.raises(InvalidValueError, match="repeats must be another report"):
        report(repeats="r")
