"""Rows: what one voice says in one breath becomes one claim each."""

import pytest

from embargo_monitor.errors import AuthoringError
from embargo_monitor.model.claims import Role


def ids(authored):
    return [claim.id for claim in authored.report.claims]


def faults(authored, form):
    with pytest.raises(AuthoringError) as refused:
        authored(form)
    return refused.value.faults


def test_each_part_becomes_a_claim_named_after_it(form, authored):
    assert ids(authored(form)) == [
        "sale.stage",
        "sale.supplier",
        "sale.recipient",
        "sale.goods",
    ]


def test_the_claims_of_a_row_share_voice_words_and_translation(form, authored):
    report = authored(form).report
    assert {claim.voice for claim in report.claims} == {"minister"}
    [quote] = {claim.quote for claim in report.claims}
    assert (quote.exhibit, quote.start, quote.end) == ("text", 0, 25)
    [translation] = {claim.translation for claim in report.claims}
    assert (translation.text, translation.by) == ("Dix camions ont été livrés", "ana")


def test_rows_without_an_id_are_numbered(form, row, authored):
    del row["id"]
    form["claims"].append({"voice": "paper", "about": "deal", "says": "so"})
    assert ids(authored(form))[-1] == "c2.says"
    assert ids(authored(form))[0] == "c1.stage"


def test_the_date_belongs_to_the_step(form, authored):
    stage, supplier, _, goods = authored(form).report.claims
    assert str(stage.when.date) == "[2025-12-15..2025-12-21]"
    assert goods.when is None
    assert not hasattr(supplier, "when")


@pytest.mark.parametrize(
    "parts",
    [
        {"embargo": "un-libya-2011", "position": "in force"},
        {"says": "so"},
        {"value": "3 million EUR"},
        {"goods": "vehicle: truck"},
    ],
    ids=str,
)
def test_without_a_step_the_date_belongs_to_what_is_said(form, authored, parts):
    form["claims"] = [{"voice": "paper", "about": "deal", "when": "2025", **parts}]
    [claim] = authored(form).report.claims
    assert str(claim.when.date) == "2025"


def test_several_actors_in_one_role_are_a_claim_each(form, row, authored):
    row["supplier"] = ["PK", "ruritania"]
    made = authored(form).report.claims[1:3]
    assert [(one.id, one.role, one.actor) for one in made] == [
        ("sale.supplier.1", Role.SUPPLIER, "PK"),
        ("sale.supplier.2", Role.SUPPLIER, "ruritania"),
    ]


def test_goods_stand_at_the_rows_own_stage_and_that_is_told(form, row, authored):
    made = authored(form)
    assert made.report.claims[-1].at.value == "delivered"
    assert "claims.sale.at: delivered, the row's own stage" in map(str, made.filled)
    row["at"] = "agreed"
    assert authored(form).report.claims[-1].at.value == "agreed"


def test_an_item_can_be_written_out(form, row, authored):
    row["goods"] = {
        "name": "AML-90",
        "nature": "vehicle",
        "categories": ["unroca:II"],
        "use": "military",
        "condition": "second-hand",
        "wording": "trucks",
    }
    item = authored(form).report.claims[-1].item
    assert (item.name, str(item.categories[0]), item.condition.value) == (
        "AML-90",
        "unroca:II",
        "second-hand",
    )


def test_grades_are_somebodys(form, row, authored):
    row["credibility"] = "3"
    grade = authored(form).report.claims[0].credibility
    assert (grade.grade.value, grade.by, grade.on) == ("3", "ana", "2026-01-02")
    del form["graded"]
    assert any(
        "graded must be given where anything is graded" in fault
        for fault in faults(authored, form)
    )


def test_translations_are_somebodys(form, authored):
    del form["translations"]
    [fault] = faults(authored, form)
    assert "translations must be given where anything is translated" in fault


def test_confirmed_is_never_assigned(form, row, authored):
    row["credibility"] = "1"
    [fault] = faults(authored, form)
    assert fault.startswith("$.claims[0]: ")


def second(form, **parts):
    form["claims"].append({"voice": "paper", "about": "deal", **parts})
    return form


def refs(authored, form):
    claim = authored(form).report.claims[-1]
    return [(ref.kind.value, ref.claim) for ref in claim.refs]


def test_a_row_named_in_a_reference_means_the_same_part_of_it(form, authored):
    form = second(form, stage="delivered", stance="denies", answers="sale")
    assert refs(authored, form) == [("answers", "sale.stage")]


def test_a_claim_can_be_named_itself(form, authored):
    form = second(form, value="1 EUR", within=["sale.goods"])
    assert refs(authored, form) == [("within", "sale.goods")]


def test_a_row_of_one_claim_means_that_claim(form, authored):
    form = second(form, id="price", value="3 EUR")
    form = second(form, says="that is too much", answers="price")
    assert refs(authored, form) == [("answers", "price.value")]


def test_a_row_of_several_claims_must_be_told_which(form, authored):
    [fault] = faults(authored, second(form, says="untrue", answers="sale"))
    assert "must be one claim of row sale: stage, supplier, recipient, goods" in fault


def test_a_denial_that_answers_nothing_is_pointed_out(form, authored):
    made = authored(second(form, stage="delivered", stance="denies"))
    assert any(
        one.where == "claims.c2.answers" and "disputes nothing" in one.what
        for one in made.filled
    )


