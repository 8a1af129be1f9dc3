"""The shipped content, a copy of it to be changed, and what is said of a copy that was broken."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ii_vendor.library import ContentError, load_library, shipped_folder


@pytest.fixture(scope="session")
def shipped():
    """The content that comes with the tool."""
    return load_library()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the content, to be changed."""
    for folder in ("questionnaires", "scoring"):
        shutil.copytree(shipped_folder() / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture
def broken(copy: Path) -> Callable[[str, str, str], tuple[str, int]]:
    """Change the first place where ``old`` stands in a file: gives the mistakes as text, and the line of the change."""

    def change(name: str, old: str, new: str) -> tuple[str, int]:
        text = (copy / name).read_text("utf-8")
        at = text.index(old)
        (copy / name).write_text(text[:at] + new + text[at + len(old) :], "utf-8")
        with pytest.raises(ContentError) as error:
            load_library(copy)
        for mistake in error.value.mistakes:
            assert mistake.message
            assert mistake.remedy
        return str(error.value), text[:at].count("\n") + 1

    return change
