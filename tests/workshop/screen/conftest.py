"""The screen of an open workshop, as the facilitator opened it for the projector."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from ii_vendor.evaluations import Evaluations
from ii_vendor.facilitator import issue_key
from ii_vendor.model.actor import NOBODY
from ii_vendor.routes import process
from tests.workshop.screen.view import Screen


@pytest.fixture
def screen(visit: Callable[[], TestClient], evaluations: Evaluations, workshop: str) -> Screen:
    """The screen that the facilitator opened; Amara and Ben are in the room."""
    client = visit()
    client.get(f"/facilitate?key={issue_key(process.record())}")
    held = evaluations.get(workshop).workshop
    assert held
    for name in ("Amara", "Ben"):
        evaluations.acting_as(NOBODY).join(workshop, held.code, name)
    return Screen(client, evaluations, workshop)
