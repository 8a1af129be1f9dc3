"""Servers that tests run against: the app, a real PostgreSQL, and one that speaks as a language model does."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import psycopg
import sqlalchemy as sa

from ii_vendor.store import SCHEMA_VERSION, open_engine, tables


class PostgreSQL:
    """A real PostgreSQL server of this test run, with a database that has the schema already to copy from."""

    def __init__(self, server: Any) -> None:
        self.server = server
        self._numbers = count()
        self._emptied: list[str] = []
        # A server process that is killed loses nothing without it either, and every commit is quicker.
        self.tell("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", "CREATE DATABASE prepared")
        open_engine(self.address("prepared")).dispose()

    def address(self, database: str) -> str:
        """Where a database of this server is found."""
        return str(self.server.get_uri(database, "psycopg"))

    def tell(self, *statements: str) -> None:
        """Have the server do something outside of any test's database."""
        with psycopg.connect(self.server.get_uri("postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def new_database(self, template: str = "prepared") -> str:
        """The address of a database that nobody else uses, with the schema; empty from ``template0``."""
        name = f"record_{next(self._numbers)}"
        self.tell(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.address(name)

    def emptied_database(self) -> str:
        """The address of a database that nobody else uses, with the schema and no rows."""
        return self._emptied.pop() if self._emptied else self.new_database()

    def give_back(self, address: str) -> None:
        """Empty a database for another test, unless more than its rows was changed: that is quicker than a new one."""
        name = sa.make_url(address).database
        with suppress(psycopg.Error), psycopg.connect(self.server.get_uri(name), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            connection.execute(f"ALTER DATABASE {name} RESET ALL")
            for table in reversed(tables.metadata.sorted_tables):
                connection.execute(f"DELETE FROM {table.name}")
            if connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(SCHEMA_VERSION,)]:
                self._emptied.append(address)

    def crash_and_restart(self) -> None:
        """The server ends at once, without closing anything, and starts again."""
        self._control("restart", "immediate")
        # Another process than the one it knew.
        self.server.ensure_postgres_running()

    @contextmanager
    def away(self) -> Iterator[None]:
        """Meanwhile there is no server."""
        self._control("stop", "fast")
        try:
            yield
        finally:
            self.server.ensure_postgres_running()

    def _control(self, what: str, mode: str) -> None:
        command = [self.server.bin_path / "pg_ctl", "-D", self.server.pgdata, "-w", what, "-m", mode]
        subprocess.run(
            command, user=self.server.system_user, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )


class ModelServer:
    """An OpenAI-compatible server on this computer. ``say`` is what its model says to the messages it gets, or a whole
    reply of another kind; ``asked`` holds every request."""

    def __init__(self) -> None:
        self.say: Callable[[list[dict[str, str]]], str | Callable[[BaseHTTPRequestHandler], None]]
        self.say = lambda _: '{"findings": []}'
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server.asked.append({"path": self.path, **body})
                server.headers.append(dict(self.headers))
                said = server.say(body["messages"])
                if not isinstance(said, str):
                    # A reader that has enough of it hangs up.
                    with suppress(ConnectionError):
                        said(self)
                    return
                reply = json.dumps({"choices": [{"message": {"role": "assistant", "content": said}}]}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """Answer nobody any more."""
        self._server.shutdown()
        self._server.server_close()


class Answer(NamedTuple):
    """What came back: header names in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def cookie(self) -> str:
        """Name and value of the cookie that it set."""
        return self.headers["set-cookie"].split(";")[0]


class Running:
    """A started app: what it said until it listened, and the port it listens on."""

    def __init__(self, arguments: tuple[str, ...], environment: dict[str, str], folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout is not None
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if "Press Ctrl+C" in line or "URL: http://" in line:
                break
        found = re.search(r"http://127\.0\.0\.1:(\d+)", self.said)
        assert found, self.said
        self.port = int(found.group(1))
        while not reached("127.0.0.1", self.port):
            assert self.process.poll() is None, self.said

    def ask(self, path: str, *, method: str = "GET", host: str = "", cookie: str = "") -> Answer:
        """The answer to one request on this computer."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            headers = {"Host": host or f"127.0.0.1:{self.port}"} | ({"Cookie": cookie} if cookie else {})
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            return Answer(answer.status, {key.lower(): text for key, text in answer.getheaders()}, answer.read())

    def stop(self, how: signal.Signals = signal.SIGTERM) -> str:
        """What it said until its end."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        assert self.process.stdout is not None
        if not self.process.stdout.closed:
            with self.process.stdout:
                self.said += self.process.stdout.read()
        self.process.wait(30)
        return self.said


def reached(address: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(5)
        return probe.connect_ex((address, port)) == 0
