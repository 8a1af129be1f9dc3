"""Files that must not be read, or only with a word of warning."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ii_vendor.intake import Refused, guard
from ii_vendor.intake.limits import MAX_FILE_BYTES, SECONDS_PER_FILE
from ii_vendor.intake.sandbox import Sandbox

INERT = {
    "cached_value_lies",
    "dim_huge_claim",
    "external_links",
    "formula_injection",
    "image_bomb",
    "long_and_control_text",
    "macro_disguised",
    "macro_xlsm",
    "markup_injection",
    "number_traps",
    "sst_bad_index",
}
"""Samples whose poison is for later steps, or that only deserve a warning: these are read."""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as error:
        guard.check(path)
    return error.value.message


def test_every_hostile_sample_is_refused_or_read_harmlessly(samples_of_harm: Path, sandbox: Sandbox) -> None:
    outcome: dict[str, str] = {}
    for path in sorted(samples_of_harm.iterdir()):
        if path.name == "manifest.json":
            continue
        started = time.monotonic()
        try:
            sandbox.read(path)
            outcome[path.stem] = "read"
        except Refused as refused:
            outcome[path.stem] = refused.message
            assert refused.message.endswith(".")
            assert "brought the reading process down" not in refused.message, path.name
        assert time.monotonic() - started < SECONDS_PER_FILE + 2
    assert len(outcome) >= 48
    assert {name for name, result in outcome.items() if result == "read"} == INERT


def test_hostile_samples_in_one_batch_leave_the_good_one_unharmed(
    asked: Any, filled: Path, samples_of_harm: Path
) -> None:
    paths = [path for path in sorted(samples_of_harm.iterdir()) if path.name != "manifest.json"]
    intakes = asked.read(*paths, filled)
    assert [intake.file.name for intake in intakes] == [path.name for path in [*paths, filled]]
    assert intakes[-1].response is not None
    assert all(intake.response is None and intake.problems for intake in intakes[:-1])


def test_macros_links_and_embedded_files_are_told(filled: Path, tmp_path: Path) -> None:
    parts = members(filled) | {
        "xl/vbaProject.bin": b"not run",
        "xl/embeddings/oleObject1.bin": b"not opened",
        "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
    }
    warnings = guard.check(packed(tmp_path / "more.xlsx", parts)).warnings
    assert [word for word in ("macros", "links to other files", "embedded") if word in " ".join(warnings)] == [
        "macros",
        "links to other files",
        "embedded",
    ]


def test_a_sheet_under_an_innocent_name_is_still_checked(filled: Path, tmp_path: Path) -> None:
    bomb = b" " * 70_000 + b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"
    assert "declarations" in refusal(packed(tmp_path / "f.xlsx", members(filled) | {"xl/media/logo.png": bomb}))


def test_a_header_that_lies_about_the_size_is_refused(filled: Path, tmp_path: Path) -> None:
    big = b"<x>" + b" " * 3_000_000 + b"</x>"
    path = packed(tmp_path / "f.xlsx", members(filled) | {"xl/big.xml": big})
    data = path.read_bytes().replace(struct.pack("<I", len(big)), struct.pack("<I", 100))
    path.write_bytes(data)
    assert "damaged" in refusal(path)


def test_parts_that_overlap_are_refused(filled: Path, tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members(filled).items():
            archive.writestr(name, data)
        archive.writestr("xl/a.bin", b"0123456789")
        archive.writestr("xl/b.bin", b"0123456789")
        a, b = archive.getinfo("xl/a.bin"), archive.getinfo("xl/b.bin")
        b.header_offset = a.header_offset
    path = tmp_path / "f.xlsx"
    path.write_bytes(out.getvalue())
    assert "overlap" in refusal(path)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.xlsx", b"", "empty"),
        ("photo.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        ("scan.xlsx", b"\xff\xd8\xff\xe0" + bytes(50), "picture"),
        ("paper.xlsx", b"%PDF-1.7 ...", "PDF"),
        ("page.xlsx", b"<html></html>", "web page"),
        ("mail.xls", b"MIME-Version: 1.0\nX-Document-Type: Workbook\n", "web page"),
        ("list.xls", b"<table><tr><td>Q1</td></tr></table>", "web page"),
        ("letter.xlsx", b"{\\rtf1\\ansi Dear all}", "word processor"),
        ("readme.xlsx", b"Please find the answers attached.\nKind regards\n", "text file"),
        ("packed.xlsx", b"7z\xbc\xaf\x27\x1c" + bytes(50), "archive"),
        ("old.xls", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "damaged"),
        ("~$answers.xlsx", b"\x05Karin" + bytes(159), "lock file"),
        ("renamed.xlsx", b"\x05Karin" + b" " * 165, "lock file"),
        ("cut.xlsx", b"PK\x03\x04" + bytes(100), "cut off"),
        ("noise.xlsx", bytes(range(200, 250)) + b"\0" * 9, "not a workbook"),
        (".~lock.answers.ods#", b",karin,laptop,24.11.2026 10:00,file:///home/karin;", "lock file"),
    ],
)
def test_each_kind_of_wrong_file_gets_its_own_sentence(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert words in refusal(path)


def test_a_password_protected_workbook_is_recognised(filled: Path, tmp_path: Path) -> None:
    ooxml = pytest.importorskip("msoffcrypto.format.ooxml")
    path = tmp_path / "locked.xlsx"
    with filled.open("rb") as plain, path.open("wb") as locked:
        ooxml.OOXMLFile(plain).encrypt("secret", locked)
    assert "password" in refusal(path)


def test_the_size_limit_is_told_in_the_refusal(tmp_path: Path) -> None:
    path = tmp_path / "huge.xlsx"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    assert "at most 25 MB" in refusal(path)


def test_other_office_files_are_called_what_they_are(tmp_path: Path) -> None:
    types = {"[Content_Types].xml": b"<Types/>"}
    assert "Word" in refusal(packed(tmp_path / "a.xlsx", types | {"word/document.xml": b"<x/>"}))
    assert "PowerPoint" in refusal(packed(tmp_path / "b.xlsx", types | {"ppt/presentation.xml": b"<x/>"}))
    assert ".xlsb" in refusal(packed(tmp_path / "c.xlsx", types | {"xl/workbook.bin": b"x"}))
    assert "Numbers" in refusal(packed(tmp_path / "e.xlsx", {"Index/Document.iwa": b"x", "preview.jpg": b"x"}))
    odt = {"mimetype": b"application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": b"<x/>"}
    assert "OpenDocument text" in refusal(packed(tmp_path / "d.ods", odt))
