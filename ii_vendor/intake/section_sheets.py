"""The sheets that vendors write into: a list of questions, a table of questions, or a table of data flows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ii_vendor.intake import layout
from ii_vendor.intake.fitting import row_height
from ii_vendor.intake.prefill import by_column, flows, plain_text
from ii_vendor.intake.sheet import Book, MarkedSheet
from ii_vendor.model.questionnaire import Question, Section
from ii_vendor.model.response import Answer


@dataclass(frozen=True)
class Progress:
    """How far a sheet is filled in: a formula for the number of answered questions, its value, and their total."""

    sheet: str
    title: str
    formula: str
    answered: int
    questions: int


def write_section(
    book: Book, name: str, mark: str, section: Section, answers: Mapping[str, Answer], titles: tuple[str, str]
) -> Progress:
    """Write the sheet of one section. ``titles`` are the questionnaire's title and its version."""
    if layout.is_flow_table(section):
        return _flow_sheet(book, name, mark, section, answers, titles)
    return _question_sheet(book, name, mark, section, answers, titles)


def _heading(sheet: MarkedSheet, section: Section, titles: tuple[str, str], hint: str) -> None:
    sheet.line("title", section.title, "title", 28)
    sheet.line("subtitle", layout.subtitle(*titles), "subtitle", 17)
    if section.intro:
        sheet.line("intro", section.intro, "text")
    sheet.line("hint", hint, "text", 18)
    sheet.line("gap", "", "text", 3)


def _question_sheet(
    book: Book, name: str, mark: str, section: Section, answers: Mapping[str, Answer], titles: tuple[str, str]
) -> Progress:
    """One row a question, answered in one cell or in the columns of the section's table."""
    columns = section.table.columns if section.table else ()
    inputs = [(layout.answer_role(column.id), column.title) for column in columns] or [(layout.ANSWER, "Your answer")]
    choices = any(question.kind == "choice" for question in section.questions)
    heads = [("id", "No.", 9.0), ("question", "Question", 36.0), ("guidance", "Guidance", 40.0)]
    heads += [("choice", "Your choice", 18.0)] if choices else []
    heads += [(role, title, 26.0 if columns else 50.0 if choices else 60.0) for role, title in inputs]
    heads += [("evidence", layout.EVIDENCE, 30.0), ("status", layout.STATUS, 11.0)]
    heads += [("references", layout.REFERENCES, 26.0)]
    sheet = MarkedSheet(book, name, mark, [(role, width) for role, _, width in heads])
    _heading(sheet, section, titles, layout.LIST_HINT)
    _write_head(sheet, heads, {layout.answer_role(column.id): column.hint for column in columns})
    head_row = sheet.row - 1
    answered = sum(
        _question_row(book, sheet, section, question, answers.get(question.id, Answer(question=question.id)))
        for question in section.questions
    )
    status = sheet.reference("status", head_row + 1, sheet.row - 1)
    _colour_status(sheet, head_row + 1, sheet.row - 1)
    sheet.finish(head_row, frozen_columns=2)
    sheet.start_at(head_row + 1, "choice" if section.questions[0].kind == "choice" else inputs[0][0])
    return Progress(name, section.title, f'COUNTIF({status},"answered")', answered, len(section.questions))


def _write_head(sheet: MarkedSheet, heads: Sequence[tuple[str, str, float]], hints: Mapping[str, str]) -> None:
    sheet.key(layout.HEAD_KEY)
    shown = {role: f"{title}\n{hints[role]}" if hints.get(role) else title for role, title, _ in heads}
    for role, text in shown.items():
        sheet.text(role, text, "head")
    sheet.end_row(row_height(((text, sheet.widths[role]) for role, text in shown.items()), least=32))


