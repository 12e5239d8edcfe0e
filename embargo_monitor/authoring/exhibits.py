"""The exhibits of an authoring file: read from its folder, bound by digest."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from attrs import field, frozen

from embargo_monitor.authoring.faults import Findings
from embargo_monitor.authoring.form import WrittenExhibit, WrittenReport
from embargo_monitor.authoring.tables import choose
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


def read_exhibits(
    form: WrittenReport, read: Read, findings: Findings
) -> tuple[dict[str, Attached], tuple[Exhibit, ...]]:
    """Read the exhibits; their bytes by digest, and what the report says of them."""
    attached, exhibits = {}, []
    for local, written in form.document.exhibits.items():
        with findings.at(f"$.document.exhibits.{local}"):
            one = _attached(written, read)
            exhibit = _exhibit(local, written, one, form.document.language)
            attached[exhibit.digest] = one
            exhibits.append(exhibit)
            findings.fill(
                f"document.exhibits.{local}",
                f"{exhibit.digest}, {exhibit.size:,} bytes",
            )
    return attached, tuple(exhibits)


def _attached(written: WrittenExhibit, read: Read) -> Attached:
    data = read(written.file)
    if written.media_type.startswith("text/"):
        require_utf8(data)
    found = hashlib.sha256(data).hexdigest()
    if written.sha256 not in ("", found):
        wanted = f"that of the file, {found}"
        raise InvalidValueError("sha256", written.sha256, wanted)
    public = written.handling == Handling.PUBLIC.value
    if public == bool(written.salt):
        wanted = "a file of 32 random bytes above public, and only there"
        raise InvalidValueError("salt", written.salt, wanted)
    return Attached(data, read(written.salt) if written.salt else b"")


def require_utf8(data: bytes) -> None:
    """Refuse a text exhibit that is not UTF-8.

    Raises:
        InvalidValueError: Store it under its own media type, and its text, extracted
            as UTF-8, as an exhibit of its own with the first as parent.
    """
    try:
        data.decode()
    except UnicodeDecodeError as error:
        wanted = f"UTF-8 text, which it is not at byte {error.start}"
        raise InvalidValueError("file", data[error.start : error.end], wanted) from None


def files_in(folder: Path) -> Read:
    """Return what reads files in *folder*, and refuses those outside of it.

    An authoring file may come from somebody else; it must not be able to bind, and
    copy, what lies elsewhere on this machine.
    """
    home = folder.resolve()

    def read(name: str) -> bytes:
        path = (home / name).resolve()
        if not path.is_relative_to(home):
            raise InvalidValueError("file", name, "in the authoring file's folder")
        return path.read_bytes()

    return read


def _exhibit(
    local: str, written: WrittenExhibit, attached: Attached, language: str
) -> Exhibit:
    data, salt = attached.data, attached.salt
    return Exhibit(
        local,
        salted_digest_of(data, salt) if salt else digest_of(data),
        media_type=written.media_type,
        size=len(data),
        language=written.language or language,
        handling=choose(Handling, written.handling, "handling"),
        parent=written.parent,
        title=written.title,
    )


def texts_of(
    exhibits: tuple[Exhibit, ...], attached: Mapping[str, Attached]
) -> dict[str, str]:
    """Return the texts among the exhibits, by local id."""
    return {
        exhibit.id: attached[exhibit.digest].data.decode()
        for exhibit in exhibits
        if exhibit.media_type.startswith("text/")
    }
