"""From what an analyst writes to a report: the library fills in, a person confirms.

It fills in positions of quotes, digests, computed dates and ids, and tells each one.
It never guesses: words that do not stand in the exhibit just once, a rule without
an anchor, a name that is not known are refused, all of them at once.
"""

from embargo_monitor.authoring.compiling import author, author_file
from embargo_monitor.authoring.exhibits import Attached
from embargo_monitor.authoring.faults import Filled
from embargo_monitor.authoring.given import Amended, Authored, Given, taken_apart
from embargo_monitor.authoring.reading import read_written

__all__ = [
    "Amended",
    "Attached",
    "Authored",
    "Filled",
    "Given",
    "author",
    "author_file",
    "read_written",
    "taken_apart",
]
