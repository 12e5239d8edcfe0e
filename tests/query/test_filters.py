"""What filters mean: what satisfies each of them, what may, and what does not."""

from datetime import UTC, datetime

import pytest
from attrs import evolve

import embargo_monitor as em
from embargo_monitor.errors import InvalidValueError, UnknownNameError
from embargo_monitor.model.about import About, AboutKind
from embargo_monitor.model.claims import ActorIs, EmbargoIs, MentionIs, Says
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.documents import Basis, Reading
from embargo_monitor.model.goods import Category, Item, Nature
from embargo_monitor.model.grades import (
    Credibility,
    CredibilityGrade,
    Reliability,
    ReliabilityGrade,
)
from embargo_monitor.model.identifiers import Identifier
from embargo_monitor.model.names import Name
from embargo_monitor.model.quotes import Exhibit, Quote, Wording
from embargo_monitor.model.records import Assessment
from embargo_monitor.model.refs import Ref, RefKind
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Hedge, Known, Stance
from embargo_monitor.model.vocabulary import MentionRole, Position, Relation
from embargo_monitor.model.voices import Speaker, Voice
from embargo_monitor.model.when import When
from embargo_monitor.query import matching
from embargo_monitor.query.filters import Beside, Filters
from embargo_monitor.query.stepping import has_reached


def answer(told, beside=None, **asked):
    """How certainly the one event of a report matches."""
    found = matching.ordered(matching.each_event(told, Filters(**asked), beside=beside))
    return found[0].certainty.name if found else "NO"


def answers(told, beside=None, **asked):
    """How certainly each claim matches, by its local id."""
    found = matching.ordered(matching.each_claim(told, Filters(**asked), beside=beside))
    return {one.claim.claim.id: one.certainty.name for one in found}


SAID = (Stance.ASSERTS, Stance.CONFIRMS)
LNA_NAMES = ("lna", "Libyan National Army", "الجيش الوطني الليبي", "gazetteer:lna")


@pytest.mark.parametrize("name", LNA_NAMES)
def test_one_is_found_by_any_name_code_or_identifier(tell, name):
    assert answer(tell.told(tell.party("recipient", "lna")), recipient=name) == "YES"


@pytest.mark.parametrize(
    ("who", "asked", "wanted"),
    [
        ("bare-lna", "lna", "MAYBE"),  # equal spelling proves nothing
        ("bare-lna", "Libyan National Army", "MAYBE"),
        ("army", "Pakistan", "MAYBE"),  # it belongs to it
        ("pk", "pk-army", "NO"),
        ("nameless-state", "PK", "YES"),
        ("acme", "Acme Trading", "YES"),
        ("accent", "Acme Trading", "MAYBE"),
        ("acme", "imo:9074729", "YES"),
        ("tr", "Pakistan", "NO"),
        ("lna", "Libya", "NO"),  # its territory is not whom it acts for
    ],
)
def test_how_certainly_an_actor_is_the_one_asked_for(tell, who, asked, wanted):
    assert answer(tell.told(tell.party("supplier", who)), supplier=asked) == wanted


def test_a_name_that_two_entries_bear_makes_nothing_certain(tell):
    gazetteer = em.Gazetteer.bundled()
    name, entry = next(
        (name.text, found[0].entry)
        for one in gazetteer
        for name in one.names
        if len(found := gazetteer.find(name.text)) > 1
        and not any(match.certainty is em.Truth.YES for match in found)
    )
    actors = (evolve(tell.base.actors[0], same_as=(_gazetteer(entry.id),)),)
    told = tell.told(tell.party("supplier", "pk"), actors=actors)
    assert answer(told, supplier=name) == "MAYBE"


def _gazetteer(id_):
    return Identifier.parse(f"gazetteer:{id_}")


def test_one_known_elsewhere_under_that_name_may_be_found_by_an_identifier(tell):
    other = evolve(tell.base.actors[5], id="b", names=(Name("B Line", language="en"),))
    actors = (*tell.base.actors, other)
    told = tell.told(tell.party("supplier", "b"), actors=actors)
    assert answer(told, supplier="acme trading") == "MAYBE"


