"""The app as it is started: on this computer alone, or shared, from outside and with real sockets."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.content import Content
from ii_vendor.model.seat import Discipline
from tests.servers import Running, reached

APP = Path(__file__).resolve().parents[1] / "app.py"
SERVE = ("-m", "ii_vendor", "serve", "--no-browser", "--port", "8820")
ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
STREAMLIT = ("-m", "streamlit", "run", str(APP), "--server.port", "8860")


Start = Callable[..., Running]


@pytest.fixture
def renewal(evaluations: Evaluations, content: Content) -> str:
    """The id of an evaluation with Amara on its panel."""
    key = evaluations.create("Renewal of line 3", content).id
    evaluations.add_evaluator(key, "Amara", Discipline.operations)
    return key


def own_addresses() -> list[str]:
    networks = psutil.net_if_addrs().values()
    known = [each.address for network in networks for each in network if each.family == socket.AF_INET]
    return ["127.0.0.2", *(address for address in known if not address.startswith("127."))]


@pytest.mark.parametrize("arguments", [SERVE, STREAMLIT], ids=["serve", "streamlit run"])
def test_unshared_no_other_address_of_this_computer_answers(start: Start, arguments: tuple[str, ...]):
    running = start(*arguments)
    assert reached("127.0.0.1", running.port)
    assert [address for address in own_addresses() if reached(address, running.port)] == []


@pytest.mark.parametrize("arguments", [SERVE, STREAMLIT], ids=["serve", "streamlit run"])
def test_unshared_a_foreign_name_is_told_how_to_share(start: Start, arguments: tuple[str, ...]):
    running = start(*arguments)
    for path in ("/", "/_stcore/health", "/news/any.json"):
        answer = running.ask(path, host="evil.example")
        assert answer.status == 403
        assert b"ii-vendor serve --address" in answer.body
    assert running.ask("/").status == 200
    assert "/facilitate" not in running.said


def test_in_the_local_network_every_address_answers_and_the_facilitator_gets_a_link(start: Start):
    running = start(*SERVE, "--lan")
    assert [address for address in own_addresses() if not reached(address, running.port)] == []
    links = re.findall(r"http://\S+/facilitate\?key=\S+", running.said)
    assert links[0].startswith(f"http://127.0.0.1:{running.port}/")
    answer = running.ask(links[0].removeprefix(f"http://127.0.0.1:{running.port}"))
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert answer.cookie.startswith("ii-facilitator=")


def test_a_public_address_builds_the_links_and_listens_on_this_computer_only(start: Start):
    running = start(*SERVE, "--address", "https://panel.plant.example/")
    assert [address for address in own_addresses() if reached(address, running.port)] == []
    link = re.search(r"https://panel\.plant\.example(/facilitate\?key=\S+)", running.said)
    assert link
    answer = running.ask(link.group(1), host="panel.plant.example")
    assert "; secure" in answer.headers["set-cookie"].lower()


def test_an_address_that_is_none_is_refused_before_anything_listens(ran):
    code, _, said = ran("serve", "--address", "panel")
    assert code == 2
    assert "'panel' is not an address to build links with" in said


def test_another_facilitators_link_is_printed_on_demand(start: Start, ran, tmp_path: Path):
    running = start(*SERVE, "--lan", II_VENDOR_DATA=str(tmp_path / "data"))
    _, printed, _ = ran("facilitator", "--port", running.port)
    link = re.search(r"http://127\.0\.0\.1:\d+(/facilitate\?key=\S+)", printed)
    assert link
    assert running.ask(link.group(1)).status == 303


@pytest.mark.parametrize("option", ["runner.fastReruns", "runner.postScriptGC", "browser.gatherUsageStats"])
def test_what_would_lose_work_or_tell_others_cannot_be_switched_on(option: str):
    ended = subprocess.run([sys.executable, *STREAMLIT, f"--{option}", "true"], capture_output=True, text=True)
    assert ended.returncode == 1
    assert f"{option} must be false" in ended.stderr


@ON_SQLITE
def test_shared_a_visitor_without_a_link_gets_nothing(start: Start, renewal: str, database: str):
    running = start(*STREAMLIT, II_VENDOR_SHARED="1", II_VENDOR_DATABASE_URL=database)
    for path in (
        f"/news/{renewal}?after=0",
        f"/news/{renewal}.json",
        f"/seat/{renewal}/guessed",
        "/facilitate?key=guessed",
    ):
        answer = running.ask(path)
        assert answer.status == 403
        assert b"Renewal" not in answer.body


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_two_app_processes_know_the_same_seats_and_facilitators(
    start: Start, evaluations: Evaluations, renewal: str, database: str
):
    one, two = (start(*SERVE, "--lan", II_VENDOR_DATABASE_URL=database) for _ in range(2))
    assert one.port != two.port
    seat = one.ask(f"/seat/{evaluations.issue_link(renewal, 'Amara')}", method="POST").cookie
    key_link = re.search(r"/facilitate\?key=\S+", one.said)
    assert key_link
    facilitator = two.ask(key_link.group()).cookie
    for cookie in (seat, facilitator):
        assert two.ask(f"/news/{renewal}.json?after=0", cookie=cookie).status == 200
    evaluations.revoke_links(renewal, "Amara", reason="The phone was lost.")
    assert two.ask(f"/news/{renewal}.json?after=0", cookie=seat).status == 403


@pytest.mark.parametrize("arguments", [SERVE, STREAMLIT], ids=["serve", "streamlit run"])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
@ON_SQLITE
def test_it_ends_cleanly_while_pages_listen(
    start: Start, renewal: str, database: str, arguments: tuple[str, ...], how: signal.Signals
):
    running = start(*arguments, II_VENDOR_DATABASE_URL=database)
    with closing(http.client.HTTPConnection("127.0.0.1", running.port, timeout=30)) as connection:
        connection.request("GET", f"/news/{renewal}?after=0")
        stream = connection.getresponse()
        assert stream.headers["content-type"].startswith("text/event-stream")
        assert [stream.readline() for _ in range(4)] == [b"retry: 1000\n", b"\n", b"data: 2\n", b"\n"]
        said = running.stop(how)
        assert stream.read() == b""
    assert "Traceback" not in said
    assert "exceeded" not in said
