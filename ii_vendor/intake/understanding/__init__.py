"""Any workbook, whoever laid it out: where its questions and answers stand, row by row."""

from ii_vendor.intake.understanding.book import propose, reread, understand

__all__ = ["propose", "reread", "understand"]
