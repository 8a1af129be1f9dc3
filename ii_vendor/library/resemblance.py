"""The file of weights: a line for each thing that may stand in a sentence, to be read in any spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ii_vendor.errors import UserError
from ii_vendor.model.resemblance import Cut, Resemblance

RESEMBLANCE = "scoring/signals/resemblance.tsv"

_MADE_FROM = "made from"
_HEAD = ("what stands in a sentence", "like a red flag", "like a good answer")
_CUTS = tuple(f"({name})" for name in Cut.model_fields)


def read_resemblance(path: Path) -> Resemblance | None:
    """The weights in a file; None where there is no such file. Raises UserError for anything else."""
    if not path.is_file():
        return None
    made_from, rows = "", dict[str, tuple[float, float]]()
    try:
        for line in path.read_text("utf-8").splitlines():
            name, *values = line.split("\t")
            if name == _MADE_FROM:
                made_from = values[0]
            elif (name, *values) != _HEAD:
                red, good = values
                rows[name] = (float(red), float(good))
        cuts = {name.strip("()"): rows.pop(name) for name in _CUTS}
    except (ValueError, IndexError, KeyError) as error:
        raise UserError("this is not a file of weights") from error
    return Resemblance(
        made_from=made_from,
        red=Cut(**{name: pair[0] for name, pair in cuts.items()}),
        good=Cut(**{name: pair[1] for name, pair in cuts.items()}),
        weights=rows,
    )


def write_resemblance(layer: Resemblance, path: Path) -> None:
    """Write the weights, those that tell most first, so that the same layer always gives the same file."""
    path.write_text("".join(f"{line}\n" for line in _lines(layer)), "utf-8")


def _lines(layer: Resemblance) -> Iterator[str]:
    yield f"{_MADE_FROM}\t{layer.made_from}"
    yield "\t".join(_HEAD)
    for name in Cut.model_fields:
        yield f"({name})\t{getattr(layer.red, name)}\t{getattr(layer.good, name)}"
    for name, (red, good) in sorted(layer.weights.items(), key=lambda each: (-max(map(abs, each[1])), each[0])):
        yield f"{name}\t{red}\t{good}"
