"""Records as bytes: one encoding for each, and nothing read that is not one."""

import hashlib
import json
import random
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from embargo_monitor import testing
from embargo_monitor.canonical import canonical_bytes, read_json
from embargo_monitor.encoding import body_of, decode, encode, envelope_of, record_of
from embargo_monitor.errors import (
    CanonicalError,
    EmbargoMonitorError,
    EncodingError,
    InvalidValueError,
    NewerVersionError,
)
from embargo_monitor.model.records import Envelope, Withdrawal
from embargo_monitor.seeds import seed_report
from embargo_monitor.structuring import structure

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ENVELOPE = {
    "v": 1,
    "kind": "withdrawal",
    "kv": 1,
    "id": "w-1",
    "recorded": "2026-01-02T03:04:05Z",
    "by": "ana",
}
BODY = {"entry": "r", "entry_kind": "report", "reason": "logged twice", "by": "ana"}
WITHDRAWAL = Withdrawal(
    "w-1", entry="r", entry_kind="report", reason="logged twice", by="ana"
)
BYTES = (
    b'{"body":{"by":"ana","entry":"r","entry_kind":"report","reason":"logged twice"},'
    b'"by":"ana","id":"w-1","kind":"withdrawal","kv":1,'
    b'"recorded":"2026-01-02T03:04:05Z","v":1}'
)

# A generator of entries as plain JSON. It knows the format as it is told, and
# neither our types nor our strategies, so that it can disagree with them.

TEXTS = (
    "a",
    "Pakistan to the LNA: an arms deal",
    "الجيش الوطني الليبي",
    "\u200fصفقة (٣ مليارات)\u200f",
    'a "quoted" \\ / <b>\u007e</b>',
    "Côte d’Ivoire",
    "𐎱𐎠𐎼𐎿 \U0001f6e9\ufe0f",
)
DATES = ("2025-12-23", "2025-12-23?", "2025-12", "196X", "2025-01/2025-06", "2025/..")
COUNTED = (
    ("weekday-on-or-before@1 tuesday", "2025-12-23"),
    ("weekday-before@1 tuesday", "2025-12-16"),
    ("previous-week-mon@1", "[2025-12-15..2025-12-21]"),
    ("days-before@1 3", "2025-12-20"),
    ("month-before@1", "2025-11"),
    ("year-before@1", "2024"),
    ("decade-of-last-century@1 60", "196X"),
    ("before@1", "[..2025-12-23]"),
)
NUMBERS = ("0", "1", "2.5", "3000000000", "0.000001", "9" * 24, "120000.25")
IDENTIFIERS = ("gazetteer:lna", "imo:9074729", "un-symbol:S/RES/1970 (2011)")
DIGEST = "0123456789abcdef" * 4
ACTORS, PLACES, SOURCES = ("pk", "lna"), ("benghazi", "sea"), ("cnn", "page")
STAGES = ("intent", "agreed", "in transit", "delivered")


def text(chance):
    if chance.random() < 0.6:
        return chance.choice(TEXTS)
    # Letters that no composition changes: Latin, Arabic, CJK, and a plane beyond.
    ranges = ((0x61, 0x7A), (0x628, 0x63A), (0x4E00, 0x9FA5), (0x10300, 0x1031F))
    length = chance.randrange(1, 20)
    return "".join(chr(chance.randint(*chance.choice(ranges))) for _ in range(length))


def some(chance, **fields):
    """Fill about a third of optional fields."""
    return {
        name.rstrip("_"): value(chance)
        for name, value in fields.items()
        if chance.random() < 0.3
    }


def one_of(*values):
    return lambda chance: chance.choice(values)


def several(value):
    return lambda chance: [value(chance) for _ in range(chance.randint(1, 3))]


def name(chance):
    return {
        "text": text(chance),
        **some(
            chance,
            language=one_of("ar", "en", "ar-Latn"),
            kind=one_of("transliterated", "translated", "former"),
        ),
    }


