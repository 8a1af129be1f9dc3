"""An evaluation with two seats in the database of a shared app."""

from __future__ import annotations

import pytest

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.content import Content
from ii_vendor.model.seat import Discipline


@pytest.fixture
def panel(evaluations: Evaluations, content: Content) -> str:
    """The id of an evaluation with Amara of operations and Ben of IT on its panel."""
    key = evaluations.create("Renewal", content).id
    evaluations.add_evaluator(key, "Amara", Discipline.operations, email="amara@plant.example")
    evaluations.add_evaluator(key, "Ben", Discipline.it)
    return key
