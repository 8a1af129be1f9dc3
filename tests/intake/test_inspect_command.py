"""``ii-vendor inspect``: what it prints and how it ends."""

from __future__ import annotations

import json
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ii_vendor.cli import main
from ii_vendor.intake import write_template
from ii_vendor.library import load_library
from ii_vendor.model.response import Answer, Cell

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command: gives exit code, standard output and standard error."""

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["ii-vendor", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        printed = capsys.readouterr()
        return int(end.value.code or 0), printed.out.strip(), printed.err.strip()

    return call


def workbook(path: Path, *questionnaires: str) -> Path:
    """A workbook of the shipped questions with one answer."""
    asked = load_library().content(questionnaires)
    answers = {"Q1": Answer(question="Q1", cells=(Cell(text="It runs on."),))}
    write_template(asked.questionnaires, asked.questionnaire_hash, path, vendor="Halden", prefill=answers)
    return path


def test_a_workbook_is_compared_with_what_is_asked_by_default(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("inspect", workbook(tmp_path / "halden.xlsx"), "--json")
    found = json.loads(out)
    assert (code, found["importable"], found["response"]["answered"]) == (0, True, 1)
    assert "Halden, 1 of" in run("inspect", tmp_path / "halden.xlsx")[1]


def test_a_workbook_is_compared_with_what_an_evaluation_asks(run: Run, tmp_path: Path) -> None:
    run("new", "Line 3", "--questionnaire", "six_questions")
    book = workbook(tmp_path / "halden.xlsx", "six_questions")
    found = json.loads(run("inspect", book, "--evaluation", "line-3", "--json")[1])
    assert (found["importable"], found["response"]["asked"], found["problems"]) == (True, 6, [])
    assert json.loads(run("inspect", book, "--json")[1])["importable"] is False


def test_a_refused_file_is_json_on_request_and_a_reason_always(run: Run, tmp_path: Path) -> None:
    photo = tmp_path / "photo.xlsx"
    photo.write_bytes(b"\x89PNG")
    code, out, err = run("inspect", photo, "--json")
    assert (code, json.loads(out)["file"]["name"]) == (2, "photo.xlsx")
    assert json.loads(out)["refused"] in err
    code, out, err = run("inspect", photo)
    assert (code, out) == (2, "")
    assert "photo.xlsx: This is a picture" in err


def test_a_zip_is_inspected_file_by_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bids.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(workbook(tmp_path / "halden.xlsx"), "halden.xlsx")
        archive.writestr("scan.xlsx", b"\x89PNG")
        archive.writestr("readme.txt", b"hello")
    code, out, _ = run("inspect", path)
    assert code == 0
    assert "bids.zip: halden.xlsx: Halden, 1 of" in out
    assert "bids.zip: scan.xlsx: refused. This is a picture" in out
    assert "Left out: readme.txt." in out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("name", ["bids.csv", "bids.zip"])
def test_a_pipe_given_as_a_file_is_refused_and_not_waited_for(run: Run, tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    code, _, err = run("inspect", tmp_path / name)
    assert code == 2
    assert "not a file but a pipe" in err
