"""Reading, measuring and teaching from the command line."""

from __future__ import annotations

import io
import json
import shutil
import sys

import pytest

from ii_vendor.library import shipped_folder

SIGNALS = """
signals:
  - id: stops-alone
    polarity: red
    flags: {Q1: Q1-stops-without-vendor}
    reason: Something stops.
    patterns: [the line stops]
    tests: {hit: [Then the line stops.], none: [The line runs.]}
  - id: runs-alone
    polarity: good
    questions: [Q1]
    reason: It runs on.
    patterns: [runs alone]
    tests: {hit: [It runs alone.], none: [It stops.]}
"""


@pytest.fixture
def content(tmp_path):
    """A content folder with two signals of its own, for Q1."""
    folder = tmp_path / "content"
    shutil.copytree(shipped_folder() / "questionnaires", folder / "questionnaires")
    for part in ("rubrics", "profiles"):
        shutil.copytree(shipped_folder() / "scoring" / part, folder / "scoring" / part)
    lexicon = folder / "scoring" / "signals" / "lexicon"
    lexicon.mkdir(parents=True)
    (lexicon / "words.yaml").write_text("concepts: {}\n", "utf-8")
    (folder / "scoring" / "signals" / "own.yaml").write_text(SIGNALS, "utf-8")
    return folder


@pytest.fixture
def detect(ran, content, monkeypatch):
    """Have words read that come by standard input: gives exit code, output and errors."""

    def call(words, *options, question="Q1"):
        monkeypatch.setattr(sys, "stdin", io.StringIO(words))
        return ran("detect", "--question", question, "-", "--content", content, *options)

    return call


def test_findings_are_printed_with_their_words(detect):
    code, out, _ = detect("If we are gone, the line stops.\nThe pump runs alone.", question="q1")
    assert code == 0
    assert "Red flag Q1-stops-without-vendor, by stops-alone" in out
    assert "“the line stops.”" in out
    assert "Good sign, by runs-alone" in out


def test_as_json_each_finding_says_where_its_words_stand(detect):
    words = "Well. If we are gone, the line stops."
    code, out, _ = detect(words, "--json")
    told = json.loads(out)
    (found,) = told["findings"]
    assert (code, told["question"], told["note"]) == (0, "Q1", None)
    assert list(found) == [
        "polarity",
        "possible",
        "signal",
        "flag",
        "quote",
        "start",
        "end",
        "words",
        "reason",
        "ask",
        "modifiers",
    ]
    assert words[found["start"] : found["end"]] == found["quote"]
    assert found["ask"].endswith("?")


def test_a_file_is_read_as_well(ran, content, tmp_path):
    (tmp_path / "answer.txt").write_text("Then the line stops.", "utf-8")
    code, out, _ = ran("detect", "--question", "Q1", tmp_path / "answer.txt", "--content", content)
    assert (code, "stops-alone" in out) == (0, True)


def test_nothing_recognised_is_not_called_good(detect):
    assert detect("We are a family business.")[1] == (
        "Nothing recognised. Either it is not answered, or the wording is unknown: read it and ask.\n"
    )


def test_another_language_is_said_and_never_taken_for_nothing_found(detect):
    german = "Die Anlage läuft ohne die Cloud und ist nicht von uns abhängig."
    assert detect(german)[1] == "Not analysed: German. Read it yourself.\n"
    assert json.loads(detect(german, "--json")[1])["note"] == "not analysed: German"


def test_an_unknown_question_is_named_with_those_that_there_are(detect):
    code, out, err = detect("x", question="Q99")
    assert (code, out) == (2, "")
    assert "There is no question 'Q99'. Use one of: Q1, Q2" in err


@pytest.fixture
def answers(tmp_path):
    """Labelled answers: one red and found, one red and missed, one good and found, one wrongly found."""
    lines = [
        {"id": "a1", "question": "Q1", "text": "Then the line stops.", "red": True, "good": False},
        {"id": "a2", "question": "Q1", "text": "All halts.", "red": True, "good": False, "red_spans": ["All halts"]},
        {"id": "a3", "question": "Q1", "text": "It runs alone.", "red": False, "good": True},
        {"id": "a4", "question": "Q1", "text": "The line stops by your own button.", "red": False, "good": False},
    ]
    path = tmp_path / "someone.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return path


def test_figures_have_the_keys_that_are_promised(ran, content, answers):
    code, out, _ = ran("signals", "evaluate", answers, "--json", "--content", content)
    told = json.loads(out)
    assert code == 0
    assert (told["n"], told["signals"]["red"]) == (4, {"precision": 0.5, "recall": 0.5})
    assert (told["with_possible"]["red"], told["good"]) == (told["signals"]["red"], {"precision": 1.0, "recall": 1.0})
    assert (told["red_shown_as_good"], told["ms_per_answer"] > 0) == (0.0, True)
    assert set(told["by_question"]["Q1"]) == set(told) - {"by_question"}


def test_an_answer_to_a_question_that_the_content_lacks_is_refused_by_its_id(ran, content, tmp_path):
    lines = [{"id": f"b{n}", "question": f"Q9{n}", "text": "It runs.", "red": False, "good": True} for n in range(2)]
    path = tmp_path / "elsewhere.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    code, out, err = ran("signals", "evaluate", path, "--content", content)
    assert (code, out) == (2, "")
    assert "Answer 'b0' by elsewhere is to question 'Q90', which this content does not have" in " ".join(err.split())


