"""The commands that open the app and make the samples."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ii_vendor.arguments import ContentFolder, Port
from ii_vendor.terminal import progress_bar, service, writing

app = typer.Typer(rich_markup_mode=None)

Address = Annotated[
    str,
    typer.Option(
        envvar="II_VENDOR_ADDRESS",
        help="Public address, such as https://panel.plant.example, that links are built with. Shares the app, too.",
    ),
]


@app.command(epilog="Example: ii-vendor demo")
def demo(
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Load it, and do not open the app.")] = False,
    port: Port = 8501,
    content: ContentFolder = None,
) -> None:
    """Load the sample evaluation and open the app."""
    from ii_vendor import demo as samples
    from ii_vendor.library import load_library
    from ii_vendor.serve import serve as open_app

    evaluations = service(None)
    name = samples.evaluation_name()
    whole = [
        each.id for each in evaluations.listing() if each.name == name and samples.is_whole(evaluations.get(each.id))
    ]
    if whole:
        key = whole[0]
        typer.echo(f"The sample evaluation is here already: {key}")
    else:
        with progress_bar("Reading the sample workbooks") as progress:
            key = samples.load(evaluations, load_library(content), progress).id
        typer.echo(f"Loaded the sample evaluation: {key}")
    if not no_serve:
        open_app(port, f"compare?evaluation={key}", content, open_browser=True)


@app.command(epilog="Example: ii-vendor serve --lan")
def serve(
    port: Port = 8501,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser window.")] = False,
    content: ContentFolder = None,
    lan: Annotated[
        bool, typer.Option("--lan", help="Share it with the local network. Everybody then needs a link.")
    ] = False,
    address: Address = "",
) -> None:
    """Open the app in the browser, on this computer only unless it is shared.

    Shared, it prints the facilitator's link. Everybody else needs a personal link.
    """
    from ii_vendor.serve import serve as open_app

    open_app(port, "", content, open_browser=not no_browser, lan=lan, address=address)


@app.command(epilog="Example: ii-vendor facilitator --address https://panel.plant.example")
def facilitator(
    address: Address = "",
    port: Port = 8501,
    revoke: Annotated[
        bool, typer.Option("--revoke", help="End every facilitator's link and session at once, and print no new link.")
    ] = False,
) -> None:
    """Print a new facilitator's link for an app that is shared already, or end all there are.

    Revoke them when a link got into the wrong hands. Then run it again without --revoke for a new link.
    """
    from ii_vendor.facilitator import KEY_DAYS, issue_key, revoke_keys
    from ii_vendor.routes.process import record
    from ii_vendor.routes.sharing import public_address

    if revoke:
        ended = revoke_keys(record())
        typer.echo(f"Ended {ended} facilitator's link{'' if ended == 1 else 's'}, with every session opened by them.")
        return
    place = public_address(address) if address else f"http://127.0.0.1:{port}"
    typer.echo(f"Good for {KEY_DAYS} days. Whoever has it may change everything:")
    typer.echo(f"{place}/facilitate?key={issue_key(record())}")


@app.command(epilog="Example: ii-vendor samples ./workbooks")
def samples(
    out: Annotated[Path, typer.Argument(help="Folder for the workbooks.")], content: ContentFolder = None
) -> None:
    """Make the filled workbooks of the four invented vendors."""
    from ii_vendor import demo as made
    from ii_vendor.library import load_library

    with writing(out):
        paths = made.write_workbooks(made.sample_content(load_library(content)), out)
    for path in paths:
        typer.echo(f"Wrote {path}")
