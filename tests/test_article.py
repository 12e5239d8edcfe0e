"""The first record says what the article says: a test for each of its twelve facts.

The expectations are typed from the article; everything is read back from a log.
"""

import hashlib
import json
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from embargo_monitor.authoring import author
from embargo_monitor.authoring.compiling import files_in
from embargo_monitor.eventlog import EventLog
from embargo_monitor.model.about import About
from embargo_monitor.model.amounts import Bound
from embargo_monitor.model.claims import (
    ActorIs,
    EmbargoIs,
    GoodsAre,
    MentionIs,
    PartyIs,
    Says,
    StageIs,
    TermsAre,
    ValueIs,
)
from embargo_monitor.model.documents import Basis
from embargo_monitor.model.doubts import doubts
from embargo_monitor.model.origins import origins
from embargo_monitor.model.quotes import Translator
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Known, Stance
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import (
    disputed,
    disputes,
    goods,
    mentions,
    parties,
    stages,
    told_in,
    values,
)
from embargo_monitor.model.vocabulary import (
    MentionRole,
    Position,
    Relation,
    Role,
    Terms,
    ValueOf,
)
from embargo_monitor.seeds import seed_report, seeds_folder

SHA256 = "5dcc4d852442eb36cc85782e5b72c271ad63601f0417433a5b6cf60b6ffd498e"
ARTICLE = "000_72d35ca66b1e567a.txt"
CNN = ("a Libyan military source", "CNN", "unknown publisher")
REUTERS = ("Pakistani sources", "Reuters", "unknown publisher")
UNSETTLED = ("a Libyan military source?", "CNN?", "unknown publisher")
MUNIR = ("Asim Munir", "unknown publisher")
SADDAM = ("Saddam Khalifa Haftar", "unknown publisher")
DEAL, OFFER, PACT, VISIT, JULY = (
    About.parse(f"event:{one}") for one in ("deal", "offer", "pact", "visit", "july")
)


class Article:
    """The report and the article's text, as a log gives them back."""

    def __init__(self, log):
        self.report = log.find("report", "seed-article").entry.record
        self.text = log.texts(self.report)["text"]

    def claims(self, type_, about):
        return [
            one.claim
            for one in told_in(self.report, about)
            if isinstance(one.claim, type_)
        ]

    def saying(self, type_, about, voice):
        """Return the only claim of that type about it on that word."""
        [claim] = [one for one in self.claims(type_, about) if self.voice(one) == voice]
        return claim

    def voice(self, claim):
        names = {
            source.id: source.names or self.actor_names(source.actor)
            for source in self.report.sources
        }
        return tuple(
            names[speaker.source][0].text
            + ("?" if speaker.known is Known.UNCLEAR else "")
            for speaker in self.report.voice_of(claim).speakers
        )

    def actor_names(self, id):
        return {actor.id: actor.names for actor in self.report.actors}[id]

    def actor(self, id):
        return self.actor_names(id)[0].text

    def said(self, claim, words):
        """The claim quotes these words, and says in English what they mean."""
        assert words in claim.quote.words(self.text)
        assert claim.translation.language == "en"
        assert claim.translation.method is Translator.MACHINE
        assert claim.stance is Stance.ASSERTS


@pytest.fixture(scope="module")
def article(tmp_path_factory):
    path = tmp_path_factory.mktemp("article") / "monitor.db"
    with EventLog.create(path) as log:
        log.append(seed_report())
    with EventLog.open(path) as log:
        yield Article(log)


