"""The Evidence sheet: each answer in the vendor's words, and under it what each evaluator and the panel made of it."""

from __future__ import annotations

from collections.abc import Iterator

from ii_vendor.model.panel import Consensus, Dissent, Rating
from ii_vendor.model.questionnaire import Question
from ii_vendor.model.response import Answer
from ii_vendor.model.scorecard import QuestionScore, Scorecard
from ii_vendor.report.findings import NAMES, Kind, Seen, finding_words, seen_in, state_words
from ii_vendor.report.scorecard.agreed import NO_EVIDENCE, level_of
from ii_vendor.report.scorecard.book import Sheet, Value
from ii_vendor.report.scorecard.plan import FIRST, HEAD, Plan
from ii_vendor.report.scorecard.words import continued

HEADINGS = (
    "Vendor",
    "Question",
    "Title",
    "Who",
    "Level",
    "Evidence",
    "Words (the answer, or what was quoted)",
    "Reason",
    "On",
)
ANSWER = "Vendor’s answer"
SIGNALS = "Signals: "


def write_evidence(sheet: Sheet, plan: Plan) -> None:
    """Write the record behind the scores. Text that is too long for a cell continues in the next row."""
    sheet.title(
        "Evidence",
        f"The record behind every level. Filter “Who” by “{ANSWER}” to read the answers with what the signals "
        "see in each, by “Signals: possible red flag” for what to read, or by a name for one evaluator’s reasons.",
        "Nothing on this sheet is calculated: what-if changes on other sheets leave it as recorded.",
    )
    sheet.widths(24, 11, 30, 24, 7, 16, 62, 46, 12)
    sheet.headings(HEAD, HEADINGS)
    row = FIRST
    disciplines = {evaluator.name: evaluator.discipline.value for evaluator in plan.evaluation.evaluators}
    for card in plan.cards:
        received = plan.evaluation.received(card.vendor)
        for question, score in zip(plan.questions, card.questions, strict=True):
            if received is None:
                _write_row(sheet, row, card, question, (ANSWER, None, "", "(no response yet)", "", ""), True)
                row += 1
            else:
                answer = received.response.answer(question.id)
                seen = seen_in(answer, received.findings)
                row = _write_answer(sheet, row, card, question, answer, seen)
                row = _write_findings(sheet, row, card, score, answer, seen, plan)
            for rating in score.ratings:
                row = _write_rating(sheet, row, card, question, rating, disciplines.get(rating.evaluator, ""))
            row = _write_consensus(sheet, row, card, question, score)
            row = _write_flags(sheet, row, card, question, score)
    sheet.raw.freeze_panes(FIRST, 2)
    sheet.raw.autofilter(HEAD, 0, max(FIRST, row - 1), len(HEADINGS) - 1)
    sheet.print_setup(head=HEAD)
    sheet.protect()


def _write_answer(sheet: Sheet, row: int, card: Scorecard, question: Question, answer: Answer, seen: Seen) -> int:
    """Write the answer, and beside its beginning what the signals see in it."""
    words = answer.text if answer.answered else "(not answered)"
    for index, (text,) in enumerate(continued([words])):
        who, state = (ANSWER, state_words(seen)) if index == 0 else (f"{ANSWER} (continued)", "")
        _write_row(sheet, row, card, question, (who, None, "", text, state, ""), True)
        row += 1
    return row


def _write_findings(
    sheet: Sheet, row: int, card: Scorecard, score: QuestionScore, answer: Answer, seen: Seen, plan: Plan
) -> int:
    """Write each finding with its words, but for those that a red flag of the register quotes."""
    quoted = {(quote.finding, quote.text) for flag in score.flags for quote in flag.quotes}
    question = plan.content.questions[score.question]
    for kind in Kind:
        for finding in (each for each in seen.of(kind) if (each.id, each.quote) not in quoted):
            reason = finding_words(finding, answer, plan.content.rubric[question.id])
            for quote, why in continued([finding.quote, reason]):
                _write_row(
                    sheet, row, card, question, (f"{SIGNALS}{NAMES[kind].lower()}", None, "", quote, why, ""), False
                )
                row += 1
    return row


