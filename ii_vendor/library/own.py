"""Questionnaires of a team's own: found in a folder, checked like all content, and kept apart while unfinished.

In the data folder every file is a team's own. In a content folder those are that have rubrics in a file which names
their questionnaire at its top (``questionnaire: plant_security``). What is wrong with one of them never keeps the rest
of the content from being used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from ii_vendor.model.base import Frozen, Id
from ii_vendor.model.own import OwnQuestionnaire, RubricDraft
from ii_vendor.model.questionnaire import Questionnaire
from ii_vendor.model.rubric import Rubric
from ii_vendor.yamlfile import Document, Mistake, parse_yaml

T = TypeVar("T", bound=BaseModel)
QUESTIONNAIRES, RUBRICS = "questionnaires", "scoring/rubrics"

_NAMED = re.compile(rb"^questionnaire:[ \t]*['\"]?([\w.-]+)", re.M)
_ID = re.compile(rb"^id:[ \t]*['\"]?([\w.-]+)", re.M)


class OwnRubricFile(Frozen):
    """A file of rubrics that may be unfinished. ``questionnaire`` is the id of the one that they belong to."""

    questionnaire: Id | None = None
    rubrics: tuple[RubricDraft, ...]


@dataclass(frozen=True)
class OwnFile:
    """A file as it was read. ``document`` has its values with their lines."""

    path: Path
    document: Document


@dataclass(frozen=True)
class Files:
    """The files of a folder with ``instead``: what is to be written, to be checked before it is."""

    folder: Path
    instead: Mapping[Path, bytes] = field(default_factory=dict)

    def of(self, part: str, ending: str = ".yaml") -> list[Path]:
        """Files of a part of the folder, in the order of their names."""
        there = {*(self.folder / part).glob(f"*{ending}"), *self.instead}
        return sorted(path for path in there if path.parent == self.folder / part and path.suffix == ending)

    def body(self, path: Path) -> bytes:
        """What stands in a file, or is to stand in it."""
        return self.instead[path] if path in self.instead else path.read_bytes()


@dataclass(frozen=True)
class OwnShelf:
    """The questionnaires of a team's own in ``folder``, by id, and what is wrong with their files.

    ``files`` gives, for each questionnaire, the file with its questions and then those with its rubrics.
    """

    folder: Path = Path()
    questionnaires: Mapping[str, OwnQuestionnaire] = field(default_factory=dict)
    files: Mapping[str, tuple[OwnFile, ...]] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True)
class Taken:
    """Ids that other content uses: those of questionnaires, of red flags, and of sections and questions."""

    questionnaires: frozenset[str]
    flags: frozenset[str]
    asked: Mapping[str, str]
    """By the folded id of a section or question, the title of its questionnaire."""

    @classmethod
    def by(cls, questionnaires: Mapping[str, Questionnaire], rubrics: Mapping[str, Rubric]) -> Taken:
        """What this content uses."""
        return cls(
            questionnaires=frozenset(name.casefold() for name in questionnaires),
            flags=frozenset(rule.id for rubric in rubrics.values() for rule in rubric.red_flags),
            asked={name.casefold(): each.title for each in questionnaires.values() for name in _asked(each)},
        )


def own_paths(files: Files) -> frozenset[Path]:
    """Files in a content folder that are a team's own."""
    rubrics = {path: name for path in files.of(RUBRICS) if (name := _peek(files, path, _NAMED))}
    named = set(rubrics.values())
    if not named:
        return frozenset()
    return frozenset((*rubrics, *(path for path in files.of(QUESTIONNAIRES) if _peek(files, path, _ID) in named)))


def own_stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Changes whenever a file of the folder does that may be a team's own."""
    paths = (path for part in (QUESTIONNAIRES, RUBRICS) for path in sorted((folder / part).glob("*.y*ml")))
    return tuple((str(path), *_stamp(path)) for path in paths)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        # It was taken away this very moment, or may not be looked at.
        return 0, 0
    return found.st_mtime_ns, found.st_size


def read_own(files: Files, taken: Taken, *, whole: bool) -> OwnShelf:
    """What a team has of its own in a folder. ``whole``: every file there is its own."""
    return _Reader(files, taken, whole).read()


def _peek(files: Files, path: Path, key: re.Pattern[bytes]) -> str:
    try:
        found = key.search(files.body(path))
    except OSError:
        # Whoever reads the file next says why it cannot be.
        return ""
    return found[1].decode() if found else ""


def _asked(questionnaire: Questionnaire) -> Iterator[str]:
    for section in questionnaire.sections:
        yield section.id
        yield from (question.id for question in section.questions if question.id != section.id)


