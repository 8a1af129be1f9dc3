"""How firm the result is, on the sample, on evaluations that have no ranking to move, and under a what-if."""

from __future__ import annotations

from html import unescape

import pytest

from ii_vendor.model.panel import Discipline
from ii_vendor.model.seat import Stage
from ii_vendor.report.robustness_words import headline, turn_lines

EVALUATION = "line-3-ot-security-renewal"
VIEWS = ["Who leads", "What would change it", "Weights", "The panel", "How this is computed"]


def markup_of(app) -> str:
    """All HTML that the page draws."""
    return "\n".join(item.proto.body for item in app.get("html"))


def text_of(app) -> str:
    """All that can be read on the page."""
    kinds = (app.markdown, app.caption, app.title, app.subheader, app.info)
    return "\n".join([*(item.value for kind in kinds for item in kind), unescape(markup_of(app))]).replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_the_page_opens_with_the_headline_and_names_who_was_rejected(open_page, stored):
    app = open_page("robustness")
    assert app.title[0].value == "How firm is the result?"
    service = stored()
    evaluation = service.get(EVALUATION)
    found, content = service.robustness(evaluation), service.content(evaluation)
    for line in headline(found, content, service.compare(evaluation)):
        assert line in text_of(app)
    for vendor, _ in found.left_out:
        assert f"{found.names[vendor]} (" in text_of(app)


@pytest.mark.parametrize("view", VIEWS)
def test_every_part_of_the_page_has_an_address(open_page, view):
    app = open_page("robustness", view=view)
    assert app.session_state["view"] == view


def test_what_would_change_the_winner_is_said_in_sentences(open_page, stored):
    shown = text_of(open_page("robustness", view="What would change it"))
    service = stored()
    evaluation = service.get(EVALUATION)
    for line in turn_lines(service.robustness(evaluation), service.content(evaluation)):
        assert line in shown


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({}, "each weight moved by up to 30 %"),
        ({"spread": "60"}, "each weight moved by up to 60 %"),
        ({"how": "any"}, "any weights at all"),
        ({"vary": "ratings"}, "weights as set, ratings anywhere in the panel’s range"),
        ({"vary": "both", "how": "any"}, "any weights at all, ratings anywhere in the panel’s range"),
        ({"vary": "nonsense", "spread": "7000"}, "each weight moved by up to 30 %"),
    ],
)
def test_what_varies_stands_in_the_address(open_page, address, said):
    assert said in text_of(open_page("robustness", **address))


def test_a_choice_goes_into_the_address(open_page):
    app = open_page("robustness")
    next(group for group in app.get("button_group") if "vary" in str(group.proto.id)).set_value("both").run()
    assert not app.exception
    assert app.query_params["vary"] in ("both", ["both"])


def test_a_tried_share_is_shown_as_not_recorded_and_changes_nothing(open_page, stored):
    app = open_page("robustness", view="Weights", weight="section:lock_in")
    before = stored().get(EVALUATION).sequence
    assert "not recorded" not in text_of(app)
    app.slider[0].set_value(90).run()
    assert not app.exception
    assert "What if 90 % (not recorded)" in text_of(app)
    assert stored().get(EVALUATION).sequence == before


@pytest.fixture
def put(stored, content, response_of):
    """Puts an evaluation of these vendors into the data folder, rated by these people."""

    def build(vendors, raters=()):
        service = stored()
        key = service.create("Small", content).id
        for vendor in vendors:
            service.accept_response(key, response_of(vendor, Q1="It runs on its own."), vendor.lower().encode())
        for person in raters:
            service.add_evaluator(key, person, Discipline.operations)
            service.declare(key, person)
        if raters:
            service.go_to(key, Stage.scoring)
        for person in raters:
            for vendor in service.get(key).vendors:
                for question in content.questions:
                    service.rate(key, person, vendor.id, question, 3, reason="seen")
        if raters:
            service.go_to(key, Stage.moderation, reason="All is rated.")
        return key

    return build


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    ("vendors", "raters", "said"),
    [
        ((), (), "No vendor has been added yet"),
        (("Alder",), (), "Alder"),
        (("Alder",), ("Amara",), "only vendor in the ranking"),
        (("Alder", "Birch"), (), "No vendor is in the ranking"),
        (("Alder", "Birch"), ("Amara", "Ben"), "share the lead"),
    ],
)
def test_with_nothing_to_compare_every_part_says_so_in_words(open_page, put, view, vendors, raters, said):
    put(vendors, raters)
    assert said in text_of(open_page("robustness", sample=False, view=view))


def test_markup_in_a_vendors_name_is_shown_as_it_is(open_page, put):
    put(("<a href=x>Alder</a>", "$x$ *Birch*"), ("Amara", "Ben"))
    for view in VIEWS[:3]:
        app = open_page("robustness", sample=False, view=view)
        assert "<a href=x>Alder</a>" in text_of(app)
        assert "<a href=x>" not in markup_of(app)


def test_the_what_if_of_weights_says_who_leads_near_them(open_page):
    app = open_page("weights")
    assert "Near these weights" in text_of(app)
    first = text_of(app)
    app.slider[0].set_value(0.0).run()
    assert not app.exception
    assert "Near these weights" in text_of(app)
    assert text_of(app) != first


def test_without_any_weight_the_what_if_says_nothing_of_the_lead(open_page):
    app = open_page("weights")
    for slider in app.slider:
        slider.set_value(0.0)
    app.run()
    assert not app.exception
