"""Damaged and twisted workbooks, made by chance: each is read or refused, and none brings a process down."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ii_vendor.intake import Refused
from ii_vendor.intake.sandbox import Sandbox

RELAXED = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PARTS = ["xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "[Content_Types].xml"]
WORDS = st.sampled_from(
    [
        "<",
        ">",
        "/>",
        '"',
        "</c>",
        '<c r="B7">',
        '<c r="A0">',
        "<v>-1</v>",
        "<f/>",
        ' t="s"',
        ' s="99999"',
        "&#0;",
        "1e999",
    ]
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


def survives(sandbox: Sandbox, path: Path) -> None:
    try:
        assert "sheets" in sandbox.read(path)
    except Refused as refused:
        assert "brought the reading process down" not in refused.message
        assert "took longer" not in refused.message


@RELAXED
@given(
    cut=st.floats(0, 1), flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8)
)
def test_changed_and_missing_bytes(
    sandbox: Sandbox, filled: Path, tmp_path: Path, cut: float, flips: list[tuple[float, int]]
) -> None:
    data = bytearray(filled.read_bytes())
    for at, value in flips:
        data[int(at * len(data))] = value
    path = tmp_path / "bytes.xlsx"
    path.write_bytes(data[: int(cut * len(data))] if cut < 0.3 else data)
    survives(sandbox, path)


@RELAXED
@given(part=st.sampled_from(PARTS), at=st.floats(0, 1), word=WORDS, drop=st.integers(0, 40))
def test_twisted_parts(
    sandbox: Sandbox, filled: Path, tmp_path: Path, part: str, at: float, word: str, drop: int
) -> None:
    path = tmp_path / "part.xlsx"
    with zipfile.ZipFile(filled) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == part:
                place = int(at * len(data))
                data = data[:place] + word.encode() + data[place + drop :]
            new.writestr(name, data)
    survives(sandbox, path)


@RELAXED
@given(
    attribute=st.sampled_from(
        [b' r="', b' s="', b' t="', b' numFmtId="', b' sheetId="', b' count="', b' ref="', b' min="']
    ),
    value=st.sampled_from(["", "-1", "0", "x", "99999999999999999999", "A1:B2", "1.5", "s", "inlineStr", "d", "e"]),
    part=st.sampled_from(PARTS),
    nth=st.integers(0, 30),
)
def test_values_that_no_program_writes(
    sandbox: Sandbox, filled: Path, tmp_path: Path, attribute: bytes, value: str, part: str, nth: int
) -> None:
    path = tmp_path / "value.xlsx"
    with zipfile.ZipFile(filled) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            pieces = old.read(name).split(attribute)
            if name == part and len(pieces) > 1:
                spot = 1 + nth % (len(pieces) - 1)
                pieces[spot] = value.encode() + b'"' + pieces[spot].partition(b'"')[2]
            new.writestr(name, attribute.join(pieces))
    survives(sandbox, path)
