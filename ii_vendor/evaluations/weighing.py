"""Scores and what they rest on: comparisons, weights and prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache

from ii_vendor.adoption import adopted_profile, published, same_judgement
from ii_vendor.evaluations.door import Door
from ii_vendor.evaluations.pricing import Offer, check_one_currency, price_changes
from ii_vendor.model import events
from ii_vendor.model.base import canonical_json
from ii_vendor.model.content import Content
from ii_vendor.model.events import Change
from ii_vendor.model.panel import Evaluation, WeighingMethod
from ii_vendor.model.price import PriceComparison
from ii_vendor.model.robustness import Robustness, Simulation, WeightsVary
from ii_vendor.model.rubric import Profile
from ii_vendor.model.scorecard import Comparison
from ii_vendor.rules import Refused, Stale
from ii_vendor.rules.seats import check_facilitates, member, rating_member
from ii_vendor.rules.stages import check_not_locked
from ii_vendor.score import compare, moves
from ii_vendor.score.elicitation import elicited_weights, weighed_ids
from ii_vendor.score.matrix import matrix
from ii_vendor.score.price import QUALITY_SHARE, price_comparison
from ii_vendor.score.proposals import WhatIf, profile_with, proposals_of
from ii_vendor.score.robustness import SAMPLES, SPREAD, robustness
from ii_vendor.score.simulation import simulate


@dataclass(frozen=True)
class _Standing:
    """An evaluation as it stands, under its own profile or another. The record's hash and the view of it name
    everything that counts."""

    record_hash: str
    view: str
    weighed: str
    evaluation: Evaluation = field(compare=False)
    content: Content = field(compare=False)
    profile: Profile | None = field(compare=False)


_FREEZING = (events.EvaluationCreated, events.ProfileAdopted, events.ContentAdopted)
"""The changes that name the content to judge by."""


@lru_cache(maxsize=64)
def _compared(standing: _Standing) -> Comparison:
    return compare(standing.evaluation, _judged_by(standing))


def _judged_by(standing: _Standing) -> Content:
    return standing.content.with_profile(standing.profile) if standing.profile else standing.content


@lru_cache(maxsize=32)
def _robustness(standing: _Standing, spread: float, samples: int) -> Robustness:
    return robustness(standing.evaluation, standing.content, _compared(standing), spread=spread, samples=samples)


@lru_cache(maxsize=64)
def _simulated(
    standing: _Standing, weights: WeightsVary, ratings: bool, spread: float, samples: int, central: bool
) -> Simulation | None:
    field = matrix(_compared(standing), _judged_by(standing))
    if len(field.vendors) < 2:
        return None
    return simulate(field, weights, ratings=ratings, spread=spread, samples=samples, central=central)


def _check_samples(spread: float, samples: int) -> None:
    if not 0 < spread <= 1:
        raise Refused("Weights can be moved by more than 0 % and up to 100 %.")
    if not 100 <= samples <= 1_000_000:
        raise Refused("Between 100 and 1 000 000 samples can be drawn.")


class Weighing(Door):
    """What the ratings add up to, and under which weights."""

    def compare(self, evaluation: Evaluation, profile: Profile | None = None) -> Comparison:
        """Score and rank the vendors; under another ``profile`` as a what-if that is not recorded."""
        return _compared(self._standing(evaluation, profile))

    def adopt_profile(self, evaluation: str, profile: Profile, *, reason: str, seen: int | None = None) -> Evaluation:
        """Judge by other weights or thresholds from now on, with a reason. The ratings stay as they are.

        The profile's title then says whether it was changed, and its reasons begin with this adoption.
        """
        reason = reason.strip()
        if not reason:
            raise Refused("Other weights need a reason that will stand in the record.")
        before = self.get(evaluation)
        originals = [*published(profile.id), *self._profiles_so_far(before)]
        adopted = adopted_profile(profile, originals, self.actor, datetime.now(UTC).date(), reason)
        frozen = self.content(before)
        content = frozen.with_profile(adopted)
        sections = {section.id for section in content.sections}
        if not any(weight for key, weight in profile.section_weights.items() if key in sections):
            raise Refused("Every weight is 0, so nothing could be scored. Give one section a weight above 0.")

        def decide(now: Evaluation) -> list[Change]:
            check_facilitates(self._actor, "adopt other weights")
            check_not_locked(now)
            if now.content_hash != frozen.hash:
                raise Stale(["Other weights or other content were adopted."])
            if same_judgement(profile, frozen.profile):
                raise Refused("These weights are in force already.")
            return [events.ProfileAdopted(profile=profile.id, content_hash=content.hash, reason=reason)]

        return self._change(evaluation, decide, seen=seen, content=content)

    def _profiles_so_far(self, evaluation: Evaluation) -> list[Profile]:
        """Every profile that the evaluation was judged by, the first one first."""
        changes = (event.change for event in self.history(evaluation))
        hashes = [each.content_hash for each in changes if isinstance(each, _FREEZING)]
        return [self._record.content(each).profile for each in hashes]

    def record_price(
        self, evaluation: str, vendor: str, amount: float | None, *, currency: str = "EUR", basis: str = ""
    ) -> Evaluation:
        """Record what a vendor asks for, or take it back with ``amount`` None. It never enters autonomy.

        ``amount`` is 0.01 to 10^15, in ``currency``, which must be that of the other prices; ``basis`` says what it
        covers.
        """
        return self.record_prices(evaluation, {vendor: Offer(amount, basis)}, currency=currency)

    def record_prices(
        self, evaluation: str, offers: Mapping[str, Offer], *, currency: str = "EUR", seen: int | None = None
    ) -> Evaluation:
        """Record several vendors' prices by vendor id or name, all or none. Those that say nothing new are passed over.

        All prices of an evaluation are in one currency: another one needs every price anew.
        """
        currency = currency.strip().upper()

        def decide(now: Evaluation) -> list[Change]:
            check_facilitates(self._actor, "record prices")
            check_not_locked(now)
            changes = [
                change for vendor, offer in offers.items() for change in price_changes(now, vendor, offer, currency)
            ]
            if not changes:
                raise Refused("Nothing has changed: that is what is recorded already.")
            check_one_currency(now, changes)
            return list(changes)

        return self._change(evaluation, decide, seen=seen)

    def prices(self, evaluation: Evaluation, *, quality_share: float = QUALITY_SHARE) -> PriceComparison | None:
        """Price beside autonomy, None while there is no price. ``quality_share`` is what quality counts in the classic
        ratio, 0-1."""
        if not 0 <= quality_share <= 1:
            raise Refused("Quality can count from 0 % to 100 %: a share between 0 and 1.")
        if not evaluation.prices:
            return None
        return price_comparison(self.compare(evaluation), evaluation.prices, quality_share=quality_share)

    def propose_weights(
        self,
        evaluation: str,
        evaluator: str,
        method: WeighingMethod,
        given: Mapping[str, float],
        *,
        scope: str = "",
        reason: str = "",
    ) -> Evaluation:
        """Record what one member of the panel would have the sections weigh, or the questions of the section ``scope``.

        ``given`` must name each of them once: points 0-100 for ``swing``, places from 1 for ``rank order``, 0 for what
        should count nothing. Nothing changes until ``adopt_profile``.
        """

        def decide(now: Evaluation) -> list[Change]:
            seat = rating_member(now, self._actor, evaluator)
            check_not_locked(now)
            content = self.content(now)
            if scope and scope not in {section.id for section in content.sections}:
                raise Refused(f"There is no section '{scope}' in this evaluation.")
            wanted = weighed_ids(content, scope)
            if set(given) != set(wanted):
                raise Refused(f"Weights are needed for exactly these: {', '.join(wanted)}.")
            try:
                weights = elicited_weights(method, given)
            except ValueError as error:
                raise Refused(str(error)) from error
            return [
                events.WeightsProposed(
                    evaluator=seat.name,
                    scope=scope,
                    method=method,
                    given={key: float(given[key]) for key in wanted},
                    weights={key: weights[key] for key in wanted},
                    reason=reason.strip(),
                )
            ]

        return self._change(evaluation, decide)

    def effects(self, evaluation: Evaluation, scope: str = "") -> tuple[WhatIf, ...]:
        """What each person's weights for this scope would do, in the panel's order. Nothing is recorded."""
        now, profile = self.compare(evaluation), self.content(evaluation).profile
        found = []
        for proposal in proposals_of(evaluation, scope):
            then = self.compare(evaluation, profile_with(profile, proposal))
            found.append(WhatIf(proposal, then, tuple(moves(now, then))))
        return tuple(found)

    def adopt_proposal(self, evaluation: str, evaluator: str, *, scope: str = "", reason: str) -> Evaluation:
        """Judge by one person's weights from now on. The record says whose they are, and ``reason`` why these."""
        now = self.get(evaluation)
        proposal = now.proposals.get((member(now, evaluator).name, scope))
        if proposal is None:
            raise Refused(f"{evaluator} has given no weights for {self._scope_words(now, scope)}.")
        if not reason.strip():
            raise Refused("Adopting somebody's weights needs a reason that will stand in the record.")
        content = self.content(now)
        whose = f"{proposal.evaluator}'s weights for {self._scope_words(now, scope)}"
        profile = profile_with(content.profile, proposal)
        return self.adopt_profile(evaluation, profile, reason=f"{whose}. {reason.strip()}")

    def _scope_words(self, now: Evaluation, scope: str) -> str:
        titles = {section.id: section.title for section in self.content(now).sections}
        return f"the questions of “{titles.get(scope, scope)}”" if scope else "the sections"

    def robustness(self, evaluation: Evaluation, *, spread: float = SPREAD, samples: int = SAMPLES) -> Robustness:
        """How firm the result is. ``spread``, above 0 and at most 1, is how far weights are moved, as a share of each;
        ``samples`` how many weightings are tried. The same evaluation always gives the same."""
        _check_samples(spread, samples)
        return _robustness(self._standing(evaluation), spread, samples)

    def leads(
        self,
        evaluation: Evaluation,
        profile: Profile | None = None,
        *,
        weights: WeightsVary = WeightsVary.informed,
        ratings: bool = False,
        spread: float = SPREAD,
        samples: int = SAMPLES,
        central: bool = True,
    ) -> Simulation | None:
        """How often each vendor takes each rank near the weights in force, or near those of ``profile`` as a what-if.

        One simulation of the kind that ``weights`` and ``ratings`` say, from the same samples as ``robustness``; None
        with fewer than two ranked vendors. Without ``central`` the weights under which each vendor leads are left out.
        """
        _check_samples(spread, samples)
        return _simulated(self._standing(evaluation, profile), weights, ratings, spread, samples, central)

    def _standing(self, evaluation: Evaluation, profile: Profile | None = None) -> _Standing:
        weighed = canonical_json(profile) if profile else ""
        content = self.content(evaluation)
        return _Standing(evaluation.record_hash, evaluation.view, weighed, evaluation, content, profile)
