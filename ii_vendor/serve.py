"""Starts the app on this computer and opens it in a browser."""

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
from ii_vendor.library import load_library, shipped_folder
from ii_vendor.store import open_engine

HOST = "127.0.0.1"
TRIED_PORTS = 20


def serve(port: int, page: str = "", content: Path | None = None, *, open_browser: bool) -> None:
    """Serve until interrupted, on the first free port from ``port`` up. Blocks.

    ``content`` is the folder that new evaluations choose from, if not the shipped one. Raises UserError before anything
    listens where the content or the database cannot be used, or no port is free.
    """
    load_library(content)
    open_engine().dispose()
    if content:
        os.environ["II_VENDOR_CONTENT"] = str(content.resolve())
    free = _free_port(port)
    config = uvicorn.Config(_app_module().app, host=HOST, port=free, log_level="warning")
    _Server(config, f"http://{HOST}:{free}/{page}", open_browser=open_browser and _has_screen()).run()


class _Server(uvicorn.Server):
    """Says where it is, and opens the browser, once it really listens."""

    def __init__(self, config: uvicorn.Config, address: str, *, open_browser: bool) -> None:
        super().__init__(config)
        self._address = address
        self._open_browser = open_browser

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.should_exit:
            return
        print(f"ii-vendor is open at {self._address}\nPress Ctrl+C to stop.", flush=True)
        if self._open_browser:
            threading.Thread(target=webbrowser.open, args=(self._address,), daemon=True).start()


def _app_module() -> ModuleType:
    path = shipped_folder() / "app.py"
    spec = importlib.util.spec_from_file_location("ii_vendor_app", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _free_port(first: int) -> int:
    for port in range(first, first + TRIED_PORTS):
        with socket.socket() as probe:
            # As uvicorn does: a port in TIME_WAIT is free.
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise UserError(f"Ports {first} to {first + TRIED_PORTS - 1} are all in use. Choose another with --port.")


def _has_screen() -> bool:
    """Without one, a text browser would take over the terminal."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
