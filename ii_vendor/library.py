"""Loads questionnaires/ and scoring/, checks every line of them, and freezes a selection under one hash."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from ii_vendor.errors import UserError
from ii_vendor.model.base import Frozen, Words
from ii_vendor.model.content import Content
from ii_vendor.model.questionnaire import Questionnaire
from ii_vendor.model.rubric import Profile, Rubric
from ii_vendor.model.signal import Lexicon, Signal, SignalSet, concepts_in
from ii_vendor.yamlfile import Document, Mistake, read_yaml

DEFAULT_PROFILE = "balanced"
T = TypeVar("T", bound=BaseModel)


class ContentError(UserError):
    """The content has mistakes. ``mistakes`` names each with its file, line, key and remedy."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


class RubricFile(Frozen):
    """A file of scoring/rubrics. ``reading`` holds rules for reading any answer."""

    reading: tuple[Words, ...] = ()
    rubrics: tuple[Rubric, ...]


class SignalFile(Frozen):
    """A file of scoring/signals."""

    signals: tuple[Signal, ...]


def shipped_folder() -> Path:
    """Where the content lies that came with this installation: the checkout, or the data of the installed package."""
    for root in (Path(__file__).resolve().parent.parent, Path(sys.prefix) / "share" / "ii-vendor"):
        if (root / "questionnaires").is_dir():
            return root
    raise ContentError([Mistake(sys.prefix, 0, "", "no questionnaires/ found", "Install ii-vendor again.")])


@dataclass(frozen=True)
class Library:
    """Everything that can be chosen for an evaluation, checked."""

    folder: Path
    questionnaires: Mapping[str, Questionnaire]
    rubrics: Mapping[str, Rubric]
    reading: tuple[str, ...]
    profiles: Mapping[str, Profile]
    signals: SignalSet

    @cached_property
    def default_questionnaires(self) -> tuple[str, ...]:
        """Ids of all questionnaires, those with critical questions first."""
        critical = {key: any(q.critical for q in value.questions()) for key, value in self.questionnaires.items()}
        order = {"six_questions": 0, "lock_in": 1, "agreements": 2, "resilience": 3}
        return tuple(sorted(self.questionnaires, key=lambda key: (not critical[key], order.get(key, 9), key)))

    def content(self, questionnaires: Iterable[str] = (), profile: str = DEFAULT_PROFILE) -> Content:
        """The chosen questionnaires (all when none is named) with their rubrics and signals, under one profile.

        Raises ContentError when a name is not in the library.
        """
        names = list(dict.fromkeys(questionnaires)) or list(self.default_questionnaires)
        chosen = tuple(self._pick(self.questionnaires, name, "questionnaire") for name in names)
        asked = [question.id for questionnaire in chosen for question in questionnaire.questions()]
        return Content(
            questionnaires=chosen,
            rubrics=tuple(self.rubrics[question] for question in asked),
            reading=self.reading,
            signals=self.signals,
            profile=self._pick(self.profiles, profile, "profile"),
        )

    def _pick(self, among: Mapping[str, T], name: str, what: str) -> T:
        if name not in among:
            known = ", ".join(sorted(among))
            raise ContentError(
                [Mistake(str(self.folder), 0, name, f"there is no such {what}", f"Use one of: {known}.")]
            )
        return among[name]


def load_library(folder: Path | None = None) -> Library:
    """Load and check the content in ``folder`` (the shipped one by default).

    Raises ContentError with every mistake found, each with file, line, key and remedy.
    """
    root = folder or shipped_folder()
    loader = _Loader(root)
    library = loader.load()
    if loader.mistakes:
        raise ContentError(loader.mistakes)
    return library


