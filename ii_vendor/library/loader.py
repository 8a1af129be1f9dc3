"""Reads the files of the content and gathers every mistake in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, Field, ValidationError

from ii_vendor.errors import UserError
from ii_vendor.folders import data_path
from ii_vendor.library import checks
from ii_vendor.library.measured import MEASURED, read_measured
from ii_vendor.library.own import QUESTIONNAIRES, RUBRICS, Files, own_paths
from ii_vendor.library.resemblance import RESEMBLANCE, read_resemblance
from ii_vendor.library.shelf import DEFAULT_PROFILE, ContentError, Library, shipped_folder
from ii_vendor.model.base import Frozen, Id, Words
from ii_vendor.model.bid import Bid
from ii_vendor.model.crosswalk import Crosswalk
from ii_vendor.model.questionnaire import Questionnaire
from ii_vendor.model.rubric import Profile, Rubric
from ii_vendor.model.signal import ConceptName, FactWords, Language, Lexicon, Phrase, Signal, SignalSet
from ii_vendor.yamlfile import Document, Mistake, read_yaml

T = TypeVar("T", bound=BaseModel)
BIDS, CROSSWALK, PROFILES = "scoring/bids", "scoring/crosswalk", "scoring/profiles"
SIGNALS, LEXICON = "scoring/signals", "scoring/signals/lexicon"
FACTS = f"{SIGNALS}/facts.yaml"


class RubricFile(Frozen):
    """A file of scoring/rubrics. ``reading`` holds rules for reading any answer."""

    reading: tuple[Words, ...] = ()
    rubrics: tuple[Rubric, ...]


class LexiconFile(Frozen):
    """A file of scoring/signals/lexicon."""

    concepts: dict[ConceptName, tuple[Phrase, ...]] = Field(default_factory=dict)
    language: Language | None = None


class FactFile(Frozen):
    """The file scoring/signals/facts.yaml."""

    facts: dict[Id, FactWords]


class SignalFile(Frozen):
    """A file of scoring/signals."""

    signals: tuple[Signal, ...]


def load_library(folder: Path | None = None) -> Library:
    """Load and check the content in ``folder`` (the shipped one by default), with what a team has of its own.

    That lies in the same folder, or in the data folder beside the shipped content. Raises ContentError with every
    mistake found, each with file, line, key and remedy. Mistakes in a team's own files stand in ``own.mistakes``.
    """
    return load_shared(folder).with_own(own_folder(folder))


def load_shared(folder: Path | None = None) -> Library:
    """The same without what a team has of its own."""
    loader = _Loader(folder or shipped_folder())
    library = loader.load()
    if loader.mistakes:
        raise ContentError(loader.mistakes)
    return library


def own_folder(folder: Path | None = None) -> Path:
    """Where a team's own questionnaires lie: in its content ``folder``, or in the data folder where it has none."""
    return folder or data_path()


def check_signals(library: Library) -> list[str]:
    """Run every signal's own test sentences; one message for each that does not hold."""
    from ii_vendor.detect import check

    return check(library.signals, {q: {rule.id for rule in r.red_flags} for q, r in library.rubrics.items()})


