"""Ratings and flags -> scorecards and their comparison. Pure functions; nothing is stored, nothing is drawn."""

from ii_vendor.score.comparison import compare
from ii_vendor.score.dry_run import dry_run
from ii_vendor.score.levels import question_scores
from ii_vendor.score.moves import Move, moves
from ii_vendor.score.weights import question_shares, section_shares, whole_percentages

__all__ = [
    "Move",
    "compare",
    "dry_run",
    "moves",
    "question_scores",
    "question_shares",
    "section_shares",
    "whole_percentages",
]
