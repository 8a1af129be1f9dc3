"""The commands that show and write what the ratings come to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ii_vendor.arguments import (
    AsJson,
    EvaluationName,
)
from ii_vendor.terminal import print_comparison, print_json, service, writing

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog="Example: ii-vendor compare line-3 --json")
def compare(evaluation: EvaluationName, as_json: AsJson = False) -> None:
    """Score and rank the vendors of an evaluation."""
    from ii_vendor.report.plain import comparison_dict

    evaluations = service(None)
    comparison = comparison_dict(evaluations.compare(evaluations.get(evaluation)))
    if as_json:
        print_json(comparison)
    else:
        print_comparison(comparison)


@app.command(epilog="Example: ii-vendor export line-3 --to scorecard.xlsx")
def export(
    evaluation: EvaluationName,
    to: Annotated[Path, typer.Option(help=".xlsx: scorecard; .json: comparison; .jsonl: the record.")],
) -> None:
    """Write the scorecard, the comparison or the record to a file."""
    from ii_vendor.report import write_report

    evaluations = service(None)
    found = evaluations.get(evaluation)
    content, comparison, events = evaluations.content(found), evaluations.compare(found), evaluations.history(found)
    with writing(to):
        write_report(to, comparison, found, content, events, lambda: evaluations.robustness(found))
    typer.echo(f"Wrote {to}")
