"""The schemas as files: current, valid, good to complete by, printed as they are."""

import enum
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

import embargo_monitor.schemas.__main__ as program
from embargo_monitor.authoring.form import Row
from embargo_monitor.cli import commands
from embargo_monitor.encoding import KIND_VERSIONS
from embargo_monitor.errors import UnknownNameError
from embargo_monitor.model.rules import RULES, Rule
from embargo_monitor.model.stages import Stage
from embargo_monitor.schemas import read_schema, schema_file, schemas_folder
from embargo_monitor.schemas.shaping import text_for
from embargo_monitor.schemas.writing import write_schemas

ROOT = Path(__file__).parent.parent.parent
SCHEMAS = {f"record/{kind}": read_schema("record", kind) for kind in KIND_VERSIONS} | {
    "authoring/report": read_schema("authoring")
}


def texts_in(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def parts_of(schema):
    """Give every object in a schema."""
    if isinstance(schema, dict):
        yield schema
    for part in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(part, dict | list):
            yield from parts_of(part)


def every(name):
    """Give each value of that keyword, with the schema that it stands in."""
    for schema in SCHEMAS.values():
        for part in parts_of(schema):
            if name in part:
                yield part[name], part


DIGESTS = ("^hmac-", "^sha256:")


# The files.


def test_the_files_are_what_the_types_give_today_and_no_others(tmp_path):
    write_schemas(tmp_path)
    assert texts_in(tmp_path) == texts_in(ROOT / "schemas"), (
        "python -m embargo_monitor.schemas schemas"
    )


def test_the_module_draws_them_into_a_folder(tmp_path):
    subprocess.run([sys.executable, program.__file__, tmp_path], check=True)
    assert texts_in(tmp_path) == texts_in(ROOT / "schemas")


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_of_2020_12(name):
    assert SCHEMAS[name]["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(SCHEMAS[name])


def test_each_schema_has_an_id_of_its_own_that_names_the_version():
    ids = {schema["$id"] for schema in SCHEMAS.values()}
    assert len(ids) == len(SCHEMAS)
    assert all(re.fullmatch(r"urn:embargo-monitor:schema:.+:1", id) for id in ids)


def test_every_reference_leads_to_a_definition_and_each_is_used():
    for schema in SCHEMAS.values():
        used = {part["$ref"] for part in parts_of(schema) if "$ref" in part}
        assert used == {f"#/$defs/{name}" for name in schema["$defs"]}


def test_patterns_keep_to_what_ecma_262_and_python_read_alike():
    patterns = [pattern for pattern, _ in every("pattern")]
    assert len(patterns) > 100
    for pattern in patterns:
        re.compile(pattern)
        # Groups and escapes that one of the two lacks, or reads in its own way.
        for group in re.findall(r"\(\?..?", pattern):
            assert group.startswith(("(?:", "(?!")), pattern
        assert not re.search(r"\\[AZzGbBdDwWsSpPkNU]|\{,|[*+?}]\+", pattern), pattern


# What an editor offers.


def offered(schema, *steps):
    """Give what may stand at a place of an authoring file, as an editor sees it."""
    found, at = [], [schema]
    for step in (*steps, None):
        at = [one for part in at for one in unfolded(part, schema)]
        if step is not None:
            at = [
                part["properties"][step] if step in part.get("properties", {}) else rest
                for part in at
                for rest in [part.get("items" if step == 0 else "additionalProperties")]
                if step in part.get("properties", {}) or isinstance(rest, dict)
            ]
    for part in at:
        found += part.get("enum", []) + part.get("examples", [])
        found += [part["const"]] if "const" in part else []
    return found


def unfolded(part, schema):
    yield part
    if "$ref" in part:
        yield from unfolded(schema["$defs"][part["$ref"].split("/")[-1]], schema)
    for one in part.get("anyOf", ()):
        yield from unfolded(one, schema)


FORM = SCHEMAS["authoring/report"]


def test_an_editor_can_offer_the_words_of_a_list():
    assert offered(FORM, "claims", 0, "stage") == [stage.value for stage in Stage]
    assert offered(FORM, "claims", 0, "credibility") == ["2", "3", "4", "5", "6"]
    assert "person" in offered(FORM, "actors", "any", "kind")
    assert "relays" in offered(FORM, "voices", "any", 0, "stance")
    assert "unroca:IV" in offered(FORM, "claims", 0, "goods", "categories", 0)


def test_an_editor_can_offer_rules_with_what_they_take():
    rules = offered(FORM, "claims", 0, "when", "rule")
    assert {str(Rule.parse(rule)) for rule in rules} == set(rules)
    assert "weekday-on-or-before@1 tuesday" in rules
    [known] = [part for part, _ in every("anyOf") if part[0].get("enum") == rules[:7]][
        :1
    ]
    assert [one["description"] for one in known] == list(RULES.values())


def test_an_editor_can_offer_examples_of_short_texts():
    assert "about 3 billion USD" in offered(FORM, "claims", 0, "value")
    assert "2025-12-23" in offered(FORM, "document", "published", "date")
    assert "arms: rifles" in offered(FORM, "claims", 0, "goods")
    assert "ar" in offered(FORM, "document", "language")


def test_an_editor_can_offer_every_field_of_a_row_with_what_it_means():
    fields = FORM["$defs"]["Row"]["properties"]
    assert list(fields) == [name.rstrip("_") for name in Row.__slots__[:-1]]
    assert fields["stage"]["description"] == "Where the matter stood."


def test_every_field_of_every_object_is_described():
    closed = [part for told, part in every("additionalProperties") if told is False]
    assert len(closed) > 50
    for part in closed:
        for name, field in part["properties"].items():
            assert field.get("description"), f"{part['title']}.{name}"


def test_every_closed_list_is_there_word_for_word():
    lists = {
        name: [member.value for member in one]
        for module in list(sys.modules.values())
        if module.__name__.startswith("embargo_monitor.model.")
        for name, one in vars(module).items()
        if isinstance(one, type) and issubclass(one, enum.Enum)
    }
    titled = {part["title"]: words for words, part in every("enum") if "title" in part}
    assert {"Stage", "Stance", "Role", "Position", "Basis"} < set(titled)
    assert titled == {name: lists[name] for name in titled}


def test_every_example_is_right():
    found = list(every("examples"))
    assert len(found) > 20
    for examples, part in found:
        for example in examples:
            assert Draft202012Validator(part).is_valid(example), example


def test_every_pattern_says_in_words_what_it_asks_for():
    # Who asks whether something is so complains of nothing; and one word for several
    # ways stands beside them.
    silent = [part for name in ("if", "not") for part, _ in every(name)]
    silent += [ways for ways, whole in every("anyOf") if "errorMessage" in whole]
    excused = {id(part) for one in silent for part in parts_of(one)}
    # A digest's own words say more than these two conditions could.
    excused |= {id(part) for one, part in every("pattern") if one in DIGESTS}
    for pattern, part in every("pattern"):
        if id(part) not in excused:
            assert part.get("errorMessage", "").startswith("must be "), pattern


# What is told of a file that is wrong.


def told(change):
    """Tell what docs/schemas.md tells of the invented report, changed."""
    form = json.loads((ROOT / "docs" / "example" / "courier.report.json").read_text())
    change(form)
    lines = []
    for error in Draft202012Validator(FORM).iter_errors(form):
        nearer = error if "errorMessage" in error.schema else best_match([error])
        wanted = nearer.schema.get("errorMessage", nearer.message)
        lines.append(f"{nearer.json_path}: {wanted}")
    return lines


def row(**fields):
    return lambda form: form["claims"].append(
        {"voice": "pilot", "about": "boats", **fields}
    )


MATE = {"kind": "person", "names": {"en": "A. Mate"}}


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (row(goods="boats"), "goods: must be nature: name, with a nature of arms, amm"),
        (row(stage="ordered"), "stage: 'ordered' is not one of ['intent', 'requested'"),
        (
            row(value="40m dollars"),
            "value: must be an amount with its unit, such as 16",
        ),
        (
            row(value="3 years"),
            "value: must be money in an ISO 4217 code, such as abou",
        ),
        (
            row(stage="paid", when="last week"),
            "when: must be a date such as 2025-12-23",
        ),
        (
            row(stage="paid", when={"rule": "x"}),
            "when.rule: must be a rule and what it",
        ),
        (row(), "must have one of stage, supplier, buyer, recipient, end_user"),
        (row(stage="paid", quantity="2 items"), "'goods' is a required property"),
        (
            row(stage="paid", quote="two", wording="two"),
            "wording: must be left out beside a quote",
        ),
        (
            lambda form: form["actors"].update(mate=MATE),
            "$.actors.mate: must have one of public, pseudonym, unnamed",
        ),
        (
            lambda form: form["actors"].update({"two words": {}}),
            "$.actors: must be an id: 1 to 64 of ASCII letters, digits",
        ),
        (
            lambda form: form["voices"].update(pilot=[]),
            "$.voices.pilot: must have a speaker, and one that is not unclear",
        ),
    ],
)
def test_a_complaint_says_in_words_what_is_wanted(change, line):
    assert any(line in one for one in told(change)), told(change)


