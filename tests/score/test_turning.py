"""What would change the result: examples in words, and every turn against really doing it."""

from itertools import chain

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ii_vendor.model.panel import FlagDecision, FlagState, Rating
from ii_vendor.model.robustness import Effect
from ii_vendor.model.scorecard import AnswerStatus, Outcome
from ii_vendor.score import compare, question_shares
from ii_vendor.score.matrix import matrix
from ii_vendor.score.stability import stability
from ii_vendor.score.turning import turns
from tests.small import NOON

QUESTIONS = ("Q1", "Q2", "L1", "L2", "DEA-1")
GRADES = ("claim", "document", "trial")
VENDORS = ("alder", "birch", "cedar")
FULL = dict.fromkeys(QUESTIONS, 3)

settings.register_profile("quick", max_examples=30, deadline=None)
settings.load_profile("quick")


def turned(evaluation, content):
    """The turns of an evaluation."""
    return turns(evaluation, content, compare(evaluation, content))


def leaders(comparison):
    return tuple(card.vendor for card in comparison.vendors if card.rank == 1)


def real_effect(before, after):
    """What differs between two comparisons: the new leaders or None, and the vendors' new outcomes."""
    old, new = leaders(before), leaders(after)
    pairs = zip(before.vendors, after.vendors, strict=True)
    moved = {
        (a.vendor, a.verdict.outcome, b.verdict.outcome) for a, b in pairs if a.verdict.outcome != b.verdict.outcome
    }
    return (None if old == new else new), moved


def said(effect):
    """An effect in the same terms."""
    return effect.leaders, {(move.vendor, move.before, move.after) for move in effect.verdicts}


def aspects(effect):
    """The single things that an effect brings, in the same terms."""
    who, moved = effect
    return {(vendor, after) for vendor, _, after in moved} | ({"leaders"} if who is not None else set())


def rerated(evaluation, vendor, question, level):
    """The evaluation with the panel agreeing on this level where it agreed on one, else with everybody who rated the
    answer giving it; Amara on a claim where nobody did."""
    if (vendor, question) in evaluation.consensus:
        agreed = evaluation.consensus[vendor, question].model_copy(update={"level": level})
        return evaluation.model_copy(update={"consensus": {**evaluation.consensus, (vendor, question): agreed}})
    own = {key: rating for key, rating in evaluation.ratings.items() if key[:2] == (vendor, question)}
    fresh = Rating(evaluator="Amara", vendor=vendor, question=question, level=level, at=NOON)
    own = own or {(vendor, question, "Amara"): fresh}
    changed = {key: rating.model_copy(update={"level": level}) for key, rating in own.items()}
    return evaluation.model_copy(update={"ratings": {**evaluation.ratings, **changed}})


def redecided(evaluation, flag, state):
    """The evaluation with one flag decided otherwise."""
    decision = FlagDecision(state=state, by="Ben", reason="looked again", at=NOON)
    changed = flag.model_copy(update={"decisions": (*flag.decisions, decision)})
    return evaluation.model_copy(update={"flags": {**evaluation.flags, flag.id: changed}})


def of_level(found, vendor, question):
    """The turns of one answer: where to, and what it comes to."""
    return [(each.to, said(each.effect)) for each in found.levels if (each.vendor, each.question) == (vendor, question)]


def test_the_lead_turns_if_an_answer_drops_by_a_level(content, judged):
    # Shares 0.3, 0.3, 0.15, 0.15, 0.1: Alder has 75, Birch 71.25, and Q2 is worth 7.5 a level.
    evaluation = judged({"alder": FULL, "birch": {**FULL, "L1": 2}})
    found = turned(evaluation, content)
    turn = next(each for each in found.levels if each.vendor == "alder" and each.question == "Q2")
    assert (turn.level, turn.to, turn.turns_at) == (3, 2, pytest.approx(2.5))
    assert turn.effect == Effect(leaders=("birch",))
    assert of_level(found, "birch", "Q2") == [(4, (("birch",), set())), (0, (None, {("birch", *REJECTED)}))]


