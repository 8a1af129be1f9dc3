"""The command that checks questionnaires, rubrics, signals, profiles and bids."""

from __future__ import annotations

import typer

from ii_vendor.arguments import (
    ContentFolder,
)

app = typer.Typer(
    help="Questionnaires, rubrics, signals and profiles.",
    epilog="Example: ii-vendor content check --content my-content",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("check", epilog="Example: ii-vendor content check --content my-content")
def content_check(content: ContentFolder = None) -> None:
    """Check the whole content. Each mistake is named with file, line, key and remedy."""
    from ii_vendor.library import check_signals, load_library

    library = load_library(content)
    wrong = check_signals(library)
    for message in wrong:
        typer.echo(message, err=True)
    if wrong:
        raise typer.Exit(2)
    asked = sum(1 for questionnaire in library.questionnaires.values() for _ in questionnaire.questions())
    typer.echo(
        f"{len(library.questionnaires)} questionnaires, {asked} questions, {len(library.rubrics)} rubrics, "
        f"{len(library.signals.signals)} signals, {len(library.profiles)} profiles and {len(library.bids)} invented "
        "bids are in order."
    )
