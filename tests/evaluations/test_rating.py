"""What a rating is made of, and which ratings are refused in which words."""

from __future__ import annotations

import pytest

from ii_vendor.model.response import Answer
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.seat import Stage


def test_a_rating_is_kept_with_everything_it_rests_on(evaluations, renewal, opened):
    evaluations.rate(
        renewal,
        "amara ",
        "alder",
        "Q1",
        1,
        grade=EvidenceGrade.document,
        reason="  It says so. ",
        quote="Operations stop when the link is lost.",
    )
    (rating,) = opened(renewal).ratings_of("alder", "Q1")
    assert (rating.evaluator, rating.level, rating.grade) == ("Amara", 1, EvidenceGrade.document)
    assert (rating.reason, rating.quote) == ("It says so.", "Operations stop when the link is lost.")
    assert rating.response_version == 1


def test_a_changed_rating_replaces_the_one_before_and_both_stay_on_record(evaluations, renewal, opened):
    for level in (1, 3):
        evaluations.rate(renewal, "Amara", "alder", "Q1", level, reason="seen")
    evaluation = opened(renewal)
    assert [rating.level for rating in evaluation.ratings_of("alder", "Q1")] == [3]
    recorded = [event.change for event in evaluations.history(evaluation) if event.change.kind == "rating recorded"]
    assert [change.level for change in recorded] == [1, 3]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"reason": "  "}, "A rating needs a reason: one sentence is enough."),
        ({"evaluator": "Eve"}, "Eve is not on the panel. On it: Amara, Ben, Olu."),
        ({"evaluator": "Olu"}, "Olu is on the panel as an observer, and observers do not rate or weigh."),
        ({"level": 5}, "A level is 0, 1, 2, 3 or 4, not 5."),
        ({"level": -1}, "A level is 0, 1, 2, 3 or 4, not -1."),
        ({"vendor": "elm"}, "There is no vendor 'elm' in this evaluation. There are: alder, birch."),
        ({"question": "Q9"}, "There is no question 'Q9' in this evaluation."),
        (
            {"quote": "operations stop"},
            "The quoted words do not stand in the answer. Copy them exactly as the vendor wrote them.",
        ),
        (
            {"vendor": "birch", "question": "L2", "level": 1},
            "Birch did not answer L2: it can only be rated 0 or not applicable.",
        ),
    ],
    ids=str,
)
def test_a_rating_against_the_rules_is_refused(evaluations, refused, changed, message):
    given = {"evaluator": "Amara", "vendor": "alder", "question": "Q1", "level": 3, "reason": "seen"} | changed
    assert refused(evaluations.rate, **given) == message


def test_nothing_is_rated_before_a_response(evaluations, renewal, refused):
    evaluations.add_vendor(renewal, "Cedar")
    evaluations.declare(renewal, "Amara")
    message = refused(evaluations.rate, "Amara", "cedar", "Q1", 0, reason="silent")
    assert message == "Cedar has not responded yet. Import a response first."


@pytest.mark.parametrize("level", [0, None])
def test_an_answer_left_empty_can_be_rated_0_or_not_applicable(evaluations, renewal, opened, level):
    evaluations.rate(renewal, "Amara", "birch", "L2", level, reason="nothing there")
    assert opened(renewal).ratings_of("birch", "L2")[0].level == level


def test_a_quote_may_come_from_the_evidence_or_the_choice(evaluations, renewal, opened, response_of):
    answer = Answer(question="L1", choice="open", evidence="Annex B")
    response = response_of("Cedar")
    others = tuple(each for each in response.answers if each.question != "L1")
    evaluations.accept_response(renewal, response.model_copy(update={"answers": (*others, answer)}), b"cedar")
    evaluations.declare(renewal, "Amara")
    for quote in ("open", "Annex"):
        evaluations.rate(renewal, "Amara", "cedar", "L1", 3, reason="seen", quote=quote)
    assert opened(renewal).ratings_of("cedar", "L1")[0].quote == "Annex"


def test_a_rating_given_once_others_were_open_says_so(evaluations, renewal, opened):
    evaluations.rate(renewal, "Amara", "alder", "Q1", 3, reason="alone")
    evaluations.go_to(renewal, Stage.moderation, reason="a first look")
    evaluations.go_to(renewal, Stage.scoring, reason="Amara misread Q2")
    evaluations.rate(renewal, "Amara", "alder", "Q2", 1, reason="read again")
    ratings = opened(renewal).ratings
    assert not ratings["alder", "Q1", "Amara"].informed
    assert ratings["alder", "Q2", "Amara"].informed
