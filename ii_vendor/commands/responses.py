"""The commands for workbooks: out to the vendors, and back in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ii_vendor.arguments import (
    Actor,
    AsJson,
    ContentFolder,
    EvaluationName,
    Questionnaires,
)
from ii_vendor.errors import UserError
from ii_vendor.terminal import print_json, progress_bar, service, tell_imports, writing

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog="Example: ii-vendor template response.xlsx --evaluation line-3")
def template(
    out: Annotated[Path, typer.Argument(help="Where to write the workbook.")],
    evaluation: Annotated[str | None, typer.Option(help="Ask what this evaluation asks.")] = None,
    questionnaire: Questionnaires = None,
    contact: Annotated[str, typer.Option(help="Whom vendors may ask.")] = "",
    due: Annotated[str, typer.Option(help="When it should be back.")] = "",
    content: ContentFolder = None,
) -> None:
    """Write the response workbook that vendors fill in."""
    from ii_vendor.intake import write_template
    from ii_vendor.library import load_library

    if out.suffix.lower() != ".xlsx":
        raise UserError(f"Cannot write '{out.suffix or out.name}'. Use a name that ends in .xlsx.")
    if evaluation:
        evaluations = service(None)
        found = evaluations.get(evaluation)
        asked, title = evaluations.content(found), found.name
    else:
        asked, title = load_library(content).content(questionnaire or ()), ""
    with writing(out):
        write_template(asked.questionnaires, asked.questionnaire_hash, out, title=title, contact=contact, due=due)
    typer.echo(f"Wrote {out}")


@app.command("import", epilog="Example: ii-vendor import line-3 halden.xlsx others.zip")
def import_responses(
    evaluation: EvaluationName,
    files: Annotated[list[Path], typer.Argument(help="Filled workbooks, or zips of them.")],
    vendor: Annotated[str | None, typer.Option(help="Whose response it is, where the file does not say.")] = None,
    mapping: Annotated[
        str | None,
        typer.Option(help="Saved mapping for workbooks in another layout; what it does not settle is kept beside."),
    ] = None,
    content: ContentFolder = None,
    as_json: AsJson = False,
    actor: Actor = None,
) -> None:
    """Read filled workbooks and accept each whole one. It becomes its vendor's next version.

    A workbook in another layout than ours is accepted where a mapping that was confirmed on the page Responses settles
    all of it. Exit code 2 if any was refused.
    """
    from ii_vendor.intake import Known, read_responses
    from ii_vendor.library import load_library
    from ii_vendor.receipt import accept

    evaluations = service(actor)
    asked = evaluations.content(evaluations.get(evaluation))
    kept = evaluations.mappings()
    if mapping and mapping not in {each.key for each in kept}:
        raise UserError(f"There is no saved mapping '{mapping}'. 'ii-vendor mappings list' shows those there are.")
    known = Known(kept, load_library(content).crosswalks, take=mapping or "", whose=vendor or "")
    with progress_bar("Reading") as progress:
        intakes = read_responses(files, asked.questionnaires, asked.questionnaire_hash, known=known, progress=progress)
    results = [accept(evaluations, evaluation, intake, vendor) for intake in intakes]
    if as_json:
        print_json(results)
    else:
        tell_imports(results)
    if not all(result["accepted"] for result in results):
        raise typer.Exit(2)


@app.command(epilog="Example: ii-vendor inspect halden.xlsx --json")
def inspect(
    file: Annotated[Path, typer.Argument(help="Any workbook, or a zip of them.")],
    evaluation: Annotated[str | None, typer.Option(help="Compare it with what this evaluation asks.")] = None,
    content: ContentFolder = None,
    as_json: AsJson = False,
) -> None:
    """Show what an import would read, without importing. Exit code 2 if the file is refused."""
    from ii_vendor.intake import Refused, inspect_file, inspection_lines
    from ii_vendor.library import load_library

    if evaluation:
        evaluations = service(None)
        asked = evaluations.content(evaluations.get(evaluation))
    else:
        asked = load_library(content).content()
    try:
        found = inspect_file(file, asked.questionnaires, asked.questionnaire_hash)
    except Refused as refusal:
        if as_json:
            print_json({"file": {"name": file.name}, "refused": str(refusal)})
        typer.echo(f"{file}: {refusal}", err=True)
        raise typer.Exit(2) from refusal
    if as_json:
        print_json(found)
        return
    for line in inspection_lines(found):
        typer.echo(line)
