"""Hostile input is refused where it comes in, or comes back as the same bytes."""

import json
from pathlib import Path

import pytest

DOORS = Path(__file__).with_name("doors.py")
MOST_MEGABYTES = 300


@pytest.fixture
def run(start):
    """Bring hostile inputs to their doors, in a process of their own."""

    def one(*arguments):
        child = start(DOORS, "--seed", 7, *arguments)
        told = child.communicate()[0]
        assert child.returncode == 0
        return json.loads(told)

    return one


def test_hostile_input_is_refused_with_its_path_or_comes_back_as_the_same_bytes(
    run, full
):
    drawn, parts = (20_000, (300, 600, 900, 2_700, 10_000)) if full else (2_000, (600,))
    told = run("--drawn", drawn, "--large", 100, "--entangled", *parts)
    seconds, (slowest, length) = told["seconds"], told["slowest"]
    print(
        f"{told['inputs']} inputs, {told['came']}, {told['refusals']}; most memory"
        f" {told['megabytes']:.0f} MB; slowest {seconds:.2f} s, {slowest},"
        f" {length} bytes"
    )
    assert told["wrong"] == []
    assert told["megabytes"] < MOST_MEGABYTES
    doors = {door.partition(" ")[0] for door in told["came"]}
    taken = {door for door, count in told["came"].items() if count > 5}
    assert {f"{door} taken" for door in doors} <= taken
    assert {f"{door} refused" for door in doors} <= taken


@pytest.mark.parametrize("guard", ["depth", "twice", "surrogates"])
def test_without_one_check_of_json_hostile_input_gets_through(run, guard):
    """The controls: an exception of another tree, or a key that is taken twice."""
    assert run("--drawn", 600, "--without", guard)["wrong"]


def test_without_the_limit_of_size_it_takes_more_memory(run):
    assert run("--large", 1, "--without", "size")["megabytes"] > MOST_MEGABYTES
