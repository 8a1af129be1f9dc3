"""A small questionnaire of every shape, and answers to it."""

from __future__ import annotations

from ii_vendor.model.questionnaire import Column, Question, Questionnaire, Section, Table
from ii_vendor.model.response import Answer, Cell

HASH = "0123456789abcdef" * 4
EVIDENCE = ("an architecture drawing", "a test report")


def question(id_: str, title: str, **more: object) -> Question:
    text = f"Please describe how your solution answers this for a plant that runs day and night: {title.lower()}?"
    guidance = (
        "Say what the operators see, what keeps running, and for how long. Name the parts that need the internet."
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
            cells=(Cell(text="99 % a month", column="What you commit to"), Cell(text="99 %", column="Tier")),
        ),
    )
}
