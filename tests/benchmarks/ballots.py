"""Many phones in one process: plain ballots over bare HTTP, and Streamlit sessions over their WebSocket."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

Heard = Callable[[dict[str, Any], float], None]


class Phone:
    """A browser with cookies of its own: one stream that is listened to, and posts that wait for their answer."""

    def __init__(self, address: str, cookie: str) -> None:
        parts = urlsplit(address)
        self._host, self._port = parts.hostname or "", parts.port or 80
        self._head = f"Host: {parts.netloc}\r\nCookie: {cookie}\r\n"
        self._listening: asyncio.Task[None] | None = None
        self._hearing: asyncio.StreamWriter | None = None
        self.ready = asyncio.Event()
        self._posting: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    def listen(self, path: str, heard: Heard) -> None:
        """Hear what the stream at ``path`` says, with the moment it came."""
        self._listening = asyncio.create_task(self._listen(path, heard))

    async def _listen(self, path: str, heard: Heard) -> None:
        reader, self._hearing = await asyncio.open_connection(self._host, self._port)
        self._hearing.write(f"GET {path} HTTP/1.1\r\n{self._head}Accept: text/event-stream\r\n\r\n".encode())
        status = await reader.readline()
        assert b" 200 " in status, status
        while line := await reader.readline():
            if line.startswith(b"data: {"):
                heard(json.loads(line[6:]), time.perf_counter())
                self.ready.set()

    async def post(self, path: str, body: dict[str, object]) -> tuple[int, float]:
        """Post JSON and wait for the whole answer: gives the status and how many seconds it took."""
        if self._posting is None:
            self._posting = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._posting
        said = json.dumps(body).encode()
        head = (
            f"POST {path} HTTP/1.1\r\n{self._head}Content-Type: application/json\r\nContent-Length: {len(said)}\r\n\r\n"
        )
        begun = time.perf_counter()
        writer.write(head.encode() + said)
        status, length = int((await reader.readline()).split()[1]), 0
        while (line := (await reader.readline()).strip().lower()) != b"":
            if line.startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        await reader.readexactly(length)
        return status, time.perf_counter() - begun

    async def close(self) -> None:
        """Hang up."""
        if self._listening:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening
        for writer in (self._hearing, self._posting[1] if self._posting else None):
            if writer:
                writer.close()
                with suppress(ConnectionError):
                    await writer.wait_closed()


class Session:
    """A browser on a Streamlit page with one fragment that runs anew every second, as its own script would ask."""

    def __init__(self, address: str, query: str) -> None:
        self._address = address.replace("http", "ws", 1) + "/_stcore/stream"
        self._query = query
        self._socket: Any = None
        self._fragment = self._button = ""
        self._ran = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self.shown = ""
        self.heard: Callable[[str, float], None] = lambda _text, _at: None

    async def open(self) -> None:
        """Load the page and begin to poll."""
        self._socket = await websockets.connect(self._address, subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]
        self._tasks.append(asyncio.create_task(self._read()))
        await self._run()
        self._tasks.append(asyncio.create_task(self._poll()))

    async def vote(self) -> float:
        """Press the button and wait until its run has ended: gives the seconds."""
        begun = time.perf_counter()
        await self._run(self._button)
        return time.perf_counter() - begun

    async def _run(self, pressed: str = "") -> None:
        message = BackMsg()
        message.rerun_script.query_string = self._query
        if self._fragment:
            message.rerun_script.fragment_id = self._fragment
        if pressed:
            state = message.rerun_script.widget_states.widgets.add()
            state.id, state.trigger_value = pressed, True
        self._ran.clear()
        await self._socket.send(message.SerializeToString())
        await self._ran.wait()

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(1)
            await self._run()

    async def _read(self) -> None:
        async for data in self._socket:
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "auto_rerun":
                self._fragment = message.auto_rerun.fragment_id
            elif kind == "delta":
                element = message.delta.new_element
                if element.HasField("button"):
                    self._button = element.button.id
                elif element.HasField("markdown"):
                    self.shown = element.markdown.body
                    self.heard(self.shown, time.perf_counter())
            elif kind == "script_finished":
                self._ran.set()

    async def close(self) -> None:
        """Close the page."""
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await self._socket.close()
