"""A real server with the sample evaluation, cut off from every other computer, and a real Chromium to look at it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Other tests work at the same time: a slow computer is no defect.
expect.set_options(timeout=20_000)

OFFLINE = Path(__file__).parent / "offline"


class Server:
    """A running app. ``refused`` names every host that it tried to reach and could not."""

    def __init__(self, data: Path, arguments: list[str], folder: Path) -> None:
        self.data = data
        self._log = data / "refused.log"
        self.environment = {
            **os.environ,
            "II_VENDOR_DATA": str(data),
            "II_VENDOR_REFUSED_LOG": str(self._log),
            "PYTHONPATH": str(OFFLINE),
        }
        self._process = subprocess.Popen(
            arguments, cwd=folder, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert self._process.stdout is not None
        self.said = ""
        for line in self._process.stdout:
            self.said += line
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                self.address = found.group()
                self._wait_until_it_listens()
                return
        self.stop()
        raise AssertionError(f"the server did not start: {self.said}")

    def _wait_until_it_listens(self) -> None:
        """``streamlit run`` names its address a moment before it listens there."""
        port = int(self.address.rsplit(":", 1)[1])
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)

    @property
    def refused(self) -> list[str]:
        return self._log.read_text().split() if self._log.exists() else []

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)
        assert self._process.stdout is not None
        self._process.stdout.close()


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "ii_vendor", *arguments]


@pytest.fixture
def server(sample_data: Path, tmp_path: Path) -> Iterator[Server]:
    """The app on a copy of the sample, started as ``ii-vendor serve``."""
    data = tmp_path / "data"
    shutil.copytree(sample_data, data)
    running = Server(data, command("serve", "--no-browser", "--port", "8700"), tmp_path)
    yield running
    running.stop()


@pytest.fixture
def start_server(sample_data: Path, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts ``ii-vendor serve`` with more options on a copy of the sample."""
    data = tmp_path / "data"
    shutil.copytree(sample_data, data)
    running: list[Server] = []

    def start(*options: str) -> Server:
        running.append(Server(data, command("serve", "--no-browser", *options), tmp_path))
        return running[-1]

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[Server]:
    """The app on an empty data folder, started as ``streamlit run app.py`` from another folder."""
    data = tmp_path / "data"
    data.mkdir()
    app = Path(__file__).parents[2] / "app.py"
    start = [sys.executable, "-m", "streamlit", "run", str(app), "--server.port", "8760"]
    running = Server(data, start, tmp_path)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For the tests of one file: while it is open no other test can start an event loop of its own."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this computer: install the package 'chromium' to run the browser tests")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page at projector size. The test fails if anything on it asks another host for anything."""
    opened = browser.new_page(viewport={"width": 1920, "height": 1080}, accept_downloads=True)
    elsewhere: list[str] = []

    def note(request: Request) -> None:
        if not re.match(r"(https?|wss?)://127\.0\.0\.1[:/]|data:|blob:", request.url):
            elsewhere.append(request.url)

    opened.on("request", note)
    yield opened
    opened.close()
    assert elsewhere == []
