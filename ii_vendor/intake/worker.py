"""The reading process: one JSON request a line on standard input, one JSON answer a line on standard output.

Started by ``sandbox.py`` as ``python -m ii_vendor.intake.worker``. Whatever a file does to a parser happens here, under
a limit on memory and time, and never in the process that serves people.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

from ii_vendor.intake import guard, limits
from ii_vendor.intake.refused import Refused

FIRST_READER_SECONDS = 5


def import_parsers_alone() -> None:
    """Load the parsers without the libraries they would pull in: numbers, pictures and a second XML parser."""
    os.environ["OPENPYXL_LXML"] = os.environ["OPENPYXL_DEFUSEDXML"] = "False"
    for unwanted in ("numpy", "PIL", "lxml", "pandas"):
        sys.modules[unwanted] = None  # type: ignore[assignment]
    import ii_vendor.intake.formats.xlsx  # noqa: F401


def limit_memory() -> None:
    """Cap the address space of this process, where the system knows how."""
    try:
        import resource
    except ImportError:
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY_BYTES, limits.MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_processor_time() -> None:
    """Let this process use no more than the time of one further file, so that it ends even if nobody watches it."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + limits.SECONDS_PER_FILE + 2
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))


@contextmanager
def _time_for_first_reader() -> Iterator[None]:
    """Raise TimeoutError in the first reader when it takes too long, so that the second still gets its turn."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_: int, __: FrameType | None) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, FIRST_READER_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def read(path: Path) -> dict[str, Any]:
    """Guard and read one workbook. Raises Refused."""
    from ii_vendor.intake import reader

    passed = guard.check(path)
    if not passed.workbook:
        raise Refused("This is a zip of files, not a workbook.", "Give it the ending .zip, or send the workbooks.")
    content = None
    with suppress(TimeoutError), _time_for_first_reader():
        content = reader.read_first(path, passed.kind)
    if content is None or not content["sheets"]:
        content = reader.read_second(path)
    return content | {"warnings": [*passed.warnings, *content.pop("told", ())]}


def unpack(path: Path, folder: Path) -> dict[str, Any]:
    """Guard a zip and unpack its workbooks into ``folder`` under numbers of our own. Raises Refused."""
    passed = guard.check(path)
    if passed.workbook:
        return {"workbook": True}
    files, others = guard.unpack(path, folder)
    return {"files": files, "others": others}


def answer(request: dict[str, str]) -> dict[str, Any]:
    """What to reply to one request; a refusal is a reply, too."""
    path = Path(request["path"])
    try:
        if request["task"] == "unpack":
            return unpack(path, Path(request["folder"]))
        return read(path)
    except Refused as refusal:
        return {"refused": refusal.message, "remedy": refusal.remedy}
    except OSError as error:
        return {"refused": f"The file could not be opened ({error.strerror or error}).", "remedy": ""}
    except MemoryError:
        return {"refused": "This file needs far more memory than a questionnaire does.", "remedy": ""}


def main() -> None:
    """Serve requests until the input ends."""
    replies = sys.stdout.buffer
    sys.stdout = sys.stderr  # what a parser prints must not be taken for a reply
    import_parsers_alone()
    limit_memory()
    for line in sys.stdin.buffer:
        limit_processor_time()
        reply = json.dumps(answer(json.loads(line)), ensure_ascii=True, allow_nan=False)
        replies.write(reply.encode("ascii") + b"\n")
        replies.flush()


if __name__ == "__main__":
    main()
