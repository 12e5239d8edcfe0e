"""Signing what a log holds: read back, compared with what was seen of it, then signed.

A key signs one history. So before it signs, every entry that is new is read again and
hashed again, the tree must grow out of the one signed last, and the size that is about
to be signed is noted where the log does not lie (`witness`). Whoever puts an older copy
of the log back is found out by that note.
"""

from collections.abc import Iterable
from typing import TypeAlias

from attrs import evolve, frozen

from embargo_monitor.errors import (
    FormatError,
    KeyChangedError,
    NotStoredError,
    RolledBackError,
    SignatureError,
    SigningKeyError,
    VerificationError,
)
from embargo_monitor.log import cosignatures, onward
from embargo_monitor.log.checkpoints import (
    Checkpoint,
    Policy,
    TreeHead,
    open_checkpoint,
    parse_tree_head,
    sign_checkpoint,
)
from embargo_monitor.log.custody import Custody
from embargo_monitor.log.entries import Reader, Writer
from embargo_monitor.log.merkle import EMPTY, frontier_at, hash_leaf
from embargo_monitor.log.notes import Signed, parse_note
from embargo_monitor.log.proofs import prove_consistency
from embargo_monitor.log.prooftexts import format_consistency
from embargo_monitor.log.signers import SigningKey, VerifierKey
from embargo_monitor.log.storage import Storage
from embargo_monitor.log.witness import Seen

Regression: TypeAlias = RolledBackError | KeyChangedError | FormatError | NotStoredError
"""Why nothing is added to a log: it is not what was seen, or that cannot be read."""


