"""From filled workbooks to a scorecard, as a user walks it in a browser, cut off from every other computer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import python_calamine
from playwright.sync_api import Page, expect

EVALUATION = "line-3-ot-security-renewal"


def open_page(page: Page, server, path: str) -> None:
    page.goto(f"{server.address}/{path}")
    expect(page.locator("h1")).to_be_visible(timeout=30_000)
    settled(page)


def settled(page: Page) -> None:
    """Wait until Streamlit has nothing left to run."""
    expect(page.locator('[data-testid="stApp"]')).to_have_attribute("data-test-script-state", "notRunning")


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).first.click()
    page.get_by_role("option", name=option).click()
    settled(page)


def press_from(page: Page, key: str, question: str) -> None:
    """Press a key until the page has left a question: Streamlit listens for keys a moment after it has drawn."""
    for _ in range(10):
        page.keyboard.press(key)
        try:
            expect(page.locator("h1")).not_to_contain_text(question, timeout=2_000)
        except AssertionError:
            continue
        return
    raise AssertionError(f"{key} does not lead away from {question}")


def compared(server) -> dict:
    command = [sys.executable, "-m", "ii_vendor", "compare", EVALUATION, "--json"]
    return json.loads(subprocess.run(command, env=server.environment, check=True, capture_output=True).stdout)


def go_to(server, stage: str) -> None:
    command = [sys.executable, "-m", "ii_vendor", "stage", EVALUATION, stage, "--reason", "For this test."]
    subprocess.run(command, env=server.environment, check=True, capture_output=True)


def test_from_workbooks_to_a_downloaded_scorecard(server, page: Page, sample_workbooks: Path, tmp_path: Path):
    open_page(page, server, "evaluations")
    page.get_by_label("Name", exact=True).fill("Boiler house")
    page.get_by_role("button", name="Create the evaluation").click()
    expect(page.get_by_role("heading", name="Boiler house")).to_be_visible()

    page.get_by_role("link", name="Panel").first.click()
    expect(page.get_by_role("heading", name="Panel", exact=True)).to_be_visible()
    settled(page)
    page.get_by_label("Name", exact=True).fill("Ida Lund")
    page.get_by_role("button", name="Add to the panel").click()
    expect(page.locator(".iv-seat", has_text="Ida Lund")).to_be_visible()

    page.get_by_role("link", name="Responses").click()
    expect(page.get_by_role("heading", name="Responses", exact=True)).to_be_visible()
    books = sorted(sample_workbooks.glob("*.xlsx"))
    page.locator('input[type="file"]').set_input_files(books)
    page.get_by_role("button", name=f"Accept all {len(books)} responses").click(timeout=30_000)
    expect(page.get_by_text("39 of 39 answered").first).to_be_visible(timeout=30_000)

    page.get_by_role("link", name="Panel").first.click()
    page.get_by_role("button", name="Open scoring").click()
    page.get_by_test_id("stPopoverBody").get_by_role("button", name="Open scoring").click()
    expect(page.locator(".iv-now")).to_contain_text("Scoring")

    page.get_by_role("link", name="Review").click()
    expect(page.locator("h1")).to_contain_text("Q1")
    choose(page, "You are", "Ida Lund, operations")
    page.get_by_text("I have no conflict of interest").click()
    page.get_by_role("button", name="Declare").click()
    expect(page.locator("h1")).to_contain_text("Q1")
    vendor = page.locator('[class*="st-key-answer_"]').first
    expect(vendor.locator("mark.iv-red").first).to_be_visible()
    form = page.locator('[class*="st-key-rating_"]').first
    form.get_by_role("radio", name="1", exact=True).click()
    form.get_by_label("Reason").fill("It stops after 72 hours.")
    form.get_by_role("button", name="Save the rating").click()
    expect(page.get_by_text("Ida Lund has rated 1 of 156 answers.")).to_be_visible()

    flag = page.locator('[class*="st-key-flag_"]').first
    flag.get_by_role("button", name="Decide").click()
    page.get_by_role("radio", name="confirmed").check(force=True)
    page.get_by_test_id("stPopoverBody").get_by_label("Reason").fill("Said in so many words.")
    page.get_by_role("button", name="Record the decision").click()
    expect(flag.get_by_text("Confirmed", exact=True)).to_be_visible(timeout=30_000)

    page.get_by_role("link", name="Compare").click()
    expect(page.locator(".iv-reject").first).to_be_visible(timeout=30_000)

    page.get_by_role("link", name="Reports").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the scorecard").click()
    saved = tmp_path / "scorecard.xlsx"
    download.value.save_as(saved)
    assert python_calamine.load_workbook(str(saved)).sheet_names[0] == "Summary"
    assert server.refused == []


def test_a_rating_changed_in_the_browser_changes_the_comparison(server, page: Page):
    before = compared(server)
    go_to(server, "scoring")
    open_page(page, server, f"review?evaluation={EVALUATION}&question=L4&person=Amara+Osei")
    form = page.locator('[class*="st-key-rating_halden"]')
    form.get_by_role("radio", name="0", exact=True).click()
    form.get_by_label("Reason").fill("Export was refused on site.")
    form.get_by_role("button", name="Save the rating").click()
    expect(page.get_by_text("Saved:")).to_be_visible()
    go_to(server, "moderation")
    after = compared(server)
    score = {name: found["vendors"][0]["autonomy"]["claimed"] for name, found in (("was", before), ("is", after))}
    assert score["is"] < score["was"]
    open_page(page, server, f"compare?evaluation={EVALUATION}")
    expect(page.locator(".iv-autonomy").first).to_have_text(f"{score['is']:.0f}")


def test_an_empty_installation_started_by_streamlit_offers_the_sample_in_one_click(empty_server, page: Page):
    open_page(page, empty_server, "")
    page.get_by_role("button", name="Load the sample evaluation").click()
    expect(page.locator(".iv-board .iv-row")).to_have_count(5, timeout=60_000)
    expect(page.locator(".iv-vendor").first).to_contain_text("Halden Grid Security")
    assert empty_server.refused == []


def test_back_button_reload_and_shared_address_lead_where_one_expects(server, page: Page):
    open_page(page, server, f"review?evaluation={EVALUATION}&question=Q2")
    page.get_by_role("button", name="Next").click()
    expect(page.locator("h1")).to_contain_text("Q3")
    shared = page.url
    page.get_by_role("link", name="Compare").first.click()
    expect(page.locator("h1")).to_contain_text("Can operations run")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("Q3")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("Q2")
    page.goto(shared)
    expect(page.locator("h1")).to_contain_text("Q3", timeout=30_000)
    page.reload()
    expect(page.locator("h1")).to_contain_text("Q3", timeout=30_000)


def test_the_arrow_keys_go_from_question_to_question(server, page: Page):
    open_page(page, server, f"review?evaluation={EVALUATION}&question=Q1")
    press_from(page, "ArrowRight", "Q1")
    expect(page.locator("h1")).to_contain_text("Q2")
    press_from(page, "ArrowLeft", "Q2")
    expect(page.locator("h1")).to_contain_text("Q1")


def test_a_number_opens_down_to_the_quoted_words(server, page: Page):
    open_page(page, server, f"compare?evaluation={EVALUATION}&vendor=cirrostead-industrial-cloud")
    why = page.locator(".iv-why").first
    expect(why.locator("blockquote").first).to_be_visible()
    page.locator("summary", has_text="Q1").first.click()
    expect(page.locator(".iv-answer mark.iv-red").first).to_be_visible()


@pytest.mark.parametrize(
    "name", ["evaluations", "panel", "responses", "review", "moderation", "compare", "weights", "reports"]
)
def test_no_page_is_wider_than_a_phone(server, page: Page, name: str):
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, server, f"{name}?evaluation={EVALUATION}")
    main = page.get_by_test_id("stMain")
    assert main.evaluate("element => element.scrollWidth - element.clientWidth") <= 0
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_vendors_words_are_shown_as_words_and_fetch_nothing(server, page: Page):
    """The fixture ``page`` fails the test if anything asks another host."""
    go_to(server, "scoring")
    words = "![v](http://203.0.113.9/v.png) *Corp* <img src=http://203.0.113.9/w.png>"
    command = [sys.executable, "-m", "ii_vendor", "vendor", "add", EVALUATION, words]
    subprocess.run(command, env=server.environment, check=True, capture_output=True)
    for name in ("evaluations", "review", "compare", "responses", "weights"):
        open_page(page, server, f"{name}?evaluation={EVALUATION}")
        if name != "responses":
            expect(page.get_by_text("![v](http://203.0.113.9/v.png) *Corp*").first).to_be_attached()


def test_an_address_that_names_no_evaluation_says_so(server, page: Page):
    page.goto(f"{server.address}/compare?evaluation=nope")
    expect(page.get_by_text("There is no evaluation “nope” here.")).to_be_visible(timeout=30_000)


def test_nobody_rates_before_saying_who_they_are(server, page: Page):
    go_to(server, "scoring")
    open_page(page, server, f"review?evaluation={EVALUATION}&question=Q1")
    expect(page.get_by_text("To rate, choose in the bar above who you are.").first).to_be_visible()
    expect(page.get_by_role("button", name="Save the rating")).to_have_count(0)


def test_the_levels_stay_in_view_beside_the_rating(server, page: Page):
    go_to(server, "scoring")
    open_page(page, server, f"review?evaluation={EVALUATION}&question=Q1&person=Amara+Osei")
    page.get_by_role("button", name="Save the rating").first.scroll_into_view_if_needed()
    expect(page.locator(".iv-levels")).to_be_in_viewport(ratio=0.9)


def test_the_browser_itself_is_told_to_fetch_nothing_from_elsewhere(server, page: Page):
    answer = page.goto(server.address)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http:" not in policy.replace("https:", "http:")


def test_what_was_dropped_for_one_evaluation_is_not_offered_to_another(server, page: Page, sample_workbooks: Path):
    command = [sys.executable, "-m", "ii_vendor", "new", "Boiler house", "-q", "six_questions"]
    subprocess.run(command, env=server.environment, check=True, capture_output=True)
    open_page(page, server, f"responses?evaluation={EVALUATION}")
    page.locator('input[type="file"]').set_input_files(sorted(sample_workbooks.glob("*.xlsx")))
    expect(page.get_by_role("button", name="Accept this response")).to_have_count(4, timeout=30_000)
    choose(page, "Evaluation", "Boiler house")
    expect(page.get_by_text("None yet.")).to_be_visible()
    expect(page.get_by_role("button", name="Accept this response")).to_have_count(0)
