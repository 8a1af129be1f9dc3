"""What the room's screen shows, in words, and what steers it: scenes, the dark screen, the timer, what-ifs."""

from __future__ import annotations

from html import escape

from ii_vendor.model.workshop import LEVEL_CHOICES, Scene, Subject
from ii_vendor.score.proposals import shares_in_force
from ii_vendor.score.weights import whole_percentages
from ii_vendor.workshop.lead_html import button, form, submit
from ii_vendor.workshop.lead_people import votes_in
from ii_vendor.workshop.lead_view import Leading, short_title

SCENES = {
    Scene.holding: "How to join",
    Scene.agenda: "Agenda",
    Scene.item: "Item",
    Scene.picture: "Vendors",
}


def screen_html(leading: Leading) -> str:
    """What the room sees just now, and the buttons that show something else."""
    room = leading.live.room
    scenes = "".join(
        button(
            words,
            "scene",
            f"scene-{scene.value}",
            {"scene": scene.value},
            pressed=not room.blank and room.scene is scene,
        )
        for scene, words in SCENES.items()
        if scene is not Scene.item or leading.live.item
    )
    dark = button("Dark", "blank", "blank", pressed=room.blank)
    screen = f"/room/{escape(leading.live.whole.id)}/screen"
    return (
        f'<p class="mirror">{escape(mirror_words(leading))}</p>'
        f'<div class="scenes" role="group" aria-label="What the screen shows">{scenes}{dark}</div>{_timer(leading)}'
        f'<p><a class="same" target="_blank" href="{screen}">Open the screen again</a></p>'
    )


def mirror_words(leading: Leading) -> str:
    """What the screen shows, in a sentence or two."""
    live, room = leading.live, leading.live.room
    if room.blank:
        return "Nothing: the screen is dark."
    if room.scene is Scene.holding:
        return f"How to join, with the code {leading.held.code}."
    if room.scene is Scene.agenda:
        return "The agenda."
    if room.scene is Scene.picture:
        return f"Where the vendors stand. {supposed_words(leading)}".strip()
    return _item_words(leading) if live.item else "Nothing yet."


def _item_words(leading: Leading) -> str:
    live, of = leading.live, leading.live.round
    assert live.item is not None
    title = short_title(live, live.item)
    title = title[0].upper() + title[1:]
    if of is None:
        return f"{title}. No vote yet."
    if not of.revealed:
        return f"{title}. {votes_in(leading)}, and votes are hidden."
    how = "who voted what" if leading.held.settings.names else "the votes without names"
    return f"{title}. Everybody sees {how}."


def supposed_words(leading: Leading) -> str:
    """What is supposed and recorded nowhere; empty where nothing is."""
    live, supposed = leading.live, leading.live.room.supposed
    if supposed is None:
        return ""
    if supposed.level is not None:
        what = f"{short_title(live, live.item)} were level {supposed.level}" if live.item else ""
        return f"What if {what}? Not recorded."
    section, share = supposed_share(leading)
    title = next(each.title for each in live.content.sections if each.id == section)
    return f"What if “{title}” weighed {share}\u00a0%? Not recorded."


def supposed_share(leading: Leading) -> tuple[str, int]:
    """The section whose weight is supposed to be another one, by id, and its share in percent; of the first one as it
    is, where none is."""
    live = leading.live
    now, supposed = whole_percentages(shares_in_force(live.content)), live.room.supposed
    then = whole_percentages(supposed.weights) if supposed else {}
    moved = max(now, key=lambda key: abs(then.get(key, now[key]) - now[key]))
    return moved, then.get(moved, now[moved])


def _timer(leading: Leading) -> str:
    """The time planned for the item: how much is left, more of it, or none."""
    if leading.live.room.timer_ends is not None:
        return (
            '<div class="timer"><b class="left" role="timer"></b>'
            f"{button('+2 min', 'timer', 'timer-more', {'minutes': 2, 'more': True})}"
            f"{button('Stop', 'timer', 'timer-stop', {'stop': True})}</div>"
        )
    planned = leading.held.settings.minutes or 5
    field = (
        '<label for="minutes">Timer</label><input id="minutes" name="minutes" type="number" inputmode="numeric" '
        f'min="1" max="120" value="{planned}" data-draft="minutes"><span>min</span>'
    )
    return form("timer", f"{field}{submit('Start', 'timer-start', kind='')}", "timer-form")


def supposing_html(leading: Leading) -> str:
    """What-ifs that everybody sees: a level of the answer at hand, and taking it back."""
    live, said = leading.live, supposed_words(leading)
    now = live.room.supposed
    levels = ""
    if live.item and live.item.subject is Subject.answer:
        buttons = "".join(
            button(
                choice.value,
                "suppose",
                f"suppose-{choice.value}",
                {"level": choice.value},
                pressed=now is not None and now.level == choice.level,
            )
            for choice in LEVEL_CHOICES
        )
        title = escape(short_title(live, live.item))
        levels = f'<div class="steps" role="group" aria-label="A level supposed">{title} were level {buttons}</div>'
    back = button("Back to what is so", "suppose", "suppose-clear", {"clear": True}) if said else ""
    words = f'<p class="supposed">{escape(said)} {back}</p>' if said else ""
    return f"{words}{levels}"


def slider_html(leading: Leading) -> str:
    """The what-if of one section's weight. It stays the same while it is moved."""
    shares = whole_percentages(shares_in_force(leading.live.content))
    options = "".join(
        f'<option value="{escape(section.id)}" data-share="{shares[section.id]}">{escape(section.title)}</option>'
        for section in leading.live.content.sections
    )
    first = shares[leading.live.content.sections[0].id]
    return (
        '<label class="field"><span>or this section weighed</span>'
        f'<select id="slider-section">{options}</select></label>'
        f'<div class="slider"><input type="range" id="slider" min="0" max="100" step="1" value="{first}" '
        f'aria-label="Share of all weights, in percent"><output id="slider-share">{first} %</output></div>'
        '<p class="quiet">The room sees it at once, marked as not recorded.</p>'
    )
