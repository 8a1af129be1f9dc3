"""The commands that check a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ii_vendor.arguments import AsJson, EvaluationName
from ii_vendor.errors import UserError
from ii_vendor.terminal import print_json

if TYPE_CHECKING:
    from ii_vendor.report.verdict_on_record import Standing
    from ii_vendor.store.audit import Audit

app = typer.Typer(
    help="Check that a record is as it was written.",
    epilog="Example: ii-vendor audit verify line-3",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(
    epilog=(
        "Example: ii-vendor audit verify line-3 --scorecard scorecard.xlsx"
        "\n\nExit code 0: the record is valid, and every file and hash given belongs to it. 1: it is not, or one does "
        "not; a scorecard or comparison of an earlier state counts, too. 2: something could not be read."
        "\n\nEvery event seals the one before it, so that whatever was changed, removed, put in or moved inside the "
        "record is found. That its end was cut off, or all of it written anew, shows only beside a hash kept "
        "elsewhere: the scorecards and records that were exported, or the hash printed on them."
    )
)
def verify(
    evaluation: EvaluationName,
    scorecard: Annotated[
        list[Path] | None,
        typer.Option(help="An exported scorecard (.xlsx) or comparison (.json): is it of the latest state?"),
    ] = None,
    record: Annotated[
        list[Path] | None, typer.Option(help="An exported record (.jsonl): does the record here begin with it?")
    ] = None,
    printed_hash: Annotated[
        list[str] | None, typer.Option("--hash", help="A printed record hash, at least 12 digits: is it in the record?")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check that nothing in the record was changed, removed, put in or moved, and what an export shows of it."""
    from ii_vendor.report.verdict_on_record import ANCHOR, audit_dict, record_words, standing_words
    from ii_vendor.store import open_engine
    from ii_vendor.store.audit import audit as audit_of

    found = audit_of(open_engine(), evaluation)
    standings = tuple(_standings(found, scorecard or [], record or [], printed_hash or []))
    if as_json:
        print_json(audit_dict(found, standings))
    else:
        for line in (*record_words(found), *(line for each in standings for line in standing_words(each))):
            typer.echo(line)
        if found.valid and not standings:
            typer.echo(ANCHOR)
    files = {path.name for path in scorecard or ()}
    if not found.valid or any(
        each.state != "latest" and not (each.state == "earlier" and each.what not in files) for each in standings
    ):
        raise typer.Exit(1)


def _standings(audit: Audit, files: list[Path], records: list[Path], hashes: list[str]) -> Iterator[Standing]:
    from ii_vendor.report.exported import hash_of_export, rows_of_export
    from ii_vendor.report.verdict_on_record import standing_of, standing_of_copy
    from ii_vendor.store.audit import compare_copy

    for path in files:
        yield standing_of(path.name, hash_of_export(path), audit)
    for path in records:
        yield standing_of_copy(path.name, compare_copy(audit, rows_of_export(path)), audit)
    for printed in hashes:
        digits = printed.strip().lower()
        if not re.fullmatch(r"[0-9a-f]{12,64}", digits):
            raise UserError(
                f"'{printed}' is not a record hash. Write 12 to 64 of its digits, 0-9 and a-f, from the first."
            )
        yield standing_of(f"The hash {digits}", digits, audit)
