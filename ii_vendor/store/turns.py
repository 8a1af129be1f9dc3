"""A lock that threads get in the order in which they asked for it, so that nobody is passed over while many write."""

from __future__ import annotations

import threading
from collections import deque


class Turns:
    """Use it as ``with turns:``. A thread that has it may take it again."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[tuple[int, threading.Lock]] = deque()
        self._owner: int | None = None
        self._depth = 0

    def __enter__(self) -> None:
        thread = threading.get_ident()
        with self._guard:
            if self._owner in (None, thread):
                self._owner = thread
                self._depth += 1
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append((thread, turn))
        try:
            # Released by whoever passes the turn on.
            turn.acquire()
        except BaseException:
            self._give_up(thread, turn)
            raise

    def __exit__(self, *_: object) -> None:
        with self._guard:
            self._depth -= 1
            if not self._depth:
                self._pass_on()

    def _give_up(self, thread: int, turn: threading.Lock) -> None:
        """An interrupted thread leaves the queue, or passes on the turn that it has just got."""
        with self._guard:
            if (thread, turn) in self._waiting:
                self._waiting.remove((thread, turn))
            else:
                self._pass_on()

    def _pass_on(self) -> None:
        self._owner, self._depth = None, 0
        if self._waiting:
            self._owner, turn = self._waiting.popleft()
            self._depth = 1
            turn.release()
