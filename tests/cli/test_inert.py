"""Hostile text in a field of a form, or in an option, runs nowhere, hides nothing."""

import csv
import io
import json
import re
from copy import deepcopy
from pathlib import Path

import attrs
import pytest
from markdown_it import MarkdownIt

from embargo_monitor.query.filters import Filters
from embargo_monitor.show.matches import disarmed
from tests.attacks import ALL, REFUSED, TAKEN
from tests.authoring.everything import FILES, FORM, at, spot, text_fields

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
RUNS = {"html_block", "html_inline", "image", "link_open", "fence", "code_block"}
STEERS = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066\u2067"
    r"\ud800-\udfff\U000e0000-\U000e007f]"
)
"""What may move the cursor or turn the line; we isolate with U+2068 and U+2069."""

FREE = {
    *("WrittenReport.note", "Graded.by", "Made.by", "WrittenEvent.title"),
    *("WrittenPlace.names", "WrittenPlace.offset", "WrittenName.text"),
    *("WrittenActor.names", "WrittenActor.note", "WrittenSource.names"),
    *("WrittenSource.note", "WrittenSpeaker.reason", "WrittenItem.name"),
    *("WrittenItem.wording", "WrittenWhen.translation", "WrittenWhen.reason"),
    *("WrittenDay.reason", "WrittenQuote.page", "WrittenQuote.paragraph"),
    *("WrittenQuote.annex", "WrittenQuote.time_code", "WrittenDocument.titles"),
    *("WrittenDocument.note", "WrittenExhibit.title", "WrittenReading.wording"),
    *("WrittenReading.reason", "Row.wording", "Row.translation", "Row.note"),
    *("Row.line", "Row.embargo", "Row.text", "Row.says"),
}
"""The fields that hold text in one's own words; all others know what they take."""

FIELDS = {f"{kind.__name__}.{name}": (kind, name) for kind, name in text_fields()}


def with_text(text, *fields):
    """Return the form with a text in these of its fields."""
    form = deepcopy(FORM)
    for kind, name in map(FIELDS.__getitem__, fields):
        *path, key = spot(kind, name)
        place = at(form, path)
        old = place[key]
        if isinstance(old, dict):
            place[key] = dict.fromkeys(old, text)
        else:
            place[key] = [text, *old[1:]] if isinstance(old, list) else text
    return form


@pytest.fixture
def write(tmp_path):
    """Write a form beside the files that it names, in a log's folder."""
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)

    def write(form):
        (tmp_path / "form.json").write_text(json.dumps(form), "utf-8")
        return "form.json"

    return write


def require_still(ran):
    """Refuse what steers a terminal, and what is isolated beyond the end of a line."""
    assert "Traceback" not in ran.err
    for text in (ran.out, ran.err):
        assert not STEERS.search(text), ascii(text)
        for line in text.splitlines():
            assert line.count("\u2068") == line.count("\u2069"), ascii(line)


def test_the_form_that_is_attacked_gives_every_text_field(run, write):
    assert len(FIELDS) > 130
    for kind, name in FIELDS.values():
        assert spot(kind, name)
    assert set(FIELDS) >= FREE
    assert run("check", write(FORM)).code == 0


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_a_field_takes_words_or_says_what_it_takes(run, write, field):
    run("init", "--empty")
    for attack, text in ALL.items():
        ran = run("check", write(with_text(text, field)))
        taken = field in FREE and attack in TAKEN
        assert ran.code == (0 if taken else 1), (attack, ran)
        assert taken or "form.json: $" in ran.err, attack
        require_still(ran)


SHOWN = (
    *(("show", "0"), ("log",), ("claims", "--explain"), ("event", "page#deal")),
    *(("events", "--text", "boats", "--explain"), ("events",), ("diff", "0", "1")),
)

MARKUP = (
    *("script", "image", "link", "picture", "backticks", "pipes", "our marks"),
    *("template", "arabic"),
)
"""The attacks on what is drawn from much text: memo and case file."""


