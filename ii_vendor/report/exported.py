"""What an exported file says it was made from: the hash in a scorecard or a comparison, the events of a record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ii_vendor.errors import UserError
from ii_vendor.intake.limits import MAX_FILE_BYTES, size_in_words
from ii_vendor.intake.raw import raw_workbook
from ii_vendor.intake.refused import Refused
from ii_vendor.intake.sandbox import Sandbox
from ii_vendor.model.base import canonical_json
from ii_vendor.report.marks import RECORD_HASH
from ii_vendor.store.chain import Row

MAX_LINE_CHARS = 16 << 20

_HASH = re.compile(r"[0-9a-f]{64}")


def hash_of_export(path: Path) -> str:
    """The record hash, 64 hex digits, that a scorecard (.xlsx) or a comparison or robustness (.json) was made from.

    Raises UserError where the file cannot be read or says none.
    """
    found = _of_json(path) if path.suffix.lower() == ".json" else _of_workbook(path)
    if not _HASH.fullmatch(found):
        raise UserError(
            f"{path.name} does not say which record it was made from, so it is no export of ii-vendor, or its sheet "
            "“Method” was changed. Name a scorecard (.xlsx) or comparison (.json) that ii-vendor wrote."
        )
    return found


def rows_of_export(path: Path) -> Iterator[Row]:
    """The events of an exported record (.jsonl), as they stand there. Raises UserError naming the line."""
    try:
        with path.open(encoding="utf-8") as file:
            number = 0
            while line := file.readline(MAX_LINE_CHARS):
                number += 1
                if line.strip():
                    yield _row(line, f"{path.name}, line {number}")
    except UnicodeDecodeError as error:
        raise UserError(f"{path.name} is no text. {_RECORD_REMEDY}") from error
    except OSError as error:
        raise _unreadable(path, error) from error


_RECORD_REMEDY = "Name a record (.jsonl) that ii-vendor wrote."


def _row(line: str, where: str) -> Row:
    try:
        said = json.loads(line)
        change = said["change"]
        row = Row(
            evaluation=said["evaluation"],
            sequence=said["sequence"],
            at=said["at"],
            actor=said["actor"],
            via=said.get("via", ""),
            kind=change["kind"],
            change=canonical_json(change),
            previous_hash=said["previous_hash"],
            hash=said["hash"],
            salt=said.get("salt", ""),
        )
        canonical_json(row).encode()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError(f"{where} is no event of a record. {_RECORD_REMEDY}") from error
    if not all(type(value) is (int if name == "sequence" else str) for name, value in row._asdict().items()):
        raise UserError(f"{where} is no event of a record. {_RECORD_REMEDY}")
    return row


def _of_workbook(path: Path) -> str:
    """Read as a vendor's file is read, guarded and in a process of its own: it may come from anywhere."""
    try:
        if not path.is_file():
            raise UserError(f"There is no file {path}. Check the name.")
        with Sandbox() as sandbox:
            book = raw_workbook(sandbox.read(path))
    except Refused as refusal:
        raise UserError(f"{path.name} cannot be read as a scorecard. {refusal}") from refusal
    except OSError as error:
        raise _unreadable(path, error) from error
    for sheet in book.sheets:
        for _, cells in sheet.rows():
            if cells[0].text == RECORD_HASH and len(cells) > 1:
                return cells[1].text
    return ""


def _of_json(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UserError(f"{path.name} has more than {size_in_words(MAX_FILE_BYTES)}, which no comparison has.")
        said: Any = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise _unreadable(path, error) from error
    except (ValueError, RecursionError) as error:
        raise UserError(f"{path.name} is no JSON. Name a comparison (.json) that ii-vendor wrote.") from error
    return str(said.get("record_hash", "")) if isinstance(said, dict) else ""


def _unreadable(path: Path, error: OSError) -> UserError:
    return UserError(f"Cannot read {path}: {error.strerror}. Check the name and who may read it.")
