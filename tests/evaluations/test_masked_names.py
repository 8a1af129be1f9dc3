"""Masked names: the panel judges words without knowing whose they are, and the record keeps the vendors' own."""

from __future__ import annotations

import pytest

from ii_vendor.evaluations import Actor, NeedsSecondLook, Refused, Stale
from ii_vendor.model.panel import FlagState, WeighingMethod
from ii_vendor.model.response import Attachment, Cell
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.seat import Stage
from ii_vendor.rules.masking import masked as hidden

pytestmark = pytest.mark.usefixtures("letters_in_order")

SAID = "With Alder operations stop at all times, unlike with birch; ask sales@ALDER.example."
SHOWN = "With Vendor A operations stop at all times, unlike with Vendor B; ask sales@Vendor A.example."


@pytest.fixture
def masked(evaluations, renewal, response_of):
    """The evaluation with names masked, in which Alder names itself and Birch, and others name both."""
    response = response_of("Alder", Q1=SAID, original=b"second").model_copy(update={"contact": "alder@alder.example"})
    beside = Attachment(place="Birch!7", question="Does Alder say so?", answer="As Birch does.", comment="Alder")
    cells = (*response.answers[1].cells, Cell(text="Alder", row="Asked by Birch", address="Alder!D7"))
    answers = (response.answers[0], response.answers[1].model_copy(update={"cells": cells}), *response.answers[2:])
    response = response.model_copy(update={"attachments": (beside,), "answers": answers})
    evaluations.accept_response(renewal, response, b"second")
    evaluations.propose_weights(
        renewal, "Amara", WeighingMethod.rank_order, {"critical": 1, "lock_in": 2, "flows": 3}, reason="Alder or not."
    )
    evaluations.record_price(renewal, "alder", 5, basis="Alder for five years")
    evaluations.rate(renewal, "Ben", "alder", "Q1", 1, reason="Alder is no Birch.", quote="With Alder")
    evaluations.decide_flag(renewal, "alder/Q1-vague", FlagState.confirmed, reason="Alder says so.")
    evaluations.raise_flag(renewal, "alder", "Q2", statement="Alder again", quote="At the boundary", reason="As Birch")
    evaluations.declare(renewal, "Olu", {"birch": "My brother works at Birch."})
    evaluations.mask_names(renewal, True)
    return renewal


def told(service, key):
    """Everything that the door tells, in one text."""
    now = service.get(key)
    parts = [now.model_dump_json(), *(event.model_dump_json() for event in service.history(now))]
    parts += [repr(service.compare(now)), repr(service.progress(now)), repr(service.agenda(now))]
    return "\n".join(parts)


def names_nobody(text):
    return "alder" not in text.casefold() and "birch" not in text.casefold()


@pytest.mark.parametrize("name", ["Ben", "Amara", "Olu"])
@pytest.mark.parametrize("stage", [Stage.scoring, Stage.moderation])
def test_no_seat_sees_a_vendors_name_or_id(evaluations, masked, seated, opened, name, stage):
    if stage is Stage.moderation:
        opened(masked)
        given = {"grade": EvidenceGrade.claim, "reason": "Alder, we agree.", "quote": "With Alder", "confirmed": True}
        evaluations.agree(masked, "alder", "Q1", 4, **given)
        evaluations.dissent(masked, "Amara", "alder", "Q1", 0, reason="Alder? No.")
    text = told(seated(name), masked)
    assert names_nobody(text)
    assert "Vendor A" in text


def test_the_facilitator_sees_names(evaluations, masked):
    for service in (evaluations, evaluations.acting_as(Actor.facilitator("Fay", "facilitator's link"))):
        now = service.get(masked)
        assert [vendor.name for vendor in now.vendors] == ["Alder", "Birch"]
        assert now.received("alder").response.answer("Q1").text == SAID


