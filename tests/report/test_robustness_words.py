"""How firm a result is, read aloud: every number from the data, nothing surer than it is."""

from __future__ import annotations

import pytest

from ii_vendor.model.panel import FlagState
from ii_vendor.model.robustness import (
    Agreement,
    Alpha,
    Effect,
    EvaluatorTurn,
    FlagTurn,
    LevelTurn,
    Robustness,
    Simulation,
    Turns,
    VerdictMove,
    WeightsVary,
    WeightTurn,
)
from ii_vendor.model.scorecard import Outcome
from ii_vendor.report.phrases import percent, share_beside
from ii_vendor.report.robustness_words import headline, turn_lines, verdict_lines
from ii_vendor.score import compare

NAMES = {"alder": "Alder", "birch": "Birch", "cedar": "Cedar"}
NOTHING = Agreement(
    pooled=Alpha(question="", value=None, low=None, high=None, units=0, pairable=0, too_few=True),
    questions=(),
    kendall=None,
    raters=0,
    items=0,
    severities=(),
    flats=(),
    inseparable=(),
)
BIRCH_LEADS = Effect(leaders=("birch",))
Q2_DROPS = LevelTurn(vendor="alder", question="Q2", level=3.0, turns_at=2.4, to=2, effect=BIRCH_LEADS)
Q1_RISES = LevelTurn(vendor="birch", question="Q1", level=2.0, turns_at=3.5, to=4, effect=BIRCH_LEADS)
LOCK_IN = WeightTurn(kind="section", id="lock_in", share=0.3, turns_at=0.412, up=True, effect=BIRCH_LEADS)
AMARA, BEN = (EvaluatorTurn(evaluator=name, alone=0, effect=Effect()) for name in ("Amara", "Ben"))


def simulated(firsts, weights=WeightsVary.informed, ratings=False, vendors=("alder", "birch")):
    """A simulation of two vendors of whom the first leads in the first share."""
    return Simulation(
        weights=weights,
        spread=0.3,
        ratings=ratings,
        samples=10_000,
        margin=0.01,
        vendors=vendors,
        ranks=tuple((share, 1 - share) for share in firsts),
        pairwise=((0.5, firsts[0]), (firsts[1], 0.5)),
        central=(None, None),
    )


def firm(ranked=("alder", "birch"), leaders=("alder",), left_out=(), simulations=(), **turns):
    return Robustness(
        evaluation="e",
        content_hash="",
        record_hash="",
        names=NAMES,
        ranked=ranked,
        leaders=leaders,
        left_out=left_out,
        simulations=simulations,
        turns=Turns(**turns),
        agreement=NOTHING,
    )


def flag_turn(effect, vendor="birch", after=FlagState.dismissed):
    return FlagTurn(
        flag=f"{vendor}/L1-closed",
        vendor=vendor,
        question="L1",
        statement="It is closed.",
        gate=True,
        before=FlagState.confirmed,
        after=after,
        effect=effect,
    )


def becomes(vendor, after, before=Outcome.conditional):
    return Effect(verdicts=(VerdictMove(vendor=vendor, before=before, after=after),))


def test_the_headline_says_how_often_who_leads_what_turns_it_and_whether_one_person_decides(content):
    near, wide = simulated((0.83, 0.17)), simulated((0.61, 0.39), WeightsVary.uniform)
    result = firm(simulations=(near, wide), levels=(Q2_DROPS,), weights=(LOCK_IN,), evaluators=(AMARA, BEN))
    assert headline(result, content) == [
        "Alder leads in 83 % of the weightings near those set (each weight moved by up to 30 %), "
        "and in 61 % of the weightings of any kind.",
        "The lead turns if Q2 drops from 3 to 2, or if “Lock-in” weighs more than 41 %.",
        "No single evaluator decides it.",
    ]


def test_the_answer_of_another_vendor_is_named_as_his(content):
    said = " ".join(headline(firm(levels=(Q1_RISES,), evaluators=(AMARA, BEN)), content))
    assert "The lead turns if Birch’s Q1 rises from 2 to 4." in said


