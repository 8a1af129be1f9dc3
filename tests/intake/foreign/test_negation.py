"""Questions that ask the opposite of each other are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ii_vendor.intake.foreign.negation import negated

OPPOSITE = [
    ("Do you store our data?", "Do you not store our data?"),
    ("Do you store our data?", "Don't you store our data?"),
    ("Is data shared with third parties?", "Is data never shared with third parties?"),
    ("Can the plant run with your cloud?", "Can the plant run without your cloud?"),
    ("Is remote access allowed?", "Is remote access prohibited?"),
    ("Do you permit own updates?", "Do you forbid own updates?"),
    ("Must passwords be changed?", "Must passwords not be changed?"),
    ("Shall logs leave the plant?", "Shall logs not leave the plant?"),
    ("Is the archive encrypted?", "Is the archive unencrypted?"),
    ("Is an internet connection required?", "Is no internet connection required?"),
    ("Is it possible to export recipes?", "Is it impossible to export recipes?"),
    ("Is multi-factor sign-in mandatory?", "Is multi-factor sign-in optional?"),
    ("Do you have a procedure for restoring?", "Do you lack a procedure for restoring?"),
    ("Does the pump controller depend on your server?", "Is the pump controller independent of your server?"),
    ("Which functions work with products of other makes?", "Which functions do not work with products of other makes?"),
    ("Does production stop when the line is cut?", "Does production continue when the line is cut?"),
    ("Are operators able to open the valve by hand?", "Are operators unable to open the valve by hand?"),
    ("Who may read the trends?", "Who may not read the trends, and why?"),
]
SAME = [
    ("Is remote access allowed?", "Is remote access not prohibited?"),
    ("Are accounts locked?", "Are accounts never not locked?"),
    ("Does the system work without internet?", "Does the system work with no internet connection?"),
    ("Can the plant run without your cloud?", "Can production continue if your cloud is not available?"),
    ("What happens when sign-in is unavailable?", "What happens when sign-in is not available?"),
    ("Do you support SNMP?", "Do you support SNMP and, if not, when will you?"),
    ("Are logs kept for 90 days?", "Are logs kept for no less than 90 days?"),
    ("Do you back up recipes?", "Do you back up recipes, not only settings?"),
    ("Do you test restores?", "State whether or not you test restores."),
    ("Is the archive encrypted?", "Do you encrypt the archive?"),
]


@pytest.mark.parametrize(("one", "other"), OPPOSITE)
def test_a_question_that_asks_the_opposite_is_told(one, other):
    assert negated(one, other)
    assert negated(other, one)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_that_asks_the_same_in_other_words_is_not(one, other):
    assert not negated(one, other)
    assert not negated(other, one)


@given(st.text(max_size=200), st.text(max_size=200))
def test_the_order_of_two_questions_makes_no_difference(one, other):
    assert negated(one, other) == negated(other, one)


@given(st.text(max_size=300))
def test_no_question_is_the_opposite_of_itself(text):
    assert not negated(text, text)


VERBS = st.sampled_from(["store", "encrypt", "delete", "share", "log", "monitor", "archive", "transmit", "sign"])
THINGS = st.sampled_from(["recipes", "alarms", "trends", "passwords", "drawings", "certificates", "keys", "batches"])
PLACES = st.sampled_from(["in the plant", "at your site", "outside Europe", "on removable media", "at rest"])


@given(VERBS, THINGS, PLACES)
def test_not_makes_the_opposite_of_any_plain_question_and_twice_not_makes_the_same(verb, thing, place):
    plain = f"Do you {verb} {thing} {place}?"
    assert negated(plain, f"Do you not {verb} {thing} {place}?")
    assert negated(plain, f"Do you never {verb} {thing} {place}?")
    assert not negated(plain, f"Do you never not {verb} {thing} {place}?")