def test_names_are_there_again_once_they_are_shown(evaluations, masked, seated):
    ben = seated("Ben")
    evaluations.mask_names(masked, False)
    assert ben.get(masked).received("alder").response.answer("Q1").text == SAID
    with pytest.raises(Refused, match="The names are shown already"):
        evaluations.mask_names(masked, False)


def test_letters_stand_in_the_answers_where_names_stood(masked, seated):
    now = seated("Ben").get(masked)
    received = now.received("vendor-a")
    assert received.response.answer("Q1").text == SHOWN
    assert (received.response.vendor, received.response.contact) == ("Vendor A", "")
    assert received.findings
    for finding in received.findings:
        assert received.response.answer("Q1").cells[finding.cell].text[finding.start : finding.end] == finding.quote


def test_a_seat_finds_a_vendor_by_its_letter(masked, seated):
    ben = seated("Ben")
    assert ben.vendor_id(masked, "Vendor B") == "vendor-b"
    with pytest.raises(Refused) as refusal:
        ben.vendor_id(masked, "Alder")
    assert "There are: vendor-a, vendor-b." in str(refusal.value)


def test_what_is_said_of_a_letter_is_kept_for_the_vendor_with_its_own_words(evaluations, masked, seated, opened):
    ben = seated("Ben")
    quote = "With Vendor A operations"
    rated = ben.rate(masked, "Ben", "vendor-a", "Q1", 0, reason="seen", quote=quote)
    assert rated.ratings["vendor-a", "Q1", "Ben"].quote == quote
    ben.raise_flag(masked, "vendor-a", "Q1", statement="Odd", quote="unlike with Vendor B")
    ben.decide_flag(masked, "vendor-a/Q1-vague", FlagState.dismissed, reason="seen")
    ben.judge_flag(masked, "vendor-a", "vendor-a/Q1-own-1", FlagState.confirmed, reason="seen")
    ben.declare(masked, "Ben", {"vendor-b": "I know the style."})
    opened(masked)
    given = {"grade": EvidenceGrade.claim, "reason": "agreed", "quote": "ask sales@Vendor A", "confirmed": True}
    ben.agree(masked, "vendor-a", "Q1", 0, **given)
    ben.dissent(masked, "Ben", "vendor-a", "Q1", 1, reason="no")
    now = evaluations.get(masked)
    assert now.ratings["alder", "Q1", "Ben"].quote == "With Alder operations"
    assert [quote.text for quote in now.flags["alder/Q1-own-1"].quotes] == ["unlike with birch"]
    assert now.flags["alder/Q1-own-1"].state is FlagState.confirmed
    assert now.flags["alder/Q1-vague"].state is FlagState.dismissed
    assert now.declarations["Ben"].conflicts == {"birch": "I know the style."}
    assert now.consensus["alder", "Q1"].quote == "ask sales@ALDER"
    assert now.dissents["alder", "Q1", "Ben"].level == 1


@pytest.mark.parametrize(
    ("vendor", "question", "changed"),
    [
        ("vendor-b", "L2", {"level": 2}),
        ("vendor-b", "Q1", {"quote": "With Vendor A"}),
        ("vendor-c", "Q1", {}),
        ("vendor-a", "Q9", {}),
    ],
)
def test_refusals_name_nobody(masked, seated, vendor, question, changed):
    ben = seated("Ben")
    with pytest.raises(Refused) as refusal:
        ben.rate(masked, "Ben", vendor, question, **{"level": 1, "reason": "seen"} | changed)
    assert names_nobody(str(refusal.value))


def test_refusals_about_conflicts_and_gates_name_nobody(evaluations, masked, seated):
    evaluations.declare(masked, "Amara", {"alder": "Shares."})
    amara, ben = seated("Amara"), seated("Ben")
    with pytest.raises(Refused, match="conflict of interest with Vendor A"):
        amara.rate(masked, "Amara", "vendor-a", "Q1", 1, reason="seen")
    with pytest.raises(Refused, match="vendor-a/Q1-stops is a gate"):
        ben.decide_flag(masked, "vendor-a/Q1-stops", FlagState.accepted, reason="ok", owner="Ines")


