"""Price: what each vendor asks for, beside its autonomy and never inside it."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from ii_vendor.charts.price import per_point_table, price_scatter, ratio_table
from ii_vendor.evaluations.pricing import Offer
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.price import PriceComparison
from ii_vendor.model.seat import Stage
from ii_vendor.pages.context import draw, evaluations, plain, say_next, say_now, saying_refusals
from ii_vendor.pages.controls import whole_number
from ii_vendor.pages.standing import is_facilitator, results
from ii_vendor.report.price_words import price_sentences, ratio_doubts, ratio_sentence
from ii_vendor.score.price import QUALITY_SHARE

STYLE = Path(__file__).with_name("weighing.css")


def show() -> None:
    say_now()
    st.html(STYLE)
    evaluation, _ = results()
    st.title("What does independence cost?", anchor=False)
    st.caption(
        "Prices stand on this page only: they are in no score, no rank and no verdict. Many panels finish their "
        "ratings before anybody sees a price, so that no price colours a judgement."
    )
    if not evaluation.vendors:
        st.info("No vendor has been added yet. Import filled workbooks on the page **Responses**.")
        return
    prices = evaluations().prices(evaluation)
    if prices is None:
        st.info("No price has been entered yet. One is enough to begin with; what has no price is left out here.")
    else:
        _per_point(evaluation, prices)
    if is_facilitator() and evaluation.stage is not Stage.locked:
        _enter(evaluation)
    if prices is not None:
        _ratio(evaluation)


def _per_point(evaluation: Evaluation, prices: PriceComparison) -> None:
    draw(f'<p class="iv-said">{escape(" ".join(price_sentences(prices)))}</p>')
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("By price per point of autonomy", anchor=False)
        draw(per_point_table(prices, {vendor: price.basis for vendor, price in evaluation.prices.items()}))
        st.caption(
            "Price divided by the autonomy score that a vendor is ranked by, with missing ratings counted as 0. It "
            "says what independence costs, not who is good enough: the verdict does that."
        )
    with right:
        st.subheader("Price and autonomy", anchor=False)
        draw(price_scatter(evaluations().compare(evaluation), prices))


def _enter(evaluation: Evaluation) -> None:
    known = evaluation.prices
    with st.expander("Enter or change prices", expanded=not known), st.form("prices", border=False):
        currency = st.text_input(
            "Currency of all prices",
            value=next((price.currency for price in known.values()), "EUR"),
            key=f"currency_{evaluation.id}",
            width=320,
            help="By its three letters. Another currency holds for every price below: nothing is converted.",
        )
        offers = {vendor.id: _offer(evaluation, vendor.id, vendor.name) for vendor in evaluation.vendors}
        st.caption(
            "Compare like with like: the same years, the same plants, the same services. An empty price takes one back."
        )
        if st.form_submit_button("Save the prices", type="primary"):
            with saying_refusals():
                evaluations().record_prices(evaluation.id, offers, currency=currency)
                say_next("The prices are saved.")
                st.rerun()


def _offer(evaluation: Evaluation, vendor: str, name: str) -> Offer:
    price = evaluation.prices.get(vendor)
    # A price that somebody else has changed since is shown anew, and never overwritten by what stood here.
    where = f"{evaluation.id}_{vendor}_{price.at.timestamp() if price else ''}"
    left, right = st.columns([1, 2])
    with left:
        # Set this way and not as the field's value, which could not be cleared again.
        st.session_state.setdefault(f"price_{where}", price.amount if price else None)
        amount = st.number_input(
            f"Price of {plain(name)}",
            min_value=0.0,
            value=None,
            step=1000.0,
            format="%.10g",
            placeholder="No price yet",
            key=f"price_{where}",
        )
    with right:
        basis = st.text_input(
            "What it covers",
            value=price.basis if price else "",
            placeholder="Five years, all sites, training and spares included",
            key=f"basis_{where}",
        )
    return Offer(amount, basis)


def _ratio(evaluation: Evaluation) -> None:
    st.subheader("If your rules demand one number", anchor=False)
    label = "What quality counts; price counts the rest"
    share = whole_number(label, "quality", (0, 100, 5), round(100 * QUALITY_SHARE), " %%", disabled=False)
    prices = evaluations().prices(evaluation, quality_share=share / 100)
    if prices is None or sum(each.points is not None for each in prices.vendors) < 2:
        st.info("One number needs at least two vendors that are in the ranking and have a price.")
        return
    left, right = st.columns(2, gap="large")
    with left:
        draw(f'<p class="iv-said">{escape(ratio_sentence(prices))}</p>{ratio_table(prices)}')
        st.caption(
            "Price points = 100 × lowest price ÷ price. "
            "Together = quality share × autonomy + price share × price points."
        )
    with right:
        doubts = "".join(f"<li>{escape(doubt)}</li>" for doubt in ratio_doubts(prices))
        draw(
            '<div class="iv-explained"><b>What is known to be wrong with it</b>'
            f"<ul>{doubts}<li>It nets two things that do not make up for each other: a discount does not keep a line "
            "running. That is why price per point stands first on this page.</li></ul></div>"
        )


show()
