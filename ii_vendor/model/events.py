"""What can happen to an evaluation. Events are only ever appended; the evaluation is what they add up to."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from ii_vendor.model.base import Frozen, Id, Words
from ii_vendor.model.panel import Discipline, FlagState, Quote, WeighingMethod
from ii_vendor.model.response import Finding, Response
from ii_vendor.model.rubric import EvidenceGrade, Severity


class EvaluationCreated(Frozen):
    """The evaluation began, with this content frozen."""

    kind: Literal["evaluation created"] = "evaluation created"
    name: Words
    content_hash: str


class EvaluatorAdded(Frozen):
    """Somebody joined the panel."""

    kind: Literal["evaluator added"] = "evaluator added"
    name: Words
    discipline: Discipline


class VendorAdded(Frozen):
    """A vendor was added."""

    kind: Literal["vendor added"] = "vendor added"
    vendor: Id
    name: Words


class ResponseAccepted(Frozen):
    """A vendor's response was accepted as its next version; ``findings`` are what the signals saw in it."""

    kind: Literal["response accepted"] = "response accepted"
    vendor: str
    version: int = Field(ge=1)
    response: Response
    findings: tuple[Finding, ...]


class RatingRecorded(Frozen):
    """An evaluator rated an answer. ``level`` None: not applicable."""

    kind: Literal["rating recorded"] = "rating recorded"
    evaluator: str
    vendor: str
    question: str
    level: int | None = Field(ge=0, le=4)
    grade: EvidenceGrade
    reason: str
    quote: str
    response_version: int


class FlagRaised(Frozen):
    """A red flag was raised, by a finding or by an evaluator; or new words were added to it."""

    kind: Literal["flag raised"] = "flag raised"
    flag: str
    vendor: str
    question: str
    rule: str
    statement: str
    severity: Severity
    gate: bool
    ask: str
    raised_by: str
    quotes: tuple[Quote, ...]


class FlagDecided(Frozen):
    """The panel decided on a red flag. ``owner`` names who accepts the risk."""

    kind: Literal["flag decided"] = "flag decided"
    flag: str
    state: FlagState
    reason: str
    owner: str = ""


class ProfileAdopted(Frozen):
    """Other weights or thresholds were adopted, with a reason; ``content_hash`` names the content under them."""

    kind: Literal["profile adopted"] = "profile adopted"
    profile: str
    content_hash: str
    reason: Words


class PriceRecorded(Frozen):
    """A vendor's price was recorded: ``amount`` above 0, or None to take a price back."""

    kind: Literal["price recorded"] = "price recorded"
    vendor: str
    amount: float | None = Field(gt=0, allow_inf_nan=False)
    currency: str
    basis: str = ""


class WeightsProposed(Frozen):
    """Somebody said what the sections, or the questions of the section ``scope``, should weigh. Nothing counts until a
    profile is adopted."""

    kind: Literal["weights proposed"] = "weights proposed"
    evaluator: str
    scope: str = ""
    method: WeighingMethod
    given: dict[str, float]
    weights: dict[str, float]
    reason: str = ""


Change = Annotated[
    EvaluationCreated
    | EvaluatorAdded
    | VendorAdded
    | ResponseAccepted
    | RatingRecorded
    | FlagRaised
    | FlagDecided
    | ProfileAdopted
    | PriceRecorded
    | WeightsProposed,
    Field(discriminator="kind"),
]


class Event(Frozen):
    """One entry of the record: what changed, by whom and when, chained by hash to the entry before it."""

    evaluation: str
    sequence: int = Field(ge=1)
    at: AwareDatetime
    actor: str
    change: Change
    previous_hash: str
    hash: str
