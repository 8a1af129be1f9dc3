"""An assignment goes out as a workbook and comes back: nothing is lost, and nothing overwritten without a choice."""

from __future__ import annotations

from random import SystemRandom

import openpyxl
import pytest

from ii_vendor.evaluations import Refused
from ii_vendor.model.offline import RowState, Take
from ii_vendor.model.panel import Discipline
from ii_vendor.model.response import Cell
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.seat import Stage
from tests.evaluations.offline_books import columns, export, put, rating, read, row_of, sheet_of, states, whys

Q1 = ("alder", "Q1")
WORDS = "Operations stop when the link is lost."


@pytest.fixture
def amara(evaluations):
    """The service as Amara has it at the computer that holds the data."""
    return evaluations.acting_as("Amara")


@pytest.fixture
def book(amara, renewal, tmp_path):
    """Amara's assignment, as it was written before anything was rated."""
    return export(amara, renewal, "Amara", tmp_path / "amara.xlsx")


@pytest.fixture
def save(amara, renewal):
    """Save what a workbook brings, as the person sees it now."""

    def saved(file, take=None, seen=None):
        found = amara.compare_assignment(renewal, "Amara", file)
        return amara.take_assignment(renewal, "Amara", file, seen=seen or found.sequence, take=take)

    return saved


def mine(service, key):
    """Amara's ratings by vendor and question."""
    return {pair[:2]: each for pair, each in service.get(key).ratings.items() if pair[2] == "Amara"}


def test_what_was_rated_offline_is_saved_with_everything_it_rests_on(amara, renewal, book, save):
    file = read(
        book,
        rating("Alder", "Q1", 1, "It says so.", quote=WORDS, grade="document"),
        rating("Birch", "L2", "n/a"),
    )
    found = amara.compare_assignment(renewal, "Amara", file)
    assert states(found) == {Q1: "new", ("birch", "L2"): "new"}
    taken = save(file)
    assert set(taken.saved) == {Q1, ("birch", "L2")}
    assert taken.left == ()
    kept = mine(amara, renewal)
    assert (kept[Q1].level, kept[Q1].grade, kept[Q1].reason, kept[Q1].quote) == (
        1,
        EvidenceGrade.document,
        "It says so.",
        WORDS,
    )
    assert kept["birch", "L2"].level is None


def test_each_rating_is_an_event_that_says_that_it_came_from_the_file(amara, renewal, book, save):
    file = read(book, rating("Alder", "Q1", 1), rating("Alder", "Q2", 2))
    before = amara.get(renewal).sequence
    save(file)
    events = amara.history(amara.get(renewal), before)
    assert [each.change.kind for each in events] == ["rating recorded"] * 2
    assert {each.actor for each in events} == {"Amara"}
    source = f"from an assignment workbook (SHA-256 {file.file.sha256[:12]})"
    assert all(each.via.endswith(source) for each in events)


def test_bringing_a_file_back_twice_changes_nothing(amara, renewal, book, save):
    file = read(book, rating("Alder", "Q1", 1), rating("Birch", "Q2", 4))
    save(file)
    after = amara.get(renewal)
    again = save(file)
    assert (again.saved, again.left) == ((), ())
    assert amara.get(renewal) == after


def test_a_file_that_nobody_touched_changes_nothing_whatever_happened_online(amara, renewal, tmp_path, save):
    amara.rate(renewal, "Amara", "alder", "Q1", 1, reason="first")
    book = export(amara, renewal, "Amara", tmp_path / "amara.xlsx")
    amara.rate(renewal, "Amara", "alder", "Q1", 3, reason="second")
    amara.rate(renewal, "Amara", "alder", "Q2", 3, reason="online")
    found = amara.compare_assignment(renewal, "Amara", read(book))
    assert states(found) == {Q1: "changed online since", ("alder", "Q2"): "changed online since"}
    before = amara.get(renewal)
    save(read(book))
    assert amara.get(renewal) == before


@pytest.mark.parametrize(("take", "level"), [(Take.file, 4), (Take.recorded, 2), (None, 2)])
def test_what_was_rated_online_since_stays_unless_somebody_chooses_the_file(amara, renewal, book, save, take, level):
    file = read(book, rating("Alder", "Q1", 4, "In the file."), rating("Alder", "Q2", 3))
    amara.rate(renewal, "Amara", "alder", "Q1", 2, reason="Online.")
    found = amara.compare_assignment(renewal, "Amara", file)
    (conflict,) = found.conflicts
    assert conflict.pair == Q1
    assert (conflict.given.level, conflict.recorded.given.level) == (4, 2)
    assert conflict.recorded.by == "Amara"
    assert conflict.why[0].startswith("It was rated online since, by Amara on ")
    taken = save(file, {Q1: take} if take else None)
    kept = mine(amara, renewal)
    assert kept[Q1].level == level
    assert kept["alder", "Q2"].level == 3
    assert [each.question for each in taken.left] == ([] if take else ["Q1"])


