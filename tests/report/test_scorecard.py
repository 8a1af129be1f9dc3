"""The scorecard workbook: live formulas, honest cached values, and no vendor text that could ever run."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from python_calamine import CalamineWorkbook

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation, FlagState
from ii_vendor.model.rubric import Minimums, Profile, Severity
from ii_vendor.model.scorecard import Comparison, Outcome, Scorecard
from ii_vendor.report.scorecard import write_scorecard
from ii_vendor.score import compare

NAMESPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
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


def recalculated(books: dict[str, Workbook], folder: Path) -> dict[str, Path]:
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


def number(value: object) -> float | None:
    """A cell's number; None for the empty text of a formula without a result."""
    return float(value) if isinstance(value, int | float) else None


def assert_figure(found: object, expected: float | None, what: str) -> None:
    got = number(found)
    if expected is None:
        assert got is None, f"{what}: {got} where there is no figure"
    else:
        assert got is not None, f"{what}: no figure where there should be {expected}"
        assert abs(got - expected) < 1e-9, f"{what}: {got} instead of {expected}"


def totals_of(path: Path) -> dict[str, list[object]]:
    """Rows of the Totals sheet by block and label, one cell for each vendor."""
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Totals").to_python(skip_empty_area=False)
    found: dict[str, list[object]] = {}
    block = ""
    for row in rows:
        if row[0] and all(cell == "" for cell in row[1:]):
            block = str(row[0])
        elif row[0]:
            found[f"{block} | {row[0]}"] = row[2:]
    return found


def assert_workbook_agrees(path: Path, expected: Comparison) -> None:
    """Every figure of every vendor, on Totals, Scores and Summary, is what Python computed."""
    totals = totals_of(path)
    for index, card in enumerate(expected.vendors):
        _assert_totals(totals, index, card)
    _assert_scores(path, expected)
    _assert_summary(path, expected)


def _assert_totals(totals: dict[str, list[object]], index: int, card: Scorecard) -> None:
    scopes = [("All sections", card.autonomy, card.red_flags)]
    scopes += [(f"Section: {s.title}", s.autonomy, s.red_flags) for s in card.sections]
    for title, autonomy, flags in scopes:
        for label, value in (
            ("Autonomy, low", autonomy.low),
            ("Autonomy, high", autonomy.high),
            ("Claimed", autonomy.claimed),
            ("Evidenced", autonomy.evidenced),
            ("Rated share", autonomy.coverage),
            ("Red flags, low", flags.low),
            ("Red flags, high", flags.high),
        ):
            assert_figure(totals[f"{title} | {label}"][index], value, f"{card.name}, {title}, {label}")
    floor = "Floor: the lowest level among the critical questions"
    assert_figure(totals[f"{floor} | Floor (0–4)"][index], card.floor.level, f"{card.name}, floor")
    assert (totals[f"{floor} | First question at the floor"][index] or None) == card.floor.question
    assert totals["Verdict | Verdict"][index] == card.verdict.outcome.value, card.name
    assert_figure(totals["Rank | Rank"][index], card.rank, f"{card.name}, rank")
    assert (totals["Rank | May change"][index] == "provisional") == card.provisional, card.name
    assert totals["Rank | On the front"][index] == ("yes" if card.on_front else "no"), card.name


def _assert_scores(path: Path, expected: Comparison) -> None:
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Scores").to_python(skip_empty_area=False)
    by_question = {str(row[0]).removesuffix(" *"): row for row in rows if row[0]}
    for index, card in enumerate(expected.vendors):
        for score in card.questions:
            cells = by_question[score.question][3 + 4 * index :]
            assert_figure(cells[0], score.claimed, f"{card.name}, {score.question}, claimed")
            assert_figure(cells[1], score.evidenced, f"{card.name}, {score.question}, evidenced")
            assert cells[2] == score.status.value
            assert_figure(by_question[score.question][2], score.weight, f"{score.question}, share")


def _assert_summary(path: Path, expected: Comparison) -> None:
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Summary").to_python(skip_empty_area=False)
    lines = rows[7 : 7 + len(expected.vendors)]
    assert [line[1] for line in lines] == [card.name for card in expected.ranked()]
    for line, card in zip(lines, expected.ranked(), strict=True):
        assert_figure(line[0], card.rank, f"{card.name}, rank in the summary")
        assert line[2] == card.verdict.outcome.value
        assert_figure(line[4], card.autonomy.low, f"{card.name}, autonomy in the summary")
        assert_figure(line[8], card.red_flags.low, f"{card.name}, red flags in the summary")


