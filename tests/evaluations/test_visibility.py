"""Independent first: nobody reads others' ratings, nor anything made of them, before it is time."""

from __future__ import annotations

from random import SystemRandom

import pytest

from ii_vendor.evaluations import Actor, Refused
from ii_vendor.model.actor import NOBODY
from ii_vendor.model.panel import WeighingMethod
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.seat import Discipline, Stage
from ii_vendor.score import compare

POINTS = {"critical": 100, "lock_in": 60, "flows": 40}


def shown(service, key):
    """Everything that the door shows somebody, in words by what was asked; the mark of the latest event apart."""
    now = service.get(key)
    answers = {
        "evaluation": now.model_copy(update={"sequence": 0}),
        "compare": service.compare(now),
        "robustness": service.robustness(now, samples=100),
        "leads": service.leads(now, samples=100),
        "agenda": service.agenda(now),
        "progress": service.progress(now),
        "effects": service.effects(now),
    }
    if "alder" not in now.closed_vendors:
        effect = service.consensus_effect(now, "alder", "Q1", 2, EvidenceGrade.claim)
        # What comes after it is a comparison with the time of asking in it.
        answers["consensus"] = effect.model_dump(exclude={"after"})
    return {asked: repr(answer).replace(now.record_hash, "") for asked, answer in answers.items()}


@pytest.fixture
def viewer(evaluations, renewal, seated, invited, everybody_rated):
    """Somebody who may not see Ben's ratings yet, by what they are."""

    def build(what):
        if what == "facilitator at this computer":
            return evaluations
        if what == "facilitator from elsewhere":
            return evaluations.acting_as(Actor.facilitator("Fay", "facilitator's link"))
        if what == "observer":
            return seated("Olu")
        if what == "seat that oversees":
            return invited("Ines", "asset owner")
        if what == "seat that has not declared":
            return invited("Sam", "security", rating=True, declared=False)
        if what == "seat with a conflict":
            evaluations.declare(renewal, "Amara", {"birch": "My sister works there."})
            return seated("Amara")
        if what == "seat that has handed in before Ben":
            everybody_rated("Amara")
            evaluations.hand_in(renewal, "Amara")
            return seated("Amara")
        evaluations.rate(renewal, "Amara", "alder", "Q1", 1, reason="Amara saw it")
        return evaluations.acting_as("Amara") if what == "person at this computer" else seated("Amara")

    return build


VIEWERS = [
    "facilitator at this computer",
    "facilitator from elsewhere",
    "observer",
    "seat that oversees",
    "seat that has not declared",
    "seat with a conflict",
    "seat that has handed in before Ben",
    "seat that has not handed in",
    "person at this computer",
]


@pytest.mark.parametrize("what", VIEWERS)
def test_what_somebody_else_rates_changes_nothing_that_one_is_shown(renewal, viewer, everybody_rated, what):
    everybody_rated("Ben", level=0)
    asking = viewer(what)
    before = shown(asking, renewal)
    everybody_rated("Ben", level=3)
    assert shown(asking, renewal) == before
    assert "Ben saw it" not in "".join(before.values())


@pytest.mark.parametrize("what", VIEWERS)
def test_history_says_of_others_ratings_only_that_there_are_some(renewal, viewer, everybody_rated, what):
    everybody_rated("Ben")
    asking = viewer(what)
    told = [event for event in asking.history(asking.get(renewal)) if event.actor == "somebody"]
    withheld = [event.change for event in told if event.change.kind == "withheld" and event.change.evaluator == "Ben"]
    assert [change.of_kind for change in withheld] == ["rating recorded"] * 10
    assert "Ben saw it" not in " ".join(event.model_dump_json() for event in told)


@pytest.mark.parametrize("what", ["facilitator at this computer", "observer", "seat that has not handed in"])
def test_moderation_opens_all_ratings_and_what_is_made_of_them(renewal, viewer, everybody_rated, opened, what):
    everybody_rated("Ben")
    asking = viewer(what)
    before = shown(asking, renewal)
    opened(renewal)
    after = shown(asking, renewal)
    for made_of_ratings in ("evaluation", "compare", "agenda", "consensus"):
        assert after[made_of_ratings] != before[made_of_ratings]
    assert "Ben saw it" in after["evaluation"]
    assert "Ben saw it" in " ".join(event.model_dump_json() for event in asking.history(asking.get(renewal)))


def test_whoever_handed_in_sees_those_who_handed_in_and_nobody_else(evaluations, renewal, seated, everybody_rated):
    evaluations.add_evaluator(renewal, "Cleo", Discipline.it)
    evaluations.declare(renewal, "Cleo")
    everybody_rated("Amara", "Ben", "Cleo")
    for name in ("Amara", "Ben"):
        evaluations.hand_in(renewal, name)
    amara, cleo = seated("Amara"), seated("Cleo")
    assert {evaluator for _, _, evaluator in amara.get(renewal).ratings} == {"Amara", "Ben"}
    assert {evaluator for _, _, evaluator in cleo.get(renewal).ratings} == {"Cleo"}
    assert amara.get(renewal).withheld == {"Cleo"}


