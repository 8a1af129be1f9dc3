"""The screen of the room in a real browser: everything fits and reads from the last row, and the picture moves."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.actor import NOBODY
from ii_vendor.model.panel import FlagState
from ii_vendor.model.response import Answer, Cell, Response, SourceFile
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.workshop import Choice, Item, Scene, Settings, Subject, Supposed
from ii_vendor.rules import NeedsSecondLook
from ii_vendor.store import Record, open_engine

KEY = "line-3-ot-security-renewal"
PATIENCE = 15_000
SIZES = ((1280, 720), (1920, 1080))
VOTERS = ("Amara Osei", "Priya Raman", "Tomáš Vrba")
LONG, TABLE, FLAGGED = (
    Item.answer("cirrostead-industrial-cloud", "Q1"),
    Item.answer("halden-grid-security", "DEA-1"),
    Item(
        subject=Subject.flag,
        vendor="tidelark-systems",
        question="Q2",
        flag="tidelark-systems/Q2-decides-in-control-path",
    ),
)
WEIGHTS = Item(subject=Subject.weights)
REASON = "Two functions stop after three days, and one of them is the one that we would buy it for. " * 5

SAID = "Operations at this site run on their own for as long as it takes when every connection to the outside is lost."

EVIDENCE = "Architecture white paper, pages 11-14"

FLAWS = """() => {
  const wide = innerWidth, high = innerHeight, flaws = [], screen = document.getElementById("screen");
  const least = Math.max(20, 12 + Math.min(wide, high * 16 / 9) / 160) - 0.01;
  for (const element of screen.querySelectorAll("*")) {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    if (!element.getClientRects().length || !(box.width && box.height)) continue;
    const name = `${element.tagName}#${element.id}.${element.className}`;
    const outside = box.right > wide + 1 || box.bottom > high + 1 || box.left < -1 || box.top < -1;
    if (outside) flaws.push(`${name} leaves the screen`);
    const words = [...element.childNodes].filter((node) => node.nodeType === 3 && node.data.trim());
    if (!words.length) continue;
    if (parseFloat(style.fontSize) < least) flaws.push(`${name} has small words: ${style.fontSize}`);
    if (element.closest(".big") && parseFloat(style.fontSize) < 48) flaws.push(`${name} has small figures`);
    // Words that end in three dots are cut visibly.
    if (style.webkitLineClamp !== "none") continue;
    const voter = element.closest(".voters li");
    for (const around of ancestors(element)) {
      const edge = around.getBoundingClientRect();
      for (const line of words.flatMap(lines))
        if (line.right > edge.right + 2 || line.bottom > edge.bottom + 3)
          flaws.push(`${name} spills out of ${around.className || around.id}`);
      if (voter && around.contains(voter) && edge.height < voter.offsetHeight)
        flaws.push(`${name} is cut by ${around.className || around.id}`);
    }
  }
  return [...new Set(flaws)];
  function ancestors(element) {
    const found = [];
    for (let each = element; each !== screen; each = each.parentElement)
      if (getComputedStyle(each).overflowY !== "visible") found.push(each);
    return found;
  }
  // Without the space at the end of a line, which has no words.
  function lines(node) {
    return [...node.data.matchAll(/\\S+/g)].flatMap(({ 0: word, index }) => {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      return [...range.getClientRects()];
    });
  }
}"""
"""What does not fit: words outside of their region or the screen, or smaller than can be read."""


class Steering:
    """The workshop behind the screen, changed as its people would."""

    def __init__(self, server) -> None:
        self.server = server
        self.door = Evaluations(Record(open_engine(f"sqlite:///{server.data / 'ii-vendor.db'}")), "somebody")
        self._ballots: dict[str, str] = {}

    def join(self, name: str, code: str) -> None:
        self._ballots[name] = self.door.acting_as(NOBODY).join(KEY, code, name).secret

    def cast(self, name: str, round_id: int, choice: Choice, **said: object) -> None:
        """Vote as whoever joined with this name."""
        self.door.acting_as(self.door.ballot_held(KEY, self._ballots[name])).vote(KEY, name, round_id, choice, **said)

    def shows(self, page: Page, words: str, **room: object) -> None:
        """Have the screen show this, and wait until it does."""
        self.door.change_room(KEY, lambda now: now.model_copy(update=room))
        expect(page.locator("#screen")).to_contain_text(words, timeout=PATIENCE)

    def vote(self, *choices: str, reason: str = REASON) -> None:
        """Open a round on the item at hand, vote, and show the votes."""
        item = self.door.room(self.door.get(KEY)).room.item
        self.door.open_round(KEY, item)
        of = self.door.get(KEY).workshop.rounds[-1]
        for name, choice in zip(VOTERS, choices, strict=True):
            self.cast(name, of.id, Choice(choice), reason=reason)

    def agree(self, item: Item, level: int) -> None:
        said = {"grade": EvidenceGrade.claim, "reason": REASON, "no_evidence": True}
        try:
            self.door.agree(KEY, item.vendor, item.question, level, **said)
        except NeedsSecondLook as look:
            self.door.agree(KEY, item.vendor, item.question, level, **said, confirmed=look.reasons)

    def answers(self, vendor: str, *answers: Answer) -> None:
        """A new response of a vendor."""
        original = repr(answers).encode()
        file = SourceFile(name="new.xlsx", sha256=hashlib.sha256(original).hexdigest(), size=len(original))
        self.door.accept_response(KEY, Response(vendor=vendor, answers=answers, file=file), original)


@pytest.fixture
def projector(browser: Browser) -> Iterator[Page]:
    """The window that lies on the projector."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def opened(start_server, projector: Page) -> Callable[..., Steering]:
    """Opens a workshop, with whoever joined, and its screen on the projector."""

    def begin(*options: str) -> Steering:
        server = start_server(*options)
        steering = Steering(server)
        held = steering.door.open_workshop(KEY, Settings()).workshop
        for name in VOTERS:
            steering.join(name, held.code)
        if found := re.search(r"http://127\S+/facilitate\?key=\S+", server.said):
            projector.goto(found.group(), wait_until="commit")
        projector.goto(f"{server.address}/room/{KEY}/screen")
        expect(projector.locator("#screen")).to_contain_text(held.code[:3])
        return steering

    return begin


