"""How firm a result is: simulations, stability intervals, what would change it, and how far the panel agrees.

Computed from an evaluation and never stored as truth. Shares and weights are 0-1, levels 0-4, scores 0-100. Vendors are
named by id and evaluators by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from pydantic import Field

from ii_vendor.model.base import Frozen
from ii_vendor.model.panel import FlagState
from ii_vendor.model.scorecard import Outcome


class WeightsVary(StrEnum):
    """Which weightings a simulation tries."""

    fixed = "as set"
    informed = "near those set"
    uniform = "any"


class Simulation(Frozen):
    """How the ranking comes out over many samples.

    ``ranks[i][r]`` is the share of samples in which vendor i takes rank r + 1, ``pairwise[i][j]`` the share in which i
    scores above j; ties are shared equally, so each row of ``ranks`` adds up to 1. ``central`` holds for each vendor
    the mean share of each question over the samples that the vendor wins: a weighting that favours it; None where it
    never wins or where it was not asked for. ``spread`` is how far each weight moves, as a share of itself, for
    ``informed`` weights; ``ratings`` says whether levels vary too. ``margin`` is the largest 95 % sampling error of any
    share. ``alike`` holds groups of vendors that nothing tried tells apart: without varied levels they tie in every
    sample.
    """

    weights: WeightsVary
    spread: float
    ratings: bool
    samples: int
    margin: float
    vendors: tuple[str, ...]
    ranks: tuple[tuple[float, ...], ...]
    pairwise: tuple[tuple[float, ...], ...]
    central: tuple[Mapping[str, float] | None, ...]
    alike: tuple[tuple[str, ...], ...] = ()

    def first(self, vendor: str) -> float:
        """The share of samples in which a vendor leads; 0 for one that is not ranked."""
        return self.ranks[self.vendors.index(vendor)][0] if vendor in self.vendors else 0.0


class RivalBounds(Frozen):
    """Between which shares of one weight the leader stays at or above one rival; the present share lies inside."""

    rival: str
    low: float
    high: float


class WeightStability(Frozen):
    """How far the share of one section or question in the whole can move, the others keeping their proportions, before
    the leader is overtaken: from ``low`` to ``high``, both inclusive, the tightest over all rivals.

    ``low_rival`` and ``high_rival`` overtake beyond the bound; None where the bound is the end of the scale.
    """

    kind: Literal["section", "question"]
    id: str
    share: float
    low: float
    high: float
    low_rival: str | None
    high_rival: str | None
    rivals: tuple[RivalBounds, ...]


class VerdictMove(Frozen):
    """A vendor whose verdict becomes another."""

    vendor: str
    before: Outcome
    after: Outcome


class Effect(Frozen):
    """What a change comes to. ``leaders`` holds who leads then (several share the rank), None where nobody new does and
    nobody drops out."""

    leaders: tuple[str, ...] | None = None
    verdicts: tuple[VerdictMove, ...] = ()

    def __bool__(self) -> bool:
        return self.leaders is not None or bool(self.verdicts)


class LevelTurn(Frozen):
    """The smallest change of one vendor's level on one question that has an effect.

    ``level`` is the panel's consensus or mean now (None while not rated). ``turns_at`` is the exact level at which it
    turns, and ``to`` the nearest whole level that has the effect.
    """

    vendor: str
    question: str
    level: float | None
    turns_at: float
    to: int
    effect: Effect


class WeightTurn(Frozen):
    """The smallest change of one weight that has an effect: the share moves from ``share`` beyond ``turns_at``, ``up``
    or down. Where vendors tie now, ``turns_at`` is ``share``."""

    kind: Literal["section", "question"]
    id: str
    share: float
    turns_at: float
    up: bool
    effect: Effect


class EvaluatorTurn(Frozen):
    """What becomes of the result without one evaluator's ratings; a consensus stays. ``alone`` counts the answers
    that only this evaluator rated and that then count as not rated."""

    evaluator: str
    alone: int
    effect: Effect


class FlagTurn(Frozen):
    """What becomes of the result if one red flag is decided otherwise."""

    flag: str
    vendor: str
    question: str
    statement: str
    gate: bool
    before: FlagState
    after: FlagState
    effect: Effect


class Turns(Frozen):
    """Single changes that give another winner or verdict, the smallest first within each kind.

    ``evaluators`` holds everybody who rated, with an empty effect where the result stays.
    """

    levels: tuple[LevelTurn, ...] = ()
    weights: tuple[WeightTurn, ...] = ()
    evaluators: tuple[EvaluatorTurn, ...] = ()
    flags: tuple[FlagTurn, ...] = ()


class Alpha(Frozen):
    """Krippendorff's alpha for ordinal levels: 1 agrees wholly, 0 as by chance, below 0 worse than that.

    ``value`` is None where nothing can be said; ``low`` and ``high`` bound 95 % of the bootstrap. ``units`` counts the
    answers rated by at least two, ``pairable`` their ratings. ``question`` is empty for all questions pooled.
    ``too_few``: there are too few answers to rely on the value.
    """

    question: str
    value: float | None
    low: float | None
    high: float | None
    units: int
    pairable: int
    too_few: bool


class Severity(Frozen):
    """How an evaluator's levels lie against the mean of the others on the same answers: ``offset`` in levels, negative
    is stricter; ``shared`` counts those answers. None where nobody else rated them."""

    evaluator: str
    offset: float | None
    shared: int


class Flat(Frozen):
    """An evaluator who gave every vendor the same ``level`` on a question (None: not applicable), over at least two."""

    evaluator: str
    question: str
    level: int | None
    vendors: int


class Agreement(Frozen):
    """How far the evaluators agree.

    ``kendall`` is Kendall's W over the vendors' order in each evaluator's own totals, 0-1, None where it cannot be
    said, with the ``raters`` and ``items`` it rests on. ``inseparable`` holds pairs of vendors that the panel's mean
    levels never tell apart.
    """

    pooled: Alpha
    questions: tuple[Alpha, ...]
    kendall: float | None
    raters: int
    items: int
    severities: tuple[Severity, ...]
    flats: tuple[Flat, ...]
    inseparable: tuple[tuple[str, str], ...]


class Robustness(Frozen):
    """How firm the result of an evaluation is, as the record with ``record_hash`` has it under ``content_hash``.

    ``ranked`` holds the vendors in the ranking, best first, and ``leaders`` those at rank 1. ``left_out`` are the
    others with the reason, ``rejected`` or ``not rated``. ``simulations``: the weights near those set; any weights;
    the ratings alone; weights and ratings together. With fewer than two ranked vendors there are none, nor stability.
    """

    evaluation: str
    content_hash: str
    record_hash: str
    names: Mapping[str, str]
    ranked: tuple[str, ...]
    leaders: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...] = ()
    simulations: tuple[Simulation, ...] = ()
    stability: tuple[WeightStability, ...] = ()
    turns: Turns = Turns()
    agreement: Agreement = Field()

    def simulation(self, weights: WeightsVary, *, ratings: bool) -> Simulation | None:
        """The simulation of this kind, or None where there is none."""
        return next((one for one in self.simulations if one.weights is weights and one.ratings is ratings), None)
