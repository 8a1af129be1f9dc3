"""A QR code as a picture that stands in a page."""

from __future__ import annotations

import segno


def qr_svg(text: str) -> str:
    """The QR code of ``text`` as an SVG element, black on white with its quiet zone, on dark pages too.

    It grows to the width it is given.
    """
    code = segno.make(text, micro=False, error="m")
    drawn = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, title="QR code of the link")
    return str(drawn)
