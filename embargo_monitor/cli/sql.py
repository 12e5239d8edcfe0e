"""`sql`: a statement that reads the tables of the index."""

import sys
from typing import Any

import click

from embargo_monitor.cli.asof import at_option, view_at
from embargo_monitor.cli.options import (
    json_option,
    log_option,
    print_json,
    print_lines,
    read_log,
    width,
)
from embargo_monitor.cli.progress import progress_bar
from embargo_monitor.query.statements import ROWS, SECONDS, ask
from embargo_monitor.query.tables import TABLES
from embargo_monitor.show.answers import (
    answer_lines,
    csv_of_answer,
    plain_rows,
    table_lines,
)


@click.command()
@click.argument("statement", metavar="STATEMENT", default="")
@click.option("--tables", is_flag=True, help="Say which tables and columns there are.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, without formulas.")
@click.option("--limit", default=ROWS, show_default=True, help="At most so many rows.")
@click.option(
    "--seconds", default=SECONDS, show_default=True, help="At most so many seconds."
)
@at_option
@log_option
@json_option
def sql(statement: str, log_path: str, as_json: bool, **given: Any) -> None:
    """Ask the tables of the index: one SELECT of SQLite, or `-` for standard input.

    Nothing but reading is let through. In STATEMENT `:at` is the size of the log, or
    what --at says: rows stand as of it where entry < :at AND (superseded_at IS NULL
    OR superseded_at >= :at).
    """
    if given["tables"]:
        print_lines(table_lines(TABLES, width()))
        return
    if as_json and given["as_csv"]:
        raise click.UsageError("--json or --csv, not both")
    if not statement:
        raise click.UsageError("give a STATEMENT, or --tables to see what there is")
    words = sys.stdin.read() if statement == "-" else statement
    with read_log(log_path) as log:
        with progress_bar("index") as advance:
            index = log.tables(advance)
        at = view_at(log, given["at"], None).size
    limit, seconds = given["limit"], given["seconds"]
    answered = ask(index, words, {"at": at}, limit=limit, seconds=seconds)
    if answered.is_cut and (as_json or given["as_csv"]):
        click.echo(f"there are more than {limit:,} rows: see --limit", err=True)
    if as_json:
        for row in plain_rows(answered):
            print_json(row)
    elif given["as_csv"]:
        print_lines(csv_of_answer(answered))
    else:
        print_lines(answer_lines(answered, width()))
