"""Where files lie while they are read, and that none stays behind."""

from __future__ import annotations

import os
import stat
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from ii_vendor.intake.private import LEFTOVER_SECONDS, private_folder


def test_files_of_a_zip_lie_in_the_data_folder_while_they_are_read_and_nowhere_afterwards(
    asked: Any, filled: Path, tmp_path: Path, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as files:
        files.write(filled, "a.xlsx")
        files.writestr("b.xlsx", b"PK broken")
    seen: list[int] = []
    asked.read(archive, progress=lambda *_: seen.append(len(list((data_folder / "tmp").iterdir()))))
    assert seen == [1, 1]
    assert list((data_folder / "tmp").iterdir()) == []
    assert list(elsewhere.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="folders have other rights on this system")
def test_nobody_else_may_look_into_the_folder() -> None:
    with private_folder() as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700


def test_what_a_crash_left_behind_is_swept_after_a_day(asked: Any, filled: Path, data_folder: Path) -> None:
    home = data_folder / "tmp"
    old, young, foreign = home / "ii-vendor-old", home / "ii-vendor-young", home / "something-else"
    for folder in (old, young, foreign):
        folder.mkdir(parents=True)
        (folder / "0").write_bytes(b"an answer")
    long_ago = time.time() - LEFTOVER_SECONDS - 60
    for folder in (old, foreign):
        os.utime(folder, (long_ago, long_ago))
    asked.read(filled)
    assert (old.exists(), young.exists(), foreign.exists()) == (False, True, True)


def test_reading_makes_no_data_folder_where_there_is_none(
    asked: Any, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("II_VENDOR_DATA", str(tmp_path / "none"))
    assert asked.read(filled)[0].response is not None
    assert not (tmp_path / "none").exists()


def test_a_data_folder_whose_place_for_files_is_taken_does_not_stop_reading(
    asked: Any, filled: Path, data_folder: Path
) -> None:
    (data_folder / "tmp").write_text("a file of this name")
    assert asked.read(filled)[0].response is not None
