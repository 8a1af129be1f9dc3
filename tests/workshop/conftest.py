"""A workshop that is open in the database of a shared app, and phones that have joined it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.workshop import Item, Room, Scene, Settings

Phone = Callable[[str], TestClient]
ITEM = Item.answer("alder", "Q1")


@pytest.fixture
def workshop(evaluations: Evaluations, opened: Callable[[str], object], renewal: str) -> str:
    """The id of an evaluation whose workshop has a round open on Alder's answer to Q1, held by hand."""
    opened(renewal)
    evaluations.open_workshop(renewal, Settings(auto_reveal=False))
    evaluations.change_room(renewal, lambda _: Room(scene=Scene.item, item=ITEM))
    evaluations.open_round(renewal, ITEM)
    return renewal


@pytest.fixture
def phone(visit: Callable[[], TestClient], evaluations: Evaluations, workshop: str) -> Phone:
    """A phone of its own that has joined with a name of the panel."""

    def come(name: str) -> TestClient:
        held = evaluations.get(workshop).workshop
        assert held
        visitor = visit()
        joined = visitor.post("/join", data={"code": held.code, "name": name})
        assert (joined.status_code, joined.headers["location"]) == (303, f"/ballot/{workshop}")
        return visitor

    return come
