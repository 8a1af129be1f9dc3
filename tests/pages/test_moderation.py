"""The page Moderation: the agenda, a consensus with what it would change, the second look, dissent."""

from __future__ import annotations

import pytest

from ii_vendor.model.panel import Discipline
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.seat import Stage

QUOTE = "Our cloud is required at all times."
NO_EVIDENCE = "No evidence found"


def text_of(app) -> str:
    kinds = (app.title, app.markdown, app.caption, app.subheader, app.info, app.warning, app.error, app.get("html"))
    return "\n".join(str(getattr(item, "value", None) or item.proto) for kind in kinds for item in kind)


def keyed(fields, part: str):
    return next(field for field in fields if part in str(field.key))


def level(app, form: str):
    return next(group for group in app.get("button_group") if f"level_{form}" in str(group.proto.id))


def record(app):
    keyed(app.button, "record_agree_").click().run()
    assert not app.exception
    return app


@pytest.fixture
def rated(stored, content, response_of) -> str:
    """The id of an evaluation in the stage scoring, rated throughout: Alder is well ahead of Birch, of its Q1 Amara
    says 1 and Ben 4, and so they do of Birch's L1."""
    service = stored()
    key = service.create("Renewal", content).id
    for name, discipline in (("Amara", Discipline.operations), ("Ben", Discipline.security), ("Olu", "observer")):
        service.add_evaluator(key, name, Discipline(discipline))
    service.accept_response(key, response_of("Alder"), b"alder")
    service.accept_response(key, response_of("Birch", Q1="It runs on its own."), b"birch")
    for name in ("Amara", "Ben", "Olu"):
        service.declare(key, name)
    service.go_to(key, Stage.scoring)
    for name, own in (("Amara", 1), ("Ben", 4)):
        for vendor in ("alder", "birch"):
            for question in content.questions:
                apart = (vendor, question) in (("alder", "Q1"), ("birch", "L1"))
                given = own if apart else {"alder": 3, "birch": 2}[vendor]
                quote = QUOTE if (name, vendor, question) == ("Amara", "alder", "Q1") else ""
                service.rate(key, name, vendor, question, given, reason=f"{name} saw it.", quote=quote)
        service.acting_as(name).hand_in(key, name)
    return key


@pytest.fixture
def moderated(rated: str, stored) -> str:
    """The same in the stage moderation."""
    stored().go_to(rated, Stage.moderation)
    return rated


@pytest.fixture
def at_q1(open_page, moderated):  # noqa: ARG001 (it has to be there)
    """Opens the page on Alder's Q1."""

    def opened(**address: str):
        return open_page("moderation", sample=False, vendor="alder", question="Q1", **address)

    return opened


def agree_on(app, given: str, quote: str = QUOTE, reason: str = "Seen together."):
    level(app, "agree_").set_value(given).run()
    keyed(app.text_area, "reason_agree_").set_value(reason)
    keyed(app.radio, "words_agree_").set_value(quote)
    return record(app)


@pytest.mark.usefixtures("rated")
def test_before_moderation_only_progress_shows(open_page):
    app = open_page("moderation", sample=False)
    assert "Moderation is not open yet" in app.info[0].value
    assert "10 of 10" in text_of(app)
    assert "saw it" not in text_of(app)


def test_the_agenda_leads_to_what_is_far_apart(open_page, stored, moderated):
    app = open_page("moderation", sample=False)
    first = stored().agenda(stored().get(moderated)).items[0]
    assert (first.vendor, first.question) == ("alder", "Q1")
    assert "Alder · Q1" in next(button.label for button in app.button if "item_alder_Q1" in str(button.key))
    shown = text_of(app)
    assert "Amara saw it." in shown
    assert "Ben saw it." in shown
    assert "mean 2.5" in shown
    assert QUOTE in shown


def test_what_a_consensus_would_change_is_said_before_it_is_recorded(at_q1, stored, moderated):
    before = stored().get(moderated).sequence
    app = at_q1()
    level(app, "agree_").set_value("2").run()
    assert "0.5 below the mean of 2.5" in text_of(app)
    assert stored().get(moderated).sequence == before


