"""A small evaluation with an open workshop, and the lead views of several people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from ii_vendor.evaluations import Evaluations
from ii_vendor.facilitator import issue_key
from ii_vendor.model.actor import NOBODY
from ii_vendor.model.seat import Discipline
from ii_vendor.model.workshop import Settings
from ii_vendor.routes import Gate, lifespan, process, site
from ii_vendor.routes.openid import Tickets
from ii_vendor.routes.sharing import ADDRESS, SHARED
from ii_vendor.workshop.site import workshop_site
from tests.workshop.lead.view import Lead


@pytest.fixture
def database(tmp_path: Path) -> str:
    """The address of a database that nobody else uses."""
    return f"sqlite:///{tmp_path / 'record.db'}"


@pytest.fixture
def room(evaluations: Evaluations, renewal: str, opened: Callable[[str], object]) -> str:
    """The id of an evaluation with an open workshop: Amara of operations and Ben of IT have joined by phone, Cora of
    security has not. Amara and Ben lie apart on Alder's Q1, which has an undecided red flag that is a gate."""
    evaluations.add_evaluator(renewal, "Cora", Discipline.security)
    evaluations.declare(renewal, "Cora")
    for vendor in ("alder", "birch"):
        for question in ("Q1", "Q2", "L1", "DEA-1"):
            for name in ("Amara", "Ben", "Cora"):
                apart = {"Amara": 1, "Ben": 4}.get(name, 3) if question == "Q1" else 3
                level = apart if vendor == "alder" else 1
                evaluations.rate(renewal, name, vendor, question, level, reason=f"{name} read it")
    evaluations.raise_flag(renewal, "alder", "Q1", rule="Q1-stops", quote="Operations stop when the link is lost.")
    opened(renewal)
    held = evaluations.open_workshop(renewal, Settings(auto_reveal=False)).workshop
    assert held
    for name in ("Amara", "Ben"):
        evaluations.acting_as(NOBODY).join(renewal, held.code, name)
    return renewal


@pytest.fixture
def app(database: str, monkeypatch: pytest.MonkeyPatch) -> Starlette:
    """The app without its pages, open to this computer alone."""
    monkeypatch.setenv("II_VENDOR_DATABASE_URL", database)
    monkeypatch.delenv(ADDRESS, raising=False)
    monkeypatch.delenv(SHARED, raising=False)
    tickets = Tickets(lambda: "sealed")
    routes = [*site(tickets), *workshop_site(tickets)]
    return Starlette(routes=routes, middleware=[Middleware(Gate)], lifespan=lifespan)


@pytest.fixture
def lead(app: Starlette, room: str) -> Iterator[Lead]:
    """The view of Nadia, who facilitates at this computer."""
    with TestClient(app, "http://127.0.0.1:8501", client=("127.0.0.1", 40000)) as client:
        client.params = {"facilitator": "Nadia"}
        yield Lead(client, room)


@pytest.fixture
def come(app: Starlette, monkeypatch: pytest.MonkeyPatch, room: str) -> Iterator[Callable[..., Lead]]:
    """Somebody from elsewhere comes to the shared app: by the personal link of a seat, with a ballot that they joined
    for, with the facilitator's link, or with nothing."""
    monkeypatch.setenv(SHARED, "1")
    with TestClient(app, "http://panel.example:8501", client=("192.0.2.9", 40000)) as first:

        def visit(seat: str = "", *, ballot: str = "", facilitates: bool = False) -> Lead:
            client = TestClient(app, str(first.base_url), client=("192.0.2.9", 40000), follow_redirects=False)
            client.portal = first.portal
            service = process.service(NOBODY)
            if seat:
                client.post(f"/seat/{evaluations_here().issue_link(room, seat)}")
            if ballot:
                code = evaluations_here().get(room).workshop.code
                client.cookies.set(f"ii-ballot-{room}", service.join(room, code, ballot).secret)
            if facilitates:
                client.get(f"/facilitate?key={issue_key(process.record())}")
            return Lead(client, room)

        yield visit


def evaluations_here() -> Evaluations:
    return Evaluations(process.record(), "somebody")
