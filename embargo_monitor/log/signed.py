"""What was signed of a log: its keys, its checkpoints, what others signed of them.

Bytes and texts as they were kept. Whether a signature holds is asked elsewhere
(`checkpoints`): whoever owns the file can write whatever they like here.
"""

from collections.abc import Sequence
from typing import Any

from attrs import asdict, field, frozen
from sqlalchemy import Connection, bindparam, func, select, type_coerce
from sqlalchemy.types import NullType

from embargo_monitor.errors import VerificationError
from embargo_monitor.log import tables

_SIGNERS = select(
    tables.signer.c.since, type_coerce(tables.signer.c.verifier, NullType())
).order_by(tables.signer.c.since)
_CHECKPOINTS = select(
    tables.checkpoint.c.size, type_coerce(tables.checkpoint.c.note, NullType())
).order_by(tables.checkpoint.c.size)
_OF_SIZE = _CHECKPOINTS.where(tables.checkpoint.c.size == bindparam("of"))
_COSIGNATURES = select(
    tables.cosignature.c.size,
    type_coerce(tables.cosignature.c.verifier, NullType()),
    type_coerce(tables.cosignature.c.line, NullType()),
).order_by(tables.cosignature.c.size, tables.cosignature.c.verifier)
_BELOW_SIZE = _COSIGNATURES.where(tables.cosignature.c.size == bindparam("of"))


@frozen
class Signer:
    """A verifier key of the log, and since when it signs.

    Attributes:
        since: The smallest size of the log that it signs.
        verifier: The key as text (C2SP signed-note).
    """

    since: int
    verifier: str


@frozen
class SignedNote:
    """A checkpoint as it was kept.

    Attributes:
        size: Entries in the tree that it is of.
        note: The signed note.
    """

    size: int
    note: bytes


@frozen
class Cosignature:
    """What somebody else signed of a checkpoint, as it was kept.

    Attributes:
        size: Entries in the tree that the checkpoint is of.
        verifier: The verifier key of who signed, as text.
        line: The signature line.
    """

    size: int
    verifier: str = field(kw_only=True)
    line: str = field(kw_only=True)


@frozen
class Kept:
    """The signed part of a log, inside a transaction."""

    _connection: Connection

    def signers(self) -> tuple[Signer, ...]:
        """Return the log's keys, the newest last; none where none was ever drawn.

        Raises:
            VerificationError: A row holds something else than was stored.
        """
        rows = self._connection.execute(_SIGNERS).all()
        for since, verifier in rows:
            if type(verifier) is not str:
                raise VerificationError((f"the key since {since}: its row is damaged",))
        return tuple(Signer(since, verifier) for since, verifier in rows)

    def signer_of(self, size: int) -> Signer | None:
        """Return the key that signs a log of that size."""
        return next((one for one in self.signers()[::-1] if one.since <= size), None)

    def checkpoints(self) -> tuple[SignedNote, ...]:
        """Return every checkpoint that was signed, the smallest first.

        Raises:
            VerificationError: A row holds something else than was stored.
        """
        return tuple(map(_note, self._connection.execute(_CHECKPOINTS)))

    def checkpoint(self, size: int) -> SignedNote | None:
        """Return the checkpoint of that size, if one was signed.

        Raises:
            VerificationError: Its row holds something else than was stored.
        """
        row = self._connection.execute(_OF_SIZE, {"of": size}).first()
        return None if row is None else _note(row)

    def latest(self) -> SignedNote | None:
        """Return the last checkpoint that was signed, if any was.

        Raises:
            VerificationError: Its row holds something else than was stored.
        """
        largest = select(func.max(tables.checkpoint.c.size))
        size = self._connection.execute(largest).scalar_one()
        return None if size is None else self.checkpoint(size)

    def cosignatures(self, size: int | None = None) -> tuple[Cosignature, ...]:
        """Return what others signed: of the checkpoint of that size, or of all.

        Raises:
            VerificationError: A row holds something else than was stored.
        """
        if size is None:
            rows = self._connection.execute(_COSIGNATURES)
        else:
            rows = self._connection.execute(_BELOW_SIZE, {"of": size})
        return tuple(map(_cosignature, rows))

    def add_signer(self, since: int, verifier: str) -> None:
        """Let a key sign from that size on."""
        row = {"since": since, "verifier": verifier}
        self._connection.execute(tables.signer.insert(), row)

    def add_checkpoint(self, size: int, note: bytes) -> None:
        """Keep a checkpoint, of a larger tree than those before it."""
        row = {"size": size, "note": note}
        self._connection.execute(tables.checkpoint.insert(), row)

    def add_cosignature(self, cosignature: Cosignature) -> None:
        """Keep what somebody else signed, of whom nothing is kept at that size."""
        row = asdict(cosignature)
        self._connection.execute(tables.cosignature.insert(), row)


def _note(row: tuple[int, object]) -> SignedNote:
    size, note = row
    if type(note) is not bytes:
        raise VerificationError((f"the checkpoint of size {size}: its row is damaged",))
    return SignedNote(size, note)


def _cosignature(row: Sequence[Any]) -> Cosignature:
    size, verifier, line = row
    if type(verifier) is not str or type(line) is not str:
        words = f"a cosignature of the checkpoint of size {size}: its row is damaged"
        raise VerificationError((words,))
    return Cosignature(size, verifier=verifier, line=line)