def _write_rating(sheet: Sheet, row: int, card: Scorecard, question: Question, rating: Rating, discipline: str) -> int:
    who = f"{rating.evaluator} ({discipline})" if discipline else rating.evaluator
    words = rating.quote, rating.reason
    return _write_judgement(sheet, row, card, question, who, rating, words, rating.grade.value)


def _write_consensus(sheet: Sheet, row: int, card: Scorecard, question: Question, score: QuestionScore) -> int:
    """Write what the panel agreed on, and who does not share it."""
    agreed = score.consensus
    if agreed is None:
        return row
    words = agreed.quote or NO_EVIDENCE, agreed.reason
    row = _write_judgement(
        sheet, row, card, question, f"Consensus (recorded by {agreed.by})", agreed, words, agreed.grade.value
    )
    for dissent in score.dissents:
        who, words = f"{dissent.evaluator} does not share the consensus", ("", dissent.reason)
        row = _write_judgement(sheet, row, card, question, who, dissent, words, "")
    return row


def _write_judgement(
    sheet: Sheet,
    row: int,
    card: Scorecard,
    question: Question,
    who: str,
    judged: Rating | Consensus | Dissent,
    words: tuple[str, str],
    grade: str,
) -> int:
    """Write who judged an answer how, with the quoted words and the reason."""
    for index, (quote, reason) in enumerate(continued(words)):
        first = index == 0
        line = (
            who if first else f"{who} (continued)",
            level_of(judged) if first else None,
            grade if first else "",
            quote,
            reason,
            f"{judged.at:%Y-%m-%d}" if first else "",
        )
        _write_row(sheet, row, card, question, line, False)
        row += 1
    return row


def _write_flags(sheet: Sheet, row: int, card: Scorecard, question: Question, score: QuestionScore) -> int:
    for who, words, reason, when in _flag_history(score):
        for quote, why in continued([words, reason]):
            _write_row(sheet, row, card, question, (who, None, "", quote, why, when), False)
            row += 1
    return row


def _flag_history(score: QuestionScore) -> Iterator[tuple[str, str, str, str]]:
    """Who, quoted words, reason and date: each flag's quotes, each decision about it, and who signed
    towards the next."""
    for flag in score.flags:
        for quote in flag.quotes:
            yield f"Red flag raised by {flag.raised_by}", quote.text, f"{flag.statement} {quote.reason}".strip(), ""
        for decision in flag.decisions:
            owner = f" Risk owner: {decision.owner}." if decision.owner else ""
            due = f" The vendor is to answer by {decision.due:%Y-%m-%d}." if decision.due else ""
            yield (
                f"Red flag {decision.state.value} by {decision.by}",
                "",
                f"{flag.statement} — {decision.reason}{owner}{due}",
                f"{decision.at:%Y-%m-%d}",
            )
        for signature in flag.signatures:
            owner = f" Risk owner: {signature.owner}." if signature.owner else ""
            yield (
                f"Red flag to be {signature.state.value}: signed by {signature.evaluator} "
                f"({signature.discipline.value})",
                "",
                f"{flag.statement} — {signature.reason}{owner}",
                f"{signature.at:%Y-%m-%d}",
            )


def _write_row(
    sheet: Sheet,
    row: int,
    card: Scorecard,
    question: Question,
    line: tuple[str, Value, str, str, str, str],
    answer: bool,
) -> None:
    who, level, grade, words, reason, when = line
    plain, shade = "cell wrap top", "cell wrap top soft"
    tinted = " tint" if answer else ""
    sheet.text(row, 0, card.name, shade + tinted)
    sheet.text(row, 1, question.id, f"{plain} bold{tinted}")
    sheet.text(row, 2, question.title if answer else "", shade + tinted)
    sheet.text(row, 3, who, plain + tinted)
    sheet.put(row, 4, level, f"{plain} count{tinted}")
    sheet.text(row, 5, grade, plain + tinted)
    sheet.text(row, 6, words, plain + tinted)
    sheet.text(row, 7, reason, plain + tinted)
    sheet.text(row, 8, when, shade + tinted)
    sheet.fit(row, ((0, card.name), (2, question.title if answer else ""), (3, who), (6, words), (7, reason)))
