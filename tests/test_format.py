"""The entry format is frozen: what its page says, bytes from then, a stranger's reader.

The page is docs/entry-format.md. The golden files in tests/data/golden/v1 never change,
and nothing is ever added to them; nor do those of a kind that came later, each in a
folder of its own. A later version of a kind gets golden files, tables and tests of its
own, and of the tests here those that read, hash and log go on to hold.
"""

import enum
import hashlib
import hmac
import inspect
import json
import re
import sqlite3
import subprocess
import sys
import types
import typing
from pathlib import Path

import attrs
import pytest
import rfc8785

import embargo_monitor as em
from embargo_monitor.authoring.exhibits import Attached
from embargo_monitor.canonical import MAX_BYTES, MAX_DEPTH, MAX_ENTRY
from embargo_monitor.encoding import KIND_VERSIONS, decode, encode
from embargo_monitor.errors import InvalidValueError
from embargo_monitor.log.storage import Storage
from embargo_monitor.model import amounts, goods, identifiers
from embargo_monitor.model.about import About
from embargo_monitor.model.claims import AnyClaim, Claim
from embargo_monitor.model.currencies import CURRENCIES
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.model.goods import Category, Item, Nature
from embargo_monitor.model.grades import Credibility
from embargo_monitor.model.identifiers import Identifier
from embargo_monitor.model.records import Envelope, Record, Withdrawal
from embargo_monitor.model.reports import Report
from embargo_monitor.model.rules import RULES, Rule, resolve
from embargo_monitor.model.when import When

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "data" / "golden" / "v1"

# The page.

_PARTS = re.split(
    r"^#{2,3} (.+)$",
    (ROOT / "docs" / "entry-format.md").read_text("utf-8"),
    flags=re.MULTILINE,
)
PAGE = dict(zip(_PARTS[1::2], _PARTS[2::2], strict=True))
FIELDS = ["Field", "Type", "Default", "Meaning"]

TEXT_FORMS = {
    ImpreciseDate: "date",
    Rule: "rule",
    About: "about",
    Identifier: "identifier",
    Category: "category",
}
FORM_OF = {
    "label": "id",
    "optional_label": "id",
    "outside": "outside id",
    "claim_id": "claim id",
    "one_line": "line",
    "optional_line": "line",
    "source_line": "source line",
    "prose": "prose",
    "optional_prose": "prose",
    "source_prose": "source prose",
    "language_tag": "language",
    "country": "country",
    "counting": "integer",
    "utc_seconds": "instant",
    "_number": "decimal",
    "known_unit": "unit",
    "exhibit_digest": "digest",
    "media_type_name": "media type",
    "iso_day": "day",
    "clock_time": "clock",
    "hex_digest": "hex",
    "verifier_key": "verifier key",
}


def tables_of(heading):
    """Give the tables of a part of the page: their heads, and their rows in cells."""
    found = []
    for line in PAGE[heading].splitlines():
        if not line.startswith("|"):
            found.append(None)
            continue
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if not found or found[-1] is None:
            found.append((cells, []))
        elif set("".join(cells)) != {"-"}:
            found[-1][1].append([cell.replace("\\|", "|") for cell in cells])
    return [table for table in found if table]


def code_in(text):
    return re.findall("`([^`]+)`", text)


def below(hint):
    """Give every type of ours that a value of *hint* can hold, itself among them."""
    if not isinstance(hint, type):
        return {type_ for one in typing.get_args(hint) for type_ in below(one)}
    found = {hint} if attrs.has(hint) or issubclass(hint, enum.Enum) else set()
    for attribute in attrs.fields(hint) if attrs.has(hint) else ():
        if attribute.init:
            found |= below(typing.get_type_hints(hint)[attribute.name])
    return found


TYPES = {one.__name__: one for one in below(Record) | {Envelope, Claim}}
ENUMS = {name: one for name, one in TYPES.items() if issubclass(one, enum.Enum)}
OBJECTS = {
    name: one
    for name, one in TYPES.items()
    if name not in ENUMS and one not in TEXT_FORMS
}


