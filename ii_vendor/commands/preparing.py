"""The commands that set an evaluation up: its content and its vendors."""

from __future__ import annotations

from typing import Annotated

import typer

from ii_vendor.arguments import (
    Actor,
    AsJson,
    ContentFolder,
    EvaluationName,
    Questionnaires,
)
from ii_vendor.terminal import print_json, service

app = typer.Typer(rich_markup_mode=None)
vendor_app = typer.Typer(
    help="The vendors of an evaluation.",
    epilog='Example: ii-vendor vendor add line-3 "Halden Grid Security"',
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(vendor_app, name="vendor")


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


@vendor_app.command("add", epilog='Example: ii-vendor vendor add line-3 "Halden Grid Security"')
def vendor_add(
    evaluation: EvaluationName,
    name: Annotated[str, typer.Argument(help="Name of the vendor.")],
    actor: Actor = None,
) -> None:
    """Add a vendor to an evaluation. Prints its id."""
    typer.echo(service(actor).add_vendor(evaluation, name).vendors[-1].id)


@vendor_app.command("mask", epilog="Example: ii-vendor vendor mask line-3")
def vendor_mask(
    evaluation: EvaluationName,
    off: Annotated[bool, typer.Option("--off", help="Show the names again.")] = False,
    actor: Actor = None,
) -> None:
    """Hide the vendors' names from the seats of the panel: they see Vendor A, Vendor B and so on."""
    service(actor).mask_names(evaluation, not off)
