"""The command line from outside: what it prints, how it ends, and that it never shows a traceback."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from ii_vendor.library import shipped_folder

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = [
    "demo",
    "serve",
    "new",
    "list",
    "evaluator add",
    "vendor add",
    "template",
    "import",
    "inspect",
    "mappings list",
    "mappings remove",
    "crosswalk",
    "rate",
    "flag",
    "flags",
    "compare",
    "export",
    "minutes",
    "dry-run",
    "robustness",
    "price",
    "prices",
    "weigh",
    "proposals",
    "adopt",
    "samples",
    "content check",
    "content adopt",
    "questionnaire import",
    "questionnaire list",
    "audit verify",
    "backup",
    "restore",
    "db upgrade",
    "detect",
    "read-again",
    "signals evaluate",
    "signals train",
    "signals examples",
    "facilitator",
    "vendor mask",
    "evaluator list",
    "evaluator link",
    "evaluator revoke",
    "evaluator assign",
    "evaluator close",
    "declare",
    "hand-in",
    "give-back",
    "stage",
    "contradictions",
    "reply",
    "agenda",
    "agree",
    "dissent",
    "assignment export",
    "assignment import",
]
GROUPS = ["", "assignment", "vendor", "evaluator", "content", "questionnaire", "mappings", "audit", "signals", "db"]
"""The command line itself, and the words that lead to further commands."""


@pytest.fixture
def run(ran):
    """Run a command on a data folder of its own: gives exit code, standard output and standard error."""

    def call(*arguments):
        code, out, err = ran(*arguments)
        return code, out.strip(), err.strip()

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
    """Run a command that must be refused: gives the reason on standard error."""

    def call(*arguments):
        code, out, err = run(*arguments)
        assert code == 2, out
        assert out == ""
        assert "Traceback" not in err
        return err

    return call


@pytest.fixture(scope="session")
def workbooks(tmp_path_factory):
    """The four sample workbooks, made by the command."""
    folder = tmp_path_factory.mktemp("workbooks")
    command = [sys.executable, "-m", "ii_vendor", "samples", str(folder)]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    paths = sorted(folder.glob("*.xlsx"))
    assert [line.removeprefix("Wrote ") for line in sorted(made.stdout.splitlines())] == [str(path) for path in paths]
    return paths


@pytest.fixture
def line_3(done, workbooks):
    """An evaluation in scoring with a panel of one and one imported response. Gives the vendor's id."""
    assert done("new", "Line 3") == "line-3"
    done("evaluator", "add", "line-3", "Amara Osei", "--discipline", "operations")
    vendor = json.loads(done("import", "line-3", workbooks[0], "--json"))[0]["vendor"]
    done("declare", "line-3", "Amara Osei")
    done("stage", "line-3", "scoring")
    return vendor


@pytest.mark.parametrize("command", [*COMMANDS, *GROUPS])
def test_the_help_of_every_command_and_group_shows_an_example(done, command):
    assert f"Example: ii-vendor {command}".strip() in " ".join(done(*command.split(), "--help").split())


def test_no_command_is_left_out_of_these_tests():
    import typer

    from ii_vendor.cli import app

    group = typer.main.get_command(app)
    names = [
        f"{name} {sub}" if sub else name
        for name, command in group.commands.items()
        for sub in getattr(command, "commands", {"": None})
    ]
    assert sorted(names) == sorted(COMMANDS)
    assert sorted(GROUPS) == sorted(["", *(name for name, each in group.commands.items() if hasattr(each, "commands"))])


