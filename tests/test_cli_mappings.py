"""Workbooks in other layouts on the command line: refused with what to do, accepted by a mapping that was confirmed."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import openpyxl
import pytest

from ii_vendor.evaluations import Evaluations
from ii_vendor.intake import ForeignIntake, Known, read_responses
from ii_vendor.library import load_library
from ii_vendor.store import Record, open_engine

ASKED = {
    "S-1": "Q1",
    "S-2": "How does the customer take out its data and configuration after the end of the contract?",
    "S-3": "Do you have a cyber insurance?",
}


@pytest.fixture
def service(tmp_path: Path) -> Evaluations:
    (tmp_path / "data").mkdir(exist_ok=True)
    return Evaluations(Record(open_engine(f"sqlite:///{tmp_path / 'data' / 'ii-vendor.db'}")), "Amara")


@pytest.fixture
def line_3(service: Evaluations) -> str:
    key = service.create("Line 3", load_library().content()).id
    service.add_vendor(key, "Halden")
    return key


def own_list(path: Path, *answers: str, more: str = "") -> Path:
    """A vendor's own list with these answers, and one more question where there is one."""
    questions = load_library().content().questions
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Questions"
    sheet.append(["No.", "Question", "Answer"])
    for (number, asked), answer in zip(ASKED.items(), answers, strict=True):
        sheet.append([number, questions[asked].text if asked in questions else asked, answer])
    if more:
        sheet.append(["S-4", more, "Yes"])
    book.save(path)
    return path


@pytest.fixture
def confirmed(service: Evaluations, tmp_path: Path) -> str:
    """The id of a mapping that Amara confirmed."""
    content = load_library().content()
    path = own_list(tmp_path / "first.xlsx", "Everything goes on.", "As CSV.", "Yes")
    (intake,) = read_responses([path], content.questionnaires, content.questionnaire_hash, known=Known())
    assert isinstance(intake, ForeignIntake)
    draft = intake.draft
    mapping = draft.confirming([each.row.key for each in draft.standing if each.state == "check"]).confirmed()
    service.keep_mapping(mapping)
    return mapping.key


def test_a_workbook_in_another_layout_is_refused_with_what_to_do(ran, line_3, tmp_path):
    path = own_list(tmp_path / "own.xlsx", "Everything goes on.", "As CSV.", "Yes")
    code, out, err = ran("import", line_3, path, "--vendor", "Halden")
    assert (code, out) == (2, "")
    assert "This is not our response workbook: 3 questions found on 1 sheet, 3 answered." in err
    assert "Drop the file on the page Responses and say there which of our questions it answers." in err


@pytest.mark.usefixtures("confirmed")
def test_it_is_accepted_where_a_confirmed_mapping_settles_all_of_it(ran, line_3, service, tmp_path):
    path = own_list(tmp_path / "second.xlsx", "All goes on.", "As XML.", "No")
    code, out, err = ran("import", line_3, path, "--vendor", "Halden", "--json")
    assert code == 0, err
    assert json.loads(out)[0]["accepted"]
    response = service.get(line_3).received("halden").response
    assert [cell.text for cell in response.answer("Q1").cells] == ["All goes on."]
    assert [cell.text for cell in response.answer("L4").cells] == ["As XML."]
    assert [(each.place, each.answer) for each in response.attachments] == [("Questions!4", "No")]
    assert (response.carried.confirmed_by, response.carried.reused) == ("Amara", True)


def test_with_a_mapping_named_the_rest_stays_beside(ran, line_3, confirmed, service, tmp_path):
    asks_more = "Which tasks can our own staff carry out, and which need your staff or your partners?"
    path = own_list(tmp_path / "third.xlsx", "All goes on.", "As XML.", "No", more=asks_more)
    assert ran("import", line_3, path, "--vendor", "Halden")[0] == 2
    assert ran("import", line_3, path, "--vendor", "Halden", "--mapping", confirmed)[0] == 0
    response = service.get(line_3).received("halden").response
    assert [each.id for each in response.attachments] == ["S-3", "S-4"]
    code, _, err = ran("import", line_3, path, "--mapping", "nosuch")
    assert (code, err) == (2, "There is no saved mapping 'nosuch'. 'ii-vendor mappings list' shows those there are.\n")


def test_mappings_are_listed_and_removed(ran, confirmed):
    code, out, _ = ran("mappings", "list")
    assert code == 0
    assert out.startswith(f"{confirmed}  first.xlsx. 2 of its 3 questions matched to ours. Confirmed by Amara on ")
    (listed,) = json.loads(ran("mappings", "list", "--json")[1])
    assert (listed["id"], listed["by"]) == (confirmed, "Amara")
    assert ran("mappings", "remove", confirmed) == (0, f"Removed {confirmed}.\n", "")
    code, _, err = ran("mappings", "remove", confirmed)
    assert (code, "There is no saved mapping" in err) == (2, True)
    assert "No mapping was saved yet" in ran("mappings", "list")[1]


@pytest.mark.usefixtures("line_3")
def test_the_commands_in_the_readme_run(ran, confirmed, service, tmp_path):
    own_list(tmp_path / "halden.xlsx", "All goes on.", "As XML.", "No", more="Where is your head office?")
    own_list(tmp_path / "hecvat.xlsx", "All goes on.", "As XML.", "No")
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    block = re.search(r"```\n(ii-vendor crosswalk .*?)```", readme, re.S)
    assert block
    for line in block[1].replace("3f2a9c01b7de", confirmed).strip().splitlines():
        words = [tmp_path / word if word.endswith(".xlsx") else word for word in shlex.split(line, comments=True)[1:]]
        code, _, err = ran(*words)
        assert code == 0, f"{line}: {err}"
    assert service.get("line-3").received("halden").response.answer("Q1").answered
    assert service.mappings() == ()