REJECTED = (Outcome.shortlist, Outcome.reject)


def test_a_change_that_rejects_the_leader_changes_the_leader_too(content, judged):
    found = turned(judged({"alder": dict.fromkeys(QUESTIONS, 4), "birch": dict.fromkeys(QUESTIONS, 1)}), content)
    turn = next(each for each in found.levels if (each.vendor, each.question) == ("alder", "Q1"))
    assert (turn.to, turn.turns_at) == (0, 0)
    assert said(turn.effect) == (("birch",), {("alder", *REJECTED)})


def test_a_vendor_becomes_shortlisted_if_its_only_flag_is_withdrawn(content, judged, red_flag):
    flag = red_flag("Q2", name="birch/Q2-agent", vendor="birch")
    found = turned(judged({"alder": FULL, "birch": {**FULL, "L1": 2}}, [flag]), content)
    (turn,) = found.flags
    assert (turn.flag, turn.before, turn.after) == ("birch/Q2-agent", FlagState.confirmed, FlagState.dismissed)
    assert said(turn.effect) == (None, {("birch", Outcome.conditional, Outcome.shortlist)})


def test_a_vendor_becomes_conditional_if_the_flag_that_holds_it_up_is_withdrawn(content, judged, red_flag):
    waiting = red_flag("Q2", "major", "clarification sent", name="alder/Q2-agent")
    found = turned(judged({"alder": FULL}, [waiting, red_flag("L2", "minor", name="alder/L2-lease")]), content).flags
    assert [(turn.flag, turn.after, said(turn.effect)) for turn in found if turn.after is FlagState.dismissed] == [
        ("alder/Q2-agent", FlagState.dismissed, (None, {("alder", Outcome.incomplete, Outcome.conditional)}))
    ]


def test_a_vendor_becomes_conditional_if_its_gate_flag_is_accepted(content, judged, red_flag):
    flag = red_flag("Q1", "critical", gate=True)
    found = turned(judged({"alder": FULL, "birch": {**FULL, "L1": 2}}, [flag]), content)
    effects = {turn.after: said(turn.effect) for turn in found.flags}
    assert effects == {
        FlagState.dismissed: (("alder",), {("alder", Outcome.reject, Outcome.shortlist)}),
        FlagState.accepted: (("alder",), {("alder", Outcome.reject, Outcome.conditional)}),
    }


def test_a_flag_that_changes_nothing_is_left_out(content, judged, red_flag):
    two = [red_flag("L1"), red_flag("L2")]
    assert turned(judged({"alder": FULL}, two), content).flags == ()


def test_an_undecided_gate_turns_either_way(content, judged, red_flag):
    found = turned(judged({"alder": FULL}, [red_flag("Q1", "critical", "raised", gate=True)]), content)
    assert {turn.after: said(turn.effect) for turn in found.flags} == {
        FlagState.confirmed: ((), {("alder", Outcome.incomplete, Outcome.reject)}),
        FlagState.dismissed: (None, {("alder", Outcome.incomplete, Outcome.shortlist)}),
        FlagState.accepted: (None, {("alder", Outcome.incomplete, Outcome.conditional)}),
    }


def test_a_vendor_is_rejected_if_the_risk_of_its_gate_is_no_longer_accepted(content, judged, red_flag):
    found = turned(judged({"alder": FULL}, [red_flag("Q1", "critical", "accepted", gate=True)]), content)
    effects = {turn.after: said(turn.effect) for turn in found.flags}
    assert effects[FlagState.confirmed] == ((), {("alder", Outcome.conditional, Outcome.reject)})


