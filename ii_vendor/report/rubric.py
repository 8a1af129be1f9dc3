"""A rubric and a red flag as HTML, for whoever judges an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from ii_vendor.model.panel import Flag
from ii_vendor.model.rubric import RedFlagRule, Rubric


def levels_html(rubric: Rubric) -> str:
    """The five levels side by side, worst first."""
    cards = "".join(f"<div><b>{level}</b>{escape(rubric.levels[level])}</div>" for level in sorted(rubric.levels))
    return f'<div class="iv-levels" aria-label="Levels">{cards}</div>'


def rubric_html(rubric: Rubric, reading: Sequence[str]) -> str:
    """Everything else the rubric says. ``reading`` holds the rules for reading any answer."""
    left = (
        _said("Why it matters", rubric.rationale)
        + _list("Red flags", (_rule(rule) for rule in rubric.red_flags))
        + _list("Good signs", (escape(sign) for sign in rubric.good_signs))
    )
    right = (
        (_list("How to read an answer", (escape(rule) for rule in reading)) if reading else "")
        + _said("How to verify", rubric.verify)
        + _said("Contract clause", rubric.clause)
    )
    if rubric.exemplars:
        right += _said("A typical red flag", f"“{rubric.exemplars.red_flag}”")
        right += _said("A typical good answer", f"“{rubric.exemplars.good}”")
    if rubric.references:
        right += f'<p class="iv-quiet">Related: {escape("; ".join(rubric.references))}</p>'
    return f'<div class="iv-two"><div>{left}</div><div>{right}</div></div>'


def flag_html(flag: Flag, *, gone: bool) -> str:
    """A red flag with the vendor's words, what to ask, and what was decided last. ``gone``: the words are no longer in
    the newest response."""
    gate = " · gate" if flag.gate else ""
    parts = [
        f"<p>⚑ <b>{flag.state.value.capitalize()}</b> · {flag.severity.value}{gate}</p><p>{escape(flag.statement)}</p>"
    ]
    for quote in flag.quotes:
        words = f"<blockquote>{escape(quote.text)}</blockquote>" if quote.text else ""
        parts.append(f"{words}<p>{escape(quote.reason)}</p>")
    if gone:
        parts.append("<p><b>These words are no longer in the newest response: look again.</b></p>")
    if flag.ask:
        parts.append(f'<p class="iv-quiet">Ask: {escape(flag.ask)}</p>')
    if flag.decisions:
        last = flag.decisions[-1]
        owner = f" Risk owned by {last.owner}." if last.owner else ""
        said = f"{last.by}, {last.at:%d %b %Y}: {last.reason}{owner}"
        parts.append(f'<p class="iv-quiet">{escape(said)}</p>')
    return f'<div class="iv-finding">{"".join(parts)}</div>'


def _said(title: str, text: str) -> str:
    return f"<p><b>{title}.</b> {escape(text)}</p>"


def _list(title: str, items: Iterable[str]) -> str:
    return f"<p><b>{title}</b></p><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _rule(rule: RedFlagRule) -> str:
    gate = ", rejects the vendor" if rule.gate else ""
    return f"{escape(rule.statement)} <i>({rule.severity.value}{gate})</i>"
