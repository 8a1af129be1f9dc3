"""Refusals that are proven to change nothing, and seats taken by their own links."""

from __future__ import annotations

from collections.abc import Callable
from random import SystemRandom

import pytest

from ii_vendor.evaluations import Evaluations, Refused
from ii_vendor.model.events import Event
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.seat import Discipline

Attempt = Callable[..., str]


@pytest.fixture
def refused(evaluations: Evaluations, renewal: str) -> Attempt:
    """Run a change that must be refused: gives its message, after seeing that nothing was changed."""

    def state() -> tuple[Evaluation, tuple[Event, ...]]:
        now = evaluations.get(renewal)
        return now, evaluations.history(now)

    def attempt(change: Callable[..., object], *arguments: object, **named: object) -> str:
        before = state()
        with pytest.raises(Refused) as refusal:
            change(renewal, *arguments, **named)
        assert state() == before
        return str(refusal.value)

    return attempt


@pytest.fixture
def seated(evaluations: Evaluations, renewal: str) -> Callable[[str], Evaluations]:
    """The service as somebody has it who came to their seat by a personal link."""

    def sit(name: str) -> Evaluations:
        key, _, secret = evaluations.issue_link(renewal, name).partition("/")
        actor = evaluations.seat_by_session(key, evaluations.take_seat(key, secret).secret)
        assert actor is not None
        return evaluations.acting_as(actor)

    return sit


@pytest.fixture
def invited(evaluations: Evaluations, renewal: str, seated: Callable[[str], Evaluations]) -> Callable[..., Evaluations]:
    """A further seat of some discipline that does not rate, taken by its own link; ``declared`` unless told not to."""

    def invite(name: str, discipline: str, *, rating: bool = False, declared: bool = True) -> Evaluations:
        evaluations.add_evaluator(renewal, name, Discipline(discipline), rating=rating)
        if declared:
            evaluations.declare(renewal, name)
        return seated(name)

    return invite


@pytest.fixture
def everybody_rated(evaluations: Evaluations, renewal: str) -> Callable[..., None]:
    """Have these people rate all that they are asked to: a level higher for Alder than for Birch."""

    def rate(*names: str, level: int = 2) -> None:
        now = evaluations.get(renewal)
        for name in names:
            for vendor in now.vendors:
                received = now.received(vendor.id)
                assert received is not None
                for answer in received.response.answers:
                    given = level + (vendor.id == "alder") if answer.answered else 0
                    evaluations.rate(renewal, name, vendor.id, answer.question, given, reason=f"{name} saw it")

    return rate


@pytest.fixture
def letters_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """No lot is drawn for the letters of masked vendors: Alder is A, Birch is B."""
    monkeypatch.setattr(SystemRandom, "shuffle", lambda *_: None)
