"""The commands for questionnaires, rubrics, signals, profiles and bids: checking them, and adopting changed ones."""

from __future__ import annotations

from typing import Annotated

import typer

from ii_vendor.arguments import Actor, ContentFolder, EvaluationName
from ii_vendor.terminal import service

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
    from ii_vendor.library.measured import MEASURED

    library = load_library(content)
    wrong = [*map(str, library.own.mistakes), *check_signals(library)]
    for message in wrong:
        typer.echo(message, err=True)
    if wrong:
        raise typer.Exit(2)
    asked = sum(1 for questionnaire in library.questionnaires.values() for _ in questionnaire.questions())
    typer.echo(
        f"{len(library.questionnaires)} questionnaires, {asked} questions, {len(library.rubrics)} rubrics, "
        f"{len(library.signals.signals)} signals, {len(library.profiles)} profiles, {len(library.bids)} invented bids "
        f"and the crosswalks of {len(library.crosswalks)} standards are in order."
    )
    for own in library.own.questionnaires.values():
        typer.echo(f"“{own.questionnaire.title}”, your own: {own.progress}.")
    if library.signals.measured is None and (library.folder / MEASURED).is_file():
        typer.echo(
            "The signals were changed since it was measured how often they are right, so no page states it. "
            "“ii-vendor signals train” measures it anew."
        )


@app.command("adopt", epilog='Example: ii-vendor content adopt line-3 --content my-content --reason "Q4 made clearer"')
def content_adopt(
    evaluation: EvaluationName,
    reason: Annotated[str, typer.Option(help="Why; without one it is only shown what would change.")] = "",
    content: ContentFolder = None,
    actor: Actor = None,
) -> None:
    """Judge an evaluation by changed rubrics and signals. Shows each difference and what it does to the scores."""
    from ii_vendor.library import load_library
    from ii_vendor.report.content_words import effect_lines

    evaluations = service(actor)
    now = evaluations.get(evaluation)
    frozen = evaluations.content(now)
    other = load_library(content).content([each.id for each in frozen.questionnaires])
    effect = evaluations.content_effect(now, other)
    for line in (*effect.changes, *effect_lines(effect.now, effect.then)):
        typer.echo(line)
    if reason.strip():
        evaluations.adopt_content(evaluation, other, reason=reason)
        typer.echo("Adopted. The record says what changed and why.")
    elif effect.changes:
        typer.echo("Nothing is recorded yet. Give --reason to adopt it.")
    else:
        typer.echo("Nothing is different from what this evaluation is judged by.")
