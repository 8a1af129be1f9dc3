"""Prices and people's weights through the one door: what is kept, what is refused, and what is adopted."""

from __future__ import annotations

import pytest

from ii_vendor.evaluations import Refused
from ii_vendor.evaluations.pricing import Offer
from ii_vendor.model.events import PriceRecorded, WeightsProposed
from ii_vendor.model.panel import WeighingMethod
from ii_vendor.score.proposals import open_to, still_to_weigh

SWING, ORDER = WeighingMethod.swing, WeighingMethod.rank_order
POINTS = {"critical": 100, "lock_in": 60, "flows": 40}


@pytest.fixture
def rated(evaluations, renewal, opened):
    """Alder is better in what decides, Birch in lock-in; DEA-1 is alike; in moderation. Gives the id."""
    levels = {"alder": {"Q1": 4, "Q2": 4, "L1": 1, "L2": 1}, "birch": {"Q1": 2, "Q2": 2, "L1": 4}}
    for vendor, given in levels.items():
        for question, level in {**given, "DEA-1": 2}.items():
            evaluations.rate(renewal, "Amara", vendor, question, level, reason="seen")
    for flag in evaluations.get(renewal).flags:
        evaluations.acting_as("Amara").decide_flag(renewal, flag, "dismissed", reason="seen")
    return opened(renewal).id


def recorded(evaluations, key, kind):
    return [event.change for event in evaluations.history(evaluations.get(key)) if isinstance(event.change, kind)]


def test_a_price_is_kept_with_what_it_covers_and_who_recorded_it(evaluations, renewal):
    now = evaluations.acting_as("Pia").record_price(renewal, "Alder", 120_000, currency="eur", basis=" five  years ")
    price = now.prices["alder"]
    assert (price.amount, price.currency, price.basis, price.by) == (120_000, "EUR", "five years", "Pia")


def test_a_price_moves_no_score_no_rank_and_no_verdict(evaluations, rated):
    before = evaluations.compare(evaluations.get(rated))
    after = evaluations.compare(evaluations.record_prices(rated, {"alder": Offer(9e9), "birch": Offer(1)}))
    assert after.vendors == before.vendors


def test_a_price_taken_back_is_gone_and_stays_in_the_record(evaluations, renewal):
    evaluations.record_price(renewal, "alder", 5)
    assert evaluations.record_price(renewal, "alder", None).prices == {}
    assert [change.amount for change in recorded(evaluations, renewal, PriceRecorded)] == [5, None]


@pytest.mark.parametrize("amount", [0, -1, 0.001, 1e16, 1e308, float("nan"), float("inf")])
def test_a_price_that_is_none_is_refused(evaluations, renewal, amount):
    with pytest.raises(Refused, match="Alder has to be a number above 0"):
        evaluations.record_price(renewal, "alder", amount)


def test_a_price_of_nobody_or_without_a_currency_is_refused(evaluations, renewal):
    with pytest.raises(Refused, match="There are: alder, birch"):
        evaluations.record_price(renewal, "cedar", 5)
    for unknown in (" ", "EU1", "euros", "€"):
        with pytest.raises(Refused, match="needs a currency by its three letters"):
            evaluations.record_price(renewal, "alder", 5, currency=unknown)


def test_prices_never_stand_in_two_currencies(evaluations, renewal):
    evaluations.record_price(renewal, "alder", 5)
    with pytest.raises(Refused, match="CHF and EUR"):
        evaluations.record_price(renewal, "birch", 5, currency="CHF")
    with pytest.raises(Refused, match="CHF and EUR"):
        evaluations.record_prices(renewal, {"birch": Offer(5)}, currency="CHF")


def test_all_prices_together_may_move_to_another_currency(evaluations, renewal):
    evaluations.record_prices(renewal, {"alder": Offer(5), "birch": Offer(6)})
    now = evaluations.record_prices(renewal, {"alder": Offer(7), "birch": Offer(None)}, currency="CHF")
    assert {vendor: (price.amount, price.currency) for vendor, price in now.prices.items()} == {"alder": (7, "CHF")}


def test_one_wrong_price_keeps_all_of_them_out(evaluations, renewal):
    with pytest.raises(Refused):
        evaluations.record_prices(renewal, {"alder": Offer(5), "birch": Offer(-1)})
    assert evaluations.get(renewal).prices == {}


def test_only_what_has_changed_goes_into_the_record(evaluations, renewal):
    offers = {"alder": Offer(5, "a year"), "birch": Offer(None)}
    evaluations.record_prices(renewal, offers)
    assert [change.vendor for change in recorded(evaluations, renewal, PriceRecorded)] == ["alder"]
    with pytest.raises(Refused, match="Nothing has changed"):
        evaluations.record_prices(renewal, offers)


def test_price_stands_beside_the_autonomy_that_ranks(evaluations, rated):
    assert evaluations.prices(evaluations.get(rated)) is None
    now = evaluations.record_prices(rated, {"alder": Offer(1400), "birch": Offer(900)})
    cards = {card.vendor: card for card in evaluations.compare(now).vendors}
    for each in evaluations.prices(now, quality_share=0.5).vendors:
        assert each.autonomy == cards[each.vendor].autonomy.low
        assert each.per_point == pytest.approx(each.amount / each.autonomy)
        assert each.combined == pytest.approx((each.autonomy + each.points) / 2)
    with pytest.raises(Refused, match="0 % to 100 %"):
        evaluations.prices(now, quality_share=1.1)