def test_figures_are_printed_with_intervals_and_misses_where_they_are_asked_for(ran, content, answers):
    _, out, _ = ran("signals", "evaluate", answers, "--content", content)
    assert "red flags by signals: right" in out
    assert "50.0 % (9.5–90.5 %, 1 of 2)" in out
    assert "a2" not in out
    _, out, _ = ran("signals", "evaluate", answers, "--errors", "--content", content)
    assert "a2 Q1: red not found\n    labelled: “All halts”" in out
    assert "a4 Q1: red, and the answer is not red (stops-alone)" in out
    told = json.loads(ran("signals", "evaluate", answers, "--errors", "--json", "--content", content)[1])
    assert (told["errors"][0]["id"], told["errors"][0]["quote"]) == ("a2", "")


def test_a_line_that_cannot_be_read_is_named(ran, content, tmp_path):
    (tmp_path / "bad.jsonl").write_text('{"id": "a1"}', "utf-8")
    code, out, err = ran("signals", "evaluate", tmp_path / "bad.jsonl", "--content", content)
    assert (code, out) == (2, "")
    assert "line 1, key question: Field required. Add the key." in err
    (tmp_path / "empty.jsonl").write_text("", "utf-8")
    assert ran("signals", "evaluate", tmp_path / "empty.jsonl", "--content", content)[0] == 2


def written(folder, authors="abcd", each=8):
    """Answers that are easily told apart, by several authors."""
    folder.mkdir(parents=True)
    for author in authors:
        lines = []
        for number in range(each):
            red = number % 2 == 0
            said = "our hub must agree each time." if red else "the panel decides by hand."
            text = f"Unit {number}: {said}"
            spans = {"red_spans": [text]} if red else {"good_spans": [text]}
            labels = {"id": f"{author}{number}", "question": "Q1", "text": text, "red": red, "good": not red}
            lines.append(json.dumps({**labels, **spans}))
        (folder / f"{author}.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


def test_training_writes_weights_and_figures_that_count_for_these_signals_alone(ran, content, detect):
    pytest.importorskip("sklearn")
    written(content / "scoring" / "answers")
    code, out, err = ran("signals", "train", "--unseen", "d", "--content", content)
    assert code == 0, err
    assert "Cross-validated in 4 parts, whole authors left out:\n32 answers" in out
    assert "by authors whose answers no writer of a signal had read:\n8 answers" in out
    assert "trained on 2 authors" in out
    signals = content / "scoring" / "signals"
    assert "hub" in (signals / "resemblance.tsv").read_text("utf-8")
    (found,) = json.loads(detect("Our hub must agree each time.", "--json")[1])["findings"]
    assert (found["polarity"], found["possible"], found["flag"]) == ("red", True, None)
    assert "changed since" not in ran("content", "check", "--content", content)[1]
    own = signals / "own.yaml"
    own.write_text(own.read_text("utf-8").replace("[runs alone]", "[runs alone, runs on its own]"), "utf-8")
    assert "changed since" in ran("content", "check", "--content", content)[1]


def test_training_without_scikit_learn_says_what_to_install(ran, content, monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    written(content / "scoring" / "answers")
    code, out, err = ran("signals", "train", "--content", content)
    assert (code, out) == (2, "")
    assert "Training needs scikit-learn." in err
    assert "pip install" in err


def test_examples_are_given_out_and_taken_for_training(ran, sample_data, tmp_path):
    shutil.copytree(sample_data, tmp_path / "data")
    (evaluation,) = json.loads(ran("list", "--json")[1])
    flags = json.loads(ran("flags", evaluation["id"], "--json")[1])
    decided = [flag for flag in flags if flag["state"] in ("confirmed", "dismissed", "accepted") and flag["quotes"]]
    code, out, _ = ran("signals", "examples", evaluation["id"])
    assert code == 0
    assert len(out.splitlines()) == len({json.loads(line)["id"] for line in out.splitlines()}) > 0
    assert decided
    target = tmp_path / "examples.jsonl"
    assert f"to {target}" in ran("signals", "examples", evaluation["id"], "--to", target)[1]
    assert target.read_text("utf-8") == out


@pytest.fixture
def line_3(ran, sample_workbooks):
    """The id of a vendor of the evaluation Line 3."""
    ran("new", "Line 3")
    workbook = sample_workbooks / "Cirrostead Industrial Cloud.xlsx"
    (imported,) = json.loads(ran("import", "line-3", workbook, "--json")[1])
    return imported["vendor"]


def test_a_second_reader_is_off_until_it_is_configured(ran, line_3, monkeypatch):
    monkeypatch.delenv("II_VENDOR_READER_URL", raising=False)
    code, out, err = ran("read-again", "line-3", line_3, "--yes")
    assert (code, out) == (2, "")
    assert "No second reader is configured. Set II_VENDOR_READER_URL" in err


def test_a_second_reader_reads_when_told_so_and_says_first_where_the_text_goes(ran, line_3, model_server, monkeypatch):
    monkeypatch.setenv("II_VENDOR_READER_URL", model_server.address)
    monkeypatch.setenv("II_VENDOR_READER_MODEL", "small")
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
    code, _, err = ran("read-again", "line-3", line_3, "--question", "q1")
    assert (code, model_server.asked) == (1, [])
    host = model_server.address.removeprefix("http://")
    assert f"It goes to the model small at {host} (on this computer)" in err

    def first_words(messages):
        told = json.loads(messages[1]["content"])
        words = told["answer"][0]["text"].split("\n")[0][:30]
        return json.dumps({"findings": [{"flag": told["red_flags"][0]["id"], "quote": words}]})

    model_server.say = first_words
    code, out, _ = ran("read-again", "line-3", line_3, "--question", "q1", "--yes")
    assert (code, len(model_server.asked)) == (0, 1)
    assert f"small at {host} read 1 answer and points to 1 place." in out
    reading = json.loads(ran("read-again", "line-3", line_3, "--question", "Q1", "--yes", "--json")[1])
    assert (reading["questions"], reading["findings"][0]["signal"]) == (["Q1"], "second-reader")
