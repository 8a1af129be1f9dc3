"""An assignment out and back on the command line."""

from __future__ import annotations

import json

import pytest

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.panel import Discipline
from ii_vendor.model.seat import Stage
from ii_vendor.store import Record, open_engine
from tests.evaluations.offline_books import edit, rating


@pytest.fixture
def service(tmp_path, content, response_of):
    """What the commands work on: an evaluation in the stage scoring, in which Amara and Ben rate Alder."""
    (tmp_path / "data").mkdir()
    made = Evaluations(Record(open_engine(f"sqlite:///{tmp_path / 'data' / 'ii-vendor.db'}")), "Amara")
    key = made.create("Renewal", content).id
    for name in ("Amara", "Ben"):
        made.add_evaluator(key, name, Discipline.operations)
    made.acting_as("somebody").accept_response(key, response_of("Alder"), b"alder")
    made.declare(key, "Amara")
    made.go_to(key, Stage.scoring)
    return made


@pytest.fixture
def book(service, ran, tmp_path):
    """Amara's assignment with two ratings typed into it."""
    path = tmp_path / "amara.xlsx"
    assert service.get("renewal").ratings == {}
    assert ran("assignment", "export", "renewal", "--person", "Amara", "-o", path) == (
        0,
        f"Wrote {path}: 5 answers to rate\n",
        "",
    )
    return edit(path, rating("Alder", "Q1", 1, "Needs the link."), rating("Alder", "Q2", 3, "At the edge."))


def levels(service):
    return {pair[1]: each.level for pair, each in service.get("renewal").ratings.items()}


def test_what_is_new_is_listed_and_saved(service, ran, book):
    code, out, err = ran("assignment", "import", "renewal", book, "--person", "Amara")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "amara.xlsx, assignment of Amara: 2 new, 3 the same or not rated.",
        "new: Alder, Q1 (Ratings, row 6)",
        "  in the file: 1, claim: Needs the link.",
        "new: Alder, Q2 (Ratings, row 7)",
        "  in the file: 3, claim: At the edge.",
        "Saved 2 ratings.",
    ]
    assert levels(service) == {"Q1": 1, "Q2": 3}
    code, out, _ = ran("assignment", "import", "renewal", book, "--person", "Amara")
    assert out.splitlines()[-1] == "Nothing had to be saved."


def test_a_dry_run_lists_and_saves_nothing(service, ran, book):
    code, out, err = ran("assignment", "import", "renewal", book, "--person", "Amara", "--dry-run")
    assert (code, err) == (0, "")
    assert "new: Alder, Q1" in out
    assert levels(service) == {}


@pytest.mark.parametrize(("take", "level"), [("file", 1), ("recorded", 4)])
def test_a_conflict_needs_a_choice_before_anything_is_saved(service, ran, book, take, level):
    service.rate("renewal", "Amara", "alder", "Q1", 4, reason="Online.")
    code, out, err = ran("assignment", "import", "renewal", book, "--person", "Amara")
    assert code == 2
    assert "in conflict: Alder, Q1 (Ratings, row 6)" in out
    assert "  recorded: 4, claim: Online. (Amara, " in out
    assert err.startswith("Nothing was saved: 1 row is in conflict with what is recorded.")
    assert levels(service) == {"Q1": 4}
    assert ran("assignment", "import", "renewal", book, "--person", "Amara", "--take", take)[0] == 0
    assert levels(service) == {"Q1": level, "Q2": 3}


def test_rows_that_cannot_be_used_end_with_exit_code_2_and_the_rest_is_saved(service, ran, book):
    edit(book, rating("Alder", "L2", "good"))
    code, out, err = ran("assignment", "import", "renewal", book, "--person", "Amara")
    assert code == 2
    assert "Saved 2 ratings." in out
    assert err == "Left out: Alder, L2: Ratings!H9: “good” is no level. Write 0, 1, 2, 3, 4 or n/a.\n"
    assert levels(service) == {"Q1": 1, "Q2": 3}


def test_json_has_every_row_with_its_cells_and_what_was_saved(service, ran, book):
    service.rate("renewal", "Amara", "alder", "Q1", 4, reason="Online.")
    code, out, _ = ran("assignment", "import", "renewal", book, "--person", "Amara", "--take", "file", "--json")
    said = json.loads(out)
    assert code == 0
    assert said["counts"]["in conflict"] == 1
    first = said["rows"][0]
    assert (first["vendor"], first["question"], first["state"]) == ("alder", "Q1", "in conflict")
    assert first["cells"]["level"] == "H6"
    assert (first["file"]["level"], first["recorded"]["level"]) == ("1", "4")
    assert said["saved"] == [{"vendor": "alder", "question": "Q1"}, {"vendor": "alder", "question": "Q2"}]


def test_json_says_that_nothing_was_saved_where_a_choice_is_missing(service, ran, book):
    service.rate("renewal", "Amara", "alder", "Q1", 4, reason="Online.")
    code, out, err = ran("assignment", "import", "renewal", book, "--person", "Amara", "--json")
    assert (code, json.loads(out)["saved"]) == (2, [])
    assert "--take file" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("import", "renewal", "{book}", "--person", "Ben"), "is the assignment of Amara, and not of Ben"),
        (("import", "renewal", "{book}", "--person", "Amara", "--take", "mine"), "There is no choice 'mine'"),
        (("import", "renewal", "nowhere.xlsx", "--person", "Amara"), "The file could not be opened"),
        (("export", "renewal", "--person", "Amara", "-o", "amara.csv"), "Use a name that ends in .xlsx."),
        (("export", "renewal", "--person", "Eve", "-o", "eve.xlsx"), "Eve is not on the panel."),
        (("export", "renewal", "--person", "Ben", "-o", "ben.xlsx"), "There is nothing for Ben to rate yet."),
    ],
    ids=str,
)
@pytest.mark.usefixtures("service")
def test_what_is_refused_is_said_in_a_sentence(ran, book, arguments, message):
    code, _, err = ran("assignment", *(str(book) if each == "{book}" else each for each in arguments))
    assert code == 2
    assert message in err