class _Loader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.mistakes: list[Mistake] = []
        self.reading: list[str] = []
        self.places: dict[tuple[str, str], tuple[Document, checks.Where]] = {}
        self.own = own_paths(Files(root))

    def load(self) -> Library:
        questionnaires = self._by_id(QUESTIONNAIRES, Questionnaire)
        profiles = self._by_id(PROFILES, Profile)
        # Content from before there were bids has none, and needs none but for a dry run.
        bids = self._by_id(BIDS, Bid) if (self.root / BIDS).is_dir() else {}
        crosswalks = self._by_id(CROSSWALK, Crosswalk) if (self.root / CROSSWALK).is_dir() else {}
        rubrics = self._rubrics()
        signals = self._with_figures(self._with_layer(self._signals()))
        self._check(questionnaires, rubrics, signals)
        self._check_names(questionnaires, rubrics, profiles, bids)
        self._check_crosswalks(crosswalks, questionnaires)
        return Library(
            self.root,
            questionnaires,
            rubrics,
            tuple(self.reading),
            profiles,
            signals,
            bids,
            crosswalks=tuple(crosswalks.values()),
        )

    def _files(self, folder: str) -> Iterator[Document]:
        for path in sorted((self.root / folder).glob("*.yml")):
            self._say(f"{folder}/{path.name}", "only .yaml files are read", f"Rename it to {path.stem}.yaml.")
        paths = sorted((self.root / folder).glob("*.yaml"))
        if not paths:
            self._say(
                folder, "no .yaml file in this folder", "Point --content at a folder with questionnaires/ and scoring/."
            )
        for path in paths:
            if path in self.own:
                continue
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
        for document in self._files(RUBRICS):
            parsed = self._parse(RubricFile, document)
            self.reading += parsed.reading if parsed else ()
            for index, rubric in enumerate(parsed.rubrics if parsed else ()):
                at = ("rubrics", index)
                if rubric.question in found:
                    message = f"{rubric.question} has a rubric already"
                    self.mistakes.append(document.mistake((*at, "question"), message, "Keep one rubric a question."))
                found[rubric.question] = rubric
                self.places["rubric", rubric.question] = (document, at)
        return found

    def _lexicon(self) -> Lexicon | None:
        """One lexicon from all its files, each concept and the language in one of them; None where there are
        mistakes."""
        before = len(self.mistakes)
        concepts: dict[str, tuple[str, ...]] = {}
        language = Language()
        parts = [(document, self._parse(LexiconFile, document)) for document in self._files(LEXICON)]
        for document, part in parts:
            for name in part.concepts if part else ():
                if name in concepts:
                    message = f"the concept {name} is there already"
                    self.mistakes.append(
                        document.mistake(("concepts", name), message, "Give each concept one place and one name.")
                    )
            concepts.update(part.concepts if part else {})
            language = part.language or language if part else language
        if len(self.mistakes) > before:
            return None
        try:
            return Lexicon(concepts=concepts, language=language)
        except ValidationError as error:
            for each in error.errors():
                self._say(LEXICON, each["msg"].removeprefix("Value error, "), "Correct the concept that it names.")
            return None

    def _signals(self) -> SignalSet:
        lexicon, signals = self._lexicon(), list[Signal]()
        facts: dict[str, FactWords] | None = {}
        for document in self._files(SIGNALS):
            if document.name == FACTS:
                told = self._parse(FactFile, document)
                facts = told.facts if told else None
                self.mistakes += checks.implied_mistakes(facts or {}, document)
                continue
            parsed = self._parse(SignalFile, document)
            for index, signal in enumerate(parsed.signals if parsed else ()):
                if ("signal", signal.id) in self.places:
                    message = f"the id '{signal.id}' is taken"
                    self.mistakes.append(
                        document.mistake(("signals", index, "id"), message, "Give each signal its own id.")
                    )
                self.places["signal", signal.id] = (document, ("signals", index))
                signals.append(signal)
        if lexicon is not None:
            self.mistakes += checks.concept_mistakes(lexicon, signals, self.places)
        if facts is not None:
            self.mistakes += checks.fact_mistakes(facts, signals, self.places)
        if self.mistakes or lexicon is None or facts is None:
            return SignalSet()
        return SignalSet(lexicon=lexicon, signals=tuple(signals), facts=facts)

    def _with_layer(self, signals: SignalSet) -> SignalSet:
        """The set with the weights of its linear layer, where it has been trained."""
        try:
            return signals.model_copy(update={"resemblance": read_resemblance(self.root / RESEMBLANCE)})
        except UserError as error:
            self._say(RESEMBLANCE, str(error), "Run 'ii-vendor signals train', or delete the file.")
            return signals

    def _with_figures(self, signals: SignalSet) -> SignalSet:
        """The set with how often it is right, unless it was changed since that was measured."""
        try:
            measured = read_measured(self.root / MEASURED)
        except ValidationError:
            self._say(MEASURED, "this is not what was measured", "Run 'ii-vendor signals train', or delete the file.")
            return signals
        fits = measured is not None and measured.signals == signals.digest_unmeasured
        return signals.model_copy(update={"measured": measured}) if fits else signals

    def _check(
        self, questionnaires: Mapping[str, Questionnaire], rubrics: Mapping[str, Rubric], signals: SignalSet
    ) -> None:
        """Each check only where those before it found nothing that would make it find mistakes that are none."""
        self.mistakes += checks.question_mistakes(questionnaires, self.places)
        unread = bool(self.mistakes)
        self.mistakes += checks.flag_mistakes(rubrics, self.places)
        if not unread:
            self.mistakes += checks.unjudged_mistakes(questionnaires, rubrics, self.places)
        if not self.mistakes:
            self.mistakes += checks.signal_mistakes(signals, rubrics, self.places)

    def _check_names(
        self,
        questionnaires: Mapping[str, Questionnaire],
        rubrics: Mapping[str, Rubric],
        profiles: Mapping[str, Profile],
        bids: Mapping[str, Bid],
    ) -> None:
        if self.mistakes:
            return
        sections = {section.id for value in questionnaires.values() for section in value.sections}
        questions = {question.id for value in questionnaires.values() for question in value.questions()}
        flags = {rule.id: question for question, rubric in rubrics.items() for rule in rubric.red_flags}
        for name, profile in profiles.items():
            document, _ = self.places[PROFILES, name]
            self.mistakes += checks.profile_mistakes(profile, document, sections, questions)
        for name, bid in bids.items():
            document, _ = self.places[BIDS, name]
            self.mistakes += checks.bid_mistakes(bid, document, sections, questions, flags)
        if DEFAULT_PROFILE not in profiles and not self.mistakes:
            self._say(PROFILES, f"there is no profile '{DEFAULT_PROFILE}'", "Add scoring/profiles/balanced.yaml.")

    def _check_crosswalks(
        self, crosswalks: Mapping[str, Crosswalk], questionnaires: Mapping[str, Questionnaire]
    ) -> None:
        if self.mistakes:
            return
        questions = {question.id for value in questionnaires.values() for question in value.questions()}
        self.mistakes += checks.alias_mistakes(questionnaires, self.places)
        for name, crosswalk in crosswalks.items():
            document, _ = self.places[CROSSWALK, name]
            self.mistakes += checks.crosswalk_mistakes(crosswalk, document, questions)

    def _say(self, place: str, what: str, remedy: str) -> None:
        self.mistakes.append(Mistake(place, 0, "", what, remedy))
