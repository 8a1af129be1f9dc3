"""What stands beside the charts on firmness (HTML): who leads how often, and tables of pairs, weights and people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from ii_vendor.model.content import Content
from ii_vendor.model.robustness import Severity, Simulation
from ii_vendor.report.phrases import first_percent, percent
from ii_vendor.score import section_shares, whole_percentages
from ii_vendor.score.matrix import Array


def first_places(simulation: Simulation, names: Mapping[str, str], order: Sequence[str]) -> str:
    """Each vendor with the share of samples in which it leads, as a number and a bar, in this ``order``."""
    return _board([(names[vendor], simulation.first(vendor), first_percent(simulation, vendor)) for vendor in order])


def _board(shares: Sequence[tuple[str, float, str]]) -> str:
    lines = "".join(
        f'<div class="iv-first"><span>{escape(name)}</span><b>{escape(said)}</b>'
        f'<i><i style="width:{100 * share:.2f}%"></i></i></div>'
        for name, share, said in shares
    )
    return f'<div class="iv-firsts">{lines}</div>'


def pair_table(simulation: Simulation, names: Mapping[str, str], order: Sequence[str]) -> str:
    """How often the vendor of a row scores above the vendor of a column."""
    places = [simulation.vendors.index(vendor) for vendor in order]
    rows = [
        (
            names[vendor],
            ["–" if mine == other else escape(percent(simulation.pairwise[mine][other])) for other in places],
        )
        for vendor, mine in zip(order, places, strict=True)
    ]
    return _table("scores above", [names[vendor] for vendor in order], rows)


def favouring_table(simulation: Simulation, names: Mapping[str, str], order: Sequence[str], content: Content) -> str:
    """The sections' shares as they are, and on average over the weightings that each vendor wins."""
    central = {
        vendor: by_question
        for vendor, by_question in zip(simulation.vendors, simulation.central, strict=True)
        if by_question is not None
    }
    winners = [vendor for vendor in order if vendor in central]
    shares = [section_shares(content), *(_by_section(central[vendor], content) for vendor in winners)]
    columns = [whole_percentages(one) for one in shares]
    rows = [(section.title, [f"{column[section.id]} %" for column in columns]) for section in content.sections]
    return _table("Section", ["as set", *(f"{names[vendor]} leads" for vendor in winners)], rows)


def _by_section(by_question: Mapping[str, float], content: Content) -> dict[str, float]:
    return {section.id: sum(by_question[each.id] for each in section.questions) for section in content.sections}


def severity_table(severities: Sequence[Severity]) -> str:
    """How strict everybody is against the mean of the others, in levels."""
    rows = [
        (one.evaluator, ["–" if one.offset is None else _signed(one.offset), str(one.shared)]) for one in severities
    ]
    return _table("Evaluator", ["levels against the others", "shared answers"], rows)


def share_table(names: Sequence[str], now: Array, tried: Array | None, words: tuple[str, str]) -> str:
    """The vendors' scores at the share as it is and at one that is tried, best first; ``words`` head the columns."""
    leading = now if tried is None else tried
    order = sorted(range(len(names)), key=lambda place: -leading[place])
    rows = [
        (names[place], [f"{now[place]:.1f}"] + ([] if tried is None else [f"<b>{tried[place]:.1f}</b>"]))
        for place in order
    ]
    return _table("Vendor", list(words[: 1 if tried is None else 2]), rows)


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−") if abs(value) >= 0.05 else "0"


def _table(corner: str, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> str:
    """``corner``, columns and the first cell of a row are words; the other cells are ours."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(
        f'<tr><th scope="row">{escape(title)}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'
        for title, cells in rows
    )
    return (
        f'<div class="iv-scroll"><table class="iv-facts"><thead><tr><th scope="col">{escape(corner)}</th>{head}</tr>'
        f"</thead><tbody>{body}</tbody></table></div>"
    )
