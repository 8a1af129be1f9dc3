"""What an arriving response brings: versions, findings and the red flags that they raise."""

from __future__ import annotations

import pytest

from ii_vendor.model.content import Content
from ii_vendor.model.panel import FlagState
from ii_vendor.model.response import Answer, Problem
from ii_vendor.model.rubric import Severity
from ii_vendor.model.signal import SignalSet

STOPS = "alder/Q1-stops"


def test_findings_raise_one_flag_for_each_red_flag_with_all_their_words(evaluations, renewal):
    evaluation = evaluations.get(renewal)
    assert sorted(evaluation.flags) == [STOPS, "alder/Q1-vague"]
    flag = evaluation.flags[STOPS]
    assert {quote.reason for quote in flag.quotes} == {"It says operations stop.", "It says cloud is required."}
    assert (flag.severity, flag.gate, flag.raised_by) == (Severity.critical, True, "signals")
    assert flag.state is FlagState.raised


def test_every_quote_of_a_finding_stands_in_the_answer(evaluations, renewal):
    received = evaluations.get(renewal).received("alder")
    assert len(received.findings) == 3
    for finding in received.findings:
        cell = received.response.answer(finding.question).cells[finding.cell]
        assert cell.text[finding.start : finding.end] == finding.quote


def test_a_new_response_is_a_new_version_and_the_old_one_stays(evaluations, renewal, response_of):
    evaluations.accept_response(renewal, response_of("Alder", Q1="It runs alone.", original=b"second"), b"second")
    now = evaluations.get(renewal)
    versions = now.responses["alder"]
    assert [version.version for version in versions] == [1, 2]
    assert versions[0].response.answer("Q1").text.startswith("Operations stop")
    assert now.received("alder").response.answer("Q1").text == "It runs alone."
    assert [evaluations.original(now, version.response.file.sha256)[1] for version in versions] == [b"alder", b"second"]


def test_a_new_version_keeps_ratings_and_decisions(evaluations, renewal, opened, response_of):
    evaluations.rate(renewal, "Amara", "alder", "Q2", 3, reason="seen")
    evaluations.decide_flag(renewal, STOPS, FlagState.confirmed, reason="seen")
    evaluations.accept_response(renewal, response_of("Alder", L2="Ask us.", original=b"second"), b"second")
    evaluation = opened(renewal)
    assert evaluation.ratings_of("alder", "Q2")[0].response_version == 1
    assert evaluation.flags[STOPS].state is FlagState.confirmed


def test_a_rating_of_an_answer_that_changed_since_leaves_the_verdict_open(evaluations, renewal, response_of):
    evaluations = evaluations.acting_as("Amara")
    evaluations.rate(renewal, "Amara", "alder", "L2", 3, reason="seen")
    evaluations.rate(renewal, "Amara", "alder", "Q2", 3, reason="seen")
    again = response_of("Alder", L2="Ask us.", original=b"second")
    after = evaluations.accept_response(renewal, again, b"second")
    card = evaluations.compare(after).vendors[0]
    assert card.question("L2").stale == ("Amara",)
    assert card.question("Q2").stale == ()
    evaluations.rate(renewal, "Amara", "alder", "L2", 1, reason="read again")
    assert evaluations.compare(evaluations.get(renewal)).vendors[0].question("L2").stale == ()


def test_the_same_words_in_a_new_version_are_not_raised_twice(evaluations, renewal, response_of):
    before = evaluations.get(renewal).flags[STOPS]
    evaluations.accept_response(renewal, response_of("Alder", L2="Ask us.", original=b"second"), b"second")
    assert evaluations.get(renewal).flags[STOPS] == before


def test_new_words_are_added_to_the_flag_they_point_to(evaluations, renewal, response_of):
    words = "Now operations stop at once."
    evaluations.accept_response(renewal, response_of("Alder", Q1=words, original=b"second"), b"second")
    flag = evaluations.get(renewal).flags[STOPS]
    assert [quote.response_version for quote in flag.quotes] == [1, 1, 2]
    assert flag.quotes[-1].text in words


def test_the_same_file_is_not_accepted_twice(evaluations, refused, response_of):
    message = refused(evaluations.accept_response, response_of("Alder"), b"alder")
    assert message == "Alder.xlsx is the file that was accepted as version 1."


