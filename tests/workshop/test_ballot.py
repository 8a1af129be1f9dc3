"""The ballot as a phone gets it: what it can vote, and what never reaches it."""

from __future__ import annotations

import json
import re

import pytest

from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.seat import Discipline
from ii_vendor.model.workshop import Choice, Item, Room, Scene, Settings, Subject

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

HEAVIEST = 30_000
"""Bytes that a ballot may weigh with all that belongs to it."""


def ballot(client, workshop: str) -> str:
    page = client.get(f"/ballot/{workshop}")
    assert page.status_code == 200
    return page.text


def vote(client, workshop: str, **said: object):
    return client.post(f"/ballot/{workshop}", json={"do": "vote", "round": 1, **said})


def test_a_vote_is_acknowledged_and_stands_in_the_record(evaluations, workshop, phone):
    amara = phone("Amara")
    answer = vote(amara, workshop, choice="3", reason="It  runs on its own.")
    assert answer.status_code == 200
    assert "Your vote is in: level 3" in answer.json()["parts"]["state"]
    assert "Your vote is in: level 3" in ballot(amara, workshop)
    evaluations.reveal(workshop, 1)
    kept = evaluations.get(workshop).workshops[-1].rounds[0].votes["Amara"]
    assert (kept.choice, kept.reason) == (Choice.level_3, "It runs on its own.")


def test_a_vote_that_is_sent_again_counts_once(evaluations, workshop, phone):
    amara = phone("Amara")
    vote(amara, workshop, choice="3", reason="once")
    before = evaluations.get(workshop).sequence
    assert vote(amara, workshop, choice="3", reason="once").status_code == 200
    assert evaluations.get(workshop).sequence == before


def test_without_a_script_the_form_votes_too(workshop, phone):
    amara = phone("Amara")
    sent = amara.post(
        f"/ballot/{workshop}", data={"do": "vote", "round": "1", "choice": "not applicable", "reason": ""}
    )
    assert (sent.status_code, sent.headers["location"]) == (303, f"/ballot/{workshop}")
    assert "Your vote is in: not applicable" in ballot(amara, workshop)
    refused = amara.post(f"/ballot/{workshop}", data={"do": "vote", "round": "1"})
    assert refused.status_code == 409
    assert "Choose first what you vote." in refused.text


@pytest.mark.parametrize(
    "said",
    [
        {"choice": "7"},
        {"choice": "confirm"},
        {"round": 9, "choice": "1"},
        {"round": "x", "choice": "1"},
        {"do": "else"},
    ],
    ids=str,
)
def test_what_cannot_be_voted_is_refused_in_words(evaluations, workshop, phone, said):
    answer = vote(phone("Amara"), workshop, **said)
    assert answer.status_code == 409
    assert answer.json()["error"]
    assert not evaluations.get(workshop).workshop.rounds[0].voted


def test_nothing_of_anothers_vote_reaches_a_phone_before_all_are_shown(evaluations, workshop, phone):
    amara, ben = phone("Amara"), phone("Ben")
    vote(ben, workshop, choice="0", reason="marker of Ben")
    everything = [
        ballot(amara, workshop),
        amara.get(f"/ballot/{workshop}/now").text,
        vote(amara, workshop, choice="4", reason="mine").text,
        vote(amara, workshop, choice="9").text,
    ]
    assert not [text for text in everything if "marker of Ben" in text]
    evaluations.reveal(workshop, 1)
    shown = ballot(amara, workshop)
    assert "You gave the highest level" in shown
    assert "marker of Ben" not in shown
    late = vote(amara, workshop, choice="2")
    assert late.status_code == 409
    assert "shown already" in late.json()["error"]


def test_the_lowest_and_the_highest_are_told_how_they_are_asked(evaluations, workshop, phone):
    amara, ben = phone("Amara"), phone("Ben")
    vote(amara, workshop, choice="1")
    vote(ben, workshop, choice="4")
    evaluations.reveal(workshop, 1)
    assert "You gave the lowest level" in ballot(amara, workshop)
    assert "Please tell the room" in ballot(ben, workshop)
    evaluations.change_workshop(workshop, Settings(names=False))
    assert "does not say whose it is" in ballot(ben, workshop)


def test_an_answer_left_empty_offers_no_level_above_0(evaluations, workshop, phone):
    item = Item.answer("birch", "L2")
    evaluations.open_round(workshop, item)
    evaluations.change_room(workshop, lambda _: Room(scene=Scene.item, item=item))
    offered = set(re.findall(r'name="choice" value="([^"]*)"', ballot(phone("Amara"), workshop)))
    assert offered == {"0", "not applicable", "abstain"}


def test_a_conflict_of_interest_closes_the_ballot_and_the_answer(evaluations, workshop, phone):
    evaluations.acting_as("Ben").declare(workshop, "Ben", {"alder": "I worked there."})
    page = ballot(phone("Ben"), workshop)
    assert "You declared a conflict of interest" in page
    assert "Operations stop when the link is lost" not in page


