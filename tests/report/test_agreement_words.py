"""The panel's agreement in words, and silence where there is too little to say."""

from __future__ import annotations

import pytest

from ii_vendor.model.robustness import Agreement, Alpha, Effect, EvaluatorTurn, Flat, Robustness, Severity, Turns
from ii_vendor.report.agreement_words import agreement_lines


def alpha(value=0.71, question="", units=40, too_few=False):
    bounds = (None, None) if value is None else (value - 0.1, value + 0.1)
    return Alpha(
        question=question, value=value, low=bounds[0], high=bounds[1], units=units, pairable=2 * units, too_few=too_few
    )


def minus(value):
    return f"{value:.2f}".replace("-", "−")


def severity(name, offset, shared=39):
    return Severity(evaluator=name, offset=offset, shared=shared)


def said(content, who=("Amara", "Priya"), **changed):
    given = {
        "pooled": alpha(),
        "questions": (),
        "kendall": 0.93,
        "raters": 4,
        "items": 4,
        "severities": (severity("Amara", 0.1), severity("Priya", -0.1)),
        "flats": (),
        "inseparable": (),
    }
    robustness = Robustness(
        evaluation="e",
        content_hash="",
        record_hash="",
        names={"alder": "Alder", "birch": "Birch"} | {f"vendor-{number}": f"Vendor {number}" for number in (3, 4)},
        ranked=("alder", "birch"),
        leaders=("alder",),
        turns=Turns(evaluators=tuple(EvaluatorTurn(evaluator=name, alone=0, effect=Effect()) for name in who)),
        agreement=Agreement(**(given | changed)),
    )
    return agreement_lines(robustness, content)


@pytest.mark.parametrize(("value", "how"), [(0.85, "well"), (0.71, "fairly"), (0.3, "poorly"), (-0.2, "poorly")])
def test_agreement_on_levels_is_said_in_a_word_with_its_bounds_and_caveat(content, value, how):
    lines = said(content, pooled=alpha(value))
    assert lines[0] == (
        f"The panel agrees {how} on levels ({minus(value)}, between {minus(value - 0.1)} and {minus(value + 0.1)}; "
        "1 is full agreement, 0 is chance)."
    )
    assert "all questions together" in lines[1]


def test_too_few_answers_are_said_to_be_too_few(content):
    assert (
        "only 6 answers rated by two or more: too few to rely on"
        in said(content, pooled=alpha(units=6, too_few=True))[0]
    )
    lines = said(content, pooled=alpha(None, units=1, too_few=True), kendall=None, raters=2, items=1)
    assert lines[0].startswith("1 answer was rated by two people or more: too few")
    assert "cannot be said (2 people and 1 vendor)" in lines[1]


def test_one_level_everywhere_is_not_called_agreement(content):
    assert "cannot be measured" in said(content, pooled=alpha(None))[0]


def test_the_questions_in_dispute_are_named_with_their_titles(content):
    lines = said(content, questions=(alpha(0.9, "Q1"), alpha(0.2, "L2"), alpha(-0.5, "Q2", too_few=True)))
    assert "It agrees least on L2 (Exit, 0.20)." in lines
    thin = said(content, questions=(alpha(0.2, "L2", units=2, too_few=True),))
    assert any("Each question alone has too few answers" in line for line in thin)


@pytest.mark.parametrize(
    ("kendall", "how"), [(1.0, "alike"), (0.93, "almost alike"), (0.75, "much alike"), (0.2, "differently")]
)
def test_the_order_that_each_would_give_is_compared(content, kendall, how):
    assert any(f"rank the vendors {how} ({kendall:.2f}" in line for line in said(content, kendall=kendall))


def test_an_order_of_few_vendors_or_by_few_people_says_little(content):
    assert any("With 4 people and 2 vendors this says little." in line for line in said(content, items=2))


def test_who_rates_clearly_lower_or_higher_is_named_and_small_differences_are_not(content):
    lines = said(content, severities=(severity("Amara", 0.12), severity("Priya", -0.42), severity("Tomáš", 1.0, 2)))
    assert "Priya rates 0.4 levels below the others on average, over 39 shared answers." in lines
    assert not any("Amara rates" in line or "Tomáš rates" in line for line in lines)
    assert any(line.startswith("Tomáš: too few answers") for line in lines)
    assert "Nobody rates clearly lower or higher than the others." in said(content)


def test_a_panel_of_one_is_not_measured(content):
    assert said(content, who=("Amara",), severities=(severity("Amara", None, 0),)) == [
        "Only Amara has rated, so nothing can be said about agreement."
    ]


def test_where_nobody_has_rated_that_is_all_there_is_to_say(content):
    assert said(content, who=()) == ["Nobody has rated yet, so nothing can be said about agreement."]


def test_levels_that_tell_nobody_apart_are_named(content):
    flats = tuple(Flat(evaluator="Tomáš", question=name, level=3, vendors=4) for name in ("Q2", "L2"))
    flats += (Flat(evaluator="Tomáš", question="L1", level=None, vendors=4),)
    lines = said(content, flats=flats, inseparable=(("alder", "birch"),))
    assert "Tomáš gave every vendor level 3 on Q2 and L2." in lines
    assert "Tomáš called L1 not applicable for every vendor." in lines
    some = said(content, flats=(Flat(evaluator="Tomáš", question="Q1", level=3, vendors=2),))
    assert "Tomáš gave each of the 2 vendors rated level 3 on Q1." in some
    assert "The panel’s levels never tell Alder and Birch apart." in lines
