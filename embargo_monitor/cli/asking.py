"""Commands that ask: events and claims, with filters."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

import click
from attrs import frozen

from embargo_monitor.cli.asof import at_option, published_option, view_at
from embargo_monitor.cli.options import (
    json_option,
    log_option,
    print_json,
    print_lines,
    read_log,
    register_in,
    register_option,
    width,
)
from embargo_monitor.model.events import Event
from embargo_monitor.model.goods import Nature
from embargo_monitor.model.grades import Credibility, Reliability
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import Told, takings_back
from embargo_monitor.query import matching
from embargo_monitor.query.filters import Filters
from embargo_monitor.query.matching import Match
from embargo_monitor.query.view import View
from embargo_monitor.regimes import Register
from embargo_monitor.show.claims import ClaimPrinter
from embargo_monitor.show.later import link_lines
from embargo_monitor.show.listing import no_events_line, summary_line
from embargo_monitor.show.matches import (
    because_lines,
    certainty_line,
    claim_line,
    csv_lines,
    plain_claim,
    plain_match,
)
from embargo_monitor.show.plain import plain_links, plain_summary
from embargo_monitor.show.summary import summarise

_NAMED = (
    ("--supplier", "NAME", "Who supplies: a name in any script, an id or a code."),
    ("--recipient", "NAME", "Who receives."),
    ("--party", "NAME", "Who has any role."),
    ("--actor", "NAME", "Whom a claim names in any way."),
    ("--destination", "COUNTRY", "The country that goods are bound for."),
    ("--category", "LIST:CODE", "Where a list places the goods: sipri:missiles."),
    ("--happened", "DATE", "When a stage was reached, EDTF: 2025-12, 2025-07/.."),
    ("--said", "DATE", "When the first speaker said so."),
    ("--published", "DATE", "When the document was published."),
    ("--recorded", "DATE", "When the report was recorded, UTC."),
    ("--value", "AMOUNT", "A figure: 'at least 1 billion USD'."),
    ("--source", "NAME", "Who tells, anywhere in the voice."),
    ("--origin", "NAME", "With whom the voice begins."),
    ("--regime", "ID", "The embargo that a claim names."),
    ("--relevance", "ID", "The embargo that bears on the event, or may."),
    ("--language", "TAG", "Of the document or the words: ar."),
    ("--text", "TEXT", "Letters that stand in words, names or titles."),
    ("--not-assessed-by", "NAME", "The analyst who has not judged the claim."),
)
_CHOSEN = (
    ("--nature", Nature, False, "What sort of goods."),
    ("--stage", Stage, False, "A stage that was told, exactly."),
    ("--stage-at-least", Stage, False, "How far it got, at least."),
    ("--reliability", Reliability, True, "Of the first speaker; may be repeated."),
    ("--credibility", Credibility, True, "Of the claim; may be repeated."),
)


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command an option for each filter, and those on how matches are listed."""
    options = [
        *(click.option(name, metavar=of, help=text) for name, of, text in _NAMED),
        *(
            click.option(
                name,
                type=click.Choice([one.value for one in kind]),
                multiple=several,
                help=text,
            )
            for name, kind, several, text in _CHOSEN
        ),
        click.option(
            "--disputed/--undisputed",
            default=None,
            help="Whether claims about the event cannot all hold.",
        ),
        click.option("--certain", is_flag=True, help="Leave out what only may match."),
        click.option(
            "--sort",
            type=click.Choice(matching.SORTS),
            default="log",
            show_default=True,
            help="In which order; what certainly matches comes first.",
        ),
        click.option("--limit", type=click.IntRange(1), help="At most so many."),
        click.option("--csv", "as_csv", is_flag=True, help="Print a table as CSV."),
        click.option("--explain", is_flag=True, help="Show what made each match."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@frozen
class Listed:
    """What is asked, and how what matches is listed."""

    filters: Filters
    register: Register
    certain: bool
    sort: str
    limit: int | None
    as_json: bool
    as_csv: bool
    explain: bool

    @classmethod
    def of(cls, given: dict[str, Any]) -> "Listed":
        """Read the options of a command; those left are filters."""
        how = {name: given.pop(name) for name in _HOW}
        if how["as_json"] and how["as_csv"]:
            raise click.UsageError("--json or --csv, not both")
        register = register_in(given.pop("folder"))
        # An option that may be repeated, and was not given, is an empty tuple.
        return cls(Filters(**given), register, **how)

    def kept(self, found: Iterator[Match]) -> tuple[Match, ...]:
        """Return what is to be listed, in the order that was asked for."""
        return matching.ordered(self.matching(found), self.sort, self.limit)

    def matching(self, found: Iterator[Match]) -> Iterator[Match]:
        """Leave out what only may match, where the certain is asked for."""
        return (one for one in found if not self.certain or one.certainty is Truth.YES)


_HOW = ("certain", "sort", "limit", "as_json", "as_csv", "explain")


@click.command()
@filter_options
@at_option
@published_option
@register_option
@log_option
@json_option
def events(log_path: str, at: str, published_until: str | None, **given: Any) -> None:
    """List the events that reports speak of, and what claims make of them.

    Reports are taken as they stand: corrected, and without those withdrawn. With
    filters only those are listed of which all of them hold, or may.
    """
    listed = Listed.of(given)
    with read_log(log_path) as opened:
        view = view_at(opened, at, published_until)
        _list_events(view, listed)


def _list_events(view: View, listed: Listed) -> None:
    matches = listed.kept(view.each_event(listed.filters, listed.register))
    if not (matches or view.standing.events or listed.as_json):
        click.echo(no_events_line(view.standing), err=True)
    if listed.as_csv:
        print_lines(csv_lines(matches))
        return
    part = _part_of(view, matches)
    beside, since = takings_back(part.standing.reports.values()), part.since()
    for match in matches:
        event = cast("Event", match.event)
        summary = summarise(match.report, event, beside)
        links = part.standing.links_of(match.id)
        if listed.as_json:
            told = {**plain_summary(summary), "links": plain_links(links, since)}
            print_json({**told, **(plain_match(match) if match.because else {})})
            continue
        print_lines(summary_line(summary, width()))
        print_lines(link_lines(part.standing, match.id, width(), since=since))
        _print_why(match, listed)


def _part_of(view: View, matches: Iterable[Match]) -> View:
    """Return what the log says of the reports that matched."""
    return view.part(*{one.id.partition("#")[0]: None for one in matches})


def _print_why(match: Match, listed: Listed) -> None:
    if match.because:
        click.echo(certainty_line(match, width()))
    if listed.explain:
        print_lines(because_lines(match, width()))


@click.command()
@filter_options
@at_option
@published_option
@register_option
@log_option
@json_option
def claims(log_path: str, at: str, published_until: str | None, **given: Any) -> None:
    """List claims, each asked by itself, whatever its stance.

    A claim that says nothing of what is asked is left out. --relevance and --disputed
    are asked of the event that it is about.
    """
    listed = Listed.of(given)
    with read_log(log_path) as opened:
        view = view_at(opened, at, published_until)
        matches = listed.kept(view.each_claim(listed.filters, listed.register))
        if listed.as_csv:
            print_lines(csv_lines(matches))
            return
        part = _part_of(view, matches)
        beside, since = takings_back(part.standing.reports.values()), part.since()
        for match in matches:
            told = cast("Told", match.claim)
            if listed.as_json:
                print_json({**plain_claim(told), **plain_match(match)})
                continue
            printer = ClaimPrinter(
                match.report,
                view.texts(match.report),
                width=width(),
                assessed=part.standing.assessments,
                since=since,
                beside=beside,
            )
            click.echo(claim_line(told))
            print_lines(printer.lines((told,)))
            _print_why(match, listed)
