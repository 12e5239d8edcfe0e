"""The whole of a form becomes one report, or is refused as a whole."""

import json

import pytest

from embargo_monitor.authoring import Authored, author_file
from embargo_monitor.errors import AuthoringError, NewerVersionError
from embargo_monitor.model.stances import Known, RelayStance


def test_a_form_becomes_a_report_with_all_its_parts(authored):
    made = authored(repeats="r-0", note="seen twice")
    assert isinstance(made, Authored)
    report = made.report
    assert (report.id, report.repeats, report.note) == ("r-1", "r-0", "seen twice")
    assert [one.id for one in report.actors] == ["PK", "rebels"]
    assert [one.id for one in report.places] == ["port"]
    assert [one.id for one in report.sources] == ["minister", "reuters", "paper"]
    assert [one.id for one in report.voices] == ["minister", "paper"]
    assert [one.id for one in report.events] == ["deal", "visit"]
    assert [one.id for one in report.claims] == ["c1.stage"]


def test_what_was_filled_in_is_told_in_the_order_of_the_file(authored, row):
    rows = [
        row(id="b", stage="agreed", goods="arms: x", quote="ten trucks were delivered"),
        row(id="a", value="3 USD", when={"rule": "month-before@1"}),
    ]
    assert [one.where for one in authored(claims=rows).filled] == [
        "document.exhibits.text",
        "actors.PK",
        "claims.b.quote",
        "claims.b.at",
        "claims.b",
        "claims.a.of",
        "claims.a.when",
    ]


# --- voices


def test_a_voice_is_a_chain_of_sources_first_speaker_first(authored):
    [minister, _] = authored().report.voices
    assert [one.source for one in minister.speakers] == ["minister", "reuters", "paper"]
    assert all(one.known is Known.STATED for one in minister.speakers)


def test_a_question_mark_says_that_nothing_settles_who_speaks(form, authored):
    form["voices"]["minister"] = ["minister?", "reuters?", "paper"]
    speakers = authored().report.voices[0].speakers
    assert [one.known for one in speakers] == [
        Known.UNCLEAR,
        Known.UNCLEAR,
        Known.STATED,
    ]


def test_a_speaker_may_be_told_in_full(form, authored):
    reuters = {"source": "reuters", "stance": "doubts", "known": "inferred"}
    inferred = {"said": "2025-12-23", "reason": "named above"}
    form["voices"]["minister"][1] = {**reuters, **inferred}
    speaker = authored().report.voices[0].speakers[1]
    assert (speaker.stance, speaker.known) == (RelayStance.DOUBTS, Known.INFERRED)
    assert (str(speaker.said.date), speaker.reason) == ("2025-12-23", "named above")


@pytest.mark.parametrize(
    ("speakers", "fault"),
    [
        ([], "speakers must be at least one speaker, each once, got []"),
        (["paper", "paper"], "speakers must be at least one speaker, each once"),
        (["ministr", "paper"], "unknown source 'ministr'; near: minister"),
        (["min?ster", "paper"], "unknown source 'min?ster'; near: minister"),
        (["paper?"], "known must be settled for the last speaker, got 'unclear'"),
        (
            ["minister"],
            "speakers must be the document's publisher, paper, as last speaker, got",
        ),
        (
            [{"source": "paper", "stance": "endorses"}],
            "stance must be left out for the first speaker, got 'endorses'",
        ),
        (
            [{"source": "paper", "known": "maybe"}],
            "known must be one of stated, inferred, unclear, got 'maybe'",
        ),
    ],
)
def test_a_voice_that_cannot_be_is_refused_by_its_name(form, faults, speakers, fault):
    form["voices"]["other"] = speakers
    [told] = faults()
    assert told.replace(".speakers", "").startswith(f"$.voices.other: {fault}")


def test_every_fault_of_a_voice_is_told(form, faults):
    form["voices"]["other"] = [{"source": "x", "stance": "y", "known": "z"}, "u", "v"]
    assert len(faults()) == 5


# --- what only the report as a whole can show is told where it stands in the form


def test_a_circle_of_parts_is_refused_at_its_source(form, faults):
    form["sources"]["reuters"]["part_of"] = "minister"
    form["sources"]["minister"]["part_of"] = "reuters"
    assert faults() == [
        "$.sources.minister.part_of: id must be free of circles, got 'minister'"
    ]


def test_an_id_that_is_none_is_refused(faults):
    [fault] = faults(report="two words")
    assert fault.startswith("$: id must be 1 to 64 of ASCII letters, digits,")


# --- files


@pytest.fixture
def path(form, files, tmp_path):
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    path = tmp_path / "report.json"
    path.write_text(json.dumps(form), "utf-8")
    return path


def test_a_file_is_read_with_the_exhibits_beside_it(path, authored):
    assert author_file(path) == authored()


def test_faults_of_a_file_name_it(path):
    path.write_text(path.read_text("utf-8").replace("delivered", "sold"), "utf-8")
    with pytest.raises(AuthoringError) as refused:
        author_file(path)
    assert refused.value.file == str(path)
    assert str(refused.value).startswith(f"{path}: $.claims[0]: ")


def test_a_file_that_is_no_json_is_refused_with_line_and_column(path):
    path.write_text('{"report": "r-1",\n "form": 1', "utf-8")
    with pytest.raises(AuthoringError, match=r"no JSON at line 2, column \d+"):
        author_file(path)


def test_a_file_of_a_newer_version_asks_for_a_newer_library(path, form):
    path.write_text(json.dumps({**form, "form": 2, "colour": "blue"}), "utf-8")
    with pytest.raises(NewerVersionError) as refused:
        author_file(path)
    assert refused.value.file == str(path)


def test_a_file_that_is_not_there_is_missed_as_any_file_is(tmp_path):
    with pytest.raises(FileNotFoundError):
        author_file(tmp_path / "report.json")
