"""The file that says how often the signals of a content folder are right."""

from __future__ import annotations

from pathlib import Path

from ii_vendor.model.measurement import Measured

MEASURED = "scoring/signals/measured.json"


def read_measured(path: Path) -> Measured | None:
    """What was measured; None where there is no such file. Raises pydantic's ValidationError for anything else."""
    return Measured.model_validate_json(path.read_text("utf-8")) if path.is_file() else None


def write_measured(measured: Measured, path: Path) -> None:
    """Write it as indented JSON."""
    path.write_text(f"{measured.model_dump_json(indent=1)}\n", "utf-8")
