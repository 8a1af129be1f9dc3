"""The holding screen: what this is, how to join, and who is there."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import NamedTuple

from ii_vendor.evaluations.gathering import CODE_LENGTH
from ii_vendor.qr import qr_picture
from ii_vendor.report.phrases import counted
from ii_vendor.workshop.live import Live
from ii_vendor.workshop.screen_html import Scenery, fitted, left_out

picture = lru_cache(maxsize=8)(qr_picture)
"""Drawn once for a code: people join one by one."""


class Door(NamedTuple):
    """Where people come in: the ``address`` of the app, and whether others than this computer reach it."""

    address: str
    shared: bool


def holding_scene(live: Live, door: Door) -> Scenery:
    """The scene before the workshop begins, and for whoever comes late."""
    held = live.workshop
    assert held is not None
    half = CODE_LENGTH // 2
    code = f"{held.code[:half]} {held.code[half:]}"
    there = f"{counted(len(held.present), 'person is', 'people are')} here" if held.present else "Nobody is here yet"
    return Scenery(
        top=f'<p class="kicker">Workshop</p>{fitted(f"<h1>{escape(live.seen.name)}</h1>", 4.2)}',
        left=f'<div class="join">{_way_in(door, held.code)}</div>',
        right=(
            f"{fitted(f'<p>{escape(code)}</p>', 13, kind='code')}"
            f"{fitted(_people(live), 2.2, kind='people', more=left_out(''))}"
        ),
        foot=f"<p>{there}. Everybody votes on their own phone; nobody sees a vote before all are shown.</p>",
        share=42,
    )


def _way_in(door: Door, code: str) -> str:
    """The QR code, or why a phone would not get in with one."""
    host = escape(door.address.partition("://")[2])
    if not door.shared:
        return (
            '<div class="alone"><p><b>Phones cannot join yet.</b></p><p>Only this computer reaches the app. To let '
            "phones on the local network in, start it with <code>ii-vendor serve --lan</code>. The workshop goes on "
            f"where it is.</p></div><p>At this computer, open <b>{host}/join</b></p>"
        )
    return (
        f'<div class="qr">{picture(f"{door.address}/join/{code}")}</div>'
        f"<p>Scan with your phone, or open <b>{host}/join</b> and type the code.</p>"
    )


def _people(live: Live) -> str:
    held = live.workshop
    assert held is not None
    if not held.present:
        return '<p class="quiet">Nobody has joined yet.</p>'
    seats = [seat for seat in live.seen.evaluators if seat.name in held.present]
    rows = "".join(
        f"<li><b>{escape(seat.name)}</b> <span>{escape(seat.discipline.value)}</span></li>" for seat in seats
    )
    return f"<ul>{rows}</ul>"
