"""How often the signals are right, in words: for a terminal, and for whoever relies on a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ii_vendor.detect.measure import Miss
from ii_vendor.model.measurement import CurvePoint, Figures, Found, Measured, Measurement, Share
from ii_vendor.model.signal import SignalSet
from ii_vendor.report.phrases import counted, listed, thousands

NOT_MEASURED = (
    "These signals were not measured as they stand: they are not the ones that came with ii-vendor, or were changed "
    "since. “ii-vendor signals train” measures them."
)
MEANING = (
    "The panel decides; what is not recognised is not good: it has to be read. Figures are counted by answer, and no "
    "author’s answers were judged by weights that were trained on them; the range in brackets is the 95 % interval "
    "(Wilson). They hold for answers like those measured: English, and written by bidders for plants."
)
HARD_READ = "Whoever wrote the signals may have read some of these, so the rows “by signals” may be too good."
EARLIER = (
    "They were measured with an earlier version of ii-vendor, which did not yet look at answers as a whole: with this "
    "version they hold only roughly."
)
FLATTERED = (
    "Whoever wrote the signals may have read these answers, so the figures are likely too good for answers that nobody "
    "has read."
)


def share_words(share: Share) -> str:
    """``94.1 % (91.0–96.2 %, 321 of 341)``."""
    if share.value is None or share.interval is None:
        return "no case"
    low, high = share.interval
    span = f"{100 * low:.1f}–{100 * high:.1f} %"
    return f"{100 * share.value:.1f} % ({span}, {thousands(share.hits)} of {thousands(share.of)})"


def figure_rows(figures: Figures) -> list[tuple[str, str]]:
    """Each figure: what it is, and its value with the interval."""
    time = "not timed" if figures.ms_per_answer is None else f"{figures.ms_per_answer:.2f} ms"
    return [
        ("red flags by signals: right", share_words(figures.signals.precision)),
        ("red flags by signals: reached", share_words(figures.signals.recall)),
        ("with possible red: right", share_words(figures.with_possible.precision)),
        ("with possible red: reached", share_words(figures.with_possible.recall)),
        ("good signs: right", share_words(figures.good.precision)),
        ("good signs: reached", share_words(figures.good.recall)),
        ("red shown as good", share_words(figures.red_shown_as_good)),
        ("red answers whose quotes meet the labelled words", share_words(figures.span_overlap)),
        ("red quotes that meet the labelled words", share_words(figures.quotes_on_span)),
        ("answers with any finding", share_words(figures.coverage)),
        ("median time for an answer", time),
    ]


def measurement_lines(measured: Measurement) -> Iterator[str]:
    """All figures, and a line for each question."""
    yield f"{counted(measured.n, 'answer')}"
    rows = figure_rows(measured)
    width = max(len(name) for name, _ in rows)
    yield from (f"  {name:{width}}  {value}" for name, value in rows)
    yield from part_lines("By question", measured.by_question)


def _pairs(figures: Figures) -> tuple[Found, Found, Found]:
    return figures.signals, figures.with_possible, figures.good


def _percent(share: Share) -> str:
    return "-" if share.value is None else f"{100 * share.value:.0f}"


def figures_table(measured: Measured | None) -> str:
    """The figures to state as a table in Markdown, with whose answers they were measured on."""
    if measured is None:
        return NOT_MEASURED
    figures = measured.headline
    columns = [dict(figure_rows(each)) for each in (figures, measured.hard) if each]
    rows = ["| " + " | ".join([name, *(column[name] for column in columns)]) + " |" for name in columns[0]]
    told = f"Measured on {counted(figures.n, 'answer')} {_whose(measured)}, cross-validated in {measured.folds} parts."
    if not measured.unseen:
        told = f"{told} {FLATTERED}"
    spread = ["", _spread(measured.by_author)] if measured.by_author else []
    curve = [line.strip().capitalize() for line in curve_lines(measured.curve)]
    learnt = ["", "What more labelled answers buy, right / reached in %:", "", *(f"- {line}" for line in curve)]
    if measured.hard:
        told = f"{told} {_hard(measured.hard, len(measured.hard_authors))}"
    titles = ["share (95 % interval, cases)", *(["hard answers"] if measured.hard else [])]
    head = [told, "", f"| | {' | '.join(titles)} |", "|---" * (1 + len(titles)) + "|"]
    return "\n".join([*head, *rows, *spread, *(learnt if curve else [])])


def _whose(measured: Measured) -> str:
    if measured.unseen:
        return f"by {counted(len(measured.unseen_authors), 'author')} whose answers nobody who wrote a signal had read"
    return f"by {counted(len(measured.authors), 'author')}"


def _hard(hard: Figures, authors: int) -> str:
    return (
        f"Beside them, as “hard answers”: {thousands(hard.n)} by {counted(authors, 'author')} who had been asked to "
        f"write what is hard to read. {HARD_READ}"
    )


def miss_lines(found: Iterable[Miss]) -> Iterator[str]:
    """Each miss with its answer, the words found and the words labelled."""
    for each in found:
        yield f"{each.id} {each.question}: {each.what}" + (f" ({each.signal})" if each.signal else "")
        if each.quote:
            yield f"    found:    “{_one_line(each.quote)}”"
        yield from (f"    labelled: “{_one_line(span)}”" for span in each.expected)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def part_lines(title: str, parts: Mapping[str, Figures]) -> Iterator[str]:
    """A line for each part of what was measured, such as each question, under a head; nothing where there is none."""
    if parts:
        yield ""
        yield f"{title}, right / reached, in %:"
        yield f"  {'':8}{'n':>6}   {'red, signals':15}{'with possible':15}{'good':15}red as good"
    for name, each in parts.items():
        pairs = [f"{_percent(pair.precision)} / {_percent(pair.recall)}" for pair in _pairs(each)]
        shown = f"{each.red_shown_as_good.hits} of {each.red_shown_as_good.of}"
        yield f"  {name:8}{each.n:>6}   {pairs[0]:15}{pairs[1]:15}{pairs[2]:15}{shown}"


def _spread(by_author: Mapping[str, Figures]) -> str:
    """From the lowest to the highest of all authors, in percent."""

    def span(shares: Iterable[Share]) -> str:
        known = [100 * share.value for share in shares if share.value is not None]
        return f"{min(known):.0f}–{max(known):.0f}" if known else "-"

    each = list(by_author.values())
    red, good = [figures.with_possible for figures in each], [figures.good for figures in each]
    return (
        f"From author to author, right / reached in %: with possible red {span(pair.precision for pair in red)} / "
        f"{span(pair.recall for pair in red)}, good {span(pair.precision for pair in good)} / "
        f"{span(pair.recall for pair in good)}; red shown as good {span(one.red_shown_as_good for one in each)} %."
    )


def curve_lines(curve: Iterable[CurvePoint]) -> Iterator[str]:
    """The learning curve: what more labelled answers bought so far."""
    for point in curve:
        both, good = point.figures.with_possible, point.figures.good
        yield (
            f"  trained on {counted(point.authors, 'author')} ({counted(point.answers, 'answer')}): "
            f"with possible red {_percent(both.precision)} / {_percent(both.recall)}, "
            f"good {_percent(good.precision)} / {_percent(good.recall)}"
        )


def signal_method_lines(signals: SignalSet) -> list[str]:
    """How findings are made and how often they were right, a paragraph a part, for the signals of one evaluation."""
    measured = signals.measured
    made = (
        "A signal is wording that a practitioner wrote down, with test sentences of its own; it is found in a sentence "
        "after denials, conditions, promises for later and other makers’ products are taken into account. A possible "
        "red flag, and a likely good sign, only resemble wording that was one elsewhere. Findings point; the panel "
        "reads the quoted words and decides."
    )
    earlier = measured is not None and signals.resemblance is not None and not signals.resemblance.whole
    return [made, *(_measured(measured) if measured else (NOT_MEASURED,)), *([EARLIER] if earlier else [])]


def _measured(measured: Measured) -> Iterator[str]:
    figures = measured.headline
    yield (
        f"Measured on {counted(figures.n, 'labelled answer')} {_whose(measured)}. Of the answers with a red signal, "
        f"{share_words(figures.signals.precision)} were red; of the red answers, "
        f"{share_words(figures.signals.recall)} had one. With possible red flags: "
        f"{share_words(figures.with_possible.precision)} were red, and {share_words(figures.with_possible.recall)} of "
        "the red answers were pointed to."
    )
    yield (
        f"Of the answers with a good sign, {share_words(figures.good.precision)} were good; of the good answers, "
        f"{share_words(figures.good.recall)} had one. Red answers shown as good, with nothing red beside it: "
        f"{share_words(figures.red_shown_as_good)}. In "
        f"{share_words(figures.span_overlap)} of the red answers that were found, a quote met the words that a person "
        f"had marked; of all red quotes in them, {share_words(figures.quotes_on_span)} did."
    )
    if measured.hard:
        hard = measured.hard
        yield (
            f"{_hard(hard, len(measured.hard_authors))} There, with possible red flags, "
            f"{share_words(hard.with_possible.precision)} of what was pointed to was red, "
            f"{share_words(hard.with_possible.recall)} of the red answers were pointed to, and "
            f"{share_words(hard.red_shown_as_good)} of them were shown as good."
        )
    if measured.by_author:
        yield _spread(measured.by_author)
    if measured.curve:
        yield f"What more labelled answers would bring: {listed([_curve_part(each) for each in measured.curve])}."
    yield MEANING
    if not measured.unseen:
        yield FLATTERED


def _curve_part(point: CurvePoint) -> str:
    return f"{_percent(point.figures.with_possible.recall)} % of the red answers reached after {point.authors}"
