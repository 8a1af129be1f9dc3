"""How far the panel agrees, in words that a panel understands."""

from __future__ import annotations

from collections.abc import Iterator

from ii_vendor.model.content import Content
from ii_vendor.model.robustness import Agreement, Alpha, Flat, Robustness
from ii_vendor.report.phrases import counted, few, listed, named

WELL, FAIRLY = 0.8, 0.667
"""From here on agreement counts as reliable, and from here on as good enough for a tentative conclusion: the usual
bounds for Krippendorff's alpha."""

CLEARLY = 0.3
"""So many levels above or below the others on average are worth a sentence."""

FEW_SHARED = 5
"""On fewer answers than this, nothing is said of how strict somebody is."""

ORDER = ((0.995, "alike"), (0.9, "almost alike"), (0.7, "much alike"), (0.5, "partly alike"))


def agreement_lines(robustness: Robustness, content: Content) -> list[str]:
    """The panel's agreement on levels and on the order of the vendors, who is stricter, and what tells nobody apart."""
    agreement = robustness.agreement
    raters = robustness.turns.evaluators
    if not raters:
        return ["Nobody has rated yet, so nothing can be said about agreement."]
    if len(raters) == 1:
        return [f"Only {raters[0].evaluator} has rated, so nothing can be said about agreement."]
    lines = [
        _levels(agreement.pooled),
        *_caveat(agreement.pooled),
        *_questions(agreement, content),
        _order(agreement),
        *_severities(agreement),
        *_flats(agreement, len(robustness.names)),
    ]
    pairs = [" and ".join(named(robustness, pair)) for pair in agreement.inseparable]
    if pairs:
        lines.append(f"The panel’s levels never tell {few(pairs, 4)} apart.")
    return lines


def well(value: float) -> str:
    """How the panel agrees at this alpha, at most 1: well, fairly or poorly."""
    return "well" if value >= WELL else "fairly" if value >= FAIRLY else "poorly"


def _figure(value: float) -> str:
    """A value with two decimals and a true minus sign: ``0.81``, ``−0.32``."""
    return f"{value:.2f}".replace("-", "\N{MINUS SIGN}")


def _levels(pooled: Alpha) -> str:
    if pooled.value is None:
        return _unsaid(pooled)
    said = f"The panel agrees {well(pooled.value)} on levels ({_value(pooled)})."
    if pooled.too_few:
        said += f" That rests on only {counted(pooled.units, 'answer')} rated by two or more: too few to rely on."
    return said


def _unsaid(pooled: Alpha) -> str:
    if pooled.units and not pooled.too_few:
        return "Everybody gave one and the same level everywhere, so agreement cannot be measured."
    count = counted(pooled.units, "answer was", "answers were") if pooled.units else "No answer was"
    return f"{count} rated by two people or more: too few answers to say how far the panel agrees."


def _value(alpha: Alpha) -> str:
    value = _figure(alpha.value or 0.0)
    if alpha.low is None or alpha.high is None:
        return f"{value}; 1 is full agreement, 0 is chance"
    return f"{value}, between {_figure(alpha.low)} and {_figure(alpha.high)}; 1 is full agreement, 0 is chance"


def _caveat(pooled: Alpha) -> Iterator[str]:
    if pooled.value is not None:
        yield (
            "This takes all questions together. Easy questions and very different vendors make it look better than "
            "the agreement on a single question."
        )


def _questions(agreement: Agreement, content: Content) -> Iterator[str]:
    """The questions that the panel agrees on least, or that each has too few answers."""
    told = [(one.value, one.question) for one in agreement.questions if one.value is not None and not one.too_few]
    if not told:
        if any(one.units for one in agreement.questions):
            yield "Each question alone has too few answers to say how far the panel agrees on it."
        return
    worst = sorted(told)[:3]
    poor = [
        f"{question} ({content.questions[question].title}, {_figure(value)})"
        for value, question in worst
        if value < FAIRLY
    ]
    if poor:
        yield f"It agrees least on {listed(poor)}."


def _order(agreement: Agreement) -> str:
    who = f"{counted(agreement.raters, 'person', 'people')} and {counted(agreement.items, 'vendor')}"
    if agreement.kendall is None:
        return f"Whether each would rank the vendors alike cannot be said ({who})."
    how = next((words for bound, words in ORDER if agreement.kendall >= bound), "differently")
    said = (
        f"Each by their own ratings, they would rank the vendors {how} ({agreement.kendall:.2f}; 1 is the same order)."
    )
    return f"{said} With {who} this says little." if agreement.items < 4 or agreement.raters < 3 else said


def _severities(agreement: Agreement) -> Iterator[str]:
    """Who rates clearly lower or higher than the others."""
    known = [one for one in agreement.severities if one.offset is not None and one.shared >= FEW_SHARED]
    silent = [one.evaluator for one in agreement.severities if one not in known]
    clear = [one for one in known if abs(one.offset or 0.0) >= CLEARLY]
    for one in sorted(clear, key=lambda one: one.offset or 0.0):
        offset = one.offset or 0.0
        side = "below" if offset < 0 else "above"
        yield (
            f"{one.evaluator} rates {abs(offset):.1f} levels {side} the others on average, over "
            f"{counted(one.shared, 'shared answer')}."
        )
    if known and not clear:
        yield "Nobody rates clearly lower or higher than the others."
    if silent:
        yield f"{listed(silent)}: too few answers rated by others too to say who is stricter."


def _flats(agreement: Agreement, vendors: int) -> Iterator[str]:
    """Who gave all vendors rated the same level, the questions of one person, level and count in one sentence."""
    groups: dict[tuple[str, int | None, int], list[Flat]] = {}
    for flat in agreement.flats:
        groups.setdefault((flat.evaluator, flat.level, flat.vendors), []).append(flat)
    for (evaluator, level, count), flats in groups.items():
        questions = few([flat.question for flat in flats])
        whom = "every vendor" if count == vendors else f"each of the {count} vendors rated"
        if level is None:
            yield f"{evaluator} called {questions} not applicable for {whom}."
        else:
            yield f"{evaluator} gave {whom} level {level} on {questions}."
