"""Setting an evaluation up: its content, its panel, its vendors and their responses."""

from __future__ import annotations

from ii_vendor.arrival import findings_in, flags_raised, next_version
from ii_vendor.evaluations.door import Door
from ii_vendor.model import events
from ii_vendor.model.content import Content
from ii_vendor.model.events import Change
from ii_vendor.model.panel import Discipline, Evaluation
from ii_vendor.model.response import Response
from ii_vendor.rules import Refused, find_vendor, slug_of, vendor_added


class Preparing(Door):
    """Who is asked, who judges, and what came back."""

    def create(self, name: str, content: Content) -> Evaluation:
        """Begin an evaluation with this content frozen. The id is made from the name."""
        if not name.strip():
            raise Refused("The evaluation needs a name.")
        change = events.EvaluationCreated(name=name, content_hash=content.hash)
        return self._record.begin(slug_of(name), self.actor, change, content)

    def add_evaluator(self, evaluation: str, name: str, discipline: Discipline) -> Evaluation:
        """Add a member to the panel. Names are unique, whatever their case."""
        name = name.strip()

        def decide(now: Evaluation) -> list[Change]:
            if not name:
                raise Refused("The evaluator needs a name.")
            if any(member.name.casefold() == name.casefold() for member in now.evaluators):
                raise Refused(f"{name} is on the panel already.")
            return [events.EvaluatorAdded(name=name, discipline=discipline)]

        return self._change(evaluation, decide)

    def add_vendor(self, evaluation: str, name: str) -> Evaluation:
        """Add a vendor. Names are unique, whatever their case."""
        return self._change(evaluation, lambda now: [vendor_added(now, name)])

    def accept_response(
        self, evaluation: str, response: Response, original: bytes, *, vendor: str | None = None
    ) -> Evaluation:
        """Accept a response as the vendor's next version, keep the original file, and raise what the signals find.

        ``vendor`` is an id; without it the vendor is the one named in the response, added if new. Refused when the
        response has errors or is the one accepted last.
        """

        def decide(now: Evaluation) -> list[Change]:
            known = find_vendor(now, vendor or response.vendor)
            if vendor and known is None:
                raise Refused(f"There is no vendor '{vendor}' in this evaluation.")
            added = None if known else vendor_added(now, response.vendor)
            vendor_id = known.id if known else added.vendor if added else ""
            content = self.content(now)
            version = next_version(now, content, vendor_id, response, original)
            findings = findings_in(content, response)
            accepted = events.ResponseAccepted(vendor=vendor_id, version=version, response=response, findings=findings)
            flags = flags_raised(now, content, vendor_id, version, findings)
            return [*([added] if added else []), accepted, *flags]

        file = response.file
        return self._change(evaluation, decide, files=[(file.sha256, file.name, original)])
