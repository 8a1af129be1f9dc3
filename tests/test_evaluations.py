"""The one door for changes: what it lets through, and what it refuses with which words."""

from datetime import UTC, datetime

import pytest

from ii_vendor.evaluations import Refused, slug_of, still_said
from ii_vendor.library import load_library
from ii_vendor.model.panel import Discipline, FlagState
from ii_vendor.model.response import Answer, Cell, Problem
from ii_vendor.model.rubric import EvidenceGrade, Severity

STOPS = "alder/Q1-stops"


@pytest.fixture
def refused(evaluations, renewal):
    """Run a change that must be refused: gives its message, after seeing that nothing was changed."""

    def attempt(change, *arguments, **named):
        before, events = evaluations.get(renewal), evaluations.history(evaluations.get(renewal))
        with pytest.raises(Refused) as refusal:
            change(renewal, *arguments, **named)
        assert evaluations.get(renewal) == before
        assert evaluations.history(evaluations.get(renewal)) == events
        return str(refusal.value)

    return attempt


# Ratings


def test_a_rating_is_kept_with_everything_it_rests_on(evaluations, renewal):
    evaluations.rate(
        renewal,
        "amara ",
        "alder",
        "Q1",
        1,
        grade=EvidenceGrade.document,
        reason="  It says so. ",
        quote="Operations stop when the link is lost.",
    )
    (rating,) = evaluations.get(renewal).ratings_of("alder", "Q1")
    assert (rating.evaluator, rating.level, rating.grade) == ("Amara", 1, EvidenceGrade.document)
    assert (rating.reason, rating.quote) == ("It says so.", "Operations stop when the link is lost.")
    assert rating.response_version == 1


def test_a_changed_rating_replaces_the_one_before_and_both_stay_on_record(evaluations, renewal):
    for level in (1, 3):
        evaluations.rate(renewal, "Amara", "alder", "Q1", level, reason="seen")
    evaluation = evaluations.get(renewal)
    assert [rating.level for rating in evaluation.ratings_of("alder", "Q1")] == [3]
    recorded = [event.change for event in evaluations.history(evaluation) if event.change.kind == "rating recorded"]
    assert [change.level for change in recorded] == [1, 3]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"reason": "  "}, "A rating needs a reason: one sentence is enough."),
        ({"evaluator": "Eve"}, "Eve is not on the panel. On it: Amara, Ben, Olu."),
        ({"evaluator": "Olu"}, "Olu is on the panel as an observer, and observers do not rate or weigh."),
        ({"level": 5}, "A level is 0, 1, 2, 3 or 4, not 5."),
        ({"level": -1}, "A level is 0, 1, 2, 3 or 4, not -1."),
        ({"vendor": "elm"}, "There is no vendor 'elm' in this evaluation. There are: alder, birch."),
        ({"question": "Q9"}, "There is no question 'Q9' in this evaluation."),
        (
            {"quote": "operations stop"},
            "The quoted words do not stand in the answer. Copy them exactly as the vendor wrote them.",
        ),
        (
            {"vendor": "birch", "question": "L2", "level": 1},
            "Birch did not answer L2: it can only be rated 0 or not applicable.",
        ),
    ],
    ids=str,
)
def test_a_rating_against_the_rules_is_refused(evaluations, refused, changed, message):
    given = {"evaluator": "Amara", "vendor": "alder", "question": "Q1", "level": 3, "reason": "seen"} | changed
    assert refused(evaluations.rate, **given) == message


def test_nothing_is_rated_before_a_response(evaluations, renewal, refused):
    evaluations.add_vendor(renewal, "Cedar")
    message = refused(evaluations.rate, "Amara", "cedar", "Q1", 0, reason="silent")
    assert message == "Cedar has not responded yet. Import a response first."


@pytest.mark.parametrize("level", [0, None])
def test_an_answer_left_empty_can_be_rated_0_or_not_applicable(evaluations, renewal, level):
    evaluations.rate(renewal, "Amara", "birch", "L2", level, reason="nothing there")
    assert evaluations.get(renewal).ratings_of("birch", "L2")[0].level == level


def test_a_quote_may_come_from_the_evidence_or_the_choice(evaluations, renewal, response_of):
    answer = Answer(question="L1", choice="open", evidence="Annex B")
    response = response_of("Cedar")
    others = tuple(each for each in response.answers if each.question != "L1")
    evaluations.accept_response(renewal, response.model_copy(update={"answers": (*others, answer)}), b"cedar")
    for quote in ("open", "Annex"):
        evaluations.rate(renewal, "Amara", "cedar", "L1", 3, reason="seen", quote=quote)
    assert evaluations.get(renewal).ratings_of("cedar", "L1")[0].quote == "Annex"


