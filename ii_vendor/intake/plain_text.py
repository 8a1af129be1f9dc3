"""Bytes of a text file -> its text: the encoding found by what the bytes are, wrong bytes told with their line."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4096
_MULTIBYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]{1,3}")
_STRAY = re.compile(rb"[\x80-\xff]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LINE_END = re.compile("\r\n|\r|\n")
_REPLACED = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class PlainText:
    """The text of a file. ``wrong_lines`` are the numbers, from 1, of lines with bytes that are no letters."""

    text: str
    encoding: str
    wrong_lines: tuple[int, ...] = ()


def decode(content: bytes) -> PlainText:
    """The text, in the encoding that the bytes show; bytes that are no letters in it become ``�``."""
    encoding, start = encoding_of(content)
    body = content[start:]
    text = body.decode(encoding, "replace")
    if _decodes(body, encoding):
        return PlainText(text, encoding)
    lines = enumerate(_LINE_END.split(text), 1)
    return PlainText(text, encoding, tuple(number for number, line in lines if _REPLACED in line))


def encoding_of(content: bytes) -> tuple[str, int]:
    """The encoding, and how many bytes of its mark stand in front."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, len(mark)
    if (wide := _wide(content[:_SAMPLE])) is not None:
        return wide, 0
    if _decodes(content, "utf-8") or _is_mostly_utf_8(content):
        return "utf-8", 0
    return "cp1252", 0


def looks_like_text(content: bytes) -> bool:
    """Whether a file that begins so is text: hardly anything in it but what can be seen."""
    sample = content[:_SAMPLE]
    encoding, start = encoding_of(sample)
    text = sample[start:].decode(encoding, "replace")
    return not _CONTROL.search(text) and text.count(_REPLACED) <= 1 + len(text) // 20


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark shows as a zero in every second byte."""
    pairs = len(sample) // 2
    if not pairs:
        return None
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        others = sample[0::2] if encoding == "utf-16-le" else sample[1::2]
        if zeros.count(0) > 0.6 * pairs and others.count(0) == 0:
            return encoding
    return None


def _is_mostly_utf_8(content: bytes) -> bool:
    """A few wrong bytes among many letters of several bytes: the file was damaged, not written otherwise."""
    good = len(_MULTIBYTE.findall(content))
    stray = len(_STRAY.findall(_MULTIBYTE.sub(b"", content)))
    return good > 2 * stray


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
