"""The scorecard workbook of the small evaluation."""

from __future__ import annotations

from pathlib import Path

import pytest

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.scorecard import Comparison
from ii_vendor.report.scorecard import write_scorecard
from ii_vendor.score import compare


@pytest.fixture(scope="session")
def comparison(small_evaluation: Evaluation, small_content: Content) -> Comparison:
    return compare(small_evaluation, small_content)


@pytest.fixture(scope="session")
def workbook(
    comparison: Comparison,
    small_evaluation: Evaluation,
    small_content: Content,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    path = tmp_path_factory.mktemp("scorecard") / "scorecard.xlsx"
    write_scorecard(comparison, small_evaluation, small_content, path)
    return path
