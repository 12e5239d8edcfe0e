"""What README and docs show was run: every Python example is, whenever these are."""

import re
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_examples_of_a_page_do_what_it_shows(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    parsed = Sybil(parsers=[PythonCodeBlockParser()]).parse(page)
    for example in parsed.examples():
        example.evaluate()


def test_the_readme_runs_python_by_line_30():
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    assert ">>> import embargo_monitor as em" in lines[:30]


def test_every_link_between_the_pages_leads_somewhere():
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