def test_without_a_single_leader_every_answer_is_named_as_somebodys(content):
    said = headline(
        firm(leaders=("alder", "birch"), simulations=(simulated((0.52, 0.48)),), levels=(Q2_DROPS,)), content
    )
    assert said[:2] == [
        "Alder and Birch share the lead.",
        "Of the weightings near those set (each weight moved by up to 30 %), "
        "Alder leads in 52 % and Birch leads in 48 %.",
    ]
    assert "Alder’s Q2 drops" in said[2]


def test_leaders_that_nothing_tells_apart_lead_together_and_no_share_is_ones_own(content):
    near = simulated((0.5, 0.5)).model_copy(update={"alike": (("alder", "birch"),)})
    assert headline(firm(leaders=("alder", "birch"), simulations=(near,)), content)[:2] == [
        "Alder and Birch share the lead.",
        "They lead together in all 10 000 of the weightings near those set (each weight moved by up to 30 %).",
    ]


def test_leaders_alike_are_beaten_only_by_whoever_leads_more_often_than_they_do_together(content):
    vendors = ("alder", "birch", "cedar")
    near = simulated((0.3, 0.3, 0.4), vendors=vendors).model_copy(update={"alike": (("alder", "birch"),)})
    result = firm(ranked=vendors, leaders=("alder", "birch"), simulations=(near,))
    said = headline(result, content)
    assert said[1].startswith("They lead together in 60 % of")
    assert not any("more often" in line for line in said)


def test_a_weight_at_which_two_tie_is_told_which_way_it_turns(content):
    tie = LOCK_IN.model_copy(update={"turns_at": 0.3})
    less = tie.model_copy(update={"up": False, "effect": Effect(leaders=("alder",))})
    assert turn_lines(firm(leaders=("alder", "birch"), weights=(tie, less)), content)[:2] == [
        "If “Lock-in” weighs any more than its 30 %, Birch leads.",
        "If “Lock-in” weighs any less than its 30 %, Alder leads.",
    ]


def test_somebody_else_who_leads_more_often_is_named(content):
    assert "Birch leads more often there: in 55 %." in headline(firm(simulations=(simulated((0.45, 0.55)),)), content)


def test_a_lead_that_no_single_change_turns_is_said_to_be_so(content):
    said = headline(firm(evaluators=(AMARA, BEN)), content)
    assert said == ["No single level, weight, evaluator or flag turns the lead."]
    assert turn_lines(firm(evaluators=(AMARA, BEN)), content) == said


def test_an_evaluator_who_decides_is_named_with_what_only_he_rated(content):
    deciding = AMARA.model_copy(update={"effect": BIRCH_LEADS, "alone": 3})
    said = headline(firm(evaluators=(deciding, BEN)), content)
    assert "Without Amara’s ratings (3 answers would then not be rated) Birch leads." in said
    assert not any("No single evaluator" in line for line in said)
    assert "No single level, weight or flag turns the lead." in said


def test_one_person_who_rated_alone_decides_nothing_that_can_be_compared(content):
    deciding = AMARA.model_copy(update={"effect": Effect(leaders=()), "alone": 10})
    said = headline(firm(levels=(Q2_DROPS,), evaluators=(deciding,)), content)
    assert said[-1] == "All ratings are Amara’s, so nothing shows how others would judge."
    assert not any("Without" in line for line in said)


def test_one_vendor_alone_in_the_ranking_has_no_weightings_to_win(content):
    out = (("birch", "rejected"), ("cedar", "not rated"))
    said = headline(firm(ranked=("alder",), left_out=out), content)
    assert said[0] == "Alder is the only vendor in the ranking: Birch is rejected, Cedar is not rated."
    assert not any("%" in line for line in said)


def test_where_nobody_is_ranked_it_says_why_and_what_would_let_somebody_in(content):
    out = (("alder", "rejected"), ("birch", "rejected"))
    turn = flag_turn(Effect(leaders=("birch",), verdicts=becomes("birch", Outcome.conditional).verdicts))
    said = headline(firm(ranked=(), leaders=(), left_out=out, flags=(turn,)), content)
    assert said == [
        "No vendor is in the ranking: Alder and Birch are rejected.",
        "If Birch’s red flag L1-closed is withdrawn, Birch leads (Birch becomes conditional).",
    ]