@pytest.mark.parametrize("name", ["Pakistn", "Acme Tradin", "imo:9176187", "\u0130*%"])
def test_an_unknown_name_is_refused_and_near_ones_are_named(tell, name):
    with pytest.raises(UnknownNameError) as refused:
        answer(tell.told(tell.party("supplier", "pk")), supplier=name)
    near = {"Pakistn": "Pakistan", "Acme Tradin": "Acme Trading"}.get(name)
    assert near is None or near in refused.value.near


@pytest.mark.parametrize("asked", [{"relevance": "no-such"}, {"regime": "no-such"}])
def test_an_unknown_regime_is_refused(tell, asked):
    with pytest.raises(UnknownNameError):
        answer(tell.told(tell.stage("agreed")), **asked)


def test_whom_a_party_acts_for_counts_as_well(tell):
    told = tell.told(tell.party("supplier", "acme", for_="tr"))
    assert answer(told, supplier="Turkey") == "YES"


def test_party_asks_for_any_role(tell):
    told = tell.told(tell.party("broker", "tr"))
    assert answer(told, party="Turkey") == "YES"
    assert answer(told, supplier="Turkey") == "MAYBE"
    assert answer(told, party="Pakistan") == "NO"


def test_what_nobody_says_of_a_transfer_may_be_so(tell):
    told = tell.told(tell.stage("agreed"))
    [match] = matching.ordered(
        matching.each_event(told, Filters(recipient="lna", value="5 USD"))
    )
    assert match.certainty is em.Truth.MAYBE
    assert [str(one) for one in match.because] == [
        "recipient: MAYBE (nobody says who receives)",
        "value: MAYBE (nobody says for how much)",
    ]


@pytest.mark.parametrize("kind", ["contact", "pact"])
def test_what_moves_no_goods_has_no_recipient_goods_or_value(tell, kind):
    told = tell.told(tell.stage("held", to="benghazi"), kind=kind)
    for asked in (
        {"recipient": "lna"},
        {"nature": "arms"},
        {"value": "1 USD"},
        {"destination": "Libya"},
    ):
        assert answer(told, **asked) == "NO"
    assert answer(told, stage="held") == "YES"


@pytest.mark.parametrize("stance", [one for one in Stance if one not in SAID])
def test_only_what_is_said_to_be_so_satisfies(tell, stance):
    claim = tell.party("supplier", "pk", stance=stance)
    told = tell.told(claim, tell.party("supplier", "tr", "other"))
    assert answer(told, supplier="Pakistan") == "NO"
    assert answers(told, supplier="Pakistan") == {"c": "YES"}


def test_what_was_taken_back_satisfies_nothing(tell):
    back = tell.party(
        "supplier",
        "pk",
        "back",
        stance=Stance.WITHDRAWS,
        refs=(Ref(RefKind.ANSWERS, "c"),),
    )
    told = tell.told(
        tell.party("supplier", "pk"), tell.party("supplier", "tr", "other"), back
    )
    assert answer(told, supplier="Pakistan") == "NO"
    [outside] = em.told_in(
        evolve(
            tell.base,
            id="later",
            claims=(evolve(back, refs=(Ref(RefKind.ANSWERS, "r#other"),)),),
        )
    )
    assert answer(told, Beside(taking_back=(outside,)), supplier="Turkey") == "MAYBE"


def test_a_hedge_makes_nothing_certain_of_an_event(tell):
    told = tell.told(tell.party("supplier", "pk", hedge=Hedge.SUSPECTED))
    assert answer(told, supplier="Pakistan") == "MAYBE"
    assert answer(told, source="The Paper") == "YES"
    assert answers(told, supplier="Pakistan") == {"c": "YES"}


def test_filters_are_combined_and_the_claims_told(tell):
    told = tell.told(tell.party("supplier", "pk", "p"), tell.stage("paid", "s"))
    [match] = matching.ordered(
        matching.each_event(told, Filters(supplier="PK", stage_at_least="licensed"))
    )
    assert match.certainty is em.Truth.MAYBE
    assert list(map(str, match.because)) == [
        "supplier: YES (r#p)",
        "stage_at_least: MAYBE (r#s)",
    ]
    assert answer(told, supplier="TR", stage_at_least="licensed") == "NO"


