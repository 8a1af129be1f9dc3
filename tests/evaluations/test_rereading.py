"""A second reader in an evaluation: who may send answers, what is kept of it, and that it decides nothing."""

from __future__ import annotations

import json

import pytest

from ii_vendor.evaluations import Refused
from ii_vendor.model import events
from ii_vendor.report.audit_words import event_words
from ii_vendor.second_reader import Reader

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

QUOTE = "Our cloud is required at all times."


@pytest.fixture
def reader(model_server):
    """A reader that takes the words about the cloud for the gate of Q1, wherever they stand."""
    model_server.say = lambda messages: json.dumps(
        {"findings": [{"flag": "Q1-stops", "quote": QUOTE}, {"flag": "Q1-stops", "quote": "never said by anybody"}]}
        if QUOTE in messages[1]["content"]
        else {"findings": []}
    )
    return Reader(url=f"{model_server.address}/v1/chat/completions", model="small", seconds=20)


def test_what_it_points_to_is_on_record_and_raises_nothing(evaluations, renewal, reader):
    before = evaluations.get(renewal)
    after = evaluations.read_again(renewal, "alder", reader=reader)
    (reading,) = after.second_readings["alder"]
    (finding,) = reading.findings
    assert (finding.quote, finding.flag, finding.polarity, finding.possible) == (QUOTE, "Q1-stops", "red", True)
    answer = after.received("alder").response.answer("Q1")
    assert answer.cells[finding.cell].text[finding.start : finding.end] == QUOTE
    assert (finding.signal, reading.reader, reading.host) == ("second-reader", "small", reader.host)
    assert set(reading.questions) == {"Q1", "Q2", "L1", "L2", "DEA-1"}
    assert dict(reading.dropped) == {"words that do not stand in the answer": 1}
    assert (after.flags, after.received("alder").findings) == (before.flags, before.received("alder").findings)
    assert evaluations.compare(after) == evaluations.compare(before).model_copy(
        update={"record_hash": after.record_hash}
    )


def test_the_record_says_where_the_answers_went(evaluations, renewal, reader):
    after = evaluations.read_again(renewal, "alder", "Q1", reader=reader)
    words = event_words(evaluations.history(after)[-1], after, evaluations.content(after))
    assert words == (
        f"somebody sent answers of version 1 of Alder’s response to the second reader small at {reader.host}. It read "
        "Q1 and pointed to 1 place. Dropped: 1 (words that do not stand in the answer)."
    )


def test_one_question_sends_one_answer(evaluations, renewal, reader, model_server):
    evaluations.read_again(renewal, "birch", "Q1", reader=reader)
    (request,) = model_server.asked
    assert "It runs on its own." in request["messages"][1]["content"]


def test_what_was_sent_is_on_record_even_where_nothing_came_back(evaluations, renewal, reader, model_server):
    model_server.say = lambda _: "I would rather not."
    after = evaluations.read_again(renewal, "alder", "Q1", reader=reader)
    reading = after.second_reading("alder", "Q1")
    assert dict(reading.unread) == {"Q1": "its reply is not in the form that was asked for"}


def test_what_was_sent_is_on_record_even_where_it_was_stopped(evaluations, renewal, reader):
    def stop_at_the_second(done, *_):
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        evaluations.read_again(renewal, "alder", reader=reader, progress=stop_at_the_second)
    (reading,) = evaluations.get(renewal).second_readings["alder"]
    assert reading.questions == ("Q1",)
    assert set(reading.unread.values()) == {"not sent"}


def test_where_nobody_listens_nothing_is_recorded(evaluations, refused, reader, model_server):
    model_server.close()
    message = refused(evaluations.read_again, "alder", reader=reader)
    assert message == (
        f"The second reader at {reader.host} cannot be used: it cannot be reached (is it running?). Nothing was sent."
    )


