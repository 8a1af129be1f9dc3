"""The stages of an evaluation in plain words, and as a line of five steps."""

from __future__ import annotations

from html import escape

from ii_vendor.model.seat import Stage

MEANS = {
    Stage.setup: "The panel and the vendors are put together. The first response that arrives opens the evaluation.",
    Stage.open: "Responses arrive, the panel reads them and decides on red flags. Ratings begin with scoring.",
    Stage.scoring: "Everybody rates alone. Nobody sees another’s ratings before handing in their own.",
    Stage.moderation: "Ratings are closed, and open to the whole panel. It agrees on one level where levels differ.",
    Stage.locked: "The result stands and nothing can be changed. Reopening needs a reason, which stays in the record.",
}
"""What each stage means, in a sentence or two."""

GOING_ON = {
    Stage.open: "Open to the panel",
    Stage.scoring: "Open scoring",
    Stage.moderation: "Open moderation",
    Stage.locked: "Lock the evaluation",
}
"""What the button says that goes on to a stage."""

THEN = {
    Stage.open: "The panel can read what has arrived.",
    Stage.scoring: "Evaluators can rate what they are assigned.",
    Stage.moderation: "That closes all ratings and shows them to the whole panel.",
    Stage.locked: "That ends every change: ratings, consensus, red flags, prices, weights.",
}
"""What comes of going on to a stage."""

LOCKED = "Locked: the result stands and nothing can be changed. The facilitator can reopen it on the page Panel."


def neighbours(stage: Stage) -> tuple[Stage | None, Stage | None]:
    """The stages before and after this one."""
    stages = list(Stage)
    before = stages[stage.number - 1] if stage.number else None
    after = stages[stage.number + 1] if stage.number + 1 < len(stages) else None
    return before, after


def going_back(stage: Stage, to: Stage) -> str:
    """What the button says that goes back to a stage."""
    return "Reopen for moderation" if stage is Stage.locked else f"Back to {to.value}"


def stages_html(now: Stage) -> str:
    """The five stages as a line, the present one marked."""
    steps = "".join(_step(stage, now) for stage in Stage)
    return f'<ol class="iv-stages" aria-label="Stages">{steps}</ol>'


def _step(stage: Stage, now: Stage) -> str:
    done = stage.number < now.number
    mark = "✓" if done else str(stage.number + 1)
    state = ' class="iv-done"' if done else ' class="iv-now" aria-current="step"' if stage is now else ""
    return f"<li{state}><b>{mark}</b><span>{escape(stage.value.capitalize())}</span></li>"
