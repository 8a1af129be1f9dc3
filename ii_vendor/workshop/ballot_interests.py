"""The declaration of interests on a phone: it comes before the first vote."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from ii_vendor.model.seat import Evaluator
from ii_vendor.rules import Refused
from ii_vendor.workshop.live import Live

EXAMPLES = (
    "A conflict of interest is, for example: you work for a vendor or did in the last years, own shares of it, have "
    "family or a close friend there, are paid by it or sell with it. If in doubt, say so: it keeps you out of that one "
    "vendor only."
)


def interests_html(live: Live, seat: Evaluator) -> str:
    """The form. It names every vendor, in the order of names, which tells nobody which answers are whose."""
    declared = live.whole.declarations.get(seat.name)
    before = dict(declared.conflicts) if declared else {}
    rows = "".join(
        f'<label class="card"><input type="checkbox" name="conflict-{escape(vendor.id)}" value="yes" '
        f'data-draft="conflict-{escape(vendor.id)}"{" checked" if vendor.id in before else ""}>'
        f"<span>{escape(vendor.name)}</span></label>"
        f'<label class="field">What it is, in a few words<input name="why-{escape(vendor.id)}" maxlength="200" '
        f'value="{escape(before.get(vendor.id, ""))}" data-draft="why-{escape(vendor.id)}"></label>'
        for vendor in sorted(live.whole.vendors, key=lambda vendor: vendor.name.casefold())
    )
    return (
        '<h1 tabindex="-1">First: your interests</h1>'
        f'<p>{EXAMPLES}</p><form method="post"><input type="hidden" name="do" value="interests">'
        "<fieldset><legend>Your interests in these vendors</legend>"
        f"<p>{escape(', '.join(sorted((each.name for each in live.whole.vendors), key=str.casefold)))}</p>"
        '<label class="card"><input type="radio" name="interests" value="none" required data-draft="interests">'
        "<span>I have no conflict of interest with any of them</span></label>"
        '<label class="card"><input type="radio" name="interests" value="some" data-draft="interests"'
        f"{' checked' if before else ''}><span>I have a conflict of interest</span></label></fieldset>"
        f"<details{' open' if before else ''}><summary>With which vendor?</summary>{rows}</details>"
        '<p class="bar"><button class="main">Declare</button></p></form>'
    )


def conflicts_said(words: Mapping[str, str]) -> dict[str, str]:
    """What the form says stands in the way, by vendor id. Refused where it says two things at once, so that no
    conflict is lost."""
    chosen = words.get("interests", "")
    ticked = {key.removeprefix("conflict-") for key in words if key.startswith("conflict-")}
    reasons = {key.removeprefix("why-"): value for key, value in words.items() if key.startswith("why-")}
    written = {vendor for vendor, why in reasons.items() if why.strip()}
    if not chosen:
        raise Refused("Choose one of the two first.")
    if chosen == "none" and (ticked or written):
        raise Refused("A vendor below is ticked or written about. Clear that, or choose that there is a conflict.")
    if chosen != "none" and not ticked:
        raise Refused("Tick the vendor with which there is a conflict, or choose that there is none.")
    if written - ticked:
        raise Refused("You wrote about a vendor that is not ticked. Tick it, or clear the words.")
    return {vendor: reasons.get(vendor, "") for vendor in sorted(ticked)}
