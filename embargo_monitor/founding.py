"""Making a new log: its name, its key, and its file."""

import os

from embargo_monitor.clock import Clock, require_utc
from embargo_monitor.errors import LogExistsError
from embargo_monitor.log.custody import Custody
from embargo_monitor.log.origin import draw_origin, require_origin
from embargo_monitor.log.storage import Storage


def found(
    path: str | os.PathLike[str], origin: str, clock: Clock, custody: Custody
) -> Storage:
    """Make a log in a new SQLite file, and draw the key that signs it.

    Nothing is drawn or made where the name, the clock or the place is refused.

    Raises:
        InvalidValueError: The name cannot stand in a checkpoint, or the instant is
            none in whole seconds of UTC.
        LogExistsError: There is something already.
        NotStoredError: The disk refused; the text says why.
    """
    name = origin or draw_origin()
    require_origin(name)
    created = require_utc(clock()).strftime("%Y-%m-%dT%H:%M:%SZ")
    if os.path.lexists(path):
        raise LogExistsError(str(path))
    custody.warn_beside(path)
    verifier = str(custody.draw(name).verifier)
    return Storage.create(path, name, created, verifier=verifier)
