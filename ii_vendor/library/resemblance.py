"""The file of weights: a line for each thing that may stand in a sentence, to be read in any spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite
from pathlib import Path

from ii_vendor.errors import UserError
from ii_vendor.model.resemblance import Cut, Pair, Resemblance

RESEMBLANCE = "scoring/signals/resemblance.tsv"

_MADE_FROM = "made from"
_HEAD = (
    "what stands in a sentence",
    "its sentence is like a red flag",
    "its sentence is like a good answer",
    "the whole answer is like a red flag",
    "the whole answer is like a good answer",
)
_CUTS = tuple(f"({name})" for name in Cut.model_fields)


def read_resemblance(path: Path) -> Resemblance | None:
    """The weights in a file; None where there is no such file. Raises UserError for anything else.

    Files written before whole answers had weights have no columns for them.
    """
    if not path.is_file():
        return None
    try:
        (title, made_from, *_), head, *rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
        cuts = dict(_row(row)[:2] for row in rows[: len(_CUTS)])
        if (title, head[0], *cuts) != (_MADE_FROM, _HEAD[0], *_CUTS):
            raise ValueError
        weighed = [_row(row) for row in rows[len(_CUTS) :]]
    except ValueError as error:
        raise UserError("this is not a file of weights") from error
    red, good = (Cut(**{name.strip("()"): pair[at] for name, pair in cuts.items()}) for at in (0, 1))
    return Resemblance(
        made_from=made_from,
        red=red,
        good=good,
        weights={name: own for name, own, _ in weighed if any(own)},
        whole={name: whole for name, _, whole in weighed if any(whole)},
    )


def _row(cells: Sequence[str]) -> tuple[str, Pair, Pair]:
    """What one line weighs, what is not there being 0. Raises ValueError."""
    name, red, good, *rest = cells
    values = [float(value or 0) for value in (red, good, *rest)]
    if not name or len(rest) not in (0, 2) or not all(map(isfinite, values)):
        raise ValueError
    red_whole, good_whole = values[2:] or (0.0, 0.0)
    return name, (values[0], values[1]), (red_whole, good_whole)


def write_resemblance(layer: Resemblance, path: Path) -> None:
    """Write the weights, those that tell most first, so that the same layer always gives the same file."""
    path.write_text("".join(f"{line}\n" for line in _lines(layer)), "utf-8")


def _lines(layer: Resemblance) -> Iterator[str]:
    yield f"{_MADE_FROM}\t{layer.made_from}"
    yield "\t".join(_HEAD)
    for name in Cut.model_fields:
        yield f"({name})\t{getattr(layer.red, name)}\t{getattr(layer.good, name)}"
    for name, values in sorted(layer.by_name().items(), key=lambda each: (-max(map(abs, each[1])), each[0])):
        yield "\t".join((name, *(str(value) if value else "" for value in values)))
