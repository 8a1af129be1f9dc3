"""Steps about the room itself: who is there, how the workshop is held, and its end."""

from __future__ import annotations

from collections.abc import Mapping

from ii_vendor.model.workshop import Choice, Settings
from ii_vendor.rules import Refused
from ii_vendor.workshop.lead_asked import Asked


def vote(asked: Asked) -> Mapping[str, str]:
    """Enter what somebody says who has no phone; at this computer alone."""
    if not asked.leading.actor.here:
        raise Refused("Votes are entered for others only at the computer that holds the data.")
    name, of = asked.text("name"), asked.leading.whole_round
    if not name:
        raise Refused("Choose who votes.")
    if name not in {seat.name for seat in asked.leading.unjoined()}:
        raise Refused(f"{name} votes with their own phone, or not on this.")
    if of is None or of.id != asked.number("round"):
        raise Refused("The vote that you looked at is over.")
    if not asked.text("choice"):
        raise Refused(f"Choose what {name} votes.")
    asked.service.vote(asked.key, name, of.id, asked.one_of("choice", Choice), reason=asked.text("reason"))
    return {"said": f"The vote of {name} is in."}


def leave(asked: Asked) -> Mapping[str, str]:
    """Somebody has left, so that nobody waits for them; or they come again with another phone."""
    name, free = asked.text("name"), asked.says("release")
    if not name:
        raise Refused("Choose who it is.")
    asked.service.leave(asked.key, name, release=free)
    return {"said": f"{name} can join with another phone." if free else f"Nobody waits for {name} any more."}


def settings(asked: Asked) -> Mapping[str, str]:
    """Hold the workshop in another way."""
    minutes = asked.number("minutes") if asked.body.get("minutes") else 0
    if not 0 <= minutes <= 60:
        raise Refused("Up to 60 minutes can be planned for an item; 0 plans none.")
    wanted = Settings(
        names=asked.says("names"), auto_reveal=asked.says("auto_reveal"), guests=asked.says("guests"), minutes=minutes
    )
    asked.service.change_workshop(asked.key, wanted)
    return {"said": "Saved."}


def code(asked: Asked) -> Mapping[str, str]:
    """Another code to join with. Who has joined stays."""
    asked.service.change_workshop(asked.key, new_code=True)
    return {"said": "There is another code. The holding screen shows it."}


def close(asked: Asked) -> None:
    """End the workshop, once that was confirmed."""
    asked.look_twice("The workshop ends for everybody: phones go out, and every vote and reason opens to the panel.")
    asked.service.close_workshop(asked.key)
