"""Many files at once, and zips of them."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path
from typing import Any

import pytest


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def test_a_zip_gives_one_result_for_each_workbook_in_it(asked: Any, filled: Path, tmp_path: Path) -> None:
    book = filled.read_bytes()
    files = {
        "round 1/a.xlsx": book,
        "b.xlsx": book,
        "notes.txt": b"hello",
        "__MACOSX/._a.xlsx": b"x",
        ".DS_Store": b"x",
    }
    intakes = asked.read(zipped(tmp_path / "all.zip", files), filled)
    assert [(intake.file.name, intake.response is not None) for intake in intakes] == [
        ("a.xlsx", True),
        ("b.xlsx", True),
        ("northgate.xlsx", True),
    ]
    assert intakes[0].original == book
    assert intakes[0].file.sha256 == hashlib.sha256(book).hexdigest()
    assert intakes[0].response.file == intakes[0].file


def test_what_else_is_in_a_zip_is_a_note_and_refuses_nothing(asked: Any, filled: Path, tmp_path: Path) -> None:
    others = {"readme.txt": b"hello", "brochure.pdf": b"%PDF-1.7", "~$a.xlsx": b"\x05Karin" + bytes(159)}
    clutter = {"__MACOSX/._a.xlsx": b"x", ".DS_Store": b"x", "__MACOSX/._old.zip": b"x"}
    book = filled.read_bytes()
    archive = zipped(tmp_path / "bids.zip", {**others, "a.xlsx": book, "unnamed": book, **clutter})
    first, second = asked.read(archive)
    (note,) = first.problems
    assert (note.severity, note.message) == (
        "note",
        "Not every file in bids.zip is a workbook. Left out: readme.txt, brochure.pdf, ~$a.xlsx.",
    )
    assert first.response is not None
    assert (second.file.name, second.problems, second.response is not None) == ("unnamed", (), True)


def test_a_file_refused_from_a_zip_names_the_zip(asked: Any, filled: Path, tmp_path: Path) -> None:
    blank = asked.write(tmp_path / "blank.xlsx", prefill={}).read_bytes()
    files = {"halden.xlsx": b"\x89PNG", "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "blank.xlsx": blank}
    intakes = asked.read(zipped(tmp_path / "bids.zip", {**files, "good.xlsx": filled.read_bytes()}))
    assert [(intake.file.name, intake.response is not None) for intake in intakes] == [
        ("bids.zip: halden.xlsx", False),
        ("bids.zip: old.xls", False),
        ("bids.zip: blank.xlsx", False),
        ("good.xlsx", True),
    ]


@pytest.mark.parametrize("files", [{"readme.txt": b"hello", "scan.png": b"\x89PNG"}, {".DS_Store": b"x"}])
def test_a_zip_without_a_workbook_is_refused_as_a_whole(asked: Any, tmp_path: Path, files: dict[str, bytes]) -> None:
    (intake,) = asked.read(zipped(tmp_path / "bids.zip", files))
    assert intake.file.name == "bids.zip"
    assert intake.problems[0].severity == "error"
    assert intake.problems[0].remedy


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"inner.zip": b"PK"}, "another zip"),
        ({}, "empty"),
        ({"../../out.xlsx": b"x"}, "points outside"),
        ({f"{n}.xlsx": b"x" for n in range(201)}, "at most 200"),
    ],
)
def test_a_zip_that_should_not_be_unpacked_is_refused(
    asked: Any, tmp_path: Path, files: dict[str, bytes], words: str
) -> None:
    (intake,) = asked.read(zipped(tmp_path / "bad.zip", files))
    assert intake.response is None
    assert words in intake.problems[0].message


def test_a_zip_called_xlsx_is_told_apart(asked: Any, filled: Path, tmp_path: Path) -> None:
    (intake,) = asked.read(zipped(tmp_path / "really.xlsx", {"a.xlsx": filled.read_bytes()}))
    assert "zip of files" in intake.problems[0].message


def test_a_file_that_is_gone_is_named(asked: Any, filled: Path, tmp_path: Path) -> None:
    gone, good = asked.read(tmp_path / "gone.xlsx", filled)
    assert gone.file.name == "gone.xlsx"
    assert "could not be opened" in gone.problems[0].message
    assert good.response is not None


def test_no_files_give_no_results(asked: Any) -> None:
    assert asked.read() == []


def test_real_workbooks_of_others_are_answered_with_reasons(asked: Any, shared: Path) -> None:
    paths = [path for path in sorted((shared / "workbooks").rglob("*")) if path.is_file()]
    intakes = asked.read(*paths)
    assert len(intakes) == len(paths) > 100
    assert not [intake.file.name for intake in intakes if intake.response is not None]
    for intake in intakes:
        assert any(problem.severity == "error" for problem in intake.problems)
        assert not any("brought the reading process down" in problem.message for problem in intake.problems)
