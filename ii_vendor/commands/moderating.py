"""The commands that take an evaluation from stage to stage and its panel to a consensus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ii_vendor.arguments import (
    Actor,
    AsJson,
    EvaluationName,
    Level,
    QuestionId,
    VendorName,
    id_of,
    level_of,
    one_of,
)
from ii_vendor.terminal import print_json, service

if TYPE_CHECKING:
    from ii_vendor.evaluations import Evaluations

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog="Example: ii-vendor stage line-3 scoring")
def stage(
    evaluation: EvaluationName,
    to: Annotated[
        str, typer.Argument(help="setup, open, scoring, moderation or locked; without one, the present one.")
    ] = "",
    reason: Annotated[str, typer.Option(help="Needed to go back, and to go on while something is unfinished.")] = "",
    actor: Actor = None,
) -> None:
    """Show the stage of an evaluation, or go to another one."""
    from ii_vendor.model.seat import Stage

    evaluations = service(actor)
    if to:
        evaluations.go_to(evaluation, one_of(Stage, to, "stage"), reason=reason)
    typer.echo(evaluations.get(evaluation).stage.value)


@app.command(epilog="Example: ii-vendor agenda line-3")
def agenda(evaluation: EvaluationName, as_json: AsJson = False, actor: Actor = None) -> None:
    """List what the panel still has to settle, what decides most first."""
    evaluations = service(actor)
    now = evaluations.get(evaluation)
    found = evaluations.agenda(now)
    if as_json:
        print_json({**found.model_dump(mode="json"), "still_decisive": found.still_decisive})
        return
    typer.echo(f"{found.still_decisive} of {len(found.items)} open items can still change the outcome by themselves.")
    for item in found.items:
        why = ", ".join(each.value for each in item.why)
        typer.echo(f"{'*' if item.decisive else ' '} {now.vendor(item.vendor).name}\t{item.question}\t{why}")


@app.command(
    epilog='Example: ii-vendor agree line-3 halden-grid Q3 2 --grade document --reason "Editions are missing" '
    '--quote "published formats"'
)
def agree(
    evaluation: EvaluationName,
    vendor: VendorName,
    question: QuestionId,
    level: Level,
    grade: Annotated[str, typer.Option(help="claim, document, contract, demonstration or trial.")],
    reason: Annotated[str, typer.Option(help="Why this level, in a sentence.")],
    quote: Annotated[str, typer.Option(help="The vendor's words that it rests on, exactly.")] = "",
    no_evidence: Annotated[
        bool, typer.Option("--no-evidence", help="In place of a quote: the panel found no words for it.")
    ] = False,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Record it after the second look that was asked for.")
    ] = False,
    actor: Actor = None,
) -> None:
    """Record the panel's consensus on one answer. The ratings stay as they are."""
    from ii_vendor.model.rubric import EvidenceGrade

    evaluations = service(actor)
    vendor_id, question_id = _answer(evaluations, evaluation, vendor, question)
    evaluations.agree(
        evaluation,
        vendor_id,
        question_id,
        level_of(level),
        grade=one_of(EvidenceGrade, grade, "grade"),
        reason=reason,
        quote=quote,
        no_evidence=no_evidence,
        confirmed=confirm,
    )


@app.command(epilog='Example: ii-vendor dissent line-3 halden-grid Q3 1 --by "Ben Idris" --reason "No edition at all"')
def dissent(
    evaluation: EvaluationName,
    vendor: VendorName,
    question: QuestionId,
    level: Level,
    by: Annotated[str, typer.Option(help="Who does not share the consensus.")],
    reason: Annotated[str, typer.Option(help="Why, in a sentence.")],
) -> None:
    """Put on record that a member of the panel does not share a consensus."""
    evaluations = service(by)
    vendor_id, question_id = _answer(evaluations, evaluation, vendor, question)
    evaluations.dissent(evaluation, by, vendor_id, question_id, level_of(level), reason=reason)


def _answer(evaluations: Evaluations, evaluation: str, vendor: str, question: str) -> tuple[str, str]:
    """The ids of a vendor and a question that were typed."""
    asked = evaluations.content(evaluations.get(evaluation)).questions
    return evaluations.vendor_id(evaluation, vendor), id_of(question, asked)
