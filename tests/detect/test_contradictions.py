"""Statements of one vendor that do not seem to fit together, found across answers and versions."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from ii_vendor.detect import contradictions as module
from ii_vendor.detect import find
from ii_vendor.library import load_library
from ii_vendor.model.contradiction import Contradiction
from ii_vendor.model.response import Answer, Cell, Finding, Response, SourceFile
from ii_vendor.model.signal import Fact, FactWords, Language, Lexicon, Signal, SignalSet, SignalTests

WHOLE = yaml.safe_load((Path(__file__).parent / "whole_responses.yaml").read_text("utf-8"))
TESTS = SignalTests(hit=("yes",), none=("no",))


def contradictions(signals: SignalSet, said: Response, earlier: Response | None = None) -> tuple[Contradiction, ...]:
    """Those in what the signals find in the responses."""

    def found(read: Response | None) -> tuple[Finding, ...]:
        return tuple(each for answer in (read.answers if read else ()) for each in find(signals, answer))

    return module.contradictions(signals, found(said), found(earlier))


def signal(name: str, value: bool, *patterns: str, fact: str = "cloud", hint: bool = False) -> Signal:
    target: dict[str, object] = {"flags": {"Q1": "Q1-x", "L5": "L5-x"}} if value else {"questions": ("Q1", "R2")}
    return Signal.model_validate(
        {
            "id": name,
            "polarity": "red" if value else "good",
            "hint": hint,
            "reason": "why",
            "fact": Fact(name=fact, value=value),
            "patterns": patterns,
            "tests": TESTS,
            **target,
        }
    )


FACTS = {
    "cloud": FactWords(when_true="It needs the cloud.", when_false="It runs alone.", ask="Which is it?"),
    "licence": FactWords(
        when_true="The licence is checked.", when_false="It is not.", ask="By whom?", implies={"cloud": True}
    ),
}
SIGNALS = SignalSet(
    lexicon=Lexicon(
        language=Language(
            negations=("not", "no"), conditions=("if",), hedges=("generally",), roadmap=("planned",), time_limits=()
        )
    ),
    signals=(
        signal("stops", True, "everything stops", "link & lost & gateways + halt"),
        signal("alone", False, "runs alone"),
        signal("checked", True, "licence is checked", fact="licence"),
        signal("perhaps", True, "often asks", hint=True),
    ),
    facts=FACTS,
)


def response(vendor: str = "Alder", **answers: str | tuple[str, ...]) -> Response:
    return Response(
        vendor=vendor,
        answers=tuple(
            Answer(
                question=question.replace("_", "-"),
                cells=tuple(Cell(text=text) for text in ((said,) if isinstance(said, str) else said)),
            )
            for question, said in answers.items()
        ),
        file=SourceFile(name="a.xlsx", sha256="0" * 64, size=1),
    )


def test_opposite_statements_in_two_answers_are_shown_with_their_words_and_places():
    said = response(Q1="Well: it runs alone.", L2="Fine.", L5="Without the server everything stops.")
    (found,) = contradictions(SIGNALS, said)
    needs, alone = found.sides
    assert (found.fact, found.ask, found.questions) == ("cloud", "Which is it?", ("L5", "Q1"))
    assert (needs.says, alone.says) == ("It needs the cloud.", "It runs alone.")
    assert not found.between_versions
    for statement in (*needs.statements, *alone.statements):
        cell = said.answer(statement.question).cells[statement.cell]
        assert cell.text[statement.start : statement.end] == statement.quote
    assert alone.statements[0].quote == "it runs alone."


def test_what_implies_a_fact_contradicts_its_opposite():
    (found,) = contradictions(SIGNALS, response(Q1="It runs alone.", L5="The licence is checked every night."))
    assert found.fact == "cloud"
    assert found.sides[0].says == "The licence is checked."


@pytest.mark.parametrize(
    "other",
    [
        "Not everything stops.",
        "No licence is checked.",
        "It often asks.",
        "If everything stops, call us.",
        "Does everything stop? Everything stops?",
        "Nothing about it.",
    ],
)
def test_what_is_not_stated_contradicts_nothing(other: str):
    assert contradictions(SIGNALS, response(Q1="It runs alone.", L5=other)) == ()


@pytest.mark.parametrize("weak", ["It generally runs alone.", "It is planned that it runs alone."])
def test_weak_words_and_promises_contradict_nothing(weak: str):
    assert contradictions(SIGNALS, response(R2=weak, L5="Everything stops.")) == ()


def test_an_answer_that_says_both_explains_itself():
    both = "It runs alone. On the office side everything stops."
    assert contradictions(SIGNALS, response(Q1=both)) == ()
    assert contradictions(SIGNALS, response(Q1=both, L5="Everything stops.")) == ()


def test_a_signal_speaks_of_its_own_questions_only():
    far = response(Q1="It runs alone.", L8="When the link is lost, the gateways halt.")
    assert contradictions(SIGNALS, far) == ()


def test_the_same_words_found_twice_are_one_statement():
    said = response(Q1="It runs alone.", L5="Everything stops, everything stops. When the link is lost gateways halt.")
    (found,) = contradictions(SIGNALS, said)
    spans = [(each.start, each.end) for each in found.sides[0].statements]
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_a_new_version_that_says_the_opposite_is_told_with_both():
    first, second = response(Q1="It runs alone.", L5="-"), response(Q1="Everything stops.", L5="-")
    (found,) = contradictions(SIGNALS, second, first)
    before, now = found.sides
    assert found.between_versions
    assert [(each.quote, each.earlier) for each in before.statements] == [("It runs alone.", True)]
    assert [(each.quote, each.earlier) for each in now.statements] == [("Everything stops.", False)]


def test_a_reply_that_says_the_opposite_of_the_answer_is_told_as_a_change():
    first, replied = response(Q1="Everything stops."), response(Q1=("Everything stops.", "Sorry: it runs alone."))
    (found,) = contradictions(SIGNALS, replied, first)
    assert found.between_versions
    assert found.sides[1].statements[0].cell == 1


def test_a_new_version_that_settles_a_contradiction_has_none():
    first = response(Q1="It runs alone.", L5="Everything stops.")
    assert contradictions(SIGNALS, response(Q1="It runs alone.", L5="-"), first) == ()


def test_a_contradiction_within_the_new_version_is_told_once():
    first = response(Q1="It runs alone.", L5="-")
    (found,) = contradictions(SIGNALS, response(Q1="It runs alone.", L5="Everything stops."), first)
    assert not found.between_versions


def test_content_from_before_facts_had_words_finds_none():
    old = SIGNALS.model_copy(update={"facts": {}})
    assert contradictions(old, response(Q1="It runs alone.", L5="Everything stops.")) == ()


def test_an_answer_in_another_language_states_nothing():
    german = "Die Anlage läuft ohne uns und das System wird nicht mit der Cloud verbunden. Everything stops."
    assert contradictions(SIGNALS, response(Q1="It runs alone.", L5=german)) == ()


@pytest.fixture(scope="module")
def shipped() -> SignalSet:
    return load_library().signals


def test_shipped_signals_find_planted_contradictions(shipped: SignalSet):
    found = [
        each["fact"] in [one.fact for one in contradictions(shipped, response(**each["answers"]))]
        for each in WHOLE["planted"]
    ]
    assert sum(found) >= len(found) / 3


def test_shipped_signals_leave_consistent_responses_alone(shipped: SignalSet):
    alarmed = [each for each in WHOLE["consistent"] if contradictions(shipped, response(**each["answers"]))]
    assert len(WHOLE["consistent"]) == 20
    assert len(alarmed) <= 1
