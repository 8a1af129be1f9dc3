"""What is on the agenda, in which order, and what each item could change, against really settling it."""

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ii_vendor.model.agenda import Why
from ii_vendor.model.panel import Consensus, FlagDecision, FlagState, ReceivedResponse
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.scorecard import AnswerStatus, Outcome
from ii_vendor.score import compare
from ii_vendor.score.agenda import agenda
from tests.small import NOON

QUESTIONS = ("Q1", "Q2", "L1", "L2", "DEA-1")
VENDORS = ("alder", "birch", "cedar")
FULL = dict.fromkeys(QUESTIONS, 3)
GRADES = ("claim", "document", "trial")

settings.register_profile("quick", max_examples=60, deadline=None)
settings.load_profile("quick")


def agenda_of(evaluation, content):
    return agenda(evaluation, content, compare(evaluation, content))


def places(items):
    return [(item.vendor, item.question) for item in items]


def test_levels_far_apart_are_on_the_agenda_and_near_ones_are_not(content, judged, profile_with):
    evaluation = judged({"alder": {**FULL, "L1": {"Amara": 4, "Ben": 2}, "L2": {"Amara": 4, "Ben": 3}}})
    (item,) = agenda_of(evaluation, content).items
    assert (item.question, item.why, item.low, item.high, item.spread) == ("L1", (Why.spread,), 2, 4, 2)
    strict = content.with_profile(profile_with(spread_tolerance=1))
    assert len(agenda_of(evaluation, strict).items) == 2


def test_what_can_change_the_lead_comes_before_what_cannot_however_heavy_it_is(content, judged):
    # Birch is 6 points behind Alder: L1 of Birch spans 15 points, Q2 of the hopeless Cedar 22.5.
    evaluation = judged(
        {
            "alder": FULL,
            "birch": {**FULL, "L1": {"Amara": 0, "Ben": 4}, "L2": 2},
            "cedar": {**dict.fromkeys(QUESTIONS, 1), "Q2": {"Amara": 1, "Ben": 3}},
        }
    )
    found = agenda_of(evaluation, content)
    assert places(found.items) == [("birch", "L1"), ("cedar", "Q2")]
    lead, idle = found.items
    assert lead.changes_leader == (("alder", "birch"),)
    assert lead.impact == pytest.approx(4 * 0.15)
    assert (idle.decisive, idle.impact) == (False, 0)
    assert found.still_decisive == 1


def test_an_answer_that_nobody_rated_is_open_from_0_to_4(content, judged):
    evaluation = judged({"alder": {question: 3 for question in QUESTIONS if question != "Q2"}})
    (item,) = agenda_of(evaluation, content).items
    assert (item.why, item.low, item.high) == ((Why.unrated,), 0, 4)
    assert item.changes_verdicts == {"alder": (Outcome.reject, Outcome.shortlist)}
    assert item.changes_leader == ((),)


def test_a_dispute_on_a_critical_question_is_on_the_agenda_however_small(content, judged):
    evaluation = judged({"alder": {**FULL, "Q1": {"Amara": 0, "Ben": 1}}})
    (item,) = agenda_of(evaluation, content).items
    assert (item.why, item.changes_verdicts) == ((Why.dispute,), {"alder": (Outcome.reject, Outcome.shortlist)})


def test_a_critical_question_that_all_rated_not_applicable_is_open_altogether(content, judged):
    (item,) = agenda_of(judged({"alder": {**FULL, "Q1": None}}), content).items
    assert (item.why, item.low, item.high) == ((Why.dispute,), 0, 4)
    assert item.changes_verdicts == {"alder": (Outcome.reject, Outcome.shortlist)}


def changed_answer(evaluation, response_of):
    first = evaluation.responses["alder"][0]
    words = response_of("alder", L1="Closed.")
    second = ReceivedResponse(version=2, response=words, findings=(), accepted_by="Amara", at=NOON + timedelta(days=1))
    of_the_first = {key: each.model_copy(update={"response_version": 1}) for key, each in evaluation.ratings.items()}
    return evaluation.model_copy(
        update={"responses": {**evaluation.responses, "alder": (first, second)}, "ratings": of_the_first}
    )


