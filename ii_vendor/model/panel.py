"""What the panel decides, ratings, consensus and red flags, and the evaluation they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from pydantic import AwareDatetime, Field

from ii_vendor.model.base import Frozen, Id, Words
from ii_vendor.model.response import Finding, Response
from ii_vendor.model.rubric import EvidenceGrade, Severity
from ii_vendor.model.seat import Declaration, Discipline, Evaluator, SeatPass, Stage
from ii_vendor.model.second_reading import SecondReading
from ii_vendor.model.workshop import Workshop

__all__ = [
    "Consensus",
    "Declaration",
    "Discipline",
    "Dissent",
    "Evaluation",
    "Evaluator",
    "Flag",
    "FlagDecision",
    "FlagState",
    "Price",
    "Quote",
    "Rating",
    "ReceivedResponse",
    "SeatPass",
    "Signature",
    "Stage",
    "Vendor",
    "WeighingMethod",
    "WeightProposal",
]


class Vendor(Frozen):
    """A vendor that was asked."""

    id: Id
    name: Words


class Rating(Frozen):
    """One evaluator's judgement of one vendor's answer. ``level`` 0 (worst) to 4 (best); None: not applicable.

    ``response_version`` is the version of the response that was judged, from 1. ``informed``: others' ratings had been
    open to the evaluator before, so that this one is not independent of them.
    """

    evaluator: str
    vendor: str
    question: str
    level: int | None = Field(ge=0, le=4)
    grade: EvidenceGrade = EvidenceGrade.claim
    reason: str = ""
    quote: str = ""
    response_version: int = 0
    informed: bool = False
    at: AwareDatetime


class Consensus(Frozen):
    """What the panel agreed on for one answer: a layer over the ratings, which stay as they are.

    ``level`` 0-4, None: not applicable. ``mean`` is the mean of the ratings that it came from, None where nobody gave a
    level. ``quote`` holds the vendor's words; where there are none, ``no_evidence`` says that the panel looked for
    them.
    ``second_look`` says what was confirmed a second time, and why it had to be.
    """

    vendor: str
    question: str
    level: int | None = Field(ge=0, le=4)
    grade: EvidenceGrade
    reason: str
    quote: str = ""
    no_evidence: bool = False
    response_version: int
    mean: float | None = None
    second_look: tuple[str, ...] = ()
    by: str
    at: AwareDatetime


class Dissent(Frozen):
    """Somebody who does not share a consensus: which level, 0-4 or None for not applicable, and why."""

    evaluator: str
    vendor: str
    question: str
    level: int | None = Field(ge=0, le=4)
    reason: str
    at: AwareDatetime


class FlagState(StrEnum):
    """The life of a red flag."""

    raised = "raised"
    confirmed = "confirmed"
    dismissed = "dismissed"
    clarification_sent = "clarification sent"
    accepted = "accepted"

    @property
    def undecided(self) -> bool:
        """Whether the panel has still to decide."""
        return self in (FlagState.raised, FlagState.clarification_sent)

    @property
    def counts(self) -> bool:
        """Whether the flag counts against the vendor: an accepted risk is still a risk."""
        return self in (FlagState.confirmed, FlagState.accepted)


class Quote(Frozen):
    """A vendor's words, and why they matter. ``finding`` is the id of the finding that pointed to them, if one did."""

    text: str
    reason: str = ""
    response_version: int = 0
    finding: str = ""


class FlagDecision(Frozen):
    """One step in the life of a flag. ``owner`` is the person who accepts the risk, for ``accepted`` only; ``due`` the
    day by which the vendor is to answer, for ``clarification sent`` only."""

    state: FlagState
    by: str
    reason: str
    owner: str = ""
    due: date | None = None
    at: AwareDatetime


class Signature(Frozen):
    """One of the two consents that a step against a gate needs: from operations and from the asset owner."""

    evaluator: str
    discipline: Discipline
    state: FlagState
    owner: str
    reason: str
    response_version: int = 0
    at: AwareDatetime


class Flag(Frozen):
    """A red flag against one answer of one vendor, raised by a finding or by an evaluator.

    ``rule`` is the rubric's red flag; empty where an evaluator stated one of his own.
    """

    id: str
    vendor: str
    question: str
    rule: str = ""
    statement: str
    severity: Severity
    gate: bool = False
    ask: str = ""
    raised_by: str
    quotes: tuple[Quote, ...] = ()
    decisions: tuple[FlagDecision, ...] = ()
    signatures: tuple[Signature, ...] = ()

    @property
    def state(self) -> FlagState:
        """Where the flag stands now."""
        return self.decisions[-1].state if self.decisions else FlagState.raised

    @property
    def owner(self) -> str:
        """Who accepted the risk; empty unless the flag is accepted."""
        return self.decisions[-1].owner if self.decisions else ""

    @property
    def due(self) -> date | None:
        """By when the vendor is to answer; None unless a clarification was sent with a date."""
        return self.decisions[-1].due if self.decisions else None


class ReceivedResponse(Frozen):
    """A version of a vendor's response with what was found in it. Versions count from 1."""

    version: int
    response: Response
    findings: tuple[Finding, ...]
    accepted_by: str
    at: AwareDatetime


class Price(Frozen):
    """What a vendor asks for: ``amount`` above 0 in ``currency``; ``basis`` says what it covers."""

    amount: float = Field(gt=0, allow_inf_nan=False)
    currency: Words
    basis: str = ""
    by: str
    at: AwareDatetime


class WeighingMethod(StrEnum):
    """How somebody came to weights."""

    swing = "swing"
    rank_order = "rank order"


