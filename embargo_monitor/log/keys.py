"""Private keys of the user, one file each, where nobody else reads them.

They lie in the user's configuration, never beside a log: whoever takes away the log
must not get with it what signs it.
"""

import os
import re
import stat
from pathlib import Path
from typing import Self

from platformdirs import user_config_path

from embargo_monitor.errors import FormatError, KeyFileError, NotStoredError
from embargo_monitor.log import files
from embargo_monitor.log.files import folder_of_user
from embargo_monitor.log.signers import ED25519, SigningKey, VerifierKey

PLACE = "EMBARGO_MONITOR_CONFIG"
"""The environment variable that names another folder for the configuration."""

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_MAX_BYTES = 8192
_NAME_LENGTH = 200


class KeyRing:
    """A folder of private keys."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._folder = Path(os.path.realpath(folder))

    @classmethod
    def of_user(cls) -> Self:
        """Return the keys of the user who runs this process."""
        return cls(folder_of_user(PLACE, cls.usual_folder().parent) / "keys")

    @staticmethod
    def usual_folder() -> Path:
        """Return where keys lie if nobody says otherwise."""
        return Path(os.path.realpath(user_config_path("embargo_monitor"))) / "keys"

    @property
    def folder(self) -> Path:
        """Where the keys lie; it is made with the first of them."""
        return self._folder

    def draw(self, origin: str, kind: int = ED25519) -> SigningKey:
        """Draw a new key, and keep it before it is used.

        Args:
            origin: Whose: a log's origin, or a witness's name.
            kind: 0x01 for a log, 0x04 for a witness.

        Raises:
            InvalidValueError: No key may have that name or kind.
            NotStoredError: The folder cannot be made or written.
        """
        key = SigningKey.draw(origin, kind)
        self.keep(key)
        return key

    def keep(self, key: SigningKey) -> Path:
        """Keep a key, durably; the same again changes nothing.

        Returns:
            Its file.

        Raises:
            KeyFileError: Another key lies under its name, or it cannot be read.
            NotStoredError: The folder cannot be made or written.
        """
        path = self.path_of(key.verifier)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                with files.appearing(path) as unnamed:
                    unnamed.write_bytes(f"{key.text()}\n".encode())
            except FileExistsError as error:
                if _read(path) != key:
                    reason = "another key lies there; move it away"
                    raise KeyFileError(str(path), reason) from error
        except OSError as error:
            raise NotStoredError(f"{path}: {error.strerror}") from error
        return path

    def find(self, verifier: VerifierKey) -> SigningKey | None:
        """Return the private key that belongs to a verifier key, if it is here.

        Raises:
            KeyFileError: Its file cannot be used as it is; the text says what to do.
        """
        path = self.path_of(verifier)
        if not path.exists():
            return None
        key = _read(path)
        if key.verifier != verifier:
            raise KeyFileError(str(path), "it holds another key than its name says")
        return key

    def of(self, origin: str) -> tuple[SigningKey, ...]:
        """Return all keys of a name, in the order of their ids.

        Raises:
            KeyFileError: One of their files cannot be used as it is.
        """
        stem = _stem(origin)
        keys = map(_read, sorted(self._folder.glob(f"{stem}+????????.key")))
        return tuple(key for key in keys if key.name == origin)

    def path_of(self, verifier: VerifierKey) -> Path:
        """Return where the private key of a verifier key lies, if it is here."""
        return self._folder / f"{_stem(verifier.name)}+{verifier.id.hex()}.key"


def _stem(origin: str) -> str:
    # Names of files are shorter than origins may be; the id tells them apart.
    return re.sub("[^A-Za-z0-9.-]", "_", origin)[:_NAME_LENGTH]


def _read(path: Path) -> SigningKey:
    """Read a key file, but not one that others may read."""
    try:
        with path.open("rb") as file:
            # Of the open file, so that it is the one whose mode was looked at.
            mode = os.fstat(file.fileno()).st_mode
            data = file.read(_MAX_BYTES)
    except OSError as error:
        raise KeyFileError(str(path), f"{error.strerror}") from error
    if os.name == "posix" and mode & _OTHERS:
        reason = (
            f"others on this machine may use it (mode {stat.S_IMODE(mode):03o});"
            f" `chmod 600 {path}`, and draw a new key if they may have read it"
        )
        raise KeyFileError(str(path), reason)
    try:
        return SigningKey.parse(data.decode(errors="replace").removesuffix("\n"))
    except FormatError as error:
        reason = f"{error.reason}; take the file from a backup"
        raise KeyFileError(str(path), reason) from error
