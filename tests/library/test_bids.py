"""Invented bids as content: every mistake is named where it stands, and a bid that was kept comes back."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from ii_vendor.library import ContentError, bid_yaml, load_library, read_bid
from ii_vendor.model.bid import Bid

IDEAL = "scoring/bids/ideal.yaml"


@pytest.mark.parametrize(
    ("old", "new", "key", "what"),
    [
        ("  metrics:", "  metric:", "sections.metric", "there is no section 'metric'. Use one of: dea, lock_in,"),
        ("  L7: 3", "  L77: 3", "questions.L77", "there is no question 'L77'. Use one of: DEA-1, DEA-2,"),
        ("  L7: 3", "  L7: 5", "questions.L7.level", "(found 5). Change the value."),
        ("  L7: 3", "  L7: {grade: hearsay}", "questions.L7.grade", "(found 'hearsay')"),
        ("level: 4\n", "levle: 4\n", "levle", "nobody knows this key. Correct its spelling, or remove it."),
        ("price: 640000", "price: 0", "price", "(found 0)"),
        ("price: 640000", "red_flags: [Q1-stops]", "red_flags[1]", "Use one of: Q1-stops-without-vendor, Q1-decides"),
        ("price: 640000", "red_flags: [stops]", "red_flags[1]", "Begin it with the id of its question."),
        ("price: 640000", "red_flags: [L7-relabelled, L7-relabelled]", "red_flags[2]", "stands here twice"),
        ("id: ideal", "id: cloud_first", "id", "the id 'cloud_first' is taken. Give each file its own id."),
    ],
)
def test_a_mistake_in_a_bid_is_named_with_file_line_key_and_remedy(broken, old, new, key, what):
    told, line = broken(IDEAL, old, new)
    lines = [each for each in told.splitlines() if each.startswith(f"{IDEAL}:{line}: {key}: ")]
    assert any(what in each for each in lines), told


def test_content_without_bids_loads_as_before(copy, shipped):
    shutil.rmtree(copy / "scoring/bids")
    without = load_library(copy)
    assert without.bids == {}
    assert without.content().hash == shipped.content().hash


def test_an_own_bid_is_read_with_the_same_checks(shipped):
    body = b"id: mine\ntitle: Mine\nstory: Small and honest.\nlevel: 3\nquestions:\n  Q77: 1\n"
    with pytest.raises(ContentError) as error:
        read_bid(body, "mine.yaml", [shipped.content()])
    assert str(error.value).startswith("mine.yaml:6: questions.Q77: there is no question 'Q77'. Use one of: ")
    assert read_bid(body.replace(b"Q77", b"Q6"), "mine.yaml", [shipped.content()]).level_of("six_questions", "Q6") == 1


@pytest.mark.parametrize("body", [b"", b"\xff", b"a: [", b"- one", b"just words"])
def test_a_file_that_holds_no_bid_is_named(shipped, body):
    with pytest.raises(ContentError, match=r"mine\.yaml:?\d*:? .+\. .+"):
        read_bid(body, "mine.yaml", [shipped.content()])


@pytest.mark.parametrize("name", ["ideal", "cloud_first", "cheap_and_closed", "honest_with_gaps"])
def test_a_shipped_bid_comes_back_from_its_own_yaml(shipped, name):
    bid = shipped.bids[name]
    assert read_bid(bid_yaml(bid).encode(), "kept.yaml", [shipped.content()]) == bid


@example("0\x850", "1e5")
@example("a\u2028b \u2029 c", "no")
@given(
    some.text(min_size=1).filter(str.strip), some.sampled_from(["1e5", "12", "no", "true", "null", "~", "1_0", ": #"])
)
def test_whatever_a_bid_is_called_it_comes_back_from_yaml(title, story):
    bid = Bid(id="mine", title=title, story=story, level=2, price=1234.5)
    assert read_bid(bid_yaml(bid).encode(), "kept.yaml", []) == bid
