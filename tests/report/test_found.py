"""What is found in an answer, shown: three states, their words and marks, never colour alone."""

from __future__ import annotations

import re

import pytest

from ii_vendor.model.contradiction import Contradiction, Side, Statement
from ii_vendor.model.panel import ReceivedResponse, Vendor
from ii_vendor.model.response import Answer, Cell, Finding, Response, SourceFile
from ii_vendor.model.rubric import RedFlagRule, Rubric, Severity
from ii_vendor.report.answers import answer_html, legend_html, remarks_html
from ii_vendor.report.contradictions import clashes_html
from ii_vendor.report.findings import SIGNS, Kind, seen_in, state_words
from ii_vendor.report.found_overview import KEY, Overview
from tests.small import NOON

TEXT = "We look it up <centrally> before each session. The pumps go on. We are trusted worldwide."
GERMAN = "Die Anlage läuft ohne uns, und das ist nicht mit der Wolke verbunden."
RUBRIC = Rubric(
    question="Q1",
    rationale="It matters.",
    levels={level: f"level {level}" for level in range(5)},
    red_flags=(
        RedFlagRule(id="Q1-odd", statement="Odd", severity=Severity.minor, ask="Is it odd?"),
        RedFlagRule(id="Q1-stops", statement="Stops", severity=Severity.critical, gate=True, ask="What stops?"),
    ),
    good_signs=("works",),
    verify="Test.",
    clause="Warrants.",
)


def answer(*texts: str) -> Answer:
    return Answer(question="Q1", cells=tuple(Cell(text=text) for text in texts))


def finding(quote: str, polarity: str, *, words: tuple[str, ...] = (), text: str = TEXT, **more: object) -> Finding:
    start = text.index(quote)
    return Finding.model_validate(
        {
            "id": f"{quote}{polarity}",
            "question": "Q1",
            "signal": "s",
            "polarity": polarity,
            "cell": 0,
            "start": start,
            "end": start + len(quote),
            "quote": quote,
            "words": tuple((text.index(each), text.index(each) + len(each)) for each in words),
            "reason": "Because.",
            **more,
        }
    )


RED = finding("look it up <centrally> before each session", "red", flag="Q1-odd")
POSSIBLE = finding("We look it up <centrally> before each session.", "red", possible=True, words=("<centrally>",))
HINT = finding("We look it up", "red", possible=True, flag="Q1-odd")
GOOD = finding("The pumps go on.", "good")
PARTLY = finding("The pumps go on.", "good", modifiers=("weak: hedged",))
LIKELY = finding("The pumps go on.", "good", possible=True)
EVASION = finding("trusted worldwide", "evasion", ask="And on site?")


def words_of(html: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (RED, "red"),
        (POSSIBLE, "possible"),
        (HINT, "possible"),
        (GOOD, "good"),
        (PARTLY, "partly"),
        (LIKELY, "likely"),
        (EVASION, "evasion"),
    ],
)
def test_each_kind_has_a_mark_a_sign_and_a_name_of_its_own(found: Finding, kind: str):
    html = answer_html(answer(TEXT), [found])
    assert set(re.findall(r'<mark class="iv-(\w+)', html)) == {kind}
    assert f"iv-{kind} iv-first" in html
    assert f'class="iv-{kind} iv-first"' in legend_html()
    assert f"iv-of-{kind}" in remarks_html(answer(TEXT), [found], RUBRIC)


def test_the_words_of_the_answer_stay_to_the_letter_whatever_is_marked():
    every = [RED, POSSIBLE, HINT, GOOD, LIKELY, EVASION]
    html = answer_html(answer(TEXT), every)
    assert re.sub("<[^>]+>", "", html).replace("&lt;", "<").replace("&gt;", ">") == TEXT


def test_where_marks_overlap_the_gravest_is_shown_and_all_are_told():
    html = answer_html(answer(TEXT), [POSSIBLE, RED])
    assert re.findall(r'<mark class="(iv-\w+)', html) == ["iv-possible", "iv-red", "iv-red", "iv-red", "iv-possible"]
    assert "Red flag: Because. / Possible red flag: Because." in html
    assert html.count("iv-red iv-first") == 1