@pytest.mark.parametrize(
    ("vendor", "question", "message"),
    [
        ("elm", "", "There is no vendor 'elm' in this evaluation."),
        ("alder", "Q9", "There is no question 'Q9' in this evaluation."),
        ("birch", "L2", "There is no answer to read."),
    ],
)
def test_what_is_not_there_is_not_sent(evaluations, refused, reader, model_server, vendor, question, message):
    assert refused(evaluations.read_again, vendor, question, reader=reader) == message
    assert model_server.asked == []


def test_only_the_facilitator_sends_answers_out(renewal, seated, reader, model_server):
    with pytest.raises(Refused, match="Only the facilitator can have a second reader read answers"):
        seated("Amara").read_again(renewal, "alder", reader=reader)
    assert model_server.asked == []


def test_a_seat_that_facilitates_sends_nothing_of_a_vendor_it_has_a_conflict_with(
    evaluations, renewal, reader, model_server
):
    evaluations.declare(renewal, "Ben", {"alder": "Shares."})
    with pytest.raises(Refused, match="conflict of interest"):
        evaluations.acting_as("Ben").read_again(renewal, "alder", reader=reader)
    assert model_server.asked == []


@pytest.mark.usefixtures("letters_in_order")
def test_under_masked_names_none_is_sent_and_the_words_are_found_again(
    evaluations, renewal, seated, response_of, reader, model_server
):
    said = "At Alder the line stops when Alder is away."
    evaluations.accept_response(renewal, response_of("Alder", Q1=said, original=b"second"), b"second")
    evaluations.mask_names(renewal, True)
    quote = "the line stops when Vendor A is away"
    model_server.say = lambda _: json.dumps({"findings": [{"flag": "Q1-stops", "quote": quote}]})
    after = evaluations.read_again(renewal, "alder", "Q1", reader=reader)
    assert "alder" not in json.dumps(model_server.asked).casefold()
    (finding,) = after.second_reading("alder", "Q1").findings
    assert finding.quote == "the line stops when Alder is away" == said[finding.start : finding.end]
    shown = seated("Ben").get(renewal)
    (masked,) = shown.second_reading("vendor-a", "Q1").findings
    assert masked.quote == quote
    assert "alder" not in shown.model_dump_json().casefold()
    hidden = [each.change for each in seated("Ben").history(shown) if isinstance(each.change, events.Withheld)]
    assert "second reading recorded" in {each.of_kind for each in hidden}


def test_a_vendor_that_is_closed_to_a_seat_has_no_second_reading_for_it(evaluations, renewal, seated, reader):
    evaluations.read_again(renewal, "alder", "Q1", reader=reader)
    ben = seated("Ben")
    assert ben.get(renewal).second_reading("alder", "Q1") is not None
    ben.declare(renewal, "Ben", {"alder": "Shares."})
    assert ben.get(renewal).second_readings == {}


def test_a_reading_is_of_the_answer_that_was_read(evaluations, renewal, response_of, reader):
    evaluations.read_again(renewal, "alder", reader=reader)
    response = response_of("Alder", Q1="It runs alone now.", original=b"second")
    after = evaluations.accept_response(renewal, response, b"second")
    assert after.second_reading("alder", "Q1") is None
    assert after.second_reading("alder", "Q2") is not None


def test_a_reading_that_failed_does_not_hide_one_that_was_done(evaluations, renewal, reader, model_server):
    evaluations.read_again(renewal, "alder", "Q1", reader=reader)
    model_server.say = lambda _: "no"
    after = evaluations.read_again(renewal, "alder", "Q1", reader=reader)
    assert after.second_reading("alder", "Q1").questions == ("Q1",)


def test_a_locked_evaluation_sends_nothing(evaluations, renewal, opened, reader, model_server):
    opened(renewal)
    evaluations.go_to(renewal, evaluations.get(renewal).stage.locked, reason="done")
    with pytest.raises(Refused, match="locked"):
        evaluations.read_again(renewal, "alder", reader=reader)
    assert model_server.asked == []
