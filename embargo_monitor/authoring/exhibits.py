"""The exhibits of an authoring file: their bytes read, bound by digest, checked."""

import hashlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from attrs import field, frozen

from embargo_monitor.authoring.choosing import choose, require_known
from embargo_monitor.authoring.faults import Findings, member
from embargo_monitor.authoring.members import Form
from embargo_monitor.authoring.quoting import Quotable
from embargo_monitor.authoring.written import WrittenDocument, WrittenExhibit
from embargo_monitor.digests import digest_of, salted_digest_of
from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.quotes import Exhibit, Handling

Read = Callable[[str], bytes]
"""Returns the bytes of a file that an authoring file names."""


@frozen
class Attached:
    """The bytes of an exhibit, with the salt that its digest is keyed with.

    Attributes:
        data: The bytes.
        salt: 32 random bytes above public, else empty.
    """

    data: bytes = field(repr=False)
    salt: bytes = field(default=b"", repr=False)

    @property
    def digest(self) -> str:
        """The digest of the bytes, keyed with the salt if there is one."""
        if self.salt:
            return salted_digest_of(self.data, self.salt)
        return digest_of(self.data)


@frozen
class Bound:
    """An exhibit, and the bytes that it is bound to."""

    exhibit: Exhibit
    attached: Attached


def files_in(folder: Path) -> Read:
    """Return what reads files in *folder*, and refuses those outside of it.

    An authoring file may come from somebody else; it must not be able to bind, and
    copy, what lies elsewhere on this machine.
    """
    home = folder.resolve()

    def read(name: str) -> bytes:
        # Links are followed first, or one in the folder could lead out of it.
        path = Path(os.path.realpath(home / name))
        if not path.is_relative_to(home):
            raise InvalidValueError("file", name, "in the authoring file's folder")
        return path.read_bytes()

    return read


def read_exhibits(
    form: Form, read: Read, findings: Findings
) -> dict[str, Bound | None]:
    """Read and bind the exhibits, by id; None for one that has a fault."""
    document = form.document
    if document is None:
        return {}
    bound: dict[str, Bound | None] = {}
    for local in document.exhibits:
        path = member("$.document.exhibits", local)
        bound[local] = None
        with findings.at(path):
            bound[local] = one = _bound(local, document, read, path, findings)
            exhibit = one.exhibit
            findings.fill(
                f"document.exhibits.{local}",
                f"{exhibit.digest}, {exhibit.size:,} bytes",
            )
    return bound


def _bound(
    local: str,
    document: WrittenDocument,
    read: Read,
    path: str,
    findings: Findings,
) -> Bound:
    written = document.exhibits[local]
    data = _bytes_of(written.file, "file", read)
    parts = findings.gather(
        path,
        text=lambda: _require_utf8(written.media_type, data),
        sha256=lambda: _require_sha256(written.sha256, data),
        handling=lambda: choose(Handling, written.handling, "handling"),
        salt=lambda: _salt(written, read),
        parent=lambda: _parent(written.parent, document),
    )
    salt = parts["salt"]
    exhibit = Exhibit(
        local,
        salted_digest_of(data, salt) if written.salt else digest_of(data),
        media_type=written.media_type,
        size=len(data),
        language=written.language or document.language,
        handling=parts["handling"],
        parent=written.parent,
        title=written.title,
    )
    return Bound(exhibit, Attached(data, salt))


def _require_utf8(media_type: str, data: bytes) -> None:
    if media_type.startswith("text/"):
        try:
            data.decode()
        except UnicodeDecodeError as error:
            wanted = f"UTF-8 text, which it is not at byte {error.start}"
            found = data[error.start : error.end]
            raise InvalidValueError("file", found, wanted) from None


def _require_sha256(wanted: str, data: bytes) -> None:
    found = hashlib.sha256(data).hexdigest()
    if wanted not in ("", found):
        raise InvalidValueError("sha256", wanted, f"that of the file, {found}")


def _salt(written: WrittenExhibit, read: Read) -> bytes:
    public = choose(Handling, written.handling, "handling") is Handling.PUBLIC
    if public == bool(written.salt):
        wanted = "a file of 32 random bytes above public, and only there"
        raise InvalidValueError("salt", written.salt, wanted)
    return _bytes_of(written.salt, "salt", read) if written.salt else b""


def _bytes_of(name: str, field: str, read: Read) -> bytes:
    try:
        return read(name)
    except FileNotFoundError:
        wanted = "a file that is there, in the authoring file's folder or below"
    except OSError as error:
        wanted = f"a file that can be read ({error.strerror})"
    raise InvalidValueError(field, name, wanted)


def _parent(parent: str, document: WrittenDocument) -> str:
    return require_known("exhibit", parent, document.exhibits) if parent else ""


def texts_of(form: Form, bound: Mapping[str, Bound | None]) -> Quotable:
    """Return the texts in which words are looked up."""
    by_id = {
        id_: one.attached.data.decode() if one else None
        for id_, one in bound.items()
        if one is None or one.exhibit.media_type.startswith("text/")
    }
    return Quotable(by_id, complete=form.document is not None)