def test_the_lead_turns_if_a_section_weighs_more(content, judged):
    # Alder leads by 1 level inside "critical" and is 2 behind outside it: 50 % would turn it; 60 % now.
    evaluation = judged({"alder": {**FULL, "Q1": 4, "Q2": 4}, "birch": {**FULL, "L1": 4, "L2": 4, "DEA-1": 4}})
    turn = turned(evaluation, content).weights[0]
    assert (turn.kind, turn.id, turn.share, turn.turns_at) == ("section", "critical", 0.6, pytest.approx(0.5))
    assert turn.effect == Effect(leaders=("birch",))


def test_after_a_leader_falls_by_a_weight_the_one_named_is_who_leads_just_then(content, judged, profile_with):
    # As DEA-1 weighs more, Alder's evidence falls below 70 from 0.6 on; Birch leads then, Cedar from 0.65 on.
    evaluation = judged(
        {
            "alder": {**dict.fromkeys(QUESTIONS, 4), "DEA-1": (4, "claim")},
            "birch": FULL,
            "cedar": {**dict.fromkeys(QUESTIONS, 1), "L1": 2, "DEA-1": 4},
        }
    )
    found = turned(evaluation, content.with_profile(profile_with(evidenced=70))).weights
    (turn,) = [each for each in found if each.id == "flows" and each.effect.leaders is not None]
    assert (turn.turns_at, turn.effect.leaders) == (pytest.approx(0.6), ("birch",))


def test_a_vendor_is_rejected_if_a_weight_takes_its_score_below_the_minimum(content, judged, profile_with):
    strict = content.with_profile(profile_with(autonomy=65))
    found = turned(judged({"alder": {**FULL, "DEA-1": 0}}), strict).weights
    turn = next(each for each in found if each.id == "flows")
    # 75 (1 - t) = 65.
    assert (turn.share, turn.turns_at) == (0.1, pytest.approx(2 / 15))
    assert said(turn.effect) == ((), {("alder", *REJECTED)})


def test_the_result_without_an_evaluator_counts_what_only_that_one_rated(content, judged):
    # Alder has 71.25 and Birch 67.5; without Ben, Q2 of Alder rises to 3 and L1 is open: 63.75.
    alder = {**FULL, "Q1": {"Amara": 3, "Ben": 3}, "Q2": {"Amara": 3, "Ben": 1}, "L1": {"Ben": 4}}
    birch = {**FULL, "Q1": {"Amara": 3, "Ben": 3}, "L2": 1}
    found = {turn.evaluator: turn for turn in turned(judged({"alder": alder, "birch": birch}), content).evaluators}
    assert {evaluator: turn.alone for evaluator, turn in found.items()} == {"Amara": 6, "Ben": 1}
    assert said(found["Ben"].effect) == (("birch",), {("alder", Outcome.shortlist, Outcome.incomplete)})


def test_an_evaluator_without_whom_all_stays_is_named_with_no_effect(content, judged):
    both = {question: {"Amara": 3, "Ben": 3} for question in QUESTIONS}
    found = turned(judged({"alder": both, "birch": FULL}), content).evaluators
    assert [(turn.evaluator, turn.alone, bool(turn.effect)) for turn in found] == [
        ("Amara", 5, True),
        ("Ben", 0, False),
    ]


def test_an_answer_that_nobody_rated_can_turn_the_result_by_what_it_is_rated(content, judged):
    # Without Q2 Alder has 52.5 to Birch's 67.5; level 2 draws level.
    alder = {question: 3 for question in QUESTIONS if question != "Q2"}
    found = turned(judged({"alder": alder, "birch": {**FULL, "Q1": 2}}), content)
    lifted = {("alder", Outcome.incomplete, Outcome.shortlist)}
    assert sorted(of_level(found, "alder", "Q2")) == [
        (0, (None, {("alder", Outcome.incomplete, Outcome.reject)})),
        (1, (None, lifted)),
        (2, (("alder", "birch"), lifted)),
    ]


