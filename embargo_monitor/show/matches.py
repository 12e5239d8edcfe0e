"""What matched filters, how certainly and why; in words, JSON and tables."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from embargo_monitor.model.names import UNSEEN
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import Told
from embargo_monitor.query.asked import Because
from embargo_monitor.query.matching import Match
from embargo_monitor.show.claims import voice_line
from embargo_monitor.show.text import WIDTH, labelled, remark, without_isolates
from embargo_monitor.structuring import unstructure

COLUMNS = ("id", "certainty", "kind", "title", "stance", "because")
"""The columns of the table that `csv_lines` writes."""

# Where a semicolon parts cells, as in much of Europe, what follows one begins a cell;
# what nobody sees, or a quotation mark, may stand before the sign. In Japanese a
# spreadsheet takes wide signs, too.
_FORMULA = re.compile(
    rf"(^|;)(?=[\t\r\n]|[\"{UNSEEN}]*[=+\-@\uff1d\uff0b\uff0d\uff20'])"
)
_SHOWN = 4


def certainty_line(match: Match, width: int = WIDTH) -> str:
    """Say whether it certainly matches; where it only may, say what leaves it open."""
    if match.certainty is Truth.YES:
        return labelled("", "matches: certainly", "", width)
    open_ = [
        f"{one.filter} ({_why(one, _SHOWN)})"
        for one in match.because
        if one.certainty is Truth.MAYBE
    ]
    return labelled("", f"matches: possibly; open: {'; '.join(open_)}", "", width)


def because_lines(match: Match, width: int = WIDTH) -> Iterator[str]:
    """Say which claims made it match, filter by filter."""
    for one in match.because:
        why = f"{one.filter}: {one.certainty.value}: {_why(one, len(one.claims))}"
        yield labelled("", why, "", width)


def _why(because: Because, shown: int) -> str:
    if not because.claims:
        return because.text
    ids = [told.id for told in because.claims[:shown]]
    more = len(because.claims) - len(ids)
    return ", ".join([*ids, *([f"{more} more"] if more else [])])


def plain_match(match: Match) -> dict[str, Any]:
    """Return how certainly something matches, and why, as JSON."""
    return {
        "certainty": match.certainty.value,
        "because": [
            {
                "filter": one.filter,
                "certainty": one.certainty.value,
                "claims": [told.id for told in one.claims],
                "text": one.text,
            }
            for one in match.because
        ],
    }


def claim_line(told: Told) -> str:
    """Say in one line which claim it is, and what it is about."""
    return f"{told.id}  ({told.claim.kind}) {remark(_title(told))}"


def plain_claim(told: Told) -> dict[str, Any]:
    """Return a claim as JSON, with its id from outside and on whose word it is."""
    return {
        "id": told.id,
        "kind": told.claim.kind,
        "about": _title(told),
        "voice": without_isolates(voice_line(told)),
        "claim": unstructure(told.claim),
    }


def csv_lines(matches: Iterable[Match]) -> Iterator[str]:
    """Give a table of matches, line by line, the heads of its columns first.

    No cell is a formula to a spreadsheet; see `disarmed`.
    """
    yield csv_row(COLUMNS)
    for one in matches:
        yield csv_row((one.id, one.certainty.value, *_described(one), _reasons(one)))


def _described(match: Match) -> tuple[str, str, str]:
    if match.event is not None:
        return match.event.kind.value, match.event.title, ""
    if match.claim is not None:
        claim = match.claim.claim
        return claim.kind, _title(match.claim), claim.stance.value
    return match.report.kind, match.report.document.titles[0].text, ""


def _title(told: Told) -> str:
    about = told.claim.about
    titles = (one.title for one in told.report.events if one.id == about.id)
    return next(titles, str(about))


def _reasons(match: Match) -> str:
    because = match.because
    return "; ".join(f"{one.filter}: {_why(one, len(one.claims))}" for one in because)


def csv_row(cells: Iterable[str]) -> str:
    """Return one line of CSV, of which no cell is a formula to a spreadsheet."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow([disarmed(cell) for cell in cells])
    return text.getvalue()


def disarmed(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    An apostrophe is put before a cell, and after a semicolon in one, where one of
    = + - @ (wide ones, too), a tab, a line break or an apostrophe follows, if only
    after blanks or quotation marks. To read it back, take one apostrophe away where
    the cell begins and after each semicolon.

    >>> disarmed("=1+1"), disarmed("'tis"), disarmed("arms"), disarmed("a;=1")
    ("'=1+1", "''tis", 'arms', "a;'=1")
    """
    return _FORMULA.sub(r"\1'", cell)