def test_what_changes_between_looking_and_saving_is_left_as_it_is_and_told(amara, renewal, book, save):
    file = read(book, rating("Alder", "Q1", 4), rating("Alder", "Q2", 3))
    amara.rate(renewal, "Amara", "alder", "Q1", 2, reason="Online.")
    seen = amara.compare_assignment(renewal, "Amara", file).sequence
    amara.rate(renewal, "Amara", "alder", "Q1", 0, reason="Online again.")
    amara.rate(renewal, "Amara", "alder", "Q2", 1, reason="Online, too.")
    taken = save(file, {Q1: Take.file}, seen)
    assert taken.saved == ()
    assert {each.question: each.why.split(".")[0] for each in taken.left} == {
        "Q1": "It was changed while you were looking at it: Amara at "
        + taken.left[0].why.split("Amara at ")[1].split(".")[0],
        "Q2": "Nobody chose what is to stand",
    }
    assert [mine(amara, renewal)["alder", question].level for question in ("Q1", "Q2")] == [0, 1]


def test_an_answer_that_the_vendor_changed_since_is_not_rated_unseen(
    amara, evaluations, renewal, book, save, response_of
):
    file = read(book, rating("Alder", "Q1", 3), rating("Alder", "Q2", 3))
    response = response_of("Alder", Q1="It runs alone.", original=b"second")
    evaluations.accept_response(renewal, response, b"second")
    found = amara.compare_assignment(renewal, "Amara", file)
    assert states(found) == {Q1: "in conflict", ("alder", "Q2"): "new"}
    assert "version 2 of the response arrived" in found.conflicts[0].why[0]
    save(file)
    assert Q1 not in mine(amara, renewal)
    save(file, {Q1: Take.file})
    assert mine(amara, renewal)[Q1].response_version == 2


def test_an_answer_that_only_stands_in_another_cell_by_now_is_the_same_answer(
    amara, evaluations, renewal, book, response_of
):
    file, response = read(book, rating("Alder", "Q1", 3)), response_of("Alder", original=b"second")
    moved = tuple(
        answer.model_copy(update={"cells": tuple(Cell(text=cell.text, address="Z99") for cell in answer.cells)})
        for answer in response.answers
    )
    evaluations.accept_response(renewal, response.model_copy(update={"answers": moved}), b"second")
    assert states(amara.compare_assignment(renewal, "Amara", file)) == {Q1: "new"}


def test_a_rubric_that_was_changed_since_is_told(amara, evaluations, renewal, book, content):
    rubrics = tuple(
        each.model_copy(update={"levels": each.levels | {3: "runs for a year"}}) if each.question == "Q1" else each
        for each in content.rubrics
    )
    evaluations.adopt_content(renewal, content.model_copy(update={"rubrics": rubrics}), reason="Clearer.")
    found = amara.compare_assignment(renewal, "Amara", read(book, rating("Alder", "Q1", 3), rating("Alder", "Q2", 3)))
    assert states(found) == {Q1: "in conflict", ("alder", "Q2"): "new"}
    assert found.conflicts[0].why == ("What its levels mean was changed since. Read them again.",)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"level": 5, "reason": "x"}, "Ratings!H6: “5” is no level. Write 0, 1, 2, 3, 4 or n/a."),
        ({"level": "good", "reason": "x"}, "Ratings!H6: “good” is no level. Write 0, 1, 2, 3, 4 or n/a."),
        ({"level": "3-4", "reason": "x"}, "Ratings!H6: “3-4” is no level. Write 0, 1, 2, 3, 4 or n/a."),
        ({"level": 3}, "A rating needs a reason: one sentence is enough."),
        ({"reason": "It says so."}, "There is no level in H6. Choose 0 to 4 or n/a."),
        (
            {"level": 3, "reason": "x", "quote": "Never said."},
            "The quoted words do not stand in the answer. Copy them exactly as the vendor wrote them.",
        ),
        (
            {"level": 3, "reason": "x", "grade": "hearsay"},
            "Ratings!K6: “hearsay” is no kind of evidence. Choose one of: claim, document, contract, demonstration, "
            "trial.",
        ),
    ],
    ids=str,
)
def test_what_cannot_be_used_says_why_and_the_rest_is_saved(amara, renewal, book, save, said, why):
    file = read(book, lambda each: put(sheet_of(each), "Alder", "Q1", **said), rating("Alder", "Q2", 3))
    found = amara.compare_assignment(renewal, "Amara", file)
    assert states(found) == {Q1: "not usable", ("alder", "Q2"): "new"}
    assert list(whys(found)) == [why]
    taken = save(file)
    assert [(each.name, each.question, each.why) for each in taken.left] == [("Alder", "Q1", why)]
    assert list(mine(amara, renewal)) == [("alder", "Q2")]


