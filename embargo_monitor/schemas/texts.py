"""The texts that fields hold, as patterns that every JSON Schema reader knows.

A validator of the model stands for a text here, and so does a type that is written
as text. Patterns are taken from the model wherever it has them as such; they keep to
what ECMA-262 (with the `u` flag) and Python's `re` read alike.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from attrs import field, frozen

from embargo_monitor.model.about import AboutKind
from embargo_monitor.model.actors import COUNTED, country
from embargo_monitor.model.amounts import (
    COUNTING_UNITS,
    DIGITS_AFTER,
    DIGITS_BEFORE,
    NUMBER_PATTERN,
    SCALE_PATTERN,
    SINGULARS,
    Bound,
    known_unit,
)
from embargo_monitor.model.currencies import CURRENCIES
from embargo_monitor.model.goods import CODES, Nature
from embargo_monitor.model.grades import iso_day
from embargo_monitor.model.identifiers import SHAPES
from embargo_monitor.model.names import (
    LABEL_PATTERN,
    LANGUAGE_PATTERN,
    UNSAFE,
    UNSEEN,
    hex_digest,
    label,
    language_tag,
    one_line,
    optional_label,
    optional_line,
    optional_prose,
    outside,
    prose,
    source_line,
    source_prose,
)
from embargo_monitor.model.quotes import exhibit_digest, media_type_name
from embargo_monitor.model.records import VERIFIER_KEY_PATTERN, verifier_key
from embargo_monitor.model.refs import claim_id
from embargo_monitor.model.rules import DEFINITIONS
from embargo_monitor.model.when import clock_time

Schema = dict[str, Any]


def whole(pattern: str) -> str:
    """Return *pattern* for the whole of a text: JSON Schema looks for it anywhere."""
    return f"^(?:{pattern})$"


def either(words: Iterable[str]) -> str:
    """Return the pattern of one of *words*."""
    return "|".join(re.sub(r"([.*+?^${}()|\[\]\\])", r"\\\1", word) for word in words)


@frozen
class Text:
    """What a text must look like.

    Attributes:
        name: What it is called in the `$defs` of a schema.
        shape: It as a schema, the empty text left out. `errorMessage` says in words
            what a pattern asks for: editors show it, others pass over it.
        empty: Whether the empty text may stand where one is required.
    """

    name: str
    shape: Schema = field(factory=dict)
    empty: bool = False

    def schema(self, *, empty: bool) -> Schema:
        """Return the schema; with the empty text, where that says "nothing"."""
        shape = {"type": "string", **self.shape}
        if not empty:
            return shape
        if set(self.shape) == {"minLength"}:
            return {"type": "string"}
        if "enum" in shape or "anyOf" in shape:
            # No word of the list, or an editor would offer it as one.
            return {"type": "string", "anyOf": [self.shape, {"maxLength": 0}]}
        if set(self.shape) <= {"type", "pattern", "errorMessage", "examples"}:
            return {**shape, "pattern": f"^$|{self.shape['pattern']}"}
        # Examples stand outside, for editors look for them in no condition.
        examples = {"examples": shape.pop("examples")} if "examples" in shape else {}
        return {"type": "string", "if": {"minLength": 1}, "then": shape, **examples}


def spelled(pattern: str, wanted: str) -> Schema:
    """Say that a text fits *pattern*, and in words what that is."""
    return {"type": "string", "pattern": pattern, "errorMessage": f"must be {wanted}"}


def _matching(
    name: str, pattern: str, wanted: str, *examples: str, empty: bool = False
) -> Text:
    shape = spelled(whole(pattern), wanted)
    return Text(name, {**shape, "examples": [*examples]} if examples else shape, empty)


_ASTRAL = re.compile(r"\\U([0-9a-f]{8})")
# ECMA-262 has no \U; the character itself is read everywhere.
_NOT_SAFE = _ASTRAL.sub(lambda code: chr(int(code[1], 16)), UNSAFE)
_SEEN = "[^" + "".join(f"\\u{ord(one):04x}" for one in UNSEEN) + "]"


def _readable(name: str, wanted: str, not_safe: str, longest: int) -> Text:
    """Return a text of safe characters, one of which is seen."""
    unsafe = "control characters, bidi embeddings, overrides, isolates or tags"
    shape = spelled(f"^[^{not_safe}]*$", f"{wanted} without {unsafe}")
    seen = spelled(_SEEN, f"{wanted}, not empty")
    return Text(name, {**shape, "maxLength": longest, "allOf": [seen]})


_ID = LABEL_PATTERN.pattern
_AN_ID = (
    "an id: 1 to 64 of ASCII letters, digits, '.', '_' and '-', the first a letter or"
    " a digit"
)

LABEL = _matching("label", _ID, _AN_ID)
LINE = _readable("line", "one line of text", rf"\n{_NOT_SAFE}", 1_000)
PROSE = _readable("prose", "text", _NOT_SAFE, 20_000)
LANGUAGE = _matching(
    "language",
    LANGUAGE_PATTERN.pattern,
    "a BCP 47 language tag, such as ar, en or ar-Latn",
    *("en", "ar", "ar-LY", "ar-Latn"),
    empty=True,
)
SHA256 = _matching("sha256", "[0-9a-f]{64}", "a SHA-256, 64 hex digits in lower case")
DAY = _matching(
    "day",
    r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])",
    "a day, such as 2025-12-23",
)

TEXTS: Mapping[Callable[..., Any], Text] = {
    label: LABEL,
    optional_label: LABEL,
    one_line: LINE,
    optional_line: LINE,
    source_line: LINE,
    prose: PROSE,
    optional_prose: PROSE,
    source_prose: PROSE,
    language_tag: LANGUAGE,
    country: _matching(
        "country",
        "[A-Z]{2}|[A-Z]{4}",
        "a country's gazetteer id, such as PK or SUHH",
        *("PK", "LY", "SUHH"),
    ),
    outside: _matching("outside", f"{_ID}#{_ID}", "report-id#local-id"),
    claim_id: _matching(
        "claim", f"(?:{_ID}#)?{_ID}", "a claim's id, or report-id#claim-id"
    ),
    clock_time: _matching(
        "clock", "(?:[01][0-9]|2[0-3]):[0-5][0-9]", "a time of day, 00:00 to 23:59"
    ),
    exhibit_digest: _matching(
        "digest",
        "(?:hmac-)?sha256:[0-9a-f]{64}",
        "sha256: or hmac-sha256: and 64 hex digits",
    ),
    hex_digest: SHA256,
    iso_day: DAY,
    media_type_name: _matching(
        "mediaType",
        "[a-z]+/[a-z0-9.+-]{1,100}",
        "a media type, such as text/plain",
        *("text/plain", "application/pdf"),
    ),
    verifier_key: _matching(
        "verifierKey", VERIFIER_KEY_PATTERN.pattern, "a verifier key, name+id+base64"
    ),
    known_unit: Text("unit", {"enum": [*COUNTING_UNITS, *sorted(CURRENCIES)]}),
}
"""The text that each validator takes."""

_YEAR, _MONTH = "(?!0000)[0-9]{4}", "(?:0[1-9]|1[0-2])"
_CIVIL_DAY = "(?:0[1-9]|[12][0-9]|3[01])"
_PLAIN = f"{_YEAR}(?:-{_MONTH}(?:-{_CIVIL_DAY})?)?"
_END = f"{_PLAIN}[?~%]?"
_UNSPECIFIED = (
    f"(?!000)[0-9]{{3}}X|(?!00)[0-9]{{2}}XX|{_YEAR}-XX(?:-XX)?|{_YEAR}-{_MONTH}-XX"
)
_SET = rf"^\[(?:\.\.)?{_PLAIN}(?:(?:\.\.|,){_PLAIN})*(?:\.\.)?\]$"
_INTERVAL = f"{_END}/(?:{_END}|\\.\\.)?|(?:\\.\\.)?/{_END}"
_DATES = ("2025-12-23", "2025-12", "2025", "2025-12-23?", "2025-12-XX", "202X")
_SPANS = ("2025-01/2025-06", "2025/..", "[2025-12-13..2025-12-21]", "[..2025]")

_A_DATE = (
    "a date such as 2025-12-23, 2025-12 or 2025, with ?, ~ or % behind it, or with X"
    " for digits that are not known (2025-12-XX, 202X)"
)

DATE = Text(
    "date",
    # Three patterns, so that a complaint is about the one that was meant.
    {
        "if": {"pattern": r"^\["},
        "then": spelled(
            _SET, "one of a set: [2025-12-13..2025-12-21], [2024,2025] or [..2025]"
        ),
        "else": {
            "if": {"pattern": "/"},
            "then": spelled(whole(_INTERVAL), "a span: 2025-01/2025-06 or 2025/.."),
            "else": spelled(f"^(?:{_PLAIN}|{_UNSPECIFIED})[?~%]?$", _A_DATE),
        },
        "examples": [*_DATES, *_SPANS],
    },
)


def _amount(name: str, units: Iterable[str], wanted: str, *examples: str) -> Text:
    one = f"{NUMBER_PATTERN}(?: (?:{SCALE_PATTERN}))?"
    told = "|".join(
        bound.value for bound in Bound if bound not in (Bound.EXACT, Bound.RANGE)
    )
    figure = f"(?:(?:{told}) )?{one}|{one} to {one}"
    # TIV are in millions already.
    unscaled = f"(?!.*(?:{SCALE_PATTERN}).* TIV$)"
    return _matching(
        name, f"{unscaled}(?:{figure}) (?:{'|'.join(units)})", wanted, *examples
    )


def _spelled_out(units: Iterable[str]) -> list[str]:
    known = [*units]
    return known + [one for one, unit in SINGULARS.items() if unit in known]


_FIGURES = ("about 3 billion USD", "more than 4,000,000 USD", "10 to 12 items")

AMOUNT = _amount(
    "amount",
    [*_spelled_out(COUNTING_UNITS), *sorted(CURRENCIES)],
    f"an amount with its unit, such as 16 items, {', '.join(_FIGURES)}; money in"
    " ISO 4217 codes",
    *("16 items", *_FIGURES),
)
QUANTITY = _amount(
    "quantity",
    _spelled_out(COUNTING_UNITS),
    f"a quantity in {', '.join(COUNTING_UNITS)}, such as at least 40 containers",
    *("16 items", "at least 40 containers"),
)
COUNT = _amount(
    "count",
    _spelled_out(COUNTED),
    f"how many, in {', '.join(COUNTED)}, such as 4 persons",
    *("4 persons", "at least 8 states"),
)


def amount_in(units: Iterable[str]) -> Schema:
    """Say that an amount, which is one, is in one of *units*."""
    known = [*units]
    wanted = f"an amount in {' or '.join(known)}"
    return spelled(f" (?:{'|'.join(_spelled_out(known))})$", wanted)


MONEY: Schema = {
    "not": {"pattern": amount_in(COUNTING_UNITS)["pattern"]},
    "errorMessage": "must be money in an ISO 4217 code, such as about 3 billion USD",
}
"""Says of an amount, which is one, that it is money."""

NUMBER = _matching(
    "number",
    f"(?:0|[1-9][0-9]{{0,{DIGITS_BEFORE - 1}}})"
    rf"(?:\.[0-9]{{0,{DIGITS_AFTER - 1}}}[1-9])?",
    "a plain decimal number, such as 3000000000 or 2.5",
)
INSTANT = _matching(
    "instant",
    f"{_YEAR}-{_MONTH}-{_CIVIL_DAY}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z",
    "a UTC instant such as 2026-01-02T03:04:05Z",
)

CATEGORY = Text(
    "category",
    {"enum": [f"{one.value}:{code}" for one, codes in CODES.items() for code in codes]},
)

IDENTIFIER = Text(
    "identifier",
    {
        **spelled(
            f"^(?:{either(scheme.value for scheme in SHAPES)}):",
            "scheme:value, with a scheme of"
            f" {', '.join(scheme.value for scheme in SHAPES)}",
        ),
        "allOf": [
            {
                "if": {"pattern": f"^{scheme.value}:"},
                "then": spelled(
                    f"^{scheme.value}:(?:{shape})$", f"{scheme.value}: and {wanted}"
                ),
            }
            for scheme, (shape, wanted) in SHAPES.items()
        ],
        "examples": ["domain:example.org", "imo:9074729", "gazetteer:PK"],
    },
)

ITEM = Text(
    "itemText",
    {
        **spelled(
            f"^(?:{either(nature.value for nature in Nature)}): .*{_SEEN}",
            "nature: name, with a nature of"
            f" {', '.join(nature.value for nature in Nature)}",
        ),
        "allOf": [
            {key: LINE.shape[key] for key in ("pattern", "errorMessage")},
        ],
        "examples": ["arms: rifles", "aircraft: JF-17", "vessel: patrol boat"],
    },
)


def _rules() -> Schema:
    """Return the rules, each with what it does; spelled out where they are few."""
    known = []
    for name, definition in DEFINITIONS.items():
        argument = definition.argument.pattern
        one: Schema = {"description": definition.meaning}
        if not argument:
            one["const"] = name
        elif re.fullmatch("[a-z0-9|]+", argument):
            one["enum"] = [f"{name} {word}" for word in argument.split("|")]
        else:
            one["pattern"] = f"^{name} (?:{argument})$"
        known.append(one)
    wanted = "must be a rule and what it takes, such as weekday-before@1 monday"
    return {"anyOf": known, "errorMessage": wanted}


RULE = Text("rule", _rules())


def about(kinds: Iterable[AboutKind]) -> Schema:
    """Return the schema of what a claim of a kind is about."""
    known = [kind.value for kind in kinds]
    wanted = f"{' or '.join(f'{kind}:' for kind in known)} and an id"
    return spelled(f"^(?:{'|'.join(known)}):{_ID}$", wanted)


ABOUT = _matching(
    "about",
    f"(?:(?:{'|'.join(kind.value for kind in AboutKind)}):)?{_ID}",
    "the id of an event or actor, or regime: and an id",
)
SPEAKER = _matching(
    "speaker",
    rf"{_ID}\??",
    "a source's id, with ? behind it where it is unclear",
    *("minister", "minister?"),
)