def amount(chance, *units):
    bound = chance.choice(("exact", "about", "at least", "more than", "at most"))
    number = chance.choice(NUMBERS)
    ends = {"low": number, "high": number}
    if bound in ("at least", "more than"):
        del ends["high"]
    if bound == "at most":
        del ends["low"]
    if chance.random() < 0.2:
        bound, ends = "range", {"low": "2.5", "high": number if number > "3" else "4"}
    unit = chance.choice(units or ("items", "TIV", "persons"))
    return {"bound": bound, "unit": unit, **ends, **some(chance, wording=text)}


def count(chance):
    return amount(chance, "persons", "items", "companies", "states")


def grade(letters):
    return lambda chance: {
        "grade": chance.choice(letters),
        "by": text(chance),
        "on": "2025-12-23",
        **some(chance, reason=text),
    }


def bare(graded):
    return {key: value for key, value in graded.items() if key != "reason"}


def quote(chance):
    start = chance.randrange(5_000)
    printed = some(chance, page=text, paragraph=text, annex=text, time_code=text)
    return {"exhibit": "text", "start": start, "end": start + 9, **printed}


def translation(chance):
    method = chance.choice(("person", "machine"))
    return {"text": text(chance), "language": "en", "method": method, "by": "ana"}


def when(chance):
    if chance.random() < 0.4:
        rule, date = chance.choice(COUNTED)
        day = {"of": "day", "day": "2025-12-23", "reason": text(chance)}
        return {"date": date, "rule": rule, "anchor": day}
    date = {"date": chance.choice(DATES), **some(chance, clock=one_of("07:30"))}
    if chance.random() < 0.3:
        date |= {"known": "inferred", "reason": text(chance)}
    if chance.random() < 0.5:
        date |= {"wording": text(chance)}
        date |= some(chance, quote=quote, translation=translation)
    return date


def item(chance):
    return {
        "name": text(chance),
        "nature": chance.choice(("arms", "dual-use", "unclear")),
        **some(
            chance,
            categories=several(one_of("unroca:IV", "eu-ml:ML10", "sipri:aircraft")),
            use=one_of("military", "civil"),
            condition=one_of("second-hand"),
            individual=one_of(*ACTORS),
            wording=text,
        ),
    }


CLAIMS = {
    "party_is": lambda c: {
        "role": c.choice(("supplier", "end user")),
        "actor": c.choice(ACTORS),
        **some(c, for_=one_of(*ACTORS)),
    },
    "goods_are": lambda c: {
        "item": item(c),
        **some(c, quantity=amount, at=one_of(*STAGES), line=text, when=when),
    },
    "mention_is": lambda c: {
        "items": several(item)(c),
        "as": c.choice(("adversary's", "a party's own", "declared cover")),
        **some(c, actor=one_of(*ACTORS)),
    },
    "value_is": lambda c: {
        "amount": amount(c, "USD", "SUR"),
        "of": c.choice(("price", "aid or credit")),
        **some(c, at=one_of(*STAGES), when=when),
    },
    "terms_are": lambda c: {"terms": c.choice(("sale", "gift", "loan or lease"))},
    "stage_is": lambda c: {
        "stage": c.choice(STAGES),
        **some(
            c,
            when=when,
            by=several(one_of(*ACTORS)),
            place=one_of(*PLACES),
            from_=one_of(*PLACES),
            to=one_of(*PLACES),
        ),
    },
    "embargo_is": lambda c: {
        "regime": text(c),
        "position": c.choice(("in force", "breaches", "on hold")),
        **some(c, by=several(one_of(*ACTORS)), when=when),
    },
    "actor_is": lambda c: {
        "relation": c.choice(("flag", "led by")),
        "text": text(c),
        **some(c, actor=one_of(*ACTORS), when=when),
    },
    "says": lambda c: {"text": text(c), **some(c, language=one_of("ar"), when=when)},
}


