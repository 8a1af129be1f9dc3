"""A workshop keeps its promises whatever the room does, in any order."""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from ii_vendor.evaluations import Evaluations, Refused
from ii_vendor.model.seat import Discipline, Stage
from ii_vendor.model.workshop import CHOICES, Choice, Item, PutOff, Settings, Subject
from ii_vendor.store import Record, open_engine
from ii_vendor.store.audit import audit

PANEL = {"Amara": Discipline.operations, "Ben": Discipline.it, "Ida": Discipline.security}
ITEMS = (Item.answer("alder", "Q1"), Item.answer("birch", "Q1"))
NAMES, THINGS = st.sampled_from(tuple(PANEL)), st.sampled_from(ITEMS)
LEVELS = st.sampled_from(CHOICES[Subject.answer])


def test_a_workshop_keeps_its_promises(content, response_of):
    class Room(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.folder = tempfile.TemporaryDirectory()
            self.engine = open_engine(f"sqlite:///{Path(self.folder.name) / 'record.db'}")
            self.door = Evaluations(Record(self.engine), "Fay")
            self.acknowledged: dict[tuple[int, str], tuple[Choice, str]] = {}
            self.votes = 0

        @initialize(auto=st.booleans())
        def begin(self, auto: bool) -> None:
            self.key = self.door.create("Renewal", content).id
            for name, discipline in PANEL.items():
                self.door.add_evaluator(self.key, name, discipline)
            for vendor in ("Alder", "Birch"):
                self.door.accept_response(self.key, response_of(vendor), vendor.lower().encode())
            for name in PANEL:
                self.door.declare(self.key, name)
            self.door.go_to(self.key, Stage.scoring)
            self.door.go_to(self.key, Stage.moderation, reason="Together.")
            self.door.open_workshop(self.key, Settings(auto_reveal=auto))

        @property
        def last(self) -> int:
            held = self.door.get(self.key).workshops[-1]
            return len(held.rounds)

        def tried(self, step) -> bool:
            try:
                step()
            except Refused:
                return False
            return True

        @rule(item=THINGS)
        def open_round(self, item: Item) -> None:
            self.tried(lambda: self.door.open_round(self.key, item))

        @rule(name=NAMES, choice=LEVELS, back=st.integers(0, 2))
        def vote(self, name: str, choice: Choice, back: int) -> None:
            self.votes += 1
            of, reason = self.last - back, f"reason {self.votes}"
            own = self.door.acting_as(name)
            if self.tried(lambda: own.vote(self.key, name, of, choice, reason=reason)):
                self.acknowledged[of, name] = choice, reason

        @rule(name=NAMES)
        def enter(self, name: str) -> None:
            self.tried(lambda: self.door.acting_as(name).enter(self.key, name))

        @rule(name=NAMES)
        def leave(self, name: str) -> None:
            self.tried(lambda: self.door.acting_as(name).leave(self.key, name))

        @rule(back=st.integers(0, 2))
        def reveal(self, back: int) -> None:
            self.tried(lambda: self.door.reveal(self.key, self.last - back))

        @rule(back=st.integers(0, 2))
        def undo(self, back: int) -> None:
            self.tried(lambda: self.door.undo_reveal(self.key, self.last - back))

        @rule(item=THINGS, how=st.sampled_from(PutOff))
        def put_off(self, item: Item, how: PutOff) -> None:
            self.tried(lambda: self.door.put_off(self.key, item, how))

        @invariant()
        def no_acknowledged_vote_is_lost_and_each_is_seen_by_its_voter(self) -> None:
            if not hasattr(self, "key"):
                return
            for (of, name), said in self.acknowledged.items():
                kept = self.door.acting_as(name).get(self.key).workshops[-1].rounds[of - 1].votes[name]
                assert (kept.choice, kept.reason) == said

        @invariant()
        def a_vote_shows_to_others_when_its_round_is_shown_and_not_before(self) -> None:
            if not hasattr(self, "key"):
                return
            for each in self.door.get(self.key).workshops[-1].rounds:
                voted = {name for of, name in self.acknowledged if of == each.id}
                assert set(each.voted) == voted
                assert set(each.votes) == (voted if each.revealed else set())

        def teardown(self) -> None:
            if hasattr(self, "key"):
                # Read anew, by another process as it were, it is the same; and after the end everything is open.
                anew = Evaluations(Record(self.engine), "Fay")
                assert anew.get(self.key) == self.door.get(self.key)
                self.door.close_workshop(self.key)
                rounds = self.door.get(self.key).workshops[-1].rounds
                found = {
                    (each.id, name): (vote.choice, vote.reason) for each in rounds for name, vote in each.votes.items()
                }
                assert found == self.acknowledged
                assert audit(self.engine, self.key).valid
            self.engine.dispose()
            self.folder.cleanup()

    run_state_machine_as_test(
        Room,
        settings=settings(
            max_examples=50, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_votes_of_many_at_once_are_all_there(evaluations, opened, renewal, database):
    opened(renewal)
    evaluations.open_workshop(renewal, Settings(auto_reveal=True, guests=True))
    names = [f"Guest {number}" for number in range(40)]
    for name in names:
        evaluations.add_evaluator(renewal, name, Discipline.security)
        evaluations.declare(renewal, name)
        evaluations.acting_as(name).enter(renewal, name)
    evaluations.open_round(renewal, ITEMS[0])
    with ThreadPoolExecutor(8) as threads:
        done = [
            threads.submit(evaluations.acting_as(name).vote, renewal, name, 1, Choice(str(number % 5)))
            for number, name in enumerate(names)
        ]
        for each in done:
            each.result()
    (shown,) = Evaluations(Record(open_engine(database)), "Fay").get(renewal).workshops[-1].rounds
    assert shown.revealed_how == "all in"
    assert {name: vote.choice.value for name, vote in shown.votes.items()} == {
        name: str(number % 5) for number, name in enumerate(names)
    }
