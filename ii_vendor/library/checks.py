"""What must agree between the files of the content: every id that one file uses, another one has."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from ii_vendor.model.bid import Bid
from ii_vendor.model.crosswalk import Crosswalk, clause_key
from ii_vendor.model.questionnaire import Questionnaire
from ii_vendor.model.rubric import Profile, Rubric
from ii_vendor.model.signal import FactWords, Lexicon, Signal, SignalSet, concepts_in
from ii_vendor.yamlfile import Document, Mistake

Where = tuple[str | int, ...]
Places = Mapping[tuple[str, str], tuple[Document, Where]]
"""Where each thing stands, by its kind and id: the file, and the way to it inside."""


def concept_mistakes(lexicon: Lexicon, signals: Sequence[Signal], places: Places) -> Iterator[Mistake]:
    """Concepts that a pattern uses and the lexicon does not have."""
    for signal in signals:
        document, at = places["signal", signal.id]
        for index, pattern in enumerate(signal.patterns):
            for name in concepts_in(pattern):
                if name not in lexicon.concepts:
                    message = f"this uses the concept {{{name}}}, which the lexicon does not have"
                    remedy = "Correct its spelling, or add it to a file of lexicon/."
                    yield document.mistake((*at, "patterns", index), message, remedy)


def fact_mistakes(facts: Mapping[str, FactWords], signals: Sequence[Signal], places: Places) -> Iterator[Mistake]:
    """Facts that a signal states and nobody has put into words."""
    for signal in signals:
        if signal.fact and signal.fact.name not in facts:
            document, at = places["signal", signal.id]
            message = f"nobody has put the fact '{signal.fact.name}' into words"
            remedy = f"Add it to facts.yaml, or use one of: {', '.join(sorted(facts)) or 'none yet'}."
            yield document.mistake((*at, "fact"), message, remedy)


def implied_mistakes(facts: Mapping[str, FactWords], document: Document) -> Iterator[Mistake]:
    """Facts that another one implies and that are not there."""
    for name, words in facts.items():
        for implied in words.implies:
            if implied not in facts:
                remedy = f"Use one of: {', '.join(sorted(facts))}."
                yield document.mistake(("facts", name, "implies", implied), f"there is no fact '{implied}'", remedy)


def question_mistakes(questionnaires: Mapping[str, Questionnaire], places: Places) -> Iterator[Mistake]:
    """Ids of sections and questions that stand twice."""
    seen: dict[str, str] = {}
    for name, questionnaire in questionnaires.items():
        document, _ = places["questionnaires", name]
        for s, section in enumerate(questionnaire.sections):
            yield from _claim(seen, section.id, document, ("sections", s, "id"))
            for q, question in enumerate(section.questions):
                if question.id != section.id:
                    yield from _claim(seen, question.id, document, ("sections", s, "questions", q, "id"))


def _claim(seen: dict[str, str], name: str, document: Document, at: Where) -> Iterator[Mistake]:
    folded = name.casefold()
    if folded in seen:
        yield document.mistake(at, f"the id '{name}' is used in {seen[folded]} too", "Give each its own id.")
    seen.setdefault(folded, document.name)


def unjudged_mistakes(
    questionnaires: Mapping[str, Questionnaire], rubrics: Mapping[str, Rubric], places: Places
) -> Iterator[Mistake]:
    """Questions without a rubric, and rubrics that no question asks for."""
    asked = {question.id: name for name, value in questionnaires.items() for question in value.questions()}
    for question, name in asked.items():
        if question not in rubrics:
            document, _ = places["questionnaires", name]
            yield document.mistake((), f"question {question} has no rubric", "Add one to scoring/rubrics/.")
    for question in rubrics:
        if question not in asked:
            document, at = places["rubric", question]
            remedy = "Correct the id, or remove the rubric."
            yield document.mistake((*at, "question"), f"nobody asks {question}", remedy)


def flag_mistakes(rubrics: Mapping[str, Rubric], places: Places) -> Iterator[Mistake]:
    """Ids of red flags that stand twice."""
    flags: set[str] = set()
    for question, rubric in rubrics.items():
        document, at = places["rubric", question]
        for index, rule in enumerate(rubric.red_flags):
            if rule.id in flags:
                where = (*at, "red_flags", index, "id")
                yield document.mistake(where, f"the id '{rule.id}' is taken", "Give each red flag its own id.")
            flags.add(rule.id)


def signal_mistakes(signals: SignalSet, rubrics: Mapping[str, Rubric], places: Places) -> Iterator[Mistake]:
    """Red flags that a signal points to and the rubric does not have."""
    for signal in signals.signals:
        document, at = places["signal", signal.id]
        for question, flag in signal.flags.items():
            known = [rule.id for rule in rubrics[question].red_flags] if question in rubrics else []
            if flag not in known:
                remedy = f"Use one of: {', '.join(known)}." if known else "Correct the question's id."
                yield document.mistake((*at, "flags", question), f"{question} has no red flag '{flag}'", remedy)


def profile_mistakes(
    profile: Profile, document: Document, sections: Collection[str], questions: Collection[str]
) -> Iterator[Mistake]:
    """Sections and questions that a profile names and nobody has, and sections that it leaves out."""
    yield from _unknown(document, ("section_weights",), profile.section_weights, sections, "section")
    yield from _unknown(document, ("question_weights",), profile.question_weights, questions, "question")
    yield from _unknown(document, ("minimums", "sections"), profile.minimums.sections, sections, "section")
    for section in sorted(set(sections) - set(profile.section_weights)):
        remedy = f"Add '{section}: 0' if it should not count."
        yield document.mistake(("section_weights",), f"section '{section}' has no weight", remedy)
    if not any(profile.section_weights.values()):
        yield document.mistake(("section_weights",), "every weight is 0", "Give one section a weight above 0.")


def bid_mistakes(
    bid: Bid, document: Document, sections: Collection[str], questions: Collection[str], flags: Mapping[str, str]
) -> Iterator[Mistake]:
    """Sections, questions and red flags that a bid names and nobody has. ``flags`` gives each red flag's question."""
    yield from _unknown(document, ("sections",), bid.sections, sections, "section")
    yield from _unknown(document, ("questions",), bid.questions, questions, "question")
    for index, flag in enumerate(bid.red_flags):
        at = ("red_flags", index)
        if flag in bid.red_flags[:index]:
            yield document.mistake(at, f"the red flag '{flag}' stands here twice", "Keep one of the two.")
        if flag not in flags:
            near = [known for known, question in flags.items() if flag.startswith(f"{question}-")]
            remedy = f"Use one of: {', '.join(near)}." if near else "Begin it with the id of its question."
            yield document.mistake(at, f"there is no red flag '{flag}'", remedy)