class WeightProposal(Frozen):
    """One person's weights for the sections, or for the questions of the section ``scope``.

    ``given`` is what the person said of each section or question: points 0-100 for ``swing``, the place in the order
    from 1 for ``rank order`` (0: counts nothing). ``weights`` is what it comes to, adding up to 100.
    """

    evaluator: str
    scope: str = ""
    method: WeighingMethod
    given: Mapping[str, float]
    weights: Mapping[str, float]
    reason: str = ""
    at: AwareDatetime


class Evaluation(Frozen):
    """One sourcing exercise as it stands after its latest event.

    ``content_hash`` names the frozen questionnaires, rubrics, signals and profile; ``sequence`` and ``record_hash``
    name the last event. ``ratings`` holds the latest rating by (vendor, question, evaluator); earlier ones stay in the
    record of events. ``set_aside`` holds ratings of seats that declared a conflict of interest with the vendor
    afterwards: they stay on record and count no more. ``prices`` holds the latest price by vendor, ``proposals`` the
    latest weights by (evaluator, scope), ``consensus`` the agreed level by (vendor, question), ``dissents`` who does
    not share it by (vendor, question, evaluator). ``second_readings`` holds what a second reader pointed to, by vendor,
    oldest first. ``handed_in`` names the seats that have completed their assignment.
    ``links`` and ``sessions`` are known by the hash of their secret; ``taken`` names the seats that somebody came to by
    a link of their own, ``informed`` those to whom others' ratings have been open. With ``masked`` the seats of the
    panel see no vendor's name but letters, in ``mask_order``.

    ``workshops`` holds the live sessions, the newest last.

    What one person may not see is left out: ``withheld`` names the evaluators whose ratings are missing,
    ``closed_vendors`` the vendors whose responses are. ``view`` tells such views of one state apart; empty: the whole.
    """

    id: str
    name: str
    content_hash: str
    created_at: AwareDatetime
    sequence: int
    record_hash: str
    stage: Stage = Stage.setup
    masked: bool = False
    mask_order: tuple[str, ...] = ()
    evaluators: tuple[Evaluator, ...] = ()
    vendors: tuple[Vendor, ...] = ()
    responses: Mapping[str, tuple[ReceivedResponse, ...]] = Field(default_factory=dict)
    ratings: Mapping[tuple[str, str, str], Rating] = Field(default_factory=dict)
    flags: Mapping[str, Flag] = Field(default_factory=dict)
    prices: Mapping[str, Price] = Field(default_factory=dict)
    proposals: Mapping[tuple[str, str], WeightProposal] = Field(default_factory=dict)
    declarations: Mapping[str, Declaration] = Field(default_factory=dict)
    set_aside: Mapping[tuple[str, str, str], Rating] = Field(default_factory=dict)
    handed_in: Mapping[str, AwareDatetime] = Field(default_factory=dict)
    consensus: Mapping[tuple[str, str], Consensus] = Field(default_factory=dict)
    dissents: Mapping[tuple[str, str, str], Dissent] = Field(default_factory=dict)
    second_readings: Mapping[str, tuple[SecondReading, ...]] = Field(default_factory=dict)
    links: Mapping[str, SeatPass] = Field(default_factory=dict)
    sessions: Mapping[str, SeatPass] = Field(default_factory=dict)
    taken: frozenset[str] = frozenset()
    informed: frozenset[str] = frozenset()
    workshops: tuple[Workshop, ...] = ()
    withheld: frozenset[str] = frozenset()
    closed_vendors: frozenset[str] = frozenset()
    view: str = ""

    def seat(self, name: str) -> Evaluator | None:
        """The seat of this name, whatever its case; None where there is none."""
        wanted = name.strip().casefold()
        return next((each for each in self.evaluators if each.name.casefold() == wanted), None)

    @property
    def workshop(self) -> Workshop | None:
        """The workshop that goes on; None while there is none."""
        newest = self.workshops[-1] if self.workshops else None
        return newest if newest and newest.is_open else None

    def vendor(self, vendor_id: str) -> Vendor:
        """The vendor with this id. Raises KeyError where there is none."""
        for vendor in self.vendors:
            if vendor.id == vendor_id:
                return vendor
        raise KeyError(vendor_id)

    def received(self, vendor_id: str) -> ReceivedResponse | None:
        """The vendor's newest response, or None while nothing has arrived."""
        versions = self.responses.get(vendor_id, ())
        return versions[-1] if versions else None

    def second_reading(self, vendor_id: str, question: str) -> SecondReading | None:
        """The newest reading by a second reader of this answer as it stands now, one that was only tried where none was
        done; None where there is neither."""
        versions = {each.version: each.response.answer(question) for each in self.responses.get(vendor_id, ())}
        newest = versions[max(versions)] if versions else None
        fitting = [
            each for each in reversed(self.second_readings.get(vendor_id, ())) if versions.get(each.version) == newest
        ]
        done = (each for each in fitting if question in each.questions)
        tried = (each for each in fitting if question in each.unread)
        return next(done, None) or next(tried, None)

    def ratings_of(self, vendor_id: str, question: str) -> tuple[Rating, ...]:
        """Everybody's latest rating of one answer, in the panel's order."""
        found = (self.ratings.get((vendor_id, question, evaluator.name)) for evaluator in self.evaluators)
        return tuple(rating for rating in found if rating is not None)

    def dissents_of(self, vendor_id: str, question: str) -> tuple[Dissent, ...]:
        """Who does not share the consensus on one answer, in the panel's order."""
        found = (self.dissents.get((vendor_id, question, evaluator.name)) for evaluator in self.evaluators)
        return tuple(dissent for dissent in found if dissent is not None)

    def flags_of(self, vendor_id: str, question: str | None = None) -> tuple[Flag, ...]:
        """The red flags against a vendor, of one question or of all."""
        return tuple(
            flag for flag in self.flags.values() if flag.vendor == vendor_id and question in (None, flag.question)
        )
