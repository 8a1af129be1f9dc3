"""What stands ready for an evaluation: questionnaires, rubrics, signals, profiles and invented bids, all checked."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from ii_vendor.errors import UserError
from ii_vendor.library.own import Files, OwnShelf, Taken, read_own
from ii_vendor.library.own_weights import with_weights
from ii_vendor.model.bid import Bid
from ii_vendor.model.content import Content
from ii_vendor.model.crosswalk import Crosswalk
from ii_vendor.model.own import OwnQuestionnaire
from ii_vendor.model.questionnaire import Questionnaire
from ii_vendor.model.rubric import Profile, Rubric
from ii_vendor.model.signal import SignalSet
from ii_vendor.yamlfile import Mistake

DEFAULT_PROFILE = "balanced"
T = TypeVar("T")


class ContentError(UserError):
    """The content has mistakes. ``mistakes`` names each with its file, line, key and remedy."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


def shipped_folder() -> Path:
    """Where the content lies that came with this installation: the checkout, or the data of the installed package."""
    for root in (Path(__file__).resolve().parents[2], Path(sys.prefix) / "share" / "ii-vendor"):
        if (root / "questionnaires").is_dir():
            return root
    raise ContentError([Mistake(sys.prefix, 0, "", "no questionnaires/ found", "Install ii-vendor again.")])


@dataclass(frozen=True)
class Library:
    """Everything that can be chosen for an evaluation, checked. ``bids`` are the invented bids of a dry run, by id.

    ``own`` is what a team has of its own; what of it can be asked stands among ``questionnaires`` and ``rubrics`` too.
    ``crosswalks`` say which clauses of standard questionnaires relate to which questions.
    """

    folder: Path
    questionnaires: Mapping[str, Questionnaire]
    rubrics: Mapping[str, Rubric]
    reading: tuple[str, ...]
    profiles: Mapping[str, Profile]
    signals: SignalSet
    bids: Mapping[str, Bid] = field(default_factory=dict)
    own: OwnShelf = field(default_factory=OwnShelf)
    crosswalks: tuple[Crosswalk, ...] = ()

    @cached_property
    def default_questionnaires(self) -> tuple[str, ...]:
        """Ids of all questionnaires that are not a team's own, those with critical questions first."""
        shared = {key: value for key, value in self.questionnaires.items() if key not in self.own.questionnaires}
        critical = {key: any(q.critical for q in value.questions()) for key, value in shared.items()}
        order = {"six_questions": 0, "lock_in": 1, "agreements": 2, "resilience": 3}
        return tuple(sorted(shared, key=lambda key: (not critical[key], order.get(key, 9), key)))

    @cached_property
    def offered(self) -> tuple[str, ...]:
        """Ids of all that an evaluation may ask: a team's own, where they are ready, stand last."""
        return (*self.default_questionnaires, *sorted(self.questionnaires.keys() & self.own.questionnaires.keys()))

    @cached_property
    def taken_by_all(self) -> Taken:
        """Ids that a new questionnaire may not use."""
        own = {key: each.questionnaire for key, each in self.own.questionnaires.items()}
        return Taken.by({**self.questionnaires, **own}, self.rubrics)

    @cached_property
    def taken_by_others(self) -> Taken:
        """Ids that no questionnaire of a team's own may use."""
        own = self.own.questionnaires
        theirs = {question for each in own.values() for question in each.questions}
        return Taken.by(
            {key: value for key, value in self.questionnaires.items() if key not in own},
            {key: value for key, value in self.rubrics.items() if key not in theirs},
        )

    def with_own(self, folder: Path, instead: Mapping[Path, bytes] | None = None) -> Library:
        """The same content with what a team has of its own in ``folder`` now, in place of what it had before.

        ``instead`` is what files of it are to say, to see what would come of it.
        """
        own = read_own(Files(folder, instead or {}), self.taken_by_others, whole=folder != self.folder)
        gone = {question for each in self.own.questionnaires.values() for question in each.questions}
        ready = {key: each for key, each in own.questionnaires.items() if each.ready}
        judged = {rubric.question: rubric for each in ready.values() for rubric in _whole(each)}
        kept = self.questionnaires.keys() - self.own.questionnaires.keys()
        return replace(
            self,
            questionnaires={key: self.questionnaires[key] for key in self.questionnaires if key in kept}
            | {key: each.questionnaire for key, each in ready.items()},
            rubrics={key: each for key, each in self.rubrics.items() if key not in gone} | judged,
            own=own,
        )

    def content(self, questionnaires: Iterable[str] = (), profile: str = DEFAULT_PROFILE) -> Content:
        """The chosen questionnaires with their rubrics and signals, under one profile: all but a team's own when none
        is named. Sections of its own that the profile does not name get the weight that ``own_weights`` describes.

        Raises ContentError when a name is not in the library, or is that of an unfinished questionnaire.
        """
        names = list(dict.fromkeys(questionnaires)) or list(self.default_questionnaires)
        chosen = tuple(self._pick(self.questionnaires, name, "questionnaire") for name in names)
        asked = [question.id for questionnaire in chosen for question in questionnaire.questions()]
        return Content(
            questionnaires=chosen,
            rubrics=tuple(self.rubrics[question] for question in asked),
            reading=self.reading,
            signals=self.signals,
            profile=with_weights(self._pick(self.profiles, profile, "profile"), chosen),
        )

    def _pick(self, among: Mapping[str, T], name: str, what: str) -> T:
        if name in self.own.questionnaires and name not in among:
            said = f"it cannot be asked yet: {self.own.questionnaires[name].progress}"
            remedy = "Write them on the page Questionnaires, or in its file of rubrics."
            raise ContentError([Mistake(str(self.own.folder), 0, name, said, remedy)])
        if name not in among:
            known = ", ".join(sorted(among))
            raise ContentError(
                [Mistake(str(self.folder), 0, name, f"there is no such {what}", f"Use one of: {known}.")]
            )
        return among[name]


def _whole(own: OwnQuestionnaire) -> Iterator[Rubric]:
    for question in own.questions:
        rubric = own.rubric(question).rubric
        assert rubric is not None
        yield rubric