def key_of(attribute):
    return attribute.name.rstrip("_")


def type_told(hint, validator):
    """Say how the page must tell the type of a field."""
    if typing.get_origin(hint) is tuple:
        member = getattr(validator, "member_validator", None)
        return f"list of {type_told(typing.get_args(hint)[0], member)}"
    if hint == AnyClaim:
        return "Claim"
    if isinstance(hint, types.UnionType):
        [hint] = [one for one in typing.get_args(hint) if one is not types.NoneType]
    if hint in TEXT_FORMS:
        return TEXT_FORMS[hint]
    if hint in TYPES.values():
        return hint.__name__
    return "boolean" if hint is bool else FORM_OF[validator.__name__]


def default_told(attribute):
    default = attribute.default
    if default is attrs.NOTHING:
        return "required"
    if default is None:
        return "none"
    plain = default.value if isinstance(default, enum.Enum) else default
    return f"`{json.dumps(plain)}`"


def own_fields(type_):
    fields = attrs.fields(type_)
    shared = attrs.fields(Claim) if issubclass(type_, Claim) else ()
    known = () if type_ is Claim else {attribute.name for attribute in shared}
    return [attribute for attribute in fields if attribute.name not in known]


@pytest.mark.parametrize("name", sorted(OBJECTS))
def test_the_page_tells_every_field_its_type_and_its_default(name):
    hints = typing.get_type_hints(OBJECTS[name])
    wanted = [
        [
            f"`{key_of(attribute)}`",
            type_told(hints[attribute.name], attribute.validator),
            default_told(attribute),
        ]
        for attribute in own_fields(OBJECTS[name])
    ]
    [rows] = [rows for head, rows in tables_of(name) if head == FIELDS]
    assert [row[:3] for row in rows] == wanted
    assert all(row[3] for row in rows)


def test_the_page_tells_of_no_other_types():
    told = {
        heading
        for heading in PAGE
        for head, _ in tables_of(heading)
        if head == FIELDS and heading in PAGE
    }
    assert told == set(OBJECTS)


def test_the_page_tells_every_word_of_every_closed_list():
    [(_, rows)] = tables_of("6. Closed lists")
    told = {code_in(name)[0]: code_in(words) for name, _, words in rows}
    assert told == {name: [one.value for one in ENUMS[name]] for name in ENUMS}


def test_the_page_tells_every_kind_of_record_and_claim():
    for kind in typing.get_args(AnyClaim):
        assert f'"kind":"{kind.kind}"' in PAGE[kind.__name__]
    for kind in typing.get_args(Record):
        assert f"`{kind.kind}`" in PAGE[kind.__name__]
    kinds = {kind.kind: 1 for kind in typing.get_args(Record)}
    assert kinds == KIND_VERSIONS


def test_every_form_that_a_field_has_is_told():
    [(_, rows)] = tables_of("4. Forms of text and numbers")
    forms = {*FORM_OF.values(), *TEXT_FORMS.values(), "boolean"}
    assert {row[0] for row in rows} == forms


def test_the_page_tells_every_unit_currency_and_code():
    units = PAGE["Units"].partition("Currencies")[0]
    assert code_in(units)[:-1] == list(amounts.COUNTING_UNITS)
    assert set(re.findall(r"\b[A-Z]{3}\b", PAGE["Units"])) - {"ISO", "TIV"} == (
        CURRENCIES
    )
    [(_, schemes)] = tables_of("Identifiers")
    assert {code_in(name)[0]: shape[1:-1] for name, shape in schemes} == {
        scheme.value: shape for scheme, (shape, _) in identifiers.SHAPES.items()
    }
    [(_, lists)] = tables_of("Categories")
    assert {code_in(name)[0]: tuple(code_in(codes)) for name, codes in lists} == {
        one.value: codes for one, codes in goods.CODES.items()
    }


