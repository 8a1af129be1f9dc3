"""The page Price: what is entered is kept, and each state of it says what it has to say."""

from __future__ import annotations

import pytest

from ii_vendor.model.panel import Discipline
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.seat import Stage

EVALUATION = "line-3-ot-security-renewal"
HOSTILE = "<b>Nord</b> $x$ *& Co*"


def text_of(app):
    kinds = (app.markdown, app.caption, app.subheader, app.info, app.error, app.get("html"))
    return "\n".join(str(getattr(item, "value", None) or item.proto) for kind in kinds for item in kind)


def save(app):
    next(button for button in app.button if button.label == "Save the prices").click().run()
    assert not app.exception
    return app


def price_of(app, name):
    return next(field for field in app.number_input if field.label == f"Price of {name}")


@pytest.fixture
def opened_with(open_page, stored, content, response_of):
    """Opens the page on an evaluation with these vendors, rated at these levels throughout, and these prices."""

    def build(levels, prices):
        service = stored()
        key = service.create("Renewal", content).id
        service.add_evaluator(key, "Amara", Discipline.operations)
        for name in levels:
            service.accept_response(key, response_of(name, Q1="It runs on its own."), name.lower().encode())
        service.declare(key, "Amara")
        if levels:
            service.go_to(key, Stage.scoring)
        for vendor, level in zip(service.get(key).vendors, levels.values(), strict=True):
            for question in content.questions:
                service.rate(key, "Amara", vendor.id, question, level, grade=EvidenceGrade.trial, reason="seen")
        if levels:
            service.go_to(key, Stage.moderation, reason="All is rated.")
        for name, amount in prices.items():
            service.record_price(key, name, amount)
        return open_page("price", sample=False)

    return build


def test_the_sample_tells_what_a_point_costs_and_what_the_bare_price_hides(open_page):
    app = open_page("price")
    assert app.title[0].value == "What does independence cost?"
    shown = text_of(app)
    assert "Halden Grid Security asks the least per point of autonomy" in shown
    assert "Cirrostead Industrial Cloud, which is rejected" in shown
    assert "Without Tidelark Systems" in shown


def test_without_an_evaluation_or_vendors_it_says_what_to_do(open_page, opened_with):
    assert "no evaluation yet" in open_page("price", sample=False).info[0].value
    assert "No vendor has been added" in opened_with({}, {}).info[0].value


def test_without_a_price_there_is_only_the_form(opened_with):
    app = opened_with({"Alder": 3, "Birch": 2}, {})
    assert "No price has been entered" in app.info[0].value
    assert [field.value for field in app.number_input] == [None, None]
    assert not app.slider


def test_one_price_is_shown_and_asks_for_a_second(opened_with):
    shown = text_of(opened_with({"Alder": 3, "Birch": 2}, {"Alder": 7500}))
    assert "Alder asks 100 EUR per point of autonomy. A second price" in shown.replace("\N{NO-BREAK SPACE}", " ")
    assert "needs at least two vendors" in shown


def test_prices_are_entered_changed_and_taken_back(open_page, stored):
    app = open_page("price", person="Amara Osei")
    price_of(app, "Tidelark Systems").set_value(500_000.0)
    price_of(app, "Kesselbrück Leittechnik").set_value(None)
    shown = text_of(save(app))
    assert "500\N{NO-BREAK SPACE}000" in shown
    prices = stored().get(EVALUATION).prices
    assert (prices["tidelark-systems"].amount, prices["tidelark-systems"].by) == (500_000, "Amara Osei")
    assert "kesselbruck-leittechnik" not in prices


def test_saving_without_a_change_says_so(open_page):
    assert "Nothing has changed" in save(open_page("price")).error[0].value


def test_a_price_changed_elsewhere_meanwhile_is_not_overwritten(open_page, stored):
    app = open_page("price")
    stored().record_price(EVALUATION, "halden-grid-security", 1000, basis="a new offer")
    price_of(app, "Tidelark Systems").set_value(500_000.0)
    save(app)
    prices = stored().get(EVALUATION).prices
    assert prices["halden-grid-security"].amount == 1000
    assert prices["tidelark-systems"].amount == 500_000


def test_the_classic_ratio_follows_the_slider_which_stands_in_the_address(open_page):
    app = open_page("price")
    assert "Halden Grid Security leads" in text_of(app)
    app.slider[0].set_value(30).run()
    assert "Tidelark Systems leads" in text_of(app)
    assert app.query_params["quality"] == "30"
    assert "quality at 20 %" in text_of(open_page("price", quality="20"))


def test_names_are_shown_to_the_letter(opened_with):
    app = opened_with({HOSTILE: 3, "Birch": 2}, {HOSTILE: 7500, "Birch": 7000})
    shown = text_of(app)
    assert "<b>Nord" not in shown
    assert "&lt;b&gt;Nord&lt;/b&gt; $x$ *&amp; Co*" in shown
    assert any(r"\$x\$ \*" in field.label for field in app.number_input)
