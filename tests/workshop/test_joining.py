"""Joining by the code and a name, without an account or a script."""

from __future__ import annotations

import pytest

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.workshop import Settings
from ii_vendor.store import DatabaseTrouble

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def code_of(evaluations, workshop: str) -> str:
    return evaluations.get(workshop).workshop.code


def test_the_code_leads_to_the_names_and_a_name_to_the_ballot(visit, evaluations, workshop):
    code, visitor = code_of(evaluations, workshop), visit()
    assert "The code on the screen" in visitor.get("/join").text
    for typed in (code, code.lower(), f" {code[:3]}-{code[3:]} "):
        names = visitor.get("/join", params={"code": typed}).text
        assert all(name in names for name in ("Amara", "Ben", "Olu"))
    joined = visitor.post("/join", data={"code": code, "name": "amara"})
    assert joined.status_code == 303
    ballot = visitor.get(joined.headers["location"])
    assert ballot.status_code == 200
    assert "Amara" in ballot.text
    assert evaluations.get(workshop).workshop.present.keys() == {"Amara"}


@pytest.mark.usefixtures("workshop")
def test_a_wrong_code_says_so_and_tells_nothing(visit):
    for path in ("/join/GUESSED", "/join?code=GUESSED"):
        page = visit().get(path)
        assert page.status_code == 403
        assert "This code opens no workshop now" in page.text
        assert "Amara" not in page.text
        assert "Renewal" not in page.text


def test_what_somebody_types_is_shown_as_words(visit, evaluations, workshop):
    assert "<img" not in visit().get("/join", params={"code": "<img src=x>"}).text
    refused = visit().post("/join", data={"code": code_of(evaluations, workshop), "name": "<img src=x>"})
    assert refused.status_code == 409
    assert "&lt;img src=x&gt; is not on the panel" in refused.text


def test_nobody_takes_a_seat_that_somebody_has_joined_with(visit, evaluations, workshop, phone):
    phone("Amara")
    second = visit()
    assert "Amara" not in second.get(f"/join/{code_of(evaluations, workshop)}").text
    refused = second.post("/join", data={"code": code_of(evaluations, workshop), "name": "Amara"})
    assert refused.status_code == 409
    assert "Amara has joined already" in refused.text
    assert "Join first" in second.get(f"/ballot/{workshop}").text


def test_a_phone_that_never_heard_that_it_has_joined_asks_again(visit, evaluations, workshop):
    amara, asked = visit(), {"code": code_of(evaluations, workshop), "name": "Amara"}
    amara.get(f"/join/{asked['code']}")
    known = dict(amara.cookies)
    assert amara.post("/join", data=asked).status_code == 303
    unheard = visit()
    unheard.cookies.update(known)
    assert unheard.post("/join", data=asked).status_code == 303
    assert "Which level fits?" in unheard.get(f"/ballot/{workshop}").text
    assert len(evaluations.get(workshop).workshop.ballots) == 1
    assert unheard.post("/join", data={**asked, "name": " amara "}).status_code == 303
    refused = visit().post("/join", data=asked)
    assert refused.status_code == 409
    assert "set-cookie" not in refused.headers


def test_whoever_is_somebody_else_gets_another_ballot(evaluations, workshop, phone):
    amara, code = phone("Amara"), code_of(evaluations, workshop)
    assert amara.post("/join", data={"code": code, "name": "Ben"}).status_code == 303
    assert sorted(evaluations.get(workshop).workshop.ballots.values()) == ["Amara", "Ben"]
    assert "You are Ben" in amara.get(f"/join/{code}").text


def test_whoever_has_a_ballot_goes_straight_on_or_is_somebody_else(evaluations, workshop, phone):
    amara, address = phone("Amara"), f"/join/{code_of(evaluations, workshop)}"
    assert "You are Amara" in amara.get(address).text
    assert "Who are you?" in amara.get(f"{address}?other").text


def test_whoever_came_by_a_personal_link_comes_in_as_that_seat_by_one_button(visit, evaluations, workshop):
    ben, address = visit(), f"/join/{code_of(evaluations, workshop)}"
    ben.post(f"/seat/{evaluations.issue_link(workshop, 'Ben')}")
    page = ben.get(address).text
    assert "You are Ben" in page
    assert f'action="/ballot/{workshop}"' in page
    entered = ben.post(f"/ballot/{workshop}", data={"do": "enter"})
    assert (entered.status_code, entered.headers["location"]) == (303, f"/ballot/{workshop}")
    held = evaluations.get(workshop).workshop
    assert held.present.keys() == {"Ben"}
    assert not held.ballots
    assert "Which level fits?" in ben.get(f"/ballot/{workshop}").text


def test_a_guest_joins_where_guests_may(visit, evaluations, workshop):
    asked = {"code": code_of(evaluations, workshop), "name": "Gus", "discipline": "security"}
    assert visit().post("/join", data=asked).status_code == 409
    evaluations.change_workshop(workshop, Settings(guests=True))
    guest = visit()
    page = guest.get(f"/join/{asked['code']}").text
    assert "What you answer for" in page
    assert 'value="operations"' not in page
    assert guest.post("/join", data=asked).status_code == 303
    assert evaluations.get(workshop).seat("Gus").discipline.value == "security"


def test_another_site_joins_for_nobody(visit, evaluations, workshop):
    sent = {"code": code_of(evaluations, workshop), "name": "Amara"}
    assert visit().post("/join", data=sent, headers={"origin": "https://elsewhere.example"}).status_code == 403
    assert not evaluations.get(workshop).workshop.present


@pytest.mark.usefixtures("workshop")
def test_where_the_database_is_away_nobody_is_told_that_the_code_is_wrong(visit, monkeypatch):
    def away(*_: object) -> None:
        raise DatabaseTrouble("The database does not answer.")

    monkeypatch.setattr(Evaluations, "workshop_by_code", away)
    for page in (visit().get("/join/ABCDEF"), visit().post("/join", data={"code": "ABCDEF", "name": "Amara"})):
        assert page.status_code == 503
        assert "The database does not answer." in page.text


def test_the_ballot_is_out_of_reach_of_scripts_and_ends_with_the_workshop(visit, evaluations, workshop):
    amara = visit()
    joined = amara.post("/join", data={"code": code_of(evaluations, workshop), "name": "Amara"})
    assert "httponly" in joined.headers["set-cookie"].lower()
    assert amara.get(f"/ballot/{workshop}").status_code == 200
    evaluations.close_workshop(workshop)
    over = amara.get(f"/ballot/{workshop}")
    assert over.status_code == 403
    assert "The workshop is over" in over.text
