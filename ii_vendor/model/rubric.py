"""How answers are judged: rubrics and profiles."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from ii_vendor.model.base import Frozen, Id, Words

LEVELS = (0, 1, 2, 3, 4)
TOP_LEVEL = 4


class Severity(StrEnum):
    """How much one confirmed red flag weighs."""

    critical = "critical"
    major = "major"
    minor = "minor"

    @property
    def weight(self) -> float:
        """Share of its question that one flag of this severity takes: 1.0, 0.6 or 0.25."""
        return {"critical": 1.0, "major": 0.6, "minor": 0.25}[self.value]


class EvidenceGrade(StrEnum):
    """What stands behind an answer, weakest first."""

    claim = "claim"
    document = "document"
    contract = "contract"
    demonstration = "demonstration"
    trial = "trial"


class RedFlagRule(Frozen):
    """A red flag that the rubric knows. ``gate``: while confirmed and not accepted by name, it rejects the vendor."""

    id: Id
    statement: Words
    severity: Severity
    gate: bool = False
    ask: Words


class Exemplars(Frozen):
    """A typical poor and a typical good answer. For evaluators only."""

    red_flag: Words
    good: Words


class Rubric(Frozen):
    """How one question is judged. ``levels`` holds one descriptor for each level 0 (worst) to 4 (best)."""

    question: Id
    rationale: Words
    levels: dict[int, Words]
    red_flags: tuple[RedFlagRule, ...] = Field(min_length=1)
    good_signs: tuple[Words, ...] = Field(min_length=1)
    verify: Words
    clause: Words
    references: tuple[Words, ...] = ()
    exemplars: Exemplars | None = None

    @model_validator(mode="after")
    def _five_levels(self) -> Self:
        if tuple(sorted(self.levels)) != LEVELS:
            raise ValueError("'levels' needs exactly the five levels 0, 1, 2, 3 and 4")
        return self


Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]
"""A relative weight: any number from 0 up; only the proportions count."""

Points = Annotated[float, Field(ge=0, le=100)]
"""A score from 0 to 100."""

LevelValue = Annotated[float, Field(ge=0, le=TOP_LEVEL)]


class Minimums(Frozen):
    """What a vendor must reach (inclusive), or be rejected. None: no minimum.

    ``autonomy`` and ``evidenced`` are scores 0-100, ``floor`` is a level 0-4 that every critical question must reach,
    ``sections`` gives a score 0-100 by section id.
    """

    autonomy: Points | None = None
    evidenced: Points | None = None
    floor: LevelValue | None = None
    sections: dict[Id, Points] = Field(default_factory=dict)


class Profile(Frozen):
    """Weights, thresholds and evidence caps for one situation.

    A question's weight is its section's share times its own share inside the section. Questions that are not named
    weigh 1 within their section; sections must all be named.
    """

    id: Id
    title: Words
    reasons: Words
    section_weights: dict[Id, Weight]
    question_weights: dict[Id, Weight] = Field(default_factory=dict)
    minimums: Minimums = Minimums()
    evidence_caps: dict[EvidenceGrade, LevelValue] = Field(
        default_factory=lambda: dict(zip(EvidenceGrade, (2.0, 3.0, 4.0, 4.0, 4.0), strict=True))
    )
    spread_tolerance: Annotated[float, Field(gt=0, le=TOP_LEVEL)] = 2.0

    @model_validator(mode="after")
    def _every_grade_has_a_cap(self) -> Self:
        missing = [grade.value for grade in EvidenceGrade if grade not in self.evidence_caps]
        if missing:
            raise ValueError(f"'evidence_caps' lacks {', '.join(missing)}")
        return self
