"""The panel on its pages: stages, seats, the declaration that comes first, rating alone and handing in."""

from __future__ import annotations

import re

import pytest

from ii_vendor.evaluations import Refused
from ii_vendor.model.panel import Discipline, FlagState
from ii_vendor.model.seat import Stage

AMARA, PRIYA, MARGIT = "Amara Osei", "Priya Raman", "Margit Lindqvist"
TIDELARK = "tidelark-systems"
REASON = "Two answers came late."


def text_of(app) -> str:
    kinds = (app.title, app.markdown, app.caption, app.subheader, app.info, app.warning, app.error, app.get("html"))
    return "\n".join(str(getattr(item, "value", None) or item.proto) for kind in kinds for item in kind)


def press(app, label: str):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def keyed(fields, part: str):
    return next(field for field in fields if part in str(field.key))


def rated_by(stored, evaluation: str, person: str) -> int:
    seats = stored().progress(stored().get(evaluation)).seats
    return next(seat.rated for seat in seats if seat.evaluator == person)


def finish(stored, evaluation: str, person: str) -> None:
    """Rate what the person has left, and nothing more."""
    service = stored().acting_as(person)
    now = service.get(evaluation)
    for vendor in now.vendors:
        for question in service.content(now).questions:
            if (vendor.id, question, person) not in now.ratings:
                service.rate(evaluation, person, vendor.id, question, 0, reason="Not shown.")


@pytest.fixture
def small(stored, content, response_of) -> str:
    """The id of an evaluation in the stage scoring: Amara and Ben are to rate Alder and Birch; none has declared."""
    service = stored()
    key = service.create("Renewal", content).id
    service.add_evaluator(key, "Amara", Discipline.operations)
    service.add_evaluator(key, "Ben", Discipline.it, sections=["critical"])
    service.accept_response(key, response_of("Alder"), b"alder")
    service.accept_response(key, response_of("Birch", Q1="It runs on its own."), b"birch")
    service.go_to(key, Stage.scoring)
    return key


@pytest.mark.usefixtures("scoring")
def test_the_panel_page_shows_the_stage_and_how_far_everybody_is(open_page):
    shown = text_of(open_page("panel"))
    assert 'aria-current="step"><b>3</b><span>Scoring' in shown
    assert "152 of 156" in shown
    assert f"{PRIYA}, Q1: 4 of 4 rated" in shown


def test_going_on_with_something_unfinished_names_it_and_needs_a_reason(open_page, stored, scoring):
    app = open_page("panel")
    assert f"{AMARA} has not handed in" in text_of(app).replace("\\", "")
    press(app, "Open moderation")
    assert "Still open" in app.error[0].value
    keyed(app.text_input, "reason_stage_").set_value("The rest follows on site.")
    press(app, "Open moderation")
    assert stored().get(scoring).stage is Stage.moderation


def test_somebody_is_invited_for_chosen_sections(open_page, stored, small):
    app = open_page("panel", sample=False)
    next(field for field in app.text_input if field.label == "Name").set_value("Cleo")
    next(field for field in app.multiselect if field.label == "Rates these sections").set_value(["lock_in"])
    press(app, "Add to the panel")
    seat = stored().get(small).seat("Cleo")
    assert (seat.discipline, seat.sections) == (Discipline.operations, ("lock_in",))


def test_a_personal_link_is_shown_once_with_its_code(open_page, stored, small):
    app = open_page("panel", sample=False)
    keyed(app.button, f"link_{small}_Amara").click().run()
    address = app.code[0].value
    path = address.partition("/seat/")[2]
    assert stored().look_at_link(*path.split("/")).name == "Amara"
    assert "QR code of the link" in text_of(app)
    press(app, "Put it away")
    assert not app.code
    assert path not in text_of(open_page("panel", sample=False))


def test_a_link_is_revoked_and_a_seat_closed_with_a_reason(open_page, stored, small):
    path = stored().issue_link(small, "Amara")
    app = open_page("panel", sample=False)
    keyed(app.button, "go_revoke_").click().run()
    assert "needs a reason" in app.error[0].value
    keyed(app.text_input, f"reason_revoke_{small}_Amara").set_value("Phone lost.")
    keyed(app.button, "go_revoke_").click().run()
    with pytest.raises(Refused, match="withdrawn"):
        stored().look_at_link(*path.split("/"))
    keyed(app.text_input, f"reason_close_{small}_Ben").set_value("Left the plant.")
    keyed(app.button, f"go_close_{small}_Ben").click().run()
    assert stored().get(small).seat("Ben").closed


