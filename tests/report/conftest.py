"""Evaluations made in Python: a small one with every edge case, and generated ones of any size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from random import Random

import pytest

from ii_vendor.model.content import Content
from ii_vendor.model.panel import (
    Discipline,
    Evaluation,
    Evaluator,
    Flag,
    FlagDecision,
    FlagState,
    Quote,
    Rating,
    ReceivedResponse,
    Vendor,
)
from ii_vendor.model.questionnaire import Question, Questionnaire, Section
from ii_vendor.model.response import Answer, Cell, Response, SourceFile
from ii_vendor.model.rubric import EvidenceGrade, Minimums, Profile, RedFlagRule, Rubric, Severity
from ii_vendor.model.signal import Lexicon, SignalSet

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PANEL = (
    Evaluator(name="Ana Ruiz", discipline=Discipline.operations),
    Evaluator(name="Ben Okafor", discipline=Discipline.it),
    Evaluator(name="Chloé Martin", discipline=Discipline.security),
)
HOSTILE = (
    '=HYPERLINK("http://evil.example","click")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "=1+1\x00\x07",
    "http://evil.example/x",
    "mailto:a@evil.example",
    "<r><t>markup</t></r>",
    "{=1+1}",
    "\ud800 half a character",
    "internal:Summary!A1",
    "＝1+1",
)


def make_content(sections: Mapping[str, Sequence[str]], profile: Profile, critical: Iterable[str] = ()) -> Content:
    must = set(critical)
    asked = tuple(
        Section(
            id=section,
            title=section.replace("_", " ").title(),
            questions=tuple(_question(name, name in must) for name in names),
        )
        for section, names in sections.items()
    )
    names = [name for group in sections.values() for name in group]
    return Content(
        questionnaires=(
            Questionnaire(id="asked", title="All questions", version="1", purpose="Test.", sections=asked),
        ),
        rubrics=tuple(_rubric(name) for name in names),
        signals=SignalSet(lexicon=Lexicon(), signals=()),
        profile=profile,
    )


def _question(name: str, critical: bool) -> Question:
    return Question(
        id=name,
        title=f"Does the plant run on without you in case {name}?",
        text=f"What happens in case {name}?",
        guidance="Say what operators see.",
        evidence=("a test report",),
        critical=critical,
    )


def _rubric(name: str) -> Rubric:
    return Rubric(
        question=name,
        rationale="The plant runs day and night.",
        levels={level: f"Level {level} of {name}" for level in range(5)},
        red_flags=(
            RedFlagRule(id=f"{name}-stops", statement="Stops without the vendor.", severity=Severity.critical, ask="?"),
        ),
        good_signs=("Runs alone.",),
        verify=f"Pull the WAN link for 72 h and watch {name}.",
        clause=f"The supplier warrants that {name} works without any outside connection.",
    )


def make_evaluation(
    content: Content,
    vendors: Mapping[str, str],
    ratings: Iterable[Rating],
    flags: Iterable[Flag] = (),
    answers: Mapping[str, Mapping[str, str]] | None = None,
    panel: Sequence[Evaluator] = PANEL,
) -> Evaluation:
    """An evaluation; ``answers`` by vendor and question. A vendor without an entry has sent nothing."""
    return Evaluation(
        id="line-4",
        name="Remote access & monitoring, line 4",
        content_hash=content.hash,
        created_at=NOON,
        sequence=42,
        record_hash="ab" * 32,
        evaluators=tuple(panel),
        vendors=tuple(Vendor(id=key, name=name) for key, name in vendors.items()),
        responses={key: (_received(key, words),) for key, words in (answers or {}).items()},
        ratings={(one.vendor, one.question, one.evaluator): one for one in ratings},
        flags={flag.id: flag for flag in flags},
    )


def _received(vendor: str, words: Mapping[str, str]) -> ReceivedResponse:
    answers = tuple(Answer(question=name, cells=(Cell(text=text),)) for name, text in words.items())
    file = SourceFile(name=f"{vendor}.xlsx", sha256="00" * 32, size=1)
    response = Response(vendor=vendor, answers=answers, file=file)
    return ReceivedResponse(version=1, response=response, findings=(), accepted_by="Ana Ruiz", at=NOON)


def make_rating(
    vendor: str, question: str, who: int, level: int | None, grade: EvidenceGrade = EvidenceGrade.claim, words: str = ""
) -> Rating:
    return Rating(
        evaluator=PANEL[who].name,
        vendor=vendor,
        question=question,
        level=level,
        grade=grade,
        reason=words or f"Level {level} because of the test report.",
        quote=words or "The plant runs on.",
        response_version=1,
        at=NOON,
    )


def make_flag(
    number: int,
    vendor: str,
    question: str,
    severity: Severity,
    state: FlagState,
    gate: bool = False,
    words: str = "Our cloud decides.",
) -> Flag:
    decision = FlagDecision(
        state=state,
        by="Ana Ruiz",
        reason="Seen in the demonstration.",
        owner="Dana Weiss" if state is FlagState.accepted else "",
        at=NOON,
    )
    return Flag(
        id=f"F{number}",
        vendor=vendor,
        question=question,
        statement="Operation depends on the vendor’s cloud.",
        severity=severity,
        gate=gate,
        raised_by="Ben Okafor",
        quotes=(Quote(text=words, reason="The plant would stop with the link."),),
        decisions=() if state is FlagState.raised else (decision,),
    )


SMALL_SECTIONS = {
    "six_questions": ("Q1", "Q2", "Q3", "Q4"),
    "lock_in": ("L1", "L2", "L3"),
    "not_counted": ("N1", "N2"),
}
SMALL_PROFILE = Profile(
    id="balanced",
    title="Balanced",
    reasons="Operations first, then the exit.",
    section_weights={"six_questions": 3, "lock_in": 2, "not_counted": 0},
    question_weights={"Q1": 2, "L2": 0.5, "L3": 1.7},
    minimums=Minimums(autonomy=35, evidenced=20, floor=1.5, sections={"lock_in": 10}),
)
VENDORS = {
    "even": "Evenkeel Controls",
    "twin": "Twinpeak Automation",
    "open": "Openloop Systems",
    "gate": "=Gatekeeper Cloud",
    "mute": "Mute & Sons",
    "split": "Split Decision GmbH",
    "late": "Late Arrivals",
    "low": "Lowland Networks",
}


@pytest.fixture(scope="session")
def small_content() -> Content:
    return make_content(SMALL_SECTIONS, SMALL_PROFILE, critical=SMALL_SECTIONS["six_questions"])


@pytest.fixture(scope="session")
def small_evaluation(small_content: Content) -> Evaluation:
    """Eight vendors, three evaluators, and among them every state that an answer, a flag or a verdict can have."""
    random = Random(7)
    names = list(small_content.questions)
    grades = list(EvidenceGrade)
    ratings: dict[tuple[str, str, int], Rating] = {}

    def rate(vendor: str, question: str, who: int, level: int | None, grade: EvidenceGrade | None = None) -> None:
        words = random.choice(HOSTILE) if random.random() < 0.4 else ""
        ratings[vendor, question, who] = make_rating(
            vendor, question, who, level, grade or random.choice(grades), words
        )

    for name in names:
        for who in range(3):
            level, grade = random.choice((2, 3, 4)), random.choice(grades)
            for twin in ("even", "twin"):
                rate(twin, name, who, level, grade)
            for vendor in ("gate", "mute", "split"):
                rate(vendor, name, who, random.choice((1, 2, 3, 4)))
            rate("low", name, who, 1)
        rate("open", name, 0, 3)
    for who in range(3):
        rate("open", "L1", who, None)
        rate("split", "Q2", who, (0, 3, 3)[who])
        rate("split", "Q3", who, (None, 2, 3)[who])
        rate("even", "N1", who, None)
        rate("twin", "N1", who, None)
    for vendor, question in (("open", "Q3"), ("open", "N2"), ("open", "L2")):
        for who in range(3):
            ratings.pop((vendor, question, who), None)
    ratings["mute", "L3", 0] = make_rating("mute", "L3", 0, None)
    answers = {vendor: {name: random.choice(HOSTILE) for name in names} for vendor in VENDORS if vendor != "late"}
    answers["mute"] |= {"Q1": "", "L1": "  ", "L3": ""}
    answers["even"]["Q1"] = "word " * 9_000
    return make_evaluation(small_content, VENDORS, ratings.values(), _small_flags(), answers)


def _small_flags() -> list[Flag]:
    severe, major, minor = Severity.critical, Severity.major, Severity.minor
    states = FlagState
    lines = (
        ("even", "Q2", minor, states.dismissed, False),
        ("twin", "L1", major, states.confirmed, False),
        ("twin", "L1", minor, states.confirmed, False),
        ("twin", "Q1", major, states.accepted, True),
        ("open", "Q1", major, states.raised, False),
        ("open", "Q1", minor, states.confirmed, False),
        ("open", "L1", severe, states.confirmed, True),
        ("open", "L3", severe, states.clarification_sent, False),
        ("gate", "Q4", severe, states.confirmed, True),
        ("gate", "L2", major, states.confirmed, False),
        ("late", "Q2", major, states.raised, True),
    )
    return [
        make_flag(number, *line, words=HOSTILE[number % len(HOSTILE)]) for number, line in enumerate(lines, start=1)
    ]


def generate(vendors: int, questions: int, seed: int = 1) -> tuple[Content, Evaluation]:
    """Content and an evaluation of any size, the same for the same seed; a flag on every fifth answer."""
    random = Random(seed)
    per_section = 10
    groups = {
        f"s{start}": [f"A{n}" for n in range(start, min(start + per_section, questions))]
        for start in range(0, questions, per_section)
    }
    profile = Profile(
        id="balanced", title="Balanced", reasons="Generated.", section_weights={name: 1 + len(name) for name in groups}
    )
    content = make_content(groups, profile, critical=[f"A{n}" for n in range(min(6, questions))])
    names = {f"v{n}": f"Vendor {n}" for n in range(vendors)}
    words = [f"{'The line keeps running when the link is down. ' * random.randint(1, 8)}Case {n}." for n in range(200)]
    ratings = [
        make_rating(
            vendor, question, who, random.randint(1, 4), random.choice(list(EvidenceGrade)), random.choice(words)
        )
        for vendor in names
        for question in content.questions
        for who in range(3)
    ]
    flags = [
        make_flag(number, vendor, question, random.choice(list(Severity)), random.choice(list(FlagState)))
        for number, (vendor, question) in enumerate(
            (vendor, question) for vendor in names for question in content.questions if random.random() < 0.2
        )
    ]
    answers = {vendor: {question: random.choice(words) for question in content.questions} for vendor in names}
    return content, make_evaluation(content, names, ratings, flags, answers)


@pytest.fixture(scope="session")
def generated() -> tuple[Content, Evaluation]:
    """Twelve vendors and ten questions."""
    return generate(12, 10)
