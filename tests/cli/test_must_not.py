"""No command can be brought to name the adversary's systems as goods."""

import json
import re
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[2] / "seeds"
FORM = SEEDS / "000_72d35ca66b1e567a.report.json"
SYSTEMS = re.compile(r"Rafale|Su-30|MiG-29|Mirage 2000|S-400")
EVENTS = ("deal", "offer", "pact", "visit", "july")


def goods_named(run):
    """Return every place where a command prints one of the systems as goods."""
    found = []
    texts = [run("show", "0").out, run("events").out, run("log").out]
    texts += [run("event", f"seed-article#{event}").out for event in EVENTS]
    for text in texts:
        # A point begins where its label stands; what is indented below belongs to it.
        points = re.split(r"\n(?=\s{2,4}\S|\s{13}(?:NOT goods|DISPUTED|embargo))", text)
        found += [
            point
            for point in points
            if SYSTEMS.search(point)
            and "NOT goods, only named" not in point
            and "NOT goods  only named" not in point
        ]
    values = [json.loads(run("show", "0", "--json").out)]
    values += [json.loads(line) for line in run("events", "--json").out.splitlines()]
    values += [
        json.loads(run("event", f"seed-article#{event}", "--json").out)
        for event in EVENTS
    ]
    for value in values:
        found += [str(one) for one in _goods_in(value) if SYSTEMS.search(str(one))]
    return found


def _goods_in(value):
    if isinstance(value, dict):
        if value.get("kind") == "goods_are":
            yield value
        for one in value.values():
            yield from _goods_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from _goods_in(one)


def test_no_command_names_a_mention_as_goods(run):
    run("init")
    assert goods_named(run) == []


@pytest.mark.parametrize("system", ["aircraft: Rafale", "arms: S-400"])
def test_control_the_mention_turned_into_goods_is_found(run, tmp_path, system):
    form = json.loads(FORM.read_text("utf-8"))
    [row] = [row for row in form["claims"] if row.get("id") == "systems"]
    del row["mentions"], row["as"], row["actor"]
    row["goods"] = system
    article = SEEDS / "000_72d35ca66b1e567a.txt"
    (tmp_path / article.name).write_bytes(article.read_bytes())
    (tmp_path / "turned.json").write_text(json.dumps(form), "utf-8")
    run("init", "--empty")
    assert run("add", "--yes", "turned.json").code == 0
    assert len(goods_named(run)) >= 4
