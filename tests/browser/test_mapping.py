"""A vendor's own questionnaire, mapped by hand in a browser; the next one like it needs nothing of that."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
from playwright.sync_api import Locator, Page, expect

from ii_vendor.model.response import Response
from ii_vendor.store import Record, open_engine
from tests.browser.conftest import Server
from tests.browser.test_main_path import open_page, settled

EVALUATION = "line-3-ot-security-renewal"
ASKED = [
    (
        "S-1",
        "Can operations function without your infrastructure? What happens in the plant, function by function, when "
        "your services, your staff and every connection out of the plant are unavailable?",
        "Everything goes on. Nothing in the plant waits for us.",
        "Shown in a trial.",
    ),
    ("S-2", "How does the customer take out its data and configuration after the end of the contract?", "As CSV.", ""),
    (
        "S-3",
        "For how long do you not provide security fixes and spare parts for the offered version, and at which price?",
        "No",
        "",
    ),
    ("S-4", "Which documents do technicians of the plant receive, and may they keep them?", "All manuals.", ""),
    ("S-5", "On which hardware does the offered solution run, and where can it be bought?", "Any PC.", "x86"),
    ("S-6", "Do you have a cyber insurance?", "Yes", "Up to ten million."),
    ("S-7", "Where is your head office?", "Rotterdam", ""),
]


def questionnaire(path: Path, answer: str = "") -> Path:
    """A questionnaire with its titles in the fourth row and a column whose title says nothing."""
    book = openpyxl.Workbook()
    about = book.active
    about.title = "Read me"
    about["A1"] = "Please fill in the sheet Questions."
    sheet = book.create_sheet("Questions")
    sheet["A1"] = "Supplier questionnaire 2026"
    for column, title in enumerate(("No.", "Question", "Answer", "Further"), 1):
        sheet.cell(4, column, title)
    for row, (number, question, said, further) in enumerate(ASKED, 5):
        for column, value in enumerate((number, question, answer or said, further), 1):
            sheet.cell(row, column, value or None)
    sheet.row_dimensions[11].hidden = True
    book.save(path)
    return path


def imported(server: Server, vendor: str) -> Response:
    """The last response of a vendor as the record has it."""
    record = Record(open_engine(f"sqlite:///{server.data / 'ii-vendor.db'}"))
    received = record.evaluation(EVALUATION).received(vendor)
    assert received is not None
    return received.response


def row(page: Page, place: str) -> Locator:
    """The box of one question of theirs."""
    return page.locator(f'[class*="st-key-mapping_"][class*="row_"]:has(small:text("{place}"))')


def drop(page: Page, path: Path) -> None:
    page.locator('input[type="file"]').set_input_files(path)


def pick(page: Page, box: Locator, option: str) -> None:
    """Choose in a box that may stand below the screen: a list that is open closes where the page still moves."""
    settled(page)
    box.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box.fill(option.split()[0])
    page.get_by_role("option", name=option).click()
    settled(page)


def accept_for(page: Page, vendor: str) -> None:
    """Say whose response it is, and accept it."""
    pick(page, page.get_by_role("combobox", name="Whose response is this?"), vendor)
    page.get_by_role("button", name="Accept this response").click()
    expect(page.get_by_text(f"{vendor} version 2")).to_be_visible(timeout=30_000)


def test_a_questionnaire_of_somebody_else_is_mapped_by_hand_and_the_next_needs_no_click(
    start_server: Callable[..., Server], page: Page, tmp_path: Path
):
    server = start_server("--port", "8772")
    open_page(page, server, f"responses?evaluation={EVALUATION}")
    drop(page, questionnaire(tmp_path / "own list.xlsx"))
    found = "This is not our response workbook: 7 questions found on 1 sheet, 7 answered"
    expect(page.get_by_text(found)).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Map it to our questions").click()
    expect(page.get_by_text("1 matched to ours, 4 to check, 2 belong to none of ours")).to_be_visible()

    page.get_by_role("radio", name="Sheets and columns").click()
    sheet = page.locator(".iv-sheet")
    expect(sheet.locator("tr", has_text="No.").first).to_contain_text("titles")
    expect(sheet.locator("tr", has_text="Rotterdam")).to_contain_text("hidden")
    sheet.locator("[data-column='4']").click()
    expect(sheet.locator("th", has=page.locator("[data-column='4']"))).to_have_class(re.compile("iv-chosen"))
    settled(page)
    pick(page, page.get_by_role("combobox", name="It holds"), "Comment")
    expect(sheet.locator("th", has=page.locator("[data-column='4']"))).to_contain_text("Comment")

    page.get_by_role("radio", name="Questions").click()
    expect(row(page, "Questions!7")).to_contain_text("Asks the opposite: a yes there is a no here")
    row(page, "Questions!9").get_by_role("button", name="None of ours").click()
    expect(row(page, "Questions!9")).to_have_count(0)
    page.get_by_role("button", name="I have looked at these: accept all 2").click()
    expect(row(page, "Questions!7")).to_have_count(1)
    row(page, "Questions!7").get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Nothing left to check.")).to_be_visible()
    page.get_by_role("radio", name="Matched: 4").click()
    changed = row(page, "Questions!8")
    changed.get_by_role("button", name="Remove").first.click()
    expect(changed).to_have_count(0)
    page.get_by_role("radio", name="None of ours: 4").click()
    pick(page, changed.get_by_role("combobox"), "L6 Self-service")
    expect(changed).to_have_count(0)
    expect(page.get_by_text("4 matched to ours, 0 to check, 3 belong to none of ours")).to_be_visible()

    page.get_by_role("radio", name="Import").click()
    expect(page.get_by_text("Answers 4 of 39 of our questions.")).to_be_visible()
    accept_for(page, "Halden Grid Security")
    response = imported(server, "halden-grid-security")
    answers = {answer.question: answer for answer in response.answers if answer.answered}
    assert list(answers) == ["Q1", "L4", "L6", "L8"]
    assert [(cell.text, cell.address) for cell in answers["Q1"].cells] == [
        (ASKED[0][2], "Questions!C5"),
        (ASKED[0][3], "Questions!D5"),
    ]
    assert "asks the opposite" in answers["L8"].cells[0].row
    assert [each.answer for each in response.attachments] == ["Any PC.", "Yes", "Rotterdam"]
    assert response.carried is not None
    assert response.carried.confirmed_by

    drop(page, questionnaire(tmp_path / "second list.xlsx", answer="As we said before."))
    expect(page.get_by_text("answered 4 of 39 questions")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="Map it to our questions")).to_have_count(0)
    accept_for(page, "Tidelark Systems")
    again = imported(server, "tidelark-systems")
    assert [answer.question for answer in again.answers if answer.answered] == list(answers)
    assert again.carried is not None
    assert again.carried.reused
    assert server.refused == []
