"""Which question a row or a column belongs to: its hidden key, the number that people see, and the words beside it."""

from __future__ import annotations

from dataclasses import dataclass

from ii_vendor.intake.returned.asked import Asked


@dataclass(frozen=True)
class Claim:
    """What a row or column says of itself. Each part is empty where it is gone.

    ``key`` is the id in its hidden mark, ``shown`` the number that people see, ``words`` the text of the question, and
    ``guidance`` what stands beside it.
    """

    key: str = ""
    shown: str = ""
    words: str = ""
    guidance: str = ""


@dataclass(frozen=True)
class Identity:
    """The question that a claim is for. ``was`` is the number that it had before, where it was another.

    ``doubtful``: number and words name two different questions, and nothing says which is right.
    """

    question: str
    was: str = ""
    doubtful: bool = False


def identify(claim: Claim, asked: Asked, older: bool) -> Identity:
    """The question of a claim. ``older``: the workbook was made from other questions, perhaps with other numbers.

    What people see decides, for a vendor answered the words and the number in view. Where the guidance beside them is
    that of another question, the answer may be so, too.
    """
    identity = _by_number_and_words(claim, asked, older)
    beside = asked.by_guidance(claim.guidance)
    if older or beside in ("", identity.question):
        return identity
    return Identity(identity.question, doubtful=True)


def _by_number_and_words(claim: Claim, asked: Asked, older: bool) -> Identity:
    key, shown = claim.key, claim.shown if claim.shown in asked.questions else ""
    number = key or shown or claim.shown
    worded = asked.by_words(claim.words)
    if not worded:
        return Identity(number, doubtful=bool(key and shown and key != shown))
    if worded == shown or (not shown and worded == key):
        return Identity(worded)
    if (older and key in ("", shown or key)) or number not in asked.questions:
        return Identity(worded, was=number)
    return Identity(number, doubtful=True)
