"""Every figure, drawn from what was computed. Nothing here computes a score."""

from ii_vendor.charts.acceptability import acceptability
from ii_vendor.charts.chart import Chart
from ii_vendor.charts.contributions import contribution_bars
from ii_vendor.charts.crossing import weight_lines
from ii_vendor.charts.evaluators import evaluator_ranges
from ii_vendor.charts.firmness import favouring_table, first_places, pair_table, severity_table, share_table
from ii_vendor.charts.look import CONFIG, dressed
from ii_vendor.charts.quadrant import quadrant
from ii_vendor.charts.scoreboard import scoreboard, section_heatmap, verdict_chip
from ii_vendor.charts.tornado import tornado
from ii_vendor.charts.weights import weight_effect
from ii_vendor.charts.words import band, floor_words, number

__all__ = [
    "CONFIG",
    "Chart",
    "acceptability",
    "band",
    "contribution_bars",
    "dressed",
    "evaluator_ranges",
    "favouring_table",
    "first_places",
    "floor_words",
    "number",
    "pair_table",
    "quadrant",
    "scoreboard",
    "section_heatmap",
    "severity_table",
    "share_table",
    "tornado",
    "verdict_chip",
    "weight_effect",
    "weight_lines",
]
