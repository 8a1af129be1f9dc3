"""Minutes without a screen."""

from __future__ import annotations

import shutil
from pathlib import Path

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.workshop import Choice, Item
from ii_vendor.store import Record, open_engine

KEY = "line-3-ot-security-renewal"


def test_minutes_are_written_of_the_last_workshop_or_of_the_one_named(ran, sample_data: Path, tmp_path: Path):
    shutil.copytree(sample_data, tmp_path / "data")
    to = tmp_path / "minutes.html"
    code, _, said = ran("minutes", KEY, "--to", to)
    assert code == 2
    assert "There was no workshop in this evaluation yet" in said
    evaluations = Evaluations(Record(open_engine(f"sqlite:///{tmp_path / 'data' / 'ii-vendor.db'}")), "Fay")
    for reason in ("in the first", "in the second"):
        evaluations.open_workshop(KEY)
        evaluations.open_round(KEY, Item.answer("tidelark-systems", "Q2"))
        evaluations.vote(KEY, "Amara Osei", 1, Choice.level_2, reason=reason)
        evaluations.close_workshop(KEY)
    assert ran("minutes", KEY, "--to", to)[0] == 0
    assert "in the second" in to.read_text("utf-8")
    assert ran("minutes", KEY, "--workshop", 1, "--to", to)[0] == 0
    assert "in the first" in to.read_text("utf-8")
    code, _, said = ran("minutes", KEY, "--workshop", 3, "--to", to)
    assert (code, said.strip()) == (2, "There is no workshop 3. There are 2.")
    assert ran("export", KEY, "--to", tmp_path / "all.zip")[0] == 0
    shutil.unpack_archive(tmp_path / "all.zip", tmp_path / "all")
    assert [path.name for path in sorted((tmp_path / "all").glob("minutes-*"))] == ["minutes-1.html", "minutes-2.html"]
