"""What happened in a workshop, in plain words: who came, what was voted on, who voted what, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping

from ii_vendor.model import workshop_events as steps
from ii_vendor.model.content import Content
from ii_vendor.model.events import Event
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.workshop import Choice, Item, PutOff, Settings, Subject
from ii_vendor.report.audit_phrases import answer, because, flag
from ii_vendor.report.phrases import counted, listed


def workshop_words(event: Event, evaluation: Evaluation, content: Content) -> str | None:
    """What the actor did, without the name in front; None for an event of another kind."""
    change = event.change
    match change:
        case steps.WorkshopOpened():
            return f"opened workshop {change.number}: {settings_words(change.settings)}."
        case steps.WorkshopChanged():
            return f"changed how the workshop is held: {settings_words(change.settings)}."
        case steps.WorkshopJoined():
            how = " with a phone" if change.ballot else ""
            return f"{_seat(change.evaluator, event.actor, 'came', 'let', 'come')} into the workshop{how}."
        case steps.WorkshopLeft():
            freed = " The ballot is free for another phone." if change.released else ""
            return f"{_seat(change.evaluator, event.actor, 'left', 'noted that', 'left')} the workshop.{freed}"
        case steps.RoundOpened():
            return f"opened round {change.round} of votes, on {item_words(change.item, evaluation)}."
        case steps.VoteCast():
            return _voted(change, event.actor, evaluation, content)
        case steps.VotesRevealed():
            how = "all were in" if change.how == "all in" else "by hand"
            return f"showed the votes of round {change.round}, {how}."
        case steps.RevealUndone():
            return f"hid the votes of round {change.round} again."
        case steps.ItemPutOff():
            did = "skipped" if change.how is PutOff.skipped else "parked"
            return f"{did} {item_words(change.item, evaluation)}{because(change.reason)}."
        case steps.WorkshopClosed():
            return "closed the workshop."
        case _:
            return None


def item_words(item: Item, evaluation: Evaluation) -> str:
    """``Halden Grid, Q3``, with a red flag in its own words, or ``the weights of the sections``."""
    match item.subject:
        case Subject.answer:
            return answer(item.vendor, item.question, evaluation)
        case Subject.flag:
            return f"the red flag {flag(item.flag, evaluation)}"
        case Subject.weights:
            return "the weights of the sections"


def choice_words(choice: Choice) -> str:
    """``level 3``, ``not applicable``, ``confirm`` or ``abstain``."""
    return choice.value if choice.level is None else f"level {choice.level}"


def points_words(points: Mapping[str, float], content: Content) -> str:
    """``100 for “Lock-in” and 40 for “Flows”``."""
    titles = {section.id: section.title for section in content.sections}
    return listed([f"{value:g} for “{titles.get(key, key)}”" for key, value in points.items()])


def settings_words(settings: Settings) -> str:
    """How a workshop is held, in one line."""
    return listed(
        [
            "the screen says who voted what" if settings.names else "the screen shows votes without names",
            "votes are shown when all are in" if settings.auto_reveal else "votes are shown by hand",
            "guests may join" if settings.guests else "only the panel may join",
            *([f"{counted(settings.minutes, 'minute')} are planned for an item"] if settings.minutes else []),
        ]
    )


def _seat(whose: str, actor: str, alone: str, other: str, did: str) -> str:
    return alone if whose == actor else f"{other} {whose} {did}"


def _voted(change: steps.VoteCast, actor: str, evaluation: Evaluation, content: Content) -> str:
    verb = "voted" if change.evaluator == actor else f"entered a vote by {change.evaluator}"
    held = evaluation.workshops[change.workshop - 1] if len(evaluation.workshops) >= change.workshop else None
    of = held.round(change.round) if held else None
    on = f" on {item_words(of.item, evaluation)}" if of else ""
    said = points_words(change.points, content) if change.points else choice_words(change.choice)
    return f"{verb} in round {change.round}{on}: {said}{because(change.reason)}."
