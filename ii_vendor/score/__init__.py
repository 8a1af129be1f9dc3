"""Ratings and flags -> scorecards and their comparison. Pure functions; nothing is stored, nothing is drawn."""

from ii_vendor.score.comparison import compare
from ii_vendor.score.levels import question_scores
from ii_vendor.score.weights import question_shares, section_shares, whole_percentages

__all__ = ["compare", "question_scores", "question_shares", "section_shares", "whole_percentages"]
