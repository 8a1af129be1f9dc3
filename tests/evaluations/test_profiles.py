"""Weights and thresholds: what adopting others changes, keeps and says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ii_vendor.evaluations import Refused
from ii_vendor.library import load_library


def test_other_weights_change_scores_and_not_ratings(evaluations, renewal, opened, profile_with):
    for question, level in (("Q1", 4), ("L1", 0)):
        evaluations.rate(renewal, "Amara", "alder", question, level, reason="seen")
    before = opened(renewal)
    chosen = profile_with(section_weights={"critical": 1, "lock_in": 0, "flows": 0})
    after = evaluations.adopt_profile(renewal, chosen, reason="Only the critical ones decide.")
    assert after.ratings == before.ratings
    scores = [evaluations.compare(each).vendors[0].autonomy.claimed for each in (before, after)]
    assert scores == pytest.approx([100 * 0.3 / 0.45, 100.0])
    assert evaluations.content(before).profile.section_weights["lock_in"] == 3
    assert evaluations.history(after)[-1].change.reason == "Only the critical ones decide."


def test_a_what_if_is_not_recorded(evaluations, renewal, profile_with):
    before = evaluations.get(renewal)
    chosen = profile_with(section_weights={"critical": 1, "lock_in": 0, "flows": 0})
    assert evaluations.compare(before, chosen) != evaluations.compare(before)
    assert evaluations.get(renewal) == before


def test_other_weights_need_a_reason_and_something_to_weigh(evaluations, refused, profile_with):
    other = profile_with(autonomy=10)
    nothing = profile_with(section_weights={"critical": 0, "elsewhere": 1})
    assert "need a reason" in refused(evaluations.adopt_profile, other, reason=" ")
    assert "Every weight is 0" in refused(evaluations.adopt_profile, nothing, reason="why not")
    assert "in force already" in refused(evaluations.adopt_profile, profile_with(), reason="again")


def test_changed_weights_say_so_and_keep_the_reasons_before_them(evaluations, renewal, profile_with):
    def adopt(reason, **changed):
        now = evaluations.content(evaluations.get(renewal)).profile
        chosen = now.model_copy(update=changed)
        after = evaluations.acting_as("Ben").adopt_profile(renewal, chosen, reason=reason)
        content = evaluations.content(after)
        assert content.hash == after.content_hash
        return content.profile

    once = adopt("First thought.", spread_tolerance=1)
    day = datetime.now(UTC).date()
    line = f"Adopted by Ben on {day.day} {day:%B %Y}: "
    assert once.title == "Plain, changed"
    assert once.reasons == f"{line}First thought.\n\nBefore that: Easy to work out by hand."
    twice = adopt("Second thought.", spread_tolerance=3)
    assert twice.title == "Plain, changed"
    assert twice.reasons == f"{line}Second thought.\n\nBefore that: {once.reasons}"
    back = adopt("As it was.", spread_tolerance=2)
    assert back.title == "Plain"
    assert back.reasons == f"{line}As it was.\n\nBefore that: {twice.reasons}"
    assert "in force already" in _refusal(evaluations, renewal, profile_with())


def _refusal(evaluations, renewal, profile):
    with pytest.raises(Refused) as refusal:
        evaluations.adopt_profile(renewal, profile, reason="again")
    return str(refusal.value)


def test_a_whole_profile_of_the_library_keeps_its_name_and_a_changed_one_does_not(evaluations):
    library = load_library()
    key = evaluations.create("Line 9", library.content(("six_questions",))).id
    whole = library.profiles["foundation"]
    adopted = evaluations.content(evaluations.adopt_profile(key, whole, reason="We begin.")).profile
    assert adopted.title == whole.title
    assert adopted.reasons.startswith("Adopted by somebody on ")
    assert adopted.reasons.endswith(f": We begin.\n\n{whole.reasons}")
    other = next(each for each in library.profiles.values() if each.id not in ("balanced", "foundation"))
    changed = other.model_copy(update={"spread_tolerance": 1.5})
    adopted = evaluations.content(evaluations.adopt_profile(key, changed, reason="Strict.")).profile
    assert adopted.title == f"{other.title}, changed"
    assert adopted.reasons.endswith(f": Strict.\n\nBefore that: {other.reasons}")


def test_weights_can_be_adopted_while_the_library_has_mistakes(
    evaluations, renewal, profile_with, tmp_path, monkeypatch
):
    monkeypatch.setenv("II_VENDOR_CONTENT", str(tmp_path))
    after = evaluations.adopt_profile(renewal, profile_with(autonomy=10), reason="Meanwhile.")
    assert evaluations.content(after).profile.title == "Plain, changed"
