"""Keeps a team's own questionnaires as files: new ones, one question changed, whole files brought back, and set aside.

Nothing is written that the checks of the content refuse, and no file is written over unasked.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from threading import Lock

from pydantic import ValidationError

from ii_vendor.errors import UserError
from ii_vendor.library.own import QUESTIONNAIRES, RUBRICS, OwnFile
from ii_vendor.library.own_text import (
    own_texts,
    question_entry,
    rubric_entry,
    rubric_item,
    rubrics_text,
    with_entry,
)
from ii_vendor.library.shelf import ContentError, Library
from ii_vendor.model.own import OwnQuestionnaire, RubricDraft
from ii_vendor.model.questionnaire import Question, Questionnaire
from ii_vendor.yamlfile import Document, Mistake, parse_yaml

ASIDE = ".removed"
"""Follows the name of a file that was set aside: the content no longer reads it, and nothing is lost."""

_ODD = re.compile(r"[^\w.-]")
_writing = Lock()


class ChangedMeanwhile(UserError):
    """Somebody else has changed the same question since it was looked at."""


def keep_new(shelf: Library, own: OwnQuestionnaire, notes: Sequence[str] = ()) -> tuple[Path, Path]:
    """Write a new questionnaire into the folder of the shelf's own ones: the file of its questions, and of its rubrics.

    Raises ContentError where an id is taken, UserError where a file of that name is there already.
    """
    with _writing:
        texts = {shelf.own.folder / part: text for part, text in own_texts(own, notes).items()}
        for path in texts:
            if path.exists():
                raise UserError(f"There is a file {path} already. Give the questionnaire another id.")
        _checked(shelf, texts)
        _write(texts)
        questions, rubrics = texts
        return questions, rubrics


def keep_question(
    shelf: Library, own_id: str, question: Question, rubric: RubricDraft, *, seen: tuple[Question, RubricDraft]
) -> None:
    """Write one question and its rubric over what its files say of it; whatever else stands in them stays.

    ``seen`` is what the person looked at: raises ChangedMeanwhile where somebody else changed it since. Raises
    ContentError with what is wrong, and UserError where the file is laid out in a way that this cannot change.
    """
    with _writing:
        now = shelf.with_own(shelf.own.folder)
        own = now.own.questionnaires.get(own_id)
        if own is None or question.id not in own.questions:
            raise ChangedMeanwhile("This question is no longer there. Load the page again.")
        before = own.questions[question.id], own.rubric(question.id)
        if before != seen and before != (question, rubric):
            raise ChangedMeanwhile(
                f"Not saved yet: somebody else has changed {question.id} meanwhile: "
                f"{', '.join(_different(seen, before))}. What you typed is still here. "
                "Save again to write it over theirs, or load the page again to see theirs."
            )
        asked, *judged = now.own.files[own_id]
        texts: dict[Path, str] = {}
        if question != before[0]:
            texts[asked.path] = _changed(
                asked, _place_of_question(asked.document, question.id), question_entry(question)
            )
        if rubric != before[1]:
            texts |= _with_rubric(now, own_id, judged, rubric)
        after = _checked(now, texts)
        if after.own.questionnaires != {**now.own.questionnaires, own_id: _with_question(own, question, rubric)}:
            raise UserError(
                f"The files of this questionnaire are laid out so that only a person can change {question.id} in them. "
                f"Edit it in {', '.join(str(file.path) for file in now.own.files[own_id])}."
            )
        _write(texts)


def bring_back(shelf: Library, files: Mapping[str, bytes], *, over: bool = False) -> list[Path]:
    """Take in files of questions and of rubrics, by their names, as they were downloaded or written by hand.

    Gives the files that say something else about the same questionnaires. Where there are any, nothing is written but
    with ``over``, and then they are set aside. Raises ContentError with every mistake.
    """
    with _writing:
        now = shelf.with_own(shelf.own.folder)
        texts, names = _targets(now, files)
        try:
            _checked(now, texts)
        except ContentError as error:
            # Whoever brings a file looks for its mistakes in that one, and not where it would be kept.
            told = [replace(each, file=names.get(now.own.folder / each.file, each.file)) for each in error.mistakes]
            raise ContentError(told) from error
        different = [path for path, text in texts.items() if path.exists() and path.read_bytes() != text.encode()]
        if over or not different:
            for path in different:
                _set_aside(path)
            _write(texts)
        return different


def set_aside(shelf: Library, own_id: str) -> list[Path]:
    """Take a questionnaire out of the content: its files get the ending ``.removed``. Gives their new paths."""
    with _writing:
        now = shelf.with_own(shelf.own.folder)
        others = {file.path for name, files in now.own.files.items() if name != own_id for file in files}
        return [_set_aside(file.path) for file in now.own.files.get(own_id, ()) if file.path not in others]


def _targets(now: Library, files: Mapping[str, bytes]) -> tuple[dict[Path, str], dict[Path, str]]:
    """Where each file belongs, with an empty file of rubrics for a new questionnaire that came without; and, by
    the same paths, what those that came are called."""
    wrong: list[Mistake] = []
    texts: dict[Path, str] = {}
    names: dict[Path, str] = {}
    alone: dict[str, Document] = {}
    judged = {own_id for own_id, known in now.own.files.items() if len(known) > 1}
    for name, body in files.items():
        document = parse_yaml(body, name)
        path = None if document.mistakes else _target(now, document)
        wrong += [*document.mistakes, *([path] if isinstance(path, Mistake) else [])]
        if isinstance(path, Path):
            texts[path], names[path] = body.decode("utf-8"), name
            if "sections" in document.value:
                alone[str(document.value["id"])] = document
            else:
                judged.add(str(document.value["questionnaire"]))
    if wrong:
        raise ContentError(wrong)
    for own_id, document in alone.items():
        if own_id not in judged:
            texts[_path(now, RUBRICS, own_id)] = rubrics_text(_as_questionnaire(document))
    return texts, names


def _as_questionnaire(document: Document) -> OwnQuestionnaire:
    try:
        return OwnQuestionnaire(questionnaire=Questionnaire.model_validate(document.value))
    except ValidationError as error:
        raise ContentError(document.explain(error)) from error


def _target(now: Library, document: Document) -> Path | Mistake:
    keys = document.value if isinstance(document.value, dict) else {}
    own_id = str(keys.get("id" if "sections" in keys else "questionnaire") or "")
    known = [file.path for file in now.own.files.get(own_id, ())]
    if own_id.casefold() in now.taken_by_others.questionnaires:
        return document.mistake((), f"'{own_id}' is not one of your own", "Give yours another id.")
    if "sections" in keys and own_id:
        return known[0] if known else _path(now, QUESTIONNAIRES, own_id)
    if "rubrics" in keys and own_id:
        return known[1] if len(known) == 2 else _path(now, RUBRICS, own_id)
    said = "this is neither a file of questions nor one of rubrics"
    return document.mistake((), said, "Begin it with 'id:' and 'sections:', or with 'questionnaire:' and 'rubrics:'.")


def _path(now: Library, part: str, own_id: str) -> Path:
    return now.own.folder / part / f"{_ODD.sub('_', own_id)}.yaml"


def _with_question(own: OwnQuestionnaire, question: Question, rubric: RubricDraft) -> OwnQuestionnaire:
    sections = tuple(
        section.model_copy(
            update={"questions": tuple(question if each.id == question.id else each for each in section.questions)}
        )
        for section in own.questionnaire.sections
    )
    asked = own.questionnaire.model_copy(update={"sections": sections})
    if own.rubric(rubric.question) == rubric:
        return own.model_copy(update={"questionnaire": asked})
    return OwnQuestionnaire(questionnaire=asked, rubrics={**own.rubrics, rubric.question: rubric})


def _different(seen: tuple[Question, RubricDraft], now: tuple[Question, RubricDraft]) -> list[str]:
    """The keys that say something else now, in words."""
    pairs = zip(seen, now, strict=True)
    keys = (name for old, new in pairs for name in type(old).model_fields if getattr(old, name) != getattr(new, name))
    return [name.replace("_", " ") for name in keys]


def _place_of_question(document: Document, question: str) -> int:
    for s, section in enumerate(document.value["sections"]):
        for q, each in enumerate(section["questions"]):
            if each.get("id") == question:
                return document.lines["sections", s, "questions", q]
    raise AssertionError(f"{question} was read from this file")


def _with_rubric(now: Library, own_id: str, judged: Sequence[OwnFile], rubric: RubricDraft) -> dict[Path, str]:
    """The file that has the rubric, with the new one in its place; at the end of a file where none has it."""
    for file in judged:
        for index, each in enumerate(file.document.value["rubrics"]):
            if isinstance(each, dict) and each.get("question") == rubric.question:
                return {file.path: _changed(file, file.document.lines["rubrics", index], rubric_entry(rubric))}
    if judged:
        text = judged[-1].path.read_text("utf-8")
        return {judged[-1].path: f"{text.rstrip()}\n\n{rubric_item(rubric)}"}
    path = _path(now, RUBRICS, own_id)
    if path.exists():
        raise UserError(f"There are mistakes in {path}, so nothing is written into it. Mend them first.")
    own = now.own.questionnaires[own_id]
    return {path: rubrics_text(_with_question(own, own.questions[rubric.question], rubric))}


def _changed(file: OwnFile, line: int, entry: str) -> str:
    return with_entry(file.path.read_text("utf-8"), line, entry)


def _checked(now: Library, texts: Mapping[Path, str]) -> Library:
    """What would come of writing the files. Raises ContentError where that brings in a mistake."""
    after = now.with_own(now.own.folder, {path: text.encode() for path, text in texts.items()})
    known = {(mistake.file, mistake.key, mistake.message) for mistake in now.own.mistakes}
    new = [each for each in after.own.mistakes if (each.file, each.key, each.message) not in known]
    if new:
        raise ContentError(new)
    return after


def _write(texts: Mapping[Path, str]) -> None:
    """Write the files, each in one step: nobody ever reads half of one. Where one cannot be written, none is."""
    fresh = {path: path.with_name(f".{path.name}-{os.getpid()}") for path in texts}
    try:
        for path, text in texts.items():
            with _telling(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                fresh[path].write_bytes(text.encode())
        for path in texts:
            with _telling(path):
                fresh[path].replace(path)
    except UserError:
        for each in fresh.values():
            if each.exists():
                each.unlink()
        raise


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(f"Cannot write {path}: {error.strerror or error}. Check the folder's permissions.") from error


def _set_aside(path: Path) -> Path:
    free = next(name for name in _names_aside(path) if not name.exists())
    try:
        return path.rename(free)
    except OSError as error:
        raise UserError(f"Cannot rename {path}: {error.strerror or error}. Check the folder's permissions.") from error


def _names_aside(path: Path) -> Iterable[Path]:
    yield path.with_name(f"{path.name}{ASIDE}")
    for number in count(2):
        yield path.with_name(f"{path.name}{ASIDE}-{number}")
