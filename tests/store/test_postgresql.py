"""PostgreSQL: how it is addressed, and that a lost connection or server loses nothing and is told in words."""

import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from ii_vendor.errors import UserError
from ii_vendor.model import events
from ii_vendor.store import Record, open_engine, outcome, tables
from ii_vendor.store.kept import NOTHING_SAVED

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def database(postgresql):
    """Here always one of PostgreSQL."""
    return postgresql


def reasons(record, key):
    """How often each rating stands in the record."""
    found = (event.change for event in record.events(key))
    return Counter(change.reason for change in found if change.kind == "rating recorded")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_an_address_works_as_hosting_providers_write_it(database, scheme):
    address = re.sub(r"^[a-z+]+://", f"{scheme}://", database)
    assert Record(open_engine(address)).listing() == []


def test_a_server_that_isolates_transactions_otherwise_changes_nothing(
    database, record, begun, rated, postgresql_server
):
    name = sa.make_url(database).database
    postgresql_server.tell(f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'")
    services = [Record(open_engine(database)) for _ in range(2)]
    threads = [
        threading.Thread(
            target=lambda each=each: [each.change(begun, "x", lambda _: [rated("at once")]) for _ in range(20)]
        )
        for each in services
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert reasons(record, begun) == {"at once": 40}


def test_what_is_acknowledged_is_on_disk_even_where_the_server_is_told_not_to_care(database, postgresql_server):
    name = sa.make_url(database).database
    postgresql_server.tell(f"ALTER DATABASE {name} SET synchronous_commit = off")
    with open_engine(database).connect() as connection:
        assert connection.execute(sa.text("SHOW synchronous_commit")).scalar() == "on"


def test_several_processes_may_make_the_schema_of_a_new_database_at_once(postgresql_server):
    empty = postgresql_server.new_database("template0")
    code = "import sys; from ii_vendor.store import Record, open_engine; Record(open_engine(sys.argv[1])).listing()"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, empty],
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        for _ in range(3)
    ]
    assert [process.communicate()[1] for process in started] == ["", "", ""]


def test_a_lock_that_somebody_keeps_is_told_in_words(database, begun, rated):
    engine = open_engine(database)
    sa.event.listen(engine, "checkout", lambda raw, *_: raw.execute("SET lock_timeout = '10ms'"))
    with open_engine(database).begin() as other:
        other.execute(sa.select(tables.evaluations).with_for_update())
        with pytest.raises(UserError, match=r"^Another program is writing to the database\. Try again\.$"):
            Record(engine).change(begun, "x", lambda _: [rated("too late")])
    Record(engine).change(begun, "x", lambda _: [rated("in time")])
    assert reasons(Record(engine), begun) == {"in time": 1}


