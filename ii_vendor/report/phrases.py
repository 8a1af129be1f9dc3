"""The small words that sentences about firmness are made of: shares, levels, lists, conditions and what follows."""

from __future__ import annotations

from collections.abc import Sequence

from ii_vendor.model.content import Content
from ii_vendor.model.panel import FlagState, Rating
from ii_vendor.model.robustness import (
    Effect,
    FlagTurn,
    LevelTurn,
    Robustness,
    Simulation,
    VerdictMove,
    WeightStability,
    WeightTurn,
)
from ii_vendor.model.scorecard import Outcome
from ii_vendor.score.weights import whole_percentages

BECOMES = {
    Outcome.reject: "rejected",
    Outcome.incomplete: "incomplete",
    Outcome.conditional: "conditional",
    Outcome.shortlist: "shortlisted",
}
DECIDED = {
    FlagState.raised: "is open again",
    FlagState.confirmed: "is confirmed",
    FlagState.dismissed: "is withdrawn",
    FlagState.clarification_sent: "goes back to the vendor",
    FlagState.accepted: "is accepted as a risk",
}


def percent(share: float, shown: int | None = None) -> str:
    """A share, 0-1, as ``83 %``. What is not all or nothing never reads as if it were: ``>99 %``, ``<1 %``.

    ``shown`` is the whole number to show, where shares were rounded together so that they add up.
    """
    shown = round(100 * share) if shown is None else shown
    if shown == 100 and share < 1 - 1e-9:
        return ">99 %"
    if shown == 0 and share > 1e-9:
        return "<1 %"
    return f"{shown} %"


def rank_percents(simulation: Simulation, vendor: str) -> list[str]:
    """How often a vendor takes each rank, rounded so that the ranks add up to 100 %."""
    shares = simulation.ranks[simulation.vendors.index(vendor)]
    whole = whole_percentages({str(rank): share for rank, share in enumerate(shares)})
    return [percent(share, shown) for share, shown in zip(shares, whole.values(), strict=True)]


def first_percent(simulation: Simulation, vendor: str) -> str:
    """How often a vendor comes first, as its row of ranks shows it; ``0 %`` for one that is not ranked."""
    return rank_percents(simulation, vendor)[0] if vendor in simulation.vendors else "0 %"


def often(simulation: Simulation, vendor: str, *together: str) -> str:
    """In how many of the samples a vendor comes first, or those ``together`` with it that tie with it throughout:
    ``83 %``, or ``all 10 000`` where no sample was otherwise, which does not promise that none could be."""
    share = sum(simulation.first(each) for each in (vendor, *together))
    if share >= 1 - 1e-9:
        return f"all {thousands(simulation.samples)}"
    return percent(share) if together else first_percent(simulation, vendor)


def thousands(count: int) -> str:
    """A count with a space between the thousands: ``10 000``."""
    return f"{count:,}".replace(",", " ")


def share_beside(share: float, other: float) -> str:
    """A weight's share, 0-1, with as few decimals, up to two, as tell it from another."""
    for digits in (0, 1):
        shown = f"{100 * share:.{digits}f}"
        if shown != f"{100 * other:.{digits}f}" and float(shown) not in (0.0, 100.0):
            return f"{shown} %"
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + " %"


def level_words(level: float, beside: float | None = None) -> str:
    """A level as ``3``, or a mean as ``3.3``; with two decimals where it would read like the one beside it."""
    shown = f"{round(level, 1):g}"
    return f"{round(level, 2):g}" if beside is not None and shown == f"{round(beside, 1):g}" else shown


