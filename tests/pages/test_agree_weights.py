"""The page Agree on weights: alone first, then together, then one set with a reason."""

from __future__ import annotations

from ii_vendor.model.panel import Discipline, WeighingMethod

EVALUATION = "line-3-ot-security-renewal"
AMARA, TOMAS = "Amara Osei", "Tomáš Vrba"


def text_of(app):
    kinds = (app.markdown, app.caption, app.subheader, app.info, app.warning, app.error, app.get("html"))
    return "\n".join(str(getattr(item, "value", None) or item.proto) for kind in kinds for item in kind)


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def save_button(app):
    return next(button for button in app.button if button.label == "Save my weights")


def first_choice(app):
    return next(box for box in app.selectbox if box.label.startswith("Which"))


def test_ones_own_weights_come_before_the_others(open_page):
    shown = text_of(open_page("agree_weights", person=TOMAS))
    assert "No weights yet from Tomáš Vrba" in shown
    assert "once you have saved your own" in shown
    assert "What each would do" not in shown
    assert "At night I have what runs by itself" not in shown


def test_nothing_is_saved_before_all_is_given(open_page):
    app = open_page("agree_weights", person=TOMAS)
    assert save_button(app).disabled
    first_choice(app).set_value("resilience").run()
    app.number_input[0].set_value(50.0).run()
    assert "5 of 7 still to give" in text_of(app)
    assert save_button(app).disabled


def test_points_become_shares_before_they_are_saved_and_then_all_is_open(open_page, stored):
    app = open_page("agree_weights", person=TOMAS)
    first_choice(app).set_value("resilience").run()
    for field, points in zip(app.number_input, (60, 40, 0, 0, 0, 0), strict=True):
        field.set_value(float(points))
    app.run()
    assert "<b>50 %</b>" in text_of(app)
    assert (TOMAS, "") not in stored().get(EVALUATION).proposals
    app.text_area[0].set_value("Winter.")
    press(app, "Save my weights")
    proposal = stored().get(EVALUATION).proposals[TOMAS, ""]
    assert (proposal.method.value, proposal.weights["resilience"], proposal.reason) == ("swing", 50, "Winter.")
    assert "What each would do" in text_of(app)
    assert "No weights yet" not in text_of(app)


def test_questions_are_put_in_a_plain_order(open_page, stored):
    app = open_page("agree_weights", person=TOMAS, scope="lock_in", way="rank order")
    fields = app.number_input
    assert len(fields) == 8
    for field, place in zip(fields, (1, 1, 2, 0, 0, 0, 0, 0), strict=True):
        field.set_value(float(place))
    app.run()
    assert r"the next place is 3\, not 2" in app.warning[0].value
    fields[2].set_value(3.0).run()
    press(app, "Save my weights")
    proposal = stored().get(EVALUATION).proposals[TOMAS, "lock_in"]
    assert proposal.weights["L1"] == proposal.weights["L2"] > proposal.weights["L3"] > proposal.weights["L4"] == 0


def test_points_typed_so_far_outlive_a_look_at_the_other_way(open_page):
    app = open_page("agree_weights", person=TOMAS)
    first_choice(app).set_value("resilience").run()
    app.number_input[0].set_value(60.0).run()
    way = next(box for box in app.selectbox if box.label == "How")
    way.set_value("rank order").run()
    assert [field.value for field in app.number_input] == [None] * 7
    next(box for box in app.selectbox if box.label == "How").set_value("swing").run()
    assert first_choice(app).value == "resilience"
    assert [field.value for field in app.number_input] == [60, None, None, None, None, None]


def test_what_was_to_be_raised_first_gets_its_points_anew_once_another_is(open_page):
    app = open_page("agree_weights", person=TOMAS)
    first_choice(app).set_value("resilience").run()
    first_choice(app).set_value("six_questions").run()
    assert [field.value for field in app.number_input] == [None] * 6


def test_ones_earlier_weights_stand_there_to_be_changed(open_page):
    app = open_page("agree_weights", person=AMARA)
    assert first_choice(app).value == "six_questions"
    assert [field.value for field in app.number_input] == [25, 30, 5, 35, 60, 10]


def test_with_nobody_named_the_panel_decides_when_to_look(open_page):
    app = open_page("agree_weights")
    assert "choose who you are" in app.info[0].value
    assert "Priya Raman:" not in text_of(app)
    app.toggle[0].set_value(True).run()
    shown = text_of(app)
    assert "Priya Raman: 29 %" in shown
    assert "Halden Grid Security leads, as now" in shown


def test_one_set_is_adopted_with_whose_it_is_and_why(open_page, stored):
    app = open_page("agree_weights", person=AMARA)
    press(app, "Adopt")
    assert "Choose whose weights" in app.error[0].value
    app.radio[0].set_value("Priya Raman")
    press(app, "Adopt")
    assert "needs a reason" in app.error[0].value
    next(area for area in app.text_area if area.label == "Why these").set_value("She answers for it.")
    press(app, "Adopt")
    last = stored().history(stored().get(EVALUATION))[-1]
    assert (last.actor, last.change.reason) == (AMARA, "Priya Raman's weights for the sections. She answers for it.")
    now = stored().get(EVALUATION)
    weights = stored().content(now).profile.section_weights
    assert weights["dea"] / weights["six_questions"] == 0.8


def test_observers_do_not_weigh_and_an_empty_panel_is_told(open_page, stored, content):
    key = stored().create("Renewal", content).id
    assert "Nobody is on the panel" in open_page("agree_weights", sample=False).info[0].value
    stored().add_evaluator(key, "Olu *<i>*", Discipline.observer)
    app = open_page("agree_weights", sample=False, person="Olu *<i>*")
    assert r"Olu \*\<i\>\* is on the panel as an observer" in app.info[0].value


def test_names_are_shown_to_the_letter(open_page, stored, content):
    key = stored().create("Renewal", content).id
    hostile = "<img src=x> $a$"
    stored().add_evaluator(key, hostile, Discipline.operations)
    stored().propose_weights(key, hostile, WeighingMethod.swing, {"critical": 100, "lock_in": 50, "flows": 0})
    app = open_page("agree_weights", sample=False, person=hostile)
    drawn = "\n".join(str(item.proto) for item in app.get("html"))
    assert "<img" not in drawn
    assert "&lt;img src=x&gt; $a$" in drawn
    assert any(r"\<img src\=x\> \$a\$" in heading.value for heading in app.subheader)


def test_without_an_evaluation_it_says_what_to_do(open_page):
    assert "no evaluation yet" in open_page("agree_weights", sample=False).info[0].value
