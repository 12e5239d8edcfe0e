"""Everything this library refuses, as one tree.

```
EmbargoMonitorError
├── InvalidValueError (also ValueError)  a value cannot be what it claims to be
├── UnknownNameError  (also LookupError) a name that the gazetteer or a report lacks
├── EncodingError                        bytes or JSON that are no record of ours
│   ├── CanonicalError                   ... not even canonical JSON
│   └── NewerVersionError                ... written by a newer version of this library
├── AuthoringError                       what an analyst wrote cannot be logged
├── RegisterError                        a file of the register of embargoes is broken
├── FormatError                          a note, proof, tile or key in no known format
├── SignatureError                       a note is not signed as it must be
├── ProofError                           a proof does not show what it should
└── LogError                             the log refuses or cannot answer
    ├── LogExistsError                   create never overwrites
    ├── LogMissingError                  open never creates
    ├── NotALogError                     a file, but no log of ours
    ├── ConflictError                    this id is taken, with other content
    ├── ReferringError                   what a record refers to is not there, or not so
    ├── EntryTooLargeError               more than 65,535 bytes
    ├── ExhibitError                     an exhibit is missing or is not what was bound
    ├── SigningKeyError                  no key to sign with
    ├── RolledBackError                  the log is not what was seen of it before
    ├── KeyChangedError                  another key signs it than was seen, unasked
    ├── NotStoredError                   the disk or database failed: nothing was added
    ├── KeyFileError                     a private key cannot be used as it lies there
    ├── WitnessError                     what was seen of a log forbids this tree head
    ├── ExportError                      a folder cannot take this log's files
    └── VerificationError                the log does not hold what it should
```

Errors are built from values, and keep them: what was asked, what came, and where
(file, JSON path). Their text shows foreign input escaped and cut, never raw.
"""

from collections.abc import Sequence
from typing import Any, Self

from embargo_monitor import escaping

# Whoever builds an error from a foreign value shows it so.
quoted, escaped, in_ascii = escaping.quoted, escaping.escaped, escaping.in_ascii


class EmbargoMonitorError(Exception):
    """The root of the tree: catch it to catch all that this library raises."""


class InvalidValueError(EmbargoMonitorError, ValueError):
    """A value cannot be what it claims to be.

    Attributes:
        field: The field's name, as in the type and in the JSON.
        value: What came.
        wanted: What it must be, in words.
        path: Where it stood: JSON path from `$`, or empty when built in Python.
    """

    def __init__(
        self, field: str, value: object, wanted: str, *, path: str = ""
    ) -> None:
        self.field = field
        self.value = value
        self.wanted = wanted
        self.path = path
        where = f"{path}: " if path else ""
        must = escaped(wanted)  # it can list ids that somebody else chose
        super().__init__(f"{where}{field} must be {must}, got {quoted(value)}")


class UnknownNameError(EmbargoMonitorError, LookupError):
    """A name that is not known, with the known names nearest to it."""

    def __init__(self, what: str, name: str, near: Sequence[str] = ()) -> None:
        self.what = what
        self.name = name
        self.near = tuple(near)
        hint = f"; near: {escaped(', '.join(near))}" if near else ""
        super().__init__(f"unknown {what} {quoted(name)}{hint}")


class EncodingError(EmbargoMonitorError):
    """Bytes or a JSON value that are no record of ours.

    Attributes:
        faults: Every fault found, each with its JSON path.
    """

    def __init__(self, *faults: str) -> None:
        self.faults = faults
        super().__init__("; ".join(faults))


class CanonicalError(EncodingError):
    """Bytes that are no canonical JSON (RFC 8785, without floats)."""

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}")


class NewerVersionError(EncodingError):
    """A record that only a newer version of this library can read: upgrade it."""

    def __init__(self, kind: str, version: object, *, file: str = "") -> None:
        self.kind = kind
        self.version = version
        self.file = file
        where = f"{file}: " if file else ""
        told = f"kind {quoted(kind)} in version {quoted(version)} needs a newer version"
        super().__init__(f"{where}$: {told} of embargo_monitor")

    def in_file(self, file: str) -> Self:
        """Return the same error, told of *file*."""
        return type(self)(self.kind, self.version, file=file)


