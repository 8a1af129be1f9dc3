"""A team's own question list, from the workbook it lies in to the scorecard, without a screen."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest

from ii_vendor.evaluations import Evaluations
from ii_vendor.intake import write_template
from ii_vendor.library import load_library
from ii_vendor.library.own_files import keep_question
from ii_vendor.model.own import RubricDraft
from ii_vendor.model.response import Answer, Cell
from ii_vendor.store import Record, open_engine

Ran = Callable[..., tuple[int, str, str]]

HEADER = ("No.", "Question", "What we expect", "Yes", "No", "Comment")
LIST = (
    ("Access",),
    ("1.1", "Do you offer a personal account for everybody who works on the system?", "Say how they are managed."),
    ("1.10", "Can remote access be ended by plant staff at any time, without your help?", ""),
    ("Updates",),
    ("2.1", "Are updates tested on a copy of our system before they are released to the plant?", "Name the steps."),
    ("Q1", "Who owns the data that is recorded in the plant, and who may read it?", ""),
)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A list as somebody keeps it: a title above, sections in between, options side by side, and a sheet of notes."""
    return write_list(tmp_path / "our list.xlsx", LIST)


def write_list(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Questions"
    sheet.append(["Security questions for vendors"])
    sheet.append([])
    sheet.append(HEADER)
    for row in rows:
        sheet.append(row)
    notes = book.create_sheet("Instructions")
    notes.append(["Please fill in the sheet Questions and send it back by the end of the month."])
    book.save(path)
    return path


def fill_in(name: str) -> None:
    """Give every question of the list the rubric of Q1."""
    shelf = load_library()
    for key, question in shelf.own.questionnaires[name].questions.items():
        rubric = RubricDraft.like(shelf.rubrics["Q1"], key)
        own = shelf.with_own(shelf.own.folder).own.questionnaires[name]
        keep_question(shelf, name, question, rubric, seen=(question, own.rubric(key)))


def test_a_list_becomes_a_draft_and_every_change_is_told(ran: Ran, workbook: Path, tmp_path: Path):
    code, out, err = ran("questionnaire", "import", workbook, "--title", "Plant security")
    assert code == 0, err
    assert "Made “Plant security” (plant_security): 4 questions in 2 sections." in out
    assert "PS-1.10, as an id begins with a letter." in err
    assert "PS-Q1, as “Six critical questions” has Q1 already." in err
    assert "Instructions" in err
    own = load_library().own.questionnaires["plant_security"]
    sections = {each.title: [q.id for q in each.questions] for each in own.questionnaire.sections}
    assert sections == {"Access": ["PS-1.1", "PS-1.10"], "Updates": ["PS-2.1", "PS-Q1"]}
    assert own.questions["PS-1.1"].guidance == "Say how they are managed."
    assert own.questions["PS-2.1"].options == ("Yes", "No")
    text = (tmp_path / "data" / "questionnaires" / "plant_security.yaml").read_text("utf-8")
    assert "# Made from our list.xlsx on " in text
    assert "Q1 is PS-Q1" in text


def test_a_list_that_has_no_room_for_answers_is_no_reason_to_worry(ran: Ran, tmp_path: Path):
    path = tmp_path / "liste.csv"
    words = "Nr.;Frage\nA-1;Können unsere Leute den Zugriff beenden?\nA-2;Wie lange gibt es Ersatzteile?\n"
    path.write_bytes(words.encode("cp1252"))
    code, out, err = ran("questionnaire", "import", path, "--title", "Werk")
    assert (code, err) == (0, "")
    assert "Made “Werk” (werk): 2 questions in 1 section." in out


def test_the_list_and_the_check_say_how_far_it_is(ran: Ran, workbook: Path):
    ran("questionnaire", "import", workbook, "--title", "Plant security", "--id", "mine", "--prefix", "X.")
    assert (
        "mine\tPlant security\t4 questions\tyour own: 4 of 4 questions have no whole rubric yet"
        in ran("questionnaire", "list")[1]
    )
    told = {each["id"]: each for each in json.loads(ran("questionnaire", "list", "--json")[1])}
    assert told["mine"]["without_rubric"] == ["X.1.1", "X.1.10", "X.2.1", "X.Q1"]
    assert told["six_questions"]["ready"] is True
    code, out, _ = ran("content", "check")
    assert (code, "“Plant security”, your own: 4 of 4 questions have no whole rubric yet." in out) == (0, True)
    code, _, err = ran("new", "Line 4", "-q", "mine")
    assert (code, "mine: it cannot be asked yet: 4 of 4 questions have no whole rubric yet." in err) == (2, True)


def test_a_mistake_in_an_own_file_fails_the_check_with_its_place(ran: Ran, workbook: Path, tmp_path: Path):
    ran("questionnaire", "import", workbook, "--title", "Plant security")
    path = tmp_path / "data" / "scoring" / "rubrics" / "plant_security.yaml"
    path.write_text(path.read_text("utf-8").replace("verify:", "verfy:", 1), "utf-8")
    code, _, err = ran("content", "check")
    assert code == 2
    assert f"{path}:" in err
    assert "verfy: nobody knows this key" in err
    assert ran("new", "Line 4", "-q", "lock_in")[0] == 0


def test_the_same_list_again_never_writes_over_the_first(ran: Ran, workbook: Path, tmp_path: Path):
    ran("questionnaire", "import", workbook, "--title", "Plant security")
    before = {path: path.read_bytes() for path in (tmp_path / "data").rglob("*.yaml")}
    code, out, _ = ran("questionnaire", "import", workbook, "--title", "Plant security")
    assert (code, "(plant_security_2): 4 questions" in out) == (0, True)
    assert load_library().own.mistakes == ()
    assert {path: path.read_bytes() for path in before} == before
    code, _, err = ran("questionnaire", "import", workbook, "--title", "Plant", "--id", "plant_security")
    assert (code, "There is a questionnaire 'plant_security' already" in err) == (2, True)


@pytest.mark.parametrize("body", [b"", b"no workbook at all"])
def test_a_file_that_is_no_workbook_is_refused_by_name(ran: Ran, tmp_path: Path, body: bytes):
    path = tmp_path / "list.xlsx"
    path.write_bytes(body)
    code, out, err = ran("questionnaire", "import", path, "--title", "Plant security")
    assert (code, out) == (2, "")
    assert err.startswith(f"{path}: ")
    assert not (tmp_path / "data" / "questionnaires").exists()


def test_a_workbook_without_questions_is_refused(ran: Ran, tmp_path: Path):
    book = openpyxl.Workbook()
    path = tmp_path / "empty.xlsx"
    book.save(path)
    code, out, err = ran("questionnaire", "import", path, "--title", "Plant security")
    assert (code, out) == (2, "")
    assert "no question was found, so nothing was written" in err


def test_with_a_content_folder_it_lies_there(ran: Ran, workbook: Path, content_copy: Path):
    code, out, err = ran("questionnaire", "import", workbook, "--title", "Plant security", "--content", content_copy)
    assert code == 0, err
    assert str(content_copy / "scoring" / "rubrics" / "plant_security.yaml") in out
    assert ran("content", "check", "--content", content_copy)[0] == 0
    assert "plant_security" not in ran("questionnaire", "list")[1]


@pytest.fixture
def content_copy(tmp_path: Path) -> Path:
    """A copy of the shipped content."""
    import shutil

    from ii_vendor.library import shipped_folder

    for folder in ("questionnaires", "scoring"):
        shutil.copytree(shipped_folder() / folder, tmp_path / "content" / folder)
    return tmp_path / "content"


def test_from_the_list_to_the_scorecard(ran: Ran, workbook: Path, tmp_path: Path):
    ran("questionnaire", "import", workbook, "--title", "Plant security")
    fill_in("plant_security")
    code, out, err = ran("new", "Line 4", "-q", "plant_security")
    assert (code, out.strip()) == (0, "line-4"), err
    content = evaluation_content("line-4")
    words = "We have looked at this with great care."
    answers = {
        key: Answer(question=key, choice="Yes", cells=(Cell(text=words),)) for key in ("PS-1.1", "PS-1.10", "PS-2.1")
    }
    filled = tmp_path / "halden.xlsx"
    write_template(
        content.questionnaires,
        content.questionnaire_hash,
        filled,
        title="Line 4",
        vendor="Halden Grid",
        prefill=answers,
    )
    code, out, err = ran("import", "line-4", filled, "--json")
    assert code == 0, err
    imported = json.loads(out)[0]
    assert (imported["accepted"], imported["findings"]) == (True, 0)
    ran("evaluator", "add", "line-4", "Amara Osei", "--discipline", "operations")
    ran("declare", "line-4", "Amara Osei")
    ran("stage", "line-4", "scoring")
    for key in ("PS-1.1", "PS-1.10", "PS-2.1"):
        code, _, err = ran(
            "rate", "line-4", "halden-grid", key, "3", "--by", "Amara Osei", "--reason", "Seen", "--grade", "trial"
        )
        assert code == 0, err
    ran("stage", "line-4", "moderation", "--reason", "All rated")
    card = json.loads(ran("compare", "line-4", "--json")[1])["vendors"][0]
    # Two sections of two questions weigh the same; PS-Q1 was left unanswered, which is level 0.
    assert card["autonomy"]["claimed"] == pytest.approx(100 * 0.75 * 0.75)
    assert set(card["autonomy"]["sections"]) == {"access", "updates"}
    scorecard = tmp_path / "scorecard.xlsx"
    assert ran("export", "line-4", "--to", scorecard)[0] == 0
    text = " ".join(
        str(cell) for sheet in openpyxl.load_workbook(scorecard) for row in sheet.values for cell in row if cell
    )
    assert words in text
    assert "Nothing recognised" in text


def evaluation_content(name: str):
    service = Evaluations(Record(open_engine()), "somebody")
    return service.content(service.get(name))
