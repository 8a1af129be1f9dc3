"""Every look-alike reads as a person would read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ii_vendor.intake.raw import RawWorkbook, raw_workbook
from ii_vendor.intake.sandbox import Sandbox
from ii_vendor.intake.understanding import understand
from ii_vendor.model.workbook import ReadRow, WorkbookLayout
from tests.intake.lookalikes import Look, Seen
from tests.intake.understanding import (
    looks_buyers,
    looks_lists,
    looks_oddities,
    looks_standards,
    looks_tenders,
    looks_unusual,
)

LOOKS = (
    *looks_standards.LOOKS,
    *looks_tenders.LOOKS,
    *looks_oddities.LOOKS,
    *looks_unusual.LOOKS,
    *looks_lists.LOOKS,
    *looks_buyers.LOOKS,
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


def book_of(sandbox: Sandbox, look: Look, folder: Path) -> RawWorkbook:
    return raw_workbook(sandbox.read(look.write(folder)))


def assert_seen(row: ReadRow, seen: Seen) -> None:
    assert (row.id, row.question) == (seen.id, seen.question)
    assert {each.vendor: each.answer for each in row.answers} | dict(seen.answers) == {
        each.vendor: each.answer for each in row.answers
    }
    assert bool(row.answers) == bool(seen.answers)
    if seen.comment:
        assert row.answers[0].comment == seen.comment
    if seen.evidence:
        assert row.answers[0].evidence == seen.evidence
    if seen.section is not None:
        assert row.section == seen.section
    cells = {**row.cells, **(row.answers[0].cells if row.answers else {})}
    assert {part: cells.get(part) for part in seen.cells} == dict(seen.cells)


def describe(layout: WorkbookLayout) -> str:
    lines = [f"{sheet.name}: {sheet.status} {sheet.why} {sheet.tables}" for sheet in layout.sheets]
    lines += [f"{row.key} [{row.section}] {row.id} | {row.question} | {row.answers}" for row in layout.rows]
    return "\n".join(lines + [f"{p.place}: {p.message}" for p in layout.problems])


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_a_lookalike_reads_as_a_person_reads_it(look: Look, sandbox: Sandbox, tmp_path: Path) -> None:
    layout = understand(book_of(sandbox, look, tmp_path))
    told = describe(layout)
    assert len(layout.rows) == look.questions, told
    assert sum(row.answered for row in layout.rows) == look.answered, told
    assert layout.vendors == look.vendors, told
    skipped = {sheet.name for sheet in layout.sheets if sheet.status == "skipped"}
    assert skipped == set(look.skipped), told
    assert all(sheet.why for sheet in layout.sheets if sheet.status == "skipped"), told
    rows = {row.key: row for row in layout.rows}
    for key, seen in look.rows.items():
        assert key in rows, told
        assert_seen(rows[key], seen)
    for words, place in look.told:
        assert any(words in p.message and p.place == place for p in layout.problems), (words, place, told)
