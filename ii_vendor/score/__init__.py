"""Ratings, consensus and flags -> scorecards and their comparison. Pure functions; nothing is stored or drawn."""

from ii_vendor.score.agenda import agenda, agreed_on
from ii_vendor.score.comparison import compare
from ii_vendor.score.dry_run import dry_run
from ii_vendor.score.levels import question_scores
from ii_vendor.score.moves import Move, moves
from ii_vendor.score.second_look import consensus_moves, second_look
from ii_vendor.score.weights import question_shares, section_shares, whole_percentages

__all__ = [
    "Move",
    "agenda",
    "agreed_on",
    "compare",
    "consensus_moves",
    "dry_run",
    "moves",
    "question_scores",
    "question_shares",
    "second_look",
    "section_shares",
    "whole_percentages",
]
