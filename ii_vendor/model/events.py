"""What can happen to an evaluation. Events are only ever appended; the evaluation is what they add up to."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from ii_vendor.model.base import Frozen, Id, Words
from ii_vendor.model.panel import FlagState, Quote, WeighingMethod
from ii_vendor.model.response import Finding, Response
from ii_vendor.model.rubric import EvidenceGrade, Severity
from ii_vendor.model.seat import Discipline, Stage
from ii_vendor.model.workshop_events import WorkshopChange


class EvaluationCreated(Frozen):
    """The evaluation began, with this content frozen."""

    kind: Literal["evaluation created"] = "evaluation created"
    name: Words
    content_hash: str


class StageChanged(Frozen):
    """The evaluation went to another stage. ``unfinished`` names what was left open by it, such as seats that had not
    handed in."""

    kind: Literal["stage changed"] = "stage changed"
    stage: Stage
    reason: str = ""
    unfinished: tuple[str, ...] = ()


class NamesMasked(Frozen):
    """Vendors' names were hidden from the panel, or shown again. ``order`` has their ids in the order of the letters
    that stand for them, drawn by lot and kept from the panel."""

    kind: Literal["names masked"] = "names masked"
    masked: bool
    order: tuple[str, ...] = ()


class EvaluatorAdded(Frozen):
    """Somebody joined the panel. ``sections`` are those to rate, all where empty."""

    kind: Literal["evaluator added"] = "evaluator added"
    name: Words
    discipline: Discipline
    sections: tuple[str, ...] = ()
    rating: bool = True
    email: str = ""


class SeatChanged(Frozen):
    """A seat was given other sections to judge."""

    kind: Literal["seat changed"] = "seat changed"
    evaluator: str
    sections: tuple[str, ...]
    reason: Words


class LinkIssued(Frozen):
    """A personal link was made for a seat; ``link`` is the SHA-256 of its secret."""

    kind: Literal["link issued"] = "link issued"
    evaluator: str
    link: str
    expires_at: AwareDatetime


class SeatTaken(Frozen):
    """Somebody came to a seat: by a personal link, exchanged for a session, or through OpenID Connect (``how``)."""

    kind: Literal["seat taken"] = "seat taken"
    evaluator: str
    how: str
    link: str = ""
    session: str = ""
    expires_at: AwareDatetime | None = None


class LinksRevoked(Frozen):
    """Every link and session of a seat was ended, and its address opens it no more."""

    kind: Literal["links revoked"] = "links revoked"
    evaluator: str
    reason: Words


class SeatClosed(Frozen):
    """A seat was removed from the panel: its links end, what it said stays."""

    kind: Literal["seat closed"] = "seat closed"
    evaluator: str
    reason: Words


class InterestsDeclared(Frozen):
    """A seat declared its interests about ``vendors``. ``conflicts`` gives, by vendor, what stands in the way; empty:
    nothing does."""

    kind: Literal["interests declared"] = "interests declared"
    evaluator: str
    vendors: tuple[str, ...]
    conflicts: dict[str, str]


class AssignmentHandedIn(Frozen):
    """A seat has rated all that it was given and handed it in: its ratings are closed."""

    kind: Literal["assignment handed in"] = "assignment handed in"
    evaluator: str


class AssignmentReturned(Frozen):
    """A seat got its assignment back to change ratings."""

    kind: Literal["assignment returned"] = "assignment returned"
    evaluator: str
    reason: Words


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
    """An evaluator rated an answer. ``level`` None: not applicable. ``informed``: others' ratings had been open to them
    before."""

    kind: Literal["rating recorded"] = "rating recorded"
    evaluator: str
    vendor: str
    question: str
    level: int | None = Field(ge=0, le=4)
    grade: EvidenceGrade
    reason: str
    quote: str
    response_version: int
    informed: bool = False


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


class ConsensusRecorded(Frozen):
    """The panel agreed on the level of one answer. See ``Consensus`` for the fields."""

    kind: Literal["consensus recorded"] = "consensus recorded"
    vendor: str
    question: str
    level: int | None = Field(ge=0, le=4)
    grade: EvidenceGrade
    reason: Words
    quote: str = ""
    no_evidence: bool = False
    response_version: int
    mean: float | None = None
    second_look: tuple[str, ...] = ()


class DissentRecorded(Frozen):
    """Somebody put on record that they do not share a consensus."""

    kind: Literal["dissent recorded"] = "dissent recorded"
    evaluator: str
    vendor: str
    question: str
    level: int | None = Field(ge=0, le=4)
    reason: Words


class GateSigned(Frozen):
    """Operations or the asset owner gave one of the two consents that a step against a gate needs."""

    kind: Literal["gate signed"] = "gate signed"
    flag: str
    evaluator: str
    discipline: Discipline
    state: FlagState
    owner: str = ""
    reason: Words
    response_version: int = 0


class FlagDecided(Frozen):
    """The panel decided on a red flag. ``owner`` names who accepts the risk, ``due`` is when a vendor is to answer."""

    kind: Literal["flag decided"] = "flag decided"
    flag: str
    state: FlagState
    reason: str
    owner: str = ""
    due: date | None = None


class ContentAdopted(Frozen):
    """Other questions, rubrics or signals were adopted, with a reason; ``changes`` says which, in words."""

    kind: Literal["content adopted"] = "content adopted"
    content_hash: str
    reason: Words
    changes: tuple[str, ...]


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


class SecondReadingRecorded(Frozen):
    """Answers were sent to a second reader, and this is what it pointed to. See ``SecondReading`` for the fields."""

    kind: Literal["second reading recorded"] = "second reading recorded"
    vendor: str
    version: int = Field(ge=1)
    reader: str
    host: str
    masked: bool = False
    questions: tuple[str, ...] = ()
    unread: dict[str, str] = Field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    dropped: dict[str, int] = Field(default_factory=dict)


class Withheld(Frozen):
    """Stands in a history for a change that its reader may not see yet. Never stored."""

    kind: Literal["withheld"] = "withheld"
    of_kind: str
    evaluator: str = ""
    vendor: str = ""
    question: str = ""


_Changes = (
    EvaluationCreated
    | StageChanged
    | NamesMasked
    | EvaluatorAdded
    | SeatChanged
    | LinkIssued
    | SeatTaken
    | LinksRevoked
    | SeatClosed
    | InterestsDeclared
    | AssignmentHandedIn
    | AssignmentReturned
    | VendorAdded
    | ResponseAccepted
    | RatingRecorded
    | ConsensusRecorded
    | DissentRecorded
    | FlagRaised
    | GateSigned
    | FlagDecided
    | ContentAdopted
    | ProfileAdopted
    | PriceRecorded
    | WeightsProposed
    | SecondReadingRecorded
    | WorkshopChange
)

Change = Annotated[_Changes, Field(discriminator="kind")]
"""Everything that can stand in the record."""


class Event(Frozen):
    """One entry of the record: what changed, by whom and when, chained by hash to the entry before it.

    ``via`` says how the actor was known, such as a personal link or this computer. ``salt`` is random and enters the
    hash, so that nobody from whom the change is withheld can guess its words and try them on the hash.
    """

    evaluation: str
    sequence: int = Field(ge=1)
    at: AwareDatetime
    actor: str
    change: Annotated[_Changes | Withheld, Field(discriminator="kind")]
    previous_hash: str
    hash: str
    via: str = ""
    salt: str = ""
