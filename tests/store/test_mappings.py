"""Confirmed mappings are kept for all evaluations, with who and when."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from ii_vendor.errors import UserError
from ii_vendor.model.mapping import ConfirmedMapping
from ii_vendor.model.workbook import SavedMapping, SheetColumn, SheetLayout, SheetTable
from ii_vendor.store import Record, tables
from ii_vendor.store.mappings import forget_mapping, keep_mapping, kept_mappings

MONDAY, TUESDAY = datetime(2026, 11, 2, 9, tzinfo=UTC), datetime(2026, 11, 3, 9, tzinfo=UTC)
TABLE = SheetTable(header=(3,), first=4, last=9, columns=(SheetColumn(column=2, role="question", title="Frage “é”"),))


def confirmed(name: str = "list.xlsx", fingerprint: str = "f", asked: str = "Q1", **questions: str) -> ConfirmedMapping:
    sheets = (SheetLayout(name="S", status="read", tables=(TABLE,)),)
    mapping = SavedMapping(fingerprint=fingerprint, name=name, sheets=sheets, questions=questions)
    return ConfirmedMapping(mapping=mapping, asked={asked: "does it run?"})


def test_a_mapping_is_kept_as_it_was_confirmed(record: Record):
    keep_mapping(record.engine, confirmed(a="Q1"), "Amara é", MONDAY)
    (kept,) = kept_mappings(record.engine)
    assert (kept.by, kept.at, kept.mapping, kept.key) == (
        "Amara é",
        MONDAY,
        confirmed(a="Q1").mapping,
        confirmed(a="Q1").key,
    )


def test_confirming_it_again_keeps_what_it_knew_of_other_words(record: Record):
    keep_mapping(record.engine, confirmed(a="Q1", b=""), "Amara", MONDAY)
    keep_mapping(record.engine, confirmed("newer.xlsx", b="Q2", c="Q3"), "Ben", TUESDAY)
    (kept,) = kept_mappings(record.engine)
    assert (kept.by, kept.mapping.name, kept.mapping.questions) == (
        "Ben",
        "newer.xlsx",
        {"a": "Q1", "b": "Q2", "c": "Q3"},
    )


def test_another_layout_and_other_questions_have_mappings_of_their_own_the_latest_first(record: Record):
    keep_mapping(record.engine, confirmed("one", a="Q1"), "Amara", TUESDAY)
    keep_mapping(record.engine, confirmed("two", fingerprint="g", a="Q1"), "Amara", MONDAY)
    keep_mapping(record.engine, confirmed("three", asked="X1", a="X1"), "Amara", datetime(2026, 11, 4, tzinfo=UTC))
    assert [each.mapping.name for each in kept_mappings(record.engine)] == ["three", "one", "two"]


def test_a_mapping_that_was_removed_is_gone(record: Record):
    keep_mapping(record.engine, confirmed(a="Q1"), "Amara", MONDAY)
    assert forget_mapping(record.engine, confirmed().key)
    assert not forget_mapping(record.engine, confirmed().key)
    assert kept_mappings(record.engine) == ()


def test_one_that_cannot_be_read_says_how_to_get_rid_of_it(record: Record):
    keep_mapping(record.engine, confirmed(a="Q1"), "Amara", MONDAY)
    with record.engine.begin() as connection:
        connection.execute(sa.update(tables.mappings).values(body='{"mapping":{"newer":1}}'))
    with pytest.raises(UserError, match=f"ii-vendor mappings remove {confirmed().key}"):
        kept_mappings(record.engine)
    assert forget_mapping(record.engine, confirmed().key)


def test_what_is_no_text_is_refused(record: Record):
    with pytest.raises(UserError, match="no text"):
        keep_mapping(record.engine, confirmed(a="Q1"), "A\ud800", MONDAY)
    with pytest.raises(UserError, match="no text"):
        keep_mapping(record.engine, confirmed("x\x00.xlsx", a="Q1"), "Amara", MONDAY)
    assert kept_mappings(record.engine) == ()
