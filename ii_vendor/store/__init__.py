"""Evaluations on SQLite or PostgreSQL: an append-only record of events, frozen content and received files."""

from ii_vendor.store.database import DatabaseTrouble, data_folder, database_url, open_engine
from ii_vendor.store.record import Listed, NoSuchEvaluation, Record, SeveralEvaluations

__all__ = [
    "DatabaseTrouble",
    "Listed",
    "NoSuchEvaluation",
    "Record",
    "SeveralEvaluations",
    "data_folder",
    "database_url",
    "open_engine",
]