@pytest.mark.parametrize("page", ["review", "compare", "responses", "moderation", "robustness"])
@pytest.mark.usefixtures("small")
def test_before_anything_else_a_seat_declares_its_interests(open_page, page):
    app = open_page(page, sample=False, person="Amara")
    assert app.title[0].value == "First: your interests"
    assert "Operations stop" not in text_of(app)


def test_once_there_is_no_conflict_the_responses_open(open_page, stored, small):
    app = open_page("review", sample=False, person="Amara", question="Q1")
    keyed(app.radio, "interests_").set_value("I have no conflict of interest with any of these vendors").run()
    press(app, "Declare")
    assert stored().get(small).declarations["Amara"].conflicts == {}
    assert "Operations stop" in text_of(app)


def test_a_conflict_closes_that_vendor_and_no_other(open_page, stored, small):
    app = open_page("review", sample=False, person="Amara", question="Q1")
    keyed(app.radio, "interests_").set_value("I have a conflict of interest").run()
    press(app, "Declare")
    assert "Tick the vendor" in app.error[0].value
    keyed(app.checkbox, "_alder").check().run()
    keyed(app.text_input, "conflict_why_").set_value("My brother works there.")
    press(app, "Declare")
    assert stored().get(small).declarations["Amara"].conflicts == {"alder": "My brother works there."}
    shown = text_of(app)
    assert "Closed to you" in shown
    assert "Operations stop" not in shown
    assert "It runs on its own" in shown
    assert [button for button in app.button if "save_" in str(button.key) and "_alder_" in str(button.key)] == []


def test_nobody_rates_before_scoring_or_after_it(open_page, stored, scoring):
    before = text_of(open_page("review", person=AMARA, question="Q1"))
    assert "Save the rating" in [button.label for button in open_page("review", person=AMARA).button]
    assert "Ratings closed" not in before
    stored().go_to(scoring, Stage.open, reason=REASON)
    app = open_page("review", person=AMARA, question="Q1")
    assert "Rating begins when" in text_of(app)
    assert "Save the rating" not in [button.label for button in app.button]
    stored().go_to(scoring, Stage.scoring)
    stored().go_to(scoring, Stage.moderation, reason=REASON)
    app = open_page("review", person=AMARA, question="Q1")
    assert "Ratings closed when moderation opened" in text_of(app)
    assert "Save the rating" not in [button.label for button in app.button]


def test_what_is_not_assigned_can_be_read_and_not_rated(open_page, stored, small):
    stored().declare(small, "Ben")
    app = open_page("review", sample=False, person="Ben", question="L1")
    assert "Not yours to rate" in text_of(app)
    assert "OPC UA throughout" in text_of(app)
    assert "Save the rating" not in [button.label for button in app.button]


def test_others_ratings_are_hidden_until_one_has_handed_in(open_page, stored, scoring):
    hidden = "Boundary rules are good, the agent on the engineering station is not."
    assert stored().acting_as(AMARA).get(scoring).ratings["cirrostead-industrial-cloud", "Q2", AMARA].reason == hidden
    app = open_page("review", person=PRIYA, question="Q2")
    assert "Ratings of 2 others are hidden until you have handed in" in text_of(app)
    assert hidden not in text_of(app)
    for person in (AMARA, PRIYA):
        finish(stored, scoring, person)
    stored().acting_as(AMARA).hand_in(scoring, AMARA)
    app = open_page("review", person=PRIYA, question="Q2")
    assert hidden not in text_of(app)
    press(app, "Hand in")
    assert PRIYA in stored().get(scoring).handed_in
    assert hidden in text_of(app)
    assert "You have handed in, so your ratings are closed" in text_of(app)


@pytest.mark.usefixtures("scoring")
def test_results_say_on_whose_ratings_they_rest(open_page):
    for page in ("compare", "robustness", "price", "weights", "reports"):
        assert "rest on your own ratings only" in text_of(open_page(page, person=AMARA))
        assert "Ratings open with moderation; until then none is counted here" in text_of(open_page(page))


@pytest.mark.usefixtures("scoring")
def test_one_persons_picture_is_never_shown_to_another(open_page):
    own = open_page("compare", person=AMARA)
    others = open_page("compare")
    board = re.compile(r"[1-9]\d* claimed")
    assert board.search(text_of(own))
    assert not board.search(text_of(others))