def test_a_level_counts_against_a_minimum_only_as_far_as_its_evidence_carries(content, judged, profile_with):
    # A document carries level 3 of the 4 claimed: 75 evidenced, and 22.5 of it hang on Q2.
    strict = content.with_profile(profile_with(evidenced=70))
    found = turned(judged({"alder": {**FULL, "Q2": (4, "document")}}), strict).levels
    turn = next(each for each in found if each.question == "Q2")
    assert (turn.level, turn.to, turn.turns_at) == (4, 2, pytest.approx(3 - 2 / 3))
    assert said(turn.effect) == ((), {("alder", *REJECTED)})


def test_a_dispute_is_settled_by_any_level_that_all_agree_on(content, judged):
    found = turned(judged({"alder": {**FULL, "Q1": {"Amara": 0, "Ben": 3}}}), content)
    assert [(each.to, each.turns_at, said(each.effect)[1]) for each in found.levels if each.question == "Q1"] == [
        (2, 1.5, {("alder", Outcome.incomplete, Outcome.shortlist)}),
        (1, 1.5, {("alder", Outcome.incomplete, Outcome.shortlist)}),
        (0, 0.0, {("alder", Outcome.incomplete, Outcome.reject)}),
    ]


def test_an_empty_answer_and_one_that_does_not_apply_have_no_other_level(content, judged):
    evaluation = judged({"alder": {**FULL, "L1": None}, "birch": {**FULL, "L1": 2}}, empty={"alder": {"DEA-1"}})
    assert {each.question for each in turned(evaluation, content).levels if each.vendor == "alder"} <= {
        "Q1",
        "Q2",
        "L2",
    }


def test_the_smallest_change_comes_first(content, judged):
    evaluation = judged({"alder": FULL, "birch": {**FULL, "L1": 2, "Q2": 2}})
    found = turned(evaluation, content)
    sizes = [abs(turn.to - turn.level) for turn in found.levels]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) > 1
    moved = [abs(turn.turns_at - turn.share) for turn in found.weights]
    assert moved == sorted(moved)


@pytest.mark.parametrize("ratings", [{}, {"alder": {}}, {"alder": {}, "birch": {}}], ids=["none", "one", "two"])
def test_nothing_rated_yet_gives_turns_all_the_same(content, judged, ratings):
    found = turned(judged(ratings), content)
    assert found.evaluators == () == found.weights
    assert {(turn.vendor, turn.effect.leaders) for turn in found.levels if turn.question == "L1"} == {
        (vendor, (vendor,)) for vendor in ratings
    }


def test_where_all_are_rejected_a_change_can_bring_one_back(content, judged):
    found = turned(judged({"alder": {**FULL, "Q1": 0}, "birch": {**FULL, "Q1": 0, "Q2": 0}}), content)
    assert [(turn.vendor, turn.question, turn.to, turn.effect.leaders) for turn in found.levels] == [
        ("alder", "Q1", 1, ("alder",))
    ]


def test_who_shares_the_lead_turns_with_any_weight(content, judged):
    evaluation = judged({"alder": {**FULL, "Q1": 4, "Q2": 2}, "birch": {**FULL, "Q1": 2, "Q2": 4}})
    found = [turn for turn in turned(evaluation, content).weights if turn.id == "Q1"]
    assert [(turn.turns_at, turn.up, turn.effect.leaders) for turn in found] == [
        (0.3, False, ("birch",)),
        (0.3, True, ("alder",)),
    ]


