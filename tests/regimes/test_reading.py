"""Files of the register: broken ones are refused, a folder of one's own laid over."""

import itertools
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import embargo_monitor.regimes
from embargo_monitor.errors import InvalidValueError, RegisterError
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.truth import Truth
from embargo_monitor.regimes import Register, register
from embargo_monitor.regimes.reading import MAX_BYTES, read_layer
from embargo_monitor.regimes.spans import Span, joined

FOLDER = Path(embargo_monitor.regimes.__file__).parent
FILES = {
    str(path.relative_to(FOLDER)): path.read_text("utf-8")
    for path in sorted(FOLDER.rglob("*.toml"))
}
BUNDLED = Register.bundled()
LIBYA = "register/un-libya-2011.toml"


def layered(files):
    return BUNDLED.under(read_layer({name: text.encode() for name, text in files}))


def edited(file, was, becomes, times=1):
    assert FILES[file].count(was) >= 1, was
    return layered([(file, FILES[file].replace(was, becomes, times))])


def test_it_is_read_once_and_not_before_it_is_asked_for():
    assert Register.bundled() is BUNDLED
    code = (
        "import sys, embargo_monitor, embargo_monitor.regimes.register as r;"
        "assert r._bundled.cache_info().currsize == 0;"
        "assert 'tomllib' not in vars(embargo_monitor)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# --- broken files ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("date = 2011-02-26", 'date = "26 February"', r"start\.date: .*a day such as"),
        ("date = 2011-02-26", "date = 2011-02-26T00:00:00Z", r"start\.date"),
        ("date = 2011-02-26", "date = 2011-2-26", r"no TOML: .*line \d+"),
        ('mark = "two sources"', 'mark = "certain"', r"start\.mark: .*one source"),
        ("binding =", "bindign =", "unknown field 'bindign'; near: binding"),
        ("binding =", "bindign =", "binding: is missing"),
        (
            'direction = "from"\narms = "all"',
            'direction = "from"\narms = 3',
            r"phases\[0\]\.measures\[1\]\.arms: .*a text",
        ),
        (
            '"parts", "service"',
            '"parts", "arms"',
            r"phases\[0\]\.measures\[0\]: covers",
        ),
        ("first = 2011-09-16", "first = 2011-09-17", "first must be the day after"),
        ("last = 2011-09-15", "last = 2010-09-15", r"phases\[0\]: last must be on or"),
        ("last = 2011-09-15\n", "", r"the day after what .* \(no day: it is open\)"),
        (
            "first = 2014-08-27\n",
            "first = 2014-08-27\nlast = 2015-01-01\n",
            "last must be open: it lasts",
        ),
        ('status = "in force"', 'status = "ended"', "status must be `ended` with"),
        ('direction = "from"', 'direction = "to"', "measures must be one or two"),
        (
            '"sipri-2011", "uapp-all"',
            '"sipri-2011", "nowhere"',
            "sources: there is no source nowhere",
        ),
        ('"un-libya-1992"]', '"un-libya-1991"]', "related: there is no regime"),
        ('bound = "un"', 'bound = "uno"', "bound: there is no body uno"),
        (
            'gazetteer = "lna"',
            'gazetteer = "lnaa"',
            r"targets\[1\]\.gazetteer: there is no entry",
        ),
        ('gazetteer = "lna"', 'gazetteer = "a b"', r"targets\[1\]: gazetteer must be"),
        ('title = "UN arms', 'title = "\\u202eUN arms', "title must be one line"),
        ('id = "un-libya-2011"', 'id = "un-libya-2012"', "must be named un-libya-2012"),
        ("checked = 2026-11-23", "checked = 2026.5", "checked: .*a day"),
    ],
)
def test_a_broken_regime_is_refused_with_its_file_and_place(was, becomes, told):
    with pytest.raises(RegisterError, match=told) as caught:
        edited(LIBYA, was, becomes)
    assert all(one.startswith(LIBYA) for one in caught.value.faults)


def test_an_end_must_fit_the_last_phase():
    file = "register/un-eritrea-2009.toml"
    told = "last must be 2018-11-13, got '2018-11-20'"
    with pytest.raises(RegisterError, match=told):
        edited(file, "last = 2018-11-13", "last = 2018-11-20")
    expired = "register/un-ethiopia-eritrea-2000.toml"
    with pytest.raises(RegisterError, match="2001-05-15 or 2001-05-16"):
        edited(expired, "last = 2001-05-16", "last = 2001-05-20")


