"""The Totals sheet: how scores, floor, verdict and rank come about, vendors side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ii_vendor.model.scorecard import Scorecard
from ii_vendor.report.scorecard.book import Sheet, Value, fixed
from ii_vendor.report.scorecard.figures import ALL, FIRST_VENDOR, Block, Figure, Totals, blocks_of_scores
from ii_vendor.report.scorecard.plan import FIRST, HEAD, TOTALS, Plan
from ii_vendor.report.scorecard.rulings import blocks_of_rulings, order_of

RECORDED: tuple[tuple[str, str, str, Callable[[Scorecard], Value]], ...] = (
    (f"low:{ALL}", "Autonomy, low", "score", lambda card: card.autonomy.low),
    (f"high:{ALL}", "Autonomy, high", "score", lambda card: card.autonomy.high),
    (f"claimed:{ALL}", "Claimed", "score", lambda card: card.autonomy.claimed),
    (f"evidenced:{ALL}", "Evidenced", "score", lambda card: card.autonomy.evidenced),
    (f"flags:{ALL}", "Red flags, low", "score", lambda card: card.red_flags.low),
    (f"flags_high:{ALL}", "Red flags, high", "score", lambda card: card.red_flags.high),
    ("floor", "Floor", "level", lambda card: card.floor.level),
    ("verdict", "Verdict", "centre", lambda card: card.verdict.outcome.value),
    ("rank", "Rank", "rank", lambda card: card.rank),
)


def write_totals(sheet: Sheet, plan: Plan) -> Totals:
    """Write every figure of every vendor, and give the places where they stand."""
    sheet.title(
        "Totals",
        "How the scores come about, step by step. Every number is a formula over the sheets Ratings, Weights, Rules "
        "and Red flags.",
    )
    sheet.widths(34, 60, *[15] * len(plan.cards))
    sheet.headings(HEAD, ["Figure", "How", *(card.name for card in plan.cards)], height=46)
    totals = Totals(plan)
    blocks = [*blocks_of_scores(plan, totals), *blocks_of_rulings(plan, totals), _recorded(plan, totals)]
    places = _place(totals, blocks)
    for block, row in zip(blocks, places, strict=True):
        _write_block(sheet, plan, block, row)
    _write_ranked(sheet, plan, totals, places[-1] + len(blocks[-1].figures) + 2)
    sheet.raw.freeze_panes(FIRST, FIRST_VENDOR)
    sheet.print_setup(head=HEAD, columns=FIRST_VENDOR, wide=1 + (len(plan.cards) > 8))
    sheet.protect()
    return totals


def _place(totals: Totals, blocks: Sequence[Block]) -> list[int]:
    """Give every figure its row before the first formula is written, since formulas look ahead."""
    places, row = [], FIRST
    for block in blocks:
        places.append(row)
        totals.add([figure.key for figure in block.figures], row + 1)
        row += len(block.figures) + 2
    return places


def _write_block(sheet: Sheet, plan: Plan, block: Block, row: int) -> None:
    sheet.merge(row, 0, FIRST_VENDOR - 1 + len(plan.cards), block.title, "section")
    for line, figure in enumerate(block.figures, start=row + 1):
        sheet.text(line, 0, figure.label)
        sheet.text(line, 1, figure.how, "cell soft wrap")
        if figure.key == "why":
            sheet.raw.set_row(line, 90)
        else:
            sheet.fit(line, [(1, figure.how)])
        for vendor in range(len(plan.cards)):
            formula, value = figure.formula(vendor), figure.value(vendor)
            if formula:
                sheet.formula(line, FIRST_VENDOR + vendor, formula, value, f"cell {figure.style}")
            else:
                sheet.put(line, FIRST_VENDOR + vendor, value, f"cell {figure.style}")


def _recorded(plan: Plan, totals: Totals) -> Block:
    """The figures as they were when the workbook was written, and whether the live ones still agree."""

    def value_of(read: Callable[[Scorecard], Value]) -> Callable[[int], Value]:
        return lambda vendor: read(plan.cards[vendor])

    def differs(vendor: int) -> str:
        tests = []
        for key, *_ in RECORDED:
            live, kept = totals.at(key, vendor), totals.at(f"recorded {key}", vendor)
            tests.append(f"{live}<>{kept}" if key == "verdict" else f"ABS(N({live})-N({kept}))>1E-9")
        return f"=IF(OR({','.join(tests)}),1,0)"

    kept = [
        Figure(f"recorded {key}", label, "Plain value, no formula", style, lambda _: "", value_of(read))
        for key, label, style, read in RECORDED
    ]
    changed = Figure("differs", "Differs now", "1 if an input was changed that matters", "count", differs, lambda _: 0)
    return Block("As recorded when this workbook was written", (*kept, changed))


def _write_ranked(sheet: Sheet, plan: Plan, totals: Totals, row: int) -> None:
    """Write the vendors in the order of their rank: what the charts are drawn from."""
    last = FIRST_VENDOR - 1 + len(plan.cards)
    sheet.merge(row, 0, last, "In the order of the rank: what the charts show", "section")
    keys = [key for key, _, _, _ in _ranked_lines(totals)]
    totals.add(keys, row + 1)
    order = order_of(plan.cards)
    for line, (key, label, formula, value) in enumerate(_ranked_lines(totals), start=row + 1):
        sheet.text(line, 0, label)
        sheet.text(line, 1, "", "cell")
        if key in ("name", "label"):
            sheet.raw.set_row(line, 30)
        for place in range(len(plan.cards)):
            vendor = order.index(place + 1)
            style = {"column": "cell count", "name": "cell wrap", "label": "cell wrap"}.get(key, "cell score")
            result = value(plan.cards[vendor], vendor)
            sheet.formula(line, FIRST_VENDOR + place, formula(place), result, style)


def _ranked_lines(
    totals: Totals,
) -> Iterator[tuple[str, str, Callable[[int], str], Callable[[Scorecard, int], Value]]]:
    def pick(key: str, place: int) -> str:
        return f"INDEX({totals.every(key)},{totals.at('column', place)})"

    def gap(low: str, high: str) -> Callable[[int], str]:
        return lambda place: f"=N({pick(high, place)})-N({pick(low, place)})"

    low, high, flags, flags_high = f"low:{ALL}", f"high:{ALL}", f"flags:{ALL}", f"flags_high:{ALL}"
    name = fixed(TOTALS, HEAD, FIRST_VENDOR, HEAD, FIRST_VENDOR + max(totals.vendors, 1) - 1)
    yield "column", "Vendor no.", lambda p: f"=MATCH({p + 1},{totals.every('order')},0)", lambda _, v: v + 1
    yield "name", "Vendor", lambda p: f"=INDEX({name},{totals.at('column', p)})", lambda card, _: card.name

    def label(place: int) -> str:
        rank = pick("rank", place)
        return f'=IF(ISNUMBER({rank}),{rank}&". ","rejected: ")&{totals.at("name", place)}'

    yield "label", "Label", label, lambda card, _: label_of(card)
    yield "bar", "Autonomy, low", lambda p: f"=N({pick(low, p)})", lambda card, _: card.autonomy.low or 0
    yield (
        "bar_open",
        "Autonomy, open",
        gap(low, high),
        lambda card, _: (card.autonomy.high or 0) - (card.autonomy.low or 0),
    )
    yield "red", "Red flags, low", lambda p: f"=N({pick(flags, p)})", lambda card, _: card.red_flags.low or 0
    yield (
        "red_open",
        "Red flags, open",
        gap(flags, flags_high),
        lambda card, _: (card.red_flags.high or 0) - (card.red_flags.low or 0),
    )


def label_of(card: Scorecard) -> str:
    """A vendor's label in charts: its rank and name, or that it is rejected."""
    return f"rejected: {card.name}" if card.rank is None else f"{card.rank}. {card.name}"
