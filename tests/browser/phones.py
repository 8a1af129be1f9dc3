"""Phones that have joined a workshop on the sample, and what a test asks of each."""

from __future__ import annotations

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from ii_vendor.model.workshop import Item, Room, Scene, Settings
from tests.browser.test_seats import service as service_of

SMALL = {"width": 360, "height": 640}
THUMB = 44
"""Pixels that a target for a thumb measures at least."""

SERIOUS = ("serious", "critical")
HEAVIEST = 30_000
"""Bytes that a ballot may weigh with all that belongs to it."""

WHY = "Why? A few words help the room."
LISTEN = """
const asked = window.fetch;
window.fetch = async (...all) => {
  const answer = await asked(...all);
  answer.clone().text().then(repeatToTest);
  return answer;
};
window.EventSource = class extends EventSource {
  constructor(address) {
    super(address);
    this.addEventListener("message", (message) => repeatToTest(message.data));
  }
};
"""
"""Repeats to the test whatever a page's script is told."""


class Hall:
    """A workshop on the sample that is open on a shared server. Guests may join, and votes are shown by hand."""

    def __init__(self, server) -> None:
        self.server, self.door = server, service_of(server)
        self.key = self.door.listing()[0].id
        self.door.open_workshop(self.key, Settings(auto_reveal=False, guests=True))

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

    def reveal(self, round_id: int) -> None:
        self.door.reveal(self.key, round_id)

    def votes(self, round_id: int) -> dict[str, str]:
        held = self.door.get(self.key).workshops[-1].round(round_id)
        assert held
        return {name: vote.choice.value for name, vote in held.votes.items()}

    def join(self, phone: Phone) -> None:
        """Join as a seat of the panel; as a guest where there is none of that name."""
        page = phone.page
        page.goto(f"{self.server.address}/join/{self.code}")
        if phone.scripted:
            phone.check()
        seat = page.get_by_role("button", name=phone.name)
        if seat.count():
            seat.click()
        else:
            page.get_by_label("Your name").fill(phone.name)
            page.get_by_label("What you answer for").select_option("security")
            page.get_by_role("button", name="Join").click()
        expect(page.locator("header")).to_contain_text(phone.name)


@dataclass
class Phone:
    """Somebody's phone. ``heard`` is all that its script was told."""

    name: str
    page: Page
    scripted: bool = True
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.scripted:
            self.page.expose_function("repeatToTest", self.hear)
            self.page.add_init_script(LISTEN)

    def hear(self, words: str) -> None:
        self.heard.append(words)

    @property
    def marker(self) -> str:
        return f"marker of {self.name.partition(' ')[0]}"

    def vote(self, choice: str, button: str = "Vote") -> None:
        self.page.locator(f'input[name="choice"][value="{choice}"]').check()
        self.page.get_by_label(WHY).fill(self.marker)
        self.page.get_by_role("button", name=button, exact=True).click()

    def everything(self) -> str:
        """All that the phone was told so far, its page, and the source of its page."""
        source = self.page.context.request.get(self.page.url)
        assert len(source.body()) < HEAVIEST
        return "\n".join([*self.heard, self.page.content(), source.text()])

    def check(self) -> None:
        """Nothing is wider than the phone, everything to tap is large enough, and axe finds nothing serious, by day
        and by night."""
        page = self.page
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
        targets = "button:visible, a:visible, summary:visible, label:visible:has(input), input[type=range]:visible"
        for target in page.locator(targets).all():
            box = target.bounding_box()
            assert box
            assert box["height"] >= THUMB, target.inner_text()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
            serious = [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in SERIOUS]
            assert serious == [], scheme
