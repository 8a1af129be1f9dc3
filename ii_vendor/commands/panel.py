"""The commands for the panel: its seats and their links, what they declare, and what they hand in."""

from __future__ import annotations

from typing import Annotated

import typer

from ii_vendor.arguments import Actor, AsJson, EvaluationName, SeatName, one_of
from ii_vendor.errors import UserError
from ii_vendor.terminal import print_json, service

app = typer.Typer(rich_markup_mode=None)
evaluator_app = typer.Typer(
    help="The panel of an evaluation.",
    epilog='Example: ii-vendor evaluator add line-3 "Amara Osei" --discipline operations',
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(evaluator_app, name="evaluator")

Sections = Annotated[list[str] | None, typer.Option("--section", help="One to rate; repeat for more. All by default.")]
Why = Annotated[str, typer.Option("--reason", help="Why; it stands in the record.")]


@evaluator_app.command("add", epilog='Example: ii-vendor evaluator add line-3 "Amara Osei" --discipline operations')
def evaluator_add(
    evaluation: EvaluationName,
    name: Annotated[str, typer.Argument(help="Who joins the panel.")],
    discipline: Annotated[
        str, typer.Option(help="operations, IT, security, procurement, asset owner or observer.")
    ] = "operations",
    section: Sections = None,
    oversees: Annotated[
        bool, typer.Option("--oversees", help="Rates nothing, and decides on red flags and risks.")
    ] = False,
    email: Annotated[str, typer.Option(help="Address for signing in by OpenID Connect.")] = "",
    actor: Actor = None,
) -> None:
    """Add a member to the panel."""
    from ii_vendor.model.seat import Discipline

    service(actor).add_evaluator(
        evaluation,
        name,
        one_of(Discipline, discipline, "discipline"),
        sections=section or (),
        rating=not oversees,
        email=email,
    )


@evaluator_app.command("list", epilog="Example: ii-vendor evaluator list line-3 --json")
def evaluator_list(evaluation: EvaluationName, as_json: AsJson = False, actor: Actor = None) -> None:
    """List the panel and how far each member has come."""
    evaluations = service(actor)
    now = evaluations.get(evaluation)
    progress = {seat.evaluator: seat for seat in evaluations.progress(now).seats}
    if as_json:
        print_json(
            [
                {
                    **member.model_dump(mode="json"),
                    "declared": member.name in now.declarations,
                    "progress": progress[member.name].model_dump(mode="json") if member.name in progress else None,
                }
                for member in now.evaluators
            ]
        )
        return
    for member in now.evaluators:
        seat = progress.get(member.name)
        done = f"{seat.rated} of {seat.assigned} rated{', handed in' if seat.handed_in else ''}" if seat else "-"
        declared = "declared" if member.name in now.declarations else "not declared"
        state = "closed" if member.closed else declared
        typer.echo(f"{member.name}\t{member.discipline.value}\t{state}\t{done}")


@evaluator_app.command("link", epilog='Example: ii-vendor evaluator link line-3 "Amara Osei"')
def evaluator_link(
    evaluation: EvaluationName,
    name: SeatName,
    address: Annotated[
        str, typer.Option(envvar="II_VENDOR_ADDRESS", help="Where the panel reaches the app.")
    ] = "http://127.0.0.1:8501",
    days: Annotated[int, typer.Option(help="How long it is good, 1 to 90 days.")] = 14,
    actor: Actor = None,
) -> None:
    """Make a personal link. It is shown once, opens the seat once, and from then on nobody else speaks for it."""
    path = service(actor).issue_link(evaluation, name, days=days)
    typer.echo(f"{address.rstrip('/')}/seat/{path}")


@evaluator_app.command("revoke", epilog='Example: ii-vendor evaluator revoke line-3 "Amara Osei" --reason "Phone lost"')
def evaluator_revoke(evaluation: EvaluationName, name: SeatName, reason: Why, actor: Actor = None) -> None:
    """End every link and session of a seat. The seat stays."""
    service(actor).revoke_links(evaluation, name, reason=reason)


@evaluator_app.command(
    "assign", epilog='Example: ii-vendor evaluator assign line-3 "Ben Idris" --section dea --reason "…"'
)
def evaluator_assign(
    evaluation: EvaluationName, name: SeatName, reason: Why, section: Sections = None, actor: Actor = None
) -> None:
    """Give a seat other sections to rate."""
    service(actor).assign(evaluation, name, section or (), reason=reason)


@evaluator_app.command(
    "close", epilog='Example: ii-vendor evaluator close line-3 "Ben Idris" --reason "Left the plant"'
)
def evaluator_close(evaluation: EvaluationName, name: SeatName, reason: Why, actor: Actor = None) -> None:
    """Remove a seat from the panel. What it rated and said stays and counts as before."""
    service(actor).close_seat(evaluation, name, reason=reason)


@app.command(epilog='Example: ii-vendor declare line-3 "Amara Osei" --conflict "tidelark=My brother works there"')
def declare(
    evaluation: EvaluationName,
    name: SeatName,
    conflict: Annotated[
        list[str] | None, typer.Option(help="vendor=what stands in the way; repeat for more. None by default.")
    ] = None,
    actor: Actor = None,
) -> None:
    """Declare a seat's interests. Responses open to it with that, but not those of a vendor with a conflict."""
    evaluations = service(actor or name)
    conflicts = {}
    for pair in conflict or ():
        vendor, sign, why = pair.partition("=")
        if not sign:
            raise UserError(f"'{pair}' is not understood. Write the vendor, = and what stands in the way.")
        conflicts[evaluations.vendor_id(evaluation, vendor)] = why
    evaluations.declare(evaluation, name, conflicts)


@app.command("hand-in", epilog='Example: ii-vendor hand-in line-3 "Amara Osei"')
def hand_in(evaluation: EvaluationName, name: SeatName, actor: Actor = None) -> None:
    """Hand in a seat's assignment: its ratings are closed, and those of others who have handed in open to it."""
    service(actor or name).hand_in(evaluation, name)


@app.command("give-back", epilog='Example: ii-vendor give-back line-3 "Amara Osei" --reason "Misread Q4"')
def give_back(evaluation: EvaluationName, name: SeatName, reason: Why, actor: Actor = None) -> None:
    """Give a seat its assignment back, so that it can change ratings. The earlier ones stay in the record."""
    service(actor).return_assignment(evaluation, name, reason=reason)