def test_before_anything_is_rated_no_change_is_offered(content):
    assert headline(firm(ranked=(), leaders=()), content) == ["No vendor is in the evaluation yet."]
    out = (("alder", "not rated"), ("birch", "not rated"))
    waiting = firm(ranked=(), leaders=(), left_out=out, levels=(Q1_RISES.model_copy(update={"level": None}),))
    assert headline(waiting, content) == [
        "No vendor is in the ranking: Alder and Birch are not rated.",
        "Nothing can turn yet: no answer that weighs anything has been rated.",
    ]


@pytest.fixture
def rated(evaluations, renewal, content, opened):
    """The comparison of Alder and Birch after these levels: ``{vendor: {evaluator: {question: level}}}``."""

    def build(levels):
        for vendor, by_evaluator in levels.items():
            for evaluator, given in by_evaluator.items():
                for question, level in given.items():
                    evaluations.rate(renewal, evaluator, vendor, question, level, reason="Seen.")
        return compare(opened(renewal), content)

    return build


def test_what_is_not_rated_is_counted_with_what_it_leaves_of_the_lead(content, rated):
    full = dict.fromkeys(content.questions, 3)
    comparison = rated({"alder": {"Amara": full}, "birch": {"Amara": {"Q1": 2, "Q2": 2}}})
    ratings = simulated((1.0, 0.0), WeightsVary.fixed, ratings=True)
    said = headline(firm(simulations=(simulated((1.0, 0.0)), ratings)), content, comparison)
    open_ratings = "2 of 5 questions of Birch are not rated; with them open, "
    assert said[-1] == open_ratings + "Alder still leads in all 10 000 of the samples."


def test_a_panel_that_differs_is_counted_in_once_everything_is_rated(content, rated):
    full = dict.fromkeys(content.questions, 3)
    comparison = rated({"alder": {"Amara": full, "Ben": {"Q1": 2}}, "birch": {"Amara": full | {"L2": 0}}})
    ratings = simulated((0.97, 0.03), WeightsVary.fixed, ratings=True)
    said = headline(firm(simulations=(simulated((1.0, 0.0)), ratings)), content, comparison)
    assert said[-1] == "Over all levels that the panel gave, Alder still leads in 97 % of the samples."


def test_a_panel_whose_levels_let_another_lead_more_often_is_told_so(content, rated):
    full = dict.fromkeys(content.questions, 3)
    comparison = rated({"alder": {"Amara": full, "Ben": {"Q1": 2}}, "birch": {"Amara": full | {"L2": 0}}})
    ratings = simulated((0.4, 0.6), WeightsVary.fixed, ratings=True)
    said = headline(firm(simulations=(simulated((1.0, 0.0)), ratings)), content, comparison)
    assert said[-1].endswith("Alder leads in 40 % of the samples. Birch leads more often there: in 60 %.")


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.826, "83 %"), (1.0, "100 %"), (0.9999, ">99 %"), (0.0, "0 %"), (0.0001, "<1 %"), (0.994, "99 %")],
)
def test_a_share_short_of_all_or_nothing_never_reads_as_if_it_were(share, words):
    assert percent(share) == words


@pytest.mark.parametrize(
    ("share", "other", "words"),
    [
        (0.412, 0.3, "41 %"),
        (0.304, 0.3, "30.4 %"),
        (0.3004, 0.3, "30.04 %"),
        (0.3, 0.304, "30.0 %"),
        (0.002, 0.1, "0.2 %"),
    ],
)
def test_a_weight_has_as_many_decimals_as_tell_it_from_the_one_beside(share, other, words):
    assert share_beside(share, other) == words


def test_a_mean_that_is_nearly_the_level_it_turns_at_is_told_apart(content):
    turn = Q2_DROPS.model_copy(update={"level": 3.04, "to": 3})
    assert "drops from 3.04 to 3" in " ".join(headline(firm(levels=(turn,)), content))
    mean = Q2_DROPS.model_copy(update={"level": 10 / 3})
    assert "drops from 3.3 to 2" in " ".join(headline(firm(levels=(mean,)), content))


