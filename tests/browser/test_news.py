"""News of an evaluation reaches an open page without taking anything from whoever works on it."""

from __future__ import annotations

import threading

from playwright.sync_api import Page, expect

from tests.browser.test_seats import service
from tests.browser.test_workshop import KEY

# A browser that is busy: what a page puts off for a moment waits longer.
BUSY = "const later = window.setTimeout; window.setTimeout = (run, ms, ...rest) => later(run, ms || 150, ...rest);"


def test_what_is_pressed_while_news_comes_in_is_carried_out(page: Page, server):
    page.add_init_script(BUSY)
    page.goto(f"{server.address}/workshop?evaluation={KEY}")
    page.get_by_role("button", name="Open the workshop").click()
    page.get_by_text("How it is held").click()
    done, door = threading.Event(), service(server)

    def others() -> None:
        minutes = 1
        while not done.wait(0.15):
            now = door.get(KEY).workshop
            assert now
            minutes = minutes % 60 + 1
            door.change_workshop(KEY, now.settings.model_copy(update={"minutes": minutes}))

    at_work = threading.Thread(target=others)
    at_work.start()
    try:
        for _ in range(12):
            before = page.get_by_label("Code", exact=True).inner_text()
            page.get_by_role("button", name="Make another code").click()
            expect(page.get_by_label("Code", exact=True)).not_to_have_text(before)
    finally:
        done.set()
        at_work.join()
