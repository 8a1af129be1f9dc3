"""The ballot on five phones: one thumb, a sleeping phone, no server-sent events, no script, and a screen reader."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.workshop import Item, Subject
from tests.browser.phones import SMALL, WHY, Hall, Phone

VENDOR = "tidelark-systems"
ITEM = Item.answer(VENDOR, "Q2")
PATIENCE = 30_000


@pytest.fixture
def hall(start_server) -> Hall:
    return Hall(start_server("--lan", "--port", "8811"))


@pytest.fixture
def phones(browser: Browser) -> Iterator[tuple[Phone, ...]]:
    """Three that vote with a script, one of them a guest, one that votes without, and one that does not vote on
    answers."""
    contexts: list[BrowserContext] = []

    def come(name: str, *, scripted: bool = True) -> Phone:
        context = browser.new_context(viewport=SMALL, is_mobile=True, has_touch=True, java_script_enabled=scripted)  # type: ignore[arg-type]
        contexts.append(context)
        return Phone(name, context.new_page(), scripted)

    yield (
        come("Amara Osei"),
        come("Priya Raman"),
        come("Tomáš Vrba", scripted=False),
        come("Margit Lindqvist"),
        come("Gus Moreau"),
    )
    for context in contexts:
        context.close()


def test_five_phones_vote_whatever_happens_to_them(hall: Hall, phones: tuple[Phone, ...]):
    amara, priya, tomas, margit, gus = phones
    # Where server-sent events are blocked, questions that wait for their answer take their place.
    priya.page.route("**/stream", lambda route: route.abort())
    for phone in phones:
        hall.join(phone)
    declare_a_conflict(gus)
    for phone in phones:
        expect(phone.page.get_by_text("Look at the screen. Your ballot opens here.")).to_be_visible(timeout=PATIENCE)
    amara.check()

    first = hall.take(ITEM)
    for phone in (amara, priya, gus):
        expect(phone.page.get_by_text("Which level fits?")).to_be_visible(timeout=PATIENCE)
    amara.check()
    expect(margit.page.get_by_text("you vote on red flags alone")).to_be_visible()
    margit.check()
    vote_over_a_reload_and_without_a_network(amara)
    amara.check()
    for phone, level in ((priya, "0"), (gus, "2")):
        phone.vote(level)
        expect(phone.page.get_by_text(f"Your vote is in: level {level}.")).to_be_visible(timeout=PATIENCE)
    # Without a script the page is loaded anew by hand, and its forms work.
    tomas.page.get_by_role("link", name="Load anew").click()
    tomas.vote("4")
    expect(tomas.page.get_by_text("Your vote is in: level 4.")).to_be_visible()
    gus.vote("3", "Change my vote")
    expect(gus.page.get_by_text("Your vote is in: level 3.")).to_be_visible(timeout=PATIENCE)
    check_that_nobody_knows(phones)

    hall.reveal(first)
    assert hall.votes(first) == {"Amara Osei": "3", "Priya Raman": "0", "Tomáš Vrba": "4", "Gus Moreau": "3"}
    expect(priya.page.get_by_text("You gave the lowest level.")).to_be_visible(timeout=PATIENCE)
    expect(amara.page.get_by_text("You voted: level 3.")).to_be_visible(timeout=PATIENCE)
    priya.check()
    hall.door.agree(
        hall.key, VENDOR, "Q2", 3, grade=EvidenceGrade.claim, reason="It is stated.", no_evidence=True, confirmed=True
    )
    expect(priya.page.get_by_text("Agreed: level 3.")).to_be_visible(timeout=PATIENCE)
    priya.page.get_by_text("I do not share this").click()
    priya.check()
    priya.page.get_by_label("0", exact=True).check()
    priya.page.get_by_label("Why, in a sentence").fill("A stop is a stop.")
    priya.page.get_by_role("button", name="Put it on record").click()
    expect(priya.page.get_by_text("On record: you do not share this.")).to_be_visible(timeout=PATIENCE)
    assert hall.door.get(hall.key).dissents[VENDOR, "Q2", "Priya Raman"].level == 0


def test_red_flags_and_weights_are_voted_on_with_one_thumb(hall: Hall, phones: tuple[Phone, ...]):
    amara, _, _, margit, _ = phones
    hall.join(amara)
    hall.join(margit)
    flag = Item(subject=Subject.flag, vendor=VENDOR, question="Q2", flag=f"{VENDOR}/Q2-fails-closed")
    on_flag = hall.take(flag)
    for phone in (amara, margit):
        expect(phone.page.get_by_text("Is it a red flag?")).to_be_visible(timeout=PATIENCE)
        phone.check()
    # Whoever oversees judges red flags as well.
    margit.vote("confirm")
    expect(margit.page.get_by_text("Your vote is in: confirm.")).to_be_visible(timeout=PATIENCE)
    hall.reveal(on_flag)
    expect(margit.page.get_by_text("You voted: confirm.")).to_be_visible(timeout=PATIENCE)
    margit.check()

    on_weights = hall.take(Item(subject=Subject.weights))
    expect(amara.page.get_by_text("Points for each section")).to_be_visible(timeout=PATIENCE)
    expect(amara.page.locator("h1")).to_be_focused()
    amara.check()
    sliders = amara.page.locator("input[type=range]")
    for slider in sliders.all():
        slider.fill("40")
    expect(amara.page.locator("output").first).to_have_text("40")
    amara.page.get_by_role("button", name="Vote", exact=True).click()
    expect(amara.page.get_by_text("The one that matters most gets 100 points.")).to_be_visible(timeout=PATIENCE)
    amara.check()
    sliders.first.fill("100")
    amara.page.get_by_role("button", name="Vote", exact=True).click()
    expect(amara.page.get_by_text("Your vote is in: points.")).to_be_in_viewport()
    amara.page.get_by_role("button", name="I do not vote").click()
    expect(amara.page.get_by_text("Your vote is in: abstain.")).to_be_visible(timeout=PATIENCE)
    hall.reveal(on_weights)
    assert hall.votes(on_weights) == {"Amara Osei": "abstain"}
    expect(amara.page.get_by_text("You voted: abstain.")).to_be_visible(timeout=PATIENCE)
    amara.check()

    amara.page.get_by_role("button", name="I have to leave").click()
    expect(amara.page.get_by_role("heading", name="You are not in the room")).to_be_visible()
    amara.check()
    # The code brings back whoever has a ballot.
    amara.page.goto(f"{hall.server.address}/join/{hall.code}")
    expect(amara.page.get_by_role("heading", name="You are Amara Osei")).to_be_visible()
    amara.check()
    amara.page.get_by_role("button", name="Go on").click()
    expect(amara.page.get_by_text("The votes are shown.")).to_be_visible()


def declare_a_conflict(guest: Phone) -> None:
    page = guest.page
    expect(page.get_by_role("heading", name="First: your interests")).to_be_visible()
    guest.check()
    page.get_by_label("I have a conflict of interest", exact=True).check()
    # The vendors unfold by themselves.
    row = page.locator("details label.card").filter(has_text="Halden Grid Security")
    row.get_by_role("checkbox").check()
    page.get_by_role("button", name="Declare").click()
    expect(page.get_by_role("alert")).to_contain_text("Say what each conflict of interest is")
    guest.check()
    page.locator("details input[name=why-halden-grid-security]").fill("I own shares.")
    page.get_by_role("button", name="Declare").click()


def vote_over_a_reload_and_without_a_network(phone: Phone) -> None:
    page = phone.page
    page.locator('input[name="choice"][value="3"]').check()
    page.get_by_label(WHY).fill(phone.marker)
    page.reload()
    expect(page.get_by_label(WHY)).to_have_value(phone.marker)
    expect(page.locator('input[name="choice"][value="3"]')).to_be_checked()
    # The Wi-Fi is gone: the vote waits, says so, and goes through by itself.
    page.context.set_offline(True)
    page.get_by_role("button", name="Vote", exact=True).click()
    expect(page.get_by_role("button", name="Sending…")).to_be_visible()
    expect(page.get_by_text("Not connected. Trying again; nothing is lost.")).to_be_visible(timeout=PATIENCE)
    page.context.set_offline(False)
    expect(page.get_by_text("Your vote is in: level 3.")).to_be_visible(timeout=PATIENCE)


def check_that_nobody_knows(phones: tuple[Phone, ...]) -> None:
    """While votes are hidden a phone has its own alone: in its pages, their source and history, and in every word that
    their scripts were told."""
    for phone in phones:
        phone.page.reload()
        texts = [phone.everything()]
        phone.page.go_back()
        texts.append(phone.page.content())
        phone.page.go_forward()
        texts.append(phone.everything())
        told = "\n".join(texts)
        assert not [each.name for each in phones if each is not phone and each.marker in told], phone.name
        voted = not phone.name.startswith("Margit")
        assert (phone.marker in told) == voted
        assert (phone.marker in "\n".join(phone.heard)) == (voted and phone.scripted)
