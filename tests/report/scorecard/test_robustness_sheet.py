"""The sheets Robustness and Price: the figures that were computed, who can reproduce them, and prices that follow."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from python_calamine import CalamineWorkbook

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation, Price
from ii_vendor.model.price import PriceComparison
from ii_vendor.model.robustness import Robustness, WeightsVary
from ii_vendor.model.scorecard import Comparison
from ii_vendor.report.robustness_words import headline
from ii_vendor.report.scorecard import write_scorecard
from ii_vendor.score import compare
from ii_vendor.score.price import price_comparison
from ii_vendor.score.robustness import robustness

AMOUNTS = {"even": 300_000.0, "twin": 450_000.0, "gate": 90_000.0, "mute": 1 / 3, "late": 5.0}
FIGURES = {2: "autonomy", 6: "per_point", 7: "per_point_rank", 8: "points", 9: "combined", 10: "combined_rank"}
"""The columns of the sheet Price that hold figures, counted from 1."""


@pytest.fixture(scope="session")
def firm(small_evaluation: Evaluation, small_content: Content, comparison: Comparison) -> Robustness:
    return robustness(small_evaluation, small_content, comparison, spread=0.25, samples=500)


@pytest.fixture(scope="session")
def priced(small_evaluation: Evaluation) -> Evaluation:
    """The small evaluation with prices of most vendors, of a rejected and of an unrated one too."""
    at = small_evaluation.created_at
    prices = {
        vendor: Price(amount=amount, currency="EUR", basis="=1+1 five years", by="Ana Ruiz", at=at)
        for vendor, amount in AMOUNTS.items()
    }
    return small_evaluation.model_copy(update={"prices": prices})


@pytest.fixture(scope="session")
def full(
    comparison: Comparison,
    priced: Evaluation,
    small_content: Content,
    firm: Robustness,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    path = tmp_path_factory.mktemp("full") / "scorecard.xlsx"
    write_scorecard(comparison, priced, small_content, path, robustness=firm)
    return path


def cells(path: Path, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def texts(path: Path, sheet: str) -> list[str]:
    return [cell for row in cells(path, sheet) for cell in row if isinstance(cell, str) and cell]


def test_both_sheets_stand_after_the_verdicts_and_only_where_there_is_something_to_say(
    full: Path, workbook: Path
) -> None:
    names = CalamineWorkbook.from_path(str(full)).sheet_names
    assert names[:4] == ["Summary", "Verdicts", "Robustness", "Price"]
    assert not {"Robustness", "Price"} & set(CalamineWorkbook.from_path(str(workbook)).sheet_names)


def test_the_sheet_says_the_sentences_and_how_to_get_the_same_figures_again(
    full: Path, firm: Robustness, small_content: Content, comparison: Comparison
) -> None:
    said = texts(full, "Robustness")
    for line in headline(firm, small_content, comparison):
        assert line in said
    assert any("do not follow changed weights" in line for line in said)
    how = next(line for line in said if "ii-vendor robustness" in line)
    assert f"ii-vendor robustness {firm.evaluation} --spread 25 --samples 500" in how
    assert firm.record_hash[:12] in how


def test_every_simulation_stands_there_with_its_margin_as_computed(full: Path, firm: Robustness) -> None:
    rows = cells(full, "Robustness")
    starts = [index for index, row in enumerate(rows) if row[1] == "Rank 1"]
    assert len(starts) == len(firm.simulations) == 4
    for start, simulation in zip(starts, firm.simulations, strict=True):
        assert "give or take" in str(rows[start][0])
        for row, vendor in zip(rows[start + 1 :], firm.ranked, strict=False):
            shares = simulation.ranks[simulation.vendors.index(vendor)]
            assert row[0] == firm.names[vendor]
            assert row[1 : 1 + len(shares)] == pytest.approx(shares, abs=1e-12)


def test_every_weight_has_its_interval_and_the_rivals_beyond(
    full: Path, firm: Robustness, small_content: Content
) -> None:
    rows = cells(full, "Robustness")
    start = next(index for index, row in enumerate(rows) if row[0] == "Weight")
    lines = rows[start + 1 : start + 1 + len(firm.stability)]
    assert len(lines) == len(small_content.sections) + len(small_content.questions)
    for line, one in zip(lines, firm.stability, strict=True):
        assert line[1:4] == pytest.approx([one.share, one.low, one.high], abs=1e-12)
        assert line[4] == firm.names.get(one.low_rival or "", "")
        assert line[9] == firm.names.get(one.high_rival or "", "")


def test_the_ranks_are_drawn_from_the_cells_beside_the_chart(full: Path, firm: Robustness) -> None:
    with zipfile.ZipFile(full) as file:
        charts = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/charts/chart")]
    drawn = [chart for chart in charts if "percentStacked" in chart]
    assert len(charts) == 4
    assert len(drawn) == 1
    assert drawn[0].count("<c:ser>") == len(firm.ranked)
    rows = cells(full, "Robustness")
    for first, last in re.findall(r"<c:cat>.*?Robustness!\$A\$(\d+):\$A\$(\d+)", drawn[0], re.S):
        assert [row[0] for row in rows[int(first) - 1 : int(last)]] == [firm.names[each] for each in firm.ranked]


def test_robustness_holds_no_formula_and_nobodys_words_become_one(full: Path) -> None:
    book = load_workbook(full)
    assert [cell.coordinate for row in book["Robustness"].iter_rows() for cell in row if cell.data_type == "f"] == []
    risky = [
        cell
        for sheet in ("Robustness", "Price")
        for row in book[sheet].iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.data_type != "f" and cell.value.startswith("=")
    ]
    assert any(cell.value.startswith("=Gatekeeper") for cell in risky)
    assert [cell.coordinate for cell in risky if not cell.quotePrefix] == []


def test_the_method_tells_how_robustness_is_computed_only_where_it_is_shown(full: Path, workbook: Path) -> None:
    assert any("SMAA-2" in line and "500 sets" in line for line in texts(full, "Method"))
    assert not any("SMAA-2" in line for line in texts(workbook, "Method"))


def test_both_sheets_print_on_a4_with_every_sentence_in_a_row_tall_enough(full: Path) -> None:
    book = load_workbook(full)
    for name in ("Robustness", "Price"):
        sheet = book[name]
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        for merged in sheet.merged_cells.ranges:
            cell = sheet.cell(merged.min_row, merged.min_col)
            columns = [sheet.column_dimensions[column] for column in "ABCDEFGHIJKLMNO"]
            width = sum(columns[index - 1].width for index in range(merged.min_col, merged.max_col + 1))
            height = sheet.row_dimensions[merged.min_row].height or 15
            assert len(str(cell.value or "")) <= 1.25 * width * (height // 13), cell.value


def test_with_one_ranked_vendor_or_none_the_sheet_still_says_what_can_be_said(
    small_evaluation: Evaluation, small_content: Content
) -> None:
    for names in (("even",), ()):
        vendors = tuple(vendor for vendor in small_evaluation.vendors if vendor.id in names)
        ratings = {key: rating for key, rating in small_evaluation.ratings.items() if key[0] in names}
        few = small_evaluation.model_copy(update={"vendors": vendors, "ratings": ratings, "flags": {}})
        comparison = compare(few, small_content)
        out = BytesIO()
        firm = robustness(few, small_content, comparison)
        write_scorecard(comparison, few, small_content, out, robustness=firm)
        rows = CalamineWorkbook.from_filelike(BytesIO(out.getvalue())).get_sheet_by_name("Robustness").to_python()
        said = [row[0] for row in rows]
        assert any("only vendor" in str(line) or "No vendor" in str(line) for line in said)
        assert "Weight" not in said


def assert_prices(path: Path, expected: PriceComparison) -> None:
    sheet = load_workbook(path, data_only=True)["Price"]
    found = {row[0].value: row for row in sheet.iter_rows(min_row=6)}
    for vendor in expected.vendors:
        row = found[vendor.name]
        assert (row[4].value or "") == vendor.left_out, vendor.name
        assert (row[10].value or None) == (None if vendor.left_out else "yes" if vendor.on_front else "no"), vendor.name
        for column, name in FIGURES.items():
            value = row[column - 1].value
            got = value if isinstance(value, int | float) else None
            wanted = getattr(vendor, name)
            assert got == (wanted and pytest.approx(wanted, rel=1e-12)), f"{vendor.name}, {name}"


def test_prices_stand_beside_autonomy_as_computed(full: Path, priced: Evaluation, comparison: Comparison) -> None:
    expected = price_comparison(comparison, priced.prices)
    assert {vendor.left_out for vendor in expected.vendors} == {"", "rejected", "not rated", "no price"}
    assert_prices(full, expected)


def test_prices_follow_changed_weights_prices_and_shares_in_libreoffice(
    full: Path,
    priced: Evaluation,
    small_content: Content,
    recalculated: Callable[[dict[str, Workbook]], dict[str, Path]],
) -> None:
    book = load_workbook(full)
    book["Price"]["B4"] = 0.25
    rows = {row[0].value: row for row in book["Price"].iter_rows(min_row=6)}
    rows["Twinpeak Automation"][2].value = 123_456.78
    rows["Split Decision GmbH"][2].value = 300_000
    weights = book["Weights"]
    assert weights["B6"].value == "Q1"
    weights["D6"] = 9
    same = load_workbook(full)
    results = recalculated({"changed": book, "same": same})

    profile = small_content.profile
    profile = profile.model_copy(update={"question_weights": {**profile.question_weights, "Q1": 9}})
    comparison = compare(priced, small_content.with_profile(profile))
    typed = {"twin": 123_456.78, "split": 300_000.0}
    even = priced.prices["even"]
    prices = {**priced.prices, **{key: even.model_copy(update={"amount": amount}) for key, amount in typed.items()}}
    assert_prices(results["changed"], price_comparison(comparison, prices, quality_share=0.25))
    assert_prices(results["same"], price_comparison(compare(priced, small_content), priced.prices))


def test_only_prices_and_the_share_of_quality_can_be_changed(full: Path) -> None:
    sheet = load_workbook(full)["Price"]
    unlocked = {cell.column_letter for row in sheet.iter_rows(min_row=5) for cell in row if not cell.protection.locked}
    assert unlocked == {"C"}
    assert not sheet["B4"].protection.locked
    assert sheet.protection.sheet


def test_simulations_with_more_vendors_than_columns_hold_the_lowest_ranks_together(
    generated: tuple[Content, Evaluation],
) -> None:
    content, evaluation = generated
    comparison = compare(evaluation, content)
    firm = robustness(evaluation, content, comparison, samples=200)
    assert len(firm.ranked) > 8
    out = BytesIO()
    write_scorecard(comparison, evaluation, content, out, robustness=firm)
    rows = CalamineWorkbook.from_filelike(BytesIO(out.getvalue())).get_sheet_by_name("Robustness").to_python()
    start = next(index for index, row in enumerate(rows) if row[1] == "Rank 1")
    assert rows[start][7:9] == ["Rank 7", "Lower"]
    near = firm.simulation(WeightsVary.informed, ratings=False)
    assert near is not None
    assert sum(float(share) for share in rows[start + 1][1:9]) == pytest.approx(1)
