"""Three seats at once, in three browsers of their own, from the invitation to the locked result."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.panel import FlagState
from ii_vendor.model.seat import Stage
from ii_vendor.store import Record, open_engine

KEY = "line-4"
VENDOR = "halden-grid-security"
GATE = "Q1-stops-without-vendor"
QUESTIONS = [f"Q{number}" for number in range(1, 7)]
PATIENCE = 30_000


@pytest.fixture
def people(browser: Browser) -> Iterator[dict[str, Page]]:
    """A browser with cookies of its own for each person."""
    pages = {
        name: browser.new_context(viewport={"width": 1920, "height": 1080}).new_page()
        for name in ("facilitator", "Amara", "Ben", "Margit")
    }
    yield pages
    for page in pages.values():
        page.context.close()


@pytest.fixture
def line_4(start_server, sample_workbooks: Path):
    """A shared app with an evaluation that asks the six questions, to which Halden Grid has responded."""
    server = start_server("--lan", "--port", "8730")
    for arguments in (
        ("new", "Line 4", "--questionnaire", "six_questions"),
        ("import", KEY, str(sample_workbooks / "Halden Grid Security.xlsx")),
        ("flag", KEY, VENDOR, GATE, "confirm", "--reason", "One function waits for the vendor."),
    ):
        subprocess.run(
            [sys.executable, "-m", "ii_vendor", *arguments], env=server.environment, check=True, capture_output=True
        )
    return server


def service(server) -> Evaluations:
    return Evaluations(Record(open_engine(f"sqlite:///{server.data / 'ii-vendor.db'}")), "somebody")


def settled(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=PATIENCE)


def at(page: Page, server, where: str, **chosen: str) -> None:
    more = "".join(f"&{name}={value}" for name, value in chosen.items())
    page.goto(f"{server.address}/{where}?evaluation={KEY}{more}")
    expect(page.locator("h1")).to_be_visible(timeout=PATIENCE)
    settled(page)


def invite(page: Page, name: str, discipline: str, *, oversees: bool = False) -> str:
    """Invite somebody on the page Panel and give the address of the personal link."""
    form = page.locator("details").filter(has_text="Invite somebody")
    if form.get_attribute("open") is None:
        page.get_by_text("Invite somebody").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("combobox", name="Answers for").click()
    page.keyboard.type(discipline)
    page.keyboard.press("Enter")
    if oversees:
        page.get_by_text("Rates nothing, oversees").click()
    page.get_by_role("button", name="Add to the panel").click()
    seat = page.locator(f".st-key-seat_{KEY}_{name}")
    expect(seat).to_be_visible(timeout=PATIENCE)
    settled(page)
    seat.get_by_role("button", name="Actions").click()
    page.get_by_role("button", name="Make a personal link").click()
    made = page.locator(f".st-key-made_{KEY}_{name}")
    expect(made.get_by_role("img", name="QR code")).to_be_visible(timeout=PATIENCE)
    expect(made).to_contain_text("/seat/", timeout=PATIENCE)
    found = re.search(r"http://\S+/seat/\S+", made.inner_text())
    assert found
    made.get_by_role("button", name="Put it away").click()
    expect(made).to_have_count(0)
    settled(page)
    return found.group()


def take_seat(page: Page, server, link: str) -> None:
    page.goto(re.sub(r"^http://[^/]+", server.address, link))
    page.get_by_role("button", name="Take this seat").click()
    expect(page.get_by_test_id("stApp")).to_be_visible(timeout=PATIENCE)
    settled(page)


def declare(page: Page) -> None:
    page.get_by_text("I have no conflict of interest").click()
    page.get_by_role("button", name="Declare").click()
    expect(page.get_by_role("button", name="Declare")).to_have_count(0, timeout=PATIENCE)
    settled(page)


def rate(page: Page, server, question: str, level: int) -> None:
    at(page, server, "review", question=question)
    form = page.locator(".stForm").filter(has=page.get_by_role("button", name="Save the rating"))
    form.get_by_role("radiogroup").get_by_text(str(level), exact=True).click()
    form.get_by_label("Reason").fill(f"What I read in {question}.")
    form.get_by_role("button", name="Save the rating").click()
    expect(page.get_by_text(f"Saved: Halden Grid Security, {question}, {level}.")).to_be_visible(timeout=PATIENCE)
    settled(page)


def go_on(page: Page, server, label: str) -> None:
    at(page, server, "panel")
    page.get_by_role("button", name=label).first.click()
    form = page.locator(".stForm").filter(has_text=re.compile("Remark|Reason for going on"))
    form.get_by_role("button", name=label).click()
    expect(page.get_by_text(re.compile("The stage is .* now"))).to_be_visible(timeout=PATIENCE)
    settled(page)


def sign(page: Page, server, reason: str) -> None:
    at(page, server, "review", question="Q1")
    flag = page.locator(f"[class*='st-key-flag_'][class*='{GATE}']").first
    flag.get_by_role("button", name="Decide").click()
    page.get_by_role("radiogroup", name="Decision").get_by_text("accepted", exact=True).click()
    page.get_by_label("Who owns the risk").fill("Margit")
    page.locator(".stForm").filter(has_text="Who owns the risk").get_by_label("Reason").fill(reason)
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_text("Recorded: accepted.")).to_be_visible(timeout=PATIENCE)
    settled(page)


def test_three_people_come_from_their_invitation_to_a_locked_result(line_4, people):
    server, boss = line_4, people["facilitator"]
    found = re.search(r"http://127\S+/facilitate\?key=\S+", server.said)
    assert found
    boss.goto(found.group())
    expect(boss.locator("h1")).to_be_visible(timeout=PATIENCE)
    at(boss, server, "panel")
    links = {
        "Amara": invite(boss, "Amara", "operations"),
        "Ben": invite(boss, "Ben", "IT"),
        "Margit": invite(boss, "Margit", "asset owner", oversees=True),
    }
    for name, link in links.items():
        take_seat(people[name], server, link)
        declare(people[name])
    go_on(boss, server, "Open scoring")

    for number, question in enumerate(QUESTIONS):
        rate(people["Amara"], server, question, 3)
        rate(people["Ben"], server, question, 1 if number == 2 else 3)
    assert "Ben: 1" not in people["Amara"].locator("body").inner_text()
    at(people["Amara"], server, "review", question="Q3")
    assert "Ben" not in people["Amara"].content(), "nothing of another's rating, not even in the page's source"
    for name in ("Amara", "Ben"):
        people[name].get_by_role("button", name="Hand in").click()
        expect(people[name].get_by_role("button", name="Hand in")).to_have_count(0, timeout=PATIENCE)
    at(people["Amara"], server, "review", question="Q3")
    expect(people["Amara"].get_by_text("Ben: 1")).to_be_visible(timeout=PATIENCE)

    # Everybody is in, so moderation opens without a reason, and an open page follows by itself.
    watching = people["Ben"]
    at(watching, server, "moderation")
    expect(watching.get_by_text("Moderation is not open yet")).to_be_visible()
    go_on(boss, server, "Open moderation")
    expect(watching.get_by_text("Moderation is not open yet")).to_have_count(0, timeout=PATIENCE)

    chair = people["Amara"]
    at(chair, server, "moderation", vendor=VENDOR, question="Q3")
    form = chair.locator(f"[class*='st-key-level_agree_{KEY}']")
    form.get_by_text("1", exact=True).click()
    settled(chair)
    chair.get_by_label("Why this level, in a sentence").fill("Editions of the standards are missing.")
    chair.get_by_text("No evidence found").click()
    chair.get_by_role("button", name="Record the consensus").click()
    expect(chair.get_by_text("Please look a second time")).to_be_visible(timeout=PATIENCE)
    chair.get_by_role("button", name="Yes, record it").click()
    expect(chair.get_by_text("Consensus recorded: Q3, 1.")).to_be_visible(timeout=PATIENCE)

    sign(people["Amara"], server, "The shift can live with it.")
    assert service(server).get(KEY).flags[f"{VENDOR}/{GATE}"].state is FlagState.confirmed, "one signature is not two"
    sign(people["Margit"], server, "I carry the risk until the renewal.")

    go_on(boss, server, "Lock the evaluation")
    at(people["Ben"], server, "review", question="Q1")
    expect(people["Ben"].get_by_role("button", name="Save the rating")).to_have_count(0)
    expect(people["Ben"].get_by_role("button", name="Decide")).to_have_count(0)

    door = service(server)
    now = door.get(KEY)
    assert now.stage is Stage.locked
    assert now.flags[f"{VENDOR}/{GATE}"].state is FlagState.accepted
    assert now.flags[f"{VENDOR}/{GATE}"].owner == "Margit"
    assert now.consensus[VENDOR, "Q3"].level == 1
    assert {key[2]: rating.level for key, rating in now.ratings.items() if key[1] == "Q3"} == {"Amara": 3, "Ben": 1}
    assert {event.via for event in door.history(now) if event.change.kind == "rating recorded"} == {"personal link"}
    assert door.audit(now).valid
