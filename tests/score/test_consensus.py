"""What the panel agreed on counts in place of the mean, and nothing else moves."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ii_vendor.model.panel import Dissent, ReceivedResponse
from ii_vendor.model.scorecard import CONSENSUS, AnswerStatus, Outcome
from ii_vendor.score import compare
from ii_vendor.score.agreement import agreement
from ii_vendor.score.matrix import matrix
from ii_vendor.score.robustness import robustness
from tests.small import NOON

QUESTIONS = ("Q1", "Q2", "L1", "L2", "DEA-1")
FULL = dict.fromkeys(QUESTIONS, 3)
GRADES = ("claim", "document", "contract", "demonstration", "trial")

settings.register_profile("quick", max_examples=30, deadline=None)
settings.load_profile("quick")

level = st.none() | st.integers(0, 4)
judgement = st.tuples(level, st.sampled_from(GRADES))
ratings = st.dictionaries(
    st.sampled_from(QUESTIONS), st.dictionaries(st.sampled_from(["Amara", "Ben", "Chen"]), judgement, min_size=1)
)
vendors = st.dictionaries(st.sampled_from(["alder", "birch", "cedar"]), ratings, min_size=1)


def only(comparison, question, vendor=0):
    return comparison.vendors[vendor].question(question)


def answered_anew(evaluation, response_of, **words):
    """The evaluation after Alder's second response."""
    first = evaluation.responses["alder"][0]
    second = ReceivedResponse(
        version=2, response=response_of("alder", **words), findings=(), accepted_by="Amara", at=NOON + timedelta(days=1)
    )
    return evaluation.model_copy(update={"responses": {**evaluation.responses, "alder": (first, second)}})


def judged_in(evaluation, version):
    """The evaluation with all ratings given on this version of the response."""
    given_then = {key: each.model_copy(update={"response_version": 1}) for key, each in evaluation.ratings.items()}
    agreed = {key: each.model_copy(update={"response_version": version}) for key, each in evaluation.consensus.items()}
    return evaluation.model_copy(update={"ratings": given_then, "consensus": agreed})


def test_a_consensus_counts_in_place_of_the_mean_and_the_ratings_stay(content, judged):
    evaluation = judged({"alder": {**FULL, "L1": {"Amara": 4, "Ben": 1}}}, consensus={"alder": {"L1": 2}})
    score = only(compare(evaluation, content), "L1")
    assert (score.claimed, score.evidenced, score.status) == (2, 2, AnswerStatus.rated)
    assert [rating.level for rating in score.ratings] == [4, 1]
    assert (score.spread, score.mean, score.move) == (3, 2.5, -0.5)
    assert score.consensus.reason == "The panel agreed."


def test_a_consensus_counts_as_evidenced_up_to_what_its_own_evidence_carries(content, judged):
    evaluation = judged({"alder": {**FULL, "L1": (3, "claim")}}, consensus={"alder": {"L1": (4, "document")}})
    score = only(compare(evaluation, content), "L1")
    assert (score.claimed, score.evidenced) == (4, 3)


def test_a_consensus_rates_an_answer_that_nobody_rated(content, judged):
    rated = {question: 3 for question in QUESTIONS if question != "L1"}
    card = compare(judged({"alder": rated}, consensus={"alder": {"L1": 3}}), content).vendors[0]
    assert card.autonomy.coverage == 1
    assert card.verdict.outcome is Outcome.shortlist


def test_a_consensus_that_the_question_does_not_apply_takes_it_out(content, judged):
    evaluation = judged({"alder": {**FULL, "Q2": {"Amara": 3, "Ben": 0}}}, consensus={"alder": {"Q2": None}})
    card = compare(evaluation, content).vendors[0]
    score = card.question("Q2")
    assert (score.status, score.claimed, score.disputed) == (AnswerStatus.not_applicable, None, False)
    assert card.autonomy.low == 75
    assert card.verdict.outcome is Outcome.shortlist


