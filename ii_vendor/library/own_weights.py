"""What sections of a team's own weigh under a profile that does not name them."""

from __future__ import annotations

from collections.abc import Sequence

from ii_vendor.model.questionnaire import Questionnaire
from ii_vendor.model.rubric import Profile

SAID = (
    "Sections of a questionnaire of your own that this profile does not name weigh together as much as its average "
    "section, shared by their number of questions."
)


def with_weights(profile: Profile, asked: Sequence[Questionnaire]) -> Profile:
    """The profile with weights for those sections of what is ``asked`` that it does not name, and a sentence in its
    reasons; the same one where it names all.

    A questionnaire's sections weigh together as much as the average of those sections that weigh anything, so that a
    long list never drowns what the profile was made for.
    """
    named = [weight for weight in profile.section_weights.values() if weight > 0] or [1.0]
    average = sum(named) / len(named)
    added: dict[str, float] = {}
    for questionnaire in asked:
        whole = sum(len(section.questions) for section in questionnaire.sections)
        for section in questionnaire.sections:
            if section.id not in profile.section_weights:
                added[section.id] = round(average * len(section.questions) / whole, 4)
    if not added:
        return profile
    return profile.model_copy(
        update={"section_weights": profile.section_weights | added, "reasons": f"{profile.reasons}\n\n{SAID}"}
    )
