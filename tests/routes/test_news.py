"""News of a change, for those alone who may see the evaluation."""

from __future__ import annotations

import secrets
import threading

import pytest

from ii_vendor.facilitator import issue_key
from ii_vendor.model.seat import Discipline
from ii_vendor.routes import process
from ii_vendor.routes.openid import FACILITATORS, Tickets


def seated(visit, evaluations, panel, name="Amara"):
    visitor = visit()
    visitor.post(f"/seat/{evaluations.issue_link(panel, name)}")
    return visitor


def test_a_seat_hears_of_a_change_while_it_waits(visit, evaluations, panel):
    visitor = seated(visit, evaluations, panel)
    now = evaluations.get(panel).sequence
    change = threading.Timer(0.3, lambda: evaluations.add_vendor(panel, "Alder"))
    change.start()
    heard = visitor.get(f"/news/{panel}.json?after={now}&wait=20").json()
    change.join()
    assert heard == {"sequence": now + 1}


def test_what_happened_before_one_listened_is_told_at_once(visit, evaluations, panel):
    visitor = seated(visit, evaluations, panel)
    assert visitor.get(f"/news/{panel}.json?after=0&wait=20").json()["sequence"] == evaluations.get(panel).sequence


@pytest.mark.parametrize("path", ["/news/{}?after=0", "/news/{}.json?after=0&wait=0"])
def test_nobody_else_hears_anything(visit, evaluations, panel, content, path):
    other = evaluations.create("Other", content).id
    evaluations.add_evaluator(other, "Amara", Discipline.operations)
    elsewhere, forged = seated(visit, evaluations, other), visit()
    forged.cookies.set(f"ii-seat-{panel}", secrets.token_urlsafe(16))
    session = elsewhere.cookies[f"ii-seat-{other}"]
    borrowed = visit()
    borrowed.cookies.set(f"ii-seat-{panel}", session)
    for visitor in (visit(), elsewhere, forged, borrowed):
        answer = visitor.get(path.format(panel))
        assert answer.status_code == 403
        assert panel not in answer.text
        assert visitor.get(path.format("no-such")).text == answer.text


def test_a_revoked_seat_hears_nothing_more(visit, evaluations, panel):
    visitor = seated(visit, evaluations, panel)
    assert visitor.get(f"/news/{panel}.json").status_code == 200
    evaluations.revoke_links(panel, "Amara", reason="The phone was lost.")
    assert visitor.get(f"/news/{panel}.json").status_code == 403


def test_the_facilitator_hears_of_every_evaluation(visit, panel):
    visitor = visit()
    assert visitor.get(f"/facilitate?key={issue_key(process.record())}").status_code == 303
    assert visitor.get(f"/news/{panel}.json").status_code == 200
    assert visitor.get("/news/no-such.json").status_code == 403


def test_a_sign_in_hears_by_its_ticket(visit, panel, monkeypatch):
    monkeypatch.setenv(FACILITATORS, "priya@plant.example, Ines@plant.example")
    tickets, visitor = Tickets(lambda: "sealed"), visit()

    def answer(ticket: str) -> int:
        return visitor.get(f"/news/{panel}.json", params={"ticket": ticket}).status_code

    assert answer(tickets.issue(panel, "amara@plant.example")) == 200
    assert answer(tickets.issue(panel, "ines@plant.example")) == 200
    assert answer(tickets.issue(panel, "nobody@plant.example")) == 403
    assert answer(tickets.issue("other", "amara@plant.example")) == 403
    assert answer(Tickets(lambda: "forged").issue(panel, "amara@plant.example")) == 403
    body, seal = tickets.issue(panel, "nobody@plant.example").split(".")
    assert answer(tickets.issue(panel, "amara@plant.example").split(".")[0] + "." + seal) == 403
    assert answer(body) == 403
    assert answer("ü.ü") == 403
