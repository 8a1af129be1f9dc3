"""What a newer version of a response changed."""

from __future__ import annotations

from ii_vendor.intake import changes
from ii_vendor.model.response import Answer, Cell, Response, SourceFile

FILE = SourceFile(name="a.xlsx", sha256="0" * 64, size=1)


def response(*answers: Answer) -> Response:
    return Response(vendor="V", answers=answers, file=FILE)


def answer(question: str, text: str, evidence: str = "") -> Answer:
    return Answer(question=question, cells=(Cell(text=text),) if text else (), evidence=evidence)


def test_each_difference_is_named_with_both_texts() -> None:
    old = response(
        answer("Q1", "same"), answer("Q2", "old"), answer("Q3", "gone"), answer("Q4", ""), answer("Q9", "was")
    )
    new = response(answer("Q1", "same"), answer("Q2", "new"), answer("Q3", ""), answer("Q4", "fresh", "Annex A"))
    assert [(c.question, c.kind, c.part, c.old, c.new) for c in changes(old, new)] == [
        ("Q2", "changed", "answer", "old", "new"),
        ("Q3", "removed", "answer", "gone", ""),
        ("Q4", "added", "answer", "", "fresh"),
        ("Q4", "added", "evidence", "", "Annex A"),
        ("Q9", "removed", "answer", "was", ""),
    ]


def test_the_same_response_differs_in_nothing() -> None:
    same = response(answer("Q1", "text", "proof"))
    assert changes(same, same) == []


def test_a_moved_space_is_a_change() -> None:
    assert len(changes(response(answer("Q1", "a b")), response(answer("Q1", "a  b")))) == 1