def claim(chance, place=0):
    kind = chance.choice(tuple(CLAIMS))
    about = "actor:lna" if kind == "actor_is" else "event:deal"
    words = [{}, {"quote": quote(chance)}, {"wording": {"text": text(chance)}}]
    said = chance.choice(words)
    if said:
        said |= some(chance, translation=translation)
    if place:
        earlier = one_of(*(f"c{before}" for before in range(place)))
        ref = several(lambda c: {"kind": "within", "claim": earlier(c)})
        said |= some(chance, refs=ref)
    return {
        "kind": kind,
        "id": f"c{place}",
        "about": about,
        "voice": chance.choice(("page", "cnn")),
        **CLAIMS[kind](chance),
        **said,
        **some(
            chance,
            stance=one_of("denies", "expects", "sees no sign"),
            hedge=one_of("likely", "possible"),
            credibility=grade("23456"),
            note=text,
        ),
    }


def reading(chance):
    wording = some(chance, wording=text)
    return {"date": chance.choice(DATES), "basis": "printed", **wording}


def exhibit(chance, id_, **fields):
    size = chance.choice((0, 1, 4057, 2**53 - 1))
    content = {"digest": f"sha256:{DIGEST}", "media_type": "text/plain", "size": size}
    return {"id": id_, **content, **fields, **some(chance, title=text)}


def report(chance):
    identified = some(chance, same_as=several(one_of(*IDENTIFIERS)))
    named = {"names": several(name)(chance), **identified, **some(chance, note=text)}
    scan = {"digest": f"hmac-sha256:{DIGEST}", "handling": "limited", "parent": "text"}
    dated = some(chance, published=reading, written=reading)
    speaker = {"source": "cnn", **some(chance, said=when, known=one_of("unclear"))}
    return {
        "document": {
            "titles": several(name)(chance),
            "publisher": "page",
            "exhibits": [exhibit(chance, "text"), exhibit(chance, "scan", **scan)],
            **dated,
            **some(chance, other_readings=several(reading), note=text),
        },
        "actors": [{"id": one, "kind": "armed group", **named} for one in ACTORS],
        "places": [
            {"id": one, "kind": "port", "names": [name(chance)], "country": "LY"}
            for one in PLACES
        ],
        "sources": [
            {"id": one, "kind": "outlet", **named, **some(chance, count=count)}
            for one in SOURCES
        ],
        "voices": [
            {"id": "page", "speakers": [{"source": "page"}]},
            {"id": "cnn", "speakers": [speaker, {"source": "page"}]},
        ],
        "events": [{"id": "deal", "kind": "transfer", "title": text(chance)}],
        "claims": [claim(chance, place) for place in range(chance.randrange(5))],
        **some(chance, repeats=one_of("seed-article"), note=text),
    }


def link(chance):
    return {
        "relation": chance.choice(("same", "resells", "part of")),
        "linked": "event",
        "first": "r#deal",
        "second": "other#deal",
        "reason": text(chance),
        "by": text(chance),
        **some(chance, because=several(one_of("r#c1", "r#c2.stage"))),
    }


BODIES = {
    "report": report,
    "correction": lambda c: {
        "report": "r",
        "reason": text(c),
        "by": text(c),
        "withdraws": ["c1"],
        **some(c, adds=lambda c: [claim(c), claim(c, 2)]),
        **some(
            c,
            replaces=lambda c: [claim(c, 7)],
            document=lambda c: report(c)["document"],
            actors=lambda c: report(c)["actors"],
            places=lambda c: report(c)["places"],
            sources=lambda c: report(c)["sources"],
            voices=lambda c: report(c)["voices"],
            events=lambda c: report(c)["events"],
        ),
    },
    "withdrawal": lambda c: {**BODY, "reason": text(c), "by": text(c)},
    "assessment": lambda c: {
        "claim": "r#c1",
        # The reason is the assessment's.
        "credibility": bare(grade("23456")(c)),
        "reason": text(c),
    },
    "link": link,
    "resumption": lambda c: {
        "seen_size": c.choice((0, 1, 2**53 - 1)),
        "seen_root": DIGEST,
        "old_key": f"example.org/log+01234567+{'A' * 43}=",
        "new_key": f"example.org/log+89abcdef+{'B' * 43}=",
        "reason": text(c),
        "by": text(c),
    },
}


def entry(chance, kind):
    second = chance.randrange(60)
    recorded = f"2026-01-02T03:04:{second:02}Z"
    body = BODIES[kind](chance)
    return {**ENVELOPE, "kind": kind, "recorded": recorded, "body": body}


