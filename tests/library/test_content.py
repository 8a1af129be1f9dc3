"""The content: the shipped one is in order, a changed copy loads, and every mistake is named where it stands."""

from __future__ import annotations

import re

import pytest

from ii_vendor.library import ContentError, check_signals, load_library, shipped_folder

SIX = "questionnaires/six_questions.yaml"
RUBRICS = "scoring/rubrics/six_questions.yaml"
BALANCED = "scoring/profiles/balanced.yaml"

EXEMPLARS = {
    "Q1": (
        "Our cloud platform provides real-time analytics that optimize operations.",
        "Operations functions independently. Our cloud platform consumes copies of operational data for analytics when "
        "available. Operations continues uninterrupted if our infrastructure fails.",
    ),
    "Q2": (
        "Our agent runs on every endpoint providing continuous verification.",
        "Policy enforcement happens at network chokepoints. We provide visibility through passive monitoring. No "
        "agents on OT devices.",
    ),
    "Q3": (
        "Our proprietary protocol provides better security than open standards.",
        "We implement IEC 62443 zones and conduits. We support standard industrial protocols. Our platform integrates "
        "with your existing architecture.",
    ),
    "Q4": (
        "All access requires MFA and device posture check, no exceptions.",
        "MFA at DMZ entry. Break-glass procedures with manager callback and logging. Works at 3 AM. Session recording "
        "for audit.",
    ),
    "Q5": (
        "Access is denied until authentication succeeds.",
        "We don't require authentication at device level. Network access control at zone boundaries. If authentication "
        "infrastructure fails, local operations continues.",
    ),
    "Q6": (
        "Our platform aggregates data from all customers for enhanced threat intelligence.",
        "You own your data. It stays in your infrastructure. You define what we can access via formal DEA.",
    ),
}


def test_the_shipped_content_is_in_order(shipped):
    assert check_signals(shipped) == []
    assert list(shipped.default_questionnaires) == ["six_questions", "lock_in", "agreements", "resilience"]
    assert set(shipped.profiles) == {"balanced", "foundation", "enhancement", "optimisation"}
    assert set(shipped.bids) == {"ideal", "cloud_first", "cheap_and_closed", "honest_with_gaps"}


def test_every_question_that_the_method_names_is_asked_and_judged(shipped):
    expected = [
        f"{group}{number}"
        for group, count in (("Q", 6), ("L", 8), ("DEA-", 6), ("SLA-", 4), ("RACI-", 4), ("R", 5), ("M", 6))
        for number in range(1, count + 1)
    ]
    content = shipped.content()
    assert list(content.questions) == expected
    assert set(content.rubric) == set(expected)
    assert [key for key, question in content.questions.items() if question.critical] == expected[:6]


@pytest.mark.parametrize("question", EXEMPLARS)
def test_the_exemplars_stand_to_the_letter_in_the_rubric(shipped, question):
    exemplars = shipped.rubrics[question].exemplars
    assert (exemplars.red_flag, exemplars.good) == EXEMPLARS[question]


def test_vendors_never_see_what_evaluators_keep(shipped):
    asked = " ".join(
        re.sub(r"\s+", " ", path.read_text("utf-8")) for path in (shipped_folder() / "questionnaires").glob("*.yaml")
    )
    kept = [
        sentence
        for rubric in shipped.rubrics.values()
        for sentence in (
            *((rubric.exemplars.red_flag, rubric.exemplars.good) if rubric.exemplars else ()),
            *(rule.statement for rule in rubric.red_flags),
            *rubric.levels.values(),
        )
    ]
    assert len(kept) > 300
    assert [sentence for sentence in kept if sentence in asked] == []


def test_a_chosen_questionnaire_comes_with_its_own_rubrics_only(shipped):
    content = shipped.content(["lock_in"], "foundation")
    assert [rubric.question for rubric in content.rubrics] == [f"L{number}" for number in range(1, 9)]
    assert content.profile.id == "foundation"


@pytest.mark.parametrize(("names", "profile"), [(["six"], "balanced"), ([], "strict")])
def test_a_name_that_is_not_in_the_library_is_told_with_those_that_are(shipped, names, profile):
    with pytest.raises(ContentError, match=r"there is no such (questionnaire|profile)\. Use one of: "):
        shipped.content(names, profile)


def test_a_changed_copy_loads_and_has_another_hash(copy, shipped):
    text = (copy / SIX).read_text("utf-8")
    (copy / SIX).write_text(text.replace("Operation without your infrastructure", "On your own"), "utf-8")
    changed = load_library(copy).content()
    assert changed.questions["Q1"].title == "On your own"
    assert changed.hash != shipped.content().hash
    assert changed.questionnaire_hash != shipped.content().questionnaire_hash


