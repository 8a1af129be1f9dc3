"""The commands for rating away from the app: an assignment out as a workbook, and back in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ii_vendor.arguments import AsJson, EvaluationName, one_of
from ii_vendor.errors import UserError
from ii_vendor.terminal import print_json, service, writing

app = typer.Typer(
    help="Rate away from the app, in a workbook.",
    epilog='Example: ii-vendor assignment export line-3 --person "Amara Osei" -o amara.xlsx',
    no_args_is_help=True,
    rich_markup_mode=None,
)

Person = Annotated[str, typer.Option("--person", help="Whose assignment it is: a member of the panel.")]


@app.command(epilog='Example: ii-vendor assignment export line-3 --person "Amara Osei" -o amara.xlsx')
def export(
    evaluation: EvaluationName,
    person: Person,
    out: Annotated[Path, typer.Option("-o", "--out", help="Where to write the workbook.")],
) -> None:
    """Write the workbook in which somebody rates what they were asked to, with the answers and the rubric."""
    from ii_vendor.report.assignment_workbook import write_assignment

    if out.suffix.lower() != ".xlsx":
        raise UserError(f"Cannot write '{out.suffix or out.name}'. Use a name that ends in .xlsx.")
    evaluations = service(person)
    assignment = evaluations.assignment(evaluations.get(evaluation).id, person)
    with writing(out):
        write_assignment(assignment, evaluations.content(assignment.evaluation), out)
    typer.echo(f"Wrote {out}: {len(assignment.pairs)} answers to rate")


@app.command("import", epilog='Example: ii-vendor assignment import line-3 amara.xlsx --person "Amara Osei" --dry-run')
def import_assignment(
    evaluation: EvaluationName,
    file: Annotated[Path, typer.Argument(help="The workbook, as it was written by 'export' and filled in.")],
    person: Person,
    take: Annotated[
        str | None,
        typer.Option(help="file or recorded: what is to stand wherever the two are in conflict."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List what it would bring, and save nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """List what a workbook brings, row by row, and save what is new or changed.

    While rows are in conflict nothing is saved before --take says what is to stand. Exit code 2 if rows were left out.
    """
    from ii_vendor.intake import read_assignment
    from ii_vendor.model.offline import Take
    from ii_vendor.report.assignment_words import comparison_dict, comparison_lines, taken_dict, taken_words

    stands = one_of(Take, take, "choice") if take else None
    evaluations = service(person)
    key = evaluations.get(evaluation).id
    read = read_assignment(file)
    found = evaluations.compare_assignment(key, person, read)
    said = comparison_dict(found)
    if not as_json:
        for line in comparison_lines(found):
            typer.echo(line)
    undecided = 0 if stands else len(found.conflicts)
    if dry_run or undecided:
        if as_json:
            print_json({**said, "saved": [], "left": []})
        if undecided and not dry_run:
            _ask_to_choose(undecided)
        return
    chosen = {row.pair: stands for row in found.conflicts} if stands else {}
    taken = evaluations.take_assignment(key, person, read, seen=found.sequence, take=chosen)
    if as_json:
        print_json({**said, **taken_dict(taken)})
    else:
        typer.echo(taken_words(taken))
    for each in taken.left:
        typer.echo(f"Left out: {each.name}, {each.question}: {each.why}", err=True)
    if taken.left:
        raise typer.Exit(2)


def _ask_to_choose(conflicts: int) -> None:
    rows = "1 row is" if conflicts == 1 else f"{conflicts} rows are"
    raise UserError(
        f"Nothing was saved: {rows} in conflict with what is recorded. Say what is to stand there, with --take file or "
        "--take recorded. Row by row you can choose on the page Review."
    )
