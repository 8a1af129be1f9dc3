"""What each step of whoever leads does. Nothing of it is recorded but rounds, results and who is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from ii_vendor.model.workshop import Item, PutOff, Room, Scene, Subject, Supposed
from ii_vendor.report.phrases import counted, listed
from ii_vendor.rules import Refused, Stale
from ii_vendor.rules.workshop import awaited
from ii_vendor.score.proposals import shares_in_force
from ii_vendor.workshop import lead_hall, lead_record
from ii_vendor.workshop.lead_asked import MOVED_ON, OUT_OF_DATE, Asked
from ii_vendor.workshop.lead_plan import Does, Plan, before, next_item, plan

Step = Callable[[Asked], Mapping[str, Any] | None]
"""Does what was asked for, and gives what is said of it beside the page. Raises Refused, Stale, NeedsSecondLook."""

MOST_MINUTES = 120


def take(asked: Asked) -> Mapping[str, Any]:
    """Take the step that was asked for."""
    step = STEPS.get(asked.text("step"))
    if step is None:
        raise Refused(OUT_OF_DATE)
    return step(asked) or {}


def _next(asked: Asked) -> None:
    asked.check_fresh()
    following = plan(asked.leading)
    if (asked.text("does") or following.does) != following.does or asked.text("takes") not in ("", following.takes):
        raise Stale([MOVED_ON])
    _DOING[following.does](asked, following)


def _wait(_: Asked, following: Plan) -> None:
    raise Refused(following.why)


def _back(asked: Asked) -> None:
    if room := before(asked.live.room):
        asked.show(room)


def _blank(asked: Asked) -> None:
    asked.show(asked.live.room.model_copy(update={"blank": not asked.live.room.blank}))


def _scene(asked: Asked) -> None:
    scene = asked.one_of("scene", Scene)
    if scene is Scene.item:
        asked.at_hand()
    _to(asked, scene)


def _to(asked: Asked, scene: Scene) -> None:
    room = asked.live.room
    changed: dict[str, object] = {"scene": scene, "blank": False, "supposed": None}
    if scene is not Scene.item:
        changed["timer_ends"] = None
    asked.show(room.model_copy(update=changed))


def _take_up(asked: Asked, item: Item) -> None:
    """Put an item, under the ids of the room, before the room; the time planned for it begins."""
    room, own, minutes = asked.live.room, asked.leading.own_item(item), asked.leading.held.settings.minutes
    ends = _in(minutes) if minutes and own != room.item else None
    asked.show(Room(scene=Scene.item, item=own, timer_ends=ends if own != room.item else room.timer_ends))


def _round(asked: Asked) -> None:
    item = asked.at_hand()
    _to(asked, Scene.item)
    asked.service.open_round(asked.key, asked.leading.own_item(item))


def _reveal(asked: Asked) -> None:
    asked.check_fresh()
    of = asked.leading.whole_round
    if of is None:
        raise Refused("Open the vote first.")
    missing = awaited(asked.live.whole, of) if of.voted and not of.revealed else ()
    if missing:
        verb = "has" if len(missing) == 1 else "have"
        asked.look_twice(f"{counted(len(missing), 'person', 'people')} {verb} not voted yet: {listed(missing)}.")
    asked.service.reveal(asked.key, of.id)


def _undo(asked: Asked) -> None:
    asked.check_fresh()
    of = asked.leading.whole_round
    if of is None:
        raise Refused("No votes have been shown.")
    asked.service.undo_reveal(asked.key, of.id)


def _put_off(how: PutOff) -> Step:
    def step(asked: Asked) -> None:
        item = asked.at_hand()
        asked.check_fresh()
        asked.service.put_off(asked.key, asked.leading.own_item(item), how, reason=asked.text("reason"))
        following = next_item(asked.leading, besides=item)
        if following is None:
            _to(asked, Scene.agenda)
        else:
            _take_up(asked, following)

    return step


def _timer(asked: Asked) -> None:
    room = asked.live.room
    if asked.says("stop"):
        ends = None
    else:
        minutes = asked.number("minutes")
        if not 1 <= minutes <= MOST_MINUTES:
            raise Refused(f"A timer runs for 1 to {MOST_MINUTES} minutes.")
        running = room.timer_ends if asked.says("more") else None
        ends = _in(minutes, max(datetime.now(UTC), running) if running else None)
    asked.show(room.model_copy(update={"timer_ends": ends}))


def _in(minutes: int, after: datetime | None = None) -> datetime:
    return (after or datetime.now(UTC)) + timedelta(minutes=minutes)


def _suppose(asked: Asked) -> None:
    room = asked.live.room
    if asked.says("clear"):
        asked.show(room.model_copy(update={"supposed": None}))
        return
    if "section" in asked.body:
        supposed = Supposed(weights=_with_share(asked))
    elif asked.at_hand().subject is Subject.answer:
        level = asked.level()
        if level is None:
            raise Refused(OUT_OF_DATE)
        supposed = Supposed(level=level)
    else:
        raise Refused("A level is supposed for an answer. Choose one from the agenda first.")
    asked.show(room.model_copy(update={"scene": Scene.picture, "blank": False, "supposed": supposed}))


def _with_share(asked: Asked) -> dict[str, float]:
    """The sections' weights in percent with one of them at another share, the others in their proportion."""
    shares, section, percent = shares_in_force(asked.live.content), asked.text("section"), asked.number("share")
    if section not in shares or not 0 <= percent <= 100:
        raise Refused(OUT_OF_DATE)
    rest = 1 - shares[section]
    if rest <= 0 and not percent:
        raise Refused("Then nothing would count: no other section weighs anything.")
    others = {key: share * (100 - percent) / rest if rest > 0 else 0.0 for key, share in shares.items()}
    return {**others, section: float(percent)}


_DOING: Mapping[Does, Callable[[Asked, Plan], None]] = {
    Does.light: lambda asked, _: _blank(asked),
    Does.agenda: lambda asked, _: _to(asked, Scene.agenda),
    Does.item: lambda asked, following: _take_up(asked, following.item or asked.at_hand()),
    Does.round: lambda asked, _: _round(asked),
    Does.reveal: lambda asked, _: _reveal(asked),
    Does.picture: lambda asked, _: _to(asked, Scene.picture),
    Does.wait: _wait,
}

STEPS: Mapping[str, Step] = {
    "next": _next,
    "back": _back,
    "blank": _blank,
    "scene": _scene,
    "item": lambda asked: _take_up(asked, asked.item()),
    "flag": lambda asked: _take_up(asked, asked.item()),
    "weights": lambda asked: _take_up(asked, Item(subject=Subject.weights)),
    "round": _round,
    "reveal": _reveal,
    "undo": _undo,
    "skip": _put_off(PutOff.skipped),
    "park": _put_off(PutOff.parked),
    "timer": _timer,
    "suppose": _suppose,
    "agree": lead_record.agree,
    "effect": lead_record.effect,
    "decide": lead_record.decide,
    "adopt": lead_record.adopt,
    "vote": lead_hall.vote,
    "leave": lead_hall.leave,
    "settings": lead_hall.settings,
    "code": lead_hall.code,
    "close": lead_hall.close,
}
