"""Dry run: which invented bid would the rules choose, and which questions decide nothing? Before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

import streamlit as st

from ii_vendor import charts
from ii_vendor.charts.dry_run import decision_map
from ii_vendor.library import ContentError, Library
from ii_vendor.model.base import canonical_json
from ii_vendor.model.bid import Bid, Decides, DryRun
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Evaluation
from ii_vendor.pages.context import choose, draw, evaluations, library, plain, say_now
from ii_vendor.pages.own_bid import own_bids, show_own_bids
from ii_vendor.report.dry_run_words import (
    ADVICE,
    CAUTION,
    effect_words,
    idle_lines,
    idle_sentence,
    outcome_sentence,
    reason_sentences,
)
from ii_vendor.report.money import money
from ii_vendor.score import dry_run

STYLE = Path(__file__).with_suffix(".css")


def show() -> None:
    say_now()
    st.html(STYLE)
    st.title("Would the right bid win?", anchor=False)
    try:
        shelf = library()
    except ContentError as error:
        st.error("The content folder has mistakes. Run `ii-vendor content check` after mending them.")
        st.code(str(error), language=None)
        return
    st.caption(
        "A dry run before anything is sent: invented bids are scored with the questions, rubrics and weights below, "
        "by the same rules as real ones. Nothing here is recorded."
    )
    outcome = st.container()
    left, right = st.columns([5, 3], gap="large")
    with right:
        content, tried = _content(shelf)
        bids, wanted = _bids(shelf)
    run = None
    if len(bids) < 2:
        outcome.info("A dry run needs two invented bids or more. Choose another, or add one of your own below.")
    else:
        run = _run(bids, content, wanted)
        _result(run, content, outcome, left)
    show_own_bids(shelf, content, tried, run)


def _content(shelf: Library) -> tuple[Content, tuple[Content, ...]]:
    """What is tried, and everything that a bid may speak of."""
    st.subheader("What is tried", anchor=False)
    everything = shelf.content()
    evaluation: Evaluation | None = st.session_state.get("now")
    if evaluation:
        sources = {"shelf": "Questionnaires and a profile", "evaluation": f"The evaluation “{evaluation.name}”"}
        if choose("Content", "of", sources, "shelf") == "evaluation":
            frozen = evaluations().content(evaluation)
            st.caption(f"What this evaluation asks, with its profile “{plain(frozen.profile.title)}”.")
            return frozen, (frozen, everything)
    asked = {key: plain(shelf.questionnaires[key].title) for key in shelf.default_questionnaires}
    chosen = _several("Questionnaires", "ask", asked)
    titles = {key: profile.title for key, profile in shelf.profiles.items()}
    profile = choose("Profile: what counts how much", "profile", titles, everything.profile.id)
    return shelf.content(chosen, str(profile)), (everything,)


def _bids(shelf: Library) -> tuple[tuple[Bid, ...], str]:
    """The bids that take part, and the id of the one that should win."""
    known = {**shelf.bids, **own_bids()}
    if not known:
        return (), ""
    taking_part = _several("Bids that take part", "bids", {key: plain(bid.title) for key, bid in known.items()})
    bids = tuple(known[key] for key in taking_part)
    titles = {bid.id: bid.title for bid in bids}
    wanted = choose("Which should win?", "want", titles, "ideal" if "ideal" in titles else next(iter(titles)))
    return bids, str(wanted)


def _several(label: str, key: str, options: Mapping[str, str]) -> list[str]:
    """Some of these options (value: what is shown), all of them unless the address names fewer under ``key``."""
    named = [value for value in st.query_params.get(key, "").split(",") if value in options]
    chosen = named or list(options)
    if sorted(st.session_state.get(key) or ()) != sorted(chosen):
        st.session_state[key] = chosen
    st.pills(
        label,
        list(options),
        selection_mode="multi",
        format_func=lambda option: options[option],
        key=key,
        on_change=_several_into_the_address,
        args=(key, tuple(options)),
        wrap=True,
    )
    return [value for value in options if value in chosen]


def _several_into_the_address(key: str, options: tuple[str, ...]) -> None:
    chosen = st.session_state[key]
    if not chosen or len(chosen) == len(options):
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = ",".join(chosen)


def _hash(content: Content) -> str:
    return content.hash


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs={Content: _hash, Bid: canonical_json})
def _run(bids: tuple[Bid, ...], content: Content, wanted: str) -> DryRun:
    return dry_run(bids, content, wanted)


def _result(
    run: DryRun, content: Content, outcome: st.delta_generator.DeltaGenerator, beside: st.delta_generator.DeltaGenerator
) -> None:
    kind = "iv-right" if run.as_wanted else "iv-wrong"
    because = escape(" ".join(reason_sentences(run)))
    with outcome:
        draw(f'<p class="iv-outcome {kind}">{escape(outcome_sentence(run))}</p><p class="iv-because">{because}</p>')
    with beside:
        draw(charts.scoreboard(run.comparison, compact=True))
        with st.expander("Who these bids are"):
            draw(f'<div class="iv-bids">{"".join(_story(run, bid) for bid in run.bids)}</div>')
    st.subheader("What each question decides", anchor=False)
    draw(f'<p class="iv-advice">{escape(idle_sentence(run))} {escape(CAUTION)}</p>{decision_map(run, content)}')
    left, right = st.columns(2, gap="large")
    with left:
        _deciding(run, content)
    with right:
        _idle(run, content)


def _story(run: DryRun, bid: Bid) -> str:
    card = next(card for card in run.comparison.vendors if card.vendor == bid.id)
    price = f" · {escape(money(bid.price, bid.currency))}" if bid.price else ""
    reasons = "".join(f"<li>{escape(reason.text)}</li>" for reason in card.verdict.reasons[:3])
    more = len(card.verdict.reasons) - 3
    reasons += f"<li>and {more} more</li>" if more > 0 else ""
    return (
        f"<section><p><b>{escape(bid.title)}</b>{price}</p><p>{escape(bid.story)}</p>"
        f'{charts.verdict_chip(card.verdict.outcome)}<ul class="iv-reasons">{reasons}</ul></section>'
    )


def _deciding(run: DryRun, content: Content) -> None:
    st.subheader("What decides", anchor=False)
    lines = "".join(
        f"<li><b>{escape(each.question)}</b> {escape(content.questions[each.question].title)}: "
        f"{escape(effect_words(run, each))}.</li>"
        for each in run.deciding(Decides.matters)
    )
    draw(f'<ul class="iv-lines">{lines}</ul>' if lines else "<p>No question alone decides anything here.</p>")


def _idle(run: DryRun, content: Content) -> None:
    st.subheader("What decides nothing", anchor=False)
    for what, advice in ADVICE.items():
        lines = "".join(
            f"<li><b>{escape(title)}</b>: {escape(words)}.</li>" for title, words in idle_lines(run, content, what)
        )
        if lines:
            draw(f'<p class="iv-advice">{escape(advice)}</p><ul class="iv-lines">{lines}</ul>')
    if len(run.deciding(Decides.matters)) == len(run.questions):
        draw("<p>Every question decides something here.</p>")


show()
