"""The command line: the same use cases without a screen. Each command loads what it needs, so that help is quick."""

from __future__ import annotations

import sys

import typer

from ii_vendor.commands import (
    assignment,
    auditing,
    backups,
    content,
    crosswalk,
    database,
    detecting,
    dry_run,
    judging,
    mappings,
    moderating,
    panel,
    preparing,
    questionnaires,
    responses,
    results,
    robustness,
    second_reader,
    signals,
    starting,
    weighing,
)
from ii_vendor.errors import UserError

# Help as plain text: drawing boxes around it would take longer than everything else that help needs.
app = typer.Typer(
    help="Choose vendors of plant security and automation by one test: can operations run without them?",
    epilog="Example: ii-vendor demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for subject in (
    starting,
    preparing,
    panel,
    responses,
    crosswalk,
    detecting,
    second_reader,
    judging,
    moderating,
    results,
    weighing,
    robustness,
    dry_run,
    backups,
):
    app.add_typer(subject.app)
app.add_typer(content.app, name="content")
app.add_typer(questionnaires.app, name="questionnaire")
app.add_typer(assignment.app, name="assignment")
app.add_typer(mappings.app, name="mappings")
app.add_typer(signals.app, name="signals")
app.add_typer(database.app, name="db")
app.add_typer(auditing.app, name="audit")


def main() -> None:
    """Run the command line. What a user can mend ends with its message on standard error and exit code 2."""
    try:
        app()
    except UserError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
