"""Who may do what: a seat speaks for itself alone, the facilitator prepares, an observer looks on."""

from __future__ import annotations

import pytest

from ii_vendor.evaluations import Actor, Refused
from ii_vendor.evaluations.pricing import Offer
from ii_vendor.model.panel import FlagState, WeighingMethod
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.seat import Discipline, Stage

STOPS, VAGUE = "alder/Q1-stops", "alder/Q1-vague"
POINTS = {"critical": 100, "lock_in": 60, "flows": 40}
RATING = {"vendor": "alder", "question": "Q1", "level": 3, "reason": "seen"}


def test_a_seat_rates_for_itself_and_the_record_says_how_it_was_known(evaluations, renewal, seated):
    now = seated("Amara").rate(renewal, "Amara", **RATING)
    assert now.ratings["alder", "Q1", "Amara"].level == 3
    last = evaluations.history(now)[-1]
    assert (last.actor, last.via) == ("Amara", "personal link")


@pytest.mark.parametrize("who", ["Ben", "ben ", "Olu"])
def test_a_seat_never_speaks_for_another(refused, seated, who):
    amara = seated("Amara")
    name = who.strip().title()
    said = f"You speak for Amara here, not for {name}."
    assert refused(amara.rate, who, **RATING) == said
    assert refused(amara.declare, who) == said
    assert refused(amara.hand_in, who) == said
    assert refused(amara.propose_weights, who, WeighingMethod.swing, POINTS) == said
    assert refused(amara.dissent, who, "alder", "Q1", 3, reason="no") == said


def test_nobody_at_this_computer_speaks_for_a_seat_that_was_taken(refused, evaluations, seated):
    seated("Amara")
    said = "Amara has a personal link, and only with it can anybody speak for this seat."
    for pretending in (evaluations, evaluations.acting_as("Amara")):
        assert refused(pretending.rate, "Amara", **RATING) == said
        assert refused(pretending.declare, "Amara") == said
        assert refused(pretending.hand_in, "Amara") == said
    assert refused(evaluations.acting_as("Amara").decide_flag, STOPS, FlagState.confirmed, reason="seen") == said


def test_whoever_calls_themselves_as_a_taken_seat_reads_nothing_of_it(evaluations, renewal, seated):
    seated("Amara").rate(renewal, "Amara", **RATING)
    assert evaluations.acting_as("Amara").get(renewal).ratings == {}


def test_a_facilitator_from_elsewhere_speaks_for_nobody(refused, evaluations):
    fay = evaluations.acting_as(Actor.facilitator("Fay", "facilitator's link"))
    said = "Amara has a personal link, and only with it can anybody speak for this seat."
    assert refused(fay.rate, "Amara", **RATING) == said
    assert refused(fay.hand_in, "Amara") == said
    assert refused(fay.declare, "Amara") == said


def test_a_facilitator_from_elsewhere_never_takes_a_seats_name(refused, evaluations):
    pretending = evaluations.acting_as(Actor.facilitator("amara", "facilitator's link"))
    said = "amara is the name of a seat on this panel."
    assert refused(pretending.rate, "Amara", **RATING).startswith(said)
    assert refused(pretending.decide_flag, VAGUE, FlagState.dismissed, reason="x").startswith(said)
    assert refused(pretending.go_to, Stage.moderation, reason="x").startswith(said)


PREPARING = {
    "add_vendor": ("Cedar",),
    "mask_names": (True,),
    "add_evaluator": ("Eve", Discipline.it),
    "assign": ("Ben", ["flows"], "Less work."),
    "revoke_links": ("Ben", "Because."),
    "close_seat": ("Ben", "Because."),
    "return_assignment": ("Ben", "Because."),
    "go_to": (Stage.moderation, "Because."),
    "record_price": ("Alder", 5),
    "record_prices": ({"alder": Offer(5)},),
    "attach_reply": (VAGUE, "We run alone."),
    "adopt_proposal": ("Amara", "Because."),
}


@pytest.mark.parametrize("change", PREPARING)
def test_only_the_facilitator_prepares(renewal, refused, seated, change):
    amara = seated("Amara")
    amara.propose_weights(renewal, "Amara", WeighingMethod.swing, {**POINTS, "flows": 90})
    *given, last = PREPARING[change]
    named = {"reason": last} if last in ("Because.", "Less work.") else {}
    arguments = given if named else [*given, last]
    assert refused(getattr(amara, change), *arguments, **named).startswith("Only the facilitator can ")


def test_only_the_facilitator_brings_responses_weights_content_and_evaluations(
    refused, seated, content, response_of, profile_with
):
    amara = seated("Amara")
    said = "Only the facilitator can "
    assert refused(amara.accept_response, response_of("Cedar"), b"cedar").startswith(said)
    assert refused(amara.adopt_profile, profile_with(autonomy=10), reason="Mine.").startswith(said)
    other = content.model_copy(update={"rubrics": content.rubrics[::-1]})
    assert refused(amara.adopt_content, other, reason="Mine.").startswith(said)
    with pytest.raises(Refused, match=said):
        amara.create("Another", content)


def test_a_closed_seat_says_nothing_more_and_keeps_what_it_said(evaluations, renewal, refused, opened):
    evaluations.rate(renewal, "Amara", **RATING)
    evaluations.propose_weights(renewal, "Amara", WeighingMethod.swing, POINTS)
    evaluations.close_seat(renewal, "Amara", reason="Left the company.")
    said = "The seat of Amara is closed. What it said stays; nothing can be added."
    for speaking in (evaluations, evaluations.acting_as("Amara")):
        assert refused(speaking.rate, "Amara", **RATING) == said
    now = opened(renewal)
    assert now.ratings["alder", "Q1", "Amara"].level == 3
    assert ("Amara", "") in now.proposals
    assert evaluations.compare(now).vendors[0].question("Q1").ratings[0].level == 3


