"""The panel without a screen: seats, declarations, stages and consensus by command."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ii_vendor.evaluations import Evaluations
from ii_vendor.intake import read_responses
from ii_vendor.library import load_library, shipped_folder
from ii_vendor.model.seat import Discipline, Stage
from ii_vendor.store import Record, open_engine

Ran = Callable[..., tuple[int, str, str]]

KEY = "line-3"
VENDOR = "halden-grid-security"


@pytest.fixture(scope="session")
def scoring_data(tmp_path_factory: pytest.TempPathFactory, sample_workbooks: Path) -> Path:
    """A data folder with an evaluation in the stage scoring: Amara rates, Margit oversees, Halden Grid responded."""
    folder = tmp_path_factory.mktemp("scoring")
    evaluations = Evaluations(Record(open_engine(f"sqlite:///{folder / 'ii-vendor.db'}")), "somebody")
    content = load_library().content(["six_questions"])
    key = evaluations.create("Line 3", content).id
    evaluations.add_evaluator(key, "Amara", Discipline.operations)
    evaluations.add_evaluator(key, "Margit", Discipline.asset_owner, rating=False)
    workbook = sample_workbooks / "Halden Grid Security.xlsx"
    (intake,) = read_responses([workbook], content.questionnaires, content.questionnaire_hash)
    assert intake.response is not None
    evaluations.accept_response(key, intake.response, intake.original)
    for name in ("Amara", "Margit"):
        evaluations.declare(key, name)
    evaluations.go_to(key, Stage.scoring)
    return folder


@pytest.fixture
def scoring(ran: Ran, scoring_data: Path, tmp_path: Path) -> Ran:
    """Commands on a copy of that evaluation."""
    shutil.copytree(scoring_data, tmp_path / "data")
    return ran


def rate(ran: Ran, question: str, level: object, by: str = "Amara") -> tuple[int, str, str]:
    return ran("rate", KEY, VENDOR, question, level, "--by", by, "--reason", "seen")


def rate_all(ran: Ran) -> None:
    for number in range(1, 7):
        assert rate(ran, f"Q{number}", 3)[0] == 0


def test_nobody_rates_before_declaring_interests(ran, sample_workbooks):
    ran("new", "Line 3", "--questionnaire", "six_questions")
    assert ran("evaluator", "add", KEY, "Amara")[0] == 0
    ran("import", KEY, sample_workbooks / "Halden Grid Security.xlsx")
    ran("stage", KEY, "scoring")
    code, _, error = rate(ran, "Q1", 3)
    assert code == 2
    assert "Amara has not declared interests yet" in error


def test_a_conflict_of_interest_closes_the_vendor_to_the_seat(scoring):
    scoring("declare", KEY, "Amara", "--conflict", f"{VENDOR}=I worked there")
    code, _, error = rate(scoring, "Q1", 3)
    assert code == 2
    assert "conflict of interest with Halden Grid Security" in error


def test_the_facilitator_sees_no_total_before_moderation(scoring):
    rate(scoring, "Q1", 3)
    code, out, error = scoring("compare", KEY, "--json")
    assert code == 0
    assert json.loads(out)["vendors"][0]["autonomy"]["claimed"] is None
    assert "Ratings of 1 person are not in these figures" in error
    assert json.loads(scoring("compare", KEY, "--json", "--as", "Amara")[1])["vendors"][0]["autonomy"]["claimed"] == 75


def test_progress_is_listed_without_any_level(scoring):
    rate(scoring, "Q1", 3)
    seats = {seat["name"]: seat for seat in json.loads(scoring("evaluator", "list", KEY, "--json")[1])}
    assert seats["Amara"]["progress"]["rated"] == 1
    assert seats["Amara"]["progress"]["left_by_question"] == {f"Q{number}": 1 for number in range(2, 7)}
    assert seats["Margit"]["progress"] is None
    assert "Amara\toperations\tdeclared\t1 of 6 rated" in scoring("evaluator", "list", KEY)[1]


def test_what_is_handed_in_can_no_longer_be_rated_until_it_is_given_back(scoring):
    rate_all(scoring)
    assert scoring("hand-in", KEY, "Amara")[0] == 0
    assert rate(scoring, "Q1", 2)[0] == 2
    assert scoring("give-back", KEY, "Amara", "--reason", "Misread Q1")[0] == 0
    assert rate(scoring, "Q1", 2)[0] == 0


def test_moderation_waits_for_everybody_or_for_a_reason(scoring):
    rate(scoring, "Q1", 3)
    code, _, error = scoring("stage", KEY, "moderation")
    assert code == 2
    assert "Amara has not handed in (5 answers not rated)" in error
    assert scoring("stage", KEY, "moderation", "--reason", "The meeting is today")[1] == "moderation\n"


def test_a_consensus_is_looked_at_twice_where_it_moves_far(scoring):
    rate_all(scoring)
    scoring("hand-in", KEY, "Amara")
    scoring("stage", KEY, "moderation")
    far = ("agree", KEY, VENDOR, "Q1", 1, "--grade", "document", "--reason", "Only said", "--no-evidence")
    code, _, error = scoring(*far)
    assert code == 2
    assert "a move of 2 levels" in error
    assert scoring(*far, "--confirm")[0] == 0
    assert scoring("dissent", KEY, VENDOR, "Q1", 3, "--by", "Amara", "--reason", "I saw it run")[0] == 0
    done = json.loads(scoring("agenda", KEY, "--json")[1])["done"]
    assert [(each["question"], each["level"], each["mean"], each["dissents"]) for each in done] == [("Q1", 1, 3.0, 1)]


def test_a_gate_takes_operations_and_the_asset_owner(scoring):
    flag = ("flag", KEY, VENDOR, "Q1-stops-without-vendor", "accept", "--owner", "Margit", "--reason", "known")
    code, _, error = scoring(*flag)
    assert code == 2
    assert "by operations and the asset owner together" in error
    assert scoring("flag", KEY, VENDOR, "Q1-stops-without-vendor", "confirm", "--reason", "seen")[0] == 0
    assert scoring(*flag, "--as", "Amara")[0] == 0
    assert f"{VENDOR}/Q1-stops-without-vendor\tconfirmed" in scoring("flags", KEY)[1]
    assert scoring(*flag, "--as", "Margit")[0] == 0
    assert f"{VENDOR}/Q1-stops-without-vendor\taccepted" in scoring("flags", KEY)[1]


def test_a_seat_with_a_used_link_is_nobody_elses(scoring):
    code, out, _ = scoring("evaluator", "link", KEY, "Amara", "--address", "http://plant:8501/")
    assert code == 0
    assert out.startswith(f"http://plant:8501/seat/{KEY}/")
    assert rate(scoring, "Q1", 3)[0] == 0, "nobody has used the link yet"


def test_a_reply_is_a_new_version_of_the_answer(scoring, tmp_path):
    (tmp_path / "reply.txt").write_text("Operations stop after 72 hours.", "utf-8")
    scoring("flag", KEY, VENDOR, "Q1-stops-without-vendor", "clarify", "--reason", "we asked", "--due", "2999-01-31")
    code, out, error = scoring("reply", KEY, f"{VENDOR}/q1-stops-without-vendor", tmp_path / "reply.txt")
    assert (code, out) == (0, "Version 2 of Halden Grid Security\n"), error
    assert f"{VENDOR}/Q1-stops-without-vendor\traised" in scoring("flags", KEY)[1]


def test_changed_content_is_shown_with_its_effect_and_adopted_only_with_a_reason(scoring, tmp_path):
    for folder in ("questionnaires", "scoring"):
        shutil.copytree(shipped_folder() / folder, tmp_path / "own" / folder)
    rubrics = tmp_path / "own" / "scoring" / "rubrics" / "six_questions.yaml"
    rubrics.write_text(rubrics.read_text("utf-8").replace("severity: critical", "severity: minor", 1), "utf-8")
    adopt = ("content", "adopt", KEY, "--content", tmp_path / "own")
    _, out, _ = scoring(*adopt)
    assert "rubric of Q1, red flags:" in out
    assert "No score, rank or verdict changes." in out
    assert "Nothing is recorded yet." in out
    assert scoring(*adopt, "--reason", "Too strict")[0] == 0
    assert "Nothing is different from what this evaluation is judged by." in scoring(*adopt)[1]


def test_a_locked_evaluation_takes_nothing_until_it_is_reopened_with_a_reason(scoring):
    scoring("stage", KEY, "moderation", "--reason", "short")
    assert scoring("stage", KEY, "locked", "--reason", "done")[0] == 0
    assert "is locked" in scoring("flag", KEY, VENDOR, "Q1-stops-without-vendor", "confirm", "--reason", "x")[2]
    assert "needs a reason" in scoring("stage", KEY, "moderation")[2]
    assert scoring("stage", KEY, "moderation", "--reason", "New evidence")[0] == 0


def test_masked_names_are_shown_again_on_request(scoring):
    assert scoring("vendor", "mask", KEY)[0] == 0
    assert "hidden already" in scoring("vendor", "mask", KEY)[2]
    assert scoring("vendor", "mask", KEY, "--off")[0] == 0
