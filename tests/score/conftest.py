"""Evaluations made of levels and flags alone, for working out by hand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime

import pytest

from ii_vendor.model.panel import (
    Discipline,
    Evaluation,
    Evaluator,
    Flag,
    FlagDecision,
    FlagState,
    Quote,
    Rating,
    ReceivedResponse,
    Vendor,
)
from ii_vendor.model.rubric import EvidenceGrade, Severity

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)

Level = int | None
Given = Level | tuple[Level, str]
"""A level (None: not applicable), alone or with its evidence grade; ``trial`` where none is given."""


def _rating(vendor: str, question: str, evaluator: str, given: Given) -> Rating:
    level, grade = given if isinstance(given, tuple) else (given, "trial")
    return Rating(
        evaluator=evaluator, vendor=vendor, question=question, level=level, grade=EvidenceGrade(grade), at=NOON
    )


@pytest.fixture(scope="session")
def judged(response_of: Callable[..., object]) -> Callable[..., Evaluation]:
    """An evaluation from ``{vendor: {question: level}}``; a dict in place of a level rates by evaluator."""

    def build(
        ratings: Mapping[str, Mapping[str, Given | Mapping[str, Given]]],
        flags: Collection[Flag] = (),
        empty: Mapping[str, Collection[str]] | None = None,
        silent: Collection[str] = (),
    ) -> Evaluation:
        by_evaluator = {
            (vendor, question, evaluator): _rating(vendor, question, evaluator, one)
            for vendor, questions in ratings.items()
            for question, given in questions.items()
            for evaluator, one in (given if isinstance(given, Mapping) else {"Amara": given}).items()
        }
        names = dict.fromkeys(["Amara", *(evaluator for _, _, evaluator in by_evaluator)])
        return Evaluation(
            id="test",
            name="Test",
            content_hash="",
            created_at=NOON,
            sequence=1,
            record_hash="",
            evaluators=tuple(Evaluator(name=name, discipline=Discipline.operations) for name in names),
            vendors=tuple(Vendor(id=vendor, name=vendor.title()) for vendor in ratings),
            responses={
                vendor: (
                    ReceivedResponse(
                        version=1,
                        response=response_of(vendor, empty=(empty or {}).get(vendor, ())),
                        findings=(),
                        accepted_by="Amara",
                        at=NOON,
                    ),
                )
                for vendor in ratings
                if vendor not in silent
            },
            ratings=by_evaluator,
            flags={flag.id: flag for flag in flags},
        )

    return build


@pytest.fixture(scope="session")
def red_flag() -> Callable[..., Flag]:
    """A red flag against ``alder``, decided as ``state`` says."""

    def build(
        question: str = "L1",
        severity: str = "major",
        state: str = "confirmed",
        *,
        gate: bool = False,
        vendor: str = "alder",
        name: str = "",
        quote: str = "",
    ) -> Flag:
        decision = FlagDecision(
            state=FlagState(state), by="Amara", reason="seen", owner="Ines" if state == "accepted" else "", at=NOON
        )
        return Flag(
            id=name or f"{vendor}/{question}-{severity}-{state}",
            vendor=vendor,
            question=question,
            statement="it is so",
            severity=Severity(severity),
            gate=gate,
            raised_by="Amara",
            quotes=(Quote(text=quote),) if quote else (),
            decisions=() if state == "raised" else (decision,),
        )

    return build