def test_f1_the_lna_reached_an_agreement_to_buy_arms_from_pakistan(article):
    stage = article.saying(StageIs, DEAL, CNN)
    article.said(
        stage,
        "عن توصل “الجيش الوطني الليبي”، بقيادة المشير خليفة حفتر، إلى اتفاق لشراء أسلحة"
        " من باكستان",
    )
    assert stage.stage is Stage.AGREED
    found = {
        one.role: article.actor(one.actor) for one in article.claims(PartyIs, DEAL)
    }
    assert found == {Role.SUPPLIER: "Pakistan", Role.RECIPIENT: "Libyan National Army"}
    assert article.saying(GoodsAre, DEAL, CNN).item.name == "arms, not described"
    assert article.saying(TermsAre, DEAL, CNN).terms is Terms.SALE
    leader = article.saying(ActorIs, About.parse("actor:lna"), UNSETTLED)
    assert leader.relation is Relation.LED_BY
    assert article.actor(leader.actor) == "Khalifa Haftar"


def test_f2_the_libyan_source_puts_it_at_about_3_billion_dollars(article):
    value = article.saying(ValueIs, DEAL, CNN)
    article.said(value, "في صفقة تُقدَّر قيمتها بنحو 3 مليارات دولار")
    amount = value.amount
    assert (amount.low, amount.bound, amount.unit) == (
        Decimal(3_000_000_000),
        Bound.ABOUT,
        "USD",
    )
    assert value.of is ValueOf.PRICE
    assert value.credibility.grade.value == "6"
    assert "without a country" in value.note


def test_f3_the_source_told_cnn_on_tuesday(article):
    said = article.report.voice_of(article.saying(ValueIs, DEAL, CNN)).speakers[0].said
    assert said.wording == "الثلاثاء"
    assert said.quote.words(article.text) == "الثلاثاء"
    assert said.translation.text == "Tuesday"
    assert str(said.rule) == "weekday-on-or-before@1 tuesday"
    assert said.date.earliest == said.date.latest == date(2025, 12, 23)


def test_f4_munir_visited_libya_last_week_and_who_says_so_is_not_settled(article):
    visit = article.saying(StageIs, VISIT, UNSETTLED)
    article.said(visit, "إلى ليبيا الأسبوع الماضي")
    assert visit.stage is Stage.HELD
    assert [article.actor(one) for one in visit.by] == ["Asim Munir"]
    assert str(visit.when.date) == "[2025-12-13..2025-12-21]"
    assert str(visit.when.rule) == "previous-week-any@1"


def test_f5_munir_and_saddam_haftar_met_in_benghazi(article):
    held, talks = [
        one
        for one in article.claims(StageIs, VISIT)
        if article.voice(one) == ("unknown publisher",)
    ]
    article.said(held, "في مدينة بنغازي شرقي البلاد")
    article.said(talks, "تعزيز التعاون العسكري والأمني")
    assert (held.stage, talks.stage) == (Stage.HELD, Stage.TALKS)
    for claim in (held, talks):
        assert [article.actor(one) for one in claim.by] == [
            "Asim Munir",
            "Saddam Khalifa Haftar",
        ]
        assert claim.place == "benghazi"


def test_f6_pakistani_sources_put_it_at_more_than_4_billion_dollars(article):
    stage, value = (
        article.saying(type_, DEAL, REUTERS) for type_ in (StageIs, ValueIs)
    )
    words = "إلى اتفاق تتجاوز قيمته 4 مليارات دولار لبيع أسلحة لـ“الجيش الوطني الليبي”"
    article.said(value, words)
    assert stage.stage is Stage.AGREED
    amount = value.amount
    assert (amount.low, amount.high, amount.bound, amount.unit) == (
        Decimal(4_000_000_000),
        None,
        Bound.MORE_THAN,
        "USD",
    )


def test_f7_the_un_embargo_is_said_to_be_in_force_by_whom_is_unclear(article):
    embargo = article.saying(EmbargoIs, DEAL, ("Reuters?", "unknown publisher"))
    article.said(embargo, "رغم استمرار حظر الأسلحة الذي تفرضه الأمم المتحدة على ليبيا")
    assert (embargo.regime, embargo.position) == ("un-libya-2011", Position.IN_FORCE)


