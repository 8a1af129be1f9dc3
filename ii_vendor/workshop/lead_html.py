"""What the lead view's HTML is made of: buttons that take a step, forms, folds. Every text given is escaped."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape

Said = Mapping[str, object]
"""What a step says beside its name."""

NOTHING: Said = {}

NAMES_SHOWN = 24
"""As many names are shown before the rest is counted."""


def button(
    label: str,
    step: str,
    name: str,
    body: Said = NOTHING,
    *,
    kind: str = "",
    pressed: bool | None = None,
    inner: str = "",
) -> str:
    """A button that takes a step, ``body`` saying what of. ``name`` is its id, so that the focus stays on it while the
    page is drawn again; ``inner`` is HTML after the label."""
    state = "" if pressed is None else f' aria-pressed="{str(pressed).lower()}"'
    return (
        f'<button type="button" id="{escape(name)}" class="{kind}"{state} data-step="{asking(step, body)}">'
        f"{escape(label)}{inner}</button>"
    )


def submit(label: str, name: str, body: Said = NOTHING, *, kind: str = "main") -> str:
    """A button that sends its form; ``body`` is said beside what the form says."""
    more = f' data-more="{escape(json.dumps(dict(body)))}"' if body else ""
    return f'<button type="submit" id="{escape(name)}" class="{kind}"{more}>{escape(label)}</button>'


def form(step: str, inner: str, name: str, body: Said = NOTHING) -> str:
    """A form that takes a step with what its fields say; ``inner`` is HTML."""
    return f'<form id="{escape(name)}" data-step="{asking(step, body)}" novalidate>{inner}</form>'


def asking(step: str, body: Said = NOTHING) -> str:
    """A step as it stands in an attribute."""
    return escape(json.dumps({"step": step, **body}))


def fold(title: str, inner: str, name: str) -> str:
    """What unfolds under its title; ``inner`` is HTML."""
    return f'<details id="{escape(name)}"><summary>{escape(title)}</summary>{inner}</details>'


def text_field(label: str, name: str, place: str, *, value: str = "", kept: str = "", rows: int = 1) -> str:
    """A field for words. ``place`` is its draft, and ``kept`` what a browser keeps them by until they are recorded."""
    what = f'name="{escape(name)}" data-draft="{escape(place)}"' + (f' data-keep="{escape(kept)}"' if kept else "")
    if rows > 1:
        field = f'<textarea rows="{rows}" maxlength="2000" {what}>{escape(value)}</textarea>'
    else:
        field = f'<input type="text" maxlength="500" autocomplete="off" {what} value="{escape(value)}">'
    return f'<label class="field"><span>{escape(label)}</span>{field}</label>'


def choice_field(label: str, name: str, place: str, options: Mapping[str, str], chosen: str = "") -> str:
    """A list to choose from: words by value."""
    listed = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(words)}</option>'
        for value, words in options.items()
    )
    return (
        f'<label class="field"><span>{escape(label)}</span>'
        f'<select name="{escape(name)}" data-draft="{escape(place)}">{listed}</select></label>'
    )


def radio(label: str, name: str, value: str, place: str, *, checked: bool = False) -> str:
    """One of several choices, as the input and then its label."""
    key = escape(f"{name}-{value}".replace(" ", "-"))
    return (
        f'<input type="radio" name="{escape(name)}" id="{key}" value="{escape(value)}" data-draft="{escape(place)}"'
        f'{" checked" if checked else ""}><label for="{key}">{escape(label)}</label>'
    )


def names(known: Sequence[str]) -> str:
    """Names in a row; of very many, how many more there are."""
    shown = ", ".join(map(escape, known[:NAMES_SHOWN]))
    return shown if len(known) <= NAMES_SHOWN else f"{shown} and {len(known) - NAMES_SHOWN} more"
