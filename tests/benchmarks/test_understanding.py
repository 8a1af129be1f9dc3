"""A foreign workbook of 2 000 questions that has been read: how long it takes to understand it."""

from __future__ import annotations

from itertools import count
from typing import Any

from ii_vendor.intake.raw import RawCell, RawSheet, RawWorkbook
from ii_vendor.intake.understanding import understand

QUESTIONS = 2_000
TITLES = ("ID", "Section", "Question", "Answer", "Comment", "Evidence")


def workbook(salt: int) -> RawWorkbook:
    """No two questions alike, nor any like those of another salt: nothing is known from before."""
    rows = [
        (
            f"{n // 50 + 1}.{n % 50:02}",
            f"Area {n // 50 + 1}",
            f"Does part {n} of plant {salt} keep running when your service cannot be reached, and who says so?",
            ("Yes", "No", "NA")[n % 3],
            f"The collector of part {n} in plant {salt} keeps its copy for {n % 96} hours.",
            f"report-{salt}-{n}.pdf",
        )
        for n in range(QUESTIONS)
    ]
    places = (
        (row, column, text) for row, texts in enumerate((TITLES, *rows), 1) for column, text in enumerate(texts, 1)
    )
    return RawWorkbook((RawSheet("Questions", True, {(r, c): RawCell(r, c, "text", text) for r, c, text in places}),))


def test_understanding_two_thousand_questions(benchmark: Any) -> None:
    salts = count()
    layout = benchmark.pedantic(understand, setup=lambda: ((workbook(next(salts)),), {}), rounds=7, iterations=1)
    assert sum(row.answered for row in layout.rows) == QUESTIONS
