"""The workshop's room: opening and closing it, and who comes in by which ballot."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from ii_vendor.evaluations.moderating import Moderating
from ii_vendor.evaluations.seating import Seating, hash_of
from ii_vendor.evaluations.showing import shown_at_last
from ii_vendor.model import events
from ii_vendor.model import workshop_events as steps
from ii_vendor.model.actor import Actor
from ii_vendor.model.events import Change
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.seat import Discipline, Evaluator, Stage
from ii_vendor.model.workshop import Room, Settings
from ii_vendor.rules import Refused, Stale
from ii_vendor.rules.masking import masked_item
from ii_vendor.rules.names import Masks
from ii_vendor.rules.seats import member, own_seat
from ii_vendor.rules.stages import check_stage
from ii_vendor.rules.workshop import check_leads, has_joined, workshop_of
from ii_vendor.store import RoomNow

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""What codes are made of: nothing that looks like another letter from the last row."""

CODE_LENGTH = 6
SECRET_BYTES = 16
MOST_LETTERS = 60
UNSEEN_LETTERS = "\u115f\u1160\u3164\uffa0"
"""Letters by their kind that show nothing: fillers of the Korean alphabet."""

FACILITATOR = "Facilitator"
"""What a facilitator is called who gives no name."""

NO_CODE = "This code opens no workshop now. Read it again from the screen; it may have changed."


class BallotGiven(NamedTuple):
    """What joining gave: ``secret`` is the ballot of ``evaluator``, as long as the workshop goes on."""

    evaluator: str
    secret: str


def code_meant(text: str) -> str:
    """The code that somebody typed, whatever the case, blanks and dashes."""
    return "".join(letter for letter in text.upper() if letter.isalnum())


def new_secret() -> str:
    """What a phone keeps, and opens a ballot once somebody has joined with it."""
    return secrets.token_urlsafe(SECRET_BYTES)


def _new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


