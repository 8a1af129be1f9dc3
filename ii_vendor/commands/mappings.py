"""The commands for saved mappings of workbooks in other layouts."""

from __future__ import annotations

from typing import Annotated

import typer

from ii_vendor.arguments import Actor, AsJson
from ii_vendor.terminal import print_json, service

app = typer.Typer(
    help="Saved mappings of workbooks in other layouts.",
    epilog="Example: ii-vendor mappings list",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list", epilog="Example: ii-vendor mappings list --json")
def list_mappings(as_json: AsJson = False) -> None:
    """Show every mapping that was confirmed: its id, the workbook, who confirmed it and when."""
    from ii_vendor.report.carried_words import kept_words

    kept = service(None).mappings()
    if as_json:
        print_json([{"id": each.key, **each.model_dump(mode="json")} for each in kept])
        return
    if not kept:
        typer.echo("No mapping was saved yet. They are made on the page Responses.")
    for each in kept:
        typer.echo(f"{each.key}  {each.mapping.name}. {kept_words(each)}")


@app.command("remove", epilog="Example: ii-vendor mappings remove 3f2a9c01b7de")
def remove(
    mapping: Annotated[str, typer.Argument(help="Id of the mapping, as the list shows it.")], actor: Actor = None
) -> None:
    """Remove a saved mapping. Responses that came by it stay as they are."""
    service(actor).forget_mapping(mapping)
    typer.echo(f"Removed {mapping}.")
