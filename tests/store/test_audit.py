"""The audit: whatever was changed in a record afterwards is found, and an export is known by its hash."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from ii_vendor.model import events
from ii_vendor.report.exported import rows_of_export
from ii_vendor.report.plain import record_jsonl
from ii_vendor.store import NoSuchEvaluation, Record, SeveralEvaluations, open_engine, tables
from ii_vendor.store.audit import Head, audit, compare_copy, rows_of, verify
from ii_vendor.store.chain import Row, seal

EVENTS = 12

FORGED = json.dumps({"kind": "rating recorded", "level": 4}, sort_keys=True, separators=(",", ":"))


def audited(rows, head=None):
    """The audit of rows that refer to nothing else; the head is that of the last row where none is given."""
    last = rows[-1] if rows else None
    head = head or Head("Renewal", last.sequence if last else 0, last.hash if last else "0" * 64)
    return verify("renewal", head, rows, lambda key: key, lambda key: key)


def resealed(rows):
    """The rows under hashes computed anew from the first on, as somebody would who knows how."""
    done, previous = [], "0" * 64
    for number, row in enumerate(rows, 1):
        row = row._replace(sequence=number, previous_hash=previous)
        done.append(row._replace(hash=seal(row)))
        previous = done[-1].hash
    return done


@pytest.fixture(scope="module")
def rows(tmp_path_factory, content, rated):
    """The events of a real record."""
    record = Record(open_engine(f"sqlite:///{tmp_path_factory.mktemp('audit') / 'record.db'}"))
    record.begin("renewal", "Amara", events.EvaluationCreated(name="Renewal", content_hash=content.hash), content)
    for number in range(EVENTS - 1):
        change, via = rated(f"reason {number}"), "personal link" if number % 2 else ""
        record.change("renewal", "Amara", lambda _, change=change: [change], via=via)
    with record.engine.connect() as connection:
        return list(rows_of(connection, "renewal"))


place = st.integers(0, EVENTS - 1)


def test_a_record_as_it_was_written_is_valid(rows):
    found = audited(rows)
    assert found.valid
    assert [entry.hash for entry in found.entries] == [row.hash for row in rows]


@given(place, st.sampled_from(Row._fields), st.text(min_size=1, max_size=8), st.integers(-3, 99))
def test_any_changed_field_of_any_event_is_found(rows, at, field, text, number):
    before = getattr(rows[at], field)
    after = number if field == "sequence" else text
    changed = [*rows[:at], rows[at]._replace(**{field: after}), *rows[at + 1 :]]
    assert audited(changed, Head("Renewal", EVENTS, rows[-1].hash)).valid == (after == before)


@given(place, st.data())
def test_any_changed_letter_of_what_was_said_is_found(rows, at, data):
    said = rows[at].change
    letter = data.draw(st.integers(0, len(said) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda each: each != said[letter]))
    changed = rows[at]._replace(change=said[:letter] + other + said[letter + 1 :])
    assert not audited([*rows[:at], changed, *rows[at + 1 :]]).valid


@given(place, st.booleans())
def test_any_removed_event_is_found(rows, at, renumbered):
    left = [*rows[:at], *rows[at + 1 :]]
    if renumbered:
        left = [row._replace(sequence=number) for number, row in enumerate(left, 1)]
    assert not audited(left, Head("Renewal", EVENTS, rows[-1].hash)).valid


@given(st.lists(place, min_size=2, max_size=2, unique=True), st.booleans())
def test_any_two_swapped_events_are_found(rows, places, renumbered):
    one, other = places
    moved = list(rows)
    moved[one], moved[other] = moved[other], moved[one]
    if renumbered:
        moved = [row._replace(sequence=number) for number, row in enumerate(moved, 1)]
    assert not audited(moved, Head("Renewal", EVENTS, rows[-1].hash)).valid


@given(st.integers(0, EVENTS), st.booleans())
def test_an_inserted_event_is_found_even_with_a_hash_of_its_own(rows, at, sealed):
    previous = rows[at - 1].hash if at else "0" * 64
    forged = Row("renewal", at + 1, rows[0].at, "Mallory", "", "rating recorded", FORGED, previous, "f" * 64)
    forged = forged._replace(hash=seal(forged)) if sealed else forged
    later = [row._replace(sequence=row.sequence + 1) for row in rows[at:]]
    assert not audited([*rows[:at], forged, *later], Head("Renewal", EVENTS, rows[-1].hash)).valid


@given(st.integers(1, EVENTS - 1))
def test_a_cut_off_end_is_found_by_the_head_and_without_it_by_a_hash_kept_elsewhere(rows, left):
    cut = rows[:left]
    assert not audited(cut, Head("Renewal", EVENTS, rows[-1].hash)).valid
    mended = audited(cut)
    assert mended.valid
    assert mended.named(rows[-1].hash[:12]) is None
    assert mended.named(rows[left - 1].hash[:12]).sequence == left


@settings(max_examples=20)
@given(place)
def test_a_record_written_anew_is_found_only_by_a_hash_kept_elsewhere(rows, at):
    forged = resealed([*rows[:at], rows[at]._replace(actor="Mallory"), *rows[at + 1 :]])
    found = audited(forged)
    assert found.valid
    assert found.named(rows[-1].hash) is None


def test_an_event_labelled_as_withheld_is_not_believed_in_the_database(rows):
    hidden = rows[3]._replace(kind="withheld", change='{"kind":"withheld","of_kind":"rating recorded"}')
    assert not audited([*rows[:3], hidden, *rows[4:]]).valid


def test_what_is_wrong_is_said_with_the_event_and_what_it_means(rows):
    found = audited([*rows[:4], rows[4]._replace(actor="Mallory"), *rows[5:]])
    assert [(fault.sequence, fault.what) for fault in found.faults] == [
        (5, "What event 5 says does not give its hash.")
    ]
    assert "changed after it was recorded" in found.faults[0].means
    gone = audited([*rows[:2], *rows[5:]])
    assert gone.faults[0].what == "Events 3 to 5 are missing."


def changed_in(database, statement, evaluation="renewal"):
    with open_engine(database).begin() as connection:
        connection.execute(statement)
    return audit(open_engine(database), evaluation)


def test_the_record_in_a_database_is_valid_with_its_content_and_files(database, begun):
    found = audit(open_engine(database), begun)
    assert (found.valid, found.name, len(found.entries)) == (True, "Renewal", 4)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (sa.update(tables.events).where(tables.events.c.sequence == 2).values(actor="x"), "event 2 says does not give"),
        (sa.update(tables.events).where(tables.events.c.sequence == 2).values(via="x"), "event 2 says does not give"),
        (sa.update(tables.events).where(tables.events.c.sequence == 2).values(salt=""), "event 2 says does not give"),
        (sa.update(tables.events).where(tables.events.c.sequence == 2).values(kind="x"), "Event 2 is filed as 'x'"),
        (sa.update(tables.events).where(tables.events.c.sequence == 2).values(hash="x"), "Event 3 does not carry"),
        (sa.update(tables.events).where(tables.events.c.sequence == 2).values(change="{"), "Event 2 cannot be read"),
        (sa.delete(tables.events).where(tables.events.c.sequence == 2), "Event 2 is missing"),
        (sa.delete(tables.events).where(tables.events.c.sequence == 4), "ends with event 3, and 4 were recorded"),
        (sa.delete(tables.events), "has no events"),
        (sa.update(tables.evaluations).values(record_hash="0" * 64), "not the one that the list"),
        (sa.update(tables.evaluations).values(sequence=3), "goes on to event 4, and 3 were recorded"),
        (sa.update(tables.evaluations).values(name="Other"), "calls it 'Other'"),
        (sa.update(tables.contents).values(body=tables.contents.c.body + " "), "does not give its hash"),
        (sa.delete(tables.contents), "content it was judged by"),
        (sa.update(tables.files).values(body=b"other"), "file that the vendor sent"),
        (sa.delete(tables.files), "and it is missing"),
    ],
)
def test_what_was_changed_in_a_database_is_found_and_said(database, begun, statement, said):
    found = changed_in(database, statement, begun)
    assert not found.valid
    assert said in " ".join(fault.what for fault in found.faults)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("value", ["x'00ff'", "x'7b7d'", "'a' || char(0)", "CAST(x'ff' AS TEXT)"])
@pytest.mark.parametrize("column", ["at", "actor", "via", "kind", "change", "previous_hash", "hash", "salt"])
def test_what_is_no_text_in_an_event_is_found_and_said(database, begun, column, value):
    found = changed_in(database, sa.text(f"UPDATE events SET {column} = {value} WHERE sequence = 2"), begun)
    said = f"Event 2 holds something that ii-vendor never writes, in {column}."
    assert said in [fault.what for fault in found.faults]
    assert len(found.entries) == 4


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE events SET sequence = 'two' WHERE sequence = 2", "never writes, in sequence"),
        ("UPDATE evaluations SET name = x'00ff'", "The list of evaluations holds something"),
        ("UPDATE evaluations SET sequence = 'two'", "The list of evaluations holds something"),
        ("UPDATE evaluations SET record_hash = x'00ff'", "The list of evaluations holds something"),
        ("UPDATE contents SET body = x'00ff'", "does not give its hash"),
        ("UPDATE files SET body = 'text'", "does not give its hash"),
    ],
)
def test_what_is_of_another_kind_in_any_table_is_found_and_said(database, begun, statement, said):
    found = changed_in(database, sa.text(statement), begun)
    assert said in " ".join(fault.what for fault in found.faults)


def test_an_evaluation_is_found_by_its_name_where_that_says_which(database, begun, record, content):
    assert audit(open_engine(database), "RENEWAL").evaluation == begun
    record.begin("another", "x", events.EvaluationCreated(name="Renewal", content_hash=content.hash), content)
    assert audit(open_engine(database), "another").valid
    record.begin("third", "x", events.EvaluationCreated(name="Third", content_hash=content.hash), content)
    record.begin("fourth", "x", events.EvaluationCreated(name="third", content_hash=content.hash), content)
    with pytest.raises(SeveralEvaluations):
        audit(open_engine(database), "THIRD")
    with pytest.raises(NoSuchEvaluation):
        audit(open_engine(database), "nothing")


@pytest.fixture
def exported(record, begun, tmp_path):
    """Write the record, or its first events, to a file."""

    def write(upto=None):
        path = tmp_path / "record.jsonl"
        path.write_text(record_jsonl(record.events(begun)[:upto]), "utf-8")
        return path

    return write


def test_an_exported_record_agrees_with_the_database(record, begun, exported):
    found = compare_copy(audit(record.engine, begun), rows_of_export(exported()))
    assert found.valid
    assert found.common == 4


def test_an_exported_record_stays_valid_when_events_gain_fields(record, begun, exported):
    """An event that was recorded before a field was known is exported without it."""
    change = '{"discipline":"IT","kind":"evaluator added","name":"Ben"}'
    last = audit(record.engine, begun).entries[-1]
    row = Row(begun, 5, last.at, "somebody", "", "evaluator added", change, last.hash, "")
    row = row._replace(hash=seal(row))
    with record.engine.begin() as connection:
        connection.execute(sa.insert(tables.events).values(**row._asdict()))
        connection.execute(sa.update(tables.evaluations).values(sequence=5, record_hash=row.hash))
    assert compare_copy(audit(record.engine, begun), rows_of_export(exported())).valid


def test_an_exported_record_shows_that_the_end_was_cut_off_and_mended(database, record, begun, exported):
    path, before = exported(), audit(record.engine, begun).entries
    changed_in(database, sa.delete(tables.events).where(tables.events.c.sequence == 4))
    now = changed_in(database, sa.update(tables.evaluations).values(sequence=3, record_hash=before[2].hash))
    assert now.valid
    found = compare_copy(now, rows_of_export(path))
    assert (found.valid, found.common, found.only_here) == (False, 3, 1)


def test_a_changed_line_of_an_exported_record_is_found(record, begun, exported):
    path = exported()
    path.write_text(path.read_text("utf-8").replace("Amara", "Mallory"), "utf-8")
    found = compare_copy(audit(record.engine, begun), rows_of_export(path))
    assert [fault.sequence for fault in found.faults] == [2]
    assert not found.valid


def test_an_exported_record_with_withheld_words_is_checked_by_its_links(record, begun, exported):
    path = exported()
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    lines[2]["change"] = {"kind": "withheld", "of_kind": "vendor added", "evaluator": "", "vendor": "", "question": ""}
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    found = compare_copy(audit(record.engine, begun), rows_of_export(path))
    assert (found.valid, found.withheld) == (True, 1)


def test_a_record_of_another_evaluation_is_told_once(record, begun, exported, content):
    path = exported()
    record.begin("other", "x", events.EvaluationCreated(name="Other", content_hash=content.hash), content)
    found = compare_copy(audit(record.engine, "other"), rows_of_export(path))
    assert [fault.what for fault in found.faults] == [f"Event 1 belongs to the evaluation '{begun}'."]
