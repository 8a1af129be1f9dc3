"""The command that has a second reader read a vendor's answers."""

from __future__ import annotations

from typing import Annotated

import typer

from ii_vendor.arguments import Actor, AsJson, EvaluationName, VendorName, id_of
from ii_vendor.errors import UserError
from ii_vendor.terminal import print_json, progress_bar, service

app = typer.Typer(rich_markup_mode=None)


@app.command("read-again", epilog="Example: ii-vendor read-again line-3 halden-grid --question Q1 --yes")
def read_again(
    evaluation: EvaluationName,
    vendor: VendorName,
    question: Annotated[str, typer.Option("--question", help="Read the answer to this one only.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before text is sent.")] = False,
    as_json: AsJson = False,
    actor: Actor = None,
) -> None:
    """Have a second reader, a language model of your own, read a vendor's answers. It only points to words.

    Off unless II_VENDOR_READER_URL and II_VENDOR_READER_MODEL name an OpenAI-compatible server, such as
    http://127.0.0.1:11434/v1; II_VENDOR_READER_KEY is its key. Says where the text would go before it is sent.
    """
    from ii_vendor.report.second_reader_words import outcome_words, where_words
    from ii_vendor.second_reader import configured

    reader = configured()
    if reader is None:
        raise UserError(
            "No second reader is configured. Set II_VENDOR_READER_URL and II_VENDOR_READER_MODEL, and "
            "II_VENDOR_READER_KEY where the server wants a key."
        )
    evaluations = service(actor)
    now, key = evaluations.get(evaluation), evaluations.vendor_id(evaluation, vendor)
    asked = id_of(question, evaluations.content(now).questions)
    typer.echo(where_words(reader, masked=now.masked), err=True)
    if not yes and not typer.confirm("Send it?", err=True):
        raise typer.Exit(1)
    with progress_bar("Reading") as progress:
        after = evaluations.read_again(now.id, key, asked, reader=reader, progress=progress)
    reading = after.second_readings[key][-1]
    if as_json:
        print_json(reading.model_dump(mode="json"))
        return
    for line in outcome_words(reading):
        typer.echo(line)
    for each in reading.findings:
        typer.echo(f"  {each.question} {each.flag}: “{' '.join(each.quote.split())}”")