def test_an_observer_looks_on(renewal, refused, seated, opened):
    olu = seated("Olu")
    never = "observers do not"
    assert never in refused(olu.rate, "Olu", **RATING)
    assert never in refused(olu.hand_in, "Olu")
    assert never in refused(olu.propose_weights, "Olu", WeighingMethod.swing, POINTS)
    assert never in refused(olu.decide_flag, VAGUE, FlagState.dismissed, reason="no")
    assert never in refused(olu.raise_flag, "birch", "Q2", rule="Q2-agent")
    assert never in refused(olu.judge_flag, "birch", "Q2-agent", None, reason="odd")
    opened(renewal)
    assert never in refused(olu.dissent, "Olu", "alder", "Q1", 1, reason="no")
    agreed = {"grade": EvidenceGrade.claim, "reason": "yes", "no_evidence": True}
    assert never in refused(olu.agree, "alder", "Q1", 3, **agreed)


def test_a_seat_that_oversees_does_not_rate(refused, invited):
    ines = invited("Ines", "asset owner")
    assert refused(ines.rate, "Ines", **RATING) == "Ines oversees this evaluation and does not rate or weigh."


def test_without_a_declaration_a_seat_judges_nothing(evaluations, renewal, refused, invited, opened):
    sam = invited("Sam", "operations", rating=True, declared=False)
    never = "Sam has not declared interests yet."
    assert refused(sam.rate, "Sam", **RATING).startswith(never)
    assert refused(sam.decide_flag, VAGUE, FlagState.confirmed, reason="seen").startswith(never)
    assert refused(sam.raise_flag, "birch", "Q2", rule="Q2-agent").startswith(never)
    assert refused(evaluations.rate, "Sam", **RATING).startswith("Sam has a personal link")
    opened(renewal)
    agreed = {"grade": EvidenceGrade.claim, "reason": "yes", "no_evidence": True}
    assert refused(sam.agree, "alder", "Q1", 3, **agreed).startswith(never)


def test_a_conflict_keeps_a_seat_out_of_everything_about_that_vendor(evaluations, renewal, refused, seated, opened):
    evaluations.declare(renewal, "Amara", {"alder": "I own shares."})
    amara = seated("Amara")
    never = "Amara declared a conflict of interest with Alder and takes no part in judging it."
    assert refused(amara.rate, "Amara", **RATING) == never
    assert refused(amara.raise_flag, "alder", "Q2", rule="Q2-agent") == never
    assert refused(amara.judge_flag, "alder", "Q1-vague", FlagState.confirmed, reason="x") == never
    for state in (FlagState.confirmed, FlagState.dismissed, FlagState.clarification_sent):
        assert refused(amara.decide_flag, STOPS, state, reason="seen") == never
    assert refused(amara.decide_flag, STOPS, FlagState.accepted, reason="ok", owner="Ines") == never
    opened(renewal)
    agreed = {"grade": EvidenceGrade.claim, "reason": "yes", "no_evidence": True, "confirmed": True}
    assert refused(amara.agree, "alder", "Q1", 3, **agreed) == never
    evaluations.agree(renewal, "alder", "Q1", 3, **agreed)
    assert refused(amara.dissent, "Amara", "alder", "Q1", 1, reason="no") == never
    assert amara.agree(renewal, "birch", "Q1", 3, **agreed).consensus["birch", "Q1"].level == 3


def test_a_conflict_once_declared_cannot_be_withdrawn(evaluations, renewal, refused):
    evaluations.declare(renewal, "Amara", {"alder": "I own shares."})
    assert "stays on record and cannot be withdrawn" in refused(evaluations.declare, "Amara")
    assert "stays on record" in refused(evaluations.declare, "Amara", {"birch": "My sister works there."})
    both = {"alder": "I own shares.", "birch": "My sister works there."}
    assert evaluations.declare(renewal, "Amara", both).declarations["Amara"].conflicts == both


@pytest.mark.parametrize(
    ("conflicts", "said"),
    [({"elm": "x"}, "There is no vendor 'elm'"), ({"alder": " "}, "Say what each conflict of interest is")],
)
def test_a_conflict_needs_a_vendor_and_a_few_words(evaluations, refused, conflicts, said):
    assert refused(evaluations.declare, "Amara", conflicts).startswith(said)


def test_a_seat_rates_its_own_sections_alone(evaluations, renewal, refused, seated):
    now = evaluations.assign(renewal, "Amara", ["flows", "lock_in"], reason="She knows these.")
    assert now.seat("Amara").sections == ("lock_in", "flows")
    amara = seated("Amara")
    assert refused(amara.rate, "Amara", **RATING) == "Q1 is not among what Amara was asked to judge."
    assert amara.rate(renewal, "Amara", **RATING | {"question": "L1"}).ratings["alder", "L1", "Amara"].level == 3


def test_another_assignment_needs_a_reason_sections_that_exist_and_an_open_one(
    evaluations, renewal, refused, everybody_rated
):
    assert "needs a reason" in refused(evaluations.assign, "Amara", ["flows"], reason=" ")
    assert "no section 'all'" in refused(evaluations.assign, "Amara", ["all"], reason="x")
    assert "no section 'all'" in refused(evaluations.add_evaluator, "Eve", Discipline.it, sections=["all"])
    everybody_rated("Amara")
    evaluations.hand_in(renewal, "Amara")
    assert "Give the assignment back first" in refused(evaluations.assign, "Amara", ["flows"], reason="x")
