"""Rating away from the app: an assignment goes out as a workbook, and what comes back is put beside the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product

from ii_vendor.evaluations.judging import Judging
from ii_vendor.evaluations.offline_places import Placed, Places, together
from ii_vendor.evaluations.offline_record import since
from ii_vendor.evaluations.offline_rows import FROM_A_WORKBOOK, Comparing
from ii_vendor.evaluations.offline_shown import under_letters
from ii_vendor.model import events
from ii_vendor.model.events import Change
from ii_vendor.model.offline import (
    Assignment,
    AssignmentComparison,
    AssignmentFile,
    AssignmentTaken,
    Given,
    LeftOut,
    OfflineEntry,
    OfflineRow,
    Origin,
    Pair,
    RowState,
    Take,
)
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.response import Problem
from ii_vendor.model.seat import Evaluator, Stage
from ii_vendor.rules import Refused, Stale
from ii_vendor.rules.assignment import asked_in, assignment
from ii_vendor.rules.names import Masks
from ii_vendor.rules.seats import own_seat, rating_member
from ii_vendor.rules.stages import check_stage
from ii_vendor.rules.subjects import check_fresh


class Offline(Judging):
    """What a seat rates in a workbook of its own."""

    def assignment(self, evaluation: str, evaluator: str) -> Assignment:
        """What the actor's own seat has to rate and has rated so far, as the seat sees it, with nothing of others'."""
        now = self._whole(evaluation)
        seat = self._own_seat(now, evaluator)
        check_stage(now, (Stage.scoring,), "Ratings are given")
        view = self._seen(now)
        pairs = assignment(view, seat, asked_in(self.content(now)))
        if not pairs:
            raise Refused(
                f"There is nothing for {seat.name} to rate yet. Responses open once they have arrived and {seat.name} "
                "has declared interests, on the page Panel."
            )
        order = {question: place for place, question in enumerate(self.content(now).questions)}
        rated = {vendor for vendor, _ in pairs}
        return Assignment(
            evaluation=view,
            evaluator=seat.name,
            pairs=tuple(sorted(pairs, key=lambda pair: order[pair[1]])),
            left_out={each.name: _why_left_out(view, each.id) for each in view.vendors if each.id not in rated},
            origin=Origin(
                evaluation=view.id,
                evaluator=seat.name,
                sequence=view.sequence,
                record_hash=view.record_hash,
                content_hash=view.content_hash,
                masked=self._hides_names(now),
                versions={vendor: versions[-1].version for vendor, versions in view.responses.items() if versions},
            ),
        )

    def compare_assignment(self, evaluation: str, evaluator: str, file: AssignmentFile) -> AssignmentComparison:
        """Put a workbook that came back beside what is recorded. Nothing is saved.

        Refused where it is another evaluation's or another seat's, or while ratings are closed.
        """
        now = self._whole(evaluation)
        try:
            found = self._compared(now, evaluator, file)
        except Refused as refusal:
            raise refusal.in_other_words(partial(self._shown, now)) from None
        return found.model_copy(update={"rows": tuple(map(self._row_shown(now), found.rows))})

    def take_assignment(
        self,
        evaluation: str,
        evaluator: str,
        file: AssignmentFile,
        *,
        seen: int,
        take: Mapping[Pair, Take] | None = None,
    ) -> AssignmentTaken:
        """Save what is new or changed in a workbook, each rating as an event of its own that says where it came from.

        ``seen`` is the sequence of the comparison that the person looked at, ``take`` their choice for each conflict by
        vendor and question. What cannot be used, is in conflict without a choice, or was changed since ``seen`` stays
        as it is recorded, and is told in ``left``.
        """
        saved: list[OfflineRow] = []
        left: list[LeftOut] = []

        def decide(now: Evaluation) -> Sequence[Change]:
            shown, later = self._row_shown(now), self._record.events(now.id, seen)
            chosen = {(self._own(now, vendor), question): which for (vendor, question), which in (take or {}).items()}
            changes: list[Change] = []
            for row in self._compared(now, evaluator, file).rows:
                which = chosen.get(row.pair) if row.state is RowState.conflict else None
                why = "" if row.state.saves or which else _why_left(row)
                if row.given is not None and (row.state.saves or which is Take.file):
                    rated = self._rating(now, evaluator, row.pair, row.given)
                    try:
                        check_fresh([rated], later)
                    except Stale as stale:
                        why = f"It was changed while you were looking at it: {' '.join(stale.changes)} Look again."
                    else:
                        changes.append(rated)
                        saved.append(shown(row))
                if why:
                    told = shown(row)
                    said = self._shown(now, why)
                    left.append(LeftOut(vendor=told.vendor, name=told.name, question=told.question, why=said))
            return changes

        source = f"{FROM_A_WORKBOOK} (SHA-256 {file.file.sha256[:12]})"
        after = self._change(evaluation, decide, source=source)
        return AssignmentTaken(evaluation=after, saved=tuple(row.pair for row in saved), left=tuple(left))

    def _own_seat(self, now: Evaluation, evaluator: str) -> Evaluator:
        """The seat of this name, where it is the actor's own and rates."""
        seat = rating_member(now, self._actor, evaluator)
        held = own_seat(now, self._actor)
        if held is None or held.name != seat.name:
            raise Refused(f"An assignment belongs to its seat: only {seat.name} can take it along and bring it back.")
        return seat

    def _rating(self, now: Evaluation, evaluator: str, pair: Pair, given: Given) -> events.RatingRecorded:
        return self._rated(
            now, evaluator, *pair, given.level, grade=given.grade, reason=given.reason, quote=given.quote
        )

    def _row_shown(self, now: Evaluation) -> Callable[[OfflineRow], OfflineRow]:
        """How a row is shown to the actor."""
        if not self._hides_names(now):
            return lambda row: row
        masks = Masks(now, with_ids=True)
        return lambda row: under_letters(row, masks)

    def _compared(self, now: Evaluation, evaluator: str, file: AssignmentFile) -> AssignmentComparison:
        """The comparison with vendors by their own ids and names."""
        seat, hides, content = self._own_seat(now, evaluator), self._hides_names(now), self.content(now)
        _check_belongs(now, seat, file.origin, hides=hides)
        check_stage(now, (Stage.scoring,), "Ratings are given")
        met = since(self._record, now, seat.name, file.origin)
        masked = hides or file.origin.masked
        letters = met.named if masked or not file.origin.evaluation else None
        places = Places(now, content.questions, letters, names=not masked)
        found = [(entry, places.place(entry)) for entry in file.entries]
        placed = together(place for _, place in found if isinstance(place, Placed))
        comparing = Comparing(
            now=now,
            content=content,
            seat=seat.name,
            since=met,
            check=partial(self._rating, now, seat.name),
            letters=Masks(met.named) if met.named else None,
        )
        pairs = [(vendor.id, question) for question, vendor in product(content.questions, now.vendors)]
        rows = [comparing.row(pair, placed[pair]) for pair in pairs if pair in placed]
        lost = [_lost(entry, why) for entry, why in found if isinstance(why, str) and _is_said(entry)]
        missing = set(assignment(now, seat, asked_in(content))) - placed.keys()
        return AssignmentComparison(
            evaluation=now.id,
            evaluator=seat.name,
            sequence=now.sequence,
            file=file.file,
            rows=(*rows, *lost),
            problems=(*_about(file.origin, known=met.known, missing=len(missing)), *file.problems),
        )


