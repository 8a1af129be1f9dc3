"""Everything of an evaluation in one file."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from ii_vendor.evaluations import Evaluations
from ii_vendor.model.response import Attachment
from ii_vendor.model.seat import Stage
from ii_vendor.report import write_report

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def bundle_of(evaluations: Evaluations, key: str, to: Path) -> zipfile.ZipFile:
    now = evaluations.get(key)
    write_report(
        to,
        evaluations.compare(now),
        now,
        evaluations.content(now),
        evaluations.history(now),
        lambda: evaluations.robustness(now),
        lambda sha256: evaluations.original(now, sha256),
    )
    return zipfile.ZipFile(to)


def read_me(bundle: zipfile.ZipFile) -> str:
    return bundle.read("README.txt").decode()


@SQLITE
def test_the_bundle_holds_results_record_content_and_every_file_as_it_came(evaluations, renewal, tmp_path):
    evaluations.rate(renewal, "Amara", "alder", "Q1", 3, reason="seen")
    evaluations.go_to(renewal, Stage.moderation, reason="now")
    with bundle_of(evaluations, renewal, tmp_path / "all.zip") as bundle:
        assert bundle.read("responses/alder/1-Alder.xlsx") == b"alder"
        lines = [json.loads(line) for line in bundle.read("record.jsonl").decode().splitlines()]
        assert [line["hash"] for line in lines] == [
            event.hash for event in evaluations.history(evaluations.get(renewal))
        ]
        words = bundle.read("record.txt").decode().splitlines()
        assert len(words) == len(lines)
        assert any("Alder" in line and "level 3" in line and "seen" in line for line in words)
        assert json.loads(bundle.read("comparison.json"))["vendors"][0]["name"] == "Alder"
        assert bundle.read("scorecard.xlsx")[:2] == b"PK"
        assert evaluations.get(renewal).record_hash in read_me(bundle)


@SQLITE
def test_what_a_vendors_own_workbook_holds_beside_our_questions_is_in_the_bundle(
    evaluations, renewal, response_of, tmp_path
):
    beside = Attachment(place="S!9", id="S-9", question="Insured?", answer="Yes", comment="Ten million")
    response = response_of("Alder", original=b"own").model_copy(update={"attachments": (beside,)})
    evaluations.accept_response(renewal, response, b"own", vendor="alder")
    with bundle_of(evaluations, renewal, tmp_path / "all.zip") as bundle:
        assert bundle.read("beside/alder/2.txt").decode() == "[S!9] S-9 Insured?\nYes\nComment: Ten million\n"
        assert "beside/" in read_me(bundle)


def test_a_bundle_made_too_early_holds_no_rating_of_others_and_says_so(evaluations, renewal, tmp_path):
    evaluations.rate(renewal, "Ben", "alder", "Q1", 3, reason="only Ben knows")
    with bundle_of(evaluations.acting_as("Amara"), renewal, tmp_path / "all.zip") as bundle:
        assert "Ratings of 1 person are not in these figures" in read_me(bundle)
        with zipfile.ZipFile(io.BytesIO(bundle.read("scorecard.xlsx"))) as workbook:
            texts = [workbook.read(name) for name in workbook.namelist()]
        texts += [bundle.read(name) for name in bundle.namelist()]
    assert any(b"Alder" in text for text in texts)
    assert not any(b"only Ben knows" in text for text in texts)


@SQLITE
def test_under_masked_names_the_files_stay_out_and_the_bundle_says_so(evaluations, renewal, tmp_path):
    evaluations.mask_names(renewal, True)
    key, _, secret = evaluations.issue_link(renewal, "Amara").partition("/")
    seat = evaluations.seat_by_session(key, evaluations.take_seat(key, secret).secret)
    with bundle_of(evaluations.acting_as(seat), renewal, tmp_path / "all.zip") as bundle:
        assert not [name for name in bundle.namelist() if name.startswith("responses/")]
        assert "2 files that the vendors sent left out of responses/: not open to you." in read_me(bundle)
    with bundle_of(evaluations, renewal, tmp_path / "whole.zip") as bundle:
        assert "responses/alder/1-Alder.xlsx" in bundle.namelist()
        assert "left out" not in read_me(bundle)
