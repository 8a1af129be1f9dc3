"""Confirmed mappings as they are kept: one for each layout and set of questions, for every evaluation."""

from __future__ import annotations

import json
from datetime import datetime

import sqlalchemy as sa

from ii_vendor.errors import UserError
from ii_vendor.model.base import canonical_json
from ii_vendor.model.mapping import ConfirmedMapping, KeptMapping
from ii_vendor.store import tables
from ii_vendor.store.database import saying_trouble
from ii_vendor.store.kept import NOTHING_SAVED, insert_unless_there
from ii_vendor.store.texts import check_is_text, check_says_text


def kept_mappings(engine: sa.Engine) -> tuple[KeptMapping, ...]:
    """Every mapping, the one confirmed last first."""
    query = sa.select(tables.mappings)
    with saying_trouble(), engine.connect().execution_options(reads_only=True) as connection:
        found = [_kept(row) for row in connection.execute(query)]
    return tuple(sorted(found, key=lambda each: each.at, reverse=True))


def keep_mapping(engine: sa.Engine, confirmed: ConfirmedMapping, by: str, at: datetime) -> None:
    """Keep a mapping in place of the one of the same key. What that one knew of other words is kept."""
    check_is_text(by, "The name of who does this")
    table = tables.mappings
    with saying_trouble(unreachable=NOTHING_SAVED), engine.begin() as connection:
        row = _row(confirmed, by, at)
        if insert_unless_there(connection, table, row):
            return
        query = sa.select(table).where(table.c.key == confirmed.key)
        before = connection.execute(query.with_for_update()).first()
        known = _kept(before).mapping.questions if before else {}
        questions = {**known, **confirmed.mapping.questions}
        mapping = confirmed.mapping.model_copy(update={"questions": questions})
        row = _row(confirmed.model_copy(update={"mapping": mapping}), by, at)
        connection.execute(sa.update(table).where(table.c.key == confirmed.key).values(**row))


def forget_mapping(engine: sa.Engine, key: str) -> bool:
    """Delete a mapping, and say whether there was one."""
    table = tables.mappings
    statement = sa.delete(table).where(table.c.key == key).returning(table.c.key)
    with saying_trouble(unreachable=NOTHING_SAVED), engine.begin() as connection:
        return connection.execute(statement).first() is not None


def _row(confirmed: ConfirmedMapping, by: str, at: datetime) -> dict[str, str]:
    body = canonical_json(confirmed.model_dump(mode="json", include={"mapping", "asked"}))
    check_says_text(body, "mapping")
    return {"key": confirmed.key, "by": by, "at": at.isoformat(), "body": body}


def _kept(row: sa.Row[tuple[str, ...]]) -> KeptMapping:
    try:
        return KeptMapping(**json.loads(row.body), by=row.by, at=datetime.fromisoformat(row.at))
    except ValueError as error:
        raise UserError(
            f"The saved mapping {row.key} cannot be read: a newer ii-vendor wrote it, or it was changed. "
            f"“ii-vendor mappings remove {row.key}” removes it."
        ) from error
