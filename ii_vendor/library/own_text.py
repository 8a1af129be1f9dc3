"""A team's own questionnaire as YAML, laid out as a practitioner writes it, and one entry of such a file changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap
from typing import Any

from ii_vendor.library.own import QUESTIONNAIRES, RUBRICS
from ii_vendor.model.own import OwnQuestionnaire, RubricDraft
from ii_vendor.model.questionnaire import Question, Questionnaire, Section
from ii_vendor.model.rubric import LEVELS
from ii_vendor.yamlfile import WIDTH, block_yaml

HEAD = """\
# What vendors are asked. They see all of it, so nothing here may say how answers are judged.
# How to write it: questionnaires/README.md. Check it with: ii-vendor content check
"""
RUBRICS_HEAD = """\
# How answers are judged. Evaluators see it, vendors never do.
# Each key is described in scoring/README.md. The questionnaire can be asked once no question lacks anything here;
# "ii-vendor questionnaire list" and the page Questionnaires show how far it is.
"""
SHOWN = 96
"""As many characters of a question stand above its rubric."""


def own_texts(own: OwnQuestionnaire, notes: Iterable[str] = ()) -> dict[str, str]:
    """The two files of a questionnaire, by their path in a content folder. ``notes`` stand at the top of the first."""
    name = f"{own.questionnaire.id}.yaml"
    return {
        f"{QUESTIONNAIRES}/{name}": questionnaire_text(own.questionnaire, notes),
        f"{RUBRICS}/{name}": rubrics_text(own),
    }


def questionnaire_text(questionnaire: Questionnaire, notes: Iterable[str] = ()) -> str:
    """The file that says what is asked."""
    head = {key: getattr(questionnaire, key) for key in ("id", "title", "version", "purpose")}
    sections = "".join(_section_text(section) for section in questionnaire.sections)
    return f"{HEAD}{_comments(notes)}{block_yaml(head)}sections:\n{sections}"


def rubrics_text(own: OwnQuestionnaire) -> str:
    """The file that says how answers are judged: an entry for each question, with every key that it needs."""
    entries = "\n".join(
        f"{_indented(_comments([_shortened(question.text)]), 2)}{rubric_item(own.rubric(key))}"
        for key, question in own.questions.items()
    )
    return f"{RUBRICS_HEAD}questionnaire: {own.questionnaire.id}\nrubrics:\n{entries}"


def question_entry(question: Question) -> str:
    """One question as an item of a list."""
    return block_yaml([_written(question, ("id", "title", "text", "kind", "options", "guidance", "critical"))])


def rubric_entry(draft: RubricDraft) -> str:
    """One rubric as an item of a list. Keys that it needs and lacks stand there without a value."""
    value: dict[str, Any] = {"question": draft.question, "rationale": draft.rationale or None}
    value["levels"] = {level: draft.levels.get(level) or None for level in LEVELS}
    value["red_flags"] = [_flag(flag) for flag in draft.model_dump(mode="json")["red_flags"]] or None
    value["good_signs"] = list(draft.good_signs) or None
    value |= {"verify": draft.verify or None, "clause": draft.clause or None}
    if draft.references:
        value["references"] = list(draft.references)
    if draft.exemplars:
        value["exemplars"] = draft.exemplars.model_dump()
    return block_yaml([value])


def rubric_item(draft: RubricDraft) -> str:
    """The same, indented as in a file that was written here."""
    return _indented(rubric_entry(draft), 2)


def with_entry(text: str, line: int, entry: str) -> str:
    """The text of a file with the list item that begins at ``line`` (from 1) replaced. Comments between items stay."""
    lines = text.split("\n")
    first = line - 1
    indent = _indent(lines[first])
    last = first + 1
    while last < len(lines) and (not _says_something(lines[last]) or _indent(lines[last]) > indent):
        last += 1
    while last > first + 1 and not (_says_something(lines[last - 1]) or _indent(lines[last - 1]) > indent):
        last -= 1
    return "\n".join([*lines[:first], _indented(entry, indent).rstrip("\n"), *lines[last:]])


def _says_something(line: str) -> bool:
    """Whether a line is more than white space or a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" ")) if line.strip() else 0


def _section_text(section: Section) -> str:
    head: dict[str, Any] = _written(section, ("id", "title", "intro"), without=("questions",))
    questions = "".join(_indented(question_entry(question), 6) for question in section.questions)
    return f"{_indented(block_yaml([head]), 2)}    questions:\n{questions}"


def _written(value: Question | Section, first: Iterable[str], without: Iterable[str] = ()) -> dict[str, Any]:
    """The keys that say something, ``first`` before the others."""
    written = value.model_dump(mode="json", exclude_defaults=True, exclude=set(without))
    order = [key for key in first if key in written]
    return {key: written[key] for key in (*order, *(key for key in written if key not in order))}


def _flag(flag: Mapping[str, Any]) -> dict[str, Any]:
    """A red flag with ``gate`` only where it is one."""
    return {key: value or None for key, value in flag.items() if value or key != "gate"}


def _comments(lines: Iterable[str]) -> str:
    return "".join(f"# {part}\n" for line in lines for part in wrap(_one_line(line), WIDTH, break_on_hyphens=False))


def _one_line(text: str) -> str:
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+", " ", text).split())


def _shortened(text: str) -> str:
    line = _one_line(text)
    return line if len(line) <= SHOWN else f"{line[:SHOWN].rsplit(' ', 1)[0]} …"


def _indented(text: str, by: int) -> str:
    return "".join(_indented_lines(text.split("\n"), " " * by)).removesuffix("\n")


def _indented_lines(lines: Iterable[str], indent: str) -> Iterator[str]:
    for line in lines:
        yield f"{indent}{line}\n" if line else "\n"
