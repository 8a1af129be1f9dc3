"""Files that were handed in -> one Intake each, read in parallel in reading processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from ii_vendor.intake.handed_in import Item, items_of, taken
from ii_vendor.intake.mapping import map_response
from ii_vendor.intake.private import private_folder
from ii_vendor.intake.raw import raw_workbook
from ii_vendor.intake.refused import Refused
from ii_vendor.intake.sandbox import Sandbox
from ii_vendor.model.intake import Intake
from ii_vendor.model.questionnaire import Questionnaire
from ii_vendor.model.response import Problem, SourceFile

Progress = Callable[[int, int, str], None]


def read_responses(
    paths: Iterable[Path],
    questionnaires: Sequence[Questionnaire],
    content_hash: str,
    *,
    progress: Progress | None = None,
    workers: int = 2,
) -> list[Intake]:
    """Read filled response workbooks, and zips of them, in the order given.

    A zip gives one Intake for each workbook in it. What else it holds is a note on the first of them; a file from a zip
    that is refused is called ``bids.zip: halden.xlsx``.

    ``progress`` is called in this thread with the number done, the total, and the name of the file just read. Whatever
    is wrong with a file becomes problems of its Intake. Nothing is kept on disk.
    """
    with private_folder() as private, Sandbox(workers) as sandbox:
        items = [item for path in paths for item in items_of(sandbox, Path(path), private)]
        intakes: dict[int, Intake] = {}
        with ThreadPoolExecutor(max_workers=max(workers, 1)) as pool:
            jobs = {
                pool.submit(_read, sandbox, item, questionnaires, content_hash): at for at, item in enumerate(items)
            }
            for job in as_completed(jobs):
                intakes[jobs[job]] = job.result()
                if progress:
                    progress(len(intakes), len(items), items[jobs[job]].full_name)
        return [intakes[at] for at in range(len(items))]


def _read(sandbox: Sandbox, item: Item, questionnaires: Sequence[Questionnaire], content_hash: str) -> Intake:
    file, original = SourceFile(name=item.full_name, sha256="", size=0), b""
    try:
        file, original = taken(item)
        if item.refusal:
            raise item.refusal
        book = raw_workbook(sandbox.read(item.path))
    except Refused as refusal:
        problem = Problem(severity="error", message=refusal.message, remedy=refusal.remedy)
        return Intake(file=file, response=None, problems=(problem, *item.notes), original=original)
    accepted = file.model_copy(update={"name": item.name})
    response, problems = map_response(book, questionnaires, content_hash, accepted)
    return Intake(
        file=accepted if response else file, response=response, problems=(*problems, *item.notes), original=original
    )
