"""The quadrant: autonomy against red flags, a point a vendor. HTML, so that its words keep their size on any screen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from html import escape

from ii_vendor.charts.plane import Placed, Spot, grid, placed, shortened, staircase
from ii_vendor.model.scorecard import Comparison, Outcome, Scorecard

SIGNS = {Outcome.shortlist: "●", Outcome.conditional: "◆", Outcome.incomplete: "○", Outcome.reject: "✕"}


@dataclass(frozen=True)
class _Plane:
    """Where scores lie, in percent of the picture. The axis of red flags ends above the highest band."""

    widest: int

    def x(self, red_flags: float | None) -> float:
        return 100.0 * (red_flags or 0.0) / self.widest

    def spot(self, card: Scorecard) -> Spot:
        return Spot(card.vendor, self.x(card.red_flags.low), card.autonomy.low or 0.0, card.name)


def quadrant(comparison: Comparison) -> str:
    """Autonomy against red flags (HTML). A point stands at the low ends, thin lines lead to the high ends, and the
    dotted staircase is the Pareto front. Signs differ with the verdict, so that colour is never alone."""
    cards = comparison.ranked()
    plane = _plane(cards)
    places = placed([plane.spot(card) for card in cards])
    front = "".join(staircase(plane.spot(card) for card in cards if card.on_front))
    outcomes = {card.verdict.outcome for card in cards}
    dotted = "nobody ranked is better on both" if front else ""
    points = "".join(
        _point(card, plane, named(number, card.name, places.get(card.vendor))) for number, card in enumerate(cards, 1)
    )
    step = 10 if plane.widest <= 60 else 20
    across = {plane.x(value): str(value) for value in range(0, plane.widest + 1, step)}
    up: dict[float, str] = {value: str(value) for value in range(0, 101, 20)}
    return (
        '<figure class="iv-quadrant"><figcaption>Autonomy, higher is better</figcaption>'
        f'<div class="iv-plane">{grid(across, up)}{front}{points}</div>'
        '<figcaption class="iv-under">Red flags, lower is better</figcaption>'
        f"{legend({card.vendor: card.name for card in cards}, places, outcomes, dotted)}"
        "</figure>"
    )


def named(number: int, name: str, place: Placed | None) -> str:
    """The name beside its point, and the number that stands for it where there is no room (HTML)."""
    if place is None:
        return ""
    full = f'<span class="iv-full">{escape(shortened(name))}</span><span class="iv-key">{number}</span>'
    return f'<span class="iv-{place.side}">{full if place.named else place.numbers}</span>'


def legend(names: Mapping[str, str], places: Mapping[str, Placed], outcomes: Collection[Outcome], front: str) -> str:
    """The names by number, all of them on a narrow screen and elsewhere those without room; and what the signs mean
    (HTML). ``front`` says what the dotted line is, empty where none is drawn."""
    numbers = {vendor: f"{number} {escape(name)}" for number, (vendor, name) in enumerate(names.items(), start=1)}
    crowded = [words for vendor, words in numbers.items() if not (vendor in places and places[vendor].named)]
    signs = [f"{SIGNS[each]} {each.value}" for each in Outcome if each in outcomes]
    signs += [f"dotted: {front}"] if front else []
    return (
        f'<figcaption class="iv-legend"><span class="iv-keys">{" · ".join(numbers.values())}</span>'
        f'<span class="iv-crowded">{" · ".join(crowded)}</span><span>{" · ".join(signs)}</span></figcaption>'
    )


def _plane(cards: Iterable[Scorecard]) -> _Plane:
    highest = max([15.0, *(card.red_flags.high or 0.0 for card in cards)])
    return _Plane(widest=min(100, -(-int(highest * 1.25) // 10) * 10))


def _point(card: Scorecard, plane: _Plane, words: str) -> str:
    _, x, y, _ = plane.spot(card)
    right, up = plane.x(card.red_flags.high) - x, (card.autonomy.high or 0.0) - y
    outcome = card.verdict.outcome
    side = "iv-out" if outcome is Outcome.reject else "iv-in"
    said = (
        f"{card.name}: autonomy {card.autonomy.low or 0:.0f}, red flags {card.red_flags.low or 0:.0f}, {outcome.value}"
    )
    return (
        f'<i class="iv-band {side}" style="left:{x:.2f}%;bottom:{y:.2f}%;width:{right:.2f}%"></i>'
        f'<i class="iv-band {side}" style="left:{x:.2f}%;bottom:{y:.2f}%;height:{up:.2f}%"></i>'
        f'<b class="iv-point {side}" style="left:{x:.2f}%;bottom:{y:.2f}%" title="{escape(said)}">{SIGNS[outcome]}'
        f"{words}</b>"
    )
