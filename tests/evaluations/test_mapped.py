"""A response that was mapped by hand: who confirmed that is on record, and the mapping is there for the next one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ii_vendor.evaluations import Refused
from ii_vendor.model.actor import Actor
from ii_vendor.model.mapping import ConfirmedMapping
from ii_vendor.model.response import Attachment, Carried
from ii_vendor.model.workbook import SavedMapping
from ii_vendor.report.audit_words import event_words

CONFIRMED = ConfirmedMapping(
    mapping=SavedMapping(
        fingerprint="f", name="own list.xlsx", sheets=(), questions={"s | runs it": "Q1", "x | y": ""}
    ),
    asked={"Q1": "does it run?"},
)
FAY = Actor.facilitator("Fay", "facilitator's link")


pytestmark = pytest.mark.usefixtures("renewal")


@pytest.fixture
def mapped(response_of):
    """A response of Alder that came by a mapping of four rows, as it is read again."""
    carried = Carried(rows=4, matched={"similar": 2, "alias": 1})
    beside = (Attachment(place="S!9", question="Insured?", answer="Yes"),)
    response = response_of("Alder", original=b"own list")
    return response.model_copy(update={"carried": carried, "attachments": beside})


def test_the_record_says_who_confirmed_the_mapping_and_how(evaluations, renewal, mapped):
    fay = evaluations.acting_as(FAY)
    before = datetime.now(UTC)
    now = fay.accept_mapped(renewal, mapped, b"own list", vendor="alder", remember=CONFIRMED)
    response = now.received("alder").response
    assert response.attachments == mapped.attachments
    assert response.carried.confirmed_by == "Fay"
    assert before <= response.carried.confirmed_at <= datetime.now(UTC)
    event = next(each for each in reversed(fay.history(now)) if each.change.kind == "response accepted")
    words = event_words(event, now, fay.content(now))
    assert "3 of its 4 questions matched to ours (1 by the same words and 2 by similar words, confirmed)" in words
    assert "Confirmed by Fay on" in words
    assert evaluations.audit(now).valid
    assert fay.original(now, response.file.sha256)[1] == b"own list"


def test_a_mapping_confirmed_for_an_earlier_workbook_stays_that_person_s(evaluations, renewal, mapped):
    monday = datetime(2026, 11, 2, tzinfo=UTC)
    earlier = mapped.carried.model_copy(update={"confirmed_by": "Amara", "confirmed_at": monday, "reused": True})
    again = mapped.model_copy(update={"carried": earlier})
    now = evaluations.accept_mapped(renewal, again, b"own list", vendor="alder")
    assert now.received("alder").response.carried == earlier
    assert evaluations.mappings() == ()


def test_what_is_confirmed_in_one_evaluation_is_known_in_all(evaluations, renewal, mapped):
    evaluations.acting_as(FAY).accept_mapped(renewal, mapped, b"own list", vendor="alder", remember=CONFIRMED)
    (kept,) = evaluations.mappings()
    assert (kept.by, kept.mapping) == ("Fay", CONFIRMED.mapping)
    evaluations.forget_mapping(kept.key)
    assert evaluations.mappings() == ()
    with pytest.raises(Refused, match="no saved mapping"):
        evaluations.forget_mapping(kept.key)


def test_what_is_refused_is_not_remembered_either(evaluations, mapped, refused):
    message = refused(evaluations.accept_mapped, mapped, b"another file", vendor="alder", remember=CONFIRMED)
    assert "not the file that was read" in message
    assert evaluations.mappings() == ()


def test_a_seat_may_neither_see_nor_change_mappings(evaluations, seated):
    evaluations.keep_mapping(CONFIRMED)
    amara = seated("Amara")
    for attempt in (amara.mappings, lambda: amara.keep_mapping(CONFIRMED), lambda: amara.forget_mapping(CONFIRMED.key)):
        with pytest.raises(Refused):
            attempt()
    assert len(evaluations.mappings()) == 1
