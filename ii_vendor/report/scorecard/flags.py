"""The register of red flags: every flag with its state, the vendor's words, and what would close it."""

from __future__ import annotations

from enum import StrEnum

from ii_vendor.model.panel import Flag, FlagState
from ii_vendor.model.rubric import Severity
from ii_vendor.model.scorecard import AnswerStatus
from ii_vendor.report.scorecard.book import Sheet, Value, at, fixed
from ii_vendor.report.scorecard.plan import (
    FIRST,
    HEAD,
    RATINGS,
    FlagColumns,
    FlagRow,
    Plan,
    RatingsColumns,
    ratings_row,
)
from ii_vendor.report.scorecard.rules import SEVERITIES, SEVERITY_WEIGHTS
from ii_vendor.report.scorecard.words import within_a_cell

C = FlagColumns
HEADINGS = (
    "Vendor",
    "Question",
    "Red flag",
    "Severity",
    "Gate",
    "State",
    "Effect",
    "Severity weight",
    "The vendor’s words",
    "Why it matters",
    "Panel’s reason",
    "Decided by",
    "Risk owner",
    "Decided on",
    "Answer due by",
    "Signatures that wait for the other",
    "Contract clause that would close it",
    "Acceptance test",
    "Raised by",
    "Leaves (flags that stand)",
    "Leaves (with open ones)",
    "Vendor no.",
)


class Effect(StrEnum):
    """What a flag does to its vendor."""

    rejects = "rejects"
    counts = "counts"
    open = "open"
    dismissed = "dismissed"
    none = "question does not apply"


def effect(entry: FlagRow) -> Effect:
    """What the rules make of a flag as it stands."""
    state = entry.flag.state
    if entry.flag.gate and state is FlagState.confirmed:
        return Effect.rejects
    if entry.flag.gate and state.undecided:
        return Effect.open
    if entry.score.status is AnswerStatus.not_applicable:
        return Effect.none
    return Effect.counts if state.counts else Effect.open if state.undecided else Effect.dismissed


def write_flags(sheet: Sheet, plan: Plan) -> None:
    """Write one row for each flag: severity, gate and state as inputs, effect and weight as formulas."""
    sheet.title(
        "Red flags",
        "A gate flag that is confirmed rejects the vendor until a named person accepts the risk. "
        "An accepted risk still counts. Open flags make the upper end of the band.",
        "Yellow cells may be changed to see what would follow; the decisions themselves stay as recorded.",
    )
    sheet.widths(22, 11, 30, 11, 8, 14, 16, 10, 46, 34, 34, 16, 16, 12, 12, 34, 62, 62, 16, 11, 11, 9)
    sheet.headings(HEAD, HEADINGS, height=48)
    rows = {question.id: index for index, question in enumerate(plan.questions)}
    for entry in plan.flag_rows:
        answer = ratings_row(plan, entry.number - 1, rows[entry.score.question])
        _write_words(sheet, plan, entry)
        _write_state(sheet, plan, entry, answer)
    if not plan.flag_rows:
        sheet.text(FIRST, 0, "No red flag has been raised.", "note")
    _finish(sheet, plan)


def _write_words(sheet: Sheet, plan: Plan, entry: FlagRow) -> None:
    flag, row = entry.flag, entry.row
    rubric = plan.content.rubric.get(flag.question)
    decision = flag.decisions[-1] if flag.decisions else None
    words = {
        C.vendor: entry.vendor.name,
        C.question: flag.question,
        C.statement: flag.statement,
        C.quote: quoted_words(flag),
        C.why: "\n".join(dict.fromkeys(quote.reason for quote in flag.quotes if quote.reason)),
        C.reason: decision.reason if decision else "",
        C.decided_by: decision.by if decision else "",
        C.owner: flag.owner,
        C.when: f"{decision.at:%Y-%m-%d}" if decision else "",
        C.due: f"{flag.due:%Y-%m-%d}" if flag.due else "",
        C.signatures: signed_by(flag),
        C.clause: rubric.clause if rubric else "",
        C.verify: rubric.verify if rubric else "",
        C.raised_by: flag.raised_by,
    }
    for col, text in words.items():
        sheet.text(row, col, within_a_cell(text), "cell wrap top bold" if col == C.question else "cell wrap top")
    sheet.fit(row, words.items())


