"""Ends what waits for news when the app is told to stop, which would otherwise wait for it in turn."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import FrameType

_closing = asyncio.Event()

SIGNALS = (signal.SIGINT, signal.SIGTERM)


def closing() -> asyncio.Event:
    """Set once the app is about to close."""
    return _closing


@asynccontextmanager
async def noticing_the_end() -> AsyncIterator[None]:
    """While the app runs, hear the signals that end it before the server does, which gets them as ever."""
    global _closing
    _closing, loop = asyncio.Event(), asyncio.get_running_loop()
    ended = _closing
    # Only the main thread gets signals; elsewhere whoever runs the app has another way to end it.
    chosen = SIGNALS if threading.current_thread() is threading.main_thread() else ()
    former = {number: signal.getsignal(number) for number in chosen}

    def hear(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(ended.set)
        told = former[signal.Signals(number)]
        if callable(told):
            told(number, frame)

    for number in chosen:
        # The server's own handler is there by now; without one there would be nothing to pass the signal on to.
        if callable(former[number]):
            signal.signal(number, hear)
    try:
        yield
    finally:
        ended.set()
        for number, told in former.items():
            if signal.getsignal(number) is hear:
                signal.signal(number, told)
