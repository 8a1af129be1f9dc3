"""How an assignment workbook is marked, so that its rows and columns are found again however it was saved.

As in a response workbook a hidden first row names the role of each column, a hidden first column the key of each row,
and their corner cell the workbook. What people see, titles and ids, says the same a second time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from ii_vendor.intake.levels import level_read
from ii_vendor.model.base import canonical_json
from ii_vendor.model.offline import Origin, Pair

CORNER = "ii-vendor-assignment:1"
RATINGS = "Ratings"
CUT = " … [cut here: the whole text stands in the app]"
"""Stands at the end of a text that no cell could hold."""

KEY = "rating:"
MORE = "continued:"

ID, VENDOR, LEVEL, REASON, QUOTE, GRADE, WRITTEN = "id", "vendor", "level", "reason", "quote", "grade", "written"
INPUTS = (LEVEL, REASON, QUOTE, GRADE)
TITLES: Mapping[str, str] = {
    ID: "No.",
    VENDOR: "Vendor",
    "question": "Question",
    "answer": "The vendor’s answer",
    "found": "What was found in it",
    "levels": "What each level means",
    LEVEL: "Level",
    REASON: "Reason",
    QUOTE: "Quoted words",
    GRADE: "Evidence",
    "state": "State",
}
"""What stands above each column, by its role."""

EVALUATION, EVALUATOR, EVENT, RECORD = "Evaluation id", "Evaluator", "Last event", "Record hash (SHA-256)"
CONTENT, VERSIONS, NAMES = "Content hash (SHA-256)", "Response versions", "Names of vendors"
_HIDDEN, _SHOWN = "hidden", "shown"
_VERSION = re.compile(r"([^\s,]+) ([0-9]{1,6})")


def key_of(pair: Pair) -> str:
    """The hidden key of a row."""
    return f"{KEY}{pair[0]}/{pair[1]}"


def pair_of(key: str) -> Pair | None:
    """The answer that a hidden key names; None where it is none of ours."""
    vendor, slash, question = key.removeprefix(KEY).removeprefix(MORE).partition("/")
    ours = key.startswith((KEY, MORE)) and slash and vendor and question
    return (vendor, question) if ours else None


def written_as(level: str, grade: str, reason: str, quote: str) -> str:
    """A short mark of what stands in the yellow cells of a row, white space and the way a level is written aside."""
    said = [level_read(level)[0] or level, grade.casefold(), *(reason, quote)]
    return hashlib.sha256(canonical_json([" ".join(each.split()) for each in said]).encode()).hexdigest()[:12]


def origin_lines(origin: Origin) -> dict[str, str]:
    """The origin as label and text: so it stands on the first sheet and among the document's properties."""
    return {
        EVALUATION: origin.evaluation,
        EVALUATOR: origin.evaluator,
        EVENT: str(origin.sequence),
        RECORD: origin.record_hash,
        CONTENT: origin.content_hash,
        VERSIONS: ", ".join(f"{vendor} {version}" for vendor, version in origin.versions.items()),
        NAMES: _HIDDEN if origin.masked else _SHOWN,
    }


def origin_of(lines: Mapping[str, str]) -> Origin:
    """The origin that such lines tell of, as far as they do."""
    event = lines.get(EVENT, "").strip()
    known = event.isdecimal() and len(event) < 16
    return Origin(
        evaluation=lines.get(EVALUATION, "").strip(),
        evaluator=lines.get(EVALUATOR, "").strip(),
        sequence=int(event) if known else 0,
        record_hash=lines.get(RECORD, "").strip() if known else "",
        content_hash=lines.get(CONTENT, "").strip(),
        masked=lines.get(NAMES, "").strip() == _HIDDEN,
        versions={vendor: int(version) for vendor, version in _VERSION.findall(lines.get(VERSIONS, ""))},
    )
