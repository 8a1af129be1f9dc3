"""Price beside autonomy."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ii_vendor.model.panel import Price
from ii_vendor.score import compare
from ii_vendor.score.price import combined_score, on_front, price_comparison, price_points

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
QUESTIONS = ("Q1", "Q2", "L1", "L2", "DEA-1")
QUICK = settings(max_examples=60, deadline=None)
AMOUNT = st.integers(1, 10_000_000).map(lambda cents: cents / 100)
AMOUNTS = st.lists(AMOUNT, min_size=1, max_size=8)
OFFERS = st.dictionaries(
    st.sampled_from(["alder", "birch", "cedar", "dogwood"]), st.tuples(st.integers(0, 4), AMOUNT), min_size=1
)


def price(amount, currency="EUR"):
    return Price(amount=amount, currency=currency, by="Amara", at=NOON)


@pytest.fixture(scope="module")
def priced(content, judged):
    """The comparison of ``{vendor: (level on every question, amount)}``; the autonomy is 25 times the level."""

    def build(offers, flags=(), **share):
        levels = {name: {} if at is None else dict.fromkeys(QUESTIONS, at) for name, (at, _) in offers.items()}
        prices = {name: price(amount) for name, (_, amount) in offers.items() if amount is not None}
        return price_comparison(compare(judged(levels, flags), content), prices, **share)

    return build


@pytest.fixture(scope="module")
def row(priced):
    """What is said of each vendor."""
    return lambda *args, **share: {one.vendor: one for one in priced(*args, **share).vendors}


def test_a_price_stands_beside_the_autonomy_it_buys(row):
    found = row({"alder": (4, 200.0), "birch": (2, 50.0)})
    assert (found["alder"].autonomy, found["alder"].amount, found["alder"].per_point) == (100.0, 200.0, 2.0)
    assert (found["birch"].autonomy, found["birch"].per_point, found["birch"].per_point_rank) == (50.0, 1.0, 1)
    assert (found["alder"].points, found["birch"].points) == (25.0, 100.0)
    assert found["alder"].combined == pytest.approx(0.7 * 100 + 0.3 * 25)
    assert found["birch"].combined == pytest.approx(0.7 * 50 + 0.3 * 100)


def test_vendors_come_by_price_per_point_and_those_left_out_last(priced):
    offers = {
        "alder": (None, 10.0),
        "birch": (3, None),
        "cedar": (4, 400.0),
        "dogwood": (2, 100.0),
        "elm": (0, 1.0),
    }
    found = priced(offers)
    assert found.currency == "EUR"
    assert [(one.vendor, one.left_out) for one in found.vendors][:3] == [
        ("dogwood", ""),
        ("cedar", ""),
        ("alder", "not rated"),
    ]
    assert {one.vendor: one.left_out for one in found.vendors}["birch"] == "no price"
    assert {one.vendor: one.left_out for one in found.vendors}["elm"] == "rejected"


def test_a_rejected_vendor_keeps_its_price_and_lowers_nobodys_points(row, red_flag):
    gate = red_flag("Q1", "critical", gate=True)
    found = row({"alder": (4, 1.0), "birch": (2, 50.0)}, [gate])
    assert (found["alder"].amount, found["alder"].autonomy, found["alder"].combined) == (1.0, 100.0, None)
    assert (found["birch"].points, found["birch"].on_front) == (100.0, True)


def test_a_vendor_that_is_not_rated_has_no_autonomy_to_show(row):
    assert row({"alder": (None, 5.0), "birch": (2, 50.0)})["alder"].autonomy is None


def test_autonomy_is_the_low_end_that_ranks(content, judged):
    comparison = compare(judged({"alder": {"Q1": 4}}), content)
    (only,) = price_comparison(comparison, {"alder": price(60.0)}).vendors
    assert only.autonomy == comparison.vendors[0].autonomy.low == pytest.approx(30.0)
    assert only.per_point == pytest.approx(2.0)


def test_no_point_means_no_price_per_point(content, judged, profile_with):
    levels = {"alder": {"L1": 0, "L2": 0}, "birch": {"L1": 1, "L2": 1}}
    weighed = content.with_profile(profile_with(section_weights={"lock_in": 1}))
    found = price_comparison(compare(judged(levels), weighed), {"alder": price(1.0), "birch": price(9.0)})
    assert [(one.vendor, one.per_point_rank) for one in found.vendors] == [("birch", 1), ("alder", None)]
    assert found.vendors[1].per_point is None
    assert found.vendors[1].combined == pytest.approx(30.0)


def test_ties_share_a_rank_however_large_the_price(row):
    found = row({"alder": (3, 3e9 / 7), "birch": (1, 1e9 / 7), "cedar": (2, 9e9)})
    assert [found[name].per_point_rank for name in ("alder", "birch", "cedar")] == [1, 1, 3]


def test_the_same_offer_shares_every_rank(row):
    found = row({"alder": (3, 70.0), "birch": (3, 70.0)})
    assert found["alder"].combined_rank == found["birch"].combined_rank == 1
    assert found["alder"].on_front
    assert found["birch"].on_front


def test_without_prices_everybody_is_left_out(priced):
    found = priced({"alder": (3, None)})
    assert (found.currency, [one.left_out for one in found.vendors], found.reordering) == ("", ["no price"], None)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_of_quality_outside_0_to_1_is_refused(priced, share):
    with pytest.raises(ValueError):
        priced({"alder": (3, 10.0)}, quality_share=share)


def test_a_reordering_is_shown_where_the_cheapest_vendor_leaving_turns_two_others(priced):
    offers = {"alder": (4, 200.0), "birch": (3, 110.0), "cedar": (1, 20.0)}
    found = priced(offers, quality_share=0.6).reordering
    assert (found.without, found.above, found.below) == ("cedar", "alder", "birch")
    without = {one.vendor: one for one in priced({k: offers[k] for k in ("alder", "birch")}, quality_share=0.6).vendors}
    assert without["birch"].combined_rank < without["alder"].combined_rank


def test_two_cheapest_vendors_turn_nobody(priced):
    offers = {"alder": (4, 200.0), "birch": (3, 110.0), "cedar": (1, 20.0), "dogwood": (1, 20.0)}
    assert priced(offers, quality_share=0.6).reordering is None


@QUICK
@given(OFFERS, st.integers(0, 10).map(lambda tenths: tenths / 10))
def test_a_reordering_is_shown_exactly_where_leaving_out_somebody_makes_one(priced, offers, share):
    ranks = {one.vendor: one.combined_rank for one in priced(offers, quality_share=share).vendors if not one.left_out}
    turned = set()
    for gone in ranks:
        left = {vendor: offer for vendor, offer in offers.items() if vendor != gone}
        after = {one.vendor: one.combined_rank for one in priced(left, quality_share=share).vendors} if left else {}
        rest = [vendor for vendor in ranks if vendor != gone]
        turned |= {
            (gone, above, below)
            for above in rest
            for below in rest
            if ranks[above] < ranks[below] and after[above] > after[below]
        }
    found = priced(offers, quality_share=share).reordering
    assert (found.without, found.above, found.below) in turned if found else not turned


@QUICK
@given(OFFERS)
def test_of_two_equally_good_vendors_the_cheaper_is_never_worse(row, offers):
    found = [one for one in row(offers).values() if not one.left_out]
    for one in found:
        for other in found:
            if one.autonomy == other.autonomy and one.amount <= other.amount:
                assert one.points >= other.points
                assert one.combined_rank <= other.combined_rank
                assert one.per_point is None or one.per_point_rank <= other.per_point_rank


@QUICK
@given(OFFERS)
def test_the_best_and_the_cheapest_price_per_point_are_on_the_front(row, offers):
    found = [one for one in row(offers).values() if not one.left_out]
    if found:
        best = max(found, key=lambda one: (one.autonomy, -one.amount))
        cheapest = min(found, key=lambda one: (one.amount, -one.autonomy))
        assert best.on_front
        assert cheapest.on_front


@QUICK
@given(AMOUNTS, st.floats(0.01, 100))
def test_points_do_not_depend_on_the_currency(amounts, rate):
    assert price_points([rate * amount for amount in amounts]) == pytest.approx(price_points(amounts))


@QUICK
@given(AMOUNTS)
def test_points_are_100_for_the_lowest_price_and_above_0_for_all(amounts):
    points = price_points(amounts)
    assert max(points) == points[amounts.index(min(amounts))] == 100.0
    assert min(points) > 0.0


@QUICK
@given(st.floats(0, 100), st.floats(0, 100), st.floats(0, 1))
def test_the_combined_score_lies_between_both(quality, points, share):
    combined = combined_score(quality, points, share)
    assert min(quality, points) - 1e-9 <= combined <= max(quality, points) + 1e-9


@QUICK
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 4)), min_size=1, max_size=8))
def test_everything_off_the_front_is_beaten_by_something_on_it(offers):
    flags = on_front([quality for quality, _ in offers], [amount for _, amount in offers])
    front = [offer for offer, on in zip(offers, flags, strict=True) if on]
    for (quality, amount), on in zip(offers, flags, strict=True):
        beaten = [one for one in front if one[0] >= quality and one[1] <= amount and one != (quality, amount)]
        assert bool(beaten) != on
