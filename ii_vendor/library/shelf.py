"""What stands ready for an evaluation: questionnaires, rubrics, signals, profiles and invented bids, all checked."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from ii_vendor.errors import UserError
from ii_vendor.model.bid import Bid
from ii_vendor.model.content import Content
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
    """Everything that can be chosen for an evaluation, checked. ``bids`` are the invented bids of a dry run, by id."""

    folder: Path
    questionnaires: Mapping[str, Questionnaire]
    rubrics: Mapping[str, Rubric]
    reading: tuple[str, ...]
    profiles: Mapping[str, Profile]
    signals: SignalSet
    bids: Mapping[str, Bid] = field(default_factory=dict)

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