def test_who_has_not_declared_interests_is_asked_first(evaluations, workshop, phone):
    evaluations.add_evaluator(workshop, "Ida", Discipline.security)
    ida = phone("Ida")
    assert "First: your interests" in ballot(ida, workshop)
    nothing = ida.post(f"/ballot/{workshop}", json={"do": "interests"})
    assert (nothing.status_code, nothing.json()["error"]) == (409, "Choose one of the two first.")
    untold = {"do": "interests", "interests": "some", "conflict-birch": "yes", "why-birch": " "}
    assert ida.post(f"/ballot/{workshop}", json=untold).status_code == 409
    told = {**untold, "why-birch": "My brother sells it."}
    assert ida.post(f"/ballot/{workshop}", json=told).status_code == 200
    assert evaluations.get(workshop).declarations["Ida"].conflicts == {"birch": "My brother sells it."}
    assert "Which level fits?" in ballot(ida, workshop)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"interests": "none", "conflict-birch": "yes", "why-birch": "My brother sells it."}, "ticked or written"),
        ({"interests": "none", "why-birch": "My brother sells it."}, "ticked or written about"),
        ({"interests": "some", "why-birch": "My brother sells it."}, "Tick the vendor"),
        (
            {"interests": "some", "conflict-alder": "yes", "why-alder": "I own shares.", "why-birch": "I sell it."},
            "not ticked",
        ),
    ],
    ids=["none and ticked", "none and written", "written only", "one of two ticked"],
)
def test_a_conflict_that_somebody_names_is_never_dropped(evaluations, workshop, phone, said, why):
    evaluations.add_evaluator(workshop, "Ida", Discipline.security)
    answer = phone("Ida").post(f"/ballot/{workshop}", json={"do": "interests", **said})
    assert answer.status_code == 409
    assert why in answer.json()["error"]
    assert "Ida" not in evaluations.get(workshop).declarations


def test_an_observer_looks_on(workshop, phone):
    assert "observers do not vote" in ballot(phone("Olu"), workshop)


def test_red_flags_and_weights_are_voted_on_in_the_same_way(evaluations, workshop, phone, content):
    amara = phone("Amara")
    evaluations.judge_flag(workshop, "alder", "Q1-stops", None, reason="It says so.", quote="Operations stop")

    def take(item: Item) -> None:
        evaluations.open_round(workshop, item)
        evaluations.change_room(workshop, lambda _: Room(scene=Scene.item, item=item))

    take(Item(subject=Subject.flag, vendor="alder", question="Q1", flag="alder/Q1-stops"))
    assert "Is it a red flag?" in ballot(amara, workshop)
    assert "Your vote is in: confirm" in vote(amara, workshop, round=2, choice="confirm").json()["parts"]["state"]
    take(Item(subject=Subject.weights))
    assert "Points for each section" in ballot(amara, workshop)
    points = {f"points-{section.id}": 40 for section in content.sections}
    refused = vote(amara, workshop, round=3, choice="points", **points)
    assert refused.json()["error"] == "The one that matters most gets 100 points."
    given = vote(amara, workshop, round=3, choice="points", **points | {f"points-{content.sections[0].id}": 100})
    assert "Your vote is in: points" in given.json()["parts"]["state"]
    # Without a script the button comes after what the form says anyway.
    pressed = amara.post(
        f"/ballot/{workshop}", data={"do": "vote", "round": "3", **points, "choice": ["points", "abstain"]}
    )
    assert pressed.status_code == 303
    assert "Your vote is in: abstain" in ballot(amara, workshop)


def test_who_does_not_share_the_consensus_says_so_on_the_phone(evaluations, workshop, phone):
    amara = phone("Amara")
    vote(amara, workshop, choice="1")
    evaluations.reveal(workshop, 1)
    evaluations.agree(
        workshop, "alder", "Q1", 1, grade=EvidenceGrade.claim, reason="It stops.", no_evidence=True, confirmed=True
    )
    assert "Agreed: level 1" in ballot(amara, workshop)
    said = {"do": "dissent", "vendor": "alder", "question": "Q1", "choice": "0", "reason": "It is worse."}
    assert amara.post(f"/ballot/{workshop}", json=said).status_code == 200
    assert evaluations.get(workshop).dissents["alder", "Q1", "Amara"].level == 0
    assert "On record: you do not share this" in ballot(amara, workshop)


def test_who_leaves_is_not_waited_for_and_comes_back(evaluations, workshop, phone):
    amara = phone("Amara")
    assert amara.post(f"/ballot/{workshop}", json={"do": "leave"}).status_code == 200
    assert "Amara" not in evaluations.get(workshop).workshop.present
    assert "You are not in the room" in ballot(amara, workshop)
    assert amara.post(f"/ballot/{workshop}", json={"do": "enter"}).status_code == 200
    assert "Which level fits?" in ballot(amara, workshop)


