"""By what an export is known again."""

from __future__ import annotations

RECORD_HASH = "Record hash (SHA-256)"
"""What stands on the Method sheet of a scorecard before the hash of the record that it was written from."""
