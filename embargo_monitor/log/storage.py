"""A log in a SQLite file: created once, opened by many, written to in turn."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine, select
from sqlalchemy import inspect as inspect_database
from sqlalchemy.exc import DBAPIError

from embargo_monitor.errors import (
    LogError,
    LogExistsError,
    LogMissingError,
    NotALogError,
    NotStoredError,
)
from embargo_monitor.log import engine as engines
from embargo_monitor.log import files, locks, tables
from embargo_monitor.log.entries import Reader, Writer, keep_all_nodes

_WAL_BYTES = 4 * 1024 * 1024


class Storage:
    """An open log file. Threads may share it; a forked process may not.

    Beside the database lie SQLite's own files and `<path>-lock`, in which writers
    queue. None of them may be moved or removed while anybody has the log open.

    >>> import os, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = os.path.join(folder, "monitor.db")
    ...     with Storage.create(path, "example.org/log", "2025-12-22T00:00:00Z") as log:
    ...         with log.writing() as writer:
    ...             receipt = writer.append("a key", b"an entry")
    ...         with log.reading() as reader:
    ...             print(reader.size, reader.find("a key") == receipt)
    1 True
    """

    def __init__(
        self, path: Path, engine: Engine, *, origin: str, created: str
    ) -> None:
        self._path = path
        self._engine = engine
        self._origin = origin
        self._created = created
        self._queue = locks.QueueLock(_beside(path, "-lock"))
        self._file = _identity(path)
        self._process: int | None = os.getpid()
        self._wal_ceiling = _WAL_BYTES
        self._wrote = False

    @classmethod
    def create(
        cls,
        path: str | os.PathLike[str],
        origin: str,
        created: str,
        *,
        verifier: str = "",
        patience: float = engines.PATIENCE,
    ) -> Self:
        """Create an empty log, for its owner's eyes alone, and open it.

        Args:
            path: Where; the folder must exist.
            origin: The log's name for ever.
            created: When, as the caller writes instants; kept as it is.
            verifier: The verifier key of its checkpoints; empty for none yet.
            patience: Seconds to wait for a lock that another program holds.

        Raises:
            LogExistsError: Something lies there, or is left of an earlier log.
            NotStoredError: The folder is missing, closed to us, or full.
        """
        file = Path(os.path.realpath(path))
        # SQLite would take the remains of an earlier database for part of the new.
        for taken in (file, _beside(file, "-wal"), _beside(file, "-journal")):
            if os.path.lexists(taken):
                raise LogExistsError(str(taken))
        try:
            with files.appearing(file) as unnamed:
                _lay_out(unnamed, origin=origin, created=created, verifier=verifier)
        except FileExistsError as error:
            raise LogExistsError(str(file)) from error
        except OSError as error:
            raise NotStoredError(f"{file}: {error.strerror}") from error
        except (DBAPIError, sqlite3.Error) as error:
            raise NotStoredError(engines.reason(error)) from error
        return cls.open(file, patience=patience)

    @classmethod
    def open(
        cls, path: str | os.PathLike[str], *, patience: float = engines.PATIENCE
    ) -> Self:
        """Open a log that exists.

        Args:
            path: Where it lies.
            patience: Seconds to wait for a lock that another program holds.

        Raises:
            LogMissingError: Nothing lies there: check the path, or create a log.
            NotALogError: What lies there is no log, a damaged one, or one of a newer
                version of this library.
            LogError: The file cannot be read now; the text says why.
        """
        file = Path(os.path.realpath(path))
        _check_file(file)
        engine = engines.engine_at(file, patience=patience)
        try:
            version = _recognised(file, engine)
            origin, created = _named(file, engine)
            storage = cls(file, engine, origin=origin, created=created)
            storage._keep_wal()
            if version == tables.WITHOUT_KEYS:
                storage._bring_up()
        except (DBAPIError, sqlite3.Error) as error:
            engine.dispose()
            words = engines.reason(error)
            if engines.failure(error) in engines.UNREADABLE:
                raise NotALogError(str(file), words) from error
            raise LogError(f"{file} cannot be opened: {words}") from error
        except LogError:
            engine.dispose()
            raise
        return storage

    @property
    def path(self) -> Path:
        """Where the file lies: absolute, without symbolic links."""
        return self._path

    @property
    def origin(self) -> str:
        """The log's name, given when it was created."""
        return self._origin

    @property
    def created(self) -> str:
        """When it was created, as it was written then."""
        return self._created

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Wait for our turn, then write; all is durable when the block has ended.

        An exception in the block undoes all that it appended.

        Raises:
            NotStoredError: The disk or the database failed, or another program keeps
                it locked: mend that, then repeat.
            VerificationError: The log is damaged: verify it, do not append.
            LogError: This thread is writing already, or the storage is closed.
        """
        self._check_usable()
        with self._queue.held():
            if _identity(self._path) != self._file:
                raise NotStoredError(
                    f"{self._path} was moved or replaced while it was open; open it"
                    " again"
                )
            self._wrote = True
            with self._failing_as(NotStoredError), self._engine.connect() as connection:
                connection.execution_options(writes=True)
                with connection.begin():
                    writer = Writer(connection)
                    yield writer
                    writer.seal()
            self._shorten_wal(self._wal_ceiling)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Read the log as it stands now; nobody waits for a reader.

        Raises:
            VerificationError: The head is damaged: verify the log.
            LogError: The file cannot be read, or the storage is closed.
        """
        with self.snapshot() as connection:
            yield Reader(connection)

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Read the tables themselves, as they stand when first asked.

        Raises:
            LogError: The file cannot be read, or the storage is closed.
        """
        self._check_usable()
        with (
            self._failing_as(lambda why: LogError(f"the log cannot be read: {why}")),
            self._engine.connect() as connection,
        ):
            # Closing rolls back; a commit could fail, though there is none to make.
            yield connection

    def close(self) -> None:
        """Close the file. A fork's copy leaves everything to the process it is of."""
        if self._process != os.getpid():
            return
        self._process = None
        if self._wrote:
            with self._queue.held():
                self._shorten_wal(0)
                self._engine.dispose()
        else:
            self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _check_usable(self) -> None:
        if self._process is None:
            raise LogError(f"{self._path} is closed; open it again")
        if self._process != os.getpid():
            raise LogError(
                f"{self._path} was opened by the process that this one was forked"
                " from, and SQLite files do not survive a fork; open it again here"
            )

    @contextmanager
    def _failing_as(self, refusal: Callable[[str], LogError]) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            # After a failed sync nobody knows what a connection's caches are worth.
            self._engine.dispose()
            raise refusal(engines.reason(error)) from error

    def _bring_up(self) -> None:
        """Give a file of the version before keys what it lacks; no row is changed."""
        with self._queue.held(), self._engine.connect() as connection:
            connection.execution_options(writes=True)
            with connection.begin():
                version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
                if version == tables.WITHOUT_KEYS:
                    tables.complete(connection)
                    keep_all_nodes(connection)

    def _keep_wal(self) -> None:
        with closing(self._engine.raw_connection()) as pooled:
            cursor = pooled.cursor()
            cursor.execute("PRAGMA journal_mode")
            if cursor.fetchone() != ("wal",):
                with self._queue.held():
                    cursor.execute("PRAGMA journal_mode = WAL")
                    cursor.fetchone()

    def _shorten_wal(self, ceiling: int) -> None:
        wal = _beside(self._path, "-wal")
        # The entries are durable already, and a WAL that cannot be shortened now
        # (readers need it, the disk is full) is shortened another time.
        with suppress(OSError, sqlite3.Error):
            if wal.stat().st_size > ceiling:
                with closing(engines.connect(self._path, patience=0)) as driver:
                    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                self._wal_ceiling = wal.stat().st_size + _WAL_BYTES


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _lay_out(path: Path, *, origin: str, created: str, verifier: str) -> None:
    with closing(engines.connect(path, patience=0)) as driver:
        driver.execute(f"PRAGMA page_size = {engines.PAGE_BYTES}")
        driver.execute("PRAGMA journal_mode = WAL").fetchone()
    engine = engines.engine_at(path, patience=0)
    try:
        with engine.begin() as connection:
            tables.lay_out(
                connection, origin=origin, created=created, verifier=verifier
            )
    finally:
        engine.dispose()


