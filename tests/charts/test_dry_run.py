"""The picture of what each question decides."""

from __future__ import annotations

import re

from ii_vendor.charts.dry_run import decision_map
from ii_vendor.model.bid import Bid
from ii_vendor.model.content import Content
from ii_vendor.score import dry_run


def bid(name: str, level: int, **more: object) -> Bid:
    return Bid.model_validate({"id": name, "title": name, "story": "Made up.", "level": level} | more)


def test_every_question_has_one_tile_with_the_sign_of_what_it_decides(content: Content):
    run = dry_run([bid("ideal", 4, questions={"L1": 2}), bid("other", 2, questions={"Q1": 0})], content)
    tiles = re.findall(r'class="iv-tile iv-(\w+)" title="([\w-]+) ', decision_map(run, content))
    assert tiles == [("matters", "Q1"), ("nothing", "Q2"), ("same", "L1"), ("nothing", "L2"), ("nothing", "DEA-1")]


def test_the_legend_names_only_what_is_shown(content: Content):
    drawn = decision_map(dry_run([bid("ideal", 4), bid("other", 3)], content), content)
    assert "turns nothing" in drawn
    assert "decides something" not in drawn


def test_names_of_bids_stay_words(content: Content):
    run = dry_run([bid("ideal", 4), bid("other", 0, title="<img src=x>")], content)
    assert "<img" not in decision_map(run, content)
