"""`timeline`: what is told to have happened when, or was published when."""

from typing import Any, cast

import click

from embargo_monitor.cli.asking import Listed, filter_options
from embargo_monitor.cli.asof import at_option, published_option, view_at
from embargo_monitor.cli.options import (
    json_option,
    log_option,
    print_json,
    print_lines,
    read_log,
    register_option,
    width,
)
from embargo_monitor.model.views import Told, takings_back
from embargo_monitor.query.timeline import happened, published
from embargo_monitor.query.view import View
from embargo_monitor.show.timeline import (
    Shown,
    plain_points,
    timeline_csv,
    timeline_lines,
)


@click.command()
@click.argument("event", metavar="[REPORT-ID#EVENT-ID]", default="")
@click.option("--by-publication", is_flag=True, help="Order by when it was published.")
@filter_options
@at_option
@published_option
@register_option
@log_option
@json_option
def timeline(event: str, log_path: str, by_publication: bool, **given: Any) -> None:
    """Show in the order of time what claims tell: of one event, or of all that match.

    With an event, of all that links of ours join with it. On it stand the steps, dated
    or not, and whatever else carries a date. Nothing is moved to a day that nobody
    gives.
    """
    at, until = given.pop("at"), given.pop("published_until")
    listed = Listed.of(given)
    if listed.sort != "log" or listed.explain:
        raise click.UsageError("--sort and --explain go with `claims`")
    with read_log(log_path) as opened:
        view = view_at(opened, at, until)
        told = _told(view, event, listed)
        part = view.part(*dict.fromkeys(one.report.id for one in told))
        beside = takings_back(part.standing.reports.values())
    order = published if by_publication else happened
    shown = Shown(order(told)[: listed.limit], beside)
    if listed.as_json:
        for plain in plain_points(shown):
            print_json(plain)
    elif listed.as_csv:
        print_lines(timeline_csv(shown))
    elif shown.points:
        print_lines(timeline_lines(shown, width()))
    else:
        click.echo("no claim of a step, or with a date, matches", err=True)


def _told(view: View, event: str, listed: Listed) -> tuple[Told, ...]:
    """Return the claims that match, of an event and what is joined with it if given."""
    if not event:
        return _matching(view, listed)
    cluster = view.cluster(event)
    if not listed.filters.given:
        return cluster.told
    ids = frozenset(one.id for one in cluster.told)
    return tuple(one for one in _matching(view, listed) if one.id in ids)


def _matching(view: View, listed: Listed) -> tuple[Told, ...]:
    found = listed.matching(view.each_claim(listed.filters, listed.register))
    return tuple(cast("Told", one.claim) for one in found)
