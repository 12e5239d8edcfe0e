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
from embargo_monitor.model.actors import country
from embargo_monitor.model.amounts import (
    _DIGITS_AFTER,
    _DIGITS_BEFORE,
    _NUMBER,
    _SCALE,
    _SINGULARS,
    COUNTING_UNITS,
    Bound,
    _unit,
)
from embargo_monitor.model.currencies import CURRENCIES
from embargo_monitor.model.goods import _CODES, Nature
from embargo_monitor.model.grades import _iso_day
from embargo_monitor.model.identifiers import _SHAPES
from embargo_monitor.model.names import (
    _LABEL,
    _LANGUAGE,
    _UNSAFE,
    _UNSEEN,
    label,
    language_tag,
    one_line,
    optional_label,
    optional_line,
    optional_prose,
    prose,
    source_line,
    source_prose,
)
from embargo_monitor.model.quotes import _digest, _media_type
from embargo_monitor.model.records import _hex_digest, outside
from embargo_monitor.model.refs import _claim_id
from embargo_monitor.model.rules import _DEFINITIONS
from embargo_monitor.model.when import _clock

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
        shape: It as a schema, the empty text left out.
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
        if set(self.shape) <= {"pattern", "examples"}:
            return {**shape, "pattern": f"^$|{self.shape['pattern']}"}
        return {"type": "string", "if": {"minLength": 1}, "then": self.shape}


def _matching(name: str, pattern: str, *examples: str, empty: bool = False) -> Text:
    shape: Schema = {"pattern": whole(pattern)}
    return Text(name, {**shape, "examples": [*examples]} if examples else shape, empty)


_ASTRAL = re.compile(r"\\U([0-9a-f]{8})")
# ECMA-262 has no \U; the character itself is read everywhere.
_NOT_SAFE = _ASTRAL.sub(lambda code: chr(int(code[1], 16)), _UNSAFE)
_SEEN = "[^" + "".join(f"\\u{ord(one):04x}" for one in _UNSEEN) + "]"


def _readable(name: str, not_safe: str, longest: int) -> Text:
    """Return a text of safe characters, one of which is seen."""
    shape = {"pattern": f"^[^{not_safe}]*$", "maxLength": longest}
    return Text(name, {**shape, "allOf": [{"pattern": _SEEN}]})


_ID = _LABEL.pattern

LABEL = _matching("label", _ID)
LINE = _readable("line", rf"\n{_NOT_SAFE}", 1_000)
PROSE = _readable("prose", _NOT_SAFE, 20_000)
LANGUAGE = _matching(
    "language", _LANGUAGE.pattern, "en", "ar", "ar-LY", "ar-Latn", empty=True
)
DAY = _matching("day", r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
HEX_DIGEST = _matching("sha256", "[0-9a-f]{64}")

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
    country: _matching("country", "[A-Z]{2}|[A-Z]{4}", "PK", "LY", "SUHH"),
    outside: _matching("outside", f"{_ID}#{_ID}"),
    _claim_id: _matching("claim", f"(?:{_ID}#)?{_ID}"),
    _clock: _matching("clock", "(?:[01][0-9]|2[0-3]):[0-5][0-9]"),
    _digest: _matching("digest", "(?:hmac-)?sha256:[0-9a-f]{64}"),
    _hex_digest: HEX_DIGEST,
    _iso_day: DAY,
    _media_type: _matching(
        "mediaType", "[a-z]+/[a-z0-9.+-]{1,100}", "text/plain", "application/pdf"
    ),
    _unit: Text("unit", {"enum": [*COUNTING_UNITS, *sorted(CURRENCIES)]}),
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

DATE = Text(
    "date",
    # Three patterns, so that a complaint names one that can still be read.
    {
        "if": {"pattern": r"^\["},
        "then": {"pattern": _SET},
        "else": {
            "if": {"pattern": "/"},
            "then": {"pattern": whole(_INTERVAL)},
            "else": {"pattern": f"^(?:{_PLAIN}|{_UNSPECIFIED})[?~%]?$"},
        },
        "examples": [*_DATES, *_SPANS],
    },
)


def _amount(name: str, units: Iterable[str], *examples: str) -> Text:
    one = f"{_NUMBER}(?: (?:{_SCALE}))?"
    told = "|".join(
        bound.value for bound in Bound if bound not in (Bound.EXACT, Bound.RANGE)
    )
    figure = f"(?:(?:{told}) )?{one}|{one} to {one}"
    return _matching(name, f"(?:{figure}) (?:{'|'.join(units)})", *examples)


_MONEY = "(?!TIV)[A-Z]{3}"  # all of ISO 4217 would make a complaint unreadable


def _spelled(units: Iterable[str]) -> list[str]:
    known = [*units]
    return known + [one for one, unit in _SINGULARS.items() if unit in known]


AMOUNT = _amount(
    "amount",
    [*_spelled(COUNTING_UNITS), _MONEY],
    *("16 items", "about 3 billion USD", "more than 4,000,000 USD", "10 to 12 items"),
)
QUANTITY = _amount(
    "quantity", _spelled(COUNTING_UNITS), *("16 items", "at least 40 containers")
)
MONEY = _amount("money", [_MONEY])


def amount_in(units: Iterable[str]) -> Text:
    """Return the text of an amount in one of *units*."""
    return _amount("", _spelled(units))


NUMBER = _matching(
    "number",
    f"(?:0|[1-9][0-9]{{0,{_DIGITS_BEFORE - 1}}})"
    rf"(?:\.[0-9]{{0,{_DIGITS_AFTER - 1}}}[1-9])?",
)
INSTANT = _matching(
    "instant",
    f"{_YEAR}-{_MONTH}-{_CIVIL_DAY}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z",
)

CATEGORY = Text(
    "category",
    {
        "enum": [
            f"{one.value}:{code}" for one, codes in _CODES.items() for code in codes
        ]
    },
)

IDENTIFIER = Text(
    "identifier",
    {
        "pattern": f"^(?:{either(scheme.value for scheme in _SHAPES)}):",
        "allOf": [
            {
                "if": {"pattern": f"^{scheme.value}:"},
                "then": {"pattern": f"^{scheme.value}:(?:{shape})$"},
            }
            for scheme, (shape, _) in _SHAPES.items()
        ],
    },
)

ITEM = Text(
    "itemText",
    {
        "pattern": f"^(?:{either(nature.value for nature in Nature)}): .*{_SEEN}",
        "allOf": [{"pattern": LINE.shape["pattern"]}],
        "examples": ["arms: rifles", "aircraft: JF-17", "vessel: patrol boat"],
    },
)


def _rules() -> Schema:
    """Return the rules, each with what it does; spelled out where they are few."""
    known = []
    for name, definition in _DEFINITIONS.items():
        argument = definition.argument.pattern
        one: Schema = {"description": definition.meaning}
        if not argument:
            one["const"] = name
        elif re.fullmatch("[a-z0-9|]+", argument):
            one["enum"] = [f"{name} {word}" for word in argument.split("|")]
        else:
            one["pattern"] = f"^{name} (?:{argument})$"
        known.append(one)
    return {"anyOf": known}


RULE = Text("rule", _rules())


def about(kinds: Iterable[AboutKind]) -> Schema:
    """Return the schema of what a claim of a kind is about."""
    known = "|".join(kind.value for kind in kinds)
    return {"type": "string", "pattern": f"^(?:{known}):{_ID}$"}


ABOUT = _matching("about", f"(?:(?:{'|'.join(k.value for k in AboutKind)}):)?{_ID}")
SPEAKER = _matching("speaker", rf"{_ID}\??", "minister", "minister?")