def test_vendors_under_letters_stay_under_letters(evaluations, workshop, phone):
    amara = phone("Amara")
    evaluations.mask_names(workshop, masked=True)
    page = ballot(amara, workshop)
    assert "Vendor " in page
    assert "Alder" not in page
    assert "alder" not in page


def test_a_ballot_opens_to_its_phone_alone(visit, workshop, phone):
    phone("Amara")
    other = visit()
    for path in (f"/ballot/{workshop}", f"/ballot/{workshop}/stream", f"/ballot/{workshop}/now", "/ballot/unknown"):
        refused = other.get(path)
        assert refused.status_code == 403
        assert "Amara" not in refused.text
    assert vote(other, workshop, choice="4").status_code == 403


def test_another_site_votes_for_nobody(evaluations, workshop, phone):
    elsewhere = {"origin": "https://elsewhere.example"}
    said = {"do": "vote", "round": 1, "choice": "4"}
    assert phone("Amara").post(f"/ballot/{workshop}", json=said, headers=elsewhere).status_code == 403
    assert not evaluations.get(workshop).workshop.rounds[0].voted


def test_the_answer_that_waits_says_where_the_page_stands(evaluations, workshop, phone):
    amara = phone("Amara")
    first = amara.get(f"/ballot/{workshop}/now").json()
    vote(amara, workshop, choice="1")
    evaluations.reveal(workshop, 1)
    second = amara.get(f"/ballot/{workshop}/now", params={"mark": first["mark"]}).json()
    assert "The votes are shown" in second["parts"]["state"]
    assert second["mark"] != first["mark"]


def test_with_a_personal_link_the_ballot_says_that_no_workshop_is_open_yet(visit, evaluations, opened, renewal):
    ben = visit()
    ben.post(f"/seat/{evaluations.issue_link(renewal, 'Ben')}")
    assert "No workshop is open" in ben.get(f"/ballot/{renewal}").text
    opened(renewal)
    evaluations.open_workshop(renewal)
    assert "You are not in the room" in ballot(ben, renewal)
    evaluations.close_workshop(renewal)
    assert "The workshop is over" in ben.get(f"/ballot/{renewal}").text


def test_a_ballot_is_light_with_the_longest_answer(evaluations, workshop, phone, response_of):
    long = response_of("Alder", Q1="Über 1 & 2: „läuft“ " * 300, original=b"longer")
    evaluations.accept_response(workshop, long, b"longer")
    amara = phone("Amara")
    vote(amara, workshop, choice="3", reason="ü" * 500)
    assert "the rest is on the screen" in ballot(amara, workshop)
    page = amara.get(f"/ballot/{workshop}")
    assert len(page.content) < HEAVIEST
    assert not re.findall(r'(?:src|href)="(?!/|data:|")', page.text)
    assert len(json.dumps(amara.get(f"/ballot/{workshop}/now").json())) < HEAVIEST / 2


def test_a_vote_from_a_page_of_an_earlier_workshop_counts_nowhere(visit, evaluations, workshop):
    secret = evaluations.issue_link(workshop, "Ben").partition("/")[2]
    ben = visit()
    assert ben.post(f"/seat/{workshop}/{secret}", headers={"origin": "http://panel.example:8501"}).status_code == 303
    ben.post(f"/ballot/{workshop}", json={"do": "enter"})
    (number,) = re.findall(r'name="workshop" value="(\d+)"', ballot(ben, workshop))
    evaluations.close_workshop(workshop)
    evaluations.open_workshop(workshop)
    evaluations.open_round(workshop, Item.answer("birch", "Q1"))
    ben.post(f"/ballot/{workshop}", json={"do": "enter"})
    late = ben.post(f"/ballot/{workshop}", json={"do": "vote", "round": 1, "choice": "4", "workshop": number})
    assert late.status_code == 409
    assert "earlier workshop" in late.json()["error"]
    assert not evaluations.get(workshop).workshop.rounds[0].voted


def test_no_refusal_tells_whose_letter_is_whose(evaluations, workshop, phone):
    amara = phone("Amara")
    evaluations.mask_names(workshop, masked=True)
    for own in ("alder", "birch"):
        said = {"do": "interests", "interests": "some", f"conflict-{own}": "yes", f"why-{own}": ""}
        assert "Vendor" not in amara.post(f"/ballot/{workshop}", json=said).json()["error"]
        said = {"do": "dissent", "vendor": own, "question": "Q1", "choice": "0", "reason": ""}
        assert amara.post(f"/ballot/{workshop}", json=said).json()["error"] == "This page is out of date. Load it anew."


def test_a_chair_leads_from_the_phone_that_has_the_personal_link(evaluations, workshop, phone):
    amara, link = phone("Amara"), evaluations.issue_link(workshop, "Amara")
    assert "Lead from this phone" not in ballot(amara, workshop)
    assert amara.get(f"/room/{workshop}/lead").status_code == 403
    assert amara.post(f"/seat/{link}").status_code == 303
    assert "Lead from this phone" in ballot(amara, workshop)
    assert amara.get(f"/room/{workshop}/lead").status_code == 200
