"""The words of dates as regular expressions over folded text."""

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from embargo_monitor.authoring.wordings import vocabulary as words
from embargo_monitor.model.names import fold

Key = TypeVar("Key")


def any_of(spellings: Iterable[str]) -> str:
    """Return a group that matches any of these words, the longest first."""
    folded = {fold(spelling) for spelling in spellings}
    longest_first = sorted(folded, key=lambda one: (-len(one), one))
    return f"(?:{'|'.join(map(re.escape, longest_first))})"


def keys_of(table: Mapping[Key, tuple[str, ...]]) -> dict[str, Key]:
    """Return the key of each word of a table, by its folded spelling."""
    return {fold(word): key for key, words in table.items() for word in words}


def words_of(table: Mapping[Key, tuple[str, ...]]) -> str:
    """Return a group that matches any word of a table."""
    return any_of(word for words in table.values() for word in words)


_SILENT = re.compile(rf"\b(?:{any_of(words.SILENT)}|{any_of(words.PARTS_OF_DAY)})\b ?")
_MONTH_NOUN = re.compile(
    rf"\b{any_of(words.MONTH_NOUN)} (?={words_of(words.MONTHS)}\b)"
)
_YEAR_NOUN = re.compile(rf"\b{any_of(words.YEAR_NOUN)} (?=[0-9]{{4}}\b)")
_GREGORIAN = re.compile(rf"(?<=[0-9]{{4}}) ?{any_of(words.GREGORIAN_MARKS)}$")
_LEADING = re.compile(rf"{any_of(words.LEADING)} ")


def readings_of(wording: str) -> Iterable[str]:
    """Give a wording folded, then without what says nothing, then without its lead."""
    folded = fold(wording)
    yield folded
    plain = _GREGORIAN.sub("", folded)
    for silent in (_SILENT, _MONTH_NOUN, _YEAR_NOUN):
        plain = silent.sub("", plain).strip()
    yield plain
    while lead := _LEADING.match(plain):
        plain = plain[lead.end() :]
        yield plain
