"""Labelled answers as files: read to the letter, and every mistake named with its line."""

from __future__ import annotations

import json

import pytest

from ii_vendor.library import LabelledError, read_labelled

RIGHT = {"id": "a1", "question": "Q1", "text": "It  stops.\nNow.", "red": True, "red_spans": ["stops.\nNow"]}


def file_with(folder, *lines, name="somebody.jsonl"):
    path = folder / name
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path


def test_text_and_spans_are_kept_to_the_letter_and_the_file_is_the_author(tmp_path):
    named = {**RIGHT, "id": "a2", "author": "line-3"}
    first, second = read_labelled([file_with(tmp_path, "\ufeff" + json.dumps(RIGHT), "", named)])
    assert (first.text, first.red_spans, first.good, first.author) == (
        RIGHT["text"],
        ("stops.\nNow",),
        None,
        "somebody",
    )
    assert second.author == "line-3"


def test_a_folder_stands_for_its_files(tmp_path):
    file_with(tmp_path, RIGHT, name="b.jsonl")
    file_with(tmp_path, RIGHT, name="a.jsonl")
    (tmp_path / "README.md").write_text("not this", "utf-8")
    assert [each.author for each in read_labelled([tmp_path])] == ["a", "b"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "x"', "line 2: Invalid JSON"),
        ("[]", "line 2: Input should be an object"),
        ({**RIGHT, "rd": True}, "line 2, key rd: Extra inputs are not permitted. Take the key out"),
        ({"id": "x", "text": "y"}, "line 2, key question: Field required. Add the key."),
        ({**RIGHT, "red_spans": ["stops. Now"]}, "line 2: the text does not hold the span 'stops. Now' to the letter"),
        ({**RIGHT, "level": 5}, "line 2, key level: Input should be less than or equal to 4"),
        ({**RIGHT, "red": False}, "line 2: 'red' is false, and yet there are red_spans"),
    ],
    ids=str,
)
def test_a_line_that_cannot_be_used_is_named_with_what_to_do(tmp_path, line, said):
    with pytest.raises(LabelledError) as error:
        read_labelled([file_with(tmp_path, RIGHT, line)])
    assert said in str(error.value)
    assert str(error.value).endswith(".")


def test_files_that_are_none_are_told(tmp_path):
    with pytest.raises(LabelledError, match="Cannot read"):
        read_labelled([tmp_path / "missing.jsonl"])
    with pytest.raises(LabelledError, match=r"There is no \.jsonl file in"):
        read_labelled([tmp_path])
    (tmp_path / "odd.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(LabelledError, match="not text in UTF-8"):
        read_labelled([tmp_path])