def test_an_answer_that_changed_since_all_rated_it_is_open_from_0_to_4(content, judged, response_of):
    (item,) = agenda_of(changed_answer(judged({"alder": FULL}), response_of), content).items
    assert (item.question, item.why, item.low, item.high) == ("L1", (Why.stale,), 0, 4)
    assert item.changes_verdicts == {"alder": (Outcome.shortlist,)}


def test_a_consensus_on_an_earlier_answer_does_not_settle_the_new_one(content, judged, response_of):
    evaluation = changed_answer(judged({"alder": FULL}, consensus={"alder": {"L1": 2}}), response_of)
    found = agenda_of(evaluation, content)
    assert [(item.question, item.why) for item in found.items] == [("L1", (Why.stale,))]
    assert found.done == ()


def rated_anew(evaluation):
    """The evaluation with all of Amara's ratings given a day later."""
    later = {
        key: each.model_copy(update={"at": NOON + timedelta(days=1)}) if each.evaluator == "Amara" else each
        for key, each in evaluation.ratings.items()
    }
    return evaluation.model_copy(update={"ratings": later})


def test_a_consensus_that_a_rating_was_changed_after_is_to_be_settled_anew(content, judged):
    before = judged({"alder": {**FULL, "L1": {"Amara": 4, "Ben": 3}}}, consensus={"alder": {"L1": 3}})
    assert agenda_of(before, content).items == ()
    found = agenda_of(rated_anew(before), content)
    (item,) = found.items
    assert (item.question, item.why, item.low, item.high) == ("L1", (Why.overtaken,), 3, 4)
    assert item.changes_verdicts == {"alder": (Outcome.shortlist,)}
    assert found.done == ()


def test_two_undecided_flags_on_one_answer_are_settled_together(content, judged, red_flag):
    flags = [red_flag("L1", "minor", "raised", name=f"alder/{each}") for each in ("one", "two")]
    found = agenda_of(judged({"alder": FULL}, flags), content)
    assert found.items[0].changes_verdicts == {"alder": (Outcome.conditional, Outcome.shortlist)}
    assert found.still_decisive == 1


def test_a_dispute_and_a_flag_on_one_answer_are_settled_together(content, judged, red_flag):
    split = {**FULL, "Q1": {"Amara": 0, "Ben": 4}}
    (item,) = agenda_of(judged({"alder": split}, [red_flag("Q1", "minor", "raised")]), content).items
    assert item.why == (Why.spread, Why.dispute, Why.flag)
    assert item.changes_verdicts == {"alder": (Outcome.reject, Outcome.conditional, Outcome.shortlist)}


def test_an_undecided_gate_can_be_confirmed_accepted_or_dismissed(content, judged, red_flag):
    flags = [red_flag("Q1", "critical", "raised", gate=True), red_flag("Q1", "minor", "raised")]
    (item,) = agenda_of(judged({"alder": FULL}, flags), content).items
    assert item.changes_verdicts == {"alder": (Outcome.reject, Outcome.conditional, Outcome.shortlist)}


def test_an_empty_answer_is_no_matter_for_discussion(content, judged):
    evaluation = judged({"alder": {**FULL, "L1": {"Amara": 0, "Ben": 3}}}, empty={"alder": {"L1"}})
    assert agenda_of(evaluation, content).items == ()


def test_an_undecided_red_flag_counts_like_the_levels_that_it_takes(content, judged, red_flag):
    flags = [red_flag("L1", "major", "raised", name="alder/one"), red_flag("L2", "critical", "dismissed")]
    (item,) = agenda_of(judged({"alder": FULL}, flags), content).items
    assert (item.question, item.why, item.flags) == ("L1", (Why.flag,), ("alder/one",))
    assert (item.low, item.high, item.spread) == (None, None, pytest.approx(2.4))
    assert item.changes_verdicts == {"alder": (Outcome.conditional, Outcome.shortlist)}


