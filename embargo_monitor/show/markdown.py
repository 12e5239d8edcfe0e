"""Markdown that holds text from outside and nothing that such text could start.

There is no HTML in it, so that a `<` is never more than a sign. Right-to-left text
stands between U+2068 and U+2069, as in all that is printed, and not in `<bdi>`: GitHub
takes that element out, pandoc drops it on the way to a word processor, and a reader of
the bare file would see it, while the two marks hold in each of these and are not seen.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

# What may start something within a line: code, emphasis, links, footnotes, HTML,
# entities, cells, strikes, formulas, superscripts, attributes and templates.
_STARTS_WITHIN = re.compile(
    r"[\\`*\[\]<&|~$^{}]|(?<![^\W_])_|_(?![^\W_])|(?<!\w)#|#(?!\w)|:(?=//)|@(?=[\w-]+\.)"
)
_WWW = re.compile(r"(?i)\b(www)\.")

# What may start a block where a line begins with it: quotes, lists, underlines.
_STARTS_LINE = re.compile(r"^(?=[-+=>])|^(\d{1,9})(?=[.)](?:\s|$))")

_PLAIN = re.compile(r"[A-Za-z0-9./:#+=@_-]+")


def escaped(line: str) -> str:
    r"""Return a line of ours, with all that it holds from outside, as plain Markdown.

    What cannot be seen in it must be escaped already, as `show.text` does.

    >>> print(escaped("1. *Acme* | [Ltd](javascript:x) <b>"))
    1\. \*Acme\* \| \[Ltd\](javascript:x) \<b>
    """
    spaced = " ".join(line.split())
    safe = _WWW.sub(r"\1\\.", _STARTS_WITHIN.sub(r"\\\g<0>", spaced))
    return _STARTS_LINE.sub(r"\1\\", safe)


def code(text: str) -> str:
    r"""Return an id, a digest or a command as code; other text as `escaped` does.

    >>> print(code("a#deal"), code("a`b"))
    `a#deal` a\`b
    """
    return f"`{text}`" if _PLAIN.fullmatch(text) else escaped(text)


def heading(level: int, text: str) -> Iterator[str]:
    """Give a heading; *text* is Markdown."""
    yield from ("", f"{'#' * level} {text}", "")


def paragraph(text: str) -> Iterator[str]:
    """Give a paragraph; *text* is Markdown."""
    yield from ("", text, "")


def bullets(texts: Iterable[str]) -> Iterator[str]:
    """Give a list of Markdown texts."""
    yield ""
    yield from (f"- {text}" for text in texts)
    yield ""


def points(title: str, texts: Iterable[str]) -> Iterator[str]:
    """Give a list under a title of ours, nothing twice; nothing where it is empty."""
    several = tuple(dict.fromkeys(texts))
    if several:
        yield from paragraph(f"**{title}:**")
        yield from bullets(several)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    r"""Give a table of Markdown cells: no empty columns, and nothing without rows.

    >>> print(*table(("Role", "Who"), [("supplier", "Pakistan")]), sep="\n")
    <BLANKLINE>
    | Role | Who |
    | --- | --- |
    | supplier | Pakistan |
    <BLANKLINE>
    """
    body = [tuple(cells) for cells in rows]
    if not body:
        return
    kept = [at for at in range(len(head)) if any(cells[at] for cells in body)]
    yield ""
    for cells in (head, ["---"] * len(head), *body):
        yield f"| {' | '.join(cells[at] for at in kept)} |"
    yield ""


def tidied(lines: Iterable[str]) -> Iterator[str]:
    """Give lines without blank ones at the beginning, or two in a row."""
    before = ""
    for line in lines:
        if line or before:
            yield line
        before = line
