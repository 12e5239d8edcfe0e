"""Collecting every fault of an authoring file, instead of the first."""

from collections.abc import Iterator
from contextlib import contextmanager

from attrs import field, frozen

from embargo_monitor.authoring.quoting import QuoteFault
from embargo_monitor.errors import (
    AuthoringError,
    EmbargoMonitorError,
    InvalidValueError,
)


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

    @contextmanager
    def at(self, path: str) -> Iterator[None]:
        """Keep a fault of the block, told of *path*, and go on after it."""
        try:
            yield
        except InvalidValueError as error:
            where = path + error.path.removeprefix("$")
            bare = str(error).removeprefix(f"{error.path}: ")
            self.faults.append(f"{where}: {bare}")
        except (EmbargoMonitorError, QuoteFault, OSError) as error:
            self.faults.append(f"{path}: {error}")

    def fill(self, where: str, what: str) -> None:
        """Note that something was filled in."""
        self.filled.append(Filled(where, what))

    def require_none(self) -> None:
        """Raise what was found, if there was any fault."""
        if self.faults:
            raise AuthoringError(*self.faults)
