"""The seed behind its facts: where words stand, what dates inherit, how it travels."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from embargo_monitor.authoring import author_file
from embargo_monitor.eventlog import EventLog
from embargo_monitor.model.about import About
from embargo_monitor.model.doubts import doubts
from embargo_monitor.model.quotes import Translator
from embargo_monitor.model.views import goods, mentions, told_in
from embargo_monitor.seeds import seed_report, seeds_folder

ROOT = Path(__file__).parent.parent
ARTICLE, RECORD = "000_72d35ca66b1e567a.txt", "000_72d35ca66b1e567a.report.json"

# As the article and the record may spell the five systems, one word of each.
SYSTEMS = re.compile(
    r"Rafale|رافال|Su-?30|Sukhoi|سوخوي|MiG-?29|ميغ|Mirage|ميراج|S-?400", re.IGNORECASE
)

# The exact words of the twelve facts, typed from the article.
FACTS = (
    "عن توصل “الجيش الوطني الليبي”، بقيادة المشير خليفة حفتر، إلى اتفاق لشراء أسلحة",
    "في صفقة تُقدَّر قيمتها بنحو 3 مليارات دولار",
    "الثلاثاء",
    "إلى ليبيا الأسبوع الماضي",
    "في مدينة بنغازي شرقي البلاد",
    "إلى اتفاق تتجاوز قيمته 4 مليارات دولار لبيع أسلحة لـ“الجيش الوطني الليبي”",
    "رغم استمرار حظر الأسلحة الذي تفرضه الأمم المتحدة على ليبيا",
    "بما في ذلك مقاتلات “رافال” و“سوخوي 30” و“ميغ 29” و“ميراج 2000” ومنظومة “S400”",
    "“متاحة لإخواننا في ليبيا”",
    "ستينيات القرن الماضي",
    "في يوليو الماضي",
    "مجالات الأمن السيبراني، والطائرات المسيّرة، والتكنولوجيا الدفاعية",
    "مراسم توقيع اتفاقية تعاون مشترك بين “الجيش الوطني الليبي” والجيش الباكستاني",
)


@pytest.fixture(scope="module")
def reopened(tmp_path_factory):
    """The report and the article's bytes, from a log that was closed and opened."""
    path = tmp_path_factory.mktemp("seed") / "monitor.db"
    with EventLog.create(path) as log:
        log.append(seed_report())
    with EventLog.open(path) as log:
        report = log.entry(0).entry.record
        [exhibit] = report.document.exhibits
        return report, log.exhibit(exhibit.digest)


@pytest.fixture
def report(reopened):
    return reopened[0]


@pytest.fixture
def text(reopened):
    return reopened[1].decode()


def test_the_article_has_its_size_and_lines_as_it_came(reopened):
    data = reopened[1]
    assert (len(data), len(data.decode())) == (4057, 2202)
    assert (data.count(b"\n"), data.endswith(b"\n")) == (8, False)


@pytest.mark.parametrize("words", FACTS)
def test_the_words_of_every_fact_stand_once_and_are_quoted(report, text, words):
    assert text.count(words) == 1
    quoted = [claim.quote.words(text) for claim in report.claims]
    quoted += [one.said.quote.words(text) for one in _dated_speakers(report)]
    assert any(words in one for one in quoted)


def test_every_quote_and_every_saying_is_translated_by_a_machine(report):
    made = [claim.translation for claim in report.claims]
    made += [one.said.translation for one in _dated_speakers(report)]
    assert {(one.language, one.method) for one in made} == {("en", Translator.MACHINE)}


def _dated_speakers(report):
    return [one for voice in report.voices for one in voice.speakers if one.said]


def test_the_day_of_the_saying_inherits_that_publication_is_inferred(report):
    [speaker] = _dated_speakers(report)
    found = [doubt.about for doubt in doubts(report, speaker.said, None)]
    assert found == ["the day of publication, 2025-12-23?, is inferred"]


# --- the adversary's systems are goods of nothing, in whatever script


def systems_as_goods(report, text):
    """Return the claims in any view of goods that speak of one of the five systems."""
    views = [told_in(report)]
    views += [
        told_in(report, About.parse(f"event:{event.id}")) for event in report.events
    ]
    found = {one.claim.id: one.claim for view in views for one in goods(view)}
    return [
        claim.id
        for claim in found.values()
        if SYSTEMS.search(f"{claim.item.name} {claim.item.wording} {claim.line}")
        or SYSTEMS.search(claim.quote.words(text))
    ]


def test_none_of_the_five_systems_is_goods_in_any_view(report, text):
    assert systems_as_goods(report, text) == []
    [named, hoped] = mentions(told_in(report))
    assert len(SYSTEMS.findall(" ".join(one.name for one in named.claim.items))) == 5
    assert not any(SYSTEMS.search(one.name) for one in hoped.claim.items)


@pytest.mark.parametrize("named", ["as written", "in Arabic", "by the quote alone"])
def test_control_the_same_check_finds_all_five_where_they_are_made_goods(
    tmp_path, text, named
):
    form = json.loads((seeds_folder() / RECORD).read_text("utf-8"))
    [row] = [one for one in form["claims"] if one.get("as") == "adversary's"]
    form["claims"].remove(row)
    systems = row.pop("mentions")
    del row["as"], row["actor"]
    if named == "in Arabic":
        systems = [f"arms: {one}" for one in ("رافال", "سوخوي", "ميغ", "ميراج", "S400")]
        row["quote"] = "رغم استمرار حظر الأسلحة"
    if named == "by the quote alone":
        systems = ["arms: a thing"] * 5
    for nth, system in enumerate(systems):
        form["claims"].append({**row, "id": f"turned-{nth}", "goods": system})
    shutil.copy(seeds_folder() / ARTICLE, tmp_path)
    path = tmp_path / "turned.json"
    path.write_text(json.dumps(form), "utf-8")
    turned = author_file(path).report
    assert systems_as_goods(turned, text) == [f"turned-{n}.goods" for n in range(5)]


def test_the_seeds_travel_inside_the_package(tmp_path):
    package = tmp_path / "embargo_monitor"
    leave = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "embargo_monitor", package, ignore=leave)
    shutil.copytree(seeds_folder(), package / "_bundled" / "seeds")
    code = (
        "from embargo_monitor.seeds import seed_report, seeds_folder;"
        "print(seeds_folder()); print(seed_report().report.id)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        cwd=tmp_path,
    )
    folder, report = ran.stdout.split()
    assert (Path(folder), report) == (package / "_bundled" / "seeds", "seed-article")
