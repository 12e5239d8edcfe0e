"""Plain JSON values to typed ones: strictly, and with the path of every fault."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from attrs import field, frozen

from embargo_monitor.errors import EncodingError, InvalidValueError
from embargo_monitor.model.about import About, AboutKind
from embargo_monitor.model.actors import Actor, ActorKind
from embargo_monitor.model.amounts import Amount, Bound
from embargo_monitor.model.claims import AnyClaim, MentionIs, PartyIs, Says, StageIs
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.goods import Category, Item, Nature
from embargo_monitor.model.identifiers import Identifier
from embargo_monitor.model.names import Name
from embargo_monitor.model.quotes import Quote
from embargo_monitor.model.records import Correction, Envelope, Withdrawal
from embargo_monitor.model.refs import Ref, RefKind
from embargo_monitor.model.reports import Report
from embargo_monitor.model.rules import Rule
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.vocabulary import MentionRole, Role
from embargo_monitor.model.when import Anchor, AnchorKind, When
from embargo_monitor.structuring import structure, unstructure

WITHDRAWAL = {
    "id": "w",
    "entry": "r",
    "entry_kind": "report",
    "reason": "logged twice",
    "by": "ana",
}
SAYS = {"kind": "says", "id": "c1", "about": "event:deal", "voice": "v", "text": "a"}
ENVELOPE = {
    "v": 1,
    "kind": "report",
    "kv": 1,
    "id": "r",
    "recorded": "2026-01-02T03:04:05Z",
    "by": "ana",
}
AMOUNT = {"low": "3", "high": "3", "bound": "exact", "unit": "items"}
CORRECTION = {"id": "k", "report": "r", "reason": "a", "by": "ana", "adds": [SAYS]}


@frozen
class Speech:
    words: str


@frozen
class Row:
    said: str | Speech


@frozen
class Remarked:
    even: int = field()

    @even.validator
    def _is_even(self, _, value):
        error = InvalidValueError("even", value, "an even number")
        error.add_note("odd numbers are odd")
        raise error


def faults_of(value, type_, path="$"):
    with pytest.raises(EncodingError) as caught:
        structure(value, type_, path)
    return caught.value.faults


def without(value, *names):
    return {name: one for name, one in value.items() if name not in names}


def test_an_object_becomes_its_type():
    assert structure(WITHDRAWAL, Withdrawal, "$") == Withdrawal(
        "w", entry="r", entry_kind="report", reason="logged twice", by="ana"
    )


def test_a_field_may_stand_in_any_order_and_at_its_default():
    value = dict(reversed({**SAYS, "note": "", "refs": []}.items()))
    correction = structure({**CORRECTION, "adds": [value]}, Correction, "$")
    [claim] = correction.adds
    assert claim == Says(
        id="c1", about=About(AboutKind.EVENT, "deal"), voice="v", text="a"
    )


def test_fields_at_their_default_are_left_out():
    quote = Quote("text", start=0, end=2)
    assert unstructure(quote) == {"exhibit": "text", "start": 0, "end": 2}
    assert unstructure(Name("Libya")) == {"text": "Libya"}


def test_each_type_is_written_as_json_has_it():
    date = ImpreciseDate("2025-12-23?")
    claim = StageIs(
        id="c1",
        about=About.parse("event:deal"),
        voice="v",
        stage=Stage.IN_TRANSIT,
        when=When(
            ImpreciseDate("2025-12-23"),
            rule=Rule("weekday-before@1", "tuesday"),
            anchor=Anchor(AnchorKind.DAY, day=date, reason="told"),
        ),
        refs=(Ref(RefKind.RESTS_ON, "c0"),),
        from_="tobruk",
    )
    assert unstructure(claim) == {
        "kind": "stage_is",
        "id": "c1",
        "about": "event:deal",
        "voice": "v",
        "stage": "in transit",
        "when": {
            "date": "2025-12-23",
            "rule": "weekday-before@1 tuesday",
            "anchor": {"of": "day", "day": "2025-12-23?", "reason": "told"},
        },
        "refs": [{"kind": "rests_on", "claim": "c0"}],
        "from": "tobruk",
    }


def test_words_that_python_reserves_are_plain_in_json():
    about = About.parse("event:deal")
    party = PartyIs(
        id="c", about=about, voice="v", role=Role.BUYER, actor="a", for_="b"
    )
    mention = MentionIs(
        id="m",
        about=about,
        voice="v",
        items=(Item("Rafale", Nature.AIRCRAFT),),
        as_=MentionRole.ADVERSARYS,
    )
    assert unstructure(party)["for"] == "b"
    assert unstructure(mention)["as"] == "adversary's"
    assert structure(unstructure(party), AnyClaim, "$") == party
    assert structure(unstructure(mention), AnyClaim, "$") == mention
    value = {**unstructure(party), "for_": "b"}
    assert faults_of(value, AnyClaim) == ("$: unknown field 'for_'; near: for",)


def test_an_unknown_field_is_refused_with_the_known_ones_near_it():
    value = {**WITHDRAWAL, "reasons": "a", "zzz": 1}
    assert faults_of(value, Withdrawal) == (
        "$: unknown field 'reasons'; near: reason",
        "$: unknown field 'zzz'",
    )


def test_an_unknown_field_is_shown_escaped():
    [fault] = faults_of({**WITHDRAWAL, "\u202ereason": "a"}, Withdrawal)
    assert fault.startswith(r"$: unknown field '\u202ereason'")


@pytest.mark.parametrize("name", WITHDRAWAL)
def test_a_missing_field_is_named(name):
    assert faults_of(without(WITHDRAWAL, name), Withdrawal) == (
        f"$.{name}: is missing",
    )


@pytest.mark.parametrize("value", [1, True, 1.5, None, ["a"], {"a": "a"}])
def test_only_text_is_text(value):
    [fault] = faults_of({**WITHDRAWAL, "reason": value}, Withdrawal)
    assert fault == f"$.reason: the value must be a text, got {value!r}"


@pytest.mark.parametrize("value", ["1", True, 1.0, None, [1]])
def test_only_a_whole_number_is_one(value):
    [fault] = faults_of({**ENVELOPE, "kv": value}, Envelope)
    assert fault == f"$.kv: the value must be a whole number, got {value!r}"


@pytest.mark.parametrize("value", ["true", 1, 0, None])
def test_only_true_and_false_are_answers(value):
    actor = {"id": "a", "kind": "state", "names": [{"text": "a"}], "unnamed": value}
    [fault] = faults_of(actor, Actor)
    assert fault == f"$.unnamed: the value must be true or false, got {value!r}"


@pytest.mark.parametrize("value", ["a", 1, None, {"0": "a"}])
def test_only_a_list_is_a_list(value):
    [fault] = faults_of({**CORRECTION, "withdraws": value}, Correction)
    assert fault == f"$.withdraws: the value must be a list, got {value!r}"


@pytest.mark.parametrize("value", ["a", 1, None, [], True])
@pytest.mark.parametrize("type_", [Withdrawal, AnyClaim])
def test_only_an_object_is_an_object(value, type_):
    [fault] = faults_of(value, type_)
    assert fault == f"$: the value must be an object, got {value!r}"


@pytest.mark.parametrize("value", ["buying", "BUYER", "", 1, None, ["buyer"]])
def test_an_unknown_member_is_refused_with_the_known_ones(value):
    claim = {**without(SAYS, "text"), "kind": "party_is", "actor": "a", "role": value}
    [fault] = faults_of(claim, AnyClaim)
    assert fault.startswith("$.role: the value must be one of supplier, buyer, recip")
    assert fault.endswith(f"got {value!r}")


@pytest.mark.parametrize("value", ["say", "Says", "", 1, None, ["says"]])
def test_an_unknown_kind_of_claim_is_refused_with_the_known_ones(value):
    [fault] = faults_of({**CORRECTION, "adds": [{**SAYS, "kind": value}]}, Correction)
    assert fault.startswith("$.adds[0]: kind must be one of party_is, goods_are, ")
    assert fault.endswith(f"got {value!r}")


def test_a_claim_without_kind_is_refused():
    [fault] = faults_of(without(SAYS, "kind"), AnyClaim)
    assert fault.startswith("$: kind must be one of party_is, ")


def test_a_claim_has_the_fields_of_its_kind_alone():
    assert faults_of({**SAYS, "terms": "sale"}, AnyClaim) == (
        "$: unknown field 'terms'",
    )


def test_a_fault_in_a_list_has_the_place_of_its_member():
    refs = [{"kind": "within", "claim": "c0"}, {"kind": "in", "claim": "c0"}]
    value = {**CORRECTION, "adds": [SAYS, {**SAYS, "refs": refs}]}
    [fault] = faults_of(value, Correction, "$.body")
    assert fault.startswith("$.body.adds[1].refs[1].kind: the value must be one of ")


def test_every_fault_is_told_at_once():
    value = {
        **without(WITHDRAWAL, "by"),
        "reason": 1,
        "colour": "a",
        "entry": ["r"],
    }
    assert sorted(faults_of(value, Withdrawal)) == [
        "$.by: is missing",
        "$.entry: the value must be a text, got ['r']",
        "$.reason: the value must be a text, got 1",
        "$: unknown field 'colour'",
    ]


def test_faults_of_several_members_and_levels_are_told_at_once():
    bad = {**SAYS, "stance": "says", "when": {"date": "soon", "clock": 9}}
    value = {**CORRECTION, "adds": [bad, SAYS, 7], "withdraws": ["a", 7], "by": 7}
    paths = [fault.split(": ")[0] for fault in faults_of(value, Correction)]
    assert sorted(paths) == [
        "$.adds[0].stance",
        "$.adds[0].when.clock",
        "$.adds[0].when.date",
        "$.adds[2]",
        "$.by",
        "$.withdraws[1]",
    ]


def test_a_value_that_a_field_cannot_hold_is_told_where_its_object_stands():
    value = {**CORRECTION, "adds": [SAYS, {**SAYS, "id": "\u202e"}]}
    [fault] = faults_of(value, Correction)
    assert fault.startswith("$.adds[1]: id must be 1 to 64 of ASCII letters")
    assert fault.endswith(r"got '\u202e'")


@pytest.mark.parametrize(
    ("type_", "text", "said"),
    [
        (ImpreciseDate, "23 December", "date must be an EDTF date"),
        (Rule, "yesterday@1", "rule must be one of "),
        (About, "deal", "about must be event:, actor: or regime: and an id"),
        (Identifier, "imo:9074720", "imo must be a number whose check digit agrees"),
        (Category, "unroca:IX", "category must be one of I, II, "),
        (ImpreciseDate, 2025, "the value must be a text, got 2025"),
    ],
)
def test_a_value_that_is_written_as_text_is_read_from_it(type_, text, said):
    [fault] = faults_of(text, type_, "$.here")
    assert fault.startswith(f"$.here: {said}")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", Decimal(0)),
        ("3", Decimal(3)),
        ("3000000000", Decimal(3000000000)),
        ("2.5", Decimal("2.5")),
        ("0.000001", Decimal("0.000001")),
    ],
)
def test_a_number_is_plain_text(text, number):
    value = {**AMOUNT, "low": text, "high": text}
    amount = structure(value, Amount, "$")
    assert amount == Amount(number, number, bound=Bound.EXACT, unit="items")
    assert unstructure(amount) == value


@pytest.mark.parametrize(
    "text",
    [
        *("", "3.0", "2.50", "03", ".5", "5.", "3E9", "1_000", "٣", "³", "-1", "+1"),
        *(" 3", "NaN", "1.2.3", "3,000", 3, 3.5),
    ],
)
def test_a_number_in_another_spelling_is_refused(text):
    [fault] = faults_of({**AMOUNT, "low": text}, Amount)
    wanted = "a text" if not isinstance(text, str) else "a plain decimal number as text"
    assert fault.startswith(f"$.low: the value must be {wanted}")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-01-02T03:04:05Z", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("0999-12-31T23:59:59Z", datetime(999, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_an_instant_is_text_in_utc(text, instant):
    envelope = structure({**ENVELOPE, "recorded": text}, Envelope, "$")
    assert envelope.recorded == instant
    assert envelope.recorded.tzinfo is UTC
    assert unstructure(envelope)["recorded"] == text


@pytest.mark.parametrize(
    "text",
    [
        *("2026-01-02", "2026-01-02T03:04:05", "2026-01-02T03:04:05+00:00", "", "now"),
        *("2026-01-02 03:04:05Z", "2026-1-2T3:4:5Z", "2026-02-30T00:00:00Z"),
        *("2026-01-02T03:04:60Z", "2026-01-02T03:04:05.5Z", "٢٠٢٦-01-02T03:04:05Z"),
    ],
)
def test_an_instant_in_another_spelling_is_refused(text):
    [fault] = faults_of({**ENVELOPE, "recorded": text}, Envelope)
    assert fault.startswith("$.recorded: the value must be a UTC instant such as ")


@pytest.mark.parametrize("text", ["2011-2-26", "20110226", "2011-02-30", ""])
def test_a_day_in_another_spelling_is_refused(text):
    assert structure("2011-02-26", date, "$") == date(2011, 2, 26)
    with pytest.raises(EncodingError, match="a day such as 2011-02-26"):
        structure(text, date, "$")


def test_where_text_or_an_object_may_stand_both_are_read():
    assert structure({"said": "yes"}, Row, "$") == Row("yes")
    assert structure({"said": {"words": "yes"}}, Row, "$") == Row(Speech("yes"))
    assert faults_of({"said": 7}, Row) == (
        "$.said: the value must be an object, got 7",
    )


def test_what_its_parts_say_of_one_another_keeps_its_own_path():
    report = {
        "id": "r",
        "document": {"titles": [{"text": "a"}], "publisher": "a"},
        "sources": [{"id": "a", "kind": "outlet", "names": [{"text": "a"}]}],
        "voices": [{"id": "v", "speakers": [{"source": "a"}]}],
        "claims": [{**SAYS, "about": "regime:x"}, {**SAYS, "id": "c2"}],
    }
    [fault] = faults_of(report, Report, "$.body")
    assert fault == (
        "$.body.claims[1].about: events must be the id of one of the report's events,"
        " got 'deal'"
    )


def test_a_remark_that_a_fault_bears_does_not_move_it():
    assert faults_of({"even": 3}, Remarked, "$.here") == (
        "$.here: even must be an even number, got 3",
    )


def test_an_actor_may_be_written_in_full():
    value = {
        "id": "lna",
        "kind": "armed group",
        "names": [{"text": "الجيش الوطني الليبي", "language": "ar"}],
        "same_as": ["gazetteer:lna"],
        "count": {"low": "2", "bound": "at least", "unit": "persons"},
    }
    actor = structure(value, Actor, "$")
    assert actor.kind is ActorKind.ARMED_GROUP
    assert unstructure(actor) == value
