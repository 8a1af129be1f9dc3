"""The commands for questionnaires of a team's own: made from a list, and listed with their progress."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ii_vendor.arguments import AsJson, ContentFolder
from ii_vendor.terminal import print_json

if TYPE_CHECKING:
    from ii_vendor.library.own_import import QuestionList
    from ii_vendor.model.workbook import WorkbookLayout

SHOWN = 12
"""As many changed ids, and things that were left out, are told one by one."""

app = typer.Typer(
    help="Questionnaires of your own, beside those that come with ii-vendor.",
    epilog='Example: ii-vendor questionnaire import questions.xlsx --title "Plant security"',
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("import", epilog='Example: ii-vendor questionnaire import questions.xlsx --title "Plant security"')
def import_list(
    file: Annotated[Path, typer.Argument(help="Your list of questions: .xlsx, .xlsm, .xls, .ods or .csv.")],
    title: Annotated[str, typer.Option(help="What the questionnaire is called. Vendors see it.")],
    id_: Annotated[str, typer.Option("--id", help="Its id; made from the title where none is given.")] = "",
    prefix: Annotated[
        str, typer.Option(help="Begins the ids of questions that need a beginning; made from the title.")
    ] = "",
    content: ContentFolder = None,
) -> None:
    """Make a questionnaire from a list of questions, with empty rubrics to fill in.

    It is written as YAML into the data folder, or into the content folder where one is given.
    """
    from ii_vendor.errors import UserError
    from ii_vendor.intake import Refused, read_question_list
    from ii_vendor.library import load_library
    from ii_vendor.library.own_files import keep_new
    from ii_vendor.library.own_import import (
        as_questionnaire,
        import_notes,
        prefix_of,
        question_list,
        questionnaire_id,
    )

    library = load_library(content)
    try:
        layout = read_question_list(file)
    except Refused as refusal:
        raise UserError(f"{file}: {refusal}") from refusal
    taken = library.taken_by_all
    found = question_list(layout, prefix or prefix_of(title), taken)
    _tell(layout, found)
    if not found.questions:
        raise UserError(f"{file}: no question was found, so nothing was written.")
    own = as_questionnaire(found.questions, title=title, name=id_ or questionnaire_id(title, taken), taken=taken)
    paths = keep_new(library, own, import_notes(file.name, date.today(), found.questions))
    sections = len(own.questionnaire.sections)
    typer.echo(
        f"Made “{own.questionnaire.title}” ({own.questionnaire.id}): {len(own.questions)} "
        f"question{'' if len(own.questions) == 1 else 's'} in {sections} section{'' if sections == 1 else 's'}."
    )
    for path in paths:
        typer.echo(f"Wrote {path}")
    typer.echo(
        "Now fill in how answers are judged: on the page Questionnaires, or in the second file. No evaluation can ask "
        "it until each question has its rubric."
    )


def _tell(layout: WorkbookLayout, found: QuestionList) -> None:
    """On standard error: which ids were changed, what was left out, and what is to know about the file."""
    from ii_vendor.report.own_words import to_know

    changed = [each for each in found.questions if each.why]
    _tell_some("ids were made or changed", [f"{each.place}: {each.id}, as {each.why}." for each in changed])
    left = [f"{each.place}: {' '.join(each.words.split())[:80]} ({each.why})" for each in found.left_out]
    _tell_some("parts of the file were left out", left)
    for problem in to_know(layout):
        words = (f"{problem.severity}:", problem.place, problem.message, problem.remedy)
        typer.echo(" ".join(word for word in words if word), err=True)


def _tell_some(what: str, lines: list[str]) -> None:
    if lines:
        typer.echo(f"{len(lines)} {what}:", err=True)
    for line in lines[:SHOWN]:
        typer.echo(f"  {line}", err=True)
    if len(lines) > SHOWN:
        typer.echo(f"  and {len(lines) - SHOWN} more", err=True)


@app.command("list", epilog="Example: ii-vendor questionnaire list --json")
def list_questionnaires(content: ContentFolder = None, as_json: AsJson = False) -> None:
    """List the questionnaires that an evaluation may ask, and your own with how far their rubrics are."""
    from ii_vendor.library import load_library

    library = load_library(content)
    own = library.own.questionnaires
    told: list[dict[str, Any]] = []
    for name in (*library.default_questionnaires, *sorted(own)):
        asked = own[name].questionnaire if name in own else library.questionnaires[name]
        unjudged = list(own[name].unjudged) if name in own else []
        told.append(
            {
                "id": name,
                "title": asked.title,
                "own": name in own,
                "questions": sum(1 for _ in asked.questions()),
                "ready": not unjudged,
                "without_rubric": unjudged,
                "files": [str(each.path) for each in library.own.files.get(name, ())],
            }
        )
    for mistake in library.own.mistakes:
        typer.echo(str(mistake), err=True)
    if as_json:
        print_json(told)
        return
    for each in told:
        state = f"your own: {own[each['id']].progress}" if each["own"] else "comes with the content"
        typer.echo(f"{each['id']}\t{each['title']}\t{each['questions']} questions\t{state}")
