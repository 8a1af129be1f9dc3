"""The weightings and ratings that a simulation tries: the same random draws for every what-if.

Draws depend on the place of a question and on the ids of vendor and question alone, never on weights, levels or the
other vendors. So moving a weight moves each sample a little, and a result differs only by what was changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ii_vendor.score.matrix import Array

Floats = NDArray[np.floating]

Kind = Literal["uniform", "exponential"]

Vary = Callable[[NDArray[np.float32], NDArray[np.float32]], NDArray[np.float32]]
"""From draws (rows x samples) and the shares they vary (rows x 1) to varied shares, not yet renormalised."""

PROBES = 8
"""Samples that tell whether two vendors tie always: where weights vary at will, none tie in all of them by chance."""

_QUESTIONS, _SECTIONS = 1, 2
"""Seeds: a stream for the questions inside their sections, one for the sections."""


@dataclass(frozen=True)
class WeightSamples:
    """Weightings made piece by piece, so that they never stand in memory all at once.

    ``piece(start, stop)`` gives samples ``start`` to ``stop`` of ``count`` as columns (questions x samples), in memory
    of their own or not to be written to. ``probes`` are one or more weightings, also as columns, in which two vendors
    tie only if they tie in all samples. ``vary`` is False where all samples are the same.
    """

    count: int
    piece: Callable[[int, int], Floats]
    probes: Array
    vary: bool = True


def given(weights: Floats) -> WeightSamples:
    """Samples that somebody else made, one a row (N x Q)."""
    # A chance mixture of all samples: no single one may speak for the others.
    mixture = np.random.default_rng(0).random(len(weights), dtype=np.float32) @ weights / len(weights)
    columns = weights.T
    return WeightSamples(
        len(weights), lambda start, stop: columns[:, start:stop], mixture.astype(np.float64)[:, np.newaxis]
    )


def fixed(weights: Array, count: int) -> WeightSamples:
    """The weights as they are, ``count`` times."""
    column = weights[:, np.newaxis]
    return WeightSamples(count, lambda start, stop: np.repeat(column, stop - start, axis=1), column, vary=False)


def informed(weights: Array, section_of: NDArray[np.intp], spread: float, count: int) -> WeightSamples:
    """Weights near those set: each section's share, and each question's share inside its section, times a factor from
    1 - ``spread`` to 1 + ``spread``, equally likely throughout, and renormalised on each level."""
    if not spread:
        return fixed(weights, count)

    def near(drawn: NDArray[np.float32], shares: NDArray[np.float32]) -> NDArray[np.float32]:
        varied = drawn * (np.float32(2 * spread) * shares)
        varied += np.float32(1 - spread) * shares
        return varied

    return _two_levels("uniform", weights, members(section_of) @ weights, section_of, count, near)


def uniform(weights: Array, section_of: NDArray[np.intp], count: int) -> WeightSamples:
    """Any weights: every split among the sections, and among the questions of each, equally likely. What weighs 0
    stays at 0."""
    asked = (weights > 0).astype(np.float64)
    sections = (members(section_of) @ asked > 0).astype(np.float64)
    return _two_levels("exponential", asked, sections, section_of, count, np.multiply)


def members(section_of: NDArray[np.intp]) -> Array:
    """1 where a question (column) belongs to a section (row)."""
    sections = np.arange(section_of.max(initial=-1) + 1)
    return np.equal(section_of, sections[:, np.newaxis]).astype(np.float64)


def _two_levels(
    kind: Kind, inside: Array, between: Array, section_of: NDArray[np.intp], count: int, vary: Vary
) -> WeightSamples:
    """Shares of the questions ``inside`` their sections and ``between`` the sections, varied apart and multiplied."""
    belongs = members(section_of).astype(np.float32)
    of_question, of_section = (each.astype(np.float32)[:, np.newaxis] for each in (inside, between))

    def piece(start: int, stop: int) -> NDArray[np.float32]:
        questions = vary(draws(_QUESTIONS, len(of_question), count, kind)[:, start:stop], of_question)
        sections = vary(draws(_SECTIONS, len(of_section), count, kind)[:, start:stop], of_section)
        _share(sections, sections.sum(axis=0))
        _share(sections, belongs @ questions)
        for row, section in zip(questions, section_of, strict=True):
            row *= sections[section]
        return questions

    return WeightSamples(count, piece, piece(0, min(PROBES, count)).astype(np.float64))


def _share(parts: NDArray[np.float32], totals: NDArray[np.float32]) -> None:
    """Divide in place; 0 where the total is."""
    np.divide(parts, totals, out=parts, where=totals > 0)


@lru_cache(maxsize=4)
def draws(stream: int, rows: int, count: int, kind: Kind) -> NDArray[np.float32]:
    """Numbers from 0 to 1, each equally likely, or standard exponential ones: ``rows`` x ``count``, read only.

    A row is the same however many there are. Four tables are kept: those of 100 rows of 100 000 take 40 MB each.
    """
    source = np.random.default_rng(stream)
    draw = source.random if kind == "uniform" else source.standard_exponential
    table: NDArray[np.float32] = draw((rows, count), dtype=np.float32)
    table.flags.writeable = False
    return table


def cell_stream(vendor: str, question: str) -> np.random.Generator:
    """The random numbers of one vendor's level on one question."""
    key = blake2b(f"{vendor}\n{question}".encode(), digest_size=16).digest()
    return np.random.Generator(np.random.Philox(key=int.from_bytes(key)))
