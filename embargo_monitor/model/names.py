"""Names and other text from outside: what is allowed in, and how spellings compare.

A name is kept as it was written, with its language and kind. Two spellings are
compared by their match keys (`fold`), which are never kept and never shown. Equal
keys mean that two names *may* be one (`Truth.MAYBE`), in whatever script they are.

The validators serve every type here that holds text:

    title: str = field(validator=one_line)
"""

import enum
import re
import unicodedata
from typing import Any

from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError

# Other line breaks, what is set to reorder its neighbours, what hides a message, and
# what UTF-8 cannot write. LRM, RLM, ALM, ZWNJ and ZWJ stay out of this list: Arabic,
# Persian and Indic text needs them, and they reach no further than their neighbours.
UNSAFE = (
    r"\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029"
    r"\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f\ud800-\udfff"
)
"""Characters that no text may hold, as ranges of a regular expression."""
_NOT_IN_PROSE = re.compile(f"[{UNSAFE}]")
_NOT_IN_LINE = re.compile(f"[\n{UNSAFE}]")

# A fixed list: whether a text is valid must not hang on the Unicode of this Python.
UNSEEN = (
    "\n \u00a0\u00ad\u034f\u061c\u1680\u180e"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u200c\u200d\u200e\u200f\u202f\u205f\u2060\u3000\ufeff"
)
"""Characters that nobody sees: a text of these alone is empty."""

_LINE = "one line of text"

LABEL_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

LANGUAGE_PATTERN = re.compile(
    r"[a-z]{2,3}"  # language
    r"(-[A-Z][a-z]{3})?"  # script
    r"(-([A-Z]{2}|[0-9]{3}))?"  # region
    r"(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"  # variants
)


def one_line(_: object, attribute: Any, value: str) -> None:
    """Validate text of one line: a name, a title, a source's words.

    1 to 1,000 code points in NFC, one of them visible; no control characters (line
    breaks and tabs among them), no bidi embeddings, overrides or isolates (U+202A to
    U+202E, U+2066 to U+2069), no tags (U+E0000 to U+E007F), no lone surrogates.

    Raises:
        InvalidValueError: The text breaks one of these rules. The error names the
            character and its place: look at what was copied, it may be an attack.
    """
    _require_text(attribute.name, value, _LINE, unsafe=_NOT_IN_LINE, longest=1_000)


def prose(_: object, attribute: Any, value: str) -> None:
    """Validate text of any number of lines, 1 to 20,000 code points.

    Lines end in a line feed; otherwise the rules of `one_line` hold.

    Raises:
        InvalidValueError: The text breaks a rule, as for `one_line`.
    """
    _require_text(attribute.name, value, "text", unsafe=_NOT_IN_PROSE, longest=20_000)


def source_line(_: object, attribute: Any, value: str) -> None:
    """Validate one line in a source's own words, or the empty string.

    As `one_line`, but in whatever form of Unicode the source has it: what is quoted
    is not respelled.

    Raises:
        InvalidValueError: The text breaks a rule, as for `one_line`.
    """
    if value != "":
        _require_safe(attribute.name, value, _LINE, unsafe=_NOT_IN_LINE, longest=1_000)


def source_prose(_: object, attribute: Any, value: str) -> None:
    """Validate a source's own words of any number of lines, in its form of Unicode.

    Raises:
        InvalidValueError: The text breaks another rule of `prose`.
    """
    _require_safe(attribute.name, value, "text", unsafe=_NOT_IN_PROSE, longest=20_000)


def optional_line(_: object, attribute: Any, value: str) -> None:
    """Validate one line of text, or the empty string.

    Raises:
        InvalidValueError: The text breaks a rule, as for `one_line`.
    """
    if value != "":
        one_line(_, attribute, value)


def optional_prose(_: object, attribute: Any, value: str) -> None:
    """Validate prose, or the empty string.

    Raises:
        InvalidValueError: The text breaks a rule, as for `prose`.
    """
    if value != "":
        prose(_, attribute, value)


def label(_: object, attribute: Any, value: str) -> None:
    """Validate an id or a code: 1 to 64 of ASCII letters, digits and `. _ -`.

    Raises:
        InvalidValueError: Another character, none, too many, or no letter or digit
            in front. Ids are for typing; what is for reading goes in a name.
    """
    if not _is_spelled(LABEL_PATTERN, value):
        wanted = (
            "1 to 64 of ASCII letters, digits, '.', '_' and '-', the first a letter"
            " or a digit"
        )
        raise InvalidValueError(attribute.name, value, wanted)


def optional_label(_: object, attribute: Any, value: str) -> None:
    """Validate an id or a code, or the empty string.

    Raises:
        InvalidValueError: As for `label`.
    """
    if value != "":
        label(_, attribute, value)


def outside(_: object, attribute: Any, value: str) -> None:
    """Validate an id seen from outside its report: `report-id#local-id`.

    Raises:
        InvalidValueError: It is none.
    """
    part = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
    if re.fullmatch(f"{part}#{part}", value) is None:
        raise InvalidValueError(attribute.name, value, "report-id#local-id")


def hex_digest(_: object, attribute: Any, value: str) -> None:
    """Validate a SHA-256 in hex.

    Raises:
        InvalidValueError: It is none.
    """
    if re.fullmatch(r"[0-9a-f]{64}", value) is None:
        raise InvalidValueError(attribute.name, value, "a SHA-256, 64 hex digits")