level = st.none() | st.integers(0, 4) | st.integers(0, 4)
one_rating = st.tuples(level, st.sampled_from(GRADES))
by_evaluator = st.dictionaries(st.sampled_from(["Amara", "Ben", "Chen"]), one_rating, min_size=1)
answers = st.fixed_dictionaries({}, optional=dict.fromkeys(QUESTIONS, by_evaluator)) | st.fixed_dictionaries(
    dict.fromkeys(QUESTIONS, st.fixed_dictionaries({"Amara": st.tuples(st.integers(1, 4), st.sampled_from(GRADES))}))
)
minimum = st.none() | st.sampled_from([25, 50, 62.5, 75])
profiles = st.fixed_dictionaries(
    {
        "section_weights": st.fixed_dictionaries(dict.fromkeys(("critical", "lock_in", "flows"), st.integers(0, 6))),
        "question_weights": st.dictionaries(st.sampled_from(QUESTIONS), st.sampled_from([0, 1, 2.5])),
        "autonomy": minimum,
        "evidenced": minimum,
        "floor": st.none() | st.sampled_from([1, 2]),
        "sections": st.dictionaries(st.sampled_from(["critical", "lock_in", "flows"]), st.sampled_from([25, 50, 75])),
    }
)
states = st.sampled_from([state.value for state in FlagState])
flags = st.lists(st.tuples(st.sampled_from(VENDORS), st.sampled_from(QUESTIONS), states, st.booleans()), max_size=3)
empties = st.dictionaries(st.sampled_from(VENDORS), st.sets(st.sampled_from(QUESTIONS), max_size=1), max_size=1)

agreed = st.dictionaries(st.sampled_from(VENDORS), st.dictionaries(st.sampled_from(QUESTIONS), one_rating), max_size=2)


@st.composite
def cases(draw):
    """Up to three vendors with ratings, flags, empty answers, a profile, and what the panel agreed on."""
    ratings = {vendor: draw(answers) for vendor in VENDORS[: draw(st.integers(1, 3))]}
    return ratings, draw(flags), draw(empties), draw(profiles), draw(agreed)


@pytest.fixture(scope="module")
def built(content, judged, red_flag, profile_with):
    """An evaluation, its content and its comparison from a drawn case."""

    def build(case):
        ratings, raised, empty, profile, consensus = case
        made = [
            red_flag(question, "critical" if gate else "minor", state, gate=gate, vendor=vendor, name=f"{vendor}/{n}")
            for n, (vendor, question, state, gate) in enumerate(raised)
            if vendor in ratings
        ]
        empty, consensus = ({key: each for key, each in some.items() if key in ratings} for some in (empty, consensus))
        evaluation = judged(ratings, made, empty=empty, consensus=consensus)
        chosen = content.with_profile(profile_with(**profile))
        return evaluation, chosen, compare(evaluation, chosen)

    return build


def ways(vendor, score, real):
    """The whole levels in the order in which a change grows: up and down from the present level; where nobody rated,
    the levels that do not reject the vendor upwards, and those that do downwards."""
    if score.claimed is not None:
        return [to for to in real if to > score.claimed], [to for to in reversed(real) if to < score.claimed]
    rejecting = [to for to in reversed(real) if (vendor, Outcome.reject) in aspects(real[to])]
    return [to for to in real if to not in rejecting], rejecting


def first_of_each(levels, real):
    """The levels that bring what none before them did, with what they come to."""
    seen = set()
    for to in levels:
        if aspects(real[to]) - seen:
            yield to, real[to]
        seen |= aspects(real[to])


@given(cases())
def test_every_level_turn_comes_true_and_none_is_overlooked(built, case):
    evaluation, content, before = built(case)
    found = turns(evaluation, content, before)
    for card in before.vendors:
        for score in card.questions:
            own = of_level(found, card.vendor, score.question)
            if score.status not in (AnswerStatus.rated, AnswerStatus.missing):
                assert own == []
                continue
            real = {
                to: real_effect(before, compare(rerated(evaluation, card.vendor, score.question, to), content))
                for to in range(5)
            }
            expected = [first_of_each(way, real) for way in ways(card.vendor, score, real)]
            assert sorted(own, key=str) == sorted(chain(*expected), key=str)
    for turn in found.levels:
        assert abs(turn.to - turn.turns_at) <= 1
        if turn.level is not None:
            assert min(turn.level, turn.to) <= turn.turns_at <= max(turn.level, turn.to)


