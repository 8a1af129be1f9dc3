"""The QR code of a link, as it stands in a page."""

from __future__ import annotations

import re
from html import unescape
from urllib.request import urlopen
from xml.etree import ElementTree

import segno

from ii_vendor.qr import qr_picture

LINK = "http://192.0.2.2:8501/seat/line-3-ot-security-renewal/Zk3rA0vYQ0mZk3rA0vYQ0m"
SVG = "{http://www.w3.org/2000/svg}"


def drawn_code() -> ElementTree.Element:
    source = re.search('src="([^"]+)"', qr_picture(LINK))
    assert source
    with urlopen(unescape(source.group(1))) as picture:
        return ElementTree.fromstring(picture.read())


def test_it_is_black_on_white_with_a_quiet_zone_whatever_the_page_looks_like():
    drawn = drawn_code()
    modules = segno.make(LINK, micro=False, error="m").symbol_size(border=0)[0]
    assert drawn.get("viewBox") == f"0 0 {modules + 8} {modules + 8}"
    ground, code = drawn.findall(f".//{SVG}path") or drawn.findall(".//path")
    assert ground.get("fill") == "#fff"
    assert ground.get("d") == f"M0 0h{modules + 8}v{modules + 8}h-{modules + 8}z"
    assert code.get("stroke") == "#000"


def test_another_link_is_another_picture():
    assert qr_picture(LINK) != qr_picture(LINK[:-1] + "n")


def test_it_takes_the_width_it_is_given_and_says_what_it_is():
    drawn = drawn_code()
    assert (drawn.get("width"), drawn.get("height")) == (None, None)
    assert 'alt="QR code of the link"' in qr_picture(LINK)