class AuthoringError(EmbargoMonitorError):
    """What an analyst wrote cannot be logged; nothing was added.

    Attributes:
        file: The authoring file, or empty when it came from Python.
        faults: Every fault found, each with its JSON path.
    """

    def __init__(self, *faults: str, file: str = "") -> None:
        self.file = file
        self.faults = faults
        where = f"{file}: " if file else ""
        super().__init__("\n".join(where + fault for fault in faults))


class RegisterError(EmbargoMonitorError):
    """A file of the register is broken, or does not fit the others: correct it there.

    Attributes:
        faults: Every fault found: the file, then the table and key, or the line.
    """

    def __init__(self, *faults: str) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


class FormatError(EmbargoMonitorError):
    """Bytes or text in another format than they should be: nothing of it was trusted.

    Attributes:
        what: What should have been read, such as "checkpoint", or the file.
        reason: What is wrong with it.
        line: The line of it, from 1; None when it is about no line.
    """

    def __init__(self, what: str, reason: str, *, line: int | None = None) -> None:
        self.what = what
        self.reason = reason
        self.line = line
        where = what if line is None else f"{what}, line {line}"
        super().__init__(f"{where}: {reason}")


class SignatureError(EmbargoMonitorError):
    """A note is not signed as it must be: believe nothing of it; compare the key."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(in_ascii(f"{quoted(name)}: {reason}"))


class ProofError(EmbargoMonitorError):
    """A proof is damaged, of another tree, or what it should prove is not so.

    Attributes:
        what: What should be proved: "inclusion" or "consistency".
        reason: Why it is not.
    """

    def __init__(self, what: str, reason: str) -> None:
        self.what = what
        self.reason = reason
        super().__init__(f"{what} is not proved: {reason}")


class LogError(EmbargoMonitorError):
    """The log refuses, or cannot answer.

    Attributes:
        receipts: Receipts of what the same call appended before it was refused.
    """

    receipts: tuple[Any, ...] = ()


class LogExistsError(LogError):
    """A log is never overwritten: open it, or create another elsewhere."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"{path} exists already; a log is never overwritten")


class LogMissingError(LogError):
    """There is no log at that place: check the path, or create one."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"there is no log at {path}; `embargo-monitor init` makes one")


class NotALogError(LogError):
    """A file that is no log of ours, or one of a version we cannot open."""

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path} is no log that this version can open: {reason}")


class ConflictError(LogError):
    """The id is taken by an entry with other content: log a correction instead.

    Attributes:
        index: Where the entry that holds the id stands.
    """

    def __init__(self, kind: str, id: str, index: int) -> None:
        self.kind = kind
        self.id = id
        self.index = index
        way = "log a correction of it, or " if kind == "report" else ""
        super().__init__(
            f"{kind} {quoted(id)} is entry {index} already, with other content; nothing"
            f" in the log is ever changed: {way}choose another id"
        )


class ReferringError(LogError):
    """A later record refers to what is not in the log, or does not fit it.

    Nothing of it was added. Check the id (`log`, `show`), or what was corrected,
    assessed or withdrawn since.
    """

    def __init__(self, kind: str, id: str, reason: str) -> None:
        self.kind = kind
        self.id = id
        self.reason = reason
        super().__init__(f"{kind} {quoted(id)}: {reason}")


class EntryTooLargeError(LogError):
    """An entry over the limit: split the report, several may cite one document.

    Attributes:
        size: Bytes of the whole entry.
        limit: Bytes that an entry may have (C2SP tlog-tiles: 65,535).
        parts: Bytes of each part of the body, largest first.
    """

    def __init__(self, size: int, limit: int, parts: Sequence[tuple[str, int]]) -> None:
        self.size = size
        self.limit = limit
        self.parts = tuple(parts)
        shown = ", ".join(f"{name} {bytes_:,}" for name, bytes_ in parts)
        super().__init__(
            f"an entry must be at most {limit:,} bytes, got {size:,} ({shown}); split"
            " the report where its largest part divides: several may cite one document"
        )


class ExhibitError(LogError):
    """An exhibit is missing, or its bytes are not those that were bound."""

    def __init__(self, digest: str, reason: str) -> None:
        self.digest = digest
        self.reason = reason
        super().__init__(f"exhibit {digest}: {reason}")


class NotStoredError(LogError):
    """The disk or the database failed. Nothing was added; nothing was lost.

    Free space or mend the disk, then repeat: what is in the log already is not
    added twice.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"nothing was added: {reason}")


