"""What README and docs show was run: every Python example is, whenever these are."""

import json
import re
from pathlib import Path

import attrs
import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

import embargo_monitor as em
from embargo_monitor.authoring import form, written
from embargo_monitor.authoring.calendars import convert
from embargo_monitor.authoring.parts import ROLES
from embargo_monitor.model import actors, goods, stances, vocabulary, voices
from embargo_monitor.model.amounts import COUNTING_UNITS
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.documents import Basis
from embargo_monitor.model.events import EventKind
from embargo_monitor.model.grades import Credibility, Reliability
from embargo_monitor.model.identifiers import Scheme
from embargo_monitor.model.names import NameKind
from embargo_monitor.model.quotes import Handling, Translator
from embargo_monitor.model.records import LinkRelation
from embargo_monitor.model.refs import RefKind
from embargo_monitor.model.rules import Rule, resolve
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.unused import unused

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_examples_of_a_page_do_what_it_shows(page, tmp_path, monkeypatch):
    # Some read the real cases, as somebody would who has the repository.
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    monkeypatch.chdir(tmp_path)
    parsed = Sybil(parsers=[PythonCodeBlockParser()]).parse(page)
    for example in parsed.examples():
        example.evaluate()


def test_the_readme_runs_python_by_line_30():
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    assert ">>> import embargo_monitor as em" in lines[:30]


def test_every_link_between_the_pages_leads_somewhere():
    for page in PAGES:
        # A regular expression in a table can look like a link.
        text = re.sub("`[^`\n]*`", "", page.read_text("utf-8"))
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def _headings(page):
    """What links into a page can name: its headings, as they are made into anchors."""
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    for heading in re.findall(r"(?m)^#+ (.+)$", text):
        kept = re.sub(r"[^\w\- ]", "", heading.lower())
        yield kept.replace(" ", "-")


def test_every_link_into_a_page_names_a_heading_of_it():
    for page in PAGES:
        links = re.findall(
            r"\]\((?!https?:)([^)#]*)#([^)]+)\)", page.read_text("utf-8")
        )
        for target, anchor in links:
            other = page.parent / target if target else page
            if other.suffix == ".md":
                assert anchor in _headings(other), f"{page.name}: {target}#{anchor}"


# How to log, and the real cases