@pytest.mark.parametrize(
    ("modifier", "words"),
    [
        ({"quantity": "3 items"}, "quantity must be left out without goods"),
        ({"line": "x"}, "line must be left out without goods"),
        ({"at": "agreed"}, "at must be left out without goods or value"),
        ({"as": "hoped for"}, "as must be left out without mentions"),
        ({"of": "price"}, "of must be left out without value"),
        ({"position": "in force"}, "position must be left out without embargo"),
        ({"text": "x"}, "text must be left out without actor is"),
        ({"actor": "PK"}, "actor must be left out without actor is or mentions"),
        ({"by": "PK"}, "by must be left out without stage or embargo"),
        ({"place": "PK"}, "place must be left out without stage"),
        ({"from": "PK"}, "from must be left out without stage"),
        ({"to": "PK"}, "to must be left out without stage"),
        ({"for": "PK"}, "for must be left out without supplier or buyer"),
        ({"translation": "x"}, "translation must be left out without quote or wording"),
    ],
    ids=str,
)
def test_a_modifier_says_nothing_without_its_part(form, authored, modifier, words):
    [fault] = faults(authored, second(form, says="so", **modifier))
    assert fault.startswith("$.claims[1]: ")
    assert words in fault


def test_a_date_needs_something_that_can_have_one(form, authored):
    [fault] = faults(authored, second(form, terms="gift", when="2025"))
    assert "when must be left out without stage" in fault


def test_a_row_that_says_nothing_is_refused(form, authored):
    [fault] = faults(authored, second(form))
    assert "row must be something: a stage, a party, goods" in fault


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"stage": "arrived"}, "stage must be one of intent, requested"),
        ({"stage": "agreed", "stance": "says"}, "stance must be one of asserts"),
        ({"stage": "agreed", "hedge": "maybe"}, "hedge must be one of none, likely"),
        ({"goods": "trucks"}, "item must be nature: name"),
        ({"goods": "lorry: truck"}, "nature must be one of arms"),
        ({"value": "much"}, "got 'much'"),
        ({"value": "1 EUR", "of": "worth"}, "of must be one of price"),
        ({"terms": "free"}, "terms must be one of sale, gift"),
        ({"embargo": "x", "position": "on"}, "position must be one of in force"),
        ({"mentions": ["arms: a"], "as": "boast"}, "as must be one of adversary's"),
        ({"stage": "agreed", "credibility": "7"}, "credibility must be one of 1, 2"),
        ({"actor_is": "friend", "text": "x"}, "actor_is must be one of name"),
    ],
    ids=str,
)
def test_a_word_that_is_not_in_the_vocabulary_names_those_that_are(
    form, authored, parts, words
):
    [fault] = faults(authored, second(form, **parts))
    assert words in fault


def test_about_can_name_a_regime_or_tell_two_of_one_id_apart(form, authored):
    form["events"]["PK"] = {"kind": "sum", "title": "All of Pakistan's"}
    form = second(form, says="so", about="event:PK")
    form = second(form, says="so", about="regime:un-libya-2011")
    made = authored(form).report.claims[-2:]
    assert [str(claim.about) for claim in made] == ["event:PK", "regime:un-libya-2011"]


@pytest.mark.parametrize("about", ["PK", "nothing"])
def test_about_that_names_two_or_nothing_is_refused(form, authored, about):
    form["events"]["PK"] = {"kind": "sum", "title": "All of Pakistan's"}
    [fault] = faults(authored, second(form, says="so", about=about))
    assert "about must be one event or actor of the report" in fault


def test_words_without_an_exhibit_are_kept_as_wording(form, authored):
    del form["document"]["exhibits"]
    form["voices"]["minister"][0] = "minister"
    form["claims"] = [
        {"voice": "paper", "about": "deal", "says": "so", "wording": "it is so"}
    ]
    [claim] = authored(form).report.claims
    assert (claim.wording.text, claim.wording.language) == ("it is so", "en")


def test_a_quote_says_more_of_its_place(form, row, authored):
    row["quote"] = {"words": "Ten trucks", "nth": 2, "page": "4", "exhibit": "text"}
    quote = authored(form).report.claims[0].quote
    assert (quote.start, quote.page) == (96, "4")


def test_an_ambiguous_quote_is_refused_with_its_places(form, row, authored):
    row["quote"] = "Ten trucks"
    [fault] = faults(authored, form)
    assert fault.startswith("$.claims[0]: the words stand 2 times")
    assert "2. at 96, paragraph 2" in fault


def test_a_quote_of_no_exhibit_names_those_there_are(form, row, authored):
    row["quote"] = {"words": "Ten trucks", "exhibit": "scan"}
    [fault] = faults(authored, form)
    assert "exhibit must be one of text, got 'scan'" in fault


def test_among_several_exhibits_a_quote_must_name_its_own(form, row, authored):
    form["document"]["exhibits"]["copy"] = {"file": "text.txt"}
    [fault] = faults(authored, form)
    assert "exhibit must be one of text, copy, got ''" in fault
    row["quote"] = {"words": "Ten trucks were delivered", "exhibit": "copy"}
    assert authored(form).report.claims[0].quote.exhibit == "copy"


def test_a_quote_without_exhibits_is_refused(form, authored):
    del form["document"]["exhibits"]
    assert any(
        "exhibit must be one of no exhibits with text" in fault
        for fault in faults(authored, form)
    )


def test_every_fault_of_every_row_is_told_at_once(form, authored):
    form = second(form, stage="arrived")
    form = second(form, says="so", about="nothing")
    assert [fault[:12] for fault in faults(authored, form)] == [
        "$.claims[1]:",
        "$.claims[2]:",
    ]
