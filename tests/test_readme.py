"""README says what is true."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ii_vendor.library import load_library
from ii_vendor.model.content import Content
from ii_vendor.model.panel import (
    Discipline,
    Evaluation,
    Evaluator,
    Flag,
    FlagDecision,
    FlagState,
    Rating,
    ReceivedResponse,
    Vendor,
)
from ii_vendor.model.questionnaire import Question, Questionnaire, Section
from ii_vendor.model.response import Answer, Cell, Response, SourceFile
from ii_vendor.model.rubric import EvidenceGrade, Profile, Severity
from ii_vendor.model.signal import Lexicon, SignalSet
from ii_vendor.report.measurement_words import figures_table
from ii_vendor.score import compare

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_two_commands_stand_at_the_top():
    start = README.index("## Start")
    assert README.index("`pip install -e . && ii-vendor demo`") > start
    assert README.index('`pip install -e ".[test]" && pytest`') > start
    assert README.find("\n## ") == start - 1


def test_the_example_by_hand_is_what_the_tool_computes():
    card = compare(*_example()).vendors[0]
    shown = [float(number) for number in re.findall(r"= \*\*([\d.]+)\*\*", README)]
    assert shown == [72.5, 57.5, 21]
    assert [card.autonomy.claimed, card.autonomy.evidenced, card.red_flags.low] == pytest.approx(shown, abs=1e-9)


def test_every_command_in_the_readme_runs(tmp_path):
    blocks = re.findall(r"```\n(ii-vendor new.*?)```", README, re.S)
    assert len(blocks) == 1
    environment = {"II_VENDOR_DATA": str(tmp_path / "data"), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    for line in blocks[0].strip().splitlines():
        words = [part for word in shlex.split(line)[1:] for part in _expanded(word, tmp_path)]
        run = subprocess.run(
            [sys.executable, "-m", "ii_vendor", *words], cwd=tmp_path, env=environment, capture_output=True, text=True
        )
        assert run.returncode == 0, f"{line}: {run.stderr}"


def test_the_figures_are_those_that_were_measured_on_the_shipped_signals():
    stated = README.split("<!-- figures", 1)[1].split("-->\n", 1)[1].split("\n<!-- end of figures -->", 1)[0]
    assert stated == figures_table(load_library().signals.measured)


def test_every_file_that_the_readme_names_is_there():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def _expanded(word: str, folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in sorted(folder.glob(word))] if "*" in word else [word]


def _example() -> tuple[Evaluation, Content]:
    """The example of the README: three questions in two sections, rated by one evaluator."""
    now = datetime.now(UTC)
    questions = {"A1": "a", "A2": "a", "B1": "b"}
    sections = tuple(
        Section(
            id=section,
            title=section,
            questions=tuple(
                Question(id=key, title=key, text=key, guidance=key, evidence=("x",))
                for key, home in questions.items()
                if home == section
            ),
        )
        for section in ("a", "b")
    )
    content = Content(
        questionnaires=(Questionnaire(id="q", title="q", version="1", purpose="q", sections=sections),),
        rubrics=(),
        signals=SignalSet(lexicon=Lexicon(), signals=()),
        profile=Profile(id="p", title="p", reasons="p", section_weights={"a": 60, "b": 40}),
    )
    given = {"A1": (3, "claim"), "A2": (4, "document"), "B1": (2, "contract")}
    ratings = {
        ("v", key, "E"): Rating(
            evaluator="E", vendor="v", question=key, level=level, grade=EvidenceGrade(grade), reason="r", at=now
        )
        for key, (level, grade) in given.items()
    }
    confirmed = FlagDecision(state=FlagState.confirmed, by="E", reason="r", at=now)
    flags = {
        severity.value: Flag(
            id=severity.value,
            vendor="v",
            question="A1",
            statement="s",
            severity=severity,
            raised_by="E",
            decisions=(confirmed,),
        )
        for severity in (Severity.major, Severity.minor)
    }
    response = Response(
        vendor="V",
        answers=tuple(Answer(question=key, cells=(Cell(text="words"),)) for key in questions),
        file=SourceFile(name="f", sha256="0" * 64, size=1),
    )
    received = ReceivedResponse(version=1, response=response, findings=(), accepted_by="E", at=now)
    evaluation = Evaluation(
        id="e",
        name="e",
        content_hash=content.hash,
        created_at=now,
        sequence=1,
        record_hash="0" * 64,
        evaluators=(Evaluator(name="E", discipline=Discipline.operations),),
        vendors=(Vendor(id="v", name="V"),),
        responses={"v": (received,)},
        ratings=ratings,
        flags=flags,
    )
    return evaluation, content