def test_a_possible_red_flag_shows_the_words_that_made_it_look_so_and_asks_what_the_rubric_asks():
    assert "<b>&lt;centrally&gt;</b>" in answer_html(answer(TEXT), [POSSIBLE])
    said = words_of(remarks_html(answer(TEXT), [POSSIBLE], RUBRIC))
    assert "Possible red flag: It resembles wording that was a red flag elsewhere: read it." in said
    assert "“&lt;centrally&gt;”" in said
    assert said.endswith("Ask: What stops?")


def test_a_hint_says_its_reason_and_asks_for_its_own_red_flag():
    said = words_of(remarks_html(answer(TEXT), [HINT], RUBRIC, {"Q1-odd"}))
    assert "Because. Such wording is a red flag in some answers and harmless in others: read it." in said
    assert said.endswith("Ask: Is it odd?")


def test_a_red_flag_that_stands_on_the_table_is_not_told_twice():
    assert remarks_html(answer(TEXT), [RED], RUBRIC, {"Q1-odd"}) == ""
    assert "Red flag: Because." in words_of(remarks_html(answer(TEXT), [RED], RUBRIC))


def test_likely_good_says_that_it_is_only_likely():
    said = words_of(remarks_html(answer(TEXT), [LIKELY], RUBRIC))
    assert "Likely good: It is like answers that were good elsewhere. That is only likely: read it." in said
    assert "Good sign" not in said


def test_evasion_is_named_with_its_words_and_its_question():
    said = words_of(remarks_html(answer(TEXT), [EVASION], RUBRIC))
    assert said == "≈ Evasive: Because. “trusted worldwide” Ask: And on site?"


def test_nothing_recognised_is_said_and_is_never_good():
    html = remarks_html(answer("Blue widgets."), [], RUBRIC)
    assert words_of(html) == "Nothing recognised. Not answered, or wording unknown: read it and ask."
    assert "iv-good" not in html


def test_another_language_is_never_nothing_found():
    said = words_of(remarks_html(answer(GERMAN), [], RUBRIC))
    assert said == "Not analysed: German. Read it yourself."
    both = words_of(remarks_html(answer(TEXT, GERMAN), [GOOD], RUBRIC))
    assert "Good sign" in both and "Not analysed: German." in both


@pytest.mark.parametrize(
    ("texts", "found", "words"),
    [
        ((TEXT,), (RED, POSSIBLE, HINT, LIKELY), "1 red flag, 2 possible red flags, likely good."),
        ((TEXT,), (GOOD, PARTLY), "1 good sign, 1 good sign with a limit."),
        ((TEXT,), (EVASION,), "Evasive."),
        ((TEXT,), (), "Nothing recognised. Not answered, or wording unknown: read it and ask."),
        ((GERMAN,), (), "Not analysed: German. Read it yourself."),
        ((TEXT, GERMAN), (RED,), "1 red flag. Not analysed: German. Read it yourself."),
        ((), (), "Not answered: counts as level 0."),
    ],
)
def test_the_state_of_an_answer_in_words(texts: tuple[str, ...], found: tuple[Finding, ...], words: str):
    assert state_words(seen_in(answer(*texts), found)) == words


def statement(question: str, quote: str, says: str, *, earlier: bool = False) -> Statement:
    return Statement(
        question=question, signal="s", cell=0, start=0, end=len(quote), quote=quote, says=says, earlier=earlier
    )


def received(version: int) -> ReceivedResponse:
    file = SourceFile(name="a.xlsx", sha256="0" * 64, size=1)
    response = Response(vendor="Alder", answers=(), file=file)
    return ReceivedResponse(version=version, response=response, findings=(), accepted_by="Amara", at=NOON)


def clash(*, earlier: bool = False) -> Contradiction:
    return Contradiction(
        fact="cloud",
        sides=(
            Side(statements=(statement("L5", "It <stops>.", "It needs the cloud.", earlier=earlier),)),
            Side(statements=(statement("Q1", "It runs.", "It runs alone."), statement("R2", "Alone.", "It runs."))),
        ),
        ask="Which is it?",
    )