def test_a_regime_needs_a_phase():
    text = FILES["register/eu-china-1989.toml"]
    bare = text[: text.index("[[phases]]")].replace("[start]", "phases = []\n[start]")
    with pytest.raises(RegisterError, match="phases must be one at least"):
        layered([("register/eu-china-1989.toml", bare)])


@pytest.mark.parametrize(
    ("file", "data", "told"),
    [
        ("register/x.toml", b"\xff", "not UTF-8 at byte 0"),
        ("register/x.toml", b"a = " + b"[" * 5_000, "nested too deep|no TOML"),
        ("register/x.toml", b"#" * (MAX_BYTES + 1), "at most 2,097,152"),
        ("register/x.yaml", b"", "no file of a register"),
        ("elsewhere/x.toml", b"", "no file of a register"),
        ("more.toml", b"", "no file of a register"),
        ("sources.toml", b"x = 1", "sources.toml: x: .*an object"),
        ("sources.toml", b"[x]\ntitle = 'x'", "x.publisher: is missing"),
        ("edition.toml", b"title = 'x'", "compiled: is missing"),
        ("no_embargoes.toml", b"[[no_embargoes]]\nwhy = 'x'", r"\[0\].subject"),
        (
            "no_embargoes.toml",
            b"[[no_embargoes]]\nsubject = 'x'\nwhy = 'x'\nsources = ['y']",
            "there is no source y",
        ),
        ("bodies/x.toml", b"id = 'y'", "name: is missing"),
        ("\x1b[2J.toml", b"", r"\\x1b\[2J.toml"),
    ],
)
def test_other_broken_files_are_refused(file, data, told):
    with pytest.raises(RegisterError, match=told):
        BUNDLED.under(read_layer({file: data}))


def test_every_fault_of_every_file_is_told():
    files = {"register/x.toml": b"", "bodies/y.toml": b"\xff", "z.toml": b""}
    with pytest.raises(RegisterError) as caught:
        read_layer(files)
    starts = {one.split(":")[0] for one in caught.value.faults}
    assert starts == set(files)


def test_a_body_must_name_entries_of_the_gazetteer():
    with pytest.raises(RegisterError, match=r"bodies/las.toml: state: .*QQ"):
        edited("bodies/las.toml", 'state = "EG"', 'state = "QQ"')


def test_a_row_of_a_body_may_have_a_mark_of_its_own():
    found = edited(
        "bodies/las.toml",
        "first = 1945-03-22,",
        'mark = "one source", first = 1945-03-22,',
    )
    marks = {one.mark.value for one in found.body("las").members}
    assert marks == {"one source", "recalled, unverified"}


def test_a_library_without_its_edition_says_so(monkeypatch):
    monkeypatch.setattr(register, "_files", lambda _: iter(()))
    with pytest.raises(RegisterError, match="install the library again"):
        register._bundled.__wrapped__()


# --- a folder of one's own ----------------------------------------------------------


def folder(tmp_path, files):
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def test_a_regime_of_the_same_id_replaces_ours_and_a_new_one_is_added(tmp_path):
    china = FILES["register/eu-china-1989.toml"]
    corrected = china.replace("first = 1989-06-27", "first = 1989-06-28").replace(
        "date = 1989-06-27", "date = 1989-06-28"
    )
    new = china.replace('id = "eu-china-1989"', 'id = "x-china-1990"')
    path = folder(
        tmp_path,
        {
            "register/eu-china-1989.toml": corrected,
            "register/x-china-1990.toml": new,
            "register/.hidden": "no file of ours",
            "README.md": "Why we differ.",
        },
    )
    mine = Register.load(path)
    assert len(mine) == 101
    assert mine.regime("eu-china-1989").first == date(1989, 6, 28)
    assert BUNDLED.regime("eu-china-1989").first == date(1989, 6, 27)
    assert mine.digest != BUNDLED.digest
    found = mine.in_force(date(1995, 1, 1), target="CN")
    assert {one.regime.id for one in found} >= {"eu-china-1989", "x-china-1990"}