@pytest.mark.parametrize(
    ("stage", "least", "wanted"),
    [
        ("agreed", "agreed", "YES"),
        ("delivered", "intent", "YES"),
        ("shipped", "licensed", "YES"),
        ("agreed", "signed", "NO"),
        ("paid", "in production", "MAYBE"),
        ("requested", "offered", "MAYBE"),
        ("found", "delivered", "MAYBE"),
        ("in use", "agreed", "MAYBE"),
        *((off, "intent", "NO") for off in ("refused", "intercepted", "returned")),
        *((off, "intent", "NO") for off in ("suspended", "resumed", "cancelled")),
        *((off, "intent", "NO") for off in ("announced", "held")),
    ],
)
def test_how_far_a_stage_is_along_the_line(tell, stage, least, wanted):
    assert has_reached(Stage(stage), Stage(least)).name == wanted
    assert answer(tell.told(tell.stage(stage)), stage_at_least=least) == wanted


def test_a_stage_is_asked_as_it_was_told(tell):
    told = tell.told(tell.stage("delivered"))
    assert answer(told, stage="delivered") == "YES"
    assert answer(told, stage="agreed") == "NO"
    assert answer(tell.told(tell.value("5 USD")), stage="agreed") == "MAYBE"


@pytest.mark.parametrize(
    ("fields", "recipient", "wanted"),
    [
        ({"to": "benghazi"}, None, "YES"),
        ({"to": "izmir"}, None, "NO"),
        ({"to": "somewhere"}, None, "MAYBE"),
        ({"place": "benghazi"}, None, "YES"),  # delivered there
        ({}, None, "MAYBE"),
        ({}, "lna", "MAYBE"),  # based there, and nobody says bound for
        ({}, "bare-lna", "MAYBE"),
        ({}, "tr", "NO"),
        ({"to": "benghazi"}, "tr", "YES"),
    ],
)
def test_destination_is_a_territory(tell, fields, recipient, wanted):
    claims = [tell.stage("delivered", **fields)]
    claims += [tell.party("recipient", recipient, "p")] if recipient else []
    assert answer(tell.told(*claims), destination="Libya") == wanted


@pytest.mark.parametrize(
    ("told", "asked", "wanted"),
    [
        ("aircraft", "aircraft", "YES"),
        ("fuel", "aircraft", "NO"),
        ("unclear", "aircraft", "MAYBE"),
        ("arms", "aircraft", "MAYBE"),
        ("vessel", "arms", "MAYBE"),
        ("fuel", "arms", "NO"),
    ],
)
def test_what_sort_of_goods(tell, told, asked, wanted):
    assert answer(tell.told(tell.goods(told)), nature=asked) == wanted


def test_where_a_list_places_goods(tell):
    placed = (Category.parse("sipri:missiles"),)
    told = tell.told(tell.goods("arms", categories=placed))
    assert answer(told, category="sipri:missiles") == "YES"
    assert answer(told, category="sipri:ships") == "NO"
    assert answer(told, category="unroca:VII") == "MAYBE"
    assert answer(tell.told(tell.stage("agreed")), category="unroca:VII") == "MAYBE"


def test_a_mention_is_no_goods(tell):
    named = tell.claim(
        MentionIs,
        items=(Item("Rafale", Nature.AIRCRAFT, wording="رافال"),),
        as_=MentionRole.ADVERSARYS,
        actor="tr",
    )
    told = tell.told(named, tell.goods("fuel", "g"))
    assert answer(told, nature="aircraft") == "NO"
    assert answer(told, actor="Turkey") == "YES"
    assert answer(told, text="رافال") == "YES"


def test_actors_are_found_wherever_claims_name_them(tell):
    told = tell.told(tell.stage("held", by=("tr",)))
    assert answer(told, actor="TR") == "YES"
    assert answer(told, actor="PK") == "NO"
    owned = ActorIs(
        id="own",
        about=About(AboutKind.ACTOR, "acme"),
        voice="paper",
        relation=Relation.OWNER,
        text="a person",
    )
    told = tell.told(owned)
    assert answers(told, actor="Acme Trading") == {"own": "YES"}
    [report] = matching.ordered(
        matching.each_report(told, Filters(actor="Acme Trading"))
    )
    assert (report.id, report.certainty) == ("r", em.Truth.YES)
    assert (
        matching.ordered(matching.each_report(told, Filters(supplier="Acme Trading")))
        == ()
    )