def entries(seed, count):
    chance = random.Random(seed)
    kinds = tuple(BODIES)
    for number in range(count):
        yield entry(chance, kinds[number % len(kinds)])


def shuffled(value, chance):
    if isinstance(value, dict):
        members = [(key, shuffled(one, chance)) for key, one in value.items()]
        return dict(chance.sample(members, len(members)))
    if isinstance(value, list):
        return [shuffled(one, chance) for one in value]
    return value


def written(envelope, body):
    return canonical_bytes({**envelope, "body": body})


def faults_of(envelope, body, **upcasters):
    with pytest.raises(EncodingError) as caught:
        decode(written(envelope, body), **upcasters)
    return caught.value.faults


# What comes back is what went in.


@pytest.mark.parametrize(
    "strategy",
    [
        testing.reports(),
        testing.corrections(),
        testing.withdrawals(),
        testing.assessments(),
        testing.links(),
        testing.resumptions(),
    ],
    ids=BODIES,
)
@settings(max_examples=500)
@given(st.data())
def test_a_record_comes_back_from_its_bytes_and_they_are_canonical(strategy, data):
    record = data.draw(strategy)
    encoded = encode(record, recorded=NOW, by="ana")
    read = decode(encoded)
    assert read.record == record
    assert read.envelope == Envelope(
        v=1, kind=record.kind, kv=1, id=record.id, recorded=NOW, by="ana"
    )
    assert encode(read.record, recorded=NOW, by="ana") == encoded
    assert encoded == rfc8785.dumps(json.loads(encoded))


def test_the_bytes_of_twenty_thousand_entries_are_those_of_another_library():
    kinds, claims = Counter(), Counter()
    for value in entries(seed=20251223, count=20_000):
        assert canonical_bytes(value) == rfc8785.dumps(value)
        kinds[value["kind"]] += 1
        claims.update(one["kind"] for one in value["body"].get("claims", ()))
    assert min(kinds[kind] for kind in BODIES) > 2_800
    assert min(claims[kind] for kind in CLAIMS) > 300


def test_entries_of_another_writer_come_back_as_the_same_bytes():
    for value in entries(seed=8, count=2_000):
        data = rfc8785.dumps(value)
        read = decode(data)
        envelope = read.envelope
        again = encode(read.record, recorded=envelope.recorded, by=envelope.by)
        assert again == data


@given(testing.envelopes())
def test_an_envelope_of_any_instant_comes_back(envelope):
    data = encode(WITHDRAWAL, recorded=envelope.recorded, by=envelope.by)
    assert decode(data).envelope.recorded == envelope.recorded
    assert decode(data).envelope.by == envelope.by


def test_the_article_comes_back_from_its_bytes():
    report = seed_report().report
    assert decode(encode(report, recorded=NOW, by="ana")).record == report


def test_an_entry_is_these_bytes():
    assert encode(WITHDRAWAL, recorded=NOW, by="ana") == BYTES
    read = decode(BYTES)
    assert read.record == WITHDRAWAL
    assert read.body == BODY


def test_the_id_stands_in_the_envelope_alone():
    assert body_of(WITHDRAWAL) == BODY
    assert record_of("withdrawal", 1, "w-1", BODY) == WITHDRAWAL
    assert faults_of(ENVELOPE, {**BODY, "id": "w-1"}) == (
        "$.body.id: the id stands in the envelope",
    )


@pytest.mark.parametrize(
    ("recorded", "by"),
    [
        (datetime(2026, 1, 2, 3, 4, 5), "ana"),  # noqa: DTZ001 (refused for it)
        (NOW.astimezone(timezone(timedelta(hours=2))), "ana"),
        (NOW.replace(microsecond=1), "ana"),
        (NOW, ""),
        (NOW, "a\u202eb"),
        (NOW, "two\nlines"),
    ],
)
def test_who_records_and_when_is_checked(recorded, by):
    with pytest.raises(InvalidValueError):
        encode(WITHDRAWAL, recorded=recorded, by=by)


