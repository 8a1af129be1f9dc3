"""Checking a record and moving everything from the command line: what it prints, and the code it ends with."""

from __future__ import annotations

import json
import shutil
import sqlite3

import openpyxl
import pytest

from ii_vendor.evaluations import Evaluations
from ii_vendor.facilitator import key_is_good
from ii_vendor.store import Record, open_engine

EVALUATION = "line-3-ot-security-renewal"


@pytest.fixture
def run(ran, sample_data, tmp_path):
    """Run a command on a copy of the sample: gives exit code, standard output and standard error."""
    shutil.copytree(sample_data, tmp_path / "data")
    return ran


@pytest.fixture
def done(run):
    """Run a command that must succeed: gives what it printed."""

    def call(*arguments):
        code, out, err = run(*arguments)
        assert (code, err) == (0, "")
        return out

    return call


@pytest.fixture
def change(tmp_path):
    """Change the database of the sample behind everybody's back."""

    def execute(*statements):
        with sqlite3.connect(tmp_path / "data" / "ii-vendor.db") as database:
            for statement in statements:
                database.execute(statement)
        database.close()

    return execute


def test_a_whole_record_is_valid_and_says_what_a_chain_cannot_show(done):
    said = done("audit", "verify", EVALUATION)
    assert "is whole" in said
    assert "cannot show by itself that its end was cut off" in said


def test_the_help_says_the_exit_codes_and_what_needs_a_hash_kept_elsewhere(done):
    said = " ".join(done("audit", "verify", "--help").split())
    assert "Exit code 0: the record is valid" in said
    assert "a hash kept elsewhere" in said


def test_a_changed_event_is_told_with_its_number_and_exit_code_1(run, change):
    change("UPDATE events SET change = replace(change, '\"level\":2', '\"level\":3') WHERE kind = 'rating recorded'")
    code, out, _ = run("audit", "verify", EVALUATION)
    assert code == 1
    assert "is not valid" in out
    assert "does not give its hash. The event was changed after it was recorded" in out


def test_many_faults_are_told_shortly_and_listed_as_json(run, change):
    change("UPDATE events SET actor = 'Mallory'")
    faults = json.loads(run("audit", "verify", EVALUATION, "--json")[1])["faults"]
    out = run("audit", "verify", EVALUATION)[1]
    assert len(out.splitlines()) < 30 < len(faults)
    assert "lists all" in out


def test_a_record_that_no_longer_reads_is_checked_all_the_same(run, change):
    change("UPDATE events SET change = 'nonsense', at = 'never' WHERE sequence = 7")
    code, out, err = run("audit", "verify", "Line 3 OT security renewal")
    assert (code, err) == (1, "")
    assert "Event 7 cannot be read" in out


@pytest.mark.parametrize("column", ["change", "actor", "hash"])
def test_a_record_that_holds_what_is_no_text_is_not_valid_and_its_evaluation_says_where_to_look(run, change, column):
    change(f"UPDATE events SET {column} = x'00ff' WHERE sequence = 7")
    code, out, err = run("audit", "verify", EVALUATION)
    assert (code, err) == (1, "")
    assert f"Event 7 holds something that ii-vendor never writes, in {column}." in out
    code, out, err = run("compare", EVALUATION)
    assert (code, out) == (2, "")
    assert "Event 7 of" in err
    assert "audit verify" in err


def test_the_json_lists_every_fault(run, change):
    assert json.loads(run("audit", "verify", EVALUATION, "--json")[1])["valid"] is True
    change("DELETE FROM events WHERE sequence = 9")
    code, out, _ = run("audit", "verify", EVALUATION, "--json")
    found = json.loads(out)
    assert (code, found["valid"]) == (1, False)
    assert [(fault["sequence"], fault["what"]) for fault in found["faults"]] == [(9, "Event 9 is missing.")]


@pytest.fixture
def exported(done, tmp_path):
    """Export the sample to a file with this ending."""

    def export(ending):
        path = tmp_path / f"export{ending}"
        done("export", EVALUATION, "--to", path)
        return path

    return export


@pytest.mark.parametrize("ending", [".xlsx", ".json"])
def test_a_scorecard_is_known_as_of_the_latest_or_an_earlier_state(run, done, exported, ending):
    path = exported(ending)
    assert f"{path.name} shows the latest state" in done("audit", "verify", EVALUATION, "--scorecard", path)
    done("price", EVALUATION, "Halden Grid Security", "400000", "--as", "Pia")
    code, out, _ = run("audit", "verify", EVALUATION, "--scorecard", path)
    assert code == 1
    assert f"{path.name} shows an earlier state" in out
    assert "1 event came since: 1 × price recorded, by Pia." in out


def test_a_scorecard_stays_the_latest_result_while_only_links_are_made_and_seats_taken(run, done, exported, tmp_path):
    path = exported(".xlsx")
    door = Evaluations(Record(open_engine(f"sqlite:///{tmp_path / 'data' / 'ii-vendor.db'}")), "Ines")
    seat = door.get(EVALUATION).evaluators[0].name
    _, _, secret = door.issue_link(EVALUATION, seat).partition("/")
    door.take_seat(EVALUATION, secret)
    door.revoke_links(EVALUATION, seat, reason="Phone lost.")
    said = done("audit", "verify", EVALUATION, "--scorecard", path)
    assert f"{path.name} shows the latest result; since then only links were made or revoked, or seats taken" in said
    done("price", EVALUATION, "Halden Grid Security", "400000")
    code, out, _ = run("audit", "verify", EVALUATION, "--scorecard", path)
    assert (code, "shows an earlier state" in out) == (1, True)


