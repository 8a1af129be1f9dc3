"""Whatever is rated in the file and online meanwhile: nothing is lost, and nothing is overwritten without a choice."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.offline import Take
from ii_vendor.model.panel import Discipline
from ii_vendor.model.seat import Stage
from ii_vendor.store import Record, open_engine
from tests.evaluations.offline_books import edit, export, rating
from tests.evaluations.offline_books import read as read_back

PAIRS = [(vendor, question) for question in ("Q1", "Q2", "L1") for vendor in ("alder", "birch")]
LEVEL = st.sampled_from([0, 1, 2, 3, 4, None])
RATED = st.dictionaries(st.sampled_from(PAIRS), LEVEL)
SHOWN = {None: "n/a"}


def rate_online(service: Evaluations, key: str, levels: dict[tuple[str, str], int | None]) -> None:
    for (vendor, question), level in levels.items():
        service.rate(key, "Amara", vendor, question, level, reason=f"level {level}")


def recorded(service: Evaluations, key: str) -> dict[tuple[str, str], int | None]:
    return {pair[:2]: each.level for pair, each in service.get(key).ratings.items()}


@pytest.fixture(scope="module")
def small(content: Any, response_of: Any) -> Any:
    def make(folder: Path) -> tuple[Evaluations, str]:
        service = Evaluations(Record(open_engine(f"sqlite:///{folder / 'record.db'}")), "Amara")
        key = service.create("Renewal", content).id
        service.add_evaluator(key, "Amara", Discipline.operations)
        for name in ("Alder", "Birch"):
            service.acting_as("somebody").accept_response(key, response_of(name), name.lower().encode())
        service.declare(key, "Amara")
        service.go_to(key, Stage.scoring)
        return service, key

    return make


@settings(max_examples=25, deadline=None)
@given(
    before=RATED, offline=RATED, online=RATED, choices=st.dictionaries(st.sampled_from(PAIRS), st.sampled_from(Take))
)
def test_every_answer_ends_as_its_rater_last_said(
    small: Any,
    before: dict[tuple[str, str], int | None],
    offline: dict[tuple[str, str], int | None],
    online: dict[tuple[str, str], int | None],
    choices: dict[tuple[str, str], Take],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        service, key = small(Path(folder))
        rate_online(service, key, before)
        path = export(service, key, "Amara", Path(folder) / "amara.xlsx")
        edits = [
            rating(vendor.title(), question, SHOWN.get(level, level), f"level {level}", grade="claim")
            for (vendor, question), level in offline.items()
        ]
        file = read_back(edit(path, *edits))
        rate_online(service, key, online)
        stands, history = recorded(service, key), service.history(service.get(key))

        found = service.compare_assignment(key, "Amara", file)
        taken = service.take_assignment(key, "Amara", file, seen=found.sequence, take=choices)

        touched = {pair: level for pair, level in offline.items() if (pair, level) not in before.items()}
        conflicts = {pair for pair in touched if pair in online and online[pair] != touched[pair]}
        assert {row.pair for row in found.conflicts} == conflicts
        wanted = {
            pair: level for pair, level in touched.items() if pair not in conflicts or choices.get(pair) is Take.file
        }
        assert recorded(service, key) == stands | wanted
        assert {(each.vendor, each.question) for each in taken.left} == conflicts - choices.keys()
        after = service.history(service.get(key))
        assert after[: len(history)] == history
        assert len(after) - len(history) == len(taken.saved)

        again = service.take_assignment(key, "Amara", file, seen=service.get(key).sequence)
        assert again.saved == ()
        assert recorded(service, key) == stands | wanted
