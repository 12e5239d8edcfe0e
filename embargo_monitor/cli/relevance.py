"""The command that tells which embargoes bear on an event, or on a supply."""

from typing import Any

import click

from embargo_monitor.cli.options import (
    json_option,
    log_option,
    print_json,
    print_lines,
    read_log,
    register_option,
    width,
)
from embargo_monitor.errors import UnknownNameError
from embargo_monitor.eventlog import EventLog
from embargo_monitor.model.about import AboutKind
from embargo_monitor.model.records import Linked, LinkRelation
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.standing import Standing
from embargo_monitor.model.truth import Truth
from embargo_monitor.model.views import Told, told_in
from embargo_monitor.regimes import Register, Service
from embargo_monitor.regimes.questions import Question, question_from
from embargo_monitor.regimes.relevance import relevance as relevance_of
from embargo_monitor.regimes.reported import questions_of
from embargo_monitor.show.memo import memo_lines, plain_answers


@click.command()
@click.argument("event", metavar="[REPORT-ID#EVENT-ID]", required=False)
@click.option("--linked", is_flag=True, help="Take linked events (same, parts) along.")
@click.option("--supplier", metavar="NAME", help="Who supplies: a name, id or code.")
@click.option("--recipient", metavar="NAME", help="Who gets it.")
@click.option("--destination", metavar="COUNTRY", help="Where it is bound for.")
@click.option("--origin", metavar="COUNTRY", help="Where it comes from.")
@click.option("--broker", "brokers", metavar="NAME", multiple=True, help="Who brokers.")
@click.option("--carrier", "carriers", metavar="NAME", multiple=True, help="Carrier.")
@click.option(
    "--goods", metavar="NATURE: TEXT", multiple=True, help="Such as 'fuel: jet fuel'."
)
@click.option(
    "--service",
    "services",
    type=click.Choice([one.value for one in Service]),
    multiple=True,
    help="A service that goes with it.",
)
@click.option("--when", metavar="DATE", help="The day of the act, EDTF.")
@click.option("--not-after", metavar="DATE", help="A day by which it was told.")
@click.option(
    "--act",
    type=click.Choice([one.value for one in Stage]),
    help="Which step is meant.",
)
@click.option(
    "--in-part",
    type=click.Choice([one.value for one in Truth]),
    default=Truth.MAYBE.value,
    show_default=True,
    help="Whether the place lies in the part of a country that a regime covers.",
)
@click.option("--all", "all_regimes", is_flag=True, help="Also those aimed at others.")
@register_option
@log_option
@json_option
def relevance(
    event: str | None, linked: bool, log_path: str, as_json: bool, **given: Any
) -> None:
    """Tell which arms embargoes bear on an event of the log, or on a supply.

    With an event its claims are asked; without one the options are. The answer is
    YES, MAYBE or NO for each regime, with every step, and is no legal advice.
    """
    folder, all_regimes = given.pop("folder"), given.pop("all_regimes")
    register = Register.load(folder) if folder else Register.bundled()
    title = ""
    if event is None:
        if not any(given[one] for one in _WHO):
            wanted = ", ".join(f"--{one}" for one in _WHO)
            raise click.UsageError(f"an event, or one of {wanted}, is needed")
        asked: tuple[Question, ...] = (_question(given),)
    else:
        if any(value for name, value in given.items() if name != "in_part"):
            raise click.UsageError("an event or a supply, not both")
        with read_log(log_path) as opened:
            title, told = _told(opened, event, linked=linked)
        asked = questions_of(told)
    answers = relevance_of(asked, register, all_regimes=all_regimes)
    if as_json:
        print_json(plain_answers(answers))
    else:
        print_lines(memo_lines(answers, register, title=title, width=width()))


_WHO = ("supplier", "recipient", "destination", "origin")


def _question(given: dict[str, Any]) -> Question:
    return question_from(
        **{
            **given,
            "services": [Service(one) for one in given["services"]],
            "act": Stage(given["act"]) if given["act"] else None,
            "in_part": Truth(given["in_part"]),
        }
    )


def _told(log: EventLog, event: str, *, linked: bool) -> tuple[str, tuple[Told, ...]]:
    """Return an event's title and claims, its report as it stands; linked ones too."""
    name, _, local = event.partition("#")
    report = log.report(name)
    titles = {one.id: one.title for one in report.events}
    if local not in titles:
        raise UnknownNameError("event", event, [f"{name}#{one}" for one in titles])
    stands = log.standing()
    events = _linked(stands, event) if linked else {event}
    told = tuple(
        one
        for id_, found in sorted(stands.reports.items())
        for one in told_in(found)
        if f"{id_}#{one.claim.about.id}" in events
        or (one.claim.about.kind is AboutKind.REGIME and _speaks(id_, events))
    )
    more = f" and {len(events) - 1} linked" if len(events) > 1 else ""
    return f"{titles[local]} ({event}{more})", told


def _speaks(report: str, events: set[str]) -> bool:
    return any(one.partition("#")[0] == report for one in events)


def _linked(stands: Standing, event: str) -> set[str]:
    """Return an event with those that links call the same, and the parts of them."""
    found: set[str] = set()
    waiting = [event]
    while waiting:
        here = waiting.pop()
        if here in found:
            continue
        found.add(here)
        for link in stands.links_of(here):
            same = link.relation is LinkRelation.SAME
            part = link.relation is LinkRelation.PART_OF and link.second == here
            if link.linked is Linked.EVENT and (same or part):
                waiting += [link.first, link.second]
    return found