# Responses and what is found in them


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
    versions = evaluations.get(renewal).responses["alder"]
    assert [version.version for version in versions] == [1, 2]
    assert versions[0].response.answer("Q1").text.startswith("Operations stop")
    assert evaluations.get(renewal).received("alder").response.answer("Q1").text == "It runs alone."
    assert [evaluations.original(version.response.file.sha256)[1] for version in versions] == [b"alder", b"second"]


def test_a_new_version_keeps_ratings_and_decisions(evaluations, renewal, response_of):
    evaluations.rate(renewal, "Amara", "alder", "Q2", 3, reason="seen")
    evaluations.decide_flag(renewal, STOPS, FlagState.confirmed, reason="seen")
    evaluations.accept_response(renewal, response_of("Alder", L2="Ask us.", original=b"second"), b"second")
    evaluation = evaluations.get(renewal)
    assert evaluation.ratings_of("alder", "Q2")[0].response_version == 1
    assert evaluation.flags[STOPS].state is FlagState.confirmed


def test_a_rating_of_an_answer_that_changed_since_leaves_the_verdict_open(evaluations, renewal, response_of):
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
    evaluations.decide_flag(renewal, STOPS, FlagState.dismissed, reason="a misprint")
    again = response_of("Alder", Q1="Now operations stop at once.", original=b"second")
    evaluations.accept_response(renewal, again, b"second")
    flag = evaluations.get(renewal).flags[STOPS]
    assert [decision.state for decision in flag.decisions] == [FlagState.dismissed, FlagState.raised]


def test_words_that_come_back_open_a_dismissed_flag_again(evaluations, renewal, response_of):
    for number, words in enumerate(("It runs alone.", "Operations stop without us."), 2):
        original = f"version {number}".encode()
        evaluations.accept_response(renewal, response_of("Alder", Q1=words, original=original), original)
        if number == 2:
            evaluations.decide_flag(renewal, STOPS, FlagState.dismissed, reason="taken back")
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


# Red flags


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"reason": " "}, "A decision on a red flag needs a reason."),
        ({"state": FlagState.accepted}, "Accepting a red flag needs the name of the person who owns the risk."),
        ({"state": FlagState.accepted, "owner": " "}, "Accepting a red flag needs the name of the person who owns the"),
        ({"state": FlagState.raised}, "A flag is confirmed, dismissed, accepted, or a clarification is sent."),
        ({"flag": "alder/other"}, "There is no red flag 'alder/other' in this evaluation."),
    ],
    ids=str,
)
def test_a_decision_against_the_rules_is_refused(evaluations, refused, changed, message):
    given = {"flag": STOPS, "state": FlagState.confirmed, "reason": "seen"} | changed
    assert refused(evaluations.decide_flag, **given).startswith(message)


def test_every_decision_on_a_flag_stays_on_record(evaluations, renewal):
    evaluations.decide_flag(renewal, STOPS, FlagState.clarification_sent, reason="asked")
    evaluations.acting_as("Ben").decide_flag(renewal, STOPS, FlagState.accepted, reason="we know", owner=" Ines ")
    flag = evaluations.get(renewal).flags[STOPS]
    assert [(step.state.value, step.by) for step in flag.decisions] == [
        ("clarification sent", "somebody"),
        ("accepted", "Ben"),
    ]
    assert (flag.state, flag.owner) == (FlagState.accepted, "Ines")


def test_an_owner_belongs_to_an_accepted_risk_only(evaluations, renewal):
    evaluations.decide_flag(renewal, STOPS, FlagState.confirmed, reason="seen", owner="Ines")
    assert evaluations.get(renewal).flags[STOPS].owner == ""


def test_an_evaluator_raises_a_flag_of_the_rubric(evaluations, renewal):
    evaluations.raise_flag(renewal, "birch", "Q2", rule="Q2-agent", quote="At the boundary", reason="odd")
    flag = evaluations.get(renewal).flags["birch/Q2-agent"]
    assert (flag.statement, flag.severity, flag.raised_by) == ("Q2-agent holds", Severity.major, "somebody")
    assert flag.quotes[0].text == "At the boundary"


