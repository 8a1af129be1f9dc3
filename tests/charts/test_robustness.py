"""Charts on firmness: what is drawn is what was computed, words stay words, and the numbers can be taken along."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest

from ii_vendor import charts
from ii_vendor.charts.look import figure, label
from ii_vendor.model.panel import Discipline, Evaluator
from ii_vendor.model.robustness import RivalBounds, Simulation, WeightStability, WeightsVary
from ii_vendor.score import compare
from ii_vendor.score.contributions import contributions
from ii_vendor.score.matrix import matrix
from ii_vendor.score.tornado import lead, swings

ALDER = {"Q1": 3, "Q2": 3, "L1": 4, "L2": 4, "DEA-1": 2}
BIRCH = {"Q1": 4, "Q2": 2, "L1": 1, "L2": 3, "DEA-1": 2}
FOREIGN = "<a href=x>Birch</a> $x$ %{y}"
NAMES = {"alder": "Alder", "birch": FOREIGN}


@pytest.fixture
def comparison(judged, content):
    return compare(judged({"alder": ALDER, "birch": BIRCH}), content)


@pytest.fixture
def field(comparison, content):
    return matrix(comparison, content)


@pytest.fixture
def simulation():
    return Simulation(
        weights=WeightsVary.informed,
        spread=0.3,
        ratings=False,
        samples=1000,
        margin=0.01,
        vendors=("birch", "alder"),
        ranks=((0.334, 0.666), (0.666, 0.334)),
        pairwise=((0.5, 0.334), (0.666, 0.5)),
        central=(None, {"Q1": 0.5, "Q2": 0.1, "L1": 0.2, "L2": 0.1, "DEA-1": 0.1}),
    )


def stable(low=0.2, high=0.6, kind="section"):
    bounds = RivalBounds(rival="birch", low=low, high=high)
    return WeightStability(
        kind=kind,
        id="lock_in" if kind == "section" else "L1",
        share=0.3 if kind == "section" else 0.02,
        low=low,
        high=high,
        low_rival="birch" if low else None,
        high_rival="birch" if high < 1 else None,
        rivals=(bounds,),
    )


def words_in(chart) -> str:
    return chart.figure.to_json()


def rows_of(chart) -> list[list[str]]:
    return list(csv.reader(io.StringIO(chart.csv())))


def drawn(comparison, field, content, simulation):
    """Every chart, with a vendor whose name is markup."""
    moved, base = swings(field, "alder", "birch", 0.3), lead(field, "alder", "birch")
    sections = {section.id: section.title for section in content.sections}
    shares = np.linspace(0, 1, 11)
    scores = np.stack([np.full(11, 70.0), np.linspace(50, 90, 11)])
    named = comparison.model_copy(
        update={"vendors": tuple(c.model_copy(update={"name": NAMES[c.vendor]}) for c in comparison.vendors)}
    )
    return [
        charts.acceptability(simulation, NAMES, ("alder", "birch")),
        charts.tornado(moved, base, NAMES, content),
        charts.contribution_bars(contributions(field), field.vendors, sections, NAMES, {}),
        charts.weight_lines(shares, scores, ("alder", "birch"), NAMES, stable(), 0.5),
        charts.weight_effect(named, named),
    ]


def test_a_vendors_markup_is_drawn_as_words_and_stands_in_the_numbers_as_it_is(comparison, field, content, simulation):
    for chart in drawn(comparison, field, content, simulation):
        assert "<a href" not in words_in(chart)
        assert "&lt;a href" in words_in(chart)
        assert "hovertemplate" not in words_in(chart)
        assert FOREIGN in chart.csv()


def test_words_that_a_spreadsheet_would_run_stay_words():
    chart = charts.Chart(figure(10), ("a", "b"), (("=HYPERLINK(1)", -1.5), ("+x", None), ("@y", 2)))
    assert rows_of(chart) == [["a", "b"], ["'=HYPERLINK(1)", "-1.5"], ["'+x", ""], ["'@y", "2"]]


def test_a_long_name_is_cut_and_an_endless_word_too():
    assert label("one two three four", 12) == "one two …"
    assert label("x" * 90, 12) == "x" * 11 + "…"
    assert label("short", 12) == "short"


def test_the_map_of_ranks_shows_whole_percentages_that_add_up(simulation):
    chart = charts.acceptability(simulation, NAMES, ("alder", "birch"))
    texts = [text for trace in chart.figure.data if trace.type == "scatter" for text in trace.text]
    assert sorted(texts) == ["<b>33</b>", "<b>33</b>", "<b>67</b>", "<b>67</b>"]
    assert rows_of(chart)[1] == ["Alder", "66.6", "33.4"]


def test_in_the_map_of_ranks_never_is_empty_and_hardly_ever_is_not(simulation):
    rare = simulation.model_copy(update={"ranks": ((0.0, 1.0), (0.999, 0.001))})
    chart = charts.acceptability(rare, NAMES, ("alder", "birch"))
    texts = {text for trace in chart.figure.data if trace.type == "scatter" for text in trace.text}
    assert texts == {"", "&gt;99", "&lt;1", "<b>100</b>"}


def test_the_tornado_draws_twelve_and_keeps_all_in_its_numbers(field, content):
    moved = swings(field, "alder", "birch", 0.3)
    base = lead(field, "alder", "birch")
    chart = charts.tornado(moved, base, NAMES, content)
    assert len(chart.rows) == len(moved) > 12
    assert len(chart.figure.layout.annotations) == 12
    ends = {round(base + length, 6) for trace in chart.figure.data if trace.type == "bar" for length in (trace.x or ())}
    expected = {round(end, 6) for one in moved[:12] for end in (one.lead_low, one.lead_high) if abs(end - base) > 1e-9}
    assert ends == expected


def test_contributions_end_with_the_score_and_show_what_is_not_rated_yet(judged, content):
    missing = {key: level for key, level in BIRCH.items() if key != "L1"}
    comparison = compare(judged({"alder": ALDER, "birch": missing}), content)
    field = matrix(comparison, content)
    sections = {section.id: section.title for section in content.sections}
    chart = charts.contribution_bars(contributions(field), field.vendors, sections, NAMES, {"birch": 15.0})
    by_vendor = {row[0]: row for row in chart.rows}
    for card in comparison.vendors:
        assert by_vendor[NAMES[card.vendor]][-2] == pytest.approx(card.autonomy.low)
    hatched = next(trace for trace in chart.figure.data if trace.name == "Not rated yet")
    assert list(hatched.x) == [0.0, 15.0]
    assert hatched.marker.pattern.shape == "/"


def test_lines_shade_the_interval_and_mark_where_the_lead_changes():
    shares, scores = np.linspace(0, 1, 11), np.stack([np.full(11, 70.0), np.linspace(50, 90, 11)])
    chart = charts.weight_lines(shares, scores, ("alder", "birch"), NAMES, stable(low=0.0, high=0.5))
    shaded = chart.figure.layout.shapes[0]
    assert (shaded.x0, shaded.x1) == (0, 50)
    marks = next(trace for trace in chart.figure.data if trace.name == "The lead changes")
    assert (list(marks.x), list(marks.y), list(marks.text)) == ([50], [70], ["<b>50 %</b>"])


def test_a_vendor_that_passes_the_first_after_the_lead_is_lost_does_not_change_the_lead():
    shares = np.linspace(0, 1, 11)
    scores = np.stack([np.full(11, 70.0), np.linspace(50, 90, 11), np.linspace(30, 80, 11)])
    late = RivalBounds(rival="cedar", low=0.0, high=0.8)
    both = stable(low=0.0, high=0.5).model_copy(update={"rivals": (*stable(0.0, 0.5).rivals, late)})
    chart = charts.weight_lines(shares, scores, ("alder", "birch", "cedar"), NAMES | {"cedar": "Cedar"}, both)
    marks = {trace.name: (list(trace.x), trace.text) for trace in chart.figure.data if "markers" in trace.mode}
    assert marks == {
        "The lead changes": ([50], ("<b>50 %</b>",)),
        "Another passes 1, no longer first": ([80], None),
    }


def test_the_number_of_a_line_that_ends_alone_stands_at_its_end():
    scores = np.tile(np.array([[60.0], [60.1], [60.2], [20.0]]), (1, 3))
    vendors = ("a", "b", "c", "d")
    chart = charts.weight_lines(np.linspace(0, 1, 3), scores, vendors, dict.fromkeys(vendors, "x"), stable(0, 1))
    ends = next(trace for trace in chart.figure.data if trace.mode == "text")
    assert dict(zip(ends.text, ends.y, strict=True))["<b>4</b>"] == 20


def test_a_long_name_never_takes_the_level_from_a_title_of_the_tornado(field, content):
    moved, base = swings(field, "alder", "birch", 0.3), lead(field, "alder", "birch")
    chart = charts.tornado(moved, base, dict.fromkeys(NAMES, "Quite a long name of a vendor, " * 3), content)
    of_levels = [note.text for note in chart.figure.layout.annotations if not note.text.startswith("Weight")]
    assert of_levels
    assert all(": level " in text for text in of_levels)


def test_lines_show_a_tried_share_only_while_one_is_tried():
    shares, scores = np.linspace(0, 1, 11), np.stack([np.full(11, 70.0), np.linspace(50, 90, 11)])
    assert "what if 45 %" in words_in(charts.weight_lines(shares, scores, ("alder", "birch"), NAMES, stable(), 0.45))
    assert "what if" not in words_in(charts.weight_lines(shares, scores, ("alder", "birch"), NAMES, stable()))


def test_lines_of_a_question_that_weighs_little_end_where_nothing_more_happens():
    shares, scores = np.linspace(0, 1, 101), np.stack([np.full(101, 70.0), np.linspace(50, 90, 101)])
    little = stable(low=0.0, high=0.08, kind="question")
    chart = charts.weight_lines(shares, scores, ("alder", "birch"), NAMES, little)
    assert max(chart.figure.data[0].x) == pytest.approx(10)
    assert len(chart.rows) == 101


def test_the_numbers_at_the_ends_of_lines_never_stand_on_each_other():
    shares = np.linspace(0, 1, 3)
    scores = np.tile(np.array([[60.0], [60.1], [60.2], [20.0]]), (1, 3))
    vendors = ("a", "b", "c", "d")
    chart = charts.weight_lines(shares, scores, vendors, dict.fromkeys(vendors, "x"), stable(low=0, high=1))
    ends = next(trace for trace in chart.figure.data if trace.mode == "text")
    spots = sorted(ends.y)
    assert min(np.diff(spots)) > 1


@pytest.fixture
def panel(judged, content):
    """Amara and Ben, who differ by 3 levels on Alder's L2 and by 1 on Birch's Q2."""
    evaluation = judged({"alder": ALDER, "birch": BIRCH})
    ratings = dict(evaluation.ratings)
    for (vendor, question, _), rating in evaluation.ratings.items():
        level = {("alder", "L2"): 1, ("birch", "Q2"): 3}.get((vendor, question), rating.level)
        ratings[vendor, question, "Ben"] = rating.model_copy(update={"evaluator": "Ben", "level": level})
    people = (*evaluation.evaluators, Evaluator(name="Ben", discipline=Discipline.it))
    return compare(evaluation.model_copy(update={"ratings": ratings, "evaluators": people}), content)


def test_evaluators_are_told_apart_by_symbols_and_the_widest_range_comes_first(panel, content):
    chart = charts.evaluator_ranges(panel, content, ["Amara", "Ben"])
    assert [row[:4] for row in chart.rows] == [("Alder", "L2", 1, 4), ("Birch", "Q2", 2, 3)]
    marks = {trace.name: trace.marker.symbol for trace in chart.figure.data if trace.mode == "markers"}
    assert len(set(marks.values())) == len(marks) == 2


def test_evaluators_of_one_vendor_or_of_nobody(panel, content):
    assert [row[0] for row in charts.evaluator_ranges(panel, content, ["Amara", "Ben"], "birch").rows] == ["Birch"]
    assert charts.evaluator_ranges(panel, content, ["Amara", "Ben"], "nobody").rows == ()


def test_tables_escape_every_name(simulation):
    order = ("alder", "birch")
    for table in (
        charts.first_places(simulation, NAMES, order),
        charts.pair_table(simulation, NAMES, order),
        charts.share_table(list(NAMES.values()), np.array([1.0, 2.0]), np.array([2.0, 1.0]), ("now", "then")),
    ):
        assert "<a href" not in table
        assert "&lt;a href" in table


def test_weights_that_favour_a_vendor_stand_beside_those_set_and_losers_have_none(simulation, content):
    table = charts.favouring_table(simulation, NAMES, ("alder", "birch"), content)
    assert "<td>60 %</td><td>60 %</td>" in table
    assert "<td>30 %</td><td>30 %</td>" in table
    assert "Alder leads" in table
    assert "Birch" not in table


def test_the_ground_of_a_figure_follows_the_page(simulation):
    chart = charts.acceptability(simulation, NAMES, ("alder", "birch"))
    light, dark = charts.dressed(chart.figure, dark=False), charts.dressed(chart.figure, dark=True)
    assert light.layout.paper_bgcolor != dark.layout.paper_bgcolor
    assert light.layout.font.color != dark.layout.font.color
    assert chart.figure.layout.paper_bgcolor is None
