"""The commands that write everything to one file and bring it back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ii_vendor.terminal import writing

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog="Example: ii-vendor backup everything.zip")
def backup(
    to: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, such as everything.zip.")],
) -> None:
    """Write all evaluations, with every event and received file, to one file.

    It is a zip of JSON lines and the files as they came, and restores into SQLite or PostgreSQL. It holds everything
    that the panel said: keep it as safe as the database. A facilitator's key is never in it. While it is written, work
    may go on; it shows one moment.
    """
    from ii_vendor.report.phrases import counted
    from ii_vendor.store import open_engine
    from ii_vendor.store.transfer import backup as write

    engine = open_engine()
    with writing(to):
        written = write(engine, to)
    counts = ", ".join(counted(number, table.removesuffix("s")) for table, number in written.counts.items())
    typer.echo(f"Wrote {to}: {counts}.")
    for audit in written.broken:
        typer.echo(
            f"The record of {audit.evaluation} is not valid and was written as it is. {audit.faults[0].what} See "
            f"“ii-vendor audit verify {audit.evaluation}”.",
            err=True,
        )


@app.command(
    epilog=(
        "Example: ii-vendor restore everything.zip"
        "\n\nTo move to PostgreSQL: back up, set II_VENDOR_DATABASE_URL to the address of the new one, and restore."
    )
)
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that “ii-vendor backup” wrote.")],
    skip_refused: Annotated[
        bool, typer.Option("--skip-refused", help="Restore the others where some evaluations cannot be.")
    ] = False,
) -> None:
    """Bring the evaluations of a backup into the database, all or none, and overwrite nothing.

    Every record in it is checked first. An evaluation that is here to the letter is left as it is; one that is here
    otherwise is refused.
    """
    from ii_vendor.store import open_engine
    from ii_vendor.store.transfer import restore as bring_back

    found = bring_back(open_engine(), file, skip_refused=skip_refused)
    for key in found.added:
        typer.echo(f"Restored {key}.")
    for key in found.already_here:
        typer.echo(f"{key} is here already, to the letter.")
    for each in found.refused:
        typer.echo(f"Left out {each.evaluation}: {each.why} {each.remedy}", err=True)
    if not (found.added or found.already_here or found.refused):
        typer.echo("There is no evaluation in this backup.")
