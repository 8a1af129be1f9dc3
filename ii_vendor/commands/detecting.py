"""The command that reads words and says what the signals see in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ii_vendor.arguments import AsJson, ContentFolder, id_of
from ii_vendor.errors import UserError
from ii_vendor.terminal import print_json, text_of

if TYPE_CHECKING:
    from ii_vendor.model.response import Finding

app = typer.Typer(rich_markup_mode=None)

SHOWN = ("polarity", "possible", "signal", "flag", "quote", "start", "end", "words", "reason", "ask", "modifiers")
NOTHING = "Nothing recognised. Either it is not answered, or the wording is unknown: read it and ask."


@app.command(epilog="Example: ii-vendor detect --question Q1 answer.txt")
def detect(
    file: Annotated[Path, typer.Argument(help="A text file with the answer; - for standard input.")],
    question: Annotated[str, typer.Option("--question", help="Id of the question that it answers, such as Q1.")],
    as_json: AsJson = False,
    content: ContentFolder = None,
) -> None:
    """Read an answer and show what the signals find in it, with the exact words. Nothing is kept.

    With --json, start and end are character offsets into the text.
    """
    from ii_vendor.detect import find, language_note, partly_note
    from ii_vendor.library import load_library
    from ii_vendor.model.response import Answer, Cell

    library = load_library(content)
    questions = library.content().questions
    asked = id_of(question, questions)
    if asked not in questions:
        raise UserError(f"There is no question '{question}'. Use one of: {', '.join(questions)}.")
    text = text_of(file)
    unread = language_note(text)
    note = unread or partly_note(text)
    rules = {rule.id: rule.ask for rule in library.rubrics[asked].red_flags}
    found = [
        each if each.ask or not each.flag else each.model_copy(update={"ask": rules.get(each.flag, "")})
        for each in find(library.signals, Answer(question=asked, cells=(Cell(text=text),)))
    ]
    if as_json:
        whole = (each.model_dump(mode="json") for each in found)
        shown = [{key: each[key] for key in SHOWN} for each in whole]
        print_json({"question": asked, "note": note, "findings": shown})
        return
    if note:
        typer.echo(f"{note[:1].upper()}{note[1:]}. Read it yourself.")
    if unread:
        return
    for line in (line for each in found for line in _lines(each)):
        typer.echo(line)
    if not found:
        typer.echo(NOTHING)


def _lines(found: Finding) -> Iterator[str]:
    kinds = {
        ("red", False): "Red flag",
        ("red", True): "Possible red flag, read it",
        ("good", False): "Good sign",
        ("good", True): "Likely good",
        ("evasion", False): "Evasive",
    }
    weaker = f" ({', '.join(found.modifiers)})" if found.modifiers else ""
    flag = f" {found.flag}" if found.flag else ""
    kind = kinds[found.polarity, found.possible]
    yield f"{kind}{flag}{weaker}, by {found.signal}, characters {found.start}-{found.end}"
    yield f"  “{' '.join(found.quote.split())}”"
    yield f"  {found.reason}"
    if found.ask and found.polarity != "good":
        yield f"  Ask: {found.ask}"
