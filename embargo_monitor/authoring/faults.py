"""Collecting every fault of an authoring file, instead of the first."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from attrs import field, frozen

from embargo_monitor.errors import (
    AuthoringError,
    EmbargoMonitorError,
    EncodingError,
    NewerVersionError,
    quoted,
)

_OF_ROW = re.compile(r"\$\.claims\[[0-9]+\]")
_NUMBER_FOR_TEXT = re.compile(r"the value must be a text, got (-?[0-9]+)")
PLAIN_KEY = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}")


class QuoteFault(Exception):  # noqa: N818 (a fault becomes part of an AuthoringError)
    """The words do not stand in the text just once; says where they might."""


class Follows(Exception):  # noqa: N818 (no fault of its own, so never an error)
    """A part cannot be read because another one has a fault, which is told there."""


@frozen
class Filled:
    """Something the library filled in, for a person to read and confirm.

    Attributes:
        where: The part of the authoring file, such as `claims.c1.quote`.
        what: What was filled in, in words.
    """

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@frozen
class Findings:
    """What came up while an authoring file was read: faults, and what was filled in."""

    faults: list[str] = field(factory=list)
    filled: list[Filled] = field(factory=list)
    rows: dict[str, str] = field(factory=dict)
    """The ids of rows that have ids of their own, by path: `$.claims[3]`."""

    @contextmanager
    def at(self, path: str) -> Iterator[None]:
        """Keep a fault of the block, told of *path*, and go on after it."""
        try:
            yield
        except Follows:
            pass
        except EncodingError as error:
            self.faults.extend(map(_as_text, error.faults))
        except (EmbargoMonitorError, QuoteFault, OSError) as error:
            fault = f"{path}: {error}"
            # What is told once is mended once: who translated, for all translations.
            if fault not in self.faults:
                self.faults.append(fault)

    def gather(self, path: str, **parts: Callable[[], Any]) -> dict[str, Any]:
        """Read the parts of one thing, each by itself, so that every fault is told.

        Raises:
            Follows: A part could not be read; its fault is told of *path*.
        """
        read = {}
        for name, part in parts.items():
            with self.at(path):
                read[name] = part()
        if len(read) < len(parts):
            raise Follows
        return read

    def fill(self, where: str, what: str) -> None:
        """Note that something was filled in."""
        self.filled.append(Filled(where, what))

    def require_none(self) -> None:
        """Raise what was found, if there was any fault."""
        if self.faults:
            raise self.refusal()

    def refusal(self) -> AuthoringError:
        """Return all faults as one error, those of a row with the row's id."""
        return AuthoringError(*map(self._with_row, self.faults))

    def _with_row(self, fault: str) -> str:
        path = _OF_ROW.match(fault)
        if path is None or path[0] not in self.rows:
            return fault
        # What follows the first line shows where words stand.
        first, *more = fault.split("\n")
        return "\n".join((f"{first} [row {self.rows[path[0]]}]", *more))


def _as_text(fault: str) -> str:
    """Say how a number is written where text is needed."""
    number = _NUMBER_FOR_TEXT.search(fault)
    return f'{fault}; write it as text, "{number[1]}"' if number else fault


@contextmanager
def told_of(file: str) -> Iterator[None]:
    """Tell the faults of the block of *file*.

    Raises:
        AuthoringError: With the same faults, and the file.
        NewerVersionError: The same, and the file.
    """
    try:
        yield
    except NewerVersionError as error:
        raise error.in_file(file) from None
    except (AuthoringError, EncodingError) as error:
        raise AuthoringError(*error.faults, file=file) from None


def member(path: str, key: str) -> str:
    r"""Return the path of a member of an object, escaped where its key needs it.

    >>> print(member("$.actors", "lna"), member("$.actors", "a\x1bb"))
    $.actors.lna $.actors['a\x1bb']
    """
    plain = PLAIN_KEY.fullmatch(key) is not None
    return f"{path}.{key}" if plain else f"{path}[{quoted(key)}]"
