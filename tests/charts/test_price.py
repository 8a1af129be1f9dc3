"""Price beside autonomy as a picture: names stay apart, rejected vendors stay visible, and words stay words."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ii_vendor.charts.plane import FIGURE, LETTER, LINE, SHORTEST, Spot, placed, shortened
from ii_vendor.charts.price import per_point_table, price_scatter, ratio_table
from ii_vendor.model.panel import Price
from ii_vendor.report.price_words import price_sentences, ratio_doubts, ratio_sentence
from ii_vendor.score import compare
from ii_vendor.score.price import price_comparison
from ii_vendor.score.price_ladder import price_ladder

QUESTIONS = ("Q1", "Q2", "L1", "L2", "DEA-1")


@pytest.fixture
def priced(judged, content, profile_with):
    """A comparison with its prices from ``{vendor: (level throughout, price or None)}``; below 50 they are rejected."""

    def build(vendors, share=0.7):
        levels = {vendor: dict.fromkeys(QUESTIONS, level) for vendor, (level, _) in vendors.items()}
        evaluation = judged(levels)
        comparison = compare(evaluation, content.with_profile(profile_with(autonomy=50)))
        at = evaluation.created_at
        prices = {
            vendor: Price(amount=amount, currency="EUR", by="Pia", at=at)
            for vendor, (_, amount) in vendors.items()
            if amount
        }
        return comparison, price_comparison(comparison, prices, quality_share=share)

    return build


def box(spot, place):
    side, number = place.side, FIGURE * (len(place.numbers) - 1)
    width = max(SHORTEST, LETTER * len(shortened(spot.name))) if place.named else SHORTEST + number
    left = spot.x - width if side.endswith("left") else spot.x
    bottom = spot.y if side.startswith("above") else spot.y - LINE
    return left, bottom, left + width, bottom + LINE


@given(
    st.lists(
        st.tuples(st.floats(0, 100), st.floats(0, 100), st.text("Wm i", min_size=1, max_size=60)),
        min_size=1,
        max_size=9,
    )
)
def test_no_two_names_ever_overlap_and_none_leaves_the_picture(points):
    spots = [Spot(str(number), *point) for number, point in enumerate(points)]
    boxes = [box(spots[int(key)], place) for key, place in placed(spots).items()]
    assert all(left >= 0 and right <= 100 for left, _, right, _ in boxes)
    for a, b in combinations(boxes, 2):
        assert a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] or b[1] >= a[3]


def test_a_lone_point_always_has_its_name():
    for x in (0, 1, 49, 50, 51, 99, 100):
        assert placed([Spot("a", x, 40, "A name of quite some length, even more")])["a"].named


def test_points_on_each_other_have_their_numbers_side_by_side():
    crowd = [Spot(str(number), 0, 57 + number, f"Vendor {number}") for number in range(1, 6)]
    told = [number for place in placed(crowd).values() for number in place.numbers.split()]
    assert sorted(told) == ["1", "2", "3", "4", "5"]


def test_names_without_room_are_told_by_number_under_the_picture(priced):
    crowd = ("alder", "birch", "cedar", "dogwood", "elm", "fir")
    drawn = price_scatter(*priced(dict.fromkeys(crowd, (3, 100))))
    (told,) = re.findall('iv-crowded">([^<]*)<', drawn)
    beside = re.findall(r'iv-full">(\w+)<', drawn)
    assert told
    assert sorted([*beside, *re.findall(r"\d (\w+)", told)]) == [name.title() for name in crowd]


def test_a_rejected_vendor_is_crossed_out_and_has_no_place_on_the_front(priced):
    vendors = {"alder": (4, 300), "birch": (3, 200), "cedar": (1, 50)}
    comparison, prices = priced(vendors)
    drawn = price_scatter(comparison, prices)
    crossed = re.findall(r'<b class="iv-point iv-out"[^>]*title="([^"]*)">✕', drawn)
    assert len(crossed) == 1
    assert crossed[0].startswith("Cedar: 50.00")
    del vendors["cedar"]
    steps = [
        re.findall('class="iv-step"', price_scatter(*priced(each))) for each in ({**vendors, "cedar": (1, 50)}, vendors)
    ]
    assert len(steps[0]) == len(steps[1]) == 2


def test_signs_tell_the_verdict_without_colour(priced):
    drawn = price_scatter(*priced({"alder": (4, 300), "cedar": (1, 50)}))
    assert "● shortlist" in drawn
    assert "✕ reject" in drawn


@pytest.mark.parametrize("amount", [0.5, 99, 2_350, 394_000, 7_100_000, 3e12])
def test_the_scale_is_short_round_and_ends_above_the_highest_price(priced, amount):
    drawn = price_scatter(*priced({"alder": (3, amount), "birch": (2, amount / 3)}))
    ticks = [float(tick) for tick in re.findall(r'iv-xtick"[^>]*>([^<]*)<', drawn)]
    assert 4 <= len(ticks) <= 8
    assert ticks[0] == 0
    (left,) = re.findall(r"left:([\d.]+)%;bottom:75", drawn)
    assert 40 < float(left) <= 100


def test_vendors_left_out_stand_last_with_the_reason(priced):
    _, prices = priced({"birch": (3, None), "cedar": (1, 50), "alder": (4, 300)})
    table = per_point_table(prices, {"alder": "five <years>"})
    names = re.findall(r'<th scope="row">(\w+)', table)
    assert names[0] == "Alder"
    assert set(names[1:]) == {"Birch", "Cedar"}
    assert "no price" in table
    assert "rejected" in table
    assert "five &lt;years&gt;" in table


def test_the_ratio_lists_its_vendors_best_first(priced):
    vendors = {"alder": (4, 300), "birch": (3, 100), "cedar": (1, 50)}
    order = {
        share: re.findall(r'<th scope="row">(\w+)', ratio_table(priced(vendors, share)[1])) for share in (0.9, 0.1)
    }
    assert order == {0.9: ["Alder", "Birch"], 0.1: ["Birch", "Alder"]}


def test_the_sentences_name_who_is_best_and_what_the_price_hides(priced):
    _, prices = priced({"alder": (4, 110), "birch": (3, 100), "cedar": (1, 50)})
    first, second, dearest, rejected = (line.replace("\N{NO-BREAK SPACE}", " ") for line in price_sentences(prices))
    assert first == "Alder asks the least per point of autonomy: 1.10 EUR."
    assert second == "Birch follows with 1.33 EUR."
    assert dearest.startswith("Alder has the highest price")
    assert rejected.startswith("The lowest price, 50.00 EUR, is that of Cedar, which is rejected")


def test_nobody_in_the_ranking_is_said_and_never_divided_by(priced):
    _, prices = priced({"cedar": (1, 50), "birch": (3, None)})
    assert price_sentences(prices) == ["No vendor that is in the ranking has a price yet."]
    assert ratio_sentence(prices) == ""
    assert ratio_doubts(prices) == []


def test_equal_steps_in_price_cost_ever_fewer_points():
    rungs = price_ladder(200)
    assert [rung.amount for rung in rungs] == [250, 300, 350, 400]
    assert [rung.points for rung in rungs] == pytest.approx([80, 66.667, 57.143, 50], abs=0.001)
    assert sorted((rung.lost for rung in rungs), reverse=True) == [rung.lost for rung in rungs]
    assert sum(rung.lost for rung in rungs) == pytest.approx(50)


def test_a_rank_that_turns_without_the_cheapest_is_told(priced):
    _, prices = priced({"alder": (3, 300), "birch": (4, 560), "cedar": (2, 100)}, share=0.5)
    assert "Without Cedar, Birch would fall behind Alder" in ratio_doubts(prices)[1]