def _check_file(path: Path) -> None:
    # By its name alone: closing a descriptor of the file would drop SQLite's locks.
    if not path.exists():
        raise LogMissingError(str(path))
    if not path.is_file():
        raise NotALogError(str(path), "it is no file")
    if path.stat().st_size == 0:
        raise NotALogError(str(path), "it is empty")


def _recognised(path: Path, engine: Engine) -> int:
    """Return the version of the tables of a log."""
    with engine.connect() as connection, connection.begin():
        application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        if application != tables.APPLICATION_ID:
            raise NotALogError(str(path), "its application id is not that of our logs")
        version: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if version not in (tables.WITHOUT_KEYS, tables.VERSION):
            raise NotALogError(
                str(path), f"its tables are of version {version}, not {tables.VERSION}"
            )
        present = inspect_database(connection).get_table_names()
        wanted = set(tables.metadata.tables)
        if version == tables.WITHOUT_KEYS:
            wanted = {"log", "head", "entry"}
        missing = sorted(wanted - set(present))
        if missing:
            raise NotALogError(str(path), f"it has no table {', '.join(missing)}")
        return version


def _named(path: Path, engine: Engine) -> tuple[str, str]:
    """Return a log's origin, and when it was created."""
    with engine.connect() as connection, connection.begin():
        match connection.execute(
            select(tables.log.c.origin, tables.log.c.created)
        ).first():
            case (str(origin), str(created)):
                return origin, created
            case _:
                raise NotALogError(str(path), "it does not say whose it is")
