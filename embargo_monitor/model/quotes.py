"""The source's exact words: where they stand, and what was made of them.

Entries hold places in exhibits, not their words; exhibits lie beside the log and
are bound by digest. So a text can be handled with care while what it said stays
provable.
"""

import enum
import re
from typing import Any

from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError
from embargo_monitor.model.names import (
    label,
    language_tag,
    one_line,
    optional_label,
    optional_line,
    prose,
    source_prose,
)


class Handling(enum.Enum):
    """Who may see an exhibit, from anybody to hardly anybody.

    What might cost a life never enters the log at all.
    """

    PUBLIC = "public"
    LIMITED = "limited"
    CONFIDENTIAL = "confidential"
    SOURCE_AT_RISK = "source at risk"

    @property
    def strictness(self) -> int:
        """Where it stands in that order; 0 is public."""
        return list(Handling).index(self)

    def is_stricter_than(self, other: "Handling") -> bool:
        """Tell whether it lets fewer see an exhibit.

        >>> Handling.LIMITED.is_stricter_than(Handling.PUBLIC)
        True
        """
        return self.strictness > other.strictness


def exhibit_digest(_: object, attribute: Any, value: str) -> None:
    """Validate an exhibit's digest, with its method before it.

    Raises:
        InvalidValueError: It is none.
    """
    if re.fullmatch(r"(hmac-)?sha256:[0-9a-f]{64}", value) is None:
        wanted = "sha256: or hmac-sha256: and 64 hex digits"
        raise InvalidValueError(attribute.name, value, wanted)


def media_type_name(_: object, attribute: Any, value: str) -> None:
    """Validate a media type, such as text/plain.

    Raises:
        InvalidValueError: It is none.
    """
    if re.fullmatch(r"[a-z]+/[a-z0-9.+-]{1,100}", value) is None:
        raise InvalidValueError(attribute.name, value, "a media type: text/plain")


def counting(_: object, attribute: Any, value: int) -> None:
    """Validate a count: an integer from 0 to 2^53 - 1."""
    if type(value) is not int or not 0 <= value < 2**53:
        raise InvalidValueError(attribute.name, value, "an integer from 0 to 2^53 - 1")


@frozen
class Exhibit:
    """Bytes that a report rests on, bound by digest.

    Attributes:
        id: Local id, such as `text`.
        digest: `sha256:` of the bytes; above public `hmac-sha256:`, keyed with a
            random salt that is kept beside the exhibit, so that nobody can confirm
            a guess of its content.
        media_type: Such as `text/plain` (UTF-8), `application/pdf`.
        size: Bytes.
        language: BCP 47 tag of its text, or empty.
        handling: Who may see it.
        parent: Local id of the exhibit whose extracted text this is, or empty.
        title: What it is, in the logger's words, or empty.

    Raises:
        InvalidValueError: A field is not of its shape, or the digest is not salted
            where the handling asks for it.
    """

    id: str = field(validator=label)
    digest: str = field(validator=exhibit_digest)
    media_type: str = field(kw_only=True, validator=media_type_name)
    size: int = field(kw_only=True, validator=counting)
    language: str = field(default="", kw_only=True, validator=language_tag)
    handling: Handling = field(default=Handling.PUBLIC, kw_only=True)
    parent: str = field(default="", kw_only=True, validator=optional_label)
    title: str = field(default="", kw_only=True, validator=optional_line)

    def __attrs_post_init__(self) -> None:
        public = self.handling is Handling.PUBLIC
        if public != self.digest.startswith("sha256:"):
            wanted = "sha256 for a public exhibit, hmac-sha256 above public"
            raise InvalidValueError("digest", self.digest, wanted)


@frozen
class Quote:
    """A place in an exhibit's text.

    Attributes:
        exhibit: Local id of the exhibit.
        start: First code point, counted from 0.
        end: One past the last code point; greater than *start*.
        page: As printed in the exhibit, or empty; so are the next three.
        paragraph: As printed.
        annex: As printed.
        time_code: In a recording, as shown.

    Raises:
        InvalidValueError: The place is empty or runs backwards.
    """

    exhibit: str = field(validator=label)
    start: int = field(kw_only=True, validator=counting)
    end: int = field(kw_only=True, validator=counting)
    page: str = field(default="", kw_only=True, validator=optional_line)
    paragraph: str = field(default="", kw_only=True, validator=optional_line)
    annex: str = field(default="", kw_only=True, validator=optional_line)
    time_code: str = field(default="", kw_only=True, validator=optional_line)

    def __attrs_post_init__(self) -> None:
        if self.end <= self.start:
            raise InvalidValueError("end", self.end, f"more than start, {self.start}")

    def words(self, text: str) -> str:
        """Read the quoted words from the exhibit's *text*.

        Raises:
            InvalidValueError: The place lies beyond the text: the quote was made
                from another text.

        >>> Quote("text", start=0, end=2).words("صفقة")
        'صف'
        """
        if self.end > len(text):
            raise InvalidValueError("end", self.end, f"at most {len(text)}")
        return text[self.start : self.end]


@frozen
class Wording:
    """The source's words where no exhibit holds them: nobody can check them here.

    Attributes:
        text: The words, as far as we have them.
        language: BCP 47 tag.
    """

    text: str = field(validator=source_prose)
    language: str = field(default="", kw_only=True, validator=language_tag)


class Translator(enum.Enum):
    """Whether a person or a machine made a translation."""

    PERSON = "person"
    MACHINE = "machine"


@frozen
class Translation:
    """What quoted words mean in another language, for a reader; never evidence.

    Attributes:
        text: The translation.
        language: BCP 47 tag of the translation.
        method: Made by a person or by a machine.
        by: Who made it; a label or pseudonym, or the machine's name.
    """

    text: str = field(validator=prose)
    language: str = field(kw_only=True, validator=language_tag)
    method: Translator = field(kw_only=True)
    by: str = field(kw_only=True, validator=one_line)