def test_bodies_sources_edition_and_negative_cases_can_be_laid_over(tmp_path):
    las = FILES["bodies/las.toml"].replace('name = "League', 'name = "The League')
    path = folder(
        tmp_path,
        {
            "bodies/las.toml": las,
            "sources.toml": '[mine]\npublisher = "Us"\ntitle = "Ours"\n',
            "edition.toml": FILES["edition.toml"].replace("Register of", "Our"),
            "no_embargoes.toml": "no_embargoes = []\n",
        },
    )
    mine = Register.load(path)
    assert mine.body("las").name == "The League of Arab States"
    assert mine.source("mine").url == ""
    assert mine.edition.title == "Our multilateral arms embargoes"
    assert mine.no_embargoes == ()
    assert len(mine) == 100


def test_a_folder_without_files_or_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(RegisterError, match="no files of a register: put them in"):
        Register.load(tmp_path)
    with pytest.raises(RegisterError, match="No such file"):
        Register.load(tmp_path / "nowhere")


def test_our_own_files_laid_over_ours_change_nothing(tmp_path):
    assert Register.load(folder(tmp_path, FILES)) == BUNDLED
    assert Register.load(tmp_path).digest == BUNDLED.digest


# --- the digest ----------------------------------------------------------------------

_BLOCK = re.compile(r"\n(?=\[\[?+(?!phases\.measures|evidence\.sunset))")


@settings(max_examples=30)
@given(st.randoms(use_true_random=False), st.sampled_from(sorted(FILES)))
def test_the_order_of_files_and_tables_does_not_matter(random, file):
    head, *blocks = _BLOCK.split("\n" + FILES[file])
    random.shuffle(blocks)
    names = [LIBYA, "register/un-iran-2006.toml", file]
    random.shuffle(names)
    texts = {**FILES, file: "\n".join([head, *blocks])}
    assert layered([(name, texts[name]) for name in names]).digest == BUNDLED.digest


_FACT = re.compile(r'^(\w+) = ("[^"\n]+"|\d{4}-\d\d-\d\d|true)$', re.MULTILINE)


def changed(value):
    if value.startswith('"'):
        return f'{value[:-1]} x"'
    return "false" if value == "true" else f"{int(value[:4]) + 1}{value[4:]}"


@given(st.data(), st.sampled_from(sorted(FILES)))
def test_any_changed_fact_changes_it_or_is_refused(data, file):
    text = FILES[file]
    fact = data.draw(st.sampled_from(list(_FACT.finditer(text))), label="fact")
    start, end = fact.span(2)
    try:
        found = layered([(file, text[:start] + changed(fact[2]) + text[end:])])
    except RegisterError:
        return
    assert found.digest != BUNDLED.digest


def test_the_digest_is_64_hexadecimal_digits_and_stands_in_no_cache_of_others():
    assert re.fullmatch("[0-9a-f]{64}", BUNDLED.digest)
    assert layered([(LIBYA, FILES[LIBYA])]).digest == BUNDLED.digest


# --- spans ---------------------------------------------------------------------------

DAYS = st.dates(date(2000, 1, 1), date(2000, 3, 1))


@given(st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=6))
def test_joined_spans_hold_the_same_days_and_none_touches_another(ends):
    spans = [Span(first, last and max(first, last)) for first, last in ends]
    together = joined(spans)
    for day in [date(2000, 1, 1 + step) for step in range(31)] + [date(2010, 1, 1)]:
        held = any(one.holds(Span(day, day)) for one in spans)
        assert held is any(one.holds(Span(day, day)) for one in together)
    for one, after in itertools.pairwise(together):
        assert one.last is not None
        assert (after.first - one.last).days > 1


def test_open_ends_hold_all_days():
    assert Span().holds(Span(date(2000, 1, 1)))
    assert joined([Span(None, date(2000, 1, 1)), Span()]) == (Span(),)
    with pytest.raises(InvalidValueError, match="last"):
        Span(date(2000, 1, 2), date(2000, 1, 1))


def test_an_open_date_is_maybe_where_some_of_it_is_barred():
    found = BUNDLED.in_force(ImpreciseDate("[..2025-12-23]"), target="LY")
    assert all(one.truth is Truth.MAYBE for one in found)
    assert len(found) == 4
