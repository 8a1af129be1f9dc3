"""Words survive: template, another program, and back."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ii_vendor.model.response import Answer, Cell

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
XML_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff") | st.sampled_from("\n\t\r"),
    max_size=300,
)


def plain(answers: Any) -> dict[str, Any]:
    """Answers without the addresses of their cells; unanswered ones left out."""
    said = {a.question: a for a in answers if a.answered or a.evidence}
    return {key: (a.choice, a.evidence, [(c.text, c.row, c.column) for c in a.cells]) for key, a in said.items()}


def saved_by_libreoffice(path: Path, out: Path, kind: str) -> Path:
    """The file as LibreOffice saves it."""
    profile = out / "profile"
    command = [str(SOFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", str(out), str(path)], check=True, capture_output=True, timeout=120)
    return out / f"{path.stem}.{kind}"


def test_a_filled_workbook_reads_back_to_the_letter(asked: Any, filled: Path) -> None:
    (intake,) = asked.read(filled)
    assert intake.problems == ()
    assert plain(intake.response.answers) == plain(asked.answers.values())
    assert (intake.response.vendor, intake.response.contact, intake.response.date) == (
        "Northgate Controls",
        "Ada",
        "2026-11-24",
    )
    assert intake.response.template_hash == asked.content_hash
    assert intake.original == filled.read_bytes()


@needs_libreoffice
def test_answers_survive_libreoffice_to_the_letter(asked: Any, filled: Path, tmp_path: Path) -> None:
    ods = saved_by_libreoffice(filled, tmp_path / "a", "ods")
    back = saved_by_libreoffice(ods, tmp_path / "b", "xlsx")
    (intake,) = asked.read(back)
    assert [p for p in intake.problems if p.severity != "note"] == []
    assert plain(intake.response.answers) == plain(asked.answers.values())
    assert intake.response.template_hash == asked.content_hash


def test_every_question_has_an_answer_even_if_empty(asked: Any, tmp_path: Path) -> None:
    only = {"Q1": asked.answers["Q1"]}
    (intake,) = asked.read(asked.write(tmp_path / "one.xlsx", prefill=only))
    ids = [question.id for questionnaire in asked.questionnaires for question in questionnaire.questions()]
    assert [answer.question for answer in intake.response.answers] == ids
    assert [answer.question for answer in intake.response.answers if answer.answered] == ["Q1"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(XML_TEXT, min_size=6, max_size=6), flow=XML_TEXT, choice=st.sampled_from(["Yes", "Partly", "No"]))
def test_any_text_comes_back_as_it_was_written(
    asked: Any, tmp_path: Path, texts: list[str], flow: str, choice: str
) -> None:
    answers = {
        f"Q{n}": Answer(question=f"Q{n}", cells=(Cell(text=text),), evidence=text) for n, text in enumerate(texts, 1)
    }
    answers["L1"] = Answer(question="L1", choice=choice, cells=(Cell(text=texts[0]),))
    answers["DEA-1"] = Answer(question="DEA-1", cells=(Cell(text=texts[1], row="flow"), Cell(text=flow, row="flow")))
    (intake,) = asked.read(asked.write(tmp_path / "any.xlsx", prefill=answers))
    read = {answer.question: answer for answer in intake.response.answers}
    assert [read[f"Q{n}"].cells[0].text if read[f"Q{n}"].cells else "" for n in range(1, 7)] == texts
    assert [read[f"Q{n}"].evidence for n in range(1, 7)] == texts
    assert [cell.text for cell in read["DEA-1"].cells] == [texts[1], flow]
    assert read["L1"].choice == choice
