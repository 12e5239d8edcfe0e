"""Opening a view: how far a log is read, and the index that is built before.

The first clock is a size, an instant or a checkpoint; the second a day of publication.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

from attrs import frozen

from embargo_monitor.encoding import envelope_of
from embargo_monitor.errors import (
    InvalidValueError,
    NotStoredError,
    VerificationError,
)
from embargo_monitor.log.checkpoints import Checkpoint
from embargo_monitor.log.entries import Reader
from embargo_monitor.log.merkle import root_at
from embargo_monitor.logged import Logged, Progress, silent
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.query.finding import Finding
from embargo_monitor.query.index import catch_up, index_path
from embargo_monitor.query.view import Texts, View

At = int | datetime | Checkpoint | None
"""The first clock: a size, an instant, a checkpoint; None for all that is there."""


@frozen
class Source:
    """A log that can be viewed.

    Attributes:
        origin: Its name.
        path: Where it lies.
        reading: Opens it.
        texts: Reads the texts of a report's exhibits, which filters may ask for.
    """

    origin: str
    path: str
    reading: Callable[[], AbstractContextManager[Reader]]
    texts: Texts


def tables_of(source: Source, progress: Progress = silent) -> Path:
    """Build the index of a log as far as it goes, and return where it lies.

    Raises:
        NotALogError: What lies there is no index: move it away, or delete it.
        NotStoredError: The disk failed.
        EncodingError: An entry is damaged: verify the log.
    """
    with source.reading() as reader:
        return _caught_up(source, reader, progress)


def _caught_up(source: Source, reader: Reader, progress: Progress) -> Path:
    return catch_up(index_path(source.path), reader, source.origin, progress)


def view_of(
    source: Source,
    at: At = None,
    published_until: ImpreciseDate | date | str | None = None,
    progress: Progress = silent,
) -> View:
    """Read what a log said as of then. Its index is built first, as far as it goes.

    Where the index cannot be written, as in a folder that is only to be read, all
    entries are read for every question instead, and the answers are the same.

    Args:
        source: The log.
        at: A size; an instant with its zone, up to which (it included) entries were
            recorded; or a checkpoint, which is compared with the log. None for all.
        published_until: The last day of publication that counts. Of an imprecise date
            the latest day it may mean.
        progress: Called as the index is built.

    Raises:
        InvalidValueError: The log is shorter, the instant has no zone, or the date has
            no last day.
        NotALogError: What lies where the index should is none.
        VerificationError: The checkpoint is another log's, or of another history.
        EncodingError: An entry is damaged: verify the log.
    """
    until = _last_day(published_until)
    with source.reading() as reader:
        try:
            index = _caught_up(source, reader, progress)
        except NotStoredError:
            index = None
        size = _size(reader, source.origin, at)
        last = envelope_of(reader.entry(size - 1).body) if size else None
        root = root_at(size, reader.hashes)

    def read() -> Iterator[Logged]:
        with source.reading() as reader:
            yield from map(Logged.of, islice(reader.entries(), size))

    found = index and Finding(index, source.reading, size, until, source.texts)
    return View(
        origin=source.origin,
        size=size,
        root=root,
        recorded=last.recorded if last else None,
        published_until=until,
        read=read,
        texts=source.texts,
        finding=found or None,
    )


def _size(reader: Reader, origin: str, at: At) -> int:
    """Return how many entries to read at most."""
    if isinstance(at, datetime):
        return _size_at(reader, at)
    if at is None:
        return reader.size
    size = at.head.size if isinstance(at, Checkpoint) else at
    if isinstance(at, Checkpoint) and at.head.origin != origin:
        reason = f"the checkpoint is of the log {at.head.origin}, this one is {origin}"
        raise VerificationError([reason])
    if type(size) is not int or not 0 <= size <= reader.size:
        wanted = f"a size of this log, 0 to {reader.size}"
        raise InvalidValueError("at", size, wanted)
    if isinstance(at, Checkpoint) and root_at(size, reader.hashes) != at.head.root:
        reason = f"the log is not what the checkpoint of {size} entries says it was"
        raise VerificationError([reason])
    return size


def _size_at(reader: Reader, at: datetime) -> int:
    """Return how many entries come before the first that was recorded later."""
    if at.tzinfo is None:
        raise InvalidValueError("at", at, "an instant with its zone, such as UTC")
    for stored in reader.entries():
        if envelope_of(stored.body).recorded > at:
            return stored.position
    return reader.size


def _last_day(given: ImpreciseDate | date | str | None) -> date | None:
    if given is None:
        return None
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    found = given if isinstance(given, ImpreciseDate) else ImpreciseDate(str(given))
    if found.latest is None:
        raise InvalidValueError("published_until", str(found), "a date with a last day")
    return found.latest


def as_instant(text: str) -> datetime:
    """Read an instant such as `2026-11-26T10:00:00Z`, or a day: its end, in UTC.

    Raises:
        InvalidValueError: It is none, or has no zone.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is not None and len(text) == len("2026-11-26"):
        return found.replace(hour=23, minute=59, second=59, tzinfo=UTC)
    if found is None or found.tzinfo is None:
        wanted = "a day, or an instant with its zone: 2026-11-26T10:00:00Z"
        raise InvalidValueError("at", text, wanted)
    return found