@frozen
class Signing:
    """The signed part of a log: its keys, its checkpoints, and what was seen of it."""

    storage: Storage
    custody: Custody

    @property
    def verifier_key(self) -> str:
        """The key that checks checkpoints of the log as it is; empty without one."""
        with self.storage.reading() as reader:
            signer = reader.kept.signer_of(reader.size)
        return signer.verifier if signer else ""

    def seen(self) -> Seen | None:
        """Return what was seen of the log here last, if anything was.

        Raises:
            FormatError: The witness file is damaged; the text says what to do.
            NotStoredError: It cannot be read.
        """
        return self.custody.witness.seen(self.storage.origin)

    def regression(self) -> Regression | None:
        """Tell how the log is not what was seen of it; None where it goes on from that.

        What is so can be read, and nothing is added to it.
        """
        with self.storage.reading() as reader:
            try:
                self.require_onward(reader)
            except (
                RolledBackError,
                KeyChangedError,
                FormatError,
                NotStoredError,
            ) as error:
                return error
        return None

    def require_onward(self, log: Reader | Writer) -> Seen | None:
        """Refuse a log that does not go on from what was seen of it.

        Returns:
            What was seen; None where nothing was.

        Raises:
            RolledBackError: It is shorter, or its beginning is another, or it does not
                know the key that it was signed with.
            KeyChangedError: Another key signs it, and nobody accepted that.
            FormatError: The witness file is damaged; the text says what to do.
        """
        seen = self.seen()
        if seen is not None:
            onward.require_onward(log, seen, self.custody)
        return seen

    def checkpoint(self) -> Checkpoint:
        """Sign the log as it stands, once for each size.

        What is new since the last checkpoint is read back and hashed again first, and
        noted in the witness file.

        Raises:
            RolledBackError: It does not go on from what was seen of it.
            KeyChangedError: Another key signs it, and nobody accepted that.
            SigningKeyError: There is no key to sign with.
            VerificationError: What was appended is not what is read back, or the tree
                does not grow out of the one that was signed last: verify the log.
        """
        with self.storage.writing() as writer:
            return self._sign(writer)

    def _sign(self, writer: Writer) -> Checkpoint:
        seen = self.require_onward(writer)
        key = self._key(writer)
        require_grown(writer)
        head = TreeHead(self.storage.origin, writer.size, root=writer.frontier.root())
        self.custody.witness.advance(key.verifier, head, expected=seen)
        if writer.kept.checkpoint(head.size) is None:
            writer.kept.add_checkpoint(head.size, sign_checkpoint(head, key))
        return kept_checkpoint(writer, head.size)

    def opened(self, note: bytes, key: str | VerifierKey | None = None) -> Checkpoint:
        """Read a checkpoint of the log that was kept elsewhere, and check who signed.

        Args:
            note: It, as it was kept.
            key: The log's verifier key at that time, got by a way that you trust. None
                to take the log's own word for it, which an owner can forge.

        Raises:
            FormatError: It is no checkpoint, or the key is none.
            SignatureError: It is not signed by that key, or that is another log's.
            SigningKeyError: The log had no key at that size.
        """
        known = None if key is None else VerifierKey.of(key)
        if known is not None and known.name != self.storage.origin:
            reason = f"this is the key of another log than {self.storage.origin}"
            raise SignatureError(known.name, reason)
        return open_checkpoint(note, Policy(known or self._named_by(note)))

    def _named_by(self, note: bytes) -> VerifierKey:
        """Return the log's key that a checkpoint says it is signed with."""
        parsed = parse_note(note)
        size = parse_tree_head(parsed.text).size
        with self.storage.reading() as reader:
            # A log that was resumed may have had another key at that size.
            signers = reader.kept.signers()
            likely = self.signer(reader, size)
        keys = [VerifierKey.parse(one.verifier) for one in signers]
        ids = {(one.name, one.id) for one in parsed.signatures}
        return next((one for one in keys if (one.name, one.id) in ids), likely)

    def request(self, since: int) -> bytes:
        """Return the last checkpoint, with the proof that it continues an earlier one.

        Args:
            since: Size of the earlier tree; 0 for a witness that saw none.

        Returns:
            What a witness is sent (C2SP tlog-witness, `add-checkpoint`).

        Raises:
            InvalidValueError: The checkpoint is of a smaller tree.
            VerificationError: None was signed.
        """
        with self.storage.reading() as reader:
            last = latest_checkpoint(reader)
            proof: tuple[bytes, ...] = ()
            if since:
                proof = prove_consistency(since, last.head.size, reader.hashes)
        return format_consistency(since, proof, last.note)

    def checkpoints(self) -> list[Checkpoint]:
        """Return every checkpoint that was signed, with what others signed of it.

        Raises:
            VerificationError: One of them is damaged.
            SignatureError: One of them is not signed by the log's key.
        """
        with self.storage.reading() as reader:
            sizes = [one.size for one in reader.kept.checkpoints()]
            return [kept_checkpoint(reader, size) for size in sizes]

    def keep_cosignatures(
        self, note: bytes, witnesses: Iterable[str | VerifierKey]
    ) -> tuple[Signed, ...]:
        """Keep what witnesses signed of a checkpoint of ours: of each the first.

        Args:
            note: The checkpoint with their signatures, as they gave it back.
            witnesses: Their keys, each got by a way that you trust.

        Returns:
            Which of them cosigned it, and when.

        Raises:
            FormatError: The note is no checkpoint, or a key is none.
            SignatureError: It is not signed by this log, or a witness's signature is
                wrong.
            InvalidValueError: They are more than a checkpoint may have; none was kept.
            VerificationError: The log has signed no such checkpoint.
        """
        head = parse_tree_head(parse_note(note).text)
        known = tuple(map(VerifierKey.of, witnesses))
        with self.storage.writing() as writer:
            ours = kept_checkpoint(writer, head.size)
            log = self.signer(writer, head.size)
            theirs = open_checkpoint(note, Policy(log, witnesses=known))
            if theirs.head != ours.head:
                words = f"another checkpoint of size {head.size} was signed"
                raise VerificationError((words,))
            return cosignatures.keep(writer, ours, theirs, log)

    def adopt_key(self) -> str:
        """Draw a key for a log that has none, and return its verifier key.

        Raises:
            SigningKeyError: The log has a key.
            RolledBackError: It is not what was seen of it.
        """
        origin = self.storage.origin
        with self.storage.writing() as writer:
            self.require_onward(writer)
            signers = writer.kept.signers()
            if signers:
                verifier = signers[-1].verifier
                reason = f"it has a key, {verifier}: none is drawn beside it"
                raise SigningKeyError(origin, verifier, reason)
            key = self.custody.draw(origin)
            writer.kept.add_signer(writer.size, str(key.verifier))
        return str(key.verifier)

    def adopt_file(self, text: str) -> str:
        """Keep a private key of this log that was brought here.

        Args:
            text: The private key's text, as its file has it.

        Returns:
            Its verifier key.

        Raises:
            FormatError: It is no private key.
            SigningKeyError: It is not one that the log is signed with.
        """
        key = SigningKey.parse(text.strip())
        with self.storage.reading() as reader:
            known = {one.verifier for one in reader.kept.signers()}
        if str(key.verifier) not in known:
            reason = f"the key that was given, {key.verifier}, is none of this log"
            raise SigningKeyError(self.storage.origin, str(key.verifier), reason)
        self.custody.keys.keep(key)
        return str(key.verifier)

    def go_on(self, key: SigningKey) -> Checkpoint:
        """Sign with a new key, and take the log as it is for what is seen of it."""
        with self.storage.writing() as writer:
            root = writer.frontier.root()
            head = TreeHead(self.storage.origin, writer.size, root=root)
            self.custody.witness.replace(key.verifier, head)
            return self._sign(writer)

    def signer(self, log: Reader | Writer, size: int) -> VerifierKey:
        """Return the key that signs a log of that size.

        Raises:
            SigningKeyError: It has none.
        """
        signer = log.kept.signer_of(size)
        if signer is None:
            reason = "it has no key to sign with: `embargo-monitor key adopt` draws one"
            raise SigningKeyError(self.storage.origin, "", reason)
        return VerifierKey.parse(signer.verifier)

    def _key(self, log: Reader | Writer) -> SigningKey:
        verifier = self.signer(log, log.size)
        key = self.custody.keys.find(verifier)
        if key is None:
            reason = (
                f"nothing was signed: the private half of its key {verifier} is not"
                " here. Bring its file (`embargo-monitor key adopt --file`); or, if it"
                " is lost for good, go on with another (`embargo-monitor resume`)"
            )
            raise SigningKeyError(self.storage.origin, str(verifier), reason)
        return key