def test_an_undecided_gate_changes_the_gate_unless_another_one_rejects_the_vendor_anyway(content, judged, red_flag):
    waiting = red_flag("Q1", "critical", "raised", gate=True, name="alder/waiting")
    (item,) = agenda_of(judged({"alder": FULL, "birch": {**FULL, "L1": 2}}, [waiting]), content).items
    assert item.changes_gate
    assert item.changes_leader == (("birch",),)
    fatal = red_flag("Q2", "critical", gate=True, name="alder/fatal")
    (item,) = agenda_of(judged({"alder": FULL}, [waiting, fatal]), content).items
    assert (item.changes_gate, item.decisive) == (False, False)


def test_what_is_agreed_leaves_the_agenda_and_is_listed_as_done(content, judged, red_flag):
    split = {**FULL, "L1": {"Amara": 4, "Ben": 1}, "L2": {"Amara": 4, "Ben": 2}}
    flag = red_flag("L1", "minor", "raised", name="alder/flag")
    found = agenda_of(judged({"alder": split}, [flag], consensus={"alder": {"L1": 2}}), content)
    assert {(item.question, item.why) for item in found.items} == {("L2", (Why.spread,)), ("L1", (Why.flag,))}
    assert [(done.question, done.level, done.mean, done.move) for done in found.done] == [("L1", 2, 2.5, -0.5)]


def test_an_empty_answer_that_all_rated_not_applicable_can_only_be_that_or_level_0(content, judged):
    (item,) = agenda_of(judged({"alder": {**FULL, "Q1": None}}, empty={"alder": {"Q1"}}), content).items
    assert (item.why, item.low, item.high) == ((Why.dispute,), 0, 0)
    assert item.changes_verdicts == {"alder": (Outcome.reject, Outcome.shortlist)}


def test_a_vendor_that_somebody_may_not_see_is_not_on_the_agenda(content, judged):
    evaluation = judged({"alder": {}, "birch": FULL}).model_copy(update={"closed_vendors": frozenset({"alder"})})
    assert agenda_of(evaluation, content).items == ()


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
        "spread_tolerance": st.sampled_from([1, 2, 3]),
    }
)
states = st.sampled_from([state.value for state in FlagState])
some_flags = st.lists(
    st.tuples(st.sampled_from(VENDORS), st.sampled_from(QUESTIONS), states, st.booleans()), max_size=4
)
on_one_answer = st.lists(st.tuples(st.just("alder"), st.just("Q1"), states, st.booleans()), min_size=2, max_size=3)
flags = some_flags | on_one_answer
empties = st.dictionaries(st.sampled_from(VENDORS), st.sets(st.sampled_from(QUESTIONS), max_size=2), max_size=1)
agreed = st.dictionaries(st.sampled_from(VENDORS), st.dictionaries(st.sampled_from(QUESTIONS), one_rating), max_size=1)


@st.composite
def cases(draw):
    """Up to three vendors, Alder's answers changed since they were judged, Amara's ratings since the panel agreed."""
    ratings = {vendor: draw(answers) for vendor in VENDORS[: draw(st.integers(1, 3))]}
    later = draw(st.booleans()), draw(st.booleans())
    return ratings, draw(flags), draw(empties), draw(agreed), draw(profiles), *later


@pytest.fixture(scope="module")
def built(content, judged, red_flag, response_of, profile_with):
    def build(case):
        ratings, raised, empty, consensus, profile, changed, anew = case
        made = [
            red_flag(question, "critical" if gate else "minor", state, gate=gate, vendor=vendor, name=f"{vendor}/{n}")
            for n, (vendor, question, state, gate) in enumerate(raised)
            if vendor in ratings
        ]
        empty, consensus = ({key: each for key, each in some.items() if key in ratings} for some in (empty, consensus))
        evaluation = judged(ratings, made, empty=empty, consensus=consensus)
        if changed:
            evaluation = changed_answer(evaluation, response_of)
        if anew:
            evaluation = rated_anew(evaluation)
        return evaluation, content.with_profile(profile_with(**profile))

    return build


