"""What holds of every scorecard, whatever was rated."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ii_vendor.score import compare

settings.register_profile("quick", max_examples=30, deadline=None)
settings.load_profile("quick")

QUESTIONS = ("Q1", "Q2", "L1", "L2", "DEA-1")
GRADES = ("claim", "document", "contract", "demonstration", "trial")
ALMOST = 1e-9

level = st.none() | st.integers(0, 4)
one_rating = st.tuples(level, st.sampled_from(GRADES))
ratings = st.dictionaries(
    st.sampled_from(QUESTIONS), st.dictionaries(st.sampled_from(["Amara", "Ben", "Chen"]), one_rating, min_size=1)
)
vendors = st.dictionaries(st.sampled_from(["alder", "birch", "cedar", "dogwood"]), ratings, min_size=1)
weight = st.floats(0, 100).filter(lambda value: value == 0 or value > 1e-3)
weights = st.fixed_dictionaries(dict.fromkeys(("critical", "lock_in", "flows"), weight))
question_weights = st.dictionaries(st.sampled_from(QUESTIONS), weight)
flag = st.tuples(
    st.sampled_from(["alder", "birch", "cedar", "dogwood"]),
    st.sampled_from(QUESTIONS),
    st.sampled_from(["critical", "major", "minor"]),
    st.sampled_from(["raised", "confirmed", "dismissed", "clarification sent", "accepted"]),
    st.booleans(),
)
flags = st.lists(flag, max_size=6)


@pytest.fixture(scope="module")
def compared(content, judged, red_flag, profile_with):
    """The comparison of drawn ratings and flags under drawn weights."""

    def build(given_ratings, given_flags=(), section_weights=None, of_questions=None, empty=None):
        profile = {"question_weights": of_questions or {}}
        if section_weights:
            profile["section_weights"] = section_weights
        made = [
            red_flag(question, severity, state, gate=gate, vendor=vendor, name=f"{vendor}/{number}")
            for number, (vendor, question, severity, state, gate) in enumerate(given_flags)
        ]
        evaluation = judged(given_ratings, made, empty=empty)
        return compare(evaluation, content.with_profile(profile_with(**profile)))

    return build


def scores(comparison):
    """Every score of every vendor, in order."""
    for card in comparison.vendors:
        for part in (card, *card.sections):
            yield from part.autonomy.model_dump(exclude={"coverage"}).values()
            yield from part.red_flags.model_dump().values()


@given(vendors, flags, weights, question_weights)
def test_scores_stay_between_0_and_100_and_coverage_between_0_and_1(compared, drawn, raised, sections, questions):
    comparison = compared(drawn, raised, sections, questions)
    assert all(score is None or 0 <= score <= 100 for score in scores(comparison))
    shares = [part.autonomy.coverage for card in comparison.vendors for part in (card, *card.sections)]
    assert all(share is None or 0 <= share <= 1 for share in shares)


@given(vendors, flags, weights, question_weights)
def test_every_score_stays_inside_its_band(compared, drawn, raised, sections, questions):
    for card in compared(drawn, raised, sections, questions).vendors:
        autonomy = card.autonomy
        if autonomy.claimed is not None:
            assert autonomy.low - ALMOST <= autonomy.claimed <= autonomy.high + ALMOST
            assert autonomy.evidenced <= autonomy.claimed + ALMOST
        if autonomy.low is not None:
            assert autonomy.low <= autonomy.high
            assert card.red_flags.low <= card.red_flags.high


@given(ratings, weights, st.sampled_from(QUESTIONS), st.integers(0, 3), st.sampled_from(GRADES))
def test_raising_a_level_never_lowers_the_score(compared, drawn, sections, question, lower, grade):
    before, after = (
        compared({"alder": {**drawn, question: {"Amara": (chosen, grade)}}}, (), sections).vendors[0].autonomy
        for chosen in (lower, lower + 1)
    )
    for name in ("low", "high", "claimed", "evidenced"):
        old, new = getattr(before, name), getattr(after, name)
        assert (old is None) == (new is None)
        assert old is None or new >= old - ALMOST


@given(vendors.filter(lambda drawn: len(drawn) > 1), flags, weights)
def test_removing_a_vendor_never_reorders_the_others(compared, drawn, raised, sections):
    gone = next(iter(drawn))
    before = {card.vendor: card for card in compared(drawn, raised, sections).vendors if card.vendor != gone}
    rest = {vendor: given for vendor, given in drawn.items() if vendor != gone}
    after = {card.vendor: card for card in compared(rest, raised, sections).vendors}
    for one in rest:
        assert after[one].autonomy == before[one].autonomy
        for other in rest:
            if before[one].rank is not None and before[other].rank is not None:
                assert (before[one].rank < before[other].rank) == (after[one].rank < after[other].rank)


@given(vendors, flags, weights, st.sampled_from([0.125, 0.5, 3, 1000]))
def test_scaling_all_weights_changes_nothing(compared, drawn, raised, sections, factor):
    scaled = {section: weight * factor for section, weight in sections.items()}
    before, after = compared(drawn, raised, sections), compared(drawn, raised, scaled)
    assert [card.rank for card in before.vendors] == [card.rank for card in after.vendors]
    for old, new in zip(scores(before), scores(after), strict=True):
        assert new == (old if old is None else pytest.approx(old, abs=ALMOST))


@given(ratings, flags, weights)
def test_identical_vendors_share_everything(compared, drawn, raised, sections):
    twins = [("alder", *rest) for _, *rest in raised] + [("birch", *rest) for _, *rest in raised]
    alder, birch, _ = compared({"alder": drawn, "birch": drawn, "cedar": {}}, twins, sections).vendors
    assert (alder.rank, alder.autonomy, alder.red_flags) == (birch.rank, birch.autonomy, birch.red_flags)
    assert alder.verdict.outcome is birch.verdict.outcome
    assert alder.on_front == birch.on_front


@given(ratings, flags, weights, flag)
def test_confirming_a_flag_never_lowers_the_red_flag_score(compared, drawn, raised, sections, last):
    _, question, severity, state, gate = last
    before, after = (
        compared({"alder": drawn}, [*raised, ("alder", question, severity, now, gate)], sections).vendors[0].red_flags
        for now in (state, "confirmed")
    )
    assert before.low is None or (after.low >= before.low - ALMOST and after.high >= before.high - ALMOST)


@given(vendors.filter(lambda drawn: len(drawn) > 1), flags, weights)
def test_a_dominated_vendor_never_ranks_above_one_that_dominates_it(compared, drawn, raised, sections):
    cards = [card for card in compared(drawn, raised, sections).vendors if card.rank is not None]
    for one in cards:
        for other in cards:
            better = one.autonomy.low >= other.autonomy.low and one.red_flags.low <= other.red_flags.low
            assert not better or one.rank <= other.rank


@given(vendors, st.sampled_from(QUESTIONS))
def test_leaving_an_answer_empty_never_helps(compared, drawn, question):
    vendor = next(iter(drawn))
    if all(rated[0] is None for rated in drawn[vendor].get(question, {"nobody": (4, "claim")}).values()):
        return
    before = compared(drawn).vendors[0].autonomy
    after = compared(drawn, empty={vendor: {question}}).vendors[0].autonomy
    assert after.low <= before.low + ALMOST
    assert after.high <= before.high + ALMOST
