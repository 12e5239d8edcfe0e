"""How tables that can be queried are described: for people, and for the database."""

from attrs import frozen


@frozen
class Column:
    """A column of a table.

    Attributes:
        name: Its name.
        type: `TEXT`, `INTEGER` or `REAL`, as SQLite calls them.
        text: What it holds: its unit, and what NULL means where it can be.
        example: A value, as it stands there.
    """

    name: str
    type: str
    text: str
    example: str = ""


@frozen
class Table:
    """A table.

    Attributes:
        name: Its name.
        text: What a row is.
        columns: Its columns, in their order.
    """

    name: str
    text: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns, in their order."""
        return tuple(one.name for one in self.columns)