class Cut:
    """Stands between the app and the server, and cuts the connection when a transaction is to be committed.

    ``how`` says when: ``"before"`` the server hears of it, ``"after"`` it has done so, or so that it hears of it only
    ``"late"``, when the app is looking already whether it was saved.
    """

    def __init__(self, server: str, how: str) -> None:
        self.how = how
        self._server = server
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def gone(self) -> None:
        """From now on nothing can be reached through here."""
        # Closing alone would not wake the thread that accepts.
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._server)
                for source, target in ((client, server), (server, client)):
                    threading.Thread(target=self._pass_on, args=(source, target), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while words := source.recv(65536):
                to_server = target.family == socket.AF_UNIX
                if b"COMMIT\0" in words and self.how in (("before", "late") if to_server else ("after",)):
                    how, self.how = self.how, "not at all"
                    if how == "late":
                        source.shutdown(socket.SHUT_RDWR)
                        time.sleep(0.3)
                        target.sendall(words)
                    break
                target.sendall(words)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@pytest.fixture
def cut(database, postgresql_server):
    """A cut that is yet to be made, and the record on the far side of it."""
    place = postgresql_server.server.get_postmaster_info().socket_path
    between = Cut(str(place), "not at all")
    url = sa.make_url(database)
    address = url.set(host="127.0.0.1", port=between.port, query={}).render_as_string(hide_password=False)
    return between, Record(open_engine(address))


@pytest.mark.parametrize("how", ["after", "late"])
def test_a_change_whose_acknowledgement_is_lost_is_found_to_be_saved(begun, record, cut, rated, how):
    between, far = cut
    before = far.evaluation(begun)
    between.how = how
    after = far.change(begun, "x", lambda _: [rated("once")])
    assert between.how == "not at all"
    assert after == Record(record.engine).evaluation(begun)
    assert after.sequence == before.sequence + 1
    assert reasons(record, begun) == {"once": 1}


def test_a_change_that_the_server_never_heard_of_is_told_not_to_be_saved(begun, record, cut, rated):
    between, far = cut
    between.how = "before"
    with pytest.raises(UserError, match=f"^{re.escape(NOTHING_SAVED)}$"):
        far.change(begun, "x", lambda _: [rated("lost")])
    assert reasons(record, begun) == {}
    assert far.change(begun, "x", lambda _: [rated("again")]) == record.evaluation(begun)
    assert reasons(record, begun) == {"again": 1}


@pytest.mark.parametrize("how", ["before", "after", "late"])
def test_a_beginning_is_there_or_is_not_and_is_told_so(record, cut, content, how):
    between, far = cut
    change = events.EvaluationCreated(name="Renewal", content_hash=content.hash)
    between.how = how
    if how != "before":
        assert far.begin("renewal", "x", change, content) == record.evaluation("renewal")
    else:
        with pytest.raises(UserError, match=f"^{re.escape(NOTHING_SAVED)}$"):
            far.begin("renewal", "x", change, content)
        assert record.listing() == []


def test_a_change_of_which_nobody_can_tell_is_told_as_that(begun, cut, rated, monkeypatch):
    monkeypatch.setattr(outcome, "SOUGHT", 0.3)
    between, far = cut
    between.how = "after"

    def decide(_):
        between.gone()
        return [rated("who knows")]

    with pytest.raises(UserError, match=r"look whether your change is there before you make it again\.$") as told:
        far.change(begun, "x", decide)
    assert "Nothing was saved" not in str(told.value)


def kill_a_server_process(address: str, moments: random.Random) -> None:
    """The server then ends all its processes and recovers, as after a crash."""
    with psycopg.connect(address) as connection:
        others = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchall()
    os.kill(moments.choice(others)[0], signal.SIGKILL)


def test_a_server_that_goes_and_comes_back_under_load_loses_nothing_and_the_app_goes_on(
    database, begun, record, rated, assert_whole, postgresql_server
):
    saved, told, ended = [], [], threading.Event()
    address = sa.make_url(database).set(drivername="postgresql").render_as_string(hide_password=False)

    def write(writer: str) -> None:
        number = 0
        while not ended.is_set():
            number += 1
            said = f"{writer} {number}"
            change = rated(said, number % 5, writer)
            try:
                record.change(begun, writer, lambda _, change=change: [change])
                saved.append(said)
            except UserError as trouble:
                told.append((said, str(trouble)))
                time.sleep(0.01)

    writers = [f"Writer-{number}" for number in range(6)]
    threads = [threading.Thread(target=write, args=(writer,), daemon=True) for writer in writers]
    for thread in threads:
        thread.start()
    moments = random.Random(5)
    for blow in range(6):
        wait_for_more(saved, len(saved) + 20)
        time.sleep(moments.uniform(0, 0.05))
        if blow % 2:
            kill_a_server_process(address, moments)
        else:
            postgresql_server.crash_and_restart()
    wait_for_more(saved, len(saved) + 20)
    ended.set()
    for thread in threads:
        thread.join()
    assert_whole(record, begun)
    assert reasons(record, begun) == dict.fromkeys(saved, 1)
    # A change that was just being committed may have been looked for, and found, without anybody being troubled.
    assert {message for _, message in told} <= {NOTHING_SAVED}
    assert Record(open_engine(database)).evaluation(begun) == record.evaluation(begun)


def wait_for_more(kept: list[object], known: int) -> None:
    """Wait until more than ``known`` were put there, which must happen."""
    until = time.monotonic() + 60
    while len(kept) <= known:
        assert time.monotonic() < until
        time.sleep(0.005)


def test_a_server_that_is_away_is_told_in_words_and_found_again(begun, record, rated, postgresql_server, database):
    with postgresql_server.away():
        with pytest.raises(UserError, match=r"^The database server cannot be reached just now\. Try again in a moment"):
            record.listing()
        with pytest.raises(UserError, match=f"^{re.escape(NOTHING_SAVED)}$"):
            record.change(begun, "x", lambda _: [rated("lost")])
        with pytest.raises(UserError, match=r"^Cannot open postgresql.*Check II_VENDOR_DATABASE_URL and that"):
            open_engine(database)
    record.change(begun, "x", lambda _: [rated("found")])
    assert reasons(record, begun) == {"found": 1}
