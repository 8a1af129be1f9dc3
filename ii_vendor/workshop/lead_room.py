"""How the workshop is held, the code to join with, and its end."""

from __future__ import annotations

from html import escape

from ii_vendor.model.workshop import Settings
from ii_vendor.workshop.lead_html import button, form, submit
from ii_vendor.workshop.lead_view import Leading


def room_html(leading: Leading) -> str:
    """The settings, the code and the way to close the workshop."""
    now = leading.held.settings
    ticks = (
        _tick("The screen says who voted what", "names", now.names)
        + _tick("Show the votes as soon as all are in", "auto_reveal", now.auto_reveal)
        + _tick("People who are not on the panel may join", "guests", now.guests)
    )
    minutes = (
        '<label class="field"><span>Minutes planned for an item (0: none)</span><input type="number" name="minutes" '
        f'inputmode="numeric" min="0" max="60" value="{now.minutes}" data-draft="minutes/{_state(now)}"></label>'
    )
    held = form("settings", f"{ticks}{minutes}{submit('Save', 'settings-save', kind='')}", "settings-form")
    ends = (
        f'<p class="code">Code to join: <b>{escape(leading.held.code)}</b></p><div class="row">'
        + button("Make another code", "code", "new-code")
        + button("Close the workshop", "close", "close", kind="grave")
        + "</div>"
    )
    return f"{held}{ends}"


def _tick(label: str, name: str, on: bool) -> str:
    # Its draft goes with what is saved: what somebody else has saved shows.
    return (
        f'<label class="tick"><input type="checkbox" name="{name}" value="on" data-draft="{name}/{on}"'
        f"{' checked' if on else ''}><span>{escape(label)}</span></label>"
    )


def _state(now: Settings) -> str:
    return str(now.minutes)
