"""How firm a result is as plain JSON: every figure, and the sentences made of them."""

from __future__ import annotations

import json
from typing import Any

from ii_vendor.model.content import Content
from ii_vendor.model.robustness import Robustness, Simulation
from ii_vendor.model.scorecard import Comparison
from ii_vendor.report.agreement_words import agreement_lines
from ii_vendor.report.robustness_words import CAVEAT, headline, turn_lines, verdict_lines


def robustness_dict(robustness: Robustness, content: Content, comparison: Comparison) -> dict[str, Any]:
    """``{evaluation, content_hash, record_hash, vendors, ranked, leaders, left_out, sentences, simulations, stability,
    turns, agreement}``.

    Vendors stand by id, and ``vendors`` holds their names. Shares and weights are 0-1, levels 0-4. Each simulation
    holds for each vendor ``ranks`` (how often it takes rank 1, 2, ...), ``above`` (how often it scores above each
    other) and ``central`` (a weighting that favours it, by question, or null), and ``alike``, the groups of vendors
    that nothing tried tells apart. ``comparison`` must be of the same record.
    """
    whole = robustness.model_dump(mode="json")
    return {
        "evaluation": robustness.evaluation,
        "content_hash": robustness.content_hash,
        "record_hash": robustness.record_hash,
        "vendors": whole["names"],
        "ranked": whole["ranked"],
        "leaders": whole["leaders"],
        "left_out": dict(robustness.left_out),
        "sentences": {
            "headline": headline(robustness, content, comparison),
            "turns": turn_lines(robustness, content),
            "verdicts": verdict_lines(robustness, content),
            "agreement": agreement_lines(robustness, content),
            "caveat": CAVEAT,
        },
        "simulations": [_simulation(one) for one in robustness.simulations],
        "stability": whole["stability"],
        "turns": whole["turns"],
        "agreement": whole["agreement"],
    }


def robustness_json(robustness: Robustness, content: Content, comparison: Comparison) -> str:
    """``robustness_dict`` as indented JSON."""
    return json.dumps(robustness_dict(robustness, content, comparison), indent=2, ensure_ascii=False)


def _simulation(simulation: Simulation) -> dict[str, Any]:
    vendors = {
        vendor: {
            "ranks": list(simulation.ranks[row]),
            "above": {
                rival: share
                for rival, share in zip(simulation.vendors, simulation.pairwise[row], strict=True)
                if rival != vendor
            },
            "central": None if (favoured := simulation.central[row]) is None else dict(favoured),
        }
        for row, vendor in enumerate(simulation.vendors)
    }
    kept = simulation.model_dump(mode="json", include={"weights", "ratings", "spread", "samples", "margin", "alike"})
    return {**kept, "vendors": vendors}