def resize(page: Page, size: tuple[int, int]) -> None:
    """Put the screen on another projector; its words are fitted anew in the next frame."""
    width, height = size
    if page.viewport_size != {"width": width, "height": height}:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def check(page: Page, state: str, *, accessible: bool = True) -> None:
    """At both sizes everything fits, and light and dark nothing keeps anybody out."""
    for size in SIZES:
        resize(page, size)
        assert (state, size, page.evaluate(FLAWS)) == (state, size, [])
    for scheme in ("light", "dark") if accessible else ():
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page).response["violations"]
        grave = [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")]
        assert (state, scheme, grave) == (state, scheme, [])


def test_every_scene_fits_and_reads(opened, projector):
    steering = opened("--lan", "--port", "8821")
    page = projector
    check(page, "holding")
    steering.shows(page, "can still change the outcome", scene=Scene.agenda)
    check(page, "agenda")
    steering.shows(page, "The vote is not open yet", scene=Scene.item, item=LONG)
    check(page, "reading")
    steering.door.open_round(KEY, LONG)
    steering.cast(VOTERS[0], 1, Choice.level_0, reason=REASON)
    expect(page.locator("#figure")).to_contain_text("1 of 3")
    expect(page.locator(".voted.just")).to_have_text(re.compile("Amara"))
    expect(page.locator(".voted.just")).to_have_count(0)
    steering.shows(page, "can still change the outcome", scene=Scene.agenda)
    steering.shows(page, "Amara", scene=Scene.item)
    assert page.locator(".voted").count() == 1
    assert page.locator(".voted.just").count() == 0
    check(page, "voting")
    for name, choice in zip(VOTERS[1:], "34", strict=True):
        steering.cast(name, 1, Choice(choice), reason=REASON)
    expect(page.locator("#foot")).to_contain_text("please speak: Amara (0), Tomáš (4)")
    check(page, "revealed")
    steering.vote("1", "1", "2")
    expect(page.locator("#right")).to_contain_text("Round 1")
    check(page, "second round")
    steering.agree(LONG, 1)
    expect(page.locator("#right")).to_contain_text("Agreed")
    check(page, "agreed")
    steering.shows(page, "What if: not recorded.", supposed=Supposed(level=4))
    check(page, "item supposed")
    steering.shows(page, "Last decision", scene=Scene.picture, supposed=None)
    check(page, "picture")
    steering.shows(page, "What if: not recorded.", supposed=Supposed(weights={"six_questions": 1, "lock_in": 9}))
    check(page, "picture supposed")
    steering.shows(page, "gate", scene=Scene.item, item=FLAGGED, supposed=None)
    steering.vote("confirm", "dismiss", "confirm")
    expect(page.locator("#right")).to_contain_text("Dismiss")
    check(page, "red flag")
    steering.door.decide_flag(KEY, FLAGGED.flag, FlagState.confirmed, reason=REASON)
    expect(page.locator("#right")).to_contain_text("confirmed")
    check(page, "red flag decided")
    steering.shows(page, "What should weigh how much", item=WEIGHTS)
    steering.door.open_round(KEY, WEIGHTS)
    of, sections = steering.door.get(KEY).workshop.rounds[-1], steering.door.content(steering.door.get(KEY)).sections
    for place, name in enumerate(VOTERS):
        points = {each.id: float(points) for each, points in zip(sections, cycle((100, 30 + 10 * place, 80)))}
        steering.cast(name, of.id, Choice.points, points=points)
    expect(page.locator("#foot")).to_contain_text("Furthest apart")
    check(page, "weights")
    steering.shows(page, "3 min left", item=TABLE, timer_ends=datetime.now(UTC) + timedelta(minutes=3))
    check(page, "table")


def test_the_longest_answers_fit_beside_every_question(opened, projector):
    steering = opened("--port", "8824")
    now = steering.door.get(KEY)
    vendor, content = now.vendors[0], steering.door.content(now)
    words = cycle(SAID.split())
    long = " ".join(islice(words, 260))[:1200]
    cells = tuple(
        Cell(text=" ".join(islice(words, 12)), row=f"Flow {row}", column=column)
        for row in range(1, 5)
        for column in ("What flows", "Format", "Frequency", "When unavailable")
    )
    tables = [question.id for section in content.sections if section.table for question in section.questions]
    for answer, asked in ((Cell(text=long),), content.questions), (cells, tables):
        steering.answers(vendor.name, *(Answer(question=key, cells=answer, evidence=EVIDENCE) for key in asked))
        for key in asked:
            title = f"{key} {content.questions[key].title}"
            steering.shows(projector, title, scene=Scene.item, item=Item.answer(vendor.id, key))
            for size in SIZES:
                resize(projector, size)
                flaws = projector.evaluate(FLAWS) + projector.locator(".more").all_inner_texts()
                assert (title, size, flaws) == (title, size, [])


def test_what_finds_no_room_is_cut_visibly(opened, projector):
    steering = opened("--port", "8825")
    now = steering.door.get(KEY)
    vendor = now.vendors[0]
    steering.answers(vendor.name, Answer(question="Q1", cells=(Cell(text="It runs on without us. " * 200),)))
    steering.shows(projector, "… more in Review", scene=Scene.item, item=Item.answer(vendor.id, "Q1"))
    check(projector, "cut", accessible=False)


def test_the_room_sees_what_moved_and_the_screen_goes_on_after_a_restart(opened, projector, start_server):
    steering = opened("--port", "8826")
    page = projector
    steering.shows(page, "Nothing has been decided", scene=Scene.picture)
    order = page.locator(".vendor").evaluate_all("rows => rows.map((row) => row.dataset.vendor)")
    watch = """() => { window.moved = [];
      const animate = Element.prototype.animate;
      Element.prototype.animate = function (frames, how) {
        window.moved.push([this.dataset.vendor || this.className, Object.keys(frames[0])[0]]);
        return animate.call(this, frames, how);
      }; }"""
    page.evaluate(watch)
    steering.door.decide_flag(KEY, FLAGGED.flag, FlagState.confirmed, reason="It decides in the path.")
    expect(page.locator("#foot")).to_contain_text("Tidelark Systems becomes rejected.")
    moved = page.evaluate("window.moved")
    assert ["tidelark-systems", "transform"] in moved
    assert ["sure", "width"] in moved
    assert page.locator(".vendor").evaluate_all("rows => rows.map((row) => row.dataset.vendor)") != order

    page.evaluate("window.moved = []")
    in_force = steering.door.content(steering.door.get(KEY)).profile.section_weights
    steering.shows(page, "The weights are those in force.", supposed=Supposed(weights=in_force))
    assert page.evaluate("window.moved") == []
    steering.shows(page, "Last decision", supposed=None)

    page.emulate_media(reduced_motion="reduce")
    page.evaluate("window.moved = []")
    steering.agree(Item.answer("halden-grid-security", "Q1"), 0)
    expect(page.locator("#foot")).to_contain_text("Halden Grid Security, Q1: agreed on level 0")
    assert page.evaluate("window.moved") == []

    page.keyboard.press("b")
    expect(page.locator("#screen")).to_have_attribute("data-scene", "blank")
    assert page.locator("#screen").inner_text().strip() == ""
    page.keyboard.press("PageDown")
    expect(page.locator("#screen")).to_have_attribute("data-scene", "picture")
    page.keyboard.press("d")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    steering.shows(page, "Q3 Standards", scene=Scene.item, item=Item.answer("tidelark-systems", "Q3"))
    page.keyboard.press("ArrowRight")
    expect(page.locator("#figure")).to_contain_text("0 of 3")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#said")).to_have_text("Nobody has voted yet.")
    steering.cast(VOTERS[0], 1, Choice.level_2)
    expect(page.locator("#figure")).to_contain_text("1 of 3")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#said")).to_contain_text("2 people have not voted yet")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#right .vote")).to_have_text("Amara")
    steering.shows(page, "1 min over", timer_ends=datetime.now(UTC) - timedelta(seconds=70))

    page.reload()
    expect(page.locator("#right .vote")).to_have_text("Amara")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    steering.server.stop()
    start_server("--port", "8826")
    steering.door.undo_reveal(KEY, 1)
    expect(page.locator("#figure")).to_contain_text("1 of 3", timeout=PATIENCE)
    assert page.locator(".voted").count() == 1
    assert page.locator(".voted.just").count() == 0


def test_a_screen_where_streams_are_blocked_knows_soon_that_the_server_is_there_again(opened, projector, start_server):
    projector.route("**/stream*", lambda route: route.abort())
    with projector.expect_request(re.compile(r"/now\?mark=\w")):
        steering = opened("--port", "8827")
    trouble = projector.get_by_text("Not connected. Trying again; nothing is lost.")
    steering.server.stop()
    expect(trouble).to_be_visible()
    start_server("--port", "8827")
    expect(trouble).to_be_hidden()