def test_the_page_tells_every_rule_and_what_it_gives():
    told = [(head[-1], *row) for head, rows in tables_of("Rules") for row in rows]
    assert [code_in(row[1])[0] for row in told] == list(RULES)
    for head, name, _, _, example in told[:-1]:
        *given, gives = code_in(example)
        until = ImpreciseDate(given.pop()) if "until" in example else None
        rule = Rule(code_in(name)[0], *given)
        if rule.counts:
            anchor = "2017" if "2017" in head else "2019-05-14"
            assert str(resolve(rule, ImpreciseDate(anchor), until)) == gives
        else:
            assert str(When(ImpreciseDate(gives), rule=rule).date) == gives


def test_every_date_on_the_page_is_a_date():
    told = code_in(PAGE["Dates"])
    dates = [text for text in told if re.match(r"\[|\d{2}", text)]
    assert len(dates) > 12
    for text in dates:
        assert str(ImpreciseDate(text)) == text


def _code_points(text):
    found = set()
    for first, last in re.findall(
        r"U\+([0-9A-F]{4,6})(?:\s+to\s+U\+([0-9A-F]{4,6}))?", text
    ):
        found |= set(range(int(first, 16), int(last or first, 16) + 1))
    return found


def _is_refused(text):
    try:
        Item("a", Nature.ARMS, wording=text)
    except InvalidValueError:
        return True
    return False


def test_the_page_tells_which_characters_are_refused():
    text = PAGE["4. Forms of text and numbers"]
    forbidden = _code_points(text.partition("**Forbidden**")[2].partition("Marks")[0])
    unseen = _code_points(text.partition("**Not visible**")[2].partition("\n\n")[0])
    surrogates = set(range(0xD800, 0xE000))
    tried = (*range(0x3100), *range(0xD7F0, 0xE010), *range(0xFE00, 0x10010))
    for code in (*tried, *range(0xE0000 - 9, 0xE0080 + 9)):
        hidden = code in forbidden | surrogates
        assert _is_refused(f"a{chr(code)}") is hidden, f"U+{code:04X}"
        alone = hidden or code in unseen
        assert _is_refused(chr(code)) is alone, f"U+{code:04X} alone"


def test_the_limits_are_those_of_the_page():
    text = PAGE["2. Canonical bytes"]
    assert f"at most {MAX_BYTES // 2**20} MiB" in text
    assert f"an entry at most {MAX_ENTRY:,} bytes" in text
    assert f"deeper than {MAX_DEPTH}" in text


def test_the_tables_of_a_log_are_those_of_the_page(tmp_path):
    em.EventLog.create(tmp_path / "log.db").close()
    file = sqlite3.connect(tmp_path / "log.db")
    made = file.execute("SELECT sql FROM sqlite_master WHERE type = 'table'")
    [told] = re.findall("```sql\n(.*?)```", PAGE["10. The SQLite file"], re.DOTALL)
    assert [" ".join(sql.split()) for (sql,) in made] == [
        " ".join(sql.split()) for sql in told.split("\n\n")
    ]
    (id_,) = file.execute("PRAGMA application_id").fetchone()
    (version,) = file.execute("PRAGMA user_version").fetchone()
    assert f"`application_id` is 0x{id_:X}" in PAGE["10. The SQLite file"]
    assert f"`user_version` {version}:" in PAGE["10. The SQLite file"]
    file.close()


def test_the_example_of_the_page_is_an_entry_of_ours():
    text = PAGE["11. An example"]
    [body, rest] = re.findall(r"^(?:\{\"body\"|\"by\").*$", text, re.MULTILINE)
    data = (body + rest).encode()
    read = decode(data)
    assert read.record == Withdrawal(
        "courier-boats.withdrawal-1",
        entry="courier-boats",
        entry_kind="report",
        reason="لم تُنشر المقالة",
        by="desk",
    )
    recorded = read.envelope.recorded
    assert encode(read.record, recorded=recorded, by="desk") == data
    assert f"'{hashlib.sha256(bytes(1) + data).hexdigest()}'" in text


# Golden bytes. These files never change: the log of everybody holds such entries.

FILES = [
    line.split("  ") for line in (GOLDEN / "leaves.txt").read_text("utf-8").splitlines()
]
*LEAVES, (TOLD_ROOT, _) = FILES
GOLDEN_ROOT = "eebd8150d56d2eb8bd24ed84a582646bd6be071f2f7425eb5baccf001ed99dc4"