def test_an_evaluator_raises_flags_of_his_own(evaluations, renewal):
    for statement in ("First", "Second"):
        evaluations.raise_flag(renewal, "birch", "Q2", statement=statement, severity=Severity.critical, gate=True)
    flags = evaluations.get(renewal).flags_of("birch", "Q2")
    assert [(flag.statement, flag.gate) for flag in flags] == [("First", True), ("Second", True)]
    assert len({flag.id for flag in flags}) == 2


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"rule": "Q2-other"}, "The rubric of Q2 has no red flag 'Q2-other'. It has: Q2-agent."),
        ({"rule": "", "statement": " "}, "A red flag of your own needs a statement."),
        ({"quote": "never said"}, "The quoted words do not stand in the answer."),
        ({"question": "Q1", "rule": "Q1-stops"}, f"{STOPS} has been raised already. Decide on it, or add a quote."),
        ({"vendor": "elm"}, "There is no vendor 'elm' in this evaluation."),
    ],
    ids=str,
)
def test_a_flag_against_the_rules_is_refused(evaluations, refused, changed, message):
    given = {"vendor": "alder", "question": "Q2", "rule": "Q2-agent"} | changed
    assert refused(evaluations.raise_flag, **given).startswith(message)


def test_a_flag_named_for_one_vendor_is_never_anothers(evaluations, refused):
    message = refused(evaluations.judge_flag, "birch", STOPS, FlagState.dismissed, reason="not theirs")
    assert message == f"No rubric of this evaluation has a red flag '{STOPS}'."


def test_a_flag_that_nobody_raised_is_raised_on_the_way(evaluations, renewal):
    judged = evaluations.judge_flag(renewal, "birch", "Q2-agent", FlagState.confirmed, reason="seen on site")
    flag = judged.flags["birch/Q2-agent"]
    assert (flag.question, flag.severity, flag.state) == ("Q2", Severity.major, FlagState.confirmed)


def test_raising_a_flag_again_without_new_words_is_refused_and_loses_no_reason(evaluations, renewal, refused):
    evaluations.judge_flag(renewal, "birch", "Q2-agent", None, reason="seen on site")
    message = refused(evaluations.judge_flag, "birch", "Q2-agent", None, reason="again")
    assert message == "birch/Q2-agent has been raised already. Decide on it, or add a quote."


def test_a_flag_is_not_raised_when_the_decision_is_refused(evaluations, refused):
    message = refused(evaluations.judge_flag, "birch", "Q2-agent", FlagState.accepted, reason="we know")
    assert message == "Accepting a red flag needs the name of the person who owns the risk."


def test_new_words_for_a_flag_must_stand_in_the_answer(evaluations, refused):
    message = refused(evaluations.judge_flag, "alder", "Q1-stops", None, reason="odd", quote="never said")
    assert message.startswith("The quoted words do not stand in the answer.")


def test_words_can_be_added_to_a_flag_of_ones_own(evaluations, renewal):
    evaluations.raise_flag(renewal, "birch", "Q2", statement="Odd", gate=True)
    after = evaluations.judge_flag(renewal, "birch", "birch/Q2-own-1", None, reason="see", quote="At the boundary")
    flag = after.flags["birch/Q2-own-1"]
    assert (flag.statement, flag.gate, [quote.text for quote in flag.quotes]) == ("Odd", True, ["At the boundary"])


def test_a_flag_says_when_its_words_are_gone(evaluations, renewal):
    flag = evaluations.get(renewal).flags[STOPS]
    quote = flag.quotes[0].text
    assert still_said(flag, Answer(question="Q1", cells=(Cell(text="First."), Cell(text=f"Well: {quote} Yes."))))
    assert not still_said(flag, Answer(question="Q1", cells=(Cell(text="It runs alone."),)))
    assert not still_said(flag, Answer(question="Q1"))
    assert still_said(flag.model_copy(update={"quotes": ()}), Answer(question="Q1"))


# Evaluations, vendors, the panel


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
    evaluations.acting_as("Ben").rate(renewal, "Ben", "alder", "Q1", 0, reason="it stops")
    last = evaluations.history(evaluations.get(renewal))[-1]
    assert (last.actor, last.change.kind, last.change.reason) == ("Ben", "rating recorded", "it stops")


# Profiles


def test_other_weights_change_scores_and_not_ratings(evaluations, renewal, profile_with):
    for question, level in (("Q1", 4), ("L1", 0)):
        evaluations.rate(renewal, "Amara", "alder", question, level, reason="seen")
    before = evaluations.get(renewal)
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
