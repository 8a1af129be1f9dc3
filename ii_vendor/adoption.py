"""What a profile becomes when it is adopted: its title and reasons say who adopted it, when and why."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from ii_vendor.errors import UserError
from ii_vendor.library import load_library
from ii_vendor.model.rubric import Profile

CHANGED = ", changed"
"""Follows the title of a profile whose weights or thresholds are not those of the profile it was made from."""


def same_judgement(one: Profile, other: Profile) -> bool:
    """Whether two profiles of one id weigh and demand the same, whatever their titles and reasons say."""
    words = {"title", "reasons"}
    return one.model_dump(exclude=words) == other.model_dump(exclude=words)


def adopted_profile(profile: Profile, originals: Iterable[Profile], actor: str, day: date, reason: str) -> Profile:
    """``profile`` with a title that says whether it was changed, and with its adoption before its earlier reasons.

    ``originals`` are the profiles it may have been made from; those of another id are passed over.
    """
    known = [each for each in originals if each.id == profile.id and not each.title.endswith(CHANGED)]
    unchanged = next((each for each in known if same_judgement(each, profile)), None)
    title = profile.title.removesuffix(CHANGED)
    if unchanged:
        title = unchanged.title
    elif known or profile.title.endswith(CHANGED):
        title += CHANGED
    whole = unchanged is not None and unchanged.reasons == profile.reasons
    before = profile.reasons if whole else f"Before that: {profile.reasons}"
    line = f"Adopted by {actor} on {day.day} {day:%B %Y}: {reason}"
    return profile.model_copy(update={"title": title, "reasons": f"{line}\n\n{before}"})


def published(profile_id: str) -> list[Profile]:
    """The profile of this id in the library that is in use, if there is one."""
    folder = os.environ.get("II_VENDOR_CONTENT")
    try:
        found = load_library(Path(folder) if folder else None).profiles.get(profile_id)
    except UserError:
        # A mistake in the library must not keep anybody from weighing an evaluation, which has its own copy of it.
        return []
    return [found] if found else []
