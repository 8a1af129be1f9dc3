"""What the sentence around a signal does to its meaning."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ii_vendor.detect import find, language_note, partly_note
from ii_vendor.model.response import Answer, Cell, Finding
from ii_vendor.model.signal import Language, Lexicon, Signal, SignalSet, SignalTests

WORDS = Language(
    negations=("no/not/never/nothing/nobody/neither/nor/without/cannot", "don't/doesn't/isn't/can't"),
    negations_after=("is/are not required/needed/used",),
    not_negations=("not only", "no exceptions", "zero trust", "no measurable impact"),
    conditions=("if/whether", "in case", "in the event", "should the"),
    hedges=("generally", "in principle"),
    roadmap=("roadmap", "under development"),
    exceptions=("except", "exception"),
    not_exceptions=("no exceptions", "without exception"),
    time_limits=("for up to #",),
    not_ours=("unlike",),
    past=("formerly",),
)
LEXICON = Lexicon(
    concepts={
        "LOSS": ("unreachable", "cannot be reached", "is lost"),
        "STOPS": ("stop/stops", "is/are blocked"),
        "AGENT": ("agent/agents",),
    },
    language=WORDS,
)


def signal(name: str, polarity: Literal["red", "good"], *patterns: str) -> Signal:
    target: dict[str, object] = {"flags": {"Q1": "Q1-x"}} if polarity == "red" else {"questions": ("Q1",)}
    tests = SignalTests(hit=("yes",), none=("no",))
    return Signal.model_validate(
        {"id": name, "polarity": polarity, "reason": "why", "patterns": patterns, "tests": tests, **target}
    )


SIGNALS = SignalSet(
    lexicon=LEXICON,
    signals=(
        signal("stops-when-lost", "red", "{LOSS} & {STOPS} & !dashboard*"),
        signal("agent", "red", "{AGENT} .. on .. hmi*/plc*"),
        signal("needs-cloud", "red", "cloud .. required", "read-only"),
        signal("keeps-running", "good", "keeps running"),
        signal("never-asks", "good", "never asks"),
    ),
)


def found(text: str) -> tuple[Finding, ...]:
    return find(SIGNALS, Answer(question="Q1", cells=(Cell(text=text),)))


def reds(text: str) -> list[str]:
    return [finding.signal for finding in found(text) if finding.polarity == "red"]


@pytest.mark.parametrize(
    "text",
    [
        "When the portal cannot be reached, traffic is blocked.",
        "If the portal cannot be reached the gateway stops.",
        "Traffic is blocked while the portal is unreachable.",
        "The portal is lost and then traffic is blocked.",
        "Agents sit on every HMI.",
        "We use not only agents on the HMI, but sensors too.",
        "No exceptions: agents run on each PLC.",
        "There is no measurable impact when our agents run on the HMI.",
        "With zero trust, agents live on the PLC.",
        "If you do not object, agents run on the HMI.",
        "The cloud is required at any time.",
        "Nothing is stored, but agents run on the HMI.",
    ],
)
def test_a_stated_red_flag_is_found(text: str) -> None:
    assert len(reds(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "When the portal cannot be reached, nothing stops.",
        "If the portal is lost, nobody and nothing is blocked.",
        "No agents run on any HMI.",
        "The product is agentless on the HMI and the PLC.",
        "Agents cannot be used on a PLC.",
        "Agents on the HMI are not required.",
        "No HMI, PLC or drive stops, and no portal is lost.",
        "If agents were on the HMI, you would see them.",
        "The question is whether agents, scans or clients on HMIs are part of it.",
        "Unlike products with agents on the HMI, ours listens.",
        "Formerly agents ran on the HMI.",
        "Are there agents on the HMI?",
        "When the portal is lost, the dashboard stops.",
    ],
)
def test_what_is_denied_supposed_asked_or_said_of_others_is_not_a_red_flag(text: str) -> None:
    assert reds(text) == []


def test_a_negation_reaches_no_further_than_to_the_next_one_beside_it() -> None:
    assert [each.signal for each in found("It has no end date and never asks a server.")] == ["never-asks"]
    assert found("There is nothing that never asks a server.") == ()


def test_without_something_is_about_that_alone_and_not_about_what_happens_then() -> None:
    assert reds("Without contact the agents run on the HMI.") == ["agent"]
    assert reds("It works without agents on the HMI.") == []


def test_an_event_that_opens_a_sentence_ends_before_the_next_subject() -> None:
    assert reds("In the event of late payment the agents run on the HMI.") == ["agent"]
    assert reds("In the event of agents on the HMI you would see them.") == []


def test_a_limit_or_promise_that_is_denied_takes_nothing_away() -> None:
    (finding,) = found("The plant keeps running, with no roadmap.")
    assert (finding.polarity, finding.modifiers) == ("good", ())


def test_a_negation_ends_with_its_clause() -> None:
    assert reds("It does not scan; agents run on the HMI.") == ["agent"]
    assert reds("It does not scan, however agents run on the HMI.") == ["agent"]


def test_every_match_in_a_sentence_counts_and_not_the_first_alone() -> None:
    assert reds("No agents run on the PLC, but agents run on the HMI.") == ["agent"]


def test_each_red_sentence_gets_its_own_finding_with_its_own_id() -> None:
    findings = found("Agents run on the HMI. Agents run on the PLC.")
    assert [finding.quote for finding in findings] == ["Agents run on the HMI.", "Agents run on the PLC."]
    assert len({finding.id for finding in findings}) == 2


def test_words_matched_in_several_ways_are_quoted_once_and_in_full() -> None:
    (finding,) = found("When the portal is lost, sessions stop, new traffic is blocked.")
    assert finding.quote == "When the portal is lost, sessions stop, new traffic is blocked."


def test_the_quote_is_the_clause_and_not_the_whole_answer() -> None:
    (finding,) = found("We deliver in May. The unit is small; agents run on the HMI; spares are cheap.")
    assert finding.quote == "agents run on the HMI"


def test_a_time_of_day_is_not_cut_in_two() -> None:
    (finding,) = found("The unit is small; at 16:20 agents run on the HMI.")
    assert finding.quote == "at 16:20 agents run on the HMI."


def test_abbreviations_do_not_end_a_sentence() -> None:
    (finding,) = found("When a server (e.g. the Portal, approx. One in ten) is lost, traffic is blocked.")
    assert finding.signal == "stops-when-lost"


@pytest.mark.parametrize(
    ("text", "polarity", "modifiers"),
    [
        ("The plant keeps running.", "good", ()),
        ("On our roadmap: the plant keeps running.", "red", ("not available today",)),
        ("The plant keeps running for up to 72 hours.", "red", ("for a limited time only",)),
        ("In principle the plant keeps running.", "good", ("weak: hedged",)),
        ("The plant keeps running, except for batches.", "good", ("mixed: with an exception",)),
        ("The plant keeps running. Exception: batches.", "good", ("mixed: with an exception",)),
        ("The plant keeps running without exception.", "good", ()),
    ],
)
def test_promises_hedges_and_exceptions_change_a_good_answer(
    text: str, polarity: str, modifiers: tuple[str, ...]
) -> None:
    (finding,) = found(text)
    assert (finding.polarity, finding.modifiers) == (polarity, modifiers)


@pytest.mark.parametrize(
    "text",
    [
        "Agents\u00a0run on\u202fthe HMI.",
        "Agents run on the H\u200bM\u200bI.",
        "\uff21gents run on the \uff28\uff2d\uff29.",
        "\u201cPlant\u201d \u2013 \ufb01rst: agents run on the HMI\u2026",
        "The cloud is\nrequired.",
        "The screen is read\u2011only.",
    ],
)
def test_unusual_characters_neither_hide_a_signal_nor_move_its_quote(text: str) -> None:
    (finding,) = found(text)
    assert finding.polarity == "red"
    assert finding.quote == text[finding.start : finding.end]


def test_lines_of_a_list_are_separate_statements_and_wrapped_lines_are_not() -> None:
    assert reds("- No agents on servers\n- Agents run on the HMI\n- Spares") == ["agent"]
    assert reds("Agents\nrun on\nthe HMI.") == ["agent"]


def test_a_typographic_apostrophe_negates_like_a_plain_one() -> None:
    assert reds("It doesn\u2019t put agents on the HMI.") == []


def test_cells_of_a_table_are_searched_one_by_one() -> None:
    cells = (Cell(text="fine", row="A"), Cell(text="Agents run on the HMI.", row="B"))
    (finding,) = find(SIGNALS, Answer(question="Q1", cells=cells))
    assert (finding.cell, finding.start) == (1, 0)
    assert finding.id == "Q1:agent:1:0"


def test_words_joined_by_plus_must_stand_in_one_clause() -> None:
    signals = SignalSet(signals=(signal("same-clause", "red", "cloud + stops"),))

    def hits(text: str) -> int:
        return len(find(signals, Answer(question="Q1", cells=(Cell(text=text),))))

    assert hits("The cloud is away, so the line stops there.") == 0
    assert hits("The line stops without a cloud.") == 1


def test_a_hint_is_possible_only() -> None:
    hint = signal("hint", "red", "agent*").model_copy(update={"hint": True})
    (finding,) = find(SignalSet(signals=(hint,)), Answer(question="Q1", cells=(Cell(text="An agent."),)))
    assert (finding.polarity, finding.possible) == ("red", True)


def test_an_empty_cell_of_a_filled_row_is_told_with_its_place() -> None:
    open_cell = signal("open", "red", "tbd").model_copy(update={"left_open": True})
    cells = (
        Cell(text="Historian copy", row="Flow 1", column="What flows"),
        Cell(text="", row="Flow 1", column="Ownership"),
        Cell(text="-", row="Flow 3", column="Ownership"),
        Cell(text="tbd", row="Flow 2", column="Ownership"),
    )
    found_there = find(SignalSet(signals=(open_cell,)), Answer(question="Q1", cells=cells))
    told = {each.cell: (each.quote, each.reason) for each in found_there}
    assert told == {
        1: ("", "why The cell “Flow 1 / Ownership” is left empty."),
        2: ("-", "why The cell “Flow 3 / Ownership” is left empty."),
        3: ("tbd", "why"),
    }


def test_a_very_long_sentence_is_read_to_its_end() -> None:
    text = "the unit is grey and small " * 300 + "and agents run on the HMI."
    (finding,) = found(text)
    assert finding.quote.endswith("agents run on the HMI.")


def test_other_questions_and_empty_answers_have_no_findings() -> None:
    assert find(SIGNALS, Answer(question="Q2", cells=(Cell(text="Agents run on the HMI."),))) == ()
    assert find(SIGNALS, Answer(question="Q1")) == ()


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Die Anlage läuft ohne die Cloud und ist nicht von uns abhängig.", "not analysed: German"),
        ("L'usine continue sans notre nuage et les données sont à vous dans le site.", "not analysed: French"),
        ("La planta sigue con los datos en la red y no es para nosotros.", "not analysed: Spanish"),
        ("Завод работает без облака и без нас.", "not analysed: not in Latin letters"),
        ("The plant runs on without us, in Köln and in Lyon.", None),
        ("Nein.", None),
        ("", None),
    ],
)
def test_only_english_is_analysed_and_the_note_says_which_language_was_met(text: str, note: str | None) -> None:
    assert language_note(text) == note


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            "Der Zugriff ist dann gesperrt und wird nicht von uns geöffnet. "
            "All of the rest is in the plant and it runs on without us or the link.",
            "German",
        ),
        ("The plant runs on without us. EN 50128, EN 50129 and EN 62443 apply to it.", None),
        ("The plant runs on.", None),
    ],
)
def test_sentences_in_another_language_are_told_where_the_rest_is_analysed(text: str, note: str | None) -> None:
    assert language_note(text) is None
    assert partly_note(text) == (note and f"partly not analysed: {note}")


def test_characters_that_are_not_seen_do_not_hide_the_language() -> None:
    assert language_note("T\u200bh\u200be p\u00adl\u00ada\u00adn\u00adt runs on without us and our link.") is None


def test_an_answer_in_another_language_has_no_findings() -> None:
    assert found("Die Agents sind auf der HMI und nicht auf dem PLC; agents on hmi ist der Name.") == ()


ODD = st.sampled_from(list("agents on hmi. ,;()\n\u200b\u00a0\u2011\u2019\ufb01\uff21\u0130e\u0301½…"))
PIECES = st.sampled_from(["Agents run on the HMI", "cannot be reached", "is blocked", "if", "no", "keeps running"])


@given(st.lists(ODD | PIECES | st.text(max_size=4), max_size=30).map("".join))
def test_every_quote_is_exactly_its_slice_of_the_original(text: str) -> None:
    findings = found(text)
    assert all(finding.quote == text[finding.start : finding.end] != "" for finding in findings)
    assert len({finding.id for finding in findings}) == len(findings)
    assert found(text) == findings


def test_a_promise_for_later_does_not_read_as_if_it_were_kept():
    answer = Answer(question="Q1", cells=(Cell(text="On our roadmap: the plant keeps running."),))
    (finding,) = find(SIGNALS, answer)
    assert finding.reason == "Promised, but not available today: why"
