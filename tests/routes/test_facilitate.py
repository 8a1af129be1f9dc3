"""The facilitator's link, and keys that are none."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from ii_vendor.facilitator import issue_key, key_is_good
from ii_vendor.store import Record, open_engine


def test_the_link_makes_its_visitor_the_facilitator(visit, database):
    visitor, key = visit(), issue_key(Record(open_engine(database)))
    answer = visitor.get(f"/facilitate?key={key}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert answer.headers["cache-control"] == "no-store"
    said = answer.headers["set-cookie"].lower()
    assert "httponly" in said
    assert "samesite=lax" in said
    assert visitor.cookies["ii-facilitator"] == key


@pytest.mark.parametrize("key", ["", "guessed", "fy2zfgm9z_G8CO3CHqdj9g", "%00", "ü"])
def test_a_key_that_nobody_issued_opens_nothing(visit, key):
    answer = visit().get(f"/facilitate?key={key}")
    assert answer.status_code == 403
    assert "ii-vendor facilitator" in answer.text
    assert "set-cookie" not in answer.headers


def test_a_key_ends(database):
    record = Record(open_engine(database))
    key = issue_key(record)
    assert key_is_good(record, key)
    digest = hashlib.sha256(b"old").hexdigest()
    past = datetime.now(UTC) - timedelta(days=8)
    record.keep_facilitator_key(digest, past, past + timedelta(days=7))
    assert not key_is_good(record, "old")
    assert not key_is_good(record, "")
