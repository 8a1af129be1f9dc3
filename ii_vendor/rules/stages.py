"""The stages of an evaluation: what may be done in which, and what it takes to go to another."""

from __future__ import annotations

from collections.abc import Collection

from ii_vendor.model.events import StageChanged
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.seat import Evaluator, Stage
from ii_vendor.rules.assignment import Asked, is_complete, still_to_rate
from ii_vendor.rules.refusal import Refused

LOCKED = "This evaluation is locked. The facilitator can reopen it, with a reason, on the page Panel."

BEFORE_MODERATION = (Stage.setup, Stage.open, Stage.scoring)


def check_not_locked(now: Evaluation) -> None:
    """Refuse a change of a locked evaluation."""
    if now.stage is Stage.locked:
        raise Refused(LOCKED)


def check_stage(now: Evaluation, allowed: Collection[Stage], what: str) -> None:
    """Refuse what is not for this stage. ``what`` begins the sentence, such as "Ratings are given"."""
    check_not_locked(now)
    if now.stage not in allowed:
        listed = " or ".join(stage.value for stage in Stage if stage in allowed)
        raise Refused(
            f"{what} in the stage {listed}, and this evaluation is in {now.stage.value}. The facilitator goes to "
            "another stage on the page Panel."
        )


def stage_changed(now: Evaluation, asked: Asked, stage: Stage, reason: str) -> StageChanged:
    """The event that goes to ``stage``.

    Going back needs a reason. So does opening moderation while seats have not handed in, and locking while something is
    open; the record then names what.
    """
    reason = reason.strip()
    if stage is now.stage:
        raise Refused(f"This evaluation is in {stage.value} already.")
    if now.workshop:
        raise Refused("A workshop is open. Whoever leads it closes it first, then this works.")
    if stage.number < now.stage.number:
        if not reason:
            raise Refused(f"Going back from {now.stage.value} to {stage.value} needs a reason for the record.")
        return StageChanged(stage=stage, reason=reason)
    _check_steps(now, stage)
    left = tuple(unfinished(now, asked, stage))
    if left and not reason:
        raise Refused(f"Still open: {'; '.join(left)}. To go on all the same, give a reason for the record.")
    return StageChanged(stage=stage, reason=reason, unfinished=left)


def _check_steps(now: Evaluation, stage: Stage) -> None:
    if stage.number >= Stage.scoring.number and now.stage.number < Stage.scoring.number:
        if not any(seat.rates and not seat.closed for seat in now.evaluators):
            raise Refused("Nobody on the panel rates yet. Invite evaluators first, on the page Panel.")
        if not any(now.responses.values()):
            raise Refused("No response has arrived yet. Import one first, on the page Responses.")
    if stage is Stage.locked and now.stage is not Stage.moderation:
        raise Refused("An evaluation is locked after moderation. Open moderation first.")
    if stage is Stage.moderation and now.stage is not Stage.scoring:
        raise Refused("Moderation follows scoring. Open scoring first.")


def unfinished(now: Evaluation, asked: Asked, stage: Stage) -> list[str]:
    """What is still open on the way to ``stage``, in words."""
    if stage is Stage.moderation:
        return [_not_complete(now, seat, asked) for seat in raters(now) if not is_complete(now, seat, asked)]
    if stage is Stage.locked:
        undecided = sum(flag.state.undecided for flag in now.flags.values())
        return [f"{undecided} red flag{'' if undecided == 1 else 's'} undecided"] if undecided else []
    return []


def raters(now: Evaluation) -> list[Evaluator]:
    """The open seats that rate, in the panel's order."""
    return [seat for seat in now.evaluators if seat.rates and not seat.closed]


def _not_complete(now: Evaluation, seat: Evaluator, asked: Asked) -> str:
    left = len(still_to_rate(now, seat, asked))
    if seat.name in now.handed_in:
        return f"{seat.name} has answers to rate that came after handing in ({left})"
    return f"{seat.name} has not handed in ({left} answers not rated)" if left else f"{seat.name} has not handed in"
