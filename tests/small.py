"""The small evaluation that tests judge: five questions in three sections, their rubrics, and one vendor's answers."""

from __future__ import annotations

from datetime import UTC, datetime

from ii_vendor.model.panel import Consensus, Rating
from ii_vendor.model.questionnaire import Question, Section, Table
from ii_vendor.model.rubric import EvidenceGrade, Profile, RedFlagRule, Rubric, Severity
from ii_vendor.model.signal import Signal, SignalTests

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)

Level = int | None
Given = Level | tuple[Level, str]
"""A level (None: not applicable), alone or with its evidence grade; ``trial`` where none is given."""

SECTIONS = (
    Section(
        id="critical",
        title="What decides",
        questions=(
            Question(
                id="Q1", title="On its own", text="Does it run?", guidance="Say.", evidence=("test",), critical=True
            ),
            Question(id="Q2", title="Where", text="Where is it?", guidance="Say.", evidence=("test",), critical=True),
        ),
    ),
    Section(
        id="lock_in",
        title="Lock-in",
        questions=(
            Question(
                id="L1",
                title="Standards",
                text="Which?",
                guidance="Say.",
                evidence=("list",),
                kind="choice",
                options=("open", "closed"),
            ),
            Question(id="L2", title="Exit", text="How?", guidance="Say.", evidence=("plan",)),
        ),
    ),
    Section(
        id="flows",
        title="Flows",
        table=Table(questions_as="columns", row_title="Flow"),
        questions=(
            Question(
                id="DEA-1", title="What flows", text="Which tags?", guidance="Say.", evidence=("list",), kind="table"
            ),
        ),
    ),
)

RED_FLAGS = {
    "Q1": (("Q1-stops", Severity.critical, True), ("Q1-vague", Severity.minor, False)),
    "Q2": (("Q2-agent", Severity.major, False),),
    "L1": (("L1-closed", Severity.major, False),),
    "L2": (("L2-lease", Severity.minor, False),),
    "DEA-1": (("DEA-1-all", Severity.critical, False),),
}

PROFILE = Profile(
    id="plain",
    title="Plain",
    reasons="Easy to work out by hand.",
    section_weights={"critical": 6, "lock_in": 3, "flows": 1},
)
"""Shares: Q1 and Q2 0.3 each, L1 and L2 0.15 each, DEA-1 0.1. No minimums."""

ANSWERS = {
    "Q1": "Operations stop when the link is lost. Our cloud is required at all times.",
    "Q2": "At the boundary of each zone.",
    "L1": "OPC UA throughout.",
    "L2": "You export everything yourself.",
    "DEA-1": "Tags FT-101 to FT-120.",
}


def rubric(question: str) -> Rubric:
    """The rubric of a question of the small evaluation."""
    return Rubric(
        question=question,
        rationale="It matters.",
        levels={level: f"level {level}" for level in range(5)},
        red_flags=tuple(
            RedFlagRule(id=name, statement=f"{name} holds", severity=severity, gate=gate, ask=f"{name}, really?")
            for name, severity, gate in RED_FLAGS[question]
        ),
        good_signs=("works",),
        verify=f"Test {question}.",
        clause=f"The supplier warrants {question}.",
    )


def signal(name: str, phrase: str, flag: str) -> Signal:
    """A signal that points to ``flag`` of Q1 by one phrase."""
    tests = SignalTests(hit=(f"The {phrase} today.",), none=("Nothing to see.",))
    return Signal(
        id=name, polarity="red", flags={"Q1": flag}, reason=f"It says {phrase}.", patterns=(phrase,), tests=tests
    )


def rating(vendor: str, question: str, evaluator: str, given: Given) -> Rating:
    """A rating at noon."""
    level, grade = given if isinstance(given, tuple) else (given, "trial")
    return Rating(
        evaluator=evaluator, vendor=vendor, question=question, level=level, grade=EvidenceGrade(grade), at=NOON
    )


def consensus(vendor: str, question: str, given: Given) -> Consensus:
    """A consensus at noon."""
    level, grade = given if isinstance(given, tuple) else (given, "trial")
    return Consensus(
        vendor=vendor,
        question=question,
        level=level,
        grade=EvidenceGrade(grade),
        reason="The panel agreed.",
        no_evidence=True,
        response_version=1,
        by="Amara",
        at=NOON,
    )
