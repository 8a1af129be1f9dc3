"""The screen of a room as a test uses it, and what the room agrees on meanwhile."""

from __future__ import annotations

from html import unescape

from starlette.testclient import TestClient

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.workshop import Choice, Item, Room, Scene, Subject, Supposed
from ii_vendor.rules import NeedsSecondLook
from tests import phones
from tests.workshop.conftest import ITEM

FLAG = Item(subject=Subject.flag, vendor="alder", question="Q1", flag="alder/Q1-stops")
WEIGHTS = Item(subject=Subject.weights)
SECTIONS = ("critical", "lock_in", "flows")
ROOMS = (
    *(Room(scene=scene, item=ITEM) for scene in Scene),
    Room(scene=Scene.item, item=ITEM, blank=True),
    Room(scene=Scene.item, item=FLAG),
    Room(scene=Scene.item, item=WEIGHTS),
    Room(scene=Scene.item, item=ITEM, supposed=Supposed(level=4)),
    Room(scene=Scene.picture, item=ITEM, supposed=Supposed(level=0)),
    Room(scene=Scene.picture, supposed=Supposed(weights={"critical": 1, "lock_in": 8, "flows": 1})),
)
"""One of everything that the screen can show."""


class Screen:
    """The window on the projector, and what steers it."""

    def __init__(self, client: TestClient, evaluations: Evaluations, key: str) -> None:
        self.client, self.evaluations, self.key = client, evaluations, key
        self.path = f"/room/{key}/screen"

    def shows(self, room: Room) -> str:
        """All that there is to get while it shows this: the page and what its script is told."""
        self.evaluations.change_room(self.key, lambda _: room)
        return self.text

    @property
    def text(self) -> str:
        answers = self.client.get(self.path), self.client.get(f"{self.path}/now")
        assert [answer.status_code for answer in answers] == [200, 200]
        return unescape("\n".join(answer.text for answer in answers))

    def part(self, name: str) -> str:
        return unescape(self.client.get(f"{self.path}/now").json()["parts"][name])

    @property
    def told(self) -> dict[str, object]:
        return self.client.get(f"{self.path}/now").json()["told"]

    def votes(self, round_id: int = 1, **by_name: str) -> None:
        for name, choice in by_name.items():
            phones.vote(self.evaluations, self.key, name, round_id, Choice(choice), reason=f"marker of {name}")


def agreed(screen: Screen, level: int, *, vendor: str = "alder", question: str = "Q1") -> None:
    said = {"grade": EvidenceGrade.claim, "reason": "The room read it together.", "no_evidence": True}
    try:
        screen.evaluations.agree(screen.key, vendor, question, level, **said)
    except NeedsSecondLook as look:
        screen.evaluations.agree(screen.key, vendor, question, level, **said, confirmed=look.reasons)
