"""Names and ids of evaluations, vendors and people."""

from __future__ import annotations

import pytest

from ii_vendor.errors import UserError
from ii_vendor.evaluations import Refused, slug_of
from ii_vendor.model.panel import Discipline


def test_names_must_say_something_and_be_new(evaluations, refused, content):
    assert refused(evaluations.add_vendor, " ") == "The vendor needs a name."
    assert refused(evaluations.add_vendor, "ALDER") == "ALDER is in this evaluation already."
    assert refused(evaluations.add_evaluator, " ", Discipline.it) == "The evaluator needs a name."
    assert refused(evaluations.add_evaluator, "amara", Discipline.it) == "amara is on the panel already."
    with pytest.raises(Refused, match="The evaluation needs a name"):
        evaluations.create(" ", content)


def test_every_vendor_has_an_id_of_its_own(evaluations, renewal):
    names = ["Acme 5", "Acme", "Acme!", "ACME?", "東芝", "三菱"]
    for name in names:
        evaluations.add_vendor(renewal, name)
    vendors = evaluations.get(renewal).vendors
    assert len({vendor.id.casefold() for vendor in vendors}) == len(vendors)
    assert [evaluations.vendor_id(renewal, name) for name in names] == [vendor.id for vendor in vendors[2:]]


def test_evaluations_may_share_a_name_and_are_told_apart_by_id(evaluations, content):
    first, second = evaluations.create("Line 3", content), evaluations.create("Line 3", content)
    assert first.id == "line-3"
    assert second.id.startswith("line-3-")
    assert evaluations.get(second.id).id == second.id


def test_an_id_names_its_evaluation_even_where_it_is_anothers_name(evaluations, content):
    first, second = evaluations.create("Line 3", content), evaluations.create("line-3", content)
    assert evaluations.get("line-3").id == first.id
    assert evaluations.get(second.id).id == second.id


def test_an_evaluation_is_found_by_its_name(evaluations, renewal):
    assert evaluations.get("RENEWAL").id == renewal


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Line 3, Øst", "line-3-st"), ("3M", "e-3m"), ("  Ünïcode--Ltd. ", "unicode-ltd"), ("x" * 99, "x" * 40)],
)
def test_ids_are_made_from_names(name, slug):
    assert slug_of(name) == slug


def test_what_happened_is_on_record_with_who_did_it(evaluations, renewal):
    evaluations = evaluations.acting_as("Ben")
    evaluations.rate(renewal, "Ben", "alder", "Q1", 0, reason="it stops")
    last = evaluations.history(evaluations.get(renewal))[-1]
    assert (last.actor, last.change.kind, last.change.reason) == ("Ben", "rating recorded", "it stops")


@pytest.mark.parametrize("name", ["Line \ud800", "Line \x00"])
def test_a_name_of_characters_that_are_no_text_is_refused_in_words(evaluations, content, name):
    with pytest.raises(UserError, match="characters that are no text"):
        evaluations.create(name, content)
    assert evaluations.listing() == []