def test_a_consensus_needs_a_reason_and_words_or_their_absence(at_q1, stored, moderated):
    app = at_q1()
    level(app, "agree_").set_value("2").run()
    record(app)
    assert "needs a reason" in app.error[0].value
    keyed(app.text_area, "reason_agree_").set_value("Seen together.")
    record(app)
    assert "rests on the vendor" in app.error[0].value
    assert not stored().get(moderated).consensus


def test_a_small_move_is_recorded_at_once_with_who_and_the_mean(at_q1, stored, moderated):
    app = agree_on(at_q1(person="Amara"), "3")
    agreed = stored().get(moderated).consensus["alder", "Q1"]
    assert (agreed.level, agreed.quote, agreed.mean, agreed.by) == (3, QUOTE, 2.5, "Amara")
    assert "Recorded by Amara" in text_of(app)


def test_a_large_move_is_looked_at_twice(at_q1, stored, moderated):
    app = agree_on(at_q1(), "0", NO_EVIDENCE)
    assert not stored().get(moderated).consensus
    assert "Please look a second time" in text_of(app)
    assert "a move of 2.5 levels" in text_of(app)
    assert keyed(app.text_area, "reason_agree_").value == "Seen together."
    next(button for button in app.button if button.label == "Yes, record it").click().run()
    agreed = stored().get(moderated).consensus["alder", "Q1"]
    assert (agreed.level, agreed.no_evidence) == (0, True)
    assert agreed.second_look


def test_another_level_is_not_confirmed_by_the_look_at_the_first(at_q1, stored, moderated):
    app = agree_on(at_q1(), "0", NO_EVIDENCE)
    level(app, "agree_").set_value("1").run()
    assert "Yes, record it" not in [button.label for button in app.button]
    record(app)
    assert not stored().get(moderated).consensus


def test_a_consensus_of_somebody_else_meanwhile_is_not_overwritten(at_q1, stored, moderated):
    app = at_q1()
    stored().acting_as("Amara").agree(
        moderated, "alder", "Q1", 2, grade=EvidenceGrade.claim, reason="Amara typed faster.", quote=QUOTE
    )
    agree_on(app, "3", reason="Typed at the same time.")
    assert "Amara typed faster." in app.warning[0].value.replace("\\", "")
    assert keyed(app.text_area, "reason_agree_").value == "Typed at the same time."
    assert stored().get(moderated).consensus["alder", "Q1"].level == 2
    record(app)
    assert stored().get(moderated).consensus["alder", "Q1"].level == 3


def test_the_next_item_is_one_click_away_once_this_one_is_settled(at_q1):
    app = agree_on(at_q1(), "3")
    after = next(button for button in app.button if button.label == "Next")
    assert not after.disabled
    after.click().run()
    assert app.query_params["question"] != "Q1" or app.query_params["vendor"] != "alder"


def test_a_dissent_stands_beside_the_consensus_with_its_reason(at_q1, stored, moderated):
    app = agree_on(at_q1(), "3")
    app = at_q1(person="Ben")
    level(app, "dissent_").set_value("4")
    keyed(app.text_area, "reason_dissent_").set_value("It ran for a month.")
    keyed(app.button, "record_dissent_").click().run()
    assert not app.exception
    said = stored().get(moderated).dissents["alder", "Q1", "Ben"]
    assert (said.level, said.reason) == (4, "It ran for a month.")
    assert "It ran for a month." in text_of(app)


def test_observers_see_and_record_nothing(at_q1):
    app = at_q1(person="Olu")
    assert "Observers look on" in text_of(app)
    assert "Record the consensus" not in [button.label for button in app.button]


def test_a_consensus_is_revised_and_the_earlier_one_stays_in_the_record(at_q1, stored, moderated):
    agree_on(at_q1(), "3")
    app = at_q1()
    assert "Revise the consensus" in [button.label for button in app.button]
    agree_on(app, "2", reason="On second thought.")
    kinds = [event.change for event in stored().history(stored().get(moderated))]
    levels = [change.level for change in kinds if change.kind == "consensus recorded"]
    assert levels == [3, 2]