def quoted_words(flag: Flag) -> str:
    """Every quote of a flag, to the letter, one a line."""
    return "\n".join(f"“{quote.text}”" for quote in flag.quotes)


def signed_by(flag: Flag) -> str:
    """Who set a gate aside or waits for the other to sign, a signature a line."""
    return "\n".join(
        f"{each.evaluator} ({each.discipline.value}), {each.at:%Y-%m-%d}: {each.state.value}"
        f"{f', risk owner {each.owner}' if each.owner else ''}. {each.reason}"
        for each in flag.signatures
    )


def _write_state(sheet: Sheet, plan: Plan, entry: FlagRow, answer: int) -> None:
    flag, row, what = entry.flag, entry.row, effect(entry)
    sheet.number(row, C.holder, entry.number, "cell count top")
    for col, text in (
        (C.severity, flag.severity.value),
        (C.gate, "yes" if flag.gate else "no"),
        (C.state, flag.state.value),
    ):
        sheet.text(row, col, text, "cell top input wrap")
    status = fixed(RATINGS, answer, RatingsColumns(len(plan.raters)).status)
    state, weight, outcome = at(row, C.state), at(row, C.weight), at(row, C.effect)
    sheet.formula(
        row,
        C.effect,
        f'=IF(AND({state}="{FlagState.confirmed}",{at(row, C.gate)}="yes"),"{Effect.rejects}",'
        f'IF(AND(OR({state}="{FlagState.raised}",{state}="{FlagState.clarification_sent}"),{at(row, C.gate)}="yes"),'
        f'"{Effect.open}",IF({status}="{AnswerStatus.not_applicable}","{Effect.none}",'
        f'IF(OR({state}="{FlagState.confirmed}",{state}="{FlagState.accepted}"),"{Effect.counts}",'
        f'IF({state}="{FlagState.dismissed}","{Effect.dismissed}","{Effect.open}")))))',
        what.value,
        "cell wrap top",
    )
    severity: Value = flag.severity.weight
    sheet.formula(
        row,
        C.weight,
        f"=INDEX({SEVERITY_WEIGHTS},MATCH({at(row, C.severity)},{SEVERITIES},0))",
        severity,
        "cell weight top",
    )
    stands = f'{outcome}="{Effect.counts}",{outcome}="{Effect.rejects}"'
    counts = what in (Effect.counts, Effect.rejects)
    left = 1.0 - flag.severity.weight
    sheet.formula(row, C.leaves, f"=IF(OR({stands}),1-{weight},1)", left if counts else 1, "cell weight top")
    sheet.formula(
        row,
        C.leaves_open,
        f'=IF(OR({stands},{outcome}="{Effect.open}"),1-{weight},1)',
        left if counts or what is Effect.open else 1,
        "cell weight top",
    )


def _finish(sheet: Sheet, plan: Plan) -> None:
    last = FIRST + len(plan.flag_rows) - 1
    sheet.choices(FIRST, C.severity, last, C.severity, [severity.value for severity in Severity])
    sheet.choices(FIRST, C.gate, last, C.gate, ("yes", "no"))
    sheet.choices(FIRST, C.state, last, C.state, [state.value for state in FlagState])
    sheet.raw.freeze_panes(FIRST, C.statement)
    sheet.raw.autofilter(HEAD, 0, max(FIRST, last), C.holder)
    sheet.raw.print_area(0, 0, max(FIRST, last), C.raised_by)
    sheet.print_setup(head=HEAD, columns=C.severity, wide=2)
    sheet.protect()
