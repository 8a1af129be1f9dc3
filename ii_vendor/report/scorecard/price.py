"""The Price sheet: prices as inputs beside autonomy, the price of a point and the classic ratio as live formulas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ii_vendor.model.price import PriceComparison, PricedVendor
from ii_vendor.report.price_words import price_sentences, ratio_doubts, ratio_sentence
from ii_vendor.report.scorecard.book import Sheet, Value, at, fixed
from ii_vendor.report.scorecard.figures import ALL, Totals
from ii_vendor.report.scorecard.plan import FIRST, HEAD, PRICE, Plan
from ii_vendor.report.scorecard.rulings import SCORE_DIGITS
from ii_vendor.score.price import price_comparison

SHARE_ROW = HEAD - 1
"""The row of the one input beside the prices: what quality counts."""

DIGITS = 12
"""Prices of a point that agree to so many significant digits share a rank."""


class C:
    """The columns of the sheet; the last four are what points, ranks and front are worked out from."""

    vendor, autonomy, amount, basis, left_out, per_point, per_point_rank = range(7)
    points, combined, combined_rank, front = range(7, 11)
    counted, to_rank_price, to_rank_combined, to_compare = range(11, 15)


def write_price(sheet: Sheet, plan: Plan, totals: Totals) -> None:
    """Write a line for each vendor. The evaluation must hold at least one price."""
    priced = price_comparison(plan.comparison, plan.evaluation.prices)
    sheet.title(
        "Price",
        "Price stands beside quality and is never part of autonomy, rank or verdict. Autonomy follows the sheet "
        "Totals; yellow cells may be changed.",
        f"Prices in {priced.currency}. Price per point is the price of one point of autonomy: lower is better.",
    )
    sheet.text(SHARE_ROW, 0, "Share of quality, 0–100 %", "cell bold")
    sheet.number(SHARE_ROW, 1, priced.quality_share, "cell share input")
    _only(sheet, SHARE_ROW, C.autonomy, SHARE_ROW, {"criteria": "between", "minimum": 0, "maximum": 1})
    sheet.text(SHARE_ROW, 2, "in the classic ratio: combined = share × autonomy + (1 − share) × price points", "note")
    sheet.widths(26, 11, 15, 34, 11, 13, 8, 10, 11, 8, 12, 15, 13, 11, 11)
    headings = (
        *("Vendor", "Autonomy", "Price", "What it covers", "Left out", "Price per point", "Rank by it"),
        *("Price points", "Combined", "Rank by it", "Nobody better is cheaper"),
        *("Price, compared", "Per point, to rank", "Combined, to rank", "Autonomy, to compare"),
    )
    sheet.headings(HEAD, headings, height=46)
    by_id = {vendor.vendor: vendor for vendor in priced.vendors}
    for vendor, card in enumerate(plan.cards):
        _write_line(sheet, plan, _Line(plan, totals, vendor), by_id[card.vendor])
    _only(sheet, FIRST, C.amount, FIRST + len(plan.cards) - 1, {"criteria": ">", "value": 0})
    _write_notes(sheet, FIRST + len(plan.cards) + 1, priced)
    sheet.raw.freeze_panes(FIRST, 1)
    sheet.print_setup(head=HEAD)
    sheet.protect()


@dataclass(frozen=True)
class _Line:
    """The formulas of one vendor (counted from 0)."""

    plan: Plan
    totals: Totals
    vendor: int

    def cell(self, col: int) -> str:
        return at(FIRST + self.vendor, col)

    def every(self, col: int) -> str:
        return fixed(PRICE, FIRST, col, FIRST + len(self.plan.cards) - 1)

    def autonomy(self) -> str:
        low = self.totals.at(f"low:{ALL}", self.vendor)
        return f'=IF({self._unrated()},"",{low})'

    def left_out(self) -> str:
        rejected = f'{self.totals.at("verdict", self.vendor)}="reject"'
        no_price = f'IF(N({self.cell(C.amount)})<=0,"no price","")'
        return f'=IF({rejected},"rejected",IF({self._unrated()},"not rated",{no_price}))'

    def per_point(self) -> str:
        autonomy = self.cell(C.autonomy)
        return f'=IF(OR({self._out()},N({autonomy})=0),"",{self.cell(C.amount)}/{autonomy})'

    def points(self) -> str:
        return f'=IF({self._out()},"",100*MIN({self.every(C.counted)})/{self.cell(C.amount)})'

    def combined(self) -> str:
        share = fixed(PRICE, SHARE_ROW, C.autonomy)
        both = f"{share}*{self.cell(C.autonomy)}+(1-{share})*{self.cell(C.points)}"
        return f'=IF({self._out()},"",{both})'

    def counted(self) -> str:
        return f'=IF({self._out()},"",{self.cell(C.amount)})'

    def to_rank_price(self) -> str:
        price = self.cell(C.per_point)
        return f"=IF(ISNUMBER({price}),ROUND({price},{DIGITS - 1}-INT(LOG10({price}))),-1)"

    def to_rank_combined(self) -> str:
        return self._or_out(self.cell(C.combined))

    def to_compare(self) -> str:
        return self._or_out(self.cell(C.autonomy))

    def rank_by_price(self) -> str:
        own, every = self.cell(C.to_rank_price), self.every(C.to_rank_price)
        return f'=IF({own}<0,"",1+SUMPRODUCT(({every}>=0)*({every}<{own})))'

    def rank_combined(self) -> str:
        own, every = self.cell(C.to_rank_combined), self.every(C.to_rank_combined)
        return f'=IF({own}<0,"",1+SUMPRODUCT(--({every}>{own})))'

    def front(self) -> str:
        quality, price = self.cell(C.to_compare), self.cell(C.amount)
        qualities, prices = self.every(C.to_compare), self.every(C.amount)
        other = f"((({qualities}<>{quality})+({prices}<>{price}))>0)"
        better = f"({qualities}>=0)*({qualities}>={quality})*({prices}<={price})*{other}"
        return f'=IF({self._out()},"",IF(SUMPRODUCT({better})=0,"yes","no"))'

    def _unrated(self) -> str:
        return f"N({self.totals.at(f'coverage:{ALL}', self.vendor)})=0"

    def _out(self) -> str:
        return f'{self.cell(C.left_out)}<>""'

    def _or_out(self, value: str) -> str:
        return f"=IF({self._out()},-1,ROUND({value},{SCORE_DIGITS}))"


def _write_line(sheet: Sheet, plan: Plan, line: _Line, priced: PricedVendor) -> None:
    row = FIRST + line.vendor
    price = plan.evaluation.prices.get(priced.vendor)
    basis = price.basis if price else ""
    sheet.text(row, C.vendor, priced.name, "cell wrap bold")
    sheet.put(row, C.amount, priced.amount, "cell money input")
    sheet.text(row, C.basis, basis, "cell wrap")
    sheet.fit(row, [(C.vendor, priced.name), (C.basis, basis)])
    for col, formula, value, style in _figures(line, priced):
        sheet.formula(row, col, formula, value, f"cell {style}")


def _figures(line: _Line, priced: PricedVendor) -> Iterator[tuple[int, str, Value, str]]:
    """The column, formula, cached value and style of each figure."""
    out = bool(priced.left_out)
    yield C.autonomy, line.autonomy(), priced.autonomy, "score bold"
    yield C.left_out, line.left_out(), priced.left_out, "centre soft"
    yield C.per_point, line.per_point(), priced.per_point, "money bold"
    yield C.per_point_rank, line.rank_by_price(), priced.per_point_rank, "rank"
    yield C.points, line.points(), priced.points, "score"
    yield C.combined, line.combined(), priced.combined, "score"
    yield C.combined_rank, line.rank_combined(), priced.combined_rank, "rank"
    yield C.front, line.front(), None if out else "yes" if priced.on_front else "no", "centre"
    yield C.counted, line.counted(), None if out else priced.amount, "money soft"
    per_point = -1.0 if priced.per_point is None else float(f"{priced.per_point:.{DIGITS}g}")
    yield C.to_rank_price, line.to_rank_price(), per_point, "money soft"
    yield C.to_rank_combined, line.to_rank_combined(), _rounded(priced.combined), "score soft"
    yield C.to_compare, line.to_compare(), -1.0 if out else _rounded(priced.autonomy), "score soft"


def _rounded(value: float | None) -> float:
    return -1.0 if value is None else round(value, SCORE_DIGITS)


def _write_notes(sheet: Sheet, row: int, priced: PriceComparison) -> None:
    last = C.front
    for title, lines in (
        ("As recorded when this workbook was written", price_sentences(priced)),
        ("The classic ratio, for rules that demand it", [*_ratio(priced), *ratio_doubts(priced)]),
    ):
        sheet.merge(row, 0, last, title, "section")
        for line in lines:
            row += 1
            sheet.paragraph(row, 0, last, line)
        row += 2


def _ratio(priced: PriceComparison) -> list[str]:
    how = "Price points = 100 × lowest price / price. Only ranked vendors with a price are compared."
    said = ratio_sentence(priced)
    return [how, said] if said else [how]


def _only(sheet: Sheet, row: int, col: int, last_row: int, rule: dict[str, object]) -> None:
    """Let nothing but such numbers into these cells."""
    refusal = {"error_title": "A number is needed", "error_message": "Prices are above 0, shares from 0 to 100 %."}
    sheet.raw.data_validation(row, col, last_row, col, {"validate": "decimal", **rule, **refusal})
