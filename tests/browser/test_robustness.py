"""How firm the result is, as a panel uses it in a browser, cut off from every other computer."""

from __future__ import annotations

import csv
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

EVALUATION = "line-3-ot-security-renewal"
VIEWS = ["Who leads", "What would change it", "Weights", "The panel", "How this is computed"]


def open_page(page: Page, server, path: str) -> None:
    page.goto(f"{server.address}/{path}")
    expect(page.locator("h1")).to_be_visible(timeout=30_000)
    settled(page)


def settled(page: Page) -> None:
    """Wait until Streamlit has nothing left to run."""
    expect(page.locator('[data-testid="stApp"]')).to_have_attribute("data-test-script-state", "notRunning")


def chart(page: Page, name: str):
    return page.locator(f".st-key-chart_{name}")


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser itself finds wrong: refused by the policy, or broken."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text) if "Security Policy" in message.text else None)
    return said


def test_the_headline_leads_and_every_part_is_one_click_away(server, page: Page, complaints: list[str]):
    open_page(page, server, f"robustness?evaluation={EVALUATION}")
    expect(page.locator(".iv-firm")).to_contain_text("Halden Grid Security leads")
    expect(page.get_by_text("Not in the ranking: Cirrostead Industrial Cloud (rejected).")).to_be_visible()
    for view in VIEWS[1:]:
        page.get_by_role("tab", name=view).click()
        settled(page)
    expect(page.get_by_text("They are not the probability of a right choice.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("tab", name=VIEWS[-1])).to_have_attribute("aria-selected", "true", timeout=30_000)
    assert complaints == []
    assert server.refused == []


def test_what_varies_redraws_at_once_and_survives_a_reload(server, page: Page):
    open_page(page, server, f"robustness?evaluation={EVALUATION}")
    says = page.locator(".iv-says").first
    expect(says).to_contain_text("each weight moved by up to 30 %")
    page.get_by_role("radio", name="Any").click()
    expect(says).to_contain_text("any weights at all")
    page.reload()
    expect(says).to_contain_text("any weights at all", timeout=30_000)


def test_another_weight_is_chosen_and_a_share_is_tried(server, page: Page):
    open_page(page, server, f"robustness?evaluation={EVALUATION}&view=Weights")
    page.get_by_role("combobox", name="Weight").click()
    page.get_by_role("option", name="Six critical questions").click()
    expect(chart(page, "weight-six_questions")).to_be_visible()
    expect(page.get_by_text("not recorded")).to_have_count(0)
    page.get_by_role("slider", name="What if its share were").press("ArrowRight")
    expect(page.get_by_role("columnheader", name="(not recorded)")).to_be_visible()


@pytest.mark.parametrize(
    ("view", "name"),
    [
        ("Who leads", "ranks"),
        ("What would change it", "lead"),
        ("Weights", "contributions"),
        ("The panel", "evaluators"),
    ],
)
def test_every_chart_leaves_as_a_picture_and_as_numbers(
    server, page: Page, complaints: list[str], tmp_path: Path, view: str, name: str
):
    open_page(page, server, f"robustness?evaluation={EVALUATION}&view={view}")
    button = chart(page, name).locator(".modebar-btn")
    with page.expect_download() as picture:
        button.click()
    picture.value.save_as(tmp_path / "chart.svg")
    assert picture.value.suggested_filename == f"{name}.svg"
    words = "".join(ElementTree.parse(tmp_path / "chart.svg").getroot().itertext())
    assert "Halden Grid Security" in words
    with page.expect_download() as numbers:
        page.locator(f".st-key-numbers_{name}").get_by_role("button").click()
    numbers.value.save_as(tmp_path / "chart.csv")
    with (tmp_path / "chart.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file))
    assert len({len(row) for row in table}) == 1
    assert any("Halden Grid Security" in row for row in table)
    assert complaints == []


@pytest.mark.parametrize("view", VIEWS)
def test_no_part_is_wider_than_a_phone(server, page: Page, view: str):
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page, server, f"robustness?evaluation={EVALUATION}&view={view}")
    main = page.get_by_test_id("stMain")
    assert main.evaluate("element => element.scrollWidth - element.clientWidth") <= 0


def test_the_what_if_of_weights_says_who_leads_near_them(server, page: Page):
    open_page(page, server, f"weights?evaluation={EVALUATION}")
    expect(page.locator(".iv-near")).to_contain_text("Halden Grid Security leads in")
    page.get_by_role("slider").first.press("Home")
    expect(chart(page, "effect")).to_be_visible()
    expect(page.locator(".iv-near")).to_contain_text("Near these weights")