def texts_in(value):
    """Give every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts_in(one)


def read_back(cell):
    """Take the apostrophes away, as the reference says."""
    return re.sub("(^|;)'", r"\1", cell)


@pytest.fixture
def logged(run, write):
    """Log the form with an attack in every field that takes one."""

    def log(text):
        run("init", "--empty")
        form = write(with_text(text, *FREE))
        assert run("add", "--yes", "--by", text, form).code == 0

    return log


@pytest.mark.parametrize("attack", TAKEN)
def test_what_is_logged_of_an_attack_is_its_text(run, logged, attack):
    text = TAKEN[attack]
    logged(text)
    for command in SHOWN:
        ran = run(*command)
        assert ran.code == 0
        require_still(ran)
        ran = run(*command, "--json")
        require_still(ran)
        found = [json.loads(line) for line in ran.out.splitlines()]
        if command[0] in ("show", "event", "claims"):
            assert text in list(texts_in(found))
    require_still(run("cite", "--question", text))
    assert run("verify").code == 0


@pytest.mark.parametrize("attack", TAKEN)
def test_a_table_of_an_attack_holds_no_formula(run, logged, attack):
    text = TAKEN[attack]
    logged(text)
    for command in ("events", "claims"):
        head, *rows = csv.reader(io.StringIO(run(command, "--csv").out))
        titles = [read_back(dict(zip(head, row, strict=True))["title"]) for row in rows]
        assert text in titles
        for cell in (cell for row in rows for cell in row):
            # Some spreadsheets part cells at semicolons; a quotation is then none.
            for part in cell.split(";"):
                start = part.lstrip(' "\u200b\u200c\ufeff')
                assert not start.startswith(tuple("=+-@\t\r\n＝＋－＠")), ascii(cell)


@pytest.mark.parametrize("attack", MARKUP)
def test_a_record_of_relevance_tells_an_attack_as_text(run, logged, attack):
    logged(TAKEN[attack])
    by = ("--record", "--yes", "--by", TAKEN[attack])
    assert run("relevance", "page#deal", *by).code == 0
    for command in (("show", "1"), ("show", "1", "--json"), ("relevance", "page#deal")):
        ran = run(*command)
        assert ran.code == 0
        require_still(ran)


@pytest.mark.parametrize("attack", MARKUP)
def test_a_case_file_of_an_attack_holds_no_html_link_or_picture(run, logged, attack):
    logged(TAKEN[attack])
    ran = run("event", "page#deal", "--markdown", "-")
    assert ran.code == 0
    require_still(ran)
    tokens = READER.parse(ran.out)
    kinds = {child.type for one in tokens for child in one.children or ()}
    assert not (kinds | {one.type for one in tokens}) & RUNS
    seen = "".join(child.content for one in tokens for child in one.children or ())
    assert "page" in seen


@pytest.mark.parametrize("cell", [*TAKEN.values(), *REFUSED.values(), "", "a;'b;;'"])
def test_every_cell_can_be_read_back(cell):
    assert read_back(disarmed(cell)) == cell


def test_words_of_an_exhibit_steer_no_terminal_in_json_either(run, tmp_path):
    words = "boats\x9b31m \u202ered\u2069 \x7f\U000e0041 end"
    (tmp_path / "page.txt").write_text(f"Seen: {words}.", "utf-8")
    form = deepcopy(FORM)
    form["document"]["exhibits"] = {"text": {"file": "page.txt"}}
    form["claims"] = [{"voice": "told", "about": "deal", "says": "so", "quote": words}]
    form["graded"] = form["translations"] = None
    del form["graded"], form["translations"], form["sources"]["paper"]["reliability"]
    (tmp_path / "form.json").write_text(json.dumps(form), "utf-8")
    run("init", "--empty")
    assert run("add", "--yes", "form.json").code == 0
    for command in (("event", "page#deal"), ("show", "0"), ("claims",)):
        require_still(run(*command))
        require_still(run(*command, "--json"))
    told = json.loads(run("event", "page#deal", "--json").out)
    assert words in list(texts_in(told))


OPTIONS = [
    f"--{one.name.replace('_', '-')}"
    for one in attrs.fields(Filters)
    if one.name != "disputed"
]


@pytest.mark.parametrize("option", OPTIONS)
def test_an_attack_in_an_option_is_refused_or_finds_its_text(run, option):
    run.article()
    before = Path("monitor.db").read_bytes()
    # The shell hands on no NUL; half a pair is a byte that is no UTF-8.
    texts = {name: text for name, text in ALL.items() if name != "nul"}
    for attack, text in texts.items():
        for command in (("events", "--csv"), ("claims",), ("claims", "--json")):
            ran = run(*command, f"{option}={text}")
            require_still(ran)
            if option in ("--text", "--not-assessed-by") and not ran.code:
                continue
            assert ran.code in (1, 2), (attack, command)
            assert ran.out == ""
            assert ran.err
    assert Path("monitor.db").read_bytes() == before
    assert run("verify").code == 0