class Gathering(Seating, Moderating):
    """Who is in the room."""

    def open_workshop(self, evaluation: str, settings: Settings | None = None) -> Evaluation:
        """Begin a workshop: from now on people join with its code. In moderation, and one at a time."""

        def decide(now: Evaluation) -> list[Change]:
            check_leads(now, self._actor)
            check_stage(now, (Stage.moderation,), "A workshop is held")
            if now.workshop:
                raise Refused("A workshop is open already. Go on with it, or close it first.")
            opened = steps.WorkshopOpened(
                number=len(now.workshops) + 1, code=_new_code(), settings=settings or Settings()
            )
            return [opened]

        after = self._change(evaluation, decide)
        self._record.change_room(after.id, lambda _: Room())
        return after

    def change_workshop(
        self, evaluation: str, settings: Settings | None = None, *, new_code: bool = False
    ) -> Evaluation:
        """Hold the workshop in another way, or under another code; who has joined stays. What changes nothing is not
        recorded. Votes that are all in are shown where they are to be shown by themselves from now on."""

        def decide(now: Evaluation) -> list[Change]:
            check_leads(now, self._actor)
            held = workshop_of(now)
            code = _new_code() if new_code else held.code
            changed = steps.WorkshopChanged(code=code, settings=settings or held.settings)
            if (changed.code, changed.settings) == (held.code, held.settings):
                return []
            now_by_itself = changed.settings.auto_reveal and not held.settings.auto_reveal
            # At this computer one enters what people say, one after another, as in ``vote``.
            return [changed, *(shown_at_last(now, absent=self._actor.here) if now_by_itself else [])]

        return self._change(evaluation, decide)

    def close_workshop(self, evaluation: str) -> None:
        """End the workshop. Ballots open nothing any more, also that of a chair who closes it, and every vote opens to
        the panel."""

        def decide(now: Evaluation) -> list[Change]:
            check_leads(now, self._actor)
            workshop_of(now)
            return [steps.WorkshopClosed()]

        after = self._append(evaluation, decide)
        self._record.change_room(after.id, lambda _: Room())

    def workshop_by_code(self, code: str) -> str:
        """The id of the evaluation whose open workshop has this code. Refused where there is none."""
        wanted = code_meant(code)
        for each in self._record.listing():
            held = self._record.evaluation(each.id, each.sequence).workshop
            if held and secrets.compare_digest(held.code.encode(), wanted.encode()):
                return each.id
        raise Refused(NO_CODE)

    def seats_to_join(self, evaluation: str, code: str) -> tuple[Evaluator, ...]:
        """The open seats that nobody has joined as, for whoever knows the code."""
        now = self._joinable(evaluation, code)
        return tuple(seat for seat in now.evaluators if not seat.closed and not has_joined(now, seat))

    def guests_may_join(self, evaluation: str, code: str) -> bool:
        """Whether people who are not on the panel may join, for whoever knows the code."""
        return workshop_of(self._joinable(evaluation, code)).settings.guests

    def _joinable(self, evaluation: str, code: str) -> Evaluation:
        now = self._record.evaluation(evaluation)
        _check_code(now, code)
        return now

    def join(
        self,
        evaluation: str,
        code: str,
        name: str,
        discipline: Discipline = Discipline.observer,
        *,
        secret: str = "",
    ) -> BallotGiven:
        """Come into the room with its code and the name of a seat that nobody has joined as, and get a ballot.

        Where guests may join, a new name gets a seat of its own in ``discipline``, which is not one that chairs.
        ``secret`` is a new_secret that the phone was given before, so that a phone which never heard that it has joined
        can ask again; any other is replaced.
        """
        name, key = " ".join(name.split()), secret if len(secret) == len(new_secret()) else new_secret()

        def decide(now: Evaluation) -> list[Change]:
            _check_code(now, code)
            if not name:
                raise Refused("Give your name, as the panel knows it.")
            seat, changes = now.seat(name), list[Change]()
            held_by = workshop_of(now).ballots.get(hash_of(key))
            if seat and not seat.closed and held_by == seat.name:
                there = seat.name in workshop_of(now).present
                return [] if there else [steps.WorkshopJoined(evaluator=seat.name)]
            if held_by is not None:
                raise Refused(f"This phone is {held_by}'s in this workshop. Join with another one.")
            if seat is None:
                _check_guest(now, name, discipline)
                changes.append(events.EvaluatorAdded(name=name, discipline=discipline))
            elif seat.closed:
                raise Refused(f"The seat of {seat.name} is closed. Ask the facilitator.")
            elif has_joined(now, seat):
                raise Refused(
                    f"{seat.name} has joined already, with another phone or browser. If that is you, go on there, or "
                    "ask whoever leads the workshop to free your seat."
                )
            given = seat.name if seat else name
            return [*changes, steps.WorkshopJoined(evaluator=given, ballot=hash_of(key))]

        # Whoever knows the code acts as the seat that they name, before there is a ballot to know them by.
        after = self._record.change(evaluation, name or "?", decide, via="workshop code")
        seat = after.seat(name)
        assert seat is not None
        return BallotGiven(seat.name, key)

    def enter(self, evaluation: str, evaluator: str) -> None:
        """Come into the room as the holder of a seat, or back into it. Being there already is fine."""

        def decide(now: Evaluation) -> list[Change]:
            held, seat = workshop_of(now), own_seat(now, self._actor)
            if seat is None or seat.name != member(now, evaluator).name:
                raise Refused("Join with the code on the screen first.")
            return [] if seat.name in held.present else [steps.WorkshopJoined(evaluator=seat.name)]

        self._append(evaluation, decide)

    def ballot_held(self, evaluation: str, secret: str) -> Actor | None:
        """Who holds this ballot; None where it opens nothing, such as after the workshop."""
        now, key = self._known(evaluation), hash_of(secret)
        name = now.workshop.ballots.get(key) if now and now.workshop else None
        if now is None or name is None:
            return None
        actor = Actor.seated(now.id, name, "workshop code", session=key)
        return actor if own_seat(now, actor) else None

    def room(self, evaluation: Evaluation) -> RoomNow:
        """What the screen shows."""
        now = self._whole(evaluation.id)
        room, version = self._record.room(now.id)
        if room.item and self._hides_names(now):
            room = room.model_copy(update={"item": masked_item(room.item, Masks(now))})
        return RoomNow(room, version)

    def change_room(self, evaluation: str, decide: Callable[[Room], Room], *, seen: int | None = None) -> RoomNow:
        """Show something else on the screen; nothing of it enters the record. ``seen`` is the version of the room that
        was looked at: raises Stale where somebody else has changed it since."""
        now = self._whole(evaluation)
        check_leads(now, self._actor)

        def decide_freshly(before: RoomNow) -> Room:
            if seen is not None and before.version != seen:
                raise Stale(["Somebody else has just moved on."])
            return decide(before.room)

        return self._record.change_room(now.id, decide_freshly)


def _check_code(now: Evaluation, code: str) -> None:
    held = now.workshop
    if held is None or not secrets.compare_digest(held.code.encode(), code_meant(code).encode()):
        raise Refused(NO_CODE)


def _read(name: str) -> str:
    """What people read of a name: its letters and digits, so that none with signs that nobody sees passes for
    another."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in plain if unicodedata.category(sign)[0] in "LN" and sign not in UNSEEN_LETTERS)


def _check_guest(now: Evaluation, name: str, discipline: Discipline) -> None:
    """Refuse somebody who is not on the panel: where guests may not join, and where they would lead, or pass for
    whoever does or for another of the panel."""
    held = workshop_of(now)
    if not held.settings.guests:
        raise Refused(
            f"{name[:MOST_LETTERS]} is not on the panel. Check the spelling, or ask the facilitator to let you in."
        )
    if len(name) > MOST_LETTERS:
        raise Refused(f"A name can have up to {MOST_LETTERS} letters.")
    if not name.isprintable() or not _read(name):
        raise Refused("This name has characters that cannot be seen. Type it anew.")
    if _read(name) in (_read(held.opened_by), _read(FACILITATOR)):
        raise Refused("This is the name of whoever leads the workshop. Give another one, such as your full name.")
    for seat in now.evaluators:
        if _read(name) == _read(seat.name):
            raise Refused(
                f"This name reads like {seat.name}. If that is you, choose that name; if not, give another one, such "
                "as your full name."
            )
    if discipline.chairs:
        raise Refused("Operations and IT lead the workshop, so the facilitator adds them to the panel.")