def test_a_scorecard_of_a_record_that_this_one_is_not_is_told(run, exported):
    path = exported(".xlsx")
    book = openpyxl.load_workbook(path)
    cells = next(row for row in book["Method"].iter_rows() if row[0].value == "Record hash (SHA-256)")
    cells[1].value = "ab" * 32
    book.save(path)
    code, out, _ = run("audit", "verify", EVALUATION, "--scorecard", path)
    assert code == 1
    assert "was made from a record that this one is not: no event here has the hash abababababab" in out


def test_a_file_that_is_no_scorecard_is_told_in_words(run, tmp_path):
    plain = openpyxl.Workbook()
    plain.save(tmp_path / "plain.xlsx")
    (tmp_path / "cut.xlsx").write_bytes((tmp_path / "plain.xlsx").read_bytes()[:900])
    (tmp_path / "text.xlsx").write_text("hello")
    (tmp_path / "other.json").write_text("[]")
    (tmp_path / "broken.json").write_text("{")
    for name, why in (
        ("plain.xlsx", "does not say which record it was made from"),
        ("cut.xlsx", "damaged or was cut off"),
        ("text.xlsx", "This is a text file"),
        ("other.json", "does not say which record"),
        ("broken.json", "is no JSON"),
        ("nothing.xlsx", "There is no file"),
        ("nothing.json", "No such file"),
    ):
        code, out, err = run("audit", "verify", EVALUATION, "--scorecard", tmp_path / name)
        assert (code, out) == (2, "")
        assert why in err
        assert "Traceback" not in err


def test_an_exported_record_is_found_as_the_beginning_of_the_one_here(run, done, exported):
    path = exported(".jsonl")
    assert "shows the latest state" in done("audit", "verify", EVALUATION, "--record", path)
    done("price", EVALUATION, "Halden Grid Security", "400000")
    code, out, _ = run("audit", "verify", EVALUATION, "--record", path)
    assert (code, "shows an earlier state" in out) == (0, True)


def test_a_cut_off_and_mended_end_shows_beside_what_was_exported_before(run, exported, change):
    record, scorecard = exported(".jsonl"), exported(".xlsx")
    printed = json.loads(record.read_text("utf-8").splitlines()[-1])["hash"][:12]
    change(
        "DELETE FROM events WHERE sequence = (SELECT max(sequence) FROM events)",
        "UPDATE evaluations SET sequence = sequence - 1, "
        "record_hash = (SELECT hash FROM events ORDER BY sequence DESC LIMIT 1)",
    )
    assert run("audit", "verify", EVALUATION)[0] == 0
    for option, value, said in (
        ("--record", record, "part at event"),
        ("--scorecard", scorecard, "was made from a record that this one is not"),
        ("--hash", printed, "was made from a record that this one is not"),
    ):
        code, out, _ = run("audit", "verify", EVALUATION, option, value)
        assert (code, said in out) == (1, True)


def test_a_file_that_is_no_record_is_told_with_its_line(run, exported, tmp_path):
    path = exported(".jsonl")
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines[:3], "{}", *lines[3:]]), "utf-8")
    (tmp_path / "bytes.jsonl").write_bytes(b"\xff\xfe\x00")
    for name, why in ((path, "line 4 is no event of a record"), (tmp_path / "bytes.jsonl", "is no text")):
        code, out, err = run("audit", "verify", EVALUATION, "--record", name)
        assert (code, out) == (2, "")
        assert why in err


def test_a_printed_hash_is_found_from_twelve_digits_on(run, done):
    latest = json.loads(done("audit", "verify", EVALUATION, "--json"))["record_hash"]
    assert "shows the latest state" in done("audit", "verify", EVALUATION, "--hash", f" {latest[:12].upper()} ")
    for wrong in (latest[:11], "xyz" * 5):
        code, _, err = run("audit", "verify", EVALUATION, "--hash", wrong)
        assert (code, "is not a record hash. Write 12 to 64" in err) == (2, True)


def test_every_facilitator_s_link_ends_with_one_command(done):
    keys = [done("facilitator").strip().partition("?key=")[2] for _ in range(2)]
    record = Record(open_engine())
    assert all(key_is_good(record, key) for key in keys)
    assert done("facilitator", "--revoke") == "Ended 2 facilitator's links, with every session opened by them.\n"
    assert not any(key_is_good(record, key) for key in keys)
    assert done("facilitator", "--revoke").startswith("Ended 0 ")
    assert "--revoke" in done("facilitator", "--help")


def test_everything_moves_to_another_folder_by_backup_and_restore(done, run, tmp_path):
    file = tmp_path / "everything.zip"
    assert "1 evaluation, " in done("backup", file)
    before = done("compare", EVALUATION, "--json")
    shutil.move(tmp_path / "data", tmp_path / "old")
    assert done("restore", file) == f"Restored {EVALUATION}.\n"
    assert done("compare", EVALUATION, "--json") == before
    assert "here already, to the letter" in done("restore", file)
    done("price", EVALUATION, "Halden Grid Security", "400000")
    code, out, err = run("restore", file)
    assert (code, out) == (2, "")
    assert "goes 1 event further than the backup" in err
    code, out, err = run("restore", file, "--skip-refused")
    assert code == 0
    assert f"Left out {EVALUATION}" in err


def test_a_backup_of_a_record_that_is_not_valid_is_written_and_told(run, change, tmp_path):
    change("UPDATE events SET actor = 'Mallory' WHERE sequence = 5")
    code, _, err = run("backup", tmp_path / "b.zip")
    assert code == 0
    assert f"The record of {EVALUATION} is not valid and was written as it is. What event 5 says" in err


def test_a_backup_that_cannot_be_written_is_told_in_words(run, tmp_path):
    code, _, err = run("backup", tmp_path / "nowhere" / "b.zip")
    assert (code, "the folder" in err and "does not exist" in err) == (2, True)
