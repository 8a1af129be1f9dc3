"""The share of each question in the whole: its section's share times its own share inside the section."""

from __future__ import annotations

from collections.abc import Mapping

from ii_vendor.model.content import Content


def section_shares(content: Content) -> dict[str, float]:
    """Each section's share of all weights, adding up to 1; all 0 where no section weighs anything.

    A section that the profile does not name weighs nothing.
    """
    weights = {section.id: content.profile.section_weights.get(section.id, 0.0) for section in content.sections}
    return normalised(weights)


def question_shares(content: Content) -> dict[str, float]:
    """Each question's share of all weights, in the order asked. Questions not named by the profile weigh 1 inside
    their section."""
    of_section = section_shares(content)
    shares: dict[str, float] = {}
    for section in content.sections:
        inside = normalised(
            {question.id: content.profile.question_weights.get(question.id, 1.0) for question in section.questions}
        )
        shares.update({question: of_section[section.id] * share for question, share in inside.items()})
    return shares


def whole_percentages(shares: Mapping[str, float]) -> dict[str, int]:
    """Shares as whole percentages that add up to 100: the largest remainders are rounded up (Hamilton's method).

    All 0 where the shares are.
    """
    exact = {key: 100.0 * share for key, share in normalised(shares).items()}
    rounded = {key: int(value) for key, value in exact.items()}
    left = round(sum(exact.values())) - sum(rounded.values())
    for key in sorted(exact, key=lambda key: rounded[key] - exact[key])[:left]:
        rounded[key] += 1
    return rounded


def normalised(weights: Mapping[str, float]) -> dict[str, float]:
    """Weights as shares that add up to 1; all 0 where they are."""
    total = sum(weights.values())
    return {key: weight / total if total else 0.0 for key, weight in weights.items()}
