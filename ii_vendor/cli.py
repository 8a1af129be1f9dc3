"""The command line: the same use cases without a screen. Each command loads what it needs, so that help is quick."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ii_vendor.arguments import (
    Actor,
    AsJson,
    ContentFolder,
    EvaluationName,
    Port,
    Questionnaires,
    VendorName,
    decision_of,
    id_of,
    level_of,
    one_of,
)
from ii_vendor.commands import dry_run, robustness, weighing
from ii_vendor.errors import UserError
from ii_vendor.terminal import print_comparison, print_json, progress_bar, service, tell_imports, writing

# Help as plain text: drawing boxes around it would take longer than everything else that help needs.
app = typer.Typer(
    help="Choose vendors of plant security and automation by one test: can operations run without them?",
    epilog="Example: ii-vendor demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
vendor_app = typer.Typer(
    help="The vendors of an evaluation.",
    epilog='Example: ii-vendor vendor add line-3 "Halden Grid Security"',
    no_args_is_help=True,
    rich_markup_mode=None,
)
evaluator_app = typer.Typer(
    help="The panel of an evaluation.",
    epilog='Example: ii-vendor evaluator add line-3 "Amara Osei" --discipline operations',
    no_args_is_help=True,
    rich_markup_mode=None,
)
content_app = typer.Typer(
    help="Questionnaires, rubrics, signals and profiles.",
    epilog="Example: ii-vendor content check --content my-content",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(dry_run.app)
app.add_typer(weighing.app)
app.add_typer(robustness.app)
app.add_typer(vendor_app, name="vendor")
app.add_typer(evaluator_app, name="evaluator")
app.add_typer(content_app, name="content")


def main() -> None:
    """Run the command line. What a user can mend ends with its message on standard error and exit code 2."""
    try:
        app()
    except UserError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)


@app.command(epilog="Example: ii-vendor demo")
def demo(
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Load it, and do not open the app.")] = False,
    port: Port = 8501,
    content: ContentFolder = None,
) -> None:
    """Load the sample evaluation and open the app."""
    from ii_vendor import demo as samples
    from ii_vendor.library import load_library
    from ii_vendor.serve import serve as open_app

    evaluations = service(None)
    name = samples.evaluation_name()
    whole = [
        each.id for each in evaluations.listing() if each.name == name and samples.is_whole(evaluations.get(each.id))
    ]
    if whole:
        key = whole[0]
        typer.echo(f"The sample evaluation is here already: {key}")
    else:
        with progress_bar("Reading the sample workbooks") as progress:
            key = samples.load(evaluations, load_library(content), progress).id
        typer.echo(f"Loaded the sample evaluation: {key}")
    if not no_serve:
        open_app(port, f"compare?evaluation={key}", content, open_browser=True)


@app.command(epilog="Example: ii-vendor serve --port 8600")
def serve(
    port: Port = 8501,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser window.")] = False,
    content: ContentFolder = None,
) -> None:
    """Open the app in the browser. It listens on this computer only."""
    from ii_vendor.serve import serve as open_app

    open_app(port, "", content, open_browser=not no_browser)


@app.command(epilog='Example: ii-vendor new "Line 3 security renewal" --profile foundation')
def new(
    name: Annotated[str, typer.Argument(help="What the evaluation is called.")],
    questionnaire: Questionnaires = None,
    profile: Annotated[str, typer.Option(help="Which weights and thresholds to use.")] = "balanced",
    content: ContentFolder = None,
    actor: Actor = None,
) -> None:
    """Create an evaluation and freeze what it is judged by. Prints its id."""
    from ii_vendor.library import load_library

    typer.echo(service(actor).create(name, load_library(content).content(questionnaire or (), profile)).id)


@app.command("list", epilog="Example: ii-vendor list --json")
def list_evaluations(as_json: AsJson = False) -> None:
    """List the evaluations, newest first."""
    known = service(None).listing()
    if as_json:
        print_json([{"id": each.id, "name": each.name, "created_at": each.created_at.isoformat()} for each in known])
        return
    for each in known:
        typer.echo(f"{each.id}\t{each.name}\t{each.created_at:%Y-%m-%d}")


@evaluator_app.command("add", epilog='Example: ii-vendor evaluator add line-3 "Amara Osei" --discipline operations')
def evaluator_add(
    evaluation: EvaluationName,
    name: Annotated[str, typer.Argument(help="Who joins the panel.")],
    discipline: Annotated[
        str, typer.Option(help="operations, IT, security, procurement, asset owner or observer.")
    ] = "operations",
    actor: Actor = None,
) -> None:
    """Add a member to the panel."""
    from ii_vendor.model.panel import Discipline

    service(actor).add_evaluator(evaluation, name, one_of(Discipline, discipline, "discipline"))


@vendor_app.command("add", epilog='Example: ii-vendor vendor add line-3 "Halden Grid Security"')
def vendor_add(
    evaluation: EvaluationName,
    name: Annotated[str, typer.Argument(help="Name of the vendor.")],
    actor: Actor = None,
) -> None:
    """Add a vendor to an evaluation. Prints its id."""
    typer.echo(service(actor).add_vendor(evaluation, name).vendors[-1].id)


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
    as_json: AsJson = False,
    actor: Actor = None,
) -> None:
    """Read filled workbooks and accept each whole one. It becomes its vendor's next version.

    Exit code 2 if any was refused.
    """
    from ii_vendor.intake import read_responses
    from ii_vendor.receipt import accept

    evaluations = service(actor)
    asked = evaluations.content(evaluations.get(evaluation))
    with progress_bar("Reading") as progress:
        intakes = read_responses(files, asked.questionnaires, asked.questionnaire_hash, progress=progress)
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


@app.command(epilog='Example: ii-vendor rate line-3 halden-grid Q1 3 --by "Amara Osei" --reason "Test report seen"')
def rate(
    evaluation: EvaluationName,
    vendor: VendorName,
    question: Annotated[str, typer.Argument(help="Id of the question, such as Q1.")],
    level: Annotated[str, typer.Argument(help="0, 1, 2, 3, 4, or n/a where it does not apply.")],
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
    """
    from ii_vendor.model.rubric import Severity

    evaluations, state = service(actor), None if decision == "raise" else decision_of(decision)
    vendor_id, now = evaluations.vendor_id(evaluation, vendor), evaluations.get(evaluation)
    content = evaluations.content(now)
    if not (statement or severity or gate):
        known = [*(rule.id for _, rule in content.red_flag_rules()), *(each.id for each in now.flags_of(vendor_id))]
        evaluations.judge_flag(
            evaluation, vendor_id, id_of(red_flag, known), state, reason=reason, owner=owner, quote=quote
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


@app.command(epilog="Example: ii-vendor samples ./workbooks")
def samples(
    out: Annotated[Path, typer.Argument(help="Folder for the workbooks.")], content: ContentFolder = None
) -> None:
    """Make the filled workbooks of the four invented vendors."""
    from ii_vendor import demo as made
    from ii_vendor.library import load_library

    with writing(out):
        paths = made.write_workbooks(made.sample_content(load_library(content)), out)
    for path in paths:
        typer.echo(f"Wrote {path}")


@content_app.command("check", epilog="Example: ii-vendor content check --content my-content")
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
