"""Setting an evaluation up: its content, its vendors and their responses."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from random import SystemRandom

from ii_vendor.arrival import findings_in, flags_answered, flags_raised, next_version, reply_file, with_reply
from ii_vendor.detect import make_ready
from ii_vendor.evaluations.door import Door
from ii_vendor.model import events
from ii_vendor.model.content import Content
from ii_vendor.model.events import Change
from ii_vendor.model.panel import Evaluation, FlagState
from ii_vendor.model.response import Response
from ii_vendor.model.seat import Stage
from ii_vendor.rules import Refused, find_vendor, slug_of, vendor_added
from ii_vendor.rules.seats import check_facilitates, check_open_to, own_seat
from ii_vendor.rules.stages import BEFORE_MODERATION, check_not_locked, check_stage
from ii_vendor.store.texts import saying_what_is_no_text


class Preparing(Door):
    """What is asked of whom, and what came back."""

    def create(self, name: str, content: Content) -> Evaluation:
        """Begin an evaluation with this content frozen. The id is made from the name."""
        check_facilitates(self._actor, "create an evaluation")
        if not name.strip():
            raise Refused("The evaluation needs a name.")
        with saying_what_is_no_text():
            change = events.EvaluationCreated(name=name, content_hash=content.hash)
        return self._record.begin(slug_of(name), self.actor, change, content, via=self._actor.via)

    def add_vendor(self, evaluation: str, name: str) -> Evaluation:
        """Add a vendor. Names are unique, whatever their case."""

        def decide(now: Evaluation) -> list[Change]:
            check_facilitates(self._actor, "add a vendor")
            check_stage(now, BEFORE_MODERATION, "Vendors are added")
            return [vendor_added(now, name)]

        return self._change(evaluation, decide)

    def mask_names(self, evaluation: str, masked: bool) -> Evaluation:
        """Hide the vendors' names from the seats of the panel, or show them again."""

        def decide(now: Evaluation) -> list[Change]:
            check_facilitates(self._actor, "hide or show vendors' names")
            check_not_locked(now)
            if now.masked == masked:
                raise Refused(f"The names are {'hidden' if masked else 'shown'} already.")
            order = [vendor.id for vendor in now.vendors] if masked else []
            SystemRandom().shuffle(order)
            return [events.NamesMasked(masked=masked, order=tuple(order))]

        return self._change(evaluation, decide)

    def accept_response(
        self, evaluation: str, response: Response, original: bytes, *, vendor: str | None = None
    ) -> Evaluation:
        """Accept a response as the vendor's next version, keep the original file, and raise what the signals find.

        The first one opens the evaluation. A new answer under a clarification puts its red flag back on the table.

        ``vendor`` is an id; without it the vendor is the one named in the response, added if new. Refused when the
        response has errors or is the one accepted last.
        """

        def decide(now: Evaluation) -> list[Change]:
            check_facilitates(self._actor, "accept a response")
            check_not_locked(now)
            check_open_to(now, own_seat(now, self._actor), vendor or response.vendor)
            known = find_vendor(now, vendor or response.vendor)
            if vendor and known is None:
                raise Refused(f"There is no vendor '{vendor}' in this evaluation.")
            if known is None:
                check_stage(now, BEFORE_MODERATION, "Vendors are added")
            added = None if known else vendor_added(now, response.vendor)
            vendor_id = known.id if known else added.vendor if added else ""
            content = self.content(now)
            version = next_version(now, content, vendor_id, response, original)
            findings = findings_in(content, response)
            accepted = events.ResponseAccepted(vendor=vendor_id, version=version, response=response, findings=findings)
            flags = [
                *flags_raised(now, content, vendor_id, version, findings),
                *flags_answered(now, vendor_id, version, response),
            ]
            opened = [events.StageChanged(stage=Stage.open)] if now.stage is Stage.setup else []
            return [*opened, *([added] if added else []), accepted, *flags]

        self._make_ready(evaluation)
        file = response.file
        return self._change(evaluation, decide, files=[(file.sha256, file.name, original)])

    def attach_reply(self, evaluation: str, flag: str, reply: str, *, seen: int | None = None) -> Evaluation:
        """Keep a vendor's reply to a clarification as a new version of its response: its words stand under the answer
        that the flag is about, the signals read them, and the flag is on the table again."""

        def decide(now: Evaluation) -> list[Change]:
            check_facilitates(self._actor, "attach a vendor's reply")
            check_not_locked(now)
            known = now.flags.get(flag)
            if known is None or known.state is not FlagState.clarification_sent:
                raise Refused("No clarification was sent on this red flag, so there is nothing to reply to.")
            received = now.received(known.vendor)
            assert received is not None
            if not reply.strip():
                raise Refused("Paste the vendor's reply, word for word.")
            response = with_reply(received.response, known.question, reply, datetime.now(UTC).date())
            content, version = self.content(now), received.version + 1
            findings = findings_in(content, response)
            accepted = events.ResponseAccepted(
                vendor=known.vendor, version=version, response=response, findings=findings
            )
            return [
                accepted,
                *flags_raised(now, content, known.vendor, version, findings),
                *flags_answered(now, known.vendor, version, response),
            ]

        self._make_ready(evaluation)
        name, body = reply_file(reply)
        return self._change(evaluation, decide, seen=seen, files=[(hashlib.sha256(body).hexdigest(), name, body)])

    def _make_ready(self, evaluation: str) -> None:
        """Compile the signals before the change begins, which everybody else's changes wait for."""
        if self._actor.facilitates:
            make_ready(self.content(self._whole(evaluation)).signals)
