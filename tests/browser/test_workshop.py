"""A whole workshop: a projector, whoever leads, five phones, and a server that starts anew in the middle of a round."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.test_seats import service as service_of

KEY = "line-3-ot-security-renewal"
PHONES = ("Amara Osei", "Priya Raman", "Tomáš Vrba", "Margit Lindqvist", "Gus Moreau")
VOTERS = tuple(name for name in PHONES if name != "Margit Lindqvist")
REASON = "The gap for fibre is stated, and small."
PATIENCE = 30_000


@pytest.fixture
def come(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A page in a browser of its own."""
    contexts: list[BrowserContext] = []

    def begin(width: int, height: int, *, mobile: bool = False) -> Page:
        contexts.append(
            browser.new_context(viewport={"width": width, "height": height}, is_mobile=mobile, has_touch=mobile)
        )
        contexts[-1].set_default_timeout(PATIENCE)
        return contexts[-1].new_page()

    yield begin
    for context in contexts:
        context.close()


def open_the_workshop(page: Page, server) -> tuple[Page, Page, str]:
    """From the facilitator's link to the windows of the screen and of whoever leads, and the code."""
    found = re.search(r"http://127\S+/facilitate\?key=\S+", server.said)
    assert found
    page.goto(found.group())
    page.goto(f"{server.address}/workshop?evaluation={KEY}")
    page.get_by_text("Let people join who are not on the panel").click()
    page.get_by_role("button", name="Open the workshop").click()
    code = page.get_by_label("Code", exact=True).inner_text()
    windows = []
    for label in ("Open the screen", "Lead the workshop"):
        with page.expect_popup() as opened:
            page.get_by_role("link", name=label).click()
        windows.append(opened.value)
    windows[0].set_viewport_size({"width": 1920, "height": 1080})
    windows[1].set_viewport_size({"width": 1280, "height": 720})
    return windows[0], windows[1], code


def join(page: Page, server, code: str, name: str) -> None:
    page.goto(f"{server.address}/join")
    page.get_by_label("The code on the screen").fill(code)
    page.get_by_role("button", name="Go on").click()
    seat = page.get_by_role("button", name=name)
    if seat.count():
        seat.click()
    else:
        page.get_by_label("Your name").fill(name)
        page.get_by_label("What you answer for").select_option("security")
        page.get_by_role("button", name="Join").click()
        page.get_by_label("I have no conflict of interest with any of them").check()
        page.get_by_role("button", name="Declare").click()
    expect(page.locator("header")).to_contain_text(name)


def vote(page: Page, level: int, reason: str) -> None:
    page.locator(f'input[name="choice"][value="{level}"]').check()
    page.get_by_label("Why? A few words help the room.").fill(reason)
    page.get_by_role("button", name="Vote").click()


def button(lead: Page, words: str | re.Pattern[str]) -> None:
    expect(lead.locator("#next")).to_have_text(words, timeout=PATIENCE)


