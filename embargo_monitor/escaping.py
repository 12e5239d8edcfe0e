"""Foreign text in words of ours: on one line, and nothing in it that hides or moves."""

_SHOWN = 120


def quoted(value: object) -> str:
    r"""Show a foreign value: one line, escaped, at most 120 characters.

    >>> quoted("a\u202eb")
    "'a\\u202eb'"
    """
    try:
        text = repr(value)
    except ValueError:  # Python writes out no integer of thousands of digits
        text = "an integer of thousands of digits"
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def escaped(text: str) -> str:
    r"""Escape what could steer a terminal or reorder a line.

    >>> escaped("lna\x1b[2J")
    'lna\\x1b[2J'
    """
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode()
        for char in text
    )


def in_ascii(text: str) -> str:
    r"""Escape all that is not visible ASCII, as names of logs and keys are of ours.

    >>> in_ascii("a\u202eb\x9bc\u0639")
    'a\\u202eb\\x9bc\\u0639'
    """
    return escaped(text).encode("ascii", "backslashreplace").decode()