LATER_GOLDEN = {
    "relevance-v1": "34c1048e163ff23f184e7a7e8a659404bc9e5daeab7f7280466a3f5af540216b",
}
"""Kinds that came after the first six: their folders, and the roots of their files."""

_LATER_FILES = [
    (leaf, f"../{folder}/{file}")
    for folder in LATER_GOLDEN
    for leaf, file in (
        line.split("  ")
        for line in (GOLDEN.parent / folder / "leaves.txt").read_text().splitlines()
    )
]
LATER_LEAVES = [one for one in _LATER_FILES if one[1].endswith(".json")]


def golden(file):
    return (GOLDEN / file).read_bytes()


def parts(value):
    """Give a value and all that it consists of."""
    yield value
    if isinstance(value, tuple):
        for member in value:
            yield from parts(member)
    if attrs.has(type(value)):
        for attribute in attrs.fields(type(value)):
            if attribute.init:
                yield from parts(getattr(value, attribute.name))


@pytest.fixture(scope="module")
def everything():
    read = [decode(golden(file)) for _, file in (*LEAVES, *LATER_LEAVES)]
    return [part for entry in read for part in parts((entry.envelope, entry.record))]


@pytest.mark.parametrize(("leaf", "file"), [*LEAVES, *LATER_LEAVES])
def test_a_golden_entry_is_read_and_written_as_the_same_bytes(leaf, file):
    data = golden(file)
    read = decode(data)
    assert read.record is not None
    envelope = read.envelope
    again = encode(read.record, recorded=envelope.recorded, by=envelope.by)
    assert again == data
    assert hashlib.sha256(b"\0" + data).hexdigest() == leaf


def root_by_pairs(leaves):
    """Pairs from the left, what is over moves up: RFC 6962's tree, bottom to top."""
    level = [bytes.fromhex(leaf) for leaf in leaves]
    while len(level) > 1:
        pairs = [level[at : at + 2] for at in range(0, len(level), 2)]
        level = [
            hashlib.sha256(b"\1" + pair[0] + pair[1]).digest() if pair[1:] else pair[0]
            for pair in pairs
        ]
    return level[0].hex()


def test_the_golden_files_are_those_that_were_frozen():
    assert {file.name for file in GOLDEN.glob("*.json")} == {file for _, file in LEAVES}
    assert root_by_pairs(leaf for leaf, _ in LEAVES) == TOLD_ROOT == GOLDEN_ROOT


@pytest.mark.parametrize("folder", LATER_GOLDEN)
def test_the_golden_files_of_a_later_kind_are_those_that_were_frozen(folder):
    lines = (GOLDEN.parent / folder / "leaves.txt").read_text().splitlines()
    *leaves, (root, _) = [line.split("  ") for line in lines]
    found = {file.name for file in (GOLDEN.parent / folder).glob("*.json")}
    assert found == {file for _, file in leaves}
    assert root_by_pairs(leaf for leaf, _ in leaves) == root == LATER_GOLDEN[folder]


@pytest.mark.parametrize("name", sorted(OBJECTS))
def test_the_golden_entries_use_every_field(name, everything):
    # A new field is in no file that was frozen: it comes with a new version of its
    # kind, with golden files of its own, and with a test beside this one.
    found = [one for one in everything if isinstance(one, OBJECTS[name])]
    for attribute in own_fields(OBJECTS[name]):
        default = () if attribute.default is attrs.NOTHING else attribute.default
        values = [getattr(one, attribute.name) for one in found]
        assert any(value != default for value in values), attribute.name


@pytest.mark.parametrize("name", sorted(ENUMS))
def test_the_golden_entries_use_every_word(name, everything):
    used = {one for one in everything if isinstance(one, ENUMS[name])}
    assert used == set(ENUMS[name]) - {Credibility.CONFIRMED}


