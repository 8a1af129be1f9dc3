"""Other questions, rubrics or signals: never in silence, never under vendors who have answered."""

from __future__ import annotations

import pytest

from ii_vendor.evaluations import Stale
from ii_vendor.model.content import Content


def with_first_question(content, **changed):
    (asked,) = content.questionnaires
    first, *rest = asked.sections
    question = first.questions[0].model_copy(update=changed)
    section = first.model_copy(update={"questions": (question, *first.questions[1:])})
    return content.model_copy(update={"questionnaires": (asked.model_copy(update={"sections": (section, *rest)}),)})


@pytest.fixture
def other_rubric(content):
    """The content with another level 0 in the rubric of Q1."""
    first, *rest = content.rubrics
    changed = first.model_copy(update={"levels": {**first.levels, 0: "it stops at once"}})
    return content.model_copy(update={"rubrics": (changed, *rest)})


@pytest.fixture
def other_signals(content):
    """The content without the signal ``stops``."""
    fewer = tuple(signal for signal in content.signals.signals if signal.id != "stops")
    return content.model_copy(update={"signals": content.signals.model_copy(update={"signals": fewer})})


@pytest.fixture
def other_question(content):
    """The content with another wording of Q1."""
    return with_first_question(content, text="Does it run for a week?")


def test_other_content_is_adopted_with_a_reason_and_the_record_lists_what_is_different(
    evaluations, renewal, other_rubric
):
    now = evaluations.adopt_content(renewal, other_rubric, reason=" Clearer. ")
    assert evaluations.content(now).rubric["Q1"].levels[0] == "it stops at once"
    change = evaluations.history(now)[-1].change
    assert change.reason == "Clearer."
    (told,) = change.changes
    assert told.startswith("rubric of Q1, levels: “")
    assert "level 0" in told
    assert "it stops at once" in told


def test_content_never_changes_without_a_reason(evaluations, refused, other_rubric):
    for reason in ("", "  "):
        assert refused(evaluations.adopt_content, other_rubric, reason=reason) == (
            "Other content needs a reason that will stand in the record."
        )


def test_the_same_content_is_no_change(evaluations, refused, content, profile_with):
    for same in (content, content.with_profile(profile_with(autonomy=10))):
        assert "nothing is different" in refused(evaluations.adopt_content, same, reason="x")


def test_questions_stay_as_they_were_asked_once_somebody_has_answered(evaluations, refused, other_question):
    said = refused(evaluations.adopt_content, other_question, reason="Better.")
    assert said.startswith("Vendors have answered, so what they were asked stays as it is.")


def test_questions_may_change_before_anybody_has_answered(evaluations, content, other_question):
    key = evaluations.create("Line 3", content).id
    now = evaluations.adopt_content(key, other_question, reason="Better.")
    assert evaluations.content(now).questions["Q1"].text == "Does it run for a week?"
    (told,) = evaluations.history(now)[-1].change.changes
    assert told == "question Q1, text: “Does it run?” → “Does it run for a week?”"


def test_the_weights_in_force_and_the_ratings_stay(evaluations, renewal, opened, other_rubric, profile_with):
    evaluations.rate(renewal, "Amara", "alder", "Q1", 3, reason="seen")
    weighed = evaluations.adopt_profile(renewal, profile_with(autonomy=10), reason="Stricter.")
    before = opened(renewal)
    now = evaluations.adopt_content(renewal, other_rubric, reason="Clearer.")
    assert evaluations.content(now).profile == evaluations.content(weighed).profile
    assert (now.ratings, now.flags) == (before.ratings, before.flags)


def test_what_other_content_would_change_is_shown_and_not_recorded(evaluations, renewal, content, opened):
    evaluations.rate(renewal, "Amara", "alder", "Q1", 0, reason="seen")
    before = opened(renewal)
    changed = with_first_question(content, critical=False)
    effect = evaluations.content_effect(before, changed)
    assert effect.changes == ("question Q1, critical: “True” → “False”",)
    assert effect.now == evaluations.compare(before)
    assert effect.then.vendors[0].verdict != effect.now.vendors[0].verdict
    assert evaluations.get(renewal) == before


def test_responses_that_come_later_are_read_with_the_signals_in_force(evaluations, renewal, other_signals, response_of):
    evaluations.adopt_content(renewal, other_signals, reason="Too many.")
    words = "Operations stop when the link is lost."
    now = evaluations.accept_response(renewal, response_of("Cedar", Q1=words), b"cedar")
    assert now.received("cedar").findings == ()


def test_content_that_somebody_else_changed_meanwhile_is_not_overwritten(
    evaluations, renewal, other_rubric, other_signals
):
    class Slow(Content):
        """Content with which somebody else is quicker."""

        def with_profile(self, profile):
            evaluations.adopt_content(renewal, other_rubric, reason="First.")
            return super().with_profile(profile)

    with pytest.raises(Stale, match="The content was changed by somebody else"):
        evaluations.adopt_content(
            renewal, Slow.model_validate(other_signals.model_dump(exclude={"hash"})), reason="Second."
        )
    assert evaluations.history(evaluations.get(renewal))[-1].change.reason == "First."
