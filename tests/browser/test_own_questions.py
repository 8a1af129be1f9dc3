"""A team's own list in a real browser: dropped, kept as a draft, judged question by question, and asked."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ii_vendor.evaluations import Evaluations
from ii_vendor.store import Record, open_engine

ROWS = (
    ("No.", "Section", "Question", "Guidance"),
    ("1.1", "Access", "Do you offer a personal account for everybody who works on the system?", "Say how."),
    ("1.10", "Access", "Can remote access be ended by plant staff at any time, without your help?", ""),
    ("2.1", "Updates", "Are updates tested on a copy of our system before they reach the plant?", "Name the steps."),
)


@pytest.fixture
def question_list(tmp_path: Path) -> Path:
    """Three questions as a CSV file."""
    path = tmp_path / "our list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(ROWS)
    return path


def settled(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=30_000)


def test_a_list_is_dropped_judged_question_by_question_and_asked(empty_server, page: Page, question_list: Path):
    page.goto(f"{empty_server.address}/questionnaires")
    expect(page.get_by_role("heading", name="New from your own list")).to_be_visible(timeout=30_000)
    page.locator('input[type="file"]').last.set_input_files(question_list)
    expect(page.get_by_text("3 questions found, in 2 sections. 3 ids had to be made or changed.")).to_be_visible(
        timeout=30_000
    )
    page.get_by_label("What it is called").fill("Plant security")
    page.get_by_label("What it is called").press("Tab")
    expect(page.get_by_label("Ids that need a beginning")).to_have_value("PS-")
    settled(page)
    page.get_by_role("button", name="Keep 3 as a draft").click()
    expect(page.get_by_role("heading", name="PS-1.1", exact=False)).to_be_visible(timeout=30_000)

    page.get_by_role("button", name="Fill the form with it").click()
    expect(page.get_by_text("Nothing of this start is saved yet.")).to_be_visible()
    settled(page)
    page.get_by_label("Why it matters").fill("Nobody shares an account here.")
    page.get_by_role("button", name="Save, and on to the next without a rubric").click()
    expect(page.get_by_role("heading", name="PS-1.10", exact=False)).to_be_visible()
    expect(page.get_by_text("2 of 3 questions have no whole rubric yet")).to_be_visible()
    settled(page)

    for field, words in {"Level 0, worst": "Only the vendor ends it.", "Why it matters": "It is our door."}.items():
        page.get_by_label(field).fill(words)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Still missing: levels 1, 2, 3 and 4, a red flag")).to_be_visible()
    settled(page)
    page.reload()
    expect(page.get_by_label("Level 0, worst")).to_have_value("Only the vendor ends it.", timeout=30_000)

    for key in ("PS-1.10", "PS-2.1"):
        expect(page.get_by_role("heading", name=key, exact=False)).to_be_visible(timeout=30_000)
        settled(page)
        page.get_by_role("button", name="Fill the form with it").click()
        expect(page.get_by_text("Nothing of this start is saved yet.")).to_be_visible()
        settled(page)
        page.get_by_role("button", name="Save", exact=False).last.click()
    expect(page.get_by_text("It can be asked")).to_be_visible()
    settled(page)

    page.get_by_role("link", name="Ask it: create an evaluation").click()
    expect(page.get_by_role("heading", name="New evaluation")).to_be_visible(timeout=30_000)
    settled(page)
    page.get_by_label("Name", exact=True).fill("Line 4")
    page.get_by_role("combobox", name="Questionnaires").click()
    page.get_by_role("option", name="Plant security (3, your own)").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Create the evaluation").click()
    expect(page.get_by_text("42 questions")).to_be_visible(timeout=30_000)
    assert empty_server.refused == []


def test_on_a_phone_nothing_leaves_the_screen(empty_server, page: Page, question_list: Path):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{empty_server.address}/questionnaires")
    expect(page.get_by_role("heading", name="New from your own list")).to_be_visible(timeout=30_000)
    page.locator('input[type="file"]').last.set_input_files(question_list)
    keep = page.get_by_role("button", name="Keep 3 as a draft")
    expect(keep).to_be_visible(timeout=30_000)
    settled(page)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    keep.click()
    expect(page.get_by_role("button", name="Fill the form with it")).to_be_visible(timeout=30_000)
    settled(page)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390


def test_a_seat_of_the_panel_prepares_no_questionnaires(start_server, page: Page):
    server = start_server("--lan", "--port", "8740")
    service = Evaluations(Record(open_engine(f"sqlite:///{server.data / 'ii-vendor.db'}")), "somebody")
    evaluation = service.listing()[0].id
    page.goto(f"{server.address}/seat/{service.issue_link(evaluation, 'Amara Osei')}")
    page.get_by_role("button", name="Take this seat").click()
    expect(page.get_by_test_id("stApp")).to_be_visible(timeout=30_000)
    page.goto(f"{server.address}/questionnaires?evaluation={evaluation}")
    expect(page.get_by_text("The facilitator prepares what vendors are asked")).to_be_visible(timeout=30_000)
    settled(page)
    expect(page.locator('input[type="file"]')).to_have_count(0)
