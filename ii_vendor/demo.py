"""The sample evaluation: four invented vendors' workbooks, read like any other, and their panel's decisions."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ii_vendor.evaluations import Evaluations
from ii_vendor.evaluations.pricing import Offer
from ii_vendor.intake import read_responses, write_template
from ii_vendor.library import ContentError, Library, shipped_folder
from ii_vendor.model.content import Content
from ii_vendor.model.panel import Discipline, Evaluation, FlagState, WeighingMethod
from ii_vendor.model.questionnaire import Section
from ii_vendor.model.response import Answer, Cell
from ii_vendor.model.rubric import EvidenceGrade
from ii_vendor.model.seat import Stage
from ii_vendor.yamlfile import read_yaml

PANEL = "panel.yaml"


def sample_folder() -> Path:
    """Where the samples' text lies."""
    return shipped_folder() / "sample_responses"


def evaluation_name() -> str:
    """What the sample evaluation is called."""
    return str(_panel()["evaluation"]["name"])


def sample_content(library: Library) -> Content:
    """The content that the sample evaluation freezes."""
    about = _panel()["evaluation"]
    return library.content(about["questionnaires"], about["profile"])


def write_workbooks(content: Content, out: Path) -> list[Path]:
    """Make a filled response workbook of each invented vendor in ``out``, as a vendor would send it."""
    out.mkdir(parents=True, exist_ok=True)
    paths = []
    for sample in _vendors():
        about = sample["vendor"]
        path = out / f"{about['name']}.xlsx"
        write_template(
            content.questionnaires,
            content.questionnaire_hash,
            path,
            title=evaluation_name(),
            vendor=about["name"],
            vendor_contact=about["contact"],
            vendor_date=about["date"],
            prefill=_answers(content, sample["answers"]),
        )
        paths.append(path)
    return paths


def load(
    evaluations: Evaluations, library: Library, progress: Callable[[int, int, str], None] | None = None
) -> Evaluation:
    """Create the sample evaluation through the same doors as any other: workbooks, intake, ratings, decisions."""
    panel, content = _panel(), sample_content(library)
    evaluation = evaluations.create(evaluation_name(), content)
    for member in panel["evaluators"]:
        evaluations.add_evaluator(
            evaluation.id, member["name"], Discipline(member["discipline"]), rating=member.get("rating", True)
        )
    with tempfile.TemporaryDirectory(prefix="ii-vendor-") as folder:
        paths = write_workbooks(content, Path(folder))
        for intake in read_responses(paths, content.questionnaires, content.questionnaire_hash, progress=progress):
            assert intake.response is not None, intake.problems
            evaluations.accept_response(evaluation.id, intake.response, intake.original)
    names = {sample["vendor"]["id"]: sample["vendor"]["name"] for sample in _vendors()}
    ids = {short: evaluations.vendor_id(evaluation.id, name) for short, name in names.items()}
    _declare(evaluations, evaluation.id, ids, panel["declarations"])
    evaluations.go_to(evaluation.id, Stage.scoring)
    _rate(evaluations, evaluation.id, ids, panel["ratings"])
    _weigh(evaluations, evaluation.id, panel["weights"])
    _price(evaluations, evaluation.id, ids, panel["prices"])
    _decide(evaluations, evaluation.id, ids, panel["flags"])
    evaluations.go_to(evaluation.id, Stage.moderation, reason=panel["moderation"]["reason"])
    _agree(evaluations, evaluation.id, ids, panel.get("consensus", ()))
    return evaluations.get(evaluation.id)


def is_whole(evaluation: Evaluation) -> bool:
    """Whether loading came to its end: what the panel agrees on is its last step."""
    return len(evaluation.consensus) >= len(_panel().get("consensus", ())) and evaluation.stage is Stage.moderation


def _declare(
    evaluations: Evaluations, evaluation: str, ids: Mapping[str, str], declared: Mapping[str, Mapping[str, str]]
) -> None:
    for evaluator, conflicts in declared.items():
        named = {ids[vendor]: why for vendor, why in conflicts.items()}
        evaluations.acting_as(evaluator).declare(evaluation, evaluator, named)


