"""Commands that print a JSON Schema, for editors and for programs: schema."""

import click

from embargo_monitor.encoding import KIND_VERSIONS
from embargo_monitor.schemas import schema_file


@click.group()
def schema() -> None:
    """Print a JSON Schema: of the authoring form, or of a kind of record."""


@schema.command()
def authoring() -> None:
    """Print the schema of an authoring file, by which an editor completes one."""
    _print("authoring", "report")


@schema.command()
@click.argument("kind", type=click.Choice(list(KIND_VERSIONS)))
def record(kind: str) -> None:
    """Print the schema of an entry that holds a record of KIND."""
    _print("record", kind)


def _print(of: str, kind: str) -> None:
    click.echo(schema_file(of, kind).read_text("utf-8"), nl=False)