@given(cases())
def test_every_weight_turn_comes_true_and_none_is_overlooked(built, case):
    evaluation, content, before = built(case)
    found = turns(evaluation, content, before).weights
    shares = question_shares(content)
    assume(any(shares.values()))
    shares = {key: share / sum(shares.values()) for key, share in shares.items()}
    groups = [(section.id, [each.id for each in section.questions]) for section in content.sections]
    groups += [(question, [question]) for question in shares]
    for (name, own), kind in zip(groups, ["section"] * 3 + ["question"] * 5, strict=True):
        share = sum(shares[question] for question in own)
        mine = [turn for turn in found if (turn.kind, turn.id) == (kind, name)]

        def real(at, own=own):
            return real_effect(before, compare(evaluation, moved(content, shares, own, at)))

        for turn in mine:
            assert turn.share == pytest.approx(share)
            ways = [way for way in (-1e-5, 1e-5) if 0 < turn.turns_at + way < 1]
            assert said(turn.effect) in [real(turn.turns_at + way) for way in ways]
        for at in (0.003, 0.21, 0.47, 0.77, 0.993):
            nearer = [turn for turn in mine if min(share, at) - 1e-9 <= turn.turns_at <= max(share, at) + 1e-9]
            assert aspects(real(at)) <= set(chain.from_iterable(aspects(said(turn.effect)) for turn in nearer))


def moved(content, shares, own, share):
    """The content with the questions ``own`` weighing ``share`` together, and all in proportion otherwise."""

    def part(ids):
        total = sum(shares[key] for key in ids)
        return {key: shares[key] / total if total else 1 / len(ids) for key in ids}

    others = [key for key in shares if key not in own]
    weights = {key: share * each for key, each in part(own).items()}
    weights |= {key: (1 - share) * each for key, each in part(others).items()}
    sections = {section.id: sum(weights[each.id] for each in section.questions) for section in content.sections}
    weighing = {key: weight for key, weight in weights.items() if sections[content.section_of[key].id]}
    changed = {"section_weights": sections, "question_weights": {**content.profile.question_weights, **weighing}}
    return content.with_profile(content.profile.model_copy(update=changed))


@given(cases())
def test_the_nearest_weight_that_turns_the_lead_is_the_bound_of_its_stability(built, case):
    evaluation, content, before = built((*case[:3], {"section_weights": case[3]["section_weights"]}, case[4]))
    first, there = leaders(before), [card for card in before.vendors if card.verdict.outcome is not Outcome.reject]
    assume(len(first) == 1 and len(there) > 1 and all(card.rank for card in there))
    found = turns(evaluation, content, before).weights
    for each in stability(matrix(before, content), first[0]):
        ways = [turn for turn in found if (turn.kind, turn.id) == (each.kind, each.id)]
        places = [turn.turns_at for turn in ways if turn.effect.leaders is not None]
        bounds = [each.low] * (each.low_rival is not None) + [each.high] * (each.high_rival is not None)
        assert sorted(places) == pytest.approx(sorted(bounds), abs=1e-6)


@given(cases())
def test_every_evaluator_and_flag_turn_comes_true_and_none_is_overlooked(built, case):
    evaluation, content, before = built(case)
    found = turns(evaluation, content, before)
    raters = {rating.evaluator for rating in evaluation.ratings.values()}
    assert {turn.evaluator for turn in found.evaluators} == raters
    for turn in found.evaluators:
        kept = {key: each for key, each in evaluation.ratings.items() if each.evaluator != turn.evaluator}
        after = compare(evaluation.model_copy(update={"ratings": kept}), content)
        assert said(turn.effect) == real_effect(before, after)
    for flag in evaluation.flags.values():
        effects = {turn.after: said(turn.effect) for turn in found.flags if turn.flag == flag.id}
        ways = (FlagState.confirmed, FlagState.dismissed, *((FlagState.accepted,) if flag.gate else ()))
        for state in ways:
            real = real_effect(before, compare(redecided(evaluation, flag, state), content))
            same = state is flag.state
            assert effects.get(state, (None, set())) == real or same
