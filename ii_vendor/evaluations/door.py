"""What every use case stands on: the record, who acts, what they may see, and the one way an evaluation changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from ii_vendor.model import events
from ii_vendor.model.actor import Actor
from ii_vendor.model.content import Content
from ii_vendor.model.events import Change, Event
from ii_vendor.model.panel import Evaluation
from ii_vendor.rules import Refused, find_vendor
from ii_vendor.rules.assignment import asked_in
from ii_vendor.rules.masking import hidden_names, masked_event, unmasked, unmasked_words
from ii_vendor.rules.seats import NO_LINK, check_may_enter, check_own_name
from ii_vendor.rules.subjects import check_fresh
from ii_vendor.rules.view import history_seen, opened_to, seen_by
from ii_vendor.store import Listed, NoSuchEvaluation, Record, SeveralEvaluations
from ii_vendor.store.audit import Audit, audit


class Door:
    """The evaluations of one record on behalf of ``actor``, whose name goes into the record.

    A plain name stands for somebody at the computer that holds the data. ``seen``, where a use case takes it, is the
    sequence of the evaluation that the person looked at: what somebody else changed since is then never overwritten,
    and ``Stale`` says what it was.
    """

    def __init__(self, record: Record, actor: Actor | str) -> None:
        self._record = record
        self._actor = Actor.at_this_computer(actor) if isinstance(actor, str) else actor

    @property
    def actor(self) -> str:
        """The name that goes into the record."""
        return self._actor.name

    def listing(self) -> list[Listed]:
        """Every evaluation that the actor may see, newest first."""
        known = self._record.listing()
        return known if self._actor.facilitates else [each for each in known if each.id == self._actor.seat_in]

    def get(self, evaluation: str, sequence: int | None = None) -> Evaluation:
        """The evaluation with this id, or the only one of this name, as the actor may see it.

        Raises NoSuchEvaluation, or SeveralEvaluations where the name does not say which. ``sequence``, from a listing
        made just now, saves a question.
        """
        return self._seen(self._whole(evaluation, sequence))

    def check_open(self, evaluation: str) -> None:
        """Refuse whoever may not see this evaluation at all."""
        self._whole(evaluation)

    def _seen(self, now: Evaluation) -> Evaluation:
        """The whole evaluation as the actor may see it."""
        return seen_by(now, self._actor, asked_in(self.content(now)))

    def _whole(self, evaluation: str, sequence: int | None = None) -> Evaluation:
        """The evaluation with everything in it, for use behind the door alone. Refused for whoever may not enter."""
        if not self._actor.facilitates and evaluation != self._actor.seat_in:
            raise Refused(NO_LINK)
        now = self._found(evaluation, sequence)
        check_may_enter(now, self._actor)
        return now

    def _found(self, evaluation: str, sequence: int | None) -> Evaluation:
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

    def history(self, evaluation: Evaluation, after: int = 0) -> tuple[Event, ...]:
        """The record of the evaluation above the sequence ``after``, oldest first. What the actor may not see yet says
        only that it happened."""
        now = self._whole(evaluation.id)
        view = opened_to(now, self._actor, asked_in(self.content(now)))
        hides = partial(masked_event, now) if self._hides_names(now) else None
        return tuple(history_seen(view, self._record.events(now.id, after), hides))

    def visible_sequence(self, evaluation: str, after: int) -> int:
        """The sequence of the last event above ``after`` that says anything to the actor; ``after`` where none does."""
        now = self._whole(evaluation)
        if self._actor.facilitates:
            return max(after, now.sequence)
        open_to_me = (
            event.sequence for event in self.history(now, after) if not isinstance(event.change, events.Withheld)
        )
        return max(open_to_me, default=after)

    def _hides_names(self, view: Evaluation) -> bool:
        return view.masked and not self._actor.facilitates

    def audit(self, evaluation: Evaluation) -> Audit:
        """Whether the record of the evaluation is whole, as the database has it at this moment."""
        return audit(self._record.engine, self._whole(evaluation.id).id)

    def original(self, evaluation: Evaluation, sha256: str) -> tuple[str, bytes]:
        """Name and bytes of a file that was received in this evaluation, as it came. Refused where the response, or the
        vendor's name, is not open to the actor."""
        view = self.get(evaluation.id)
        received = (each.response.file.sha256 for versions in view.responses.values() for each in versions)
        if self._hides_names(view) or sha256 not in received:
            raise Refused("This file is not open to you.")
        return self._record.file(sha256)

    def _change(
        self,
        evaluation: str,
        decide: Callable[[Evaluation], Sequence[Change]],
        *,
        seen: int | None = None,
        content: Content | None = None,
        files: Sequence[tuple[str, str, bytes]] = (),
        source: str = "",
    ) -> Evaluation:
        """Append what ``decide`` makes of the whole evaluation, and give what the actor sees of it afterwards.

        ``source`` says for the record where it came from, beside how the actor was known.
        """
        return self._seen(self._append(evaluation, decide, seen=seen, content=content, files=files, source=source))

    def _append(
        self,
        evaluation: str,
        decide: Callable[[Evaluation], Sequence[Change]],
        *,
        seen: int | None = None,
        content: Content | None = None,
        files: Sequence[tuple[str, str, bytes]] = (),
        source: str = "",
    ) -> Evaluation:
        """The same, but gives the whole evaluation, for use behind the door alone: nothing is hidden in all of its
        words, and the actor may have no seat any more."""

        def decide_freshly(now: Evaluation) -> Sequence[Change]:
            check_may_enter(now, self._actor)
            check_own_name(now, self._actor)
            try:
                changes = decide(now)
                if seen is not None and seen < now.sequence:
                    check_fresh(changes, self._record.events(now.id, seen))
            except Refused as refusal:
                if self._hides_names(now):
                    raise refusal.in_other_words(partial(hidden_names, now)) from None
                raise
            return changes

        key, actor = self._whole(evaluation).id, self._actor
        via = ", ".join(part for part in (actor.via, source) if part)
        return self._record.change(key, actor.name, decide_freshly, via=via, content=content, files=files)

    def _own(self, now: Evaluation, shown: str) -> str:
        """The id of a vendor or flag that this actor knows as ``shown``."""
        return unmasked(now, shown) if self._hides_names(now) else shown

    def _own_words(self, now: Evaluation, vendor: str, question: str, quote: str) -> str:
        """The vendor's words that this actor knows as ``quote``."""
        return unmasked_words(now, vendor, question, quote) if quote and self._hides_names(now) else quote

    def _shown(self, now: Evaluation, words: str) -> str:
        """The same words as this actor gets to read them."""
        return hidden_names(now, words) if self._hides_names(now) else words

    def _check_names(self, now: Evaluation, vendor: str, question: str) -> None:
        if not any(known.id == vendor for known in now.vendors):
            listed = ", ".join(known.id for known in now.vendors) or "none yet"
            raise Refused(f"There is no vendor '{vendor}' in this evaluation. There are: {listed}.")
        if question not in self.content(now).questions:
            raise Refused(f"There is no question '{question}' in this evaluation.")
