"""Adds events up to the evaluation they make."""

from __future__ import annotations

from datetime import datetime

from ii_vendor.model import events
from ii_vendor.model.events import Event
from ii_vendor.model.panel import (
    Evaluation,
    Evaluator,
    Flag,
    FlagDecision,
    Price,
    Rating,
    ReceivedResponse,
    Vendor,
    WeightProposal,
)


class Replay:
    """An evaluation under construction. ``apply`` each event in order; ``evaluation`` is the result so far."""

    def __init__(self) -> None:
        self._id = self._name = self._content_hash = self._hash = ""
        self._created_at: datetime | None = None
        self.sequence = 0
        self._evaluators: list[Evaluator] = []
        self._vendors: list[Vendor] = []
        self._responses: dict[str, tuple[ReceivedResponse, ...]] = {}
        self._ratings: dict[tuple[str, str, str], Rating] = {}
        self._flags: dict[str, Flag] = {}
        self._prices: dict[str, Price] = {}
        self._proposals: dict[tuple[str, str], WeightProposal] = {}
        self._built: Evaluation | None = None

    def apply(self, event: Event) -> None:
        """Take the next event."""
        change = event.change
        match change:
            case events.EvaluationCreated():
                self._id, self._name, self._created_at = event.evaluation, change.name, event.at
                self._content_hash = change.content_hash
            case events.EvaluatorAdded():
                self._evaluators.append(Evaluator(name=change.name, discipline=change.discipline))
            case events.VendorAdded():
                self._vendors.append(Vendor(id=change.vendor, name=change.name))
            case events.ResponseAccepted():
                self._accept(change, event)
            case events.RatingRecorded():
                self._rate(change, event)
            case events.FlagRaised():
                self._raise(change)
            case events.FlagDecided():
                self._decide(change, event)
            case events.ProfileAdopted():
                self._content_hash = change.content_hash
            case events.PriceRecorded():
                self._price(change, event)
            case events.WeightsProposed():
                self._propose(change, event)
        self.sequence, self._hash, self._built = event.sequence, event.hash, None

    @property
    def evaluation(self) -> Evaluation:
        """The evaluation after the latest event. At least one event must have been applied."""
        assert self._created_at is not None
        if self._built is None:
            # Every part was validated when its event was read.
            self._built = Evaluation.model_construct(
                id=self._id,
                name=self._name,
                content_hash=self._content_hash,
                created_at=self._created_at,
                sequence=self.sequence,
                record_hash=self._hash,
                evaluators=tuple(self._evaluators),
                vendors=tuple(self._vendors),
                responses=dict(self._responses),
                ratings=dict(self._ratings),
                flags=dict(self._flags),
                prices=dict(self._prices),
                proposals=dict(self._proposals),
            )
        return self._built

    def _accept(self, change: events.ResponseAccepted, event: Event) -> None:
        received = ReceivedResponse(
            version=change.version,
            response=change.response,
            findings=change.findings,
            accepted_by=event.actor,
            at=event.at,
        )
        self._responses[change.vendor] = (*self._responses.get(change.vendor, ()), received)

    def _rate(self, change: events.RatingRecorded, event: Event) -> None:
        self._ratings[change.vendor, change.question, change.evaluator] = Rating(
            **change.model_dump(exclude={"kind"}), at=event.at
        )

    def _raise(self, change: events.FlagRaised) -> None:
        known = self._flags.get(change.flag)
        if known is None:
            self._flags[change.flag] = Flag(id=change.flag, **change.model_dump(exclude={"kind", "flag"}))
        else:
            self._flags[change.flag] = known.model_copy(update={"quotes": (*known.quotes, *change.quotes)})

    def _decide(self, change: events.FlagDecided, event: Event) -> None:
        decision = FlagDecision(
            state=change.state, by=event.actor, reason=change.reason, owner=change.owner, at=event.at
        )
        flag = self._flags[change.flag]
        self._flags[change.flag] = flag.model_copy(update={"decisions": (*flag.decisions, decision)})

    def _price(self, change: events.PriceRecorded, event: Event) -> None:
        if change.amount is None:
            self._prices.pop(change.vendor, None)
            return
        self._prices[change.vendor] = Price(
            amount=change.amount, currency=change.currency, basis=change.basis, by=event.actor, at=event.at
        )

    def _propose(self, change: events.WeightsProposed, event: Event) -> None:
        self._proposals[change.evaluator, change.scope] = WeightProposal(
            **change.model_dump(exclude={"kind"}), at=event.at
        )
