"""What a reader meets: ranks, charts, print set-up, inputs and the method."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.scorecard import Comparison, Outcome
from ii_vendor.report.scorecard import write_scorecard
from ii_vendor.score import compare


def test_a_rejected_vendor_stays_in_sight_without_a_rank(workbook: Path, comparison: Comparison) -> None:
    rows = CalamineWorkbook.from_path(str(workbook)).get_sheet_by_name("Summary").to_python(skip_empty_area=False)
    rejected = {card.name for card in comparison.vendors if card.verdict.outcome is Outcome.reject}
    lines = {row[1]: row for row in rows if row[1] in rejected}
    assert set(lines) == rejected
    assert all(line[0] == "" and line[2] == "reject" and line[3] for line in lines.values())


def test_vendors_with_equal_scores_share_a_rank(workbook: Path) -> None:
    rows = CalamineWorkbook.from_path(str(workbook)).get_sheet_by_name("Summary").to_python(skip_empty_area=False)
    ranks = {row[1]: row[0] for row in rows[7:15]}
    assert ranks["Evenkeel Controls"] == ranks["Twinpeak Automation"] == 1
    assert 2 not in ranks.values()


def test_the_summary_has_three_native_charts_of_the_ranked_vendors(workbook: Path, comparison: Comparison) -> None:
    with zipfile.ZipFile(workbook) as file:
        charts = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 3
    assert sum("<c:barChart>" in chart for chart in charts) == 2
    scatter = next(chart for chart in charts if "<c:scatterChart>" in chart)
    assert scatter.count("<c:ser>") == len(comparison.vendors)
    assert scatter.count('<c:showSerName val="1"/>') >= len(comparison.vendors)
    assert all("Evenkeel Controls" in chart for chart in charts)


def test_the_quadrant_lies_as_on_the_page_with_red_flags_across_and_autonomy_upwards(workbook: Path) -> None:
    with zipfile.ZipFile(workbook) as file:
        charts = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/charts/chart")]
    across, upwards = (
        re.findall(rf"<c:{axis}>.*?<c:f>Totals!\$[A-Z]+\$(\d+)</c:f>", next(c for c in charts if "scatterChart" in c))
        for axis in ("xVal", "yVal")
    )
    totals = CalamineWorkbook.from_path(str(workbook)).get_sheet_by_name("Totals").to_python(skip_empty_area=False)
    assert len(set(across)) == len(set(upwards)) == 1
    assert "ed flags" in " ".join(map(str, totals[int(across[0]) - 1][:2]))
    assert "utonomy" in " ".join(map(str, totals[int(upwards[0]) - 1][:2]))


def test_the_weights_are_printed_on_one_page(workbook: Path) -> None:
    setup = load_workbook(workbook)["Weights"].page_setup
    assert {setup.fitToWidth, setup.fitToHeight} <= {None, 1}


def test_the_method_and_the_summary_tell_who_adopted_other_weights_and_why(
    small_content: Content, small_evaluation: Evaluation
) -> None:
    profile = small_content.profile.model_copy(
        update={"title": "Plain, changed", "reasons": "Adopted by Ben on 3 May 2030: It hurt.\n\nBefore that: Simple."}
    )
    content, out = small_content.with_profile(profile), BytesIO()
    write_scorecard(compare(small_evaluation, content), small_evaluation, content, out)
    book = CalamineWorkbook.from_filelike(BytesIO(out.getvalue()))
    method = [row[0] for row in book.get_sheet_by_name("Method").to_python()]
    start = method.index("Profile: Plain, changed")
    assert method[start + 1 : start + 3] == ["Adopted by Ben on 3 May 2030: It hurt.", "Before that: Simple."]
    assert "profile “Plain, changed”" in str(book.get_sheet_by_name("Summary").to_python())


def test_every_sheet_is_fitted_to_one_or_two_pages_across_with_its_headings_repeated(workbook: Path) -> None:
    book = load_workbook(workbook)
    for sheet in book:
        assert sheet.page_setup.fitToWidth in (None, 1, 2), sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        if sheet.title not in ("Rules", "Method"):
            assert sheet.print_title_rows, sheet.title
            assert sheet.freeze_panes, sheet.title


def test_only_input_cells_are_unlocked(workbook: Path) -> None:
    book = load_workbook(workbook)
    unlocked = {
        sheet.title for sheet in book for row in sheet.iter_rows() for cell in row if not cell.protection.locked
    }
    assert unlocked == {"Weights", "Rules", "Ratings", "Red flags"}
    for title in unlocked:
        for row in book[title].iter_rows():
            for cell in row:
                assert cell.protection.locked or cell.data_type != "f", f"{title}!{cell.coordinate}"


def test_the_method_sheet_names_what_it_was_made_from(workbook: Path, comparison: Comparison) -> None:
    rows = CalamineWorkbook.from_path(str(workbook)).get_sheet_by_name("Method").to_python()
    text = "\n".join(str(cell) for row in rows for cell in row)
    for part in (
        comparison.content_hash,
        comparison.record_hash,
        "Ana Ruiz",
        "Operations first",
        "87.5",
        "How red flags are found",
        "not measured as they stand",
        "Reviewed by",
    ):
        assert part in text


def test_an_evaluation_without_vendors_or_panel_still_gives_a_workbook(
    small_content: Content, small_evaluation: Evaluation
) -> None:
    empty = small_evaluation.model_copy(
        update={"vendors": (), "evaluators": (), "ratings": {}, "flags": {}, "responses": {}}
    )
    out = BytesIO()
    write_scorecard(compare(empty, small_content), empty, small_content, out)
    assert CalamineWorkbook.from_filelike(BytesIO(out.getvalue())).sheet_names[0] == "Summary"
