"""Red flags from the command line: raised, decided, and refused without a trace."""

from __future__ import annotations

import json

import pytest

from ii_vendor.evaluations import Evaluations
from ii_vendor.store import Record, open_engine

REASON = ("--reason", "Seen in the test")


@pytest.fixture
def done(ran):
    """Run a command that must succeed: gives what it printed."""

    def call(*arguments):
        code, out, err = ran(*arguments)
        assert code == 0, err
        return out.strip()

    return call


@pytest.fixture
def refused(ran):
    """Run a command that must be refused: gives the reason."""

    def call(*arguments):
        code, out, err = ran(*arguments)
        assert (code, out) == (2, "")
        assert "Traceback" not in err
        return err

    return call


@pytest.fixture
def line_3(done, sample_workbooks):
    """An evaluation in scoring with Amara of operations and one response. Gives the vendor's id."""
    done("new", "Line 3")
    done("evaluator", "add", "line-3", "Amara Osei", "--discipline", "operations")
    workbook = sample_workbooks / "Cirrostead Industrial Cloud.xlsx"
    (imported,) = json.loads(done("import", "line-3", workbook, "--json"))
    done("declare", "line-3", "Amara Osei")
    done("stage", "line-3", "scoring")
    return str(imported["vendor"])


def test_a_flag_is_raised_and_decided(done, refused, line_3):
    rule = _a_rule_not_raised(done)
    given = ("flag", "line-3", line_3, rule)
    done(*given, "raise", "--reason", "odd")
    done(*given, "clarify", "--reason", "asked")
    assert "needs the name of the person who owns the risk" in refused(*given, "accept", "--reason", "we know")
    done(*given, "accept", "--reason", "we know", "--owner", "Ines", "--as", "Ben")
    flag = next(flag for flag in json.loads(done("flags", "line-3", "--json")) if flag["id"] == f"{line_3}/{rule}")
    assert flag["state"] == "accepted"
    assert [step["state"] for step in flag["decisions"]] == ["clarification sent", "accepted"]
    assert (flag["decisions"][-1]["owner"], flag["decisions"][-1]["by"]) == ("Ines", "Ben")
    assert f"{line_3}/{rule}\taccepted\t" in done("flags", "line-3")


def test_questions_and_red_flags_are_found_whatever_their_case(done, line_3):
    reason = REASON
    done("rate", "line-3", line_3, "q1", "3", "--by", "Amara Osei", *reason)
    done("stage", "line-3", "moderation", *reason)
    (card,) = json.loads(done("compare", "line-3", "--json"))["vendors"]
    assert card["floor"]["question"] == "Q1"
    rule = _a_rule_not_raised(done)
    done("flag", "line-3", line_3, rule.lower(), "raise", *reason)
    done("flag", "line-3", line_3, f"{line_3}/{rule}".upper(), "confirm", *reason)
    own = done("flag", "line-3", line_3, "dea-1", "raise", "--statement", "Sells only with a lease", *reason)
    states = {flag["id"]: flag["state"] for flag in json.loads(done("flags", "line-3", "--json"))}
    assert states[f"{line_3}/{rule}"] == "confirmed"
    assert own == f"{line_3}/DEA-1-own-1"


def _a_rule_not_raised(done):
    from ii_vendor.library import load_library

    raised = {flag["rule"] for flag in json.loads(done("flags", "line-3", "--json"))}
    return next(rule.id for rule in load_library().rubrics["Q2"].red_flags if rule.id not in raised)


@pytest.mark.parametrize("words", [("confrim",), ("accept",)])
def test_a_refused_decision_does_not_raise_the_flag(done, refused, line_3, words):
    before = done("flags", "line-3", "--json")
    refused("flag", "line-3", line_3, _a_rule_not_raised(done), *words, "--reason", "seen")
    assert done("flags", "line-3", "--json") == before


def test_a_flag_is_raised_in_ones_own_words_and_decided_by_the_id_it_gets(done, line_3):
    words = ("--statement", "Sells only with a lease", "--severity", "critical", "--gate", "--reason", "Offer, page 7")
    key = done("flag", "line-3", line_3, "Q1", "raise", *words, "--as", "Ben")
    done("flag", "line-3", line_3, key, "confirm", "--reason", "It is so")
    flag = next(flag for flag in json.loads(done("flags", "line-3", "--json")) if flag["id"] == key)
    assert (flag["statement"], flag["severity"], flag["gate"]) == ("Sells only with a lease", "critical", True)
    assert (flag["question"], flag["raised_by"], flag["state"]) == ("Q1", "Ben", "confirmed")
    assert flag["quotes"][0]["reason"] == "Offer, page 7"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("Q1", "confirm", "--statement", "Odd"), "needs 'raise' and --statement"),
        (("Q1", "raise", "--gate"), "needs 'raise' and --statement"),
        (
            ("Q1", "raise", "--statement", "Odd", "--severity", "grave"),
            "There is no severity 'grave'. Use one of: crit",
        ),
        (("Q99", "raise", "--statement", "Odd"), "There is no question 'Q99'"),
    ],
)
def test_a_flag_in_ones_own_words_needs_all_that_it_is_made_of(refused, done, line_3, words, reason):
    before = done("flags", "line-3", "--json")
    assert reason in refused("flag", "line-3", line_3, *words, "--reason", "x")
    assert done("flags", "line-3", "--json") == before


def test_it_is_said_when_no_statements_fit_badly_together_and_when_none_could_be_compared(done, tmp_path, content):
    done("new", "Line 3")
    assert done("contradictions", "line-3").startswith("None found.")
    assert json.loads(done("contradictions", "line-3", "--json")) == []
    record = Record(open_engine(f"sqlite:///{tmp_path / 'data' / 'ii-vendor.db'}"))
    key = Evaluations(record, "Fay").create("Without facts", content).id
    assert done("contradictions", key).startswith("Nothing was compared:")


def test_statements_that_do_not_fit_together_are_listed_with_their_words(done, line_3):
    found = json.loads(done("contradictions", "line-3", "--json"))
    told = done("contradictions", "line-3")
    assert told.count("do not seem to fit together") == len(found)
    for each in found:
        assert each["vendor"] == line_3
        assert len(each["sides"]) == 2
        for side in each["sides"]:
            for said in side["statements"]:
                assert f"{said['question']}: “{said['quote']}”" in told
