"""What the tables answer: as a table where it fits, else row by row; JSON; CSV."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from embargo_monitor.query.columns import Table
from embargo_monitor.query.statements import Answered
from embargo_monitor.show.matches import csv_row
from embargo_monitor.show.text import (
    WIDTH,
    hung,
    isolated,
    labelled,
    number_of,
    without_isolates,
)

_NOTHING = "NULL"
_EXACT = 2**53


def answer_lines(answered: Answered, width: int = WIDTH) -> Iterator[str]:
    """Give an answer: a table if its lines fit, else each row in lines of its own."""
    names = _apart(answered.columns)
    rows = [[_cell(cell) for cell in row] for row in answered.rows]
    widths = [max(map(_wide, column)) for column in zip(names, *rows, strict=True)]
    if sum(widths) + 2 * (len(widths) - 1) <= width:
        yield _line(names, widths)
        yield _line(["-" * one for one in widths], widths)
        yield from (_line(row, widths) for row in rows)
    else:
        column = max(map(_wide, names)) + 2
        for nth, row in enumerate(rows):
            yield from [""] * bool(nth)
            for name, cell in zip(names, row, strict=True):
                yield labelled(name, cell, "", width, column=column)
    more = "; there are more: see --limit" if answered.is_cut else ""
    yield f"({number_of(len(rows), 'row', 'rows')}{more})"


def plain_rows(answered: Answered) -> Iterator[dict[str, Any]]:
    """Give each row as JSON, by the names of its columns.

    Bytes are hex; what doubles do not hold exactly is text.
    """
    names = _apart(answered.columns)
    for row in answered.rows:
        yield dict(zip(names, map(_plain, row), strict=True))


def csv_of_answer(answered: Answered) -> Iterator[str]:
    """Give the answer as CSV; NULL is an empty cell, and no cell is a formula."""
    yield csv_row(_apart(answered.columns))
    for row in answered.rows:
        yield csv_row("" if cell is None else str(_plain(cell)) for cell in row)


def table_lines(tables: Iterable[Table], width: int = WIDTH) -> Iterator[str]:
    """Say what stands in tables, column by column."""
    for nth, table in enumerate(tables):
        yield from [""] * bool(nth)
        yield hung(f"{table.name}: {table.text}", "", "  ", width)
        for one in table.columns:
            example = f", such as {one.example}" if one.example else ""
            told = f"{one.type}: {one.text}{example}"
            yield labelled(one.name, told, width=width, column=18)


def _apart(names: Sequence[str]) -> list[str]:
    """Return names of which none comes twice: the second `id` is `id_2`."""
    found: list[str] = []
    seen: Counter[str] = Counter()
    for name in names:
        clean = without_isolates(isolated(name))
        seen[clean] += 1
        found.append(clean if seen[clean] == 1 else f"{clean}_{seen[clean]}")
    return found


def _cell(value: Any) -> str:
    if value is None:
        return _NOTHING
    return isolated(value.hex() if isinstance(value, bytes) else str(value))


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    return str(value) if isinstance(value, int) and abs(value) > _EXACT else value


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    filled = (
        cell + " " * (width - _wide(cell))
        for cell, width in zip(cells, widths, strict=True)
    )
    return "  ".join(filled).rstrip()


def _wide(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
