"""Commands that ask the register of embargoes: regimes, and regimes show."""

from pathlib import Path

import click

from embargo_monitor.cli.options import (
    json_option,
    print_json,
    print_lines,
    register_in,
    register_option,
    width,
)
from embargo_monitor.gazetteer import Gazetteer
from embargo_monitor.model.dates import ImpreciseDate
from embargo_monitor.regimes import Binding, InForce, Regime, Register
from embargo_monitor.show.regimes import (
    history_lines,
    plain_history,
    plain_regime,
    regime_lines,
)


@click.group(invoke_without_command=True)
@click.option("--on", metavar="DATE", help="Only what was in force then, EDTF.")
@click.option("--target", metavar="ID", help="A country's or a force's gazetteer id.")
@click.option("--issuer", metavar="TEXT", help="Words of the issuer's name.")
@click.option(
    "--binding",
    type=click.Choice([one.value for one in Binding]),
    help="How it binds; with --on, how it bound then.",
)
@register_option
@json_option
@click.pass_context
def regimes(  # noqa: PLR0913 (click gives an argument for each option)
    context: click.Context,
    *,
    on: str | None,
    target: str | None,
    issuer: str | None,
    binding: str | None,
    folder: Path | None,
    as_json: bool,
) -> None:
    """List the embargoes on arms that the register knows.

    With --on those in force then: MAYBE, with the reason, where that cannot be told.
    `regimes show ID` tells the history of one.
    """
    register = register_in(folder)
    context.obj = register
    if context.invoked_subcommand:
        return
    if target:
        Gazetteer.bundled().get(target)  # an unknown id would find nothing, silently
    kind = Binding(binding) if binding else None
    found: tuple[Regime | InForce, ...]
    if on is None:
        found = register.select(target=target, issuer=issuer, binding=kind)
    else:
        found = register.in_force(
            ImpreciseDate(on), target=target, issuer=issuer, binding=kind
        )
    if as_json:
        for one in found:
            print_json(plain_regime(one))
    else:
        print_lines(regime_lines(found, register, width()))


@regimes.command("show")
@click.argument("id")
@json_option
@click.pass_obj
def show_regime(register: Register, id: str, as_json: bool) -> None:
    """Tell the history of a regime: acts, phases, exemptions, sources, marks."""
    regime = register.regime(id)
    if as_json:
        print_json(plain_history(regime, register))
    else:
        print_lines(history_lines(regime, register, width()))