def test_four_workbooks_become_a_comparison(done, workbooks):
    assert done("new", "Line 3", "--profile", "foundation") == "line-3"
    done("evaluator", "add", "line-3", "Amara Osei", "--discipline", "operations")
    assert done("vendor", "add", "line-3", "Somebody Else") == "somebody-else"
    results = json.loads(done("import", "line-3", *workbooks, "--json"))
    assert [result["accepted"] for result in results] == [True] * 4
    assert len({result["vendor"] for result in results}) == 4
    assert {result["version"] for result in results} == {1}
    reason = ("--reason", "Seen in the test")
    done("declare", "line-3", "Amara Osei")
    done("stage", "line-3", "scoring")
    done("rate", "line-3", results[0]["vendor"], "Q1", "3", "--by", "amara osei", "--grade", "document", *reason)
    done("rate", "line-3", results[0]["vendor"], "Q2", "n/a", "--by", "Amara Osei", *reason)
    done("stage", "line-3", "moderation", *reason)
    compared = json.loads(done("compare", "line-3", "--json"))
    card = next(card for card in compared["vendors"] if card["id"] == results[0]["vendor"])
    assert card["autonomy"]["claimed"] == pytest.approx(75.0)
    assert card["floor"] == {"level": 3.0, "question": "Q1"}
    assert "Somebody Else" in done("compare", "line-3")


@pytest.mark.usefixtures("line_3")
def test_the_comparison_as_json_has_the_promised_shape(done):
    compared = json.loads(done("compare", "line-3", "--json"))
    assert compared["evaluation"] == "line-3"
    (card,) = compared["vendors"]
    assert card.keys() >= {"name", "rank", "autonomy", "red_flags", "floor", "verdict", "reasons"}
    assert card["autonomy"].keys() >= {"low", "high", "claimed", "evidenced", "sections"}
    assert card["autonomy"]["low"] == 0.0
    assert card["autonomy"]["claimed"] is None
    assert set(card["autonomy"]["sections"]) == {
        "six_questions",
        "lock_in",
        "dea",
        "sla",
        "raci",
        "resilience",
        "metrics",
    }
    assert card["red_flags"].keys() == {"low", "high"}
    assert card["floor"] == {"level": None, "question": None}
    assert card["verdict"] == "incomplete"
    assert all(isinstance(reason, str) for reason in card["reasons"])
    assert card["rank"] is None


@pytest.mark.usefixtures("line_3")
def test_evaluations_are_listed(done):
    (listed,) = json.loads(done("list", "--json"))
    assert (listed["id"], listed["name"]) == ("line-3", "Line 3")
    assert done("list").startswith("line-3\tLine 3\t")


@pytest.mark.usefixtures("line_3")
@pytest.mark.parametrize("ending", ["xlsx", "json", "jsonl"])
def test_each_kind_of_report_is_written(done, tmp_path, ending):
    out = tmp_path / f"report.{ending}"
    assert done("export", "line-3", "--to", out) == f"Wrote {out}"
    if ending == "xlsx":
        assert openpyxl.load_workbook(out).sheetnames
    elif ending == "json":
        assert json.loads(out.read_text("utf-8")) == json.loads(done("compare", "line-3", "--json"))
    else:
        kinds = [json.loads(line)["change"]["kind"] for line in out.read_text("utf-8").splitlines()]
        assert kinds[:4] == ["evaluation created", "evaluator added", "stage changed", "vendor added"]


def test_the_response_workbook_is_written_and_can_be_inspected(done, tmp_path):
    out = tmp_path / "response.xlsx"
    done("template", out, "--questionnaire", "six_questions", "--contact", "buyer@example.org", "--due", "1 March")
    sheets = json.loads(done("inspect", out, "--json"))["sheets"]
    assert len(sheets) >= 2
    assert "Instructions" in done("inspect", out)


def test_a_workbook_is_inspected_without_being_imported(done, workbooks, tmp_path):
    found = json.loads(done("inspect", workbooks[0], "--json"))
    assert found.keys() >= {"sheets", "problems"}
    assert not (tmp_path / "data").exists()


@pytest.mark.usefixtures("line_3")
def test_the_same_workbook_is_refused_the_second_time(run, workbooks):
    code, out, err = run("import", "line-3", workbooks[0])
    assert (code, out) == (2, "")
    assert "is the file that was accepted as version 1" in err


def test_a_workbook_finds_its_vendor_whatever_the_case(done, workbooks):
    done("new", "Line 3")
    name = workbooks[0].stem
    key = done("vendor", "add", "line-3", name.upper())
    (result,) = json.loads(done("import", "line-3", workbooks[0], "--json"))
    assert (result["vendor"], result["version"]) == (key, 1)