def listed(words: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def either(words: Sequence[str]) -> str:
    """``if A``, ``if A, or if B``, ``if A, if B, or if C``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])}, or {words[-1]}" if words else ""


def few(words: Sequence[str], most: int = 6) -> str:
    """A list that ends with how many more there are."""
    return listed(words) if len(words) <= most else f"{', '.join(words[:most])} and {len(words) - most} more"


def counted(number: int, one: str, many: str = "") -> str:
    """``1 answer``, ``2 answers``, ``1 580 answers``."""
    return f"{thousands(number)} {one if number == 1 else many or f'{one}s'}"


def of(name: str) -> str:
    """Whose: ``Halden’s``."""
    return f"{name}’s"


def named(robustness: Robustness, vendors: Sequence[str]) -> list[str]:
    """The names of these vendors."""
    return [robustness.names.get(vendor, vendor) for vendor in vendors]


def weighed(turn: WeightTurn | WeightStability, content: Content) -> str:
    """What weighs: a section by its title, a question by its id."""
    if turn.kind == "question":
        return turn.id
    return next((f"“{section.title}”" for section in content.sections if section.id == turn.id), turn.id)


def level_condition(turn: LevelTurn, whose: str, title: str = "") -> str:
    """``Halden’s Q4 drops from 3 to 2``; ``whose`` may be empty, and ``title`` follows the question in brackets."""
    question = " ".join(part for part in (whose, turn.question, title and f"({title})") if part)
    if turn.level is None:
        return f"{question}, not rated yet, is rated {turn.to}"
    moves = "rises" if turn.to > turn.level else "drops"
    return f"{question} {moves} from {level_words(turn.level, turn.to)} to {turn.to}"


def weight_condition(turn: WeightTurn, content: Content, *, now: bool = False) -> str:
    """``“Lock-in” weighs more than 41 %``, and ``(now 30 %)`` where that is asked for."""
    what = weighed(turn, content)
    than = "more than" if turn.up else "less than"
    if abs(turn.turns_at - turn.share) < 5e-5:
        return f"{what} weighs any {than} its {share_beside(turn.share, turn.share)}"
    beside = f" (now {share_beside(turn.share, turn.turns_at)})" if now else ""
    return f"{what} weighs {than} {share_beside(turn.turns_at, turn.share)}{beside}"


def flag_name(turn: FlagTurn) -> str:
    """The flag's id without the vendor in front: ``L7-lease``."""
    return turn.flag.removeprefix(f"{turn.vendor}/")


def flag_condition(turn: FlagTurn, whose: str = "") -> str:
    """``red flag L7-lease is withdrawn``; ``whose`` is the vendor where it must be said."""
    decided = DECIDED[turn.after]
    if turn.after is FlagState.dismissed and turn.before.undecided:
        decided = "is dismissed"
    if turn.before is FlagState.accepted and turn.after is FlagState.confirmed:
        decided = "is no longer accepted as a risk"
    return f"{f'{whose} ' if whose else ''}red flag {flag_name(turn)} {decided}"


def leads(robustness: Robustness, leaders: Sequence[str]) -> str:
    """``Tidelark leads``, ``A and B share the lead``, or that nobody does."""
    if not leaders:
        return "nobody is left in the ranking"
    return f"{listed(named(robustness, leaders))} {'leads' if len(leaders) == 1 else 'share the lead'}"


def moved(robustness: Robustness, move: VerdictMove) -> str:
    """``Kesselbrück becomes shortlisted``."""
    return f"{robustness.names[move.vendor]} becomes {BECOMES[move.after]}"


def follows(robustness: Robustness, effect: Effect) -> str:
    """What an effect on the lead comes to: ``Tidelark leads (Halden becomes rejected)``. Verdicts of vendors that
    neither lead now nor then are left out."""
    concerned = {*robustness.leaders, *(effect.leaders or ())}
    moves = [moved(robustness, move) for move in effect.verdicts if move.vendor in concerned]
    return leads(robustness, effect.leaders or ()) + (f" ({few(moves, 3)})" if moves else "")


def grade_words(rating: Rating) -> str:
    """What stands behind a rating, and whether it was given with others' ratings in view."""
    return f"{rating.grade.value}{', given once others’ ratings were open' if rating.informed else ''}"
