"""Exhibits: the bytes that entries speak of, in files beside the log.

An entry binds an exhibit by its digest alone, so the exhibit itself can be kept
elsewhere, withheld or destroyed, and the log stays whole. Of what is not public even
the digest tells too much: whoever holds the same file could see that we hold it. Its
digest is salted, and the salt lies beside it.
"""

import os
import re
from contextlib import suppress
from pathlib import Path

from embargo_monitor.digests import digest_of, salted_digest_of
from embargo_monitor.errors import (
    ExhibitError,
    InvalidValueError,
    NotStoredError,
    quoted,
)
from embargo_monitor.log import files

_DIGEST = re.compile(r"(sha256|hmac-sha256):([0-9a-f]{64})")


class ExhibitStore:
    """A folder of exhibits, each under its digest, for its owner's eyes alone."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._folder = Path(os.path.realpath(folder))

    @property
    def folder(self) -> Path:
        """Where the exhibits lie; it is made with the first of them."""
        return self._folder

    def put(self, data: bytes, salt: bytes = b"") -> str:
        """Keep an exhibit, durably; the same bytes again change nothing.

        Args:
            data: The exhibit, any bytes.
            salt: For what is not public: 32 random bytes, anew for each exhibit.

        Returns:
            Its digest, salted if a salt was given.

        Raises:
            InvalidValueError: The salt is not 32 bytes.
            ExhibitError: Other bytes lie under its name: move them away.
            NotStoredError: The folder cannot be made or written.
        """
        digest = salted_digest_of(data, salt) if salt else digest_of(data)
        try:
            if not self._folder.is_dir():
                self._folder.mkdir(mode=0o700, exist_ok=True)
                files.sync_folder(self._folder.parent)
            if salt:
                _keep(self._salt_file(digest), salt, digest)
            _keep(self._file(digest), data, digest)
        except OSError as error:
            raise NotStoredError(f"{self._folder}: {error.strerror}") from error
        return digest

    def read(self, digest: str) -> bytes:
        """Return an exhibit, hashed again.

        Raises:
            ExhibitError: It is missing, cannot be read, or is not what was bound; or
                the text is no digest.
        """
        if not _DIGEST.fullmatch(digest):
            raise ExhibitError(quoted(digest), "that is no digest of an exhibit")
        try:
            data = self._file(digest).read_bytes()
            if digest.startswith("sha256:"):
                found = digest_of(data)
            else:
                found = salted_digest_of(data, self._salt_file(digest).read_bytes())
        except OSError as error:
            raise ExhibitError(digest, f"{error.filename}: {error.strerror}") from error
        except InvalidValueError as error:
            raise ExhibitError(digest, f"its salt is damaged: {error}") from error
        if found != digest:
            raise ExhibitError(digest, "its bytes are not those that were bound")
        return data

    def salt_of(self, digest: str) -> bytes:
        """Return the salt that a digest is keyed with; empty for a public one.

        Raises:
            ExhibitError: It is missing, or cannot be read.
        """
        if digest.startswith("sha256:"):
            return b""
        try:
            return self._salt_file(digest).read_bytes()
        except OSError as error:
            raise ExhibitError(digest, f"{error.filename}: {error.strerror}") from error

    def _file(self, digest: str) -> Path:
        # A colon cannot stand in a Windows file name.
        return self._folder / digest.replace(":", "-")

    def _salt_file(self, digest: str) -> Path:
        return self._file(digest).with_suffix(".salt")


def _keep(file: Path, content: bytes, digest: str) -> None:
    if not file.exists():
        with suppress(FileExistsError), files.appearing(file) as unnamed:
            unnamed.write_bytes(content)
    if file.read_bytes() != content:
        raise ExhibitError(digest, f"other bytes lie at {file}")
