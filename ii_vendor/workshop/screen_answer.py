"""An answer on the screen: the question, the vendor's words with what was found in them, and the levels in words."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ii_vendor.model.response import Answer, Finding
from ii_vendor.model.workshop import Item
from ii_vendor.report.answers import answer_html
from ii_vendor.report.findings import NAMES, Kind, kind_of
from ii_vendor.workshop.live import Live
from ii_vendor.workshop.screen_html import Scenery, big, fitted
from ii_vendor.workshop.screen_item import State, progress, state_of, voters_strip
from ii_vendor.workshop.screen_result import agreed_foot, agreed_html, supposed_html
from ii_vendor.workshop.screen_supposed import Supposing
from ii_vendor.workshop.screen_votes import speak_html, spread_html

MORE = "… more in Review"

NOT_RECORDED = "<p>Nothing of this is recorded.</p>"

NARROWEST, WIDEST = 38, 60
"""Between which shares of the width the answer has its region, in percent."""

SUPPOSED = 54
"""Its least share beside what is supposed, which has few words, and under the banner, which takes a line."""


def answer_scene(live: Live, item: Item, what_if: Supposing | None) -> Scenery:
    """One answer of one vendor, its levels, and how far the room has come with it."""
    state = state_of(live, item)
    answer, findings = answer_of(live, item)
    share = _share(live, item, answer)
    scenery = Scenery(
        top=question_html(live, item),
        figure=_figure(live, item, state),
        left=marked_answer(answer, findings),
        right=levels_html(live, item),
        foot=voters_strip(live),
        state=state.value,
        share=share,
    )
    if what_if:
        right = supposed_html(live, item, what_if)
        return scenery._replace(right=right, foot=NOT_RECORDED, figure="", share=max(share, SUPPOSED))
    if state is State.settled:
        return scenery._replace(right=agreed_html(live, item), foot=agreed_foot(live, item))
    if state is State.revealed:
        return scenery._replace(right=spread_html(live, item), foot=speak_html(live))
    return scenery


def _figure(live: Live, item: Item, state: State) -> str:
    """How many have voted; before that, what the panel agreed on earlier."""
    earlier = live.seen.consensus.get((item.vendor, item.question))
    if state is State.reading and earlier:
        return big("n/a" if earlier.level is None else str(earlier.level), "agreed earlier")
    return "" if state is State.settled else progress(live)


def question_html(live: Live, item: Item) -> str:
    """Whose answer to which question it is, and what was asked."""
    name = next(vendor.name for vendor in live.seen.vendors if vendor.id == item.vendor)
    asked = live.content.questions[item.question]
    head = f'<h1><span class="whose">{escape(name)}</span> {escape(f"{asked.id} {asked.title}")}</h1>'
    return fitted(f'{head}<p class="asked">{escape(asked.text)}</p>', 2.4, kind="question", more="…")


def answer_of(live: Live, item: Item) -> tuple[Answer, tuple[Finding, ...]]:
    """The answer that stands now with what was found in it; an empty one where there is none."""
    received = live.seen.received(item.vendor)
    if received is None:
        return Answer(question=item.question), ()
    found = tuple(finding for finding in received.findings if finding.question == item.question)
    return received.response.answer(item.question), found


def marked_answer(answer: Answer, findings: Sequence[Finding]) -> str:
    """The answer with its marks, and where there is room, what those that it has mean."""
    kinds = {kind_of(finding) for finding in findings}
    marks = "".join(
        f'<span><mark class="iv-{kind} iv-first">{NAMES[kind]}</mark></span>' for kind in Kind if kind in kinds
    )
    legend = f'<p class="iv-marks" data-spare>{marks}</p>' if marks else ""
    return fitted(f"{answer_html(answer, findings)}{legend}", 2.2, kind="answer", more=MORE)


def levels_html(live: Live, item: Item) -> str:
    """The five levels of the question in words."""
    levels = live.content.rubric[item.question].levels
    rows = "".join(
        f'<li data-level="{level}"><b>{level}</b><span>{escape(levels[level])}</span></li>' for level in sorted(levels)
    )
    return fitted(f'<ul class="levels">{rows}</ul>', 2.2, kind="rubric", more=MORE)


def _share(live: Live, item: Item, answer: Answer) -> int:
    """How much of the width the answer has: as much as it has words, beside the levels."""
    said = len(answer.text) + len(answer.evidence) + 40
    levels = sum(len(words) + 25 for words in live.content.rubric[item.question].levels.values())
    return round(min(WIDEST, max(NARROWEST, 100 * said / (said + levels))))
