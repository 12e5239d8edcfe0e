"""Files of forms and records: one object, or one on every line."""

import json

import pytest

from embargo_monitor.authoring import Authored, read_written
from embargo_monitor.encoding import KIND_VERSIONS, body_of
from embargo_monitor.errors import AuthoringError, NewerVersionError
from embargo_monitor.model.records import Withdrawal
from embargo_monitor.model.reports import Report


@pytest.fixture
def read(files, tmp_path):
    """Read bytes as the file a.json in the folder of the exhibits."""
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)

    def one(data):
        if isinstance(data, str):
            data = data.encode()
        return list(read_written(data, name="a.json", folder=tmp_path))

    return one


@pytest.fixture
def refused(read):
    def faults(data):
        with pytest.raises(AuthoringError) as error:
            read(data)
        return str(error.value)

    return faults


@pytest.fixture
def printed(form, read):
    """The record of the form, as `show --json` prints its entry."""
    [made] = read(json.dumps(form))
    return {
        "index": 0,
        "leaf": "00" * 32,
        "v": 1,
        "kind": "report",
        "kv": 1,
        "id": "r-1",
        "recorded": "2026-01-02T03:04:05Z",
        "by": "ana",
        "body": body_of(made.report),
    }


def test_one_object_on_many_lines_is_one_form(read, form):
    [made] = read(json.dumps(form, indent=2))
    assert isinstance(made, Authored)
    assert made.report.id == "r-1"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n  \n"])
def test_one_object_on_every_line_is_as_many_forms(read, form, end):
    lines = [json.dumps({**form, "report": f"r-{n}"}) for n in range(3)]
    made = read(end.join(["", *lines, ""]))
    assert [one.report.id for one in made] == ["r-0", "r-1", "r-2"]


def test_lines_may_be_indented(read, form):
    lines = f"  {json.dumps(form)}  \n  {json.dumps({**form, 'report': 'r-2'})}"
    assert [one.report.id for one in read(lines)] == ["r-1", "r-2"]


def test_a_form_of_one_line_is_one_form(read, form):
    [made] = read(json.dumps(form) + "\n")
    assert made.report.id == "r-1"


def test_forms_come_one_by_one_as_they_are_read(form, files, tmp_path):
    (tmp_path / "text.txt").write_bytes(files["text.txt"])
    lines = json.dumps(form) + "\n" + "{}"
    reading = read_written(lines.encode(), name="a", folder=tmp_path)
    assert next(reading).report.id == "r-1"
    with pytest.raises(AuthoringError):
        next(reading)


def test_a_fault_names_the_file_and_among_several_the_line(refused, form):
    wrong = json.dumps({**form, "repeat": "x"})
    assert refused(wrong).startswith("a.json: $: unknown field 'repeat'")
    lines = f"{json.dumps(form)}\n\n{wrong}"
    assert refused(lines).startswith("a.json, line 3: $: unknown field 'repeat'")


# --- records


def test_a_record_as_show_prints_it_is_the_record(read, printed):
    [record] = read(json.dumps(printed))
    assert isinstance(record, Report)
    assert body_of(record) == printed["body"]


def test_a_record_needs_no_more_than_kind_version_id_and_body(read):
    said = Withdrawal("w-1", entry="r-1", entry_kind="report", reason="x", by="ana")
    kind = {"kind": "withdrawal", "kv": KIND_VERSIONS["withdrawal"]}
    assert read(json.dumps({**kind, "id": "w-1", "body": body_of(said)})) == [said]


def test_forms_and_records_may_stand_on_lines_of_one_file(read, form, printed):
    lines = json.dumps(printed) + "\n" + json.dumps({**form, "report": "r-2"})
    record, made = read(lines)
    assert (record.id, made.report.id) == ("r-1", "r-2")


@pytest.mark.parametrize("key", ["kv", "id", "body"])
@pytest.mark.parametrize("value", [None, True, 1.5, []])
def test_a_record_that_lacks_a_part_is_refused(refused, printed, key, value):
    wrong = {**printed, key: value}
    if value in (None, 1.5):
        del wrong[key]
    assert refused(json.dumps(wrong)) == (
        f"a.json: $.{key}: a record needs kind, kv, id and body"
    )


def test_a_record_with_a_kind_that_is_no_text_is_refused(refused, printed):
    assert "$.kind: a record needs" in refused(json.dumps({**printed, "kind": 1}))


def test_a_body_that_is_no_record_is_refused_with_its_path(refused, printed):
    printed["body"]["claims"][0]["stage"] = "arrived"
    told = refused(json.dumps(printed))
    assert told.startswith("a.json: $.body.claims[0].stage: the value must be one of")


@pytest.mark.parametrize("newer", [{"kv": 9}, {"kind": "sighting"}, {"v": 2}])
def test_a_record_of_a_newer_version_asks_for_a_newer_library(read, printed, newer):
    with pytest.raises(NewerVersionError, match=r"a\.json: "):
        read(json.dumps({**printed, **newer}))


# --- no JSON


@pytest.mark.parametrize("length", [0, 1, 40, 200])
def test_a_file_that_is_cut_off_is_refused_with_line_and_column(refused, form, length):
    cut = json.dumps(form, indent=1)[:length]
    line, column = cut.count("\n") + 1, len(cut) - cut.rfind("\n")
    told = refused(cut)
    assert told.startswith("a.json: $: no JSON at line ")
    if length in (0, 1):
        assert f"at line {line}, column {column}" in told


def test_a_last_line_that_is_cut_off_is_named(refused, form):
    lines = json.dumps(form) + "\n" + json.dumps({**form, "report": "r-2"})[:-10]
    assert refused(lines).startswith("a.json, line 2: $: no JSON at line 1, column ")


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xff\xfe"])
@pytest.mark.parametrize("lines", [1, 2])
def test_a_byte_order_mark_is_refused_by_its_name(refused, form, mark, lines):
    data = mark + b"\n".join([json.dumps(form).encode()] * lines)
    assert "begins with a byte order mark of UTF-" in refused(data)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"report": "a", "report": "b"}', "$.report: a key that is given 2 times"),
        ('{"report": null}', "$.report: null; leave out what is not known"),
        ('{"report": 1.5}', '$.report: a float; write it as text, "1.5"'),
        ("[]", "$: the value must be an object, got []"),
    ],
)
def test_what_readers_of_json_disagree_on_is_refused(refused, text, words):
    assert words in refused(text)


def test_the_folder_is_where_exhibits_lie(form, tmp_path):
    data = json.dumps(form).encode()
    with pytest.raises(AuthoringError, match=r"text\.txt"):
        list(read_written(data, name="-", folder=tmp_path / "elsewhere"))


def test_what_is_longer_than_any_form_is_refused_before_it_is_parsed(refused):
    """Parsed, `[{},{},...]` takes thirty times the memory of its text."""
    assert refused("[" + "{}," * 400_000 + "{}]") == (
        "a.json: $: 1,200,004 bytes; at most 1,048,576"
    )
