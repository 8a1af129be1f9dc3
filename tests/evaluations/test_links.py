"""Personal links: one use, one seat, one evaluation, and an end."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from ii_vendor.evaluations import Actor, Refused
from ii_vendor.model import events
from ii_vendor.model.seat import Discipline, Stage
from ii_vendor.store import Record, open_engine

FORGED = "AAAAAAAAAAAAAAAAAAAAAA"
NO_SEAT = "This link opens no seat here."


def hash_of(secret):
    return hashlib.sha256(secret.encode()).hexdigest()


@pytest.fixture
def link(evaluations, renewal):
    """The secret of a new link for Amara's seat."""
    return evaluations.issue_link(renewal, "Amara").partition("/")[2]


@pytest.fixture
def dated(database, renewal):
    """Write an event as it stands in a record that began long ago."""

    def write(change):
        Record(open_engine(database)).change(renewal, "somebody", lambda _: [change])

    return write


def test_a_link_opens_the_seat_that_it_was_made_for(evaluations, renewal, link):
    assert evaluations.look_at_link(renewal, link).name == "Amara"
    given = evaluations.take_seat(renewal, link)
    actor = evaluations.seat_by_session(renewal, given.secret)
    assert (given.evaluator, actor.name, actor.seat_in, actor.facilitates) == ("Amara", "Amara", renewal, False)
    assert "Amara" in evaluations.get(renewal).taken


def test_looking_at_a_link_does_not_use_it_up(evaluations, renewal, link):
    before = evaluations.get(renewal).sequence
    for _ in range(2):
        evaluations.look_at_link(renewal, link)
    assert evaluations.get(renewal).sequence == before
    assert evaluations.take_seat(renewal, link).evaluator == "Amara"


def test_no_secret_stands_in_the_record(evaluations, renewal, link):
    session = evaluations.take_seat(renewal, link).secret
    told = " ".join(event.model_dump_json() for event in evaluations.history(evaluations.get(renewal)))
    assert link not in told
    assert session not in told
    assert hash_of(link) in told


def test_every_link_and_session_is_128_random_bits_of_its_own(evaluations, renewal):
    links = {evaluations.issue_link(renewal, "Amara").partition("/")[2] for _ in range(5)}
    sessions = {evaluations.take_seat(renewal, link).secret for link in links}
    assert len(links | sessions) == 10
    assert all(len(secret) >= 22 for secret in links | sessions)


@pytest.mark.parametrize("forged", [FORGED, "", "amara", "0" * 64])
def test_a_forged_link_opens_nothing(refused, evaluations, link, forged):
    assert link != forged
    assert refused(evaluations.take_seat, forged).startswith(NO_SEAT)
    assert refused(evaluations.look_at_link, forged).startswith(NO_SEAT)


def test_what_the_record_keeps_of_a_link_opens_nothing(refused, evaluations, link):
    assert refused(evaluations.take_seat, hash_of(link)).startswith(NO_SEAT)


def test_a_link_opens_a_seat_once(refused, evaluations, renewal, link):
    evaluations.take_seat(renewal, link)
    assert refused(evaluations.take_seat, link) == (
        "This link was used already: a link opens a seat once. Ask the facilitator for a new one."
    )


def test_a_link_whose_time_is_over_opens_nothing(refused, evaluations, dated):
    ended = datetime.now(UTC) - timedelta(seconds=1)
    dated(events.LinkIssued(evaluator="Amara", link=hash_of(FORGED), expires_at=ended))
    assert refused(evaluations.take_seat, FORGED).startswith("This link is no longer good: its time is over.")


def test_a_link_that_was_withdrawn_opens_nothing(refused, evaluations, renewal, link):
    evaluations.revoke_links(renewal, "Amara", reason="Sent to the wrong address.")
    assert refused(evaluations.take_seat, link).startswith("This link was withdrawn.")


def test_the_link_of_a_closed_seat_opens_nothing(refused, evaluations, renewal, link):
    evaluations.close_seat(renewal, "Amara", reason="Left the company.")
    assert refused(evaluations.take_seat, link) == "The seat that this link opened is closed."
    assert refused(evaluations.issue_link, "Amara") == "The seat of Amara is closed."


def test_a_link_of_one_evaluation_opens_nothing_in_another(evaluations, renewal, link, content):
    other = evaluations.create("Another", content)
    with pytest.raises(Refused, match=NO_SEAT):
        evaluations.take_seat(other.id, link)
    assert evaluations.take_seat(renewal, link).evaluator == "Amara"