# Reading and printing them.


def test_an_unknown_schema_is_refused_with_those_that_are_near():
    with pytest.raises(UnknownNameError) as caught:
        read_schema("record", "reprot")
    assert caught.value.near[0] == "record/report"
    with pytest.raises(UnknownNameError):
        read_schema("authoring", "link")


def test_a_schema_never_leads_out_of_its_folder():
    with pytest.raises(UnknownNameError):
        schema_file("..", "pyproject")


def test_in_a_checkout_the_schemas_lie_beside_the_package():
    assert schemas_folder() == ROOT / "schemas"


def test_a_text_that_no_schema_knows_is_an_error_of_the_generator():
    with pytest.raises(TypeError, match=r"Row\.new: .* is no text"):
        text_for(print, "Row.new")


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_command_prints_the_file_byte_for_byte(name):
    of, kind = name.split("/")
    words = ["schema", "authoring"] if of == "authoring" else ["schema", "record", kind]
    ran = CliRunner().invoke(commands, words)
    assert ran.exit_code == 0
    assert ran.stdout_bytes == (ROOT / "schemas" / f"{name}.schema.json").read_bytes()


@pytest.mark.parametrize(
    "words", [("record", "reprot"), ("record",), ("reading",), ("authoring", "report")]
)
def test_a_schema_that_there_is_not_is_wrong_usage(words):
    assert CliRunner().invoke(commands, ["schema", *words]).exit_code == 2


def test_who_asks_for_an_unknown_kind_is_told_the_kinds():
    assert (
        "'report', 'correction'"
        in CliRunner().invoke(commands, ["schema", "record", "reprot"]).output
    )
