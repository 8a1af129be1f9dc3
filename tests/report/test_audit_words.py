"""Every kind of event has its words, which name who, what and why."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import get_args

import pytest

from ii_vendor.model import events
from ii_vendor.model import workshop_events as steps
from ii_vendor.model.events import Change, Event
from ii_vendor.model.panel import Evaluation, Evaluator, Flag, FlagState, Quote, Vendor, WeighingMethod
from ii_vendor.model.rubric import EvidenceGrade, Severity
from ii_vendor.model.seat import Discipline, Stage
from ii_vendor.model.workshop import Choice, Item, PutOff, Settings, Subject
from ii_vendor.report.audit_words import concerns, event_words
from ii_vendor.report.record_html import events_html

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
KINDS = {kind.model_fields["kind"].default: kind for kind in get_args(get_args(Change)[0])}


@pytest.fixture
def evaluation() -> Evaluation:
    """Amara and Ben on the panel, Halden Grid and Tidelark as vendors, and one red flag."""
    return Evaluation(
        id="line-3",
        name="Line 3",
        content_hash="c" * 64,
        created_at=NOON,
        sequence=9,
        record_hash="d" * 64,
        evaluators=(
            Evaluator(name="Amara Osei", discipline=Discipline.operations),
            Evaluator(name="Ben", discipline=Discipline.it),
        ),
        vendors=(Vendor(id="halden", name="Halden Grid"), Vendor(id="tidelark", name="Tidelark")),
        flags={
            "halden/Q1-stops": Flag(
                id="halden/Q1-stops",
                vendor="halden",
                question="Q1",
                statement="It stops.",
                severity=Severity.critical,
                gate=True,
                raised_by="Ben",
            )
        },
    )


def rating(**changed):
    given = {
        "evaluator": "Amara Osei",
        "vendor": "halden",
        "question": "Q1",
        "level": 3,
        "grade": EvidenceGrade.document,
        "reason": "Seen in the manual.",
        "quote": "",
        "response_version": 1,
    }
    return events.RatingRecorded(**given | changed)


@pytest.fixture
def told(evaluation, content):
    """The words of a change that somebody made."""

    def say(change, actor="Amara Osei"):
        return event_words(event_of(change, actor), evaluation, content)

    return say


def event_of(change, actor="Amara Osei", via=""):
    return Event.model_construct(
        evaluation="line-3", sequence=9, at=NOON, actor=actor, via=via, change=change, previous_hash="", hash="d" * 64
    )


SAID = {
    "evaluation created": (
        lambda: events.EvaluationCreated(name="Line 3", content_hash="c" * 64),
        "created the evaluation “Line 3” under content cccccccccccc.",
    ),
    "stage changed": (
        lambda: events.StageChanged(stage=Stage.moderation, reason="All are in.", unfinished=("Ben",)),
        "opened moderation, because: All are in. Left unfinished: Ben.",
    ),
    "names masked": (lambda: events.NamesMasked(masked=True), "hid the vendors’ names from the panel."),
    "evaluator added": (
        lambda: events.EvaluatorAdded(name="Chen", discipline=Discipline.security, sections=("lock_in",)),
        "took Chen (security) onto the panel for “Lock-in”.",
    ),
    "seat changed": (
        lambda: events.SeatChanged(evaluator="Ben", sections=(), reason="Dana left"),
        "gave Ben every section to judge, because: Dana left.",
    ),
    "link issued": (
        lambda: events.LinkIssued(evaluator="Ben", link="e" * 64, expires_at=NOON),
        "made a personal link for Ben, good until 2 Nov 2026, 12:00:00 UTC.",
    ),
    "seat taken": (
        lambda: events.SeatTaken(evaluator="Amara Osei", how="personal link"),
        "took the seat by personal link.",
    ),
    "links revoked": (
        lambda: events.LinksRevoked(evaluator="Ben", reason="Sent to the wrong address"),
        "ended every link of Ben, because: Sent to the wrong address.",
    ),
    "seat closed": (
        lambda: events.SeatClosed(evaluator="Ben", reason="He left"),
        "closed the seat of Ben, because: He left. What it said stays.",
    ),
    "interests declared": (
        lambda: events.InterestsDeclared(
            evaluator="Amara Osei", vendors=("halden",), conflicts={"halden": "I worked there"}
        ),
        "declared a conflict of interest with Halden Grid (“I worked there”).",
    ),
    "assignment handed in": (lambda: events.AssignmentHandedIn(evaluator="Amara Osei"), "handed in all ratings."),
    "assignment returned": (
        lambda: events.AssignmentReturned(evaluator="Ben", reason="A new answer came"),
        "gave the assignment back to Ben, to change ratings, because: A new answer came.",
    ),
    "vendor added": (lambda: events.VendorAdded(vendor="halden", name="Halden Grid"), "added the vendor Halden Grid."),
    "response accepted": (None, "accepted version 2 of Halden Grid’s response, with 0 findings."),
    "rating recorded": (rating, "rated Halden Grid, Q1: level 3 on a document, because: Seen in the manual."),
    "consensus recorded": (
        lambda: events.ConsensusRecorded(
            vendor="halden",
            question="Q1",
            level=2,
            grade=EvidenceGrade.claim,
            reason="It is only said.",
            no_evidence=True,
            response_version=1,
            mean=3.3333,
            second_look=("far from the mean",),
        ),
        "recorded the consensus on Halden Grid, Q1: level 2 (mean of the ratings 3.3) on a claim, because: It is only "
        "said. No evidence was found. Confirmed a second time: far from the mean.",
    ),
    "dissent recorded": (
        lambda: events.DissentRecorded(
            evaluator="Ben", vendor="halden", question="Q1", level=None, reason="Not asked of them"
        ),
        "put on record that Ben dissents on Halden Grid, Q1: not applicable, because: Not asked of them.",
    ),
    "flag raised": (
        lambda: events.FlagRaised(
            flag="halden/Q1-stops",
            vendor="halden",
            question="Q1",
            rule="Q1-stops",
            statement="It stops.",
            severity=Severity.critical,
            gate=True,
            ask="",
            raised_by="Amara Osei",
            quotes=(Quote(text="Operations stop"),),
        ),
        "raised a red flag (critical, a gate) on Halden Grid, Q1: “It stops”. Quoted: “Operations stop”",
    ),
    "gate signed": (
        lambda: events.GateSigned(
            flag="halden/Q1-stops",
            evaluator="Amara Osei",
            discipline=Discipline.operations,
            state=FlagState.accepted,
            owner="Ines",
            reason="We have a spare",
        ),
        "signed as operations that the gate “It stops” (Halden Grid, Q1) be accepted as a risk, owned by Ines, "
        "because: We have a spare.",
    ),
    "flag decided": (
        lambda: events.FlagDecided(
            flag="halden/Q1-stops", state=FlagState.clarification_sent, reason="Unclear", due=date(2026, 12, 1)
        ),
        "decided on the red flag “It stops” (Halden Grid, Q1): sent to the vendor for clarification, an answer due by "
        "1 Dec 2026, because: Unclear.",
    ),
    "content adopted": (
        lambda: events.ContentAdopted(content_hash="f" * 64, reason="A typing error", changes=("Q1: text",)),
        "adopted other content, ffffffffffff, because: A typing error. Changed: Q1: text.",
    ),
    "profile adopted": (
        lambda: events.ProfileAdopted(profile="agreed", content_hash="f" * 64, reason="Agreed"),
        "adopted other weights or thresholds (“agreed”, content ffffffffffff), because: Agreed.",
    ),
    "price recorded": (
        lambda: events.PriceRecorded(vendor="halden", amount=394000.0, currency="EUR", basis="five years"),
        "recorded Halden Grid’s price: 394 000 EUR, for five years.",
    ),
    "weights proposed": (
        lambda: events.WeightsProposed(
            evaluator="Amara Osei",
            scope="lock_in",
            method=WeighingMethod.swing,
            given={"L1": 100},
            weights={"L1": 100},
            reason="Exit first",
        ),
        "proposed weights for the questions of “Lock-in”, by points for swings, because: Exit first.",
    ),
    "second reading recorded": (
        lambda: events.SecondReadingRecorded(
            vendor="halden",
            version=2,
            reader="small",
            host="127.0.0.1:11434",
            masked=True,
            questions=("Q1", "Q2"),
            unread={"Q3": "it said nothing", "Q4": "not sent", "Q5": "not sent"},
            dropped={"said twice": 2},
        ),
        "sent answers of version 2 of Halden Grid’s response to the second reader small at 127.0.0.1:11434, with "
        "vendors’ names hidden. It read Q1, Q2 and pointed to 0 places. Dropped: 2 (said twice). Not read: Q3 (it said "
        "nothing); Q4, Q5 (not sent).",
    ),
    "workshop opened": (
        lambda: steps.WorkshopOpened(number=1, code="K7M2QX", settings=Settings(minutes=5)),
        "opened workshop 1: the screen says who voted what, votes are shown when all are in, only the panel may join "
        "and 5 minutes are planned for an item.",
    ),
    "workshop changed": (
        lambda: steps.WorkshopChanged(code="K7M2QX", settings=Settings(names=False, auto_reveal=False, guests=True)),
        "changed how the workshop is held: the screen shows votes without names, votes are shown by hand and guests "
        "may join.",
    ),
    "workshop joined": (
        lambda: steps.WorkshopJoined(evaluator="Amara Osei", ballot="b" * 64),
        "came into the workshop with a phone.",
    ),
    "workshop left": (lambda: steps.WorkshopLeft(evaluator="Amara Osei"), "left the workshop."),
    "round opened": (
        lambda: steps.RoundOpened(round=2, item=Item.answer("halden", "Q1")),
        "opened round 2 of votes, on Halden Grid, Q1.",
    ),
    "vote cast": (
        lambda: steps.VoteCast(
            evaluator="Amara Osei", workshop=1, round=1, choice=Choice.level_2, reason="Half of it is said."
        ),
        "voted in round 1: level 2, because: Half of it is said.",
    ),
    "votes revealed": (
        lambda: steps.VotesRevealed(round=1, how="all in"),
        "showed the votes of round 1, all were in.",
    ),
    "reveal undone": (lambda: steps.RevealUndone(round=1), "hid the votes of round 1 again."),
    "item put off": (
        lambda: steps.ItemPutOff(item=Item(subject=Subject.weights), how=PutOff.parked, reason="Ines is not here"),
        "parked the weights of the sections, because: Ines is not here.",
    ),
    "workshop closed": (lambda: steps.WorkshopClosed(), "closed the workshop."),
}


def test_no_kind_of_event_is_without_words():
    assert set(SAID) == set(KINDS)


@pytest.mark.parametrize("kind", SAID)
def test_an_event_says_who_did_what_and_why(kind, told, response_of):
    build, said = SAID[kind]
    change = (
        build()
        if build
        else events.ResponseAccepted(vendor="halden", version=2, response=response_of("Halden"), findings=())
    )
    assert change.kind == kind
    words = told(change).replace("\N{NO-BREAK SPACE}", " ")
    assert words == f"Amara Osei (operations) {said}"


@pytest.mark.parametrize("kind", [kind for kind, model in KINDS.items() if "evaluator" in model.model_fields])
def test_what_somebody_enters_for_another_names_both(kind, told):
    words = told(SAID[kind][0]().model_copy(update={"evaluator": "Ben"}), "Ines")
    assert words.startswith("Ines ")
    assert "Ben" in words


def test_what_is_withheld_says_that_it_happened_and_when_it_opens(evaluation, content):
    change = events.Withheld(of_kind="rating recorded", evaluator="Ben", vendor="halden", question="Q1")

    def say(**changed):
        return event_words(event_of(change, "Ben"), evaluation.model_copy(update=changed), content)

    assert say(withheld=frozenset({"Ben"})) == (
        "A rating by Ben (IT) on Halden Grid, Q1, which opens with moderation, or once you both have handed in."
    )
    assert "closed to you" in say(closed_vendors=frozenset({"halden"}))
    assert "when the vendors’ names are shown" in say(masked=True)


def test_a_conflict_names_no_vendor_that_a_mask_hides(evaluation, content):
    masked = evaluation.model_copy(update={"masked": True, "vendors": (Vendor(id="vendor-a", name="Vendor A"),)})
    words = event_words(event_of(SAID["interests declared"][0]()), masked, content)
    assert "halden" not in words.casefold()


def test_an_event_concerns_its_actor_its_person_its_vendors_and_its_question(evaluation):
    assert concerns(event_of(rating(), "Ines"), evaluation) == ({"Ines", "Amara Osei"}, {"halden"}, "Q1")
    decided = SAID["flag decided"][0]()
    assert concerns(event_of(decided), evaluation) == ({"Amara Osei"}, {"halden"}, "Q1")
    declared = SAID["interests declared"][0]()
    assert concerns(event_of(declared), evaluation).vendors == {"halden"}
    assert concerns(event_of(SAID["evaluator added"][0]()), evaluation).people == {"Amara Osei", "Chen"}


def test_somebody_s_words_are_never_markup(evaluation, content):
    event = event_of(rating(reason="<img src=x onerror=alert(1)>"), "<b>Eve</b>", "<i>link</i>")
    drawn = events_html([event], evaluation, content)
    assert not any(markup in drawn for markup in ("<img", "<b>Eve", "<i>link"))
    assert "&lt;img src=x" in drawn
