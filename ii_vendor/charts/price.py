"""Price beside autonomy: the picture, its tables and its sentences (HTML, so that words keep their size)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from ii_vendor.charts.plane import Spot, grid, placed, staircase
from ii_vendor.charts.quadrant import SIGNS, legend, named
from ii_vendor.charts.words import number
from ii_vendor.model.price import PriceComparison, PricedVendor
from ii_vendor.model.scorecard import Comparison, Outcome
from ii_vendor.report.money import figures, money

TICKS = 5
"""About as many prices are named under the picture."""

FRONT = "nobody ranked is both better and cheaper"

UNITS = ((1e9, "thousand million "), (1e6, "million "), (1e3, "thousand "))
"""What the prices under the picture are counted in, so that they stay short."""


def price_scatter(comparison: Comparison, prices: PriceComparison) -> str:
    """Price to the right, autonomy upwards. Signs differ by verdict; the dotted staircase is the front, on which a
    rejected vendor has no place."""
    outcomes = {card.vendor: card.verdict.outcome for card in comparison.vendors}
    shown = [each for each in prices.vendors if each.amount is not None and each.left_out != "not rated"]
    step, widest = _scale([each.amount or 0.0 for each in shown])
    spots = {each.vendor: _spot(each, widest) for each in shown}
    places = placed(list(spots.values()))
    names = {each.vendor: each.name for each in shown}
    points = "".join(
        _point(
            each,
            spots[each.vendor],
            outcomes[each.vendor],
            named(key, each.name, places.get(each.vendor)),
            prices.currency,
        )
        for key, each in enumerate(shown, start=1)
    )
    unit, words = next((each for each in UNITS if step >= each[0]), (1.0, ""))
    across = {100 * step * n / widest: f"{step * n / unit:g}" for n in range(round(widest / step) + 1)}
    front = "".join(staircase(spots[each.vendor] for each in shown if each.on_front))
    return (
        '<figure class="iv-quadrant iv-priced"><figcaption>Autonomy, higher is better</figcaption>'
        f'<div class="iv-plane">{grid(across, {at: f"{at:g}" for at in range(0, 101, 20)})}{front}{points}</div>'
        f'<figcaption class="iv-under">Price in {words}{escape(prices.currency)}, lower is better</figcaption>'
        f"{legend(names, places, {outcomes[each.vendor] for each in shown}, FRONT if front else '')}</figure>"
    )


def _scale(amounts: Sequence[float]) -> tuple[float, float]:
    """A round step between named prices, and the price at the right edge, which lies above the highest."""
    highest = max(amounts, default=1.0)
    rough = highest * 1.15 / TICKS
    tens = 10.0 ** math.floor(math.log10(rough))
    step = next(tens * factor for factor in (1, 2, 2.5, 5, 10) if tens * factor >= rough)
    return step, step * math.ceil(highest * 1.1 / step)


def _spot(each: PricedVendor, widest: float) -> Spot:
    return Spot(each.vendor, 100 * (each.amount or 0.0) / widest, each.autonomy or 0.0, each.name)


def _point(each: PricedVendor, spot: Spot, outcome: Outcome, words: str, currency: str) -> str:
    said = f"{each.name}: {money(each.amount, currency)}, autonomy {number(each.autonomy)}, {outcome.value}"
    kind = "iv-out" if outcome is Outcome.reject else "iv-in"
    return (
        f'<b class="iv-point {kind}" style="left:{spot.x:.2f}%;bottom:{spot.y:.2f}%" title="{escape(said)}">'
        f"{SIGNS[outcome]}{words}</b>"
    )


def per_point_table(prices: PriceComparison, bases: Mapping[str, str]) -> str:
    """The vendors by price per point of autonomy, those left out last with the reason. ``bases`` says by vendor what
    its price covers."""
    rows = [
        (
            str(each.per_point_rank or "–"),
            f'{_named(each)}<small class="iv-covers">{escape(bases.get(each.vendor, ""))}</small>',
            figures(each.amount),
            number(each.autonomy),
            f"<b>{figures(each.per_point)}</b>",
        )
        for each in prices.vendors
    ]
    currency = escape(prices.currency)
    return _table(("", "Vendor", f"Price in {currency}", "Autonomy", f"{currency} per point"), rows)


def ratio_table(prices: PriceComparison) -> str:
    """The vendors that are in the classic ratio, best first."""
    inside = sorted((each for each in prices.vendors if not each.left_out), key=lambda each: each.combined_rank or 0)
    rows = [
        (
            str(each.combined_rank),
            _named(each),
            number(each.autonomy),
            f"{each.points or 0:.1f}",
            f"<b>{each.combined or 0:.1f}</b>",
        )
        for each in inside
    ]
    return _table(("", "Vendor", "Autonomy", "Price points", "Together"), rows)


def _named(each: PricedVendor) -> str:
    why = f" <small>{each.left_out}</small>" if each.left_out else ""
    return f"{escape(each.name)}{why}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of which the second column is the row's name. Cells are HTML."""
    head = "".join(f'<th scope="col">{each}</th>' for each in heads)
    body = "".join(
        "<tr>"
        + "".join(
            f'<th scope="row">{cell}</th>' if place == 1 else f"<td>{cell}</td>" for place, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    table = f'<table class="iv-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="iv-scroll">{table}</div>'
