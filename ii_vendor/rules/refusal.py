"""What the rules say when they do not allow something."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ii_vendor.errors import UserError


class Refused(UserError):
    """A change that the rules do not allow. The message says why and what to do; nothing was changed."""

    def in_other_words(self, say: Callable[[str], str]) -> Refused:
        """The same refusal with every sentence as ``say`` puts it."""
        return type(self)(say(str(self)))


class Stale(Refused):
    """Somebody else changed the same thing after it was looked at. ``changes`` says what, newest last."""

    def __init__(self, changes: Sequence[str]) -> None:
        self.changes = tuple(changes)
        super().__init__(
            f"This was changed while you were looking at it: {' '.join(changes)} Nothing of yours was saved. Look at "
            "what stands now, then save again."
        )

    def in_other_words(self, say: Callable[[str], str]) -> Refused:
        """The same refusal with every change as ``say`` puts it."""
        return Stale([say(each) for each in self.changes])


class NeedsSecondLook(Refused):
    """A consensus that has to be confirmed a second time. ``reasons`` says why, one sentence each."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(f"Please look a second time. {' '.join(reasons)} Confirm it to record it all the same.")

    def in_other_words(self, say: Callable[[str], str]) -> Refused:
        """The same refusal with every reason as ``say`` puts it."""
        return NeedsSecondLook([say(each) for each in self.reasons])
