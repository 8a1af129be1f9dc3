"""A red flag as it is led: voted on, and decided by whoever may."""

from __future__ import annotations

import re

import pytest

from ii_vendor.model.panel import FlagState
from tests.workshop.lead.view import STOPS, vote

ON_THE_FLAG = {"vendor": "alder", "question": "Q1", "flag": STOPS}


@pytest.fixture(autouse=True)
def voted(lead, evaluations, room):
    lead.take("flag", vendor="alder", question="Q1", flag=STOPS)
    lead.take("round")
    vote(evaluations, room, Amara="confirm", Ben="confirm")
    lead.take("reveal")


def test_the_vote_proposes_and_the_leader_decides(lead, evaluations, room):
    assert lead.button == "Decide on it first"
    form = lead.now()["parts"]["result"]
    assert re.search(r'value="confirmed"[^>]* checked', form)
    assert "Round 1: 2 of 2 voted to confirm." in form
    lead.refused("decide", **ON_THE_FLAG, state="confirmed", reason="")
    lead.refused("decide", **ON_THE_FLAG, state="", reason="So voted")
    lead.refused("decide", **ON_THE_FLAG, state="raised", reason="So voted")
    lead.take("decide", **ON_THE_FLAG, state="confirmed", reason="So voted")
    assert evaluations.get(room).flags[STOPS].state is FlagState.confirmed
    assert lead.button == "Show where the vendors stand"


def test_a_gate_is_set_aside_by_its_two_alone(lead, evaluations, room):
    assert "gate" in lead.refused("decide", **ON_THE_FLAG, state="dismissed", reason="No")["error"]
    refusal = lead.refused("decide", **ON_THE_FLAG, state="accepted", reason="We can", owner="Margit")["error"]
    assert "operations and the asset owner" in refusal
    assert evaluations.get(room).flags[STOPS].state is FlagState.raised


def test_a_clarification_goes_to_the_vendor(lead, evaluations, room):
    lead.take("decide", **ON_THE_FLAG, state="clarification sent", reason="Ask them")
    flag = evaluations.get(room).flags[STOPS]
    assert flag.state is FlagState.clarification_sent
    lead.take("scene", scene="agenda")
    assert "red flag, Alder, Q1" not in lead.button
