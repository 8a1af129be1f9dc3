"""Evaluations made of levels alone, to be drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest

from ii_vendor.model.panel import Discipline, Evaluation, Evaluator, Rating, ReceivedResponse, Vendor
from ii_vendor.model.rubric import EvidenceGrade

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def judged(response_of: Callable[..., object]) -> Callable[[Mapping[str, Mapping[str, int]]], Evaluation]:
    """An evaluation from ``{vendor: {question: level}}``, rated by Amara alone on the best evidence."""

    def received(vendor: str) -> ReceivedResponse:
        return ReceivedResponse(version=1, response=response_of(vendor), findings=(), accepted_by="Amara", at=NOON)

    def build(levels: Mapping[str, Mapping[str, int]]) -> Evaluation:
        return Evaluation(
            id="test",
            name="Test",
            content_hash="",
            created_at=NOON,
            sequence=1,
            record_hash="",
            evaluators=(Evaluator(name="Amara", discipline=Discipline.operations),),
            vendors=tuple(Vendor(id=vendor, name=vendor.title()) for vendor in levels),
            responses={vendor: (received(vendor),) for vendor in levels},
            ratings={
                (vendor, question, "Amara"): Rating(
                    evaluator="Amara",
                    vendor=vendor,
                    question=question,
                    level=level,
                    grade=EvidenceGrade.trial,
                    at=NOON,
                )
                for vendor, given in levels.items()
                for question, level in given.items()
            },
        )

    return build
