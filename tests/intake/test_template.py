"""The response workbook: what vendors get."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter

from ii_vendor.errors import UserError
from ii_vendor.intake import write_template
from ii_vendor.model.questionnaire import Questionnaire
from ii_vendor.model.response import Answer, Cell

ROOT = Path(__file__).resolve().parents[2]


def cells_of(sheet: Any) -> list[Any]:
    return [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_instructions_come_first_and_then_a_sheet_for_each_section(asked: Any, filled: Path) -> None:
    names = openpyxl.load_workbook(filled).sheetnames
    assert names[0] == "Instructions"
    assert len([name for name in names if name != "Lists"]) == 1 + sum(len(q.sections) for q in asked.questionnaires)
    assert all(len(name) <= 31 for name in names)


@pytest.mark.parametrize("critical", [True, False])
def test_the_legend_shows_a_star_only_where_a_question_has_one(asked: Any, tmp_path: Path, critical: bool) -> None:
    chosen = [q for q in asked.questionnaires if critical == any(each.critical for each in q.questions())]
    write_template(chosen[:1], "0" * 64, tmp_path / "f.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "f.xlsx")["Instructions"]
    starred = {str(cell.value) for cell in cells_of(sheet) if str(cell.value).endswith(" *")}
    first = next((f"{each.id} *" for each in chosen[0].questions() if each.critical), "")
    assert starred == ({first} if critical else set())


def test_only_yellow_cells_can_be_written_and_no_password_is_needed(filled: Path) -> None:
    for sheet in openpyxl.load_workbook(filled):
        assert sheet.protection.sheet
        assert not sheet.protection.password
        cells = [cell for row in sheet.iter_rows() for cell in row if not isinstance(cell, MergedCell)]
        unlocked = [cell for cell in cells if not cell.protection.locked]
        assert {cell.fill.fgColor.rgb for cell in unlocked} <= {"FFFFF9D6"}
        assert unlocked or sheet.title == "Lists"


def test_vendor_words_never_become_a_formula(asked: Any, tmp_path: Path) -> None:
    payloads = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        '=HYPERLINK("https://x.invalid")',
        "{=1+1}",
        "mailto:a@b.invalid",
    ]
    answers = {f"Q{n}": Answer(question=f"Q{n}", cells=(Cell(text=text),)) for n, text in enumerate(payloads[:6], 1)}
    answers |= {"L1": Answer(question="L1", cells=(Cell(text=payloads[6]),), evidence=payloads[7], choice="=2")}
    path = asked.write(tmp_path / "f.xlsx", prefill=answers, vendor="=1+2", title="=1+3")
    written = [cell for sheet in openpyxl.load_workbook(path) for cell in cells_of(sheet)]
    assert {cell.value for cell in written} >= {*payloads[:8], "=2", "=1+2", "=1+3"} - {"\r=1"}
    formulas = [cell for cell in written if cell.data_type == "f"]
    assert all(re.match(r"=(IF|COUNTIF|SUM|\(COUNTA|[A-Z]+[0-9]+/)", cell.value) for cell in formulas)
    assert not [cell for cell in written if cell.hyperlink and not cell.hyperlink.location]


def test_completeness_is_a_live_formula_with_its_present_value(filled: Path) -> None:
    live = openpyxl.load_workbook(filled)["Instructions"]
    stored = openpyxl.load_workbook(filled, data_only=True)["Instructions"]
    counts = {
        stored.cell(c.row, 2).value: stored[c.coordinate].value
        for c in cells_of(live)
        if c.column == 4 and c.data_type == "f"
    }
    assert counts["Six critical questions"] == 3
    assert counts["Data Exchange Agreement"] == 6
    assert counts["All"] == 11


def test_formulas_keep_to_functions_that_every_spreadsheet_program_knows(filled: Path) -> None:
    for sheet in openpyxl.load_workbook(filled):
        for cell in cells_of(sheet):
            if cell.data_type == "f":
                assert set(re.findall(r"([A-Z.]+)\(", cell.value)) <= {"IF", "COUNTIF", "COUNTA", "LEN", "TRIM", "SUM"}


def test_a_long_list_of_choices_becomes_a_named_range(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    sources = [v.formula1 for sheet in book for v in sheet.data_validations.dataValidation]
    assert all(len(source) <= 257 for source in sources)
    assert "ii.list.1" in [source.lstrip("=") for source in sources]
    assert book["Lists"].sheet_state == "hidden"
    assert len(cells_of(book["Lists"])) == 6


def test_every_question_stands_in_the_workbook_with_its_guidance(asked: Any, filled: Path) -> None:
    text = "\n".join(str(cell.value) for sheet in openpyxl.load_workbook(filled) for cell in cells_of(sheet))
    for questionnaire in asked.questionnaires:
        assert questionnaire.purpose in text
        for question in questionnaire.questions():
            assert question.id in text
            assert question.text in text
            assert question.guidance in text


@pytest.mark.parametrize("text", ["x" * 32_768, "a\x00b", "a\x1bb", "a\ud800b", "\ufffe"])
def test_text_that_a_cell_cannot_hold_is_refused_with_its_place(asked: Any, tmp_path: Path, text: str) -> None:
    answers = {"Q1": Answer(question="Q1", cells=(Cell(text=text),))}
    with pytest.raises(UserError, match=r"Six critical questions!E\d+: the text"):
        asked.write(tmp_path / "f.xlsx", prefill=answers)


def test_an_answer_that_nobody_asked_for_is_refused_by_name(asked: Any, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Z9"):
        asked.write(tmp_path / "f.xlsx", prefill={"Z9": Answer(question="Z9")})
    wrong = Answer(question="SLA-1", cells=(Cell(text="x", column="Nowhere"),))
    with pytest.raises(UserError, match=r"SLA-1.*Nowhere.*commitment"):
        asked.write(tmp_path / "f.xlsx", prefill={"SLA-1": wrong})


def test_a_workbook_can_be_written_to_memory(asked: Any) -> None:
    out = io.BytesIO()
    write_template(asked.questionnaires, asked.content_hash, out, title="Line 3", contact="Dana", due="2026-12-18")
    text = [cell.value for cell in cells_of(openpyxl.load_workbook(io.BytesIO(out.getvalue()))["Instructions"])]
    assert {"Line 3", "Dana", "2026-12-18"} <= set(text)


def test_nothing_that_evaluators_keep_is_in_the_shipped_workbook(tmp_path: Path) -> None:
    rubrics = [
        rubric
        for file in sorted((ROOT / "scoring" / "rubrics").glob("*.yaml"))
        for rubric in yaml.safe_load(file.read_text())["rubrics"]
    ]
    if not rubrics:
        pytest.skip("no rubrics in scoring/rubrics")
    shipped = [yaml.safe_load(file.read_text()) for file in sorted((ROOT / "questionnaires").glob("*.yaml"))]
    path = tmp_path / "template.xlsx"
    write_template([Questionnaire.model_validate(questionnaire) for questionnaire in shipped], "0" * 64, path)
    with zipfile.ZipFile(path) as archive:
        inside = " ".join("".join(re.findall(r">([^<]+)<", archive.read(name).decode())) for name in archive.namelist())
    secrets = [text for rubric in rubrics for text in _judging_words(rubric)]
    assert len(secrets) > 50
    inside = " ".join(inside.split())
    assert not [text for text in secrets if " ".join(text.split()) in inside]


def _judging_words(rubric: dict[str, Any]) -> list[str]:
    """Level descriptors, red-flag statements, rationale and exemplars of a rubric, escaped as XML would be."""
    found = [*rubric["levels"].values(), rubric["rationale"], *(flag["statement"] for flag in rubric["red_flags"])]
    found += list((rubric.get("exemplars") or {}).values())
    return [str(text).replace("&", "&amp;") for text in found]


LAPTOP = (1366 - 50, 768 - 330)
"""Pixels that a small laptop leaves for cells, beside row numbers, scroll bar, ribbon and task bar."""


def test_a_laptop_shows_question_answer_and_evidence_side_by_side(filled: Path) -> None:
    for name in ("Six critical questions", "Lock-in standards…"):
        sheet = openpyxl.load_workbook(filled)[name]
        (evidence,) = [cell for cell in cells_of(sheet) if cell.value == "Evidence: document, page, contact"]
        letters = [get_column_letter(column) for column in range(2, evidence.column + 1)]
        assert sum(7 * sheet.column_dimensions[each].width for each in letters) <= LAPTOP[0]


def test_what_stays_in_view_above_leaves_room_for_two_questions(filled: Path) -> None:
    sheet = openpyxl.load_workbook(filled)["Six critical questions"]
    first = int(re.sub("[A-Z]", "", sheet.freeze_panes))
    frozen = sum(sheet.row_dimensions[row].height for row in range(2, first))
    two = sum(sheet.row_dimensions[row].height for row in (first, first + 1))
    assert (frozen + two) * 96 / 72 <= LAPTOP[1]


def test_a_vendor_begins_to_write_where_the_cursor_stands(filled: Path) -> None:
    for sheet in openpyxl.load_workbook(filled):
        if sheet.title != "Lists":
            cursor = sheet[sheet.views.sheetView[0].selection[-1].activeCell]
            assert not cursor.protection.locked
