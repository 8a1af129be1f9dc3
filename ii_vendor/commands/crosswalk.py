"""The command that lays standard questionnaires beside our questions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ii_vendor.arguments import AsJson, ContentFolder
from ii_vendor.terminal import print_json

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog="Example: ii-vendor crosswalk filled-hecvat.xlsx --json")
def crosswalk(
    file: Annotated[Path | None, typer.Argument(help="A filled HECVAT, CAIQ or the like; none for the table.")] = None,
    as_json: AsJson = False,
    content: ContentFolder = None,
) -> None:
    """Show what a filled standard questionnaire already says on our questions; without one, which clauses of which
    standard relate to each. Nothing is kept. Exit code 2 if the file is refused."""
    from ii_vendor.intake import Refused, read_question_list, standard_reading
    from ii_vendor.library import load_library
    from ii_vendor.report import crosswalk as words

    library = load_library(content)
    asked = library.content()
    if file is None:
        if as_json:
            print_json(words.table_dict(library.crosswalks, asked.questions))
            return
        for line in words.table_lines(library.crosswalks, asked.questions):
            typer.echo(line)
        return
    try:
        reading = standard_reading(read_question_list(file), library.crosswalks, asked.questionnaires)
    except Refused as refusal:
        typer.echo(f"{file}: {refusal}", err=True)
        raise typer.Exit(2) from refusal
    if as_json:
        print_json({"file": file.name, **words.reading_dict(reading)})
        return
    for line in words.reading_lines(reading) if reading else (words.NO_STANDARD,):
        typer.echo(line)
