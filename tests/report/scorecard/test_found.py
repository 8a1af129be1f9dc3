"""What was found stands in the workbook: each answer's state, its quotes, and what does not seem to fit together."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.response import Answer, Cell, Finding
from ii_vendor.model.signal import Fact, FactWords, Signal, SignalSet, SignalTests
from ii_vendor.report.scorecard import write_scorecard
from ii_vendor.score import compare

TESTS = SignalTests(hit=("yes",), none=("no",))
FORMULA = '=HYPERLINK("http://evil.example") it runs alone'


def content_with_facts(content: Content) -> Content:
    needs = Signal(
        id="needs",
        polarity="red",
        flags={"Q2": "Q2-stops"},
        reason="It stops.",
        fact=Fact(name="cloud", value=True),
        patterns=("everything stops",),
        tests=TESTS,
    )
    alone = Signal(
        id="alone",
        polarity="good",
        questions=("Q1",),
        reason="Runs.",
        fact=Fact(name="cloud", value=False),
        patterns=("runs alone",),
        tests=TESTS,
    )
    facts = {"cloud": FactWords(when_true="It needs the cloud.", when_false="It runs alone.", ask="Which is it?")}
    return content.model_copy(update={"signals": SignalSet(signals=(needs, alone), facts=facts)})


def with_answers(evaluation: Evaluation, **texts: str) -> Evaluation:
    """Evenkeel with these answers, and a finding of each kind in Q3."""
    (received,) = evaluation.responses["even"]
    answers = tuple(Answer(question=key, cells=(Cell(text=text),)) for key, text in texts.items())
    whole = texts["Q3"]
    more = {"question": "Q3", "signal": "s", "cell": 0, "start": 0, "end": len(whole), "quote": whole}
    findings = (
        Finding(id="a", polarity="red", possible=True, words=((0, 4),), reason="", **more),
        Finding(id="b", polarity="good", possible=True, reason="", **more),
        Finding(id="c", polarity="evasion", reason="Marketing.", ask="And on site?", **more),
    )
    stated = tuple(
        Finding(
            id=signal,
            signal=signal,
            polarity=polarity,
            question=key,
            cell=0,
            start=0,
            end=9,
            quote=texts[key],
            reason="w",
        )
        for signal, polarity, key in (("alone", "good", "Q1"), ("needs", "red", "Q2"))
    )
    findings = (*stated, *findings)
    response = received.response.model_copy(update={"answers": answers})
    changed = received.model_copy(update={"response": response, "findings": findings})
    return evaluation.model_copy(update={"responses": {**evaluation.responses, "even": (changed,)}})


@pytest.fixture(scope="module")
def sheets(small_content: Content, small_evaluation: Evaluation):
    """The rows of the sheets Evidence and Contradictions."""
    content = content_with_facts(small_content)
    german = "Die Anlage läuft ohne uns, und das ist nicht mit der Wolke verbunden."
    evaluation = with_answers(small_evaluation, Q1=FORMULA, Q2="Everything stops.", Q3="=1+1 is it.", Q4=german)
    out = BytesIO()
    write_scorecard(compare(evaluation, content), evaluation, content, out)
    book = load_workbook(out)
    return {name: list(book[name].iter_rows(min_row=6)) for name in ("Evidence", "Contradictions")}


def rows_of(sheets, question: str) -> list[tuple[str, str, str]]:
    """Who, words and reason."""
    return [
        (row[3].value, row[6].value, row[7].value)
        for row in sheets["Evidence"]
        if row[0].value == "Evenkeel Controls" and row[1].value == question
    ]


def test_each_answer_has_its_state_in_words(sheets):
    states = {question: rows_of(sheets, question)[0][2] for question in ("Q1", "Q3", "Q4", "L1")}
    assert states == {
        "Q1": "1 good sign.",
        "Q3": "1 possible red flag, evasive, likely good.",
        "Q4": "Not analysed: German. Read it yourself.",
        "L1": "Not answered: counts as level 0.",
    }


def test_each_finding_has_its_words_and_what_is_said_of_it(sheets):
    found = [row for row in rows_of(sheets, "Q3") if row[0].startswith("Signals: ")]
    assert found == [
        (
            "Signals: possible red flag",
            "=1+1 is it.",
            "It resembles wording that was a red flag elsewhere: read it. Because of: “=1+1”. Ask: ?",
        ),
        ("Signals: evasive", "=1+1 is it.", "Marketing. Ask: And on site?"),
        (
            "Signals: likely good",
            "=1+1 is it.",
            "It is like answers that were good elsewhere. That is only likely: read it.",
        ),
    ]


def test_statements_that_do_not_fit_together_stand_in_a_row(sheets):
    (row,) = [[cell.value for cell in row] for row in sheets["Contradictions"]]
    assert row[0] == "Evenkeel Controls"
    assert row[1:4] == ["Q2", "Q2: “Everything stops.”", "It needs the cloud."]
    assert row[4] == "Q1"
    assert "it runs alone”" in row[5]
    assert row[6:8] == ["It runs alone.", "Which is it?"]


def test_no_cell_becomes_a_formula(sheets):
    for rows in sheets.values():
        for row in rows:
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@")):
                    assert cell.quotePrefix, cell.coordinate


def test_without_contradictions_there_is_no_such_sheet(small_content: Content, small_evaluation: Evaluation):
    out = BytesIO()
    write_scorecard(compare(small_evaluation, small_content), small_evaluation, small_content, out)
    assert "Contradictions" not in load_workbook(out).sheetnames