def test_two_evaluations_of_one_name_are_told_apart_by_their_ids(done, refused):
    first, second = done("new", "Line 4"), done("new", "Line 4")
    told = refused("compare", "line 4")
    assert told == f"There are two evaluations called 'line 4'. Use the id: {first} or {second}."


def test_what_is_no_workbook_is_refused_and_the_others_are_imported(run, done, workbooks, tmp_path):
    done("new", "Line 3")
    (tmp_path / "notes.xlsx").write_text("not a workbook")
    code, out, err = run("import", "line-3", tmp_path / "notes.xlsx", workbooks[0])
    assert code == 2
    assert "notes.xlsx: refused, nothing was imported" in err
    assert out.startswith(f"{workbooks[0].name}: accepted as version 1")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("compare", "nowhere"), "There is no evaluation 'nowhere'. There are: line-3."),
        (("new", " "), "The evaluation needs a name."),
        (("new", "x", "--profile", "strict"), "there is no such profile. Use one of: balanced,"),
        (("new", "x", "-q", "seven"), "there is no such questionnaire. Use one of: agreements,"),
        (
            ("evaluator", "add", "line-3", "Ben", "--discipline", "boss"),
            "There is no discipline 'boss'. Use one of: op",
        ),
        (
            ("rate", "line-3", "VENDOR", "Q1", "5", "--by", "Amara Osei", "--reason", "x"),
            "A level is 0, 1, 2, 3, 4 or n/a",
        ),
        (("rate", "line-3", "nobody", "Q1", "3", "--by", "Amara Osei", "--reason", "x"), "There is no vendor 'nobody'"),
        (("rate", "line-3", "VENDOR", "Q1", "3", "--by", "Eve", "--reason", "x"), "Eve is not on the panel."),
        (("flag", "line-3", "VENDOR", "Q1-other", "raise", "--reason", "x"), "has a red flag 'Q1-other'"),
        (("export", "line-3", "--to", "scores.pdf"), "Cannot write '.pdf'. Use a name that ends in .xlsx"),
        (("export", "line-3", "--to", "scores"), "Cannot write 'scores'. Use a name that ends in .xlsx"),
        (("export", "line-3", "--to", "nowhere/scores.xlsx"), "scores.xlsx: the folder nowhere does not exist. Make"),
        (("export", "line-3", "--to", "nowhere/scores.json"), "scores.json: the folder nowhere does not exist. Make"),
        (("template", "response.txt"), "Cannot write '.txt'. Use a name that ends in .xlsx."),
        (("template", "nowhere/response.xlsx"), "response.xlsx: the folder nowhere does not exist. Make"),
        (("content", "check", "--content", "nowhere"), "Point --content at a folder"),
        (("serve", "--content", "nowhere"), "Point --content at a folder"),
        (("rate", "line-3", "VENDOR", "q99", "3", "--by", "Amara Osei", "--reason", "x"), "no question 'q99'"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else "",
)
def test_what_a_user_can_mend_is_told_in_words_with_exit_code_2(
    refused, line_3, arguments, reason, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert reason in refused(*(line_3 if word == "VENDOR" else word for word in arguments))


@pytest.mark.parametrize("command", ["import", "inspect"])
def test_a_file_that_is_not_there_is_told_in_words(run, done, command, tmp_path):
    done("new", "Line 3")
    missing = tmp_path / "missing.xlsx"
    code, out, err = run(*(("import", "line-3", missing) if command == "import" else ("inspect", missing)))
    assert code == 2
    assert "missing.xlsx" in out + err
    assert "Traceback" not in err


@pytest.mark.parametrize("name", ["bids", "bids.xlsx"])
@pytest.mark.parametrize("command", ["import", "inspect"])
def test_a_folder_given_as_a_file_is_told_in_words(refused, done, command, name, tmp_path):
    done("new", "Line 3")
    (tmp_path / name).mkdir()
    told = refused(*(("import", "line-3") if command == "import" else ("inspect",)), tmp_path / name)
    assert "This is a folder. Name the files in it." in told


def test_the_content_is_checked_and_mistakes_are_named(done, refused, tmp_path):
    assert done("content", "check").endswith("are in order.")
    for folder in ("questionnaires", "scoring"):
        shutil.copytree(shipped_folder() / folder, tmp_path / folder)
    assert done("content", "check", "--content", tmp_path).endswith("are in order.")
    broken = tmp_path / "scoring/profiles/balanced.yaml"
    broken.write_text(broken.read_text("utf-8").replace("lock_in: 15", "lockin: 15"), "utf-8")
    told = refused("content", "check", "--content", tmp_path)
    assert "scoring/profiles/balanced.yaml:5: section_weights.lockin: there is no section 'lockin'." in told


def test_another_content_folder_can_be_used(done, tmp_path):
    for folder in ("questionnaires", "scoring"):
        shutil.copytree(shipped_folder() / folder, tmp_path / folder)
    profile = tmp_path / "scoring/profiles/balanced.yaml"
    (tmp_path / "scoring/profiles/own.yaml").write_text(
        profile.read_text("utf-8").replace("id: balanced", "id: own"), "utf-8"
    )
    done("new", "Line 3", "--profile", "own", "--content", tmp_path)
    assert json.loads(done("compare", "line-3", "--json"))["profile"] == "own"


def test_the_demo_is_loaded_once(done):
    first = done("demo", "--no-serve")
    assert first.startswith("Loaded the sample evaluation: ")
    key = first.split(": ")[1]
    assert done("demo", "--no-serve") == f"The sample evaluation is here already: {key}"
    compared = json.loads(done("compare", key, "--json"))
    assert len(compared["vendors"]) == 4
    assert len({card["verdict"] for card in compared["vendors"]}) > 1


def test_a_rank_that_may_still_move_has_a_question_mark(done, workbooks):
    done("new", "Line 3")
    done("import", "line-3", *workbooks[:2])
    done("evaluator", "add", "line-3", "Amara Osei")
    done("declare", "line-3", "Amara Osei")
    done("stage", "line-3", "scoring")
    for card in json.loads(done("compare", "line-3", "--json"))["vendors"]:
        done("rate", "line-3", card["id"], "L1", "3", "--by", "Amara Osei", "--reason", "seen")
    done("stage", "line-3", "moderation", "--reason", "Enough for this test.")
    rows = re.findall(r"^ *(\d+\S*) ", done("compare", "line-3"), re.M)
    assert len(rows) == 2
    assert all(rank.endswith("?") for rank in rows)


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_the_app_opens_on_the_content_that_was_named(done, run, command, monkeypatch, tmp_path):
    opened_on = []
    monkeypatch.setenv("II_VENDOR_CONTENT", str(shipped_folder()))
    monkeypatch.setattr("uvicorn.Server.run", lambda _: opened_on.append(os.environ["II_VENDOR_CONTENT"]))
    done("demo", "--no-serve")
    for folder in ("questionnaires", "scoring"):
        shutil.copytree(shipped_folder() / folder, tmp_path / "own" / folder)
    done(command, "--content", tmp_path / "own")
    assert opened_on == [str(tmp_path / "own")]
    shutil.rmtree(tmp_path / "own/scoring/profiles")
    code, _, err = run(command, "--content", tmp_path / "own")
    assert (code, len(opened_on)) == (2, 1)
    assert "Point --content at a folder" in err


def test_a_database_that_cannot_be_opened_is_told_before_the_app_opens(refused, monkeypatch):
    monkeypatch.setenv("II_VENDOR_DATABASE_URL", "nonsense")
    assert "II_VENDOR_DATABASE_URL is not the address of a database" in refused("serve")


def test_a_refusal_is_a_sentence_on_standard_error(tmp_path):
    ended = subprocess.run(
        [sys.executable, "-m", "ii_vendor", "compare", "nowhere"],
        cwd=ROOT,
        env={"II_VENDOR_DATA": str(tmp_path), "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "There is no evaluation 'nowhere'. There is none yet.\n"
