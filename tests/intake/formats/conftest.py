"""Reading one file the way everything else reads it: in the sandbox."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ii_vendor.intake import Refused
from ii_vendor.intake.raw import RawWorkbook, raw_workbook
from ii_vendor.intake.sandbox import Sandbox

Read = Callable[[Path], RawWorkbook]


@pytest.fixture(scope="session")
def read() -> Iterator[Read]:
    """The workbook in a file."""
    with Sandbox() as sandbox:
        yield lambda path: raw_workbook(sandbox.read(path))


@pytest.fixture
def refusal(read: Read) -> Callable[[Path], str]:
    """The sentence with which a file is refused."""

    def why(path: Path) -> str:
        with pytest.raises(Refused) as refused:
            read(path)
        return refused.value.message

    return why


@pytest.fixture
def repacked() -> Callable[[Path, dict[str, Callable[[str], str]]], Path]:
    """Change parts of a package in place, by name; a new name starts from nothing."""

    def change(path: Path, changes: dict[str, Callable[[str], str]]) -> Path:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        for name, edit in changes.items():
            parts[name] = edit(parts.get(name, b"").decode()).encode()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        return path

    return change
