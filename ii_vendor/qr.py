"""A QR code as a picture that stands in a page."""

from __future__ import annotations

import segno


def qr_picture(text: str) -> str:
    """The QR code of ``text`` as an HTML picture, black on white with its quiet zone, on dark pages too.

    It grows to the width it is given. A picture and not an SVG element: pages take no such element from us.
    """
    code = segno.make(text, micro=False, error="m")
    return (
        f'<img alt="QR code of the link" src="{code.svg_data_uri(border=4, dark="#000", light="#fff", omitsize=True)}">'
    )
