"""C01 and C02 asked with filters: what outlets alter is another answer, not a match."""

import pytest

from embargo_monitor.query import matching
from embargo_monitor.query.filters import Filters


def found(case, **asked):
    matches = matching.ordered(matching.each_event(case.told(), Filters(**asked)))
    return {one.id: one.certainty.name for one in matches}


@pytest.mark.parametrize("name", ["c01", "c02"])
def test_the_lna_and_libya_are_two_recipients(case, name):
    agreed = {"stage_at_least": "agreed"}
    assert found(case(name), recipient="lna", **agreed)[f"{name}-a#deal"] == "YES"
    assert f"{name}-b#deal" not in found(case(name), recipient="lna", **agreed)
    # Who writes "Libya" says nothing of the stage: it may be the same deal.
    assert found(case(name), recipient="Libya", **agreed) == {
        f"{name}-b#deal": "MAYBE",
        **({"c01-c#deal": "MAYBE"} if name == "c01" else {}),
    }


def test_who_did_not_answer_says_no_stage(case):
    silent = matching.ordered(
        matching.each_claim(case("c01").told(), Filters(stage="agreed"))
    )
    stances = {one.claim.claim.stance.value for one in silent}
    assert stances == {"asserts", "did not answer"}
    assert found(case("c01"), stage="delivered").get("c01-a#deal") is None


def test_published_in_december_as_far_as_is_known(case):
    assert found(case("c01"), published="2025-12-22") == {
        "c01-a#deal": "YES",
        "c01-a#meeting": "YES",
        "c01-a#pact": "YES",
        "c01-b#deal": "MAYBE",
        "c01-c#deal": "MAYBE",
    }


def test_two_wires_are_two_origins_of_one_deal(case):
    for wire in ("CNN", "Reuters"):
        assert found(case("c02"), source=wire)["c02-a#deal"] == "YES"