def test_a_critical_question_rated_not_applicable_stays_open_until_the_panel_agrees_with_a_reason(content, judged):
    without = compare(judged({"alder": {**FULL, "Q2": None}}), content).vendors[0]
    agreed = compare(judged({"alder": {**FULL, "Q2": None}}, consensus={"alder": {"Q2": None}}), content).vendors[0]
    assert without.verdict.outcome is Outcome.incomplete
    assert agreed.verdict.outcome is Outcome.shortlist


@pytest.mark.parametrize(("agreed", "status"), [(3, AnswerStatus.unanswered), (None, AnswerStatus.not_applicable)])
def test_an_answer_left_empty_is_level_0_unless_the_panel_agrees_that_it_does_not_apply(
    content, judged, agreed, status
):
    evaluation = judged({"alder": {**FULL, "L1": None}}, empty={"alder": {"L1"}}, consensus={"alder": {"L1": agreed}})
    score = only(compare(evaluation, content), "L1")
    assert score.status is status
    assert score.claimed == (0 if agreed == 3 else None)


def test_a_consensus_ends_a_dispute_on_a_critical_question(content, judged):
    split = {**FULL, "Q1": {"Amara": 0, "Ben": 4}}
    assert compare(judged({"alder": split}), content).vendors[0].verdict.outcome is Outcome.incomplete
    agreed = compare(judged({"alder": split}, consensus={"alder": {"Q1": 3}}), content).vendors[0]
    assert agreed.verdict.outcome is Outcome.shortlist
    lost = compare(judged({"alder": split}, consensus={"alder": {"Q1": 0}}), content).vendors[0]
    assert lost.verdict.outcome is Outcome.reject
    assert "Q1 (On its own) is by consensus at level 0." in [reason.text for reason in lost.verdict.reasons]


def test_a_consensus_on_the_answer_as_it_stands_makes_up_for_ratings_of_an_earlier_one(content, judged, response_of):
    evaluation = judged({"alder": FULL}, consensus={"alder": {"L1": 2}})
    fresh = answered_anew(judged_in(evaluation, 2), response_of, L1="Closed.")
    assert only(compare(fresh, content), "L1").stale == ()
    assert compare(fresh, content).vendors[0].verdict.outcome is Outcome.shortlist


def test_a_consensus_on_an_earlier_answer_counts_on_and_leaves_the_verdict_open(content, judged, response_of):
    evaluation = judged({"alder": FULL}, consensus={"alder": {"L1": 2, "L2": 1}})
    card = compare(answered_anew(judged_in(evaluation, 1), response_of, L1="Closed."), content).vendors[0]
    assert card.question("L1").stale == (CONSENSUS, "Amara")
    assert card.question("L1").claimed == 2
    assert card.question("L2").stale == ()
    assert card.verdict.outcome is Outcome.incomplete


@pytest.mark.parametrize(("minutes", "stale"), [(-1, ()), (0, ()), (1, (CONSENSUS,))])
def test_a_consensus_counts_on_and_leaves_the_verdict_open_once_a_rating_is_later(content, judged, minutes, stale):
    before = judged({"alder": {**FULL, "L1": {"Amara": 4, "Ben": 2}}}, consensus={"alder": {"L1": 2}})
    key = ("alder", "L1", "Ben")
    anew = before.ratings[key].model_copy(update={"at": NOON + timedelta(minutes=minutes)})
    card = compare(before.model_copy(update={"ratings": {**before.ratings, key: anew}}), content).vendors[0]
    assert (card.question("L1").stale, card.question("L1").claimed) == (stale, 2)
    assert card.question("L2").stale == ()
    assert card.verdict.outcome is (Outcome.incomplete if stale else Outcome.shortlist)


def test_who_does_not_share_a_consensus_stands_beside_it_and_changes_nothing(content, judged):
    evaluation = judged({"alder": FULL}, consensus={"alder": {"L1": 2}})
    dissent = Dissent(evaluator="Amara", vendor="alder", question="L1", level=4, reason="It is open.", at=NOON)
    with_dissent = evaluation.model_copy(update={"dissents": {("alder", "L1", "Amara"): dissent}})
    before, after = compare(evaluation, content), compare(with_dissent, content)
    assert only(after, "L1").dissents == (dissent,)
    assert after.vendors[0].autonomy == before.vendors[0].autonomy