def test_f8_munir_names_the_systems_that_the_indian_side_used(article):
    named = article.saying(MentionIs, VISIT, MUNIR)
    article.said(
        named,
        "بما في ذلك مقاتلات “رافال” و“سوخوي 30” و“ميغ 29” و“ميراج 2000” ومنظومة “S400”",
    )
    assert named.as_ is MentionRole.ADVERSARYS
    assert article.actor(named.actor) == "India"
    assert [item.name for item in named.items] == [
        "Rafale",
        "Su-30",
        "MiG-29",
        "Mirage 2000",
        "S-400",
    ]
    rhetoric = [
        one for one in article.claims(Says, VISIT) if article.voice(one) == MUNIR
    ]
    assert any("no longer depends on the West" in one.text for one in rhetoric)
    assert any("superior" in one.text for one in rhetoric)


def test_f9_munir_offers_libya_every_capability_and_names_no_item(article):
    offer = article.saying(StageIs, OFFER, MUNIR)
    article.said(offer, "“متاحة لإخواننا في ليبيا”")
    assert offer.stage is Stage.OFFERED
    found = {
        one.role: article.actor(one.actor) for one in article.claims(PartyIs, OFFER)
    }
    assert found == {Role.SUPPLIER: "Pakistan", Role.RECIPIENT: "Libya"}
    assert article.claims(GoodsAre, OFFER) == []


def test_f10_ties_go_back_to_the_sixties_and_july_was_a_turning_point(article):
    [sixties] = [one for one in article.claims(Says, VISIT) if one.when is not None]
    article.said(sixties, "ستينيات القرن الماضي")
    assert (sixties.when.date.earliest, sixties.when.date.latest) == (
        date(1960, 1, 1),
        date(1969, 12, 31),
    )
    july = article.saying(StageIs, JULY, MUNIR)
    article.said(july, "في يوليو الماضي")
    assert (july.stage, str(july.when.date)) == (Stage.HELD, "2025-07")
    assert [article.actor(one) for one in july.by] == ["Saddam Khalifa Haftar"]
    assert "turning point" in article.saying(Says, JULY, MUNIR).text


def test_f11_saddam_haftar_hopes_for_fields_of_cooperation(article):
    hoped = article.saying(MentionIs, VISIT, SADDAM)
    article.said(
        hoped, "مجالات الأمن السيبراني، والطائرات المسيّرة، والتكنولوجيا الدفاعية"
    )
    assert hoped.as_ is MentionRole.HOPED_FOR
    assert [item.name for item in hoped.items] == [
        "cyber security",
        "drones",
        "defence technology",
    ]
    assert "new phase" in article.saying(Says, VISIT, SADDAM).text


def test_f12_the_media_office_says_that_a_cooperation_agreement_was_signed(article):
    signed = article.saying(StageIs, PACT, ("LNA media office", "unknown publisher"))
    article.said(
        signed,
        "مراسم توقيع اتفاقية تعاون مشترك بين “الجيش الوطني الليبي” والجيش الباكستاني",
    )
    assert signed.stage is Stage.SIGNED
    assert [article.actor(one) for one in signed.by] == [
        "Libyan National Army",
        "Pakistan Army",
    ]
    assert "nothing says that this agreement is the arms deal" in signed.note


def test_five_events_and_none_is_the_other(article):
    assert [(event.id, event.kind.value) for event in article.report.events] == [
        ("deal", "transfer"),
        ("offer", "transfer"),
        ("pact", "pact"),
        ("visit", "contact"),
        ("july", "contact"),
    ]


def test_only_what_no_other_kind_can_say_is_merely_said(article):
    """Says is the last resort: of the article the rhetoric of F8 to F11 alone."""
    said = [one for one in article.report.claims if isinstance(one, Says)]
    assert {article.voice(one) for one in said} == {MUNIR, SADDAM}


def test_the_value_is_disputed_and_the_deal_has_two_origins(article):
    deal = told_in(article.report, DEAL)
    [dispute] = disputes(deal)
    assert dispute.certainty is Truth.YES
    assert dispute.told == values(deal)
    assert disputed(deal) is Truth.YES
    found = origins(stages(deal))
    assert (found.at_least, found.at_most) == (2, 2)