def test_what_evaluators_keep_does_not_show_in_the_hash_that_vendors_get(copy, shipped):
    text = (copy / BALANCED).read_text("utf-8")
    (copy / BALANCED).write_text(text.replace("six_questions: 35", "six_questions: 36"), "utf-8")
    changed = load_library(copy).content()
    assert changed.hash != shipped.content().hash
    assert changed.questionnaire_hash == shipped.content().questionnaire_hash


@pytest.mark.parametrize("word", ["no", "yes", "on", "off"])
def test_a_word_that_yaml_takes_for_a_switch_stays_a_word(copy, word):
    text = (copy / SIX).read_text("utf-8")
    (copy / SIX).write_text(text.replace("- Report of a disconnection test, with its duration", f"- {word}"), "utf-8")
    assert load_library(copy).questionnaires["six_questions"].sections[0].questions[0].evidence[0] == word


def test_a_misspelt_key_is_named(broken):
    told, line = broken(SIX, "critical: true", "crticial: true")
    key = "sections[1].questions[1].crticial"
    assert told == f"{SIX}:{line}: {key}: nobody knows this key. Correct its spelling, or remove it."


def test_a_missing_key_is_named(broken):
    told, line = broken(SIX, "\n        guidance: >-", "\n        guidence: >-")
    assert f"{SIX}:{line - 4}: sections[1].questions[1].guidance: this key is missing. Add 'guidance:' here." in told


def test_a_missing_level_is_named(broken):
    told, _ = broken(RUBRICS, "      3: >-", "      5: >-")
    assert told.startswith(f"{RUBRICS}:")
    assert "rubrics[1]: 'levels' needs exactly the five levels 0, 1, 2, 3 and 4" in told


def test_a_section_that_nobody_knows_is_named_with_those_there_are(broken):
    told, line = broken(BALANCED, "  lock_in: 15", "  lockin: 15")
    assert f"{BALANCED}:{line}: section_weights.lockin: there is no section 'lockin'. Use one of: dea, lock_in," in told
    assert "section 'lock_in' has no weight. Add 'lock_in: 0' if it should not count." in told


def test_a_minimum_for_a_section_that_nobody_knows_is_named(broken):
    told, line = broken(BALANCED, "    six_questions: 50", "    six: 50")
    assert f"{BALANCED}:{line}: minimums.sections.six: there is no section 'six'." in told


def test_a_weight_below_zero_is_named(broken):
    told, line = broken(BALANCED, "lock_in: 15", "lock_in: -1")
    assert told.startswith(f"{BALANCED}:{line}: section_weights.lock_in: ")
    assert "(found -1)" in told


def test_an_id_used_twice_is_named(broken):
    told, line = broken(SIX, "- id: Q2", "- id: Q1")
    assert f"{SIX}:{line}: sections[1].questions[2].id: the id 'Q1' is used in {SIX} too. Give each its own id." in told


def test_a_key_used_twice_is_named(broken):
    told, line = broken(SIX, "purpose: >-", "title: Again\npurpose: >-")
    assert told == f"{SIX}:{line}: title: this key stands here twice. Keep one of the two."


def test_a_tab_in_the_indentation_is_named(broken):
    told, line = broken(SIX, "      - id: Q1", "\t- id: Q1")
    assert told.startswith(f"{SIX}:{line}: this is not valid YAML:")
    assert "Check indentation" in told


def test_a_value_of_the_wrong_type_is_named(broken):
    told, line = broken(SIX, 'version: "1.0"', "version: 1.0")
    assert told == f"{SIX}:{line}: version: this should be text (found 1.0). Put it in quotes."


def test_a_word_where_a_switch_belongs_is_named(broken):
    told, line = broken(SIX, "critical: true", "critical: certainly")
    assert told.startswith(f"{SIX}:{line}: sections[1].questions[1].critical: ")
    assert "(found 'certainly')" in told


def test_a_value_left_empty_is_named(broken):
    told, line = broken(SIX, "title: Operation without your infrastructure", "title:")
    assert told == f"{SIX}:{line}: sections[1].questions[1].title: this key has no value. Write one, or remove the key."


def test_a_question_without_a_rubric_is_named(broken):
    told, _ = broken(RUBRICS, "question: Q3", "question: Q33")
    assert f"{SIX}:1: question Q3 has no rubric. Add one to scoring/rubrics/." in told


def test_a_rubric_that_nobody_asks_for_is_named(broken):
    added = "rubrics:\n  - {question: X9, rationale: a, levels: {0: a, 1: a, 2: a, 3: a, 4: a}, good_signs: [a],\n"
    added += "     verify: a, clause: a, red_flags: [{id: X9-a, statement: a, severity: minor, ask: a}]}"
    told, line = broken(RUBRICS, "rubrics:", added)
    assert told == f"{RUBRICS}:{line + 1}: rubrics[1].question: nobody asks X9. Correct the id, or remove the rubric."