class KeyFileError(LogError):
    """A private key cannot be used as it lies there; the text says what to do."""

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}")


class WitnessError(LogError):
    """What was seen of a log before forbids to go on with this tree head."""

    def __init__(self, origin: str, reason: str) -> None:
        self.origin = origin
        self.reason = reason
        super().__init__(in_ascii(f"{quoted(origin)}: {reason}"))


class ExportError(LogError):
    """A folder cannot take a log's files; what was published there still stands."""

    def __init__(self, folder: str, reason: str) -> None:
        self.folder = folder
        self.reason = reason
        super().__init__(f"{folder}: {reason}")


class SigningKeyError(LogError):
    """The key that signs the log is missing, or another; the text says what to do.

    Attributes:
        origin: The log's name.
        verifier: The verifier key that it is about; empty where the log has none.
    """

    def __init__(self, origin: str, verifier: str, reason: str) -> None:
        self.origin = origin
        self.verifier = verifier
        self.reason = reason
        super().__init__(in_ascii(f"{origin}: {reason}"))


class RolledBackError(LogError):
    """The log is not what was seen of it before: nothing is added to it.

    It can be read. Put the newer log back; or, where that is lost for good, go on with
    `EventLog.resume`, which is logged for ever.

    Attributes:
        origin: The log's name.
        seen_size: How many entries it had.
        seen_root: The root that they gave.
        size: How many entries it has.
    """

    def __init__(
        self, origin: str, seen_size: int, seen_root: bytes, size: int, what: str
    ) -> None:
        self.origin = origin
        self.seen_size = seen_size
        self.seen_root = seen_root
        self.size = size
        self.what = what
        super().__init__(
            f"{in_ascii(origin)} is not what was seen of it: {seen_size:,} entries with"
            f" the root {seen_root.hex()}. {what} Nothing is added. Put the newer log"
            " back; if it is lost, `embargo-monitor resume` goes on, and logs that"
        )


class KeyChangedError(LogError):
    """Another key signs the log than was seen here, and nobody accepted it.

    Nothing is added: whoever can write to the file can announce a key of their own. Ask
    the log's owner, by a way that you trust, for the key that signs now, and accept it
    (`EventLog.accept_key`). If this is not theirs, they go on with `EventLog.resume`.

    Attributes:
        origin: The log's name.
        seen: The verifier key that signed what was seen.
        current: The one that signs now, from the size *since* on.
    """

    def __init__(self, origin: str, *, seen: str, current: str, since: int) -> None:
        self.origin, self.seen, self.current, self.since = origin, seen, current, since
        told = (
            f"{origin}: another key signs it since size {since:,}, {current}; what was"
            f" seen here was signed by {seen}. Nothing is added. Ask its owner for the"
            " key that signs now, by a way that you trust: `embargo-monitor key accept"
            " VKEY`"
        )
        super().__init__(in_ascii(told))


class VerificationError(LogError):
    """The log does not hold what it should.

    Attributes:
        problems: Every problem found, in the order of the entries: `Problem` values
            with place and kind where all of a log was verified, else words.
    """

    def __init__(self, problems: Sequence[object]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
