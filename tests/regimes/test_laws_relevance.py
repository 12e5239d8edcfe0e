"""Laws of relevance, and a second, naive implementation that reads the compilation."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from embargo_monitor.gazetteer import Gazetteer
from embargo_monitor.model.about import About
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.goods import CODES, Category, CategoryList, Item, Nature, Use
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import told_in
from embargo_monitor.regimes import Mark, Register, TargetType
from embargo_monitor.regimes.covering import Tie
from embargo_monitor.regimes.parties import Party, Side, Where, Who, party_named
from embargo_monitor.regimes.questions import Question, Thing
from embargo_monitor.regimes.relevance import judge, relevance
from embargo_monitor.regimes.reported import questions_of
from embargo_monitor.seeds import seed_report

YES, MAYBE, NO = Truth.YES, Truth.MAYBE, Truth.NO
REGISTER = Register.bundled()
DAY = timedelta(days=1)
COUNTRIES = sorted(one.id for one in Gazetteer.bundled() if one.kind.is_country)
FORCES = sorted(one.id for one in Gazetteer.bundled() if not one.kind.is_country)
TARGETS = sorted({t.gazetteer for r in REGISTER for t in r.targets} - {""})

regimes = st.sampled_from(REGISTER.regimes)
days = st.dates(date(1940, 1, 1), date(2030, 12, 31))
ids = st.one_of(st.sampled_from(TARGETS), st.sampled_from([*COUNTRIES, *FORCES]))
parties = st.builds(lambda id_: (party_named(id_),), ids)
places = st.builds(
    lambda id_, part: Where(country=id_, in_part=part),
    st.one_of(
        st.sampled_from([one for one in TARGETS if one in COUNTRIES]),
        st.sampled_from(COUNTRIES),
    ),
    st.sampled_from([YES, NO]),
)
categories = st.sampled_from(
    [Category(CategoryList.UNROCA, code) for code in CODES[CategoryList.UNROCA]]
)
goods = st.builds(
    lambda nature, use, places: (
        Thing(item=Item("goods", nature, use=use, categories=tuple(places))),
    ),
    st.sampled_from([one for one in Nature if one is not Nature.AMMUNITION]),
    st.sampled_from([Use.MILITARY, Use.CIVIL]),
    st.lists(categories, max_size=1),
)


@st.composite
def questions(draw):
    return Question(
        suppliers=draw(parties),
        recipients=draw(parties),
        destination=draw(places),
        goods=draw(goods),
        when=ImpreciseDate.day(draw(days)),
    )


def widened(draw, question):
    """The same question with something that is not known, or less well."""
    day, part = question.when.earliest, draw(st.integers(0, 6))
    if part == 0:
        low = day - draw(st.integers(0, 900)) * DAY
        high = day + draw(st.integers(0, 900)) * DAY
        return evolve(question, when=ImpreciseDate.between(low, high))
    if part == 1:
        return evolve(question, when=None)
    if part == 2:
        return evolve(question, goods=())
    if part == 3:
        [thing] = question.goods
        return evolve(question, goods=(evolve(thing, hedged=True),))
    if part == 4:
        place = evolve(question.destination, in_part=MAYBE)
        return evolve(question, destination=place)
    if part == 5:
        [other], [one] = draw(parties), question.recipients
        who = tuple(dict.fromkeys((*one.who, *other.who)))
        return evolve(question, recipients=(Party(name="one of two", who=who),))
    [thing] = question.goods
    item = evolve(thing.item, use=Use.NOT_SAID)
    return evolve(question, goods=(evolve(thing, item=item),))


@settings(max_examples=400)
@given(st.data(), questions(), regimes)
def test_a_narrower_input_gives_the_same_answer_or_the_wider_one_was_maybe(
    data, question, regime
):
    wide = widened(data.draw, question)
    answer = judge(wide, regime, REGISTER).relevant
    assert answer in (judge(question, regime, REGISTER).relevant, MAYBE)


@settings(max_examples=200)
@given(st.sampled_from(["suppliers", "recipients"]), questions(), regimes)
def test_who_is_not_known_may_be_anybody(role, question, regime):
    question = evolve(question, destination=None)
    wide = judge(evolve(question, **{role: ()}), regime, REGISTER).relevant
    assert wide in (judge(question, regime, REGISTER).relevant, MAYBE)


@settings(max_examples=200)
@given(questions(), regimes)
def test_the_answer_is_that_of_all_steps_and_every_open_step_asks(question, regime):
    found = judge(question, regime, REGISTER)
    names = [one.name for one in found.steps]
    assert names == ["in force", "covers", "direction", "scope", "bound"]
    assert found.relevant is Truth.all_of(one.answer for one in found.steps)
    for step in found.steps:
        assert bool(step.ask_next) is (step.answer is MAYBE)
        assert step.sentence.endswith((".", ")"))
        assert "  " not in step.sentence
        assert step.citations
    if found.tie is Tie.NONE:
        assert found.relevant is NO


@settings(max_examples=200)
@given(questions(), regimes)
def test_no_weak_fact_decides_without_its_mark_in_the_answer(question, regime):
    found = judge(question, regime, REGISTER)
    told = " ".join(map(str, found.rests_on))
    for step in found.steps:
        if step.mark is not Mark.TWO_SOURCES:
            assert step.mark.value in told
            assert step.name in told


def test_the_order_of_claims_and_of_questions_changes_nothing():
    report = seed_report().report
    told = told_in(report, About.parse("event:deal"))
    expected = relevance(questions_of(told))
    for shuffled in (told[::-1], told[5:] + told[:5], told[::2] + told[1::2]):
        assert relevance(questions_of(shuffled)) == expected
    asked = questions_of(told_in(report, About.parse("event:visit")))
    for order in permutations(asked):
        assert relevance(order) == relevance(asked)


# --- a second, naive implementation ------------------------------------------------

_COVERED = {"yes": YES, "conditional": YES, "notify": YES, "no": NO, "unclear": MAYBE}
_COUNTRIES = ("FR", "CH", "PK", "SE", "NG")


def recalled_months(regime):
    acts = [regime["start"], *regime["amendments"], regime["end"] or {}]
    return {act["date"][:7] for act in acts if act.get("day_recalled")}


def held(regime, text):
    return [
        one
        for one in regime["phases"]
        if one["from"] <= text and (one["to"] is None or text < one["to"])
    ]


def naive_in_force(regime, text):
    if not held(regime, text):
        return NO
    evidence = regime.get("in_force")
    if evidence:
        confirmed = "2026-11-23"
        if "sunset" in evidence:
            confirmed = min(confirmed, evidence["sunset"]["until"])
        elif regime["status"] != "in_force":
            confirmed = min(confirmed, evidence["evidence_latest"])
        if text > confirmed:
            return MAYBE
    return YES


def naive_covers(phase, *, group):
    forces = "non_state_forces" if group else "state_forces"
    answer = _COVERED[phase[forces]]
    if group and phase["target_kind"] == "listed_persons_entities":
        return MAYBE
    if group and phase["territory"] == "none":
        return answer & MAYBE
    if phase["territory"] == "part":
        return answer & MAYBE
    return answer


def naive_bound(regime, phase, memberships, state, text):
    if (phase.get("binding") or regime["binding"]) != "mandatory":
        return NO
    body = memberships["groups"][regime["bound"]]
    for row in memberships["bodies"][body]:
        inside = row["from"] <= text and (row["to"] is None or text < row["to"])
        if row["state"] == state and inside:
            return MAYBE if text > "2026-11-23" else YES
    return NO


def sampled(regime, full):
    edges = {one[end] for one in regime["phases"] for end in ("from", "to")} - {None}
    near = {
        date.fromisoformat(one) + step * DAY for one in edges for step in (-1, 0, 1)
    }
    length = (date(2026, 12, 31) - date(1945, 1, 1)).days
    every = range(0, length, 1 if full else 311)
    return sorted(near | {date(1945, 1, 1) + step * DAY for step in every})


@pytest.mark.parametrize("ours", REGISTER.regimes, ids=lambda one: one.id)
def test_day_by_day_the_answer_is_that_of_a_naive_reading(
    ours, compiled, memberships, full
):
    [regime] = [one for one in compiled["regimes"] if one["id"] == ours.id]
    states = [
        one.gazetteer
        for one in ours.targets
        if one.type is TargetType.COUNTRY and one.gazetteer not in ("", "KW")
    ]
    unclear = recalled_months(regime)
    for number, day in enumerate(sampled(regime, full)):
        text = day.isoformat()
        if text[:7] in unclear or not states:
            continue
        group, supplier = bool(number % 2), _COUNTRIES[number % 5]
        who = Who(side=Side.GROUP if group else Side.STATE, country=states[0])
        question = Question(
            suppliers=(party_named(supplier),),
            recipients=(Party(name="the recipient", who=(who,)),),
            goods=(Thing(item=Item("arms", Nature.ARMS)),),
            when=ImpreciseDate.day(day),
        )
        found = {one.name: one.answer for one in judge(question, ours, REGISTER).steps}
        assert found["in force"] is naive_in_force(regime, text), day
        for phase in held(regime, text):
            assert found["covers"] is naive_covers(phase, group=group), day
            ways = phase.get("directions", regime["scope"]["directions"])
            assert found["direction"] is Truth.of("to" in ways), day
            bound = naive_bound(regime, phase, memberships, supplier, text)
            assert found["bound"] is bound, (day, supplier)