def test_who_comes_second_is_told_without_names(evaluations, masked, seated):
    ben = seated("Ben")
    seen = ben.get(masked).sequence
    evaluations.decide_flag(masked, "alder/Q1-vague", FlagState.dismissed, reason="Alder explained.")
    with pytest.raises(Stale) as stale:
        ben.decide_flag(masked, "vendor-a/Q1-vague", FlagState.confirmed, reason="seen", seen=seen)
    assert names_nobody(" ".join((str(stale.value), *stale.value.changes)))
    assert "Vendor A explained." in str(stale.value)


def test_a_second_look_is_asked_for_without_names(evaluations, masked, seated, everybody_rated, opened):
    everybody_rated("Amara", "Ben")
    opened(masked)
    given = {"grade": EvidenceGrade.claim, "reason": "agreed", "no_evidence": True}
    with pytest.raises(NeedsSecondLook) as asked:
        seated("Ben").agree(masked, "vendor-a", "Q1", 0, **given)
    assert names_nobody(" ".join((str(asked.value), *asked.value.reasons)))
    with pytest.raises(NeedsSecondLook) as named:
        evaluations.agree(masked, "alder", "Q1", 0, **given)
    assert not names_nobody(" ".join(named.value.reasons))


def test_an_original_file_would_tell_the_name(evaluations, masked, seated):
    ben = seated("Ben")
    with pytest.raises(Refused, match="This file is not open to you"):
        ben.original(ben.get(masked), evaluations.get(masked).received("alder").response.file.sha256)


def test_a_masked_comparison_is_never_shown_for_the_whole_one(evaluations, masked, seated, opened):
    opened(masked)
    ben = seated("Ben")
    for _ in range(2):
        assert [card.name for card in evaluations.compare(evaluations.get(masked)).vendors] == ["Alder", "Birch"]
        assert [card.name for card in ben.compare(ben.get(masked)).vendors] == ["Vendor A", "Vendor B"]


def test_a_chair_confirms_the_second_look_that_a_mask_let_them_read(evaluations, renewal, seated):
    evaluations.rate(renewal, "Amara", "alder", "Q1", 4, reason="seen")
    evaluations.go_to(renewal, Stage.moderation, reason="now")
    evaluations.mask_names(renewal, True)
    chair = seated("Amara")
    agreed = {"grade": EvidenceGrade.trial, "reason": "Only said.", "no_evidence": True}
    with pytest.raises(NeedsSecondLook) as look:
        chair.agree(renewal, "vendor-a", "Q1", 0, **agreed)
    assert any("Vendor A" in reason for reason in look.value.reasons)
    chair.agree(renewal, "vendor-a", "Q1", 0, **agreed, confirmed=look.value.reasons)
    assert evaluations.get(renewal).consensus["alder", "Q1"].level == 0


def test_the_words_that_made_it_look_like_a_red_flag_are_at_their_place_under_masks(evaluations, masked):
    whole = evaluations.get(masked)
    newest = whole.received("alder")
    said = newest.response.answer("Q1").cells[0].text
    stretches = ("Alder operations", "lder oper", "times")
    places = tuple((said.index(each), said.index(each) + len(each)) for each in stretches)
    finding = newest.findings[0].model_copy(update={"start": 0, "end": len(said), "quote": said, "words": places})
    versions = (*whole.responses["alder"][:-1], newest.model_copy(update={"findings": (finding,)}))
    changed = whole.model_copy(update={"responses": {**whole.responses, "alder": versions}})
    shown = hidden(changed, next(seat for seat in whole.evaluators if seat.name == "Ben")).received("vendor-a")
    text = shown.response.answer("Q1").cells[0].text
    found = [text[start:end] for start, end in shown.findings[0].words]
    assert found == ["Vendor A operations", "Vendor A oper", "times"]
