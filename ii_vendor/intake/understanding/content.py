"""What a column holds, as shares of its cells: ids, questions, short answers, links, ticks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from string import ascii_lowercase

from ii_vendor.intake.understanding.grid import Grid
from ii_vendor.intake.understanding.vocabulary import CHANGE_WORDS
from ii_vendor.intake.understanding.words import asks, folded, is_mark, is_no_mark, is_short_answer

_ID = re.compile(
    r"(?!\d{4}-\d\d-\d\d)(?:[A-Za-z&§]{0,12}[-._ /]{0,2}(?:[A-Za-z&]{1,8}[-._ ]){0,3}"
    r"[0-9]{1,5}(?:[-._][0-9A-Za-z]{1,5}){0,6}[a-z]?[.)]?"
    r"|[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|[A-Z]{2,6}(?:[.-][A-Z]{2,6})+)"
)
_LEADING_ID = re.compile(
    r"\s*((?:[A-Z]{1,6}[-.]){0,3}[A-Z]{0,4}[0-9]{1,4}(?:[-.][0-9]{1,4}){0,5}[a-z]?)(?:[.:)]\s*|\s+)(?=\S)"
)
_LINK = re.compile(r"https?://|www\.|\S\.(?:pdf|docx?|xlsx?|png|jpe?g)\b", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]+")
_SAMPLE = 240
_LONGEST_ID = 40


@dataclass(frozen=True)
class Content:
    """Shares are 0-1 of the cells that say something; ``fill`` is their share of the rows looked at.

    ``length`` is the median number of characters; ``formulas`` are those that fetch from another sheet.
    """

    count: int = 0
    fill: float = 0.0
    ids: float = 0.0
    asking: float = 0.0
    short: float = 0.0
    links: float = 0.0
    marks: float = 0.0
    numbers: float = 0.0
    formulas: float = 0.0
    distinct: float = 0.0
    length: float = 0.0
    changes: float = 0.0


def is_id(text: str) -> bool:
    """Whether a text looks like the id of a question: ``7``, ``1.10``, ``DATA-05``, ``A&A-01.1``."""
    return len(text) <= _LONGEST_ID and _ID.fullmatch(text.strip()) is not None


def leading_id(text: str) -> str:
    """The id that a question begins with: ``1.10`` of ``1.10 Who may see them?``; empty where there is none."""
    match = _LEADING_ID.match(text)
    return match[1] if match else ""


def shape(id_: str) -> str:
    """The form of an id: ``DATA-05`` and ``DATA-19`` share one, as do ``2.1`` and ``12.3``."""
    return re.sub(r"[A-Za-z]+", "a", _DIGITS.sub("0", id_.strip()))


def _count_in_letters(texts: Sequence[str]) -> bool:
    """Whether the texts are ``a``, ``b``, ``c`` from the first on: ids, where single letters could be anything else."""
    letters = [text.strip().strip("().").casefold() for text in texts]
    return 2 <= len(letters) <= len(ascii_lowercase) and letters == list(ascii_lowercase[: len(letters)])


def content_of(grid: Grid, rows: Sequence[int], column: int) -> Content:
    """What a column holds in some rows; long stretches are sampled evenly. Merged cells count in each of their rows."""
    sample = rows if len(rows) <= _SAMPLE else [rows[int(n * len(rows) / _SAMPLE)] for n in range(_SAMPLE)]
    cells = [cell for row in sample if (cell := grid.reaching(row, column)) is not None and cell.text.strip()]
    formulas = [cell for row in sample if (cell := grid.reaching(row, column)) is not None and "!" in cell.formula]
    if not cells:
        return Content(formulas=1.0 if formulas else 0.0)
    texts = [cell.text for cell in cells]
    count = len(texts)

    def share(hits: int) -> float:
        return hits / count

    return Content(
        count=count,
        fill=count / len(sample),
        ids=1.0 if _count_in_letters(texts) else share(sum(map(is_id, texts))),
        asking=share(sum(map(asks, texts))),
        short=share(sum(map(is_short_answer, texts))),
        links=share(sum(_LINK.search(text) is not None for text in texts)),
        marks=share(sum(is_mark(text) or is_no_mark(text) for text in texts)),
        numbers=share(sum(cell.kind in ("number", "date") for cell in cells)),
        formulas=len(formulas) / max(count, len(formulas)),
        distinct=len({folded(text) or text for text in texts}) / count,
        length=median(len(text) for text in texts),
        changes=share(sum(folded(text) in CHANGE_WORDS for text in texts)),
    )
