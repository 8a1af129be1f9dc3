"""A member of the panel takes the assignment along, rates in a workbook, and brings it back in the browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ii_vendor.evaluations import Evaluations
from ii_vendor.store import Record, open_engine
from tests.browser.test_main_path import EVALUATION, go_to, open_page, settled
from tests.browser.test_seats import service as service_of
from tests.browser.test_seats import take_seat
from tests.evaluations.offline_books import edit, rating

AMARA = "Amara Osei"
HALDEN, TIDELARK = "halden-grid-security", "tidelark-systems"


@pytest.fixture
def stored(start_server):
    """The app while ratings are given, and what its database holds."""
    server = start_server("--port", "8774")
    go_to(server, "scoring")
    return server, Evaluations(Record(open_engine(f"sqlite:///{server.data / 'ii-vendor.db'}")), AMARA)


def open_offline(page: Page, server) -> None:
    open_page(page, server, f"review?evaluation={EVALUATION}&person=Amara+Osei")
    page.get_by_text("Work offline", exact=True).click()


def download(page: Page, folder: Path) -> Path:
    with page.expect_download() as started:
        page.get_by_role("button", name="Download my assignment").click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def bring_back(page: Page, path: Path) -> None:
    page.locator('[class*="st-key-offline_file"] input[type="file"]').set_input_files(path)


def level(service: Evaluations, vendor: str, question: str) -> int | None:
    return service.get(EVALUATION).ratings[vendor, question, AMARA].level


def test_an_assignment_goes_out_and_its_conflicts_are_chosen_row_by_row(stored, page: Page, tmp_path: Path):
    server, service = stored
    open_offline(page, server)
    path = download(page, tmp_path)
    edits = [
        rating(name, question, 1, f"Offline: {question}.", quote="")
        for name, question in (
            ("Halden Grid Security", "Q1"),
            ("Halden Grid Security", "Q2"),
            ("Tidelark Systems", "Q1"),
        )
    ]
    edit(path, *edits, rating("Tidelark Systems", "Q2", "very good"))
    for vendor in (HALDEN, TIDELARK):
        service.rate(EVALUATION, AMARA, vendor, "Q1", 2, reason="Online meanwhile.")
    bring_back(page, path)
    expect(page.get_by_text("2 in conflict, 1 not usable, 1 changed")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("“very good” is no level.")).to_be_visible()
    save = page.get_by_role("button", name="Save 1 rating", exact=True)
    expect(save).to_be_disabled()
    for name, choice in (("Halden Grid Security", "What the file says"), ("Tidelark Systems", "What is recorded")):
        page.get_by_role("radiogroup", name=f"What is to stand for {name}, Q1?").get_by_role(
            "radio", name=choice
        ).click()
        settled(page)
    page.get_by_role("button", name="Save 2 ratings").click()
    expect(page.get_by_text("Saved 2 ratings.")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("These rows were not saved:")).to_be_visible()
    assert [level(service, HALDEN, "Q1"), level(service, HALDEN, "Q2"), level(service, TIDELARK, "Q1")] == [1, 1, 2]
    assert service.get(EVALUATION).ratings[HALDEN, "Q1", AMARA].reason == "Offline: Q1."


def test_a_file_that_is_no_assignment_is_refused_in_words(stored, page: Page, sample_workbooks: Path):
    server, _ = stored
    open_offline(page, server)
    bring_back(page, next(iter(sample_workbooks.glob("*.xlsx"))))
    expect(page.get_by_text("This workbook is no assignment")).to_be_visible(timeout=30_000)


def test_the_holder_of_a_link_takes_the_assignment_along_under_letters(start_server, page: Page, tmp_path: Path):
    server = start_server("--lan", "--port", "8774")
    go_to(server, "scoring")
    service_of(server).mask_names(EVALUATION, True)
    take_seat(page, server, AMARA)
    open_page(page, server, f"review?evaluation={EVALUATION}")
    page.get_by_text("Work offline", exact=True).click()
    path = download(page, tmp_path)
    bring_back(page, edit(path, rating("Vendor A", "Q1", 1, "Offline.", quote=None)))
    expect(page.get_by_text(": 1 changed, 155 the same or not rated.")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Save 1 rating", exact=True).click()
    expect(page.get_by_text("Saved 1 rating.")).to_be_visible(timeout=30_000)


def test_whoever_has_no_seat_is_offered_no_assignment(stored, page: Page):
    server, _ = stored
    open_page(page, server, f"review?evaluation={EVALUATION}")
    expect(page.get_by_text("Work offline", exact=True)).to_have_count(0)