def test_an_envelope_is_read_whatever_its_record_is():
    for envelope in (ENVELOPE, {**ENVELOPE, "kv": 9}, {**ENVELOPE, "kind": "link"}):
        data = written(envelope, BODY)
        assert envelope_of(data) == structure(envelope, Envelope, "$")
    with pytest.raises(EncodingError, match=r"^\$\.v: there never was a version 0$"):
        envelope_of(written({**ENVELOPE, "v": 0}, BODY))


# One leaf for one record.


def leaf_of(text):
    value = read_json(text.encode())
    record = record_of(value["kind"], value["kv"], value["id"], value["body"])
    data = encode(record, recorded=NOW, by="ana")
    return hashlib.sha256(b"\0" + data).hexdigest()


def test_order_spacing_and_escapes_of_the_input_do_not_change_the_leaf():
    chance = random.Random(5)
    for value in entries(seed=4, count=300):
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        airy = json.dumps(shuffled(value, chance), ensure_ascii=True, indent=3)
        assert airy != plain
        assert leaf_of(airy) == leaf_of(plain)


def test_one_changed_code_point_changes_the_leaf():
    reason = "صفقة 𐎱 a"
    body = {**BODY, "reason": reason}
    leaves = {leaf_of(json.dumps({**ENVELOPE, "body": body}))}
    for at in range(len(reason)):
        body["reason"] = reason[:at] + "x" + reason[at + 1 :]
        leaves.add(leaf_of(json.dumps({**ENVELOPE, "body": body})))
    assert len(leaves) == 1 + len(reason)


# What is refused, and where.


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (b'"v":1', b'"v":1.5', '$.v: a float; write it as text, "1.5"'),
        (b'"v":1', b'"v":null', "$.v: null; leave out what is not known"),
        (b'"by":"ana","entry"', b'"by":null,"entry"', "$.body.by: null; leave out"),
        (b'"v":1', b'"v":1,"v":1', "$.v: a key that is given 2 times"),
        (b'"v":1', b'"v": 1', "$: not canonical: byte "),
        (b'"kv":1', b'"kv":01', "$: no JSON at line 1"),
        (b"twice", b"twice\xff", "$: not UTF-8 at byte "),
    ],
)
def test_bytes_that_are_not_canonical_are_refused(old, new, fault):
    assert BYTES.count(old) == 1
    with pytest.raises(CanonicalError) as caught:
        decode(BYTES.replace(old, new))
    assert str(caught.value).startswith(fault)


@pytest.mark.parametrize("value", [[], "a", 1, True, [{}]])
def test_an_entry_is_an_object(value):
    with pytest.raises(EncodingError, match=r"^\$: an entry must be an object$"):
        decode(canonical_bytes(value))


@pytest.mark.parametrize("value", [[], "a", 1, True])
def test_a_body_is_an_object(value):
    assert faults_of(ENVELOPE, value) == ("$.body: must be an object",)
    with pytest.raises(EncodingError, match=r"^\$\.body: must be an object$"):
        decode(canonical_bytes(ENVELOPE))


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"v": 0}, "$.v: there never was a version 0"),
        ({"v": "1"}, "$.v: the value must be a whole number, got '1'"),
        ({"kv": -1}, "$: kv must be an integer from 0 to 2^53 - 1, got -1"),
        ({"kv": True}, "$.kv: the value must be a whole number, got True"),
        ({"id": "a b"}, "$: id must be 1 to 64 of ASCII letters, digits, '.', '_'"),
        ({"kind": ""}, "$: kind must be 1 to 64 of ASCII letters, digits"),
        ({"recorded": "now"}, "$.recorded: the value must be a UTC instant such as"),
        ({"by": "a\u2066b"}, "$: by must be one line of text without U+2066"),
        ({"record": "now"}, "$: unknown field 'record'; near: recorded"),
    ],
)
def test_an_envelope_that_is_none_is_refused(changed, fault):
    [found] = faults_of({**ENVELOPE, **changed}, BODY)
    assert found.startswith(fault)


