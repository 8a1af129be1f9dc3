"""News: tells whoever waits for it that an evaluation has a new latest event, whichever process wrote it."""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from contextlib import suppress
from weakref import WeakSet

import sqlalchemy as sa

from ii_vendor.store.heads import heads_as_they_change

SHORTEST_PAUSE, LONGEST_PAUSE = 0.1, 2.0
"""Seconds before a database that was gone is asked for again, ever longer while it stays away."""

_started: WeakSet[News] = WeakSet()


def announce(engine: sa.Engine, evaluation_id: str, sequence: int) -> None:
    """Say in this process that an event was committed; other processes hear of it by the database."""
    for news in tuple(_started):
        if news.engine is engine:
            news.tell({evaluation_id: sequence})


class _Listener:
    """Somebody on an event loop who waits for an event after ``sequence``."""

    def __init__(self, sequence: int) -> None:
        self.sequence = sequence
        self._loop = asyncio.get_running_loop()
        self.woken: asyncio.Future[None] = self._loop.create_future()

    def hear(self, sequence: int) -> None:
        """Wake up if that is what was waited for. From any thread."""
        if sequence > self.sequence:
            # A loop that has ended meanwhile has nobody to wake.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        if not self.woken.done():
            self.woken.set_result(None)


class News:
    """The news of one database, one object a process. Any number may wait: waiting asks the database nothing.

    One daemon thread listens. It starts with the first question, goes on where the database was gone for a while, and
    then reads what it may have missed.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self._heads: dict[str, int] = {}
        self._changed = threading.Condition()
        self._listeners: defaultdict[str, set[_Listener]] = defaultdict(set)
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to listen, if not yet. Does not wait for the database."""
        with self._changed:
            if self._thread is None and not self._ended.is_set():
                _started.add(self)
                self._thread = threading.Thread(target=self._listen, name="ii-vendor news", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Stop listening, for good. Who still waits does so until the timeout."""
        self._ended.set()
        _started.discard(self)
        if self._thread:
            self._thread.join()

    def latest(self, evaluation_id: str) -> int:
        """The sequence of the evaluation's latest event as far as it is known here; 0 while nothing is."""
        self.start()
        return self._heads.get(evaluation_id, 0)

    async def after(self, evaluation_id: str, sequence: int, timeout: float) -> int:
        """Wait until there is an event after ``sequence``, ``timeout`` seconds at most; gives ``latest`` then.

        On any event loop, and any number at once.
        """
        self.start()
        listener = _Listener(sequence)
        with self._changed:
            if self._heads.get(evaluation_id, 0) > sequence:
                return self._heads[evaluation_id]
            self._listeners[evaluation_id].add(listener)
        try:
            await asyncio.wait([listener.woken], timeout=timeout)
        finally:
            with self._changed:
                self._listeners[evaluation_id].discard(listener)
                if not self._listeners[evaluation_id]:
                    del self._listeners[evaluation_id]
        return self.latest(evaluation_id)

    def wait(self, evaluation_id: str, sequence: int, timeout: float) -> int:
        """The same for a thread, which it blocks."""
        self.start()
        with self._changed:
            self._changed.wait_for(lambda: self._heads.get(evaluation_id, 0) > sequence, timeout)
        return self.latest(evaluation_id)

    def tell(self, heads: dict[str, int]) -> None:
        """Take in latest sequences by evaluation, and wake everybody who waits for them."""
        with self._changed:
            newer = {key: sequence for key, sequence in heads.items() if sequence > self._heads.get(key, 0)}
            if not newer:
                return
            self._heads |= newer
            self._changed.notify_all()
            for key, sequence in newer.items():
                for listener in self._listeners.get(key, ()):
                    listener.hear(sequence)

    def _listen(self) -> None:
        pause = SHORTEST_PAUSE
        while not self._ended.is_set():
            with suppress(sa.exc.SQLAlchemyError, self.engine.dialect.loaded_dbapi.Error):
                for heads in heads_as_they_change(self.engine):
                    pause = SHORTEST_PAUSE
                    self.tell(heads)
                    if self._ended.is_set():
                        return
            self._ended.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