def what_if(path: Path, profile: Profile) -> Workbook:
    """The workbook with the weights and minimums of another profile typed into its input cells."""
    book = load_workbook(path)
    sheet = book["Weights"]
    for row in range(6, sheet.max_row + 1):
        question, section = sheet.cell(row, 2).value, sheet.cell(row, 8).value
        if question:
            sheet.cell(row, 4).value = profile.question_weights.get(question, 1.0)
        if section:
            key = str(section).lower().replace(" ", "_")
            sheet.cell(row, 9).value = profile.section_weights[key]
            sheet.cell(row, 11).value = profile.minimums.sections.get(key)
    rules = {row[0].value: row[1] for row in book["Rules"].iter_rows(min_row=1, max_col=2)}
    rules["Autonomy (0–100)"].value = profile.minimums.autonomy
    rules["Evidenced autonomy (0–100)"].value = profile.minimums.evidenced
    rules["Level of every critical question (0–4)"].value = profile.minimums.floor
    for grade, cap in profile.evidence_caps.items():
        rules[grade.value].value = cap
    return book


def other_profiles(profile: Profile, count: int) -> list[Profile]:
    """Profiles with other weights, caps and minimums, some weights being 0."""
    random = Random(11)

    def weight() -> float:
        return random.choice((0.0, 0.1, 1 / 3, 1.0, 2.5, 7.0))

    found = []
    for _ in range(count):
        sections = {name: weight() for name in profile.section_weights} | {"lock_in": random.uniform(0.1, 5)}
        questions = {name: weight() for name in ("Q1", "Q2", "Q3", "Q4", "L1", "L2", "N1")}
        caps = {grade: float(random.randint(1, 4)) for grade in profile.evidence_caps}
        minimums = Minimums(
            autonomy=random.choice((None, 30, 60)),
            evidenced=random.choice((None, 20, 50)),
            floor=random.choice((None, 1, 2.5)),
            sections=random.choice(({}, {"lock_in": 40}, {"not_counted": 55})),
        )
        found.append(
            profile.model_copy(
                update={
                    "section_weights": sections,
                    "question_weights": questions,
                    "evidence_caps": caps,
                    "minimums": minimums,
                }
            )
        )
    return found


def test_cached_values_are_those_that_python_computed(workbook: Path, comparison: Comparison) -> None:
    assert_workbook_agrees(workbook, comparison)


def test_the_small_evaluation_covers_every_status_and_verdict(comparison: Comparison) -> None:
    assert {card.verdict.outcome for card in comparison.vendors} == set(Outcome)
    statuses = {score.status.value for card in comparison.vendors for score in card.questions}
    assert statuses == {"rated", "not rated", "not answered", "not applicable"}
    assert any(score.disputed for card in comparison.vendors for score in card.questions)


def test_libreoffice_computes_the_same_from_ten_sets_of_weights(
    workbook: Path, small_evaluation: Evaluation, small_content: Content, tmp_path: Path
) -> None:
    profiles = other_profiles(small_content.profile, 10)
    books = {f"set{index}": what_if(workbook, profile) for index, profile in enumerate(profiles)}
    results = recalculated(books, tmp_path)
    for index, profile in enumerate(profiles):
        expected = compare(small_evaluation, small_content.with_profile(profile))
        assert_workbook_agrees(results[f"set{index}"], expected)
        banner = CalamineWorkbook.from_path(str(results[f"set{index}"])).get_sheet_by_name("Summary").to_python()
        assert any("WHAT-IF" in str(cell) for row in banner for cell in row)


