"""Prices and weights from the command line: what it prints, what it records, and what it refuses."""

from __future__ import annotations

import json
import shutil

import pytest

EVALUATION = "line-3-ot-security-renewal"
SECTIONS = ("six_questions", "lock_in", "dea", "sla", "raci", "resilience", "metrics")


@pytest.fixture
def run(ran, sample_data, tmp_path):
    """Run a command on a copy of the sample: gives exit code, standard output and standard error."""
    shutil.copytree(sample_data, tmp_path / "data")

    def call(*arguments):
        code, out, err = ran(*arguments)
        return code, out.replace("\N{NO-BREAK SPACE}", " "), err

    return call


@pytest.fixture
def done(run):
    """Run a command that must succeed: gives what it printed."""

    def call(*arguments):
        code, out, err = run(*arguments)
        assert code == 0, err
        return out

    return call


@pytest.fixture
def refused(run):
    """Run a command that must be refused: gives the reason."""

    def call(*arguments):
        code, out, err = run(*arguments)
        assert (code, out) == (2, "")
        assert "Traceback" not in err
        return err

    return call


def weights(**changed):
    numbers = {**dict.fromkeys(SECTIONS, 50), **changed}
    return [word for key, number in numbers.items() for word in ("--give", f"{key}={number}")]


def test_prices_are_shown_with_the_doubts_about_the_ratio(done):
    shown = done("prices", EVALUATION)
    assert "Halden Grid Security asks the least per point of autonomy" in shown
    assert "394 000 EUR" in shown
    assert "It is not linear" in shown
    assert "Tidelark Systems leads" in done("prices", EVALUATION, "--quality-share", "0.3")


def test_a_price_is_recorded_and_taken_back(done):
    done("price", EVALUATION, "Halden Grid Security", "410 000.50", "--basis", "six years", "--as", "Pia")
    found = json.loads(done("prices", EVALUATION, "--json"))
    assert found["currency"] == "EUR"
    assert {each["vendor"]: each["amount"] for each in found["vendors"]}["halden-grid-security"] == 410_000.5
    for vendor in (
        "halden-grid-security",
        "tidelark-systems",
        "kesselbruck-leittechnik",
        "cirrostead-industrial-cloud",
    ):
        done("price", EVALUATION, vendor, "none")
    assert "No price has been recorded yet" in done("prices", EVALUATION)
    assert json.loads(done("prices", EVALUATION, "--json")) is None


@pytest.mark.parametrize("amount", ["dear", "1,5", "€5", "nan", "0"])
def test_what_is_no_price_is_refused(refused, amount):
    said = refused("price", EVALUATION, "tidelark-systems", amount)
    assert "Write a plain number" in said or "above 0" in said


def test_another_currency_is_refused(refused):
    assert "the tool converts nothing" in refused("price", EVALUATION, "tidelark-systems", 5, "--currency", "CHF")


def test_weights_are_given_shown_and_adopted(done):
    before = json.loads(done("proposals", EVALUATION, "--json"))
    assert before["missing"] == ["Tomáš Vrba"]
    assert [each["evaluator"] for each in before["proposals"]] == ["Amara Osei", "Priya Raman"]
    done("weigh", EVALUATION, "--by", "tomáš vrba", *weights(resilience=100), "--reason", "Winter")
    after = json.loads(done("proposals", EVALUATION, "--json"))
    assert after["missing"] == []
    given = after["proposals"][-1]
    assert (given["reason"], given["weights"]["resilience"]) == ("Winter", 25)
    assert given["ranks"]["cirrostead-industrial-cloud"] is None
    shown = done("proposals", EVALUATION)
    assert "Tomáš Vrba, by points for swings" in shown
    assert "25 %" in shown
    done("adopt", EVALUATION, "Tomáš Vrba", "--reason", "Agreed.", "--as", "Pia")
    assert json.loads(done("proposals", EVALUATION, "--json"))["proposals"][-1]["moves"] == []


def test_questions_of_one_section_are_put_in_an_order(done):
    places = [word for place in range(1, 7) for word in ("--give", f"q{place}={place}")]
    done("weigh", EVALUATION, "--by", "Amara Osei", "--method", "order", "--scope", "SIX_questions", *places)
    (given,) = json.loads(done("proposals", EVALUATION, "--scope", "six_questions", "--json"))["proposals"]
    assert given["method"] == "rank order"
    assert list(given["weights"].values()) == sorted(given["weights"].values(), reverse=True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--give", "lock_in=40"], "exactly these"),
        ([*weights(resilience=100), "--give", "dea=5"], "given twice"),
        (["--give", "lock_in"], "is not understood"),
        ([*weights(resilience=100), "--method", "guess"], "Use one of: swing, rank order"),
        ([*weights(resilience=100), "--scope", "nowhere"], "nowhere"),
        (weights(), "gets 100 points"),
    ],
)
def test_weights_that_make_no_sense_are_refused(refused, arguments, said):
    assert said in refused("weigh", EVALUATION, "--by", "Amara Osei", *arguments)


def test_weights_that_nobody_gave_cannot_be_adopted(refused):
    assert "has given no weights" in refused("adopt", EVALUATION, "Tomáš Vrba", "--reason", "why not")