def test_the_golden_entries_use_every_rule_unit_and_code(everything):
    rules = {one.name for one in everything if isinstance(one, Rule)}
    assert rules == set(RULES)
    units = {one.unit for one in everything if isinstance(one, amounts.Amount)}
    assert units >= set(amounts.COUNTING_UNITS)
    assert len(units & CURRENCIES) == 10
    codes = {(one.list, one.code) for one in everything if isinstance(one, Category)}
    assert codes == {
        (list_, code) for list_, codes in goods.CODES.items() for code in codes
    }


def test_the_golden_entries_use_every_form_of_date(everything):
    dates = {one.edtf for one in everything if isinstance(one, ImpreciseDate)}
    for text in code_in(PAGE["Dates"].replace("A/B", "")):
        if re.match(r"\[|\d{2}", text):
            form = re.escape(re.sub(r"\d", "9", text)).replace("9", r"\d")
            assert any(re.fullmatch(form, date) for date in dates), text
    for mark in "?~%":
        assert any(date.endswith(mark) for date in dates if "/" not in date)
        assert any(mark in date for date in dates if "/" in date)


def golden_exhibits(record):
    """Give a record with the exhibits that it binds, as they lie in their folder."""
    document = getattr(record, "document", None)
    attached = {}
    for exhibit in document.exhibits if document else ():
        file = GOLDEN / "exhibits" / exhibit.digest.replace(":", "-")
        salt = file.with_suffix(".salt")
        attached[exhibit.digest] = Attached(
            file.read_bytes(), salt.read_bytes() if salt.exists() else b""
        )
    if isinstance(record, Report):
        return em.Authored(record, attached, ())
    return record


@pytest.fixture(scope="module")
def golden_log(tmp_path_factory):
    """A log that took all the golden entries, each at its instant."""
    entries = [decode(golden(file)) for _, file in LEAVES]
    instants = [entry.envelope.recorded for entry in entries]
    path = tmp_path_factory.mktemp("golden") / "golden.db"
    clock = iter([instants[0], *instants]).__next__
    with em.EventLog.create(path, clock=clock) as log:
        for entry in entries:
            log.append(golden_exhibits(entry.record), by=entry.envelope.by)
    return path


def test_a_log_takes_the_golden_entries_as_the_same_leaves(golden_log):
    with em.EventLog.open(golden_log) as log:
        assert [entry.leaf.hex() for entry in log.entries()] == [
            leaf for leaf, _ in LEAVES
        ]
        assert log.root.hex() == GOLDEN_ROOT
        verified = log.verify()
    assert (verified.size, verified.needs_newer) == (len(LEAVES), 0)


def test_a_log_keeps_the_golden_exhibits_as_they_lie_in_their_folder(golden_log):
    kept = Path(f"{golden_log}-exhibits")
    frozen = GOLDEN / "exhibits"
    assert {file.name: file.read_bytes() for file in kept.iterdir()} == {
        file.name: file.read_bytes() for file in frozen.iterdir()
    }


# A stranger's reader: written from the page alone, with none of our code. It runs in
# a process of its own that finds no package but Python's.


def read_canonical(data):
    """Section 2: read bytes that are canonical, and no others."""

    def refuse(text):
        raise ValueError(f"no value of this format: {text}")

    def bounded(text):
        return int(text) if abs(int(text)) < 2**53 else refuse(text)

    value = json.loads(
        data.decode(), parse_float=refuse, parse_constant=refuse, parse_int=bounded
    )
    again = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if again.encode() != data or not is_plain(value, 64):
        raise ValueError("not canonical")
    return value


def is_plain(value, depth):
    if isinstance(value, dict):
        return all(map(str.isascii, value)) and is_plain(
            [*value, *value.values()], depth
        )
    if isinstance(value, list):
        return depth and all(is_plain(one, depth - 1) for one in value)
    return value is not None and not (isinstance(value, str) and "\0" in value)


def root_of(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root_of(leaves[:k]) + root_of(leaves[k:])).digest()


