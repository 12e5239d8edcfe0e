"""Our own marks in text from outside: it is quoted, so that nobody takes them for ours.

`A > B` is a chain of ours, `[...]` a mark, `|` parts columns. A name that holds such a
thing is put between “ and ”, and no “ or ” in it can end the quotation.
"""

import re

from embargo_monitor.model.amounts import COUNTING_UNITS, SINGULARS

_SPACE = r"\s\u115f\u1160\u2800\u3164\uffa0"
# Characters that nobody sees and Arabic needs do not part two spaces.
_RUN = re.compile(rf"[{_SPACE}][{_SPACE}\u061c\u200c-\u200f]*[{_SPACE}]")
_ARROWS = r"<-|(?:^|\s)>(?:\s|$)"
_UNITS = "|".join((*COUNTING_UNITS, *SINGULARS))
_FIGURE = rf"^[a-z ]*\d[^;]*\s(?:{_UNITS})\sof\s"
_JOINED = r",\s+(?:as|by|in|from|to|on\sbehalf\sof)\s|\sand\sby\s"

# A bracket at its end could be a hedge of ours; see `is_balanced` for others.
_BRACKET = r"\)\s*(?:$|[,;]|and\s)"

_AT_END = re.compile(rf"{_ARROWS}|[|\[\]]|\(withdrawn\b")
_WITHIN = re.compile(
    rf"{_ARROWS}|[|\[\];]|:(?:\s|$)|\?\s*$|^\s|\s$|{_BRACKET}|{_FIGURE}|{_JOINED}"
)
_PAIRS = re.compile("“[^“”]*”")
_ESCAPED = str.maketrans({"“": r"\u201c", "”": r"\u201d"})


def one_spaced(text: str) -> str:
    """Return *text* with a mark for each run of spaces; line breaks are one space.

    >>> print(one_spaced("Acme   | Iran"))
    Acme ␣ | Iran
    """
    return _RUN.sub(lambda run: " " if "\n" in run[0] else " ␣ ", text)


def quoted(text: str) -> str:
    r"""Return *text* between quotation marks that nothing in it can end.

    >>> print(quoted("the “new” one"))
    “the \u201cnew\u201d one”
    """
    return f"“{text.translate(_ESCAPED)}”"


def apart(text: str) -> str:
    """Return *text* quoted if it could be taken for a part of the line around it.

    >>> print(apart("CNN"), apart("CNN > Reuters"))
    CNN “CNN > Reuters”
    """
    spaced = one_spaced(text)
    left = _PAIRS.sub("", spaced)
    unpaired = "“" in left or "”" in left
    return quoted(spaced) if unpaired or is_set_apart(spaced) else spaced


def apart_at_end(text: str) -> str:
    """Return *text*, which ends its line, quoted if it could pass for marks of ours.

    >>> print(apart_at_end("Ten trucks; a report: see below"))
    Ten trucks; a report: see below
    """
    spaced = one_spaced(text)
    return quoted(spaced) if is_marked(spaced) else spaced


def apart_in_brackets(text: str) -> str:
    """Return *text*, which ends a bracket of ours, quoted if it could end it too soon.

    >>> print(apart_in_brackets("a slip; see below"), apart_in_brackets("a) (ben: b"))
    a slip; see below “a) (ben: b”
    """
    spaced = one_spaced(text)
    return quoted(spaced) if is_marked(spaced) or not is_balanced(spaced) else spaced


def is_marked(text: str) -> bool:
    """Tell whether text that ends its line could pass for marks of ours."""
    return "␣" in text or _AT_END.search(text) is not None


def is_set_apart(text: str) -> bool:
    """Tell whether text in the midst of a line could be taken for a part of it."""
    return "␣" in text or _WITHIN.search(text) is not None or not is_balanced(text)


def is_balanced(text: str) -> bool:
    """Tell whether no bracket in *text* could close one of ours around it."""
    depth = 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return False
    return depth == 0
