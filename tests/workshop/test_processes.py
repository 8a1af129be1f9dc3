"""A workshop on two app processes that share one PostgreSQL: what one is told, the other shows."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.actor import NOBODY
from ii_vendor.model.workshop import Item, Room, Scene, Settings
from tests.servers import Running

SERVE = ("-m", "ii_vendor", "serve", "--no-browser", "--lan", "--port", "8880")
PANEL = ("Amara", "Ben")


class Listening:
    """Somebody who hears a stream: ``until`` reads on until what it says holds, and gives that."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self._response = response

    def until(self, holds: Callable[[str], bool]) -> str:
        while line := self._response.readline().decode():
            if line.startswith("data: {"):
                said = json.dumps(json.loads(line.removeprefix("data: ")), ensure_ascii=False)
                if holds(said):
                    return said
        raise AssertionError("the stream ended")


@contextmanager
def listening(running: Running, path: str, cookie: str) -> Iterator[Listening]:
    with closing(http.client.HTTPConnection("127.0.0.1", running.port, timeout=30)) as connection:
        connection.request("GET", path, headers={"Cookie": cookie})
        response = connection.getresponse()
        assert response.status == 200
        yield Listening(response)


def post(running: Running, path: str, cookie: str, **body: object) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", running.port, timeout=30)) as connection:
        head = {"Cookie": cookie, "Content-Type": "application/json"}
        connection.request("POST", path, json.dumps(body), head)
        response = connection.getresponse()
        response.read()
        return response.status


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_votes_through_either_process_reach_the_screen_through_the_other(
    start: Callable[..., Running], evaluations: Evaluations, opened: Callable[..., object], renewal: str, database: str
):
    opened(renewal)
    held = evaluations.open_workshop(renewal, Settings(auto_reveal=False)).workshop
    assert held
    item = Item.answer("alder", "Q1")
    evaluations.open_round(renewal, item)
    evaluations.change_room(renewal, lambda _: Room(scene=Scene.item, item=item))
    visitor = evaluations.acting_as(NOBODY)
    ballots = {name: f"ii-ballot-{renewal}={visitor.join(renewal, held.code, name).secret}" for name in PANEL}

    one, two = (start(*SERVE, II_VENDOR_DATABASE_URL=database) for _ in range(2))
    key = re.search(r"/facilitate\?key=\S+", one.said)
    assert key
    facilitator = one.ask(key.group()).cookie
    screen = f"/room/{renewal}/screen/stream"
    with listening(one, screen, facilitator) as first, listening(two, screen, facilitator) as second:
        for voter, process in zip(PANEL, (one, two), strict=True):
            body = {"round": 1, "choice": "2", "reason": f"marker of {voter}"}
            assert post(process, f"/ballot/{renewal}", ballots[voter], **body) == 200
        for stream in (first, second):
            said = stream.until(lambda said: "2 of 2" in said)
            assert "marker of" not in said
        evaluations.reveal(renewal, 1)
        for stream in (first, second):
            stream.until(lambda said: all(f"marker of {voter}" in said for voter in PANEL))
        evaluations.change_room(renewal, lambda room: room.model_copy(update={"scene": Scene.picture}))
        for stream in (first, second):
            stream.until(lambda said: '"picture"' in said)
