"""A small questionnaire of every shape with answers to it, filled workbooks, and ways to spoil them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ii_vendor.intake import Intake, read_responses, write_template
from ii_vendor.model.questionnaire import Column, Question, Questionnaire, Section, Table
from ii_vendor.model.response import Answer, Cell

HASH = "0123456789abcdef" * 4
EVIDENCE = ("an architecture drawing", "a test report")


def question(id_: str, title: str, **more: object) -> Question:
    text = f"Please describe how your solution answers this for a plant that runs day and night: {title.lower()}?"
    guidance = (
        "Say what the operators see, what keeps running, and for how long. Name the parts that need the internet for "
        f"this: {title.lower()}."
    )
    return Question.model_validate(
        {"id": id_, "title": title, "text": text, "guidance": guidance, "evidence": EVIDENCE, **more}
    )


SIX = Section(
    id="six_questions",
    title="Six critical questions",
    intro="Each of these decides on its own whether operations can run without you.",
    questions=tuple(
        question(f"Q{n}", title, critical=True, references=("IEC 62443-3-3 SR 5.2 RE 2", "CISA element 4"))
        for n, title in enumerate(
            (
                "Function without your infrastructure",
                "Where enforcement happens",
                "Standards",
                "Emergency access",
                "Authentication failure",
                "Data ownership",
            ),
            1,
        )
    ),
)
CHOICES = Section(
    id="lock_in",
    title="Lock-in: standards, interoperability, documentation, exit and price",
    questions=(
        question("L1", "Open standards", kind="choice", options=("Yes", "Partly", "No")),
        question(
            "L2",
            "Data exit",
            kind="choice",
            options=tuple(f"{n} " + "a long option, with a comma " * 2 + "end" for n in range(6)),
        ),
        question("L3", "Support life"),
    ),
)
FLOWS = Section(
    id="dea",
    title="Data Exchange Agreement",
    intro="One row for each data flow that you propose.",
    table=Table(questions_as="columns", row_title="Data flow", row_hint="A short name", blank_rows=5),
    questions=tuple(
        question(f"DEA-{n}", title, kind="table")
        for n, title in enumerate(
            ("What flows", "Format", "Frequency", "When unavailable", "Ownership", "Change control"), 1
        )
    ),
)
SLA = Section(
    id="sla",
    title="Service Level Agreement",
    table=Table(
        questions_as="rows",
        columns=(
            Column(id="commitment", title="What you commit to"),
            Column(id="measure", title="How it is measured", hint="who measures, how often"),
            Column(id="tier", title="Tier", options=("99 %", "99.9 %")),
        ),
    ),
    questions=tuple(
        question(f"SLA-{n}", title, kind="table") for n, title in enumerate(("Availability", "Responsibilities"), 1)
    ),
)


def questionnaire(id_: str, title: str, *sections: Section) -> Questionnaire:
    purpose = (
        f"{title}: shows whether the plant keeps running when your service, your links or your company are not there."
    )
    return Questionnaire(id=id_, title=title, version="1.0", purpose=purpose, sections=sections)


QUESTIONNAIRES = (
    questionnaire("six_questions", "The six critical questions", SIX),
    questionnaire("lock_in", "Lock-in", CHOICES),
    questionnaire("agreements", "Formal agreements", FLOWS, SLA),
)

ANSWERS = {
    answer.question: answer
    for answer in (
        Answer(
            question="Q1",
            cells=(Cell(text="Operations run on.\n\nThe collector keeps 72 h of data."),),
            evidence="Report TR-7, p. 4",
        ),
        Answer(question="Q2", cells=(Cell(text="=cmd|'/c calc'!A1 is text, and so is <b>this</b> & \"that\""),)),
        Answer(question="Q3", cells=(Cell(text="  leading and trailing  "),)),
        Answer(question="L1", choice="Partly", cells=(Cell(text="OPC UA yes, the historian no – in 2027…"),)),
        Answer(question="L2", choice=CHOICES.questions[1].options[3]),
        *(
            Answer(
                question=f"DEA-{n}",
                cells=(
                    Cell(text=f"tags FT-101..FT-10{n}", row="Historian copy"),
                    Cell(text=f"alarms {n}", row="Alarm mail"),
                ),
                evidence="Annex B" if n == 1 else "",
            )
            for n in range(1, 7)
        ),
        Answer(
            question="SLA-1",
            cells=(
                Cell(text="99 % a month", column="What you commit to"),
                Cell(text="", column="How it is measured"),
                Cell(text="99 %", column="Tier"),
            ),
        ),
    )
}

SHARED = Path(__file__).resolve().parents[3] / "shared"


@dataclass(frozen=True)
class Asked:
    """What the sample workbooks ask, and what their vendor answers."""

    questionnaires: tuple[Questionnaire, ...]
    content_hash: str
    answers: dict[str, Answer]

    def write(self, path: Path, **more: Any) -> Path:
        """Write a workbook filled with the sample answers."""
        options = {"vendor": "Northgate Controls", "vendor_contact": "Ada", "vendor_date": "2026-11-24"} | more
        options.setdefault("prefill", self.answers)
        write_template(self.questionnaires, self.content_hash, path, **options)
        return path

    def read(self, *paths: Path, **more: Any) -> list[Intake]:
        """Read returned files."""
        return read_responses(paths, self.questionnaires, self.content_hash, **more)


Edit = Callable[[Any], None]


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own for every test."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("II_VENDOR_DATA", str(folder))
    return folder


@pytest.fixture(scope="session")
def asked() -> Asked:
    """The sample questionnaires and answers."""
    return Asked(QUESTIONNAIRES, HASH, ANSWERS)


@pytest.fixture
def filled(asked: Asked, tmp_path: Path) -> Path:
    """A filled workbook, as a vendor would send it."""
    return asked.write(tmp_path / "northgate.xlsx")


@pytest.fixture
def returned(asked: Asked, filled: Path) -> Callable[[Edit], Intake]:
    """Edit the filled workbook the way somebody might, and read what comes back."""

    def edit_and_read(edit: Edit) -> Intake:
        book = openpyxl.load_workbook(filled, rich_text=True)
        edit(book)
        book.save(filled)
        return asked.read(filled)[0]

    return edit_and_read


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of hostile and real-world files."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not on this machine")
    return SHARED


@pytest.fixture(scope="session")
def samples_of_harm(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every hostile sample, with small bombs."""
    import runpy
    import sys

    folder = tmp_path_factory.mktemp("hostile")
    before = sys.argv
    sys.argv = ["make_hostile.py", str(folder), "--mib", "80"]
    try:
        runpy.run_path(str(shared / "hostile" / "make_hostile.py"), run_name="__main__")
    finally:
        sys.argv = before
    return folder
