"""Words that must be one of those known: members of a list, ids of a file."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from embargo_monitor.errors import InvalidValueError, UnknownNameError

# Spellings are compared letter by letter: more would take longer than anybody waits.
_COMPARED = 200


def require_known(what: str, id: str, known: Iterable[str]) -> str:
    """Return *id*, which must be one of the *known*.

    Raises:
        UnknownNameError: It is not; the error names those that are near.
    """
    names = list(known)
    if id not in names:
        raise UnknownNameError(what, id, get_close_matches(id, names[:_COMPARED]))
    return id


class _MissingError(InvalidValueError):
    """A word that is needed and not given: `got ''` would not say so."""

    def __init__(self, field: str, wanted: str) -> None:
        super().__init__(field, "", wanted)
        self.args = (f"{field} is missing; it must be {wanted}",)


def choose(enum: Any, value: str, field: str) -> Any:
    """Return the member of *enum* with that value.

    Raises:
        InvalidValueError: It has none, or nothing is given; the message names those
            it has.
    """
    members = {member.value: member for member in enum}
    wanted = f"one of {', '.join(members)}"
    if not value:
        raise _MissingError(field, wanted)
    if value not in members:
        raise InvalidValueError(field, value, wanted)
    return members[value]
