"""Answers in several columns: one column for each vendor, and one for each possible answer to tick."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ii_vendor.intake.understanding.content import Content
from ii_vendor.intake.understanding.vocabulary import VENDOR_WORDS
from ii_vendor.intake.understanding.words import (
    best_title_role,
    folded,
    is_option_title,
    speaks_of_times,
    title_roles,
)
from ii_vendor.model.workbook import Role

_NAMED = 0.5
_LONGEST_NAME, _LONGEST_ANSWER, _LONGEST_SCORE = 60, 120, 3
_REPLIES: tuple[Role, ...] = ("answer", "comment", "evidence")


@dataclass(frozen=True)
class Placed:
    """The role of one column, with the vendor or the option that it stands for."""

    role: Role
    sure: float
    vendor: str = ""
    option: str = ""


@dataclass(frozen=True)
class Column:
    """A column before anybody knows its role: the texts above it, from top to bottom, and what it holds."""

    number: int
    titles: tuple[str, ...]
    content: Content

    @property
    def title(self) -> str:
        """All texts above it."""
        return " ".join(dict.fromkeys(self.titles))

    @property
    def group(self) -> str:
        """The name above several columns; empty where its title stands alone."""
        return self.titles[0].strip() if len(self.titles) > 1 and self.titles[0] != self.titles[-1] else ""

    @property
    def own(self) -> str:
        """The lowest title."""
        return self.titles[-1].strip() if self.titles else ""


def options_of(columns: Sequence[Column]) -> dict[int, Placed]:
    """The columns in which a tick under a title is the answer: two or more beside each other."""
    found: dict[int, Placed] = {}
    run: list[Column] = []
    grouped = Counter(column.group for column in columns if column.group and _is_option(column))
    for column in [*columns, None]:
        chosen = column is not None and (_is_option(column) or _joins_options(column, grouped))
        if column is not None and chosen and (not run or _beside(run[-1], column)):
            run.append(column)
            continue
        if len(run) >= 2:
            found |= {each.number: Placed("option", 0.95, option=" ".join(each.own.split())) for each in run}
        run = [column] if column is not None and chosen else []
    return found


def _joins_options(column: Column, grouped: Mapping[str, int]) -> bool:
    """Whether a column stands under the same name as options do, and holds ticks or nothing as they do."""
    content = column.content
    return grouped.get(column.group, 0) >= 2 and (content.count == 0 or content.marks >= 0.9)


def _beside(left: Column, right: Column) -> bool:
    return right.number == left.number + 1 and folded(left.own) != folded(right.own)


def _is_option(column: Column) -> bool:
    if not column.own:
        return False
    content = column.content
    if is_option_title(column.own):
        return content.count == 0 or content.marks >= 0.5 or (content.fill <= 0.5 and content.short < 0.5)
    level = title_roles(column.own).get("other", 0.0) >= _NAMED
    return not level and content.count >= 1 and content.marks >= 0.9 and content.numbers < 0.5


def vendor_groups(columns: Sequence[Column], options: Mapping[int, Placed]) -> dict[int, Placed]:
    """The columns of vendors whose names stand over groups of titles, such as an answer and a comment for each."""
    groups: dict[str, list[Column]] = {}
    for column in columns:
        if column.group and best_title_role(column.group)[1] < 0.75 and not is_option_title(column.group):
            groups.setdefault(column.group, []).append(column)
    pattern = _usual_pattern(columns, groups)
    named = {name: each for name, each in groups.items() if pattern and _pattern(each)[: len(pattern)] == pattern}
    if not named:
        return {}
    if any(map(speaks_of_times, named)):
        return _first_time(named, options)
    found: dict[int, Placed] = {}
    for name, each in named.items():
        found |= _within(each, options, " ".join(name.split()))
    return found | _unnamed(columns, pattern, found)


def _pattern(columns: Sequence[Column]) -> tuple[str, ...]:
    return tuple(folded(column.own) for column in columns)


def _usual_pattern(columns: Sequence[Column], groups: Mapping[str, Sequence[Column]]) -> tuple[str, ...]:
    """The lowest titles that repeat from group to group; none where nothing repeats."""
    lowest = [folded(column.own) for column in columns]
    for each in groups.values():
        pattern = _pattern(each)
        repeats = sum(tuple(lowest[at : at + len(pattern)]) == pattern for at in range(len(lowest)))
        if repeats >= 2 and pattern[0]:
            return pattern
    return ()


def _unnamed(columns: Sequence[Column], pattern: Sequence[str], found: Mapping[int, Placed]) -> dict[int, Placed]:
    """Places that were kept for further vendors, whose names nobody wrote."""
    kept = [c for c in columns if c.number not in found and folded(c.own) in pattern and c.number > max(found)]
    return {column.number: Placed("other", 0.8) for column in kept}


def _first_time(groups: Mapping[str, Sequence[Column]], options: Mapping[int, Placed]) -> dict[int, Placed]:
    """Of groups that are states in time, the first holds the answers."""
    first, *others = groups.values()
    found = _within(first, options, "")
    return found | {column.number: Placed("other", 0.7) for each in others for column in each}


def _within(columns: Sequence[Column], options: Mapping[int, Placed], vendor: str) -> dict[int, Placed]:
    """The roles of one vendor's columns."""
    found: dict[int, Placed] = {}
    for column in columns:
        if column.number in options:
            chosen = options[column.number]
            found[column.number] = Placed("option", chosen.sure, vendor, chosen.option)
    rest = [column for column in columns if column.number not in found]
    taken: set[Role] = {"answer"} if found else set()
    for role in _REPLIES:
        best = max(
            (c for c in rest if c.number not in found), key=lambda c: title_roles(c.own).get(role, 0), default=None
        )
        strength = title_roles(best.own).get(role, 0.0) if best else 0.0
        if best and role not in taken and strength >= 0.4:
            found[best.number] = Placed(role, strength, vendor)
            taken.add(role)
    if "answer" not in taken and rest:
        free = next((column for column in rest if column.number not in found), rest[0])
        found[free.number] = Placed("answer", 0.6, vendor)
    return {column.number: found.get(column.number, Placed("other", 0.6)) for column in columns}