def test_both_quotes_stand_side_by_side_and_the_other_answer_is_linked():
    html = clashes_html([clash()], received(1), {"evaluation": "line-3"}, "Q1")
    said = words_of(html)
    assert "These two statements do not seem to fit together." in said
    assert said.index("It &lt;stops&gt;.") < said.index("Q1 (this answer) It runs.")
    assert 'href="review?evaluation=line-3&amp;question=L5"' in html
    assert "question=Q1" not in html
    assert "Also in R2" in said
    assert said.endswith("Ask: Which is it?")


def test_between_versions_it_is_told_which_said_what():
    said = words_of(clashes_html([clash(earlier=True)], received(3), {}))
    assert "Version 2 said: L5 It &lt;stops&gt;." in said
    assert "Version 3 says: Q1 It runs." in said


def test_a_contradiction_stands_at_its_own_questions_only():
    assert clashes_html([clash()], received(1), {}, "L2") == ""
    assert clashes_html([clash()], received(1), {}, "R2") != ""


def test_a_side_with_many_quotes_shows_one_and_tells_where_the_others_stand():
    said = [statement("Q1", f"Words {number}.", "It runs.") for number in range(4)]
    many = Side(statements=(*said, statement("R2", "Alone.", "It runs."), statement("L4", "Cut off.", "It runs.")))
    found = clash().model_copy(update={"sides": (clash().sides[0], many)})
    assert "Words 0. Reads as: It runs. Also elsewhere in Q1, in R2 , L4" in words_of(
        clashes_html([found], received(1), {})
    )
    here = clashes_html([found], received(1), {}, "Q1")
    assert "Also elsewhere in this answer, in R2 , L4" in words_of(here)
    assert here.count("<blockquote>") == 2


EMPTY = Finding(
    id="e",
    question="Q1",
    signal="s",
    polarity="red",
    flag="Q1-odd",
    cell=1,
    start=0,
    end=0,
    quote="",
    reason="A <gap>.",
)


def test_an_empty_cell_that_a_finding_points_to_is_shown_with_its_mark_and_why():
    table = Answer(
        question="Q1",
        cells=(Cell(text="Yes.", row="Pump"), Cell(text=" ", row="Valve"), Cell(text="", row="Motor")),
    )
    html = answer_html(table, [EMPTY])
    assert words_of(html) == "Pump Yes. Valve (left empty) Red flag: A &lt;gap&gt;."
    assert '<mark class="iv-red iv-first">(left empty)</mark>' in html
    hint = EMPTY.model_copy(update={"possible": True})
    assert '<mark class="iv-possible iv-first">(left empty)</mark>' in answer_html(table, [hint])
    assert "left empty" not in answer_html(table, [])
    assert words_of(remarks_html(table, [EMPTY], RUBRIC)) == "⚑ Red flag: A &lt;gap&gt;. Ask: Is it odd?"


def overview_of(*found: Finding) -> Overview:
    return Overview(
        vendors=(Vendor(id="alder", name="Alder"),),
        questions=("Q1",),
        seen={("alder", "Q1"): seen_in(answer(TEXT), found)},
        clashes={"alder": ()},
    )


@pytest.mark.parametrize(
    ("found", "sign"),
    [
        (RED, "⚑"),
        (HINT, "?"),
        (EVASION, "≈"),
        (GOOD, "✓"),
        (PARTLY, "◐"),
        (LIKELY, "◌"),
    ],
)
def test_the_overview_shows_a_sign_for_each_kind_and_never_nothing(found: Finding, sign: str):
    assert words_of(overview_of(found).html({}, "")).endswith(f"Alder Q1 {sign}")


def test_the_overview_says_nothing_recognised_only_where_nothing_was():
    assert words_of(overview_of().html({}, "")).endswith("Alder Q1 –")


def test_the_key_of_the_overview_has_words_for_every_sign():
    key = KEY.replace("\N{NO-BREAK SPACE}", " ")
    assert all(f"{SIGNS[kind]} " in key for kind in Kind)
    assert "◐ good with a limit" in key
    assert "◌ likely good" in key


def test_the_title_of_the_overview_begins_with_the_red_flags_then_the_possible_ones():
    title = overview_of(RED, HINT, POSSIBLE).title
    assert title.startswith("1 red flag and 2 possible red flags found in all answers,")
