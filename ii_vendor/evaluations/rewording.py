"""Other questions, rubrics or signals for an evaluation that has begun: never in silence."""

from __future__ import annotations

from typing import NamedTuple

from ii_vendor.content_changes import content_changes
from ii_vendor.evaluations.door import Door
from ii_vendor.model import events
from ii_vendor.model.content import Content
from ii_vendor.model.events import Change
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.scorecard import Comparison
from ii_vendor.rules import Refused, Stale
from ii_vendor.rules.seats import check_facilitates
from ii_vendor.rules.stages import check_not_locked
from ii_vendor.score import compare


class ContentEffect(NamedTuple):
    """What is different in other content, in words, and the comparisons without and with it."""

    changes: tuple[str, ...]
    now: Comparison
    then: Comparison


class Rewording(Door):
    """Changing what an evaluation is judged by, its weights apart."""

    def content_effect(self, evaluation: Evaluation, content: Content) -> ContentEffect:
        """What ``content`` would change, under the weights in force. Nothing is recorded."""
        before = self.content(evaluation)
        other = content.with_profile(before.profile)
        return ContentEffect(content_changes(before, other), compare(evaluation, before), compare(evaluation, other))

    def adopt_content(self, evaluation: str, content: Content, *, reason: str) -> Evaluation:
        """Judge by other questions, rubrics or signals from now on, with a reason; the record lists what is different.

        Ratings and weights in force stay. Once a response has arrived, the questions stay as they were asked.
        """
        reason = reason.strip()
        before = self.content(self.get(evaluation))
        adopted = content.with_profile(before.profile)
        changes = content_changes(before, adopted)

        def decide(now: Evaluation) -> list[Change]:
            check_facilitates(self._actor, "change what an evaluation is judged by")
            check_not_locked(now)
            if now.content_hash != before.hash:
                raise Stale(["The content was changed by somebody else."])
            if not changes:
                raise Refused("This content is in force already: nothing is different.")
            if not reason:
                raise Refused("Other content needs a reason that will stand in the record.")
            if any(now.responses.values()) and adopted.questionnaire_hash != before.questionnaire_hash:
                raise Refused(
                    "Vendors have answered, so what they were asked stays as it is. Rubrics and signals can be changed."
                )
            return [events.ContentAdopted(content_hash=adopted.hash, reason=reason, changes=changes)]

        return self._change(evaluation, decide, content=adopted)
