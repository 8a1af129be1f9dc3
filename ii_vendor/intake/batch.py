"""Files that were handed in -> one Intake each, read in parallel in reading processes."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from ii_vendor.intake.limits import MAX_FILE_BYTES
from ii_vendor.intake.mapping import map_response
from ii_vendor.intake.raw import raw_workbook
from ii_vendor.intake.refused import Refused
from ii_vendor.intake.sandbox import Sandbox
from ii_vendor.model.intake import Intake
from ii_vendor.model.questionnaire import Questionnaire
from ii_vendor.model.response import Problem, SourceFile

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class _Item:
    """A file to read: where it lies, what it is called, and why it was refused already, if it was."""

    path: Path
    name: str
    refusal: Refused | None = None


def read_responses(
    paths: Iterable[Path],
    questionnaires: Sequence[Questionnaire],
    content_hash: str,
    *,
    progress: Progress | None = None,
    workers: int = 2,
) -> list[Intake]:
    """Read filled response workbooks, and zips of them, in the order given; a zip gives one Intake for each file in it.

    ``progress`` is called in this thread with the number done, the total, and the name of the file just read. Whatever
    is wrong with a file becomes problems of its Intake. Nothing is kept on disk.
    """
    with tempfile.TemporaryDirectory(prefix="ii-vendor-") as private, Sandbox(workers) as sandbox:
        items = [item for path in paths for item in _unpacked(sandbox, Path(path), Path(private))]
        intakes: dict[int, Intake] = {}
        with ThreadPoolExecutor(max_workers=max(workers, 1)) as pool:
            jobs = {
                pool.submit(_read, sandbox, item, questionnaires, content_hash): at for at, item in enumerate(items)
            }
            for job in as_completed(jobs):
                intakes[jobs[job]] = job.result()
                if progress:
                    progress(len(intakes), len(items), items[jobs[job]].name)
        return [intakes[at] for at in range(len(items))]


def _unpacked(sandbox: Sandbox, path: Path, private: Path) -> list[_Item]:
    """The file itself, or the files of a zip, unpacked into a private folder."""
    if not _looks_like_zip(path):
        return [_Item(path, path.name)]
    folder = Path(tempfile.mkdtemp(dir=private))
    try:
        files = sandbox.unpack(path, folder)
    except Refused as refusal:
        return [_Item(path, path.name, refusal)]
    if files is None:
        return [_Item(path, path.name)]
    return [_Item(Path(file["path"]), file["name"]) for file in files]


def _looks_like_zip(path: Path) -> bool:
    """Only a hint: a file called .xlsx that is a zip of files is told apart when it is read."""
    return path.suffix.lower() not in (".xlsx", ".xlsm", ".xltx", ".xltm")


def _read(sandbox: Sandbox, item: _Item, questionnaires: Sequence[Questionnaire], content_hash: str) -> Intake:
    try:
        size = item.path.stat().st_size
        original = item.path.read_bytes() if size <= MAX_FILE_BYTES else b""
    except OSError as error:
        return _refused(SourceFile(name=item.name, sha256="", size=0), b"", _unreadable(error))
    sha256 = hashlib.sha256(original).hexdigest() if len(original) == size else ""
    file = SourceFile(name=item.name, sha256=sha256, size=size)
    try:
        if item.refusal:
            raise item.refusal
        book = raw_workbook(sandbox.read(item.path))
    except Refused as refusal:
        return _refused(file, original, refusal)
    response, problems = map_response(book, questionnaires, content_hash, file)
    return Intake(file=file, response=response, problems=problems, original=original)


def _unreadable(error: OSError) -> Refused:
    return Refused(f"The file could not be opened ({error.strerror or error}).", "Check that it is still there.")


def _refused(file: SourceFile, original: bytes, refusal: Refused) -> Intake:
    problem = Problem(severity="error", message=refusal.message, remedy=refusal.remedy)
    return Intake(file=file, response=None, problems=(problem,), original=original)
