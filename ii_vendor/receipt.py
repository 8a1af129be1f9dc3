"""What became of a file that was imported: accepted with what it changed and what to look at, or refused and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ii_vendor.errors import UserError
from ii_vendor.evaluations import Evaluations
from ii_vendor.intake import changes
from ii_vendor.model.intake import Intake
from ii_vendor.model.panel import Evaluation
from ii_vendor.model.response import Problem, Response
from ii_vendor.rules import find_vendor

UNNAMED = (
    "The workbook does not say whose response it is. Import it again and use --vendor with the name of a vendor "
    "of this evaluation; 'ii-vendor vendor add' adds one."
)


def accept(service: Evaluations, evaluation: str, intake: Intake, vendor: str | None) -> dict[str, Any]:
    """Accept a file that was read, as the response of ``vendor`` or of the one it names, and tell what came of it.

    The keys are those that ``ii-vendor import --json`` promises. What is refused is told under ``refused``.
    """
    problems = [problem.model_dump() for problem in intake.problems]
    result: dict[str, Any] = {"file": intake.file.name, "accepted": False, "vendor": None, "problems": problems}
    response = intake.response
    if response is None:
        return result
    try:
        after, found = _accepted(service, evaluation, response, intake.original, vendor)
    except UserError as error:
        return {**result, "refused": str(error)}
    versions = after.responses[found]
    earlier = versions[-2].response if len(versions) > 1 else None
    return {
        **result,
        "accepted": True,
        "vendor": found,
        "version": versions[-1].version,
        "findings": len(versions[-1].findings),
        "problems": problems + [warning.model_dump() for warning in doubts(after, found, response)],
        "changes": [each.model_dump() for each in changes(earlier, response)] if earlier else [],
    }


def _accepted(
    service: Evaluations, evaluation: str, response: Response, original: bytes, vendor: str | None
) -> tuple[Evaluation, str]:
    """The evaluation with the response, and the id of its vendor."""
    if not vendor and not response.vendor.strip():
        raise UserError(UNNAMED)
    key = service.vendor_id(evaluation, vendor) if vendor else None
    after = service.accept_response(evaluation, response, original, vendor=key)
    return after, key or service.vendor_id(evaluation, response.vendor)


def doubts(now: Evaluation, vendor: str, response: Response) -> Iterator[Problem]:
    """What makes one doubt that the response is this vendor's."""
    accepted_as, said = now.vendor(vendor).name, response.vendor.strip()
    named = find_vendor(now, said)
    if said and (named is None or named.id != vendor):
        message = f"The workbook names {said} as its vendor, and was accepted as the response of {accepted_as}."
        yield Problem(severity="warning", message=message, remedy="Check whose response it is.")
    for other in now.vendors:
        same = [each for each in now.responses.get(other.id, ()) if each.response.file.sha256 == response.file.sha256]
        if same and other.id != vendor:
            message = f"This very file was accepted before, as version {same[0].version} of {other.name}."
            yield Problem(severity="warning", message=message, remedy=f"Check that {accepted_as} sent it too.")
