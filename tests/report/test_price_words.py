"""What prices come to, read aloud: nothing is said of the ratio that these prices do not show."""

from __future__ import annotations

import pytest

from ii_vendor.model.price import PriceComparison, PricedVendor
from ii_vendor.report.price_words import ratio_doubts


def priced(name: str, amount: float, points: float) -> PricedVendor:
    return PricedVendor(vendor=name.lower(), name=name, amount=amount, autonomy=60.0, points=points)


def doubts(*vendors: PricedVendor) -> str:
    return ratio_doubts(PriceComparison(currency="EUR", quality_share=0.7, vendors=vendors))[1]


def test_who_would_gain_without_the_cheapest_is_named_with_his_points():
    assert "Without Alder, Birch would rise from 50.0 to 100 price points" in doubts(
        priced("Alder", 100.0, 100.0), priced("Birch", 200.0, 50.0)
    )


@pytest.mark.parametrize("others", [(), (priced("Cedar", 200.0, 50.0),)])
def test_where_two_share_the_lowest_price_nobody_is_said_to_rise(others):
    said = doubts(priced("Alder", 100.0, 100.0), priced("Birch", 100.0, 100.0), *others)
    assert "Alder and Birch share the lowest price" in said
    assert "would rise" not in said