@pytest.mark.parametrize(
    ("told", "asked", "wanted"),
    [
        ("4 USD", "at least 4 USD", "YES"),
        ("more than 4 USD", "at least 4 USD", "YES"),
        ("at least 4 USD", "more than 4 USD", "MAYBE"),
        ("less than 4 USD", "more than 4 USD", "NO"),
        ("more than 4 USD", "at most 4 USD", "NO"),
        ("about 4 USD", "3 to 5 USD", "YES"),
        ("about 4 USD", "4 to 5 USD", "MAYBE"),
        ("4 EUR", "at least 5 USD", "MAYBE"),
    ],
)
def test_figures_lie_within_what_is_asked(tell, told, asked, wanted):
    assert answer(tell.told(tell.value(told)), value=asked) == wanted


def test_what_is_no_money_says_nothing_of_money(tell):
    told = tell.told(tell.value("2 years", of="delivery period"))
    assert answer(told, happened="2025", destination="Libya") == "MAYBE"
    assert answer(told, value="2 USD") == "MAYBE"
    assert answers(told, value="2 USD") == {}
    assert answer(told, value="2 years") == "YES"


def _on(text):
    return When(ImpreciseDate(text))


@pytest.mark.parametrize(
    ("when", "asked", "wanted"),
    [
        ("2025-12-05", "2025-12", "YES"),
        ("2025", "2025-12", "MAYBE"),
        ("2025-11", "2025-12", "NO"),
        ("2025-12-05?", "2025-12", "YES"),
        ("2025-12-05", "2025-12-05/..", "YES"),
        (None, "2025-12", "MAYBE"),
        (None, "2026", "NO"),  # told as past, on 23 December 2025
    ],
)
def test_when_something_happened(tell, when, asked, wanted):
    claim = tell.stage("agreed", when=_on(when) if when else None)
    assert answer(tell.told(claim), happened=asked) == wanted


def _published(tell, reading):
    return evolve(tell.base.document, published=reading)


def test_undated_things_may_be_of_any_day(tell):
    told = tell.told(tell.stage("agreed"), document=_published(tell, None))
    for name in ("happened", "said", "published", "recorded"):
        assert answer(told, **{name: "1999"}) == "MAYBE"
    told = tell.told(
        tell.stage("agreed", voice="wire"), document=_published(tell, None)
    )
    assert answer(told, said="1999") == "MAYBE"


def test_a_document_published_on_some_day_of_a_month(tell):
    vague = Reading(ImpreciseDate("2025-12"), Basis.PRINTED)
    told = tell.told(tell.stage("agreed"), document=_published(tell, vague))
    assert answer(told, published="2025") == "YES"
    assert answer(told, published="2025-12-01/2025-12-15") == "MAYBE"


def test_the_first_speaker_spoke_no_later_than_the_document(tell):
    assert answer(tell.told(tell.stage("agreed")), said="2025-12-23") == "YES"
    wired = tell.told(tell.stage("agreed", voice="wire"))
    assert answer(wired, said="2025-12") == "MAYBE"
    assert answer(wired, said="2026") == "NO"
    dated = Voice("v", (Speaker("wire", said=_on("2025-12-20")), Speaker("paper")))
    told = tell.told(tell.stage("agreed", voice="v"), voices=(dated,))
    assert answer(told, said="2025-12-20") == "YES"


def test_when_a_report_was_recorded(tell):
    told = tell.told(tell.stage("agreed"))
    beside = Beside(recorded={"r": datetime(2026, 1, 2, 3, tzinfo=UTC)})
    assert answer(told, beside, recorded="2026-01-02") == "YES"
    assert answer(told, beside, recorded="2026-01-03") == "NO"


def test_sources_and_origins(tell):
    told = tell.told(tell.stage("agreed", voice="wire"))
    assert answer(told, source="the paper") == "MAYBE"  # another spelling
    assert answer(told, source="The Paper") == "YES"
    assert answer(told, origin="The Paper") == "NO"
    assert answer(told, origin="The Wire") == "YES"


