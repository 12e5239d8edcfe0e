"""Records that come after reports: corrections, withdrawals, links and the rest."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from attrs import evolve

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.about import About
from embargo_monitor.model.actors import Actor, ActorKind, Place, PlaceKind
from embargo_monitor.model.claims import Says
from embargo_monitor.model.documents import Document
from embargo_monitor.model.events import Event, EventKind
from embargo_monitor.model.grades import Credibility, CredibilityGrade
from embargo_monitor.model.names import Name
from embargo_monitor.model.records import (
    Assessment,
    Correction,
    Envelope,
    Link,
    Linked,
    LinkRelation,
    Resumption,
)
from embargo_monitor.model.voices import Source, SourceKind, Speaker, Voice

CLAIM = Says(id="c1", about=About.parse("regime:x"), voice="v", text="a")
GRADE = CredibilityGrade(Credibility.DOUBTFUL, by="ana", on="2026-01-02")
NAMES = (Name("a"),)
PAPER = Source("paper", SourceKind.OUTLET, names=NAMES)
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def correction(**parts):
    return Correction("k", report="r", reason="a slip", by="ana", **parts)


def link(first="r#a", second="q#a", **parts):
    fields = {"relation": LinkRelation.SAME, "linked": Linked.EVENT, **parts}
    return Link("l", first=first, second=second, reason="a", by="ana", **fields)


def envelope(**parts):
    fields = {"v": 1, "kind": "link", "kv": 1, "id": "l", "recorded": NOW, "by": "ana"}
    return Envelope(**{**fields, **parts})


@pytest.mark.parametrize(
    "parts",
    [
        {"adds": (CLAIM,)},
        {"replaces": (CLAIM,)},
        {"withdraws": ("c1", "c2.stage")},
    ],
)
def test_a_correction_corrects_something(parts):
    assert correction(**parts).report == "r"
    with pytest.raises(InvalidValueError, match="adds must be a correction of someth"):
        correction()


@pytest.mark.parametrize(
    "parts",
    [
        {"actors": (Actor("lna", kind=ActorKind.ARMED_GROUP, names=NAMES),)},
        {"places": (Place("sea", kind=PlaceKind.SEA, names=NAMES),)},
        {"sources": (PAPER,)},
        {"voices": (Voice("v", speakers=(Speaker("paper"),)),)},
        {"events": (Event("deal", kind=EventKind.TRANSFER, title="a"),)},
        {"document": Document(titles=NAMES, publisher="paper")},
    ],
    ids=lambda parts: next(iter(parts)),
)
def test_a_correction_may_be_of_a_table_alone(parts):
    [(name, value)] = parts.items()
    assert getattr(correction(**parts), name) == value


@pytest.mark.parametrize(
    "parts",
    [
        {"adds": (CLAIM, CLAIM)},
        {"adds": (CLAIM,), "replaces": (CLAIM,)},
        {"replaces": (CLAIM,), "withdraws": ("c1",)},
        {"withdraws": ("c1", "c2", "c1")},
    ],
)
def test_a_correction_speaks_of_a_claim_once(parts):
    with pytest.raises(InvalidValueError, match="once, got 'c1'"):
        correction(**parts)


@pytest.mark.parametrize("id_", ["", "c 1", "r#c1", "\u202ec1"])
def test_a_correction_withdraws_claims_by_their_ids(id_):
    with pytest.raises(InvalidValueError, match="withdraws must be 1 to 64 of ASCII"):
        correction(withdraws=("c1", id_))


@pytest.mark.parametrize("id_", ["c1", "#c1", "r#", "r#c1#c2", "r#c 1", "r#c1\n", ""])
def test_a_thing_of_another_report_is_named_from_outside(id_):
    assert Assessment("a", claim="r#c1.stage", credibility=GRADE, reason="a")
    with pytest.raises(InvalidValueError, match="claim must be report-id#local-id"):
        Assessment("a", claim=id_, credibility=GRADE, reason="a")
    with pytest.raises(InvalidValueError, match="because must be report-id#local-id"):
        link(because=("r#c1", id_))


def test_a_thing_is_not_linked_to_itself():
    with pytest.raises(InvalidValueError, match="second must be another thing than"):
        link(first="r#a", second="r#a")


@pytest.mark.parametrize("relation", LinkRelation)
def test_events_stand_to_one_another_in_every_relation(relation):
    assert link(relation=relation).relation is relation


@pytest.mark.parametrize("linked", [one for one in Linked if one is not Linked.EVENT])
def test_all_else_is_the_same_or_different_or_unsure(linked):
    taken = set()
    for relation in LinkRelation:
        try:
            taken.add(link(linked=linked, relation=relation).relation.value)
        except InvalidValueError as error:
            assert error.wanted == f"same, different or unsure for a {linked.value}"  # noqa: PT017
    assert taken == {"same", "different", "unsure"}


OLD_KEY = "example.org/log+6ab9d61e+AbuC6rP6O8lBbnd6yHS+muKndMNmS8VdtS273XWLNiW8"
NEW_KEY = "example.org/log+e90759af+AcMiqkUgOBrvUmwEe+auZct1bk50g07yCPQ7B69baa25"


def resumption(**parts):
    fields = {"seen_size": 5, "seen_root": "0" * 64, "reason": "a", "by": "ana"}
    keys = {"old_key": OLD_KEY, "new_key": NEW_KEY}
    return Resumption("n", **{**fields, **keys, **parts})


def test_a_log_goes_on_under_another_key():
    assert resumption().new_key == NEW_KEY
    with pytest.raises(InvalidValueError, match="new_key must be another key than old"):
        resumption(new_key=OLD_KEY)


@pytest.mark.parametrize("which", ["old_key", "new_key"])
@pytest.mark.parametrize(
    "key",
    [
        "",
        "example.org/log",
        OLD_KEY.replace("+6ab9d61e", ""),
        OLD_KEY.replace("6ab9d61e", "6AB9D61E"),
        OLD_KEY.replace("example.org/log", "two words"),
        OLD_KEY.replace("example.org/log", ""),
        OLD_KEY.replace("example.org/log", "السجل"),
        f"{OLD_KEY}\n",
        f"{OLD_KEY}===",
        f"{OLD_KEY.rpartition('+')[0]}+{'A' * 201}",
    ],
)
def test_a_resumption_names_verifier_keys(which, key):
    with pytest.raises(InvalidValueError, match=f"{which} must be a verifier key"):
        resumption(**{which: key})


@pytest.mark.parametrize(
    "parts", [{"seen_size": -1}, {"seen_root": "0" * 63}, {"reason": ""}, {"by": ""}]
)
def test_a_resumption_says_what_was_seen_why_and_who_goes_on(parts):
    assert resumption(seen_size=0).seen_size == 0
    [name] = parts
    with pytest.raises(InvalidValueError, match=f"{name} must be"):
        resumption(**parts)


def test_an_assessment_gives_its_reason_once():
    judged = evolve(GRADE, reason="three pilots, one story")
    with pytest.raises(InvalidValueError) as caught:
        Assessment("a", claim="r#c1", credibility=judged, reason="a")
    assert str(caught.value) == (
        "$.credibility: reason must be left out: it is given once, as the"
        " assessment's reason, got 'three pilots, one story'"
    )


@pytest.mark.parametrize(
    "recorded",
    [
        NOW.replace(tzinfo=None),
        NOW.replace(microsecond=1),
        NOW.astimezone(timezone(timedelta(hours=2))),
    ],
)
def test_an_envelope_is_of_an_instant_in_utc(recorded):
    assert envelope().recorded == NOW
    with pytest.raises(InvalidValueError, match="recorded must be UTC in whole sec"):
        envelope(recorded=recorded)


@pytest.mark.parametrize("version", [-1, 2**53, True, "1"])
def test_versions_are_counted(version):
    with pytest.raises(InvalidValueError, match="kv must be an integer from 0"):
        envelope(kv=version)
