"""Starts the app, on this computer alone or shared, and opens it in a browser."""

from __future__ import annotations

import importlib.util
import os
import socket
import sys
import threading
import webbrowser
from pathlib import Path
from types import ModuleType

import uvicorn

from ii_vendor.errors import UserError
from ii_vendor.facilitator import KEY_DAYS, issue_key
from ii_vendor.library import load_library, shipped_folder
from ii_vendor.network import address_on_the_network
from ii_vendor.routes.process import record
from ii_vendor.routes.sharing import ADDRESS, SHARED, Sharing, public_address, sharing
from ii_vendor.store import open_engine

HERE, EVERYWHERE = "127.0.0.1", "0.0.0.0"
TRIED_PORTS = 20


def serve(
    port: int,
    page: str = "",
    content: Path | None = None,
    *,
    open_browser: bool,
    lan: bool = False,
    address: str = "",
) -> None:
    """Serve until interrupted, on the first free port from ``port`` up. Blocks.

    ``content`` is the folder that new evaluations choose from, if not the shipped one. ``lan`` listens on every network
    of this computer, ``address`` is the public one that links are built with; with either of them everybody needs a
    link. Raises UserError before anything listens where the address, the content or the database cannot be used, or no
    port is free.
    """
    public = public_address(address) if address else ""
    load_library(content)
    open_engine().dispose()
    if content:
        os.environ["II_VENDOR_CONTENT"] = str(content.resolve())
    host = EVERYWHERE if lan else HERE
    free = _free_port(host, port)
    if lan:
        os.environ[SHARED] = "1"
        public = public or f"http://{address_on_the_network() or HERE}:{free}"
    if public:
        os.environ[ADDRESS] = public
    here = f"http://{HERE}:{free}"
    words, opened = _welcome(here, page, sharing())
    # Whoever still listens for news when the app is told to stop is let go at once.
    config = uvicorn.Config(_app_module().app, host=host, port=free, log_level="warning", timeout_graceful_shutdown=5)
    _Server(config, words, opened if open_browser and _has_screen() else "").run()


def _welcome(here: str, page: str, now: Sharing) -> tuple[str, str]:
    """What to say once the app listens, and the address to open."""
    if not now.shared:
        return f"ii-vendor is open at {here}/{page}", f"{here}/{page}"
    link = f"/facilitate?key={issue_key(record())}"
    places = {"on this computer": here} | ({"from elsewhere": now.address} if now.address not in ("", here) else {})
    links = "\n".join(f"  {where:<17} {place}{link}" for where, place in places.items())
    words = (
        f"ii-vendor is open, to everybody with a link. The facilitator's, good for {KEY_DAYS} days:\n{links}\n"
        "Whoever has it may change everything. Members of the panel get personal links, on the page Panel."
    )
    return words, here + link


class _Server(uvicorn.Server):
    """Says where it is, and opens the browser, once it really listens."""

    def __init__(self, config: uvicorn.Config, words: str, opened: str) -> None:
        super().__init__(config)
        self._words = words
        self._opened = opened

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.should_exit:
            return
        print(f"{self._words}\nPress Ctrl+C to stop.", flush=True)
        if self._opened:
            threading.Thread(target=webbrowser.open, args=(self._opened,), daemon=True).start()


def _app_module() -> ModuleType:
    path = shipped_folder() / "app.py"
    spec = importlib.util.spec_from_file_location("ii_vendor_app", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _free_port(host: str, first: int) -> int:
    for port in range(first, first + TRIED_PORTS):
        with socket.socket() as probe:
            # As uvicorn does: a port in TIME_WAIT is free.
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise UserError(f"Ports {first} to {first + TRIED_PORTS - 1} are all in use. Choose another with --port.")


def _has_screen() -> bool:
    """Without one, a text browser would take over the terminal."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