def levels_recorded(evaluation, item, score):
    """The evaluation with every level and evidence that the panel can agree on; as it stands where none is open."""
    if set(item.why) == {Why.flag}:
        yield evaluation
        return
    rated = [(each.level, each.grade) for each in score.ratings if each.level is not None]
    fresh = any(each.level is not None and each.evaluator not in score.stale for each in score.ratings)
    levels = range(min(each for each, _ in rated), max(each for each, _ in rated) + 1) if fresh else range(5)
    grades = {grade for _, grade in rated} if fresh else set(EvidenceGrade)
    options = {(each, grade) for each in levels for grade in grades}
    if any(each.level is None for each in score.ratings):
        options.add((None, EvidenceGrade.claim))
    for each, grade in options:
        consensus = Consensus(
            vendor=item.vendor,
            question=item.question,
            level=each,
            grade=grade,
            reason="So be it.",
            no_evidence=True,
            response_version=len(evaluation.responses[item.vendor]),
            by="Amara",
            at=NOON + timedelta(days=2),
        )
        changed = {**evaluation.consensus, (item.vendor, item.question): consensus}
        yield evaluation.model_copy(update={"consensus": changed})


def ways(evaluation, item, score):
    """Everything that the panel can make of an answer, its level and all its open flags, by really recording it."""
    waiting = [flag for flag in score.flags if flag.state.undecided]
    choices = [
        [(flag.id, state) for state in ("confirmed", "dismissed", *(("accepted",) if flag.gate else ()))]
        for flag in waiting
    ]
    for agreed in levels_recorded(evaluation, item, score):
        for chosen in product(*choices):
            decided = {
                key: agreed.flags[key].model_copy(
                    update={"decisions": (FlagDecision(state=FlagState(state), by="Ben", reason="again", at=NOON),)}
                )
                for key, state in chosen
            }
            yield agreed.model_copy(update={"flags": {**agreed.flags, **decided}})


@given(cases())
def test_every_item_says_just_what_a_decision_on_it_can_change(built, case):
    evaluation, content = built(case)
    before = compare(evaluation, content)
    ranks = {card.vendor: card.rank for card in before.vendors}
    outcomes = {card.vendor: card.verdict.outcome for card in before.vendors}
    lead = {vendor for vendor, rank in ranks.items() if rank == 1}
    for item in agenda(evaluation, content, before).items:
        score = next(card for card in before.vendors if card.vendor == item.vendor).question(item.question)
        after = [compare(each, content) for each in ways(evaluation, item, score)]
        moved = {card.vendor for then in after for card in then.vendors if card.rank != ranks[card.vendor]}
        assert set(item.changes_ranks) == moved
        verdicts = {
            (card.vendor, card.verdict.outcome)
            for then in after
            for card in then.vendors
            if card.verdict.outcome != outcomes[card.vendor]
        }
        assert {(vendor, each) for vendor, some in item.changes_verdicts.items() for each in some} == verdicts
        leads = [{card.vendor for card in then.vendors if card.rank == 1} for then in after]
        # Levels between the ends can make for a tie that neither end makes.
        assert bool(item.changes_leader) == any(each != lead for each in leads)
        assert all(set(each) in leads for each in item.changes_leader)
        assert item.decisive or item.impact == 0


@given(cases())
def test_every_open_answer_is_an_item_and_every_other_one_is_not(built, case):
    evaluation, content = built(case)
    comparison = compare(evaluation, content)
    found = agenda(evaluation, content, comparison)
    expected = set()
    for card in comparison.vendors:
        for score in card.questions:
            settled = score.consensus is not None and not score.stale
            far = score.status is AnswerStatus.rated and score.spread >= content.profile.spread_tolerance
            judging = far or score.disputed or score.stale or score.status is AnswerStatus.missing
            applies = score.status is not AnswerStatus.not_applicable
            waiting = any(flag.state.undecided and (applies or flag.gate) for flag in score.flags)
            if (judging and not settled) or waiting:
                expected.add((card.vendor, score.question))
    assert set(places(found.items)) == expected
    assert len(found.items) == len(expected)
    decisive = [item.decisive for item in found.items]
    assert decisive == sorted(decisive, reverse=True)
    assert found.still_decisive == sum(decisive)
    impacts = [item.impact for item in found.items]
    assert impacts == sorted(impacts, reverse=True)
    rejected = {card.vendor for card in comparison.vendors if card.verdict.outcome is Outcome.reject}
    lost = [item.vendor in rejected for item in found.items if not item.decisive]
    assert lost == sorted(lost), "what belongs to a vendor that stays rejected comes last"
