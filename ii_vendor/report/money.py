"""Money as words: what stands wherever a price is read."""

from __future__ import annotations

NO_BREAK = "\N{NO-BREAK SPACE}"


def money(amount: float | None, currency: str) -> str:
    """``394 000 EUR``; a dash where there is no price. Its spaces do not break."""
    return "–" if amount is None else f"{figures(amount)}{NO_BREAK}{currency}"


def figures(amount: float | None) -> str:
    """``394 000``: a sum without its currency, with cents only where it is below 100."""
    if amount is None:
        return "–"
    return (f"{amount:,.2f}" if amount < 100 else f"{amount:,.0f}").replace(",", NO_BREAK)
