"""The commands for the panel's judgement: ratings and red flags."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ii_vendor.arguments import (
    Actor,
    AsJson,
    EvaluationName,
    Level,
    QuestionId,
    VendorName,
    decision_of,
    id_of,
    level_of,
    one_of,
)
from ii_vendor.errors import UserError
from ii_vendor.terminal import print_json, service, text_of

app = typer.Typer(rich_markup_mode=None)


@app.command(epilog='Example: ii-vendor rate line-3 halden-grid Q1 3 --by "Amara Osei" --reason "Test report seen"')
def rate(
    evaluation: EvaluationName,
    vendor: VendorName,
    question: QuestionId,
    level: Level,
    by: Annotated[str, typer.Option(help="Who rates: a member of the panel.")],
    reason: Annotated[str, typer.Option(help="Why, in a sentence.")],
    grade: Annotated[str, typer.Option(help="claim, document, contract, demonstration or trial.")] = "claim",
    quote: Annotated[str, typer.Option(help="The vendor's words that decided it, exactly.")] = "",
) -> None:
    """Record one evaluator's rating of one answer."""
    from ii_vendor.model.rubric import EvidenceGrade

    evaluations = service(by)
    asked = evaluations.content(evaluations.get(evaluation)).questions
    evaluations.rate(
        evaluation,
        by,
        evaluations.vendor_id(evaluation, vendor),
        id_of(question, asked),
        level_of(level),
        grade=one_of(EvidenceGrade, grade, "grade"),
        reason=reason,
        quote=quote,
    )


@app.command(
    epilog='Example: ii-vendor flag line-3 halden-grid Q1-stops-without-vendor confirm --reason "Seen in the test"'
    '\n\nIn your own words: ii-vendor flag line-3 halden-grid Q1 raise --statement "Sells only with a lease" '
    '--severity critical --gate --reason "Offer, page 7"'
)
def flag(
    evaluation: EvaluationName,
    vendor: VendorName,
    red_flag: Annotated[
        str,
        typer.Argument(help="Id of the red flag, as 'flags' and the rubrics name it; with --statement, a question."),
    ],
    decision: Annotated[str, typer.Argument(help="raise, confirm, dismiss, clarify or accept.")],
    reason: Annotated[str, typer.Option(help="Why, in a sentence.")],
    owner: Annotated[str, typer.Option(help="Who owns the risk; needed to accept.")] = "",
    due: Annotated[
        datetime | None,
        typer.Option(
            help="By when the vendor is to answer, with clarify; in two weeks by default.", formats=["%Y-%m-%d"]
        ),
    ] = None,
    quote: Annotated[str, typer.Option(help="The vendor's words, exactly; used when it is raised.")] = "",
    statement: Annotated[str, typer.Option(help="What is wrong, to raise a red flag in your own words.")] = "",
    severity: Annotated[
        str | None, typer.Option(help="critical, major or minor, with --statement; major by default.")
    ] = None,
    gate: Annotated[
        bool, typer.Option("--gate", help="With --statement: it rejects the vendor once confirmed.")
    ] = False,
    actor: Actor = None,
) -> None:
    """Raise a red flag, or decide on one.

    Deciding on a red flag of the rubric that nobody raised raises it first. Your own gets an id, which is printed.
    A gate is accepted by operations and the asset owner, one after the other with --as: the second one decides.
    """
    from ii_vendor.model.rubric import Severity

    evaluations, state = service(actor), None if decision == "raise" else decision_of(decision)
    vendor_id, now = evaluations.vendor_id(evaluation, vendor), evaluations.get(evaluation)
    content = evaluations.content(now)
    if not (statement or severity or gate):
        known = [*(rule.id for _, rule in content.red_flag_rules()), *(each.id for each in now.flags_of(vendor_id))]
        evaluations.judge_flag(
            evaluation,
            vendor_id,
            id_of(red_flag, known),
            state,
            reason=reason,
            owner=owner,
            quote=quote,
            due=due.date() if due else None,
        )
        return
    if state is not None or not statement.strip():
        raise UserError(
            "A red flag in your own words needs 'raise' and --statement; --severity and --gate are for such a one only."
        )
    weighs, question = one_of(Severity, severity or "major", "severity"), id_of(red_flag, content.questions)
    after = evaluations.raise_flag(
        evaluation, vendor_id, question, statement=statement, severity=weighs, gate=gate, quote=quote, reason=reason
    )
    typer.echo(after.flags_of(vendor_id, question)[-1].id)


@app.command(epilog="Example: ii-vendor flags line-3 --json")
def flags(evaluation: EvaluationName, as_json: AsJson = False) -> None:
    """List the red flags of an evaluation with their state. With --json, the words behind them too."""
    found = service(None).get(evaluation).flags.values()
    if as_json:
        print_json([{**each.model_dump(mode="json"), "state": each.state.value} for each in found])
        return
    for each in found:
        typer.echo(f"{each.id}\t{each.state.value}\t{each.severity.value}\t{each.statement}")


@app.command(epilog="Example: ii-vendor contradictions line-3 --json")
def contradictions(evaluation: EvaluationName, as_json: AsJson = False, actor: Actor = None) -> None:
    """List statements of one vendor that do not seem to fit together, in different answers or versions of its response.

    They are found by wording alone: read both, and ask.
    """
    from ii_vendor.report.contradictions import contradiction_dicts

    evaluations = service(actor)
    now = evaluations.get(evaluation)
    content = evaluations.content(now)
    found = list(contradiction_dicts(now, content))
    if as_json:
        print_json(found)
        return
    if not content.signals.facts:
        typer.echo(
            "Nothing was compared: the content of this evaluation names no facts that statements could be about."
        )
    elif not found:
        typer.echo("None found. Only wording that the signals know was compared.")
    for each in found:
        typer.echo(f"{each['vendor']}: these two statements do not seem to fit together")
        for side in each["sides"]:
            for said in side["statements"]:
                before = "before, " if said["earlier"] else ""
                typer.echo(f"  {before}{said['question']}: “{said['quote']}” {said['says']}")
        typer.echo(f"  Ask: {each['ask']}")


@app.command(epilog="Example: ii-vendor reply line-3 halden-grid/Q4-not-recorded answer.txt")
def reply(
    evaluation: EvaluationName,
    red_flag: Annotated[str, typer.Argument(help="Id of the red flag, as 'flags' prints it.")],
    file: Annotated[Path, typer.Argument(help="A text file with the vendor's words; - for standard input.")],
    actor: Actor = None,
) -> None:
    """Attach a vendor's reply to a clarification: a new version of its response, and the red flag is open again."""
    evaluations = service(actor)
    known = evaluations.get(evaluation).flags
    flag_id = id_of(red_flag, known)
    after = evaluations.attach_reply(evaluation, flag_id, text_of(file))
    vendor = after.flags[flag_id].vendor
    typer.echo(f"Version {after.responses[vendor][-1].version} of {after.vendor(vendor).name}")