def test_a_rating_changed_elsewhere_meanwhile_is_not_overwritten_and_what_was_typed_stays(open_page, stored, scoring):
    app = open_page("review", person=AMARA, question="Q2")
    stored().acting_as(AMARA).rate(scoring, AMARA, TIDELARK, "Q2", 1, reason="Seen on another device.")
    keyed(app.text_area, f"reason_{scoring}_{TIDELARK}_Q2").set_value("Typed for ten minutes.")
    keyed(app.button, f"save_{scoring}_{TIDELARK}_Q2").click().run()
    assert not app.exception
    assert "Seen on another device." in app.warning[0].value.replace("\\", "")
    assert keyed(app.text_area, f"reason_{scoring}_{TIDELARK}_Q2").value == "Typed for ten minutes."
    rating = stored().acting_as(AMARA).get(scoring).ratings[TIDELARK, "Q2", AMARA]
    assert rating.reason == "Seen on another device."
    keyed(app.button, f"save_{scoring}_{TIDELARK}_Q2").click().run()
    assert not app.warning
    rating = stored().acting_as(AMARA).get(scoring).ratings[TIDELARK, "Q2", AMARA]
    assert rating.reason == "Typed for ten minutes."


def test_a_clarification_has_a_day_and_its_reply_puts_the_flag_on_the_table(open_page, stored, scoring):
    flag = f"{TIDELARK}/Q2-fails-closed"
    app = open_page("review", person=AMARA, question="Q2")
    assert "The vendor is to answer by" in text_of(app)
    keyed(app.text_area, f"words_reply_{scoring}_{flag}").set_value("The bypass for fibre ships in spring.")
    keyed(app.button, f"keep_reply_{scoring}_{flag}").click().run()
    assert not app.exception
    now = stored().get(scoring)
    assert now.flags[flag].state is FlagState.raised
    assert "The bypass for fibre ships in spring." in text_of(app)


def test_a_gate_says_whose_signatures_it_takes_and_is_not_accepted_alone(open_page, stored, scoring):
    flag = "cirrostead-industrial-cloud/Q2-decides-in-control-path"
    app = open_page("review", person=AMARA, question="Q2")
    assert "takes operations and asset owner" in text_of(app)
    keyed(app.radio, f"state_decide_{scoring}_{flag}").set_value(FlagState.accepted).run()
    keyed(app.text_area, f"why_decide_{scoring}_{flag}").set_value("Outside of the loop here.")
    keyed(app.text_input, f"owner_decide_{scoring}_{flag}").set_value("Plant manager")
    keyed(app.button, f"record_decide_{scoring}_{flag}").click().run()
    assert not app.exception
    assert stored().get(scoring).flags[flag].state is FlagState.raised
    assert "Still missing: asset owner" in text_of(app)
    app = open_page("review", person=MARGIT, question="Q2")
    keyed(app.radio, f"state_decide_{scoring}_{flag}").set_value(FlagState.accepted).run()
    keyed(app.text_area, f"why_decide_{scoring}_{flag}").set_value("I carry it.")
    keyed(app.text_input, f"owner_decide_{scoring}_{flag}").set_value("Plant manager")
    keyed(app.button, f"record_decide_{scoring}_{flag}").click().run()
    assert stored().get(scoring).flags[flag].state is FlagState.accepted


@pytest.mark.parametrize("page", ["evaluations", "panel", "responses", "review", "moderation", "compare", "weights"])
def test_a_locked_evaluation_says_so_and_has_no_forms(open_page, stored, scoring, page):
    stored().go_to(scoring, Stage.moderation, reason=REASON)
    stored().go_to(scoring, Stage.locked, reason="Decided by the board.")
    app = open_page(page, person=AMARA)
    assert "Locked: the result stands" in text_of(app)
    labels = {button.label for button in app.button}
    offered = {"Save the rating", "Raise", "Record the decision", "Record the consensus", "Add the vendor", "Adopt"}
    assert not labels & {*offered, "Add to the panel", "Keep the reply", "Put it on record", "Close the seat"}
    assert not app.file_uploader


def test_a_locked_evaluation_is_reopened_with_a_reason(open_page, stored, scoring):
    stored().go_to(scoring, Stage.moderation, reason=REASON)
    stored().go_to(scoring, Stage.locked, reason="Decided by the board.")
    app = open_page("panel")
    press(app, "Reopen for moderation")
    assert "needs a reason" in app.error[0].value
    keyed(app.text_input, "reason_stage_").set_value("A vendor protested.")
    press(app, "Reopen for moderation")
    assert stored().get(scoring).stage is Stage.moderation


def test_the_names_of_vendors_are_hidden_by_a_switch(open_page, stored, scoring):
    app = open_page("panel")
    app.toggle[0].set_value(True).run()
    assert not app.exception
    assert stored().get(scoring).masked