def _rate(evaluations: Evaluations, evaluation: str, ids: Mapping[str, str], ratings: Mapping[str, Any]) -> None:
    for vendor, questions in ratings.items():
        for question, given in questions.items():
            for evaluator, (level, grade, reason, *quote) in given.items():
                evaluations.acting_as(evaluator).rate(
                    evaluation,
                    evaluator,
                    ids[vendor],
                    question,
                    None if level == "n/a" else level,
                    grade=EvidenceGrade(grade),
                    reason=reason,
                    quote=quote[0] if quote else "",
                )


def _weigh(evaluations: Evaluations, evaluation: str, weights: Mapping[str, Any]) -> None:
    for evaluator, said in weights.items():
        evaluations.acting_as(evaluator).propose_weights(
            evaluation, evaluator, WeighingMethod.swing, said["given"], reason=said["reason"]
        )


def _price(evaluations: Evaluations, evaluation: str, ids: Mapping[str, str], prices: Mapping[str, Any]) -> None:
    offers = {ids[vendor]: Offer(amount, basis) for vendor, (amount, basis) in prices["of"].items()}
    evaluations.acting_as(prices["by"]).record_prices(evaluation, offers, currency=prices["currency"])


def _decide(
    evaluations: Evaluations, evaluation: str, ids: Mapping[str, str], flags: Sequence[Mapping[str, Any]]
) -> None:
    for flag in flags:
        acting = evaluations.acting_as(flag["by"])
        acting.judge_flag(
            evaluation,
            ids[flag["vendor"]],
            flag["flag"],
            FlagState(flag["decision"].replace("_", " ")),
            reason=flag["reason"],
            owner=flag.get("owner", ""),
            quote=flag["quote"],
        )
        if "signed_by" in flag:
            evaluations.acting_as(flag["signed_by"]).judge_flag(
                evaluation,
                ids[flag["vendor"]],
                flag["flag"],
                FlagState(flag["decision"]),
                reason=flag["signed_reason"],
                owner=flag["owner"],
            )


def _agree(
    evaluations: Evaluations, evaluation: str, ids: Mapping[str, str], agreed: Sequence[Mapping[str, Any]]
) -> None:
    for each in agreed:
        vendor, question = ids[each["vendor"]], each["question"]
        evaluations.acting_as(each["by"]).agree(
            evaluation,
            vendor,
            question,
            each["level"],
            grade=EvidenceGrade(each["grade"]),
            reason=each["reason"],
            quote=each["quote"],
            confirmed=True,
        )
        for evaluator, (level, reason) in each.get("dissent", {}).items():
            evaluations.acting_as(evaluator).dissent(evaluation, evaluator, vendor, question, level, reason=reason)


def _answers(content: Content, given: Mapping[str, Any]) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for section in content.sections:
        if section.table is None:
            answers |= {q.id: _plain(q.id, given[q.id]) for q in section.questions if q.id in given}
        elif section.table.questions_as == "columns":
            answers |= _by_column(section, given.get(section.id, ()))
        else:
            answers |= {q.id: _by_row(q.id, q.title, section, given[q.id]) for q in section.questions if q.id in given}
    return answers


def _plain(question: str, given: Mapping[str, str]) -> Answer:
    cells = (Cell(text=given["text"]),) if given.get("text") else ()
    return Answer(question=question, cells=cells, evidence=given.get("evidence", ""), choice=given.get("choice", ""))


def _by_row(question: str, title: str, section: Section, given: Mapping[str, str]) -> Answer:
    assert section.table is not None
    filled = any(given.get(column.id) for column in section.table.columns)
    cells = tuple(
        Cell(text=given.get(column.id, ""), row=title, column=column.title)
        for column in section.table.columns
        if filled
    )
    return Answer(question=question, cells=cells, evidence=given.get("evidence", ""))


def _by_column(section: Section, rows: Sequence[Mapping[str, str]]) -> dict[str, Answer]:
    evidence = "\n".join(f"{row['flow']}: {row['evidence']}" for row in rows if row.get("evidence"))
    return {
        question.id: Answer(
            question=question.id,
            cells=tuple(
                Cell(text=row[question.id], row=row["flow"], column=question.title)
                for row in rows
                if row.get(question.id)
            ),
            evidence=evidence,
        )
        for question in section.questions
    }


def _vendors() -> list[Any]:
    return [_load(source) for source in sorted(sample_folder().glob("*.yaml")) if source.name != PANEL]


def _panel() -> Any:
    return _load(sample_folder() / PANEL)


def _load(path: Path) -> Any:
    document = read_yaml(path, path.name)
    if document.mistakes:
        raise ContentError(document.mistakes)
    return document.value
