"""What the command line understands: arguments and options that commands share, and the words typed in them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from ii_vendor.errors import UserError

if TYPE_CHECKING:
    from ii_vendor.model.panel import FlagState

E = TypeVar("E", bound=StrEnum)

EvaluationName = Annotated[str, typer.Argument(help="Id or name of the evaluation.")]
VendorName = Annotated[str, typer.Argument(help="Id or name of the vendor.")]
ContentFolder = Annotated[
    Path | None,
    typer.Option("--content", envvar="II_VENDOR_CONTENT", help="Another folder with questionnaires/ and scoring/."),
]
SeatName = Annotated[str, typer.Argument(help="Name of a member of the panel.")]
QuestionId = Annotated[str, typer.Argument(help="Id of the question, such as Q1.")]
Level = Annotated[str, typer.Argument(help="0, 1, 2, 3, 4, or n/a where it does not apply.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for a script.")]
Actor = Annotated[str | None, typer.Option("--as", help="Whose name goes into the record; yours by default.")]
Port = Annotated[int, typer.Option(help="Port on this computer.")]
Questionnaires = Annotated[
    list[str] | None, typer.Option("--questionnaire", "-q", help="One to ask; repeat for more. All by default.")
]


def level_of(text: str) -> int | None:
    """The level 0-4 that was typed; None for n/a."""
    if text.casefold() in ("n/a", "na"):
        return None
    if text not in ("0", "1", "2", "3", "4"):
        raise UserError(f"A level is 0, 1, 2, 3, 4 or n/a, not '{text}'.")
    return int(text)


def decision_of(text: str) -> FlagState:
    """The state of a flag that was typed as a verb."""
    from ii_vendor.model.panel import FlagState

    words = {
        "confirm": FlagState.confirmed,
        "dismiss": FlagState.dismissed,
        "clarify": FlagState.clarification_sent,
        "accept": FlagState.accepted,
    }
    if text not in words:
        raise UserError(f"A decision is raise, {', '.join(words)}, not '{text}'.")
    return words[text]


def id_of(text: str, known: Iterable[str]) -> str:
    """The known id that was typed, whatever its case; the text as it is where there is none."""
    return next((each for each in known if each.casefold() == text.casefold()), text)


def one_of(kind: type[E], text: str, what: str) -> E:
    """The member of ``kind`` that was typed, whatever its case. ``what`` names it in the refusal."""
    for member in kind:
        if member.value.casefold() == text.casefold():
            return member
    raise UserError(f"There is no {what} '{text}'. Use one of: {', '.join(member.value for member in kind)}.")
