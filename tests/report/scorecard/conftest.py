"""The scorecard workbook of the small evaluation, and LibreOffice as a second opinion on its formulas."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.scorecard import Comparison
from ii_vendor.report.scorecard import write_scorecard
from ii_vendor.score import compare

OFFICE = shutil.which("soffice")
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>"""


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


@pytest.fixture
def recalculated(tmp_path: Path) -> Callable[[dict[str, Workbook]], dict[str, Path]]:
    """Saves the books without any cached value, has LibreOffice calculate them, and gives the results."""
    return lambda books: _recalculate(books, tmp_path)


def _recalculate(books: dict[str, Workbook], folder: Path) -> dict[str, Path]:
    """The books saved without any cached value, then calculated by LibreOffice."""
    if OFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed, so there is no second opinion on the formulas")
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE)
    for name, book in books.items():
        book.save(folder / f"{name}.xlsx")
    subprocess.run(
        [
            OFFICE,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(folder / "out"),
            *(str(folder / f"{name}.xlsx") for name in books),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return {name: folder / "out" / f"{name}.xlsx" for name in books}