def test_the_deal_is_agreed_and_nothing_further(article):
    assert {one.stage for one in article.claims(StageIs, DEAL)} == {Stage.AGREED}


def test_the_day_of_publication_is_inferred_and_every_resolved_date_says_so(article):
    reading = article.report.document.published
    assert (str(reading.date), reading.basis) == ("2025-12-23?", Basis.INFERRED)
    assert "this copy prints no date" in reading.reason
    dated = [one for one in article.report.claims if getattr(one, "when", None)]
    assert len(dated) == 5
    for claim in dated:
        rests_on = [one.about for one in doubts(article.report, claim.when, claim)]
        assert "the day of publication, 2025-12-23?, is inferred" in rests_on


def test_the_deal_was_reached_after_the_visit_and_before_it_was_told(article):
    when = article.saying(StageIs, DEAL, CNN).when
    assert str(when.date) == "[2025-12-13..2025-12-23]"
    assert when.known is Known.INFERRED
    assert str(when.rule) == "after@1"


def test_anonymous_sources_cannot_be_judged_and_their_outlets_lend_them_nothing(
    article,
):
    grades = {
        source.names[0].text: source.reliability.grade.value
        for source in article.report.sources
        if source.reliability
    }
    assert grades == {
        "a Libyan military source": "F",
        "Pakistani sources": "F",
        "CNN": "B",
        "Reuters": "B",
        "unknown publisher": "F",
    }


SYSTEMS = {"Rafale", "Su-30", "MiG-29", "Mirage 2000", "S-400"}


def named_as_goods(report):
    """Return the adversary's systems that any view of the report gives as goods."""
    told = told_in(report)
    found = {one.claim.item.name for one in goods(told)}
    for event in report.events:
        about = told_in(report, About.parse(f"event:{event.id}"))
        found |= {one.claim.item.name for one in goods(about)}
    return found & SYSTEMS


def test_no_view_gives_the_adversarys_systems_as_goods(article):
    assert named_as_goods(article.report) == set()
    assert {
        item.name
        for one in mentions(told_in(article.report))
        for item in one.claim.items
    } >= SYSTEMS


@pytest.mark.parametrize("item", ["aircraft: Rafale", "arms: S-400"])
def test_control_a_mention_turned_into_goods_is_found(item):
    folder = seeds_folder()
    [record] = folder.glob("*.report.json")
    form = json.loads(record.read_text("utf-8"))
    [row] = [row for row in form["claims"] if row["id"] == "systems"]
    del row["mentions"], row["as"], row["actor"]
    row["goods"] = item
    turned = author(form, read=files_in(folder))
    assert named_as_goods(turned.report) == {item.partition(": ")[2]}


def test_neither_haftar_nor_munir_is_supplier_or_recipient(article):
    told = told_in(article.report)
    persons = {"munir", "saddam", "khalifa"}
    for role in Role:
        assert not persons & {one.claim.actor for one in parties(told, role)}


def test_the_article_is_kept_byte_for_byte(tmp_path):
    data = (seeds_folder() / ARTICLE).read_bytes()
    assert hashlib.sha256(data).hexdigest() == SHA256
    with EventLog.create(tmp_path / "monitor.db") as log:
        log.append(seed_report())
        assert log.exhibit(f"sha256:{SHA256}") == data


def test_a_clone_that_converts_line_ends_leaves_the_article_alone(tmp_path):
    root = Path(__file__).parent.parent
    subprocess.run(
        [
            "git",
            "clone",
            "--quiet",
            "--config",
            "core.autocrlf=true",
            root,
            tmp_path / "c",
        ],
        check=True,
    )
    data = (tmp_path / "c" / "seeds" / ARTICLE).read_bytes()
    assert hashlib.sha256(data).hexdigest() == SHA256
    assert b"\r\n" in (tmp_path / "c" / "README.md").read_bytes()
