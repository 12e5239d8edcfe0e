"""The command that suggests what a printed wording of a date may mean: dates."""

from typing import Any

import click

from embargo_monitor.authoring.wordings import Suggestion, suggest
from embargo_monitor.cli.options import json_option, print_json, width
from embargo_monitor.errors import EmbargoMonitorError
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.show.dates import date_line
from embargo_monitor.show.text import isolated, labelled

_UNKNOWN = (
    "This wording is not known. Nothing is guessed of it: choose a rule yourself, or"
    " give the date with a reason."
)
_ONLY = "Suggestions only: which of them the source means, you decide."


@click.command()
@click.argument("wording")
@click.option("--published", metavar="DATE", help="The day that they count from, EDTF.")
@json_option
def dates(wording: str, published: str | None, as_json: bool) -> None:
    """Suggest rules for the words of a date, such as "last week".

    English and Arabic. It only suggests: nothing is logged, nothing is chosen.
    """
    anchor = ImpreciseDate(published) if published else None
    suggestions = suggest(wording)
    if as_json:
        for one in suggestions:
            print_json({**one.written(), "why": one.why, **_meaning(one, anchor)})
        return
    click.echo(isolated(wording))
    for one in suggestions:
        _tell(one, anchor)
    click.echo(_ONLY if suggestions else _UNKNOWN)


def _meaning(one: Suggestion, anchor: ImpreciseDate | None) -> dict[str, Any]:
    """Return the days that it would mean, or why that cannot be told."""
    if anchor is None:
        return {}
    try:
        return {"means": str(one.meaning(anchor))}
    except EmbargoMonitorError as error:
        return {"cannot": str(error)}


def _tell(one: Suggestion, anchor: ImpreciseDate | None) -> None:
    head = f"rule {one.rule}" if one.rule else f"date {one.date}"
    click.echo(f"  {', '.join(filter(None, (head, one.counts_from)))}")
    click.echo(labelled("why", one.why, "    ", width()))
    for name, told in _meaning(one, anchor).items():
        days = date_line(ImpreciseDate(told)) if name == "means" else told
        click.echo(labelled(name, days, "    ", width()))