def test_weights_are_kept_by_person_and_the_earlier_ones_stay_in_the_record(evaluations, renewal):
    evaluations.propose_weights(renewal, "amara", SWING, POINTS, reason="nights")
    evaluations.propose_weights(renewal, "Ben", ORDER, {"critical": 1, "lock_in": 2, "flows": 0})
    now = evaluations.propose_weights(renewal, "Amara", SWING, {**POINTS, "flows": 90})
    assert set(now.proposals) == {("Amara", ""), ("Ben", "")}
    assert now.proposals["Amara", ""].weights == pytest.approx({"critical": 40, "lock_in": 24, "flows": 36})
    assert now.proposals["Ben", ""].weights == pytest.approx({"critical": 75, "lock_in": 25, "flows": 0})
    assert [change.given["flows"] for change in recorded(evaluations, renewal, WeightsProposed)] == [40, 0, 90]


def test_giving_weights_changes_no_result(evaluations, rated):
    before = evaluations.compare(evaluations.get(rated))
    now = evaluations.propose_weights(rated, "Ben", SWING, {"critical": 1, "lock_in": 100, "flows": 0})
    assert evaluations.compare(now).vendors == before.vendors


@pytest.mark.parametrize(
    ("who", "scope", "given", "said"),
    [
        ("Olu", "", POINTS, "observers do not"),
        ("Nobody", "", POINTS, "not on the panel"),
        ("Amara", "nowhere", POINTS, "no section 'nowhere'"),
        ("Amara", "", {"critical": 100}, "exactly these: critical, lock_in, flows"),
        ("Amara", "", {**POINTS, "more": 1}, "exactly these"),
        ("Amara", "lock_in", POINTS, "exactly these: L1, L2"),
        ("Amara", "", dict.fromkeys(POINTS, 0), "nothing would count"),
        ("Amara", "", {**POINTS, "flows": 101}, "more than 100"),
    ],
)
def test_weights_that_make_no_sense_are_refused_in_words(evaluations, renewal, who, scope, given, said):
    with pytest.raises(Refused, match=said):
        evaluations.propose_weights(renewal, who, SWING, given, scope=scope)
    assert evaluations.get(renewal).proposals == {}


def test_each_set_of_weights_has_its_own_effect(evaluations, rated):
    evaluations.propose_weights(rated, "Ben", SWING, {"critical": 0, "lock_in": 100, "flows": 0})
    now = evaluations.propose_weights(rated, "Amara", SWING, {"critical": 100, "lock_in": 50, "flows": 0})
    amara, ben = evaluations.effects(now)
    assert (amara.proposal.evaluator, ben.proposal.evaluator) == ("Amara", "Ben")
    assert amara.moves == ()
    assert {(move.name, move.old, move.new) for move in ben.moves if move.what == "rank"} == {
        ("Alder", "1", "2"),
        ("Birch", "2", "1"),
    }


def test_weights_of_questions_move_only_their_section(evaluations, rated):
    now = evaluations.propose_weights(rated, "Ben", SWING, {"L1": 100, "L2": 0}, scope="lock_in")
    before = evaluations.compare(now).vendors
    (effect,) = evaluations.effects(now, "lock_in")
    for was, card in zip(before, effect.comparison.vendors, strict=True):
        shares = {score.section: score.weight for score in card.sections}
        assert shares == {score.section: score.weight for score in was.sections}
    assert effect.comparison.vendors[1].question("L2").weight == 0
    assert evaluations.effects(now) == ()


def test_one_persons_weights_are_adopted_with_a_reason_that_says_whose(evaluations, rated):
    evaluations.propose_weights(rated, "Ben", SWING, {"critical": 50, "lock_in": 100, "flows": 0})
    with pytest.raises(Refused, match="needs a reason"):
        evaluations.adopt_proposal(rated, "Ben", reason=" ")
    now = evaluations.acting_as("Pia").adopt_proposal(rated, "ben", reason="Exit first.")
    assert evaluations.content(now).profile.section_weights["lock_in"] == pytest.approx(66.667, abs=0.001)
    last = evaluations.history(now)[-1]
    assert (last.actor, last.change.reason) == ("Pia", "Ben's weights for the sections. Exit first.")
    assert evaluations.effects(now)[0].moves == ()


def test_weights_that_nobody_gave_cannot_be_adopted(evaluations, renewal):
    with pytest.raises(Refused, match="Ben has given no weights for the sections"):
        evaluations.adopt_proposal(renewal, "Ben", reason="why not")
    with pytest.raises(Refused, match="no weights for the questions of “Lock-in”"):
        evaluations.adopt_proposal(renewal, "Ben", scope="lock_in", reason="why not")


def test_others_weights_open_after_ones_own_or_once_all_have_weighed(evaluations, renewal):
    now = evaluations.propose_weights(renewal, "Amara", SWING, POINTS)
    assert still_to_weigh(now) == ("Ben",)
    assert [open_to(now, person) for person in ("Amara", "Ben", "Olu", None)] == [True, False, False, False]
    assert not open_to(now, "Amara", "lock_in")
    now = evaluations.propose_weights(renewal, "Ben", SWING, POINTS)
    assert all(open_to(now, person) for person in ("Amara", "Ben", "Olu", None))
