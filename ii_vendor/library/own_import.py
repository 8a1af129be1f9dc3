"""A team's own question list, as read from a workbook -> a questionnaire of its own, whose rubrics are still empty."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from pydantic import TypeAdapter, ValidationError

from ii_vendor.errors import UserError
from ii_vendor.library.own import Taken
from ii_vendor.model.base import Frozen, Id
from ii_vendor.model.own import OwnQuestionnaire
from ii_vendor.model.questionnaire import Question, Questionnaire, Section
from ii_vendor.model.workbook import ReadRow, WorkbookLayout

GUIDANCE = "Say what is true of the version that you offer, and where that can be seen."
EVIDENCE = "A document that shows it"
PURPOSE = "Please answer each question by itself, for the solution that you offer."
TITLE_LENGTH, LONGEST_ID, MOST_INITIALS = 60, 64, 4

_ID: TypeAdapter[str] = TypeAdapter(Id)
_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9_.-]+")


class ListedQuestion(Frozen):
    """A question as the list has it, with what it would become. ``place`` is where it stands, as ``Answers!7``.

    ``why`` says, where ``id`` is not what stands in the list, why it had to be changed.
    """

    place: str
    listed_id: str
    id: str
    section: str
    title: str
    text: str
    guidance: str = ""
    options: tuple[str, ...] = ()
    critical: bool = False
    hidden: bool = False
    why: str = ""


class LeftOut(Frozen):
    """Something in the file that became no question, and why."""

    place: str
    words: str
    why: str


class QuestionList(Frozen):
    """What a file would become: its questions in reading order, and what was left out."""

    questions: tuple[ListedQuestion, ...]
    left_out: tuple[LeftOut, ...] = ()


def prefix_of(title: str) -> str:
    """What ids begin with that need a beginning: ``PS-`` for “Plant security 2026”."""
    words = re.findall(r"[A-Za-z]+", _ascii(title))
    letters = "".join(word[0] for word in words[:MOST_INITIALS]) if len(words) > 1 else "".join(words)[:3]
    return f"{letters.upper() or 'OWN'}-"


def questionnaire_id(title: str, taken: Taken) -> str:
    """An id for a questionnaire of this title that no other one has."""
    slug = _slug(title) or "own_questions"
    return next(name for name in _numbered(slug, "_") if name.casefold() not in taken.questionnaires)


def question_list(layout: WorkbookLayout, prefix: str, taken: Taken) -> QuestionList:
    """What the layout's rows would become. Ids stay as they are where they can; ``prefix`` begins the others."""
    several = len({row.sheet for row in layout.rows if row.question.strip()}) > 1
    used: dict[str, str] = {}
    found: list[ListedQuestion] = []
    left_out = [
        LeftOut(place=sheet.name, words="", why=sheet.why or "nothing in it reads like a question")
        for sheet in layout.sheets
        if sheet.status == "skipped"
    ]
    for row in layout.rows:
        text = row.question.strip()
        if not text:
            words = " ".join((row.id, *(answer.answer for answer in row.answers))).strip()
            left_out.append(LeftOut(place=row.key, words=words, why="it has no words of a question"))
            continue
        name, why = _question_id(row.id, len(found) + 1, prefix, taken.asked, used)
        used[name.casefold()] = row.key
        found.append(
            ListedQuestion(
                place=row.key,
                listed_id=row.id.strip(),
                id=name,
                section=_section(row, several),
                title=short_title(text),
                text=text,
                guidance=row.guidance.strip(),
                options=_options(layout, row),
                hidden=row.hidden,
                why=why,
            )
        )
    return QuestionList(questions=tuple(found), left_out=tuple(left_out))


def as_questionnaire(
    questions: Sequence[ListedQuestion], *, title: str, name: str, taken: Taken, version: str = "1.0"
) -> OwnQuestionnaire:
    """The questionnaire of these questions, in their order, by sections. Raises UserError for what a person can mend:
    no question, no title, an id that is none, or stands twice, or is used by other content."""
    if not questions:
        raise UserError("No question is chosen. Choose those that count.")
    if not title.strip():
        raise UserError("The questionnaire needs a title.")
    _check_id(name, f"The id '{name}' of the questionnaire")
    if name.casefold() in taken.questionnaires:
        raise UserError(f"There is a questionnaire '{name}' already. Choose another id.")
    _check_ids(questions, taken)
    by_section: dict[str, list[ListedQuestion]] = {}
    for each in questions:
        by_section.setdefault(each.section.strip() or title.strip(), []).append(each)
    used = {each.id.casefold() for each in questions}
    sections = []
    for heading, inside in by_section.items():
        key = _section_id(heading, name, taken.asked.keys() | used)
        used.add(key.casefold())
        sections.append(Section(id=key, title=heading, questions=tuple(_question(each) for each in inside)))
    asked = Questionnaire(id=name, title=title.strip(), version=version, purpose=PURPOSE, sections=tuple(sections))
    return OwnQuestionnaire(questionnaire=asked)


