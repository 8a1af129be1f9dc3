"""The commands about the database itself."""

from __future__ import annotations

import typer

app = typer.Typer(
    help="The database.", epilog="Example: ii-vendor db upgrade", no_args_is_help=True, rich_markup_mode=None
)


@app.command("upgrade", epilog="Example: ii-vendor db upgrade")
def upgrade() -> None:
    """Bring the schema of the database up to date. The app does so itself when it starts."""
    from ii_vendor.store import SCHEMA_VERSION, open_and_upgrade

    engine, before = open_and_upgrade()
    address = engine.url.render_as_string(hide_password=True)
    if before == SCHEMA_VERSION:
        typer.echo(f"The schema of {address} is current: version {before}.")
    elif before is None:
        typer.echo(f"Made the schema of {address}: version {SCHEMA_VERSION}.")
    else:
        typer.echo(f"Brought the schema of {address} from version {before} to {SCHEMA_VERSION}.")