def language_tag(_: object, attribute: Any, value: str) -> None:
    """Validate a language tag, or the empty string for a language not known.

    A tag of BCP 47 (RFC 5646, section 2.1) made of language, script, region and
    variants, in the letter case of its section 2.1.1, so that equal tags are spelled
    alike: `ar`, `ar-LY`, `ar-Latn`, `zh-Hant-TW`.

    Raises:
        InvalidValueError: Another spelling, or a subtag of another kind.
    """
    if value != "" and not _is_spelled(LANGUAGE_PATTERN, value):
        wanted = "a BCP 47 language tag, such as ar, en or ar-Latn, or empty"
        raise InvalidValueError(attribute.name, value, wanted)


def _is_spelled(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _require_text(
    name: str, value: str, shape: str, *, unsafe: re.Pattern[str], longest: int
) -> None:
    _require_safe(name, value, shape, unsafe=unsafe, longest=longest)
    if not unicodedata.is_normalized("NFC", value):
        wanted = f"{shape} in NFC (Unicode's composed form)"
        raise InvalidValueError(name, value, wanted)


def _require_safe(
    name: str, value: object, shape: str, *, unsafe: re.Pattern[str], longest: int
) -> None:
    if not isinstance(value, str) or not value.strip(UNSEEN):
        raise InvalidValueError(name, value, f"{shape}, not empty")
    if len(value) > longest:
        wanted = f"{shape} of at most {longest:,} code points (it has {len(value):,})"
        raise InvalidValueError(name, value, wanted)
    if found := unsafe.search(value):
        character = f"U+{ord(found[0]):04X} (code point {found.start()})"
        raise InvalidValueError(name, value, f"{shape} without {character}")


class NameKind(enum.Enum):
    """How a name came to be.

    OWN is in use for the thing as it stands, in the name's language; TRANSLITERATED
    is its own name in other letters; TRANSLATED its own name put into another
    language by its meaning; FORMER was in use for the same thing, and is no more.
    """

    OWN = "own"
    TRANSLITERATED = "transliterated"
    TRANSLATED = "translated"
    FORMER = "former"


def _name_kind(_: object, attribute: Any, value: NameKind) -> None:
    if type(value) is not NameKind:
        raise InvalidValueError(attribute.name, value, "a NameKind")


@frozen
class Name:
    """A name, as it was written.

    Attributes:
        text: The name in its own letters, one line.
        language: Its language, a BCP 47 tag such as `ar` or `ar-Latn`; empty when
            not known.
        kind: How it came to be.

    Raises:
        InvalidValueError: A field is not of its shape.

    >>> print(Name("الجيش الوطني الليبي", language="ar"))
    الجيش الوطني الليبي
    """

    text: str = field(validator=one_line)
    language: str = field(default="", kw_only=True, validator=language_tag)
    kind: NameKind = field(default=NameKind.OWN, kw_only=True, validator=_name_kind)

    def __str__(self) -> str:
        return self.text


_TATWEEL = "\u0640"
# Letters that writers of Arabic, Persian and Urdu put for one another. Hamza and
# madda on a letter need no line here: they are marks once a text is decomposed.
_LETTERS = {"ٱ": "ا", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي"}
# Marks of Hebrew, Arabic and Syriac, and those of Latin, Greek and Cyrillic. Between
# and below lie what other scripts cannot lose: vowels of Thai, voicing of kana.
_OPTIONAL_MARKS = frozenset({*range(10, 37), *range(200, 241)})
_INITIAL = re.compile(r"(?<!\w)([^\W\d_])\.(?=[^\W\d_]\b)")


class _Keys(dict[int, str]):
    """What a character leaves in a key, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = left = _left_of(chr(code))
        return left


def _left_of(character: str) -> str:
    if character in _LETTERS:
        return _LETTERS[character]
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    optional = unicodedata.combining(character) in _OPTIONAL_MARKS
    if optional or category == "Cf" or character == _TATWEEL:
        return ""
    return character if category[0] in "LMN" else " "


_KEYS = _Keys()


def fold(text: str) -> str:
    """Return the match key of a name: equal for spellings that may be one name.

    Compatibility-decomposed (NFKD) and case-folded; without optional marks (Arabic
    harakat, Latin accents), tatweel and invisible format characters; one letter for
    alef in all its forms, for yeh and alef maksura, for heh and teh marbuta, for kaf
    in Arabic and Persian; digits of any script in ASCII; initials closed up (U.A.E.);
    other punctuation and symbols as spaces, and one space for many. Nothing is cut
    from a word: the Arabic article stays.

    A key is for comparing under one version of this library and of Python's Unicode
    tables: never keep it, never show it. It is empty for a text without letters and
    digits, and two empty keys say nothing.

    >>> fold("الإِمـارات") == fold("الامارات")
    True
    >>> fold("Côte d’Ivoire"), fold("U.A.E."), fold("Су-٣٠")
    ('cote d ivoire', 'uae', 'су 30')
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    # Folding case can compose anew; decompose what it composed.
    plain = _INITIAL.sub(r"\1", unicodedata.normalize("NFKD", plain))
    words = plain.translate(_KEYS).split()
    # What was cut out between two marks can leave them out of order.
    return unicodedata.normalize("NFKD", " ".join(words))
