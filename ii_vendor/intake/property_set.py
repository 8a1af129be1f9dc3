"""The custom document properties of an Excel 97-2003 file, out of the stream that keeps them."""

from __future__ import annotations

from struct import error, unpack_from

_SECTION = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")
"""The id of the section with the properties that people and programs added themselves."""

_NAMES = 0
_CODE_PAGE = 1
_NARROW_TEXT, _WIDE_TEXT = 30, 31
_UTF_16 = 1200


def custom_properties(stream: bytes | None) -> dict[str, str]:
    """Names and values, of those that are text. None where the stream is missing or makes no sense."""
    try:
        return _parsed(stream) if stream else {}
    except (error, IndexError, UnicodeError, LookupError):
        return {}


def _parsed(stream: bytes) -> dict[str, str]:
    (sections,) = unpack_from("<I", stream, 24)
    for at in range(min(sections, 2)):
        if stream[28 + 20 * at : 44 + 20 * at] == _SECTION:
            return _section(stream, unpack_from("<I", stream, 44 + 20 * at)[0])
    return {}


def _section(stream: bytes, start: int) -> dict[str, str]:
    (count,) = unpack_from("<I", stream, start + 4)
    places = dict(unpack_from("<II", stream, start + 8 + 8 * n) for n in range(min(count, 1_000)))
    page = unpack_from("<H", stream, start + places[_CODE_PAGE] + 4)[0] if _CODE_PAGE in places else 1252
    names = _names(stream, start + places[_NAMES], page) if _NAMES in places else {}
    return {
        names[key]: text
        for key, place in places.items()
        if key in names and (text := _text(stream, start + place, page)) is not None
    }


def _names(stream: bytes, at: int, page: int) -> dict[int, str]:
    (count,) = unpack_from("<I", stream, at)
    at += 4
    found = {}
    for _ in range(min(count, 1_000)):
        key, length = unpack_from("<II", stream, at)
        size = 2 * length if page == _UTF_16 else length
        found[key] = _decoded(stream[at + 8 : at + 8 + size], page)
        at += 8 + (-(-size // 4) * 4 if page == _UTF_16 else size)
    return found


def _text(stream: bytes, at: int, page: int) -> str | None:
    type_, length = unpack_from("<II", stream, at)
    if type_ == _WIDE_TEXT:
        return _decoded(stream[at + 8 : at + 8 + 2 * length], _UTF_16)
    return _decoded(stream[at + 8 : at + 8 + length], page) if type_ == _NARROW_TEXT else None


def _decoded(content: bytes, page: int) -> str:
    encoding = {_UTF_16: "utf-16-le", 65001: "utf-8"}.get(page, f"cp{page}")
    return content.decode(encoding).partition("\0")[0]
