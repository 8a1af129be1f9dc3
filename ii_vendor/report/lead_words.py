"""Who leads how often near some weights, in the one line that stands under a what-if."""

from __future__ import annotations

from collections.abc import Mapping

from ii_vendor.model.robustness import Simulation
from ii_vendor.report.chart_words import margin_words, simulation_words
from ii_vendor.report.phrases import listed, percent


def leads_sentence(simulation: Simulation, names: Mapping[str, str], most: int = 3) -> str:
    """``Near these weights (each weight moved by up to 30 %; give or take …) Halden leads in 97 % and …``."""
    first = sorted(simulation.vendors, key=lambda vendor: -simulation.first(vendor))
    shown = [vendor for vendor in first if simulation.first(vendor) > 0][:most]
    shares = [f"{names[vendor]} leads in {percent(simulation.first(vendor))}" for vendor in shown]
    return f"Near these weights ({simulation_words(simulation)}; {margin_words(simulation)}), {listed(shares)}."
