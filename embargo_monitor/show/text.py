"""Text from outside on a line of ours: escaped, isolated, wrapped."""

import re
import textwrap
import unicodedata
from collections.abc import Iterator

WIDTH = 88
"""Columns, where no terminal says otherwise."""

_ISOLATE, _END = "\u2068", "\u2069"

# An isolate must not be broken: it would end with its first line.
_ISOLATED = re.compile(f"{_ISOLATE}[^{_END}]*{_END}")
_HOLD = "\x00"

# Joiners and direction marks belong to Arabic and Persian spelling and move nothing.
_SPELLING = frozenset("\u200c\u200d\u200e\u200f\u061c")

_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


def shown(text: str) -> str:
    r"""Return *text* on one line, with what cannot be seen escaped.

    >>> print(shown("a\u202eb\nc"))
    a\u202eb c
    """
    return "".join(map(_shown, text))


def _shown(char: str) -> str:
    if char == "\n":
        return " "
    if char in _SPELLING or unicodedata.category(char) not in _UNSEEN:
        return char
    return char.encode("unicode_escape").decode()


def isolated(text: str) -> str:
    """Return *text* so that it cannot scramble the line it stands on.

    Text that runs from right to left is put between U+2068 and U+2069 (UAX #9, first
    strong isolate); other text needs nothing.
    """
    clean = shown(text)
    runs_back = any(unicodedata.bidirectional(char) in ("R", "AL") for char in clean)
    return f"{_ISOLATE}{clean}{_END}" if runs_back else clean


def wrapped(text: str, indent: str, width: int = WIDTH) -> Iterator[str]:
    """Give *text* in lines under *indent*, each line isolated by itself.

    An isolate ends with its line, so a wrapped text needs one on every line.
    """
    clean = shown(text)
    for line in textwrap.wrap(clean, max(width - len(indent), 20)) or [""]:
        yield indent + isolated(line)


def number_of(count: int, one: str, more: str) -> str:
    """Say how many: `1 entry`, `2 entries`.

    >>> number_of(1, "entry", "entries"), number_of(1200, "entry", "entries")
    ('1 entry', '1,200 entries')
    """
    return f"{count:,} {one if count == 1 else more}"


def hung(text: str, first: str, further: str, width: int = WIDTH) -> str:
    """Return *text* after *first*, its further lines after *further*.

    *text* is ours: foreign parts in it are isolated already, and are not broken.

    >>> print(hung("a source > an agency > a paper", "  ", "    ", width=26))
      a source > an agency >
        a paper
    """
    lines = textwrap.wrap(
        _ISOLATED.sub(lambda part: part[0].replace(" ", _HOLD), text),
        max(width, len(further) + 20),
        initial_indent=first,
        subsequent_indent=further,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first]
    return "\n".join(lines).replace(_HOLD, " ")


def labelled(
    label: str,
    text: str,
    indent: str = "  ",
    width: int = WIDTH,
    *,
    column: int = 11,
) -> str:
    """Return *text* beside a label, its further lines under its first.

    *text* is ours: foreign parts in it are isolated already. A label as wide as its
    *column* stands on a line of its own.

    >>> print(labelled("supplier", "Pakistan"))
      supplier   Pakistan
    """
    head = f"{indent}{label:<{column}}"
    if len(label) >= column:
        rest = labelled("", text, indent, width, column=column)
        return f"{indent}{label}\n{rest}"
    return hung(text, head, " " * len(head), width)