def test_an_answer_that_was_left_empty_is_not_rated_above_0(amara, renewal, book):
    found = amara.compare_assignment(renewal, "Amara", read(book, rating("Birch", "L2", 1)))
    assert list(whys(found)) == ["Birch did not answer L2: it can only be rated 0 or not applicable."]


def test_emptying_a_row_takes_no_rating_back(amara, renewal, tmp_path, save):
    amara.rate(renewal, "Amara", "alder", "Q1", 1, reason="first")
    book = export(amara, renewal, "Amara", tmp_path / "amara.xlsx")
    file = read(book, lambda each: put(sheet_of(each), "Alder", "Q1", level=None, reason=None, quote=None, grade=None))
    found = amara.compare_assignment(renewal, "Amara", file)
    assert states(found) == {Q1: "emptied in the file"}
    save(file)
    assert mine(amara, renewal)[Q1].level == 1


def test_a_reason_that_no_cell_could_hold_stays_whole_when_its_level_is_changed(amara, renewal, tmp_path, save):
    amara.rate(renewal, "Amara", "alder", "Q1", 1, reason=f"{'word ' * 6_000}end")
    book = export(amara, renewal, "Amara", tmp_path / "amara.xlsx")
    save(read(book, lambda each: put(sheet_of(each), "Alder", "Q1", level=2)))
    assert (mine(amara, renewal)[Q1].level, mine(amara, renewal)[Q1].reason[-8:]) == (2, "word end")


def test_a_quote_that_was_taken_out_in_the_file_is_taken_out(amara, renewal, tmp_path, save):
    amara.rate(renewal, "Amara", "alder", "Q1", 1, reason="first", quote=WORDS)
    book = export(amara, renewal, "Amara", tmp_path / "amara.xlsx")
    file = read(book, lambda each: put(sheet_of(each), "Alder", "Q1", quote=None))
    assert states(amara.compare_assignment(renewal, "Amara", file)) == {Q1: "changed"}
    save(file)
    assert (mine(amara, renewal)[Q1].quote, mine(amara, renewal)[Q1].reason) == ("", "first")


def test_another_evaluations_workbook_is_refused(amara, book, content):
    other = amara.create("Boiler", content).id
    amara.add_evaluator(other, "Amara", Discipline.operations)
    with pytest.raises(Refused, match="belongs to another evaluation, “renewal”"):
        amara.compare_assignment(other, "Amara", read(book))


def test_somebody_elses_workbook_is_refused(evaluations, renewal, book):
    with pytest.raises(Refused, match="is the assignment of Amara, and not of Ben"):
        evaluations.acting_as("Ben").compare_assignment(renewal, "Ben", read(book))


def test_only_ones_own_assignment_goes_out_and_comes_back(evaluations, renewal, book, seated):
    ben = seated("Ben")
    file = read(book, rating("Alder", "Q1", 4))
    for attempt in (
        lambda service: service.assignment(renewal, "Amara"),
        lambda service: service.compare_assignment(renewal, "Amara", file),
        lambda service: service.take_assignment(renewal, "Amara", file, seen=10_000),
    ):
        with pytest.raises(Refused, match="You speak for Ben here, not for Amara"):
            attempt(ben)
        with pytest.raises(Refused, match="only Amara can take it along and bring it back"):
            attempt(evaluations)
    assert evaluations.get(renewal).ratings == {}


def test_a_seat_that_has_its_own_link_is_spoken_for_by_nobody_else(evaluations, renewal, seated):
    amara = seated("Amara")
    assert amara.assignment(renewal, "Amara").pairs
    with pytest.raises(Refused, match="has a personal link"):
        evaluations.acting_as("Amara").assignment(renewal, "Amara")


def test_an_observer_has_no_assignment(evaluations, renewal):
    with pytest.raises(Refused, match="observers do not rate"):
        evaluations.acting_as("Olu").assignment(renewal, "Olu")


