"""The record as HTML: one event a line, newest first as it is given, with time, way in and hash."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ii_vendor.model.content import Content
from ii_vendor.model.events import Event
from ii_vendor.model.panel import Evaluation
from ii_vendor.report.audit_words import event_words


def events_html(events: Iterable[Event], evaluation: Evaluation, content: Content) -> str:
    """The events in the order given."""
    lines = "".join(_line(event, evaluation, content) for event in events)
    return f'<ol class="iv-events">{lines}</ol>'


def _line(event: Event, evaluation: Evaluation, content: Content) -> str:
    via = f' <small class="iv-via">via {escape(event.via)}</small>' if event.via else ""
    return (
        f"<li><time><b>{event.at:%H:%M:%S}</b> {event.at.day} {event.at:%b %Y}</time>"
        f"<p>{escape(event_words(event, evaluation, content))}{via}</p>"
        f'<span class="iv-seal"><b>{event.sequence}</b> <code>{event.hash[:12]}</code></span></li>'
    )
