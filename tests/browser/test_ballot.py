"""The ballot on phones: one thumb, a sleeping phone, no server-sent events, no script, and a screen reader."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.workshop import Item, Room, Scene, Settings, Subject
from tests.browser.test_seats import service as service_of

VENDOR = "tidelark-systems"
ITEM = Item.answer(VENDOR, "Q2")
SMALL = {"width": 360, "height": 640}
THUMB = 44
"""Pixels that a target for a thumb measures at least."""


class Hall:
    """A workshop on the sample that is open on a shared server, with a round on Tidelark's answer to Q2."""

    def __init__(self, server) -> None:
        self.server, self.door = server, service_of(server)
        self.key = self.door.listing()[0].id
        self.door.open_workshop(self.key, Settings(auto_reveal=False))

    @property
    def code(self) -> str:
        held = self.door.get(self.key).workshop
        assert held
        return held.code

    def take(self, item: Item) -> int:
        """Bring the item before the room and open a round: gives the round's id."""
        self.door.change_room(self.key, lambda _: Room(scene=Scene.item, item=item))
        held = self.door.open_round(self.key, item).workshop
        assert held
        return held.rounds[-1].id

    def join(self, page: Page, name: str) -> None:
        page.goto(f"{self.server.address}/join/{self.code}")
        page.get_by_role("button", name=name).click()
        expect(page.locator("header")).to_contain_text(name)


@pytest.fixture
def hall(start_server) -> Hall:
    return Hall(start_server("--lan", "--port", "8745"))


@pytest.fixture
def phones(browser: Browser) -> Iterator[dict[str, Page]]:
    contexts: list[BrowserContext] = []

    def come(**more: object) -> Page:
        contexts.append(browser.new_context(viewport=SMALL, is_mobile=True, has_touch=True, **more))  # type: ignore[arg-type]
        return contexts[-1].new_page()

    yield {
        "Amara Osei": come(),
        "Priya Raman": come(color_scheme="dark"),
        "Tomáš Vrba": come(java_script_enabled=False),
    }
    for context in contexts:
        context.close()


def check_fits(page: Page) -> None:
    """Nothing is wider than the phone, everything to tap is large enough, and axe finds nothing serious."""
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    for target in page.locator("button:visible, a:visible, summary:visible, label:visible:has(input)").all():
        box = target.bounding_box()
        assert box
        assert box["height"] >= THUMB, target.inner_text()
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")] == []


def votes_of(door: Evaluations, key: str, round_id: int) -> dict[str, str]:
    held = door.get(key).workshops[-1].round(round_id)
    assert held
    return {name: vote.choice.value for name, vote in held.votes.items()}


def test_phones_vote_whatever_happens_to_them(hall: Hall, phones: dict[str, Page]):
    amara, priya, tomas = phones.values()
    # Where server-sent events are blocked, questions that wait for their answer take their place.
    priya.route("**/stream", lambda route: route.abort())
    for name, page in phones.items():
        hall.join(page, name)
        expect(page.get_by_text("Look at the screen. Your ballot opens here.")).to_be_visible()
    check_fits(amara)
    first = hall.take(ITEM)
    for page in (amara, priya):
        expect(page.get_by_text("Which level fits?")).to_be_visible(timeout=15_000)
        check_fits(page)

    # What is not sent yet outlives a reload.
    amara.get_by_label("3", exact=False).first.check()
    amara.get_by_label("Why? A few words help the room.").fill("Three minutes are few.")
    amara.reload()
    expect(amara.get_by_label("Why? A few words help the room.")).to_have_value("Three minutes are few.")
    # The Wi-Fi is gone: the vote waits, says so, and goes through by itself.
    amara.context.set_offline(True)
    amara.get_by_role("button", name="Vote").click()
    expect(amara.get_by_text("Not connected. Trying again; nothing is lost.")).to_be_visible(timeout=15_000)
    amara.context.set_offline(False)
    expect(amara.get_by_text("Your vote is in: level 3.")).to_be_visible(timeout=15_000)
    check_fits(amara)

    priya.locator('input[value="0"]').check()
    priya.get_by_label("Why? A few words help the room.").fill("marker of Priya")
    priya.get_by_role("button", name="Vote").click()
    expect(priya.get_by_text("Your vote is in: level 0.")).to_be_visible(timeout=15_000)

    # Without a script the page is loaded anew by hand, and its forms work.
    tomas.get_by_role("link", name="Load anew").click()
    tomas.locator('input[value="4"]').check()
    tomas.get_by_role("button", name="Vote").click()
    expect(tomas.get_by_text("Your vote is in: level 4.")).to_be_visible()
    assert "marker of Priya" not in amara.content() + tomas.content()

    hall.door.reveal(hall.key, first)
    assert votes_of(hall.door, hall.key, first) == {"Amara Osei": "3", "Priya Raman": "0", "Tomáš Vrba": "4"}
    expect(priya.get_by_text("You gave the lowest level.")).to_be_visible(timeout=15_000)
    expect(amara.get_by_text("You voted: level 3.")).to_be_visible(timeout=15_000)
    for page in (amara, priya):
        check_fits(page)
    amara.go_back()
    assert "marker of Priya" not in amara.content()
    amara.go_forward()

    for item, legend in (
        (
            Item(subject=Subject.flag, vendor=VENDOR, question="Q2", flag=f"{VENDOR}/Q2-fails-closed"),
            "Is it a red flag?",
        ),
        (Item(subject=Subject.weights), "Points for each section"),
    ):
        hall.take(item)
        for page in (amara, priya):
            expect(page.get_by_text(legend)).to_be_visible(timeout=15_000)
            check_fits(page)
    amara.get_by_role("button", name="I have to leave").click()
    expect(amara.get_by_role("heading", name="You are not in the room")).to_be_visible()
    check_fits(amara)