@pytest.mark.parametrize("stage", [Stage.moderation, Stage.locked])
def test_once_ratings_are_closed_nothing_comes_in(amara, renewal, book, opened, stage):
    file = read(book, rating("Alder", "Q1", 4))
    seen = amara.get(renewal).sequence
    opened(renewal)
    if stage is Stage.locked:
        amara.go_to(renewal, Stage.locked, reason="Enough.")
    before = amara.get(renewal)
    for attempt in (
        lambda: amara.assignment(renewal, "Amara"),
        lambda: amara.compare_assignment(renewal, "Amara", file),
        lambda: amara.take_assignment(renewal, "Amara", file, seen=seen),
    ):
        with pytest.raises(Refused, match=r"stage scoring|is locked"):
            attempt()
    assert amara.get(renewal) == before


def test_after_handing_in_a_rating_stays(amara, renewal, book, everybody_rated, save):
    file = read(book, rating("Alder", "Q1", 0))
    everybody_rated("Amara")
    amara.hand_in(renewal, "Amara")
    taken = save(file, {Q1: Take.file})
    assert [each.why for each in taken.left] == [
        "Amara has handed in, so the ratings are closed. The facilitator can give them back."
    ]
    assert mine(amara, renewal)[Q1].level == 3


def test_a_vendor_with_a_conflict_of_interest_is_not_in_the_workbook(amara, renewal):
    amara.declare(renewal, "Amara", {"birch": "My brother works there."})
    assignment = amara.assignment(renewal, "Amara")
    assert {vendor for vendor, _ in assignment.pairs} == {"alder"}
    assert list(assignment.left_out) == ["Birch"]


def test_a_vendor_that_was_closed_since_is_not_rated(amara, renewal, book, save):
    file = read(book, rating("Birch", "Q1", 4), rating("Alder", "Q1", 4))
    amara.declare(renewal, "Amara", {"birch": "My brother works there."})
    taken = save(file)
    assert [(each.name, each.why.split(" with")[0]) for each in taken.left] == [
        ("Birch", "Amara declared a conflict of interest")
    ]
    assert list(mine(amara, renewal)) == [Q1]


def test_a_section_that_is_no_longer_ones_own_is_not_rated(evaluations, renewal, book, save):
    file = read(book, rating("Alder", "L1", 4), rating("Alder", "Q1", 4))
    evaluations.assign(renewal, "Amara", ["critical"], reason="Too much at once.")
    taken = save(file)
    assert [each.why for each in taken.left] == ["L1 is not among what Amara was asked to judge."]


def test_nothing_of_others_ratings_is_in_the_workbook(amara, evaluations, renewal, tmp_path):
    evaluations.rate(renewal, "Ben", "alder", "Q1", 4, reason="Ben was persuaded by the tests.")
    amara.rate(renewal, "Amara", "alder", "Q1", 1, reason="Amara was not.")
    shown = {str(cell) for cell in _texts(export(amara, renewal, "Amara", tmp_path / "amara.xlsx"))}
    assert any("Amara was not." in text for text in shown)
    assert not [text for text in shown if "Ben" in text]


def _texts(path):
    return [cell.value for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row if cell.value]


@pytest.mark.usefixtures("letters_in_order")
def test_names_that_are_hidden_stay_hidden_and_come_back_to_the_right_vendor(
    evaluations, renewal, seated, tmp_path, response_of
):
    amara = seated("Amara")
    response = response_of("Birch", Q2="Birch puts it at the boundary.", original=b"second")
    evaluations.accept_response(renewal, response, b"second")
    evaluations.mask_names(renewal, True)
    path = export(amara, renewal, "Amara", tmp_path / "amara.xlsx")
    assert not [text for text in map(str, _texts(path)) if "alder" in text.casefold() or "birch" in text.casefold()]
    file = read(
        path, rating("Vendor B", "Q2", 3, "Vendor B says it.", quote="Vendor B puts it"), rating("Vendor A", "Q1", 1)
    )
    found = amara.compare_assignment(renewal, "Amara", file)
    assert states(found) == {("vendor-b", "Q2"): "new", ("vendor-a", "Q1"): "new"}
    assert {row.name for row in found.rows} == {"Vendor A", "Vendor B"}
    taken = amara.take_assignment(renewal, "Amara", file, seen=found.sequence)
    assert set(taken.saved) == {("vendor-b", "Q2"), ("vendor-a", "Q1")}
    evaluations.go_to(renewal, Stage.moderation, reason="Enough.")
    kept = evaluations.get(renewal).ratings
    assert kept["birch", "Q2", "Amara"].quote == "Birch puts it"
    assert kept["alder", "Q1", "Amara"].level == 1


def _write_over_the_vendor(book):
    sheet = sheet_of(book)
    sheet.cell(row_of(sheet, "Vendor A", "Q2"), columns(sheet)["vendor"]).value = "Somebody"


