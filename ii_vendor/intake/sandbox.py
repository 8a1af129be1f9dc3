"""The sandbox seen from outside: reading processes that are started once, reused, watched and replaced."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from queue import Empty, LifoQueue, Queue
from threading import Thread
from types import TracebackType
from typing import IO, Any, Self

import ii_vendor
from ii_vendor.intake import limits
from ii_vendor.intake.refused import Refused

_LOOK_EVERY = 0.2
_MEMORY_IS_LIMITED_BY_THE_SYSTEM = sys.platform.startswith("linux")


def _environment() -> dict[str, str]:
    """The surroundings of a reading process: it finds this package wherever the parent was started."""
    root = str(Path(ii_vendor.__file__).resolve().parents[1])
    return os.environ | {"PYTHONPATH": root, "PYTHONSAFEPATH": "1", "PYTHONDONTWRITEBYTECODE": "1"}


class Worker:
    """One reading process, for one request at a time. It starts with the first request and again after a death."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._replies: Queue[bytes] = Queue()

    @property
    def process_id(self) -> int | None:
        """The id of the running process, if there is one."""
        return self._process.pid if self._process else None

    def ask(self, request: dict[str, str]) -> dict[str, Any]:
        """The reply to one request. Raises Refused when the file is refused, or the process dies, hangs or bloats."""
        process = self._running()
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
        except OSError:
            self.stop()
            raise _died() from None
        reply: dict[str, Any] = json.loads(self._wait(process))
        if "refused" in reply:
            raise Refused(reply["refused"], reply["remedy"])
        return reply

    def stop(self) -> None:
        """End the process; the next request starts a new one."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _close(pipe)
        self._process = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self.stop()
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "ii_vendor.intake.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
            self._replies = Queue()
            Thread(target=_pump, args=(self._process.stdout, self._replies), daemon=True).start()
        return self._process

    def _wait(self, process: subprocess.Popen[bytes]) -> bytes:
        deadline = time.monotonic() + limits.SECONDS_PER_FILE
        while (left := deadline - time.monotonic()) > 0:
            try:
                reply = self._replies.get(timeout=min(left, _LOOK_EVERY))
            except Empty:
                self._refuse_bloat(process)
                continue
            if not reply.endswith(b"\n"):
                self.stop()
                raise _died() if len(reply) < limits.MAX_REPLY_BYTES else _too_much()
            return reply
        self.stop()
        raise Refused(
            f"Reading this file took longer than {limits.SECONDS_PER_FILE} seconds, so it was stopped.",
            "Open it in Excel, save it as a new .xlsx file, and send that.",
        )

    def _refuse_bloat(self, process: subprocess.Popen[bytes]) -> None:
        """Where the system cannot limit memory, look at it."""
        if _MEMORY_IS_LIMITED_BY_THE_SYSTEM:
            return
        import psutil

        try:
            used = psutil.Process(process.pid).memory_info().rss
        except psutil.Error:
            return
        if used > limits.MEMORY_BYTES:
            self.stop()
            raise Refused("This file needs far more memory than a questionnaire does.")


def _pump(output: IO[bytes], replies: Queue[bytes]) -> None:
    """Move whole lines from the process to the queue; a line without its end says that the process is gone."""
    line = b"\n"
    while line.endswith(b"\n"):
        try:
            line = output.readline(limits.MAX_REPLY_BYTES)
        except (OSError, ValueError):
            line = b""
        replies.put(line)


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:
        return


def _died() -> Refused:
    return Refused(
        "Reading this file brought the reading process down, so the file was left alone.",
        "Open it in Excel, save it as a new .xlsx file, and send that.",
    )


def _too_much() -> Refused:
    return Refused("This workbook holds far more than a questionnaire.", "Send the questionnaire alone.")


class Sandbox:
    """A few reading processes that threads may share. Use it as a context manager: leaving it ends them."""

    def __init__(self, workers: int = 1) -> None:
        self._workers = [Worker() for _ in range(max(workers, 1))]
        self._free: LifoQueue[Worker] = LifoQueue()
        for worker in self._workers:
            self._free.put(worker)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for worker in self._workers:
            worker.stop()

    def process_ids(self) -> list[int]:
        """The ids of the running processes."""
        return [worker.process_id for worker in self._workers if worker.process_id is not None]

    def read(self, path: Path) -> dict[str, Any]:
        """The content of a workbook as ``formats`` describes it. Raises Refused."""
        return self._ask({"task": "read", "path": str(path)})

    def unpack(self, path: Path, folder: Path) -> tuple[list[dict[str, str]], list[str]] | None:
        """The workbooks of a zip, unpacked into ``folder``, and the names of its other files.

        None when ``path`` is a workbook. Raises Refused.
        """
        reply = self._ask({"task": "unpack", "path": str(path), "folder": str(folder)})
        return None if "workbook" in reply else (reply["files"], reply["others"])

    def _ask(self, request: dict[str, str]) -> dict[str, Any]:
        worker = self._free.get()
        try:
            return worker.ask(request)
        finally:
            self._free.put(worker)
