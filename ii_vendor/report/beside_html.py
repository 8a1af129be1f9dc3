"""What a vendor's own workbook holds beside our questions, as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ii_vendor.model.response import Attachment


def beside_html(attachments: Sequence[Attachment]) -> str:
    """Rows that belong to none of our questions, with what was answered."""
    return f'<div class="iv-beside">{"".join(_attachment(each) for each in attachments)}</div>'


def _attachment(each: Attachment) -> str:
    number = f"<b>{escape(each.id)}</b> " if each.id else ""
    section = f" · {escape(each.section)}" if each.section else ""
    said = "".join(
        f"<p>{f'<small>{name}</small> ' if name else ''}{escape(words)}</p>"
        for name, words in (("", each.answer), ("Comment", each.comment), ("Evidence", each.evidence))
        if words.strip()
    )
    return (
        f"<article><div><small>{escape(each.place)}{section}</small><p>{number}{escape(each.question)}</p></div>"
        f"<div>{said or '<p><i>(no answer)</i></p>'}</div></article>"
    )
