"""The commands that set an evaluation up: its content, its panel and its vendors."""

from __future__ import annotations

from typing import Annotated

import typer

from ii_vendor.arguments import (
    Actor,
    AsJson,
    ContentFolder,
    EvaluationName,
    Questionnaires,
    one_of,
)
from ii_vendor.terminal import print_json, service

app = typer.Typer(rich_markup_mode=None)
vendor_app = typer.Typer(
    help="The vendors of an evaluation.",
    epilog='Example: ii-vendor vendor add line-3 "Halden Grid Security"',
    no_args_is_help=True,
    rich_markup_mode=None,
)
evaluator_app = typer.Typer(
    help="The panel of an evaluation.",
    epilog='Example: ii-vendor evaluator add line-3 "Amara Osei" --discipline operations',
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(vendor_app, name="vendor")
app.add_typer(evaluator_app, name="evaluator")


@app.command(epilog='Example: ii-vendor new "Line 3 security renewal" --profile foundation')
def new(
    name: Annotated[str, typer.Argument(help="What the evaluation is called.")],
    questionnaire: Questionnaires = None,
    profile: Annotated[str, typer.Option(help="Which weights and thresholds to use.")] = "balanced",
    content: ContentFolder = None,
    actor: Actor = None,
) -> None:
    """Create an evaluation and freeze what it is judged by. Prints its id."""
    from ii_vendor.library import load_library

    typer.echo(service(actor).create(name, load_library(content).content(questionnaire or (), profile)).id)


@app.command("list", epilog="Example: ii-vendor list --json")
def list_evaluations(as_json: AsJson = False) -> None:
    """List the evaluations, newest first."""
    known = service(None).listing()
    if as_json:
        print_json([{"id": each.id, "name": each.name, "created_at": each.created_at.isoformat()} for each in known])
        return
    for each in known:
        typer.echo(f"{each.id}\t{each.name}\t{each.created_at:%Y-%m-%d}")


@evaluator_app.command("add", epilog='Example: ii-vendor evaluator add line-3 "Amara Osei" --discipline operations')
def evaluator_add(
    evaluation: EvaluationName,
    name: Annotated[str, typer.Argument(help="Who joins the panel.")],
    discipline: Annotated[
        str, typer.Option(help="operations, IT, security, procurement, asset owner or observer.")
    ] = "operations",
    actor: Actor = None,
) -> None:
    """Add a member to the panel."""
    from ii_vendor.model.panel import Discipline

    service(actor).add_evaluator(evaluation, name, one_of(Discipline, discipline, "discipline"))


@vendor_app.command("add", epilog='Example: ii-vendor vendor add line-3 "Halden Grid Security"')
def vendor_add(
    evaluation: EvaluationName,
    name: Annotated[str, typer.Argument(help="Name of the vendor.")],
    actor: Actor = None,
) -> None:
    """Add a vendor to an evaluation. Prints its id."""
    typer.echo(service(actor).add_vendor(evaluation, name).vendors[-1].id)