def _question_row(book: Book, sheet: MarkedSheet, section: Section, question: Question, answer: Answer) -> bool:
    """Write one question with what is known of its answer; gives whether it counts as answered."""
    sheet.key(layout.QUESTION_KEY + question.id)
    guidance = layout.guidance_text(question)
    references = layout.references_text(question)
    sheet.text("id", layout.visible_id(question), "critical" if question.critical else "id")
    sheet.titled("question", question.title, question.text, "cell")
    sheet.text("guidance", guidance, "quiet")
    sheet.text("references", references, "quiet")
    sheet.text("evidence", answer.evidence, "input")
    written = _write_answer(book, sheet, section, question, answer)
    status = _status(sheet, section, question, written)
    texts = {"question": layout.question_text(question), "evidence": answer.evidence, **written}
    cells = [(text, sheet.widths[role]) for role, text in texts.items()]
    small = [(guidance, sheet.widths["guidance"]), (references, sheet.widths["references"])]
    target = next(iter(role for role in written if role != "choice"))
    book.book.define_name(layout.defined_name(question.id), f"='{sheet.name}'!{sheet.cell(target, absolute=True)}")
    sheet.end_row(row_height(cells, least=64, small=small))
    return status == "answered"


def _write_answer(
    book: Book, sheet: MarkedSheet, section: Section, question: Question, answer: Answer
) -> dict[str, str]:
    """Write the input cells of a row; gives their text by role."""
    if section.table is not None:
        known = by_column(answer, section.table.columns)
        written = {layout.answer_role(column.id): known.get(column.id, "") for column in section.table.columns}
        for column in section.table.columns:
            if column.options:
                sheet.dropdown(layout.answer_role(column.id), book.option_source(column.options))
    else:
        written = {layout.ANSWER: plain_text(answer)}
        if "choice" in sheet.columns:
            _write_choice(book, sheet, question, answer)
            written["choice"] = answer.choice if question.kind == "choice" else ""
    for role, text in written.items():
        if role != "choice":
            sheet.text(role, text, "input")
    return written


def _write_choice(book: Book, sheet: MarkedSheet, question: Question, answer: Answer) -> None:
    if question.kind == "choice":
        sheet.text("choice", answer.choice, "input")
        sheet.dropdown("choice", book.option_source(question.options))
    else:
        sheet.text("choice", "", "closed")


def _status(sheet: MarkedSheet, section: Section, question: Question, written: Mapping[str, str]) -> str:
    """Write the live completeness of a row; gives its present value."""
    filled = sum(bool(text.strip()) for text in written.values())
    if section.table is not None:
        cells = [sheet.cell(role) for role in written]
        count = f"COUNTA({cells[0]}:{cells[-1]})"
        value = "open" if not filled else "answered" if filled == len(cells) else "partly"
        formula = f'=IF({count}=0,"open",IF({count}<{len(cells)},"partly","answered"))'
    else:
        roles = ["choice", layout.ANSWER] if question.kind == "choice" else [layout.ANSWER]
        length = "+".join(f"LEN(TRIM({sheet.cell(role)}))" for role in roles)
        value = "answered" if filled else "open"
        formula = f'=IF({length}>0,"answered","open")'
    sheet.formula("status", formula, value, "status")
    return value


def _colour_status(sheet: MarkedSheet, first: int, last: int) -> None:
    column = sheet.columns["status"]
    for word, look in (("answered", sheet.styles.done), ("partly", sheet.styles.open), ("open", sheet.styles.open)):
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look}
        sheet.sheet.conditional_format(first, column, last, column, rule)


