"""Numbers and dates as text, the way the vendor saw them in the cell."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_WORDS = r"""(?:"[^"]*"|\\.|_.|\*.|\[\$[^\]]*\]|\[[A-Za-z]+[0-9]*\]|[ ().:/€$£+-])*"""
_PATTERN = re.compile(rf"({_WORDS})([0#?,]+)(?:\.([0#?]*))?(%?)({_WORDS})")
_WORD = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|(.)')
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_SECTION = re.compile(r'((?:"[^"]*"|\\.|[^;"\\])*);')
_ONLY_WORDS = re.compile(r'(?:\[[A-Za-z]+\])?((?:"[^"]*")+)')
_LARGEST = 1e15
_MOST_PLACES = 30


def kind_of_value(value: object) -> str:
    """The kind of cell that holds such a value."""
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, (int, float)):
        return "number"
    return "date" if isinstance(value, (date, time, timedelta)) else "text"


def is_day(number_format: str) -> bool:
    """Whether a date format shows days and no time."""
    plain = _QUOTED.sub("", number_format).lower()
    return "d" in plain and "h" not in plain and "s" not in plain


def shown(value: object, number_format: str) -> str:
    """``value`` as the cell shows it: ``1.1`` under ``0.00`` is ``1.10``, a date is ``2026-11-24``."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _number(value, number_format)
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration(value)
    return str(value)


def duration(value: timedelta) -> str:
    """``255:10:10``, in hours, minutes and seconds, however many hours there are."""
    seconds = abs(round(value.total_seconds()))
    sign = "-" if value < timedelta() else ""
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


@dataclass(frozen=True)
class _Picture:
    """A number format taken apart: words around, least digits before the point, most and least places behind it."""

    before: str
    after: str
    digits: int
    most_places: int
    least_places: int
    grouped: bool
    percent: bool


@lru_cache(maxsize=1024)
def _picture(number_format: str) -> _Picture | None:
    """None for a format that shows a number in some other way: as a fraction, by a condition, in millions."""
    found = _PATTERN.fullmatch(number_format.split(";")[0])
    if found is None or found[2].endswith(",") or "0" not in found[2] + (found[3] or ""):
        return None
    before, whole, places, percent, after = found[1], found[2], found[3] or "", found[4], found[5]
    if len(places) > _MOST_PLACES:
        return None
    return _Picture(
        _words(before), _words(after), whole.count("0"), len(places), places.count("0"), "," in whole, bool(percent)
    )


def _words_instead(value: float, number_format: str) -> str:
    """``Yes`` for 1 under ``"Yes";"Yes";"No"``; empty where the cell shows the number.

    The second section of a format is for numbers below zero, and the third for zero.
    """
    sections = _SECTION.findall(f"{number_format};") or [""]
    nth = 1 if value < 0 else 2 if value == 0 else 0
    found = _ONLY_WORDS.fullmatch(sections[nth] if nth < len(sections) else sections[0])
    return found[1].replace('"', "") if found else ""


def _words(text: str) -> str:
    return "".join(a or b or c or d for a, b, c, d in _WORD.findall(text))


def _number(value: float, number_format: str) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if '"' in number_format and (words := _words_instead(value, number_format)):
        return words
    picture = None if abs(value) > _LARGEST else _picture(number_format)
    if picture is None:
        return f"{value:.15g}"
    exact = Decimal(f"{abs(value):.15g}") * (100 if picture.percent else 1)
    rounded = exact.quantize(Decimal(1).scaleb(-picture.most_places), ROUND_HALF_UP)
    whole, _, places = f"{rounded:f}".partition(".")
    whole = whole.zfill(picture.digits)
    if picture.grouped:
        whole = f"{int(whole):,}" if int(whole) or picture.digits else whole
    kept = places[: picture.least_places] + places[picture.least_places :].rstrip("0")
    sign = "-" if value < 0 and rounded else ""
    text = f"{sign}{picture.before}{whole}{'.' if kept else ''}{kept}{'%' * picture.percent}{picture.after}"
    return text.strip()


def _moment(value: datetime) -> str:
    if value.time() == time():
        return value.date().isoformat()
    return value.isoformat(sep=" ", timespec="minutes" if not value.second else "seconds")