def read_log(path):
    """Section 10: check a log, print its root, and give its reports of version 1."""
    log, entries, leaves, stack, done = sqlite3.connect(path), [], [], b"", 0
    for name, value in (("application_id", 0x454D4C47), ("user_version", 2)):
        assert log.execute(f"PRAGMA {name}").fetchone() == (value,)
    rows = log.execute("SELECT position, key, leaf, body FROM entry ORDER BY position")
    for position, key, leaf, body in rows:
        entry = read_canonical(body)
        assert (position, len(body) <= 65_535) == (len(entries), True)
        assert leaf == hashlib.sha256(b"\0" + body).digest()
        assert key == f"{entry['kind']}/{entry['id']}"
        assert not entries or entry["recorded"] >= entries[-1]["recorded"]
        entries.append(entry)
        leaves.append(leaf)
    for power in reversed(range(len(leaves).bit_length())):
        if len(leaves) >> power & 1:
            stack += root_of(leaves[done : done + (1 << power)])
            done += 1 << power
    assert log.execute("SELECT size, stack FROM head").fetchone() == (done, stack)
    log.close()
    reports = [e for e in entries if (e["v"], e["kind"], e["kv"]) == (1, "report", 1)]
    print("root", root_of(leaves).hex(), "not read", len(entries) - len(reports))
    return reports


def read_exhibit(path, exhibit):
    """Section 8: give an exhibit's bytes."""
    digest = exhibit["digest"]
    file = f"{path}-exhibits/{digest.replace(':', '-')}"
    with open(file, "rb") as data:  # noqa: PTH123 (a stranger needs no pathlib)
        read = data.read()
    if digest.startswith("hmac-"):
        with open(f"{file}.salt", "rb") as salt:  # noqa: PTH123
            found = hmac.digest(salt.read(), read, "sha256").hex()
    else:
        found = hashlib.sha256(read).hexdigest()
    assert (found, len(read)) == (digest.partition(":")[2], exhibit["size"])
    return read


def print_claims(path, entry):
    """Sections 5 and 8: who says what in a report, as logged, in which words."""
    body = entry["body"]
    bound = {one["id"]: one for one in body["document"].get("exhibits", ())}
    read = {id_: read_exhibit(path, one) for id_, one in bound.items()}
    voices = {voice["id"]: voice["speakers"] for voice in body["voices"]}
    actors = {actor["id"]: actor for actor in body.get("actors", ())}
    told = body["sources"]
    said = {one["id"]: {**actors.get(one.get("actor"), {}), **one} for one in told}
    for claim in body["claims"]:
        voice = [said[speaker["source"]] for speaker in voices[claim["voice"]]]
        names = [one["names"][0]["text"] for one in voice]
        stance, words, quote = claim.get("stance", "asserts"), "", claim.get("quote")
        if quote:
            words = read[quote["exhibit"]].decode()[quote["start"] : quote["end"]]
        who, called = " > ".join(names), f"{entry['id']}#{claim['id']}"
        print(json.dumps([called, claim["kind"], stance, who, words]))


STRANGER = (
    *(read_canonical, is_plain, root_of),
    *(read_log, read_exhibit, print_claims),
)