def test_a_consensus_leaves_no_room_to_a_simulation_of_the_ratings(content, judged):
    split = {**FULL, "L1": {"Amara": 0, "Ben": 4}}
    field = matrix(compare(judged({"alder": split}, consensus={"alder": {"L1": 3}}), content), content)
    place = field.questions.index("L1")
    assert (field.least[0, place], field.utility[0, place], field.most[0, place]) == (0.75, 0.75, 0.75)


def test_a_result_without_one_evaluator_keeps_what_the_panel_agreed_on(content, judged):
    # Without Ben, Birch would lead by L1, if the panel had not agreed on it.
    given_ = {"alder": {**FULL, "L1": {"Amara": 1, "Ben": 4}}, "birch": {**FULL, "L1": 2}}
    for agreed, leaders in (({}, ("birch",)), ({"alder": {"L1": 3}}, None)):
        evaluation = judged(given_, consensus=agreed)
        found = robustness(evaluation, content, compare(evaluation, content)).turns.evaluators
        assert next(turn for turn in found if turn.evaluator == "Ben").effect.leaders == leaders


@given(vendors, st.data())
def test_a_consensus_on_what_all_gave_moves_no_score(content, judged, drawn, data):
    unanimous = {
        (vendor, question): next(iter(given_.values()))
        for vendor, questions in drawn.items()
        for question, given_ in questions.items()
        if len(set(given_.values())) == 1
    }
    chosen = [key for key in unanimous if data.draw(st.booleans())]
    agreed = {vendor: {q: unanimous[v, q] for v, q in chosen if v == vendor} for vendor in drawn}
    before, after = (compare(judged(drawn, consensus=each), content) for each in ({}, agreed))
    for old, new in zip(before.vendors, after.vendors, strict=True):
        assert (old.autonomy, old.red_flags, old.floor) == (new.autonomy, new.red_flags, new.floor)
        assert [score.autonomy for score in old.sections] == [score.autonomy for score in new.sections]
        # Only that a critical question does not apply needs the panel's word, and then has it.
        if not any(unanimous[key][0] is None and key[1] in ("Q1", "Q2") for key in chosen):
            assert (old.rank, old.verdict.outcome) == (new.rank, new.verdict.outcome)


@given(vendors, st.sampled_from(QUESTIONS), judgement)
def test_a_consensus_moves_no_score_of_another_answer_and_no_rating_at_all(content, judged, drawn, question, agreed):
    vendor = next(iter(drawn))
    evaluation = judged(drawn, consensus={vendor: {question: agreed}})
    before, after = compare(judged(drawn), content), compare(evaluation, content)
    for old, new in zip(before.vendors, after.vendors, strict=True):
        if old.vendor != vendor:
            assert (old.autonomy, old.red_flags, old.verdict) == (new.autonomy, new.red_flags, new.verdict)
        for was, now in zip(old.questions, new.questions, strict=True):
            assert (was.ratings, was.spread, was.mean) == (now.ratings, now.spread, now.mean)
            assert was == now or (new.vendor, now.question) == (vendor, question)
    assert agreement(evaluation, content, after) == agreement(judged(drawn), content, before)


@given(ratings, st.sampled_from(QUESTIONS), st.integers(0, 3), st.sampled_from(GRADES))
def test_agreeing_on_a_higher_level_never_lowers_a_score(content, judged, drawn, question, lower, grade):
    low, high = (
        compare(judged({"alder": drawn}, consensus={"alder": {question: (each, grade)}}), content).vendors[0].autonomy
        for each in (lower, lower + 1)
    )
    for name in ("low", "high", "claimed", "evidenced"):
        assert getattr(high, name) >= getattr(low, name)
