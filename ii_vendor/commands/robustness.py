"""The command ``robustness``: how firm a result is, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ii_vendor.arguments import Actor, AsJson, EvaluationName
from ii_vendor.terminal import print_json, service, tell_withheld

if TYPE_CHECKING:
    from ii_vendor.model.robustness import Robustness, Simulation

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog="Example: ii-vendor robustness line-3 --spread 50")
def robustness(
    evaluation: EvaluationName,
    spread: Annotated[float, typer.Option(help="How far each weight is moved, in percent of itself.")] = 30,
    samples: Annotated[int, typer.Option(help="How many weightings are tried.")] = 10_000,
    as_json: AsJson = False,
    actor: Actor = None,
) -> None:
    """Show how firm the result is: who leads how often, what would change it, and how far the panel agrees.

    The same evaluation always gives the same figures.
    """
    from ii_vendor.report.robustness_json import robustness_dict

    evaluations = service(actor)
    found = evaluations.get(evaluation)
    tell_withheld(found)
    firm = evaluations.robustness(found, spread=spread / 100, samples=samples)
    told = robustness_dict(firm, evaluations.content(found), evaluations.compare(found))
    if as_json:
        print_json(told)
        return
    typer.echo("\n".join(told["sentences"]["headline"]))
    for simulation in firm.simulations:
        _print_ranks(firm, simulation)
    if firm.simulations:
        typer.echo(f"{told['sentences']['caveat']}")
    _print_lines("What would change the winner", told["sentences"]["turns"])
    _print_lines("What would change a verdict", told["sentences"]["verdicts"])
    _print_lines("The panel", told["sentences"]["agreement"])


def _print_ranks(firm: Robustness, simulation: Simulation) -> None:
    """Who takes which rank how often."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from ii_vendor.report.chart_words import margin_words, simulation_words
    from ii_vendor.report.phrases import rank_percents

    typer.echo(f"\n{simulation_words(simulation).capitalize()} ({margin_words(simulation)}):")
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Vendor", overflow="fold")
    for rank in range(1, len(firm.ranked) + 1):
        table.add_column(f"Rank {rank}", justify="right", no_wrap=True)
    for vendor in firm.ranked:
        table.add_row(escape(firm.names[vendor]), *rank_percents(simulation, vendor))
    Console().print(table)


def _print_lines(title: str, lines: Sequence[str]) -> None:
    if lines:
        typer.echo("\n".join(("", f"{title}:", *(f"  {line}" for line in lines))))