def test_a_voice_that_is_not_settled_settles_nothing(tell):
    voice = Voice("v", (Speaker("wire", known=Known.UNCLEAR), Speaker("paper")))
    graded = evolve(
        tell.base.sources[1],
        reliability=ReliabilityGrade(Reliability.B, by="ana", on="2026-01-01"),
    )
    told = tell.told(
        tell.stage("agreed", voice="v"),
        voices=(voice,),
        sources=(tell.base.sources[0], graded),
    )
    assert answer(told, source="The Wire") == "MAYBE"
    assert answer(told, origin="The Wire") == "MAYBE"
    assert answer(told, origin="The Paper") == "MAYBE"
    assert answer(told, reliability="B") == "MAYBE"


def test_a_source_that_is_an_actor_is_found_by_it(tell):
    speaks = evolve(tell.base.sources[1], names=(), actor="pk")
    told = tell.told(
        tell.stage("agreed", voice="wire"), sources=(tell.base.sources[0], speaks)
    )
    assert answer(told, origin="باكستان") == "YES"


def test_grades(tell):
    grade = CredibilityGrade(Credibility.DOUBTFUL, by="ana", on="2026-01-01")
    told = tell.told(tell.stage("agreed", credibility=grade))
    later = Assessment(
        "a-1",
        claim="r#c",
        reason="a second look",
        credibility=CredibilityGrade(
            Credibility.PROBABLY_TRUE, by="ben", on="2026-01-02"
        ),
    )
    beside = Beside(assessments={"r#c": (later,)})
    assert answer(told, credibility="4") == "YES"
    assert answer(told, credibility=Credibility.PROBABLY_TRUE) == "NO"
    assert answer(told, beside, credibility="2") == "YES"
    assert answer(told, not_assessed_by="ana") == "NO"
    assert answer(told, not_assessed_by="ben") == "YES"
    assert answer(told, beside, not_assessed_by="ben") == "NO"
    assert answer(told, reliability=Reliability.A) == "NO"


def test_claims_that_name_an_embargo(tell):
    told = tell.told(
        tell.claim(EmbargoIs, regime="un-libya-2011", position=Position.COVERS),
        tell.claim(EmbargoIs, "d", regime="The Ban", position=Position.COVERS),
        tell.stage("agreed", "s"),
    )
    assert answers(told, regime="un-libya-2011") == {"c": "YES"}
    assert answers(told, regime="the ban") == {"d": "MAYBE"}
    assert answer(told, regime="The Ban") == "YES"
    assert answer(tell.told(tell.stage("agreed")), regime="un-libya-2011") == "NO"


def test_relevance_and_disputes_are_asked_of_the_event(tell):
    told = tell.told(
        tell.party("supplier", "pk", "p"),
        tell.party("recipient", "lna", "q"),
        tell.goods("arms", "g"),
        tell.stage("agreed", "s", when=_on("2025-12-20")),
        tell.value("3 USD", "v"),
        tell.value("9 USD", "w"),
    )
    assert answer(told, relevance="un-libya-2011") == "YES"
    assert answer(told, disputed=True) == "YES"
    assert answer(told, disputed=False) == "NO"
    assert answers(told, disputed=True, supplier="PK") == {"p": "YES"}
    [report] = matching.ordered(
        matching.each_report(told, Filters(disputed=True, relevance="un-libya-2011"))
    )
    assert report.certainty is em.Truth.YES
    assert answer(told[:-1], disputed=False) == "YES"
    assert answer(told[:-1], disputed=True) == "NO"
    meeting = tell.told(tell.value("1 USD"), kind="contact")
    assert answer(meeting, relevance="un-libya-2011") == "NO"


def test_languages_of_document_words_and_exhibits(tell):
    exhibit = Exhibit(
        "text", "sha256:" + "0" * 64, media_type="text/plain", size=9, language="ur"
    )
    document = evolve(tell.base.document, exhibits=(exhibit,))
    told = tell.told(
        tell.stage("agreed", wording=Wording("نص", language="ar-LY")),
        tell.stage("agreed", "q", quote=Quote("text", start=0, end=4)),
        document=document,
    )
    assert answers(told, language="ar") == {"c": "YES"}
    assert answers(told, language="ur") == {"q": "YES"}
    assert answers(told, language="en") == {"c": "YES", "q": "YES"}
    assert answers(told, language="es") == {}
    silent = tell.told(tell.stage("agreed"), document=evolve(document, language=""))
    assert answer(silent, language="en") == "MAYBE"


