"""What this process shares between its routes and pages: the record of the configured database, and its news."""

from __future__ import annotations

import threading

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.actor import Actor
from ii_vendor.store import News, Record, database_url, open_engine

_lock = threading.Lock()
_open: dict[str, tuple[Record, News]] = {}


def record() -> Record:
    """The record of the configured database, opened once."""
    return _opened()[0]


def news() -> News:
    """What this process hears of changes in that database."""
    return _opened()[1]


def service(actor: Actor) -> Evaluations:
    """The evaluations on behalf of ``actor``."""
    return Evaluations(record(), actor)


def close() -> None:
    """Stop listening and let go of the database; the next question opens it again."""
    with _lock:
        for _, heard in _open.values():
            heard.stop()
        _open.clear()


def _opened() -> tuple[Record, News]:
    url = database_url()
    with _lock:
        if url not in _open:
            engine = open_engine(url)
            _open.clear()
            _open[url] = Record(engine), News(engine)
        return _open[url]
