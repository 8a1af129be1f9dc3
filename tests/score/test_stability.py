"""Stability intervals: worked by hand, as published, and against a scan of every share."""

from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ii_vendor.score import compare
from ii_vendor.score.matrix import Matrix, matrix
from ii_vendor.score.stability import crossing, stability

ORACLES = Path(__file__).resolve().parents[2].parent / "shared" / "research" / "scoring-oracles.yaml"
NAMES = ("alder", "birch", "cedar")
PUBLISHED = "goodwin_wright_office"

settings.register_profile("quick", max_examples=30, deadline=None)
settings.load_profile("quick")


def field_of(levels, weights, section_of=None):
    """Vendors with these levels 0-4 (None: does not apply) under these weights."""
    applies = np.array([[level is not None for level in row] for row in levels], dtype=np.bool_)
    utility = np.array([[(level or 0) / 4 for level in row] for row in levels], dtype=np.float64)
    of = np.array(section_of or [0] * len(weights), dtype=np.intp)
    shares = np.array(weights, dtype=np.float64) / sum(weights)
    questions = tuple(f"q{number}" for number in range(len(weights)))
    sections = tuple(f"s{number}" for number in range(of.max() + 1))
    return Matrix(NAMES[: len(levels)], questions, sections, of, shares, utility, applies, utility, utility)


def found(field, name, leader="alder"):
    """The stability of one section or question."""
    return next(each for each in stability(field, leader) if each.id == name)


def reweighted(field, each, share):
    """The weights with one share moved and all others in proportion; alike where they have none."""
    number = (field.sections if each.kind == "section" else field.questions).index(each.id)
    own = field.section_of == number if each.kind == "section" else np.arange(len(field.questions)) == number
    if own.all():
        return field.weights

    def part(mask):
        weights = field.weights * mask
        return weights / weights.sum() if weights.sum() else mask / mask.sum()

    return share * part(own) + (1 - share) * part(~own)


def test_the_bound_is_where_the_leads_inside_and_outside_cancel():
    # Alder leads by 2 levels on q0 and is 1 behind on q1: 2 t = 1 - t.
    each = found(field_of([[4, 2], [2, 3]], [1, 1]), "q0")
    assert (each.share, each.low, each.low_rival) == (0.5, pytest.approx(1 / 3), "birch")
    assert (each.high, each.high_rival) == (1.0, None)


def test_each_bound_names_the_rival_that_overtakes_first():
    each = found(field_of([[3, 3, 3], [4, 2, 3], [2, 4, 3]], [2, 2, 1]), "q0")
    assert [(rival.rival, rival.low, rival.high) for rival in each.rivals] == [
        ("birch", 0.0, pytest.approx(2 / 5)),
        ("cedar", pytest.approx(2 / 5), 1.0),
    ]
    assert (each.low_rival, each.high_rival) == ("cedar", "birch")


def test_a_rival_that_is_never_ahead_bounds_nothing():
    for each in stability(field_of([[3, 3], [2, 1]], [3, 1], [0, 1]), "alder"):
        assert (each.low, each.high, each.low_rival, each.high_rival) == (0.0, 1.0, None, None)


def test_vendors_alike_on_everything_stay_tied_whatever_weighs():
    for each in stability(field_of([[3, 1], [3, 1]], [3, 1], [0, 1]), "alder"):
        assert (each.low, each.high) == (0.0, 1.0)


def test_a_tie_leaves_no_room_on_the_side_where_the_rival_is_better():
    each = found(field_of([[4, 1], [1, 4]], [1, 1]), "q0")
    assert (each.low, each.high, each.low_rival) == (0.5, 1.0, "birch")


def test_a_section_that_weighs_nothing_can_be_taken_up():
    each = found(field_of([[3, 1, 1], [2, 4, 2]], [1, 0, 0], [0, 1, 1]), "s1")
    assert (each.share, each.low) == (0.0, 0.0)
    # Ahead by 1 level outside and behind by 2 inside, where both questions count alike.
    assert (each.high, each.high_rival) == (pytest.approx(1 / 3), "birch")


def test_a_section_that_weighs_everything_can_give_some_up():
    each = found(field_of([[3, 1, 1], [2, 4, 2]], [1, 0, 0], [0, 1, 1]), "s0")
    assert (each.share, each.low, each.high) == (1.0, pytest.approx(2 / 3), 1.0)


def test_the_only_section_there_is_cannot_move():
    each = found(field_of([[3, 1], [2, 1]], [1, 1]), "s0")
    assert (each.share, each.low, each.high) == (1.0, 0.0, 1.0)


def test_a_rival_can_overtake_on_both_sides_where_questions_do_not_apply():
    # Birch is not asked q1, so that its mean moves in a curve: 4 at either end, below Alder between.
    field = field_of([[2, 4, 2.6], [2, None, 4]], [4, 2, 1])
    each = found(field, "q2")
    assert 0 <= each.low < each.share < each.high < 1
    scan(field, each)


