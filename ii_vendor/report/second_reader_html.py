"""What a second reader pointed to in one answer, as HTML."""

from __future__ import annotations

from html import escape

from ii_vendor.model.second_reading import SecondReading
from ii_vendor.report.second_reader_words import dropped_words, found_words


def second_reading_html(reading: SecondReading, question: str) -> str:
    """Its quotes with the red flags that it takes them for, apart from what the signals found."""
    points = "".join(
        f"<blockquote>{escape(each.quote)}</blockquote><p>{escape(each.reason)}</p>"
        f"{f'<p class=iv-quiet>Ask: {escape(each.ask)}</p>' if each.ask else ''}"
        for each in reading.findings
        if each.question == question
    )
    dropped = dropped_words(reading.dropped) if reading.questions == (question,) else ""
    said = " ".join(part for part in (found_words(reading, question), dropped) if part)
    return (
        f'<div class="iv-finding iv-reread"><p><b>Second reader</b> <span class="iv-quiet">{escape(said)}</span></p>'
        f"{points}</div>"
    )
