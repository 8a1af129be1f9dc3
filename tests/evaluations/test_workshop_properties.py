"""A workshop keeps its promises whatever the room does, in any order."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ii_vendor.evaluations import Evaluations, Refused
from ii_vendor.model.actor import NOBODY
from ii_vendor.model.seat import Discipline, Stage
from ii_vendor.model.workshop import CHOICES, Choice, Item, PutOff, Settings, Subject, Workshop
from ii_vendor.store import Record, open_engine
from ii_vendor.store.audit import audit

PANEL = {"Amara": Discipline.operations, "Ben": Discipline.it, "Ida": Discipline.security}
ITEMS = (Item.answer("alder", "Q1"), Item.answer("birch", "Q1"))
WEIGHTS = Item(subject=Subject.weights)
NAMES, THINGS, BACK = st.sampled_from(tuple(PANEL)), st.sampled_from((*ITEMS, WEIGHTS)), st.integers(0, 2)
CHOSEN = st.sampled_from((*CHOICES[Subject.answer], Choice.points))


def test_a_workshop_keeps_its_promises(content, response_of):
    class Room(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.folder = tempfile.TemporaryDirectory()
            self.engine = open_engine(f"sqlite:///{Path(self.folder.name) / 'record.db'}")
            self.door = Evaluations(Record(self.engine), "Fay")
            self.visitor = self.door.acting_as(NOBODY)
            self.acknowledged: dict[tuple[int, int, str], tuple[Choice, str]] = {}
            self.ballots: dict[str, str] = {}
            self.ended: list[str] = []
            self.sealed: set[tuple[int, int, str]] = set()
            self.votes = 0

        @initialize(auto=st.booleans())
        def begin(self, auto: bool) -> None:
            self.key = self.door.create("Renewal", content).id
            self.settings = Settings(auto_reveal=auto)
            for name, discipline in PANEL.items():
                self.door.add_evaluator(self.key, name, discipline)
            for vendor in ("Alder", "Birch"):
                self.door.accept_response(self.key, response_of(vendor), vendor.lower().encode())
            for name in PANEL:
                self.door.declare(self.key, name)
            self.door.go_to(self.key, Stage.scoring)
            self.door.go_to(self.key, Stage.moderation, reason="Together.")
            self.door.open_workshop(self.key, self.settings)

        @property
        def held(self) -> Workshop:
            return self.door.get(self.key).workshops[-1]

        def ago(self, back: int) -> int:
            return len(self.held.rounds) - back

        def of(self, name: str) -> Evaluations:
            """The evaluations as somebody has them: by a ballot, or at this computer where they have none."""
            if name not in self.ballots:
                return self.door.acting_as(name)
            actor = self.visitor.ballot_held(self.key, self.ballots[name])
            assert actor is not None
            return self.door.acting_as(actor)

        def tried(self, step: Callable[[], object]) -> bool:
            try:
                step()
            except Refused:
                return False
            return True

        @rule(item=THINGS)
        def open_round(self, item: Item) -> None:
            self.tried(lambda: self.door.open_round(self.key, item))

        @rule(name=NAMES, choice=CHOSEN, back=BACK, twice=st.booleans())
        def vote(self, name: str, choice: Choice, back: int, twice: bool) -> None:
            self.votes += 1
            reason, round_id = f"reason {self.votes}", self.ago(back)
            points = {section.id: 100.0 for section in content.sections} if choice is Choice.points else None

            def cast() -> None:
                self.of(name).vote(self.key, name, round_id, choice, reason=reason, points=points)

            if self.tried(cast):
                self.acknowledged[self.held.number, round_id, name] = choice, reason
                self.sealed.discard((self.held.number, round_id, name))
                if twice:
                    before = self.door.get(self.key).sequence
                    cast()
                    assert self.door.get(self.key).sequence == before

        @rule(name=NAMES)
        def join(self, name: str) -> None:
            try:
                given = self.visitor.join(self.key, self.held.code, name)
            except Refused:
                assert name in self.ballots
            else:
                assert name not in self.ballots
                self.ballots[name] = given.secret

        @rule(name=NAMES)
        def enter(self, name: str) -> None:
            self.tried(lambda: self.of(name).enter(self.key, name))

        @rule(name=NAMES)
        def leave(self, name: str) -> None:
            self.of(name).leave(self.key, name)
            assert name not in self.held.present

        @rule(name=NAMES)
        def free(self, name: str) -> None:
            self.door.leave(self.key, name, release=True)
            if name in self.ballots:
                self.ended.append(self.ballots.pop(name))
                hidden = [each.id for each in self.held.rounds if not each.revealed]
                self.sealed |= {(self.held.number, of, name) for of in hidden} & self.acknowledged.keys()

        @rule(back=BACK)
        def reveal(self, back: int) -> None:
            self.tried(lambda: self.door.reveal(self.key, self.ago(back)))

        @rule(back=BACK)
        def undo(self, back: int) -> None:
            self.tried(lambda: self.door.undo_reveal(self.key, self.ago(back)))

        @rule(item=THINGS, how=st.sampled_from(PutOff))
        def put_off(self, item: Item, how: PutOff) -> None:
            self.door.put_off(self.key, item, how)

        @precondition(lambda self: self.votes > 5)
        @rule()
        def go_on_in_another_workshop(self) -> None:
            self.door.close_workshop(self.key)
            self.ended += self.ballots.values()
            self.ballots.clear()
            self.door.open_workshop(self.key, self.settings)

        @precondition(lambda self: hasattr(self, "key"))
        @invariant()
        def no_acknowledged_vote_is_lost_and_each_is_seen_by_its_voter(self) -> None:
            seen = {name: self.of(name).get(self.key).workshops for name in PANEL}
            for (number, of, name), said in self.acknowledged.items():
                held = seen[name][number - 1]
                kept = held.rounds[of - 1].votes.get(name)
                if (number, of, name) in self.sealed and held.hides(held.rounds[of - 1]):
                    assert kept is None
                else:
                    assert kept is not None
                    assert (kept.choice, kept.reason) == said

        @precondition(lambda self: hasattr(self, "key"))
        @invariant()
        def a_vote_shows_to_others_when_its_round_is_shown_and_not_before(self) -> None:
            for workshop in self.door.get(self.key).workshops:
                for each in workshop.rounds:
                    voted = {
                        name for number, of, name in self.acknowledged if (number, of) == (workshop.number, each.id)
                    }
                    assert set(each.voted) == voted
                    assert set(each.votes) == (voted if each.revealed or not workshop.is_open else set())

        @precondition(lambda self: hasattr(self, "key"))
        @invariant()
        def what_was_ended_opens_nothing(self) -> None:
            assert not any(self.visitor.ballot_held(self.key, secret) for secret in self.ended)
            assert set(self.held.ballots.values()) == set(self.ballots)

        def teardown(self) -> None:
            if hasattr(self, "key"):
                # Read anew, by another process as it were, it is the same; and after the end everything is open.
                anew = Evaluations(Record(self.engine), "Fay")
                assert anew.get(self.key) == self.door.get(self.key)
                self.door.close_workshop(self.key)
                found = {
                    (workshop.number, each.id, name): (vote.choice, vote.reason)
                    for workshop in self.door.get(self.key).workshops
                    for each in workshop.rounds
                    for name, vote in each.votes.items()
                }
                assert found == self.acknowledged
                assert audit(self.engine, self.key).valid
            self.engine.dispose()
            self.folder.cleanup()

    run_state_machine_as_test(
        Room,
        settings=settings(
            max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_votes_of_many_at_once_are_all_there(evaluations, opened, renewal, database):
    opened(renewal)
    code = evaluations.open_workshop(renewal, Settings(guests=True)).workshop.code
    names, visitor, doors = [f"Guest {number}" for number in range(40)], evaluations.acting_as(NOBODY), []
    for name in names:
        given = visitor.join(renewal, code, name, Discipline.security)
        doors.append(evaluations.acting_as(visitor.ballot_held(renewal, given.secret)))
        doors[-1].declare(renewal, name)
    evaluations.open_round(renewal, ITEMS[0])
    with ThreadPoolExecutor(8) as threads:
        done = [
            threads.submit(door.vote, renewal, name, 1, Choice(str(number % 5)))
            for number, (name, door) in enumerate(zip(names, doors, strict=True))
        ]
        for each in done:
            each.result()
    (shown,) = Evaluations(Record(open_engine(database)), "Fay").get(renewal).workshops[-1].rounds
    assert shown.revealed_how == "all in"
    assert {name: vote.choice.value for name, vote in shown.votes.items()} == {
        name: str(number % 5) for number, name in enumerate(names)
    }
