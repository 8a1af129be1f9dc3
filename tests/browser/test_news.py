"""News of an evaluation reaches an open page without taking anything from whoever works on it."""

from __future__ import annotations

import threading

from playwright.sync_api import Page, expect

from ii_vendor.pages.listen import SCRIPT
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


# What is pressed and what is told go out as Streamlit sends them, all of a turn together, and a turn takes ``turn`` ms.
HEARS_AND_PRESSES = """async ([script, turn]) => {
    const later = window.setTimeout, rest = (ms) => new Promise((done) => later(done, ms));
    window.setTimeout = (run, ms) => later(run, ms || turn);
    const sent = [];
    let waiting = [];
    const put = (what) => {
        if (!waiting.length) window.setTimeout(() => (sent.push(waiting), (waiting = [])));
        waiting.push(what);
    };
    document.body.innerHTML = "<input><button>Save</button>";
    const [field, button] = document.body.children;
    button.addEventListener("click", () => put("press"));
    field.addEventListener("keydown", ({ key }) => key === "Enter" && put("press"));
    const enter = () => field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    const press = (times) => (times % 2 ? enter() : button.click());
    window.EventSource = class { constructor() { window.source = this; } close() {} };
    const { default: listen } = await import(`data:text/javascript,${encodeURIComponent(script)}`);
    let told = 0;
    const tell = () => {
        put("news");
        told += 1;
        if (told % 4 === 0) later(press, (told * 11) % (turn + 1), told / 4); // at any moment of the turn
    };
    const data = { address: "/news/any", query: "", after: 0 };
    listen({ data, parentElement: document.body, setTriggerValue: tell });
    for (let sequence = 1; sequence <= 400; sequence += 1) {
        window.source.onmessage({ data: sequence });
        await rest(10);
    }
    await rest(1000);
    return sent;
}"""


def test_a_press_never_goes_out_together_with_news(page: Page):
    sent = page.evaluate(HEARS_AND_PRESSES, [SCRIPT, 120])
    news, presses = (sum(each.count(kind) for each in sent) for kind in ("news", "press"))
    assert presses == news // 4 > 2
    assert [each for each in sent if len(set(each)) > 1] == []
