"""What ``inspect_file`` found, in lines for a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def inspection_lines(found: Mapping[str, Any]) -> Iterator[str]:
    """Each file with its outcome, its sheets and its problems."""
    for file in found.get("files", ()):
        yield from _lines(file)
    if "files" in found:
        yield from _problems(found)
    else:
        yield from _lines(found)


def _lines(file: Mapping[str, Any]) -> Iterator[str]:
    yield f"{file['file']['name']}: {_outcome(file)}"
    for sheet in file.get("sheets", ()):
        yield f"  {sheet['name']}: {_sheet(sheet)}"
    yield from _problems(file)


def _sheet(sheet: Mapping[str, Any]) -> str:
    if sheet["status"] == "skipped":
        return f"skipped, {sheet['why']}"
    if "questions" not in sheet:
        return f"read, {len(sheet['rows'])} rows"
    columns = ", ".join(f"{role} in {column}" for role, column in sheet["roles"].items())
    return f"read, {sheet['questions']} questions, {sheet['answered']} answered ({columns})"


def _outcome(file: Mapping[str, Any]) -> str:
    if "refused" in file:
        return f"refused. {file['refused']}"
    if "questions" in file:
        return f"{file['questions']} questions, {file['answered']} answered, in a layout that is not ours."
    response = file.get("response")
    who = ""
    if response:
        name = response["vendor"] or "vendor not named"
        who = f"{name}, {response['answered']} of {response['asked']} questions answered. "
    if "importable" not in file:
        return f"{len(file['sheets'])} sheets."
    return who + ("It can be imported." if file["importable"] else "It cannot be imported as it is.")


def _problems(part: Mapping[str, Any]) -> Iterator[str]:
    for problem in part.get("problems", ()):
        words = (f"{problem['severity']}:", problem["place"], problem["message"], problem["remedy"])
        yield "  " + " ".join(word for word in words if word)