def vendor_titles(columns: Sequence[Column]) -> dict[int, Placed]:
    """The columns of vendors who are named within each title: ``Halden response``, ``Halden comments``."""
    named: dict[int, Placed] = {}
    for column in columns:
        role = None if is_option_title(column.own) else _reply_role(column.own)
        name = _rest_of_title(column.own) if role else ""
        if role and name and not speaks_of_times(name):
            named[column.number] = Placed(role, 0.85, name)
    answering = {each.vendor for each in named.values() if each.role == "answer"}
    if len(answering) < 2:
        return {}
    return {number: each for number, each in named.items() if each.vendor in answering}


def _reply_role(title: str) -> Role | None:
    roles = title_roles(title)
    best = max(_REPLIES, key=lambda role: roles.get(role, 0.0))
    return best if roles.get(best, 0.0) >= _NAMED else None


def _rest_of_title(title: str) -> str:
    """What a title says beyond naming a role; empty where that names nobody."""
    words = title.replace(":", " ").replace(" - ", " ").split()
    rest = [word for word in words if not any(title_roles(word).get(role, 0) >= _NAMED for role in _REPLIES)]
    said = [word for word in map(folded, rest) if word and word not in VENDOR_WORDS]
    return " ".join(rest) if said and len(rest) < len(words) and not all(word.isdigit() for word in said) else ""


def vendor_columns(columns: Sequence[Column]) -> dict[int, Placed]:
    """The columns whose titles are nothing but names, with answers beneath: two or more beside each other."""
    best: list[Column] = []
    run: list[Column] = []
    for column in columns:
        if run and not (_may_be_vendor(column) and _is_like(run[-1], column)):
            best, run = max(best, run, key=len), []
        if _may_be_vendor(column):
            run.append(column)
    best = max(best, run, key=len)
    return {column.number: Placed("answer", 0.75, " ".join(column.own.split())) for column in best if len(best) >= 2}


def _is_like(left: Column, right: Column) -> bool:
    """Whether two columns stand beside each other and hold the same kind of answers, or nothing yet."""
    one, other = left.content, right.content
    alike = not one.count or not other.count or (one.numbers >= 0.5) == (other.numbers >= 0.5)
    return right.number == left.number + 1 and alike


def _may_be_vendor(column: Column) -> bool:
    title = column.own
    if not title or len(title) > _LONGEST_NAME or len(title.split()) > 6 or is_option_title(title):
        return False
    called = any(word in VENDOR_WORDS and len(word) > 4 for word in folded(title).split())
    if called:
        return True
    if best_title_role(title)[1] >= _NAMED or speaks_of_times(title) or title.endswith("?"):
        return False
    content = column.content
    scored = content.numbers >= 0.5 and content.length <= _LONGEST_SCORE
    answers = content.short >= 0.25 or scored or (content.numbers < 0.5 and content.length <= _LONGEST_ANSWER)
    return content.count > 0 and content.fill >= 0.25 and answers and content.formulas < 0.5 and content.links < 0.5
