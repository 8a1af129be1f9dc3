"""Each answer of an assignment workbook beside what is recorded: new, changed, the same, in conflict, or not usable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ii_vendor.evaluations.offline_places import Placed
from ii_vendor.evaluations.offline_record import Since
from ii_vendor.evaluations.offline_words import same_words, words_in
from ii_vendor.model.content import Content
from ii_vendor.model.offline import Given, OfflineRow, Pair, Recorded, RowState
from ii_vendor.model.panel import Evaluation, Rating
from ii_vendor.model.response import Problem
from ii_vendor.rules import Refused
from ii_vendor.rules.names import Masks

FROM_A_WORKBOOK = "from an assignment workbook"
"""What the record says of a rating that was brought back, beside how its rater was known."""

Check = Callable[[Pair, Given], object]
"""Raises Refused where a rating is against the rules."""


@dataclass(frozen=True)
class Comparing:
    """What is needed to put a row beside the record. ``letters`` are those that the workbook uses, if it uses any."""

    now: Evaluation
    content: Content
    seat: str
    since: Since
    check: Check
    letters: Masks | None

    def row(self, pair: Pair, found: Sequence[Placed]) -> OfflineRow:
        """One answer, from the rows that the workbook has of it."""
        first, recorded = found[0], self.now.ratings.get((*pair, self.seat))
        said = [self._given(each, pair, recorded) for each in found]
        state, why = self._state(pair, first, said[0], recorded)
        if any(other != said[0] for other in said[1:]):
            places = " and ".join(each.entry.place for each in found[:3])
            state, why = RowState.unusable, (f"It stands there more than once, rated differently: {places}. Keep one.",)
        return OfflineRow(
            vendor=pair[0],
            name=self.now.vendor(pair[0]).name,
            question=pair[1],
            state=state,
            given=said[0],
            recorded=self._recorded(pair, recorded),
            why=why,
            cells=first.entry.cells,
            place=first.entry.place,
            problems=first.problems,
        )

    def _state(
        self, pair: Pair, placed: Placed, given: Given | None, recorded: Rating | None
    ) -> tuple[RowState, tuple[str, ...]]:
        untouched = placed.untouched is True
        errors = tuple(_said(each) for each in placed.problems if each.severity == "error")
        if errors and not untouched:
            return RowState.unusable, errors
        if given is None and placed.entry.filled and not untouched:
            cell = placed.entry.cells.get("level", placed.entry.place)
            return RowState.unusable, (f"There is no level in {cell}. Choose 0 to 4 or n/a.",)
        if given is None or untouched:
            return self._left_alone(untouched, given, recorded)
        if recorded is not None and given == _given(recorded):
            return RowState.same, ()
        try:
            self.check(pair, given)
        except Refused as refusal:
            return RowState.unusable, (str(refusal),)
        if against := tuple(self._against(pair, recorded)):
            return RowState.conflict, against
        return (RowState.changed if recorded else RowState.new), ()

    def _left_alone(
        self, untouched: bool, given: Given | None, recorded: Rating | None
    ) -> tuple[RowState, tuple[str, ...]]:
        if recorded is None:
            return RowState.open, ()
        if given == _given(recorded):
            return RowState.same, ()
        if untouched:
            return RowState.later, ("The file was left as it was written, so what is recorded stays.",)
        return RowState.emptied, ("A rating is not taken back by emptying its row: what is recorded stays.",)

    def _against(self, pair: Pair, recorded: Rating | None) -> list[str]:
        """Why what the file says cannot simply be saved."""
        vendor, question = pair
        why = []
        received, then = self.now.received(vendor), self.since.before.get(vendor)
        versions = {each.version: each.response.answer(question).words for each in self.now.responses.get(vendor, ())}
        if recorded and not self.since.known:
            why.append(f"It is rated already, {_by(recorded.evaluator, recorded.at)}, perhaps after this file.")
        elif recorded and pair in self.since.rated:
            event = self.since.rated[pair]
            how = "brought back from a workbook" if FROM_A_WORKBOOK in event.via else "rated online"
            why.append(f"It was {how} since, {_by(event.actor, event.at)}.")
        if received is not None and then is not None and versions.get(then) != versions[received.version]:
            why.append(
                f"The vendor has changed this answer since: version {received.version} of the response arrived on "
                f"{_moment(received.at)}. Read it again."
            )
        elif not self.since.known and len(set(versions.values())) > 1:
            why.append("The vendor has changed this answer once, and it cannot be told which one was judged here.")
        if self.since.reworded(question, self.content):
            why.append("What its levels mean was changed since. Read them again.")
        return why

    def _given(self, placed: Placed, pair: Pair, recorded: Rating | None) -> Given | None:
        """What the file says, in the vendor's own words where it quotes, and in the recorded words where they are the
        same but for letters in the place of names and for white space."""
        given = placed.entry.given
        if given is None:
            return None
        quote = words_in(self.now, pair, given.quote, self.letters)
        reason = given.reason
        if recorded is not None:
            reason = recorded.reason if same_words(reason, recorded.reason, self.letters) else reason
            quote = recorded.quote if same_words(quote, recorded.quote, self.letters) else quote
        return given.model_copy(update={"quote": quote, "reason": reason})

    def _recorded(self, pair: Pair, rating: Rating | None) -> Recorded | None:
        if rating is None:
            return None
        event = self.since.rated.get(pair)
        return Recorded(given=_given(rating), by=event.actor if event else rating.evaluator, at=rating.at)


def _given(rating: Rating) -> Given:
    return Given(level=rating.level, grade=rating.grade, reason=rating.reason, quote=rating.quote)


def _said(problem: Problem) -> str:
    return " ".join(part for part in (problem.place and f"{problem.place}:", problem.message, problem.remedy) if part)


def _by(name: str, at: datetime) -> str:
    return f"by {name} on {_moment(at)}"


def _moment(at: datetime) -> str:
    return f"{at.day} {at:%b %Y, %H:%M} UTC"
