"""What a view of an evaluation leaves out, said to whoever has it."""

from __future__ import annotations

from ii_vendor.model.panel import Evaluation
from ii_vendor.model.seat import Evaluator
from ii_vendor.report.phrases import counted, listed


def withheld_words(evaluation: Evaluation) -> list[str]:
    """One sentence for each thing that is missing; none where all is there."""
    lines = []
    if evaluation.withheld:
        people = counted(len(evaluation.withheld), "person", "people")
        lines.append(
            f"Ratings of {people} are not in these figures. They open when you have handed in your own and they "
            "theirs, or with moderation."
        )
    if evaluation.closed_vendors:
        lines.append(f"Closed to you, until interests are declared or because of a conflict: {_closed(evaluation)}.")
    return lines


def figures_words(evaluation: Evaluation, seat: Evaluator | None) -> list[str]:
    """What is missing from figures as the holder of ``seat`` sees them, or the facilitator where there is none."""
    lines = []
    if evaluation.withheld and seat is None:
        lines.append("Ratings open with moderation; until then none is counted here.")
    elif evaluation.withheld and seat and seat.name in evaluation.handed_in:
        lines.append(f"Without the ratings of {_people(evaluation)}: they open when handed in, or with moderation.")
    elif evaluation.withheld and seat and seat.rates:
        lines.append("These figures rest on your own ratings only. Others’ open when you have handed in.")
    elif evaluation.withheld:
        lines.append("Ratings open to you with moderation; until then none is counted here.")
    if closed := _closed(evaluation):
        lines.append(f"Without {closed}: closed to you, as you declared a conflict of interest.")
    return lines


def ratings_words(evaluation: Evaluation, seat: Evaluator | None) -> str:
    """Which ratings are hidden from the holder of ``seat``; empty where none are."""
    if not evaluation.withheld:
        return ""
    if seat is None or not seat.rates:
        return "Ratings are hidden until moderation opens."
    if seat.name in evaluation.handed_in:
        return f"Ratings of {_people(evaluation)} are hidden until they hand in."
    return f"Ratings of {_people(evaluation)} are hidden until you have handed in."


def _people(evaluation: Evaluation) -> str:
    others = len(evaluation.withheld)
    return f"{others} other{'' if others == 1 else 's'}"


def _closed(evaluation: Evaluation) -> str:
    return listed([vendor.name for vendor in evaluation.vendors if vendor.id in evaluation.closed_vendors])