def test_an_assignment_given_back_closes_the_ratings_of_others_again(evaluations, renewal, seated, everybody_rated):
    everybody_rated("Amara", "Ben")
    for name in ("Amara", "Ben"):
        evaluations.hand_in(renewal, name)
    evaluations.return_assignment(renewal, "Amara", reason="A second thought.")
    assert {evaluator for _, _, evaluator in seated("Amara").get(renewal).ratings} == {"Amara"}


@pytest.mark.parametrize("order", [("Ben", "Amara"), ("Amara", "Ben")], ids=" then ".join)
def test_what_was_worked_out_for_one_is_never_shown_to_another(evaluations, renewal, seated, everybody_rated, order):
    evaluations.add_evaluator(renewal, "Cleo", Discipline.it)
    evaluations.declare(renewal, "Cleo")
    everybody_rated("Amara", "Ben", "Cleo")
    for name in ("Ben", "Cleo"):
        evaluations.hand_in(renewal, name)
    sitting = {name: seated(name) for name in ("Amara", "Ben")}
    raters = {"Amara": {"Amara"}, "Ben": {"Ben", "Cleo"}}
    marks = set()
    for name in order:
        now = sitting[name].get(renewal)
        marks.add(now.record_hash)
        result = sitting[name].compare(now)
        assert result == compare(now, evaluations.content(now))
        assert {each.evaluator for each in result.vendors[0].question("Q1").ratings} == raters[name]
        agreement = sitting[name].robustness(now, samples=100)
        assert agreement == evaluations.acting_as(name).robustness(now, samples=100)
    assert len(marks) == 1


def test_consensus_and_dissent_close_again_where_scoring_goes_on(
    evaluations, renewal, invited, everybody_rated, opened
):
    everybody_rated("Ben")
    opened(renewal)
    given = {"grade": EvidenceGrade.claim, "reason": "We agreed.", "no_evidence": True, "confirmed": True}
    evaluations.agree(renewal, "alder", "Q2", 3, **given)
    evaluations.dissent(renewal, "Ben", "alder", "Q2", 1, reason="Too kind.")
    evaluations.go_to(renewal, Stage.scoring, reason="A further evaluator.")
    late = invited("Cleo", "IT", rating=True)
    now = late.get(renewal)
    assert (now.consensus, now.dissents) == ({}, {})
    told = " ".join(event.model_dump_json() for event in late.history(now))
    assert "We agreed." not in told
    assert "Too kind." not in told


def test_responses_stay_closed_until_interests_are_declared(evaluations, renewal, invited):
    sam = invited("Sam", "security", rating=True, declared=False)
    now = sam.get(renewal)
    assert (now.responses, now.flags, now.closed_vendors) == ({}, {}, {"alder", "birch"})
    told = " ".join(event.model_dump_json() for event in sam.history(now))
    assert "Operations stop" not in told + now.model_dump_json()
    received = evaluations.get(renewal).received("alder").response.file.sha256
    with pytest.raises(Refused, match="not open to you"):
        sam.original(now, received)
    assert sam.declare(renewal, "Sam").responses == evaluations.get(renewal).responses
    assert sam.original(now, received) == ("Alder.xlsx", b"alder")


def test_a_vendor_with_a_conflict_stays_closed_even_in_moderation(
    evaluations, renewal, seated, everybody_rated, opened
):
    everybody_rated("Ben")
    evaluations.declare(renewal, "Amara", {"alder": "I own shares."})
    opened(renewal)
    amara = seated("Amara")
    now = amara.get(renewal)
    assert now.closed_vendors == {"alder"}
    assert set(now.responses) == {"birch"}
    assert {vendor for vendor, _, _ in now.ratings} == {"birch"}
    assert not any(flag.vendor == "alder" for flag in now.flags.values())
    told = " ".join(event.model_dump_json() for event in amara.history(now))
    assert "Operations stop" not in told + now.model_dump_json()
    with pytest.raises(Refused, match="not open to you"):
        amara.original(now, evaluations.get(renewal).received("alder").response.file.sha256)


def test_others_weights_stay_closed_to_a_seat_until_it_gave_its_own(evaluations, renewal, seated):
    evaluations.propose_weights(renewal, "Ben", WeighingMethod.swing, POINTS, reason="Ben's nights")
    amara = seated("Amara")
    assert amara.get(renewal).proposals == {}
    assert amara.effects(amara.get(renewal)) == ()
    assert "Ben's nights" not in " ".join(event.model_dump_json() for event in amara.history(amara.get(renewal)))
    now = amara.propose_weights(renewal, "Amara", WeighingMethod.swing, POINTS)
    assert set(now.proposals) == {("Amara", ""), ("Ben", "")}
    assert "Ben's nights" in " ".join(event.model_dump_json() for event in amara.history(now))


