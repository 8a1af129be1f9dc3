"""Workbooks saved as “Strict Open XML Spreadsheet”: the same, but for the names that their elements are under."""

from __future__ import annotations

import io
import re
from typing import IO, Any
from zipfile import ZipFile

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_USUAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_LIST = "_rels/.rels"


def is_strict(archive: ZipFile) -> bool:
    """Whether the package is of that kind."""
    return _LIST in archive.namelist() and _STRICT.search(archive.read(_LIST)) is not None


class StrictPackage(ZipFile):
    """A package whose parts read as if they had been saved in the usual way."""

    def open(self, name: Any, *arguments: Any, **more: Any) -> IO[bytes]:
        """The whole content of a part; the guard saw to it that it is not too large."""
        with super().open(name, *arguments, **more) as part:
            return io.BytesIO(_STRICT.sub(_USUAL, part.read()))
