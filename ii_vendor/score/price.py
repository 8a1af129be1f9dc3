"""Price beside quality: price per point, the front of both, and the classic combined score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations

from ii_vendor.model.panel import Price
from ii_vendor.model.price import PriceComparison, PricedVendor, Reordering
from ii_vendor.model.scorecard import Comparison, Outcome, Scorecard
from ii_vendor.score.comparison import RANK_DIGITS

QUALITY_SHARE = 0.7
"""The weight of quality in the classic combined score, unless somebody says otherwise."""


def price_comparison(
    comparison: Comparison, prices: Mapping[str, Price], *, quality_share: float = QUALITY_SHARE
) -> PriceComparison:
    """The vendors' prices, all in one currency, by vendor id beside their autonomy.

    Only ranked vendors with a price are compared. ``quality_share`` is 0-1; raises ValueError outside it.
    """
    if not 0.0 <= quality_share <= 1.0:
        raise ValueError(f"The share of quality is between 0 and 1, not {quality_share}.")
    reasons = {card.vendor: _left_out(card, prices) for card in comparison.vendors}
    cards = [card for card in comparison.vendors if not reasons[card.vendor]]
    compared = sorted(_compared(cards, prices, quality_share), key=_order)
    others = [_other(card, prices, reasons[card.vendor]) for card in comparison.vendors if reasons[card.vendor]]
    return PriceComparison(
        currency=next((price.currency for price in prices.values()), ""),
        quality_share=quality_share,
        vendors=(*compared, *others),
        reordering=_reordering(compared, quality_share),
    )


def price_points(amounts: Sequence[float]) -> tuple[float, ...]:
    """The classic points of prices above 0: 100 * lowest / price, so 100 for the lowest and above 0 for all."""
    return tuple(100.0 * (min(amounts) / amount) for amount in amounts)


def combined_score(quality: float, points: float, quality_share: float) -> float:
    """Quality and price points, 0-100 each, in one: quality share * quality + price share * points, 0-100."""
    return quality_share * quality + (1.0 - quality_share) * points


def on_front(qualities: Sequence[float], amounts: Sequence[float]) -> tuple[bool, ...]:
    """Which of them no other beats: at least as good and as cheap, and better in one (Pareto). Qualities that agree to
    9 decimals are equal."""
    both = [(round(quality, RANK_DIGITS), -amount) for quality, amount in zip(qualities, amounts, strict=True)]
    return tuple(not any(o[0] >= one[0] and o[1] >= one[1] and o != one for o in both) for one in both)


def _left_out(card: Scorecard, prices: Mapping[str, Price]) -> str:
    """Why a vendor is not compared; empty where it is."""
    if card.verdict.outcome is Outcome.reject:
        return "rejected"
    if card.rank is None:
        return "not rated"
    return "" if card.vendor in prices else "no price"


def _other(card: Scorecard, prices: Mapping[str, Price], reason: str) -> PricedVendor:
    price = prices.get(card.vendor)
    return PricedVendor(
        vendor=card.vendor,
        name=card.name,
        amount=price.amount if price else None,
        autonomy=card.autonomy.low if card.autonomy.coverage else None,
        left_out=reason,
    )


def _compared(cards: Sequence[Scorecard], prices: Mapping[str, Price], quality_share: float) -> list[PricedVendor]:
    amounts = [prices[card.vendor].amount for card in cards]
    qualities = [card.autonomy.low or 0.0 for card in cards]
    per_point = [
        amount / quality if round(quality, RANK_DIGITS) else None
        for amount, quality in zip(amounts, qualities, strict=True)
    ]
    points = price_points(amounts)
    combined = [combined_score(*both, quality_share) for both in zip(qualities, points, strict=True)]
    per_point_ranks = _ranks([None if each is None else _significant(each) for each in per_point])
    combined_ranks = _ranks([-round(each, RANK_DIGITS) for each in combined])
    front = on_front(qualities, amounts)
    return [
        PricedVendor(
            vendor=card.vendor,
            name=card.name,
            amount=amounts[i],
            autonomy=qualities[i],
            per_point=per_point[i],
            per_point_rank=per_point_ranks[i],
            points=points[i],
            combined=combined[i],
            combined_rank=combined_ranks[i],
            on_front=front[i],
        )
        for i, card in enumerate(cards)
    ]


def _significant(price: float) -> float:
    """A price that is equal to another however large both are: to 12 significant digits."""
    return float(f"{price:.12g}")


def _ranks(values: Sequence[float | None]) -> list[int | None]:
    """Competition ranks, the smallest first, ties sharing one (1, 1, 3); None for None."""
    known = [value for value in values if value is not None]
    return [None if value is None else 1 + sum(other < value for other in known) for value in values]


def _order(vendor: PricedVendor) -> tuple[bool, int]:
    return vendor.per_point_rank is None, vendor.per_point_rank or 0


def _reordering(vendors: Sequence[PricedVendor], quality_share: float) -> Reordering | None:
    """Two vendors that change places once the cheapest one is gone, those highest up first; None where none do.

    Only the cheapest can do this: price points of all others are measured against it.
    """
    ordered = sorted(vendors, key=lambda vendor: vendor.amount or 0.0)
    cheapest, rest = ordered[:1], ordered[1:]
    rest = sorted(rest, key=lambda vendor: (vendor.combined_rank or 0, vendor.vendor))
    without = price_points([vendor.amount or 0.0 for vendor in rest])
    after = {
        vendor.vendor: round(combined_score(vendor.autonomy or 0.0, points, quality_share), RANK_DIGITS)
        for vendor, points in zip(rest, without, strict=True)
    }
    for above, below in permutations(rest, 2):
        if (above.combined_rank or 0) < (below.combined_rank or 0) and after[above.vendor] < after[below.vendor]:
            return Reordering(without=cheapest[0].vendor, above=above.vendor, below=below.vendor)
    return None
