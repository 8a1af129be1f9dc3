"""How often a what-if is worked out: once, until something that it rests on is decided."""

from __future__ import annotations

import pytest

from ii_vendor.model.workshop import Room, Scene, Supposed
from ii_vendor.routes import process
from ii_vendor.score import compare, consensus_moves
from ii_vendor.workshop import screen_supposed
from ii_vendor.workshop.live import look
from ii_vendor.workshop.screen_parts import Door, drawn
from tests.workshop.conftest import ITEM
from tests.workshop.screen.view import agreed

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

WEIGHTS = Supposed(weights={"critical": 1, "lock_in": 8, "flows": 1})


@pytest.fixture
def worked_out(monkeypatch) -> list[object]:
    """What-ifs that were worked out."""
    made: list[object] = []
    for name, real in (("compare", compare), ("consensus_moves", consensus_moves)):
        monkeypatch.setattr(screen_supposed, name, lambda *given, real=real: (made.append(given), real(*given))[1])
    return made


@pytest.mark.parametrize("supposed", [WEIGHTS, Supposed(level=4)], ids=["weights", "level"])
def test_votes_do_not_work_it_out_again_and_decisions_do(screen, evaluations, workshop, worked_out, supposed):
    room = Room(scene=Scene.picture, item=ITEM, supposed=supposed)
    evaluations.change_room(workshop, lambda _: room)
    live, standing = look(process.record(), workshop, None, None)
    shown = []

    def draw() -> int:
        nonlocal live, standing
        live, standing = look(process.record(), workshop, live, standing)
        shown.append(drawn(live, Door("", shared=True)).parts["left"])
        return len(worked_out)

    assert draw() == 1
    screen.votes(Amara="3")
    assert draw() == 1
    agreed(screen, 0, vendor="birch", question="Q2")
    assert draw() == 2
    assert shown[0] == shown[1] != shown[2]


def test_each_what_if_shows_its_own(screen, workshop):
    live, standing = look(process.record(), workshop, None, None)
    shown = []
    for supposed in (Supposed(level=0), Supposed(level=4), WEIGHTS, Supposed(level=0)):
        room = Room(scene=Scene.picture, item=ITEM, supposed=supposed)
        screen.evaluations.change_room(workshop, lambda _, room=room: room)
        live, standing = look(process.record(), workshop, live, standing)
        shown.append(drawn(live, Door("", shared=True)).parts["left"])
    assert shown[0] == shown[3]
    assert len(set(shown)) == 3
