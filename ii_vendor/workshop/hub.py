"""One hub an evaluation and process: hears of every change once, and wakes the pages that show something of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

from starlette.concurrency import run_in_threadpool

from ii_vendor.routes import process
from ii_vendor.routes.closing import closing
from ii_vendor.store import DatabaseTrouble, room_of
from ii_vendor.workshop.live import Live, Standing, look

TOGETHER = 0.02
"""Seconds: what comes this close together is looked at once."""

AGAIN = 0.5
"""Seconds before a database that could not be asked is asked again."""


class Hub:
    """The workshop of one evaluation as this process knows it. For one event loop.

    ``live`` is how it stands; ``moves`` counts its changes, and ``turns`` those that ballots show.
    """

    def __init__(self, evaluation_id: str, live: Live, standing: Standing) -> None:
        self.evaluation_id = evaluation_id
        self.live = live
        self.moves = self.turns = 1
        self.listeners = 0
        self.connected: Counter[str] = Counter()
        self._standing = standing
        self._moved, self._turned = asyncio.Event(), asyncio.Event()
        self._task = asyncio.create_task(self._follow(), name=f"workshop {evaluation_id}")

    async def moved(self, after: int, seconds: float) -> int:
        """Wait until ``moves`` is above ``after``, ``seconds`` at most or until the app closes; gives ``moves``."""
        if self.moves <= after:
            await _any_of(self._moved, closing(), seconds)
        return self.moves

    async def turned(self, after: int, seconds: float) -> int:
        """The same for ``turns``."""
        if self.turns <= after:
            await _any_of(self._turned, closing(), seconds)
        return self.turns

    async def look(self) -> Live:
        """How the workshop stands once what was just saved is in it."""
        live, standing = await run_in_threadpool(look, process.record(), self.evaluation_id, self.live, self._standing)
        self._take(live, standing)
        return self.live

    @contextmanager
    def connection_of(self, evaluator: str) -> Iterator[None]:
        """As long as it lasts, this seat is there with an open page."""
        self.connected[evaluator] += 1
        if self.connected[evaluator] == 1:
            self._wake()
        try:
            yield
        finally:
            self.connected[evaluator] -= 1
            if not self.connected[evaluator]:
                del self.connected[evaluator]
                self._wake()

    @property
    def follows(self) -> bool:
        """Whether it still hears of changes; where it does not, pages ask anew and get another."""
        return not self._task.done()

    def close(self) -> None:
        """Stop following the evaluation."""
        self._task.cancel()

    def _take(self, live: Live, standing: Standing) -> None:
        known = (self.live.whole.sequence, self.live.version)
        # Two looks may end in the other order than they began.
        if live.whole.sequence < known[0] or live.version < known[1] or (live.whole.sequence, live.version) == known:
            return
        turned = live.for_ballots != self.live.for_ballots
        self.live, self._standing = live, standing
        self._wake()
        if turned:
            self.turns += 1
            self._turned.set()
            self._turned = asyncio.Event()

    def _wake(self) -> None:
        self.moves += 1
        self._moved.set()
        self._moved = asyncio.Event()

    async def _follow(self) -> None:
        key, news = self.evaluation_id, process.news()
        while not closing().is_set():
            waiting = [
                asyncio.ensure_future(news.after(key, self.live.whole.sequence, 60)),
                asyncio.ensure_future(news.after(room_of(key), self.live.version, 60)),
                asyncio.ensure_future(closing().wait()),
            ]
            try:
                await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for each in waiting:
                    each.cancel()
            await asyncio.sleep(TOGETHER)
            try:
                await self.look()
            except DatabaseTrouble:
                await asyncio.sleep(AGAIN)


_hubs: dict[str, Hub] = {}


@asynccontextmanager
async def hub_of(evaluation_id: str) -> AsyncIterator[Hub]:
    """The hub of an evaluation, which goes on as long as anybody uses it. Raises NoSuchEvaluation, DatabaseTrouble."""
    if not _followed(evaluation_id):
        live, standing = await run_in_threadpool(look, process.record(), evaluation_id, None, None)
        if not _followed(evaluation_id):
            _hubs[evaluation_id] = Hub(evaluation_id, live, standing)
    hub = _hubs[evaluation_id]
    hub.listeners += 1
    try:
        yield hub
    finally:
        hub.listeners -= 1
        if not hub.listeners and _hubs.get(evaluation_id) is hub:
            del _hubs[evaluation_id]
            hub.close()


def pages_open(evaluation_id: str) -> frozenset[str]:
    """Whose page of this workshop is open in this process."""
    hub = _hubs.get(evaluation_id)
    return frozenset(hub.connected) if hub else frozenset()


def _followed(evaluation_id: str) -> bool:
    return evaluation_id in _hubs and _hubs[evaluation_id].follows


async def _any_of(one: asyncio.Event, other: asyncio.Event, seconds: float) -> None:
    waiting = [asyncio.ensure_future(one.wait()), asyncio.ensure_future(other.wait())]
    try:
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in waiting:
            each.cancel()
            with suppress(asyncio.CancelledError):
                await each