def own_checkpoint(log: Reader | Writer, size: int) -> Checkpoint:
    """Return the checkpoint of that size as the log alone signed it.

    Raises:
        VerificationError: None is kept, or its row is damaged.
        SignatureError: It is not signed by the log's key.
    """
    kept, signer = log.kept.checkpoint(size), log.kept.signer_of(size)
    if kept is None or signer is None:
        raise VerificationError((f"no checkpoint of size {size} is kept",))
    return open_checkpoint(kept.note, Policy(VerifierKey.parse(signer.verifier)))


def kept_checkpoint(log: Reader | Writer, size: int) -> Checkpoint:
    """Return the checkpoint of that size, with what others signed of it.

    Raises:
        VerificationError: None is kept, or what is kept is damaged.
        SignatureError: It is not signed by the log's key.
    """
    own = own_checkpoint(log, size)
    return evolve(own, note=cosignatures.noted(log, size, own.note))


def latest_checkpoint(log: Reader | Writer) -> Checkpoint:
    """Return the last checkpoint that was signed.

    Raises:
        VerificationError: None was, or it is damaged.
        SignatureError: It is not signed by the log's key.
    """
    latest = log.kept.latest()
    if latest is None:
        words = "no checkpoint was signed yet: `embargo-monitor checkpoint` signs one"
        raise VerificationError((words,))
    return kept_checkpoint(log, latest.size)


def require_grown(log: Reader | Writer) -> None:
    """Hash again what is new since the last checkpoint; the head must come of it.

    Raises:
        VerificationError: It does not: verify the log.
        SignatureError: The last checkpoint is not signed by the log's key.
    """
    last, frontier = log.kept.latest(), EMPTY
    if last is not None:
        signed = own_checkpoint(log, last.size).head
        frontier = frontier_at(signed.size, log.hashes)
        if frontier.root() != signed.root:
            words = f"the first {signed.size} entries do not give the root signed last"
            raise VerificationError((words,))
    for stored in log.entries(frontier.size):
        leaf = hash_leaf(stored.body)
        if leaf != stored.leaf:
            words = f"entry {stored.position}: its bytes are not those appended"
            raise VerificationError((words,))
        frontier = frontier.appended(leaf)
    if frontier != log.frontier:
        raise VerificationError(("the head does not fit the entries",))
