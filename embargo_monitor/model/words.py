"""A member of an enumeration, given as such or by its word."""

import enum
from typing import TypeVar

from embargo_monitor.errors import InvalidValueError

T = TypeVar("T", bound=enum.Enum)


def member(kind: type[T], name: str, value: T | str) -> T:
    """Return the member of an enumeration that a value is, or is the word of.

    Args:
        kind: The enumeration.
        name: What the value is called where it was given, for the error.
        value: The member, or its word.

    Raises:
        InvalidValueError: It is neither; the error names the words.

    >>> from embargo_monitor.model.truth import Truth
    >>> member(Truth, "in_part", "maybe")
    <Truth.MAYBE: 'maybe'>
    """
    known = {one.value: one for one in kind}
    if isinstance(value, str) and value in known:
        return known[value]
    if not isinstance(value, kind):
        raise InvalidValueError(name, value, f"one of {', '.join(known)}")
    return value
