"""Two who change the same thing: the second is told what changed, and nothing is overwritten."""

from __future__ import annotations

import pytest

from ii_vendor.evaluations import Stale
from ii_vendor.model.panel import FlagState
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.seat import Stage

VAGUE, STOPS = "alder/Q1-vague", "alder/Q1-stops"
AGREED = {
    "vendor": "alder",
    "question": "Q2",
    "grade": EvidenceGrade.claim,
    "reason": "Read together.",
    "no_evidence": True,
    "confirmed": True,
}


def rate(service, key, level, seen, question="Q1"):
    return service.rate(key, "Amara", "alder", question, level, reason=f"a {level}", seen=seen)


def decide(service, key, state, seen, flag=VAGUE):
    return service.decide_flag(key, flag, state, reason="looked at", seen=seen)


def agree(service, key, level, seen):
    return service.agree(key, **AGREED, level=level, seen=seen)


def dissent(service, key, level, seen):
    return service.dissent(key, "Ben", "alder", "Q2", level, reason=f"a {level}", seen=seen)


@pytest.fixture
def twice(evaluations, renewal):
    """Have two change the same thing who looked at the same state: gives what the second is told, after seeing that
    nothing of theirs was saved and that their second try goes through."""

    def attempt(change, first, second, reader=evaluations):
        seen = evaluations.get(renewal).sequence
        change(reader, renewal, first, seen)
        saved = reader.get(renewal)
        with pytest.raises(Stale) as stale:
            change(reader, renewal, second, seen)
        assert reader.get(renewal) == saved
        assert change(reader, renewal, second, saved.sequence).sequence > saved.sequence
        assert "Nothing of yours was saved." in str(stale.value)
        (told,) = stale.value.changes
        return told

    return attempt


def test_a_rating_is_never_overwritten_unseen(evaluations, twice):
    told = twice(rate, 1, 3, evaluations.acting_as("Amara"))
    assert told.startswith("Amara at ")
    assert told.endswith(" UTC: level 1, “a 1”.")


def test_a_decision_on_a_red_flag_is_never_overwritten_unseen(twice):
    assert twice(decide, FlagState.confirmed, FlagState.dismissed).endswith(" UTC: confirmed, “looked at”.")


def test_a_consensus_is_never_overwritten_unseen(renewal, opened, twice):
    opened(renewal)
    assert twice(agree, 1, 4).endswith(" UTC: level 1, “Read together.”.")


def test_a_dissent_is_never_overwritten_unseen(evaluations, renewal, opened, twice):
    opened(renewal)
    agree(evaluations, renewal, 3, None)
    assert twice(dissent, 1, 4).endswith(" UTC: level 1, “a 1”.")


def test_a_stage_is_never_left_unseen(evaluations, renewal, opened):
    seen = evaluations.get(renewal).sequence
    opened(renewal)
    with pytest.raises(Stale, match="the stage is moderation"):
        evaluations.go_to(renewal, Stage.open, reason="Wait.", seen=seen)
    assert evaluations.get(renewal).stage is Stage.moderation


def test_a_dissent_from_a_consensus_that_is_another_by_now_is_refused(evaluations, renewal, opened):
    opened(renewal)
    seen = agree(evaluations, renewal, 1, None).sequence
    agree(evaluations, renewal, 4, None)
    with pytest.raises(Stale, match="level 4"):
        dissent(evaluations, renewal, 4, seen)
    assert evaluations.get(renewal).dissents == {}


def test_a_rating_of_an_answer_that_is_another_by_now_is_refused(evaluations, renewal, response_of):
    seen = evaluations.get(renewal).sequence
    evaluations.accept_response(renewal, response_of("Alder", Q1="It runs alone.", original=b"second"), b"second")
    amara = evaluations.acting_as("Amara")
    with pytest.raises(Stale, match="version 2 of the response arrived"):
        rate(amara, renewal, 1, seen)
    assert amara.get(renewal).ratings == {}


def test_a_decision_after_a_signature_that_was_not_seen_is_refused(evaluations, renewal, seated):
    seen = evaluations.get(renewal).sequence
    seated("Amara").decide_flag(renewal, STOPS, FlagState.accepted, reason="We can.", owner="Ines")
    with pytest.raises(Stale, match=r"signed: accepted, “We can\.”"):
        decide(evaluations, renewal, FlagState.confirmed, seen, STOPS)
    assert evaluations.get(renewal).flags[STOPS].decisions == ()


def test_a_reply_to_a_red_flag_that_was_decided_meanwhile_is_refused(evaluations, renewal):
    seen = decide(evaluations, renewal, FlagState.clarification_sent, None).sequence
    decide(evaluations, renewal, FlagState.clarification_sent, None)
    with pytest.raises(Stale, match="clarification sent"):
        evaluations.attach_reply(renewal, VAGUE, "We run alone.", seen=seen)
    assert evaluations.get(renewal).received("alder").version == 1


def test_something_else_in_between_makes_nothing_stale(evaluations, renewal, opened, response_of):
    amara = evaluations.acting_as("Amara")
    seen = evaluations.get(renewal).sequence
    rate(amara, renewal, 2, None, question="Q2")
    evaluations.rate(renewal, "Ben", "alder", "Q1", 4, reason="Ben's own")
    decide(evaluations, renewal, FlagState.confirmed, None, STOPS)
    evaluations.record_price(renewal, "alder", 5)
    evaluations.accept_response(renewal, response_of("Birch", Q1="Alone.", original=b"second"), b"second")
    assert rate(amara, renewal, 3, seen).ratings["alder", "Q1", "Amara"].level == 3
    assert decide(evaluations, renewal, FlagState.dismissed, seen).flags[VAGUE].state is FlagState.dismissed
    seen = opened(renewal).sequence
    evaluations.agree(renewal, **AGREED | {"question": "L1"}, level=1)
    assert agree(evaluations, renewal, 3, seen).consensus["alder", "Q2"].level == 3


def test_what_was_not_looked_at_before_is_never_stale(evaluations, renewal):
    decide(evaluations, renewal, FlagState.confirmed, None)
    assert decide(evaluations, renewal, FlagState.dismissed, None).flags[VAGUE].state is FlagState.dismissed
