"""Floor, verdict, rank and front of each vendor, as formulas beside the values that Python computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ii_vendor.model.scorecard import AnswerStatus, Outcome, QuestionScore, Scorecard
from ii_vendor.report.scorecard.book import Value
from ii_vendor.report.scorecard.figures import ALL, Block, Figure, Totals, below
from ii_vendor.report.scorecard.flags import Effect, effect
from ii_vendor.report.scorecard.plan import FlagColumns, Plan, RatingsColumns, of_flags, of_ratings
from ii_vendor.report.scorecard.ratings import below_floor
from ii_vendor.report.scorecard.rules import LEAST_AUTONOMY, LEAST_EVIDENCED
from ii_vendor.score.axes import evidenced_high

SCORE_DIGITS = 9
"""Scores that agree to this many decimals share a rank."""

CLEAN = "Every question is rated, no red flag stands and every minimum is reached."
PHRASES: dict[Outcome, tuple[tuple[str, str, str], ...]] = {
    Outcome.reject: (
        ("gates", "gate flag is confirmed and not accepted.", "gate flags are confirmed and not accepted."),
        ("zeros", "critical question is at level 0.", "critical questions are at level 0."),
        ("missed", "minimum is missed.", "minimums are missed."),
    ),
    Outcome.incomplete: (
        ("missing", "question is not rated.", "questions are not rated."),
        (
            "stale",
            "answer changed, or was rated anew, since it was judged.",
            "answers changed, or were rated anew, since they were judged.",
        ),
        ("disputes", "critical question is in dispute.", "critical questions are in dispute."),
        ("undecided", "red flag is open.", "red flags are open."),
        ("weightless", "score is missing, because nothing that applies weighs anything.", ""),
    ),
    Outcome.conditional: (("standing", "red flag stands.", "red flags stand."),),
}


@dataclass(frozen=True)
class Rulings:
    """What the verdict of one vendor rests on, counted from its scorecard."""

    plan: Plan
    card: Scorecard

    def count(self, key: str) -> int:
        """The count under one of the keys of PHRASES."""
        counts: dict[str, Callable[[], int]] = {
            "gates": lambda: self._flags(Effect.rejects),
            "zeros": lambda: sum(score.claimed == 0 for score in self._critical()),
            "missed": lambda: sum(self.missed().values()),
            "missing": lambda: sum(score.status is AnswerStatus.missing for score in self.card.questions),
            "stale": lambda: sum(bool(score.stale) for score in self.card.questions),
            "disputes": lambda: sum(score.disputed for score in self.card.questions),
            "undecided": lambda: self._flags(Effect.open),
            "weightless": lambda: int(self.card.autonomy.low is None),
            "standing": lambda: self._flags(Effect.counts, Effect.rejects),
        }
        return counts[key]()

    def missed(self) -> dict[str, int]:
        """How many minimums of each kind are missed for certain."""
        least = self.plan.content.profile.minimums
        return {
            "missed_autonomy": int(below(self.card.autonomy.high, least.autonomy)),
            "missed_evidenced": int(below(evidenced_high(self.card.questions), least.evidenced)),
            "missed_sections": sum(below(s.autonomy.high, least.sections.get(s.section)) for s in self.card.sections),
            "missed_floor": sum(below_floor(self.plan, score) for score in self._critical()),
        }

    def why(self) -> str:
        """The grounds of the verdict in one line."""
        if self.card.verdict.outcome is Outcome.shortlist:
            return CLEAN
        parts = []
        for key, one, many in PHRASES[self.card.verdict.outcome]:
            count = self.count(key)
            if count:
                parts.append(f"{count} {one if count == 1 else many}")
        return " ".join(parts)

    def _critical(self) -> list[QuestionScore]:
        return [score for score in self.card.questions if self.plan.content.questions[score.question].critical]

    def _flags(self, *effects: Effect) -> int:
        return sum(effect(entry) in effects for entry in self.plan.flag_rows if entry.vendor.vendor == self.card.vendor)


def blocks_of_rulings(plan: Plan, totals: Totals) -> Iterator[Block]:
    """Floor, verdict, rank and front."""
    rulings = [Rulings(plan, card) for card in plan.cards]
    yield Block("Floor: the lowest level among the critical questions", _floor(plan, totals))
    yield Block("Verdict", (*_counts(plan, totals, rulings), *_verdict(totals, rulings)))
    yield Block("Rank", (*_rank(plan, totals), *_front(plan, totals)))


def _floor(plan: Plan, totals: Totals) -> tuple[Figure, ...]:
    columns, cards = RatingsColumns(len(plan.raters)), plan.cards

    def levels(vendor: int) -> str:
        return of_ratings(plan, columns.critical_level, vendor)

    def question(vendor: int) -> str:
        floor, ids = totals.at("floor", vendor), of_ratings(plan, columns.question, vendor)
        return f'=IF(ISNUMBER({floor}),INDEX({ids},MATCH({floor},{levels(vendor)},0)),"")'

    return (
        Figure(
            "floor",
            "Floor (0–4)",
            "A strong average cannot hide it",
            "level bold",
            lambda v: f'=IF(COUNT({levels(v)})=0,"",MIN({levels(v)}))',
            lambda v: cards[v].floor.level,
        ),
        Figure(
            "floor_question",
            "First question at the floor",
            "",
            "centre",
            question,
            lambda v: cards[v].floor.question,
        ),
    )


def _counts(plan: Plan, totals: Totals, rulings: Sequence[Rulings]) -> Iterator[Figure]:
    columns = RatingsColumns(len(plan.raters))

    def flags(vendor: int, *effects: Effect) -> str:
        who = of_flags(plan, FlagColumns.holder)
        kind = of_flags(plan, FlagColumns.effect)
        return "+".join(f'COUNTIFS({who},{vendor + 1},{kind},"{one}")' for one in effects)

    def cells(col: int, vendor: int) -> str:
        return of_ratings(plan, col, vendor)

    def least(key: str, name: str) -> Callable[[int], str]:
        def formula(vendor: int) -> str:
            best = totals.at(f"{key}:{ALL}", vendor)
            return f"=IF(AND(ISNUMBER({best}),ISNUMBER({name})),IF(ROUND({best},{SCORE_DIGITS})<{name},1,0),0)"

        return formula

    def sections(vendor: int) -> str:
        return "=" + "+".join(totals.at(f"missed:{section.id}", vendor) for section in plan.sections)

    def missed(vendor: int) -> str:
        return "=" + "+".join(totals.at(key, vendor) for key in rulings[vendor].missed())

    lines: tuple[tuple[str, str, Callable[[int], str]], ...] = (
        ("gates", "Gate flags confirmed and not accepted", lambda v: "=" + flags(v, Effect.rejects)),
        ("zeros", "Critical questions at level 0", lambda v: f"=COUNTIF({cells(columns.critical_level, v)},0)"),
        ("missed_autonomy", "Least autonomy missed", least("high", LEAST_AUTONOMY)),
        ("missed_evidenced", "Least evidenced autonomy missed", least("evidenced_high", LEAST_EVIDENCED)),
        ("missed_sections", "Least section scores missed", sections),
        (
            "missed_floor",
            "Critical questions below the least level",
            lambda v: f"=SUM({cells(columns.below_floor, v)})",
        ),
        ("missed", "Minimums missed", missed),
        ("missing", "Questions not rated", lambda v: f'=COUNTIF({cells(columns.status, v)},"{AnswerStatus.missing}")'),
        ("stale", "Answers changed or rated anew since they were judged", lambda v: f"={rulings[v].count('stale')}"),
        ("disputes", "Critical questions in dispute", lambda v: f"=SUM({cells(columns.disputed, v)})"),
        ("undecided", "Red flags open", lambda v: "=" + flags(v, Effect.open)),
        ("weightless", "No score at all", lambda v: f"=IF({totals.at(f'applies:{ALL}', v)}=0,1,0)"),
        ("standing", "Red flags that stand", lambda v: "=" + flags(v, Effect.counts, Effect.rejects)),
    )
    for key, label, formula in lines:
        yield Figure(key, label, "", "count", formula, _count(rulings, key))


def _count(rulings: Sequence[Rulings], key: str) -> Callable[[int], Value]:
    return lambda v: rulings[v].missed()[key] if key.startswith("missed_") else rulings[v].count(key)


def _verdict(totals: Totals, rulings: Sequence[Rulings]) -> Iterator[Figure]:
    def any_of(outcome: Outcome, vendor: int) -> str:
        return "+".join(totals.at(key, vendor) for key, _, _ in PHRASES[outcome]) + ">0"

    def verdict(vendor: int) -> str:
        formula = f'"{Outcome.shortlist}"'
        for outcome in reversed(PHRASES):
            formula = f'IF({any_of(outcome, vendor)},"{outcome}",{formula})'
        return f"={formula}"

    def why(vendor: int) -> str:
        formula = f'"{CLEAN}"'
        for outcome, phrases in PHRASES.items():
            parts = (
                f'IF({cell}=0,"",{cell}&IF({cell}=1," {one} "," {many} "))'
                for cell, one, many in ((totals.at(key, vendor), one, many) for key, one, many in phrases)
            )
            formula = f'IF({totals.at("verdict", vendor)}="{outcome}",TRIM({"&".join(parts)}),{formula})'
        return f"={formula}"

    how = "Reject by a gate, a 0 or a minimum; else incomplete; else conditional; else shortlist"
    yield Figure("verdict", "Verdict", how, "bold centre", verdict, lambda v: rulings[v].card.verdict.outcome.value)
    yield Figure("why", "Because", "", "wrap top", why, lambda v: rulings[v].why())


def _rank(plan: Plan, totals: Totals) -> Iterator[Figure]:
    cards, order = plan.cards, order_of(plan.cards)

    def low(vendor: int) -> str:
        return totals.at(f"low:{ALL}", vendor)

    def score(vendor: int) -> str:
        verdict = totals.at("verdict", vendor)
        unranked = f'OR({verdict}="{Outcome.reject}",N({totals.at(f"coverage:{ALL}", vendor)})=0)'
        return f"=IF({unranked},-1,ROUND({low(vendor)},{SCORE_DIGITS}))"

    def rank(vendor: int) -> str:
        own, every = totals.at("ranking", vendor), totals.every("ranking")
        return f'=IF({own}<0,"",1+SUMPRODUCT(--({every}>{own})))'

    def place(vendor: int) -> str:
        own, every, before = totals.at("ranking", vendor), totals.every("ranking"), totals.before("ranking", vendor)
        return f"=1+SUMPRODUCT(--({every}>{own}))+SUMPRODUCT(--({before}={own}))"

    def provisional(vendor: int) -> str:
        own_low, own_high = low(vendor), totals.at(f"high:{ALL}", vendor)
        lows, highs = totals.every(f"low:{ALL}"), totals.every(f"high:{ALL}")
        unsettled = f"((({lows}<>{highs})+({own_low}<>{own_high}))>0)"
        overlapping = f"({lows}<={own_high})*({highs}>={own_low})*{unsettled}"
        others = f"SUMPRODUCT(({totals.every('ranking')}>=0)*{overlapping})-({own_low}<>{own_high})"
        return f'=IF({totals.at("ranking", vendor)}<0,"",IF({others}>0,"provisional",""))'

    how = "Autonomy, low; -1 for who is not ranked"
    yield Figure("ranking", "Ranking score", how, "score", score, lambda v: ranking_score(cards[v]))
    how = "Equal scores share a rank (1, 1, 3)"
    yield Figure("rank", "Rank", how, "rank bold", rank, lambda v: cards[v].rank)
    how = "Ratings still missing could change the rank"
    said = ["provisional" if card.provisional else None for card in cards]
    yield Figure("provisional", "May change", how, "centre", provisional, lambda v: said[v])
    how = "By rank, then as added; rejected last"
    yield Figure("order", "Place in lists", how, "count", place, lambda v: order[v])


def _front(plan: Plan, totals: Totals) -> Iterator[Figure]:
    cards = plan.cards

    def rounded(key: str) -> Callable[[int], str]:
        return lambda v: f"=ROUND(N({totals.at(f'{key}:{ALL}', v)}),{SCORE_DIGITS})"

    def front(vendor: int) -> str:
        a, r = totals.at("rounded_low", vendor), totals.at("rounded_flags", vendor)
        every_a, every_r = totals.every("rounded_low"), totals.every("rounded_flags")
        ranked, every_ranked = f"{totals.at('ranking', vendor)}>=0", f"({totals.every('ranking')}>=0)"
        better = f"{every_ranked}*({every_a}>={a})*({every_r}<={r})*((({every_a}<>{a})+({every_r}<>{r}))>0)"
        return f'=IF(AND({ranked},SUMPRODUCT({better})=0),"yes","no")'

    for key, of, label, low in (
        ("rounded_low", "low", "Autonomy", [card.autonomy.low for card in cards]),
        ("rounded_flags", "flags", "Red flags", [card.red_flags.low for card in cards]),
    ):
        values = [round(value or 0.0, SCORE_DIGITS) for value in low]
        how = f"{label}, low, to {SCORE_DIGITS} decimals"
        yield Figure(key, f"{label}, to compare", how, "score", rounded(of), values.__getitem__)
    how = "Ranked, and nobody ranked is at least as good on both axes and better on one"
    yield Figure("front", "On the front", how, "centre", front, lambda v: "yes" if cards[v].on_front else "no")


def ranking_score(card: Scorecard) -> float:
    """What vendors are ranked by: the low end of autonomy, or -1 for a vendor that is not ranked."""
    return -1.0 if card.rank is None else round(card.autonomy.low or 0.0, SCORE_DIGITS)


def order_of(cards: Sequence[Scorecard]) -> list[int]:
    """Each vendor's place in lists, from 1: by rank, then in the order added, rejected vendors last."""
    scores = [ranking_score(card) for card in cards]
    places = sorted(range(len(cards)), key=lambda index: -scores[index])
    return [places.index(index) + 1 for index in range(len(cards))]
