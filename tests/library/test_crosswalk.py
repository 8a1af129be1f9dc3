"""Crosswalks and aliases are checked like all other content."""

from __future__ import annotations

import pytest

from ii_vendor.library import load_library

CAIQ = "scoring/crosswalk/caiq_4.yaml"
CISA = "scoring/crosswalk/cisa_secure_by_demand_ot.yaml"


def test_the_shipped_crosswalks_are_there(shipped):
    assert {"hecvat_3", "hecvat_4", "caiq_4", "caiq_3_1", "mds2", "nerc_cip_013", "iec_62443_3_3"} <= {
        each.id for each in shipped.crosswalks
    }


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (CAIQ, "near: [Q1]", "near: [Q99]", "there is no question 'Q99'"),
        (CAIQ, "id: BCR-05.2", "id: BCR-03.1", "the clause 'BCR-03.1' stands here twice"),
        (CAIQ, "id: BCR-05.2", "id: bcr-03.1", "the clause 'bcr-03.1' stands here twice"),
        (CAIQ, "id: BCR-05.2", "id: BCR-5.2.x", "'BCR-5.2.x' does not look like an id of CAIQ 4"),
        (CAIQ, "part: [Q6, DEA-5]", "part: [Q6, DEA-5, Q6]", "Q6 stands twice in this clause"),
        (CAIQ, "    near: [R3]\n", "", "name a question under 'part' or 'near'"),
        (CAIQ, "ids: '(A&A", "ids: '((A&A", "this is not a pattern"),
        (CAIQ, "publisher:", "publishers:", "nobody knows this key"),
        (CISA, "    titles: [configuration management]\n", "", "needs 'titles' for every clause"),
        (
            "questionnaires/six_questions.yaml",
            "- Where does policy enforcement happen?",
            "- who owns our DATA",
            "this alias too",
        ),
    ],
)
def test_a_mistake_is_told_with_file_line_and_remedy(broken, file, old, new, said):
    message, line = broken(file, old, new)
    assert said in message
    where = int(message.split(f"{file}:")[1].split(":")[0])
    # Adding a question to a clause, or taking one away, is told at the clause or at the other of the two.
    assert abs(where - line) <= 2 or said in ("needs 'titles' for every clause", "this alias too")


def test_content_without_crosswalks_is_in_order(copy):
    for file in (copy / "scoring" / "crosswalk").iterdir():
        file.unlink()
    (copy / "scoring" / "crosswalk").rmdir()
    assert load_library(copy).crosswalks == ()


def test_an_alias_changes_no_workbook_that_was_sent_out(copy, shipped):
    path = copy / "questionnaires" / "six_questions.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("- Who owns our data?", "- Whose are the data?"), "utf-8")
    changed, before = load_library(copy).content(), shipped.content()
    assert "Whose are the data?" in changed.questions["Q6"].aliases
    assert changed.questionnaire_hash == before.questionnaire_hash


def test_a_question_without_aliases_is_kept_as_it_always_was(shipped):
    question = shipped.content().questions["L1"]
    assert "aliases" not in question.model_dump()
    assert "aliases" in shipped.content().questions["Q1"].model_dump()