def test_a_room_comes_to_a_consensus_whatever_happens_to_the_server(start_server, come):
    server = start_server("--lan", "--port", "8750")
    facilitator = come(1920, 1080)
    screen, lead, code = open_the_workshop(facilitator, server)
    expect(screen.locator("body")).to_contain_text(code[:3])
    phones = {name: come(390, 844, mobile=True) for name in PHONES}
    for name, phone in phones.items():
        join(phone, server, code, name)
    expect(screen.locator("body")).to_contain_text("Gus")

    button(lead, "Show the agenda")
    lead.keyboard.press("PageDown")
    expect(screen.locator("body")).to_contain_text("can still change the outcome")
    # The remote sits on the window of the screen.
    button(lead, "Next: Tidelark Systems, Q2")
    screen.bring_to_front()
    screen.keyboard.press("PageDown")
    button(lead, "Open the vote")
    expect(screen.locator("body")).to_contain_text("a dead Buoy means a closed conduit")
    screen.keyboard.press("PageDown")

    for name, level in (("Amara Osei", 4), ("Priya Raman", 0)):
        vote(phones[name], level, f"marker of {name}")
        expect(phones[name].get_by_text(f"Your vote is in: level {level}.")).to_be_visible()
    expect(screen.locator("body")).to_contain_text("2 of 4")
    expect(phones["Margit Lindqvist"].get_by_text("you vote on red flags alone")).to_be_visible()

    phones["Tomáš Vrba"].get_by_label("Why? A few words help the room.").fill("marker of Tomáš Vrba")
    server.stop()
    expect(screen.get_by_text("Not connected. Trying again; nothing is lost.")).to_be_visible(timeout=PATIENCE)
    server = start_server("--lan", "--port", "8750")
    expect(screen.get_by_text("Not connected.")).to_be_hidden(timeout=PATIENCE)
    expect(screen.locator("body")).to_contain_text("2 of 4")
    expect(phones["Tomáš Vrba"].get_by_label("Why? A few words help the room.")).to_have_value("marker of Tomáš Vrba")
    vote(phones["Tomáš Vrba"], 3, "marker of Tomáš Vrba")
    expect(phones["Tomáš Vrba"].get_by_text("Your vote is in: level 3.")).to_be_visible()
    for page in (screen, lead, *phones.values()):
        others = [name for name in VOTERS if phones[name] is not page]
        assert not [name for name in others if f"marker of {name}" in page.content()]
    vote(phones["Gus Moreau"], 3, "marker of Gus Moreau")

    # All are in: the votes show by themselves, whoever leads.
    expect(screen.locator("body")).to_contain_text("Lowest and highest, please speak")
    expect(screen.locator("body")).to_contain_text("marker of Priya Raman")
    expect(phones["Priya Raman"].get_by_text("You gave the lowest level.")).to_be_visible()
    lead.get_by_role("button", name="Vote again").click()
    for name in VOTERS:
        expect(phones[name].get_by_text("Which level fits (round 2)?")).to_be_visible()
        vote(phones[name], 3, "")
    button(lead, "Agree on it first")
    lead.get_by_label("Why this level").fill(REASON)
    lead.get_by_text("No evidence found").click()
    lead.get_by_role("button", name="Record the consensus").click()
    # It may decide a close result, and then asks once more.
    recorded = lead.locator("#said").filter(has_text="The consensus is recorded.")
    again = lead.get_by_role("button", name="Yes, record it")
    expect(recorded.or_(again).first).to_be_visible()
    if again.is_visible():
        again.click()
    expect(screen.locator("body")).to_contain_text(REASON)
    expect(phones["Gus Moreau"].get_by_text("Agreed: level 3.")).to_be_visible()

    button(lead, "Show where the vendors stand")
    lead.keyboard.press("PageDown")
    expect(screen.locator("body")).to_contain_text("Halden Grid Security")
    door = service_of(server)
    held = door.get(KEY).workshop
    assert held
    first, second = held.rounds
    assert {name: each.choice.value for name, each in first.votes.items()} == dict(
        zip(VOTERS, ("4", "0", "3", "3"), strict=True)
    )
    assert {each.choice.value for each in second.votes.values()} == {"3"}
    assert door.get(KEY).consensus["tidelark-systems", "Q2"].reason == REASON
    check_the_end(facilitator, server, phones)


def check_the_end(facilitator: Page, server, phones: dict[str, Page]) -> None:
    """The facilitator closes the workshop; phones say that it is over, and the minutes have every round."""
    facilitator.bring_to_front()
    facilitator.goto(f"{server.address}/workshop?evaluation={KEY}")
    facilitator.get_by_role("button", name="Close the workshop").click()
    facilitator.get_by_role("button", name="Close it").click()
    expect(facilitator.get_by_text("Earlier workshops")).to_be_visible()
    for phone in phones.values():
        expect(phone.get_by_role("heading", name="The workshop is over")).to_be_visible()
    facilitator.get_by_role("link", name="Reports").click()
    with facilitator.expect_download() as download:
        facilitator.get_by_role("button", name="Minutes of workshop 1").click()
    minutes = Path(download.value.path()).read_text("utf-8")
    assert all(f"marker of {name}" in minutes for name in VOTERS)
    assert REASON in minutes
