"""What a dry run says: who would win and why, what rests on a question, and what decides nothing."""

from __future__ import annotations

from ii_vendor.model.bid import Bid, Decides, DryRun
from ii_vendor.model.content import Content
from ii_vendor.report.dry_run_json import dry_run_dict
from ii_vendor.report.dry_run_words import (
    bid_sentence,
    effect_words,
    idle_lines,
    idle_sentence,
    outcome_sentence,
    reason_sentences,
)
from ii_vendor.score import dry_run


def bid(name: str, level: int = 2, **more: object) -> Bid:
    return Bid.model_validate({"id": name, "title": name.title(), "story": "Made up.", "level": level, **more})


def said_of(run: DryRun, question: str) -> str:
    return effect_words(run, next(each for each in run.questions if each.question == question))


def test_the_outcome_says_whether_the_right_bid_wins(content: Content):
    assert outcome_sentence(dry_run([bid("ideal", 4), bid("other", 3)], content)) == (
        "The rules choose “Ideal”, as they should."
    )
    assert outcome_sentence(dry_run([bid("ideal", 2), bid("other", 3)], content)) == (
        "The rules choose “Other”, not “Ideal”."
    )
    assert outcome_sentence(dry_run([bid("ideal", 3), bid("other", 3)], content)) == (
        "The rules cannot choose between “Ideal” and “Other”: they share the lead."
    )
    assert outcome_sentence(dry_run([bid("ideal", 0), bid("other", 0)], content)) == (
        "The rules choose nobody: all 2 bids are rejected, “Ideal” too."
    )


def test_a_wrong_winner_is_explained_by_where_it_gains(content: Content):
    run = dry_run([bid("ideal", 2), bid("other", 2, questions={"Q1": 4, "L1": 1})], content)
    assert reason_sentences(run) == [
        "“Other” gains most over “Ideal” on Q1 (+15.0), in points of autonomy.",
        "“Other” leads “Ideal” by 11.2 points of autonomy; the heaviest question is worth 30.0.",
    ]


def test_a_wanted_bid_that_is_rejected_is_explained_by_its_reasons(content: Content):
    run = dry_run([bid("ideal", 3, red_flags=["Q1-stops"], questions={"Q2": 0}), bid("other", 3)], content)
    assert reason_sentences(run)[0] == "“Ideal” is rejected: Q1: Q1-stops holds. There is 1 more reason."


def test_the_lowest_price_is_named_with_its_place(content: Content):
    bids = [bid("ideal", 3, price=900_000), bid("cheap", 0, price=100_000)]
    told = "The lowest price, 100 000 EUR, is that of “Cheap”, which is rejected."
    assert reason_sentences(dry_run(bids, content))[-1].replace("\N{NO-BREAK SPACE}", " ") == told


def test_prices_in_two_currencies_are_not_compared(content: Content):
    bids = [bid("ideal", 3, price=900_000), bid("cheap", 2, price=100_000, currency="USD")]
    assert not any("price" in each for each in reason_sentences(dry_run(bids, content)))


def test_what_rests_on_a_question_is_said(content: Content):
    run = dry_run([bid("ideal", 4), bid("poor", 3, questions={"Q1": 0, "Q2": 0})], content)
    assert said_of(run, "Q1") == "one of the reasons why “Poor” is rejected"
    run = dry_run([bid("ideal", 3), bid("gated", 3, red_flags=["Q1-stops"])], content)
    assert said_of(run, "Q1") == "without it “Ideal” and “Gated” share the lead and “Gated” becomes shortlisted"
    assert said_of(run, "L1") == ""


def test_questions_that_decide_nothing_are_counted_and_listed_by_section(content: Content):
    run = dry_run([bid("ideal", 4, questions={"L1": 2}), bid("other", 2, questions={"Q1": 0})], content)
    assert idle_sentence(run) == (
        "4 of 5 questions decide nothing here: 1 tells no bid apart and 3 tell bids apart but turn nothing. "
        "Even without all of them at once, every rank and verdict stays."
    )
    assert idle_lines(run, content, Decides.same) == [("Lock-in", "L1 level 2 for all")]
    assert idle_lines(run, content, Decides.nothing) == [
        ("What decides", "Q2 up to 15.0 points apart"),
        ("Lock-in", "L2 up to 7.5 points apart"),
        ("Flows", "DEA-1 up to 5.0 points apart"),
    ]


def test_each_bid_is_told_with_its_rank_or_its_reasons(content: Content):
    run = dry_run([bid("ideal", 4), bid("poor", 2, questions={"Q1": 0})], content)
    assert bid_sentence(run, "ideal") == "“Ideal” takes rank 1 with 100.0 points of autonomy: shortlisted."
    assert bid_sentence(run, "poor").startswith("“Poor” is rejected: Q1 (On its own) is rated level 0.")


def test_json_carries_the_same_outcome_and_sentences(content: Content):
    run = dry_run([bid("ideal", 4), bid("other", 3)], content)
    told = dry_run_dict(run, content)
    assert (told["chosen"], told["as_wanted"]) == (["ideal"], True)
    assert told["sentences"]["outcome"] == outcome_sentence(run)
    assert [each["question"] for each in told["questions"]] == list(content.questions)
    assert {each["decides"] for each in told["questions"]} == {"nothing"}
