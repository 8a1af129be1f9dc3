"""A cell of an answer, and quotes from it."""

from __future__ import annotations

from dataclasses import dataclass

from ii_vendor.detect.clauses import Span
from ii_vendor.detect.text import Text


@dataclass(frozen=True)
class Place:
    """A cell of an answer to one question. ``column`` is the title above it, empty outside of tables."""

    question: str
    cell: int
    column: str
    text: Text

    def quoted(self, start: int, end: int) -> tuple[int, int, str]:
        """Start, end and words in the original of a stretch of the plain text, without separators at its ends."""
        words = self.text.plain[start:end]
        start += len(words) - len(words.lstrip(" \n\t,;:-([*•"))
        end -= len(words) - len(words.rstrip(" \n\t,;:-(["))
        first, last = self.text.original_span(start, end)
        return first, last, self.text.original[first:last]

    def spans(self, spans: list[Span]) -> tuple[Span, ...]:
        """The same stretches in the original."""
        return tuple(self.text.original_span(*span) for span in spans)
