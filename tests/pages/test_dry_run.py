"""The page Dry run as Streamlit runs it: before anything exists, and beside an evaluation that it never touches."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ii_vendor.evaluations import Evaluations
from ii_vendor.library import bid_yaml, load_library
from ii_vendor.model.bid import Bid
from ii_vendor.store import Record, open_engine

ROOT = Path(__file__).resolve().parents[2]
Open = Callable[..., AppTest]


@pytest.fixture
def open_page(sample_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens the page with this address; ``sample=True`` beside the sample evaluation."""

    def opened(*, sample: bool = False, **address: str) -> AppTest:
        data = tmp_path / "data"
        if sample:
            shutil.copytree(sample_data, data)
        monkeypatch.setenv("II_VENDOR_DATA", str(data))
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.run()
        for key, value in address.items():
            app.query_params[key] = value
        app.switch_page(str(ROOT / "ii_vendor" / "pages" / "dry_run.py")).run()
        assert not app.exception
        return app

    return opened


def html_of(app: AppTest) -> str:
    return "\n".join(str(item.proto.body) for item in app.get("html"))


def offers(app: AppTest, key: str) -> bool:
    return any(str(group.proto.id).endswith(f"-{key}") for group in app.get("button_group"))


def add(app: AppTest, name: str, start: str = "ideal") -> None:
    next(each for each in app.text_input if each.label == "Name of your bid").set_value(name)
    next(each for each in app.selectbox if each.label == "Start from").set_value(start)
    next(each for each in app.button if each.label == "Add this bid").click().run()
    assert not app.exception


def test_it_says_before_anything_exists_which_bid_the_rules_choose(open_page: Open):
    app = open_page()
    shown = html_of(app)
    assert "The rules choose “Ideal”, as they should." in shown
    assert all(bid.title in shown for bid in load_library().bids.values())
    assert "decide nothing here" in shown
    assert offers(app, "ask")


def test_a_bid_that_should_win_and_does_not_is_said_with_the_reason(open_page: Open):
    shown = html_of(open_page(want="honest_with_gaps"))
    assert "The rules choose “Ideal”, not “Honest with gaps”." in shown
    assert "gains most over “Honest with gaps” on" in shown


def test_an_address_names_questionnaires_profile_and_bids(open_page: Open):
    app = open_page(ask="lock_in", profile="foundation", bids="cloud_first,ideal")
    shown = html_of(app)
    assert "L8" in shown
    assert "DEA-1" not in shown
    assert "Honest with gaps" not in shown
    assert app.selectbox(key="profile").value == "foundation"


def test_a_single_bid_is_not_enough_and_is_said_so(open_page: Open):
    assert "two invented bids" in open_page(bids="ideal").info[0].value


def test_an_own_bid_takes_part_at_once_and_its_changes_are_scored(open_page: Open):
    app = open_page()
    add(app, "Almost there")
    assert "“Almost there” takes rank 1" in html_of(app)
    level = next(each for each in app.get("button_group") if "own_almost-there_q_Q1_level" in str(each.proto.id))
    level.set_value("0").run()
    assert not app.exception
    assert "“Almost there” is rejected: Q1" in html_of(app)
    assert app.session_state["own_bids"]["almost-there"].questions["Q1"].level == 0


def test_a_ticked_red_flag_rejects_an_own_bid(open_page: Open):
    app = open_page()
    add(app, "Almost there")
    app.checkbox(key="own_almost-there_f_Q1-stops-without-vendor").check().run()
    assert "“Almost there” is rejected: Q1: Operations stop" in html_of(app)
    app.checkbox(key="own_almost-there_f_Q1-stops-without-vendor").uncheck().run()
    assert "“Almost there” takes rank 1" in html_of(app)


def test_an_own_bid_joins_those_that_the_address_names(open_page: Open):
    app = open_page(bids="cloud_first,ideal")
    add(app, "Almost there")
    assert "“Almost there” takes rank" in html_of(app)


def test_two_own_bids_of_one_name_are_kept_apart(open_page: Open):
    app = open_page()
    add(app, "Twin")
    add(app, "Twin")
    assert list(app.session_state["own_bids"]) == ["twin", "twin-2"]


def test_a_kept_bid_comes_back_from_its_file(open_page: Open):
    app = open_page()
    kept = Bid(id="kept", title="Kept <b>bid</b>", story="From last week.", level=3)
    app.file_uploader[0].upload("kept.yaml", bid_yaml(kept).encode()).run()
    assert not app.exception
    assert app.session_state["own_bids"]["kept"] == kept
    assert "<b>bid</b>" not in html_of(app)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("id: mine\ntitle: M\nstory: S.\nlevel: 3\nquestions: {Q77: 1}\n", "mine.yaml:5: questions.Q77: there is no"),
        ("id: mine\ntitle: M\n", "mine.yaml:1: level: this key is missing"),
    ],
)
def test_a_file_with_mistakes_is_told_with_their_lines_and_nothing_is_taken(open_page: Open, body: str, said: str):
    app = open_page()
    app.file_uploader[0].upload("mine.yaml", body.encode()).run()
    assert not app.exception
    assert said in app.code[0].value
    assert app.session_state["own_bids"] == {}


def test_a_file_that_takes_the_id_of_a_shipped_bid_is_refused(open_page: Open):
    app = open_page()
    app.file_uploader[0].upload("ideal.yaml", bid_yaml(load_library().bids["cloud_first"]).encode()).run()
    assert "another id" in app.error[0].value


def test_the_content_of_the_chosen_evaluation_can_be_tried_and_nothing_is_recorded(open_page: Open, tmp_path: Path):
    app = open_page(sample=True, of="evaluation", evaluation="line-3-ot-security-renewal")
    service = Evaluations(Record(open_engine(f"sqlite:///{tmp_path / 'data' / 'ii-vendor.db'}")), "reader")
    before = service.get("line-3-ot-security-renewal")
    assert not offers(app, "ask")
    add(app, "Almost there")
    assert "“Almost there” takes rank" in html_of(app)
    assert service.get("line-3-ot-security-renewal") == before
