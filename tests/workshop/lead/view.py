"""Somebody's lead view as a test uses it, and what a room does meanwhile."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from starlette.testclient import TestClient

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.workshop import Choice, Item, Subject
from tests import phones

Q1 = Item.answer("alder", "Q1")
STOPS = "alder/Q1-stops"
GATE = Item(subject=Subject.flag, vendor="alder", question="Q1", flag=STOPS)
WEIGHTS = Item(subject=Subject.weights)
SECTIONS = ("critical", "lock_in", "flows")


class Lead:
    """Somebody's lead view: what it shows, and the steps they take on it."""

    def __init__(self, client: TestClient, key: str) -> None:
        self.client, self.path = client, f"/room/{key}/lead"

    def now(self) -> dict[str, Any]:
        answer = self.client.get(f"{self.path}/now")
        assert answer.status_code == 200
        return answer.json()

    @property
    def button(self) -> str:
        """What the big button says."""
        found = re.search(r'id="next"[^>]*>([^<]*)</button>', self.now()["parts"]["go"])
        assert found
        return unescape(found.group(1))

    def post(self, **body: object) -> Any:
        return self.client.post(self.path, json=body)

    def take(self, step: str, **body: object) -> dict[str, Any]:
        """Take a step, which is allowed."""
        answer = self.post(step=step, **{"version": self.now()["told"]["version"], **body})
        assert answer.status_code == 200, answer.json()
        return answer.json()

    def refused(self, step: str, **body: object) -> dict[str, Any]:
        """Try a step, which is refused in words: gives what came back."""
        answer = self.post(step=step, **{"version": self.now()["told"]["version"], **body})
        assert answer.status_code == 409
        assert answer.json()["error"]
        return answer.json()

    def text(self, part: str = "") -> str:
        """What a part, or the whole view, says."""
        parts = self.now()["parts"]
        html = parts[part] if part else "\n".join(parts.values())
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def vote(evaluations: Evaluations, room: str, **levels: object) -> None:
    """Votes in the newest round, each with a reason that no other page holds."""
    workshop = evaluations.get(room).workshop
    assert workshop
    for name, level in levels.items():
        phones.vote(evaluations, room, name, len(workshop.rounds), Choice(str(level)), reason=f"marker of {name}")


def agreeing(**changed: object) -> dict[str, object]:
    """What the form of a consensus says that nothing speaks against."""
    said = {"vendor": "alder", "question": "Q1", "level": "3", "grade": "trial", "reason": "We saw it."}
    return {**said, "words": "quote:Operations stop when the link is lost.", **changed}
