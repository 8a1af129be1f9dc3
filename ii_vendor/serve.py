"""Starts the app on this computer and opens it in a browser."""

from __future__ import annotations

import importlib.util
import os
import socket
import sys
import threading
import webbrowser
from types import ModuleType

import uvicorn

from ii_vendor.errors import UserError
from ii_vendor.library import shipped_folder

HOST = "127.0.0.1"
TRIED_PORTS = 20


def serve(port: int, page: str = "", *, open_browser: bool) -> None:
    """Serve until interrupted, on the first free port from ``port`` up. Blocks."""
    free = _free_port(port)
    address = f"http://{HOST}:{free}/{page}"
    server = uvicorn.Server(uvicorn.Config(_app_module().app, host=HOST, port=free, log_level="warning"))
    print(f"ii-vendor is open at {address}\nPress Ctrl+C to stop.", flush=True)
    if open_browser and _has_screen():
        threading.Timer(1.0, webbrowser.open, (address,)).start()
    server.run()


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