def run_stranger(path):
    source = "\n".join(map(inspect.getsource, STRANGER))
    assert len([line for line in source.splitlines() if line]) < 80
    run = (
        "import hashlib, hmac, json, sqlite3, sys\n"
        f"{source}\n"
        "for entry in read_log(sys.argv[1]):\n"
        "    print_claims(sys.argv[1], entry)\n"
    )
    command = [sys.executable, "-I", "-S", "-c", run, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def read_by_a_stranger(path):
    ran = run_stranger(path)
    assert ran.stderr == ""
    return ran.stdout.splitlines()


def as_we_tell_it(path):
    with em.EventLog.open(path) as log:
        reports = list(log.reports())
        yield f"root {log.verify().root.hex()} not read {log.size - len(reports)}"
        for report in reports:
            texts = log.texts(report)
            for told in em.told_in(report):
                claim, voice = told.claim, report.voice_of(told.claim)
                names = [_name(report, speaker.source) for speaker in voice.speakers]
                quote = claim.quote
                words = quote.words(texts[quote.exhibit]) if quote else ""
                told_so = [claim.stance.value, " > ".join(names), words]
                yield json.dumps([told.id, claim.kind, *told_so])


def _name(report, id_):
    source = next(one for one in report.sources if one.id == id_)
    actors = (one for one in report.actors if one.id == source.actor)
    return (source.names or next(actors).names)[0].text


@pytest.fixture
def short_log(tmp_path):
    path = tmp_path / "monitor.db"
    with em.EventLog.create(path) as log:
        log.append(em.seed_report(), by="desk")
    return path


def test_a_stranger_reads_the_golden_log_as_we_do(golden_log):
    told = read_by_a_stranger(golden_log)
    assert told == list(as_we_tell_it(golden_log))
    assert len(told) > 150
    claim = json.loads(next(line for line in told if "mina-two-boats#left" in line))
    assert claim[3:] == [
        "مسؤول في الميناء > صحيفة الميناء",
        "السفينة Black Michae\u0308l غادرت قبل ثلاثة أيام 🛥 إلى زندا",
    ]


def test_a_stranger_reads_the_log_of_the_article_as_we_do(short_log):
    assert read_by_a_stranger(short_log) == list(as_we_tell_it(short_log))


@pytest.mark.parametrize(
    "data",
    [
        b'{"v":1.5}',
        b'{"v": 1}',
        b'{"v":1,"v":1}',
        b'{"v":null}',
        b'{"v":9007199254740992}',
        b'{"v":-0}',
        b'{"w":1,"v":1}',
        b'{"v":"\\u00e9"}',
        b'{"v":"\\/"}',
        b'{"v":"\\ud800"}',
        b'{"v":"\\u0000"}',
        b'{"v":"\xff"}',
        b'{"\xc3\xa9":1}',
        b'{"v":NaN}',
        b"\xef\xbb\xbf{}",
        b"[" * 65 + b"]" * 65,
        b"{} ",
        b"",
    ],
)
def test_a_stranger_refuses_the_bytes_that_we_refuse(data):
    with pytest.raises(ValueError):
        read_canonical(data)
    with pytest.raises(em.EmbargoMonitorError):
        decode(data)


NEWER = (
    {"v": 1, "kind": "report", "kv": 2},
    {"v": 1, "kind": "sighting", "kv": 1},
    {"v": 2, "kind": "report", "kv": 1, "signed_by": ["ana"]},
)


def test_a_stranger_passes_over_what_is_newer_and_counts_it_as_we_do(short_log):
    rest = {"id": "new", "recorded": "9999-12-31T23:59:59Z", "by": "ana", "body": {}}
    with Storage.open(short_log) as storage, storage.writing() as writer:
        for nth, newer in enumerate(NEWER):
            entry = {**newer, **rest, "id": f"new-{nth}"}
            writer.append(f"{entry['kind']}/{entry['id']}", rfc8785.dumps(entry))
    told = read_by_a_stranger(short_log)
    assert told == list(as_we_tell_it(short_log))
    assert told[0].endswith("not read 3")


@pytest.mark.parametrize(
    ("guard", "damage"),
    [
        (2, "UPDATE entry SET body = CAST(replace(body, 'desk', 'disk') AS BLOB)"),
        (2, "UPDATE entry SET leaf = zeroblob(32)"),
        (2, "UPDATE entry SET key = 'report/another'"),
        (2, "UPDATE entry SET position = 1"),
        (8, "UPDATE head SET size = 2"),
        (8, "UPDATE head SET stack = zeroblob(32)"),
        (3, "DELETE FROM entry"),
        (0, "PRAGMA user_version = 3"),
    ],
)
def test_a_stranger_sees_what_was_changed(short_log, guard, damage):
    file = sqlite3.connect(short_log)
    file.execute(f"DROP TRIGGER guard_{guard}")
    file.execute(damage)
    file.commit()
    file.close()
    assert "AssertionError" in run_stranger(short_log).stderr


def test_a_stranger_sees_an_exhibit_that_is_another(short_log):
    [file] = Path(f"{short_log}-exhibits").iterdir()
    file.write_bytes(file.read_bytes() + b" ")
    assert "AssertionError" in run_stranger(short_log).stderr
