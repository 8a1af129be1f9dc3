"""The command ``dry-run`` from outside: what it says, as words and as JSON, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from ii_vendor.commands.dry_run import dry_run
from ii_vendor.errors import UserError
from ii_vendor.evaluations import Evaluations
from ii_vendor.model.content import Content
from ii_vendor.store import Record, open_engine

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command on a data folder of its own."""
    monkeypatch.setenv("II_VENDOR_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("II_VENDOR_DATABASE_URL", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command()(dry_run)
    return lambda *arguments: CliRunner().invoke(app, [str(each) for each in arguments])


def test_it_says_the_outcome_first_and_then_what_decides(run: Run):
    said = run()
    assert said.exit_code == 0
    assert said.stdout.startswith("The rules choose “Ideal”, as they should.")
    assert "Honest with gaps" in said.stdout
    assert "Q1: one of the reasons why “Cloud first” is rejected" in said.stdout
    assert "questions decide nothing here" in said.stdout


def test_it_tries_the_questionnaires_and_the_profile_that_are_named(run: Run):
    told = json.loads(run("-q", "lock_in", "--profile", "foundation", "--json").stdout)
    assert told["profile"] == "foundation"
    assert [each["question"] for each in told["questions"]] == [f"L{number}" for number in range(1, 9)]


def test_another_bid_can_be_the_one_that_should_win(run: Run):
    told = json.loads(run("--want", "cloud_first", "--json").stdout)
    assert (told["wanted"], told["chosen"], told["as_wanted"]) == ("cloud_first", ["ideal"], False)
    assert told["sentences"]["reasons"][0].startswith("“Cloud first” is rejected: ")


def test_a_title_with_brackets_is_shown_as_it_was_written(run: Run, tmp_path: Path):
    own = tmp_path / "own.yaml"
    own.write_text("id: own\ntitle: 'Own [/red] bid'\nstory: Mine.\nlevel: 3\n", "utf-8")
    result = run("--bid", own)
    assert result.exit_code == 0
    assert "[/red]" in result.stdout.split("Rank", 1)[1].split("What decides", 1)[0]


def test_own_bids_take_part(run: Run, tmp_path: Path):
    mine = tmp_path / "mine.yaml"
    mine.write_text("id: mine\ntitle: Mine\nstory: Perfect.\nlevel: 4\ngrade: trial\n", "utf-8")
    told = json.loads(run("--bid", mine, "--want", "mine", "--json").stdout)
    assert told["chosen"] == ["mine"]
    assert [each["id"] for each in told["bids"]][-1] == "mine"


def test_the_content_of_an_evaluation_is_tried_as_it_was_frozen(run: Run, content: Content):
    service = Evaluations(Record(open_engine()), "somebody")
    before = service.create("Renewal", content)
    told = json.loads(run("--evaluation", "Renewal", "--json").stdout)
    assert told["content_hash"] == content.hash
    assert [each["question"] for each in told["questions"]] == list(content.questions)
    assert service.get(before.id) == before


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("id: mine\ntitle: Mine\nstory: S.\nlevel: 9\n", "mine.yaml:4: level: "),
        ("id: ideal\ntitle: Mine\nstory: S.\nlevel: 4\n", "Two bids have the id 'ideal'"),
    ],
)
def test_a_mistake_in_an_own_bid_is_named(run: Run, tmp_path: Path, body: str, said: str):
    (tmp_path / "mine.yaml").write_text(body, "utf-8")
    ended = run("--bid", tmp_path / "mine.yaml")
    assert isinstance(ended.exception, UserError)
    assert said in str(ended.exception)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--bid", "nowhere.yaml"], "Cannot read nowhere.yaml"),
        (["--want", "nobody"], "There is no bid 'nobody'"),
        (["--profile", "strict"], "there is no such profile"),
    ],
)
def test_what_is_not_there_is_refused_in_words(run: Run, arguments: list[str], said: str):
    ended = run(*arguments)
    assert isinstance(ended.exception, UserError)
    assert said in str(ended.exception)
