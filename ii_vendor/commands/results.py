"""The commands that show and write what the ratings come to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ii_vendor.arguments import Actor, AsJson, EvaluationName
from ii_vendor.terminal import print_comparison, print_json, service, tell_withheld, writing

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog="Example: ii-vendor compare line-3 --json")
def compare(evaluation: EvaluationName, as_json: AsJson = False, actor: Actor = None) -> None:
    """Score and rank the vendors of an evaluation, by the ratings that are open to you."""
    from ii_vendor.report.plain import comparison_dict

    evaluations = service(actor)
    found = evaluations.get(evaluation)
    tell_withheld(found)
    comparison = comparison_dict(evaluations.compare(found))
    if as_json:
        print_json(comparison)
    else:
        print_comparison(comparison)


@app.command(epilog="Example: ii-vendor export line-3 --to scorecard.xlsx")
def export(
    evaluation: EvaluationName,
    to: Annotated[
        Path, typer.Option(help=".xlsx: scorecard; .json: comparison; .jsonl: the record; .zip: everything.")
    ],
    actor: Actor = None,
) -> None:
    """Write the scorecard, the comparison, the record or everything to a file."""
    from ii_vendor.report import write_report

    evaluations = service(actor)
    found = evaluations.get(evaluation)
    tell_withheld(found)
    content, comparison, events = evaluations.content(found), evaluations.compare(found), evaluations.history(found)
    with writing(to):
        write_report(
            to,
            comparison,
            found,
            content,
            events,
            lambda: evaluations.robustness(found),
            lambda sha256: evaluations.original(found, sha256),
        )
    typer.echo(f"Wrote {to}")


@app.command(epilog="Example: ii-vendor minutes line-3 --to minutes.html")
def minutes(
    evaluation: EvaluationName,
    to: Annotated[Path, typer.Option(help="Where the minutes go: one HTML page, to read and to print.")],
    workshop: Annotated[
        int | None, typer.Option(help="Which workshop, counted from 1; the last one if left out.")
    ] = None,
    actor: Actor = None,
) -> None:
    """Write the minutes of a workshop: who was there, each item with its votes by round, and what came of it."""
    from ii_vendor.report.minutes import minutes_html, workshop_numbered

    evaluations = service(actor)
    found = evaluations.get(evaluation)
    held = workshop_numbered(found, workshop)
    tell_withheld(found)
    page = minutes_html(found, held, evaluations.history(found), evaluations.content(found), evaluations.compare(found))
    with writing(to):
        to.write_text(page, "utf-8")
    typer.echo(f"Wrote {to}")
