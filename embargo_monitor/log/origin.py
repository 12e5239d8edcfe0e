"""A log's origin: its name for ever, the first line of its checkpoints."""

import re
import secrets
from base64 import b32encode

from embargo_monitor.errors import InvalidValueError


def draw_origin() -> str:
    """Draw a name for a log: nobody else will have the same."""
    drawn = b32encode(secrets.token_bytes(10)).decode().lower()
    return f"embargo-monitor.invalid/{drawn}"


def require_origin(name: str) -> None:
    """Refuse a name that could not stand in a checkpoint for ever.

    Raises:
        InvalidValueError: It is not 1 to 255 visible ASCII characters, without `+`
            (C2SP signed-note: a key's name has no space and no plus).
    """
    if re.fullmatch(r"[!-*,-~]{1,255}", name) is None:
        wanted = "1 to 255 visible ASCII characters without space and plus"
        raise InvalidValueError("origin", name, wanted)
