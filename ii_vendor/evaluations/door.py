"""What every use case stands on: the record, who acts, and the one way in which an evaluation changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ii_vendor.model.content import Content
from ii_vendor.model.events import Change, Event
from ii_vendor.model.panel import Evaluation
from ii_vendor.rules import Refused, find_vendor
from ii_vendor.store import Listed, NoSuchEvaluation, Record, SeveralEvaluations


class Door:
    """The evaluations of one record on behalf of ``actor``, whose name goes into the record."""

    def __init__(self, record: Record, actor: str) -> None:
        self._record = record
        self.actor = actor

    def listing(self) -> list[Listed]:
        """Every evaluation, newest first."""
        return self._record.listing()

    def get(self, evaluation: str, sequence: int | None = None) -> Evaluation:
        """The evaluation with this id, or the only one of this name. Raises NoSuchEvaluation, or SeveralEvaluations
        where the name does not say which. ``sequence``, from a listing made just now, saves a question."""
        try:
            return self._record.evaluation(evaluation, sequence)
        except NoSuchEvaluation:
            named = [each.id for each in self.listing() if each.name.casefold() == evaluation.casefold()]
            if not named:
                raise
        if len(named) > 1:
            raise SeveralEvaluations(evaluation, named[::-1])
        return self._record.evaluation(named[0])

    def content(self, evaluation: Evaluation) -> Content:
        """The content that the evaluation is judged by."""
        return self._record.content(evaluation.content_hash)

    def vendor_id(self, evaluation: str, name: str) -> str:
        """The id of the vendor with this id or name, whatever its case."""
        now = self.get(evaluation)
        found = find_vendor(now, name)
        if found is None:
            listed = ", ".join(known.id for known in now.vendors) or "none yet"
            raise Refused(f"There is no vendor '{name}' in this evaluation. There are: {listed}.")
        return found.id

    def history(self, evaluation: Evaluation) -> tuple[Event, ...]:
        """The whole record of the evaluation, oldest first."""
        return self._record.events(evaluation.id)

    def original(self, sha256: str) -> tuple[str, bytes]:
        """Name and bytes of a received file, as it came."""
        return self._record.file(sha256)

    def _change(
        self,
        evaluation: str,
        decide: Callable[[Evaluation], Sequence[Change]],
        *,
        content: Content | None = None,
        files: Sequence[tuple[str, str, bytes]] = (),
    ) -> Evaluation:
        return self._record.change(self.get(evaluation).id, self.actor, decide, content=content, files=files)

    def _check_names(self, now: Evaluation, vendor: str, question: str) -> None:
        if not any(known.id == vendor for known in now.vendors):
            listed = ", ".join(known.id for known in now.vendors) or "none yet"
            raise Refused(f"There is no vendor '{vendor}' in this evaluation. There are: {listed}.")
        if question not in self.content(now).questions:
            raise Refused(f"There is no question '{question}' in this evaluation.")