def alias_mistakes(questionnaires: Mapping[str, Questionnaire], places: Places) -> Iterator[Mistake]:
    """Aliases by which two questions would be told apart no more."""
    seen: dict[str, str] = {}
    for name, questionnaire in questionnaires.items():
        document, _ = places["questionnaires", name]
        for s, section in enumerate(questionnaire.sections):
            for q, question in enumerate(section.questions):
                for a, alias in enumerate(question.aliases):
                    key = " ".join(re.findall(r"\w+", alias.casefold()))
                    if seen.setdefault(key, question.id) != question.id:
                        at = ("sections", s, "questions", q, "aliases", a)
                        message = f"question {seen[key]} has this alias too"
                        yield document.mistake(
                            at, message, "Keep it where it fits best, and word the other more exactly."
                        )


def crosswalk_mistakes(crosswalk: Crosswalk, document: Document, questions: Collection[str]) -> Iterator[Mistake]:
    """Questions that a crosswalk names and nobody asks, clauses that stand twice, and ids that are none of its own."""
    pattern = crosswalk.recognise.ids
    seen: set[str] = set()
    for index, clause in enumerate(crosswalk.clauses):
        at, key = ("clauses", index), clause_key(clause.id)
        if key in seen:
            yield document.mistake((*at, "id"), f"the clause '{clause.id}' stands here twice", "Make one of the two.")
        seen.add(key)
        if pattern and not re.fullmatch(pattern, key):
            remedy = "Correct the id, or 'ids' under 'recognise'."
            yield document.mistake((*at, "id"), f"'{clause.id}' does not look like an id of {crosswalk.title}", remedy)
        for relation, named in (("part", clause.part), ("near", clause.near)):
            for place, question in enumerate(named):
                where = (*at, relation, place)
                if question not in questions:
                    remedy = f"Use one of: {', '.join(sorted(questions))}."
                    yield document.mistake(where, f"there is no question '{question}'", remedy)
                if question in named[:place] or (relation == "near" and question in clause.part):
                    yield document.mistake(where, f"{question} stands twice in this clause", "Keep one of the two.")


def _unknown(
    document: Document, at: Where, named: Collection[str], known: Collection[str], what: str
) -> Iterator[Mistake]:
    for key in named:
        if key not in known:
            remedy = f"Use one of: {', '.join(sorted(known))}."
            yield document.mistake((*at, key), f"there is no {what} '{key}'", remedy)
