"""A dry run: which invented bid the rules would choose, what each question decides, and that the shipped bids hold."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ii_vendor.errors import UserError
from ii_vendor.library import Library, load_library
from ii_vendor.model.bid import Bid, Decides, Mark
from ii_vendor.model.content import Content
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.scorecard import Outcome
from ii_vendor.score import compare, dry_run
from ii_vendor.score.dry_run import invented, without


@pytest.fixture(scope="module")
def shelf() -> Library:
    return load_library()


def bid(name: str, level: int = 2, **more: object) -> Bid:
    return Bid.model_validate({"id": name, "title": name.title(), "story": "Made up.", "level": level, **more})


def verdicts(run) -> dict[str, str]:
    return {card.vendor: card.verdict.outcome.value for card in run.comparison.vendors}


def question(run, name: str):
    return next(each for each in run.questions if each.question == name)


def test_a_question_goes_before_its_section_and_a_section_before_the_bid():
    made = bid("a", 1, grade="document", sections={"s": {"level": 3}}, questions={"Q1": {"grade": "trial"}, "Q2": 0})
    assert [made.level_of("s", "Q1"), made.level_of("s", "Q2"), made.level_of("s", "Q3"), made.level_of("t", "Q4")] == [
        3,
        0,
        3,
        1,
    ]
    assert made.grade_of("s", "Q1") is EvidenceGrade.trial
    assert made.grade_of("s", "Q2") is EvidenceGrade.document


@pytest.mark.parametrize("wrong", [5, -1, True, "high", {"grade": "rumour"}])
def test_a_level_outside_its_range_is_refused(wrong):
    with pytest.raises(ValueError):
        bid("a", questions={"Q1": wrong})


def test_a_mark_taken_away_leaves_the_bid_as_it_was():
    made = bid("a")
    assert made.with_question("Q1", Mark(level=4)).with_question("Q1", Mark()) == made
    assert made.with_red_flag("Q1-stops", True).with_red_flag("Q1-stops", False) == made


def test_a_new_level_of_a_section_ends_its_questions_own_and_leaves_their_grades():
    made = bid("a", questions={"Q1": {"level": 1, "grade": "trial"}, "Q2": 1, "L1": 1})
    changed = made.with_section("critical", Mark(level=4), ["Q1", "Q2"])
    assert [changed.level_of("critical", "Q1"), changed.level_of("critical", "Q2"), changed.level_of("x", "L1")] == [
        4,
        4,
        1,
    ]
    assert changed.grade_of("critical", "Q1") is EvidenceGrade.trial


def test_a_bid_scores_what_the_same_ratings_and_flags_score_for_a_vendor(content: Content, judged, red_flag):
    made = bid(
        "alder", 2, grade="claim", questions={"Q1": {"level": 4, "grade": "trial"}, "L1": 3}, red_flags=["L1-closed"]
    )
    levels = {"Q1": (4, "trial"), "Q2": (2, "claim"), "L1": (3, "claim"), "L2": (2, "claim"), "DEA-1": (2, "claim")}
    real = compare(judged({"alder": levels}, [red_flag("L1", "major")]), content).vendors[0]
    card = compare(invented([made], content), content).vendors[0]
    assert (card.autonomy, card.red_flags, card.floor) == (real.autonomy, real.red_flags, real.floor)
    assert card.verdict.outcome is real.verdict.outcome is Outcome.conditional


def test_a_question_with_one_level_for_all_tells_no_bid_apart(content: Content):
    run = dry_run([bid("ideal", 4, questions={"L1": 2}), bid("other", 3, questions={"L1": 2})], content)
    assert question(run, "L1").decides is Decides.same
    assert question(run, "L1").points == 0
    assert question(run, "L2").decides is Decides.nothing


def test_a_question_tells_bids_apart_by_its_share_times_the_difference(content: Content):
    run = dry_run([bid("ideal", 4), bid("other", 3), bid("third", 1)], content)
    assert question(run, "Q1").points == pytest.approx(100 * 0.3 * 3 / 4)


def test_a_question_whose_absence_gives_another_leader_matters(content: Content):
    # Q1 and Q2 share 60 %: ideal 4 and 2, rival 1 and 3, so without Q1 the rival leads.
    bids = [bid("ideal", 2, questions={"Q1": 4}), bid("rival", 2, questions={"Q1": 1, "Q2": 3})]
    run = dry_run(bids, content)
    assert run.chosen == ("ideal",)
    assert question(run, "Q1").leaders == ("rival",)
    assert question(run, "Q1").order
    assert question(run, "Q1").decides is Decides.matters
    assert question(run, "L1").leaders is None


def test_a_question_that_rejects_matters_even_where_another_rejects_too(content: Content):
    run = dry_run([bid("ideal", 4), bid("poor", 3, questions={"Q1": 0, "Q2": 0})], content)
    for name in ("Q1", "Q2"):
        assert question(run, name).rests == ("poor",)
        assert question(run, name).verdicts == ()
        assert question(run, name).decides is Decides.matters


def test_a_gate_makes_a_question_matter_that_gives_all_one_level(content: Content):
    run = dry_run([bid("ideal", 3), bid("gated", 3, red_flags=["Q1-stops"])], content)
    assert verdicts(run) == {"ideal": "shortlist", "gated": "reject"}
    assert question(run, "Q1").decides is Decides.matters
    assert [(move.vendor, move.after) for move in question(run, "Q1").verdicts] == [("gated", Outcome.shortlist)]


GATED = bid("gated", 1, red_flags=["Q1-stops"])
"""Keeps Q1 from being left out with those that decide nothing."""


def test_what_decides_nothing_alone_may_decide_together(content: Content):
    # Ideal gains 0.15 x 2 each on L1 and L2 and 0.1 on DEA-1, the rival 0.3 on Q1: each question alone can go, but of
    # Q1 alone the rival makes more.
    bids = [bid("ideal", 2, questions={"L1": 4, "L2": 4, "DEA-1": 3}), bid("rival", 2, questions={"Q1": 3}), GATED]
    run = dry_run(bids, content)
    assert run.chosen == ("ideal",)
    assert [each.question for each in run.deciding(Decides.matters)] == ["Q1"]
    assert run.together


def test_what_decides_nothing_together_either_is_told(content: Content):
    run = dry_run([bid("ideal", 4), bid("other", 3), GATED], content)
    assert [each.question for each in run.deciding(Decides.matters)] == ["Q1"]
    assert not run.together


def test_leaving_out_the_only_question_of_a_section_leaves_the_section_out(content: Content):
    thinned = without(content, {"DEA-1"})
    assert [section.id for section in thinned.sections] == ["critical", "lock_in"]
    assert list(without(content, set(content.questions)).questions) == []


def test_the_gains_say_where_the_chosen_bid_is_better_than_the_wanted_one(content: Content):
    run = dry_run([bid("ideal", 2), bid("other", 2, questions={"Q1": 4, "L1": 1})], content)
    assert not run.as_wanted
    assert [(gain.question, pytest.approx(gain.points)) for gain in run.gains] == [("Q1", 15.0), ("L1", -3.75)]


def test_where_all_are_rejected_nobody_is_chosen(content: Content):
    run = dry_run([bid("ideal", 0), bid("other", 0)], content)
    assert (run.chosen, run.as_wanted, run.gains) == ((), False, ())


def test_bids_that_are_level_share_the_lead_and_none_is_as_wanted(content: Content):
    run = dry_run([bid("ideal", 3), bid("twin", 3)], content)
    assert run.chosen == ("ideal", "twin")
    assert not run.as_wanted


def test_questions_and_flags_that_are_not_asked_are_passed_over(content: Content):
    made = bid("ideal", 3, questions={"Z9": 0}, sections={"elsewhere": 0}, red_flags=["Z9-stops"])
    assert verdicts(dry_run([made, bid("other", 2)], content))["ideal"] == "shortlist"


@pytest.mark.parametrize(
    ("bids", "wanted", "said"),
    [
        ([], "ideal", "at least two"),
        ([bid("ideal")], "ideal", "at least two"),
        ([bid("a"), bid("a")], "a", "Two bids have the id 'a'"),
        ([bid("a"), bid("b")], "ideal", "Use one of: a, b"),
    ],
)
def test_what_cannot_be_tried_is_refused_in_words(content: Content, bids, wanted, said):
    with pytest.raises(UserError, match=said):
        dry_run(bids, content, wanted)


@pytest.mark.parametrize("profile", ["balanced", "foundation", "enhancement", "optimisation"])
def test_the_shipped_stories_hold_under_every_profile(shelf: Library, profile: str):
    run = dry_run(list(shelf.bids.values()), shelf.content((), profile))
    assert run.as_wanted
    assert {key for key, said in verdicts(run).items() if said == "reject"} >= {"cloud_first", "cheap_and_closed"}


def test_the_shipped_stories_hold_under_the_balanced_profile(shelf: Library):
    run = dry_run(list(shelf.bids.values()), shelf.content())
    ranked = [(card.vendor, card.rank) for card in run.comparison.ranked()]
    assert ranked[:2] == [("ideal", 1), ("honest_with_gaps", 2)]
    assert verdicts(run)["honest_with_gaps"] == "conditional"
    assert "gate" in {
        reason.kind for reason in run.comparison.vendors[list(shelf.bids).index("cloud_first")].verdict.reasons
    }
    assert min(shelf.bids.values(), key=lambda each: each.price).id == "cheap_and_closed"


@pytest.mark.parametrize("asked", ["six_questions", "lock_in", "agreements", "resilience"])
def test_the_ideal_bid_wins_whichever_questionnaire_is_asked(shelf: Library, asked: str):
    assert dry_run(list(shelf.bids.values()), shelf.content([asked])).as_wanted


def test_a_low_level_is_never_without_reason_beside_a_confirmed_gate(shelf: Library):
    gates: Callable[[str], bool] = {
        rule.id: rule.gate for rubric in shelf.rubrics.values() for rule in rubric.red_flags
    }.__getitem__
    content = shelf.content()
    for made in shelf.bids.values():
        for flag in filter(gates, made.red_flags):
            asked = next(key for key, rubric in content.rubric.items() if flag in {r.id for r in rubric.red_flags})
            assert made.level_of(content.section_of[asked].id, asked) == 0, (made.id, flag)