@pytest.mark.parametrize("name", ENVELOPE)
def test_an_envelope_lacks_nothing(name):
    envelope = {key: value for key, value in ENVELOPE.items() if key != name}
    assert faults_of(envelope, BODY) == (f"$.{name}: is missing",)


def test_every_fault_of_a_body_has_its_path():
    body = {**BODY, "entry": 7, "reasons": "a"}
    del body["reason"]
    assert sorted(faults_of(ENVELOPE, body)) == [
        "$.body.entry: the value must be a text, got 7",
        "$.body.reason: is missing",
        "$.body: unknown field 'reasons'; near: reason",
    ]


def test_a_field_given_at_its_default_is_a_second_way_to_write_it_and_refused():
    says = {"kind": "says", "id": "c", "about": "regime:x", "voice": "v", "text": "a"}
    body = {
        "report": "r",
        "reason": "a",
        "by": "ana",
        "adds": [
            says,
            {**says, "id": "d", "stance": "asserts", "when": {"date": "2025"}},
        ],
        "replaces": [{**says, "id": "e", "note": "", "refs": []}],
        "withdraws": [],
    }
    assert sorted(faults_of({**ENVELOPE, "kind": "correction"}, body)) == [
        "$.body.adds[1].stance: left out when it says nothing",
        "$.body.replaces[0].note: left out when it says nothing",
        "$.body.replaces[0].refs: left out when it says nothing",
        "$.body.withdraws: left out when it says nothing",
    ]


def test_parts_that_do_not_agree_are_told_with_their_path():
    body = report(random.Random(1))
    body["claims"] = [{**claim(random.Random(2)), "voice": "reuters"}]
    [fault] = faults_of({**ENVELOPE, "kind": "report"}, body)
    wanted = "voices must be the id of one of the report's voices"
    assert fault == f"$.body.claims[0].voice: {wanted}, got 'reuters'"


# Versions.


@pytest.mark.parametrize(
    ("kind", "version"), [("withdrawal", 2), ("withdrawal", 99), ("sighting", 1)]
)
def test_what_needs_a_newer_version_is_read_as_far_as_its_envelope(kind, version):
    body = {"seen": ["by", {"satellite": True}], "id": "w-1"}
    read = decode(written({**ENVELOPE, "kind": kind, "kv": version}, body))
    assert read.record is None
    assert read.body == body
    assert (read.envelope.kind, read.envelope.kv) == (kind, version)
    with pytest.raises(NewerVersionError) as caught:
        record_of(kind, version, "w-1", body)
    assert (caught.value.kind, caught.value.version) == (kind, version)


def test_a_newer_envelope_may_hold_what_we_do_not_know():
    envelope = {**ENVELOPE, "v": 2, "signed_by": ["ana", "ben"], "kind": "report"}
    read = decode(written(envelope, BODY))
    assert read.record is None
    assert read.body == BODY
    assert read.envelope.v == 2
    assert read.envelope.recorded == NOW


def test_a_newer_envelope_keeps_what_every_envelope_has():
    envelope = {**ENVELOPE, "v": 2, "recorded_at": ENVELOPE["recorded"]}
    del envelope["recorded"]
    assert faults_of(envelope, BODY) == ("$.recorded: is missing",)


def why_becomes_reason(body):
    return {"reason" if key == "why" else key: one for key, one in body.items()}


def entry_becomes_an_id(body):
    return {**body, "entry": body["entry"].removeprefix("entry ")}


OLDER = {**BODY, "why": "logged twice"}
del OLDER["reason"]
UPCASTERS = {("withdrawal", 0): why_becomes_reason}


def test_an_older_record_is_read_through_the_step_from_its_version():
    data = written({**ENVELOPE, "kv": 0}, OLDER)
    read = decode(data, UPCASTERS)
    assert read.record == WITHDRAWAL
    assert read.envelope.kv == 0
    assert read.body == OLDER


def test_an_older_record_goes_through_every_step_to_the_newest_version():
    steps = {**UPCASTERS, ("withdrawal", -1): entry_becomes_an_id}
    oldest = {**OLDER, "entry": "entry r"}
    assert record_of("withdrawal", -1, "w-1", oldest, steps) == WITHDRAWAL


