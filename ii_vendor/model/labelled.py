"""Labelled answers: vendors' words that a person has judged, to train the signals on and to measure them."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from ii_vendor.model.base import Frozen, Id, Words
from ii_vendor.model.response import Answer, Cell

Stretch = Annotated[str, StringConstraints(min_length=1)]
"""Words of an answer, to the letter."""


class LabelledAnswer(Frozen):
    """One answer and what a person saw in it: a line of ``scoring/answers/*.jsonl``.

    ``red``: at least one statement is a red flag for this question; ``good``: at least one answers it well, today and
    without reserve. None where nobody judged the answer as a whole. ``level`` is 0-4. ``red_spans`` and ``good_spans``
    are the statements meant, ``clear_spans`` those that a person looked at and dismissed as red; all stand in ``text``
    to the letter. ``author`` is whoever wrote the answer, or the evaluation it came from: what is left out as a whole
    when a method is judged on text that it was not trained on.
    """

    id: Words
    question: Id
    text: Stretch
    red: bool | None = None
    good: bool | None = None
    level: int | None = Field(default=None, ge=0, le=4)
    red_spans: tuple[Stretch, ...] = ()
    good_spans: tuple[Stretch, ...] = ()
    clear_spans: tuple[Stretch, ...] = ()
    why: str = ""
    author: str = ""

    @model_validator(mode="after")
    def _spans_stand_in_the_text(self) -> Self:
        for span in (*self.red_spans, *self.good_spans, *self.clear_spans):
            if span not in self.text:
                raise ValueError(f"the text does not hold the span '{span}' to the letter")
        if self.red_spans and self.red is False:
            raise ValueError("'red' is false, and yet there are red_spans")
        if self.good_spans and self.good is False:
            raise ValueError("'good' is false, and yet there are good_spans")
        return self

    def places(self, spans: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
        """Start and end of each of ``spans`` where it first stands in the text."""
        return tuple((start, start + len(span)) for span in spans if (start := self.text.find(span)) >= 0)

    def as_answer(self) -> Answer:
        """The words alone, as an answer to search."""
        return Answer(question=self.question, cells=(Cell(text=self.text),))
