"""Identifiers that tie actors, sources, documents and places to the world.

Equal identifiers mean the same thing. Equal spelling means MAYBE, and merges
nothing: that is said by a `records.Link`, with its reasons.
"""

import enum
import re
from typing import Any

from attrs import field, frozen

from embargo_monitor.errors import InvalidValueError


class Scheme(enum.Enum):
    """Who gives the identifier out."""

    ISO_3166 = "iso-3166"
    IMO = "imo"
    MMSI = "mmsi"
    TAIL = "tail"
    SERIAL = "serial"
    DOMAIN = "domain"
    URL = "url"
    UN_SYMBOL = "un-symbol"
    WIKIDATA = "wikidata"
    GAZETTEER = "gazetteer"
    SIPRI = "sipri"


SHAPES = {
    Scheme.ISO_3166: (r"[A-Z]{2}|[A-Z]{4}", "an ISO 3166 code: PK, or SUHH"),
    Scheme.IMO: (r"[0-9]{7}", "the seven digits of an IMO number"),
    Scheme.MMSI: (r"[0-9]{9}", "the nine digits of an MMSI"),
    Scheme.TAIL: (r"[A-Z0-9][A-Z0-9-]{1,14}", "an aircraft registration: 9H-VJN"),
    Scheme.SERIAL: (r"[!-~]([ -~]{0,62}[!-~])?", "1 to 64 printable ASCII characters"),
    Scheme.DOMAIN: (r"([a-z0-9-]+\.)+[a-z0-9-]{2,}", "a domain name in lower case"),
    Scheme.URL: (r"https?://[!-~]{1,2000}", "a web address that begins with http"),
    Scheme.UN_SYMBOL: (
        r"[A-Z][ -~]{0,59}[!-~]",
        "a UN document symbol: S/RES/1970 (2011)",
    ),
    Scheme.WIKIDATA: (r"Q[1-9][0-9]{0,9}", "a Wikidata item: Q1016"),
    Scheme.GAZETTEER: (r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", "an id of our gazetteer"),
    Scheme.SIPRI: (r"[!-~]([ -~]{0,62}[!-~])?", "an id or name of SIPRI's registers"),
}


def _imo_is_valid(digits: str) -> bool:
    # IMO resolution A.1117(30): the last digit is the weighted sum of the others.
    total = sum(int(d) * w for d, w in zip(digits, range(7, 1, -1), strict=False))
    return total % 10 == int(digits[-1])


@frozen
class Identifier:
    """One identifier: a scheme and a value of the shape that the scheme gives out.

    Attributes:
        scheme: Who gives it out.
        value: The identifier itself, ASCII.

    Raises:
        InvalidValueError: The value has not the scheme's shape, or an IMO number's
            check digit is wrong. Copy it again from the source.

    >>> print(Identifier.parse("imo:9074729"))
    imo:9074729
    """

    scheme: Scheme
    value: str = field()

    @value.validator
    def _has_the_shape(self, _: Any, value: str) -> None:
        shape, wanted = SHAPES[self.scheme]
        if re.fullmatch(shape, value, re.ASCII) is None:
            raise InvalidValueError(self.scheme.value, value, wanted)
        if self.scheme is Scheme.IMO and not _imo_is_valid(value):
            raise InvalidValueError("imo", value, "a number whose check digit agrees")

    @classmethod
    def parse(cls, text: str) -> "Identifier":
        """Read the text form, `scheme:value`."""
        scheme, colon, value = text.partition(":")
        known = {one.value: one for one in Scheme}
        if not colon or scheme not in known:
            wanted = f"scheme:value, with a scheme of {', '.join(known)}"
            raise InvalidValueError("identifier", text, wanted)
        return cls(known[scheme], value)

    def __str__(self) -> str:
        return f"{self.scheme.value}:{self.value}"