def test_a_step_that_leaves_an_older_record_faulty_is_told():
    body = {**OLDER, "whys": "a"}
    assert faults_of({**ENVELOPE, "kv": 0}, body, upcasters=UPCASTERS) == (
        "$.body: unknown field 'whys'",
    )


def test_a_step_may_leave_a_field_at_its_default():
    body = {"report": "r", "reason": "a", "by": "ana", "withdraws": ["c1"]}
    steps = {("correction", 0): lambda body: {**body, "adds": []}}
    envelope = {**ENVELOPE, "kind": "correction", "kv": 0}
    record = decode(written(envelope, body), steps).record
    assert record.withdraws == ("c1",)


def test_a_version_that_never_was_is_refused():
    assert faults_of({**ENVELOPE, "kv": 0}, BODY) == (
        "$.kv: kind withdrawal never had a version 0",
    )
    with pytest.raises(EncodingError, match="never had a version -1"):
        record_of("withdrawal", -1, "w-1", OLDER, UPCASTERS)


# Hostile input.

VALUES = (
    *(None, 0, 1, -1, 2**53, 1.5, True, False, [], {}, [None], {"id": "a"}),
    *("", "a", "x" * 1_001, "2025-13", "event:", "deal", "e\u0301", "a\u202eb", "a\0"),
    *("\ud800", "9" * 400, "1e9", "report", "says", "after@1", "before@1", "..", "#"),
)


def places_in(value):
    """List every (holder, key) of a JSON value."""
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for key, member in list(members):
        yield value, key
        if isinstance(member, dict | list):
            yield from places_in(member)


def mutated(value, chance):
    """Change a value in one place, with its structure in mind."""
    value = json.loads(json.dumps(value))
    places = list(places_in(value))
    holder, key = chance.choice(places)
    other_holder, other_key = chance.choice(places)
    how = chance.randrange(7)
    if how == 0:
        del holder[key]
    elif how == 1:
        holder[key] = chance.choice(VALUES)
    elif how == 2:
        holder[key] = json.loads(json.dumps(other_holder[other_key]))
    elif how == 3 and isinstance(holder, dict):
        holder[str(other_key)] = holder.pop(key)
    elif how == 4 and isinstance(holder, list):
        holder.append(holder[key])
    elif isinstance(holder[key], str) and holder[key]:
        at = chance.randrange(len(holder[key]))
        new = chance.choice(
            ["", "0", "9", "X", "?", " ", "\n", "é", "\u0301", "ي", "𐎱"]
        )
        holder[key] = holder[key][:at] + new + holder[key][at + 1 :]
    else:
        holder[key] = [holder[key]]
    return value


def as_bytes(value):
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode(errors="surrogatepass")


def test_hostile_input_is_refused_by_our_errors_or_comes_back_as_the_same_bytes():
    chance = random.Random(6)
    outcomes = Counter()
    for value in entries(seed=7, count=1_000):
        data = as_bytes(mutated(value, chance))
        try:
            read = decode(data)
        except EmbargoMonitorError as error:
            outcomes[type(error).__name__] += 1
            continue
        if read.record is None:
            outcomes["newer"] += 1
            continue
        outcomes["accepted"] += 1
        envelope = read.envelope
        again = encode(read.record, recorded=envelope.recorded, by=envelope.by)
        assert again == data
    assert outcomes["accepted"] > 100
    assert outcomes["EncodingError"] > 100
    assert outcomes["CanonicalError"] > 10
    assert outcomes["newer"] > 0


def test_more_than_an_entry_can_hold_is_refused_before_it_is_parsed():
    longest = canonical_bytes({**ENVELOPE, "v": 2, "body": {"a": "x" * 65_429}})
    assert len(longest) == 65_535
    assert decode(longest).record is None
    with pytest.raises(CanonicalError, match="65,536 bytes; at most 65,535"):
        decode(longest.replace(b"xx", b"xxx", 1))


def test_an_entry_cut_short_at_any_byte_is_refused():
    for length in range(len(BYTES)):
        with pytest.raises(EncodingError):
            decode(BYTES[:length])
