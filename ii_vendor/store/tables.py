"""The tables. Everything an evaluation is stands in its events; the rest is what they refer to by hash."""

from __future__ import annotations

import sqlalchemy as sa

SCHEMA_VERSION = "0004"
"""The newest migration in migrations/versions."""

metadata = sa.MetaData()

evaluations = sa.Table(
    "evaluations",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("created_at", sa.Text, nullable=False),
    sa.Column("sequence", sa.Integer, nullable=False, doc="of the last event; the row is the lock for appending"),
    sa.Column("record_hash", sa.String(64), nullable=False, doc="of the last event"),
)

events = sa.Table(
    "events",
    metadata,
    sa.Column("evaluation", sa.ForeignKey("evaluations.id"), primary_key=True),
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.Text, nullable=False, doc="UTC, ISO 8601"),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("change", sa.Text, nullable=False, doc="canonical JSON"),
    sa.Column("previous_hash", sa.String(64), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("via", sa.Text, nullable=False, server_default="", doc="how the actor was known"),
    sa.Column("salt", sa.String(32), nullable=False, server_default="", doc="128 random bits in hex"),
)

contents = sa.Table(
    "contents",
    metadata,
    sa.Column("hash", sa.String(64), primary_key=True),
    sa.Column("body", sa.Text, nullable=False, doc="canonical JSON"),
)

files = sa.Table(
    "files",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False, doc="the file as it was received"),
)

facilitator_keys = sa.Table(
    "facilitator_keys",
    metadata,
    sa.Column("hash", sa.String(64), primary_key=True, doc="SHA-256 of the key"),
    sa.Column("issued_at", sa.Text, nullable=False, doc="UTC, ISO 8601 with microseconds"),
    sa.Column("expires_at", sa.Text, nullable=False, doc="UTC, ISO 8601 with microseconds"),
)

mappings = sa.Table(
    "mappings",
    metadata,
    sa.Column("key", sa.String(12), primary_key=True, doc="of its layout and of the questions it was confirmed for"),
    sa.Column("by", sa.Text, nullable=False, doc="who confirmed it last"),
    sa.Column("at", sa.Text, nullable=False, doc="UTC, ISO 8601"),
    sa.Column("body", sa.Text, nullable=False, doc="canonical JSON"),
)

rooms = sa.Table(
    "rooms",
    metadata,
    sa.Column("evaluation", sa.ForeignKey("evaluations.id"), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False, doc="counts its changes from 1"),
    sa.Column("body", sa.Text, nullable=False, doc="canonical JSON: what the screen of its workshop shows"),
)
