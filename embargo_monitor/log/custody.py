"""What is kept of a log apart from it: its private keys, and what was seen of it."""

import os
import warnings
from pathlib import Path

from attrs import frozen

from embargo_monitor.errors import FormatError, KeyFileError
from embargo_monitor.log.keys import KeyRing
from embargo_monitor.log.signers import ED25519, SigningKey, VerifierKey
from embargo_monitor.log.witness import Witness


@frozen
class Custody:
    """What is kept of a log apart from it, so that a thief of one lacks the other.

    Attributes:
        keys: The private keys.
        witness: What was seen of logs.
    """

    keys: KeyRing
    witness: Witness

    @classmethod
    def of_user(cls) -> "Custody":
        """Return that of the user who runs this process."""
        return cls(KeyRing.of_user(), Witness.of_user())

    def draw(self, origin: str) -> SigningKey:
        """Draw a key for a log, and keep it.

        Raises:
            InvalidValueError: No key may have that name.
            NotStoredError: The folder cannot be made or written.
        """
        return self.keys.draw(origin, ED25519)

    def holds(self, verifier: str) -> bool:
        """Tell whether the private half of a key is here, and can be used."""
        try:
            return self.keys.find(VerifierKey.parse(verifier)) is not None
        except (FormatError, KeyFileError):
            return False

    def warn_beside(self, path: str | os.PathLike[str]) -> None:
        """Warn where key or witness file lie in the folder of a log, at any depth.

        Whoever copies, takes or restores that folder has them as well. A log in the
        home folder, or above it, is no reason to warn of the usual places.
        """
        log = Path(os.path.realpath(path)).parent
        if _lies_beside(self.keys.folder, log, KeyRing.usual_folder()):
            words = (
                f"the key lies beside the log, in {self.keys.folder}: whoever takes the"
                " one has the other, and can rewrite all of it unnoticed"
            )
            warnings.warn(words, stacklevel=3)
        if _lies_beside(self.witness.folder, log, Witness.usual_folder()):
            words = (
                f"what was seen of the log lies beside it, in {self.witness.folder}:"
                " whoever puts back an older copy of the one puts back the other, and"
                " nothing is noticed"
            )
            warnings.warn(words, stacklevel=3)


def _lies_beside(folder: Path, log: Path, usual: Path) -> bool:
    home = Path(os.path.realpath(Path("~").expanduser()))
    is_usual = folder == usual and home.is_relative_to(log)
    return folder.is_relative_to(log) and not is_usual
