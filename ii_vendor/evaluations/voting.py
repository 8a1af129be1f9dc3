"""The workshop's rounds: hidden votes with reasons, shown together, and voted again with the first round kept."""

from __future__ import annotations

from collections.abc import Mapping

from ii_vendor.evaluations.gathering import Gathering
from ii_vendor.evaluations.showing import shown_votes, shown_without
from ii_vendor.model import workshop_events as steps
from ii_vendor.model.events import Change
from ii_vendor.model.panel import Evaluation, WeighingMethod
from ii_vendor.model.workshop import CHOICES, Choice, Item, PutOff, Round, Subject, Vote, Workshop
from ii_vendor.rules import Refused
from ii_vendor.rules.answers import response_judged
from ii_vendor.rules.seats import member, own_seat, speaking_for
from ii_vendor.rules.workshop import awaited, check_leads, voters, why_no_vote, workshop_of
from ii_vendor.score.elicitation import elicited_weights, weighed_ids

MOST_WORDS = 500
"""As many characters a reason may have."""


class Voting(Gathering):
    """Rounds of votes on answers, red flags and weights."""

    def open_round(self, evaluation: str, item: Item) -> Evaluation:
        """Begin a round on an item: its first one, or the next once the votes of the last were shown."""

        def decide(now: Evaluation) -> list[Change]:
            held = self._led(now)
            own = self._own_item(now, item)
            self._check_item(now, own)
            before = held.rounds_of(own)
            if before and not before[-1].revealed:
                raise Refused("A round on this is open already.")
            if not voters(now, own):
                raise Refused("Nobody on the panel may vote on this: interests are undeclared or in conflict.")
            return [steps.RoundOpened(round=len(held.rounds) + 1, item=own)]

        return self._change(evaluation, decide)

    def vote(
        self,
        evaluation: str,
        evaluator: str,
        round_id: int,
        choice: Choice,
        *,
        reason: str = "",
        points: Mapping[str, float] | None = None,
        workshop: int | None = None,
    ) -> None:
        """Vote in an open round, or vote anew. To vote the same again changes nothing, also once the votes are shown:
        a phone may send a vote until it is acknowledged. Shows the votes where all are in and the workshop is held so.

        ``workshop`` is the number of the one that was looked at, whose rounds ``round_id`` counts. ``reason`` is up to
        500 characters. ``points`` are 0-100 for every section, with the choice ``points``.
        """
        reason = " ".join(reason.split())

        def decide(now: Evaluation) -> list[Change]:
            held = workshop_of(now)
            if workshop not in (None, held.number):
                raise Refused("This vote was for an earlier workshop, which is over. Load the page again.")
            seat, of = speaking_for(now, self._actor, evaluator), _round(held, round_id)
            if why := why_no_vote(now, seat, of.item):
                raise Refused(why)
            given = dict(points or {}) if choice is Choice.points else {}
            known = of.votes.get(seat.name)
            before = known and (known.choice, known.reason, dict(known.points), known.sealed)
            if before == (choice, reason, given, False):
                return []
            if of.revealed:
                raise Refused("The votes of this round are shown already, so it takes none any more.")
            if choice not in CHOICES[of.item.subject]:
                raise Refused("This cannot be voted here. Load the page again.")
            if of.item.subject is Subject.answer:
                response_judged(now, of.item.vendor, of.item.question, choice.level)
            _check_length(reason)
            given = self._points(now, given) if choice is Choice.points else {}
            cast = steps.VoteCast(
                evaluator=seat.name, workshop=held.number, round=of.id, choice=choice, points=given, reason=reason
            )
            # At this computer one enters what people say, one after another, and nobody is there before their own vote.
            left = set(awaited(now, of, absent=self._actor.here)) - {seat.name}
            # Votes that were hidden again are shown by hand: the first one changed would show all.
            if left or of.undone or not held.settings.auto_reveal:
                return [cast]
            return [cast, *shown_votes(now, _with(of, cast), "all in")]

        self._append(evaluation, decide)

    def _points(self, now: Evaluation, points: Mapping[str, float]) -> dict[str, float]:
        wanted = weighed_ids(self.content(now), "")
        if set(points) != set(wanted):
            raise Refused("Every section needs its points.")
        given = {key: float(points[key]) for key in wanted}
        try:
            elicited_weights(WeighingMethod.swing, given)
        except ValueError as error:
            raise Refused(str(error)) from error
        return given

    def leave(self, evaluation: str, evaluator: str, *, release: bool = False) -> None:
        """Somebody leaves the room: nobody waits for their vote, and what they voted stays. Where theirs was the last
        vote to wait for, the votes are shown.

        They say so themselves, or whoever leads does; ``release`` ends their ballot, so that they can join with another
        phone."""

        def decide(now: Evaluation) -> list[Change]:
            held, seat, own = workshop_of(now), member(now, evaluator), own_seat(now, self._actor)
            if own is None or own.name != seat.name:
                check_leads(now, self._actor)
            released = release and seat.name in held.ballots.values()
            if seat.name not in held.present and not released:
                return []
            return [steps.WorkshopLeft(evaluator=seat.name, released=released), *shown_without(now, seat.name)]

        self._append(evaluation, decide)

    def reveal(self, evaluation: str, round_id: int) -> Evaluation:
        """Show the votes of a round, all in or not. From then on it takes none."""

        def decide(now: Evaluation) -> list[Change]:
            of = _round(self._led(now), round_id)
            if of.revealed:
                raise Refused("These votes are shown already.")
            if not of.votes:
                raise Refused("Nobody has voted yet.")
            return shown_votes(now, of, "all in" if not awaited(now, of) else "by hand")

        return self._change(evaluation, decide)

    def undo_reveal(self, evaluation: str, round_id: int) -> Evaluation:
        """Hide the votes of a round again and take votes again, as long as it is the last one on its item, and not on
        weights."""

        def decide(now: Evaluation) -> list[Change]:
            held = self._led(now)
            of = _round(held, round_id)
            if not of.revealed:
                raise Refused("These votes are hidden already.")
            if of.item.subject is Subject.weights:
                raise Refused(
                    "Votes on weights became proposals when they were shown, so they stay on the table. The room can "
                    "vote again in another round."
                )
            if held.rounds_of(of.item)[-1].id != of.id:
                raise Refused("A later round on this has begun, so these votes stay on the table.")
            return [steps.RevealUndone(round=of.id)]

        return self._change(evaluation, decide)

    def put_off(self, evaluation: str, item: Item, how: PutOff, *, reason: str = "") -> Evaluation:
        """Skip an item, or park it to come back to. A round on it that is open stays so."""
        reason = " ".join(reason.split())

        def decide(now: Evaluation) -> list[Change]:
            held, own = self._led(now), self._own_item(now, item)
            self._check_item(now, own)
            _check_length(reason)
            known = held.left.get(own.key)
            if known and known.how is how and reason in ("", known.reason):
                return []
            return [steps.ItemPutOff(item=own, how=how, reason=reason)]

        return self._change(evaluation, decide)

    def own_item(self, evaluation: Evaluation, item: Item) -> Item:
        """The item with its ids as they are, where the actor knows it under a letter."""
        return self._own_item(self._whole(evaluation.id), item)

    def _own_item(self, now: Evaluation, item: Item) -> Item:
        update = {"vendor": self._own(now, item.vendor), "flag": self._own(now, item.flag)}
        return item.model_copy(update=update) if item.vendor else item

    def _led(self, now: Evaluation) -> Workshop:
        check_leads(now, self._actor)
        return workshop_of(now)

    def _check_item(self, now: Evaluation, item: Item) -> None:
        """Refuse an item that is not there to vote on."""
        if item.subject is Subject.weights:
            if item != Item(subject=Subject.weights):
                raise Refused("Weights are voted on for all sections together.")
            return
        self._check_names(now, item.vendor, item.question)
        response_judged(now, item.vendor, item.question, None)
        flag = now.flags.get(item.flag)
        if item.subject is Subject.flag and (
            flag is None or (flag.vendor, flag.question) != (item.vendor, item.question)
        ):
            raise Refused(f"There is no red flag '{item.flag}' on this answer.")
        if item.subject is Subject.answer and item.flag:
            raise Refused("A red flag is voted on by itself.")


def _round(held: Workshop, round_id: int) -> Round:
    found = held.round(round_id)
    if found is None:
        raise Refused("There is no such round in this workshop. Load the page again.")
    return found


def _check_length(reason: str) -> None:
    if len(reason) > MOST_WORDS:
        raise Refused(f"A reason can have up to {MOST_WORDS} characters; this one has {len(reason)}.")


def _with(of: Round, cast: steps.VoteCast) -> Round:
    """The round as it is once the vote is in."""
    vote = Vote(**cast.model_dump(exclude={"kind", "workshop", "round"}), at=of.opened_at)
    return of.model_copy(update={"votes": {**of.votes, cast.evaluator: vote}})
