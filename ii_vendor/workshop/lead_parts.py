"""The whole lead view: its parts, how they are laid out, and what its script is told."""

from __future__ import annotations

from html import escape

from ii_vendor.report.phrases import counted
from ii_vendor.workshop.lead_agenda import agenda_html
from ii_vendor.workshop.lead_html import button
from ii_vendor.workshop.lead_item import item_html
from ii_vendor.workshop.lead_people import hall_html, people_html, votes_in
from ii_vendor.workshop.lead_plan import Does, Plan, before, plan
from ii_vendor.workshop.lead_result import result_html
from ii_vendor.workshop.lead_room import room_html
from ii_vendor.workshop.lead_screen import mirror_words, screen_html, slider_html, supposed_share, supposing_html
from ii_vendor.workshop.lead_view import Leading
from ii_vendor.workshop.lead_words import votes_words
from ii_vendor.workshop.stream import Shown

KEYS = (
    ("Page Down, →", "next"),
    ("Page Up, ←", "back"),
    ("B", "dark screen"),
)

LAYOUT = """
<header id="top">{top}</header>
<main>
<div class="go"><div id="go">{go}</div><p id="said" role="status"></p></div>
<section class="hand" aria-label="The item at hand"><div id="item">{item}</div><div id="result">{result}</div>
<div id="people">{people}</div><div id="hall">{hall}</div></section>
<div class="list"><details class="part" id="part-agenda"><summary><h2>Agenda</h2></summary>
<div id="agenda">{agenda}</div></details></div>
<div class="screen"><details class="part" id="part-screen"><summary><h2>The room sees</h2></summary>
<div id="screen">{screen}</div></details>
<details id="part-if"><summary>What if</summary><div id="supposing">{supposing}</div>
<div id="sliders">{sliders}</div></details>
<details id="part-room"><summary>How it is held</summary><div id="room">{room}</div></details>
<details id="part-keys"><summary>Keys</summary><dl class="keys">KEYS</dl></details></div>
</main>
<p class="unseen" id="spoken" role="status"></p>
<dialog id="look" aria-labelledby="look-title"><form method="dialog"><h2 id="look-title">Please look again</h2>
<ul id="look-why"></ul><div class="row"><button type="button" id="look-yes" class="main">Yes</button>
<button id="look-no" value="">Not yet</button></div></form></dialog>
""".replace("KEYS", "".join(f"<dt>{key}</dt><dd>{what}</dd>" for key, what in KEYS))


def drawn(leading: Leading) -> Shown:
    """All that whoever leads sees at this moment."""
    live, following = leading.live, plan(leading)
    parts = {
        "top": _top(leading),
        "go": _go(leading, following),
        "item": item_html(leading),
        "result": result_html(leading),
        "people": people_html(leading),
        "hall": hall_html(leading),
        "screen": screen_html(leading),
        "supposing": supposing_html(leading),
        "sliders": slider_html(leading),
        "room": room_html(leading),
        "agenda": agenda_html(leading),
    }
    ends = live.room.timer_ends
    told = {
        "version": live.version,
        "item": live.item.key if live.item else "",
        "ends": int(ends.timestamp() * 1000) if ends else None,
        "standing": live.comparison.record_hash,
        "supposed": supposed_share(leading),
        "spoken": _spoken(leading, following),
    }
    return Shown(parts, told)


def _top(leading: Leading) -> str:
    timer = '<p class="left"></p>' if leading.live.room.timer_ends else ""
    there = counted(len(leading.held.present), "person", "people")
    return (
        f"<h1>{escape(leading.live.seen.name)}</h1>{timer}"
        f"<p>Code <b>{escape(leading.held.code)}</b> · {there} in the room{_ballot(leading)}</p>"
        f'<p class="sees">The room sees: {escape(mirror_words(leading))}</p>'
    )


def _ballot(leading: Leading) -> str:
    """The way to the ballot of whoever leads from a seat of their own."""
    if leading.actor.here or leading.seat is None:
        return ""
    return f' · <a href="/ballot/{escape(leading.live.whole.id)}">My ballot</a>'


def _go(leading: Leading, following: Plan) -> str:
    waits = following.does is Does.wait
    body = {"does": following.does.value, "takes": following.takes}
    go_on = button(following.label, "next", "next", body, kind="next waits" if waits else "next")
    back = "" if before(leading.live.room) is None else button("Back", "back", "back")
    why = f'<p class="why {following.does.value}">{escape(following.why)}</p>' if following.why else ""
    return f'<div class="buttons">{back}{go_on}</div>{why}'


def _spoken(leading: Leading, following: Plan) -> str:
    """What is told to somebody who does not look."""
    of = leading.live.round
    if of is None or leading.live.item is None or leading.is_closed(leading.live.item.vendor):
        return following.label
    if not of.revealed:
        return f"{votes_in(leading)}."
    return f"The votes are shown. {votes_words(of)}"
