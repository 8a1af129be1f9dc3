"""A page of the app, run as Streamlit runs it, on a data folder of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.seat import Stage
from ii_vendor.store import Record, open_engine

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def open_page(sample_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    """Opens a page of the app by its name; ``sample=False`` on what the test has put into the data folder itself.

    As in the app, content is read once a process, and anew only where the test has some of its own.
    """

    def opened(name: str, *, sample: bool = True, **address: str) -> AppTest:
        data = tmp_path / "data"
        if sample and not data.exists():
            shutil.copytree(sample_data, data)
        monkeypatch.setenv("II_VENDOR_DATA", str(data))
        forget_own_content()
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        for key, value in address.items():
            app.query_params[key] = value
        app.run()
        if name != "evaluations":
            app.switch_page(str(ROOT / "ii_vendor" / "pages" / f"{name}.py")).run()
        assert not app.exception
        return app

    yield opened
    forget_own_content()


def forget_own_content() -> None:
    if "II_VENDOR_CONTENT" in os.environ:
        st.cache_resource.clear()


@pytest.fixture
def scoring(sample_data: Path, tmp_path: Path, stored: Callable[[], Evaluations]) -> str:
    """The id of the sample evaluation, which has gone back to the stage scoring."""
    shutil.copytree(sample_data, tmp_path / "data")
    key = stored().listing()[0].id
    stored().go_to(key, Stage.scoring, reason="Two answers came late.")
    return key


@pytest.fixture
def stored(tmp_path: Path) -> Callable[[], Evaluations]:
    """What the database of the opened page holds now."""

    def service() -> Evaluations:
        (tmp_path / "data").mkdir(exist_ok=True)
        return Evaluations(Record(open_engine(f"sqlite:///{tmp_path / 'data' / 'ii-vendor.db'}")), "reader")

    return service
