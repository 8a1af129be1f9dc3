"""Adds events up to the evaluation they make."""

from __future__ import annotations

from datetime import datetime

from ii_vendor.model import events
from ii_vendor.model.events import Event
from ii_vendor.model.panel import (
    Consensus,
    Dissent,
    Evaluation,
    Flag,
    FlagDecision,
    Price,
    Rating,
    ReceivedResponse,
    Signature,
    Vendor,
    WeightProposal,
)
from ii_vendor.model.seat import Stage
from ii_vendor.model.second_reading import SecondReading
from ii_vendor.store.seating import Seating
from ii_vendor.store.sessions import Sessions


class Replay:
    """An evaluation under construction. ``apply`` each event in order; ``evaluation`` is the result so far."""

    def __init__(self) -> None:
        self._id = self._name = self._content_hash = self._hash = ""
        self._created_at: datetime | None = None
        self.sequence = 0
        self._stage, self._masked = Stage.setup, False
        self._mask_order: tuple[str, ...] = ()
        self._seating = Seating()
        self._sessions = Sessions()
        self._vendors: list[Vendor] = []
        self._responses: dict[str, tuple[ReceivedResponse, ...]] = {}
        self._ratings: dict[tuple[str, str, str], Rating] = {}
        self._flags: dict[str, Flag] = {}
        self._prices: dict[str, Price] = {}
        self._proposals: dict[tuple[str, str], WeightProposal] = {}
        self._consensus: dict[tuple[str, str], Consensus] = {}
        self._dissents: dict[tuple[str, str, str], Dissent] = {}
        self._second_readings: dict[str, tuple[SecondReading, ...]] = {}
        self._built: Evaluation | None = None

    def apply(self, event: Event) -> None:
        """Take the next event."""
        change = event.change
        match change:
            case events.EvaluationCreated():
                self._id, self._name, self._created_at = event.evaluation, change.name, event.at
                self._content_hash = change.content_hash
            case events.StageChanged():
                self._stage = change.stage
                self._seating.apply(change, event.at)
            case events.NamesMasked():
                self._masked, self._mask_order = change.masked, change.order
            case events.VendorAdded():
                self._vendors.append(Vendor(id=change.vendor, name=change.name))
            case events.ResponseAccepted():
                self._accept(change, event)
            case events.RatingRecorded():
                self._rate(change, event)
            case events.ConsensusRecorded():
                self._agree(change, event)
            case events.DissentRecorded():
                self._dissent(change, event)
            case events.FlagRaised():
                self._raise(change)
            case events.GateSigned():
                self._sign(change, event)
            case events.FlagDecided():
                self._decide(change, event)
            case events.ProfileAdopted() | events.ContentAdopted():
                self._content_hash = change.content_hash
            case events.PriceRecorded():
                self._price(change, event)
            case events.WeightsProposed():
                self._propose(change, event)
            case events.SecondReadingRecorded():
                self._read_again(change, event)
            case _:
                self._seating.apply(change, event.at)
                self._sessions.apply(change, event)
        self.sequence, self._hash, self._built = event.sequence, event.hash, None

    @property
    def evaluation(self) -> Evaluation:
        """The evaluation after the latest event. At least one event must have been applied."""
        assert self._created_at is not None
        if self._built is None:
            seats = self._seating.parts()
            barred = {(vendor, name) for name, said in seats["declarations"].items() for vendor in said.conflicts}
            aside = {key: each for key, each in self._ratings.items() if (key[0], key[2]) in barred}
            # Every part was validated when its event was read.
            self._built = Evaluation.model_construct(
                id=self._id,
                name=self._name,
                content_hash=self._content_hash,
                created_at=self._created_at,
                sequence=self.sequence,
                record_hash=self._hash,
                stage=self._stage,
                masked=self._masked,
                mask_order=self._mask_order,
                vendors=tuple(self._vendors),
                responses=dict(self._responses),
                ratings={key: each for key, each in self._ratings.items() if key not in aside},
                set_aside=aside,
                flags=dict(self._flags),
                prices=dict(self._prices),
                proposals=dict(self._proposals),
                consensus=dict(self._consensus),
                second_readings=dict(self._second_readings),
                workshops=self._sessions.workshops,
                dissents={key: each for key, each in self._dissents.items() if (key[0], key[2]) not in barred},
                **seats,
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
            state=change.state,
            by=event.actor,
            reason=change.reason,
            owner=change.owner,
            due=change.due,
            at=event.at,
        )
        flag = self._flags[change.flag]
        # Whatever was signed towards another step no longer waits for its second signature.
        self._flags[change.flag] = flag.model_copy(update={"decisions": (*flag.decisions, decision), "signatures": ()})

    def _sign(self, change: events.GateSigned, event: Event) -> None:
        signature = Signature(**change.model_dump(exclude={"kind", "flag"}), at=event.at)
        flag = self._flags[change.flag]
        kept = tuple(each for each in flag.signatures if each.discipline is not signature.discipline)
        self._flags[change.flag] = flag.model_copy(update={"signatures": (*kept, signature)})

    def _agree(self, change: events.ConsensusRecorded, event: Event) -> None:
        key = (change.vendor, change.question)
        self._consensus[key] = Consensus(**change.model_dump(exclude={"kind"}), by=event.actor, at=event.at)
        # A dissent is from one consensus; the record keeps it, and the next consensus asks anew.
        self._dissents = {each: dissent for each, dissent in self._dissents.items() if each[:2] != key}

    def _dissent(self, change: events.DissentRecorded, event: Event) -> None:
        key = (change.vendor, change.question, change.evaluator)
        self._dissents[key] = Dissent(**change.model_dump(exclude={"kind"}), at=event.at)

    def _price(self, change: events.PriceRecorded, event: Event) -> None:
        if change.amount is None:
            self._prices.pop(change.vendor, None)
            return
        self._prices[change.vendor] = Price(
            amount=change.amount, currency=change.currency, basis=change.basis, by=event.actor, at=event.at
        )

    def _read_again(self, change: events.SecondReadingRecorded, event: Event) -> None:
        reading = SecondReading(**change.model_dump(exclude={"kind", "vendor"}), by=event.actor, at=event.at)
        self._second_readings[change.vendor] = (*self._second_readings.get(change.vendor, ()), reading)

    def _propose(self, change: events.WeightsProposed, event: Event) -> None:
        self._proposals[change.evaluator, change.scope] = WeightProposal(
            **change.model_dump(exclude={"kind"}), at=event.at
        )
