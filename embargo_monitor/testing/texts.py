"""Text from outside, in the scripts and sizes that reports bring."""

import unicodedata
from functools import cache

from hypothesis import strategies as st

from embargo_monitor.model.names import Name, NameKind
from embargo_monitor.testing.choosing import any_of

# One of each trouble: scripts from right to left, marks, digits of other scripts, an
# invisible mark that Arabic needs, characters beyond the first plane, quotes.
_LINES = (
    "a",
    "an arms deal",
    "صفقة أسلحة",
    "الجيش الوطني الليبي",
    "پاکستان",
    "\u200fصفقة (٣ مليارات)\u200f",
    "צה״ל",
    "Су-30",
    "Côte d’Ivoire",
    "大韓民國",
    "ขีปนาวุธ",
    "मिराज २०००",
    "𐎱𐎠𐎼𐎿 \U0001f6e9",
    '“quoted” \\ "and" <b>marked</b>',
)
_LABELS = ("a", "deal", "c1.stage", "9H-VJN", "a_b", "un-libya-2011", "X" * 64)
_LANGUAGES = ("", "en", "ar", "fa", "ar-LY", "ar-Latn", "zh-Hant-TW", "es-419")
_IN_LABELS = "abcxyzABCXYZ0189"

# What a line may hold and a user of `lines` would not expect is left to `_LINES`.
_VISIBLE = st.characters(exclude_categories=("Cc", "Cf", "Cn", "Cs", "Z", "M"))


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@cache
def lines() -> st.SearchStrategy[str]:
    """Build lines of text in several scripts, 1 to 40 code points."""
    free = st.text(_VISIBLE, min_size=1, max_size=8).map(_composed)
    return any_of(_LINES) | free


@cache
def prose() -> st.SearchStrategy[str]:
    """Build text of one or two lines."""
    return lines() | st.builds("{}\n{}".format, lines(), lines())


@cache
def labels() -> st.SearchStrategy[str]:
    """Build ids and codes: 1 to 64 of ASCII letters, digits and `. _ -`."""
    return any_of(_LABELS) | st.text(_IN_LABELS, min_size=1, max_size=6)


@cache
def languages() -> st.SearchStrategy[str]:
    """Build language tags (BCP 47), the empty one for not known among them."""
    return any_of(_LANGUAGES)


@cache
def names() -> st.SearchStrategy[Name]:
    """Build names in several scripts, Arabic among them."""
    return st.builds(Name, lines(), language=languages(), kind=any_of(NameKind))
