"""Workbooks in other layouts: their answers accepted by a confirmed mapping, and mappings kept for the next ones."""

from __future__ import annotations

from datetime import UTC, datetime

from ii_vendor.evaluations.preparing import Preparing
from ii_vendor.model.mapping import ConfirmedMapping, KeptMapping
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.response import Response
from ii_vendor.rules import Refused
from ii_vendor.rules.seats import check_facilitates
from ii_vendor.store.mappings import forget_mapping, keep_mapping, kept_mappings


class Mappings(Preparing):
    """Mappings belong to no evaluation: what was confirmed in one is known in all."""

    def mappings(self) -> tuple[KeptMapping, ...]:
        """Every mapping that was confirmed, the latest first. Refused for everybody but the facilitator."""
        check_facilitates(self._actor, "see the saved mappings")
        return kept_mappings(self._record.engine)

    def keep_mapping(self, confirmed: ConfirmedMapping) -> None:
        """Keep a mapping under the actor's name, for workbooks like this one in every evaluation."""
        check_facilitates(self._actor, "save a mapping")
        keep_mapping(self._record.engine, confirmed, self.actor, datetime.now(UTC))

    def forget_mapping(self, key: str) -> None:
        """Delete a mapping. Responses that came by it stay as they are."""
        check_facilitates(self._actor, "remove a saved mapping")
        if not forget_mapping(self._record.engine, key):
            raise Refused(f"There is no saved mapping '{key}'. 'ii-vendor mappings list' shows those there are.")

    def accept_mapped(
        self,
        evaluation: str,
        response: Response,
        original: bytes,
        *,
        vendor: str | None = None,
        remember: ConfirmedMapping | None = None,
    ) -> Evaluation:
        """Accept a response whose mapping the actor confirms here and now, and ``remember`` the mapping.

        Refused as ``accept_response`` is; then nothing is remembered either.
        """
        if response.carried is not None and not response.carried.reused:
            by = {"confirmed_by": self.actor, "confirmed_at": datetime.now(UTC)}
            response = response.model_copy(update={"carried": response.carried.model_copy(update=by)})
        after = self.accept_response(evaluation, response, original, vendor=vendor)
        if remember is not None:
            self.keep_mapping(remember)
        return after
