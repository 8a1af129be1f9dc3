"""The command ``dry-run``: which invented bid the rules would choose, before anything is sent out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ii_vendor.arguments import AsJson, ContentFolder, Questionnaires
from ii_vendor.errors import UserError
from ii_vendor.terminal import print_comparison, print_json, service

if TYPE_CHECKING:
    from ii_vendor.library import Library
    from ii_vendor.model.bid import Bid, DryRun
    from ii_vendor.model.content import Content

app = typer.Typer(rich_markup_mode=None)


@app.command("dry-run", epilog="Example: ii-vendor dry-run --profile foundation --bid my-bid.yaml")
def dry_run(
    questionnaire: Questionnaires = None,
    profile: Annotated[str, typer.Option(help="Which weights and thresholds to try.")] = "balanced",
    evaluation: Annotated[
        str | None, typer.Option(help="Try what this evaluation asks and how it weighs, in place of the two above.")
    ] = None,
    bid: Annotated[list[Path] | None, typer.Option(help="A bid of your own, as YAML; repeat for more.")] = None,
    want: Annotated[str, typer.Option(help="Id of the bid that should win.")] = "ideal",
    content: ContentFolder = None,
    as_json: AsJson = False,
) -> None:
    """Score invented bids before anything is sent out: which one would win, and which questions decide nothing.

    Nothing is recorded. scoring/bids holds the bids, and scoring/README.md says how to write one.
    """
    from ii_vendor.library import load_library
    from ii_vendor.report.dry_run_json import dry_run_dict
    from ii_vendor.score import dry_run as try_out

    library = load_library(content)
    tried = library.content(questionnaire or (), profile)
    if evaluation:
        evaluations = service(None)
        tried = evaluations.content(evaluations.get(evaluation))
    run = try_out(_bids(library, bid or (), tried), tried, want)
    if as_json:
        print_json(dry_run_dict(run, tried))
    else:
        _print(run, tried)


def _bids(library: Library, files: Sequence[Path], tried: Content) -> list[Bid]:
    """The bids of the library, and those in these files after them."""
    from ii_vendor.library import read_bid

    bids, known = list(library.bids.values()), (tried, library.content())
    for path in files:
        try:
            body = path.read_bytes()
        except OSError as error:
            raise UserError(f"Cannot read {path}: {error.strerror}. Name the YAML file of a bid.") from error
        bids.append(read_bid(body, path.name, known))
    return bids


def _print(run: DryRun, content: Content) -> None:
    from ii_vendor.model.bid import Decides
    from ii_vendor.report.dry_run_words import (
        ADVICE,
        CAUTION,
        effect_words,
        idle_lines,
        idle_sentence,
        outcome_sentence,
        reason_sentences,
    )
    from ii_vendor.report.plain import comparison_dict

    typer.echo(" ".join([outcome_sentence(run), *reason_sentences(run)]))
    print_comparison(comparison_dict(run.comparison))
    decided = [f"{each.question}: {effect_words(run, each)}" for each in run.deciding(Decides.matters)]
    _print_lines("What decides:", decided)
    typer.echo(f"{idle_sentence(run)}\n")
    for what, advice in ADVICE.items():
        _print_lines(advice, [f"{title}: {words}" for title, words in idle_lines(run, content, what)])
    typer.echo(CAUTION)


def _print_lines(title: str, lines: Sequence[str]) -> None:
    if lines:
        typer.echo("\n".join([title, *(f"  {line}" for line in lines), ""]))