def _flow_sheet(
    book: Book, name: str, mark: str, section: Section, answers: Mapping[str, Answer], titles: tuple[str, str]
) -> Progress:
    """One column a question; the vendor writes one row for each data flow, and the evidence beneath."""
    assert section.table is not None
    roles = [layout.answer_role(question.id) for question in section.questions]
    widths = [("id", 7.0), ("name", 30.0), *((role, 32.0) for role in roles), ("status", 11.0)]
    sheet = MarkedSheet(book, name, mark, widths)
    _heading(sheet, section, titles, layout.flow_hint(section))
    head_row = _flow_head(sheet, section)
    known = flows(section, answers)
    first = sheet.row
    for number in range(1, max(section.table.blank_rows, len(known) + 2) + 1):
        _flow_row(sheet, section, number, known[number - 1] if number <= len(known) else ("", {}))
    last = sheet.row - 1
    _evidence_row(sheet, section, answers)
    _colour_status(sheet, first, last)
    sheet.finish(head_row, frozen_columns=3, insert_rows=True)
    sheet.start_at(first, "name")
    for role, question in zip(roles, section.questions, strict=True):
        target = sheet.cell(role, first, absolute=True)
        book.book.define_name(layout.defined_name(question.id), f"='{name}'!{target}")
    counted = "+".join(f"(COUNTA({sheet.reference(role, first, last)})>0)" for role in roles)
    answered = sum(any(texts.get(q.id, "").strip() for _, texts in known) for q in section.questions)
    return Progress(name, section.title, counted, answered, len(section.questions))


def _flow_head(sheet: MarkedSheet, section: Section) -> int:
    """The header: ids and titles, then text, guidance and references of each question. Gives the last frozen row."""
    assert section.table is not None
    rows: list[tuple[str, str, str, Callable[[Question], str], str, float]] = [
        (layout.HEAD_KEY, "No.", section.table.row_title, layout.flow_title, "head", 34),
        ("text", "", section.table.row_hint, lambda q: q.text, "cell", 20),
        ("guidance", "", "Guidance", layout.guidance_text, "quiet", 20),
        ("references", "", layout.REFERENCES, lambda q: "; ".join(q.references), "quiet", 20),
    ]
    head_row = sheet.row
    for key, number, label, words, style, least in rows:
        texts = {layout.answer_role(q.id): words(q) for q in section.questions} | {"name": label, "id": number}
        sheet.key(key)
        for role, text in texts.items():
            sheet.text(role, text, style)
        sheet.text("status", layout.STATUS if key == layout.HEAD_KEY else "", style)
        fitted = [(text, sheet.widths[role]) for role, text in texts.items()]
        sheet.end_row(row_height([], least, fitted) if style == "quiet" else row_height(fitted, least))
    return head_row


def _flow_row(sheet: MarkedSheet, section: Section, number: int, flow: tuple[str, dict[str, str]]) -> None:
    name, texts = flow
    sheet.key(f"{layout.FLOW_KEY}{number}")
    sheet.text("id", str(number), "id")
    sheet.text("name", name, "input")
    roles = {layout.answer_role(question.id): texts.get(question.id, "") for question in section.questions}
    for role, text in roles.items():
        sheet.text(role, text, "input")
    columns = [sheet.cell(role) for role in roles]
    count = f"COUNTA({columns[0]}:{columns[-1]})"
    filled = sum(bool(text.strip()) for text in roles.values())
    value = ("partly" if filled < len(roles) else "answered") if filled else ("open" if name.strip() else "")
    empty = f'IF(LEN(TRIM({sheet.cell("name")}))=0,"","open")'
    formula = f'=IF({count}=0,{empty},IF({count}<{len(roles)},"partly","answered"))'
    sheet.formula("status", formula, value, "status")
    cells = [(name, sheet.widths["name"]), *((text, sheet.widths[role]) for role, text in roles.items())]
    sheet.end_row(row_height(cells, least=36))


def _evidence_row(sheet: MarkedSheet, section: Section, answers: Mapping[str, Answer]) -> None:
    sheet.key(layout.EVIDENCE_KEY)
    sheet.text("id", "", "closed")
    sheet.text("name", layout.FLOW_EVIDENCE, "label")
    evidence = {
        layout.answer_role(question.id): answers[question.id].evidence if question.id in answers else ""
        for question in section.questions
    }
    for role, text in evidence.items():
        sheet.text(role, text, "input")
    sheet.text("status", "", "closed")
    sheet.end_row(row_height(((text, sheet.widths[role]) for role, text in evidence.items()), least=48))