def _blocks(page, language):
    """The blocks of a page, each with the text before it and after the one before."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    end = 0
    for block in re.finditer(rf"```{language}\n(.*?)```", text, re.DOTALL):
        yield text[end : block.start()], block[1]
        end = block.end()


def _stripped(text):
    return "\n".join(line.strip() for line in text.strip().splitlines())


def test_every_excerpt_of_a_case_stands_in_its_file_letter_by_letter():
    excerpts = list(_blocks("cases.md", "json"))
    assert len(excerpts) >= 20
    for before, block in excerpts:
        # The files that are named since the block before are those it is from.
        names = re.findall(r"\(\.\./(tests/data/cases/[^)]+)\)", before)
        files = [_stripped((ROOT / name).read_text("utf-8")) for name in names]
        for part in re.split(r"(?m)^\.\.\.$", block):
            found = any(_stripped(part) in file for file in files)
            assert found, f"{names}: {part}"


def test_every_case_has_its_place_on_the_page_and_every_rule_its_case():
    page = (ROOT / "docs" / "cases.md").read_text("utf-8")
    cases = sorted(one.name for one in (ROOT / "tests/data/cases").iterdir())
    assert sorted(re.findall(r"(?m)^## C(\d+)$", page)) == [c[1:] for c in cases]
    guide = (ROOT / "docs" / "how-to-log.md").read_text("utf-8")
    rules = guide.partition("## 2. ")[2].partition("## 3. ")[0]
    for number in range(1, 25):
        [rule] = re.findall(rf"(?ms)^{number}\. .*?(?=^\d+\. |^\*\*|\Z)", rules)
        assert "](cases.md#c" in rule, f"rule {number}"


def test_the_steps_of_the_guide_are_parts_of_the_example():
    example = (ROOT / "docs/example/courier.report.json").read_text("utf-8")
    whole = json.loads(example)
    first, *steps = [block for _, block in _blocks("how-to-log.md", "json")][:5]
    document = json.loads(first)["document"]
    assert document.items() <= whole["document"].items()
    for step in steps:
        for name, value in json.loads(f"{{{step}}}").items():
            assert value == whole[name], name


def test_the_form_to_begin_with_can_be_logged_as_it_stands():
    [whole] = [one for _, one in _blocks("how-to-log.md", "text") if '"report"' in one]
    article = {"article.txt": b"14 May 2019\nTHE EXACT WORDS\n"}
    report = em.author(json.loads(whole), read=article.__getitem__).report
    assert len(report.claims) == 4
    assert unused(report) == {}


def test_the_rows_that_the_guide_gives_in_short_can_be_logged():
    states = {one: {"kind": "state", "names": {"en": one}} for one in "ABC"}
    rest = {"kind": "armed group", "names": {"en": "rebels"}, "unnamed": True}
    ship = {"kind": "vessel", "names": {"en": "Alpha"}}
    whole = {
        "report": "in-short",
        "document": {
            "titles": {"en": "In short"},
            "language": "en",
            "publisher": "paper",
            "published": {"date": "2019-05-14"},
        },
        "actors": {**states, "rebels": rest, "alpha": ship},
        "places": {"selva": {"kind": "port", "names": {"en": "Selva"}}},
        "sources": {"paper": {"kind": "outlet", "names": {"en": "Paper"}}},
        "voices": {"paper": ["paper"]},
        "events": {"boats": {"kind": "transfer", "title": "Boats"}},
        "claims": [],
    }
    names = {0: "deal", 1: "price"}
    guide = (ROOT / "docs" / "how-to-log.md").read_text("utf-8")
    told = guide.partition("### In short")[2].partition("## 2. ")[0]
    for number, row in enumerate(re.findall(r"(?m)^\| .+? \| (`.+`) \|$", told)):
        spans = re.findall(r"`([^`]+)`", row)
        values = {"voice": "paper", "about": "boats", "id": names.get(number, "")}
        for span in spans:
            values |= json.loads(f"{{{span}}}")
        whole["claims"].append({name: one for name, one in values.items() if one})
    assert len(whole["claims"]) >= 15
    report = em.author(whole, read={}.__getitem__).report
    assert len(report.claims) >= 20


def _told_of(text):
    return set(re.findall(r"`([^`\n]+)`", text))


def test_the_guide_tells_of_every_field_of_the_form():
    page = (ROOT / "docs" / "how-to-log.md").read_text("utf-8")
    fields_told = _told_of(page.partition("## 3. ")[2].partition("## 4. ")[0])
    for type_ in (form.WrittenReport, form.Row, form.Made, form.Graded):
        names = {one.name.rstrip("_") for one in attrs.fields(type_)}
        assert names <= fields_told, f"{type_.__name__}: {names - fields_told}"
    # A day and a name are told of as JSON values, beside what they stand in.
    shown = (written.WrittenDay, written.WrittenName)
    kinds = [one for one in vars(written).values() if isinstance(one, type)]
    kinds = [one for one in kinds if attrs.has(one) and one not in shown]
    assert len(kinds) > 8
    for type_ in kinds:
        names = {one.name for one in attrs.fields(type_)}
        assert names <= fields_told, f"{type_.__name__}: {names - fields_told}"


LISTS = [
    *(actors.ActorKind, actors.PlaceKind, EventKind, Basis, Handling, Translator),
    *(goods.Nature, goods.Use, goods.Condition, goods.CategoryList, NameKind, Stage),
    *(stances.Stance, stances.Hedge, stances.RelayStance, stances.Known, RefKind),
    *(vocabulary.MentionRole, vocabulary.ValueOf, vocabulary.Terms, LinkRelation),
    *(vocabulary.Position, vocabulary.Relation, voices.SourceKind, voices.Side),
    *(voices.DocumentState, voices.Mandate, Reliability, Credibility, Scheme),
]


@pytest.mark.parametrize("words", LISTS, ids=lambda words: words.__name__)
def test_the_guide_tells_of_every_word_of_a_closed_list(words):
    told = _told_of((ROOT / "docs" / "how-to-log.md").read_text("utf-8"))
    missing = {word.value for word in words} - told
    assert not missing


def test_the_guide_tells_of_every_role_and_every_unit():
    page = (ROOT / "docs" / "how-to-log.md").read_text("utf-8")
    assert set(ROLES) <= _told_of(page)
    assert set(COUNTING_UNITS) <= _told_of(page)


# Dates


def _rows(page):
    """The rows of a page's tables, cell by cell."""
    for line in (ROOT / "docs" / page).read_text("utf-8").splitlines():
        if line.startswith("| "):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def test_what_the_guide_says_that_rules_give_is_what_they_give():
    compared = 0
    for row in _rows("how-to-log.md"):
        if len(row) != 3 or "@" not in row[1]:
            continue
        gives = re.fullmatch(r"`([0-9.\[\]-]+)`", row[2])
        if gives:
            rule, *anchor = re.findall(r"`([^`]+)`", row[1])
            given = json.loads(anchor[0]) if anchor else {"day": "2019-05-14"}
            named = Rule.parse(rule)
            start = ImpreciseDate(given.get("printed") or given["day"])
            found = resolve(named, start) if named.counts else convert(named)
            assert str(found) == gives[1], row
            compared += 1
    assert compared >= 11