def test_libreoffice_computes_the_same_from_changed_ratings_and_flags(
    workbook: Path, small_evaluation: Evaluation, small_content: Content, tmp_path: Path
) -> None:
    ratings = dict(small_evaluation.ratings)
    flags = dict(small_evaluation.flags)
    who = small_evaluation.evaluators[1].name
    ratings["even", "Q2", who] = ratings["even", "Q2", who].model_copy(update={"level": 0})
    ratings["low", "L2", who] = ratings["low", "L2", who].model_copy(update={"level": None})
    decision = flags["F9"].decisions[-1]
    accepted = decision.model_copy(update={"state": FlagState.accepted, "owner": "Dana Weiss"})
    flags["F9"] = flags["F9"].model_copy(update={"decisions": (accepted,)})
    flags["F2"] = flags["F2"].model_copy(update={"severity": Severity.critical})
    changed = small_evaluation.model_copy(update={"ratings": ratings, "flags": flags})

    book = load_workbook(workbook)
    sheet = book["Ratings"]
    rows = {(sheet.cell(row, 1).value, sheet.cell(row, 2).value): row for row in range(6, sheet.max_row + 1)}
    sheet.cell(rows["Evenkeel Controls", "Q2"], 7).value = 0
    sheet.cell(rows["Lowland Networks", "L2"], 7).value = "n/a"
    register = book["Red flags"]
    for row in range(6, register.max_row + 1):
        vendor, question = register.cell(row, 1).value, register.cell(row, 2).value
        if (vendor, question) == ("=Gatekeeper Cloud", "Q4"):
            register.cell(row, 6).value = "accepted"
        severity = register.cell(row, 4)
        if (vendor, question, severity.value) == ("Twinpeak Automation", "L1", "major"):
            severity.value = "critical"

    result = recalculated({"changed": book}, tmp_path)["changed"]
    assert_workbook_agrees(result, compare(changed, small_content))


def test_nothing_is_called_a_what_if_until_an_input_is_changed(workbook: Path, tmp_path: Path) -> None:
    result = recalculated({"same": load_workbook(workbook)}, tmp_path)["same"]
    cells = CalamineWorkbook.from_path(str(result)).get_sheet_by_name("Summary").to_python()
    assert not any("WHAT-IF" in str(cell) for row in cells for cell in row)
    assert any("as recorded" in str(cell) for row in cells for cell in row)


def _sheet_xml(workbook: Path) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(workbook) as file:
        listing = ElementTree.fromstring(file.read("xl/workbook.xml"))
        names = [sheet.attrib["name"] for sheet in listing.findall("m:sheets/m:sheet", NAMESPACE)]
        return {
            name: ElementTree.fromstring(file.read(f"xl/worksheets/sheet{index}.xml"))
            for index, name in enumerate(names, start=1)
        }


@pytest.mark.parametrize("sheet", ["Evidence", "Verdicts", "Method"])
def test_sheets_that_hold_only_words_hold_no_formula(workbook: Path, sheet: str) -> None:
    assert _sheet_xml(workbook)[sheet].findall(".//m:f", NAMESPACE) == []


def test_no_text_of_a_vendor_becomes_a_formula_or_a_link(workbook: Path) -> None:
    for name, sheet in _sheet_xml(workbook).items():
        assert sheet.findall(".//m:hyperlinks", NAMESPACE) == [], name
        for formula in sheet.findall(".//m:f", NAMESPACE):
            text = formula.text or ""
            assert not re.search(r"HYPERLINK|evil|cmd|calc|SUM\(1\+1\)|^1\+1|^-?2\+3", text), f"{name}: {text}"


def test_text_that_looks_like_a_formula_stays_text_after_editing(workbook: Path) -> None:
    book = load_workbook(workbook)
    risky = [
        cell
        for sheet in ("Evidence", "Red flags", "Verdicts", "Ratings")
        for row in book[sheet].iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.data_type != "f" and cell.value.startswith(tuple("=+-@\t\n＝"))
    ]
    assert len(risky) > 20
    assert [cell.coordinate for cell in risky if not cell.quotePrefix] == []


def test_the_vendors_words_stand_to_the_letter(workbook: Path) -> None:
    words = [row[6] for row in CalamineWorkbook.from_path(str(workbook)).get_sheet_by_name("Evidence").to_python()]
    assert '=HYPERLINK("http://evil.example","click")' in words
    assert "<r><t>markup</t></r>" in [str(text).strip() for text in words]
    assert "=1+1\ufffd\ufffd" in words
    assert "\ufffd half a character" in words


def test_a_long_answer_continues_in_the_next_rows_without_a_loss(workbook: Path) -> None:
    rows = CalamineWorkbook.from_path(str(workbook)).get_sheet_by_name("Evidence").to_python()
    answer = [row[6] for row in rows if row[:2] == ["Evenkeel Controls", "Q1"] and "answer" in str(row[3])]
    assert len(answer) > 1
    assert "".join(str(part) for part in answer) == "word " * 9_000


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


def test_every_sheet_prints_one_page_wide_with_its_headings_repeated(workbook: Path) -> None:
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