class _Loader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.mistakes: list[Mistake] = []
        self.reading: list[str] = []
        self.places: dict[tuple[str, str], tuple[Document, tuple[str | int, ...]]] = {}

    def load(self) -> Library:
        questionnaires = self._by_id("questionnaires", Questionnaire)
        profiles = self._by_id("scoring/profiles", Profile)
        rubrics = self._rubrics()
        signals = self._signals()
        self._check_questions(questionnaires)
        self._check_rubrics(questionnaires, rubrics)
        self._check_signals(signals, rubrics)
        self._check_profiles(questionnaires, profiles)
        if DEFAULT_PROFILE not in profiles and not self.mistakes:
            self._say(
                "scoring/profiles", f"there is no profile '{DEFAULT_PROFILE}'", "Add scoring/profiles/balanced.yaml."
            )
        return Library(self.root, questionnaires, rubrics, tuple(self.reading), profiles, signals)

    def _files(self, folder: str) -> Iterator[Document]:
        for path in sorted((self.root / folder).glob("*.yml")):
            self._say(f"{folder}/{path.name}", "only .yaml files are read", f"Rename it to {path.stem}.yaml.")
        paths = sorted((self.root / folder).glob("*.yaml"))
        if not paths:
            self._say(
                folder, "no .yaml file in this folder", "Point --content at a folder with questionnaires/ and scoring/."
            )
        for path in paths:
            document = read_yaml(path, path.relative_to(self.root).as_posix())
            self.mistakes += document.mistakes
            if not document.mistakes:
                yield document

    def _parse(self, kind: type[T], document: Document) -> T | None:
        try:
            return kind.model_validate(document.value)
        except ValidationError as error:
            self.mistakes += document.explain(error)
            return None

    def _by_id(self, folder: str, kind: type[T]) -> dict[str, T]:
        found: dict[str, T] = {}
        for document in self._files(folder):
            parsed = self._parse(kind, document)
            if parsed is None:
                continue
            name = str(getattr(parsed, "id"))  # noqa: B009 - T is any of our types with an id
            if name in found:
                self.mistakes.append(
                    document.mistake(("id",), f"the id '{name}' is taken", "Give each file its own id.")
                )
            found[name] = parsed
            self.places[folder, name] = (document, ())
        return found

    def _rubrics(self) -> dict[str, Rubric]:
        found: dict[str, Rubric] = {}
        for document in self._files("scoring/rubrics"):
            parsed = self._parse(RubricFile, document)
            self.reading += parsed.reading if parsed else ()
            for index, rubric in enumerate(parsed.rubrics if parsed else ()):
                at = ("rubrics", index)
                if rubric.question in found:
                    self.mistakes.append(
                        document.mistake(
                            (*at, "question"), f"{rubric.question} has a rubric already", "Keep one rubric a question."
                        )
                    )
                found[rubric.question] = rubric
                self.places["rubric", rubric.question] = (document, at)
        return found

    def _signals(self) -> SignalSet:
        lexicon, signals = Lexicon(), list[Signal]()
        for document in self._files("scoring/signals"):
            if document.name.endswith("lexicon.yaml"):
                lexicon = self._parse(Lexicon, document) or lexicon
                continue
            parsed = self._parse(SignalFile, document)
            for index, signal in enumerate(parsed.signals if parsed else ()):
                if ("signal", signal.id) in self.places:
                    self.mistakes.append(
                        document.mistake(
                            ("signals", index, "id"), f"the id '{signal.id}' is taken", "Give each signal its own id."
                        )
                    )
                self.places["signal", signal.id] = (document, ("signals", index))
                signals.append(signal)
        self._check_concepts(lexicon, signals)
        if self.mistakes:
            return SignalSet()
        return SignalSet(lexicon=lexicon, signals=tuple(signals))

    def _check_concepts(self, lexicon: Lexicon, signals: Sequence[Signal]) -> None:
        for signal in signals:
            document, at = self.places["signal", signal.id]
            for index, pattern in enumerate(signal.patterns):
                for name in concepts_in(pattern):
                    if name not in lexicon.concepts:
                        message = f"this uses the concept {{{name}}}, which the lexicon does not have"
                        remedy = "Correct its spelling, or add it to lexicon.yaml."
                        self.mistakes.append(document.mistake((*at, "patterns", index), message, remedy))

    def _check_questions(self, questionnaires: Mapping[str, Questionnaire]) -> None:
        seen: dict[str, str] = {}
        for name, questionnaire in questionnaires.items():
            document, _ = self.places["questionnaires", name]
            for s, section in enumerate(questionnaire.sections):
                self._claim(seen, section.id, document, ("sections", s, "id"))
                for q, question in enumerate(section.questions):
                    if question.id != section.id:
                        self._claim(seen, question.id, document, ("sections", s, "questions", q, "id"))

    def _claim(self, seen: dict[str, str], name: str, document: Document, at: tuple[str | int, ...]) -> None:
        folded = name.casefold()
        if folded in seen:
            self.mistakes.append(
                document.mistake(at, f"the id '{name}' is used in {seen[folded]} too", "Give each its own id.")
            )
        seen.setdefault(folded, document.name)

    def _check_rubrics(self, questionnaires: Mapping[str, Questionnaire], rubrics: Mapping[str, Rubric]) -> None:
        asked = {question.id: name for name, value in questionnaires.items() for question in value.questions()}
        for question, name in asked.items():
            if question not in rubrics and not self.mistakes:
                document, _ = self.places["questionnaires", name]
                remedy = "Add one to scoring/rubrics/."
                self.mistakes.append(document.mistake((), f"question {question} has no rubric", remedy))
        flags: set[str] = set()
        for question, rubric in rubrics.items():
            document, at = self.places["rubric", question]
            if question not in asked and not self.mistakes:
                remedy = "Correct the id, or remove the rubric."
                self.mistakes.append(document.mistake((*at, "question"), f"nobody asks {question}", remedy))
            for index, rule in enumerate(rubric.red_flags):
                if rule.id in flags:
                    remedy = "Give each red flag its own id."
                    where = (*at, "red_flags", index, "id")
                    self.mistakes.append(document.mistake(where, f"the id '{rule.id}' is taken", remedy))
                flags.add(rule.id)

    def _check_signals(self, signals: SignalSet, rubrics: Mapping[str, Rubric]) -> None:
        if self.mistakes:
            return
        for signal in signals.signals:
            document, at = self.places["signal", signal.id]
            for question, flag in signal.flags.items():
                known = [rule.id for rule in rubrics[question].red_flags] if question in rubrics else []
                if flag not in known:
                    remedy = f"Use one of: {', '.join(known)}." if known else "Correct the question's id."
                    message = f"{question} has no red flag '{flag}'"
                    self.mistakes.append(document.mistake((*at, "flags", question), message, remedy))

    def _check_profiles(self, questionnaires: Mapping[str, Questionnaire], profiles: Mapping[str, Profile]) -> None:
        if self.mistakes:
            return
        sections = {section.id for value in questionnaires.values() for section in value.sections}
        questions = {question.id for value in questionnaires.values() for question in value.questions()}
        for name, profile in profiles.items():
            document, _ = self.places["scoring/profiles", name]
            named = (
                (("section_weights",), profile.section_weights, sections, "section"),
                (("question_weights",), profile.question_weights, questions, "question"),
                (("minimums", "sections"), profile.minimums.sections, sections, "section"),
            )
            for at, weights, known, what in named:
                for key in weights:
                    if key not in known:
                        remedy = f"Use one of: {', '.join(sorted(known))}."
                        self.mistakes.append(document.mistake((*at, key), f"there is no {what} '{key}'", remedy))
            for section in sorted(sections - set(profile.section_weights)):
                remedy = f"Add '{section}: 0' if it should not count."
                self.mistakes.append(
                    document.mistake(("section_weights",), f"section '{section}' has no weight", remedy)
                )
            if not any(profile.section_weights.values()):
                self.mistakes.append(
                    document.mistake(("section_weights",), "every weight is 0", "Give one section a weight above 0.")
                )

    def _say(self, place: str, what: str, remedy: str) -> None:
        self.mistakes.append(Mistake(place, 0, "", what, remedy))


def check_signals(library: Library) -> list[str]:
    """Run every signal's own test sentences; one message for each that does not hold."""
    from ii_vendor.detect import check

    return check(library.signals, {q: {rule.id for rule in r.red_flags} for q, r in library.rubrics.items()})


__all__ = ["ContentError", "Library", "Mistake", "check_signals", "load_library", "shipped_folder"]
