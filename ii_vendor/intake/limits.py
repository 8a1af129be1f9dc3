"""How large a file may be, and anything in it, before it is refused. Sizes in bytes, times in seconds."""

from __future__ import annotations

MIB = 1 << 20

MAX_FILE_MB = 25
"""Largest file that is taken in, workbook or zip, in MB of 1 048 576 bytes: shown to users beside every upload."""

MAX_FILE_BYTES = MAX_FILE_MB * MIB

SECONDS_PER_FILE = 9
MEMORY_BYTES = 448 * MIB
"""Address space of the reading process."""

MAX_ENTRIES = 2_000
MAX_PART_BYTES = 64 * MIB
MAX_INFLATED_BYTES = 128 * MIB
MAX_RATIO = 250
RATIO_FREE_BYTES = 2 * MIB
"""Parts that inflate to less than this may have any ratio: small sheets compress very well."""

MAX_FILES_IN_ZIP = 200

MAX_DEPTH = 64
MAX_ATTRIBUTES = 128
MAX_ATTRIBUTE_CHARS = 16_384
MAX_FORMAT_CHARS = 1_024
MAX_ELEMENTS = 2_000_000
MAX_TEXT_CHARS = 1_000_000
MAX_RUNS = 5_000

MAX_SHEETS = 100
MAX_NAMES = 10_000
MAX_STYLES = 65_490
MAX_CELLS = 200_000
MAX_AREA = 4_000_000
"""Rows times columns of the rectangle that holds all cells of a sheet."""

MAX_RANGES = 20_000
MAX_ROW = 1_048_576
MAX_COLUMN = 16_384

MAX_REPLY_BYTES = 48 * MIB
MAX_WORKBOOK_CHARS = 10_000_000
MAX_CELL_CHARS = 32_767
"""Excel's own limit for the text of a cell."""


def size_in_words(size: int) -> str:
    """``size`` bytes for people: ``3.2 MB``; one MB is 1 048 576 bytes."""
    return f"{size / MIB:.1f} MB".replace(".0 MB", " MB")
