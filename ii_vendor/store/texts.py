"""Text that every database keeps alike: without NUL, and without halves of characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError

from ii_vendor.errors import UserError

_NO_TEXT = re.compile(r"[\x00\ud800-\udfff]")

_NO_TEXT_IN_JSON = re.compile(r"[\ud800-\udfff]|(?<!\\)(?:\\\\)*\\u0000")
"""The same where it stands in canonical JSON. An even number of backslashes are backslashes that somebody typed."""


def is_text(value: object) -> bool:
    """Whether it is text that every database can keep."""
    return isinstance(value, str) and not _NO_TEXT.search(value)


def check_is_text(value: str, what: str) -> None:
    """Raises UserError, with ``what`` as the beginning of its sentence, for something that is no text."""
    if not is_text(value):
        raise _no_text(what)


def check_says_text(change: str, kind: str) -> None:
    """The same for the canonical JSON of a change of this kind."""
    if _NO_TEXT_IN_JSON.search(change):
        raise _no_text(f"What was to be recorded ({kind})")


@contextmanager
def saying_what_is_no_text() -> Iterator[None]:
    """Turns what a change raises that is made of something that is no text into UserError."""
    try:
        yield
    except ValidationError as error:
        if any(each["type"] == "string_unicode" for each in error.errors(include_url=False)):
            raise _no_text(f"What was to be recorded ({error.title})") from error
        raise


def _no_text(what: str) -> UserError:
    return UserError(f"{what} contains characters that are no text. Type it anew.")
