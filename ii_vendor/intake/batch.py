"""Files that were handed in -> one Intake each, read in parallel in reading processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from pydantic import Field, InstanceOf

from ii_vendor.intake.foreign.draft import Known, MappingDraft, begin
from ii_vendor.intake.handed_in import Item, items_of, taken
from ii_vendor.intake.private import private_folder
from ii_vendor.intake.raw import RawWorkbook, raw_workbook
from ii_vendor.intake.refused import Refused
from ii_vendor.intake.returned.response import is_ours, map_response
from ii_vendor.intake.sandbox import Sandbox
from ii_vendor.intake.sheet_by_sheet import joined
from ii_vendor.model.intake import Intake
from ii_vendor.model.questionnaire import Questionnaire
from ii_vendor.model.response import Problem, SourceFile

Progress = Callable[[int, int, str], None]

_NOTHING_KNOWN = Known()
_TO_BE_MAPPED = (
    "Drop the file on the page Responses and say there which of our questions it answers. "
    "The next workbook like it then needs no more of that."
)


class ForeignIntake(Intake):
    """A workbook in another layout. It has a response where everything in it was confirmed for an earlier workbook.

    ``notes`` are what is to know about the zip that it came in.
    """

    draft: InstanceOf[MappingDraft] = Field(repr=False)
    notes: tuple[Problem, ...] = ()


def read_responses(
    paths: Iterable[Path],
    questionnaires: Sequence[Questionnaire],
    content_hash: str,
    *,
    known: Known = _NOTHING_KNOWN,
    progress: Progress | None = None,
    workers: int = 2,
) -> list[Intake]:
    """Read filled workbooks, and zips of them, in the order given.

    A zip gives one Intake for each workbook in it, and one for the whole zip where it holds a .csv file for each sheet
    of a response workbook. What else it holds is a note on the first of them; a file from a zip that is refused is
    called ``bids.zip: halden.xlsx``. A workbook in another layout than ours gives a ForeignIntake,
    which is mapped by what is ``known``.

    ``progress`` is called in this thread with the number done, the total, and the name of the file just read. Whatever
    is wrong with a file becomes problems of its Intake. Nothing is kept on disk.
    """
    with private_folder() as private, Sandbox(workers) as sandbox:
        found = [(Path(path), items_of(sandbox, Path(path), private)) for path in paths]
        items = [item for path, parts in found for item in joined(sandbox, path, parts, questionnaires)]
        intakes: dict[int, Intake] = {}
        with ThreadPoolExecutor(max_workers=max(workers, 1)) as pool:
            jobs = {
                pool.submit(_read, sandbox, item, questionnaires, content_hash, known): at
                for at, item in enumerate(items)
            }
            for job in as_completed(jobs):
                intakes[jobs[job]] = job.result()
                if progress:
                    progress(len(intakes), len(items), items[jobs[job]].full_name)
        return [intakes[at] for at in range(len(items))]


def _read(
    sandbox: Sandbox, item: Item, questionnaires: Sequence[Questionnaire], content_hash: str, known: Known
) -> Intake:
    file, original = SourceFile(name=item.full_name, sha256="", size=0), b""
    try:
        file, original = taken(item)
        if item.refusal:
            raise item.refusal
        book = item.book or raw_workbook(sandbox.read(item.path))
    except Refused as refusal:
        problem = Problem(severity="error", message=refusal.message, remedy=refusal.remedy)
        return Intake(file=file, response=None, problems=(problem, *item.notes), original=original)
    accepted = file.model_copy(update={"name": item.name})
    if not is_ours(book, questionnaires):
        return _foreign(book, questionnaires, accepted, known, item, original)
    response, problems = map_response(book, questionnaires, content_hash, accepted)
    return Intake(
        file=accepted if response else file, response=response, problems=(*problems, *item.notes), original=original
    )


def _foreign(
    book: RawWorkbook,
    questionnaires: Sequence[Questionnaire],
    file: SourceFile,
    known: Known,
    item: Item,
    original: bytes,
) -> ForeignIntake:
    return _as_drafted(begin(book, file, questionnaires, known), original, item.notes)


def mapped_anew(intake: Intake, known: Known) -> Intake:
    """A workbook in another layout that waits to be mapped, by what is known now; any other as it is."""
    if not isinstance(intake, ForeignIntake) or intake.response is not None:
        return intake
    before = intake.draft
    drafted = begin(before.book, before.file, before.questionnaires, known)
    return _as_drafted(drafted, intake.original, intake.notes)


def _as_drafted(draft: MappingDraft, original: bytes, notes: tuple[Problem, ...]) -> ForeignIntake:
    response = draft.response("") if draft.settled else None
    to_do = Problem(severity="error", message=draft.summary, remedy=_TO_BE_MAPPED)
    problems = response.problems if response else (to_do, *draft.layout.problems)
    return ForeignIntake(
        file=draft.file,
        response=response,
        problems=(*problems, *notes),
        original=original,
        draft=draft,
        notes=notes,
    )