def test_bytes_that_are_not_the_file_that_was_read_are_refused(evaluations, refused, response_of):
    message = refused(evaluations.accept_response, response_of("Alder", L2="new", original=b"other"), b"changed")
    assert message == "Alder.xlsx is not the file that was read. Import it again."


def test_new_words_open_a_flag_again_that_had_been_dismissed(evaluations, renewal, response_of):
    evaluations.acting_as("Amara").decide_flag(renewal, STOPS, FlagState.dismissed, reason="a misprint")
    again = response_of("Alder", Q1="Now operations stop at once.", original=b"second")
    evaluations.accept_response(renewal, again, b"second")
    flag = evaluations.get(renewal).flags[STOPS]
    assert [decision.state for decision in flag.decisions] == [FlagState.dismissed, FlagState.raised]


def test_words_that_come_back_open_a_dismissed_flag_again(evaluations, renewal, response_of):
    for number, words in enumerate(("It runs alone.", "Operations stop without us."), 2):
        original = f"version {number}".encode()
        evaluations.accept_response(renewal, response_of("Alder", Q1=words, original=original), original)
        if number == 2:
            evaluations.acting_as("Amara").decide_flag(renewal, STOPS, FlagState.dismissed, reason="taken back")
    assert evaluations.get(renewal).flags[STOPS].state is FlagState.raised


def test_a_response_with_errors_is_refused_with_the_first_of_them(evaluations, refused, response_of):
    wrong = Problem(severity="error", message="This id is unknown.", remedy="Restore it.", sheet="Lock-in", cell="A7")
    response = response_of("Alder", L2="new", original=b"other").model_copy(update={"problems": (wrong,)})
    message = refused(evaluations.accept_response, response, b"other")
    assert message == "Alder.xlsx cannot be accepted: Lock-in!A7 This id is unknown. Restore it."


def test_a_response_with_warnings_is_accepted(evaluations, renewal, response_of):
    note = Problem(severity="warning", message="A formula.", sheet="Lock-in", cell="A7")
    response = response_of("Alder", L2="new", original=b"other").model_copy(update={"problems": (note,)})
    assert evaluations.accept_response(renewal, response, b"other").received("alder").version == 2


def test_answers_to_questions_that_were_not_asked_are_refused(evaluations, refused, response_of):
    response = response_of("Alder", L2="new", original=b"other")
    strange = response.model_copy(update={"answers": (*response.answers, Answer(question="Q9"))})
    message = refused(evaluations.accept_response, strange, b"other")
    assert message == "Alder.xlsx answers questions that were not asked: Q9."


def test_a_response_for_a_vendor_that_is_not_there_is_refused(evaluations, refused, response_of):
    message = refused(evaluations.accept_response, response_of("Elm"), b"elm", vendor="elm")
    assert message == "There is no vendor 'elm' in this evaluation."


def test_a_response_without_a_vendors_name_is_refused(evaluations, refused, response_of):
    assert refused(evaluations.accept_response, response_of(" ", original=b"who"), b"who") == "The vendor needs a name."


def test_a_response_finds_its_vendor_whatever_the_case(evaluations, renewal, response_of):
    after = evaluations.accept_response(renewal, response_of("ALDER", original=b"second"), b"second")
    assert [vendor.name for vendor in after.vendors] == ["Alder", "Birch"]
    assert after.received("alder").version == 2


@pytest.fixture
def hinting(content):
    """The same content with signals that say no more than that something is possible."""
    hints = tuple(each.model_copy(update={"hint": True}) for each in content.signals.signals)
    return Content.model_validate({**content.model_dump(), "signals": SignalSet(signals=hints)})


def test_what_is_merely_possible_raises_no_red_flag(evaluations, hinting, response_of):
    key = evaluations.create("Hints", hinting).id
    after = evaluations.accept_response(key, response_of("Alder"), b"alder")
    findings = after.received("alder").findings
    assert findings
    assert all(finding.possible and finding.flag for finding in findings)
    assert after.flags == {}


def test_words_that_were_only_possible_raise_a_flag_once_they_are_a_signal(evaluations, content, hinting, response_of):
    key = evaluations.create("Hints", hinting).id
    evaluations.accept_response(key, response_of("Alder"), b"alder")
    evaluations.adopt_content(key, content, reason="They proved themselves.")
    after = evaluations.accept_response(key, response_of("Alder", L2="Ask us.", original=b"second"), b"second")
    assert [len(flag.quotes) for flag in after.flags.values()] == [2, 1]
