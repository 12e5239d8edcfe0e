"""The command that tells which embargoes bear on an event, or on a supply."""

from typing import Any

import click

from embargo_monitor.amending import free_id
from embargo_monitor.cli.asof import at_option, published_option, view_at
from embargo_monitor.cli.options import (
    json_option,
    log_option,
    print_json,
    print_lines,
    read_log,
    register_in,
    register_option,
    require_terminal,
    sign_and_tell,
    tell_receipt,
    width,
    yes_option,
)
from embargo_monitor.cli.writing import by_option
from embargo_monitor.eventlog import EventLog
from embargo_monitor.judging import (
    Asked,
    event_of,
    judge_event,
    linked_to,
    rejudged,
    relevance_record,
    unjudged,
)
from embargo_monitor.model.relevances import RelevanceRecord
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.standing import Standing
from embargo_monitor.model.truth import Truth
from embargo_monitor.query.view import View
from embargo_monitor.referring import standing_report
from embargo_monitor.regimes import Register, Service
from embargo_monitor.regimes.questions import Question, question_from
from embargo_monitor.regimes.relevance import relevance as relevance_of
from embargo_monitor.show.authored import permanent_lines
from embargo_monitor.show.memo import memo_lines, plain_answers
from embargo_monitor.show.relevances import (
    changes_lines,
    plain_rejudged,
    relevance_lines,
)
from embargo_monitor.show.then import plain_then, then_lines


@click.command()
@click.argument("event", metavar="[REPORT-ID[#EVENT-ID]]", required=False)
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
@click.option(
    "--changes", is_flag=True, help="Ask again of every event, and show what changed."
)
@at_option
@published_option
@click.option("--record", is_flag=True, help="Append the answer to the log.")
@click.option("--id", metavar="ID", default="", help="The record's id; a free one.")
@by_option
@yes_option
@register_option
@log_option
@json_option
def relevance(event: str | None, **given: Any) -> None:
    """Tell which arms embargoes bear on an event of the log, or on a supply.

    With an event its claims are asked, with a report each of its events; without one
    the options are. The answer is
    YES, MAYBE or NO for each regime, with every step, and is no legal advice. With
    --at and --published-until only the claims of then are asked, of today's register.
    With --record it is appended to the log, which keeps it for ever; with --changes
    every event that was recorded so is asked again, and what is otherwise now is told.
    """
    told = {name: given.pop(name) for name in _OF_THE_ANSWER}
    register = register_in(given.pop("folder"))
    supplied = any(value for name, value in given.items() if name != "in_part")
    if _is_of_then(told) and (event is None or told["record"]):
        raise click.UsageError("--at and --published-until go with an event to show")
    if told["changes"]:
        if event or supplied or told["record"]:
            raise click.UsageError("--changes asks of every event of the log")
        _tell_changes(register, told)
    elif event is None:
        _tell_of_supply(register, given, told)
    elif supplied:
        raise click.UsageError("an event or a supply, not both")
    elif told["record"]:
        _append(event, register, told)
    else:
        _tell_of_log(event, register, told)


_OF_THE_ANSWER = (
    *("changes", "record", "id", "by", "yes", "linked", "all_regimes"),
    *("log_path", "as_json", "at", "published_until"),
)


def _is_of_then(told: dict[str, Any]) -> bool:
    return bool(told["at"]) or told["published_until"] is not None


def _tell_of_supply(
    register: Register, given: dict[str, Any], told: dict[str, Any]
) -> None:
    if not any(given[one] for one in _WHO):
        wanted = ", ".join(f"--{one}" for one in _WHO)
        raise click.UsageError(f"an event, or one of {wanted}, is needed")
    if told["record"]:
        raise click.UsageError("--record needs an event of the log")
    asked = (_question(given),)
    answers = relevance_of(asked, register, all_regimes=told["all_regimes"])
    if told["as_json"]:
        print_json(plain_answers(answers))
    else:
        print_lines(memo_lines(answers, register, width=width()))


def _tell_of_log(which: str, register: Register, told: dict[str, Any]) -> None:
    """Tell of an event, or of every event of a report."""
    with read_log(told["log_path"]) as opened:
        view = view_at(opened, told["at"], told["published_until"])
        for at, event in enumerate(_events(view.standing, which)):
            if at and not told["as_json"]:
                click.echo()
            _tell_of_event(view, event, register, told)


def _events(stands: Standing, which: str) -> list[str]:
    name, hash_, _ = which.partition("#")
    if hash_:
        return [which]
    return [f"{name}#{one.id}" for one in standing_report(stands, name).events]


def _tell_of_event(
    view: View, event: str, register: Register, told: dict[str, Any]
) -> None:
    stands = view.standing
    title = event_of(stands, event).title
    along = linked_to(stands.links, event) if told["linked"] else ()
    answers = judge_event(
        stands, event, register, linked=along, all_regimes=told["all_regimes"]
    )
    then = (view, (event, *along)) if _is_of_then(told) else None
    if told["as_json"]:
        as_of = {"as_of": plain_then(*then)} if then else {}
        print_json({"event": event, "linked": along, **plain_answers(answers), **as_of})
        return
    more = f" and {len(along)} linked" if along else ""
    title = f"{title} ({event}{more})"
    print_lines(memo_lines(answers, register, title=title, width=width()))
    if then:
        print_lines(then_lines(*then, register, width()))


def _append(event: str, register: Register, told: dict[str, Any]) -> None:
    """Show what would be logged of an event, ask, and append it."""
    require_terminal(yes=told["yes"])
    with EventLog.open(told["log_path"]) as log:
        records = tuple(log.records())
        record = relevance_record(
            records,
            Asked(event, told["linked"]),
            register,
            id=told["id"] or free_id(log, "relevance", event.replace("#", ".")),
            by=told["by"],
        )
        if not told["yes"] and not _agreed(record):
            click.echo("Nothing was added.")
            return
        receipt = log.append(record, by=told["by"])
        tell_receipt(record, receipt, as_json=told["as_json"])
        sign_and_tell(log, as_json=told["as_json"])


def _agreed(record: RelevanceRecord) -> bool:
    print_lines(relevance_lines(record, width()))
    click.echo()
    print_lines(permanent_lines(record, record.by, width()))
    return click.confirm("Add it?", default=False)


def _tell_changes(register: Register, told: dict[str, Any]) -> None:
    with read_log(told["log_path"]) as opened:
        records = tuple(opened.records())
    found = tuple(rejudged(records, register))
    if told["as_json"]:
        for one in found:
            print_json(plain_rejudged(one))
    else:
        print_lines(changes_lines(found, unjudged(records), width()))


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