@pytest.mark.parametrize("asked", ["get", "history", "progress", "original", "vendor_id"])
def test_a_visitor_without_a_link_sees_nothing(evaluations, renewal, asked):
    visitor, now = evaluations.acting_as(NOBODY), evaluations.get(renewal)
    further = {"original": (now.received("alder").response.file.sha256,), "vendor_id": ("Alder",)}.get(asked, ())
    of = renewal if asked in ("get", "vendor_id") else now
    with pytest.raises(Refused, match="opens with a personal link"):
        getattr(visitor, asked)(of, *further)
    assert visitor.listing() == []


def test_a_seat_sees_its_own_evaluation_alone(evaluations, renewal, seated, content):
    other = evaluations.create("Another", content)
    amara = seated("Amara")
    assert [each.id for each in amara.listing()] == [renewal]
    with pytest.raises(Refused, match="opens with a personal link"):
        amara.get(other.id)
    with pytest.raises(Refused, match="opens with a personal link"):
        amara.progress(other)


def test_links_and_sessions_are_nobodys_but_the_facilitators(evaluations, renewal, seated):
    seated("Ben")
    now = seated("Amara").get(renewal)
    assert (now.links, now.sessions) == ({}, {})
    assert len(evaluations.get(renewal).sessions) == 2


def test_a_vendor_added_after_the_declaration_stays_closed_until_one_declares_anew(
    evaluations, renewal, refused, seated, response_of
):
    amara = seated("Amara")
    evaluations.accept_response(renewal, response_of("Cedar"), b"cedar")
    assert amara.get(renewal).received("cedar") is None
    assert "cedar" in amara.get(renewal).closed_vendors
    assert "Declare them anew" in refused(amara.rate, "Amara", "cedar", "Q1", 3, reason="seen")
    amara.declare(renewal, "Amara")
    assert amara.get(renewal).received("cedar") is not None
    amara.rate(renewal, "Amara", "cedar", "Q1", 3, reason="seen")


def test_interests_are_declared_by_name_even_where_names_are_hidden(evaluations, renewal, seated, letters_in_order):  # noqa: ARG001
    evaluations.mask_names(renewal, True)
    ben = seated("Ben")
    assert [vendor.name for vendor in ben.bidders(evaluations.get(renewal))] == ["Alder", "Birch"]
    ben.declare(renewal, "Ben", {"birch": "I own shares of Birch."})
    assert evaluations.get(renewal).declarations["Ben"].conflicts == {"birch": "I own shares of Birch."}
    assert ben.get(renewal).closed_vendors == {"vendor-b"}


def test_the_letters_of_hidden_names_are_drawn_by_lot_and_the_order_is_kept_from_the_panel(
    evaluations, renewal, seated, monkeypatch
):
    monkeypatch.setattr(SystemRandom, "shuffle", lambda _, order: order.reverse())
    evaluations.mask_names(renewal, True)
    amara = seated("Amara")
    view = amara.get(renewal)
    assert [vendor.name for vendor in view.vendors] == ["Vendor A", "Vendor B"]
    assert "Operations stop" in view.received("vendor-b").response.answer("Q1").text, "Alder came first and is B"
    assert view.mask_order == ()
    shown = "".join(event.model_dump_json() for event in amara.history(view))
    assert "alder" not in shown.casefold()
    assert set(view.declarations) == {"Amara"}


def test_a_facilitating_seat_lends_its_sight_to_nobody(evaluations, renewal, letters_in_order):  # noqa: ARG001
    key, _, secret = evaluations.issue_link(renewal, "Amara").partition("/")
    actor = evaluations.seat_by_session(key, evaluations.take_seat(key, secret).secret)
    evaluations.mask_names(renewal, True)
    both = evaluations.acting_as(actor.model_copy(update={"facilitates": True}))
    assert {card.name for card in both.compare(both.get(renewal)).vendors} == {"Alder", "Birch"}
    alone = evaluations.acting_as(actor)
    assert {card.name for card in alone.compare(alone.get(renewal)).vendors} == {"Vendor A", "Vendor B"}


def test_a_response_that_comes_after_handing_in_closes_others_ratings_until_it_is_rated(
    evaluations, renewal, everybody_rated, response_of, refused
):
    everybody_rated("Amara", "Ben")
    for name in ("Amara", "Ben"):
        evaluations.hand_in(renewal, name)
    amara = evaluations.acting_as("Amara")
    assert not amara.get(renewal).withheld
    evaluations.accept_response(renewal, response_of("Cedar"), b"cedar")
    evaluations.declare(renewal, "Amara")
    assert amara.get(renewal).withheld == {"Ben"}
    assert "came after handing in" in refused(evaluations.go_to, Stage.moderation)
    with pytest.raises(Refused, match="has handed in"):
        amara.rate(renewal, "Amara", "alder", "Q1", 0, reason="another mind")
    amara.rate(renewal, "Amara", "cedar", "Q1", 2, reason="late, and read")


def test_a_price_is_closed_with_its_vendor(evaluations, renewal, seated):
    evaluations.record_price(renewal, "alder", 1000)
    amara = seated("Amara")
    assert "alder" in amara.get(renewal).prices
    amara.declare(renewal, "Amara", {"alder": "I own shares."})
    assert amara.get(renewal).prices == {}
