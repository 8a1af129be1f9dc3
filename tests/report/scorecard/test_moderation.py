"""Consensus in the workbook: it counts as in Python, recalculated too, and stands there with its words and dissents."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from python_calamine import CalamineWorkbook

from ii_vendor.model.content import Content
from ii_vendor.model.panel import (
    Consensus,
    Declaration,
    Discipline,
    Dissent,
    Evaluation,
    FlagDecision,
    FlagState,
    Signature,
    Stage,
)
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.scorecard import AnswerStatus
from ii_vendor.report.scorecard import write_scorecard
from ii_vendor.score import compare
from tests.report.scorecard.test_figures import assert_workbook_agrees, other_profiles, what_if

Recalculated = Callable[[dict[str, Workbook]], dict[str, Path]]

MARCH = datetime(2026, 3, 9, 15, 0, tzinfo=UTC)
HASH = "5d" * 32
LEVEL, GRADE = 15, 16
"""The columns of the consensus on the sheet Ratings for a panel of three, from 1."""

AGREED = {
    ("even", "Q1"): (1, "claim"),
    ("even", "L2"): (4, "claim"),
    ("split", "Q2"): (2, "document"),
    ("split", "Q3"): (None, "claim"),
    ("open", "Q3"): (4, "contract"),
    ("open", "L1"): (2, "trial"),
    ("mute", "Q1"): (3, "trial"),
    ("mute", "L3"): (None, "claim"),
    ("low", "N1"): (0, "claim"),
}
"""An answer below its mean, above its evidence, in dispute, not applicable, not rated, rated not applicable, left empty
and left empty but not applicable."""


def agreed(vendor: str, question: str, level: int | None, grade: str = "trial", **more: object) -> Consensus:
    words = {"reason": "=A reason", "no_evidence": True, "response_version": 1, "by": "Ana Ruiz", "at": MARCH}
    return Consensus.model_validate(
        {"vendor": vendor, "question": question, "level": level, "grade": EvidenceGrade(grade), **words, **more}
    )


@pytest.fixture(scope="session")
def moderated(small_evaluation: Evaluation) -> Evaluation:
    """The small evaluation with consensus on answers of every kind, and a panel that declared and handed in."""
    consensus = {key: agreed(*key, *given) for key, given in AGREED.items()}
    consensus["even", "Q1"] = agreed(
        "even",
        "Q1",
        1,
        "claim",
        mean=3.0,
        quote="The line stops.",
        no_evidence=False,
        second_look=("The panel’s mean is 3 and the consensus 1: a move of 2 levels.",),
    )
    dissent = Dissent(evaluator="Ben Okafor", vendor="even", question="Q1", level=3, reason="It restarts.", at=MARCH)
    flags = dict(small_evaluation.flags)
    waiting = FlagDecision(
        state=FlagState.clarification_sent, by="Ben Okafor", reason="Ask.", due=date(2026, 4, 1), at=MARCH
    )
    signature = Signature(
        evaluator="Ana Ruiz",
        discipline=Discipline.operations,
        state=FlagState.accepted,
        owner="Dana Weiss",
        reason="We can run by hand.",
        at=MARCH,
    )
    flags["F9"] = flags["F9"].model_copy(update={"signatures": (signature,)})
    flags["F8"] = flags["F8"].model_copy(update={"decisions": (waiting,)})
    return small_evaluation.model_copy(
        update={
            "consensus": consensus,
            "dissents": {("even", "Q1", "Ben Okafor"): dissent},
            "flags": flags,
            "stage": Stage.moderation,
            "sequence": 412,
            "record_hash": HASH,
            "declarations": {
                "Ana Ruiz": Declaration(evaluator="Ana Ruiz", vendors=(), conflicts={}, at=MARCH),
                "Ben Okafor": Declaration(
                    evaluator="Ben Okafor", vendors=("low",), conflicts={"low": "Holds shares."}, at=MARCH
                ),
            },
            "handed_in": {"Ana Ruiz": MARCH},
        }
    )


@pytest.fixture(scope="session")
def book(moderated: Evaluation, small_content: Content, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("moderated") / "scorecard.xlsx"
    write_scorecard(compare(moderated, small_content), moderated, small_content, path)
    return path


def rows(path: Path, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def text_of(path: Path, sheet: str) -> str:
    return "\n".join(str(cell) for row in rows(path, sheet) for cell in row)


def test_the_moderated_evaluation_has_consensus_on_answers_of_every_kind(
    moderated: Evaluation, small_content: Content
) -> None:
    before = compare(moderated.model_copy(update={"consensus": {}}), small_content)
    cards = {card.vendor: card for card in before.vendors}
    found = [cards[vendor].question(question) for vendor, question in AGREED]
    assert {score.status for score in found} == set(AnswerStatus)
    assert any(score.disputed for score in found)


def test_cached_values_are_those_that_python_computed(
    book: Path, moderated: Evaluation, small_content: Content
) -> None:
    assert_workbook_agrees(book, compare(moderated, small_content))


def test_libreoffice_computes_the_same_with_consensus_under_other_weights_caps_and_minimums(
    book: Path, moderated: Evaluation, small_content: Content, recalculated: Recalculated
) -> None:
    profiles = other_profiles(small_content.profile, 4)
    results = recalculated({f"set{index}": what_if(book, profile) for index, profile in enumerate(profiles)})
    for index, profile in enumerate(profiles):
        assert_workbook_agrees(results[f"set{index}"], compare(moderated, small_content.with_profile(profile)))


def test_a_consensus_changed_made_or_taken_back_in_its_cell_moves_the_scores(
    book: Path, moderated: Evaluation, small_content: Content, recalculated: Recalculated
) -> None:
    consensus = dict(moderated.consensus)
    changes = {
        ("even", "Q1"): (4, "document"),
        ("split", "Q3"): (0, "claim"),
        ("open", "L1"): (None, "trial"),
        ("twin", "Q2"): (1, "claim"),
        ("twin", "Q3"): (None, None),
        ("mute", "L3"): (2, "claim"),
    }
    workbook = load_workbook(book)
    sheet = workbook["Ratings"]
    names = {vendor.id: vendor.name for vendor in moderated.vendors}
    places = {(sheet.cell(row, 1).value, sheet.cell(row, 2).value): row for row in range(6, sheet.max_row + 1)}
    for (vendor, question), (level, grade) in changes.items():
        row = places[names[vendor], question]
        sheet.cell(row, LEVEL).value = "n/a" if level is None else level
        sheet.cell(row, GRADE).value = grade
        consensus[vendor, question] = agreed(vendor, question, level, grade or "claim")
    for vendor, question in (("split", "Q2"), ("open", "Q3")):
        row = places[names[vendor], question]
        sheet.cell(row, LEVEL).value = sheet.cell(row, GRADE).value = None
        del consensus[vendor, question]
    result = recalculated({"changed": workbook})["changed"]
    assert_workbook_agrees(result, compare(moderated.model_copy(update={"consensus": consensus}), small_content))
    assert "WHAT-IF" in text_of(result, "Summary")
    lines = {(row[0], row[1]): row for row in rows(result, "Ratings")}
    mean = float(str(lines[names["even"], "Q1"][LEVEL + 2]))
    assert float(str(lines[names["even"], "Q1"][LEVEL + 3])) == pytest.approx(4 - mean)


def test_nothing_is_called_a_what_if_until_a_consensus_is_changed(book: Path, recalculated: Recalculated) -> None:
    assert "WHAT-IF" not in text_of(recalculated({"same": load_workbook(book)})["same"], "Summary")


def test_the_ratings_stand_beside_the_consensus_as_they_were_given(book: Path, workbook: Path) -> None:
    for before, after in zip(rows(workbook, "Ratings")[5:], rows(book, "Ratings")[5:], strict=True):
        assert after[: LEVEL - 1] == before[: LEVEL - 1]
    line = next(row for row in rows(book, "Ratings") if row[:2] == ["Evenkeel Controls", "Q1"])
    assert line[LEVEL - 1 : GRADE] == [1.0, "claim"]
    assert line[-5:] == ["=A reason", "“The line stops.”", "Ana Ruiz", "2026-03-09", "Ben Okafor (3): It restarts."]


def test_the_sheet_moderation_lists_every_consensus_with_all_that_it_rests_on(
    book: Path, moderated: Evaluation
) -> None:
    found = [row for row in rows(book, "Moderation")[5:] if row[0]]
    assert len(found) == len(AGREED)
    line = next(row for row in found if row[:2] == ["Evenkeel Controls", "Q1"])
    given = [f"{rating.evaluator}: {rating.level}" for rating in moderated.ratings_of("even", "Q1")]
    assert str(line[3]).splitlines() == given
    assert line[4:7] == [3.0, 1.0, -2.0]
    assert line[8:12] == [
        "=A reason",
        "“The line stops.”",
        "The panel’s mean is 3 and the consensus 1: a move of 2 levels.",
        "Ben Okafor (3): It restarts.",
    ]
    assert line[12:15] == [1.0, "Ana Ruiz", "2026-03-09"]
    assert next(row for row in found if row[1] == "Q3" and row[5] == "n/a")[9] == "no evidence found"


def test_a_workbook_without_consensus_has_no_sheet_moderation(workbook: Path) -> None:
    assert "Moderation" not in CalamineWorkbook.from_path(str(workbook)).sheet_names


def test_the_sheet_evidence_has_consensus_and_dissent_under_the_ratings(book: Path) -> None:
    who = [str(row[3]) for row in rows(book, "Evidence") if row[:2] == ["Evenkeel Controls", "Q1"]]
    last = max(index for index, name in enumerate(who) if name.startswith("Chloé Martin"))
    assert who[last + 1 : last + 3] == ["Consensus (recorded by Ana Ruiz)", "Ben Okafor does not share the consensus"]


def test_the_sheet_panel_says_who_declared_what_and_who_handed_in(book: Path) -> None:
    found = {row[0]: row for row in rows(book, "Panel")[5:]}
    assert found["Ana Ruiz"][3:6] == ["none", "2026-03-09", "2026-03-09 15:00"]
    assert found["Ben Okafor"][3:6] == ["Lowland Networks: Holds shares.", "2026-03-09", "not handed in"]
    assert found["Chloé Martin"][3] == "not declared"
    top = text_of(book, "Panel")
    assert "Stage: moderation. The record had 412 events" in top
    assert HASH in top


def test_the_register_says_by_when_a_vendor_answers_and_who_signed_for_a_gate(book: Path) -> None:
    lines = rows(book, "Red flags")
    heads = [str(cell) for cell in lines[4]]
    due, signed = heads.index("Answer due by"), heads.index("Signatures that wait for the other")
    assert [row[due] for row in lines[5:] if row[5] == "clarification sent"] == ["2026-04-01"]
    assert [row[signed] for row in lines[5:] if row[signed]] == [
        "Ana Ruiz (operations), 2026-03-09: accepted, risk owner Dana Weiss. We can run by hand."
    ]


def test_the_properties_name_the_state_of_the_record_that_it_was_written_from(
    book: Path, moderated: Evaluation, small_content: Content
) -> None:
    found = {each.name: each.value for each in load_workbook(book).custom_doc_props.props}
    assert found == {
        "evaluation": moderated.id,
        "sequence": 412,
        "record hash": HASH,
        "content hash": small_content.hash,
    }


def test_a_workbook_of_a_restricted_view_says_on_its_first_sheet_what_is_not_in_it(
    moderated: Evaluation, small_content: Content, book: Path
) -> None:
    hidden = {key: rating for key, rating in moderated.ratings.items() if key[2] != "Ben Okafor"}
    seen = moderated.model_copy(
        update={
            "ratings": hidden,
            "withheld": frozenset({"Ben Okafor"}),
            "closed_vendors": frozenset({"low"}),
        }
    )
    out = BytesIO()
    write_scorecard(compare(seen, small_content), seen, small_content, out)
    read = CalamineWorkbook.from_filelike(BytesIO(out.getvalue()))
    first = str(read.get_sheet_by_name(read.sheet_names[0]).to_python())
    assert "NOT THE WHOLE RESULT: written without the ratings of Ben Okafor" in first
    assert "without the responses, ratings and red flags of Lowland Networks" in first
    assert "Ben Okafor" not in str(read.get_sheet_by_name("Ratings").to_python()[4])
    assert "NOT THE WHOLE RESULT" not in text_of(book, "Summary")


def test_the_workbook_holds_no_formula_made_of_words_of_a_consensus(book: Path) -> None:
    with zipfile.ZipFile(book) as file:
        sheets = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any("<f>A reason" in sheet for sheet in sheets)
