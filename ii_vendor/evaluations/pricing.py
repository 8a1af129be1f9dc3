"""What the rules allow of prices: each is a sum one could ask, and all of an evaluation are in one currency."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ii_vendor.model.events import PriceRecorded
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.price import LEAST, MOST
from ii_vendor.rules import Refused, find_vendor


class Offer(NamedTuple):
    """What a vendor asks for: ``amount`` 0.01 to 10^15, None to take a price back; ``basis`` says what it covers."""

    amount: float | None
    basis: str = ""


def price_changes(now: Evaluation, vendor: str, offer: Offer, currency: str) -> list[PriceRecorded]:
    """The event that records this offer; none where it says nothing new."""
    known = find_vendor(now, vendor)
    if known is None:
        listed = ", ".join(each.id for each in now.vendors) or "none yet"
        raise Refused(f"There is no vendor '{vendor}' in this evaluation. There are: {listed}.")
    before, basis = now.prices.get(known.id), " ".join(offer.basis.split())
    if offer.amount is None:
        return [PriceRecorded(vendor=known.id, amount=None, currency=before.currency)] if before else []
    if not LEAST <= offer.amount <= MOST:
        most = f"{MOST:,.0f}".replace(",", " ")
        raise Refused(f"The price of {known.name} has to be a number above 0: from {LEAST} to {most}.")
    if not re.fullmatch("[A-Z]{3}", currency):
        raise Refused("The price needs a currency by its three letters, such as EUR.")
    if before and (before.amount, before.currency, before.basis) == (offer.amount, currency, basis):
        return []
    return [PriceRecorded(vendor=known.id, amount=offer.amount, currency=currency, basis=basis)]


def check_one_currency(now: Evaluation, changes: Sequence[PriceRecorded]) -> None:
    """Refuse changes after which prices would stand in several currencies."""
    after = {vendor: price.currency for vendor, price in now.prices.items()}
    after |= {change.vendor: change.currency for change in changes}
    taken_back = {change.vendor for change in changes if change.amount is None}
    others = {currency for vendor, currency in after.items() if vendor not in taken_back}
    if len(others) > 1:
        raise Refused(
            f"Prices would stand in {' and '.join(sorted(others))}. Give all of them in one currency: the tool "
            "converts nothing."
        )
