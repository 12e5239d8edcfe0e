"""Hostile inputs, made from golden entries, forms and texts; all follow from a seed.

`doors.py` brings them to where input comes in. Mutations know the structure of what
they alter: some make what must be refused, whatever else is true of it.
"""

import functools
import itertools
import json
import random
from pathlib import Path

from embargo_monitor import canonical

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "data" / "golden" / "v1"
CASES = ROOT / "tests" / "data" / "cases"
SEEDS = ROOT / "seeds"
RECORDED = "2026-01-02T03:04:05Z"

NASTY = (
    *"\t\n\r\x00\x1b\x7f\x85\u2028\u202a\u202e\u2066\u2069\u200b\u200f\u061c\ufeff",
    *("e\u0301", "\U000e0041", "\U0001f6e9", "\U0010ffff", "\uffff", "\u0378"),
    *("الجيش", '"', "\\", "'", "{", "]", "#", ":", "/", "..", " ", "", "0", "@1"),
    *("$schema", "../", "%s", "<b>", "ﷺ", "\u1680", "İ", "٣", "½", "-0", "1e9"),
)


class Raw(str):
    """A piece of JSON text that stands as it is."""

    __slots__ = ()


def written(value):
    """Write a tree as canonical bytes would be, if all in it were allowed."""
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, dict):
        members = (f"{json.dumps(key)}:{written(value[key])}" for key in sorted(value))
        return "{" + ",".join(members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def places(tree):
    """Give every place of a tree: what holds it, and its key or number there."""
    found, waiting = [], [tree]
    while waiting:
        one = waiting.pop()
        keys = one if isinstance(one, dict) else range(len(one))
        for key in keys:
            found.append((one, key))
            if isinstance(one[key], dict | list):
                waiting.append(one[key])
    return found


def objects(tree):
    return [tree, *(one[key] for one, key in places(tree) if type(one[key]) is dict)]


# Mutations of a tree. Each alters it in place, and returns whether there was anything
# to alter.


def put(chance, tree, *values):
    found = places(tree)
    if found:
        one, key = chance.choice(found)
        one[key] = chance.choice(values)
    return bool(found)


def given_twice(chance, tree):
    held = [(o, k) for o, k in places(tree) if type(o[k]) is dict and o[k]]
    if held:
        one, key = chance.choice(held)
        member = chance.choice(sorted(one[key]))
        again = f"{json.dumps(member)}:{written(one[key][member])}"
        one[key] = Raw(written(one[key])[:-1] + f",{again}}}")
    return bool(held)


def a_float(chance, tree):
    kinds = ("1.5", "-0.0", "1e400", "1E2", "NaN", "Infinity", "-Infinity")
    return put(chance, tree, *map(Raw, kinds), Raw("0." + "1" * 9_999))


def a_huge_integer(chance, tree):
    digits = "9" * chance.choice((16, 19, 20, 309, 4_301, 100_000))
    return put(chance, tree, Raw(digits), Raw(f"-{digits}"), Raw("9007199254740992"))


def a_null(chance, tree):
    return put(chance, tree, None)


def half_a_pair(chance, tree):
    return put(chance, tree, *map(Raw, (r'"\ud800"', r'"a\udfffb"', r'"\udc00\ud800"')))


def a_nul(chance, tree):
    return put(chance, tree, Raw(r'"\u0000"'), Raw(r'"a\u0000b"'))


def a_foreign_key(chance, tree):
    member = chance.choice(("é", "\u202eid", "a\0", "アーム", "\U0001f6e9"))
    chance.choice(objects(tree))[member] = "x"
    return True


def too_deep(chance, tree):
    deep = chance.choice((65, 66, 1_000, 100_000))
    lists = Raw("[" * deep + "]" * deep)
    inside = Raw('{"a":' * deep + "1" + "}" * deep)
    return put(chance, tree, lists, inside, Raw("[" * deep))


def an_unknown_field(chance, tree):
    held = objects(tree["body"]) if type(tree.get("body")) is dict else [tree]
    chance.choice(held)[chance.choice(("confirmed", "kinds", "x" * 70, "\x1b[2J"))] = 1
    return True


def another_type(chance, tree):
    found = [(o, k) for o, k in places(tree) if type(o[k]) in (str, int)]
    one, key = chance.choice(found)
    wrong = ([], {}, False, 7) if type(one[key]) is str else ([], {}, "7")
    one[key] = chance.choice(wrong)
    return True


def an_id_that_hides(chance, tree):
    ids = [(o, k) for o, k in places(tree) if k in ("id", "report") and type(o) is dict]
    if ids:
        one, key = chance.choice(ids)
        one[key] = f"a{chance.choice(NASTY[:16])}b"
    return bool(ids)


def a_circle(chance, tree):
    claims = tree.get("body", tree).get("claims") or []
    own = [one for one in claims if type(one) is dict and "id" in one and "kind" in one]
    if own:
        one = chance.choice(own)
        one["refs"] = [{"claim": one["id"], "kind": "rests_on"}]
    return bool(own)


def a_long_circle(_, tree):
    claims = tree.get("body", tree).get("claims") or []
    own = [one for one in claims if type(one) is dict and "kind" in one]
    for one, after in zip(own, own[1:] + own[:1], strict=True):
        one["refs"] = [{"claim": after["id"], "kind": "answers"}]
    return len(own) > 1


def a_quote_out_of_range(chance, tree):
    spots = [one for one in objects(tree) if {"start", "end", "exhibit"} <= set(one)]
    if spots:
        one = chance.choice(spots)
        one["end"] = chance.choice((10**6, 2**53 - 1))
    return bool(spots)


def another_word(chance, tree):
    texts = [(o, k) for o, k in places(tree) if type(o[k]) is str]
    if texts:
        (one, key), (other, at) = chance.choice(texts), chance.choice(texts)
        one[key] = other[at]
    return bool(texts)


def a_spoilt_text(chance, tree):
    texts = [(o, k) for o, k in places(tree) if type(o[k]) is str and o[k]]
    if texts:
        one, key = chance.choice(texts)
        one[key] = spoilt(chance, one[key]).replace("\0", "")
    return bool(texts)


def a_long_text(chance, tree):
    many = chance.choice((1_001, 20_001, 66_000))
    return put(chance, tree, *(one * many for one in ("a", "1", "-a", " ", "ش", "a.")))


def a_long_list(chance, tree):
    lists = [(o, k) for o, k in places(tree) if type(o[k]) is list and o[k]]
    if lists:
        one, key = chance.choice(lists)
        one[key] = (one[key] * 200)[: chance.choice((2, 50, 200))]
    return bool(lists)


def less(chance, tree):
    one, key = chance.choice(places(tree))
    del one[key]
    return True


def emptied(chance, tree):
    return put(chance, tree, "", [], {}, False, True, 0, -1, 2**53 - 1)


def another_version(chance, tree):
    key = chance.choice(("v", "kv", "kind", "form"))
    tree[key] = chance.choice((0, 1, 2, 10**6, "report", "sighting", "link", ""))
    return True


def another_branch(chance, tree):
    found = places(tree)
    (one, key), (other, at) = chance.choice(found), chance.choice(found)
    one[key] = json.loads(written(other[at]))
    return True


def a_name_that_steers(chance, tree):
    """Names near to it are still named: they must not be offered raw."""
    tables = ("actors", "places", "sources", "voices", "events")
    held = [
        tree[name] for name in tables if type(tree.get(name)) is dict and tree[name]
    ]
    if held:
        table = chance.choice(held)
        name = chance.choice(sorted(table))
        table[f"{name}{chance.choice(NASTY[:8])}".replace("\0", "\x1b")] = table.pop(
            name
        )
    return bool(held)


def another_id(chance, tree):
    key = "id" if "body" in tree else "report"
    tree[key] = f"h{chance.getrandbits(60):x}"
    return True


NEVER_JSON = (
    *(given_twice, a_float, a_huge_integer, a_null, half_a_pair, a_nul),
    *(a_foreign_key, too_deep),
)
NEVER_AN_ENTRY = (
    *(an_unknown_field, another_type, an_id_that_hides, a_circle, a_long_circle),
)
PERHAPS = (
    *(another_word, a_spoilt_text, a_long_text, a_long_list, less, emptied),
    *(another_version, another_branch, another_id, a_quote_out_of_range),
    *(an_unknown_field, another_type, an_id_that_hides, a_name_that_steers),
)


# Mutations of bytes.


def flipped(chance, data):
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def cut(chance, data):
    start, end = sorted(chance.randrange(len(data) + 1) for _ in "ab")
    return data[:start] + data[end:]


def repeated(chance, data):
    start, end = sorted(chance.randrange(len(data) + 1) for _ in "ab")
    return data[:end] + data[start:]


def strewn(chance, data):
    at = chance.randrange(len(data))
    return data[:at] + chance.randbytes(chance.randrange(1, 9)) + data[at:]


def not_utf8(chance, data):
    at = chance.randrange(len(data))
    while data[at] & 0xC0 == 0x80:
        at -= 1
    return (
        data[:at] + chance.choice((b"\xff", b"\xc0\x80", b"\xed\xa0\x80")) + data[at:]
    )


def marked(chance, data):
    codecs = ("utf-8-sig", "utf-16", "utf-32")
    return data.decode().encode(chance.choice(codecs))


def with_more(chance, data):
    return data + chance.choice((b"}", b"{}", b"\0", b",", b"x", b"\x1a"))


NEVER_BYTES = (not_utf8, marked, with_more)
PERHAPS_BYTES = (flipped, cut, repeated, strewn)


def spoilt(chance, text):
    """Spoil a text at one place: characters that hide, that break, that repeat."""
    at = chance.randrange(len(text) + 1)
    piece = chance.choice((*NASTY, "\ud800", text, text[:at] * 30))
    drop = chance.randrange(3)
    return text[:at] + piece + text[at + drop :]


TEXTS = {
    "date": (
        *("2025-12-23?", "2025-12", "196X", "20XX", "2025-XX-XX", "2025-01/2025-06~"),
        *("2025/..", "/2025", "[2024,2025]", "[2025-12-13..2025-12-21,2026-01-01..]"),
    ),
    "amount": (
        *("16 items", "about 3 billion USD", "more than 4,000,000 USD", "2.5 years"),
        *("10 to 12 items", "3 to 4 billion USD", "1 company", "0.000001 TIV"),
    ),
    "identifier": (
        *("imo:9074729", "url:https://example.org/a?b", "domain:www.example.org"),
        *("serial:A-1 b", "un-symbol:S/RES/1970 (2011)", "wikidata:Q1016", "tail:9H-V"),
    ),
    "rule": (
        *(
            "weekday-on-or-before@1 tuesday",
            "days-before@1 99999",
            "early@1",
            "after@1",
        ),
        *(
            "hijri-lunar@1 1444-03-12",
            "hijri-solar@1 1403-12-30",
            "julian@1 1900-02-29",
        ),
    ),
    "about": ("event:deal", "actor:lna", "regime:un-1970"),
    "category": ("unroca:IV", "sipri:air-defence systems", "eu-ml:ML22"),
}


# The inputs.


@functools.cache
def bases():
    """What is mutated: golden entries; the seed's form and the cases'; their lines."""
    entries = [file.read_text("utf-8") for file in sorted(GOLDEN.glob("*-*.json"))]
    files = [*sorted(SEEDS.glob("*.json")), *sorted(CASES.glob("*/*.report.json"))]
    forms = [file.read_text("utf-8") for file in files]
    lines = [
        line
        for file in sorted(CASES.glob("*/*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
    ]
    compact = [text for text in forms if len(text) < 4_000]
    compact = [json.dumps(json.loads(text), ensure_ascii=False) for text in compact]
    return {"entry": entries, "form": forms, "lines": [*entries, *lines, *compact]}


def document(chance, door, *, spoil=True):
    """Draw one JSON text, spoilt, with what must become of it: refused, or unknown."""
    text = chance.choice(bases()[door])
    tree = json.loads(text)
    kind = chance.random() if spoil else 1
    must, names, data = "", [], None
    if kind < 0.35:
        mutations = [chance.choice(NEVER_JSON)]
        must = "refused"
    elif kind < 0.5 and door == "entry":
        mutations = [chance.choice(NEVER_AN_ENTRY)]
        must = "refused"
    elif kind < 0.75:
        mutations = chance.choices(PERHAPS, k=chance.choice((1, 1, 2, 4)))
    else:
        mutations = [another_id]
    for one in mutations:
        done = one(chance, tree)
        names.append(one.__name__)
        must = must if done else ""
        if one is a_quote_out_of_range and len(mutations) == 1 and done:
            must = "log" if door == "entry" and tree["kind"] == "report" else ""
    data = written(tree).encode("utf-8", "surrogatepass")
    if spoil and 0.75 <= kind < 0.97:
        never = chance.random() < 0.4
        one = chance.choice(NEVER_BYTES if never else PERHAPS_BYTES)
        data, must = one(chance, data), "refused" if never else ""
        names.append(one.__name__)
    return data, must, names


def some_lines(chance):
    count, at = chance.randrange(1, 6), chance.randrange(6)
    made = [document(chance, "lines", spoil=nth == at) for nth in range(count)]
    must = "refused" if any(must == "refused" for _, must, _ in made) else ""
    data = b"\n".join(data for data, _, _ in made)
    return data, must, [name for _, _, names in made for name in names]


def a_text(chance):
    name = chance.choice(sorted(TEXTS))
    text = chance.choice(TEXTS[name])
    for _ in range(chance.choice((0, 1, 1, 2, 3))):
        text = spoilt(chance, text)
    return (name, text), "", [name]


def drawn(seed, count):
    """Give (door, input, what must become of it, how it was made), *count* of them."""
    chance = random.Random(seed)
    for _ in range(count):
        door = chance.choices(("entry", "form", "lines", "text"), (4, 4, 1, 3))[0]
        if door == "text":
            yield (door, *a_text(chance))
        elif door == "lines":
            yield (door, *some_lines(chance))
        else:
            yield (door, *document(chance, door))


def large():
    """Give inputs as large as any that are read at all, for each door of JSON."""
    limit = canonical.MAX_BYTES
    for door in ("entry", "form", "lines"):
        for piece in ("{},", "[],", '{"a":1},', '"",', "1,", '"\\u0061",'):
            data = b"[" + piece.encode() * ((limit - 2) // len(piece))
            yield door, data[:-1] + b"]", "refused", [f"a list of {piece}"]
        yield door, b'"' + b"a" * limit, "refused", ["a long text"]
        yield door, b"[" * limit, "refused", ["a deep list"]
        yield door, b'{"a":' * (limit // 5), "refused", ["deep objects"]
        yield door, b"9" * limit, "refused", ["a long number"]
        yield door, b" " * (limit + 1), "refused", ["spaces"]
        yield door, b"\n" * limit, "refused", ["empty lines"]
        yield door, b"{}\n" * (limit // 3), "refused", ["short lines"]
        keys = ",".join(f'"k{number}":1' for number in range(100_000))
        yield door, b"{" + keys.encode() + b"}", "refused", ["unknown fields"]


def stretched():
    """Give long texts that patterns fit almost, for those that go back and forth."""
    pieces = ("a", "1", "-1", "1,", "a.", "-", " ", "X", "[", "/", "..", "2025,")
    for name, texts in sorted(TEXTS.items()):
        for text, piece in itertools.product(texts, pieces):
            long = piece * 50_000
            yield "text", (name, text + long), "", [name, "and a long tail"]
            within = text[:3] + long + text[3:]
            yield "text", (name, within), "", [name, "stretched"]


def an_entry(body):
    return {
        "v": 1,
        "kind": "report",
        "kv": 1,
        "id": "g",
        "recorded": RECORDED,
        "by": "desk",
        "body": body,
    }


def entangled(many):
    """Give entries and forms of so many parts that hang on one another, or are wrong.

    They ask for more work than their length lets expect.
    """
    for name, body in entangled_bodies(many):
        yield "entry", written(an_entry(body)).encode(), "", [name, str(many)]
    for name, form in entangled_forms(many):
        yield "form", written(form).encode(), "", [name, str(many)]


def entangled_bodies(many):
    base = json.loads((GOLDEN / "report-1.json").read_bytes())["body"]
    [page] = base["sources"]

    def claim(number, refs, **more):
        says = {"about": "regime:r", "kind": "says", "text": "a", "voice": "page"}
        on = [{"claim": f"{one}", "kind": "answers"} for one in refs]
        return {**says, "id": f"{number}", **({"refs": on} if on else {}), **more}

    claims = [claim(nth, [nth + 1]) for nth in range(many)]
    yield "a chain of claims", {**base, "claims": [*claims, claim(many, [])]}
    yield "a circle of claims", {**base, "claims": [*claims, claim(many, [0])]}
    few = int(many**0.5)
    net = [claim(nth, range(nth)) for nth in range(2 * few)]
    yield "a net of claims", {**base, "claims": net}
    wrong = [claim(nth, [], x=nth) for nth in range(many)]
    yield "many faults", {**base, "claims": wrong}
    parts = [{**page, "id": f"{nth}", "part_of": f"{nth + 1}"} for nth in range(many)]
    sources = [page, *parts, {**page, "id": f"{many}"}]
    yield "a chain of sources", {**base, "sources": sources}


def entangled_forms(many):
    unknown = {"kind": "unknown", "names": {"en": "page"}, "unnamed": True}
    form = {
        "report": "g",
        "document": {"titles": {"en": "A page"}, "publisher": "p"},
        "actors": {"PK": {}},
        "sources": {"p": unknown},
        "voices": {"p": ["p"]},
    }
    row = {"voice": "p", "about": "regime:r", "says": "a"}
    when = {"wording": "the day before", "rule": "days-before@1 1"}
    numbers = range(2, many + 1)
    dated = [{**row, "when": {**when, "anchor": f"c{nth}"}} for nth in numbers]
    rows = {
        "a chain of rows": [*({**row, "rests_on": f"c{nth}"} for nth in numbers), row],
        "a chain of dates": [*dated, {**row, "when": "2025"}],
        "a circle of dates": [*dated, dated[0]],
        "rows that name one row": [{**row, "rests_on": f"c{many}"}] * many,
        "unknown names": [{**row, "voice": f"voice-{nth:05}"} for nth in numbers],
        "empty rows": [{}] * many,
        "rows of one id": [{**row, "id": "a"}] * many,
        "a remark of many parties": [
            {**row, "supplier": ["PK"] * many, "note": "\U0001f6e9" * 20_000}
        ],
        "many parties": [
            {**row, "supplier": ["PK"] * many, "rests_on": ["c2"] * many},
            row,
        ],
    }
    for name, claims in rows.items():
        yield name, {**form, "claims": claims}
    actors = {f"actor-{nth:05}": {} for nth in numbers}
    named = [{**row, "supplier": f"actor-{nth:05}x"} for nth in numbers]
    yield "near names", {**form, "actors": actors, "claims": named}
    marks = {"names": {"en": "x"}, "country": "\u0301\u0316" * (30 * many)}
    accented = {"actors": {"a": {"kind": "person", **marks}}, "claims": [row]}
    yield "a name of many marks", {**form, **accented}
    wordings = [{**row, "when": {"wording": "on the " * (10 * many)}}]
    yield "a long wording", {**form, "claims": wordings}
    exhibits = {"t": {"file": next(SEEDS.glob("*.txt")).name}}
    document = {**form["document"], "exhibits": exhibits}
    for words in ("the ", "a", "zq "):
        quoting = {**row, "quote": words * (100 * many)}
        yield "a long quote", {**form, "document": document, "claims": [quoting]}
