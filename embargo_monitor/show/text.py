"""Text from outside on a line of ours: escaped, isolated, wrapped."""

import re
import textwrap
import unicodedata
from collections.abc import Iterator

from embargo_monitor.model.marks import (
    apart,
    apart_at_end,
    apart_in_brackets,
    is_marked,
    is_set_apart,
    one_spaced,
    quoted,
)

WIDTH = 88
"""Columns, where no terminal says otherwise."""

_ISOLATE, _END = "\u2068", "\u2069"

# An isolate must not be broken: it would end with its first line.
_ISOLATED = re.compile(f"{_ISOLATE}[^{_END}]*{_END}")
_HOLD = "\x00"

# Each line of a quotation that holds our marks begins as the quotation does.
_QUOTED = re.compile("“[^“”]*”")
_AGAIN = "\x01"

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
    return _isolated(shown(text))


def _isolated(clean: str) -> str:
    runs_back = any(unicodedata.bidirectional(char) in ("R", "AL") for char in clean)
    return f"{_ISOLATE}{clean}{_END}" if runs_back else clean


def named(text: str) -> str:
    """Return a name, or other text from outside in the midst of a line of ours.

    It is isolated, and quoted if it could be taken for a part of that line.

    >>> print(named("Acme"), named("Acme | recipients: Iran"))
    Acme “Acme | recipients: Iran”
    """
    return _isolated(apart(_spaced(text)))


def remark(text: str) -> str:
    """Return a title, a note or a reason: text from outside that ends a line of ours.

    It is isolated, and quoted if it could be taken for marks of ours.

    >>> print(remark("Arms: a list"), remark("Arms [TAKEN BACK by CNN]"))
    Arms: a list “Arms [TAKEN BACK by CNN]”
    """
    return _isolated(apart_at_end(_spaced(text)))


def in_brackets(text: str) -> str:
    """Return a reason that ends a bracket of ours: isolated, quoted if it could end it.

    >>> print(in_brackets("a slip"), in_brackets("a slip) (ben: no"))
    a slip “a slip) (ben: no”
    """
    return _isolated(apart_in_brackets(_spaced(text)))


def _spaced(text: str) -> str:
    return shown(one_spaced(text))


def cited(text: str) -> str:
    """Return the words of a source, always quoted, in the midst of a line of ours."""
    spaced = _spaced(text)
    told = quoted(spaced) if is_marked(spaced) else f"“{spaced}”"
    return _isolated(told)


def without_isolates(text: str) -> str:
    """Return what was made for printing without the marks that isolate parts of it."""
    return text.replace(_ISOLATE, "").replace(_END, "")


def wrapped(text: str, indent: str, width: int = WIDTH) -> Iterator[str]:
    """Give *text* in lines under *indent*, each line isolated by itself.

    An isolate ends with its line, so a wrapped text needs one on every line.
    """
    clean = shown(text)
    for line in textwrap.wrap(clean, max(width - len(indent), 20)) or [""]:
        yield indent + isolated(line)


def words_lines(
    text: str, indent: str, width: int = WIDTH, *, cited_as: str = ""
) -> Iterator[str]:
    """Give the words of a source in lines of their own, each isolated by itself.

    Words that could be taken for marks of ours are quoted, and each of their lines
    begins with a quotation mark.

    Args:
        text: The words.
        indent: Before each line.
        width: Columns.
        cited_as: What is said of them in brackets of ours; they are quoted then.
    """
    spaced = _spaced(text)
    after = f" [{cited_as}]" if cited_as else ""
    room = max(width - len(indent), 20)
    if is_marked(spaced):
        # What is said of them stays on the last line, which begins with a mark too.
        told = f"{quoted(spaced)}{after.replace(' ', _HOLD)}"
        first, *more = textwrap.wrap(told, room - 1)
        lines = [first, *(f"“{line}" for line in more)]
    else:
        told = f"“{spaced}”{after}" if cited_as else spaced
        lines = textwrap.wrap(told, room) or [""]
    for line in lines:
        yield indent + _isolated(line.replace(_HOLD, " "))


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
    held = _ISOLATED.sub(lambda part: part[0].replace(" ", _HOLD), text)
    lines = textwrap.wrap(
        _QUOTED.sub(_held_open, held),
        max(width, len(further) + 20),
        initial_indent=first,
        subsequent_indent=further,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first]
    told = "\n".join(lines).replace(f"\n{further}{_AGAIN}", f"\n{further}“")
    return told.replace(_AGAIN, "").replace(_HOLD, " ")


def _held_open(part: re.Match[str]) -> str:
    """Mark where a line may begin within a quotation that holds marks of ours."""
    within = part[0]
    return within.replace(" ", f" {_AGAIN}") if is_set_apart(within) else within


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