@pytest.mark.usefixtures("letters_in_order")
def test_a_conflict_under_letters_is_chosen_under_letters_and_names_nobody(evaluations, renewal, seated, tmp_path):
    amara = seated("Amara")
    evaluations.mask_names(renewal, True)
    file = read(
        export(amara, renewal, "Amara", tmp_path / "amara.xlsx"),
        rating("Vendor B", "Q1", 4, "Better than Alder."),
        rating("Vendor B", "L2", 3, "x"),
        _write_over_the_vendor,
    )
    amara.rate(renewal, "Amara", "vendor-b", "Q1", 2, reason="Like Alder.")
    found = amara.compare_assignment(renewal, "Amara", file)
    assert states(found) == {("vendor-b", "Q1"): "in conflict", ("vendor-b", "L2"): "not usable"}
    assert "Alder" not in str(found) and "Birch" not in str(found)
    assert found.conflicts[0].recorded.given.reason == "Like Vendor A."
    assert "the row was taken for Vendor A, Q2" in str(found)
    take = {("vendor-b", "Q1"): Take.file}
    taken = amara.take_assignment(renewal, "Amara", file, seen=found.sequence, take=take)
    assert taken.saved == (("vendor-b", "Q1"),)
    assert taken.left[0].why == "Vendor B did not answer L2: it can only be rated 0 or not applicable."
    assert amara.get(renewal).ratings["vendor-b", "Q1", "Amara"].level == 4


def test_letters_that_were_drawn_anew_lead_to_the_vendors_of_then(evaluations, renewal, seated, tmp_path, monkeypatch):
    amara = seated("Amara")
    monkeypatch.setattr(SystemRandom, "shuffle", lambda *_: None)
    evaluations.mask_names(renewal, True)
    file = read(export(amara, renewal, "Amara", tmp_path / "amara.xlsx"), rating("Vendor A", "Q1", 1))
    evaluations.mask_names(renewal, False)
    monkeypatch.setattr(SystemRandom, "shuffle", lambda _, order: order.reverse())
    evaluations.mask_names(renewal, True)
    found = amara.compare_assignment(renewal, "Amara", file)
    assert states(found) == {("vendor-b", "Q1"): "new"}
    amara.take_assignment(renewal, "Amara", file, seen=found.sequence)
    evaluations.go_to(renewal, Stage.moderation, reason="Enough.")
    assert list(evaluations.get(renewal).ratings) == [("alder", "Q1", "Amara")]


def test_a_workbook_with_names_is_refused_once_they_are_hidden(evaluations, renewal, seated, tmp_path):
    amara = seated("Amara")
    file = read(export(amara, renewal, "Amara", tmp_path / "amara.xlsx"), rating("Alder", "Q1", 1))
    evaluations.mask_names(renewal, True)
    with pytest.raises(Refused, match="hidden from the panel by now"):
        amara.compare_assignment(renewal, "Amara", file)


def test_a_workbook_from_a_state_that_the_record_does_not_have_overwrites_nothing(amara, renewal, tmp_path, save):
    amara.rate(renewal, "Amara", "alder", "Q1", 1, reason="first")
    book = export(amara, renewal, "Amara", tmp_path / "amara.xlsx")
    file = read(book, rating("Alder", "Q1", 4), rating("Alder", "Q2", 4))
    forged = file.model_copy(update={"origin": file.origin.model_copy(update={"record_hash": "0" * 64})})
    found = amara.compare_assignment(renewal, "Amara", forged)
    assert found.problems[0].message.startswith("The workbook was written from a state that this record does not have")
    assert [row.pair for row in found.conflicts] == [Q1]
    save(forged)
    assert {pair: each.level for pair, each in mine(amara, renewal).items()} == {Q1: 1, ("alder", "Q2"): 4}


@pytest.mark.parametrize("number", ["999999999999999", "-1", "1e9"])
def test_a_number_of_an_event_that_never_was_overwrites_nothing(amara, renewal, book, number):
    def spoil(each):
        (event,) = (each for each in each.custom_doc_props.props if each.name == "Last event")
        event.value = number

    amara.rate(renewal, "Amara", "alder", "Q1", 2, reason="Online.")
    found = amara.compare_assignment(renewal, "Amara", read(book, rating("Alder", "Q1", 4), spoil))
    assert states(found) == {Q1: "in conflict"}


def test_a_comparison_saves_nothing(amara, renewal, book):
    before = amara.get(renewal)
    found = amara.compare_assignment(renewal, "Amara", read(book, rating("Alder", "Q1", 4)))
    assert found.of(RowState.new)
    assert amara.get(renewal) == before
