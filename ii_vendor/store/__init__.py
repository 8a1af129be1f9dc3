"""Evaluations on SQLite or PostgreSQL: an append-only record of events, frozen content and received files."""

from ii_vendor.store.database import DatabaseTrouble, data_folder, database_url, open_and_upgrade, open_engine
from ii_vendor.store.heads import room_of
from ii_vendor.store.news import News
from ii_vendor.store.record import Listed, NoSuchEvaluation, Record, SeveralEvaluations
from ii_vendor.store.rooms import RoomNow
from ii_vendor.store.tables import SCHEMA_VERSION

__all__ = [
    "SCHEMA_VERSION",
    "DatabaseTrouble",
    "Listed",
    "News",
    "NoSuchEvaluation",
    "Record",
    "RoomNow",
    "SeveralEvaluations",
    "data_folder",
    "database_url",
    "open_and_upgrade",
    "open_engine",
    "room_of",
]