@pytest.mark.skipif(not ORACLES.exists(), reason=f"the worked examples are kept outside the project, in {ORACLES}")
def test_the_published_crossing_of_a_group_of_weights():
    oracle = next(one for one in yaml.safe_load(ORACLES.read_text("utf-8"))["oracles"] if one["id"] == PUBLISHED)
    groups, names = oracle["groups"], oracle["alternatives"]
    of = [next(place for place, key in enumerate(groups) if number in groups[key]) for number in range(6)]
    utility = np.array(oracle["scores"], dtype=np.float64) / 100
    weights = np.array(oracle["weights"], dtype=np.float64) / 100
    everywhere = np.ones(utility.shape, dtype=np.bool_)
    criteria = tuple(oracle["criteria"])
    field = Matrix(tuple(names), criteria, tuple(groups), np.array(of), weights, utility, everywhere, utility, utility)
    each, expected = found(field, "turnover", "Addison Square"), oracle["expected"]["group_weight_crossing"]
    assert (each.low, each.low_rival) == (pytest.approx(expected["weight"], abs=5e-6), expected["below"])
    assert (each.high, expected["above"]) == (1.0, "Addison Square")
    shares, scores = crossing(field, "section", "turnover", 1001)
    best = [names[place] for place in scores.argmax(axis=0)]
    assert best[int(np.searchsorted(shares, expected["weight"]))] == expected["above"]
    assert best[int(np.searchsorted(shares, expected["weight"])) - 1] == expected["below"]


def test_lines_of_a_chart_run_from_nothing_to_everything():
    shares, scores = crossing(field_of([[4, 2], [2, 3]], [1, 1]), "question", "q0", 3)
    assert shares.tolist() == [0, 0.5, 1]
    assert scores.tolist() == [[50, 75, 100], [75, 62.5, 50]]


def test_a_line_keeps_its_height_where_nothing_is_left_that_applies():
    _, scores = crossing(field_of([[None, 2], [2, 3]], [1, 1]), "question", "q0", 3)
    assert scores[0].tolist() == [50, 50, 50]


def test_nothing_is_drawn_for_what_is_not_there():
    with pytest.raises(KeyError):
        crossing(field_of([[4, 2]], [1, 1]), "section", "q0")


def scan(field, each, steps=400):
    """No share between the bounds puts the rival ahead, and just beyond a bound the rival is ahead."""
    ahead = field.vendors.index(leader_of(field))
    for one in each.rivals:
        rival = field.vendors.index(one.rival)

        def lead(share, rival=rival):
            scores = field.scores(reweighted(field, each, share))
            return 100 * (scores[ahead] - scores[rival])

        assert one.low <= each.share <= one.high
        inside = np.linspace(one.low, one.high, steps)[1:-1]
        assert all(lead(share) >= -1e-7 for share in inside)
        if one.low > 1e-4:
            assert lead(one.low - 1e-5) < 0
        if one.high < 1 - 1e-4:
            assert lead(one.high + 1e-5) < 0
    assert each.low == max((one.low for one in each.rivals), default=0)
    assert each.high == min((one.high for one in each.rivals), default=1)


def leader_of(field):
    """The first of those who lead."""
    return field.vendors[int(np.argmax(np.round(field.scores(), 11)))]


@st.composite
def fields(draw):
    """Up to three vendors and six questions in up to three sections, with gaps and weights of nothing."""
    questions = draw(st.integers(1, 6))
    level = st.none() | st.integers(0, 4)
    row = st.lists(level, min_size=questions, max_size=questions)
    levels = draw(st.lists(row, min_size=2, max_size=3))
    weights = draw(st.lists(st.integers(0, 5), min_size=questions, max_size=questions).filter(any))
    of = sorted(draw(st.lists(st.integers(0, min(2, questions - 1)), min_size=questions, max_size=questions)))
    names = sorted(set(of))
    return field_of(levels, weights, [names.index(each) for each in of])


@given(fields())
def test_bounds_agree_with_a_scan_of_every_share(field):
    for each in stability(field, leader_of(field)):
        scan(field, each, 60)


LEVELS = st.lists(st.integers(0, 4) | st.none(), min_size=5, max_size=5)


@given(st.lists(LEVELS, min_size=2, max_size=3), st.lists(st.integers(0, 4), min_size=3, max_size=3))
def test_the_bound_of_a_section_is_where_the_real_ranking_turns(content, judged, profile_with, rows, weights):
    assume(sum(weights) > 0)
    ids = tuple(content.questions)
    evaluation = judged({name: dict(zip(ids, row, strict=True)) for name, row in zip(NAMES, rows, strict=False)})
    sections = [section.id for section in content.sections]
    shares = dict(zip(sections, np.array(weights) / sum(weights), strict=True))
    content = content.with_profile(profile_with(section_weights=shares))
    comparison = compare(evaluation, content)
    ranked = [card for card in comparison.ranked() if card.rank is not None]
    assume(len(ranked) > 1)
    field, leader = matrix(comparison, content), ranked[0].vendor

    def behind(each, share):
        rest = 1 - shares[each.id]
        alike = (1 - share) / (len(sections) - 1)
        moved = {key: (1 - share) * weight / rest if rest else alike for key, weight in shares.items()}
        profile = profile_with(section_weights=moved | {each.id: share})
        low = {
            card.vendor: card.autonomy.low or 0 for card in compare(evaluation, content.with_profile(profile)).vendors
        }
        return any(low[other.vendor] > low[leader] + 1e-9 for other in ranked)

    for each in stability(field, leader):
        if each.kind == "section" and shares[each.id] < 1:
            halfway = [(each.low + each.share) / 2, (each.high + each.share) / 2]
            assert not any(behind(each, share) for share in halfway if 1e-6 < share < 1 - 1e-6)
            assert each.low_rival is None or each.low < 1e-4 or behind(each, each.low - 1e-5)
            assert each.high_rival is None or each.high > 1 - 1e-4 or behind(each, each.high + 1e-5)