def test_text_is_looked_for_in_words_names_and_titles(tell):
    exhibit = Exhibit("text", "sha256:" + "0" * 64, media_type="text/plain", size=9)
    told = tell.told(
        tell.stage("agreed", "q", quote=Quote("text", start=0, end=8)),
        tell.claim(Says, "says", text="Rhetoric"),
        tell.party("supplier", "accent", "p", wording=Wording("Größe", language="de")),
        tell.goods("arms", "g"),
        document=evolve(tell.base.document, exhibits=(exhibit,)),
    )
    beside = Beside(texts={"r": {"text": "Zeppelin"}})
    short = Beside(texts={"r": {"text": "Zep"}})
    every = dict.fromkeys(("q", "says", "p", "g"), "YES")
    assert answers(told, beside, text="zeppelin") == {"q": "YES"}
    assert answers(told, text="zeppelin") == {"q": "MAYBE"}
    assert answers(told, short, text="zeppelin") == {"q": "MAYBE"}
    assert answers(told, beside, text="RHETORIC") == {"says": "YES"}
    assert answers(told, beside, text="GRÖSSE") == {"p": "YES"}
    assert answers(told, beside, text="Acme Trading") == {"p": "YES"}
    assert answers(told, beside, text="things") == {"g": "YES"}
    assert answers(told, beside, text="an event") == every
    assert answers(told, beside, text="a title") == every


@pytest.mark.parametrize(
    "asked",
    [
        {"stage": "ordered"},
        {"stage": 3},
        {"stage_at_least": "held"},
        {"nature": "guns"},
        {"category": "sipri:guns"},
        {"happened": "last week"},
        {"published": "2025-12-23?"},
        {"published": "[2025-01,2025-03]"},
        {"value": "lots"},
        {"reliability": "G"},
        {"credibility": "0"},
        {"text": "%_*"},
        {"text": ""},
        {"supplier": ""},
        {"supplier": "a\u202eb"},
        {"language": "arabic!"},
    ],
)
def test_a_filter_of_the_wrong_shape_is_refused(asked):
    with pytest.raises(InvalidValueError):
        Filters(**asked)


def test_values_are_taken_as_values_or_as_text():
    asked = Filters(stage=Stage.AGREED, nature=Nature.ARMS, value="1 USD")
    assert asked == Filters(
        stage="agreed", nature="arms", value=em.Amount.parse("1 USD")
    )
    dated = Filters(happened=ImpreciseDate("2025"), category=Category.parse("unroca:I"))
    assert dated.given == ("category", "happened")


def test_matches_are_ordered_and_cut(tell):
    sure = tell.told(tell.party("supplier", "pk"), id="b")
    open_ = tell.told(tell.stage("agreed"), id="a")
    early = tell.told(
        tell.party("supplier", "pk"),
        id="c",
        document=_published(tell, Reading(ImpreciseDate("2025-01"), Basis.PRINTED)),
    )
    undated = tell.told(
        tell.party("supplier", "pk"), id="d", document=_published(tell, None)
    )
    told = (*open_, *undated, *sure, *early)

    def ids(**how):
        found = matching.ordered(
            matching.each_event(told, Filters(supplier="PK")), **how
        )
        return "".join(one.report.id for one in found)

    assert (ids(), ids(sort="id"), ids(sort="published")) == ("dbca", "bcda", "cbda")
    assert ids(limit=2) == "db"
    for wrong in ({"sort": "random"}, {"limit": 0}):
        with pytest.raises(InvalidValueError):
            ids(**wrong)


def test_matches_are_given_as_they_are_found(tell):
    told = tell.told(tell.party("supplier", "pk"))
    assert next(matching.each_event(told, Filters())).id == "r#e"
    assert next(matching.each_claim(told, Filters())).id == "r#c"
    assert next(matching.each_report(told, Filters())).id == "r"