def import_notes(file: str, day: date, chosen: Iterable[ListedQuestion]) -> list[str]:
    """What stands at the top of the file of questions: where they came from, and which ids were changed."""
    lines = [f"Made from {file} on {day.day} {day:%B %Y}."]
    changed = [f"{each.listed_id} is {each.id}" for each in chosen if each.listed_id and each.listed_id != each.id]
    return [*lines, *(["Ids that had to be changed: " + ", ".join(changed) + "."] if changed else [])]


def short_title(text: str) -> str:
    """The beginning of a question, to be told by."""
    line = " ".join(text.split()).rstrip("?:. ")
    if len(line) <= TITLE_LENGTH:
        return line or text.strip()
    return f"{line[:TITLE_LENGTH].rsplit(' ', 1)[0].rstrip(',;:')} …"


def _question_id(
    listed: str, number: int, prefix: str, taken: Mapping[str, str], used: Mapping[str, str]
) -> tuple[str, str]:
    """An id that nobody has, and why it is not the listed one; no reason where it is."""
    listed = listed.strip()
    if not listed:
        return _free(f"{prefix}{number}", taken, used), "the list gives it no id"
    folded = listed.casefold()
    if _is_id(listed):
        if folded in taken:
            return _free(f"{prefix}{listed}", taken, used), f"“{taken[folded]}” has {listed} already"
        if folded in used:
            return _free(listed, taken, used), f"{used[folded]} has {listed} already"
        return listed, ""
    kept = _NOT_IN_IDS.sub("-", _ascii(listed)).strip("-")
    if not kept[:1].isalpha():
        return _free(f"{prefix}{kept or number}", taken, used), "an id begins with a letter"
    if len(listed) > LONGEST_ID:
        return _free(kept, taken, used), f"an id has {LONGEST_ID} characters at most"
    return _free(kept, taken, used), "an id has letters, digits, '.', '-' and '_' alone"


def _free(name: str, *taken: Collection[str]) -> str:
    begins = name if len(name) <= LONGEST_ID else name[: LONGEST_ID - 8]
    return next(each for each in _numbered(begins, "-") if not any(each.casefold() in names for names in taken))


def _numbered(name: str, dash: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}{dash}{number}"
        number += 1


def _is_id(text: str) -> bool:
    try:
        _ID.validate_python(text)
    except ValidationError:
        return False
    return True


def _check_id(name: str, what: str) -> None:
    if not _is_id(name):
        raise UserError(
            f"{what} cannot be used. Begin it with a letter, and go on with letters, digits, '.', '-' or '_'; "
            "64 characters at most."
        )


def _check_ids(questions: Sequence[ListedQuestion], taken: Taken) -> None:
    seen: dict[str, str] = {}
    for each in questions:
        folded = each.id.casefold()
        _check_id(each.id, f"{each.place}: the id '{each.id}'")
        if folded in seen:
            raise UserError(f"The id '{each.id}' stands in {seen[folded]} and in {each.place}. Change one of them.")
        if folded in taken.asked:
            raise UserError(f"{each.place}: “{taken.asked[folded]}” has the id '{each.id}'. Choose another.")
        if not each.text.strip() or not each.title.strip():
            raise UserError(f"{each.place}: the question has no {'words' if not each.text.strip() else 'title'}.")
        seen[folded] = each.place


def _section(row: ReadRow, several: bool) -> str:
    """Sections of one name on different sheets are told apart by their sheet."""
    inside = " ".join(row.section.split())
    if not several or not inside:
        return inside or (row.sheet if several else "")
    return inside if inside.casefold() == row.sheet.casefold() else f"{row.sheet}: {inside}"


def _section_id(heading: str, name: str, taken: Collection[str]) -> str:
    slug = _slug(heading) or f"{name}_section"
    first = slug if slug.casefold() not in taken else f"{name}_{slug}"[:60]
    return next(each for each in _numbered(first, "_") if each.casefold() not in taken)


def _options(layout: WorkbookLayout, row: ReadRow) -> tuple[str, ...]:
    """What may be ticked in the row, where each option has a column of its own.

    Options that are figures alone tell for whom a question is meant at least as often, so they are no choice.
    """
    for sheet in layout.sheets:
        for table in sheet.tables if sheet.name == row.sheet else ():
            if table.first <= row.row <= table.last:
                titles = (column.option.strip() for column in table.columns if column.role == "option")
                options = tuple(dict.fromkeys(title for title in titles if title))
                in_words = any(character.isalpha() for option in options for character in option)
                return options if len(options) > 1 and in_words else ()
    return ()


def _question(each: ListedQuestion) -> Question:
    return Question(
        id=each.id,
        title=each.title,
        text=each.text,
        guidance=each.guidance.strip() or GUIDANCE,
        kind="choice" if each.options else "text",
        options=each.options,
        critical=each.critical,
        evidence=(EVIDENCE,),
    )


def _slug(text: str) -> str:
    """``access_control`` for “1. Access control”."""
    slug = re.sub(r"[^a-z0-9]+", "_", _ascii(text).lower()).strip("_0123456789")
    return slug[:40].strip("_")


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
