"""Names, ids and quoted words: what they come to, or why they are refused."""

from __future__ import annotations

import re
import unicodedata
from uuid import uuid4

from ii_vendor.model import events
from ii_vendor.model.panel import Evaluation, Flag, Vendor
from ii_vendor.model.response import Answer
from ii_vendor.rules.refusal import Refused


def slug_of(name: str) -> str:
    """A short id of letters, digits and dashes made from a name: ``Line 3, Øst`` gives ``line-3-st``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
    return slug if slug[:1].isalpha() else f"e-{slug}".rstrip("-") if slug else f"e-{uuid4().hex[:8]}"


def still_said(flag: Flag, answer: Answer) -> bool:
    """Whether any of the flag's quotes still stands in the answer; a flag without quotes always does."""
    quotes = [quote.text for quote in flag.quotes if quote.text]
    return not quotes or any(_stands_in(answer, quote) for quote in quotes)


def _stands_in(answer: Answer, quote: str) -> bool:
    return any(quote in text for text in (*(cell.text for cell in answer.cells), answer.evidence, answer.choice))


def vendor_added(now: Evaluation, name: str) -> events.VendorAdded:
    """A new vendor with an id of its own; refused when the name is empty or taken."""
    name = name.strip()
    if not name:
        raise Refused("The vendor needs a name.")
    if any(known.name.casefold() == name.casefold() for known in now.vendors):
        raise Refused(f"{name} is in this evaluation already.")
    slug, taken = slug_of(name), {known.id for known in now.vendors}
    ids = (slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3)))
    return events.VendorAdded(vendor=next(free for free in ids if free not in taken), name=name)


def find_vendor(now: Evaluation, name: str) -> Vendor | None:
    """The vendor with this id or name, whatever its case; None where there is none."""
    wanted = name.strip().casefold()
    return next((known for known in now.vendors if wanted in (known.id.casefold(), known.name.casefold())), None)


def check_quote(answer: Answer, quote: str) -> None:
    """Refuse a quote that does not stand in the answer word for word; an empty one is none."""
    if quote and not _stands_in(answer, quote):
        raise Refused("The quoted words do not stand in the answer. Copy them exactly as the vendor wrote them.")
