"""The whole screen: which scene fills its regions, how they are laid out, and what the script is told."""

from __future__ import annotations

from html import escape

from ii_vendor.model.workshop import Scene, Subject
from ii_vendor.workshop.live import Live
from ii_vendor.workshop.screen_agenda import agenda_scene
from ii_vendor.workshop.screen_answer import answer_scene
from ii_vendor.workshop.screen_flag import flag_scene
from ii_vendor.workshop.screen_holding import Door, holding_scene
from ii_vendor.workshop.screen_html import Scenery, fitted
from ii_vendor.workshop.screen_picture import picture_scene
from ii_vendor.workshop.screen_supposed import Supposing, supposing
from ii_vendor.workshop.screen_weights import weights_scene
from ii_vendor.workshop.stream import Shown

__all__ = ["Door", "drawn", "layout"]

REGIONS = ("top", "figure", "left", "right", "foot")

_LAYOUT = """
<div id="screen" ATTRIBUTES>
<div id="banner" role="status">{banner}</div>
<header id="top">{top}</header>
<div id="figure">{figure}</div>
<main><div id="left">{left}</div><div id="right">{right}</div></main>
<footer><div id="foot">{foot}</div><p id="timer" role="timer"></p></footer>
<p id="said" role="status"></p>
</div>
"""


def layout(seen: Shown) -> str:
    """The page's body, which begins with the scene that is shown."""
    known = {key: escape(str(seen.told[key])) for key in ("scene", "state", "share")}
    attributes = (
        f'data-scene="{known["scene"]}" data-state="{known["state"]}" data-supposed="{int(seen.told["supposed"])}" '
        f'style="--share:{known["share"]}%"'
    )
    return _LAYOUT.replace("ATTRIBUTES", attributes)


def drawn(live: Live, door: Door) -> Shown:
    """All that the room sees at this moment. A dark screen holds nothing."""
    room = live.room
    if room.blank:
        return _shown(live, "blank", Scenery(), None)
    scene = Scene.agenda if room.scene is Scene.item and live.item is None else room.scene
    what_if = supposing(live) if scene in (Scene.item, Scene.picture) else None
    return _shown(live, scene.value, _scenery(live, scene, door, what_if), what_if)


def _scenery(live: Live, scene: Scene, door: Door, what_if: Supposing | None) -> Scenery:
    if scene is Scene.holding:
        return holding_scene(live, door)
    if scene is Scene.agenda:
        return agenda_scene(live)
    if scene is Scene.picture:
        return picture_scene(live, what_if)
    assert live.item is not None
    if live.item.subject is Subject.answer:
        return answer_scene(live, live.item, what_if)
    return (flag_scene if live.item.subject is Subject.flag else weights_scene)(live, live.item)


def _shown(live: Live, scene: str, scenery: Scenery, what_if: Supposing | None) -> Shown:
    parts = {region: str(getattr(scenery, region)) for region in REGIONS}
    parts["banner"] = _banner(what_if) if what_if else ""
    ends = live.room.timer_ends
    told = {
        "version": live.version,
        "scene": scene,
        "state": scenery.state,
        "share": scenery.share,
        "item": live.item.key if live.item and scene == Scene.item.value else "",
        "ends": int(ends.timestamp() * 1000) if ends and scene != "blank" else None,
        "supposed": what_if is not None,
        "round": live.round.id if live.round else 0,
    }
    return Shown(parts, told)


def _banner(what_if: Supposing) -> str:
    return fitted(f"<p><b>What if: not recorded.</b> {escape(what_if.words)}</p>", 2, kind="line", more="…")
