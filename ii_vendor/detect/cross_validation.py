"""Judges trained signals fairly: each author's answers by a set that was trained without that author."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from statistics import mean
from typing import NamedTuple

from ii_vendor.detect.measure import Progress, find_timed, measure
from ii_vendor.errors import UserError
from ii_vendor.model.labelled import LabelledAnswer
from ii_vendor.model.measurement import CurvePoint, Measured, Measurement
from ii_vendor.model.response import Finding
from ii_vendor.model.signal import SignalSet

Train = Callable[[Sequence[LabelledAnswer]], SignalSet]
"""Gives the signals with a layer that was trained on these answers."""

MOST_PARTS = 10
"""Into as many parts the authors are divided at most, so that many authors take no longer."""

FEWEST_AUTHORS = 2
"""Training leaves authors out itself, to find its cuts, and so needs two."""

CURVE_PARTS = 4
"""As many of the parts are judged for each step of the learning curve."""


class _Step(NamedTuple):
    """Whom to judge, and on whom to train for it."""

    left_out: tuple[str, ...]
    trained_on: tuple[str, ...]


class _Judged(NamedTuple):
    """What became of one answer, and how many answers its judge was trained on."""

    answer: LabelledAnswer
    found: tuple[Finding, ...]
    seconds: float
    learnt: int


def cross_validate(
    labelled: Sequence[LabelledAnswer],
    train: Train,
    *,
    unseen: Collection[str] = (),
    hard: Collection[str] = (),
    progress: Progress | None = None,
) -> Measured:
    """Figures on answers of authors that were left out of training, and the learning curve.

    ``unseen`` names authors whose answers no writer of a signal has read: theirs are measured apart as well, and they
    alone make the learning curve. ``hard`` names others, who had been asked to write what is hard to read: theirs are
    measured by themselves. The result names no signal set yet. Raises UserError for fewer than three authors, or an
    author so named who wrote none of it.
    """
    authors = sorted({each.author for each in labelled})
    _check_authors(authors, unseen, hard)
    parts = _parts(authors)
    whole = [_Step(part, tuple(each for each in authors if each not in part)) for part in parts]
    # A curve over answers that writers of signals had read would show their reading, not what training adds.
    telling = [part for part in parts if not unseen or not set(unseen).isdisjoint(part)]
    partly = list(_curve_steps(authors, telling[:CURVE_PARTS]))
    judged = list[list[_Judged]]()
    for number, step in enumerate((*whole, *partly)):
        if progress:
            progress(number, len(whole) + len(partly), f"without {', '.join(step.left_out)}")
        judged.append(_judge(labelled, train, step))
    by_all = [each for step in judged[: len(whole)] for each in step]
    apart = [each for each in by_all if each.answer.author in unseen]
    told, puzzling = apart or by_all, [each for each in by_all if each.answer.author in hard]
    curve = {len(step.trained_on): list[_Judged]() for step in partly}
    for step, found in zip(partly, judged[len(whole) :], strict=True):
        curve[len(step.trained_on)] += [each for each in found if not unseen or each.answer.author in unseen]
    return Measured(
        signals="",
        authors=tuple(authors),
        folds=len(parts),
        figures=_measured(by_all),
        unseen_authors=tuple(sorted(unseen)),
        unseen=_measured(apart) if apart else None,
        hard_authors=tuple(sorted(hard)),
        hard=_measured(puzzling) if puzzling else None,
        by_author={
            author: _measured([each for each in told if each.answer.author == author]).over_all
            for author in sorted({each.answer.author for each in told})
        },
        curve=(
            *(_point(size, found) for size, found in curve.items()),
            _point(round(mean(len(step.trained_on) for step in whole)), told),
        ),
    )


def _check_authors(authors: Collection[str], unseen: Collection[str], hard: Collection[str]) -> None:
    if unknown := sorted({*unseen, *hard} - set(authors)):
        raise UserError(f"No answer is by '{unknown[0]}'. The authors are: {', '.join(authors)}.")
    if twice := sorted(set(unseen) & set(hard)):
        raise UserError(f"'{twice[0]}' is named as unseen and as hard. Name each author once.")
    if hard and not unseen:
        raise UserError("Hard answers are measured beside others that nobody has read: name the authors of those too.")
    if len(authors) <= FEWEST_AUTHORS:
        raise UserError("Measuring leaves whole authors out, so it needs those of three or more: one file an author.")


def _parts(authors: Sequence[str]) -> list[tuple[str, ...]]:
    """Whole authors, dealt out in turn."""
    count = min(len(authors), MOST_PARTS)
    return [tuple(authors[start::count]) for start in range(count)]


def _curve_steps(authors: Sequence[str], parts: Sequence[tuple[str, ...]]) -> Iterator[_Step]:
    """Training on 2, 4, 8, ... authors, for some of the parts. Each begins with other authors, so that no single author
    makes the curve."""
    size, most = FEWEST_AUTHORS, len(authors) - max(len(part) for part in parts)
    while size < most:
        for number, part in enumerate(parts):
            others = [each for each in authors if each not in part]
            start = number * len(others) // len(parts)
            yield _Step(part, tuple((others[start:] + others[:start])[:size]))
        size *= 2


def _judge(labelled: Iterable[LabelledAnswer], train: Train, step: _Step) -> list[_Judged]:
    known = [each for each in labelled if each.author in step.trained_on]
    judged = [each for each in labelled if each.author in step.left_out]
    found, seconds = find_timed(train(known), judged)
    return [_Judged(*each, len(known)) for each in zip(judged, found, seconds, strict=True)]


def _measured(judged: Sequence[_Judged]) -> Measurement:
    return measure([each.answer for each in judged], [each.found for each in judged], [each.seconds for each in judged])


def _point(authors: int, judged: Sequence[_Judged]) -> CurvePoint:
    learnt = round(mean(each.learnt for each in judged))
    return CurvePoint(authors=authors, answers=learnt, figures=_measured(judged).over_all)
