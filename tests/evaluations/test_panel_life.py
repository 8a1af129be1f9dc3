"""Whatever a panel tries: the record stays whole, scoring independent, and nothing is lost."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from ii_vendor.evaluations import Actor, Evaluations, Refused
from ii_vendor.model import events
from ii_vendor.model.actor import NOBODY
from ii_vendor.model.content import Content
from ii_vendor.model.panel import FlagState, WeighingMethod
from ii_vendor.model.response import Response
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.seat import Discipline, Stage
from ii_vendor.store import Record, open_engine

PANEL = {
    "Amara": Discipline.operations,
    "Ben": Discipline.it,
    "Cleo": Discipline.security,
    "Ines": Discipline.asset_owner,
    "Olu": Discipline.observer,
}
RATERS = ("Amara", "Ben", "Cleo")
SIGNING = ("Amara", "Ines", "Ben")
VENDORS = ("alder", "birch")
QUESTIONS = ("Q1", "Q2")
EVEN_LOCKED = (events.StageChanged, events.LinkIssued, events.SeatTaken, events.LinksRevoked)

actors = st.sampled_from(["facilitator", "facilitator", *PANEL, "facilitator from elsewhere", "nobody", "forger"])
names = st.sampled_from([*PANEL, "Eve"])
raters = st.sampled_from(RATERS)
vendors = st.sampled_from([*VENDORS, *VENDORS, "vendor-a", "vendor-b"])
questions = st.sampled_from([*QUESTIONS, "L1"])
levels = st.sampled_from([0, 2, 3, 4, 5, None])
reasons = st.sampled_from(["It is so.", "Seen.", "Because.", " "])
flags = st.sampled_from(["alder/Q1-stops", "alder/Q1-vague", "birch/Q1-stops", "vendor-a/Q1-stops"])
rests_on = st.sampled_from([{"no_evidence": True}, {"quote": "Operations stop"}, {"quote": "never said"}, {}])
looked_at = st.sampled_from([None, 0, 3])


class PanelLife(RuleBasedStateMachine):
    """People with and without the right to do so act on one evaluation."""

    numbers = count()
    record: Record
    content: Content
    response_of: Callable[..., Response]

    @initialize(handed_in=st.booleans(), stage=st.sampled_from([Stage.scoring, Stage.moderation, Stage.locked]))
    def begin(self, handed_in, stage):
        """A panel of five and two responses, in scoring or later, sometimes with Amara done."""
        self.service = Evaluations(self.record, "somebody")
        self.key = self.service.create("Life", self.content).id
        for name, discipline in PANEL.items():
            sections = ("critical",) if name in RATERS else ()
            self.service.add_evaluator(self.key, name, discipline, sections=sections, rating=name in RATERS)
        for name in ("Alder", "Birch"):
            self._respond(name)
        self.sessions = {}
        for name in ("Amara", "Ben", "Ines"):
            self.service.declare(self.key, name)
        self.service.go_to(self.key, Stage.scoring)
        if handed_in:
            for vendor in VENDORS:
                for question in QUESTIONS:
                    self.service.rate(self.key, "Amara", vendor, question, 3, reason="Amara saw it")
            self.service.hand_in(self.key, "Amara")
        for further in (Stage.moderation, Stage.locked):
            if further.number <= stage.number:
                self.service.go_to(self.key, further, reason="Begun so.")
        self.known, self.was_locked = self.record.events(self.key), False

    def _respond(self, name, words="Operations stop."):
        original = f"{name} {next(self.numbers)}".encode()
        self.service.accept_response(self.key, self.response_of(name, Q1=words, original=original), original)

    def as_(self, who):
        """The service as ``who`` has it: by session where the seat was taken, at this computer where not."""
        if who == "facilitator":
            return self.service
        special = {
            "nobody": NOBODY,
            "facilitator from elsewhere": Actor.facilitator("Fay", "facilitator's link"),
            "forger": Actor.seated(self.key, "Ben", "personal link", session=hashlib.sha256(b"guess").hexdigest()),
        }
        return self.service.acting_as(special.get(who) or self.sessions.get(who) or who)

    def attempt(self, who, use_case, *arguments, looked=None, **named):
        """Try it; refused it may be, in words, and then nothing has changed."""
        before = self.record.evaluation(self.key)
        self.was_locked = before.stage is Stage.locked
        if looked is not None:
            named["seen"] = before.sequence - looked
        try:
            getattr(self.as_(who), use_case)(self.key, *arguments, **named)
        except Refused as refusal:
            assert len(str(refusal)) > 10
            assert self.record.evaluation(self.key) == before

    @rule(who=actors, name=names)
    def take_a_seat(self, who, name):
        try:
            secret = self.as_(who).issue_link(self.key, name).partition("/")[2]
            session = self.service.take_seat(self.key, secret).secret
        except Refused:
            return
        self.was_locked = self.record.evaluation(self.key).stage is Stage.locked
        self.sessions[name] = self.service.seat_by_session(self.key, session)

    @rule(who=actors, name=names, vendor=st.sampled_from([*VENDORS, ""]))
    def declare(self, who, name, vendor):
        self.attempt(who, "declare", name, {vendor: "A friend."} if vendor else {})

    @rule(who=actors, name=names, vendor=vendors, question=questions, level=levels, reason=reasons, looked=looked_at)
    def rate(self, who, name, vendor, question, level, reason, looked):
        self.attempt(who, "rate", name, vendor, question, level, reason=reason, looked=looked)

    @rule(name=raters, level=st.sampled_from([0, 2, 4]))
    def rate_everything_and_hand_in(self, name, level):
        for vendor in VENDORS:
            for question in QUESTIONS:
                self.attempt(name, "rate", name, vendor, question, level, reason=f"{name} saw it")
                self.attempt(name, "rate", name, f"vendor-{vendor[0]}", question, level, reason=f"{name} saw it")
                if self.was_locked:
                    return
        self.attempt(name, "hand_in", name)

    @rule(who=actors, name=names)
    def hand_in(self, who, name):
        self.attempt(who, "hand_in", name)

    @rule(who=actors, name=names, reason=reasons)
    def return_assignment(self, who, name, reason):
        self.attempt(who, "return_assignment", name, reason=reason)

    @rule(who=actors, stage=st.sampled_from(Stage), reason=reasons, looked=looked_at)
    def go_to(self, who, stage, reason, looked):
        self.attempt(who, "go_to", stage, reason=reason, looked=looked)

    @rule(stage=st.sampled_from([Stage.moderation, Stage.locked, Stage.scoring]))
    def lead_on(self, stage):
        self.attempt("facilitator", "go_to", stage, reason="It is time.")

    @rule(flag=flags, state=st.sampled_from([FlagState.accepted, FlagState.dismissed]), order=st.permutations(SIGNING))
    def sign(self, flag, state, order):
        for who in order:
            self.attempt(who, "decide_flag", flag, state, reason="Signed.", owner="Ines")

    @rule(who=actors, flag=flags, state=st.sampled_from(FlagState), reason=reasons, looked=looked_at)
    def decide_flag(self, who, flag, state, reason, looked):
        self.attempt(who, "decide_flag", flag, state, reason=reason, owner="Ines", looked=looked)

    @rule(who=actors, vendor=vendors, question=questions, gate=st.booleans())
    def raise_flag(self, who, vendor, question, gate):
        self.attempt(who, "raise_flag", vendor, question, statement="Odd", gate=gate)

    @rule(who=actors, flag=flags, reply=st.sampled_from(["Only at times.", " "]))
    def attach_reply(self, who, flag, reply):
        self.attempt(who, "attach_reply", flag, reply)

    @rule(who=actors, vendor=vendors, question=questions, level=levels, rests_on=rests_on)
    def agree(self, who, vendor, question, level, rests_on):
        given = {"reason": "Agreed.", "confirmed": True, **rests_on}
        self.attempt(who, "agree", vendor, question, level, grade=EvidenceGrade.document, **given)

    @rule(who=actors, name=names, vendor=vendors, question=questions, level=levels, reason=reasons)
    def dissent(self, who, name, vendor, question, level, reason):
        self.attempt(who, "dissent", name, vendor, question, level, reason=reason)

    @rule(who=actors, name=names, use_case=st.sampled_from(["close_seat", "revoke_links"]), reason=reasons)
    def end(self, who, name, use_case, reason):
        self.attempt(who, use_case, name, reason=reason)

    @rule(who=actors, masked=st.booleans())
    def mask_names(self, who, masked):
        self.attempt(who, "mask_names", masked)

    @rule(who=actors, name=names, critical=st.sampled_from([0, 50, 101]))
    def propose_weights(self, who, name, critical):
        points = {"critical": critical, "lock_in": 20, "flows": 10}
        self.attempt(who, "propose_weights", name, WeighingMethod.swing, points)

    @rule(who=actors, words=st.sampled_from(["It runs alone.", "Now operations stop at all times."]))
    def respond(self, who, words):
        original = f"again {next(self.numbers)}".encode()
        self.attempt(who, "accept_response", self.response_of("Alder", Q1=words, original=original), original)

    @invariant()
    def every_promise_is_kept(self):
        before, self.known = self.known, self.record.events(self.key)
        self.the_record_only_grows_and_its_chain_is_valid(before)
        self.the_evaluation_is_what_the_record_adds_up_to()
        self.nobody_sees_others_ratings_before_their_own_are_handed_in()
        self.every_rating_was_given_in_scoring_by_whoever_may()
        self.no_gate_was_set_aside_by_one()

    def the_record_only_grows_and_its_chain_is_valid(self, before):
        assert self.known[: len(before)] == before
        new = self.known[len(before) :]
        assert self.service.audit(self.record.evaluation(self.key)).valid
        if self.was_locked:
            assert all(isinstance(event.change, EVEN_LOCKED) for event in new)
            assert all(event.change.reason for event in new if isinstance(event.change, events.StageChanged))

    def the_evaluation_is_what_the_record_adds_up_to(self):
        now = self.record.evaluation(self.key)
        assert Record(self.record.engine).evaluation(self.key) == now
        last = {}
        for event in self.known:
            if isinstance(event.change, events.RatingRecorded):
                last[event.change.vendor, event.change.question, event.change.evaluator] = event.change.level
        assert {key: rating.level for key, rating in {**now.ratings, **now.set_aside}.items()} == last

    def nobody_sees_others_ratings_before_their_own_are_handed_in(self):
        now = self.record.evaluation(self.key)
        if now.stage.number >= Stage.moderation.number:
            return
        for who in ("facilitator", "facilitator from elsewhere", *PANEL):
            try:
                service = self.as_(who)
                view = service.get(self.key)
            except Refused:
                continue
            allowed = {who} | (set(now.handed_in) if who in now.handed_in else set())
            assert {key[2] for key in (*view.ratings, *view.set_aside)} <= allowed
            told = [event.change for event in service.history(view) if event.change.kind == "rating recorded"]
            assert {change.evaluator for change in told} <= allowed
            compared = service.compare(view)
            rated = (rating for card in compared.vendors for score in card.questions for rating in score.ratings)
            assert {rating.evaluator for rating in rated} <= allowed

    def every_rating_was_given_in_scoring_by_whoever_may(self):
        stage, handed_in, closed, taken, conflicts = Stage.setup, set(), set(), set(), {}
        for event in self.known:
            match event.change:
                case events.StageChanged(stage=stage):
                    pass
                case events.AssignmentHandedIn(evaluator=name):
                    handed_in.add(name)
                case events.AssignmentReturned(evaluator=name):
                    handed_in.discard(name)
                case events.SeatClosed(evaluator=name):
                    closed.add(name)
                case events.SeatTaken(evaluator=name):
                    taken.add(name)
                case events.InterestsDeclared(evaluator=name):
                    conflicts[name] = set(event.change.conflicts)
                case events.RatingRecorded(evaluator=name, vendor=vendor):
                    assert stage is Stage.scoring
                    assert name in RATERS
                    assert name not in handed_in | closed
                    assert vendor not in conflicts[name]
                    assert event.actor == name or name not in taken
                    assert event.change.reason.strip()

    def no_gate_was_set_aside_by_one(self):
        gates, signed, counts = set(), {}, set()
        for event in self.known:
            match event.change:
                case events.FlagRaised(flag=flag, gate=True):
                    gates.add(flag)
                case events.GateSigned(flag=flag):
                    signed.setdefault(flag, {})[event.change.discipline] = event.change.state
                case events.FlagDecided(flag=flag, state=state) if flag in gates:
                    if state is FlagState.accepted or (state is FlagState.dismissed and flag in counts):
                        assert signed.get(flag) == dict.fromkeys((Discipline.operations, Discipline.asset_owner), state)
                    signed.pop(flag, None)
                    (counts.add if state.counts else counts.discard)(flag)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_panel_keeps_its_promises_whatever_it_tries(database, content, response_of):
    engine = open_engine(database)
    parts = {"record": Record(engine), "content": content, "response_of": staticmethod(response_of)}
    machine = type("OnePanel", (PanelLife,), parts)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=30, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
