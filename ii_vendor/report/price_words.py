"""What prices come to, in sentences, and what is known to be wrong with the classic ratio. Plain text."""

from __future__ import annotations

from collections.abc import Sequence

from ii_vendor.model.price import PriceComparison, PricedVendor
from ii_vendor.report.money import money
from ii_vendor.report.phrases import listed
from ii_vendor.score.price_ladder import price_ladder


def price_sentences(prices: PriceComparison) -> list[str]:
    """Who costs least per point of autonomy, and what the bare price would have hidden."""
    inside = [each for each in prices.vendors if each.per_point_rank]
    if not inside:
        return ["No vendor that is in the ranking has a price yet."]
    best = [each for each in inside if each.per_point_rank == 1]
    least = money(best[0].per_point, prices.currency)
    if len(inside) == 1:
        return [f"{best[0].name} asks {least} per point of autonomy. A second price is needed to compare."]
    names, verb = listed([each.name for each in best]), "asks" if len(best) == 1 else "ask"
    said = [f"{names} {verb} the least per point of autonomy: {least}."]
    following = next((each for each in inside if each.per_point_rank != 1), None)
    if following:
        said.append(f"{following.name} follows with {money(following.per_point, prices.currency)}.")
    return [*said, *_hidden_by_price(prices, inside, best[0])]


def _hidden_by_price(prices: PriceComparison, inside: Sequence[PricedVendor], best: PricedVendor) -> list[str]:
    said = []
    if best.amount and all(each.amount and each.amount < best.amount for each in inside if each is not best):
        said.append(f"{best.name} has the highest price of those in the ranking, and gives the most for it.")
    cheapest = min((each for each in prices.vendors if each.amount), key=lambda each: each.amount or 0.0)
    if cheapest.left_out == "rejected":
        said.append(
            f"The lowest price, {money(cheapest.amount, prices.currency)}, is that of {cheapest.name}, which is "
            "rejected: no price makes up for that."
        )
    return said


def ratio_sentence(prices: PriceComparison) -> str:
    """Who leads by the classic ratio; empty where nobody is in it."""
    first = [each for each in prices.vendors if each.combined_rank == 1]
    if not first:
        return ""
    quality = round(100 * prices.quality_share)
    verb = "leads" if len(first) == 1 else "share the lead"
    return (
        f"With quality at {quality} % and price at {100 - quality} %, {listed([each.name for each in first])} {verb} "
        f"with {first[0].combined or 0:.1f} of 100."
    )


def ratio_doubts(prices: PriceComparison) -> list[str]:
    """What is known to be wrong with the classic ratio, shown with these vendors' numbers."""
    inside = sorted((each for each in prices.vendors if each.points), key=lambda each: each.amount or 0.0)
    if not inside:
        return []
    return [_not_linear(inside[0], prices.currency), _set_by_the_cheapest(prices, inside)]


def _not_linear(cheapest: PricedVendor, currency: str) -> str:
    rungs = price_ladder(cheapest.amount or 0.0)
    step = money(rungs[0].amount - (cheapest.amount or 0.0), currency)
    lost = listed([f"{rung.lost:.0f}" for rung in rungs[1:]])
    return (
        f"It is not linear. The first {step} above the lowest price cost a vendor {rungs[0].lost:.0f} price points, "
        f"the next three steps of the same size only {lost}: the dearer an offer, the less a further rise hurts it."
    )


def _set_by_the_cheapest(prices: PriceComparison, inside: Sequence[PricedVendor]) -> str:
    said = "The cheapest offer sets everybody's points. "
    names = {each.vendor: each.name for each in prices.vendors}
    if turn := prices.reordering:
        return (
            f"{said}Without {names[turn.without]}, {names[turn.above]} would fall behind {names[turn.below]}, although "
            "nothing about either has changed."
        )
    if len(inside) < 2:
        return f"{said}A second, cheaper one would take points from {inside[0].name} although its own price stays."
    cheapest, following = inside[0], inside[1]
    if cheapest.amount == following.amount:
        return f"{said}Here {cheapest.name} and {following.name} share the lowest price, so losing one changes nothing."
    return (
        f"{said}Without {cheapest.name}, {following.name} would rise from {following.points or 0:.1f} to 100 price "
        "points, although nothing about its offer has changed. Here that turns no rank; elsewhere it has."
    )
