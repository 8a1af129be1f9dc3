"""Forks processes that write to a record as fast as they can. Reads a job or ``wait PID`` a line, answers with a line.

A process loads everything only once here, so that a test can have hundreds of them. Each writer notes the number of
every acknowledged change in a file named after it.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any

from ii_vendor.model.events import RatingRecorded
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.store import Record, open_engine

TOGETHER = 3
"""So many ratings are one change, with a file: all of it is there, or none."""


def rating(evaluator: str, number: int, part: int) -> RatingRecorded:
    """One of the ratings of change ``number``."""
    return RatingRecorded(
        evaluator=evaluator,
        vendor="alder",
        question=("Q1", "Q2", "L1")[part],
        level=number % 5,
        grade=EvidenceGrade.trial,
        reason=f"{evaluator} {number}",
        quote="",
        response_version=1,
    )


def write(record: Record, job: dict[str, Any], writer: str) -> None:
    """Changes from the number ``first`` on: ``most`` of them, or for so many ``seconds``."""
    until = time.monotonic() + job.get("seconds", float("inf"))
    with (Path(job["acknowledged"]) / writer).open("ab", buffering=0) as acknowledged:
        for number in range(job["first"], job["first"] + job.get("most", 1_000_000)):
            if time.monotonic() > until:
                return
            body = f"{writer} {number}\n".encode() * 500
            record.change(
                job["evaluation"],
                writer,
                lambda _, number=number: [rating(writer, number, part) for part in range(TOGETHER)],  # type: ignore[misc]
                files=[(hashlib.sha256(body).hexdigest(), f"{writer} {number}", body)],
            )
            acknowledged.write(f"{number}\n".encode())


def work(job: dict[str, Any]) -> None:
    """Be one app process: every writer is a thread on the same record. Raises what any of them does."""
    record, failed = Record(open_engine(job["url"])), []

    def attempt(writer: str) -> None:
        try:
            write(record, job, writer)
        except Exception:
            failed.append(traceback.format_exc())

    threads = [threading.Thread(target=attempt, args=(writer,)) for writer in job["writers"]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise RuntimeError("\n".join(failed))


def main() -> None:
    """Answer each job with the process that does it, and ``wait`` with how it ended: 0 is well."""
    for line in sys.stdin:
        if line.startswith("wait "):
            _, status = os.waitpid(int(line.split()[1]), 0)
            print(os.waitstatus_to_exitcode(status), flush=True)
            continue
        child = os.fork()
        if child == 0:
            try:
                work(json.loads(line))
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        print(child, flush=True)


if __name__ == "__main__":
    main()
