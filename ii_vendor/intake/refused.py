"""The one error of intake: a file that is not read, with a sentence that says why and what to do."""

from __future__ import annotations

from ii_vendor.errors import UserError


class Refused(UserError):
    """A file was not read. The message is one that a user can act on; it does not name the file."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(f"{message} {remedy}".strip())
        self.message = message
        self.remedy = remedy
