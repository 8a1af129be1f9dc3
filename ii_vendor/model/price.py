"""Price beside quality: computed from a comparison and the vendors' prices, and never part of autonomy."""

from __future__ import annotations

from ii_vendor.model.base import Frozen

LEAST, MOST = 0.01, 1e15
"""Between these a sum is a price in any currency; what lies outside was typed wrongly, and could not be shown."""


class PricedVendor(Frozen):
    """One vendor's price beside its autonomy.

    ``autonomy`` is the score 0-100 that it is ranked by, its low end; None where it is not rated. ``per_point`` is the
    price of one point of it, None where the score is 0. ``points`` are the classic price points, 0-100:
    100 * lowest price / price. ``combined`` is quality share * autonomy + price share * points, 0-100, and
    ``combined_rank`` its rank, ties sharing one. ``on_front``: no other ranked vendor with a price is at least as good
    and as cheap, and better in one.
    All but ``amount`` and ``autonomy`` are None or False for a vendor that is ``left_out``: ``rejected``,
    ``not rated`` or ``no price``.
    """

    vendor: str
    name: str
    amount: float | None
    autonomy: float | None
    per_point: float | None = None
    per_point_rank: int | None = None
    points: float | None = None
    combined: float | None = None
    combined_rank: int | None = None
    on_front: bool = False
    left_out: str = ""


class Reordering(Frozen):
    """Shows why the classic ratio is doubted: without ``without`` (a vendor's id) the vendor ``above`` falls behind
    ``below``, although nothing about either changed."""

    without: str
    above: str
    below: str


class PriceComparison(Frozen):
    """The vendors by price per point, those left out last. ``quality_share`` is the weight of quality, 0-1, in the
    classic ratio; ``reordering`` an example from these vendors where there is one."""

    currency: str
    quality_share: float
    vendors: tuple[PricedVendor, ...]
    reordering: Reordering | None = None
