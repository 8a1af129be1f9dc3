"""The command ``robustness`` from outside: what it prints, what a script gets, and how it refuses."""

from __future__ import annotations

import json
import shutil

import pytest

EVALUATION = "line-3-ot-security-renewal"


@pytest.fixture
def run(ran, sample_data, tmp_path):
    """Run a command on a copy of the sample evaluation: gives exit code, standard output and standard error."""
    shutil.copytree(sample_data, tmp_path / "data")

    def call(*arguments):
        code, out, err = ran(*arguments)
        return code, out.strip(), err.strip()

    return call


def test_the_result_is_said_in_sentences_before_any_table(run):
    code, out, err = run("robustness", EVALUATION, "--samples", 500)
    assert code == 0, err
    assert "leads in" in out.splitlines()[0]
    assert "of the weightings near those set (each weight moved by up to 30 %)" in out.splitlines()[0]
    for part in ("Rank 1", "What would change the winner:", "What would change a verdict:", "The panel:"):
        assert part in out
    assert "not the probability of a right choice" in out


def test_a_script_gets_every_figure_with_the_sentences_made_of_them(run):
    code, out, err = run("robustness", EVALUATION, "--samples", 500, "--spread", 50, "--json")
    assert code == 0, err
    told = json.loads(out)
    assert set(told) == {
        *("evaluation", "content_hash", "record_hash", "vendors", "ranked", "leaders", "left_out"),
        *("sentences", "simulations", "stability", "turns", "agreement"),
    }
    assert told["leaders"] == told["ranked"][:1]
    assert told["vendors"][told["leaders"][0]] in told["sentences"]["headline"][0]
    assert [(each["weights"], each["ratings"]) for each in told["simulations"]] == [
        ("near those set", False),
        ("any", False),
        ("as set", True),
        ("near those set", True),
    ]
    near = told["simulations"][0]
    assert (near["spread"], near["samples"]) == (0.5, 500)
    for vendor in told["ranked"]:
        assert sum(near["vendors"][vendor]["ranks"]) == pytest.approx(1)
        assert set(near["vendors"][vendor]["above"]) == set(told["ranked"]) - {vendor}
    assert set(told["turns"]) == {"levels", "weights", "evaluators", "flags"}


def test_the_same_evaluation_always_gives_the_same(run):
    first, second = (run("robustness", EVALUATION, "--samples", 300, "--json") for _ in range(2))
    assert first == second


def test_the_scorecard_that_is_exported_holds_the_same_sentences(run, tmp_path):
    from python_calamine import CalamineWorkbook

    told = json.loads(run("robustness", EVALUATION, "--json")[1])
    code, _, err = run("export", EVALUATION, "--to", tmp_path / "scorecard.xlsx")
    assert code == 0, err
    rows = CalamineWorkbook.from_path(str(tmp_path / "scorecard.xlsx")).get_sheet_by_name("Robustness").to_python()
    cells = [row[0] for row in rows]
    assert [line for line in told["sentences"]["headline"] if line not in cells] == []


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [("--spread", 0, "more than 0 % and up to 100 %"), ("--spread", 130, "100 %"), ("--samples", 5, "samples")],
)
def test_a_spread_or_a_number_of_samples_that_makes_no_sense_is_refused_in_words(run, option, value, said):
    code, out, err = run("robustness", EVALUATION, option, value)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


def test_an_evaluation_that_is_not_there_is_refused_in_words(run):
    code, out, err = run("robustness", "nowhere")
    assert (code, out) == (2, "")
    assert "nowhere" in err


def test_an_evaluation_without_vendors_says_so(run):
    run("new", "Empty")
    code, out, err = run("robustness", "empty")
    assert code == 0, err
    assert out.splitlines()[0] == "No vendor is in the evaluation yet."
