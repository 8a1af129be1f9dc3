"""Leading a workshop in a real browser: a laptop with the big button and keys, and a chair who takes over by phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.actor import NOBODY
from ii_vendor.model.workshop import Choice, Scene, Settings
from ii_vendor.store import Record, open_engine
from tests import phones

KEY = "line-3-ot-security-renewal"
LEAD = f"/room/{KEY}/lead"
PATIENCE = 15_000
OPERATIONS, SECURITY, IT = "Amara Osei", "Priya Raman", "Tomáš Vrba"
REASON = "Two of us saw the trial, and the report says where the line runs."

Open = Callable[..., Page]


@pytest.fixture
def room(start_server):
    """A shared app with an open workshop in the sample, which three people have joined."""
    server = start_server("--lan", "--port", "8831")
    door = service(server)
    held = door.open_workshop(KEY, Settings(auto_reveal=False)).workshop
    for name in (OPERATIONS, SECURITY, IT):
        door.acting_as(NOBODY).join(KEY, held.code, name)
    return server


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """A page of somebody with cookies of their own."""
    contexts = []

    def begin(width: int, height: int, scheme: str = "light") -> Page:
        contexts.append(
            browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, has_touch=width < 500)
        )
        page = contexts[-1].new_page()
        page.set_default_timeout(PATIENCE)
        return page

    yield begin
    for context in contexts:
        context.close()


def service(server) -> Evaluations:
    return Evaluations(Record(open_engine(f"sqlite:///{server.data / 'ii-vendor.db'}")), "somebody")


def as_facilitator(page: Page, server) -> None:
    found = re.search(r"http://127\S+/facilitate\?key=\S+", server.said)
    assert found
    page.goto(found.group(), wait_until="commit")
    page.goto(f"{server.address}{LEAD}")


def vote(server, **by_name: str) -> None:
    door = service(server)
    of = door.get(KEY).workshop.rounds[-1]
    for name, choice in by_name.items():
        phones.vote(door, KEY, name, of.id, Choice(choice), reason=f"What {name} read")


def check(page: Page) -> None:
    """No violation of accessibility rules that keeps somebody out, and nothing wider than the page."""
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def button(page: Page, words: str | re.Pattern[str]) -> None:
    """The big button says so, and what was sent before is acknowledged."""
    expect(page.locator("#next")).to_have_text(words, timeout=PATIENCE)
    expect(page.locator("#next")).not_to_have_attribute("aria-disabled", "true")


def test_an_item_is_led_from_how_to_join_to_the_picture(room, open_page):
    page = open_page(1280, 720)
    as_facilitator(page, room)
    button(page, "Show the agenda")
    check(page)
    page.keyboard.press("PageDown")
    button(page, "Next: Tidelark Systems, Q2")
    expect(page.locator("#agenda")).to_contain_text("2 items can still change the outcome")
    page.keyboard.press("b")
    button(page, "Light the screen again")
    page.keyboard.press("ArrowRight")
    button(page, "Next: Tidelark Systems, Q2")
    page.locator("#next").click()
    button(page, "Open the vote")
    expect(page.locator("#next")).to_be_focused()
    page.keyboard.press("Enter")
    button(page, "Waiting for votes")
    vote(room, **{OPERATIONS: "2", SECURITY: "3"})
    expect(page.locator("#people")).to_contain_text("2 of 3 have voted")
    expect(page.locator("#people .missing")).to_contain_text(IT)
    assert "What Amara Osei read" not in page.content()
    check(page)

    page.keyboard.press("PageDown")
    expect(page.get_by_role("dialog")).to_contain_text(f"1 person has not voted yet: {IT}.")
    check(page)
    page.get_by_role("button", name="Show the votes", exact=True).click()
    button(page, "Agree on it first")
    page.get_by_text("Reasons (2)").click()
    expect(page.locator("#item")).to_contain_text("What Amara Osei read")
    page.get_by_label("Why this level").fill(REASON)
    page.keyboard.press("PageDown")
    expect(page.locator(".effect")).to_contain_text("mean")
    check(page)

    page.get_by_text("No evidence found").click()
    page.get_by_role("button", name="Record the consensus").click()
    expect(page.get_by_role("dialog")).to_contain_text("The panel’s mean is 3 and the consensus 2")
    page.get_by_role("button", name="Yes, record it").click()
    expect(page.locator("#said")).to_have_text("The consensus is recorded.")
    button(page, "Show where the vendors stand")
    check(page)
    page.locator("#next").click()
    button(page, re.compile("Next: "))
    page.get_by_text("What if", exact=True).click()
    page.get_by_label("Share of all weights, in percent").fill("60")
    page.get_by_role("button", name="Dark").click()
    button(page, "Light the screen again")
    assert service(room).room(service(room).get(KEY)).room.supposed.weights["six_questions"] == 60
    page.keyboard.press("b")
    expect(page.locator("#screen")).to_contain_text("“Six critical questions” weighed 60")
    check(page)
    page.get_by_role("button", name="Back to what is so").click()
    expect(page.get_by_label("Share of all weights, in percent")).to_have_value("35")
    button(page, re.compile("Next: "))
    page.keyboard.press("PageUp")
    button(page, "Show where the vendors stand")
    assert service(room).get(KEY).consensus["tidelark-systems", "Q2"].reason == REASON


def test_what_is_written_survives_the_page_and_the_server(room, start_server, open_page):
    page = open_page(1920, 1080)
    as_facilitator(page, room)
    page.get_by_text("Tidelark Systems · Q2").click()
    button(page, "Open the vote")
    page.locator("#next").click()
    button(page, "Waiting for votes")
    vote(room, **{OPERATIONS: "2", SECURITY: "3", IT: "4"})
    page.get_by_role("button", name="Show the votes").click()
    page.get_by_label("Why this level").fill(REASON)
    page.reload()
    expect(page.get_by_label("Why this level")).to_have_value(REASON)

    room.stop()
    page.get_by_role("button", name="Vote again").click()
    expect(page.locator("#trouble")).to_contain_text("nothing is lost")
    expect(page.get_by_role("button", name="Vote again")).to_have_attribute("aria-disabled", "true")
    again = start_server("--lan", "--port", "8831")
    button(page, "Waiting for votes")
    expect(page.locator("#trouble")).to_be_hidden()
    rounds = service(again).get(KEY).workshop.rounds
    assert [each.revealed for each in rounds] == [True, False]
    vote(again, **{OPERATIONS: "3", SECURITY: "3", IT: "3"})
    page.get_by_role("button", name="Show the votes").click()
    expect(page.get_by_label("Why this level")).to_have_value(REASON)


def test_a_chair_takes_over_by_phone(room, open_page):
    laptop = open_page(1280, 720)
    as_facilitator(laptop, room)
    button(laptop, "Show the agenda")
    phone = open_page(390, 844, "dark")
    phone.goto(f"{room.address}/seat/{service(room).issue_link(KEY, OPERATIONS)}")
    phone.get_by_role("button", name="Take this seat").click(no_wait_after=True)
    phone.wait_for_url(re.compile("evaluation="), wait_until="commit")
    phone.goto(f"{room.address}{LEAD}")
    button(phone, "Show the agenda")
    check(phone)
    phone.locator("#next").tap()
    button(phone, "Next: Tidelark Systems, Q2")
    button(laptop, "Next: Tidelark Systems, Q2")
    laptop.context.close()

    place = phone.locator("#next").bounding_box()
    assert place is not None
    assert place["y"] + place["height"] <= 844
    assert place["height"] >= 48
    phone.locator("#next").tap()
    button(phone, "Open the vote")
    phone.locator("#next").tap()
    button(phone, "Waiting for votes")
    vote(room, **{SECURITY: "2"})
    expect(phone.locator("#people")).to_contain_text("1 of 3 has voted")
    phone.locator(".missing li").filter(has_text=IT).get_by_role("button", name="Do not wait").tap()
    button(phone, "Show the votes, 1 missing")
    check(phone)
    phone.locator("#next").tap()
    expect(phone.get_by_role("dialog")).to_contain_text(OPERATIONS)
    check(phone)
    phone.get_by_role("button", name="Show the votes", exact=True).tap()
    button(phone, "Agree on it first")
    phone.get_by_text("The room sees", exact=True).tap()
    phone.get_by_role("button", name="Dark").tap()
    button(phone, "Light the screen again")
    phone.get_by_text("Agenda", exact=True).first.tap()
    check(phone)
    room_now = service(room).room(service(room).get(KEY)).room
    assert (room_now.scene, room_now.blank) == (Scene.item, True)