def _why_left_out(view: Evaluation, vendor: str) -> str:
    """Why a vendor has no rows, as its seat sees it."""
    if vendor in view.closed_vendors:
        return "closed to you: you declared a conflict of interest, or have not declared your interests in it"
    return "no response yet" if not view.responses.get(vendor) else "nothing of it is yours to rate"


def _check_belongs(now: Evaluation, seat: Evaluator, origin: Origin, *, hides: bool) -> None:
    """Refuse a workbook of another evaluation or seat, and one with names that are hidden by now."""
    if origin.evaluation and origin.evaluation != now.id:
        raise Refused(f"This workbook belongs to another evaluation, “{origin.evaluation}”. Bring it back there.")
    if origin.evaluator and origin.evaluator.casefold() != seat.name.casefold():
        raise Refused(f"This workbook is the assignment of {origin.evaluator}, and not of {seat.name}.")
    if hides and origin.evaluation and not origin.masked:
        raise Refused(
            "This workbook shows the vendors’ names, and they are hidden from the panel by now. Download a fresh "
            "workbook and enter the ratings there."
        )


def _why_left(row: OfflineRow) -> str:
    """Why a row without a choice is not saved; empty where there is nothing to save."""
    if row.state is RowState.conflict:
        return f"Nobody chose what is to stand. {' '.join(row.why)}"
    return " ".join(row.why) if row.state is RowState.unusable else ""


def _is_said(entry: OfflineEntry) -> bool:
    """Whether somebody wrote something into the row."""
    return entry.filled and entry.untouched is not True


def _lost(entry: OfflineEntry, why: str) -> OfflineRow:
    return OfflineRow(
        vendor="",
        name=entry.vendor,
        question=entry.question,
        state=RowState.unusable,
        given=entry.given,
        why=(why,),
        cells=entry.cells,
        place=entry.place,
        problems=entry.problems,
    )


def _about(origin: Origin, *, known: bool, missing: int) -> Iterator[Problem]:
    """What is to know about the whole workbook."""
    if origin.sequence and not known:
        yield Problem(
            severity="warning",
            message="The workbook was written from a state that this record does not have, as after a backup was put "
            "back. Every row that differs from what is recorded is shown as a conflict.",
            remedy="Choose row by row.",
        )
    if missing:
        answers = "1 answer of the assignment has" if missing == 1 else f"{missing} answers of the assignment have"
        yield Problem(
            severity="note",
            message=f"{answers} no row in this workbook. What is recorded of them stays.",
            remedy="Rate them online, or download a fresh workbook.",
        )
