"""The memo: what it says of the article, letter by letter, and of harder answers."""

import json
from pathlib import Path

import pytest
from attrs import evolve

from embargo_monitor.authoring import author_file
from embargo_monitor.model.about import About
from embargo_monitor.model.claims import EmbargoIs, StageIs
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Hedge, Stance
from embargo_monitor.model.views import Told, told_in
from embargo_monitor.model.when import When
from embargo_monitor.regimes import Register
from embargo_monitor.regimes.questions import Against, question_from
from embargo_monitor.regimes.relevance import relevance
from embargo_monitor.regimes.reported import questions_of, questions_of_event
from embargo_monitor.seeds import seed_report
from embargo_monitor.show.memo import memo_lines, plain_answers

GOLDEN = Path(__file__).parents[1] / "data" / "golden" / "relevance-article.txt"
REGISTER = Register.bundled()


@pytest.fixture(scope="module")
def report():
    return seed_report().report


def memo(answers, **options):
    return "\n".join(memo_lines(answers, REGISTER, **options))


def test_the_memo_of_the_article_is_the_one_that_was_agreed_on(report):
    answers = relevance(questions_of_event(report, "deal"))
    title = "Pakistan to the LNA: an arms deal (seed-article#deal)"
    expected = GOLDEN.read_text("utf-8").replace("{digest}", REGISTER.digest[:16])
    assert memo(answers, title=title) + "\n" == expected


def test_no_line_is_wider_than_asked_and_no_id_is_broken(report):
    answers = relevance(questions_of_event(report, "deal"), all_regimes=True)
    lines = memo(answers, width=72).splitlines()
    assert max(map(len, lines)) <= 72
    assert any("un-isil-al-qaida-2002" in line for line in lines)
    assert "Aimed at others:" in memo(answers)


def test_nothing_that_was_done_and_nobody_that_is_aimed_at_are_said(report):
    assert "Nobody says that anything was done" in memo(relevance(()))
    july = memo(relevance(questions_of_event(report, "july")))
    assert "No regime of the register is aimed at anybody" in july


def test_several_acts_are_told_with_what_is_open(report):
    told = memo(relevance(questions_of_event(report, "visit")))
    assert "The act `talks`: NO" in told
    assert "no at: scope" in told


def deal(report, **more):
    """The claims of the deal, with the CNN stage claim changed, and more."""
    return list(told_in(report, About.parse("event:deal"))), more


def test_a_regime_that_is_open_says_for_what_reason():
    answers = relevance(question_from(recipient="lna", when="2025-12"))
    told = memo(answers)
    assert "Open only because nobody says who or where it is:" in told
    assert "Who supplies it, and were they bound as members" in told


def test_different_readings_are_told_with_the_claims_that_make_the_difference(report):
    told, _ = deal(report)
    [stage] = [one for one in told if one.claim.id == "deal-reuters.stage"]
    early = evolve(stage.claim, when=When(ImpreciseDate("2010-05-01")))
    assert isinstance(early, StageIs)
    told = [one for one in told if one is not stage] + [Told(early, report)]
    answers = relevance(questions_of(told))
    found = answers.of("un-libya-2011")
    assert [act.differs for act in found.readings] == [True]
    text = memo(answers)
    assert "The act `agreed`: MAYBE" in text
    assert "by: seed-article#deal-reuters.stage" in text
    assert "by: seed-article#deal-cnn.stage" in text
    assert "What remained when it began" in text
    assert "Was anything of it still undelivered on 2011-02-26?" in text


def test_claims_on_an_exemption_are_told_with_stance_and_hedge(report):
    told, _ = deal(report)
    [position] = [one for one in told if isinstance(one.claim, EmbargoIs)]
    others = [
        ("a", "granted", Stance.ASSERTS, Hedge.LIKELY),
        ("b", "requested", Stance.DOES_NOT_KNOW, Hedge.NONE),
        ("c", "granted", Stance.DENIES, Hedge.NONE),
    ]
    for id_, word, stance, hedge in others:
        claim = evolve(
            position.claim,
            id=id_,
            position=type(position.claim.position)(word),
            stance=stance,
            hedge=hedge,
            by=("PK",),
        )
        told.append(Told(claim, report))
    text = " ".join(memo(relevance(questions_of(told))).split())
    assert "As claimed: disputed. See what was claimed." in text
    assert "asserts, as likely" in text
    assert "of Pakistan" in text
    assert "counts for nothing" in text


def test_denials_are_told_and_said_in_the_answer(report):
    told, _ = deal(report)
    [stage] = [one for one in told if one.claim.id == "deal-reuters.stage"]
    denial = evolve(stage.claim, id="no", stance=Stance.DENIES)
    answers = relevance(questions_of([*told, Told(denial, report)]))
    [against] = answers.of("un-libya-2011").against
    assert against == Against(
        stance=Stance.DENIES,
        what="agreed",
        by="Pakistani sources",
        claim="seed-article#no",
    )
    text = memo(answers)
    assert "the answer is of it as told" in text
    assert "Pakistani sources denies: agreed (seed-article#no)" in text


def test_what_comes_after_a_regime_began_has_its_own_steps():
    answers = relevance(
        question_from(supplier="RU", recipient="LY", when="2010", act=Stage.SIGNED)
    )
    text = memo(answers)
    assert (
        "NO     UN arms embargo on Libya (un-libya-2011), by step 1, in force" in text
    )
    assert "What remained when it began" in text


def test_exemptions_that_may_not_have_been_open_say_so_and_their_lack_too():
    text = memo(relevance(question_from(supplier="RU", recipient="LY", when="2013-03")))
    assert "it may not have been open" in text
    text = memo(relevance(question_from(supplier="RU", recipient="LY", when="1995")))
    assert "The register has none that was open then." in text


def test_json_says_the_same(report):
    answers = relevance(questions_of_event(report, "deal"))
    plain = json.loads(json.dumps(plain_answers(answers)))
    [first, *_] = plain["regimes"]
    assert (first["regime"], first["relevant"]) == ("un-libya-2011", "yes")
    assert [one["step"] for one in first["acts"][0]["readings"][0]["steps"]] == [
        "in force",
        "covers",
        "direction",
        "scope",
        "bound",
    ]
    assert first["positions"][0]["position"] == "in force"
    assert first["exemption"] == "unknown"
    assert first["remains"] is None
    assert plain["register"] == REGISTER.digest


def test_what_was_taken_back_and_what_a_relay_made_of_it_are_marked():
    folder = Path(__file__).parents[1] / "data" / "cases"

    def of(case, event, letters):
        told = []
        for letter in letters:
            found = author_file(folder / case / f"{letter}.report.json").report
            told += told_in(found, About.parse(f"event:{event}"))
        return " ".join(memo(relevance(questions_of(told))).split())

    helicopters = of("c13", "delivery", "ab")
    assert "; taken back (c13-a#breach.embargo)" in helicopters
    assert "Who denies it, or takes it back" in helicopters
    jets = of("c10", "request", "ae")
    assert "; made of c10-a#delayed.embargo (c10-e#refused.embargo)" in jets
    assert "exemption: on hold" in jets