def test_a_second_rubric_for_a_question_is_named(broken):
    told, line = broken(RUBRICS, "question: Q3", "question: Q2")
    assert f"{RUBRICS}:{line}: rubrics[3].question: Q2 has a rubric already. Keep one rubric a question." in told


def test_a_red_flag_id_used_twice_is_named(broken, shipped):
    first, second = (rule.id for rule in shipped.rubrics["Q1"].red_flags[:2])
    told, line = broken(RUBRICS, f"- id: {second}", f"- id: {first}")
    assert f"{RUBRICS}:{line}: rubrics[1].red_flags[2].id: the id '{first}' is taken." in told


def test_a_signal_that_points_to_an_unknown_red_flag_is_named(broken, shipped):
    signal = next(signal for signal in shipped.signals.signals if "Q1" in signal.flags)
    name = next(
        path.relative_to(shipped_folder()).as_posix()
        for path in (shipped_folder() / "scoring/signals").glob("*.yaml")
        if f"- id: {signal.id}\n" in path.read_text("utf-8")
    )
    told, _ = broken(name, f"Q1: {signal.flags['Q1']}", "Q1: Q1-nothing")
    assert told.startswith(f"{name}:")
    assert "Q1 has no red flag 'Q1-nothing'. Use one of: " in told


def test_an_unknown_word_of_the_lexicon_is_named_with_its_file_and_line(broken):
    told, line = broken("scoring/signals/loss.yaml", "{HARMLESS}", "{HARMLES}")
    assert told.startswith(f"scoring/signals/loss.yaml:{line}: ")
    assert "uses the concept {HARMLES}, which the lexicon does not have" in told


def test_an_empty_file_is_named(copy):
    (copy / BALANCED).write_text("# nothing yet\n", "utf-8")
    with pytest.raises(ContentError) as error:
        load_library(copy)
    assert str(error.value) == f"{BALANCED}:1: the file is empty. Fill it in, or remove it."


def test_a_file_that_holds_something_else_is_named(copy):
    (copy / BALANCED).write_text("- one\n- two\n", "utf-8")
    with pytest.raises(ContentError) as error:
        load_library(copy)
    assert str(error.value) == f"{BALANCED}:1: this should be keys with values. Write it as 'key: value' lines."


def test_a_file_in_another_encoding_is_named(copy):
    (copy / BALANCED).write_bytes("title: Grüße\n".encode("latin-1"))
    with pytest.raises(ContentError) as error:
        load_library(copy)
    assert str(error.value) == f"{BALANCED}: byte 9 is not UTF-8 text. Save the file as UTF-8."


def test_a_file_whose_name_ends_otherwise_is_not_silently_left_out(copy):
    (copy / BALANCED).rename(copy / "scoring/profiles/balanced.yml")
    with pytest.raises(ContentError) as error:
        load_library(copy)
    told = "scoring/profiles/balanced.yml: only .yaml files are read. Rename it to balanced.yaml."
    assert str(error.value).splitlines() == [told]


def test_a_folder_without_content_says_what_belongs_there(tmp_path):
    with pytest.raises(ContentError, match="Point --content at a folder with questionnaires/ and scoring/"):
        load_library(tmp_path)


def test_all_mistakes_are_told_at_once(broken, copy):
    text = (copy / BALANCED).read_text("utf-8")
    (copy / BALANCED).write_text(text.replace("title: ", "titel: "), "utf-8")
    told, _ = broken(SIX, 'version: "1.0"', "version: 1.0")
    assert len([line for line in told.splitlines() if line.startswith((SIX, BALANCED))]) == 3


def test_a_fact_that_nobody_has_put_into_words_is_named(broken):
    told, _ = broken("scoring/signals/facts.yaml", "  cloud_required:\n", "  cloud_needed:\n")
    assert "fact: nobody has put the fact 'cloud_required' into words. Add it to facts.yaml, or use one of: " in told
    assert told.count("'cloud_required'") >= 2


def test_a_fact_that_another_one_implies_must_be_there(broken):
    old, new = "implies: {cloud_required: true}", "implies: {cloud_wanted: true}"
    told, line = broken("scoring/signals/facts.yaml", old, new)
    where = f"scoring/signals/facts.yaml:{line}: facts.licence_phones_home.implies.cloud_wanted"
    assert f"{where}: there is no fact 'cloud_wanted'. Use one of: " in told


def test_a_mistake_in_the_facts_is_told_alone(broken):
    told, _ = broken("scoring/signals/facts.yaml", "    when_true:", "    when_treu:")
    assert {each.split(":")[0] for each in told.splitlines()} == {"scoring/signals/facts.yaml"}


def test_every_fact_of_the_shipped_signals_has_its_words(shipped):
    stated = {signal.fact.name for signal in shipped.signals.signals if signal.fact}
    assert stated <= shipped.signals.facts.keys()
