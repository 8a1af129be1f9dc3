"""Prices and weights as a panel uses them in a browser, cut off from every other computer."""

from __future__ import annotations

from itertools import combinations

import pytest
from playwright.sync_api import Page, expect

EVALUATION = "line-3-ot-security-renewal"

# Presses the head of a part, and tells how high the part is in each frame of the next 0.8 s, in pixels.
HEIGHTS = """async (part) => {
  const heights = [], frame = () => new Promise(requestAnimationFrame);
  part.querySelector("summary").click();
  for (const end = performance.now() + 800; performance.now() < end; await frame()) {
    heights.push(part.getBoundingClientRect().height);
  }
  return heights;
}"""


def open_page(page: Page, server, path: str) -> None:
    page.goto(f"{server.address}/{path}")
    expect(page.locator("h1")).to_be_visible(timeout=30_000)
    settled(page)


def settled(page: Page) -> None:
    """Wait until Streamlit has nothing left to run."""
    expect(page.locator('[data-testid="stApp"]')).to_have_attribute("data-test-script-state", "notRunning")


def row(page: Page, name: str):
    return page.locator(".iv-table").first.get_by_role("row", name=name)


def test_a_price_is_entered_and_taken_back_and_the_page_follows(server, page: Page):
    open_page(page, server, f"price?evaluation={EVALUATION}")
    expect(row(page, "Halden Grid Security")).to_contain_text("4\N{NO-BREAK SPACE}265")
    page.get_by_text("Enter or change prices").click()
    page.get_by_label("Price of Halden Grid Security").fill("923716")
    page.get_by_label("Price of Kesselbrück Leittechnik").fill("")
    page.get_by_role("button", name="Save the prices").click()
    expect(row(page, "Halden Grid Security")).to_contain_text("10\N{NO-BREAK SPACE}000")
    expect(row(page, "Kesselbrück Leittechnik")).to_contain_text("no price")
    expect(page.get_by_text("Tidelark Systems asks the least per point")).to_be_visible()


def test_what_a_part_holds_is_there_at_once_and_gone_at_once(server, page: Page):
    """A part that grows into view moves what somebody is about to press."""
    open_page(page, server, f"price?evaluation={EVALUATION}")
    part = page.locator("details").filter(has_text="Enter or change prices")
    closed = part.bounding_box()["height"]
    after_opening = part.evaluate(HEIGHTS)
    opened = part.bounding_box()["height"]
    assert opened > closed + 200
    assert set(after_opening) <= {closed, opened}
    assert set(part.evaluate(HEIGHTS)) <= {closed, opened}
    expect(page.get_by_role("button", name="Save the prices")).not_to_be_visible()
    assert part.bounding_box()["height"] == closed


@pytest.mark.parametrize("width", [1920, 1100, 390])
def test_names_in_the_picture_of_prices_never_overlap_and_nothing_leaves_the_screen(server, page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 900})
    open_page(page, server, f"price?evaluation={EVALUATION}")
    names = page.locator(".iv-priced .iv-point > span:visible")
    expect(names).to_have_count(4)
    boxes = [name.bounding_box() for name in names.all()]
    for a, b in combinations(boxes, 2):
        apart = a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
        assert apart or a["y"] + a["height"] <= b["y"] or b["y"] + b["height"] <= a["y"]
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width


def test_one_weighs_alone_then_sees_the_others_and_the_panel_adopts_a_set(server, page: Page):
    open_page(page, server, f"agree_weights?evaluation={EVALUATION}&person=Tom%C3%A1%C5%A1+Vrba")
    expect(page.get_by_text("You see others' weights once you have saved your own.")).to_be_visible()
    expect(page.get_by_role("button", name="Save my weights")).to_be_disabled()
    page.get_by_role("combobox", name="raise first").click()
    page.get_by_role("option", name="Six critical questions").click()
    fields = page.locator('[data-testid="stNumberInput"] input')
    expect(fields).to_have_count(6)
    for number in range(6):
        fields.nth(number).fill("50")
    fields.nth(5).press("Tab")
    expect(page.locator(".iv-shares b").first).to_have_text("25 %")
    page.get_by_role("button", name="Save my weights").click()
    expect(page.get_by_role("heading", name="What each would do")).to_be_visible()
    expect(page.locator(".iv-who")).to_contain_text("Priya Raman")

    settled(page)
    page.get_by_text("Tomáš Vrba", exact=True).last.click()
    page.get_by_label("Why these").fill("Agreed on site.")
    page.get_by_role("button", name="Adopt").click()
    expect(page.get_by_text("The weights of Tomáš Vrba are in force now.")).to_be_visible()
    open_page(page, server, f"weights?evaluation={EVALUATION}")
    expect(page.get_by_text("Six critical questions 25 %")).to_be_visible()
    assert server.refused == []