class _Reader:
    def __init__(self, files: Files, taken: Taken, whole: bool) -> None:
        self.files = files
        self.taken = taken
        self.whole = whole
        self.chosen = None if whole else own_paths(files)
        self.mistakes: list[Mistake] = []
        self.unread = False

    def read(self) -> OwnShelf:
        questionnaires, asked_in = self._questionnaires()
        self.unread = bool(self.mistakes)
        by_question = {question.id: name for name, each in questionnaires.items() for question in each.questions()}
        drafts: dict[str, dict[str, RubricDraft]] = {name: {} for name in questionnaires}
        files: dict[str, list[OwnFile]] = {name: [asked_in[name]] for name in questionnaires}
        flags = set(self.taken.flags)
        for file in self._files(RUBRICS):
            named, rubrics = self._rubrics(file.document)
            names = {by_question[each.question] for _, each in rubrics if each.question in by_question}
            for name in names | ({named} & set(files)):
                files[name].append(file)
            for index, draft in rubrics:
                if self._fits(draft, file.document, index, by_question, drafts, flags):
                    drafts[by_question[draft.question]][draft.question] = draft
        own = {
            name: OwnQuestionnaire(questionnaire=questionnaire, rubrics=drafts[name])
            for name, questionnaire in questionnaires.items()
        }
        read = {name: tuple(each) for name, each in files.items()}
        return OwnShelf(self.files.folder, own, read, tuple(self.mistakes))

    def _questionnaires(self) -> tuple[dict[str, Questionnaire], dict[str, OwnFile]]:
        found: dict[str, Questionnaire] = {}
        files: dict[str, OwnFile] = {}
        seen = dict(self.taken.asked)
        for file in self._files(QUESTIONNAIRES):
            parsed = self._parse(Questionnaire, file.document)
            if parsed is None or self._collides(parsed, file.document, seen, found):
                continue
            found[parsed.id], files[parsed.id] = parsed, file
            seen |= {name.casefold(): parsed.title for name in _asked(parsed)}
        return found, files

    def _collides(
        self, one: Questionnaire, document: Document, seen: Mapping[str, str], found: Mapping[str, Questionnaire]
    ) -> bool:
        """Whether an id of it stands twice, or is used by other content, which is told."""
        before = len(self.mistakes)
        if one.id.casefold() in self.taken.questionnaires or one.id in found:
            self.mistakes.append(document.mistake(("id",), f"the id '{one.id}' is taken", "Give it another id."))
        inside: set[str] = set()
        for s, section in enumerate(one.sections):
            at: tuple[str | int, ...] = ("sections", s)
            self._claim(section.id, document, (*at, "id"), seen, inside)
            for q, question in enumerate(section.questions):
                if question.id != section.id:
                    self._claim(question.id, document, (*at, "questions", q, "id"), seen, inside)
        return len(self.mistakes) > before

    def _claim(
        self, name: str, document: Document, at: tuple[str | int, ...], seen: Mapping[str, str], inside: set[str]
    ) -> None:
        folded = name.casefold()
        where = "here" if folded in inside else f"in “{seen[folded]}”" if folded in seen else ""
        if where:
            said = f"the id '{name}' is used {where} already"
            self.mistakes.append(document.mistake(at, said, "Give it an id of its own."))
        inside.add(folded)

    def _rubrics(self, document: Document) -> tuple[str, list[tuple[int, RubricDraft]]]:
        """The questionnaire that a file names, and its rubrics with their positions: a mistake in one of them does not
        take the others away."""
        value = document.value
        wrong: set[int] = set()
        try:
            parsed = OwnRubricFile.model_validate(value)
        except ValidationError as error:
            self.mistakes += document.explain(error)
            places = [each["loc"] for each in error.errors()]
            wrong = {int(place[1]) for place in places if place[:1] == ("rubrics",) and len(place) > 1}
            if len({place[:2] for place in places}) > len(wrong):
                return "", []
            kept = [each for index, each in enumerate(value["rubrics"]) if index not in wrong]
            parsed = OwnRubricFile.model_validate(value | {"rubrics": kept})
        positions = (index for index in range(len(parsed.rubrics) + len(wrong)) if index not in wrong)
        return parsed.questionnaire or "", list(zip(positions, parsed.rubrics, strict=True))

    def _fits(
        self,
        draft: RubricDraft,
        document: Document,
        index: int,
        by_question: Mapping[str, str],
        drafts: Mapping[str, Mapping[str, RubricDraft]],
        flags: set[str],
    ) -> bool:
        at, before = ("rubrics", index), len(self.mistakes)
        if draft.question not in by_question and self.unread:
            # It may well belong to one that has a mistake, which is told.
            return False
        if draft.question not in by_question:
            said = f"none of your own questionnaires asks {draft.question}"
            self.mistakes.append(document.mistake((*at, "question"), said, "Correct the id, or remove the rubric."))
        elif draft.question in drafts[by_question[draft.question]]:
            said = f"{draft.question} has a rubric already"
            self.mistakes.append(document.mistake((*at, "question"), said, "Keep one rubric a question."))
        for number, flag in enumerate(draft.red_flags):
            if flag.id in flags:
                where = (*at, "red_flags", number, "id")
                said = f"the id '{flag.id}' is taken"
                self.mistakes.append(document.mistake(where, said, "Give each red flag its own id."))
            flags.add(flag.id)
        return len(self.mistakes) == before

    def _files(self, part: str) -> Iterator[OwnFile]:
        folder = self.files.folder
        for path in self.files.of(part, ".yml") if self.whole else ():
            said, remedy = "only .yaml files are read", f"Rename it to {path.stem}.yaml."
            self.mistakes.append(Mistake(str(path), 0, "", said, remedy))
        for path in self.files.of(part):
            if self.chosen is not None and path not in self.chosen:
                continue
            name = str(path) if self.whole else path.relative_to(folder).as_posix()
            try:
                document = parse_yaml(self.files.body(path), name)
            except OSError as error:
                said = f"the file cannot be read: {error.strerror or error}"
                self.mistakes.append(Mistake(name, 0, "", said, "Check who may read it."))
                continue
            self.mistakes += document.mistakes
            if not document.mistakes:
                yield OwnFile(path, document)

    def _parse(self, kind: type[T], document: Document) -> T | None:
        try:
            return kind.model_validate(document.value)
        except ValidationError as error:
            self.mistakes += document.explain(error)
            return None