def test_an_answer_not_rated_yet_can_turn_the_lead_too(content):
    turn = Q1_RISES.model_copy(update={"level": None})
    assert "Birch’s Q1, not rated yet, is rated 4" in " ".join(headline(firm(levels=(turn,)), content))


def test_every_change_of_the_winner_has_its_line_and_the_rest_are_counted(content):
    many = tuple(Q2_DROPS.model_copy(update={"question": question}) for question in ("Q2", "Q1", "L1"))
    sits = Effect(leaders=("birch",), verdicts=becomes("alder", Outcome.reject).verdicts)
    confirmed = flag_turn(sits, vendor="alder", after=FlagState.confirmed)
    result = firm(levels=many, weights=(LOCK_IN,), flags=(confirmed,), evaluators=(AMARA, BEN))
    assert turn_lines(result, content, most=2) == [
        "If Alder’s Q2 (Where) drops from 3 to 2, Birch leads.",
        "If Alder’s Q1 (On its own) drops from 3 to 2, Birch leads.",
        "And 1 more level would turn it too.",
        "If “Lock-in” weighs more than 41 % (now 30 %), Birch leads.",
        "If Alder’s red flag L1-closed is confirmed, Birch leads (Alder becomes rejected).",
    ]


def test_a_change_of_verdict_alone_is_no_change_of_the_winner(content):
    result = firm(flags=(flag_turn(becomes("birch", Outcome.shortlist)),), evaluators=(AMARA, BEN))
    assert turn_lines(result, content) == ["No single level, weight, evaluator or flag turns the lead."]


def test_every_vendor_is_told_which_single_change_gives_it_another_verdict(content):
    out = (("cedar", "rejected"),)
    level = Q1_RISES.model_copy(update={"effect": becomes("birch", Outcome.reject), "to": 0})
    without = AMARA.model_copy(update={"effect": becomes("birch", Outcome.shortlist)})
    result = firm(
        left_out=out,
        levels=(level,),
        flags=(flag_turn(becomes("birch", Outcome.shortlist)),),
        evaluators=(without, BEN),
    )
    assert verdict_lines(result, content) == [
        "No single change alters Alder’s verdict.",
        "Birch becomes shortlisted if red flag L1-closed is withdrawn, or without Amara’s ratings.",
        "Birch becomes rejected if Q1 drops from 2 to 0.",
        "No single change lifts Cedar’s rejection.",
    ]


def test_a_flag_that_nobody_decided_is_dismissed_and_one_that_stands_is_withdrawn(content):
    turn = flag_turn(BIRCH_LEADS)
    open_one = turn.model_copy(update={"before": FlagState.raised})
    assert "is withdrawn" in turn_lines(firm(flags=(turn,)), content)[0]
    assert "is dismissed" in turn_lines(firm(flags=(open_one,)), content)[0]
    accepted = turn.model_copy(update={"before": FlagState.accepted, "after": FlagState.confirmed})
    assert "is no longer accepted as a risk" in turn_lines(firm(flags=(accepted,)), content)[0]


def test_names_stay_as_they_were_given(content):
    hostile = firm().model_copy(update={"names": {**NAMES, "birch": "<b>B</b> & [x](y)"}, "simulations": ()})
    hostile = hostile.model_copy(update={"turns": Turns(levels=(Q1_RISES,))})
    assert "<b>B</b> & [x](y)’s Q1" in " ".join(headline(hostile, content))


def test_a_panel_that_differed_and_then_agreed_leaves_no_levels_open(content, judged):
    full = dict.fromkeys(content.questions, 3)
    split = {"alder": {**full, "Q1": {"Amara": 3, "Ben": 2}}, "birch": {**full, "L2": 0}}
    ratings = simulated((1.0, 0.0), WeightsVary.fixed, ratings=True)
    varied = firm(simulations=(simulated((1.0, 0.0)), ratings))
    before, after = (
        headline(varied, content, compare(judged(split, consensus=agreed), content))
        for agreed in ({}, {"alder": {"Q1": 3}})
    )
    assert any("Over all levels that the panel gave" in line for line in before)
    assert not any("Over all levels that the panel gave" in line for line in after)
