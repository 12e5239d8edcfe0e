"""A folder of plain files for everybody: read with suspicion, written file by file.

Who reads one may have it from anywhere, so only plain files are read, and none that is
longer than it may be. Who writes one may be stopped at any instant, so every file is
whole under its name or not there.
"""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

from embargo_monitor.errors import ExportError, FormatError
from embargo_monitor.log import files
from embargo_monitor.log.locks import queued_briefly
from embargo_monitor.log.merkle import TILE_WIDTH

_WIDTH = re.compile("[1-9][0-9]{0,2}")
_LOCK, _UNNAMED = ".lock", ".new"
_FOLDER_MODE = 0o755


class Folder:
    """A folder, with the names of its files relative to it, parted by slashes."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(os.path.realpath(path))
        self._read: set[str] = set()

    @property
    def path(self) -> Path:
        """Where it lies: absolute, without symbolic links."""
        return self._path

    def read(self, name: str, limit: int) -> bytes | None:
        """Return what is in a file; None where there is none.

        Args:
            name: Its name.
            limit: Bytes that it may have; a longer one is not read.

        Raises:
            FormatError: There is something else than a plain file in reach and within
                the limit.
        """
        path = self._path / name
        if self._is_led_astray(path):
            reason = "a symbolic link leads elsewhere; only plain files are read"
            raise FormatError(name, reason)
        try:
            data = files.read_plain(path, limit)
        except FileNotFoundError:
            return None
        except OSError as error:
            reason = f"not read: {error.strerror}"
            raise FormatError(name, reason) from error
        self._read.add(name)
        return data

    def unread(self, most: int) -> tuple[str, ...]:
        """Return names of what lies in it and was never read through this object.

        Args:
            most: After so many no more are looked for.
        """
        others = (name for name in self._names() if name not in self._read)
        return tuple(sorted(islice(others, most)))

    def _names(self) -> Iterator[str]:
        """Give the names of all that is no folder; no link is followed."""
        for folder, folders, names in os.walk(self._path):
            links = [one for one in folders if Path(folder, one).is_symlink()]
            for name in (*links, *names):
                yield Path(folder, name).relative_to(self._path).as_posix()

    def holds(self, name: str) -> bool:
        """Tell whether there is a plain file of this name."""
        try:
            return stat.S_ISREG(os.lstat(self._path / name).st_mode)
        except OSError:
            return False

    def widths(self, name: str) -> list[int]:
        """Return the widths of the partial files of a tile or bundle, ascending.

        Args:
            name: That of the full file, which need not be there.
        """
        partials = self._path / f"{name}.p"
        if self._is_led_astray(partials):
            return []
        try:
            names = [one.name for one in partials.iterdir()]
        except OSError:
            return []
        found = [int(name) for name in names if _WIDTH.fullmatch(name)]
        return sorted(width for width in found if width < TILE_WIDTH)

    @contextmanager
    def writing(self) -> Iterator["FolderWriter"]:
        """Make the folder if it is not there, wait for our turn, then write.

        Raises:
            ExportError: The folder cannot be written or locked, or something else lies
                where a file should.
        """
        try:
            if not self._path.is_dir():
                self._path.mkdir(_FOLDER_MODE)
                files.sync_folder(self._path.parent)
            with queued_briefly(self._path / _LOCK):
                yield FolderWriter(self)
        except OSError as error:
            reason = f"{error.filename}: {error.strerror}"
            raise ExportError(str(self._path), reason) from error
        except FormatError as error:
            raise ExportError(str(self._path), str(error)) from error

    def _is_led_astray(self, path: Path) -> bool:
        return os.path.realpath(path) != str(path)


class FolderWriter:
    """A folder while it is written to by us alone."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._unsynced: set[Path] = set()

    @property
    def folder(self) -> Folder:
        """The folder, to read from."""
        return self._folder

    def put(self, name: str, data: bytes) -> bool:
        """Write a file that never changes again, unless it is there.

        Returns:
            Whether it was not there.

        Raises:
            ExportError: Other bytes lie under its name; they were not touched.
            FormatError: Something else than a file does.
            OSError: The disk refused.
        """
        found = self._folder.read(name, len(data))
        if found == data:
            return False
        if found is not None:
            reason = f"{name}: other bytes lie there; choose another folder"
            raise ExportError(str(self._folder.path), reason)
        self.replace(name, data)
        return True

    def replace(self, name: str, data: bytes) -> None:
        """Write a file in place of what is there, all at once.

        Raises:
            OSError: The disk refused; what was there is still there.
        """
        path = self._folder.path / name
        self._make(path.parent)
        files.replace(path, data, unnamed=self._folder.path / _UNNAMED)
        self._unsynced.add(path.parent)

    def drop_partials(self, name: str) -> None:
        """Remove the partial files of a tile or bundle whose full file is durable.

        Raises:
            OSError: The disk refused.
        """
        widths = self._folder.widths(name)
        for width in widths:
            (self._folder.path / f"{name}.p" / str(width)).unlink()
        if widths:
            # It stays where somebody put something of their own in it.
            with suppress(OSError):
                (self._folder.path / f"{name}.p").rmdir()

    def settle(self) -> None:
        """Make durable the names of all that was written.

        Raises:
            OSError: The disk refused.
        """
        for folder in self._unsynced:
            files.sync_folder(folder)
        self._unsynced.clear()

    def _make(self, folder: Path) -> None:
        if not folder.is_dir():
            self._make(folder.parent)
            folder.mkdir(_FOLDER_MODE)
            self._unsynced.add(folder.parent)