@pytest.mark.parametrize("days", [0, -1, 91])
def test_a_link_is_good_for_1_to_90_days(refused, evaluations, days):
    assert refused(evaluations.issue_link, "Amara", days=days) == "A personal link can be good for 1 to 90 days."


@pytest.mark.parametrize("session", [FORGED, ""])
def test_a_forged_session_is_nobodys(evaluations, renewal, session):
    assert evaluations.seat_by_session(renewal, session) is None


def test_a_session_whose_time_is_over_is_nobodys(evaluations, renewal, dated):
    ended = datetime.now(UTC) - timedelta(seconds=1)
    taken = events.SeatTaken(evaluator="Amara", how="personal link", session=hash_of(FORGED), expires_at=ended)
    dated(taken)
    assert evaluations.seat_by_session(renewal, FORGED) is None
    stale = evaluations.acting_as(Actor.seated(renewal, "Amara", "personal link", session=hash_of(FORGED)))
    for ask in (stale.get, lambda key: stale.declare(key, "Amara")):
        with pytest.raises(Refused, match="opens with a personal link"):
            ask(renewal)


@pytest.mark.parametrize("end", ["revoke_links", "close_seat"])
def test_a_session_ends_with_its_links_or_its_seat(evaluations, renewal, link, end):
    session = evaluations.take_seat(renewal, link).secret
    amara = evaluations.acting_as(evaluations.seat_by_session(renewal, session))
    evaluation = amara.get(renewal)
    getattr(evaluations, end)(renewal, "Amara", reason="Lost the phone.")
    assert evaluations.seat_by_session(renewal, session) is None
    before = evaluations.get(renewal).sequence
    attempts = (
        lambda: amara.get(renewal),
        lambda: amara.history(evaluation),
        lambda: amara.progress(evaluation),
        lambda: amara.rate(renewal, "Amara", "alder", "Q1", 3, reason="seen"),
        lambda: amara.issue_link(renewal, "Amara"),
    )
    for attempt in attempts:
        with pytest.raises(Refused, match="opens with a personal link"):
            attempt()
    assert evaluations.get(renewal).sequence == before


def test_a_session_is_never_anothers(evaluations, renewal, link):
    session = hash_of(evaluations.take_seat(renewal, link).secret)
    borrowed = evaluations.acting_as(Actor.seated(renewal, "Ben", "personal link", session=session))
    with pytest.raises(Refused, match="opens with a personal link"):
        borrowed.get(renewal)


def test_a_seat_makes_a_link_for_itself_alone(evaluations, renewal, seated):
    amara = seated("Amara")
    again = amara.issue_link(renewal, "Amara").partition("/")[2]
    assert evaluations.take_seat(renewal, again).evaluator == "Amara"
    with pytest.raises(Refused, match="made by the facilitator, or by whoever holds the seat"):
        amara.issue_link(renewal, "Ben")


def test_a_locked_evaluation_can_still_be_visited(evaluations, renewal, seated, opened):
    opened(renewal)
    evaluations.go_to(renewal, Stage.locked, reason="Decided.")
    assert seated("Amara").get(renewal).stage is Stage.locked


def test_an_address_belongs_to_one_seat_and_opens_it(evaluations, renewal, refused):
    evaluations.add_evaluator(renewal, "Sam", Discipline.security, email="sam@plant.example")
    assert "belongs to another seat" in refused(
        evaluations.add_evaluator, "Sue", Discipline.it, email="SAM@plant.example"
    )
    actor = evaluations.seat_by_email(renewal, "Sam@Plant.example")
    assert (actor.name, actor.via) == ("Sam", "OpenID Connect (Sam@Plant.example)")
    once = evaluations.get(renewal)
    evaluations.seat_by_email(renewal, "sam@plant.example")
    assert evaluations.get(renewal) == once
    assert "Sam" in once.taken
    for nobody in ("", "eve@plant.example"):
        assert evaluations.seat_by_email(renewal, nobody) is None
    evaluations.close_seat(renewal, "Sam", reason="Left.")
    assert evaluations.seat_by_email(renewal, "sam@plant.example") is None


def test_revoking_ends_signing_in_by_the_seats_address_too(evaluations, renewal):
    evaluations.add_evaluator(renewal, "Ines", Discipline.asset_owner, email="ines@plant.example")
    actor = evaluations.seat_by_email(renewal, "ines@plant.example")
    evaluations.revoke_links(renewal, "Ines", reason="Left the company.")
    assert evaluations.seat_by_email(renewal, "ines@plant.example") is None
    with pytest.raises(Refused):
        evaluations.acting_as(actor).get(renewal)
