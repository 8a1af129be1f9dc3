"""Every figure of the workbook is Python's, cached and recalculated by LibreOffice after inputs were changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from python_calamine import CalamineWorkbook

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation, FlagState
from ii_vendor.model.rubric import Minimums, Profile, Severity
from ii_vendor.model.scorecard import Comparison, Outcome, Scorecard
from ii_vendor.score import compare

Recalculated = Callable[[dict[str, Workbook]], dict[str, Path]]


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
    workbook: Path, small_evaluation: Evaluation, small_content: Content, recalculated: Recalculated
) -> None:
    profiles = other_profiles(small_content.profile, 10)
    books = {f"set{index}": what_if(workbook, profile) for index, profile in enumerate(profiles)}
    results = recalculated(books)
    for index, profile in enumerate(profiles):
        expected = compare(small_evaluation, small_content.with_profile(profile))
        assert_workbook_agrees(results[f"set{index}"], expected)
        banner = CalamineWorkbook.from_path(str(results[f"set{index}"])).get_sheet_by_name("Summary").to_python()
        assert any("WHAT-IF" in str(cell) for row in banner for cell in row)


def test_libreoffice_computes_the_same_from_changed_ratings_and_flags(
    workbook: Path, small_evaluation: Evaluation, small_content: Content, recalculated: Recalculated
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

    result = recalculated({"changed": book})["changed"]
    assert_workbook_agrees(result, compare(changed, small_content))


def test_nothing_is_called_a_what_if_until_an_input_is_changed(workbook: Path, recalculated: Recalculated) -> None:
    result = recalculated({"same": load_workbook(workbook)})["same"]
    cells = CalamineWorkbook.from_path(str(result)).get_sheet_by_name("Summary").to_python()
    assert not any("WHAT-IF" in str(cell) for row in cells for cell in row)
    assert any("as recorded" in str(cell) for row in cells for cell in row)
